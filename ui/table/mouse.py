"""The mouse on the cells: what a press begins, computed from the state at the press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from .area import Area, Cell
from .cells import FOLD, INDENT, PADDING

if TYPE_CHECKING:
    from .grid import Grid

_SCROLL_EVERY = 40
"""Milliseconds between two steps of scrolling while a drag is outside."""
_BOX = 18


class Mouse:
    """Presses select, fold, turn flags, or begin to fill; Esc lets go."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._doing: Literal["select", "fill"] | None = None
        self._start: Area | None = None
        self._point = QPoint()
        self.filling: Area | None = None
        """The area that is filled if the button is let go now."""
        self._scrolling = QTimer(grid, interval=_SCROLL_EVERY)
        self._scrolling.timeout.connect(self._follow)

    def press(self, event: QMouseEvent) -> None:
        grid, point = self._grid, event.position().toPoint()
        cell = grid.cell_at(point)
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right(cell)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        square = grid.handle()
        if square is not None and square.adjusted(-3, -3, 3, 3).contains(point):
            self._doing, self._start = "fill", grid.area()
        elif cell is None:
            grid.clear()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and (link := self._link_at(cell)):
            grid.stand(cell)
            grid.link_asked.emit(link)
        elif not self._pressed_part(cell, point):
            self._select(cell, event.modifiers())

    def _link_at(self, cell: Cell) -> str:
        """The link in a cell, empty where there is none."""
        table, column = self._grid.table, self._grid.columns[cell.place]
        return table.text_at(cell.row, column) if table.columns[column].kind == "url" else ""

    def _select(self, cell: Cell, held: Qt.KeyboardModifier) -> None:
        grid = self._grid
        self._doing = "select"
        if held & Qt.KeyboardModifier.ShiftModifier and grid.current is not None:
            grid.extend(cell)
        elif held & Qt.KeyboardModifier.ControlModifier:
            grid.select(Area.between(cell, cell), cell, add=True)
        else:
            grid.stand(cell)

    def _press_right(self, cell: Cell | None) -> None:
        """The menu that follows is about the cell, and about all that is selected if it is among that."""
        grid = self._grid
        if cell is not None and not grid.selectionModel().isSelected(grid.index_of(cell)):
            grid.stand(cell)

    def _pressed_part(self, cell: Cell, point: QPoint) -> bool:
        """Whether the press was on a folding arrow or a check box, and is dealt with."""
        grid, known = self._grid, self._grid.table.row_at(cell.row)
        if known is None:
            return False
        rect = grid.visualRect(grid.index_of(cell))
        field = grid.table.columns[grid.columns[cell.place]]
        if known.item is None:
            if point.x() < 28 + known.depth * INDENT:
                grid.turn_fold(cell.row)
                return True
        elif field.key == "title" and known.count:
            left = rect.left() + PADDING + known.depth * INDENT
            if left - 4 <= point.x() < left + FOLD - 2:
                grid.turn_fold(cell.row)
                return True
        elif field.kind == "flag" and rect.left() + PADDING - 2 <= point.x() < rect.left() + PADDING + _BOX:
            grid.stand(cell)
            grid.edit_cell()
            return True
        return False

    def move(self, event: QMouseEvent) -> None:
        self._point = event.position().toPoint()
        if self._doing is None:
            square = self._grid.handle()
            on_handle = square is not None and square.adjusted(-3, -3, 3, 3).contains(self._point)
            shape = Qt.CursorShape.CrossCursor if on_handle else Qt.CursorShape.ArrowCursor
            self._grid.viewport().setCursor(shape)
            return
        outside = not self._grid.viewport().rect().contains(self._point)
        if outside != self._scrolling.isActive():
            (self._scrolling.start if outside else self._scrolling.stop)()
        self._follow()

    def _follow(self) -> None:
        """Take in the cell under the pointer; outside, go one cell further that way."""
        grid = self._grid
        room = grid.viewport().rect()
        inside = QPoint(
            min(max(self._point.x(), 0), room.right()), min(max(self._point.y(), 0), room.bottom())
        )
        cell = grid.cell_at(inside)
        if cell is None:
            return
        down, on = _beyond(self._point.y(), room.bottom()), _beyond(self._point.x(), room.right())
        cell = Cell(
            min(max(cell.row + down, 0), grid.table.new_row),
            min(max(cell.place + on, 0), len(grid.columns) - 1),
        )
        if self._doing == "select":
            grid.extend(cell)
        elif self._start is not None:
            self.filling = self._start.stretched(cell)
            grid.scrollTo(grid.index_of(cell))
            grid.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        start, filling = self._start, self.filling
        if self.let_go() and start is not None and filling is not None:
            self._grid.fill_asked.emit(start, filling)

    def let_go(self) -> bool:
        """End what the press began, with nothing done; whether there was a fill under way."""
        filled = self._doing == "fill"
        self._doing = self._start = self.filling = None
        self._scrolling.stop()
        self._grid.viewport().update()
        return filled

    def double_click(self, event: QMouseEvent) -> None:
        """Opens the editor; on the handle, fills to the end of the lane."""
        grid, point = self._grid, event.position().toPoint()
        cell, square = grid.cell_at(point), grid.handle()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if square is not None and square.adjusted(-3, -3, 3, 3).contains(point):
            self._fill_to_the_end()
        elif cell is not None and not self._pressed_part(cell, point):
            if grid.table.is_lane(cell.row):
                grid.turn_fold(cell.row)
            else:
                grid.edit_cell()

    def _fill_to_the_end(self) -> None:
        grid, area = self._grid, self._grid.area()
        if area is None:
            return
        last = area.bottom
        while last + 1 < grid.table.new_row and not grid.table.is_lane(last + 1):
            last += 1
        if last > area.bottom:
            grid.fill_asked.emit(area, area._replace(top=area.bottom + 1, bottom=last))


def _beyond(there: int, end: int) -> int:
    """-1 before the beginning, 1 after the end, 0 between."""
    return int(there > end) - int(there < 0)
