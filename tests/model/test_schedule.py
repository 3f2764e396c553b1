"""The scheduling rules, each on a case small enough to draw. "Mon" is 5 January 2026, "Mon2" a week later."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace
from plans import day, planned, shown
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import (
    Calendar,
    CalendarId,
    Days,
    Item,
    ItemId,
    Link,
    LinkId,
    Span,
    Team,
    TeamId,
)
from roadwright.model.schedule import Conflict, Driver, schedule

A, B, C, M, P = map(ItemId, "ABCMP")
PINNED = {"pinned": True}


def with_holiday(*names: str) -> Plan:
    """A plan whose calendar has the named days off."""
    holidays = tuple(Days(day(name), day(name)) for name in names)
    return new_plan("Test").put(Calendar(id=CalendarId("standard"), holidays=holidays))


def with_team(**fields: object) -> Plan:
    """A plan with the team "T", whose calendar has the given fields."""
    calendar = Calendar(id=CalendarId("theirs"), **fields)  # type: ignore[arg-type]
    return new_plan("Test").put(calendar, Team(id=TeamId("T"), title="T", calendar=calendar.id))


# Bars and links


def test_a_finish_is_the_last_day_worked() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==
    # B    ==============
    # C    ======================
    plan = planned(A=("Mon", 1), B=("Mon", 5), C=("Mon", 6))
    assert shown(plan) == {"A": "Mon", "B": "Mon..Fri", "C": "Mon..Mon2"}
    assert schedule(plan).finish[B] == day("Sat").toordinal()  # inside: the boundary after it


def test_a_bar_on_a_day_off_starts_on_the_next_one_worked() -> None:
    assert shown(planned(A=("Sat", 2))) == {"A": "Mon2..Tue2"}


def test_finish_to_start_waits_for_the_predecessor() -> None:
    #      Mo Tu We Th Fr .. .. Mo Tu
    # A    ===========
    # B                == .. .. =====      FS
    plan = planned(A=("Mon", 4), B=("Mon", 3), links="A FS B")
    assert shown(plan) == {"A": "Mon..Thu", "B": "Fri..Tue2"}


def test_a_successor_keeps_a_later_start_of_its_own() -> None:
    assert shown(planned(A=("Mon", 1), B=("Thu", 1), links="A FS B"))["B"] == "Thu"


def test_finish_to_start_with_lag_leaves_days_between() -> None:
    #      Mo Tu We Th Fr
    # A    =====
    # B          .. .. ==      FS+2
    assert shown(planned(A=("Mon", 2), B=(None, 1), links="A FS+2 B"))["B"] == "Fri"


def test_start_to_start_begins_together_or_days_after() -> None:
    #      Mo Tu We Th Fr
    # A       ========
    # B       ==               SS
    # C          .. ==         SS+2
    plan = planned(A=("Tue", 3), B=(None, 1), C=(None, 1), links="A SS B; A SS+2 C")
    assert shown(plan) == {"A": "Tue..Thu", "B": "Tue", "C": "Thu"}


def test_finish_to_finish_pulls_the_start_so_that_both_end_together() -> None:
    #      Mo Tu We Th Fr
    # A    ===========
    # B             =====      FF+1
    plan = planned(A=("Mon", 4), B=(None, 2), links="A FF+1 B")
    assert shown(plan)["B"] == "Thu..Fri"
    assert schedule(plan).driver(B) == Driver("link", LinkId("A FF+1 B"))


def test_finish_to_finish_never_makes_an_item_shorter() -> None:
    #      Mo Tu We Th Fr
    # A    =====
    # B       ===========      FF: ends late enough by its own start
    assert shown(planned(A=("Mon", 2), B=("Tue", 4), links="A FF B"))["B"] == "Tue..Fri"


def test_start_to_finish_ends_when_the_other_starts() -> None:
    #      Mo Tu We Th Fr
    # A                ==
    # B          =====         SF
    assert shown(planned(A=("Fri", 1), B=(None, 2), links="A SF B"))["B"] == "Wed..Thu"


def test_a_bound_that_opens_monday_is_not_kept_by_the_close_of_friday() -> None:
    #      Th Fr .. .. Mo
    # A                ==
    # B                ==      FF-1 and
    # C                ==      SF: the point that opens Monday lies after the close of Friday
    # D    ==                  SF-1: the point that opens Friday is the close of Thursday
    # M             <>
    # E                ==      FF: Sunday's close is the point that opens Monday, too
    plan = planned(
        A=("Mon2", 1),
        B=(None, 1),
        C=(None, 1),
        D=(None, 1),
        M=("Sun", 0),
        E=(None, 1),
        links="A FF-1 B; A SF C; A SF-1 D; M FF E",
    )
    assert shown(plan) == {"A": "Mon2", "B": "Mon2", "C": "Mon2", "D": "Thu", "M": "Sun", "E": "Mon2"}
    assert shown(planned(M=("Fri", 0), E=(None, 1), links="M FF E"))["E"] == "Fri"


def test_the_latest_of_many_bounds_counts() -> None:
    plan = planned(A=("Mon", 2), B=("Mon", 4), C=("Tue", 1), links="A FS C; B FS C")
    assert shown(plan)["C"] == "Fri"
    assert schedule(plan).driver(C) == Driver("link", LinkId("B FS C"))


def test_two_links_between_one_pair_both_hold() -> None:
    #      Mo Tu We Th Fr
    # A    ===========
    # B       .. .. == ==      SS+1 and FF+1
    plan = planned(A=("Mon", 4), B=(None, 2), links="A SS+1 B; A FF+1 B")
    assert shown(plan)["B"] == "Thu..Fri"


def test_a_lead_lets_the_successor_overlap() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==============
    # B                ==.. .. ==   FS-1
    assert shown(planned(A=("Mon", 5), B=(None, 2), links="A FS-1 B"))["B"] == "Fri..Mon2"


def test_a_lead_over_a_holiday_skips_it() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ===== xx =====           Wednesday off
    # B       == xx ==              FS-3: opens Tuesday
    plan = planned(plan=with_holiday("Wed"), A=("Mon", 4), B=(None, 2), links="A FS-3 B")
    assert shown(plan) == {"A": "Mon..Fri", "B": "Tue..Thu"}


def test_a_lead_may_reach_back_before_everything() -> None:
    assert shown(planned(A=("Mon", 1), B=(None, 1), links="A SS-2 B"))["B"] == "Thu0"


# Milestones


def test_a_milestone_closes_its_day() -> None:
    #      Mo Tu We Th Fr
    # M          <>
    # A             ==         FS
    plan = planned(M=("Wed", 0), A=(None, 1), links="M FS A")
    assert shown(plan) == {"M": "Wed", "A": "Thu"}
    assert schedule(plan).start[M] == schedule(plan).finish[M] == day("Thu").toordinal()


def test_a_milestone_after_a_bar_shows_the_bars_last_day() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==============
    # M                 <>              FS: the close of Friday
    # B                          ==     FS
    plan = planned(A=("Mon", 5), M=(None, 0), B=(None, 1), links="A FS M; M FS B")
    assert shown(plan) == {"A": "Mon..Fri", "M": "Fri", "B": "Mon2"}


def test_a_milestone_keeps_its_own_day_even_off() -> None:
    #      Fr .. .. Mo
    # M       <>
    # A             ==     FS
    assert shown(planned(M=("Sat", 0), A=(None, 1), links="M FS A")) == {"M": "Sat", "A": "Mon2"}


def test_a_milestone_driven_to_a_weekend_shows_friday() -> None:
    #      Fr Sa Su Mo
    # A    ========           by a team that works at weekends
    # M    <>                 FS: its point is the close of Sunday, its calendar ends on Friday
    # B             ==        FS
    plan = with_team(weekdays=(4, 5, 6))
    plan = planned(plan=plan, A=("Fri", 3, {"team": "T"}), M=(None, 0), B=(None, 1), links="A FS M; M FS B")
    assert shown(plan) == {"A": "Fri..Sun", "M": "Fri", "B": "Mon2"}
    assert schedule(plan).start[M] == day("Mon2").toordinal()


def test_every_type_of_link_into_a_milestone_pushes_its_point() -> None:
    #      Fr .. .. Mo Tu We Th Fr
    # A             ==============
    # K    <>                          SS: the point that opens Monday, shown on the last day worked before
    # L    <>                          SF: the same
    # M                         <>     FS: the close of Friday
    # N                         <>     FF: the same
    # O                   <>           FF-2: the point that opens Thursday
    plan = planned(
        A=("Mon", 5),
        **dict.fromkeys("KLMNO", (None, 0)),
        links="A SS K; A SF L; A FS M; A FF N; A FF-2 O",
    )
    assert shown(plan) == {"A": "Mon..Fri", "K": "Fri0", "L": "Fri0", "M": "Fri", "N": "Fri", "O": "Wed"}
    assert schedule(plan).start[ItemId("K")] == day("Mon").toordinal()


def test_every_type_of_link_from_a_milestone_goes_by_its_point() -> None:
    #      Tu We Th Fr
    # M       <>
    # A          =====      FS
    # B          =====      SS
    # C    =====            FF
    # D    =====            SF
    links = "M FS A; M SS B; M FF C; M SF D"
    plan = planned(M=("Wed", 0), **dict.fromkeys("ABCD", (None, 2)), links=links)
    assert shown(plan) == {"M": "Wed", "A": "Thu..Fri", "B": "Thu..Fri", "C": "Tue..Wed", "D": "Tue..Wed"}


def test_links_push_a_milestone_only_later() -> None:
    plan = planned(A=("Mon", 3), M=("Wed", 0), links="A FS M")
    assert shown(plan)["M"] == "Wed"
    assert schedule(plan).driver(M) == Driver("start")
    assert shown(planned(A=("Mon", 4), M=("Wed", 0), links="A FS M"))["M"] == "Thu"


def test_a_milestone_with_lag_is_days_later() -> None:
    assert shown(planned(A=("Mon", 4), M=(None, 0), links="A FS+2 M"))["M"] == "Mon2"


def test_a_successor_of_two_milestones_waits_for_the_later() -> None:
    plan = planned(M=("Sun", 0), N=("Fri", 0), A=(None, 1), links="M FS A; N FS A")
    assert shown(plan)["A"] == "Mon2"


# Without a start


def test_an_item_without_start_or_predecessor_stays_in_the_backlog() -> None:
    plan = planned(A=(None, 3), B=("Mon", 1), C=(None, 1), links="A FS B; A FS C")
    assert shown(plan) == {"A": "", "B": "Mon", "C": ""}
    dates = schedule(plan)
    assert A not in dates
    assert (dates.dates(A), dates.slack(A), dates.driver(A), dates.conflicts(A)) == (None, None, None, ())
    assert not dates.critical(A)


def test_an_empty_plan_has_no_end() -> None:
    dates = schedule(new_plan("Test"))
    assert dates.end is None
    assert dates.dates(A) is None
    assert dates.progress(A) == 0


# Items that stand


@pytest.mark.parametrize(
    ("fields", "rule"),
    [(PINNED, "pinned"), ({"status": "in-progress"}, "status"), ({"status": "done"}, "status")],
)
def test_pinned_doing_and_done_items_stand_and_say_which_link_they_break(
    fields: dict[str, object], rule: str
) -> None:
    #      Mo Tu We Th Fr
    # A    ===========
    # B          ==            FS, broken
    plan = planned(A=("Mon", 4), B=("Wed", 1, fields), links="A FS B")
    dates = schedule(plan)
    assert shown(plan)["B"] == "Wed"
    assert dates.conflicts(B) == (Conflict("link.broken", LinkId("A FS B"), A),)
    driver = dates.driver(B)
    assert driver
    assert driver.rule == rule


@pytest.mark.parametrize("fields", [PINNED, {"status": "in-progress"}, {"status": "done"}])
def test_without_a_start_there_is_nothing_to_keep(fields: dict[str, object]) -> None:
    assert shown(planned(A=("Mon", 2), B=(None, 1, fields), links="A FS B")) == {"A": "Mon..Tue", "B": "Wed"}
    assert shown(planned(A=(None, 2, fields))) == {"A": ""}


def test_a_kept_link_into_a_pinned_item_is_no_conflict() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 1, PINNED), links="A FS B; A FF B")
    assert schedule(plan).conflicts(B) == ()


@pytest.mark.parametrize(
    ("link", "broken"), [("A SS B", False), ("A SS+3 B", True), ("A FF B", True), ("A SF B", False)]
)
def test_every_type_of_link_can_be_broken(link: str, broken: bool) -> None:
    #      Mo Tu We Th Fr
    # A    ==============
    # B       =====            pinned
    plan = planned(A=("Mon", 5), B=("Tue", 2, PINNED), links=link)
    assert [conflict.link for conflict in schedule(plan).conflicts(B)] == [link] * broken


def test_a_pinned_bar_on_a_day_off_stands_on_the_next_one_worked() -> None:
    assert shown(planned(A=("Sat", 1, PINNED), M=("Sat", 0, PINNED))) == {"A": "Mon2", "M": "Sat"}


# Parents


def test_a_parent_spans_its_children() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # P    ======================
    # A    =====
    # B                == .. .. ==
    # M       <>
    plan = planned(P=("Wed", 1), A=("Mon", 2), B=("Fri", 2), M=("Tue", 0), C=(None, 9), under="P: A B M C")
    assert shown(plan)["P"] == "Mon..Mon2"
    assert schedule(plan).driver(P) == Driver("children")


def test_a_parent_has_dates_only_by_its_children() -> None:
    plan = planned(P=("Wed", 3), A=(None, 2), under="P: A")
    assert shown(plan) == {"P": "", "A": ""}


def test_the_start_of_a_parent_bounds_nothing() -> None:
    plan = planned(P=("Wed", 3), A=("Mon", 2), under="P: A")
    assert shown(plan) == {"P": "Mon..Tue", "A": "Mon..Tue"}


def test_a_parent_being_done_still_rolls_up() -> None:
    plan = planned(P=("Wed", 3, {"status": "in-progress"}), A=("Mon", 2), under="P: A")
    assert shown(plan)["P"] == "Mon..Tue"


def test_a_link_into_a_parent_holds_for_all_below() -> None:
    #      Mo Tu We Th Fr
    # A    =====
    # P          ========      FS
    #  B         ==
    #  Q            =====
    #   C           =====      its own start
    #  D         ==            pinned children stand
    plan = planned(
        A=("Mon", 2),
        P=(None, 1),
        B=("Mon", 1),
        Q=(None, 1),
        C=("Thu", 2),
        D=("Mon", 1, PINNED),
        under="P: B Q D; Q: C",
        links="A FS P",
    )
    dates = schedule(plan)
    assert shown(plan) == {
        "A": "Mon..Tue",
        "P": "Mon..Fri",
        "B": "Wed",
        "D": "Mon",
        "Q": "Thu..Fri",
        "C": "Thu..Fri",
    }
    assert dates.driver(B) == Driver("parent", LinkId("A FS P"))
    assert dates.conflicts(ItemId("D")) == (Conflict("link.broken", LinkId("A FS P"), A),)
    assert dates.conflicts(P) == ()


def test_a_link_into_a_parent_puts_what_has_no_start_on_the_timeline() -> None:
    plan = planned(A=("Mon", 2), P=(None, 1), B=(None, 1), under="P: B", links="A FS P")
    assert shown(plan)["B"] == "Wed"


def test_a_link_to_the_finish_of_a_parent_holds_for_all_below() -> None:
    #      Mo Tu We Th Fr
    # A    ===========
    # P          =====         FF
    #  B         =====
    #  C            ==
    plan = planned(A=("Mon", 4), P=(None, 1), B=(None, 2), C=("Mon", 1), under="P: B C", links="A FF P")
    assert shown(plan) == {"A": "Mon..Thu", "P": "Wed..Thu", "B": "Wed..Thu", "C": "Thu"}


def test_a_link_out_of_a_parent_uses_its_rolled_up_dates() -> None:
    #      Mo Tu We Th Fr
    # P    ========
    #  A   ==
    #  B      =====
    # C             ==         FS
    # D    ==                  SS
    plan = planned(
        P=(None, 1),
        A=("Mon", 1),
        B=("Tue", 2),
        C=(None, 1),
        D=(None, 1),
        under="P: A B",
        links="P FS C; P SS D",
    )
    assert (shown(plan)["C"], shown(plan)["D"]) == ("Thu", "Mon")


def test_a_pinned_parent_keeps_its_dates_and_children_outside_clash() -> None:
    #      Mo Tu We Th Fr
    # P       =====            pinned
    #  A   ==                  too early
    #  B         =====         too late
    #  C      ==
    # D             ==         FS from the parent
    plan = planned(
        P=("Tue", 2, PINNED),
        A=("Mon", 1),
        B=("Wed", 2),
        C=("Tue", 1),
        D=(None, 1),
        under="P: A B C",
        links="P FS D",
    )
    dates = schedule(plan)
    assert (shown(plan)["P"], shown(plan)["D"]) == ("Tue..Wed", "Thu")
    clamp = (Conflict("parent.clamp", None, P),)
    assert [dates.conflicts(id) for id in (A, B, C)] == [clamp, clamp, ()]


def test_lag_into_a_parent_counts_the_parents_calendar() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==
    # P          xx            FS+2, by a team that is away on Wednesdays
    #  B               ==
    plan = with_team(weekdays=(0, 1, 3, 4))
    plan = planned(
        plan=plan, A=("Mon", 1), P=(None, 1, {"team": "T"}), B=(None, 1), under="P: B", links="A FS+2 P"
    )
    assert shown(plan)["B"] == "Fri"


# Calendars


def test_a_holiday_makes_a_bar_longer() -> None:
    assert shown(planned(plan=with_holiday("Tue", "Wed"), A=("Mon", 3)))["A"] == "Mon..Fri"


def test_a_team_on_holiday_does_not_work() -> None:
    #      Mo Tu We Th Fr
    # A    ==    xx xx ==      its team is away
    # B    ========
    plan = with_team(weekdays=(0, 4))
    plan = planned(plan=plan, A=("Mon", 2, {"team": "T"}), B=("Mon", 3))
    assert shown(plan) == {"A": "Mon..Fri", "B": "Mon..Wed"}


def test_a_team_on_holiday_stops_its_bars_and_nobody_elses() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    =====  xx xx .. .. ==      its team is away on Thursday and Friday
    # B    ==============
    # M       <>                      a milestone of the team
    plan = with_team(holidays=(Days(day("Thu"), day("Fri")),))
    plan = planned(plan=plan, A=("Tue", 3, {"team": "T"}), B=("Mon", 5), M=("Tue", 0, {"team": "T"}))
    assert shown(plan) == {"A": "Tue..Mon2", "B": "Mon..Fri", "M": "Tue"}


def test_lag_counts_the_days_of_the_successor() -> None:
    #      Mo Tu We Th Fr .. .. Mo Tu
    # A    ==
    # B          xx xx xx ..      ==     FS+2, by a team that is away from Wednesday to Friday
    plan = with_team(holidays=(Days(day("Wed"), day("Fri")),))
    plan = planned(plan=plan, A=("Mon", 1), B=(None, 1, {"team": "T"}), links="A FS+2 B")
    assert shown(plan)["B"] == "Tue2"
    reverse = planned(plan=plan, A=("Mon", 1, {"team": "T"}), B=(None, 1), links="A FS+2 B")
    assert shown(reverse)["B"] == "Thu"


def test_a_team_without_a_calendar_uses_the_plans() -> None:
    plan = planned(plan=with_holiday("Tue"), A=("Mon", 2, {"team": "Other"}))
    assert shown(plan)["A"] == "Mon..Wed"


def test_extra_days_are_worked() -> None:
    calendar = Calendar(id=CalendarId("standard"), extra=(Days(day("Sat"), day("Sat")),))
    assert shown(planned(plan=new_plan("").put(calendar), A=("Fri", 2)))["A"] == "Fri..Sat"


def test_round_the_clock() -> None:
    calendar = Calendar(id=CalendarId("standard"), weekdays=(0, 1, 2, 3, 4, 5, 6))
    plan = planned(plan=new_plan("").put(calendar), A=("Mon", 14), B=(None, 1), links="A FS B")
    assert shown(plan) == {"A": "Mon..Sun2", "B": "Mon3"}


def test_a_task_of_24_hours_ends_on_the_day_it_begins() -> None:
    #      Fr Sa Su Mo
    # A    ==                 one working day, whether nights and weekends are worked or not
    # B       ==              FS: no day is lost between them
    # C          ==           FS
    week = Calendar(id=CalendarId("standard"), weekdays=(0, 1, 2, 3, 4, 5, 6))
    given = {"A": ("Fri", 1), "B": (None, 1), "C": (None, 1), "links": "A FS B; B FS C"}
    assert shown(planned(plan=new_plan("").put(week), **given)) == {"A": "Fri", "B": "Sat", "C": "Sun"}
    assert shown(planned(**given)) == {"A": "Fri", "B": "Mon2", "C": "Tue2"}


@pytest.mark.parametrize("year", [1900, 1970, 1999, 2000, 2038, 2059, 2060, 2100, 2199, 2200])
def test_every_year_from_1900_to_2200_is_like_any_other(year: int) -> None:
    #      A   four weeks, over the turn of the year
    #      M   <> FS
    #      B   a week, FS+5; from 2000 to 2059 dates are looked up, before and after they are worked out
    first = date(year, 12, 14) + timedelta(days=(0 - date(year, 12, 14).weekday()) % 7)  # a Monday
    plan = planned(A=(None, 20, {"start": first}), M=(None, 0), B=(None, 5), links="A FS M; M FS+5 B")
    dates = schedule(plan)
    assert dates.dates(A) == Span(first, first + timedelta(days=25))  # a Friday
    assert dates.dates(M) == Span(first + timedelta(days=25), first + timedelta(days=25))
    assert dates.dates(B) == Span(first + timedelta(days=35), first + timedelta(days=39))
    assert (dates.slack(A), dates.slack(M), dates.slack(B)) == (0, 0, 0)


def test_a_leap_day_is_a_day() -> None:
    #      Feb 2028: Mon 28, Tue 29; Mar: Wed 1
    plan = planned(A=(None, 3, {"start": date(2028, 2, 28)}), M=(None, 0, {"start": date(2028, 2, 29)}))
    assert schedule(plan).dates(A) == Span(date(2028, 2, 28), date(2028, 3, 1))
    assert schedule(plan).dates(M) == Span(date(2028, 2, 29), date(2028, 2, 29))
    century = planned(A=(None, 2, {"start": date(2100, 2, 26)}))  # 2100 has none: Fri 26, then Mon, March 1
    assert schedule(century).dates(A) == Span(date(2100, 2, 26), date(2100, 3, 1))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone can't be set here")
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/Santiago", "Pacific/Apia"])
def test_no_clock_is_put_forward_or_back(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    #      Clocks go forward in Berlin on Sun 29 March 2026 and back on Sun 25 October; in Samoa, Friday
    #      30 December 2011 did not take place.
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    week = Calendar(id=CalendarId("standard"), weekdays=(0, 1, 2, 3, 4, 5, 6))
    for first in (date(2026, 3, 27), date(2026, 10, 23), date(2011, 12, 28)):
        plan = planned(
            plan=new_plan("").put(week), A=(None, 5, {"start": first}), B=(None, 1), links="A FS B"
        )
        assert schedule(plan).dates(A) == Span(first, first + timedelta(days=4))
        assert schedule(plan).dates(B) == Span(first + timedelta(days=5), first + timedelta(days=5))
    monkeypatch.undo()
    time.tzset()


def test_a_plan_has_days_and_no_times_of_day() -> None:
    for record in (Item, Link, Calendar, Days):
        for field in msgspec.structs.fields(record):
            assert not re.search(r"datetime\.(datetime|time)\b", str(field.type)), field.name
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"id": "A", "key": "RW-1", "start": "2026-01-05T09:00:00"}', type=Item)


def test_dates_end_with_the_year_9999() -> None:
    plan = planned(A=(None, 10**6, {"start": date(9999, 12, 30)}))
    assert schedule(plan).dates(A) == Span(date(9999, 12, 30), date.max)


# Slack


def test_slack_reaches_to_the_end_of_the_plan() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==
    # B       ==                        FS
    # C    ======================
    plan = planned(A=("Mon", 1), B=(None, 1), C=("Mon", 6), links="A FS B")
    dates = schedule(plan)
    assert [dates.slack(id) for id in (A, B, C)] == [4, 4, 0]
    assert [dates.critical(id) for id in (A, B, C)] == [False, False, True]
    assert dates.end == day("Tue2").toordinal()


def test_a_deadline_before_the_end_leaves_less_slack() -> None:
    #      Mo Tu We Th Fr
    # A    ==
    # B       ==    |          due on Wednesday
    # C    ==============
    plan = planned(A=("Mon", 1), B=(None, 1, {"deadline": day("Wed")}), C=("Mon", 5), links="A FS B")
    dates = schedule(plan)
    assert [dates.slack(id) for id in (A, B)] == [1, 1]


def test_a_missed_deadline_makes_slack_negative_upstream() -> None:
    plan = planned(A=("Mon", 3), B=(None, 2, {"deadline": day("Wed")}), links="A FS B")
    dates = schedule(plan)
    assert [dates.slack(id) for id in (A, B)] == [-2, -2]
    assert dates.critical(A)


def test_a_milestone_on_a_sunday_has_slack_in_working_days() -> None:
    #      Fr Sa Su Mo Tu
    # M          <>
    # A             ==         FS
    # B    ==       =====
    plan = planned(M=("Sun", 0), A=(None, 1), B=("Fri", 3), links="M FS A")
    dates = schedule(plan)
    assert (dates.slack(M), dates.slack(A)) == (1, 1)
    later = schedule(planned(M=("Sun", 0), A=(None, 2), B=("Fri", 3), links="M FS A"))
    assert (later.slack(M), later.slack(A)) == (0, 0)


def test_an_item_may_not_slip_into_one_that_stands() -> None:
    #      Mo Tu We Th Fr
    # A    ==
    # B          ==            FS, pinned
    # C    ==============
    plan = planned(A=("Mon", 1), B=("Wed", 1, PINNED), C=("Mon", 5), links="A FS B")
    dates = schedule(plan)
    assert (dates.slack(A), dates.slack(B)) == (1, 2)


def test_a_broken_link_shows_as_negative_slack_before_it() -> None:
    plan = planned(A=("Mon", 3), B=("Wed", 1, PINNED), links="A FS B")
    assert schedule(plan).slack(A) == -1


def test_slack_passes_through_parents() -> None:
    #      Mo Tu We Th Fr .. .. Mo
    # A    ==
    # P       =====                     FS
    #  B      ==
    #  C      =====
    # D             ==                  FS
    # E    ======================
    plan = planned(
        A=("Mon", 1),
        P=(None, 1),
        B=(None, 1),
        C=(None, 2),
        D=(None, 1),
        E=("Mon", 6),
        under="P: B C",
        links="A FS P; P FS D",
    )
    dates = schedule(plan)
    slack = {id: dates.slack(ItemId(id)) for id in "ABCDP"}
    assert slack == {"A": 2, "B": 3, "C": 2, "D": 2, "P": 2}


def test_slack_counts_the_days_of_the_items_team() -> None:
    #      Mo Tu We Th Fr
    # A    ==                  its team works on Mondays and Fridays
    # B    ==============
    plan = planned(plan=with_team(weekdays=(0, 4)), A=("Mon", 1, {"team": "T"}), B=("Mon", 5))
    assert schedule(plan).slack(A) == 1


# Progress


def test_a_parent_has_the_progress_of_its_working_days() -> None:
    plan = planned(
        P=(None, 1, {"progress": 77}),
        A=("Mon", 1, {"progress": 100}),
        B=("Mon", 3, {"progress": 20}),
        M=("Mon", 0, {"progress": 0}),
        under="P: A B M",
    )
    assert schedule(plan).progress(P) == 40  # (100 + 3 * 20) / 4
    assert schedule(plan).progress(B) == 20


def test_done_is_all_of_it_and_almost_is_not() -> None:
    plan = planned(
        P=(None, 1),
        A=("Mon", 999, {"status": "done", "progress": 10}),
        B=("Mon", 1, {"progress": 90}),
        under="P: A B",
    )
    assert schedule(plan).progress(A) == 100
    assert schedule(plan).progress(P) == 99  # 99.99, but not done


def test_a_parent_of_milestones_has_their_mean() -> None:
    plan = planned(P=(None, 1), M=("Mon", 0, {"status": "done"}), N=("Tue", 0), under="P: M N")
    assert schedule(plan).progress(P) == 50


# Loops


def test_items_in_a_loop_stand_by_their_own_start_and_the_rest_follows() -> None:
    #      Mo Tu We Th Fr
    # A    ==                  A and B wait for each other: neither link counts
    # B       ==
    # C          ==            FS from B
    plan = planned(A=("Mon", 1), B=("Tue", 1), C=("Mon", 1), links="A FS B; B FS A; B FS C")
    dates = schedule(plan)
    assert shown(plan) == {"A": "Mon", "B": "Tue", "C": "Wed"}
    assert [set(loop) for loop in dates.loops] == [{"A", "B"}]
    assert dates.loops[0][0] == dates.loops[0][-1]


def test_an_item_linked_with_itself_is_a_loop_of_one() -> None:
    dates = schedule(planned(A=("Mon", 1), links="A FS A"))
    assert dates.loops == [[A, A]]
    assert dates.start[A] == day("Mon").toordinal()


@pytest.mark.parametrize("link", ["P FS A", "A FS P"])
def test_an_item_linked_with_its_parent_is_a_loop(link: str) -> None:
    dates = schedule(planned(P=(None, 1), A=("Mon", 1), under="P: A", links=link))
    assert [set(loop) for loop in dates.loops] == [{"P", "A"}]
    assert A in dates


def test_every_tangle_of_loops_is_named_once() -> None:
    links = "A FS B; B FS A; B FS C; C FS A; D FS E; E FS D; C FS D"
    dates = schedule(
        planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), D=("Mon", 1), E=("Fri", 1), links=links)
    )
    assert len(dates.loops) == 2
    assert (
        shown(
            planned(
                A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), D=("Mon", 1), links=links.replace("; E FS D", "")
            )
        )["D"]
        == "Tue"
    )


def test_parents_in_a_circle_are_scheduled_as_they_are_shown() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 1), under="A: B; B: A")
    assert sorted(shown(plan).values()) == ["Wed", "Wed"]


# Following changes


def test_a_schedule_follows_a_change() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), links="A FS B")
    longer = plan.put(replace(plan.items[A], duration=3))
    assert schedule(plan).after(longer, longer.since(plan)).dates(B) == Span(day("Thu"), day("Thu"))
    fewer = longer.drop(*longer.links.values())
    assert B not in schedule(longer).after(fewer, fewer.since(longer))
