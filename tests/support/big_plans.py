"""Plans of any size for benchmarks, with 1.8 links to an item."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random

from msgspec.structs import replace
from roadwright.model.edits.links import check_link
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Calendar, CalendarId, Item, ItemId, Link, LinkId, Team, TeamId
from roadwright.model.refused import Refused

DAY = date(2026, 1, 5)
DRIVER = ItemId("i000011")
"""In the plans of `wide_plans`, the one that a thousand others wait for."""


@cache
def plan_of(items: int) -> Plan:
    """Twelve teams, three calendars, nine items under each parent, links within each two hundred."""
    random = Random(1)
    calendars = [Calendar(id=CalendarId(f"c{n}"), weekdays=tuple(range(4 + n))) for n in range(3)]
    teams = [Team(id=TeamId(f"t{n}"), title=f"T{n}", calendar=calendars[n % 3].id) for n in range(12)]
    ids = [ItemId(f"i{n:06d}") for n in range(items)]
    records = [
        Item(
            id=id,
            key=f"RW-{n}",
            rank=float(n),
            parent=ids[n - n % 10] if n % 10 else None,
            kind="milestone" if random.random() < 0.05 else "bar",
            start=DAY + timedelta(days=random.randrange(400)) if random.random() < 0.8 else None,
            duration=random.randint(1, 20),
            team=random.choice(teams).id,
        )
        for n, id in enumerate(ids)
    ]
    links: list[Link] = []
    while len(links) < items * 1.8:
        source = random.randrange(items - 100)
        target = source + random.randint(11, 70)
        if source % 10 and target % 10 and source // 200 == target // 200:
            type = random.choice(["FS"] * 7 + ["SS", "FF", "SF"])
            lag = random.choice([0] * 6 + [1, 2, 5, -2])
            links.append(
                Link(id=LinkId(f"l{len(links)}"), source=ids[source], target=ids[target], type=type, lag=lag)
            )
    plan = new_plan("").put(*calendars, *teams, *records, *links)
    return plan.put(replace(plan.info, next_number=items))


@cache
def net_of(items: int) -> Plan:
    """No parents, and links a thousand items wide, so that some moves move thousands."""
    random = Random(3)
    records = [
        Item(
            id=ItemId(f"i{n:06d}"),
            key=f"RW-{n}",
            rank=float(n),
            start=DAY + timedelta(days=n // 20) if random.random() < 0.5 else None,
            duration=random.randint(1, 5),
        )
        for n in range(items)
    ]
    links = []
    for n in range(items * 9 // 5):
        source = random.randrange(items - 1)
        target = min(source + random.randint(1, 1000), items - 1)
        links.append(Link(id=LinkId(f"l{n}"), source=records[source].id, target=records[target].id))
    plan = new_plan("").put(*records, *links)
    return plan.put(replace(plan.info, next_number=items))


@cache
def thousand_successors(items: int) -> Plan:
    """`plan_of`, and one item that a thousand others wait for."""
    plan = plan_of(items)
    waiting = _leaves(plan)
    return plan.put(
        *(Link(id=LinkId(f"w{n}"), source=DRIVER, target=waiting[7 * n]) for n in range(items // 10))
    )


@cache
def thousand_children(items: int) -> Plan:
    """`plan_of`, and one item that a parent of a thousand others waits for."""
    plan = plan_of(items)
    kids = _leaves(plan)
    parent = Item(id=ItemId("wide"), key="RW-wide", title="Wide", rank=-1.0)
    return plan.put(
        parent,
        *(replace(plan.items[kids[7 * n]], parent=parent.id) for n in range(items // 10)),
        Link(id=LinkId("wide"), source=DRIVER, target=parent.id),
    )


def _leaves(plan: Plan) -> list[ItemId]:
    return [id for id in list(plan.items)[21:] if not plan.outline.is_parent(id)]


def linkable(plan: Plan) -> Iterator[tuple[ItemId, ItemId]]:
    """Random pairs of items that may be linked."""
    random = Random(8)
    ids = list(plan.items)
    while True:
        one, other = random.sample(ids, 2)
        try:
            check_link(plan, one, other)
        except Refused:
            continue
        yield one, other


def as_in_the_program() -> None:
    """Leave what is there out of the search for garbage, as the program does once it has painted."""
    gc.collect()
    gc.freeze()
