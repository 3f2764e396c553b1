"""The numbers at the left of the table: a click or a drag selects whole rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView

from .area import Cell
from .cells import ROW_HEIGHT

if TYPE_CHECKING:
    from .grid import Grid

WIDTH = 46


class RowHeader(QHeaderView):
    """A number for each item, a plus for the row that is none yet."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._grid = grid
        self._from: int | None = None
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(ROW_HEIGHT)
        self.setDefaultSectionSize(ROW_HEIGHT)
        self.setFixedWidth(WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, cells = self._grid, self._grid.cells
        painter = QPainter(self.viewport())
        painter.setFont(grid.font())
        painter.fillRect(event.rect(), cells.color("background"))
        chosen = set(grid.selected_rows())
        first = max((event.rect().top() + grid.verticalOffset()) // ROW_HEIGHT, 0)
        last = min((event.rect().bottom() + grid.verticalOffset()) // ROW_HEIGHT, grid.table.new_row)
        for row in range(first, last + 1):
            self._row(painter, row, grid.top_of(row), row in chosen)
        for row, top in reversed(grid.pinned()):
            self._row(painter, row, top, row in chosen)
        painter.end()

    def _row(self, painter: QPainter, row: int, top: int, chosen: bool) -> None:
        cells, table = self._grid.cells, self._grid.table
        rect = QRect(0, top, self.width(), ROW_HEIGHT)
        if table.is_lane(row):
            painter.fillRect(rect, cells.color("panel"))
            painter.fillRect(0, rect.bottom(), rect.width(), 1, cells.color("line"))
            return
        painter.fillRect(rect, cells.color("selection" if chosen else "background"))
        painter.fillRect(0, rect.bottom(), rect.width(), 1, cells.color("hairline"))
        painter.fillRect(rect.right(), top, 1, ROW_HEIGHT, cells.color("line"))
        if row == table.new_row:
            painter.setPen(QPen(cells.color("ink3"), 1.4))
            x, y = rect.center().x() + 0.5, rect.center().y() + 0.5
            painter.drawLine(QPointF(x - 5, y), QPointF(x + 5, y))
            painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))
        else:
            painter.setPen(cells.color("ink" if chosen else "ink3"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(table.number_of(row)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._grid.row_under(event.position().y())
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._grid.table.is_lane(row):
            self._grid.turn_fold(row)
        elif row == self._grid.table.new_row:
            self._grid.go_to(row, self._grid.table.place["title"])
        else:
            self._select(row, event.modifiers())
        self._grid.setFocus()

    def _select(self, row: int, held: Qt.KeyboardModifier) -> None:
        grid, current = self._grid, self._grid.current
        if held & Qt.KeyboardModifier.ShiftModifier and current is not None:
            grid.select(grid.whole(current.row, row))
            self._from = current.row
            return
        place = current.place if current is not None else 0
        add = bool(held & Qt.KeyboardModifier.ControlModifier)
        grid.select(grid.whole(row, row), Cell(row, place), add=add, reveal=False)
        self._from = row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._grid.row_under(event.position().y())
        if self._from is not None and 0 <= row < self._grid.table.new_row:
            self._grid.select(self._grid.whole(self._from, row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self._grid.row_under(event.pos().y())
        if 0 <= row < self._grid.table.new_row and row not in self._grid.selected_rows():
            self._select(row, Qt.KeyboardModifier.NoModifier)
        event.ignore()
