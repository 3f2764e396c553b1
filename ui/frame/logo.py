"""The program's sign."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ..icons import Icons


class Logo(QWidget):
    """The program's sign, as in resources/icons/app.svg; drawn here, as SVG costs time at the start."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setFixedSize(28, 28)
        self._icons = icons

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._icons.theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shield = QPainterPath()
        shield.addRoundedRect(QRectF(0, 0, 28, 28), 7, 7)
        painter.fillPath(shield, QColor(colors.accent))
        pen = QPen(QColor(colors.accent_ink), 2.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            QPolygonF([QPointF(6.5, 21), QPointF(12.25, 7), QPointF(15.75, 7), QPointF(21.5, 21)])
        )
        pen.setWidthF(2.2)
        painter.setPen(pen)
        painter.drawLine(QPointF(14, 11.4), QPointF(14, 13.5))
        painter.drawLine(QPointF(14, 16.2), QPointF(14, 18.4))
        painter.end()
