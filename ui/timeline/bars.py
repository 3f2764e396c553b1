"""Slim scroll bars in the theme's colours: a rounded thumb and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ..painter import color
from .stage import Stage

THICK = 12
_THUMB = 6


class SlimBar(QScrollBar):
    """Behaves as any scroll bar; draws itself, which also costs less than a style's."""

    def __init__(self, stage: Stage, way: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(way, parent)
        self.stage = stage
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        across = self.orientation() == Qt.Orientation.Horizontal
        return QSize(60, THICK) if across else QSize(THICK, 60)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self.stage.theme.colors
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(colors.background))
            if self.maximum() > self.minimum():
                option = QStyleOptionSlider()
                self.initStyleOption(option)
                thumb = self.style().subControlRect(
                    QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
                )
                middle, half = thumb.center(), _THUMB / 2
                if self.orientation() == Qt.Orientation.Horizontal:
                    shape = QRectF(
                        thumb.left() + 2, middle.y() - half + 0.5, max(thumb.width() - 4, 24), _THUMB
                    )
                else:
                    shape = QRectF(
                        middle.x() - half + 0.5, thumb.top() + 2, _THUMB, max(thumb.height() - 4, 24)
                    )
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                strong = self.underMouse() or self.isSliderDown()
                painter.setBrush(color(colors.ink3 if strong else colors.line))
                painter.drawRoundedRect(shape, half, half)


class SlimCorner(QWidget):
    """What lies between the two bars."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        stage.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(self.stage.theme.colors.background))
