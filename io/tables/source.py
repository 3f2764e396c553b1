"""A spreadsheet or text table as plain cells, whoever wrote it, with the place of each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypedDict

import msgspec

from ..complaint import Complaint

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Row: TypeAlias = list[Any]
"""The cells of a row from column A on, of the type `Cell`; the end may be missing."""


class Place(TypedDict):
    """Where in a file something is; the keyword arguments of a `Complaint`."""

    file: str
    sheet: str
    cell: str
    line: int


class Sheet(msgspec.Struct):
    """One sheet: every row from the first on."""

    title: str
    rows: list[Row]
    hidden: bool = False
    merges: list[tuple[int, int, int, int]] = []
    """Merged areas: first row, first column, last row, last column; from 0, all included."""
    indents: dict[tuple[int, int], int] = {}
    """How far the text of a cell (row, column) is indented by its format."""
    lines: list[int] | None = None
    """Of a text file: the line on which each row begins, from 1."""
    uncalculated: dict[tuple[int, int], str] = {}
    """Formulas without a stored result, by (row, column)."""
    fills: dict[tuple[int, int], str] = {}
    """The colours of cells that are filled, by (row, column), as far as the reader knows them."""


def is_table(sheet: Sheet) -> bool:
    """Whether there can be a header with something below it."""
    filled = (row for row in sheet.rows if any(value not in (None, "") for value in row))
    return next(filled, None) is not None and next(filled, None) is not None


class Source(msgspec.Struct):
    """A file that has been read."""

    path: Path
    sheets: list[Sheet]
    kind: str = "xlsx"
    """xlsx, xls, xlsb, ods or csv."""
    epoch_1904: bool = False
    """Whether the file counts days from 1904."""
    complaints: list[Complaint] = []

    def place(self, sheet: Sheet, row: int | None = None, column: int | None = None) -> Place:
        """Where row and column (from 0) are for a person."""
        line = 0
        if row is not None:
            line = sheet.lines[row] if sheet.lines is not None else row + 1
        cell = ""
        if row is not None and column is not None and sheet.lines is None:
            cell = f"{letters(column)}{row + 1}"
        title = "" if sheet.lines is not None else sheet.title
        return Place(file=self.path.name, sheet=title, cell=cell, line=line)


def letters(column: int) -> str:
    """The letters of a column (from 0): A, B, ... Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
