"""Where the cells of the table stand on screen: frozen columns and the heads of lanes stay in sight.

Qt's own table knows neither, so whatever asks for a place or a cell is answered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from .area import Cell
from .cells import ROW_HEIGHT
from .model import TableModel
from .sticky import Placed, Sticky

if TYPE_CHECKING:
    from .header import Header
    from .row_header import RowHeader

AnyIndex = QModelIndex | QPersistentModelIndex


class StickyView(QTableView):
    """A table view whose rows are all of one height."""

    header: Header
    numbers: RowHeader

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = model

    @property
    def columns(self) -> list[int]:
        """The shown columns from left to right."""
        return self.header.columns()

    @property
    def sticky(self) -> Sticky:
        sections = [(column, self.header.sectionSize(column)) for column in self.columns]
        return Sticky(sections, self.header.frozen(), self.viewport().width(), self.table.place["title"])

    def placed(self) -> list[Placed]:
        """The columns on screen, those that stand above others last."""
        return self.sticky.placed(self.horizontalOffset())

    def column_under(self, x: float) -> Placed | None:
        return next((one for one in reversed(self.placed()) if one.left <= x < one.end), None)

    def row_under(self, y: float) -> int:
        """The row at a height of the view, of a lane's head that stays in sight too; -1: below all."""
        for row, top in self.pinned():
            if top <= y < top + ROW_HEIGHT:
                return row
        row = int(y + self.verticalOffset()) // ROW_HEIGHT
        return row if 0 <= row <= self.table.new_row else -1

    def top_of(self, row: int) -> int:
        return row * ROW_HEIGHT - self.verticalOffset()

    def pinned(self) -> list[tuple[int, int]]:
        """The heads of lanes that would be scrolled away and stay in sight, with where they stand."""
        result: list[tuple[int, int]] = []
        for level in range(2):
            below = (self.verticalOffset() + level * ROW_HEIGHT) // ROW_HEIGHT
            head = self.table.head_of(below, level)
            if head is None or self.top_of(head) >= level * ROW_HEIGHT:
                break
            following = self.table.lane_after(head, level)
            pushed = self.top_of(following) - ROW_HEIGHT if following is not None else level * ROW_HEIGHT
            result.append((head, min(level * ROW_HEIGHT, pushed)))
        return result

    def cell_at(self, point: QPoint) -> Cell | None:
        """The cell under a point of the view."""
        row, one = self.row_under(point.y()), self.column_under(point.x())
        return None if row < 0 or one is None else Cell(row, self.columns.index(one.column))

    def indexAt(self, point: QPoint) -> QModelIndex:
        cell = self.cell_at(point)
        return QModelIndex() if cell is None else self.index_of(cell)

    def visualRect(self, index: AnyIndex) -> QRect:
        one = next((one for one in self.placed() if one.column == index.column()), None)
        if one is None or not index.isValid():
            return QRect()
        return QRect(one.left, self.top_of(index.row()), one.width, ROW_HEIGHT)

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the frozen columns and below the heads of its lanes."""
        if not index.isValid():
            return
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(self.sticky.reach(index.column(), across.value()))
        heads = sum(self.table.head_of(index.row(), level) not in (None, index.row()) for level in range(2))
        top, room = index.row() * ROW_HEIGHT, self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            down.setValue(top - (room - ROW_HEIGHT) // 2)
        else:
            down.setValue(min(max(down.value(), top + ROW_HEIGHT - room), top - heads * ROW_HEIGHT))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn already; what stays in sight must not move along, and is drawn anew."""
        pinned, edge = len(self.pinned()), self._edge()
        super().scrollContentsBy(dx, dy)
        room = self.viewport().rect()
        if dx:
            self.viewport().update(QRect(0, 0, max(edge, self._edge()) + abs(dx), room.height()))
            self.header.viewport().update()
        if dy and (heads := max(pinned, len(self.pinned()))):
            self.viewport().update(QRect(0, 0, room.width(), heads * ROW_HEIGHT + abs(dy)))
            self.numbers.viewport().update()

    def _edge(self) -> int:
        """Where the columns end that stand above others."""
        return max((one.end for one in self.placed() if one.stuck), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.viewport().update()

    def index_of(self, cell: Cell) -> QModelIndex:
        return self.table.index(cell.row, self.columns[cell.place])
