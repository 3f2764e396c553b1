"""Saved views: kept, named, removed and put in order; each is one step to undo."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from roadwright.model.document import Document
from roadwright.model.edits.views import add_view, order_views, remove_view, rename_view, save_view
from roadwright.model.outline import ranked
from roadwright.model.plan import Plan, new_plan
from roadwright.model.query import dimmed, rows
from roadwright.model.records import View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule


def titles(plan: Plan) -> list[str]:
    return [view.title for view in ranked(plan.views)]


def test_a_new_plan_has_the_usual_views():
    plan = new_plan("Mine")
    assert titles(plan) == [
        "Whole plan",
        "Plan by team",
        "By objective",
        "Now – Next – Later",
        "By status",
        "Critical path",
        "My items",
    ]
    for view in plan.views.values():
        assert rows(plan, schedule(plan), view, backlog=True) == []


def test_saving_keeps_the_looks_and_nothing_else():
    plan = new_plan()
    saved = plan.views[ViewId("plan")]
    plan = save_view(plan, replace(saved, group="team", title="Something", rank=9.0))
    assert plan.views[ViewId("plan")] == replace(saved, group="team")


def test_a_view_comes_below_the_one_it_was_made_from():
    plan = add_view(new_plan(), View(id=ViewId("x"), title="  Next  quarter "), ViewId("plan"))
    assert titles(plan)[:3] == ["Whole plan", "Next quarter", "Plan by team"]
    assert titles(add_view(plan, View(id=ViewId("y"), title="Last")))[-1] == "Last"


def test_two_views_are_never_called_the_same():
    plan = new_plan()
    with pytest.raises(Refused, match=r"view\.title_taken"):
        add_view(plan, View(id=ViewId("x"), title="whole PLAN"))
    with pytest.raises(Refused, match=r"view\.untitled"):
        rename_view(plan, ViewId("plan"), "  ")
    assert rename_view(plan, ViewId("plan"), "Whole Plan").views[ViewId("plan")].title == "Whole Plan"


def test_the_last_view_stays():
    plan = new_plan()
    for id in list(plan.views)[1:]:
        plan = remove_view(plan, id)
    with pytest.raises(Refused, match=r"view\.last"):
        remove_view(plan, ViewId("plan"))


def test_views_are_put_in_order_by_hand():
    document = Document(new_plan())
    before = titles(document.plan)
    document.commit(order_views, [ViewId("my-items"), ViewId("gone"), ViewId("plan")])
    assert titles(document.plan)[:3] == ["My items", "Whole plan", "Plan by team"]
    document.undo()
    assert titles(document.plan) == before


def test_dimming_shows_all_and_tells_what_was_not_found():
    from plans import planned

    plan = planned("", "P: A B", P=(None, 1), A=("Mon", 1), B=("Mon", 1), C=("Mon", 1))
    times = schedule(plan)
    view = View(id=ViewId("v"), title="", dims=True, filter="title=a")
    assert [row.item for row in rows(plan, times, view)] == ["P", "A", "B", "C"]
    assert dimmed(plan, times, view) == {"B", "C"}  # P is lit: what is found is below it
    assert dimmed(plan, times, replace(view, filter=""), search="c") == {"P", "A", "B"}
    assert dimmed(plan, times, replace(view, dims=False)) == frozenset()
    assert dimmed(plan, times, replace(view, filter="")) == frozenset()
