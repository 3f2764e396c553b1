"""The hand on the timeline: presses, moves and keys become hovering, choosing and gestures."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ...model.records import ItemId
from ..carrying import unpacked
from .creating import DrawItem, PlaceItems, make_item
from .dragging import DragRow, MoveBars
from .edges import EdgeScroll
from .frame import ROW, ends
from .gestures import BEGIN, Gesture, Keys, Pan, RubberBand
from .holding import refuse_ends, rolled_up
from .linking import DrawLink
from .pointing import Target, target_at
from .resizing import ResizeBar
from .selecting import select
from .stage import Stage
from .words import link_sentence

_TIP_AFTER = 400
"""Milliseconds of hovering until the tooltip comes."""
_CURSORS = {
    "bar": Qt.CursorShape.ArrowCursor,
    "start": Qt.CursorShape.SizeHorCursor,
    "finish": Qt.CursorShape.SizeHorCursor,
    "start-dot": Qt.CursorShape.CrossCursor,
    "finish-dot": Qt.CursorShape.CrossCursor,
    "link-source": Qt.CursorShape.CrossCursor,
    "link-target": Qt.CursorShape.CrossCursor,
    "away": Qt.CursorShape.PointingHandCursor,
    "link": Qt.CursorShape.PointingHandCursor,
    "lane": Qt.CursorShape.ArrowCursor,
    "empty": Qt.CursorShape.ArrowCursor,
}


class Hand(QObject):
    """What the mouse does over the viewport; it holds where it pressed, the stage holds the gesture."""

    item_made = Signal(str)
    """A gesture made an item, whose title is to be typed now."""
    item_opened = Signal(str)
    """A double-click on a bar."""

    def __init__(self, stage: Stage, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.stage, self.viewport = stage, viewport
        self._press: tuple[Target, QPointF, Qt.MouseButton] | None = None
        self._toggle: ItemId | None = None
        self._at, self._keys, self._space = QPointF(), Keys(), False
        self._tip = QTimer(self)
        self._tip.setSingleShot(True)
        self._tip.setInterval(_TIP_AFTER)
        self._tip.timeout.connect(self._show_tip)
        self._edge = EdgeScroll(stage, viewport, self._drag)
        self._placing: PlaceItems | None = None
        """What is dragged in from the backlog."""
        stage.interrupted.connect(self.let_go)

    def content(self, at: QPointF) -> tuple[float, float]:
        """A place of the viewport in content pixels."""
        return at.x() + self.stage.scroll_x, at.y() + self.stage.top

    def target(self, at: QPointF) -> Target:
        """What a place of the viewport points at."""
        return target_at(self.stage, *self.content(at))

    def press(self, event: QMouseEvent) -> None:
        self.hide_tip()
        if self._press is not None:
            return
        self.stage.press()
        button, at = event.button(), event.position()
        target = self.target(at)
        self._press, self._toggle = (target, at, button), None
        if button == Qt.MouseButton.MiddleButton or self._space:
            self.stage.gesture = Pan(self.stage, at.x(), at.y())
            self.viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if target.kind == "away" and target.item is not None:
            self.stage.session.select([target.item])
            self.stage.reveal(target.item)
            self._press = None
        elif target.item is not None:
            self._take(target.item, event)
        elif target.link is not None:
            self.stage.session.select(link=target.link)
            self._say_link()
        elif target.kind == "empty" and not event.modifiers():
            self.stage.session.select()

    def _take(self, item: ItemId, event: QMouseEvent) -> None:
        """Select what is pressed; one of several keeps them, so that they can be dragged together."""
        chosen = self.stage.session.items
        if item not in chosen:
            select(self.stage, item, event.modifiers(), event.button())
        elif event.button() == Qt.MouseButton.LeftButton:
            self._toggle = item  # decided at the release: a drag moves all, a click chooses
            if not event.modifiers() or len(chosen) == 1:
                self.stage.session.select([*(id for id in chosen if id != item), item])

    def move(self, event: QMouseEvent) -> None:
        moved = event.position() != self._at
        self._at, self._keys = event.position(), keys_of(event.modifiers())
        self._edge.move(self._at)
        if self._press is not None and not event.buttons():
            self.cancel_gesture()  # the release went elsewhere
        if self._press is None:
            self._hover(event.position())
            if moved and (self.stage.hovered or self.stage.pointed) is not None:
                self._tip.start()
            return
        target, at, button = self._press
        if self.stage.gesture is None:
            away = event.position() - at
            if max(abs(away.x()), abs(away.y())) < BEGIN or button != Qt.MouseButton.LeftButton:
                return
            self.stage.gesture = self._gesture(target, at, across=abs(away.x()) >= abs(away.y()))
            self._toggle = None
            if self.stage.gesture is None:
                self._press = None
                return
            self._edge.watch(self.stage.gesture, at)
        self._drag()

    def _hover(self, at: QPointF) -> None:
        target = self.target(at)
        fixed = target.kind in ("start", "finish") and target.item and rolled_up(self.stage, target.item)
        cursor = _CURSORS["bar" if fixed else target.kind]
        self.viewport.setCursor(Qt.CursorShape.OpenHandCursor if self._space else cursor)
        if (target.item, target.link) != (self.stage.hovered, self.stage.pointed):
            self.hide_tip()
        self.stage.hover(target.item if target.kind != "away" else None, target.link)

    def hide_tip(self) -> None:
        """The tooltip goes, and comes again only where the pointer rests after another move."""
        self._tip.stop()
        QToolTip.hideText()

    def _drag(self) -> None:
        gesture = self.stage.gesture
        if isinstance(gesture, Pan):
            gesture.move(self._at.x(), self._at.y(), self._keys)
        elif self._placing is not None:
            self._placing.move(*self.content(self._at), self._keys)
        elif gesture is not None and not self.stage.elsewhere.over(
            gesture, self.viewport.mapToGlobal(self._at.toPoint())
        ):
            gesture.move(*self.content(self._at), self._keys)

    def _gesture(self, target: Target, at: QPointF, *, across: bool) -> Gesture | None:
        """The gesture that begins with a drag from a target."""
        stage, (x, y), item = self.stage, self.content(at), target.item
        if _is_gone(stage, target) or (target.kind != "empty" and stage.looks_back()):
            return None
        chosen = stage.session.items
        if target.kind in ("link-source", "link-target") and target.link is not None:
            link = stage.document.kept.links[target.link]
            stays = link.target if target.kind == "link-source" else link.source
            return DrawLink(stage, x, y, stays, from_start=link.type[0] == "S", moving=link.id)
        if item is not None:
            if target.kind in ("start-dot", "finish-dot"):
                return DrawLink(stage, x, y, item, from_start=target.kind == "start-dot")
            if target.kind in ("start", "finish"):
                if refuse_ends(stage, item):
                    return None
                return ResizeBar(stage, x, y, item, at_start=target.kind == "start")
            items = chosen if item in chosen else (item,)
            return MoveBars(stage, x, y, item, items) if across else DragRow(stage, x, y, items)
        if target.kind == "lane" or target.row == len(stage.rows):
            return DrawItem(stage, x, y, target.row)
        return RubberBand(stage, x, y) if target.kind == "empty" else None

    def release(self, event: QMouseEvent) -> None:
        gesture, toggle = self.stage.gesture, self._toggle
        if self._press is None or event.button() != self._press[2]:
            return
        self.let_go()
        if gesture is not None:
            self.stage.finish(gesture)
            if isinstance(gesture, DrawItem) and gesture.made is not None:
                self.item_made.emit(gesture.made)
        elif toggle is not None:
            select(self.stage, toggle, event.modifiers(), event.button())
        self._hover(event.position())

    def let_go(self) -> None:
        """The gesture, if there is one, is over: it has been kept, cancelled, or something came between."""
        self.stage.gesture = self._press = self._toggle = None
        self._edge.stop()

    def cancel_gesture(self) -> bool:
        """Take the gesture in flight back; False where there is none."""
        gesture = self.stage.gesture
        self.let_go()
        if gesture is not None:
            self.stage.elsewhere.leave()
            gesture.cancel()
            self.stage.interrupted.emit()
        return gesture is not None

    def double_click(self, event: QMouseEvent) -> None:
        target = self.target(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if target.item is not None:
            self.item_opened.emit(target.item)
        elif target.kind in ("empty", "lane") and not self.stage.looks_back():
            stage = self.stage
            plan = stage.document.kept
            day = int(stage.axis.day(self.content(event.position())[0]))
            made = make_item(stage, target.row, plan.working_days[plan.info.calendar].next_working(day))
            if made is not None:
                self.item_made.emit(made)

    def _show_tip(self) -> None:
        stage, item, link = self.stage, self.stage.hovered, self.stage.pointed
        if stage.gesture is not None:
            return
        from . import tips

        if link is not None and link in stage.document.plan.links:
            at = self.viewport.mapToGlobal(self._at.toPoint()) + QPoint(12, 16)
            QToolTip.showText(at, tips.link_tip(stage.board, link), self.viewport)
        elif item is not None and item in stage.document.plan.items:
            place, spot = stage.board.row_of.get(item), ends(stage.board, stage.axis, item)
            if place is not None and spot is not None:
                below = QPoint(round(self._at.x()) + 8, (place + 1) * ROW - stage.top + 2)
                text = tips.tooltip(stage.board, item)
                QToolTip.showText(self.viewport.mapToGlobal(below), text, self.viewport)

    def _say_link(self) -> None:
        stage = self.stage
        link = stage.document.plan.links[stage.session.link] if stage.session.link else None
        if link is not None:
            stage.say("timeline.link-chosen", words=link_sentence(stage.document.plan, link.id))

    # What is dragged in from the backlog

    def enter(self, event: QDragMoveEvent) -> None:
        """Items come in; anything else is not taken."""
        ids = unpacked(event.mimeData())
        if ids and not self.stage.looks_back():
            self._placing = PlaceItems(self.stage, ids)
            self._edge.watch(self._placing, event.position())
            event.acceptProposedAction()

    def over(self, event: QDragMoveEvent) -> None:
        if self._placing is not None:
            self._at, self._keys = event.position(), keys_of(event.modifiers())
            self._edge.move(self._at)
            self._drag()
            event.acceptProposedAction()

    def out(self) -> None:
        """They have left, or were let go of by Esc."""
        placing, self._placing = self._placing, None
        self._edge.stop()
        if placing is not None:
            placing.cancel()
            self.stage.messages.hush()

    def drop(self, event: QDropEvent) -> None:
        placing, self._placing = self._placing, None
        self._edge.stop()
        if placing is not None:
            placing.move(*self.content(event.position()), keys_of(event.modifiers()))
            self.stage.finish(placing)
            event.acceptProposedAction()

    # Keys

    def hold(self, event: QKeyEvent) -> bool:
        """A key went down or up: Space makes ready to pan, modifiers change the rule of a drag."""
        down = event.type() == QKeyEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.rest() if not down else self._ready_to_pan()
            return True
        if self.stage.gesture is not None and event.key() in _HELD:
            self._keys = keys_of(event.modifiers())
            self._drag()
            return True
        return False

    def _ready_to_pan(self) -> None:
        self._space = True
        self.viewport.setCursor(Qt.CursorShape.OpenHandCursor)

    def rest(self) -> None:
        """No key is held any more."""
        self._space = False
        self.viewport.unsetCursor()

    def leave(self) -> None:
        """The pointer has left."""
        if self._press is None:
            self.stage.hover(None)
            self._tip.stop()


def _is_gone(stage: Stage, target: Target) -> bool:
    """Whether what was pressed has been taken away since, by a key or a step undone."""
    document = stage.document
    if target.link is not None:
        return target.link not in document.kept.links
    return target.item is not None and target.item not in document.kept_schedule


_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt)


def keys_of(modifiers: Qt.KeyboardModifier) -> Keys:
    """The modifiers, as gestures know them."""
    held = Qt.KeyboardModifier
    return Keys(
        bool(modifiers & held.ShiftModifier),
        bool(modifiers & held.ControlModifier),
        bool(modifiers & held.AltModifier),
    )
