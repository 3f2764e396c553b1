"""How long scheduling takes on a plan of 10,000 items and 18,000 links."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from roadwright.model.graph import loop_closed_by
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import problems
from roadwright.model.records import Calendar, CalendarId, Item, ItemId, Link, LinkId, Team, TeamId
from roadwright.model.schedule import schedule

ITEMS, LINKS = 10_000, 18_000


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Twelve teams, three calendars, nine items under each parent, links within each two hundred."""
    random = Random(1)
    calendars = [Calendar(id=CalendarId(f"c{n}"), weekdays=tuple(range(4 + n))) for n in range(3)]
    teams = [Team(id=TeamId(f"t{n}"), title=f"T{n}", calendar=calendars[n % 3].id) for n in range(12)]
    ids = [ItemId(f"i{n:05d}") for n in range(ITEMS)]
    items = [
        Item(
            id=id,
            key=f"RW-{n}",
            rank=float(n),
            parent=ids[n - n % 10] if n % 10 else None,
            kind="milestone" if random.random() < 0.05 else "bar",
            start=date(2026, 1, 5) + timedelta(days=random.randrange(400)) if random.random() < 0.8 else None,
            duration=random.randint(1, 20),
            team=random.choice(teams).id,
        )
        for n, id in enumerate(ids)
    ]
    links: list[Link] = []
    while len(links) < LINKS:
        source = random.randrange(ITEMS - 100)
        target = source + random.randint(11, 70)
        if source % 10 and target % 10 and source // 200 == target // 200:
            type = random.choice(["FS"] * 7 + ["SS", "FF", "SF"])
            lag = random.choice([0] * 6 + [1, 2, 5, -2])
            id = LinkId(f"l{len(links)}")
            links.append(Link(id=id, source=ids[source], target=ids[target], type=type, lag=lag))
    return new_plan("").put(*calendars, *teams, *items, *links)


def test_schedule_from_nothing(benchmark: Any, plan: Plan) -> None:
    plan.outline  # noqa: B018  the plan has it anyway
    dates = benchmark(schedule, plan)
    assert len(dates.start) > 0.8 * ITEMS
    assert dates.loops == []


def test_schedule_after_moving_an_item(benchmark: Any, plan: Plan) -> None:
    before = schedule(plan)
    item = plan.items[ItemId("i00003")]
    moved = plan.put(replace(item, start=date(2026, 3, 2)))
    change = moved.since(plan)
    assert benchmark(before.after, moved, change).start[item.id] >= date(2026, 3, 2).toordinal()


def test_slack(benchmark: Any, plan: Plan) -> None:
    """The forward pass is in it, as slack is remembered by its schedule."""
    assert benchmark(lambda: schedule(plan).slack(ItemId("i00003"))) is not None


def test_problems(benchmark: Any, plan: Plan) -> None:
    dates = schedule(plan)
    assert benchmark(problems, plan, dates, date(2026, 6, 1))


def test_refusing_a_loop(benchmark: Any, plan: Plan) -> None:
    link = next(iter(plan.links.values()))
    assert benchmark(loop_closed_by, plan, link.target, link.source)
