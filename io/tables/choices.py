"""What somebody chose for a table, so that the same or a newer table of its kind is read the same way.

Columns are known by their headings, so that one that is added, gone or moved disturbs none of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from .mapping import Mapping, OwnColumn, Rules, Why
from .proposal import offer
from .source import Sheet, Source
from .words import fold

LEAST_ALIKE = 0.5
"""Share of the headings that a row must have to be their row."""


class ChosenColumn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A column that was mapped."""

    heading: str
    field: str | None
    own: OwnColumn | None = None


class Choices(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mapping without the places of things."""

    sheet: str
    header_row: int
    columns: tuple[ChosenColumn, ...]
    rules: Rules = Rules()
    preset: str = ""


def choices_of(mapping: Mapping) -> Choices:
    columns = tuple(
        ChosenColumn(mapping.headers[column], field, mapping.own.get(column))
        for column, field in mapping.columns.items()
    )
    return Choices(mapping.sheet, mapping.header_row, columns, mapping.rules, mapping.preset)


def chosen_mapping(source: Source, choices: Choices) -> Mapping | None:
    """The mapping of a table by choices for one like it; None where no sheet has enough of the headings.

    Columns that the choices do not know are taken as they are proposed, if their field is free.
    """
    for sheet in sorted(source.sheets, key=lambda one: (fold(one.title) != fold(choices.sheet), one.hidden)):
        for row in (None, choices.header_row):
            mapping = _offer(source, sheet, row, choices.preset)
            if mapping is not None and _alike(mapping, choices) >= LEAST_ALIKE:
                return _applied(mapping, choices)
    return None


def _offer(source: Source, sheet: Sheet, row: int | None, preset: str) -> Mapping | None:
    if row is not None and row >= len(sheet.rows):
        return None
    return offer(source, sheet, row, preset)


def _alike(mapping: Mapping, choices: Choices) -> float:
    wanted = Counter(fold(column.heading) for column in choices.columns)
    there = Counter(fold(mapping.headers[column]) for column in mapping.columns)
    return sum((wanted & there).values()) / max(1, sum(wanted.values()))


def _applied(mapping: Mapping, choices: Choices) -> Mapping:
    known: dict[tuple[str, int], ChosenColumn] = dict(
        zip(_numbered([one.heading for one in choices.columns]), choices.columns, strict=True)
    )
    columns = [*mapping.columns]
    fields: dict[int, str | None] = {}
    own: dict[int, OwnColumn] = {}
    why: dict[int, Why] = {}
    fresh: list[int] = []
    names = _numbered([mapping.headers[column] for column in columns])
    for column, name in zip(columns, names, strict=True):
        chosen = known.get(name)
        if chosen is None:
            fresh.append(column)
            continue
        fields[column] = chosen.field
        if chosen.field is not None:
            why[column] = "before"
        if chosen.own is not None:
            own[column] = chosen.own
    read = replace(mapping, columns=fields, why=why, own=own, rules=choices.rules, preset=choices.preset)
    for column in fresh:
        field = mapping.columns[column]
        if field is None or not read.of(field) or field in ("own", "tags", "notes"):
            read.columns[column] = field
            if column in mapping.why:
                read.why[column] = mapping.why[column]
        else:
            read.columns[column] = None
    return replace(read, columns={column: read.columns[column] for column in columns})


def _numbered(headings: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each heading with how often it was there before: some tables repeat them."""
    seen: Counter[str] = Counter()
    for heading in map(fold, headings):
        yield heading, seen[heading]
        seen[heading] += 1
