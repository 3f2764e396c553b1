"""What can be done to calendars: weekends, holidays, days worked all the same, whose calendar it is.

After each of them everything is scheduled anew. Several of them can be tried on a draft, which is a plan like
any other, and `change_calendars` takes over what came of it as one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from ..holidays import FIRST_YEAR, LAST_YEAR, national_holidays, weekdays
from ..plan import Plan
from ..records import Calendar, CalendarId, Days, TeamId
from ..refused import Refused

LONGEST_RUN = 366
"""Days that a run of days off, or of days worked all the same, may have: more is a slip of the pen."""


def change_calendars(plan: Plan, draft: Plan) -> Plan:
    """Take over from a draft its calendars, which of them is the plan's own, and who works by which."""
    teams = [
        replace(team, calendar=draft.teams[team.id].calendar)
        for team in plan.teams.values()
        if team.id in draft.teams and team.calendar != draft.teams[team.id].calendar
    ]
    gone = [calendar for id, calendar in plan.calendars.items() if id not in draft.calendars]
    changed = [calendar for id, calendar in draft.calendars.items() if calendar is not plan.calendars.get(id)]
    info = replace(plan.info, calendar=draft.info.calendar)
    return plan.drop(*gone).put(*changed, *teams, info)


def set_calendar(plan: Plan, calendar: Calendar) -> Plan:
    """Add a calendar, or change the one with that id; everything is scheduled anew."""
    return plan.put(calendar)


def add_calendar(plan: Plan, id: CalendarId, title: str, like: CalendarId | None = None) -> Plan:
    """Add a calendar, by default with the days of the plan's own, for a team to work by.

    Raises:
        Refused("calendar.no_title"): it has no name.
        Refused("calendar.title_taken", title): another one has that name.
    """
    model = plan.calendars.get(like or plan.info.calendar) or Calendar(id=id)
    return plan.put(replace(model, id=id, title=_free_title(plan, id, title)))


def rename_calendar(plan: Plan, id: CalendarId, title: str) -> Plan:
    """Raises as `add_calendar`."""
    return plan.put(replace(plan.calendars[id], title=_free_title(plan, id, title)))


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


def set_team_calendar(plan: Plan, id: TeamId, calendar: CalendarId | None) -> Plan:
    """Let a team work by a calendar of the plan's, or by the plan's own (None)."""
    return plan.put(replace(plan.teams[id], calendar=calendar))


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
        Refused("days.long", first, last, most): it is longer than `LONGEST_RUN` days.
        Refused("days.years", first, last): it is not in the years for which calendars can be made.
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


def toggle_day(plan: Plan, id: CalendarId, day: date) -> Plan:
    """Make a working day a day off, and the other way round, with as few runs as can be.

    What has a name keeps it: a holiday becomes an extra working day, and can be a holiday again.
    """
    calendar = plan.calendars[id]
    worked = plan.working_days[id].is_working(day)
    runs = calendar.extra if worked else calendar.holidays
    unnamed = [run for run in runs if run.first <= day <= run.last and (worked or not run.title)]
    kept = (run for run in runs if run not in unnamed)
    runs = tuple(sorted([*kept, *(part for run in unnamed for part in _without(run, day))], key=_place))
    cut = plan.put(replace(calendar, extra=runs) if worked else replace(calendar, holidays=runs))
    if cut.working_days[id].is_working(day) != worked:
        return cut
    return (add_holidays if worked else add_extra_days)(cut, id, [Days(day, day)])


def _without(run: Days, day: date) -> Iterator[Days]:
    """What is left of a run without one of its days."""
    if run.first < day:
        yield replace(run, last=day - timedelta(days=1))
    if day < run.last:
        yield replace(run, first=day + timedelta(days=1))


def _free_title(plan: Plan, id: CalendarId, title: str) -> str:
    wanted = title.strip()
    if not wanted:
        raise Refused("calendar.no_title")
    if any(one.title.casefold() == wanted.casefold() for one in plan.calendars.values() if one.id != id):
        raise Refused("calendar.title_taken", title=wanted)
    return wanted


def _place(run: Days) -> tuple[date, date, str]:
    return run.first, run.last, run.title


def _joined(known: tuple[Days, ...], more: Iterable[Days]) -> tuple[Days, ...]:
    added = list(more)
    for run in added:
        if run.last < run.first:
            raise Refused("days.order", first=run.first, last=run.last)
        if (run.last - run.first).days >= LONGEST_RUN:
            raise Refused("days.long", first=run.first, last=run.last, most=LONGEST_RUN)
        if not FIRST_YEAR <= run.first.year <= run.last.year <= LAST_YEAR:
            raise Refused("days.years", first=run.first, last=run.last)
    return tuple(sorted({*known, *added}, key=_place))
