"""Lanes: what makes them, how their bars are packed, and what it does to be dropped into one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import day, planned, shown
from roadwright.model.edits.items import set_field
from roadwright.model.edits.lanes import put_in_lane
from roadwright.model.fields import FIELDS
from roadwright.model.plan import Plan
from roadwright.model.query import Row, packed, rows
from roadwright.model.records import Item, ItemId, Sort, View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.rows.lanes import color_place, grouping, groupings, value_text
from roadwright.model.schedule import Schedule, schedule

PERIODS = [f"{day}.{unit}" for day in ("start", "finish", "deadline") for unit in ("quarter", "month")]
KEYS = st.sampled_from(sorted([*FIELDS, "top", *PERIODS]))


def view(**looks: object) -> View:
    return View(id=ViewId("v"), title="", **looks)  # type: ignore[arg-type]


def lane_value(plan: Plan, times: Schedule, id: ItemId, key: str) -> object:
    by = grouping(plan, key)
    assert by is not None
    return by.read(plan, times, plan.items[id])


def lanes(plan: Plan, **looks: object) -> str:
    """`[team: A B] [none: C]`: lanes with their rows; items that share a row are joined by +."""
    text = ""
    for row in rows(plan, schedule(plan), view(**looks), packing=True, backlog=True):
        text += f" {'  ' * 0}[{row.title}]" if row.item is None else " " + "+".join(row.items)
    return text.strip()


@pytest.fixture
def plan() -> Plan:
    #     5 Jan      12         19         26
    # A   ========
    # B              ========
    # C   ===================
    # D                         ========
    return planned(
        "",
        "P: A B; Q: C",
        P=(None, 1),
        Q=(None, 1),
        A=("Mon", 5, {"team": "web", "status": "planned", "effort": 3.0}),
        B=("Mon2", 5, {"team": "web", "status": "done", "effort": 2.5}),
        C=("Mon", 10, {"team": "web", "status": "planned"}),
        D=("Mon3", 5, {"status": "planned"}),
    )


def test_two_levels_of_lanes_nest(plan: Plan):
    assert lanes(plan, group="team", subgroup="status") == (
        "[web] [Planned] A C [Done] B [lane.none] [Planned] D"
    )
    found = rows(plan, schedule(plan), view(group="team", subgroup="status"))
    assert [row.depth for row in found] == [0, 1, 2, 2, 1, 2, 0, 1, 2]
    assert [row.path for row in found][2] == (("team", "web"), ("status", "planned"))
    assert found[0].effort == 5.5
    assert found[0].count == 3


def test_the_second_level_counts_only_below_a_first(plan: Plan):
    assert lanes(plan, subgroup="status") == "P A B Q C D"


def test_lanes_of_what_stands_at_the_top(plan: Plan):
    assert lanes(plan, group="top") == "[P] A B [Q] C [lane.none] D"


def test_lanes_of_quarters_come_in_their_order(plan: Plan):
    plan = set_field(plan, [ItemId("D")], "start", date(2026, 4, 1))
    assert lanes(plan, group="start.quarter") == "[2026-Q1] A B C [2026-Q2] D"
    fiscal = plan.put(replace(plan.info, fiscal_start=4))
    assert lanes(fiscal, group="start.quarter") == "[2026-Q4] A B C [2027-Q1] D"


def test_the_days_of_any_field_make_lanes_of_quarters_and_months(plan: Plan):
    plan = set_field(plan, [ItemId("A"), ItemId("B")], "deadline", date(2026, 2, 27))
    assert lanes(plan, group="deadline.quarter") == "[2026-Q1] A B [lane.none] C D"
    later = put_in_lane(plan, [ItemId("B")], (("deadline.month", date(2026, 5, 1)),))
    assert later.items[ItemId("B")].deadline == date(2026, 5, 27)  # as far into the month as it was
    assert lanes(later, group="deadline.month") == "[2026-02] A [2026-05] B [lane.none] C D"
    assert put_in_lane(later, [ItemId("B")], (("deadline.month", None),)).items[ItemId("B")].deadline is None
    assert lanes(plan, group="title.quarter") == lanes(plan)


def test_bars_that_do_not_touch_share_a_row(plan: Plan):
    assert lanes(plan, group="team", packed=True) == "[web] A+B C [lane.none] D"


def test_only_a_drawing_packs_rows(plan: Plan):
    assert [row.shared for row in rows(plan, schedule(plan), view(group="team", packed=True))] == [()] * 6


def test_a_folded_lane_knows_what_it_hides(plan: Plan):
    looks = view(group="team", subgroup="status")
    found = rows(plan, schedule(plan), looks, collapsed={"lane:team:web"})
    assert found[0].folded
    assert found[0].hidden == ("A", "B", "C")
    assert [row.title for row in found] == ["web", "lane.none", "Planned", ""]


def test_empty_lanes_are_shown_on_request(plan: Plan):
    assert lanes(plan, group="status", show_empty=True) == "[Planned] A C D [In progress] [Done] B"


def test_done_items_can_be_left_out(plan: Plan):
    assert lanes(plan, group="team", show_done=False) == "[web] A C [lane.none] D"


def test_sorting_orders_siblings_and_leaves_the_plan_alone(plan: Plan):
    assert lanes(plan, sort=(Sort("title", True),)) == "Q C P B A D"
    assert lanes(plan, group="team", sort=(Sort("effort"),)) == "[web] B A C [lane.none] D"
    assert lanes(plan, group="team", sort=(Sort("status", True), Sort("title", True))) == (
        "[web] B C A [lane.none] D"
    )
    assert lanes(plan) == "P A B Q C D"


# Dropping into lanes


def test_a_drop_gives_an_item_the_values_of_the_lane(plan: Plan):
    plan = put_in_lane(plan, [ItemId("D"), ItemId("A")], (("team", "web"), ("status", "done")))
    assert lanes(plan, group="team", subgroup="status") == "[web] [Planned] C [Done] A B D"


def test_a_drop_into_the_lane_without_a_value_empties_it(plan: Plan):
    plan = put_in_lane(plan, [ItemId("A")], (("team", None),))
    assert plan.items[ItemId("A")].team is None
    plan = put_in_lane(plan, [ItemId("A")], (("top", None),))
    assert plan.items[ItemId("A")].parent is None


def test_a_drop_into_a_quarter_comes_as_far_into_it(plan: Plan):
    plan = put_in_lane(plan, [ItemId("B")], (("start.quarter", date(2026, 4, 1)),))
    assert plan.items[ItemId("B")].start == date(2026, 4, 13)  # the 12th is a Sunday
    plan = put_in_lane(plan, [ItemId("B")], (("start.quarter", None),))
    assert shown(plan)["B"] == ""


def test_nobody_can_choose_what_follows_from_others(plan: Plan):
    with pytest.raises(Refused, match=r"lane\.derived"):
        put_in_lane(plan, [ItemId("A")], (("critical", True),))
    with pytest.raises(Refused, match=r"lane\.derived"):
        put_in_lane(plan, [ItemId("A")], (("finish.month", date(2030, 1, 1)),))
    same = lane_value(plan, schedule(plan), ItemId("A"), "critical")
    assert put_in_lane(plan, [ItemId("A")], (("critical", same),)) is plan


# Laws


@given(plans(), KEYS, KEYS, st.booleans(), st.booleans(), st.booleans())
def test_every_leaf_is_in_one_row_of_its_lane(
    plan: Plan, group: str, subgroup: str, pack: bool, empty: bool, by_title: bool
):
    times = schedule(plan)
    looks = view(
        group=group,
        subgroup=subgroup,
        packed=pack,
        show_empty=empty,
        sort=(Sort("title"),) if by_title else (),
    )
    found = rows(plan, times, looks, backlog=True, packing=True)
    leaves = [id for row in found for id in row.items]
    assert sorted(leaves) == sorted(id for id in plan.items if not plan.outline.is_parent(id))
    assert len({row.ref for row in found}) == len(found)
    for row in found:
        for id in row.items:
            assert [key for key, _ in row.path] == [group, subgroup]
            assert all(lane_value(plan, times, id, key) == value for key, value in row.path)
    heads = [row for row in found if row.item is None]
    assert sum(row.count for row in heads if row.depth == 0) == len(leaves)
    assert sum(row.count for row in heads if row.depth == 1) == len(leaves)


@given(plans(), KEYS)
def test_a_lane_in_which_nobody_has_moved_rows_has_the_order_of_the_plan(plan: Plan, group: str):
    plan = plan.put(*(replace(item, below=None) for item in plan.items.values()))
    found = rows(plan, schedule(plan), view(group=group), backlog=True)
    place = plan.outline.place
    for before, after in pairwise(found):
        if before.item is not None and after.item is not None:
            assert place[before.item] < place[after.item]


@given(plans(max_items=12), st.sampled_from(sorted(FIELDS)), st.booleans())
def test_a_sorted_hierarchy_is_the_same_hierarchy(plan: Plan, key: str, down: bool):
    times = schedule(plan)
    plain = rows(plan, times, view(), backlog=True)
    ordered = rows(plan, times, view(sort=(Sort(key, down),)), backlog=True)
    assert sorted(row.ref for row in ordered) == sorted(row.ref for row in plain)
    assert parents_of(ordered) == parents_of(plain)


def parents_of(found: list[Row]) -> dict[str, str | None]:
    above: list[Row] = []
    parents: dict[str, str | None] = {}
    for row in found:
        above = [other for other in above if other.depth < row.depth]
        parents[row.ref] = above[-1].ref if above else None
        above.append(row)
    return parents


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=25))
def test_packed_bars_never_touch_and_take_as_few_rows_as_they_can(spans: list[tuple[int, int]]):
    plan = Plan().put(planned().info)
    for n, (start, duration) in enumerate(spans):
        plan = plan.put(
            Item(
                id=ItemId(f"i{n:02}"),
                key=f"K{n}",
                rank=float(n),
                start=date.fromordinal(day("Mon").toordinal() + start),
                duration=duration,
                kind="bar" if duration else "milestone",
            )
        )
    times = schedule(plan)
    result = packed(plan, times, plan.outline.order)
    assert sorted(id for row in result for id in row) == sorted(plan.items)
    for row in result:
        ends = [(times.start[id], times.finish[id]) for id in row]
        assert ends == sorted(ends)
        assert all(one[1] < other[0] for one, other in pairwise(ends))
    if all(duration for _, duration in spans):
        days = {at for id in plan.items for at in range(times.start[id], times.finish[id] + 1)}
        busy = [sum(times.start[id] <= at <= times.finish[id] for id in plan.items) for at in days]
        assert len(result) == max(busy, default=0)


@given(plans(), KEYS, st.data())
def test_a_dropped_item_is_in_the_lane(plan: Plan, key: str, data: st.DataObject):
    times = schedule(plan)
    leaves = [id for id in plan.outline.order if not plan.outline.is_parent(id)]
    if not leaves:
        return
    chosen, model = data.draw(st.sampled_from(leaves)), data.draw(st.sampled_from(leaves))
    value = lane_value(plan, times, model, key)
    try:
        dropped = put_in_lane(plan, [chosen], ((key, value),))
    except Refused:
        return
    found = lane_value(dropped, schedule(dropped), chosen, key)
    waits = bool(plan.incoming.get(chosen)) or any(
        plan.incoming.get(above) for above in plan.outline.ancestors(chosen, plan.items)
    )
    if key not in ("start", "finish", "start.quarter", "start.month", "progress", "depends") and not waits:
        assert found == value


def test_what_is_offered_for_lanes_can_be_named(plan: Plan):
    for by in groupings(plan):
        assert grouping(plan, by.key) == by
        assert isinstance(value_text(plan, by, None), str)
    assert [by.key for by in groupings(plan)][:5] == ["team", "owner", "status", "level", "top"]


def test_colours_of_quarters_and_tops_follow_their_order(plan: Plan):
    assert color_place(plan, "top", "Q") == 1
    quarters = [color_place(plan, "start.quarter", date(2026, month, 1)) for month in (1, 4)]
    assert quarters[0] != quarters[1]
