"""The plan as a value: putting, dropping, differences and what is derived from the tables."""

from __future__ import annotations

from random import Random

import pytest
from arbitrary import plans
from hypothesis import given
from msgspec.structs import replace
from random_edits import random_change
from random_plans import random_plan
from roadwright.model.change import Change
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Item, ItemId, Link, LinkId, new_id


def item(id: str, **fields: object) -> Item:
    return Item(id=ItemId(id), key=id.upper(), **fields)


def test_put_shares_the_untouched_tables():
    plan = new_plan("Roadmap")
    after = plan.put(item("a"))
    assert after.items.keys() == {"a"}
    assert not plan.items
    assert after.statuses is plan.statuses


def test_a_difference_names_each_touched_record_before_and_after():
    before = new_plan().put(item("a"), item("b"), item("c"))
    after = before.put(item("b", title="B"), item("d")).drop(before.items[ItemId("a")])
    change = after.since(before)
    assert {(e.id, e.before is None, e.after is None) for e in change.edits} == {
        ("a", False, True),
        ("b", False, False),
        ("d", True, False),
    }


@given(plans(), plans())
def test_apply_and_invert_are_each_others_inverse(one: Plan, other: Plan):
    change = other.since(one)
    assert one.apply(change) == other
    assert other.apply(change.inverted()) == one
    assert not one.since(one)


@given(plans(), plans(), plans())
def test_joined_changes_do_what_both_do(a: Plan, b: Plan, c: Plan):
    assert a.apply(b.since(a).joined(c.since(b))) == c
    assert not b.since(a).joined(a.since(b))


@given(plans(), plans())
def test_a_patch_is_read_back_as_the_change_it_was(one: Plan, other: Plan):
    change = other.since(one)
    assert Change.from_patch(change.patch(), one.tables()) == change


def test_a_patch_holds_only_what_differs():
    before = new_plan().put(item("a", title="A", notes="x" * 1000))
    patch = before.put(replace(before.items[ItemId("a")], title="B")).since(before).patch()
    assert patch == [{"table": "items", "id": "a", "-": {"title": "A"}, "+": {"title": "B"}}]


@given(plans())
def test_what_is_derived_is_handed_on_only_while_it_holds(plan: Plan):
    for derived in ("outline", "keys", "network", "incoming", "outgoing", "working_days"):
        getattr(plan, derived)
    added = plan.put(item("new", parent=next(iter(plan.items), None)))
    assert added.outline.order == Plan(items=added.items).outline.order
    assert added.keys == Plan(items=added.items).keys
    dropped = added.drop(added.items[ItemId("new")])
    assert dropped.outline.order == Plan(items=dropped.items).outline.order


def test_the_outline_goes_depth_first_by_rank():
    plan = new_plan().put(
        item("b", rank=2.0),
        item("a", rank=1.0),
        item("a2", rank=2.0, parent=ItemId("a")),
        item("a1", rank=1.0, parent=ItemId("a")),
    )
    assert plan.outline.order == ["a", "a1", "a2", "b"]
    assert plan.outline.depth[ItemId("a1")] == 1
    assert list(plan.outline.descendants(ItemId("a"))) == ["a1", "a2"]


def test_items_in_a_circle_of_parents_are_still_shown():
    plan = new_plan().put(item("a", parent=ItemId("b")), item("b", parent=ItemId("a")), item("c"))
    assert sorted(plan.outline.order) == ["a", "b", "c"]
    assert list(plan.outline.ancestors(ItemId("a"), plan.items)) == ["b"]


def test_ids_are_uuids_of_version_7_in_the_order_of_time():
    one, other = new_id(), new_id()
    assert len(one) == 36
    assert one[14] == other[14] == "7"
    assert one[:8] <= other[:8]


@pytest.mark.parametrize("seed", range(40))
def test_differences_are_found_however_plans_came_about(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("roadwright.model.traces._FEW", 6)
    random = Random(seed)
    family = [random_plan(random, size=8)]
    for _ in range(12):
        family.append(random_change(random, random.choice(family)))
    for one in family:
        for other in family:
            change = other.since(one)
            assert one.apply(change) == other
            everything = {
                (name, id)
                for name, table in one.tables().items()
                for id in {**table, **other.table(name)}
                if table.get(id) != other.table(name).get(id)
            }
            assert {(edit.table, edit.id) for edit in change.edits} == everything


@pytest.mark.parametrize("seed", range(40))
def test_links_by_their_ends_follow_changes(seed: int):
    random = Random(seed)
    plan = random_plan(random, size=8)
    for _ in range(15):
        _ = plan.incoming, plan.outgoing
        plan = random_change(random, plan)
        fresh = Plan(items=plan.items, links=plan.links)
        assert plan.incoming == fresh.incoming
        assert plan.outgoing == fresh.outgoing


def test_links_of_finds_both_ends():
    link = Link(id=LinkId("l"), source=ItemId("a"), target=ItemId("b"))
    plan = new_plan().put(item("a"), item("b"), item("c"), link)
    assert plan.links_of([ItemId("a")]) == plan.links_of([ItemId("b")]) == [link]
    assert plan.links_of([ItemId("c")]) == []
