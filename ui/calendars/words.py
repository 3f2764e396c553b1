"""How calendars are described in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ...io.strings import count, say
from ...model.records import Calendar, Days
from .. import dates


def weekday_names() -> list[str]:
    """`Mon` to `Sun`."""
    return [name[:3].capitalize() for name in say("dates.weekdays").split()]


def weekdays_words(weekdays: Iterable[int]) -> str:
    """`Mon–Fri`, `Sun–Thu`, `Mon, Wed, Fri`; days in a row as a run, which may go over the week's end."""
    days = sorted(set(weekdays))
    names = weekday_names()
    if len(days) == 7:
        return say("calendar.every-day")
    gaps = [place for place, (one, other) in enumerate(pairwise(days), 1) if other - one > 1]
    if len(gaps) == 1 and days[0] == 0 and days[-1] == 6:
        days = [*days[gaps[0] :], *days[: gaps[0]]]
        gaps = []
    if not gaps and len(days) > 2:
        return f"{names[days[0]]}–{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def calendar_words(calendar: Calendar) -> str:
    """`Standard: Mon–Fri, 12 days off`."""
    off = sum((run.last - run.first).days + 1 for run in calendar.holidays)
    parts = [weekdays_words(calendar.weekdays)]
    if off:
        parts.append(count("calendar.days-off", off))
    if calendar.extra:
        parts.append(count("calendar.extra-days", len(calendar.extra)))
    return f"{calendar.title or calendar.id}: {', '.join(parts)}"


def run_words(run: Days) -> str:
    """`24 Dec 2026 – 1 Jan 2027`, with the weekday of a single day."""
    if run.first == run.last:
        return f"{weekday_names()[run.first.weekday()]} {dates.day(run.first)}"
    return dates.span(run.first, run.last, years=True)
