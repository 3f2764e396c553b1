"""Sheets that are several tables one below the other, as monday.com writes boards, made into one.

Each group of a board has its name in a row, a header, its items, and a row that sums up; the parts of an item
have a header of their own in the next column. Rows stay where they are, so that a complaint still names the
right one: only what is in them moves to the columns of the first header, and a column with the outline level
is added.
"""

from __future__ import annotations

from msgspec.structs import replace

from .detect import LOOK
from .source import Row, Sheet, Source
from .words import fold

_NAMES = ("name", "item")
_PARTS = "subitems"
_ALIKE = {
    "name": _NAMES,
    "item": _NAMES,
    "owner": ("owner", "person", "people"),
    "date": ("date", "timeline - end"),
}
"""The columns of items, the best first, in which a column of parts belongs."""
_LEVEL = "Outline level"


def shaped(source: Source) -> Source:
    """The source with its boards as plain tables; others as they are."""
    return replace(source, sheets=[_board(sheet) for sheet in source.sheets])


def _board(sheet: Sheet) -> Sheet:
    at = next((at for at, row in enumerate(sheet.rows[:LOOK]) if _is_header(row)), None)
    return sheet if at is None else _Board(sheet, at).sheet()


def _is_header(row: Row) -> bool:
    """`Name | Subitems | ...`, the header of a group."""
    return [_folded(row, 0) in _NAMES, _folded(row, 1)] == [True, _PARTS]


def _folded(row: Row, column: int) -> str:
    value = row[column] if column < len(row) else None
    return fold(value) if isinstance(value, str) else ""


class _Board:
    """A board, row by row."""

    def __init__(self, sheet: Sheet, header: int) -> None:
        self._sheet = sheet
        self._first = header
        self._header = [str(value or "") for value in sheet.rows[header]]
        for row in sheet.rows[header + 1 :]:
            if _folded(row, 0) == _PARTS:
                self._add_columns(row)
        self._level = len(self._header)
        self._parts: dict[int, int] = {}
        """For a column of the parts, the column of the items that it belongs into."""

    def sheet(self) -> Sheet:
        """The board as a table: the header goes above the name of the first group."""
        rows = [self._row(at, row) or [] for at, row in enumerate(self._sheet.rows)]
        above = self._first - 1
        named = above >= 0 and len(_filled(self._sheet.rows[above])) == 1
        header: Row = [*self._header, _LEVEL]
        if named:
            rows[above], rows[self._first] = header, self._group(self._sheet.rows[above])
        else:
            rows[self._first] = header
        return replace(self._sheet, rows=rows)

    def _row(self, at: int, row: Row) -> Row | None:
        """The row as it goes into the table; None: it is no item."""
        if at < self._first:
            return row
        filled = _filled(row)
        if not filled or _is_header(row):
            self._parts = {}
            return None
        if _folded(row, 0) == _PARTS:
            self._parts = self._columns(row)
            return None
        if filled[0] > 0:  # a part, or the sums below a group
            return self._part(row) if self._parts and filled[0] == min(self._parts) else None
        self._parts = {}
        if len(filled) == 1:
            return self._group(row)
        return self._leveled(row, 2)

    def _columns(self, row: Row) -> dict[int, int]:
        known = self._known()
        meant = (
            (column, _ALIKE.get(title := _folded(row, column), (title,))) for column in range(1, len(row))
        )
        return {
            column: place
            for column, titles in meant
            if (place := next((known[title] for title in titles if title in known), None)) is not None
        }

    def _add_columns(self, row: Row) -> None:
        """Have a column for all that parts have and items have not."""
        there = self._columns(row)
        for column in range(1, len(row)):
            if column not in there and _folded(row, column):
                self._header.append(" ".join(str(row[column]).split()))

    def _known(self) -> dict[str, int]:
        return {fold(title): column for column, title in reversed([*enumerate(self._header)]) if title}

    def _part(self, row: Row) -> Row:
        moved: Row = [None] * self._level
        for column, target in self._parts.items():
            if column < len(row):
                moved[target] = row[column]
        return self._leveled(moved, 3)

    def _group(self, row: Row) -> Row:
        return self._leveled([row[0]], 1)

    def _leveled(self, row: Row, level: int) -> Row:
        return [*row[: self._level], *[None] * (self._level - len(row)), level]


def _filled(row: Row) -> list[int]:
    return [column for column, value in enumerate(row) if value not in (None, "")]
