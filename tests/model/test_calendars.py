"""Editing calendars: weekends, national holidays, lists of one's own, extra days, teams."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import MONDAY, day, planned, shown
from roadwright.io.strings import knows, say
from roadwright.model.edits.calendars import (
    add_calendar,
    add_extra_days,
    add_holidays,
    add_national_holidays,
    change_calendars,
    remove_calendar,
    remove_days,
    rename_calendar,
    set_plan_calendar,
    set_team_calendar,
    set_weekdays,
    set_weekend_of,
    toggle_day,
)
from roadwright.model.holidays import countries, national_holidays, regions, weekdays
from roadwright.model.plan import new_plan
from roadwright.model.records import CalendarId, Days, TeamId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

STANDARD, THEIRS = CalendarId("standard"), CalendarId("theirs")


def run(first: str, last: str, title: str = "") -> Days:
    return Days(day(first), day(last), title)


def refused(code: str, edit: Any, *arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        edit(*arguments)
    assert caught.value.code == code
    assert knows(code)
    assert "{" not in say(code, **caught.value.values)


def test_holidays_move_everything_at_once() -> None:
    plan = planned(A=("Mon", 5), B=(None, 1), links="A FS B")
    dates = schedule(plan)
    holidays = add_holidays(plan, STANDARD, [run("Tue", "Wed", "Off-site")])
    after = dates.after(holidays, holidays.since(plan))
    assert shown(holidays) == {"A": "Mon..Tue2", "B": "Wed2"}
    assert after.start["B"] == day("Wed2").toordinal()
    assert shown(remove_days(holidays, STANDARD, [run("Tue", "Wed", "Off-site")])) == shown(plan)


def test_extra_days_are_worked_even_on_a_holiday() -> None:
    plan = planned(A=("Fri", 2))
    plan = add_extra_days(plan, STANDARD, [run("Sat", "Sat", "Move house")])
    assert shown(plan) == {"A": "Fri..Sat"}
    plan = add_holidays(plan, STANDARD, [run("Fri", "Sun")])
    assert shown(plan) == {"A": "Sat..Mon2"}


def test_days_are_kept_in_order_and_once() -> None:
    plan = add_holidays(new_plan(), STANDARD, [run("Fri", "Fri", "B"), run("Mon", "Tue", "A")])
    again = add_holidays(plan, STANDARD, [run("Mon", "Tue", "A")])
    assert [days.title for days in again.calendars[STANDARD].holidays] == ["A", "B"]
    refused("days.order", add_holidays, plan, STANDARD, [run("Tue", "Mon")])


def test_a_team_works_by_a_calendar_of_its_own() -> None:
    plan = planned(A=("Fri", 2, {"team": "T"}), B=("Fri", 2))
    plan = add_calendar(plan, THEIRS, " Theirs ")
    plan = set_team_calendar(set_weekdays(plan, THEIRS, [6, 0, 1, 2, 3]), TeamId("T"), THEIRS)
    assert plan.calendars[THEIRS].title == "Theirs"
    assert shown(plan) == {"A": "Sun..Mon2", "B": "Fri..Mon2"}
    everyone = set_plan_calendar(plan, THEIRS)
    assert shown(everyone) == {"A": "Sun..Mon2", "B": "Sun..Mon2"}
    refused("calendar.own", remove_calendar, everyone, THEIRS)
    assert shown(remove_calendar(plan, THEIRS)) == {"A": "Fri..Mon2", "B": "Fri..Mon2"}


def test_a_calendar_needs_a_working_weekday() -> None:
    refused("calendar.no_weekday", set_weekdays, new_plan(), STANDARD, [])


# National ones


def test_national_holidays_are_stored_with_their_names() -> None:
    plan = add_national_holidays(new_plan(), STANDARD, "DE", 2026, 2027, "BY", "de")
    found = {run.first: run.title for run in plan.calendars[STANDARD].holidays}
    assert found[date(2026, 1, 6)] == "Heilige Drei Könige"  # in Bavaria, not in all of Germany
    assert found[date(2027, 5, 17)] == "Pfingstmontag"
    assert not plan.working_days[STANDARD].is_working(date(2026, 1, 6))
    everywhere = national_holidays("DE", 2026, 2026)
    assert date(2026, 1, 6) not in {run.first for run in everywhere}
    assert add_national_holidays(plan, STANDARD, "DE", 2026, 2027, "BY", "de") == plan


def test_days_of_one_name_in_a_row_are_one_run() -> None:
    eid = [run for run in national_holidays("SA", 2026, 2026, language="en_US") if "Fitr" in run.title]
    assert any((run.last - run.first).days >= 3 for run in eid)
    assert len({(run.first, run.title) for run in eid}) == len(eid)


@pytest.mark.parametrize(
    ("country", "worked"),
    [("SA", (0, 1, 2, 3, 6)), ("IL", (0, 1, 2, 3, 6)), ("DE", (0, 1, 2, 3, 4)), ("BN", (0, 1, 2, 3, 5))],
)
def test_weekends_differ(country: str, worked: tuple[int, ...]) -> None:
    assert weekdays(country) == worked
    assert set_weekend_of(new_plan(), STANDARD, country).calendars[STANDARD].weekdays == worked


def test_countries_and_their_parts_have_names() -> None:
    assert countries()["US"] == "United States"
    assert len(countries()) > 200
    assert regions("DE")["BY"] == "Bayern"
    assert list(countries().values()) == sorted(countries().values())


def test_what_is_not_known_is_refused() -> None:
    refused("holidays.country", national_holidays, "XX", 2026, 2026)
    refused("holidays.country", weekdays, "XX")
    refused("holidays.region", national_holidays, "DE", 2026, 2026, "XX")
    refused("holidays.years", national_holidays, "DE", 2027, 2026)
    refused("holidays.years", national_holidays, "DE", 1899, 1901)
    refused("holidays.unknown", national_holidays, "DE", 2190, 2200)


def test_a_language_that_a_country_has_not_falls_back_to_its_own() -> None:
    assert national_holidays("DE", 2026, 2026, language="fr") == national_holidays("DE", 2026, 2026)


def test_holidays_by_the_moon_are_given_for_the_years_known() -> None:
    found = national_holidays("IN", 2034, 2040, language="en_US")
    assert {run.first.year for run in found} == set(range(2034, 2041))


# By the day, and as one step


def test_a_day_is_turned_round_and_back() -> None:
    plan = new_plan()
    off = toggle_day(plan, STANDARD, day("Tue"))
    assert off.calendars[STANDARD].holidays == (run("Tue", "Tue"),)
    assert toggle_day(off, STANDARD, day("Tue")) == plan
    extra = toggle_day(plan, STANDARD, day("Sat"))
    assert extra.calendars[STANDARD].extra == (run("Sat", "Sat"),)
    assert toggle_day(extra, STANDARD, day("Sat")) == plan


def test_a_day_is_cut_out_of_a_run_without_a_name_and_a_named_one_is_kept() -> None:
    plan = add_holidays(new_plan(), STANDARD, [run("Mon", "Wed")])
    cut = toggle_day(plan, STANDARD, day("Tue"))
    assert cut.calendars[STANDARD].holidays == (run("Mon", "Mon"), run("Wed", "Wed"))
    named = add_holidays(new_plan(), STANDARD, [run("Mon", "Wed", "Carnival")])
    worked = toggle_day(named, STANDARD, day("Tue"))
    assert worked.calendars[STANDARD].holidays == named.calendars[STANDARD].holidays
    assert worked.working_days[STANDARD].is_working(day("Tue"))
    assert toggle_day(worked, STANDARD, day("Tue")) == named


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 4), st.sampled_from(["", "X"]))),
    st.integers(0, 25),
)
def test_turning_a_day_round_changes_that_day_alone(
    weekdays: set[int], runs: list[tuple[bool, int, int, str]], at: int
) -> None:
    plan = set_weekdays(new_plan(), STANDARD, weekdays)
    for off, first, length, title in runs:
        span = Days(MONDAY + timedelta(days=first), MONDAY + timedelta(days=first + length), title)
        plan = (add_holidays if off else add_extra_days)(plan, STANDARD, [span])
    turned = toggle_day(plan, STANDARD, MONDAY + timedelta(days=at))
    for other in range(-3, 30):
        before, after = (
            one.working_days[STANDARD].is_working(MONDAY + timedelta(days=other)) for one in (plan, turned)
        )
        assert (before != after) == (other == at)


def test_a_draft_is_taken_over_at_a_stroke() -> None:
    plan = planned(A=("Fri", 2, {"team": "T"}), B=("Fri", 2))
    plan = add_calendar(plan, CalendarId("old"), "Old")
    draft = add_calendar(plan, THEIRS, "Theirs")
    draft = set_plan_calendar(set_weekdays(draft, THEIRS, [6, 0, 1, 2, 3]), THEIRS)
    draft = set_team_calendar(remove_calendar(draft, CalendarId("old")), TeamId("T"), STANDARD)
    taken = change_calendars(plan.put(replace(plan.info, title="Renamed meanwhile")), draft)
    assert shown(taken) == shown(draft) == {"A": "Fri..Mon2", "B": "Sun..Mon2"}
    assert taken.calendars == draft.calendars
    assert taken.info.title == "Renamed meanwhile"
    assert change_calendars(plan, plan) == plan


def test_names_of_calendars_are_said_once() -> None:
    plan = add_calendar(new_plan(), THEIRS, "Theirs")
    refused("calendar.title_taken", rename_calendar, plan, THEIRS, "standard")
    refused("calendar.no_title", rename_calendar, plan, THEIRS, "  ")
    assert rename_calendar(plan, THEIRS, " theirs ").calendars[THEIRS].title == "theirs"


def test_slips_of_the_pen_are_refused() -> None:
    def of(first: date, last: date) -> list[Days]:
        return [Days(first, last)]

    refused("days.long", add_holidays, new_plan(), STANDARD, of(date(2026, 12, 24), date(2206, 12, 26)))
    refused("days.years", add_extra_days, new_plan(), STANDARD, of(date(202, 1, 1), date(202, 1, 2)))
    for year in (1900, 2200):
        add_holidays(new_plan(), STANDARD, of(date(year, 1, 1), date(year, 12, 31)))
