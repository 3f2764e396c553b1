"""The timeline itself: paints what the layout says, finds what the pointer is on, hands presses to gestures."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ...io.strings import say
from ...model.records import ItemId
from ..painter import color, forget_stamps, measure, paint
from ..scene import Scene
from . import words
from .bars import SlimBar, SlimCorner
from .dragging import DragRow, MoveBars, ResizeBar
from .gestures import BEGIN, DrawItem, DrawLink, Gesture, Keys, Pan, PlaceItems, RubberBand, make_item
from .layout import ROW, Window, ends, layout
from .pointing import Target, target_at
from .selecting import move_current, select
from .stage import Stage

MIME = "application/x-roadwright-items"
"""What the backlog panel drags: a JSON list of item ids."""
_EDGE = 28
"""Pixels from the edge at which a drag scrolls by itself."""
_TIP_AFTER = 400
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


class TimelineView(QAbstractScrollArea):
    """The scrolled area with the bars."""

    menu_wanted = Signal(str, str, QPoint)
    item_made = Signal(str)
    """A gesture made an item, whose title is to be typed now."""
    item_opened = Signal(str)
    """A double-click on a bar."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._press: tuple[Target, QPointF, Qt.MouseButton] | None = None
        self._at = QPointF()
        self._keys = Keys()
        self._space = self._syncing = False
        self._toggle: ItemId | None = None
        self._placing: PlaceItems | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBar(SlimBar(stage, Qt.Orientation.Vertical))
        self.setHorizontalScrollBar(SlimBar(stage, Qt.Orientation.Horizontal))
        self.setCornerWidget(SlimCorner(stage))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(say("timeline.name"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._tip = QTimer(self)
        self._tip.setSingleShot(True)
        self._tip.setInterval(_TIP_AFTER)
        self._tip.timeout.connect(self._show_tip)
        self._edge = QTimer(self)
        self._edge.setInterval(16)
        self._edge.timeout.connect(self._scroll_at_edge)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._refresh)
        stage.session.selection_changed.connect(self._describe)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        stage, x, y = self.stage, self.stage.scroll_x, self.stage.top
        part = event.rect()
        wide = self.viewport().width()
        window = Window(x, y + part.top(), x + wide, y + part.bottom() + 1)
        drawn = layout(stage.board, stage.axis, window, stage.glance, stage.today, measure)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(part, color(stage.theme.colors.background))
            painter.translate(-x, -y)
            paint(painter, Scene(0, 0, "", tuple(drawn.shapes)), exact=False)
            if not stage.rows:
                painter.resetTransform()
                self._say_empty(painter)

    def _say_empty(self, painter: QPainter) -> None:
        """An empty page says what it is for."""
        stage = self.stage
        found = "timeline.nothing-found" if stage.session.search else "timeline.empty"
        middle = self.viewport().rect().center()
        box = QRect(0, middle.y() - 60, self.viewport().width(), 24)
        painter.setPen(color(stage.theme.colors.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, say(found))
        painter.setPen(color(stage.theme.colors.ink2))
        painter.drawText(box.translated(0, 26), Qt.AlignmentFlag.AlignCenter, say(f"{found}-hint"))

    def _refresh(self) -> None:
        self._ranges()
        self.viewport().update()

    def _moved(self, days: bool, rows: bool) -> None:
        by = self.verticalScrollBar().value() - self.stage.top
        self._ranges()
        if days or abs(by) >= self.viewport().height():
            self.viewport().update()
        else:
            self.viewport().scroll(0, by)  # only the strip that comes into sight is painted

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.stage.width, self.stage.height = event.size().width(), event.size().height()
        self._ranges()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            forget_stamps()

    # Scrolling: the stage knows where it looks from, the scroll bars follow it

    def _ranges(self) -> None:
        stage = self.stage
        self._syncing = True
        x, wide = stage.scroll_x, self.viewport().width()
        first, end = stage.extent_kept()
        low = min(round(stage.axis.x(first)) - wide // 2, x)
        high = max(round(stage.axis.x(end)) - wide // 2, x)
        bar = self.horizontalScrollBar()
        bar.setRange(low, high)
        bar.setPageStep(wide)
        bar.setSingleStep(40)
        bar.setValue(x)
        tall = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(stage.content_height() - tall, 0))
        bar.setPageStep(tall)
        bar.setSingleStep(ROW)
        bar.setValue(stage.top)
        stage.top = bar.value()
        self._syncing = False

    def _scrolled(self) -> None:
        if not self._syncing:
            stage = self.stage
            x = self.horizontalScrollBar().value()
            left = stage.left if x == stage.scroll_x else stage.axis.day(x)
            top, self._syncing = self.verticalScrollBar().value(), True
            self.verticalScrollBar().setValue(stage.top)  # `_moved` sets it, and scrolls by the difference
            self._syncing = False
            stage.look(left=left, top=top)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Nothing to do: the stage has been told, and tells."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        stage = self.stage
        turn, pixels = event.angleDelta(), event.pixelDelta()
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ControlModifier:
            stage.zoom_at(1.0015 ** (turn.y() or turn.x()), event.position().x())
        else:
            dx = pixels.x() if not pixels.isNull() else turn.x() * 0.75
            dy = pixels.y() if not pixels.isNull() else turn.y() * 3 * ROW / 120
            if keys & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = (dx or dy), 0
            stage.look(
                left=stage.left - dx / stage.axis.zoom if dx else None, top=stage.top - dy if dy else None
            )
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.stage.zoom_at(1 + event.value(), event.position().x())
                return True
        elif event.type() == QEvent.Type.Leave and self._press is None:
            self.stage.hover(None)
            self._tip.stop()
        return super().viewportEvent(event)

    def _scroll_at_edge(self) -> None:
        """A drag at the edge scrolls by itself, faster further out."""
        if self.stage.gesture is None or isinstance(self.stage.gesture, Pan):
            self._edge.stop()
            return
        wide, tall = self.viewport().width(), self.viewport().height()
        dx = _beyond(self._at.x(), wide)
        dy = _beyond(self._at.y(), tall)
        if dx or dy:
            stage = self.stage
            stage.look(left=stage.left + dx / stage.axis.zoom, top=stage.top + dy)
            self._drag()

    # The mouse

    def content(self, at: QPointF) -> tuple[float, float]:
        """A place of the viewport in content pixels."""
        return at.x() + self.stage.scroll_x, at.y() + self.stage.top

    def target(self, at: QPointF) -> Target:
        """What a place of the viewport points at."""
        return target_at(self.stage, *self.content(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tip.stop()
        QToolTip.hideText()
        if self._press is not None:
            return
        button, at = event.button(), event.position()
        target = self.target(at)
        self._press, self._toggle = (target, at, button), None
        if button == Qt.MouseButton.MiddleButton or self._space:
            self.stage.gesture = Pan(self.stage, at.x(), at.y(), self.stage.top)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
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
        """Select what is pressed; pressing one of several keeps them, so that they can be dragged together."""
        chosen = self.stage.session.items
        if item not in chosen:
            select(self.stage, item, event.modifiers(), event.button())
        elif event.button() == Qt.MouseButton.LeftButton:
            self._toggle = item  # decided at the release: a drag moves all, a click chooses
            if not event.modifiers() or len(chosen) == 1:
                self.stage.session.select([*(id for id in chosen if id != item), item])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at, self._keys = event.position(), _keys(event.modifiers())
        if self._press is None or not event.buttons():
            self._hover(event.position())
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
            self._edge.start()
        self._drag()

    def _hover(self, at: QPointF) -> None:
        target = self.target(at)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if self._space else _CURSORS[target.kind])
        if target.item != self.stage.hovered:
            self._tip.stop()
            QToolTip.hideText()
        self.stage.hover(target.item if target.kind != "away" else None)
        if target.item is not None:
            self._tip.start()

    def _drag(self) -> None:
        if isinstance(self.stage.gesture, Pan):
            self.stage.gesture.move(self._at.x(), self._at.y(), self._keys)
        elif self.stage.gesture is not None:
            self.stage.gesture.move(*self.content(self._at), self._keys)

    def _gesture(self, target: Target, at: QPointF, *, across: bool) -> Gesture | None:
        """The gesture that begins with a drag from a target."""
        stage, (x, y), item = self.stage, self.content(at), target.item
        chosen = stage.session.items
        if target.kind in ("link-source", "link-target") and target.link is not None:
            link = stage.document.kept.links[target.link]
            stays = link.target if target.kind == "link-source" else link.source
            return DrawLink(stage, x, y, stays, from_start=link.type[0] == "S", moving=link.id)
        if item is not None:
            if target.kind in ("start-dot", "finish-dot"):
                return DrawLink(stage, x, y, item, from_start=target.kind == "start-dot")
            if target.kind in ("start", "finish"):
                return ResizeBar(stage, x, y, item, at_start=target.kind == "start")
            items = chosen if item in chosen else (item,)
            return MoveBars(stage, x, y, item, items) if across else DragRow(stage, x, y, items)
        if target.kind == "lane" or target.row == len(stage.rows):
            return DrawItem(stage, x, y, target.row)
        return RubberBand(stage, x, y) if target.kind == "empty" else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, toggle = self.stage.gesture, self._toggle
        if self._press is None or event.button() != self._press[2]:
            return
        self._end()
        if gesture is not None:
            gesture.commit()
            if isinstance(gesture, DrawItem) and gesture.made is not None:
                self.item_made.emit(gesture.made)
        elif toggle is not None:
            select(self.stage, toggle, event.modifiers(), event.button())
        self._hover(event.position())

    def _end(self) -> None:
        self.stage.gesture = self._press = self._toggle = None
        self._edge.stop()

    def cancel_gesture(self) -> bool:
        """Take the gesture in flight back; False where there is none."""
        gesture = self.stage.gesture
        self._end()
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        target = self.target(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if target.item is not None:
            self.item_opened.emit(target.item)
        elif target.kind in ("empty", "lane"):
            stage = self.stage
            plan = stage.document.kept
            day = int(stage.axis.day(self.content(event.position())[0]))
            made = make_item(stage, target.row, plan.working_days[plan.info.calendar].next_working(day))
            if made is not None:
                self.item_made.emit(made)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        target = self.target(QPointF(event.pos()))
        kind, ref = "empty", ""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.stage.session.current:
            kind, ref = "bar", self.stage.session.current
        elif target.link is not None:
            kind, ref = "link", target.link
        elif target.item is not None:
            kind, ref = "bar", target.item
        elif target.kind == "lane":
            kind, ref = "lane", self.stage.rows[target.row].ref
        self._end()
        self.menu_wanted.emit(kind, ref, event.globalPos())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and (self.stage.gesture is not None or self.stage.session.items):
            if not self.cancel_gesture():
                self.stage.session.select()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.stage.gesture is not None and key in _HELD:
            self._keys = _keys(event.modifiers())
            self._drag()
        elif not move_current(self.stage, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.viewport().unsetCursor()
        elif self.stage.gesture is not None and event.key() in _HELD:
            self._keys = _keys(event.modifiers())
            self._drag()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to a gesture in flight before it belongs to any shortcut."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.stage.gesture is not None
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    # Drops from the backlog

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            ids = json.loads(bytes(event.mimeData().data(MIME).data()).decode("utf-8"))
            self._placing = PlaceItems(self.stage, ids)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._placing is not None:
            self._placing.move(*self.content(event.position()), _keys(event.modifiers()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._placing is not None:
            self._placing.cancel()
            self._placing = None

    def dropEvent(self, event: QDropEvent) -> None:
        if self._placing is not None:
            self._placing.move(*self.content(event.position()), _keys(event.modifiers()))
            self._placing.commit()
            self._placing = None
            event.acceptProposedAction()

    # Words

    def _show_tip(self) -> None:
        stage, item = self.stage, self.stage.hovered
        if item is None or self.stage.gesture is not None or item not in stage.document.plan.items:
            return
        place, spot = stage.board.row_of.get(item), ends(stage.board, stage.axis, item)
        if place is None or spot is None:
            return
        at = self.viewport().mapToGlobal(QPoint(round(self._at.x()) + 8, (place + 1) * ROW - stage.top + 2))
        QToolTip.showText(at, words.tooltip(stage.board, item), self.viewport())

    def _say_link(self) -> None:
        stage = self.stage
        link = stage.document.plan.links[stage.session.link] if stage.session.link else None
        if link is not None:
            stage.say("timeline.link-chosen", words=words.link_sentence(stage.board, link.id))

    def _describe(self) -> None:
        """Tell a screen reader about the current item."""
        current = self.stage.session.current
        known = current is not None and current in self.stage.document.plan.items
        self.setAccessibleDescription(words.sentence(self.stage.board, current) if current and known else "")
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt)


def _beyond(at: float, size: int) -> float:
    """How far to scroll for a hand at a place: nothing inside, more the further out."""
    if at < _EDGE:
        return -min((_EDGE - at) * 0.5, 40.0)
    if at > size - _EDGE:
        return min((at - size + _EDGE) * 0.5, 40.0)
    return 0.0


def _keys(modifiers: Qt.KeyboardModifier) -> Keys:
    held = Qt.KeyboardModifier
    return Keys(
        bool(modifiers & held.ShiftModifier),
        bool(modifiers & held.ControlModifier),
        bool(modifiers & held.AltModifier),
    )
