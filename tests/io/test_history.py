"""How a plan was before the steps of its history."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.history.past import parting, undone
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId


def changed(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


def edited(plan: Plan, random: Random, steps: int) -> tuple[Plan, list[bytes]]:
    document = Document(plan)
    for _ in range(steps):
        document.commit(changed, random)
    return document.kept, [step_line(step) for step in document.done]


@given(st.integers(0, 10**6))
def test_two_copies_find_where_they_parted(seed: int):
    random = Random(seed)
    start, common = edited(random_plan(random), random, 3)
    mine, my_lines = edited(start, random, 3)
    theirs, their_lines = edited(start, random, 3)
    assert parting(mine, [*common, *my_lines], theirs, [*common, *their_lines]) == start


@given(st.integers(0, 10**6))
def test_all_steps_taken_back_give_the_beginning(seed: int):
    random = Random(seed)
    start = random_plan(random)
    plan, lines = edited(start, random, 5)
    assert undone(plan, lines) == start


def test_a_line_nobody_understands_leads_nowhere():
    plan = rename_item(planned(A=("Mon", 3)), ItemId("A"), "One")
    assert undone(plan, [b'{"time":"x","patch":[{"table":"items","id":"gone","-":{},"+":{}}]}']) is None
    assert undone(plan, [b"no json"]) is None


def test_without_a_history_nobody_knows_where_they_parted():
    mine = planned(A=("Mon", 3))
    assert parting(mine, [], rename_item(mine, ItemId("A"), "One"), []) is None
