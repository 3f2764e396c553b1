"""What can be done about a problem settles it, as one step; and what an edit would do is told in numbers."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from plans import day, planned, shown
from random_plans import random_plan
from roadwright.model.edits.calendars import add_holidays
from roadwright.model.edits.timing import shift_items
from roadwright.model.effect import effect
from roadwright.model.fixes import Fix, fix_of_all, fixes
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import Problem, advice, problems
from roadwright.model.records import Calendar, CalendarId, Days, ItemId
from roadwright.model.schedule import schedule

A, B, C, P = map(ItemId, "ABCP")
PINNED = {"pinned": True}
TODAY = day("Wed3")


def offered(plan: Plan, problem: Problem) -> dict[str, Fix]:
    return {fix.code: fix for fix in fixes(plan, schedule(plan), problem, TODAY)}


def only(plan: Plan, today: date | None = None) -> Problem:
    [problem] = problems(plan, schedule(plan), today)
    return problem


def fixed(plan: Plan, fix: Fix) -> Plan:
    return fix.edit(plan, *fix.arguments)


def test_a_broken_link_is_mended_by_moving_unpinning_or_unlinking() -> None:
    plan = planned(A=("Mon", 4), B=("Wed", 1, PINNED), links="A FS B")
    ways = offered(plan, only(plan))
    assert list(ways) == ["pull", "unpin", "unlink"]
    assert ways["pull"].values == {"day": day("Fri")}
    pulled = fixed(plan, ways["pull"])
    assert shown(pulled)["B"] == "Fri"
    assert pulled.items[B].pinned
    assert not fixed(plan, ways["unpin"]).items[B].pinned
    assert not fixed(plan, ways["unlink"]).links


def test_what_is_done_can_only_lose_its_link() -> None:
    plan = planned(A=("Mon", 4), B=("Mon", 1, {"status": "done"}), links="A FS B")
    assert list(offered(plan, only(plan))) == ["unlink"]


def test_what_is_overdue_is_done_or_starts_today() -> None:
    plan = planned(A=("Mon", 2))
    ways = offered(plan, only(plan, TODAY))
    assert list(ways) == ["done", "start"]
    assert shown(fixed(plan, ways["start"]))["A"] == "Wed3..Thu3"
    begun = planned(A=("Mon", 2, {"status": "in-progress"}))
    ways = offered(begun, only(begun, TODAY))
    assert list(ways) == ["done", "finish"]
    assert shown(fixed(begun, ways["finish"]))["A"] == "Mon..Wed3"


def test_a_loop_loses_the_link_that_closed_it() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), links="A FS B; B FS A")
    problem = next(one for one in problems(plan, schedule(plan)) if one.code == "link.loop")
    [fix] = offered(plan, problem).values()
    assert set(fixed(plan, fix).links) == {"A FS B"}


@pytest.mark.parametrize(
    "plan",
    [
        planned(A=("Mon", 3, {"deadline": day("Tue")})),
        planned(A=(None, 1), B=("Mon", 1), links="A FS B"),
        planned(P=("Tue", 2, PINNED), A=("Mon", 1), under="P: A"),
        planned(A=("Mon", 1), under="gone: A"),
        planned(A=("Mon", 2)).put(Calendar(id=CalendarId("none"), weekdays=())),
        planned(A=("Mon", 4), B=("Wed", 1, PINNED), links="A FS B"),
        planned(A=("Mon", 4), B=("Wed", 1), links="A FS B; B FS A"),
    ],
)
def test_every_way_out_settles_its_problem(plan: Plan) -> None:
    problem = problems(plan, schedule(plan))[0]
    ways = fixes(plan, schedule(plan), problem, TODAY)
    assert ways
    for fix in ways:
        after = fixed(plan, fix)
        assert problem.code not in [one.code for one in problems(after, schedule(after))], fix.code


def test_redundant_links_go_all_at_once() -> None:
    plan = planned(
        A=("Mon", 1), B=(None, 1), C=(None, 1), D=(None, 1), links="A FS B; B FS C; C FS D; A FS C; A FS D"
    )
    found = advice(plan, schedule(plan))
    fix = fix_of_all(plan, found)
    assert fix is not None
    assert fix.values == {"count": 2}
    after = fixed(plan, fix)
    assert shown(after) == shown(plan)
    assert not advice(after, schedule(after))
    assert fix_of_all(plan, found[:1]) is None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_plan_holds_its_ways_out_can_be_taken(seed: int) -> None:
    random = Random(f"fixes {seed}")
    for _ in range(40):
        plan = random_plan(random, sound=False)
        dates = schedule(plan)
        for problem in [*problems(plan, dates, TODAY), *advice(plan, dates)]:
            for fix in fixes(plan, dates, problem, TODAY):
                assert fixed(plan, fix).since(plan), (problem, fix)


def test_an_effect_counts_what_moves_and_when_it_all_ends() -> None:
    plan = planned(P=(None, 1), A=("Mon", 3), B=(None, 2), C=("Mon", 1), under="P: A", links="A FS B")
    later = add_holidays(plan, CalendarId("standard"), [Days(day("Wed"), day("Thu"))])
    told = effect(later, schedule(later), schedule(plan))
    assert (told.moved, told.end, told.days) == (2, day("Tue2"), 2)
    earlier = effect(plan, schedule(plan), schedule(later))
    assert (earlier.moved, earlier.end, earlier.days) == (2, day("Fri"), -2)
    assert effect(plan, schedule(plan), schedule(plan)).moved == 0
    shifted = shift_items(plan, [C], 1)
    assert effect(shifted, schedule(shifted), schedule(plan)).days == 0
    empty = new_plan()
    assert effect(empty, schedule(empty), schedule(plan)).end is None
