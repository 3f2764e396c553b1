"""The scrolled area of the timeline: paints what the layout says, follows the stage, takes drops."""

from __future__ import annotations

import sys

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
from ..drawing.painter import color, fill, forget, measure, paint
from ..drawing.scene import Scene
from .frame import ROW, Window
from .glide import Coast
from .hand import Hand
from .layout import layout
from .scroll_bars import SlimBar, SlimCorner
from .selecting import choose_first, move_current
from .stage import Stage

_SYSTEM_COASTS = sys.platform == "darwin"
"""Whether the system goes on scrolling after a flick."""


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
        self.coast = Coast(stage)
        self._rest = 0.0
        self._syncing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBar(SlimBar(stage, Qt.Orientation.Vertical))
        self.setHorizontalScrollBar(SlimBar(stage, Qt.Orientation.Horizontal))
        self.setCornerWidget(SlimCorner(stage))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(say("timeline.name"))
        self.pane.setMouseTracking(True)
        self.pane.grabGesture(Qt.GestureType.PinchGesture)
        self.pane.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        stage.moved.connect(self._moved)
        stage.changed.connect(self._refresh)
        stage.session.selection_changed.connect(self.describe)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.pane) as painter:
            for part in event.region():  # type: ignore[attr-defined]  # it is iterable indeed
                self._paint(painter, part)
            if not self.stage.rows:
                self._say_empty(painter)

    def _paint(self, painter: QPainter, part: QRect) -> None:
        """Paint a strip of the rows."""
        stage, x, y = self.stage, self.stage.scroll_x, self.stage.top
        window = Window(x, y + part.top(), x + self.pane.width(), y + part.bottom() + 1)
        drawn = layout(stage.board, stage.axis, window, stage.glance, stage.today, measure)
        painter.setClipRect(part)
        fill(painter, part, stage.theme.colors.background)
        painter.translate(-x, -y)
        paint(painter, Scene(0, 0, "", tuple(drawn.shapes)), exact=False)
        painter.resetTransform()

    def _say_empty(self, painter: QPainter) -> None:
        """An empty page says what it is for."""
        stage = self.stage
        sought = stage.session.search or stage.view.filter
        found = "timeline.nothing-found" if sought else "timeline.empty"
        middle = self.pane.rect().center()
        box = QRect(0, middle.y() - 60, self.pane.width(), 24)
        painter.setPen(color(stage.theme.colors.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, say(found))
        painter.setPen(color(stage.theme.colors.ink2))
        unknown = stage.session.misses_me(stage.document.plan)
        hint = say("view.who.empty" if unknown else f"{found}-hint")
        painter.drawText(box.translated(0, 26), Qt.AlignmentFlag.AlignCenter, hint)

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
            if held := self.stage.board.lane_levels * ROW:  # lane heads do not scroll along
                self.pane.update(0, 0, self.pane.width(), held + max(by, 0))

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
        """Rows, with Shift days, with Ctrl the zoom; a trackpad moves both ways, and its flicks run out."""
        turn, pixels, keys = event.angleDelta(), event.pixelDelta(), event.modifiers()
        fingers = event.phase() != Qt.ScrollPhase.NoScrollPhase
        event.accept()
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.coast.stop()
            factor = 1.0015 ** (turn.y() or turn.x())
            x = event.position().x()
            self.stage.zoom_at(factor, x) if fingers else self.stage.glide.zoom(factor, x)
            return
        # Pixels are to be trusted where they come from fingers only: X11 gives what it likes (Qt's manual).
        exact = fingers and not pixels.isNull()
        dx = pixels.x() if exact else turn.x() * 0.75
        dy = pixels.y() if exact else turn.y() * 3 * ROW / 120
        if keys & Qt.KeyboardModifier.ShiftModifier:
            dx, dy = (dx or dy), 0
        self._scroll_by(dx, dy)
        if event.phase() == Qt.ScrollPhase.ScrollUpdate:
            self.coast.follow(event.timestamp(), dx, dy)
        elif event.phase() == Qt.ScrollPhase.ScrollEnd and not _SYSTEM_COASTS:
            self.coast.let_go(event.timestamp())
        else:
            self.coast.stop()

    def _scroll_by(self, dx: float, dy: float) -> None:
        """Scroll by pixels; what is less than a whole row of pixels is kept for the next time."""
        stage, down = self.stage, dy + self._rest
        self._rest = down - round(down)
        stage.look(
            left=stage.left - dx / stage.axis.zoom if dx else None,
            top=stage.top - round(down) if round(down) else None,
        )

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.stage.zoom_at(1 + event.value(), event.position().x())
                return True
        elif event.type() == QEvent.Type.Gesture:
            return self._pinch(event)
        elif event.type() == QEvent.Type.Leave:
            self.hand.leave()
        return super().viewportEvent(event)

    def _pinch(self, event: QEvent) -> bool:
        """Two fingers on a screen."""
        from PySide6.QtWidgets import QGestureEvent, QPinchGesture  # only who has such a screen needs them

        pinch = event.gesture(Qt.GestureType.PinchGesture) if isinstance(event, QGestureEvent) else None
        if isinstance(pinch, QPinchGesture):
            self.stage.zoom_at(pinch.scaleFactor(), self.pane.mapFromGlobal(pinch.centerPoint()).x())
        return pinch is not None

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
                self.stage.by_keys = True
                self.stage.session.select()
                event.ignore()  # the window may have something to leave, too
        elif not self.hand.hold(event) and not move_current(self.stage, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.hand.hold(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.stage.session.items and self.stage.session.link is None:
            choose_first(self.stage)
        self.stage.by_keys = self.stage.by_keys or by_key
        self.stage.focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.stage.focus(False)
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
        self.hand.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.hand.over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hand.out()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hand.drop(event)

    # Words

    def describe(self) -> None:
        """Tell a screen reader about what is selected now."""
        from ..spoken import announce, chosen

        session, document = self.stage.session, self.stage.document
        announce(self, chosen(document.plan, document.schedule, session.current, session.link))
