"""The scrolled area of the timeline: paints what the layout says, follows the stage, takes drops."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
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
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ...io.strings import say
from ..painter import color, forget, measure, paint
from ..scene import Scene
from . import words
from .bars import SlimBar, SlimCorner
from .frame import ROW, Window
from .gestures import PlaceItems
from .hand import Hand, keys_of
from .layout import layout
from .selecting import move_current
from .stage import Stage

MIME = "application/x-roadwright-items"
"""What the backlog panel drags: a JSON list of item ids."""


class TimelineView(QAbstractScrollArea):
    """The scrolled area with the bars."""

    menu_wanted = Signal(str, str, QPoint)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        # A viewport of our own: to see what kind of widget Qt has made, PySide would build all there are.
        self.pane = QWidget()
        self.setViewport(self.pane)
        self.hand = Hand(stage, self.pane)
        self._syncing = False
        self._placing: PlaceItems | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBar(SlimBar(stage, Qt.Orientation.Vertical))
        self.setHorizontalScrollBar(SlimBar(stage, Qt.Orientation.Horizontal))
        self.setCornerWidget(SlimCorner(stage))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(say("timeline.name"))
        self.pane.setMouseTracking(True)
        self.pane.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._refresh)
        stage.session.selection_changed.connect(self._describe)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        stage, x, y = self.stage, self.stage.scroll_x, self.stage.top
        part = event.rect()
        wide = self.pane.width()
        window = Window(x, y + part.top(), x + wide, y + part.bottom() + 1)
        drawn = layout(stage.board, stage.axis, window, stage.glance, stage.today, measure)
        with QPainter(self.pane) as painter:
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
        middle = self.pane.rect().center()
        box = QRect(0, middle.y() - 60, self.pane.width(), 24)
        painter.setPen(color(stage.theme.colors.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, say(found))
        painter.setPen(color(stage.theme.colors.ink2))
        painter.drawText(box.translated(0, 26), Qt.AlignmentFlag.AlignCenter, say(f"{found}-hint"))

    def _refresh(self) -> None:
        self._ranges()
        self.pane.update()

    def _moved(self, days: bool, rows: bool) -> None:
        by = self.verticalScrollBar().value() - self.stage.top
        self._ranges()
        if days or abs(by) >= self.pane.height():
            self.pane.update()
        else:
            self.pane.scroll(0, by)  # only the strip that comes into sight is painted

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.stage.width, self.stage.height = event.size().width(), event.size().height()
        self._ranges()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            forget()

    # Scrolling: the stage knows where it looks from, the scroll bars follow it

    def _ranges(self) -> None:
        stage = self.stage
        self._syncing = True
        x, wide = stage.scroll_x, self.pane.width()
        first, end = stage.extent_kept()
        low = min(round(stage.axis.x(first)) - wide // 2, x)
        high = max(round(stage.axis.x(end)) - wide // 2, x)
        bar = self.horizontalScrollBar()
        bar.setRange(low, high)
        bar.setPageStep(wide)
        bar.setSingleStep(40)
        bar.setValue(x)
        tall = self.pane.height()
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
        elif event.type() == QEvent.Type.Leave:
            self.hand.leave()
        return super().viewportEvent(event)

    # The mouse and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hand.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        target = self.hand.target(QPointF(event.pos()))
        kind, ref = "empty", ""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.stage.session.current:
            kind, ref = "bar", self.stage.session.current
        elif target.link is not None:
            kind, ref = "link", target.link
        elif target.item is not None:
            kind, ref = "bar", target.item
        elif target.kind == "lane":
            kind, ref = "lane", self.stage.rows[target.row].ref
        self.hand.let_go()
        self.menu_wanted.emit(kind, ref, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hand.hide_tip()
        if event.key() == Qt.Key.Key_Escape:
            if not self.hand.cancel_gesture():
                self.stage.session.select()
                event.ignore()  # the window may have something to leave, too
        elif not self.hand.hold(event) and not move_current(self.stage, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.hand.hold(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hand.rest()
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
            self._placing.move(*self.hand.content(event.position()), keys_of(event.modifiers()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._placing is not None:
            self._placing.cancel()
            self.stage.messages.hush()
            self._placing = None

    def dropEvent(self, event: QDropEvent) -> None:
        if self._placing is not None:
            self._placing.move(*self.hand.content(event.position()), keys_of(event.modifiers()))
            self.stage.finish(self._placing)
            self._placing = None
            event.acceptProposedAction()

    # Words

    def _describe(self) -> None:
        """Tell a screen reader about the current item."""
        current = self.stage.session.current
        known = current is not None and current in self.stage.document.plan.items
        self.setAccessibleDescription(words.sentence(self.stage.board, current) if current and known else "")
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # 5 ms for its enums: not at the start

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
