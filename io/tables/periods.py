"""Columns that are days, weeks, months or quarters: a mark in one says that the row's item is then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from .dates import DateReader, Day, OutOfRange
from .values import read_flag

LONGEST_MARK = 24
"""Characters of a mark; more is a text of its own."""
LEAST_DAYS = 4
"""Columns headed by single days that make a timeline; fewer are something else."""
_TO = " – "


def periods(headings: Sequence[str], year: int | None = None) -> dict[int, Day]:
    """The columns that are headed by a span of time, in order; without a year each follows the one before.

    Days that are a week or more apart stand for the time until the next one.
    """
    days = DateReader(year=year)
    found: dict[int, Day] = {}
    before: dict[bool, Day] = {}
    """The last day, and the last span."""
    for column, heading in enumerate(headings):
        day = _read(days, heading)
        if day is None:
            continue
        spans = day.first != day.last
        while day.assumed_year and spans in before and day.first < before[spans].first:
            day = _a_year_later(day)
        found[column] = before[spans] = day
    single = {column: day for column, day in found.items() if day.first == day.last}
    if len(single) < LEAST_DAYS:
        return {column: day for column, day in found.items() if column not in single}
    return dict(sorted((found | _lengthened(single)).items()))


@lru_cache(maxsize=1 << 12)
def is_period(heading: str) -> bool:
    """Whether a heading names a day or a span of time."""
    return _read(DateReader(), heading) is not None


def span_text(first: date, last: date) -> str:
    """A heading for the days from one to another."""
    return first.isoformat() if first == last else f"{first.isoformat()}{_TO}{last.isoformat()}"


def _read(days: DateReader, heading: str) -> Day | None:
    first, to, last = heading.partition(_TO)
    try:
        day = days.read(first) if first else None
        end = days.read(last) if to and day is not None else None
    except OutOfRange:
        return None
    if day is None or end is None:
        return day
    length = (end.last - day.first).days
    return replace(day, last=end.last, precision="day" if length < 5 else "week" if length < 12 else "month")


def is_mark(value: object) -> bool:
    """Whether a cell says that the item is in its column's time."""
    text = str(value).strip()
    return bool(text) and read_flag(value) is not False


def _lengthened(single: dict[int, Day]) -> dict[int, Day]:
    """The days, those that begin a week or more until the next of them."""
    gaps = [(later.first - day.first).days for day, later in pairwise(single.values())]
    usual = int(median(gaps))
    if usual < 5:
        return single
    return {
        column: replace(
            day, last=day.first + timedelta(days=usual - 1), precision="week" if usual < 12 else "month"
        )
        for column, day in single.items()
    }


def _a_year_later(day: Day) -> Day:
    first, last = (one.replace(year=one.year + 1, day=min(one.day, 28)) for one in (day.first, day.last))
    return replace(day, first=first.replace(day=day.first.day), last=last)
