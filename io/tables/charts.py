"""Timelines that are drawn in a table: columns of days, weeks or months, marked or coloured where an item is.

What day such a column stands for is often said by several rows together: letters of weekdays below the date
of their week, numbers of days below the name of a month, months that are written once above a column for each
of their weeks. Here each column gets one heading that says all of it, which `periods` understands; and cells
that have a colour and no text count as marked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from .dates import DateReader, Day, OutOfRange
from .periods import is_period, span_text
from .source import Row, Sheet, letters
from .words import fold, weekdays

MOST_ABOVE = 3
"""Rows above the header that may say more of its columns."""
LEAST_COLUMNS = 5
MARK = "■"
_LEAST_SHADED, _NEARLY = 4, 0.9
"""Rows, and share of all rows, of a column that has a colour of its own."""
_MOSTLY = 0.6
_LETTERS = {
    "m": (0, 1, 2),
    "t": (1, 3),
    "w": (2,),
    "r": (3,),
    "f": (4,),
    "s": (5, 6),
    "u": (6,),
    "l": (0,),
    "d": (1, 3, 6),
    "j": (3,),
    "v": (4,),
}
"""The weekdays that a letter can be, Monday being 0; which one the letters around it show."""
_OF_WEEK = re.compile(r"(?:week (?:of|commencing|beginning)|w/?[cb]|woche (?:ab|vom)|semaine du)[\s:]+", re.I)

Spans = dict[int, tuple[date, date]]
"""First and last day of columns."""


def chart_titles(rows: Sequence[Row], titles: Sequence[str], width: int) -> list[str]:
    """The headings, with those of a drawn timeline by the days that they stand for.

    `rows` are the one of the headings and those above that may say more; `width` is how many columns there
    are below them.
    """
    width = max(len(titles), width)
    spans = _by_weekdays(rows, width) or _by_numbers(rows, width) or _by_share(rows, width)
    said = [*titles, *([""] * (width - len(titles)))]
    for column, span in spans.items():
        said[column] = span_text(*span)
    return said


def filled(sheet: Sheet, header: int, columns: Iterable[int], title: int | None) -> set[tuple[int, int]]:
    """The cells below a header that are coloured to say something: not those of a column that is coloured
    nearly all the way down, as weekends are, nor of a row whose title has the same colour."""
    wanted = set(columns)
    found = {
        (at, column): color
        for (at, column), color in sheet.fills.items()
        if at > header and column in wanted and (title is None or sheet.fills.get((at, title)) != color)
    }
    deep = Counter(column for _, column in found)
    rows = len(sheet.rows) - header - 1
    shaded = {column for column, count in deep.items() if count >= _LEAST_SHADED and count > _NEARLY * rows}
    return {(at, column) for at, column in found if column not in shaded}


# Which days a column stands for


def _by_weekdays(rows: Sequence[Row], width: int) -> Spans:
    """Letters or names of weekdays, and dates, weeks or months above them."""
    for row in rows:
        letters = {column: days for column in range(width) if (days := _weekdays_of(row, column))}
        others = [_anchors(other, range(width)) for other in rows if other is not row]
        anchors = max(others, key=len, default={})
        if len(letters) < LEAST_COLUMNS or len({*letters.values()}) < 3 or not anchors:
            continue
        spans: Spans = {}
        day: date | None = None
        last = min(letters) - 1
        for column, meant in letters.items():
            anchor = next((anchors[at] for at in range(column, last, -1) if at in anchors), None)
            if anchor is not None:
                day = _next(anchor.first, meant)
            elif day is not None:
                day = _next(day + timedelta(days=1), meant)
            last = column
            if day is not None:
                spans[column] = (day, day)
        return spans
    return {}


def _weekdays_of(row: Row, column: int) -> tuple[int, ...]:
    text = fold(row[column]) if column < len(row) and isinstance(row[column], str) else ""
    known = weekdays().get(text)
    return (known,) if known is not None else _LETTERS.get(text, ())


def _next(day: date, meant: tuple[int, ...]) -> date:
    """The first day from that one on which is one of the weekdays."""
    return day + timedelta(days=min((weekday - day.weekday()) % 7 for weekday in meant))


def _by_numbers(rows: Sequence[Row], width: int) -> Spans:
    """Numbers of days, and the names of months above them."""
    for row in rows:
        numbers = {column: number for column in range(width) if (number := _day_number(row, column))}
        rising = sum(low < high for low, high in pairwise(numbers.values()))
        others = [_anchors(other, range(width), "month") for other in rows if other is not row]
        anchors = max(others, key=len, default={})
        if len(numbers) < LEAST_COLUMNS or rising < _MOSTLY * (len(numbers) - 1) or not anchors:
            continue
        spans: Spans = {}
        month: date | None = None
        last, before = min(numbers) - 1, 0
        for column, number in numbers.items():
            anchor = next((anchors[at] for at in range(column, last, -1) if at in anchors), None)
            if anchor is not None:
                month = anchor.first
            elif month is not None and number < before:
                month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
            last, before = column, number
            if month is not None and number <= monthrange(month.year, month.month)[1]:
                day = month.replace(day=number)
                spans[column] = (day, day)
        return spans
    return {}


def _day_number(row: Row, column: int) -> int:
    value = row[column] if column < len(row) else None
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) < 3:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= 31:
        return 0
    return int(value) if value == int(value) else 0


def _by_share(rows: Sequence[Row], width: int) -> Spans:
    """Dates or months, each over several columns that have no heading of words: these share its time."""
    below = rows[-1]
    for row in rows:
        free = [column for column in range(width) if not _is_heading(below, column)]
        anchors = _anchors(row, free)
        starts = [*anchors]
        if len(starts) < 3 or (row is below and all(b - a == 1 for a, b in pairwise(starts))):
            continue
        usual = Counter(b - a for a, b in pairwise(starts)).most_common(1)[0][0]
        ends = [*starts[1:], starts[-1] + usual]
        days = [anchors[start] for start in starts]
        spans: Spans = {}
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            columns = [column for column in range(start, end) if not _is_heading(below, column)]
            spans |= _shared(columns, days[place], days[place + 1 :], days[:place])
        return {column: span for column, span in spans.items() if column < width}
    return {}


def _shared(columns: Sequence[int], day: Day, after: Sequence[Day], before: Sequence[Day]) -> Spans:
    """The time from a day to the next one, in even parts for the columns."""
    last = day.last
    if day.precision == "day":
        if after:
            last = max(day.first, after[0].first - timedelta(days=1))
        elif before:
            last = day.first + (day.first - before[-1].first) - timedelta(days=1)
    length = (last - day.first).days + 1
    parts = [day.first + timedelta(days=length * n // len(columns)) for n in range(len(columns) + 1)]
    return {
        column: (first, max(first, end - timedelta(days=1)))
        for column, (first, end) in zip(columns, pairwise(parts), strict=True)
    }


def _is_heading(row: Row, column: int) -> bool:
    """Whether there is a heading of its own, and not a mere `W1`, `12` or `M`."""
    value = row[column] if column < len(row) else None
    text = value.strip() if isinstance(value, str) else ""
    return any(map(str.isalpha, text)) and not is_period(text) and not _weekdays_of(row, column)


def _anchors(row: Row, columns: Iterable[int], precision: str = "") -> dict[int, Day]:
    """The columns of a row in which a time begins; months without a year follow one another."""
    days = DateReader()
    found: dict[int, Day] = {}
    before: Day | None = None
    for column in columns:
        value: Any = row[column] if column < len(row) else None
        if isinstance(value, str):
            value = _OF_WEEK.sub("", value.strip())
        if value in (None, "") or isinstance(value, (int, float)):
            continue
        try:
            day = days.read(value)
        except OutOfRange:
            continue
        if day is None or (precision and day.precision != precision):
            continue
        if before is not None and day.first <= before.first:
            if not day.assumed_year:
                continue
            year = before.first.year + (day.first.month <= before.first.month)
            day = Day(_in(day.first, year), _in(day.last, year), day.precision)
        found[column] = before = day
    return found


def _in(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def extent(columns: Collection[int]) -> str:
    """`K–AH`: from the first of the columns to the last."""
    first, last = letters(min(columns)), letters(max(columns))
    return first if first == last else f"{first}–{last}"
