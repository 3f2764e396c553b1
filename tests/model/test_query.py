"""Which rows a view shows."""

from __future__ import annotations

from datetime import date

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from roadwright.model.edits.items import add_item, put_under, set_field
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.fields import FIELDS
from roadwright.model.plan import Plan, new_plan
from roadwright.model.query import backlog, rows
from roadwright.model.records import ItemId, PersonId, TeamId, View, ViewId
from roadwright.model.rows.filters import Reading
from roadwright.model.rows.lanes import color_place
from roadwright.model.schedule import schedule

MON = date(2026, 1, 5)


@pytest.fixture
def plan() -> Plan:
    """p(a b) c, and d in the backlog; a and c are Web's, b has no team."""
    plan = add_team(add_team(new_plan(), TeamId("m"), "Mobile"), TeamId("w"), "Web")
    plan = add_person(plan, PersonId("kim"), "Daniel Kim")
    for id, title in (
        ("p", "Portal"),
        ("a", "Sign-in"),
        ("b", "Sign-out"),
        ("c", "Checkout"),
        ("d", "Later on"),
    ):
        plan = add_item(plan, ItemId(id), title=title, start=None if id in "pd" else MON)
    plan = put_under(plan, [ItemId("a"), ItemId("b")], ItemId("p"))
    plan = set_field(plan, [ItemId("a"), ItemId("c")], "team", "w")
    return set_field(plan, [ItemId("a")], "owner", "kim")


def shown(plan: Plan, view: View | None = None, **more: object) -> str:
    return " ".join(
        ("  " * 0 + (row.item or f"[{row.title}:{row.count}]")) + ("+" if row.folded else "")
        for row in rows(plan, schedule(plan), view, **more)
    )


BY_TEAM = View(id=ViewId("t"), title="", group="team")


def test_the_hierarchy_leaves_out_the_backlog_unless_asked(plan: Plan):
    assert shown(plan) == "p a b c"
    assert shown(plan, backlog=True) == "p a b c d"
    assert [row.depth for row in rows(plan, schedule(plan), None)] == [0, 1, 1, 0]
    assert backlog(plan, schedule(plan)) == ["d"]


def test_a_folded_parent_hides_what_is_below(plan: Plan):
    assert shown(plan, collapsed={"p"}) == "p+ c"


def test_lanes_come_in_the_order_of_teams_and_the_teamless_last(plan: Plan):
    assert shown(plan, BY_TEAM) == "[Web:2] a c [lane.none:1] b"
    assert shown(plan, BY_TEAM, collapsed={"lane:team:w"}) == "[Web:2]+ [lane.none:1] b"


def test_search_keeps_the_parents_of_what_it_finds(plan: Plan):
    assert shown(plan, search="sign-in") == "p a"
    assert shown(plan, search="sign") == "p a b"
    assert shown(plan, View(id=ViewId("f"), title="", filter="team:web")) == "p a c"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "a b c p"),
        ("SIGN", "a b"),
        ("sign kim", "a"),
        ("owner:kim", "a"),
        ("-owner:kim sign", "b"),
        ('"sign in"', ""),
        ("rw-4", "c"),
        ("http://x", ""),
        ("status:planned checkout", "c"),
    ],
)
def test_search_terms(plan: Plan, query: str, found: str):
    times = schedule(plan)
    reading = Reading(query, plan, times)
    assert " ".join(sorted(id for id in times.start if reading.test(plan.items[id]))) == found


@given(plans(), st.sampled_from(sorted(FIELDS)))
def test_any_field_makes_lanes_that_hold_every_leaf_once(plan: Plan, key: str):
    times = schedule(plan)
    result = rows(plan, times, View(id=ViewId("v"), title="", group=key), backlog=True)
    items = [row.item for row in result if row.item]
    assert sorted(items) == sorted(id for id in plan.items if not plan.outline.is_parent(id))
    assert len({row.ref for row in result}) == len(result)
    lanes = [row for row in result if not row.item]
    assert sum(row.count for row in lanes) == len(items)


def test_colours_follow_the_place_in_the_table(plan: Plan):
    assert color_place(plan, "team", "w") == 1
    assert color_place(plan, "team", None) is None
    assert color_place(plan, "owner", "kim") == 0
