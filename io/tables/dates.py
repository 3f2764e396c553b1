"""Days as people and programs write them in tables, and how exactly they are meant."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Literal

import msgspec

from ...model.records import Precision
from .words import fold, months, weekdays

LONGEST = 60
"""Characters of a text that can be a date."""
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years outside are taken for mistakes."""
EPOCH_1900 = date(1899, 12, 30).toordinal()
EPOCH_1904 = date(1904, 1, 1).toordinal()
_SERIALS = (25_569, 109_574)
"""The serial numbers of the first and the last day that is taken, counted from 1900."""

Order = Literal["day", "month"]
"""Which of the two numbers of `4/5/2027` comes first."""

_TIME = (
    r"(?:[T ,]+(?:um |at )?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*"
    r"(?:[ap]\.?m\.?)?(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))*)?"
)
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(
    rf"(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{2}})\.?{_TIME}", re.IGNORECASE
)
_NO_YEAR = re.compile(r"(\d{1,2})(?:(/)(\d{1,2})|(\.)\s*(\d{1,2})\.)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[.\s/-]*(?:de |of )?([^\W\d_]{3,12})\.?"
    rf"(?:[\s,/'’-]*(?:de )?(\d{{4}}|\d{{2}}))?{_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(  # `Mar-27` is how Excel shows March 2027; `Mar 27` is a day
    r"([^\W\d_]{3,12})\.?(?:[\s/]+|-(?=\d{1,2}\D+\d))(\d{1,2})(?:st|nd|rd|th)?"
    rf"(?:[\s,'’/-]+(\d{{4}}|\d{{2}}))?{_TIME}",
    re.IGNORECASE,
)
_JAPANESE = re.compile(r"(\d{4})年\s*(\d{1,2})月(?:\s*(\d{1,2})日)?")
_MONTH = re.compile(r"([^\W\d_]{3,12})\.?(?:[\s,'’/-]*(?:de |of )?(\d{4}|\d{2}))?")
_MONTH_NUMBER = re.compile(r"(?:(\d{1,2})[/.-](\d{4})|(\d{4})[/.-](\d{1,2}))")
_QUARTER = re.compile(
    r"(?:(\d{4})[\s/.-]*)?(?:Q|T)\s*([1-4])(?:[\s/,.'’-]*(\d{4}|\d{2}))?"
    r"|([1-4])Q[\s'’]*(\d{4}|\d{2})|([1-4])\. ?Quartal (\d{4})",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?:(\d{4})[\s/-]*)?H([12])(?:[\s/,'’-]*(\d{4}|\d{2}))?", re.IGNORECASE)
_WEEK = re.compile(
    r"(?:(\d{4})[\s-]*)?(?:CW|KW|W|WK|week)[\s.-]*(\d{1,2})(?:[\s/,-]*(\d{4}))?", re.IGNORECASE
)
_YEAR = re.compile(r"(\d{4})")
_PART = re.compile(
    r"(early|beginning of|start of|begin|anfang|mid|middle of|mitte|late|end of|end|ende)[\s-]+(.+)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"([^\W\d_]{2,10}(?:-feira)?)\.?,?\s+(?=\d)|(?<=\d)\s*\(([^\W\d_]{1,10})\)$", re.IGNORECASE
)


class Day(msgspec.Struct, frozen=True, gc=False):
    """A day that was read."""

    first: date
    last: date
    """The same day, or the last one of the week, month, quarter ... that was named."""
    precision: Precision = "day"
    unsure: bool = False
    """Day and month may be the other way round."""
    assumed_year: bool = False


class OutOfRange(Exception):
    """It is a day, but in a year that no plan means."""


class DateReader:
    """Reads the dates of one table; what its columns show settles what a single cell leaves open."""

    def __init__(self, epoch_1904: bool = False, order: Order | None = None, year: int | None = None) -> None:
        self.epoch_1904 = epoch_1904
        self.order = order
        self.year = year
        """The year of dates that name none; None: this year."""
        self.example: tuple[str, date] | None = None
        """The first text in which the order of day and month made a difference, and the day it is."""
        self.seen: tuple[str, date] | None = None
        """The first cell with a day."""
        self._known: dict[object, Day | None] = {}

    def learn(self, values: Iterable[object]) -> None:
        """Look through the cells of a column of dates for what settles the order of day and month."""
        votes = {"day": 0, "month": 0}
        years: dict[int, int] = {}
        for value in values:
            if isinstance(value, date):
                years[value.year] = years.get(value.year, 0) + 1
            elif isinstance(value, str) and len(value) <= LONGEST and (match := _NUMBERS.search(value)):
                one, other, year = int(match[1]), int(match[3]), _full_year(match[4])
                years[year] = years.get(year, 0) + 1
                if one > 12 >= other:
                    votes["day"] += 1
                elif other > 12 >= one:
                    votes["month"] += 1
                elif one != other and (weekday := _weekday_of(value)) is not None:
                    for order, day, month in (("day", one, other), ("month", other, one)):
                        found = _made(year, month, day)
                        votes[order] += found is not None and found.weekday() == weekday
        if self.order is None and votes["day"] != votes["month"]:
            self.order = "day" if votes["day"] > votes["month"] else "month"
        if self.year is None and years:
            self.year = max(years, key=lambda year: years[year])
        self._known.clear()

    def read(self, value: object) -> Day | None:
        """The day in a cell, or None if there is none in it.

        Raises:
            OutOfRange: the year is out of the question.
        """
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            self.seen = self.seen or (value.isoformat(), value)
            return _checked(Day(value, value))
        if value not in self._known:
            self._known[value] = self._read(value)
        found = self._known[value]
        if self.seen is None and found is not None:
            self.seen = str(value).strip(), found.first
        return _checked(found) if found is not None else None

    def _read(self, value: object) -> Day | None:
        if isinstance(value, bool) or value is None or (isinstance(value, float) and not isfinite(value)):
            return None
        if isinstance(value, (int, float)):
            return self._of_number(value)
        text = unicodedata.normalize("NFKC", str(value)).strip()
        return self._of_text(text) if 0 < len(text) <= LONGEST else None

    def _of_number(self, value: float) -> Day | None:
        if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
            return _year(int(value))
        offset = EPOCH_1904 - EPOCH_1900 if self.epoch_1904 else 0
        if _SERIALS[0] <= value + offset <= _SERIALS[1]:
            # rounded to the second, as 45000.9999999 means the next day
            ordinal = int(value + 0.5 / 86400) + (EPOCH_1904 if self.epoch_1904 else EPOCH_1900)
            return _single(date.fromordinal(ordinal))
        return None

    def _of_text(self, text: str) -> Day | None:
        for pattern, read in self._forms():
            if (match := pattern.fullmatch(text)) and (day := read(match)) is not None:
                return day
        if (match := _PART.fullmatch(text)) and (whole := self._of_text(match[2])) is not None:
            return _part(match[1].lower(), whole)
        if _weekday_of(text) is not None:
            return self._of_text(_WEEKDAY.sub("", text, count=1).strip())
        return None

    def _forms(self) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Day | None]], ...]:
        return (
            (_ISO, lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
            (_COMPACT, lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
            (_NUMBERS, self._of_numbers),
            (_DAY_FIRST, lambda m: self._of_words(m[3], m[2], m[1])),
            (_MONTH_FIRST, lambda m: self._of_words(m[3], m[1], m[2])),
            (
                _JAPANESE,
                lambda m: _day(int(m[1]), int(m[2]), int(m[3])) if m[3] else _month(int(m[1]), int(m[2])),
            ),
            (_QUARTER, self._of_quarter),
            (
                _HALF,
                lambda m: _months(self._year(m[1] or m[3]), int(m[2]) * 6 - 5, 6, "half", not (m[1] or m[3])),
            ),
            (_WEEK, lambda m: self._of_week(m[1] or m[3], int(m[2]))),
            (_MONTH, lambda m: _months(self._year(m[2]), months().get(fold(m[1]), 0), 1, "month", not m[2])),
            (_MONTH_NUMBER, lambda m: _month(int(m[2] or m[3]), int(m[1] or m[4]))),
            (_YEAR, lambda m: _year(int(m[1])) if FIRST_YEAR <= int(m[1]) <= LAST_YEAR else None),
            (_NO_YEAR, self._of_two_numbers),
        )

    def _year(self, text: str | None) -> int:
        if text:
            return _full_year(text)
        return self.base_year

    @property
    def base_year(self) -> int:
        """The year of dates that name none."""
        return self.year or date.today().year

    def _of_numbers(self, match: re.Match[str]) -> Day | None:
        one, other = int(match[1]), int(match[3])
        day = self._ordered(one, other, _full_year(match[4]), match[2])
        if day and self.example is None and match[2] != "." and one != other and max(one, other) <= 12:
            self.example = match[0], day.first
        return day

    def _of_two_numbers(self, match: re.Match[str]) -> Day | None:
        other = int(match[3] or match[5])
        day = self._ordered(int(match[1]), other, self._year(None), match[2] or match[4])
        return msgspec.structs.replace(day, assumed_year=True) if day else None

    def _ordered(self, one: int, other: int, year: int, separator: str) -> Day | None:
        """The day of two numbers: by what they can be, by the column, by the separator."""
        order = "day" if separator == "." else self.order
        unsure = order is None and one != other and one <= 12 and other <= 12
        if other > 12 or (order == "month" and one <= 12) or (order is None and one <= 12):
            day, month = other, one
        else:
            day, month = one, other
        found = _made(year, month, day)
        return Day(found, found, unsure=unsure) if found else None

    def _of_words(self, year: str | None, month: str, day: str) -> Day | None:
        found = _made(self._year(year), months().get(fold(month), 0), int(day))
        return Day(found, found, assumed_year=not year) if found else None

    def _of_quarter(self, match: re.Match[str]) -> Day | None:
        quarter = int(match[2] or match[4] or match[6])
        year = match[1] or match[3] or match[5] or match[7]
        return _months(self._year(year), quarter * 3 - 2, 3, "quarter", not year)

    def _of_week(self, year: str | None, week: int) -> Day | None:
        try:
            monday = date.fromisocalendar(self._year(year), week, 1)
        except ValueError:
            return None
        return Day(monday, monday + timedelta(days=6), "week", assumed_year=not year)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _single(found: date | None) -> Day | None:
    return Day(found, found) if found else None


def _day(year: int, month: int, day: int) -> Day | None:
    return _single(_made(year, month, day))


def _month(year: int, month: int) -> Day | None:
    return _months(year, month, 1, "month")


def _year(year: int) -> Day | None:
    return _months(year, 1, 12, "year")


def _months(year: int, month: int, count: int, precision: Precision, assumed: bool = False) -> Day | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    end = month + count - 1
    last = date(year, end, calendar.monthrange(year, end)[1])
    return Day(date(year, month, 1), last, precision, assumed_year=assumed)


def _part(word: str, whole: Day) -> Day | None:
    """A third of a span: early, mid or late May."""
    days = (whole.last - whole.first).days + 1
    if days < 7:
        return None
    third = days // 3
    if word.startswith(("early", "begin", "start", "anfang")):
        first, last = whole.first, whole.first + timedelta(days=third - 1)
    elif word.startswith(("mid", "mitte")):
        first, last = whole.first + timedelta(days=third), whole.last - timedelta(days=third)
    else:
        first, last = whole.last - timedelta(days=third - 1), whole.last
    finer: dict[Precision, Precision] = {
        "year": "quarter",
        "half": "month",
        "quarter": "month",
        "month": "week",
    }
    return Day(first, last, finer.get(whole.precision, whole.precision), assumed_year=whole.assumed_year)


def _weekday_of(text: str) -> int | None:
    """The weekday that is named before the date, or in brackets behind it; Monday is 0."""
    match = _WEEKDAY.search(text.strip())
    return weekdays().get(fold(match[1] or match[2])) if match else None


def _checked(day: Day) -> Day:
    if not FIRST_YEAR <= day.first.year <= day.last.year <= LAST_YEAR:
        raise OutOfRange(str(day.first))
    return day
