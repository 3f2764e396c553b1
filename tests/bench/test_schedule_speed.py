"""How long scheduling takes, in CPU time, beside floors measured in the same run: 1.8 links to an item.

The floor of a whole pass (network, dates, late dates) is one `nx.topological_sort` of the same links.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from random import Random
from typing import Any

import networkx as nx
import pytest
from msgspec.structs import replace
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item, move_items
from roadwright.model.edits.links import add_link, check_link
from roadwright.model.graph import links_graph
from roadwright.model.plan import Plan, new_plan
from roadwright.model.problems import advice, problems, problems_of
from roadwright.model.records import Calendar, CalendarId, Item, ItemId, Link, LinkId, Team, TeamId
from roadwright.model.refused import Refused
from roadwright.model.schedule import Schedule

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=10, group="schedule")

SIZES = (1_000, 10_000, 100_000)


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
            start=date(2026, 1, 5) + timedelta(days=random.randrange(400)) if random.random() < 0.8 else None,
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
    return new_plan("").put(*calendars, *teams, *records, *links)


@cache
def net_of(items: int) -> Plan:
    """No parents, and links a thousand items wide, so that some moves move thousands."""
    random = Random(3)
    records = [
        Item(
            id=ItemId(f"i{n:06d}"),
            key=f"RW-{n}",
            rank=float(n),
            start=date(2026, 1, 5) + timedelta(days=n // 20) if random.random() < 0.5 else None,
            duration=random.randint(1, 5),
        )
        for n in range(items)
    ]
    links = []
    for n in range(items * 9 // 5):
        source = random.randrange(items - 1)
        target = min(source + random.randint(1, 1000), items - 1)
        links.append(Link(id=LinkId(f"l{n}"), source=records[source].id, target=records[target].id))
    return new_plan("").put(*records, *links)


def unscheduled(plan: Plan) -> Plan:
    """The plan with its outline and calendars, which it has anyway, and nothing else found out."""
    fresh = replace(plan)
    fresh.__dict__["outline"], fresh.__dict__["team_calendars"] = plan.outline, plan.team_calendars
    return fresh


def whole_pass(plan: Plan) -> Schedule:
    dates = Schedule(unscheduled(plan))
    assert dates.slack(ItemId("i000003")) is not None or ItemId("i000003") not in dates
    return dates


@pytest.mark.parametrize("size", SIZES)
def test_floor_of_a_whole_pass(benchmark: Any, size: int) -> None:
    graph = links_graph(plan_of(size))
    assert len(benchmark(lambda: list(nx.topological_sort(graph)))) == size


@pytest.mark.parametrize("size", SIZES)
def test_whole_pass(benchmark: Any, size: int) -> None:
    plan = plan_of(size)
    whole_pass(plan)  # numpy is imported once
    dates = benchmark(whole_pass, plan)
    assert len(dates.start) > 0.8 * size
    graph = links_graph(plan)
    benchmark.extra_info["times the floor"] = f"{_times(lambda: whole_pass(plan), graph):.2f}"


def _times(run: Callable[[], object], graph: Any) -> float:
    """The median of how many times the floor a run takes, the two by turns: a machine has its moods."""
    found = []
    for _ in range(7):
        began = time.process_time()
        run()
        between = time.process_time()
        list(nx.topological_sort(graph))
        found.append((between - began) / (time.process_time() - between))
    return sorted(found)[3]


@pytest.mark.parametrize("size", SIZES)
def test_memory(benchmark: Any, size: int) -> None:
    plan = plan_of(size)
    whole_pass(plan)
    tracemalloc.start()
    dates = benchmark.pedantic(whole_pass, (plan,), rounds=1)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert dates.end
    benchmark.extra_info["bytes an item"] = held // size


# Following changes


def moves(plan: Plan, seed: int) -> Iterator[Plan]:
    """The plan with one item moved, another one each time."""
    random = Random(seed)
    ids = list(plan.items)
    while True:
        item = plan.items[random.choice(ids)]
        yield plan.put(replace(item, start=date(2026, 1, 5) + timedelta(days=random.randrange(400))))


@pytest.mark.parametrize("make", [plan_of, net_of])
@pytest.mark.parametrize("size", SIZES)
def test_after_moving_an_item(benchmark: Any, size: int, make: Callable[[int], Plan]) -> None:
    plan = make(size)
    dates = Schedule(plan)
    moved = moves(plan, 5)

    def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
        other = next(moved)
        return (other, other.since(plan)), {}

    after = benchmark.pedantic(dates.after, setup=setup, rounds=500, warmup_rounds=5)
    assert len(after.start) > 0.7 * size


@pytest.mark.parametrize("make", [plan_of, net_of])
def test_after_moving_the_first_item_far(benchmark: Any, make: Callable[[int], Plan]) -> None:
    plan = make(10_000)
    dates = Schedule(plan)
    firsts = cycle([id for id in list(plan.items)[:300] if id in plan.outgoing])

    def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
        moved = plan.put(replace(plan.items[next(firsts)], start=date(2026, 6, 1)))
        return (moved, moved.since(plan)), {}

    assert benchmark.pedantic(dates.after, setup=setup, rounds=100, warmup_rounds=2).end


def test_the_first_change_after_a_whole_pass(benchmark: Any) -> None:
    """It sorts the links by their ends, which the whole pass had no need of."""
    plan = plan_of(10_000)
    moved = moves(plan, 6)

    def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
        fresh = unscheduled(plan)
        dates = Schedule(fresh)
        change = next(moved).since(plan)
        return (dates, fresh.apply(change), change), {}

    def follow(dates: Schedule, plan: Plan, change: Any) -> Schedule:
        return dates.after(plan, change)

    assert benchmark.pedantic(follow, setup=setup, rounds=20).end


# A frame of a gesture, views not counted


def test_frame_of_a_drag(benchmark: Any) -> None:
    plan = plan_of(10_000)
    document = Document(plan)
    random = Random(7)
    ids = [id for id in plan.items if id in document.schedule]
    days = cycle(range(1, 40))

    def frame() -> None:
        document.preview(move_items, {random.choice(ids): date(2026, 6, 1)}, next(days))

    benchmark(frame)
    assert document.previewing


def test_frame_of_drawing_a_bar(benchmark: Any) -> None:
    """A new item: outline and network are made anew."""
    document = Document(plan_of(10_000))
    lengths = cycle(range(1, 40))

    def frame() -> None:
        document.preview(add_item, ItemId("new"), title="New", start=date(2026, 6, 1), duration=next(lengths))

    benchmark(frame)
    assert document.previewing


# Links


def pairs(plan: Plan) -> Iterator[tuple[ItemId, ItemId]]:
    random = Random(8)
    ids = list(plan.items)
    while True:
        one, other = random.sample(ids, 2)
        try:
            check_link(plan, one, other)
        except Refused:
            continue
        yield one, other


@pytest.mark.parametrize("make", [plan_of, net_of])
def test_check_of_a_new_link(benchmark: Any, make: Callable[[int], Plan]) -> None:
    plan = make(10_000)
    _ = plan.network.place, plan.incoming
    ends = pairs(plan)
    benchmark.pedantic(check_link, setup=lambda: ((plan, *next(ends)), {}), rounds=1000, warmup_rounds=5)


@pytest.mark.parametrize("make", [plan_of, net_of])
def test_a_new_link_and_its_schedule(benchmark: Any, make: Callable[[int], Plan]) -> None:
    plan = make(10_000)
    dates = Schedule(plan)
    ends = pairs(plan)

    def link(source: ItemId, target: ItemId) -> Schedule:
        linked = add_link(plan, LinkId("new"), source, target)
        return dates.after(linked, linked.since(plan))

    assert benchmark.pedantic(link, setup=lambda: (next(ends), {}), rounds=200, warmup_rounds=5).end


def test_refusing_a_loop(benchmark: Any) -> None:
    """With its path by networkx, once its graph is made."""
    plan = plan_of(10_000)
    link = next(iter(plan.links.values()))

    def refuse() -> bool:
        try:
            check_link(plan, link.target, link.source)
        except Refused:
            return True
        return False

    assert benchmark(refuse)


# Problems


def test_problems(benchmark: Any) -> None:
    plan = plan_of(10_000)
    assert benchmark(problems, plan, Schedule(plan), date(2026, 6, 1))


def test_problems_of_an_item(benchmark: Any) -> None:
    plan = plan_of(10_000)
    dates = Schedule(plan)
    late = problems(plan, dates, date(2028, 6, 1))[-1].ids[0]
    assert benchmark(problems_of, plan, dates, late, date(2028, 6, 1))


def test_advice(benchmark: Any) -> None:
    plan = plan_of(10_000)
    assert benchmark(advice, plan, Schedule(plan))
