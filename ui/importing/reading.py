"""What the import dialog shows of a table and of the plan that it becomes: worked out off the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from ...io.complaint import Complaint, Imported
from ...io.strings import say
from ...io.tables.build import build
from ...io.tables.charts import MARK, filled
from ...io.tables.mapping import Mapping
from ...io.tables.proposal import offer, sheet_named
from ...io.tables.readers import Progress
from ...io.tables.source import Row, Source
from ...model.plan import Plan
from ...model.records import ItemId, Properties, Span
from ...model.refused import Refused
from ...model.schedule import schedule

MOST_ROWS = 50
SAMPLES = 3
FIRST_ROWS = 300
"""Of a long table these are read before the whole is."""
LOOKED_AT = 2_000
"""Rows that are searched for sample values."""


class Line(msgspec.Struct, frozen=True):
    """An item as the preview shows it."""

    depth: int
    key: str
    title: str
    level: str
    status: str
    first: date | None
    last: date | None
    owner: str
    team: str
    milestone: bool


class Trial(msgspec.Struct, frozen=True):
    """What a mapping makes of a table; where nothing comes of it `refused` says why."""

    mapping: Mapping
    imported: Imported | None
    refused: Refused | None = None
    lines: tuple[Line, ...] = ()

    @property
    def unread(self) -> tuple[Complaint, ...]:
        """The cells and rows that could not be taken as they stand."""
        found = self.imported.complaints if self.imported is not None else ()
        return tuple(
            one
            for one in found
            if one.level == "warning" and (one.cell or one.line) and one.code != "import.day_or_month"
        )


def try_out(
    source: Source, mapping: Mapping, progress: Progress | None = None, into: Properties | None = None
) -> Trial:
    """Make a plan of the table, without anything else knowing."""
    try:
        imported = build(source, mapping, progress, into)
    except Refused as refused:
        return Trial(mapping, None, refused)
    return Trial(mapping, imported, None, lines_of(imported.plan))


def beginning(source: Source, mapping: Mapping) -> Source | None:
    """The first rows of a long table, to see at once what becomes of them; None of one that is not long."""
    sheet = sheet_named(source, mapping.sheet)
    last = mapping.header_row + 1 + FIRST_ROWS
    if len(sheet.rows) <= 4 * last:
        return None
    lines = sheet.lines[:last] if sheet.lines is not None else None
    return replace(source, sheets=[replace(sheet, rows=sheet.rows[:last], lines=lines)])


def lines_of(plan: Plan) -> tuple[Line, ...]:
    """The first items of a plan, in its order."""
    times = schedule(plan)
    return tuple(_line(plan, id, times.dates(id)) for id in plan.outline.order[:MOST_ROWS])


def _line(plan: Plan, id: ItemId, span: Span | None) -> Line:
    item = plan.items[id]
    return Line(
        depth=plan.outline.depth[id],
        key=item.key,
        title=item.title,
        level=plan.levels[item.level].title if item.level else "",
        status=plan.statuses[item.status].title if item.status else "",
        first=span.first if span else None,
        last=span.last if span else None,
        owner=plan.people[item.owner].name if item.owner else "",
        team=plan.teams[item.team].title if item.team else "",
        milestone=item.kind == "milestone",
    )


def first_mapping(source: Source, sheet: str | None = None) -> Mapping:
    """What the dialog begins with: the sheet that looks most like a plan, or that one, whatever is in it."""
    sheets = [sheet_named(source, sheet)] if sheet is not None else source.sheets
    seen = [one for one in sheets if not one.hidden] or sheets
    offers = [offered for one in seen if (offered := offer(source, one)) is not None]
    if offers:
        return max(offers, key=lambda mapping: (bool(mapping.of("title")), mapping.score))
    return mapping_at(source, seen[0].title, 0)


def mapping_at(source: Source, sheet: str, row: int, preset: str | None = None) -> Mapping:
    """The mapping for a header row that somebody chose."""
    one = sheet_named(source, sheet)
    offered = offer(source, one, row, preset) if row < len(one.rows) else None
    return offered if offered is not None else Mapping(one.title, row, (), {})


def with_choices_by_hand(mapping: Mapping, before: Mapping) -> Mapping:
    """The mapping with what somebody chose for columns of the same table before."""
    for column, why in before.why.items():
        if why == "hand" and column in mapping.columns:
            mapping = mapping.with_column(column, before.columns[column], before.own.get(column))
    return mapping


def samples(source: Source, mapping: Mapping) -> dict[int, tuple[str, ...]]:
    """For each column some values that are in it, each different."""
    sheet, first = sheet_named(source, mapping.sheet), mapping.header_row + 1
    rows = sheet.rows[first : first + LOOKED_AT]
    found = {column: _samples(rows, column) for column in mapping.columns}
    colored = filled(sheet, mapping.header_row, mapping.of("period"), next(iter(mapping.of("title")), None))
    return found | {column: (MARK,) for _, column in colored if not found[column]}


def _samples(rows: Sequence[Row], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        value = row[column] if column < len(row) else None
        text = " ".join(shown(value).split())
        if text:
            found.setdefault(text[:200])
            if len(found) == SAMPLES:
                break
    return tuple(found)


def shown(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("importing.yes" if value else "importing.no")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def head(source: Source, sheet: str, row: int) -> str:
    """The filled cells of a row, to see whether it is the headings."""
    rows = sheet_named(source, sheet).rows
    cells = rows[row] if row < len(rows) else []
    return "  |  ".join(text for cell in cells[:60] if (text := " ".join(shown(cell).split())))
