"""The past of a plan: undone across sessions, looked at, and read no further than need be."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.history.past import read_heading, recalled
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused

A = ItemId("A")


def changed(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


def reopened(document: Document) -> Document:
    """As the next session has it."""
    return Document(document.kept, past=[*document.past, *map(step_line, document.done)])


def renamed(*titles: str) -> Document:
    document = Document(planned(A=("Mon", 3)), author="Kim")
    for title in titles:
        document.commit(rename_item, A, title)
    return document


@given(st.integers(0, 10**6))
def test_undo_goes_on_in_the_sessions_before(seed: int):
    random = Random(seed)
    first = Document(random_plan(random))
    seen = [first.kept]
    for _ in range(4):
        first.commit(changed, random)
        if first.kept is not seen[-1]:
            seen.append(first.kept)
    second = reopened(first)
    for plan in reversed(seen[:-1]):
        assert second.can_undo
        second.undo()
        assert second.kept == plan
    assert not second.can_undo
    for plan in seen[1:]:
        second.redo()
        assert second.kept == plan
    assert [step.verb for step in second.done] == [step.verb for step in first.done]


def test_undo_never_goes_behind_the_first_line():
    document = reopened(renamed("One"))
    document.undo()
    with pytest.raises(IndexError):
        document.undo()
    assert document.kept.items


def test_what_is_undone_and_done_again_is_as_saved_as_before():
    document = reopened(renamed("One", "Two"))
    assert not document.dirty
    assert document.next_undo == "rename_item"
    document.undo()
    assert document.dirty
    document.redo()
    assert not document.dirty


def test_a_step_is_recalled_with_who_when_and_why():
    document = renamed("One")
    document.give_reason("The name was taken")
    step = recalled(step_line(document.done[0]), document.kept)
    assert step == document.done[0]
    assert read_heading(step_line(step)).reason == "The name was taken"


def test_a_line_that_has_not_led_here_is_not_undone():
    document = Document(planned(A=("Mon", 3)), past=[step_line(renamed("One").done[0])])
    before = document.kept
    with pytest.raises(Refused, match="step_strange"):
        document.undo()
    assert document.kept is before
    assert Document(before, past=[b"no json"]).next_undo == ""


def test_another_state_is_looked_at_and_can_not_be_changed():
    document = renamed("One", "Two")
    seen = []
    document.subscribe(seen.append)
    now, then = document.kept, planned(A=("Mon", 3))
    document.look_at(then)
    assert (document.plan, document.kept, document.looking) == (then, now, True)
    assert document.schedule.start.keys() == {A}
    assert not document.previewing
    for change in (document.commit, document.preview):
        with pytest.raises(Refused, match="looking"):
            change(rename_item, A, "Three")
    for step in (document.undo, document.redo):
        with pytest.raises(Refused, match="looking"):
            step()
    document.cancel()
    assert document.plan is then
    document.look_back()
    assert document.plan is now
    assert len(seen) == 2


def test_a_reason_given_later_belongs_to_the_last_step():
    document = renamed("One", "Two")
    document.mark_saved()
    document.give_reason("Legal said so")
    assert [step.reason for step in document.done] == ["", "Legal said so"]
    assert document.dirty
    document.undo()
    document.redo()
    assert document.done[-1].reason == "Legal said so"
