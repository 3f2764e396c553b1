"""A plan from the visible cells alone, where the hidden base is gone: it is our plain exchange form."""

from __future__ import annotations

from pathlib import Path

from ...model.edits.people import set_title
from ...model.fields import FIELDS
from ...model.plan import new_plan
from ..complaint import Imported
from ..tables.build import build
from ..tables.mapping import Mapping
from ..tables.source import Cell, Sheet, Source
from .cells import day_of
from .columns import DEPTH, UID, heading
from .find_table import Table
from .package import Package
from .sheet_cells import Cells, CellValue, Formula, Unreadable


def rebuilt(package: Package, table: Table, path: Path) -> Imported:
    """The plan that the cells of the table show. Raises as `build`."""
    title = package.title or path.stem
    if not table.rows:
        return Imported(new_plan(title), (), {"rows": 0, "items": 0, "links": 0})
    width = max(table.columns) + 1
    headers = tuple(heading(table.columns[c]) if c in table.columns else "" for c in range(width))
    rows: list[list[Cell]] = [[] for _ in range(table.rows[-1][0])]
    rows[table.header_row - 1] = list(headers)
    for number, cells in table.rows:
        rows[number - 1] = _plain_row(cells, table.columns, width, package.date1904)
    columns = {
        column: field if field not in (UID, DEPTH) and FIELDS[field].edit is not None else None
        for column, field in table.columns.items()
    }
    sheet = Sheet(table.sheet, rows)
    source = Source(path, [sheet], epoch_1904=package.date1904)
    imported = build(source, Mapping(table.sheet, table.header_row - 1, headers, columns, plain=True))
    return Imported(set_title(imported.plan, title), imported.complaints, imported.counts)


def _plain_row(cells: Cells, columns: dict[int, str], width: int, date1904: bool) -> list[Cell]:
    row: list[Cell] = [None] * width
    for column, value in cells.items():
        if column in columns:
            row[column] = _plain(columns[column], value, date1904)
    return row


def _plain(field: str, value: CellValue, date1904: bool) -> Cell:
    """The content of a cell as other tables have it."""
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, Unreadable):
        return value.text
    if isinstance(value, float) and field in FIELDS:
        kind = FIELDS[field].kind
        if kind == "date":
            return day_of(value, date1904) or value
        if kind == "percent" and 0 <= value <= 1:
            return f"{100 * value:g}%"
    return value
