"""What a frame of a gesture costs the model at 10,000 items, in CPU time: the edit and the schedule after it.

Each is to be under 5 ms, so that two thirds of a frame are left for layout and paint.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from big_plans import as_in_the_program, linkable, plan_of
from roadwright.model.document import Document
from roadwright.model.edits.items import (
    add_item,
    indent_items,
    move_items,
    put_under,
    remove_items,
    rename_item,
    resize_item,
)
from roadwright.model.edits.links import add_link
from roadwright.model.plan import Plan
from roadwright.model.query import rows
from roadwright.model.records import ItemId, LinkId

pytestmark = pytest.mark.benchmark(timer=time.process_time, group="gestures")

Edit = tuple[Any, ...]
"""An edit and what it is given after the plan."""


def some_items(plan: Plan) -> Iterator[ItemId]:
    """Items that are neither parents nor the first of their siblings."""
    random = Random(9)
    outline = plan.outline
    second = [
        id for children in outline.children.values() for id in children[1:] if not outline.is_parent(id)
    ]
    while True:
        yield random.choice(second)


def move(plan: Plan) -> Iterator[Edit]:
    for n, id in enumerate(some_items(plan)):
        yield move_items, {id: date(2026, 6, 1)}, 1 + n % 30


def resize(plan: Plan) -> Iterator[Edit]:
    for n, id in enumerate(some_items(plan)):
        yield resize_item, id, date(2026, 6, 1), 1 + n % 30


def draw(plan: Plan) -> Iterator[Edit]:
    """A new bar: the frames of one gesture, in which it grows."""
    for n, _ in enumerate(some_items(plan)):
        yield new_item, date(2026, 6, 1), 1 + n % 30, None


def draw_below(plan: Plan) -> Iterator[Edit]:
    for n, id in enumerate(some_items(plan)):
        yield new_item, date(2026, 6, 1), 1 + n % 30, plan.items[id].parent


def new_item(plan: Plan, start: date, duration: int, parent: ItemId | None) -> Plan:
    return add_item(plan, ItemId("new"), start=start, duration=duration, parent=parent)


def remove(plan: Plan) -> Iterator[Edit]:
    for id in some_items(plan):
        yield remove_items, [id]


def reparent(plan: Plan) -> Iterator[Edit]:
    random, parents = Random(2), list(plan.outline.children)
    for id in some_items(plan):
        yield put_under, [id], random.choice(parents)


def indent(plan: Plan) -> Iterator[Edit]:
    for id in some_items(plan):
        yield indent_items, [id]


def rename(plan: Plan) -> Iterator[Edit]:
    for n, id in enumerate(some_items(plan)):
        yield rename_item, id, f"New title {n}"


def link(plan: Plan) -> Iterator[Edit]:
    for source, target in linkable(plan):
        yield add_link, LinkId("new"), source, target


@pytest.mark.parametrize(
    "gesture",
    [move, resize, draw, draw_below, remove, reparent, indent, rename, link],
    ids=lambda f: f.__name__,
)
def test_frame_of_a_gesture(benchmark: Any, gesture: Callable[[Plan], Iterator[Edit]]) -> None:
    plan = plan_of(10_000)
    document = Document(plan)
    edits = gesture(plan)
    as_in_the_program()

    def frame(edit: Any, *given: Any) -> None:
        document.preview(edit, *given)

    benchmark.pedantic(frame, setup=lambda: (next(edits), {}), rounds=100, warmup_rounds=3)
    assert document.previewing


@pytest.mark.parametrize("view", ["plan", "by-team"])
def test_rows(benchmark: Any, view: str) -> None:
    """They are found anew where an edit can have changed which there are."""
    plan = plan_of(10_000)
    document = Document(plan)
    as_in_the_program()
    chosen = next(one for id, one in plan.views.items() if id == view)
    assert len(benchmark(rows, plan, document.schedule, chosen)) > 8_000
