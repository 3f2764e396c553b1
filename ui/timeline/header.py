"""The two tiers of the axis above the timeline, as a widget: a drag pans, the wheel zooms."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ..drawing.painter import measure, paint
from ..drawing.scene import Scene
from . import grid
from .stage import Stage


class Header(QWidget):
    """Follows the stage."""

    menu_wanted = Signal(str, str, QPoint)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self._pan: tuple[float, float] | None = None
        self.setFixedHeight(grid.HEADER)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        stage.moved.connect(self._moved)
        stage.changed.connect(self.update)

    def _moved(self, days: bool, rows: bool) -> None:
        if days:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, grid.HEADER)

    def paintEvent(self, event: QPaintEvent) -> None:
        stage = self.stage
        left = stage.scroll_x
        shapes = grid.header(stage.axis, left, left + self.width(), stage.today, stage.theme.colors, measure)
        with QPainter(self) as painter:
            painter.translate(-left, 0)
            paint(painter, Scene(0, 0, "", tuple(shapes)), exact=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pan = (event.position().x(), self.stage.left)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan is not None:
            x, left = self._pan
            self.stage.look(left=left - (event.position().x() - x) / self.stage.axis.zoom)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double-click on a stretch of the upper tier fits it in."""
        stage = self.stage
        day = stage.axis.day(stage.scroll_x + event.position().x())
        upper, lower = stage.axis.tiers()
        unit = upper if event.position().y() < grid.FIRST_TIER + grid.TIER else lower
        tick = stage.axis.ticks(unit, stage.axis.x(int(day)), stage.axis.x(int(day)))[0]
        stage.glide.span(tick.first, tick.end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() or event.angleDelta().x()
        self.stage.glide.zoom(1.0015**turn, event.position().x())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit("axis", "", event.globalPos())
