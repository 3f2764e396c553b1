"""The schedule equals the oracle's, on plans nobody would draw; slack is what delaying an item shows."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oracle import Oracle
from random_plans import random_plan
from roadwright.io.strings import knows
from roadwright.model.plan import Plan
from roadwright.model.problems import problems
from roadwright.model.records import Days, ItemId, LinkId
from roadwright.model.schedule import Schedule, schedule


def check_dates(plan: Plan) -> None:
    dates, oracle = schedule(plan), Oracle(plan).dates
    assert {id: (dates.start[id], dates.finish[id]) for id in dates.start} == {
        id: (placed.start, placed.finish) for id, placed in oracle.items()
    }
    for id in plan.items:
        span, placed = dates.dates(id), oracle.get(id)
        assert (span and (span.first.toordinal(), span.last.toordinal())) == (placed and placed[2:])
    assert dates.loops == []
    assert dates.end == max((placed.finish for placed in oracle.values()), default=None)


def check_late_dates(plan: Plan) -> None:
    dates, oracle = schedule(plan), Oracle(plan)
    for id in plan.items:
        slack = oracle.slack(id)
        assert dates.slack(id) == slack, id
        assert dates.critical(id) == (slack is not None and slack <= 0)


def check_what_is_wrong(plan: Plan) -> None:
    dates, oracle = schedule(plan), Oracle(plan)
    found = {(problem.code, problem.ids[0]) for problem in problems(plan, dates)}
    for id in plan.items:
        codes = [conflict.code for conflict in dates.conflicts(id)]
        assert codes.count("link.broken") == oracle.broken(id)
        assert codes.count("parent.clamp") == oracle.clamped(id)
        assert (("link.broken", id) in found) == bool(oracle.broken(id))
        assert (("parent.clamp", id) in found) == oracle.clamped(id)
        assert (("deadline.missed", id) in found) == oracle.misses_deadline(id)


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=False))
def test_dates_are_those_of_the_oracle(random: Random) -> None:
    check_dates(random_plan(random, size=7))


@pytest.mark.parametrize("part", range(10))
def test_dates_are_those_of_the_oracle_on_many_plans(part: int) -> None:
    for seed in range(150):
        check_dates(random_plan(Random(f"{part} {seed}"), size=12))


@pytest.mark.parametrize("part", range(8))
def test_late_dates_are_those_of_the_oracle(part: int) -> None:
    for seed in range(100):
        check_late_dates(random_plan(Random(f"late {part} {seed}"), size=10))


@pytest.mark.parametrize("part", range(4))
def test_what_is_wrong_is_what_the_oracle_finds(part: int) -> None:
    for seed in range(100):
        check_what_is_wrong(random_plan(Random(f"wrong {part} {seed}"), size=10))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(40))
def test_everything_is_as_the_oracle_says_on_thousands_of_plans(part: int) -> None:
    for seed in range(250):
        plan = random_plan(Random(f"soak {part} {seed}"), size=12)
        check_dates(plan)
        check_late_dates(plan)
        check_what_is_wrong(plan)


# Slack


def delayed(plan: Plan, dates: Schedule, id: ItemId, days: int) -> Schedule:
    """What becomes of the plan when the item stands `days` working days from where it is."""
    item = plan.items[id]
    calendar = plan.calendar_of(item)
    start = dates.start[id]
    if days and item.kind == "milestone":  # from the close of one working day to that of another
        start = calendar.add(start, days) if days > 0 else calendar.add(start, days - 1) + 1
    elif days:
        start = calendar.next_working(calendar.add(start, days))
    day = date.fromordinal(start - 1 if item.kind == "milestone" else start)
    return schedule(plan.put(replace(item, start=day, pinned=True)))


Excesses = dict[tuple[str, ItemId, LinkId | None], int]
"""By how many days something is as it should not be: the end, a deadline, a link into an item that stands."""


def excesses(plan: Plan, dates: Schedule, end: int, moved: ItemId) -> Excesses:
    assert dates.end is not None
    found: Excesses = {("end", moved, None): max(dates.end - end, 0)}
    for id, item in plan.items.items():
        if item.deadline and id in dates:
            found["deadline", id, None] = max(dates.finish[id] - item.deadline.toordinal() - 1, 0)
        for conflict in dates.conflicts(id) if id != moved else ():
            if conflict.link:
                link = plan.links[conflict.link]
                from_, at = dates.finish if link.type[0] == "F" else dates.start, dates.start[id]
                found["link", id, link.id] = from_[link.source] + 10_000 - at
    return found


def slack_by_trying(plan: Plan, dates: Schedule, id: ItemId, reach: int) -> int | None:
    """The most days the item can be delayed until something breaks that can break by it.

    None where something is broken that moving this item alone can't mend.
    """
    end = dates.end
    assert end is not None

    def tried(days: int) -> Excesses:
        return excesses(plan, delayed(plan, dates, id, days), end, id)

    early, late = tried(-reach), tried(reach)
    concerned = [what for what in late if late[what] > early.get(what, 0)]
    if any(early.get(what) for what in concerned):
        return None
    low, high = -reach, reach
    while high - low > 1:
        middle = (low + high) // 2
        now = tried(middle)
        if any(now.get(what) for what in concerned):
            high = middle
        else:
            low = middle
    return low


def hangs_on_the_start_of_a_parent(plan: Plan) -> bool:
    return any(
        link.type in ("SS", "SF") and plan.outline.is_parent(link.source) for link in plan.links.values()
    )


def on_a_day_off(plan: Plan, dates: Schedule, id: ItemId) -> bool:
    """Whether the item is a milestone that doesn't close a working day."""
    item = plan.items[id]
    return item.kind == "milestone" and not plan.calendar_of(item).is_working(dates.start[id] - 1)


