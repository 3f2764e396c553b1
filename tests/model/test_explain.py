"""Why an item stands where it does, in a chain of sentences."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from plans import day, day_name, planned
from random_plans import random_plan
from roadwright.io.strings import knows, say
from roadwright.model.explain import earliest, explain, latest
from roadwright.model.plan import Plan
from roadwright.model.records import LINK_TYPES, ItemId
from roadwright.model.schedule import schedule

A, B, C, M, P = map(ItemId, "ABCMP")


def why(plan: Plan, id: ItemId) -> list[str]:
    steps = explain(plan, schedule(plan), id)
    for step in steps:
        assert knows(step.code)
    return [say(step.code, **step.values) for step in steps]


def test_a_chain_of_links_goes_back_to_a_start() -> None:
    plan = planned(A=("Mon", 2), B=(None, 3), C=("Mon", 1), links="A FS B; B FS+3 C")
    assert why(plan, C) == [
        "C starts 2026-01-15 because B (FS+3d) finishes 2026-01-09.",
        "B starts 2026-01-07 because A (FS) finishes 2026-01-06.",
        "A starts 2026-01-05, which is its own start.",
    ]
    steps = explain(plan, schedule(plan), C)
    assert [(step.id, step.other, step.link) for step in steps] == [
        (C, B, "B FS+3 C"),
        (B, A, "A FS B"),
        (A, None, None),
    ]


def test_a_parent_is_explained_by_the_child_that_ends_it() -> None:
    plan = planned(
        P=(None, 1),
        A=("Mon", 1),
        B=("Tue", 2),
        C=(None, 1),
        M=(None, 0),
        under="P: A B",
        links="P FS C; P SS M",
    )
    assert why(plan, C) == [
        "C starts 2026-01-08 because P (FS) finishes 2026-01-07.",
        "P finishes 2026-01-07 because B, which is part of it, finishes then.",
        "B starts 2026-01-06, which is its own start.",
    ]
    assert why(plan, M)[1] == "P starts 2026-01-05 because A, which is part of it, starts then."


def test_a_link_into_a_parent_holds_what_is_below() -> None:
    plan = planned(A=("Mon", 2), P=(None, 1), B=(None, 1), under="P: B", links="A FS P")
    assert (
        why(plan, B)[0] == "B starts 2026-01-07 because all of P waits for A (FS), which finishes 2026-01-06."
    )


def test_what_stands_and_what_has_no_date() -> None:
    plan = planned(
        A=("Mon", 1, {"pinned": True}),
        B=("Mon", 1, {"status": "in-progress"}),
        C=("Mon", 1, {"status": "done"}),
        M=(None, 0),
    )
    assert [why(plan, id)[0].split("2026")[0] for id in (A, B, C)] == [
        "A is pinned to ",
        "B is being worked on and keeps its start, ",
        "C is done and keeps its start, ",
    ]
    assert why(plan, M) == ["M has no date: it has no start, and waits for nothing that has one."]


@pytest.mark.parametrize("type", LINK_TYPES)
@pytest.mark.parametrize("through", ["B", "P"])
def test_every_link_type_has_words(type: str, through: str) -> None:
    plan = planned(A=("Wed", 5), P=(None, 1), B=(None, 1), under="P: B", links=f"A {type}+1 {through}")
    first = why(plan, B)[0]
    assert f"({type}+1d)" in first
    assert "{" not in first


def test_every_chain_ends_and_hangs_together() -> None:
    for seed in range(150):
        plan = random_plan(Random(f"why {seed}"), size=10, sound=seed % 5 != 0)
        dates = schedule(plan)
        for id in plan.items:
            steps = explain(plan, dates, id)
            assert steps[0].id == id
            assert [step.other for step in steps] == [*(step.id for step in steps[1:]), None]
            assert all(knows(step.code) for step in steps)
            assert (steps[0].code == "why.backlog") == (id not in dates)


def test_what_holds_an_item_is_named() -> None:
    plan = planned(A=("Mon", 2), B=("Wed3", 1), C=("Fri", 1), M=("Mon3", 0), links="A FS+1 B; A FS M")
    dates = schedule(plan)
    hold = earliest(plan, dates, B)
    assert hold
    assert (hold.day, hold.source, hold.link) == (day("Thu"), A, "A FS+1 B")
    milestone = earliest(plan, dates, M)
    assert milestone
    assert milestone.day == day("Tue")
    assert earliest(plan, dates, C) is None


def test_what_is_early_as_can_be_is_held_all_the_same() -> None:
    plan = planned(A=("Mon", 2), P=(None, 1), B=("Mon", 1), under="P: B", links="A FS P")
    hold = earliest(plan, schedule(plan), B)
    assert hold
    assert (hold.day, hold.source) == (day("Wed"), A)
    assert earliest(plan, schedule(plan), P) is None


# How far it may go


def test_the_latest_days_are_those_that_the_slack_allows() -> None:
    #      Mo Tu We Th Fr | Mo Tu
    # A    =====                     three days of slack
    # B    ====================
    # M       *                      a milestone
    plan = planned(A=("Mon", 2), B=("Mon", 5), M=("Tue", 0), C=(None, 1))
    dates = schedule(plan)
    assert [day_name(when) for when in (latest(plan, dates, A).first, latest(plan, dates, A).last)] == [
        "Thu",
        "Fri",
    ]
    assert latest(plan, dates, B) == dates.dates(B)
    assert day_name(latest(plan, dates, M).first) == "Fri"
    assert latest(plan, dates, C) is None


def test_what_is_late_should_have_been_earlier() -> None:
    plan = planned(A=("Wed", 2, {"deadline": day("Tue")}))
    span = latest(plan, schedule(plan), A)
    assert [day_name(span.first), day_name(span.last)] == ["Mon", "Tue"]


@pytest.mark.parametrize("seed", range(3))
def test_moved_to_its_latest_days_an_item_moves_no_end(seed: int) -> None:
    random = Random(f"latest {seed}")
    for _ in range(40):
        plan = random_plan(random)
        dates = schedule(plan)
        for id in plan.items:
            slack, span = dates.slack(id), latest(plan, dates, id)
            if slack is None or slack <= 0 or dates.stands(id) or plan.outline.is_parent(id):
                continue
            late = schedule(plan.put(replace(plan.items[id], start=span.first)))
            assert late.end == dates.end
            assert late.slack(id) == 0 or late.dates(id) != span
