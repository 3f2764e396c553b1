"""The canvas of the board: paints what is in sight, scrolls, and hands presses and keys to who they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

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


class Picture(NamedTuple):
    """All that is drawn of a plan: its look-ups, where things stand, and the measures of cards."""

    board: Board
    layout: Layout
    sizes: Sizes


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
        picture: Picture,
        parent: QWidget,
        tip: Callable[[ItemId | None, int | None], str],
    ) -> None:
        """`tip` says what a card, or the head of a column, is about."""
        super().__init__(parent)
        self.document, self.session, self.picture, self._tip = document, session, picture, tip
        self.left = self.top = 0
        self.glance, self.sight = Glance(), Sight()
        self.gesture: Gesture | None = None
        self._press: tuple[Gesture, QPointF] | None = None
        self._at = QPointF()
        self._clicked: ItemId | None = None
        """The selected card that was pressed on: let go of without a drag, it is the only one."""
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

    @property
    def arranged(self) -> Layout:
        return self.picture.layout

    def put(self, picture: Picture) -> None:
        """Show another state of the plan."""
        self.picture = picture
        if self.gesture is not None and self.gesture.kept is not self.document.kept:
            self.stop_gesture()
        self.follow_selection()
        self._point_at(None)
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
        board, layout, sizes = self.picture
        return draw(board, layout, sizes, self.lens(), self.glance, self.sight, measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.viewport().size()
        page = ground(self.picture.board.theme).page
        scene = Scene(size.width(), size.height(), page, tuple(self.shapes()))
        painter = QPainter(self.viewport())
        paint(painter, scene, exact=False)
        painter.end()

    # Stage of the gestures

    def place(self, x: float, y: float) -> tuple[float, float]:
        return x + self.left, y + self.top - self.arranged.head

    def choose(self, items: Iterable[ItemId]) -> None:
        self.session.select(items)

    def chosen(self) -> tuple[ItemId, ...]:
        return self.session.items

    def show_band(self, band: Area | None) -> None:
        self.see(band=band)

    def carry(self, carried: Carried | None, totals: Mapping[int, Total]) -> None:
        self.hint(carried=carried, totals=totals)

    def drop(self, drop: Drop, items: Sequence[ItemId], slot: Slot) -> None:
        self.dropped.emit(drop, items, slot)

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
            if self.gesture is not None:
                self.gesture.move(self._at.x(), self._at.y())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoomed.emit(1 + event.value())
                return True
        elif isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(self.card_at(at), self.head_at(at)), self.viewport())
            return True
        elif event.type() == QEvent.Type.Leave and self.gesture is None:
            self._point_at(None)
        return super().viewportEvent(event)

    # What is under the pointer

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

    def _point_at(self, at: QPointF | None) -> None:
        card = self.card_at(at) if at is not None else None
        head = self.head_at(at) if at is not None else None
        lane = self.lane_head_at(at) if at is not None else None
        self.see(hovered=card)
        self.hint(hovered_head=head, hovered_lane=lane)
        hand = head is not None or lane is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, button, held = event.position(), event.button(), event.modifiers()
        self._at, self._clicked = at, None
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._space):
            self.gesture = Pan(self, at.x(), at.y())
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if button != Qt.MouseButton.LeftButton or self.head_at(at) is not None:
            return
        if self.lane_head_at(at) is not None:
            return
        card = self.card_at(at)
        if card is None:
            adding = bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
            band = Band(self, at.x(), at.y(), adding)  # it remembers what is selected now
            if not adding:
                self.session.select()
            self._press = (band, at)
            return
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.range_asked.emit(card)
        elif held & Qt.KeyboardModifier.ControlModifier:
            self.session.toggle(card)
        elif card in self.session.items:
            self._clicked = card
        else:
            self.session.select([card])
        if card in self.session.items:
            self._press = (CarryCards(self, at.x(), at.y(), self.session.items, card), at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at = event.position()
        if self._press is not None:
            gesture, start = self._press
            if max(abs(at.x() - start.x()), abs(at.y() - start.y())) >= BEGIN:
                self.gesture, self._press = gesture, None
                self._edges.start()
                if isinstance(gesture, CarryCards):
                    self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self.gesture is not None:
            self.gesture.move(at.x(), at.y())
        elif self._press is None:
            self._point_at(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, clicked = event.position(), self._clicked
        gesture, self.gesture, self._press, self._clicked = self.gesture, None, None, None
        self._edges.stop()
        if gesture is not None:
            gesture.commit()
            self._point_at(at)
        elif event.button() == Qt.MouseButton.LeftButton:
            if clicked is not None:
                self.session.select([clicked])
            self._click_head(at)

    def _click_head(self, at: QPointF) -> None:
        """Fold what a head is of; its number is for the limit."""
        column, lane = self.head_at(at), self.lane_head_at(at)
        if column is not None:
            spot = self.head_spot(column)
            if not _within(spot.total, at):
                self.fold_asked.emit(self.arranged.contents.columns[column].ref)
        elif lane is not None:
            self.fold_asked.emit(self.arranged.contents.lanes[lane].ref)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at, card, column = event.position(), self.card_at(event.position()), self.head_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if card is not None:
            self.opened.emit(card)
        elif column is not None:
            if _within(self.head_spot(column).total, at):
                self.limit_asked.emit(column)
        elif (cell := self.cell_at(at)) is not None:
            self.made.emit(cell)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at, place = QPointF(self.viewport().mapFromGlobal(event.globalPos())), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            current = self.session.current
            spot = self.card_place(current) if current is not None else None
            self.menu_asked.emit("item" if spot else "empty", current if spot else "",
                                 self.viewport().mapToGlobal(spot.center()) if spot else place)
            return
        card, column = self.card_at(at), self.head_at(at)
        if card is not None:
            self.menu_asked.emit("item", card, place)
        elif column is not None:
            self.menu_asked.emit("lane", self.arranged.contents.columns[column].ref, place)
        elif (lane := self.lane_head_at(at)) is not None:
            self.menu_asked.emit("lane", self.arranged.contents.lanes[lane].ref, place)
        else:
            cell = self.cell_at(at)
            self.menu_asked.emit("empty", f"{cell[0]}:{cell[1]}" if cell else "", place)

    def _scroll_at_edge(self) -> None:
        """Scroll while the hand is at an edge, faster further out."""
        gesture, size = self.gesture, self.viewport().size()
        if gesture is None:
            self._edges.stop()
            return
        dx = _beyond(self._at.x(), 0, size.width())
        dy = _beyond(self._at.y(), self.arranged.head, size.height())
        before = self.left, self.top
        self.look(self.left + dx, self.top + dy)
        if before != (self.left, self.top):
            gesture.move(self._at.x(), self._at.y())

    def stop_gesture(self) -> bool:
        """End what the hand is doing as if it had never begun; whether it did anything."""
        busy = self.gesture is not None or self._press is not None
        gesture, self.gesture, self._press, self._clicked = self.gesture, None, None, None
        self._edges.stop()
        if gesture is not None:
            gesture.cancel()
            self.viewport().unsetCursor()
        return busy

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if (alt and _WAYS.get(event.key()) in _ARROWS) or (self.busy and event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        return super().event(event)

    @property
    def busy(self) -> bool:
        return self.gesture is not None or self._press is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        way = _WAYS.get(key)
        if key == Qt.Key.Key_Escape:
            if not self.stop_gesture():
                self.session.select()
                event.ignore()  # the window may have something to leave, too
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
        elif way is not None and held & Qt.KeyboardModifier.AltModifier:
            if way in _ARROWS and not self.busy:
                self.shifted.emit(way)
        elif way is not None and not self.busy:
            self.walked.emit(way, bool(held & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            tapped, self._space = self._space and self.gesture is None, False
            if tapped and self.session.current is not None:
                self.opened.emit(self.session.current)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.hint(focused=event.reason() != Qt.FocusReason.MouseFocusReason or self.sight.focused)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self.hint(focused=False)
        super().focusOutEvent(event)


def _within(area: Area, at: QPointF) -> bool:
    return area.x <= at.x() < area.right and area.y <= at.y() < area.bottom


def _beyond(at: float, low: float, high: float) -> float:
    """How far to scroll for a hand at a place: not at all inside, faster further out."""
    if at < low + _EDGE:
        return -min((low + _EDGE - at) * 0.5, 40.0)
    return min((at - high + _EDGE) * 0.5, 40.0) if at > high - _EDGE else 0.0
