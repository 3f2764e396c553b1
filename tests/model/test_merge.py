"""Two people's changes of copies of one plan, put together."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.model.edits.baselines import take_baseline
from roadwright.model.edits.items import add_item, move_items, put_under, remove_items, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_team, remove_team
from roadwright.model.graph import loops
from roadwright.model.merge import merge
from roadwright.model.plan import Plan
from roadwright.model.records import BaselineId, ItemId, LinkId, TeamId

A, B, C = ItemId("A"), ItemId("B"), ItemId("C")
SEEDS = st.integers(0, 10**6)


def copies(seed: int, steps: int = 4) -> tuple[Plan, Plan, Plan]:
    """A plan and what became of it in two copies."""
    random = Random(seed)
    base = random_plan(random)
    mine = theirs = base
    for _ in range(steps):
        mine, theirs = random_change(random, mine), random_change(random, theirs)
    return base, mine, theirs


def assert_sound(plan: Plan) -> None:
    """No id dangles, no key is there twice, nothing goes round in a circle."""
    assert len(plan.keys) == len(plan.items)
    assert not loops(plan)
    for item in plan.items.values():
        assert item.parent is None or item.parent in plan.items
        assert item.team is None or item.team in plan.teams
        assert item.status is None or item.status in plan.statuses
        assert plan.outline.depth[item.id] == len(list(plan.outline.ancestors(item.id, plan.items)))
    ends = [(link.source, link.target, link.type) for link in plan.links.values()]
    assert len(set(ends)) == len(ends)
    for source, target, _ in ends:
        assert source in plan.items
        assert target in plan.items
        assert source not in plan.outline.ancestors(target, plan.items)


# Laws


@given(SEEDS)
def test_what_only_one_changed_is_taken(seed: int):
    base, mine, theirs = copies(seed)
    assert merge(base, base, theirs).plan == theirs
    assert merge(base, mine, base).plan == mine
    assert merge(base, mine, mine).plan == mine
    for merged in (merge(base, base, theirs), merge(base, mine, base), merge(base, mine, mine)):
        assert not merged.conflicts
        assert not merged.settled


@given(SEEDS)
def test_what_comes_out_is_sound(seed: int):
    base, mine, theirs = copies(seed)
    merged = merge(base, mine, theirs)
    assert_sound(merged.plan)
    assert_sound(merge(base, mine, theirs, {conflict.question for conflict in merged.conflicts}).plan)
    assert_sound(merge(None, mine, theirs).plan)


@given(SEEDS)
def test_both_ways_ask_the_same_questions(seed: int):
    base, mine, theirs = copies(seed)
    asked = {(c.question, repr(c.mine), repr(c.theirs)) for c in merge(base, mine, theirs).conflicts}
    other = {(c.question, repr(c.theirs), repr(c.mine)) for c in merge(base, theirs, mine).conflicts}
    assert asked == other


@given(SEEDS)
def test_taking_theirs_in_every_conflict_is_the_merge_seen_from_them(seed: int):
    base, mine, theirs = copies(seed)
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    if here.settled or there.settled:
        return  # what is impossible is solved in favour of whoever merges
    taken = merge(base, mine, theirs, {conflict.question for conflict in here.conflicts}).plan
    assert _without_order(taken) == _without_order(there.plan)


@given(SEEDS)
def test_declining_all_that_they_propose_leaves_mine(seed: int):
    base, mine, theirs = copies(seed)
    declined = {p.question for p in merge(base, mine, theirs).proposals if p.state == "theirs"}
    plan = merge(base, mine, theirs, declined).plan
    number = plan.info.next_number  # it only grows, whatever is taken
    assert plan == mine.put(replace(mine.info, next_number=number))


def _without_order(plan: Plan) -> Plan:
    """Tags come in the order of whoever merges, and a link drawn by both has the id of whoever merges."""
    plan = plan.put(*(replace(item, tags=tuple(sorted(item.tags))) for item in plan.items.values()))
    named = [
        replace(link, id=LinkId(f"{link.source} {link.type} {link.target}")) for link in plan.links.values()
    ]
    return plan.drop(*plan.links.values()).put(*named)


@given(SEEDS)
def test_edits_of_different_items_commute(seed: int):
    random = Random(seed)
    base = random_plan(random, size=12)
    assume(len(base.items) > 1)
    one, other = random.sample(list(base.items), 2)
    mine = set_field(base, [one], "title", "Mine")
    theirs = set_field(set_field(base, [other], "notes", "Theirs"), [other], "effort", 3.0)
    merged = merge(base, mine, theirs)
    assert not merged.conflicts
    assert merged.plan == merge(base, theirs, mine).plan
    assert merged.plan.items[one].title == "Mine"
    assert merged.plan.items[other].effort == 3.0


# Fields


def test_different_fields_of_one_item_are_both_kept():
    base = planned(A=("Mon", 3))
    merged = merge(base, set_field(base, [A], "title", "Checkout"), set_field(base, [A], "duration", 5))
    assert (merged.plan.items[A].title, merged.plan.items[A].duration) == ("Checkout", 5)
    assert not merged.conflicts


def test_the_same_field_changed_differently_is_asked_and_mine_stays():
    base = planned(A=("Mon", 3))
    mine, theirs = set_field(base, [A], "duration", 4), set_field(base, [A], "duration", 5)
    merged = merge(base, mine, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("duration", 3, 4, 5)
    assert merged.plan.items[A].duration == 4
    assert merge(base, mine, theirs, {conflict.question}).plan.items[A].duration == 5


def test_tags_are_added_and_removed_one_by_one():
    base = set_field(planned(A=("Mon", 3)), [A], "tags", ("api", "old"))
    mine = set_field(base, [A], "tags", ("api", "old", "mobile"))
    theirs = set_field(base, [A], "tags", ("api", "web"))
    assert merge(base, mine, theirs).plan.items[A].tags == ("api", "mobile", "web")


def test_a_bar_made_a_milestone_brings_its_duration():
    base = planned(A=("Mon", 3))
    merged = merge(base, set_field(base, [A], "title", "Go"), set_field(base, [A], "kind", "milestone"))
    assert (merged.plan.items[A].kind, merged.plan.items[A].duration) == ("milestone", 0)
    longer = merge(base, set_field(base, [A], "duration", 4), set_field(base, [A], "kind", "milestone"))
    assert [conflict.field for conflict in longer.conflicts] == ["kind"]
    assert (longer.plan.items[A].kind, longer.plan.items[A].duration) == ("bar", 4)


@pytest.mark.parametrize("removed_here", [True, False])
def test_removed_on_one_side_and_changed_on_the_other_is_asked(removed_here: bool):
    base = planned(A=("Mon", 3), B=("Mon", 1))
    removed, changed = remove_items(base, [A]), set_field(base, [A], "title", "Checkout")
    mine, theirs = (removed, changed) if removed_here else (changed, removed)
    merged = merge(base, mine, theirs)
    (conflict,) = merged.conflicts
    assert conflict.question == ("items", A, "")
    assert (A in merged.plan.items) is not removed_here
    assert (A in merge(base, mine, theirs, {conflict.question}).plan.items) is removed_here


def test_without_a_base_every_difference_is_asked_and_nothing_is_removed():
    base = planned(A=("Mon", 3), B=("Mon", 1))
    mine, theirs = set_field(base, [A], "title", "Checkout"), remove_items(base, [B])
    merged = merge(None, mine, theirs)
    assert [conflict.question for conflict in merged.conflicts] == [("items", A, "title")]
    assert merged.conflicts[0].base is None
    assert set(merged.plan.items) == {A, B}


def test_links_and_baselines_go_and_stay_with_the_item_that_they_removed():
    base = add_link(planned(A=("Mon", 3), B=("Mon", 1)), LinkId("l"), A, B)
    base = take_baseline(base, BaselineId("b"), "Then", date(2026, 1, 5))
    theirs = remove_items(base, [B])
    merged = merge(base, base, theirs)
    assert [proposal.question for proposal in merged.proposals] == [("items", B, "")]
    assert merged.plan == theirs
    assert merge(base, base, theirs, {("items", B, "")}).plan == base


# What only both together make impossible


def test_links_that_only_together_close_a_loop():
    # mine: A -> B      theirs: B -> A
    base = planned(A=("Mon", 3), B=("Mon", 1))
    mine, theirs = add_link(base, LinkId("m"), A, B), add_link(base, LinkId("t"), B, A)
    merged = merge(base, mine, theirs)
    assert set(merged.plan.links) == {"m"}
    assert [settled.code for settled in merged.settled] == ["merge.link_loop"]
    assert merged.settled[0].values["link"] == ["B", "A"]


def test_parents_that_only_together_make_a_circle():
    # mine: A under B      theirs: B under A
    base = planned(A=("Mon", 3), B=("Mon", 1))
    merged = merge(base, put_under(base, [A], B), put_under(base, [B], A))
    assert merged.plan.items[A].parent == B
    assert merged.plan.items[B].parent is None
    assert [settled.code for settled in merged.settled] == ["merge.parent_circle"]


def test_an_item_put_under_one_that_is_gone_moves_up():
    # C under B under A; theirs removes B, with C; mine has put a new item under B
    base = planned(A=("Mon", 3), B=("Mon", 1), C=("Mon", 1), under="A: B; B: C")
    mine = add_item(base, ItemId("D"), title="New", parent=B)
    merged = merge(base, mine, remove_items(base, [B]))
    assert set(merged.plan.items) == {A, "D"}
    assert merged.plan.items[ItemId("D")].parent == A
    assert [settled.code for settled in merged.settled] == ["merge.parent_gone"]


def test_one_key_given_to_two_new_items():
    base = planned(A=("Mon", 3))
    mine = add_link(add_item(base, B, title="Mine"), LinkId("m"), A, B)
    theirs = add_link(add_item(base, C, title="Theirs"), LinkId("t"), A, C)
    assert mine.items[B].key == theirs.items[C].key
    merged = merge(base, mine, theirs).plan
    assert merged.items[B].key == mine.items[B].key
    assert merged.items[C].key not in {"A", mine.items[B].key}
    assert {(link.source, link.target) for link in merged.links.values()} == {(A, B), (A, C)}
    assert add_item(merged, ItemId("D")).items[ItemId("D")].key not in merged.keys


def test_a_team_one_removed_and_the_other_came_to_use_is_kept():
    team = TeamId("mobile")
    base = add_team(planned(A=("Mon", 3)), team, "Mobile")
    merged = merge(base, set_field(base, [A], "team", team), remove_team(base, team))
    assert merged.plan.items[A].team == team
    assert merged.plan.teams[team].title == "Mobile"
    assert [settled.code for settled in merged.settled] == ["merge.brought_back"]


def test_a_team_that_is_new_comes_along_with_what_uses_it():
    team = TeamId("mobile")
    base = planned(A=("Mon", 3))
    theirs = set_field(add_team(base, team, "Mobile"), [A], "team", team)
    merged = merge(base, base, theirs, {("teams", team, "")})
    assert merged.plan.teams[team].title == "Mobile"
    assert [settled.code for settled in merged.settled] == ["merge.brought_along"]


def test_the_same_link_drawn_by_both_is_there_once():
    base = planned(A=("Mon", 3), B=("Mon", 1))
    merged = merge(base, add_link(base, LinkId("m"), A, B), add_link(base, LinkId("t"), A, B))
    assert set(merged.plan.links) == {"m"}


def test_a_link_loses_the_item_that_the_other_removed():
    base = planned(A=("Mon", 3), B=("Mon", 1))
    merged = merge(base, add_link(base, LinkId("m"), A, B), remove_items(base, [B]))
    assert not merged.plan.links
    assert [settled.code for settled in merged.settled] == ["merge.link_end_gone"]


def test_dates_moved_in_both_copies():
    base = planned(A=("Mon", 3), B=("Mon", 1))
    mine = move_items(base, {A: base.items[A].start}, 1)
    theirs = move_items(base, {B: base.items[B].start}, 2)
    merged = merge(base, mine, theirs).plan
    assert merged.items[A].start == mine.items[A].start
    assert merged.items[B].start == theirs.items[B].start
