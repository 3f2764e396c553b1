"""What can be done to calendars: weekends, holidays, days worked all the same, whose calendar it is.

After each of them everything is scheduled anew. `people.set_calendar` puts a calendar as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ..holidays import national_holidays, weekdays
from ..plan import Plan
from ..records import Calendar, CalendarId, Days
from ..refused import Refused


def add_calendar(plan: Plan, id: CalendarId, title: str, like: CalendarId | None = None) -> Plan:
    """Add a calendar, by default with the days of the plan's own, for a team to work by."""
    model = plan.calendars.get(like or plan.info.calendar) or Calendar(id=id)
    return plan.put(replace(model, id=id, title=title.strip()))


def remove_calendar(plan: Plan, id: CalendarId) -> Plan:
    """Remove a calendar; the teams that worked by it work by the plan's own then.

    Raises:
        Refused("calendar.own", calendar): it is the plan's own.
    """
    calendar = plan.calendars[id]
    if id == plan.info.calendar:
        raise Refused("calendar.own", calendar=calendar.title or id)
    teams = [replace(team, calendar=None) for team in plan.teams.values() if team.calendar == id]
    return plan.drop(calendar).put(*teams)


def set_plan_calendar(plan: Plan, id: CalendarId) -> Plan:
    """Make a calendar the one of all that have no other."""
    return plan.put(replace(plan.info, calendar=plan.calendars[id].id))


def set_weekdays(plan: Plan, id: CalendarId, worked: Iterable[int]) -> Plan:
    """Say which weekdays are worked, Monday is 0.

    Raises:
        Refused("calendar.no_weekday", calendar): none would be.
    """
    calendar, days = plan.calendars[id], tuple(sorted(set(worked)))
    if not days:
        raise Refused("calendar.no_weekday", calendar=calendar.title or id)
    return plan.put(replace(calendar, weekdays=days))


def set_weekend_of(plan: Plan, id: CalendarId, country: str) -> Plan:
    """Work on the weekdays that are worked in a country. Raises as `holidays.weekdays`."""
    return set_weekdays(plan, id, weekdays(country))


def add_holidays(plan: Plan, id: CalendarId, days: Iterable[Days]) -> Plan:
    """Add days off; those that are there already, by their days and name, are left out.

    Raises:
        Refused("days.order", first, last): a run ends before it begins.
    """
    calendar = plan.calendars[id]
    return plan.put(replace(calendar, holidays=_joined(calendar.holidays, days)))


def add_national_holidays(
    plan: Plan,
    id: CalendarId,
    country: str,
    first_year: int,
    last_year: int,
    region: str | None = None,
    language: str | None = None,
) -> Plan:
    """Add the holidays of a country, or a part of it, in some years. Raises as `national_holidays`."""
    return add_holidays(plan, id, national_holidays(country, first_year, last_year, region, language))


def add_extra_days(plan: Plan, id: CalendarId, days: Iterable[Days]) -> Plan:
    """Add days that are worked even on a weekend or a holiday. Raises as `add_holidays`."""
    calendar = plan.calendars[id]
    return plan.put(replace(calendar, extra=_joined(calendar.extra, days)))


def remove_days(plan: Plan, id: CalendarId, days: Iterable[Days]) -> Plan:
    """Remove runs of days off, or of days worked all the same."""
    calendar, gone = plan.calendars[id], set(days)
    holidays = tuple(run for run in calendar.holidays if run not in gone)
    return plan.put(
        replace(calendar, holidays=holidays, extra=tuple(run for run in calendar.extra if run not in gone))
    )


def _joined(known: tuple[Days, ...], more: Iterable[Days]) -> tuple[Days, ...]:
    added = list(more)
    for run in added:
        if run.last < run.first:
            raise Refused("days.order", first=run.first, last=run.last)
    return tuple(sorted({*known, *added}, key=lambda run: (run.first, run.last, run.title)))
