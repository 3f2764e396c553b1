"""Draws the table: cells of moving and of frozen columns, heads of lanes, the selection and its handle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ...io.strings import say
from .area import Area, Cell
from .cells import FOLD, PADDING, ROW_HEIGHT
from .sticky import Placed

if TYPE_CHECKING:
    from .grid import Grid

HANDLE = 7
"""The side of the square at the corner of a selection by which it is filled on."""
_LANE_INDENT = 18
_LEAST_NAME = 220
"""The room that a lane's name has before totals begin."""


class GridPainter:
    """Paints a grid's viewport, and only what is asked for."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def paint(self, asked: QRect, filling: Area | None) -> None:
        """Paint a part of the viewport; `filling` is the area that is about to be filled."""
        grid, cells = self._grid, self._grid.cells
        room = grid.viewport().rect()
        first = max((asked.top() + grid.verticalOffset()) // ROW_HEIGHT, 0)
        last = min((asked.bottom() + grid.verticalOffset()) // ROW_HEIGHT, grid.table.new_row)
        rows = range(first, last + 1)
        placed = grid.placed()
        stuck = [one for one in placed if one.stuck]
        edge = max((one.end for one in stuck), default=0)
        painter = QPainter(grid.viewport())
        cells.begin(painter)
        painter.fillRect(asked, cells.color("background"))
        painter.setClipRect(room.adjusted(edge, 0, 0, 0) & asked)
        first_x, last_x = max(edge, asked.left()), asked.right()
        moving = [one for one in placed if not one.stuck and one.end > first_x and one.left <= last_x]
        self._part(painter, moving, rows, filling)
        if stuck:
            painter.setClipRect(QRect(0, 0, edge, room.height()) & asked)
            painter.fillRect(0, 0, edge, room.height(), cells.color("background"))
            self._part(painter, stuck, rows, filling)
            painter.fillRect(edge - 1, 0, 1, room.height(), cells.color("line"))
        heads = [(row, grid.top_of(row)) for row in rows if grid.table.is_lane(row)]
        for row, top in (*heads, *reversed(grid.pinned())):
            self._lane(painter, row, top, placed, edge)
        painter.end()

    def _part(self, painter: QPainter, placed: Sequence[Placed], rows: range, filling: Area | None) -> None:
        """Some columns: the ground of what is selected, the values, the frame of the selection."""
        grid, cells = self._grid, self._grid.cells
        if not placed or not rows:
            return
        left, end = min(one.left for one in placed), max(one.end for one in placed)
        self._ground(painter, placed, rows)
        for row in rows:
            top = grid.top_of(row)
            painter.fillRect(left, top + ROW_HEIGHT - 1, end - left, 1, cells.color("hairline"))
            if row == grid.table.new_row:
                self._new_row(placed, top)
            elif not grid.table.is_lane(row):
                cells.row(row, top, placed)
        self._frames(painter, placed, filling)

    def _ground(self, painter: QPainter, placed: Sequence[Placed], rows: range) -> None:
        grid, cells = self._grid, self._grid.cells
        current = grid.currentIndex()
        chosen = cells.color("selection")
        for one in grid.ranges():
            top, bottom = max(one.top(), rows.start), min(one.bottom(), rows.stop - 1)
            if top > bottom:
                continue
            height = (bottom - top + 1) * ROW_HEIGHT - 1
            for column in placed:
                if one.left() <= column.column <= one.right():
                    painter.fillRect(column.left, grid.top_of(top), column.width, height, chosen)
        if not grid.hasFocus() or not current.isValid():
            return
        for column in placed:
            if column.column == current.column():
                ground = cells.color("background")
                painter.fillRect(
                    column.left, grid.top_of(current.row()), column.width, ROW_HEIGHT - 1, ground
                )

    def _frames(self, painter: QPainter, placed: Sequence[Placed], filling: Area | None) -> None:
        grid, cells = self._grid, self._grid.cells
        area, current = grid.area(), grid.current
        accent = cells.color("accent" if grid.hasFocus() else "ink3")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if area is not None and not area.single:
            self._frame(painter, placed, area, QPen(accent, 1))
        if current is not None and not grid.table.is_lane(current.row):
            self._frame(painter, placed, Area.between(current, current), QPen(accent, 2))
        if filling is not None:
            self._frame(painter, placed, filling, QPen(accent, 1, Qt.PenStyle.DashLine))
        square = self.handle()
        if square is not None and grid.hasFocus():
            painter.fillRect(square.adjusted(-1, -1, 1, 1), cells.color("background"))
            painter.fillRect(square, accent)

    def _frame(self, painter: QPainter, placed: Sequence[Placed], area: Area, pen: QPen) -> None:
        """The part of an area's outline that lies in these columns."""
        grid = self._grid
        places = {column: place for place, column in enumerate(grid.columns)}
        inside = [one for one in placed if area.left <= places[one.column] <= area.right]
        if not inside:
            return
        width = pen.width() / 2
        top, bottom = grid.top_of(area.top) + width, grid.top_of(area.bottom + 1) - width - 1
        left, end = min(one.left for one in inside) + width, max(one.end for one in inside) - width - 1
        begins = any(places[one.column] == area.left for one in inside)
        ends = any(places[one.column] == area.right for one in inside)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, pen.width() > 1)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, top), QPointF(end, top))
        painter.drawLine(QPointF(left, bottom), QPointF(end, bottom))
        if begins:
            painter.drawLine(QPointF(left, top), QPointF(left, bottom))
        if ends:
            painter.drawLine(QPointF(end, top), QPointF(end, bottom))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grid.cells.begin(painter)

    def handle(self) -> QRect | None:
        """The square at the corner of the selected block; None where there is none to fill on."""
        grid = self._grid
        area = grid.area()
        if area is None or area.bottom >= grid.table.new_row or grid.table.is_lane(area.bottom):
            return None
        corner = grid.visualRect(grid.index_of(Cell(area.bottom, area.right)))
        return QRect(corner.right() - HANDLE + 2, corner.bottom() - HANDLE + 2, HANDLE, HANDLE)

    def _new_row(self, placed: Sequence[Placed], top: int) -> None:
        """The row that is no item yet says what it is for."""
        grid = self._grid
        for one in placed:
            if one.column == grid.table.place["title"]:
                rect = QRect(one.left + PADDING + FOLD, top, one.width - 2 * PADDING - FOLD, ROW_HEIGHT)
                grid.cells.text(say("table.add"), rect, "ink3")

    def _lane(self, painter: QPainter, row: int, top: int, placed: Sequence[Placed], edge: int) -> None:
        """A lane's head across all columns: its name, how many it holds, and what they come to."""
        grid, cells, table = self._grid, self._grid.cells, self._grid.table
        known = table.rows[row]
        room = grid.viewport().width()
        line = QRect(0, top, room, ROW_HEIGHT)
        painter.setClipRect(line)
        painter.fillRect(line, cells.color("panel"))
        painter.fillRect(0, line.bottom(), room, 1, cells.color("line"))
        if grid.currentIndex().row() == row and grid.hasFocus():
            painter.fillRect(QRect(0, top, 3, ROW_HEIGHT), cells.color("accent"))
        indent = known.depth * _LANE_INDENT
        named = next((one.end for one in placed if one.column == table.place["title"]), 0)
        end = max(edge, min(named, room // 2), _LEAST_NAME)
        totals = [
            (one, text) for one in placed if one.end > end and (text := table.total_at(row, one.column))
        ]
        painter.setClipRect(QRect(end, top, room - end, ROW_HEIGHT))
        for one, text in totals:
            rect = QRect(one.left + PADDING, top, one.width - 2 * PADDING, ROW_HEIGHT)
            cells.text(text, rect, "ink2", right=table.numeric(one.column))
        painter.setClipRect(line)
        until = max(end, min((one.left for one, _ in totals), default=room))
        cells.fold(QPointF(17 + indent, top + ROW_HEIGHT / 2), known.folded)
        at = QRect(30 + indent, top, until - 30 - indent - 48, ROW_HEIGHT)
        width = cells.text(table.lane_title(known), at, "ink", bold=True)
        beside = QRect(round(at.left() + width) + 10, top, 60, ROW_HEIGHT)
        cells.text(f"{known.count:,}", beside, "ink2")
