"""The plan's calendar, in which every bar can begin and end on the days that the other program shows."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec.structs import replace

from ...model.calendar import WorkingDays
from ...model.records import Calendar, Days
from ..strings import say
from ..tables.findings import Findings, some
from .foreign import Foreign

OFTEN = 0.2
"""The share of bars that begin or end on a weekday, from which on that weekday is taken to be worked."""


def with_days_off(foreign: Foreign, standard: Calendar, findings: Findings) -> Calendar:
    """The file's calendar; days off on which bars begin or end are worked, and it is said which.

    Another program may count a task by a calendar of its own, or let it end on a Sunday. A bar of ours can't,
    and to move it would be worse than a day more that is worked.
    """
    calendar = replace(standard, weekdays=foreign.weekdays, holidays=foreign.holidays, extra=foreign.extra)
    parents = {task.parent for task in foreign.tasks}
    bars = [
        task
        for task in foreign.tasks
        if task.kind == "bar" and task.first and task.last and (task.uid not in parents or task.pinned)
    ]
    days = WorkingDays(calendar)
    ends = [day for task in bars for day in {task.first, task.last} if day and not days.is_working(day)]
    if not ends:
        return calendar
    often = Counter(day.weekday() for day in ends)
    added = {weekday for weekday, count in often.items() if weekday not in calendar.weekdays}
    added = {weekday for weekday in added if often[weekday] >= max(2, OFTEN * len(bars))}
    if added:
        names = [say("dates.weekdays").split()[weekday].capitalize() for weekday in sorted(added)]
        findings.note("planner.weekdays_worked", days=names)
        calendar = replace(calendar, weekdays=tuple(sorted({*calendar.weekdays, *added})))
        days = WorkingDays(calendar)
    rest = sorted({day for day in ends if not days.is_working(day)})
    if rest:
        findings.note("planner.days_worked", count=len(rest), days=some([str(day) for day in rest], 12))
        extra = sorted((*calendar.extra, *map(_day, rest)), key=lambda run: run.first)
        calendar = replace(calendar, extra=tuple(extra))
    return calendar


def _day(day: date) -> Days:
    return Days(day, day)
