"""Rows copied, cut and pasted: what comes along, and what does not."""

from __future__ import annotations

import msgspec
import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from plans import planned, shown
from roadwright.model.edits.items import remove_items
from roadwright.model.edits.rows import Rows, put_rows, rows_of
from roadwright.model.graph import loops
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, new_id
from roadwright.model.refused import Refused


@pytest.fixture
def plan() -> Plan:
    return planned(
        P=(None, 1), A=("Mon", 2), B=("Wed", 2), C=("Fri", 1), D=("Mon2", 1),
        under="P: A B", links="A FS B; B FS C; C FS D",
    )  # fmt: skip


def fresh(plan: Plan, rows: Rows) -> dict[ItemId, ItemId]:
    return {item.id: ItemId(new_id()) for item in rows.items if item.id in plan.items}


def test_a_copy_comes_with_what_is_under_it_and_the_links_among_that(plan: Plan) -> None:
    rows = rows_of(plan, ["P"])
    result = put_rows(plan, rows, fresh(plan, rows), None, None)
    assert [result.items[id].title for id in result.outline.order] == list("PABCDPAB")
    assert len({item.key for item in result.items.values()}) == 8
    copies = set(result.items) - set(plan.items)
    added = [link for id, link in result.links.items() if id not in plan.links]
    assert [(result.items[link.source].title, result.items[link.target].title) for link in added] == [
        ("A", "B")
    ]
    assert copies.issuperset(end for link in added for end in (link.source, link.target))


def test_what_was_cut_is_pasted_as_it_was_with_all_its_links(plan: Plan) -> None:
    rows = rows_of(plan, ["P"])
    without = remove_items(plan, ["P"])
    result = put_rows(without, rows, fresh(without, rows), None, "D")
    assert result.outline.order == ["C", "P", "A", "B", "D"]
    assert result.links == plan.links
    assert {item.key for item in result.items.values()} == set("PABCD")
    assert shown(result) | {"P": ""} == shown(plan) | {"P": ""}


def test_rows_survive_the_clipboard(plan: Plan) -> None:
    rows = rows_of(plan, ["P", "C"])
    assert msgspec.json.decode(msgspec.json.encode(rows), type=Rows) == rows


def test_a_link_that_would_close_a_loop_by_now_is_left_out(plan: Plan) -> None:
    from roadwright.model.edits.links import add_link

    rows = rows_of(plan, ["B"])
    without = add_link(remove_items(plan, ["B"]), "back", "C", "A")
    result = put_rows(without, rows, {}, "P", None)
    assert not loops(result)
    assert {link.id for link in result.links.values()} == {"back", "C FS D", "A FS B"}


def test_rows_can_not_be_pasted_under_what_they_are_linked_with(plan: Plan) -> None:
    rows = rows_of(plan, ["B"])
    result = put_rows(remove_items(plan, ["B"]), rows, {}, "C", None)
    assert result.items["B"].parent == "C"
    assert "B FS C" not in result.links
    with pytest.raises(KeyError):
        put_rows(plan, rows, {}, "nobody", None)
    with pytest.raises(Refused):
        put_rows(plan, rows, {"B": "B2"}, "B2", None)


@given(plans(12), st.data())
def test_pasting_leaves_a_sound_plan_and_the_rest_as_it_was(plan: Plan, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(plan.outline.order), max_size=4)) if plan.items else []
    rows = rows_of(plan, chosen)
    cut = data.draw(st.booleans())
    ground = remove_items(plan, chosen) if cut else plan
    result = put_rows(ground, rows, fresh(ground, rows), None, None)
    assert len(result.items) == len(ground.items) + len(rows.items)
    assert len(result.keys) == len(result.items)
    assert all(result.items[id].title == item.title for id, item in ground.items.items())
    assert bool(loops(result)) <= bool(loops(plan))
    assert all(link.source in result.items and link.target in result.items for link in result.links.values())