@pytest.mark.parametrize("part", range(8))
def test_slack_is_how_far_an_item_can_be_delayed(part: int) -> None:
    checked = 0
    for seed in range(60):
        plan = random_plan(Random(f"slack {part} {seed}"), size=8)
        dates = schedule(plan)
        for id in dates.start:
            if plan.outline.is_parent(id):
                continue
            slack, tried = dates.slack(id), slack_by_trying(plan, dates, id, 64)
            assert slack is not None
            assert dates.critical(id) == (slack <= 0)
            if tried is None:
                continue
            checked += 1
            if on_a_day_off(plan, dates, id) and slack == tried + 1:
                continue  # too late by days off only: that is no working day
            if not hangs_on_the_start_of_a_parent(plan):
                assert slack == tried, (seed, id)
            elif tried >= 0:  # another child may begin the parent in its place, now or once it has slipped
                assert slack <= tried, (seed, id)
    assert checked > 100


@pytest.mark.parametrize("part", range(2))
def test_a_parent_slips_with_the_child_that_can_slip_least(part: int) -> None:
    for seed in range(100):
        plan = random_plan(Random(f"parent {part} {seed}"))
        dates = schedule(plan)
        for id, children in plan.outline.children.items():
            below = [slack for child in children if (slack := dates.slack(child)) is not None]
            driver = dates.driver(id)
            if driver and driver.rule == "children":
                assert dates.slack(id) == min(below)


# What else holds of every plan


@pytest.mark.parametrize("part", range(2))
def test_the_driver_by_itself_gives_the_start(part: int) -> None:
    for seed in range(100):
        plan = random_plan(Random(f"driver {part} {seed}"))
        dates, oracle = schedule(plan), Oracle(plan)
        for id, item in plan.items.items():
            driver, placed = dates.driver(id), oracle.dates.get(id)
            if driver is None or placed is None or driver.rule == "children":
                assert (driver is None) == (placed is None)
                continue
            assert (driver.link is None) == (driver.rule in ("start", "pinned", "status"))
            if driver.link is None:
                assert oracle.alone(item) == placed
                continue
            link = plan.links[driver.link]
            assert (link.target == id) == (driver.rule == "link")
            # alone in a plan with an item that stands where the source does
            source, target = plan.items[link.source], plan.items[link.target]
            stand = {"parent": None, "pinned": True, "kind": "milestone", "deadline": None}
            boundary = dates.finish[source.id] if link.type[0] == "F" else dates.start[source.id]
            few = plan.drop(*plan.links.values(), *plan.items.values()).put(
                replace(source, start=date.fromordinal(boundary - 1), **stand),
                replace(target, parent=None, start=None),
                replace(item, parent=target.id if target is not item else None, start=None),
                link,
            )
            assert schedule(few).start[id] == dates.start[id]


@pytest.mark.parametrize("part", range(2))
def test_only_what_stands_breaks_a_link(part: int) -> None:
    for seed in range(100):
        plan = random_plan(Random(f"conflict {part} {seed}"))
        dates, oracle = schedule(plan), Oracle(plan)
        for id, placed in oracle.dates.items():
            driver = dates.driver(id)
            starts, finishes = oracle.bounds(plan.items[id])
            late = any(bound > placed.start for bound in starts)
            if late or any(
                bound > placed.finish for bound in finishes
            ):  # a parent is kept late by those below
                assert driver
                assert driver.rule in ("pinned", "status", "children")


# Plans that no edit would make


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_plan_is_too_bad_to_be_scheduled(random: Random) -> None:
    plan = damaged(random, random_plan(random, sound=False))
    dates = schedule(plan)
    for problem in problems(plan, dates, date(2026, 1, 20)):
        assert knows(problem.words)
    for id in plan.items:
        span = dates.dates(id)
        assert (span is None) == (id not in dates)
        assert span is None or span.first <= span.last
        assert (dates.slack(id) is None) == (id not in dates)
        assert (dates.driver(id) is None) == (id not in dates)
        assert 0 <= dates.progress(id) <= 100
    for loop in dates.loops:
        assert loop[0] == loop[-1]
        assert len(loop) > 1


def damaged(random: Random, plan: Plan) -> Plan:
    """The plan with what no program should write: circles, missing ends, numbers out of all bounds."""
    items = list(plan.items.values())
    for item in random.sample(items, len(items) // 3):
        harm = random.choice(["parent", "parent", "duration", "team", "status", "start"])
        value: dict[str, Any] = {
            "parent": {"parent": random.choice([item.id, "nobody", *plan.items])},
            "duration": {"duration": random.choice([-3, 0, 10**9, 10**20])},
            "team": {"team": "nobody"},
            "status": {"status": "nobody"},
            "start": {"start": random.choice([date.min, date.max])},
        }
        plan = plan.put(replace(item, **value[harm]))
    for link in list(plan.links.values()):
        if random.random() < 0.1:
            plan = plan.put(replace(link, source="nobody"))
        if random.random() < 0.1:
            plan = plan.put(replace(link, lag=random.choice([-(10**9), 10**9, 10**20])))
    calendar = random.choice(list(plan.calendars.values()))
    if random.random() < 0.2:
        plan = plan.put(replace(calendar, weekdays=()))
    if random.random() < 0.2:
        plan = plan.put(replace(calendar, holidays=(Days(date.min, date.max),)))
    if random.random() < 0.2:
        plan = plan.drop(plan.calendars[plan.info.calendar])
    return plan.drop(plan.info) if random.random() < 0.1 else plan
