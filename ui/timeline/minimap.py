"""The strip with the whole plan, in which what is in sight can be dragged, and made longer or shorter."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ...io.strings import say
from ..drawing.painter import fill, measure, paint
from ..drawing.scene import Scene
from . import overview
from .overview import HEIGHT, Scale
from .stage import Stage

_GRIP = 6.0
"""Pixels from an end of the window that take hold of the end."""
_WAIT = 120
"""Milliseconds after a change until the picture is drawn anew: a row of changes costs one."""
_SHORTEST = 3.0
"""Days that stay in sight at least."""

_KEYS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
Hold = Literal["", "window", "left", "right"]


class Minimap(QWidget):
    """Follows the stage. What does not change while one scrolls is drawn once, into a picture."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._picture: QPixmap | None = None
        self._worn = stage.theme
        self._begun = False
        self._scale = Scale(0, 1, 100)
        self._hold: Hold = ""
        self._grasp = 0.0
        """How far from the window's left edge, or from the end in the hand, it was taken; in days."""
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("minimap.name"))
        self.setAccessibleDescription(say("minimap.keys"))
        self.setToolTip(say("minimap.tip"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._later = QTimer(self, singleShot=True, interval=_WAIT)
        self._later.timeout.connect(self.renew)
        stage.changed.connect(self._changed)
        stage.moved.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def renew(self) -> None:
        """Draw the picture anew."""
        self._picture, self._begun = None, True
        self._later.setInterval(_WAIT)
        self.update()

    def _changed(self) -> None:
        """A gesture in flight leaves the picture as it is, until the hand lets go."""
        if self._worn is not self.stage.theme:
            self.renew()
        elif not self.stage.document.previewing and not self._later.isActive():
            self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None

    @property
    def scale(self) -> Scale:
        """As the picture has it."""
        return self._scale

    def seen(self) -> tuple[float, float]:
        """The days in sight, from and to."""
        stage = self.stage
        return stage.left, stage.left + stage.width / stage.axis.zoom

    def paintEvent(self, event: QPaintEvent) -> None:
        board = self.stage.board
        if not self._begun:
            self._later.start(0)  # so that what it belongs to is seen first
        elif self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._drawn()
        with QPainter(self) as painter:
            if self._picture is None:
                fill(painter, self.rect(), board.theme.colors.panel)
                return
            painter.drawPixmap(0, 0, self._picture)
            shapes = overview.window_shapes(board, self._scale, self.seen(), self.hasFocus())
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)
            fill(painter, QRect(0, 0, self.width(), 1), board.theme.colors.line)

    def _drawn(self) -> QPixmap:
        ratio, stage = self.devicePixelRatioF(), self.stage
        self._worn = stage.theme
        picture = QPixmap(round(self.width() * ratio), round(HEIGHT * ratio))
        picture.setDevicePixelRatio(ratio)
        self._scale = overview.scale_of(stage.extent_kept(), float(self.width()))
        shapes = overview.overview(stage.board, self._scale, stage.today, measure)
        with QPainter(picture) as painter:
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)
        return picture

    # The mouse

    def _at(self, x: float) -> Hold:
        """What a place takes hold of."""
        x0, x1 = overview.sight(self._scale, self.seen())
        grip = min(_GRIP, (x1 - x0) / 3)
        if abs(x - x0) <= grip:
            return "left"
        if abs(x - x1) <= grip:
            return "right"
        return "window" if x0 < x < x1 else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        self._hold = self._at(x)
        left, right = self.seen()
        if not self._hold:
            self._hold, left = "window", self._scale.day(x) - (right - left) / 2
            self.stage.glide.to(left)
        self._grasp = self._scale.day(x) - (right if self._hold == "right" else left)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            hold = self._at(x)
            at_end = hold in ("left", "right")
            self.setCursor(
                Qt.CursorShape.SizeHorCursor
                if at_end
                else Qt.CursorShape.OpenHandCursor
                if hold
                else Qt.CursorShape.PointingHandCursor
            )
        elif self._hold == "window":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.stage.look(left=self._scale.day(x) - self._grasp)
        elif self._hold:
            self._stretch(self._scale.day(x) - self._grasp)

    def _stretch(self, day: float) -> None:
        """Put the end in the hand to a day; the other one stays."""
        left, right = self.seen()
        if self._hold == "left":
            left = min(day, right - _SHORTEST)
        else:
            right = max(day, left + _SHORTEST)
        self._show(left, right)

    def _show(self, left: float, right: float) -> None:
        """Look at the days between two."""
        before, stage = self.seen(), self.stage
        stage.look(zoom=stage.width / (right - left), left=left)
        if left != before[0] and right == before[1]:  # at the limits of the zoom the right edge stays
            stage.look(left=right - stage.width / stage.axis.zoom)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole plan."""
        self.stage.glide.span(*self.stage.extent_kept())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the day under the pointer, where it is in sight."""
        stage, left = self.stage, self.seen()[0]
        x = (self._scale.day(event.position().x()) - left) * stage.axis.zoom
        turn = event.angleDelta().y() or event.angleDelta().x()
        stage.glide.zoom(1.0015**turn, min(max(x, 0.0), float(stage.width)))
        event.accept()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stage, key = self.stage, event.key()
        left, right = self.seen()
        part = (right - left) * (0.5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.1)
        first, end = stage.extent_kept()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            stage.glide.to(stage.glide.goal[0] + (part if key == Qt.Key.Key_Right else -part))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Up, Qt.Key.Key_Down):
            closer = key in (Qt.Key.Key_Plus, Qt.Key.Key_Up)
            stage.glide.zoom(1.25 if closer else 0.8, stage.width / 2)
        elif key == Qt.Key.Key_Home:
            stage.glide.to(first - (right - left) * 0.05)
        elif key == Qt.Key.Key_End:
            stage.glide.to(end - (right - left) * 0.95)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the keyboard, whatever they are shortcuts for elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
