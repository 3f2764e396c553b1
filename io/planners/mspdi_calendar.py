"""Reads the calendar that an MSPDI file uses: weekdays, other weeks, exceptions, those that come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ...model.records import Days
from .foreign import WEEKDAYS, Foreign
from .numbers import day, whole
from .xml import Node

MOST_DAYS = 3_000
"""Of days off and of days worked besides, in one calendar."""
_LATER = timedelta(days=730)
"""For how long after the plan what comes every year is written down."""
_LONGEST_RUN = 900


def read_calendar(root: Node, foreign: Foreign, plan: tuple[date, date]) -> None:
    """Put the project's calendar into `foreign`; `plan` is the first and last day of anything in it."""
    calendars = {node.value("UID"): node for node in root.inside("Calendars", "Calendar")}
    own = calendars.get(root.value("CalendarUID")) or next(iter(calendars.values()), None)
    if own is None:
        return
    base = own.value("BaseCalendarUID", "-1")
    chain = [calendars[base], own] if base in calendars and calendars[base] is not own else [own]
    off: dict[date, str] = {}
    on: dict[date, str] = {}
    until = plan[1] + _LATER
    for node in chain:
        _read_week(node, foreign)
        for one, worked, title in _days(node, until):
            if len(off) + len(on) >= MOST_DAYS:
                foreign.note("planner.many_days_off", most=MOST_DAYS)
                break
            off.pop(one, None)
            on.pop(one, None)
            (on if worked else off)[one] = title
    foreign.holidays, foreign.extra = _runs(off), _runs(on)


def _days(node: Node, until: date) -> Iterator[tuple[date, bool, str]]:
    """Each day out of the usual, whether it is worked, and its name; later ones count more."""
    for first, last, worked, title in _exceptions(node, until):
        for n in range(min((last - first).days + 1, _LONGEST_RUN)):
            yield first + timedelta(days=n), worked, title


def _read_week(node: Node, foreign: Foreign) -> None:
    """The weekdays of a calendar; those it does not name stay as they are."""
    worked = set(foreign.weekdays)
    for one in node.inside("WeekDays", "WeekDay"):
        number = whole(one.value("DayType"))
        if number is not None and 1 <= number <= 7:
            weekday = (number + 5) % 7  # 1 is Sunday there
            worked = worked | {weekday} if one.value("DayWorking") == "1" else worked - {weekday}
    foreign.weekdays = tuple(sorted(worked)) or WEEKDAYS


def _exceptions(node: Node, until: date) -> Iterator[tuple[date, date, bool, str]]:
    """First day, last day, whether it is worked, and its name, of each run of days out of the usual."""
    new = list(node.inside("Exceptions", "Exception"))
    for week in node.inside("WorkWeeks", "WorkWeek"):
        yield from _other_week(week, until)
    if not new:  # newer programs write these besides, for older ones to read
        for one in node.inside("WeekDays", "WeekDay"):
            if one.value("DayType") == "0":
                for begin, end in _period(one):
                    yield begin, end, one.value("DayWorking") == "1", ""
    for one in new:
        worked = one.value("DayWorking") == "1"
        for begin, end in _period(one):
            for from_, to in _occurrences(one, begin, end, until):
                yield from_, to, worked, one.value("Name")


def _period(node: Node) -> Iterator[tuple[date, date]]:
    for period in node.all("TimePeriod"):
        first, last = day(period.value("FromDate")), day(period.value("ToDate"))
        if first is not None:
            yield first, max(first, last or first)


def _other_week(node: Node, until: date) -> Iterator[tuple[date, date, bool, str]]:
    worked = {
        (number + 5) % 7: one.value("DayWorking") == "1"
        for one in node.inside("WeekDays", "WeekDay")
        if (number := whole(one.value("DayType"))) is not None and 1 <= number <= 7
    }
    for first, last in _period(node):
        for n in range(max(0, min((min(last, until) - first).days + 1, MOST_DAYS))):
            one = first + timedelta(days=n)
            if one.weekday() in worked:
                yield one, one, worked[one.weekday()], node.value("Name")


def _occurrences(node: Node, begin: date, end: date, until: date) -> Iterator[tuple[date, date]]:
    """The days of an exception; it may come again daily (1), yearly (2, 3), monthly (4, 5), weekly (6)."""
    kind, every = whole(node.value("Type")) or 1, max(1, whole(node.value("Period")) or 1)
    if kind == 1 and every == 1:
        yield begin, end
        return
    last = min(end, until)
    counted = node.value("EnteredByOccurrences") == "1"
    left = (whole(node.value("Occurrences")) if counted else None) or MOST_DAYS
    for one in _matching(node, kind, every, begin):
        if one > last or left <= 0:
            return
        if one >= begin:
            left -= 1
            yield one, one


def _matching(node: Node, kind: int, every: int, begin: date) -> Iterator[date]:
    if kind == 1:
        for n in range(MOST_DAYS):
            yield begin + timedelta(days=n * every)
    elif kind == 6:
        mask = whole(node.value("DaysOfWeek")) or 0
        sunday = begin - timedelta(days=(begin.weekday() + 1) % 7)
        for n in range(MOST_DAYS):
            for bit in range(7):
                if mask & 1 << bit:
                    yield sunday + timedelta(days=7 * n * every + bit)
    elif kind in (2, 3, 4, 5):
        yearly = kind in (2, 3)
        month = (whole(node.value("Month")) or 0) if yearly else begin.month - 1
        for n in range(MOST_DAYS):
            at = begin.year * 12 + month + n * (12 if yearly else every)
            if at // 12 > 2300:
                return
            found = _in_month(node, kind, at // 12, at % 12 + 1)
            if found is not None:
                yield found
    else:
        yield begin


def _in_month(node: Node, kind: int, year: int, month: int) -> date | None:
    """The day of a month by its number, or as the first to fourth or last (4) of a weekday or of all days."""
    try:
        if kind in (2, 4):
            return date(year, month, whole(node.value("MonthDay")) or 1)
        item, position = whole(node.value("MonthItem")) or 0, whole(node.value("MonthPosition")) or 0
        days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
        days = [one for one in days if one.month == month and _is_item(one, item)]
        return days[-1] if position == 4 else days[position]
    except (ValueError, IndexError):
        return None


def _is_item(one: date, item: int) -> bool:
    """By the file's number: 0 any day, 1 a weekday, 2 a day of the weekend, 3 Sunday to 9 Saturday."""
    if item in (1, 2):
        return (one.weekday() < 5) == (item == 1)
    return item == 0 or one.weekday() == (item + 3) % 7


def _runs(days: dict[date, str]) -> tuple[Days, ...]:
    runs: list[Days] = []
    for one, title in sorted(days.items()):
        if runs and runs[-1].title == title and (one - runs[-1].last).days == 1:
            runs[-1] = Days(runs[-1].first, one, title)
        else:
            runs.append(Days(one, one, title))
    return tuple(runs)
