"""Finds the roadmap's table in a workbook: by the hidden row that names the fields, else by the headings."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ...model.refused import Refused
from ..complaint import Complaint
from ..strings import languages, say, speaking
from .cells import folded
from .columns import DEPTH, LISTS_SHEET, MARK, SHEETS, SYNC_SHEET, UID, Columns
from .package import Package, SheetRef
from .sheet_cells import Cells, CellValue, Formula, Unreadable

SCANNED_ROWS = 60
"""Rows from the top in which a header is looked for."""
FEWEST_MARKS = 3
FEWEST_HEADINGS = 4


def language_of(package: Package) -> str:
    """The language that a workbook was written in, as it says, or else as its sheets are called."""
    said = package.facts.get("rw_language", "")
    if said in languages():
        return said
    names = {folded(sheet.name) for sheet in package.sheets}

    def known(language: str) -> int:
        with speaking(language):
            return len(names.intersection(folded(say(f"workbook.sheet.{one}")) for one in SHEETS))

    return max(languages(), key=known)


class Table(msgspec.Struct):
    """The table, as it is on the sheet."""

    sheet: str
    columns: dict[int, str]
    """Column, from 0, to the field it holds (or `uid`, `depth`)."""
    headings: dict[int, str]
    """The words at the head of each column, also of those that people added."""
    rows: list[tuple[int, Cells]]
    """Number of the row on the sheet, from 1, and its cells; rows without content are absent."""
    header_row: int = 0
    """Number of the row of the headings, from 1."""
    specs: dict[int, str] = {}
    """What the hidden row says of columns that are fields of the plan's own."""
    complaints: list[Complaint] = []

    def column_of(self, field: str) -> int | None:
        """Where a field is; None: the column is gone."""
        return next((column for column, name in self.columns.items() if name == field), None)


def find_table(package: Package, columns: Columns) -> Table:
    """The table of the sheet Roadmap, or of whichever sheet has it; `columns` are those it was written with.

    Raises:
        Refused("workbook.no_table", file): no sheet has anything like it.
    """
    table, *others = find_tables(package, columns)
    if others:
        table.complaints.append(other_table(table, others[0]))
    return table


def other_table(table: Table, other: Table) -> Complaint:
    """What is to be said where one table was read, and the other was not."""
    return Complaint(
        "workbook.other_table",
        {"sheet": table.sheet},
        sheet=other.sheet,
        done="workbook.other_table.done",
    )


def find_tables(package: Package, columns: Columns) -> list[Table]:
    """As `find_table`; where sheets were copied the table of each, that of the sheet Roadmap first."""
    candidates = [s for s in package.sheets if s.name not in (SYNC_SHEET, LISTS_SHEET)]
    usual = folded(say("workbook.sheet.roadmap"))
    candidates.sort(key=lambda sheet: (sheet.hidden, folded(sheet.name) != usual))
    found: list[tuple[int, SheetRef]] = []
    read: dict[str, list[tuple[int, Cells]]] = {}
    for sheet in candidates:
        most = -1 if folded(sheet.name) == usual else SCANNED_ROWS
        rows = list(package.rows(sheet, most))
        if strength := _strength(rows[:SCANNED_ROWS], columns):
            found.append((strength, sheet))
        if most < 0:
            read[sheet.part] = rows
    if not found:
        raise Refused("workbook.no_table", file=package.file)
    strongest = max(strength for strength, _ in found)
    best = (sheet for strength, sheet in found if strength == strongest)
    return [_read(sheet.name, read.get(sheet.part) or package.rows(sheet), columns) for sheet in best]


def is_empty(cells: Cells, columns: dict[int, str]) -> bool:
    """Whether people see nothing in a row: there is no more than hidden ids and formulas without a result."""
    for column, value in cells.items():
        field = columns.get(column, UID)
        if field not in (UID, DEPTH) and not _nothing(value):
            return False
    return True


def _nothing(value: CellValue) -> bool:
    if isinstance(value, Formula):
        return value.value is None or isinstance(value.value, Unreadable) or _nothing(value.value)
    return value is None or (isinstance(value, str) and not value.strip())


def _strength(rows: Iterable[tuple[int, Cells]], known: Columns) -> int:
    """How much looks like the table in a sheet's first rows: 2 marks, 1 headings, 0 nothing."""
    strength = 0
    for _, cells in rows:
        if len(_marks(cells, known)) >= FEWEST_MARKS:
            return 2
        if _is_header(cells, known):
            strength = 1
    return strength


def _read(sheet: str, rows: Iterable[tuple[int, Cells]], known: Columns) -> Table:
    columns: dict[int, str] = {}
    table = Table(sheet, {}, {}, [])
    marked = 0
    for number, cells in rows:
        if table.header_row:
            if not is_empty(cells, table.columns):
                table.rows.append((number, cells))
            continue
        if not columns and len(marks := _marks(cells, known)) >= FEWEST_MARKS:
            columns, marked = {column: field for column, (field, _) in marks.items()}, number
            table.specs = {column: spec for column, (_, spec) in marks.items() if spec}
            continue
        by_heading = _by_heading(cells, known)
        if (columns and (by_heading or number == marked + 1)) or (not columns and _is_header(cells, known)):
            table.header_row = number
            table.columns = columns or by_heading
            table.headings = {c: v for c, v in cells.items() if isinstance(v, str) and v.strip()}
    return table


def _marks(cells: Cells, known: Columns) -> dict[int, tuple[str, str]]:
    """Columns whose cells are marks of fields, with what they say of fields of the plan's own."""
    found: dict[int, tuple[str, str]] = {}
    seen: set[str] = set()
    for column, value in cells.items():
        if isinstance(value, str) and value.startswith(MARK):
            field, _, spec = value[len(MARK) :].strip().partition(" ")
            if (field in known.place or spec) and field not in seen:
                seen.add(field)
                found[column] = (field, spec)
    return found


def _by_heading(cells: Cells, known: Columns) -> dict[int, str]:
    """Columns whose cells are the titles of fields."""
    names = known.heading_words
    found: dict[int, str] = {}
    for column, value in cells.items():
        field = names.get(folded(value)) if isinstance(value, str) and len(value) < 100 else None
        if field is not None and field not in found.values():
            found[column] = field
    return found


def _is_header(cells: Cells, known: Columns) -> bool:
    found = _by_heading(cells, known)
    return len(found) >= FEWEST_HEADINGS and "title" in found.values()
