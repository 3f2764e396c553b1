"""Columns that are weeks, months or quarters: a mark in one says that the row's item is then."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from .dates import DateReader, Day, OutOfRange
from .values import read_flag

LONGEST_MARK = 24
"""Characters of a mark; more is a text of its own."""


def periods(headings: Sequence[str], year: int | None = None) -> dict[int, Day]:
    """The columns that are headed by a span of time, in order; without a year each follows the one before."""
    days = DateReader(year=year)
    found: dict[int, Day] = {}
    before: Day | None = None
    for column, heading in enumerate(headings):
        try:
            day = days.read(heading) if heading else None
        except OutOfRange:
            continue
        if day is None or day.precision == "day":
            continue
        while day.assumed_year and before is not None and day.first < before.first:
            day = _a_year_later(day)
        found[column] = before = day
    return found


def is_mark(value: object) -> bool:
    """Whether a cell says that the item is in its column's time."""
    text = str(value).strip()
    return bool(text) and read_flag(value) is not False


def _a_year_later(day: Day) -> Day:
    first, last = (one.replace(year=one.year + 1, day=min(one.day, 28)) for one in (day.first, day.last))
    return replace(day, first=first.replace(day=day.first.day), last=last)
