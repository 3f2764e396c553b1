"""The surface of the board: paints what is in sight, scrolls, and knows what is where."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QNativeGestureEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ...model.records import ItemId
from ..drawing.painter import measure, paint
from ..drawing.scene import AnyShape, Scene
from ..graph.glance import Glance, Lens, ground
from ..session import Session
from .drawing import draw
from .layout import Cell, Layout
from .sight import Picture, Sight, Spot, head_spot


class Surface(QAbstractScrollArea):
    """The scrolled area with columns and cards, without the hand."""

    looked = Signal()
    """It is looked at from somewhere else."""
    zoomed = Signal(float)
    """Larger or smaller cards are wanted, by a factor."""
    resized = Signal()

    def __init__(
        self,
        session: Session,
        picture: Picture,
        parent: QWidget,
        tip: Callable[[ItemId | None, int | None], str],
    ) -> None:
        """`tip` says what a card, or the head of a column, is about."""
        super().__init__(parent)
        self.session, self.picture, self._tip = session, picture, tip
        self.left = self.top = 0
        self.glance, self.sight = Glance(), Sight()
        self._syncing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._scrolled)

    # What is shown

    @property
    def arranged(self) -> Layout:
        return self.picture.layout

    def put(self, picture: Picture) -> None:
        """Show another state of the plan."""
        self.picture = picture
        self.follow_selection()
        self.look(self.left, self.top)

    def follow_selection(self) -> None:
        """Show what the session has selected."""
        self.see(selected=frozenset(self.session.items), current=self.session.current)

    def see(self, **looks: object) -> None:
        """Look otherwise at the cards: attributes of `Glance`."""
        glance = msgspec.structs.replace(self.glance, **looks)
        if glance != self.glance:
            self.glance = glance
            self.viewport().update()

    def hint(self, **looks: object) -> None:
        """Show what hand and eye are doing: attributes of `Sight`."""
        sight = msgspec.structs.replace(self.sight, **looks)
        if sight != self.sight:
            self.sight = sight
            self.viewport().update()

    def lens(self) -> Lens:
        size = self.viewport().size()
        return Lens(1.0, self.left, self.top, size.width(), size.height())

    def shapes(self) -> list[AnyShape]:
        """What is in sight just now."""
        return draw(self.picture, self.lens(), self.glance, self.sight, measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.viewport().size()
        page = ground(self.picture.board.theme).page
        scene = Scene(size.width(), size.height(), page, tuple(self.shapes()))
        painter = QPainter(self.viewport())
        paint(painter, scene, exact=False)
        painter.end()

    # Looking

    def look(self, left: float, top: float) -> None:
        """Scroll to a place of the board, as far as it goes."""
        size, layout = self.viewport().size(), self.arranged
        self.left = round(max(min(left, layout.width - size.width()), 0))
        self.top = round(max(min(top, layout.height + layout.head - size.height()), 0))
        self._syncing = True
        bars = (
            (self.horizontalScrollBar(), layout.width, self.left, size.width()),
            (self.verticalScrollBar(), layout.height + layout.head, self.top, size.height()),
        )
        for bar, whole, value, page in bars:
            bar.setRange(0, max(whole - page, 0))
            bar.setPageStep(page)
            bar.setSingleStep(40)
            bar.setValue(value)
        self._syncing = False
        self.viewport().update()
        self.looked.emit()

    def reveal(self, id: ItemId) -> None:
        """Scroll as little as need be until a card can be seen."""
        area = self.arranged.area(id)
        if area is None:
            return
        size, air, head = self.viewport().size(), 16, self.arranged.head
        covered = head + (self.arranged.lane_height if self.arranged.contents.lane_field else 0)
        left, top = float(self.left), float(self.top)
        left = min(max(left, area.right + air - size.width()), area.x - air)
        top = min(max(top, area.bottom + air - size.height() + head), area.y - air - covered + head)
        if (round(left), round(top)) != (self.left, self.top):
            self.look(left, top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        self.look(self.left, self.top)

    def _scrolled(self) -> None:
        if not self._syncing:
            self.look(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing to move: all is painted from where one looks."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, pixels, held = event.angleDelta(), event.pixelDelta(), event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1.0015 ** (turn.y() or turn.x()))
        else:
            dx = pixels.x() if not pixels.isNull() else turn.x() * 0.75
            dy = pixels.y() if not pixels.isNull() else turn.y() * 0.75
            if held & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = (dx or dy), 0
            self.look(self.left - dx, self.top - dy)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoomed.emit(1 + event.value())
                return True
        elif isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            QToolTip.showText(
                event.globalPos(), self._tip(self.card_at(at), self.head_at(at)), self.viewport()
            )
            return True
        return super().viewportEvent(event)

    # What is under the pointer

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of the board that is seen at (x, y)."""
        return x + self.left, y + self.top - self.arranged.head

    def card_at(self, at: QPointF) -> ItemId | None:
        if at.y() < self.arranged.head or self.lane_head_at(at) is not None:
            return None
        return self.arranged.card_at(*self.place(at.x(), at.y()))

    def head_at(self, at: QPointF) -> int | None:
        """The column whose head is there; of a folded one all of it is."""
        column = self.arranged.column_at(at.x() + self.left)
        if column is None or (at.y() >= self.arranged.head and not self.arranged.strips[column].folded):
            return None
        return column

    def head_spot(self, column: int) -> Spot:
        return head_spot(self.arranged, self.lens(), column)

    def lane_head_at(self, at: QPointF) -> int | None:
        """The swimlane whose head is there, where it stays in sight too."""
        layout = self.arranged
        y = at.y() - layout.head + self.top
        if not layout.contents.lane_field or at.y() < layout.head:
            return None
        for lane in layout.bands_in(y, y):
            top = layout.lane_head_top(lane, self.top)
            if top <= y < top + layout.lane_height:
                return lane
        return None

    def cell_at(self, at: QPointF) -> Cell | None:
        x, y = self.place(at.x(), at.y())
        column = self.arranged.column_at(x)
        if column is None or at.y() < self.arranged.head or self.lane_head_at(at) is not None:
            return None
        lanes = self.arranged.bands_in(y, y)
        return (min(lanes.start, len(self.arranged.bands) - 1), column)

    def card_place(self, id: ItemId) -> QRect | None:
        """Where a card is in the viewport."""
        area = self.arranged.area(id)
        if area is None:
            return None
        y = area.y - self.top + self.arranged.head
        return QRect(round(area.x - self.left), round(y), round(area.width), round(area.height))
