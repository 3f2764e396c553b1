"""Random plans for the scheduler: crowded into a few weeks, so that every rule meets every other."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from oracle import closes_loop
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import (
    LINK_TYPES,
    Calendar,
    CalendarId,
    Days,
    Item,
    ItemId,
    Link,
    LinkId,
    StatusId,
    Team,
    TeamId,
)

MONDAY = date(2026, 1, 5)


def random_plan(random: Random, size: int = 9, sound: bool = True) -> Plan:
    """A plan of up to `size` items; a `sound` one has no loops and no link twice."""
    plan = new_plan("Random")
    calendars = [_calendar(random, f"c{n}") for n in range(3)]
    teams = [
        Team(id=TeamId(f"t{n}"), title=f"t{n}", calendar=random.choice([None, *(c.id for c in calendars)]))
        for n in range(3)
    ]
    plan = plan.put(*calendars, *teams)
    plan = plan.put(type(plan.info)(id=plan.info.id, calendar=random.choice(calendars).id))
    ids = [ItemId(f"i{n}") for n in range(random.randint(1, size))]
    for n, id in enumerate(ids):
        plan = plan.put(_item(random, n, id, ids[:n]))
    for n in range(random.randint(0, 2 * size)):
        link = Link(
            id=LinkId(f"l{n}"),
            source=random.choice(ids),
            target=random.choice(ids),
            type=random.choice(LINK_TYPES),
            lag=random.choice([0, 0, 0, 1, 2, 5, -1, -2, -4]),
        )
        if not sound or not (closes_loop(plan, link) or _is_there(plan, link)):
            plan = plan.put(link)
    return plan


def _is_there(plan: Plan, link: Link) -> bool:
    at = (link.source, link.target, link.type)
    return any((other.source, other.target, other.type) == at for other in plan.links.values())


def _item(random: Random, n: int, id: ItemId, before: list[ItemId]) -> Item:
    milestone = random.random() < 0.25
    start = _day(random) if random.random() < 0.6 else None
    return Item(
        id=id,
        key=f"RW-{n}",
        rank=random.random(),
        kind="milestone" if milestone else "bar",
        parent=random.choice(before) if before and random.random() < 0.35 else None,
        start=start,
        duration=0 if milestone else random.randint(1, 6),
        pinned=random.random() < 0.15,
        deadline=_day(random) if random.random() < 0.15 else None,
        status=random.choice([None, *map(StatusId, ["planned"] * 5 + ["in-progress", "done"])]),
        progress=random.randint(0, 100),
        team=random.choice([None, TeamId("t0"), TeamId("t1"), TeamId("t2")]),
    )


def _calendar(random: Random, id: str) -> Calendar:
    weekdays = random.choice([range(5), range(5), range(7), range(4), (6, 0, 1, 2, 3), (2,), (0, 2, 5)])
    return Calendar(
        id=CalendarId(id),
        weekdays=tuple(weekdays),
        holidays=tuple(_run(random) for _ in range(random.randint(0, 3))),
        extra=tuple(_run(random) for _ in range(random.randint(0, 2))),
    )


def _run(random: Random) -> Days:
    first = _day(random)
    return Days(first, first + timedelta(days=random.choice([0, 0, 1, 4, 10])))


def _day(random: Random) -> date:
    return MONDAY + timedelta(days=random.randint(0, 25))
