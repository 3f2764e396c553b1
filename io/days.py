"""How days, spans of days and numbers of working days are written, on screen and in texts."""

from __future__ import annotations

from datetime import date

from .strings import say


def months() -> list[str]:
    """The twelve short names of the months."""
    return say("dates.months").split()


def day(when: date) -> str:
    """`12 Oct 2026`."""
    return f"{short_day(when)} {when.year}"


def short_day(when: date) -> str:
    """`12 Oct`."""
    return f"{when.day} {months()[when.month - 1]}"


def span(first: date, last: date, *, years: bool = False) -> str:
    """`12 Oct – 8 Jan`; one day is written once. With `years` the year is added, twice where they differ."""
    if first == last:
        return day(first) if years else short_day(first)
    if not years:
        return f"{short_day(first)} – {short_day(last)}"
    left = short_day(first) if first.year == last.year else day(first)
    return f"{left} – {day(last)}"


def working_days(count: int) -> str:
    """`63 working days`."""
    return say("dates.working-day" if count == 1 else "dates.working-days", count=count)
