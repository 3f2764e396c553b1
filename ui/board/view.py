"""The canvas of the board: paints what is in sight, scrolls, and hands presses and keys to who they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ...model.document import Document
from ...model.records import ItemId
from ..graph.glance import Glance, Lens, ground
from ..graph.layout import Area
from ..painter import measure, paint
from ..scene import AnyShape, Scene
from ..session import Session
from ..timeline.board import Board
from .contents import Total
from .drawing import Carried, Sight, Spot, draw, head_spot
from .dropping import Drop
from .gestures import BEGIN, Band, CarryCards, Gesture, Pan
from .keys import Way
from .layout import Cell, Layout, Slot
from .sizes import Sizes

_EDGE, _EVERY = 36, 16
"""Pixels from the edge at which a drag scrolls, and milliseconds between two steps of it."""
_WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_PageUp: "page up",
    Qt.Key.Key_PageDown: "page down",
}
_ARROWS = ("left", "right", "up", "down")


class BoardView(QAbstractScrollArea):
    """The scrolled area with columns and cards; what it is asked for, the page does."""

    opened = Signal(str)
    """A card is to be shown in the inspector."""
    dropped = Signal(object, object, object)
    """A `Drop`, the items in it, and the slot they were dropped at."""
    walked = Signal(str, bool)
    """A key goes a `Way`, taking the range along or not."""
    shifted = Signal(str)
    """A key takes the selected cards a `Way`."""
    made = Signal(object)
    """A new card is wanted in a cell."""
    fold_asked = Signal(str)
    limit_asked = Signal(int)
    menu_asked = Signal(str, str, QPoint)
    range_asked = Signal(str)
    """The cards from the current one to this."""
    looked = Signal()
    zoomed = Signal(float)
    resized = Signal()

    def __init__(
        self,
        document: Document,
        session: Session,
        board: Board,
        layout: Layout,
        sizes: Sizes,
        parent: QWidget,
        tip: Callable[[ItemId | None, int | None], str],
    ) -> None:
        super().__init__(parent)
        self.document, self.session, self.board = document, session, board
        self.layout: Layout = layout  # type: ignore[assignment]
        self.sizes, self._tip = sizes, tip
        self.left = self.top = 0
        self.glance, self.sight = Glance(), Sight()
        self.gesture: Gesture | None = None
        self._press: tuple[Gesture, QPointF] | None = None
        self._at = QPointF()
        self._clicked: ItemId | None = None
        """The selected card that was pressed on: a click without a drag leaves it alone."""
        self._space = self._syncing = False
        self._edges = QTimer(self, interval=_EVERY)
        self._edges.timeout.connect(self._scroll_at_edge)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._scrolled)

    # What is shown

    def put(self, board: Board, layout: Layout, sizes: Sizes) -> None:
        """Show another state of the plan."""
        self.board, self.sizes = board, sizes
        self.layout = layout  # type: ignore[assignment]
        if self.gesture is not None and self.gesture.kept is not self.document.kept:
            self.drop_gesture()
        self.follow_selection()
        self.look(self.left, self.top)

    def follow_selection(self) -> None:
        """Show what the session has selected."""
        session = self.session
        self.show(selected=frozenset(session.items), current=session.current)

    def show(self, **looks: object) -> None:  # type: ignore[override]
        """Look otherwise at the cards: attributes of `Glance`. Without any, come into sight."""
        if not looks:
            super().show()
            return
        glance = msgspec.structs.replace(self.glance, **looks)  # type: ignore[arg-type]
        if glance != self.glance:
            self.glance = glance
            self.viewport().update()
