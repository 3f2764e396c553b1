"""The numbers at the left of the table, and the titles beside them once their own column is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ..palette import Theme
from .model import PLACE, TableModel

NARROW = 44
WIDE = 224
ROW_HEIGHT = 32


class RowHeader(QHeaderView):
    """A click selects the whole row."""

    def __init__(self, model: TableModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = model
        self.theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(ROW_HEIGHT)
        self.setDefaultSectionSize(ROW_HEIGHT)
        self.setFixedWidth(NARROW)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        colors = self.theme.colors
        row = self._table.rows[logical]
        lane = row.item is None
        painter.save()
        painter.fillRect(rect, QColor(colors.panel if lane else colors.background))
        if not lane:
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(QColor(colors.ink3))
            number = QRect(rect.left(), rect.top(), NARROW, rect.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignHCenter | middle, str(logical + 1))
            if self.width() > NARROW:
                painter.setPen(QColor(colors.ink))
                beside = rect.adjusted(NARROW, 0, -8, 0)
                title = painter.fontMetrics().elidedText(
                    self._table.text_at(logical, PLACE["title"]),
                    Qt.TextElideMode.ElideRight,
                    WIDE - NARROW - 8,
                )
                painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | middle, title)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colors.hairline))
        if not lane:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(colors.line))
        painter.restore()
