"""How days, spans, counts and initials are written on screen, and how a typed day is read; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import MINYEAR, date, datetime, timedelta
from typing import Any

from ..io.days import day, months, short_day, span, working_days
from ..io.strings import say

__all__ = [
    "day",
    "day_count",
    "in_words",
    "initials",
    "is_far",
    "moment",
    "months",
    "near_day",
    "near_month",
    "near_span",
    "read_day",
    "shift",
    "short_day",
    "slip",
    "span",
    "working_days",
]

_NUMBERS = r"^(\d{1,4})\s*([./-])\s*(\d{1,2})(?:\s*\2\s*(\d{1,4}))?\.?$"
_STEP = r"^([+-])\s*(\d{1,4})\s*([a-z]?)$"
_QUARTER = r"^q([1-4])(?:\s*[-/ ]?\s*(\d{2,4}))?$|^(\d{4})\s*[-/ ]?\s*q([1-4])$"
_WEEK = r"^(?:cw|kw|wk?)\s*(\d{1,2})(?:\s*[-/ ]?\s*(\d{2,4}))?$"
_WORDS = r"[^\W\d_]+|\d+"


def moment(when: datetime) -> str:
    """A day and the time of day, local."""
    local = when.astimezone()
    return say("date.moment", day=day(local.date()), time=f"{local:%H:%M}")


def near_day(when: date, today: date) -> str:
    """`12 Oct`; with its year where that is further off than the next: `12 Oct ’28`, `12 Oct 2410`."""
    if not is_far(when, today):
        return short_day(when)
    return day(when) if abs(when.year - today.year) >= 50 else f"{short_day(when)} ’{when.year % 100:02d}"


def near_month(when: date, today: date) -> str:
    """The month and year of a far day, where there is no room for more: `Oct ’28`, `2410`."""
    if abs(when.year - today.year) >= 50:
        return str(when.year)
    return f"{months()[when.month - 1]} ’{when.year % 100:02d}"


def is_far(when: date, today: date) -> bool:
    """Whether a day needs its year beside it."""
    return abs(when.year - today.year) > 1


def near_span(first: date, last: date, near: date) -> str:
    """`12 Oct – 8 Jan`; with the year where it is further from that of `near` than the next."""
    return span(first, last, years=is_far(first, near) or is_far(last, near))


def in_words(code: str, values: Mapping[str, Any]) -> str:
    """The words for a code; days among what fills them are written as everywhere on screen."""
    days = {name: day(value) for name, value in values.items() if isinstance(value, date)}
    return say(code, **{**values, **days})


def day_count(count: int) -> str:
    """`4 days`."""
    return say("dates.one-day" if abs(count) == 1 else "dates.days", count=_minus(str(count)))


def shift(count: int) -> str:
    """`+8 d`, `−3 d`."""
    return _minus(f"{count:+d} d") if count else "0 d"


def slip(count: int) -> str:
    """`8 working days late`, `3 working days early`, `as planned`."""
    if not count:
        return say("dates.slip.none")
    return say("dates.slip.late" if count > 0 else "dates.slip.early", days=working_days(abs(count)))


def initials(name: str) -> str:
    """Two letters for a name: of its first and last word, or the first two of its only one."""
    words = re.findall(_WORDS, name)
    if not words:
        return name.strip()[:1].upper()
    letters: str = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


def _minus(text: str) -> str:
    return text.replace("-", "−")


def read_day(text: str, today: date, *, near: date | None = None, month_first: bool = False) -> date | None:
    """The day that a person means by `text`, or None.

    Read are `2026-10-12`, `12.10.26`, `12/10/2026` (`month_first` says which number is the month where both
    could be), `12 oct`, `October 12, 2026`, `oct 2026` and `Q4 2026` (their first day), `w42` (its Monday),
    `today`, `tomorrow`, `fri` (the next one), `12` (of that month), `+5` and `-2w` (from `near`). A missing
    year is the one that brings the day closest to `near`, else to today.
    """
    wanted = " ".join(text.lower().replace(",", " ").split())
    if not wanted:
        return None
    from_day = near or today
    try:
        for found in (
            _by_numbers(wanted, from_day, month_first),
            _by_step(wanted, from_day),
            _by_quarter(wanted, from_day),
            _by_week(wanted, from_day),
            _by_words(wanted, today, from_day),
        ):
            if found is not None:
                return found
    except (ValueError, OverflowError):  # 31 February, year 0
        return None
    return None


def _by_numbers(text: str, near: date, month_first: bool) -> date | None:
    if text.isdecimal() and len(text) <= 2:
        return near.replace(day=int(text))
    if text.isdecimal() and len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    match = re.match(_NUMBERS, text)
    if match is None:
        return None
    one, sign, two, three = match.groups()
    if len(one) > 2:
        return date(_year(one), int(two), int(three)) if three else None
    first, second = int(one), int(two)
    month_leads = month_first and sign == "/"
    if (month_leads and first > 12) or (not month_leads and second > 12):
        month_leads = not month_leads
    day_of, month = (second, first) if month_leads else (first, second)
    return _closest(day_of, month, near) if three is None else date(_year(three), month, day_of)


def _by_step(text: str, near: date) -> date | None:
    match = re.match(_STEP, text)
    if match is None or match[3] not in {"", "d", "w", "m", "y"}:
        return None
    count = int(match[2]) * (-1 if match[1] == "-" else 1)
    if match[3] in {"m", "y"}:
        months_on = near.year * 12 + near.month - 1 + count * (12 if match[3] == "y" else 1)
        return _last_possible(months_on // 12, months_on % 12 + 1, near.day)
    return near + timedelta(days=count * (7 if match[3] == "w" else 1))


def _by_quarter(text: str, near: date) -> date | None:
    match = re.match(_QUARTER, text)
    if match is None:
        return None
    quarter, year = int(match[1] or match[4]), match[2] or match[3]
    month = quarter * 3 - 2
    return date(_year(year), month, 1) if year else _closest(1, month, near)


def _by_week(text: str, near: date) -> date | None:
    match = re.match(_WEEK, text)
    if match is None:
        return None
    year = _year(match[2]) if match[2] else near.isocalendar().year
    return date.fromisocalendar(year, int(match[1]), 1)


def _by_words(text: str, today: date, near: date) -> date | None:
    for step, word in enumerate(say("dates.near-days").split(), -1):
        if text == word:
            return today + timedelta(days=step)
    parts = re.findall(_WORDS, text)
    names = [part for part in parts if not part.isdecimal()]
    numbers = [int(part) for part in parts if part.isdecimal()]
    month = next((found for name in names if (found := _place(name, "dates.long-months")) is not None), None)
    weekday = next((found for name in names if (found := _place(name, "dates.weekdays")) is not None), None)
    known = (month is not None) + (weekday is not None)
    if len(names) - known > sum(name in _FILL for name in names):
        return None
    if month is None:
        if weekday is None or numbers:
            return None
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _in_month(month + 1, numbers, near)


_FILL = frozenset({"st", "nd", "rd", "th", "of", "the"})


def _in_month(month: int, numbers: list[int], near: date) -> date | None:
    days = [number for number in numbers if number <= 31]
    years = [number for number in numbers if number > 31]
    if len(numbers) > 2 or len(years) > 1:
        return None
    if years:
        return date(_year(str(years[0])), month, days[0] if days else 1)
    if len(days) == 2:
        return date(_year(str(days[1])), month, days[0])
    return _closest(days[0] if days else 1, month, near)


def _place(word: str, names: str) -> int | None:
    """Which of the names the word begins, by at least three letters."""
    if len(word) < 3:
        return None
    places = [place for place, name in enumerate(say(names).split()) if name.startswith(word)]
    return places[0] if len(places) == 1 else None


def _closest(day_of: int, month: int, near: date) -> date | None:
    def possible() -> Iterator[date]:
        for year in range(max(near.year - 4, MINYEAR), near.year + 5):  # 29 February needs the width
            try:
                yield date(year, month, day_of)
            except ValueError:
                continue

    return min(possible(), key=lambda when: abs((when - near).days), default=None)


def _last_possible(year: int, month: int, day_of: int) -> date:
    for earlier in range(4):
        try:
            return date(year, month, day_of - earlier)
        except ValueError:
            if day_of - earlier <= 28:
                raise
    raise ValueError(day_of)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) <= 2 else int(text)
