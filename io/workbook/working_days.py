"""Working days as a workbook's own formulas count them: when they agree with the plan's calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ...model.plan import Plan
from ...model.records import Calendar, CalendarId, Item
from .cells import EPOCH, Raw, serial

WEEK = (0, 1, 2, 3, 4)
"""The week that the function WORKDAY knows."""
DAYS_OFF_LIMIT = 2_000


def days_off(calendar: Calendar) -> list[int] | None:
    """Serial numbers of the holidays on Monday to Friday; None where WORKDAY can't count by the calendar."""
    if calendar.weekdays != WEEK or calendar.extra:
        return None
    found: set[int] = set()
    for run in calendar.holidays:
        if (run.last - run.first).days > DAYS_OFF_LIMIT:
            return None
        day: date = run.first
        while day <= run.last:
            number = serial(day)
            if number is None or len(found) > DAYS_OFF_LIMIT:
                return None
            if day.weekday() in WEEK:
                found.add(number)
            if day == date.max:
                break
            day += timedelta(days=1)
    return sorted(found)


def calendar_of(plan: Plan, item: Item) -> CalendarId:
    """The calendar by which the item's days are counted."""
    team = plan.teams.get(item.team) if item.team else None
    own = team.calendar if team else None
    return own if own is not None and own in plan.calendars else plan.info.calendar


def finish_of(plan: Plan, item: Item, start: int, duration: int) -> int:
    """The serial number of the last day of an item with that start and so many working days."""
    if item.kind == "milestone" or duration < 1:
        return start
    return plan.calendar_of(item).add(start + EPOCH, duration) - 1 - EPOCH


def follows(
    plan: Plan, item: Item, cells: Mapping[str, Raw], known: Mapping[CalendarId, list[int] | None]
) -> bool:
    """Whether the finish is what start and duration give by the workbook's own reckoning.

    `known` are the days off of each calendar.
    """
    start, finish, duration = cells["start"], cells["finish"], cells["duration"]
    if not (isinstance(start, int) and isinstance(finish, int) and isinstance(duration, int)):
        return False
    if known.get(calendar_of(plan, item)) is None:
        return False
    return finish_of(plan, item, start, duration) == finish
