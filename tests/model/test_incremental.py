"""What follows a change is what a schedule from nothing says, whichever way it is found out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oracle import Oracle
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.model.edits.items import add_item, put_under, remove_items
from roadwright.model.edits.links import add_link, remove_links
from roadwright.model.engine import passes
from roadwright.model.engine.backward import backward
from roadwright.model.engine.columns import columns_of
from roadwright.model.engine.forward import forward
from roadwright.model.engine.network import Network
from roadwright.model.engine.shape import shape_of
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, Link, LinkId
from roadwright.model.schedule import Schedule, schedule

A, B, C, P = map(ItemId, "ABCP")
DAY = ("Mon", 1)


def anew(plan: Plan) -> Plan:
    """The same plan without anything remembered."""
    return replace(plan)


def all_of(dates: Schedule, plan: Plan) -> dict[str, Any]:
    ids = list(plan.items)
    return {
        "start": dict(dates.start),
        "finish": dict(dates.finish),
        "end": dates.end,
        "shown": [dates.dates(id) for id in ids],
        "slack": [dates.slack(id) for id in ids],
        "driver": [dates.driver(id) for id in ids],
        "conflicts": [sorted(map(str, dates.conflicts(id))) for id in ids],
        "progress": [dates.progress(id) for id in ids],
        "loops": dates.loops,
    }


def ask(dates: Schedule, plan: Plan) -> None:
    """Have everything found out, so that there is something to hand on."""
    all_of(dates, plan)


def follow(random: Random, plan: Plan, changes: int, curious: float) -> None:
    """Change a plan again and again, and compare what follows with a schedule from nothing and the oracle."""
    dates = Schedule(plan)
    for _ in range(changes):
        if random.random() < curious:
            ask(dates, plan)
        changed = random_change(random, plan)
        dates = dates.after(changed, changed.since(plan))
        fresh = anew(changed)
        assert all_of(dates, changed) == all_of(Schedule(fresh), fresh)
        assert {id: (dates.start[id], dates.finish[id]) for id in dates.start} == {
            id: placed[:2] for id, placed in Oracle(changed).dates.items()
        }
        check_network(changed.network, Network(changed.items, changed.links, changed.outline))
        check_derived(changed, fresh)
        plan = changed


def check_derived(plan: Plan, fresh: Plan) -> None:
    """Whether all that a plan derives from its tables, mended from change to change, is as found anew."""
    assert plan.keys == fresh.keys
    assert (plan.incoming, plan.outgoing) == (fresh.incoming, fresh.outgoing)
    for name in ("roots", "children", "order", "depth", "place", "sound"):
        assert getattr(plan.outline, name) == getattr(fresh.outline, name), name


def check_network(network: Network, fresh: Network) -> None:
    """Whether a network that has followed changes joins what a new one does, in an order that holds."""
    assert network.number.keys() == fresh.number.keys()
    for id, n in network.number.items():
        other = fresh.number[id]
        for fans, others in ((network.into, fresh.into), (network.out, fresh.out)):
            assert sorted(joint[3] for joint in fans[n]) == sorted(joint[3] for joint in others[other])
    assert len(network.order) == len(set(network.order)) == len(network.number) + len(network.kids)
    for node in network.order:
        assert network.order[network.place[node]] == node
        for later in network.later(node):
            assert network.place[later] > network.place[node]
            assert node in network.earlier(later)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_follows_a_change_is_what_a_schedule_from_nothing_says(random: Random) -> None:
    follow(random, random_plan(random, size=8), changes=5, curious=0.5)


@pytest.mark.parametrize("part", range(10))
def test_what_follows_many_changes(part: int) -> None:
    for seed in range(12):
        random = Random(f"changes {part} {seed}")
        follow(random, random_plan(random, size=14), changes=15, curious=0.3)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(40))
def test_what_follows_many_thousands_of_changes(part: int) -> None:
    for seed in range(60):
        random = Random(f"soak {part} {seed}")
        follow(random, random_plan(random, size=random.choice([6, 14, 20])), changes=25, curious=0.3)


def test_a_preview_leaves_the_kept_schedule_as_it_was() -> None:
    for seed in range(40):
        random = Random(f"preview {seed}")
        plan = random_plan(random, size=12)
        kept = Schedule(plan)
        before = all_of(kept, plan)
        shown, shown_plan = kept, plan
        for _ in range(6):  # each frame is made from the kept plan and follows the frame before
            frame = random_change(random, plan)
            shown, shown_plan = shown.after(frame, frame.since(shown_plan)), frame
            ask(shown, frame)
        assert all_of(kept, plan) == before
        check_network(plan.network, Network(plan.items, plan.links, plan.outline))
        back = shown.after(plan, plan.since(shown_plan))
        assert all_of(back, plan) == before


def test_links_in_any_order_keep_the_network_in_order() -> None:
    random = Random("order")
    for _ in range(30):
        plan = planned(**{f"I{n}": DAY for n in range(25)})
        _ = plan.network
        places = random.sample(range(25), 25)
        for n in range(60):
            one, other = sorted(random.sample(places, 2), key=places.index)
            link = Link(id=LinkId(f"l{n}"), source=ItemId(f"I{one}"), target=ItemId(f"I{other}"))
            plan = plan.put(link)
            assert "ends" not in plan.network.__dict__  # it has followed, and was not made anew
        check_network(plan.network, Network(plan.items, plan.links, plan.outline))


def test_a_link_that_closes_a_loop_does_not_spoil_the_network() -> None:
    plan = planned(A=DAY, B=DAY, C=DAY, links="A FS B; B FS C")
    dates = Schedule(plan)
    looped = plan.put(Link(id=LinkId("x"), source=C, target=A))
    assert dates.after(looped, looped.since(plan)).loops
    assert plan.network.loops == []
    mended = looped.drop(looped.links[LinkId("x")])
    assert mended.network.loops == []


def test_a_first_link_into_a_parent_gives_it_a_gate() -> None:
    plan = planned(P=(None, 1), A=("Mon", 1), B=(None, 1), C=("Thu", 1), under="P: A B")
    dates = Schedule(plan)
    linked = add_link(plan, LinkId("x"), C, P)
    dates = dates.after(linked, linked.since(plan))
    assert dates.start[A] == dates.start[B] == dates.finish[C]
    unlinked = remove_links(linked, [LinkId("x")])
    dates = dates.after(unlinked, unlinked.since(linked))
    assert B not in dates
    assert dates.start[A] < dates.start[C]


@pytest.mark.parametrize("big", [0, 3_000])
def test_what_has_moved_since(big: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadwright.model.engine.network.BIG", big)
    for seed in range(40):
        random = Random(f"since {seed}")
        plan = random_plan(random, size=12)
        dates = Schedule(plan)
        changed = random_change(random, plan)
        after = dates.after(changed, changed.since(plan))
        assert set(after.dated(changed.items)) == set(after.start)
        moved = {id for id in after.start if after.start[id] != dates.start.get(id)}
        assert set(after.moved_since(dates)) == moved


def test_items_come_go_and_come_back() -> None:
    plan = planned(P=(None, 1), A=("Mon", 2), B=("Fri", 1), C=(None, 1), under="P: A B", links="P FS C")
    dates = Schedule(plan)
    fewer = remove_items(plan, [B])
    followed = dates.after(fewer, fewer.since(plan))
    assert (followed.finish[P], followed.start[C]) == (dates.finish[A], dates.finish[A])
    assert B not in followed
    back = fewer.put(plan.items[B])
    again = followed.after(back, back.since(fewer))
    assert all_of(again, plan) == all_of(dates, plan)
    assert back.network.number == plan.network.number  # it has its old number again


def test_a_parent_that_loses_its_last_child_is_an_item_again() -> None:
    plan = planned(
        A=("Mon", 2), P=("Tue", 1), B=("Thu", 1), C=(None, 1), under="P: B", links="A FS P; P FS C"
    )
    dates = Schedule(plan)
    assert dates.dates(P) == dates.dates(B)
    alone = put_under(plan, [B], None)
    followed = dates.after(alone, alone.since(plan))
    assert followed.start[P] == dates.finish[A]  # by its own start and the link
    under = put_under(alone, [B], P)
    assert all_of(followed.after(under, under.since(alone)), under) == all_of(Schedule(anew(under)), under)


def test_two_previews_of_new_items_do_not_mix() -> None:
    plan = planned(A=("Mon", 2), B=(None, 1), links="A FS B")
    dates = Schedule(plan)
    _ = plan.network
    one = add_item(plan, ItemId("one"), start=date(2026, 1, 8))
    other = add_item(plan, ItemId("other"), start=date(2026, 1, 9))
    followed = dates.after(one, one.since(plan)).after(other, other.since(one))
    assert all_of(followed, other) == all_of(Schedule(anew(other)), anew(other))


def test_what_nobody_looks_at_is_not_found_out() -> None:
    plan = planned(A=("Mon", 3), B=(None, 2), links="A FS B")
    dates = Schedule(plan)
    moved = plan.put(replace(plan.items[A], start=None))
    after = dates.after(moved, moved.since(plan))
    assert "_slack" not in after.__dict__
    renamed = plan.put(replace(plan.items[A], title="New"))
    assert dates.slack(A) == 0
    assert "_slack" in dates.after(renamed, renamed.since(plan)).__dict__


def test_a_schedule_is_remembered_while_somebody_keeps_it() -> None:
    plan = planned(A=("Mon", 3))
    dates = schedule(plan)
    assert schedule(plan) is dates
    changed = plan.put(replace(plan.items[A], duration=2))
    after = dates.after(changed, changed.since(plan))
    assert schedule(changed) is after
    del dates, after
    assert schedule(plan).finish[A] == schedule(changed).finish[A] + 1


# Passes by columns


def check_passes(plan: Plan) -> bool:
    """Whether passes by columns, where they are within the tables, find what those item by item do."""
    network = anew(plan).network
    dates = forward(plan, network)
    shape = shape_of(network)
    try:
        columns = columns_of(plan, network)
        assert shape is not None
        assert passes.forward(shape, columns) == dates
        assert passes.backward(shape, columns, dates) == backward(plan, network, dates)
    except IndexError:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_passes_by_columns_find_the_same(random: Random) -> None:
    assert check_passes(random_plan(random, size=14, sound=random.random() < 0.8))


@pytest.mark.parametrize("part", range(4))
def test_passes_by_columns_find_the_same_in_many_plans(part: int) -> None:
    for seed in range(150):
        assert check_passes(random_plan(Random(f"passes {part} {seed}"), size=30))


def test_big_plans_are_passed_by_columns_and_follow_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadwright.model.engine.network.BIG", 0)
    monkeypatch.setattr("roadwright.model.schedule._WIDE", 6)
    monkeypatch.setattr("roadwright.model.schedule._WIDE_PER_GENERATION", 0)
    for seed in range(60):
        random = Random(f"big {seed}")
        follow(random, random_plan(random, size=14), changes=6, curious=0.5)


@pytest.mark.parametrize(
    "fields",
    [
        {"A": ("Mon", 10_000)},
        {"A": ("Mon-9000", 3)},
        {"A": ("Mon9000", 3)},
        {"A": ("Mon", 3, {"deadline": None}), "B": (None, 3), "links": "A FS+9000 B"},
        {"A": ("Mon", 3), "B": (None, 3999), "C": (None, 3999), "links": "A FS+3999 B; B FS+3999 C"},
        {"A": ("Mon", 3), "B": (None, 3999), "links": "A FF-3999 B"},
    ],
)
def test_what_lies_beyond_the_tables_is_passed_item_by_item(
    fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(**fields)
    small = Schedule(anew(plan))
    monkeypatch.setattr("roadwright.model.engine.network.BIG", 0)
    big = Schedule(anew(plan))
    assert all_of(big, plan) == all_of(small, plan)


def test_a_long_chain_is_passed_item_by_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadwright.model.engine.network.BIG", 0)
    names = [f"I{n}" for n in range(400)]
    links = "; ".join(f"{one} FS {other}" for one, other in pairwise(names))
    plan = planned(**dict.fromkeys(names, ("Mon", 1)), links=links)
    assert plan.network.shape is None
    assert Schedule(plan).slack(ItemId("I0")) == 0
