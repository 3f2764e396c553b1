"""A plan from the visible cells alone, where the hidden base is gone: it is our plain exchange form."""

from __future__ import annotations

from pathlib import Path

from ...model.edits.people import set_title
from ...model.fields import FIELDS
from ...model.plan import new_plan
from ...model.records import FieldId
from ..complaint import Imported
from ..own_headings import field_of
from ..tables.build import build
from ..tables.mapping import OWN, Mapping
from ..tables.source import Cell, Sheet, Source
from .cells import day_of
from .columns import HELPERS, Columns
from .find_table import Table
from .package import Package
from .sheet_cells import Cells, CellValue, Formula, Unreadable


def rebuilt(package: Package, table: Table, known: Columns, path: Path) -> Imported:
    """The plan that the cells of the table show. Raises as `build`.

    Columns of the plan's own fields, and those that people added, become own fields again.
    """
    title = package.title or path.stem
    if not table.rows:
        return Imported(new_plan(title), (), {"rows": 0, "items": 0, "links": 0})
    width = max(*table.columns, *table.headings) + 1
    headers = tuple(_heading(table, known, column) for column in range(width))
    kinds = {column: _kind(table.columns.get(column), headers[column]) for column in range(width)}
    rows: list[list[Cell]] = [[] for _ in range(table.rows[-1][0])]
    rows[table.header_row - 1] = list(headers)
    for number, cells in table.rows:
        rows[number - 1] = _plain_row(cells, kinds, width, package.date1904)
    columns = {column: _role(table.columns.get(column)) for column in range(width) if headers[column]}
    sheet = Sheet(table.sheet, rows)
    source = Source(path, [sheet], epoch_1904=package.date1904)
    imported = build(source, Mapping(table.sheet, table.header_row - 1, headers, columns, plain=True))
    return Imported(set_title(imported.plan, title), imported.complaints, imported.counts)


def _heading(table: Table, known: Columns, column: int) -> str:
    if column in table.specs:
        return f"{table.headings.get(column, '')} [{table.specs[column]}]"
    field = table.columns.get(column)
    return known.headings[field] if field in known.headings else table.headings.get(column, "")


def _role(field: str | None) -> str | None:
    """What a column of that field is for an import."""
    if field is None or field not in (*FIELDS, *HELPERS):
        return OWN
    return field if field in FIELDS and FIELDS[field].edit is not None else None


def _kind(field: str | None, heading: str) -> str:
    """What kind of value a column holds; empty where only its cells show it."""
    if field in FIELDS:
        return FIELDS[field].kind
    described = field_of(heading, FieldId(""))
    return described.kind if described is not None else ""


def _plain_row(cells: Cells, kinds: dict[int, str], width: int, date1904: bool) -> list[Cell]:
    row: list[Cell] = [None] * width
    for column, value in cells.items():
        if column < width:
            row[column] = _plain(kinds[column], value, date1904)
    return row


def _plain(kind: str, value: CellValue, date1904: bool) -> Cell:
    """The content of a cell as other tables have it."""
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, Unreadable):
        return value.text
    if isinstance(value, float):
        if kind == "date":
            return day_of(value, date1904) or value
        if kind == "percent" and 0 <= value <= 1:
            return f"{100 * value:g}%"
    return value
