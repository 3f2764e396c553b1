"""Stretches of time as people write them: `2026`, `2026-h1`, `2026-q3`, `2026-07`, `2026-w28`, `today`."""

from __future__ import annotations

from datetime import date, timedelta

_UNITS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def period(text: str, today: date, fiscal: int = 1) -> tuple[date, date] | None:
    """First and last day of what the text says, None where it says no time.

    Years, halves and quarters are those of the fiscal year that begins in the month `fiscal`; it is named
    after the calendar year it ends in. `+10d` and `-2w` are counted from today.
    """
    folded = text.strip().casefold()
    try:
        return _named(folded, today, fiscal) or _written(folded, today, fiscal)
    except (ValueError, OverflowError):
        return None


def _named(text: str, today: date, fiscal: int) -> tuple[date, date] | None:
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if text in days:
        day = today + timedelta(days=days[text])
        return day, day
    shift, dash, unit = text.partition("-")
    if dash and shift in _SHIFTS:
        if unit == "week":
            monday = today + timedelta(days=7 * _SHIFTS[shift] - today.weekday())
            return monday, monday + timedelta(days=6)
        if unit in _UNITS:
            size = _UNITS[unit]
            month = today.year * 12 + today.month - 1
            first = month - (month - (fiscal - 1)) % size + size * _SHIFTS[shift]
            return _months(first, size)
    if text[:1] in ("+", "-") and text[-1:] in ("d", "w"):
        day = today + timedelta(days=int(text[:-1]) * (7 if text[-1] == "w" else 1))
        return day, day
    return None


def _written(text: str, today: date, fiscal: int) -> tuple[date, date] | None:
    head, _, tail = text.partition("-")
    if len(head) != 4 or not head.isdecimal():
        return None
    year = int(head)
    start = (year - (fiscal > 1)) * 12 + fiscal - 1  # the first month of the fiscal year of that name
    if not tail:
        return _months(start, 12)
    if tail[0] in "qh" and len(tail) == 2 and tail[1].isdecimal():
        size = 3 if tail[0] == "q" else 6
        number = int(tail[1])
        return _months(start + (number - 1) * size, size) if 1 <= number <= 12 // size else None
    if tail[0] == "w" and tail[1:].isdecimal():
        monday = date.fromisocalendar(year, int(tail[1:]), 1)
        return monday, monday + timedelta(days=6)
    if tail.isdecimal() and len(tail) == 2:
        return _months(year * 12 + int(tail) - 1, 1) if 1 <= int(tail) <= 12 else None
    day = date.fromisoformat(text)
    return day, day


def _months(first: int, count: int) -> tuple[date, date]:
    """`count` months from a month, counted from the year 0."""
    after = first + count
    end = date(after // 12, after % 12 + 1, 1)
    return date(first // 12, first % 12 + 1, 1), end - timedelta(days=1)
