"""The hand on the board: presses, drags, wheel and keys, each handed to who it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ...model.document import Document
from ...model.records import ItemId
from ...model.refused import Refused
from ..graph.layout import Area
from ..session import Session
from .contents import Total
from .dropping import Drop
from .gestures import BEGIN, Band, CarryCards, Gesture, Pan
from .keys import Way
from .layout import Slot
from .sight import Carried, Picture
from .surface import Surface

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


class BoardView(Surface):
    """Asks for what the hand wants; the page does it."""

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

    def __init__(
        self,
        document: Document,
        session: Session,
        picture: Picture,
        parent: QWidget,
        tip: Callable[[ItemId | None, int | None], str],
    ) -> None:
        super().__init__(session, picture, parent, tip)
        self.document = document
        self.gesture: Gesture | None = None
        self._press: tuple[Gesture, QPointF] | None = None
        self._at = QPointF()
        self._clicked: ItemId | None = None
        """The selected card that was pressed on: let go of without a drag, it is the only one."""
        self._space = False
        self._held = False
        """A button is held: nothing scrolls by itself."""
        self._edges = QTimer(self, interval=_EVERY)
        self._edges.timeout.connect(self._scroll_at_edge)

    def put(self, picture: Picture) -> None:
        super().put(picture)
        if self.gesture is None:
            self._point_at(None)

    # Stage of the gestures

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

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, button, held = event.position(), event.button(), event.modifiers()
        if self.gesture is not None:
            return  # another button changes nothing
        self._at, self._clicked, self._held = at, None, True
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
                if isinstance(gesture, CarryCards) and self.document.barred:
                    self._press = None
                    self.drop(Drop(refused=Refused(self.document.barred)), (), Slot((0, 0), 0))
                    return
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
        self._held = False
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
            self.menu_asked.emit(
                "item" if spot else "empty",
                current if spot else "",
                self.viewport().mapToGlobal(spot.center()) if spot else place,
            )
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
        if not busy:
            return False
        gesture, self.gesture, self._press, self._clicked = self.gesture, None, None, None
        self._edges.stop()
        if gesture is not None:
            gesture.cancel()
            self.viewport().unsetCursor()
        return True

    def _point_at(self, at: QPointF | None) -> None:
        card = self.card_at(at) if at is not None else None
        head = self.head_at(at) if at is not None else None
        lane = self.lane_head_at(at) if at is not None else None
        self.see(hovered=card)
        self.hint(hovered_head=head, hovered_lane=lane)
        hand = head is not None or lane is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        if self.gesture is not None:
            self.gesture.move(self._at.x(), self._at.y())

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop_gesture()
        self._held = False
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.gesture is None:
            self._point_at(None)
        super().leaveEvent(event)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if (alt and _WAYS.get(event.key()) in _ARROWS) or (
                self.busy and event.key() == Qt.Key.Key_Escape
            ):
                event.accept()
                return True
        return super().event(event)

    @property
    def busy(self) -> bool:
        return self._held or self.gesture is not None or self._press is not None

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
