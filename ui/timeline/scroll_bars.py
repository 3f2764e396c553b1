"""Slim scroll bars in the theme's colours: a rounded thumb and nothing else.

Where the thumb lies is reckoned as every style of Qt does: to ask the style costs 15 ms at the start, for the
enums of `QStyle` and its options.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ..drawing.painter import color, fill
from .stage import Stage

THICK = 12
LEAST = 36
"""Length of the thumb at least, with the margins that resources/style.qss gives it."""
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

    def thumb(self) -> tuple[int, int]:
        """Where along the bar the thumb begins, and how long it is; in pixels."""
        room = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        range = self.maximum() - self.minimum()
        long = min(max(self.pageStep() * room // (range + self.pageStep()), LEAST), room)
        begin = (self.sliderPosition() - self.minimum()) * (room - long) / range
        return round(begin), long

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self.stage.theme.colors
        with QPainter(self) as painter:
            fill(painter, self.rect(), colors.background)
            if self.maximum() > self.minimum():
                across = self.orientation() == Qt.Orientation.Horizontal
                begin, long = self.thumb()
                aside = (THICK - _THUMB) / 2
                shape = QRectF(begin + 2, aside, long - 4, _THUMB)
                if not across:
                    shape = QRectF(aside, begin + 2, _THUMB, long - 4)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                strong = self.underMouse() or self.isSliderDown()
                painter.setBrush(color(colors.ink3 if strong else colors.line))
                painter.drawRoundedRect(shape, _THUMB / 2, _THUMB / 2)


class SlimCorner(QWidget):
    """What lies between the two bars."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        stage.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill(painter, self.rect(), self.stage.theme.colors.background)
