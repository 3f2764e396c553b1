"""A person who does everything in any order: the plan stays sound, and its history leads to it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.model.change import Change
from roadwright.model.document import Document
from roadwright.model.history.past import parting, read_step
from roadwright.model.merge import merge_in
from roadwright.model.plan import Plan
from roadwright.model.schedule import schedule
from soundness import assert_sound

SEEDS = st.integers(0, 10**6)
MACHINES, STEPS = 200, 50
"""Of the full run: so many times so many steps."""


def changed(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


class Work(RuleBasedStateMachine):
    """One document, its file, and a colleague's copy of that."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "plan.roadmap"
        self.first = random_plan(Random(1))
        self.document = Document(self.first, author="Ann")
        self.digest = save_roadmap(self.path, self.first)
        self.saved = self.first
        self.states: list[Plan] = [self.first]
        """After each step that can be undone; the plan at hand is the last."""
        self.copy: tuple[Plan, tuple[bytes, ...]] = (self.first, ())

    def teardown(self) -> None:
        self.folder.cleanup()

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The whole history, as it would be saved."""
        return (*self.document.past, *map(step_line, self.document.done))

    @rule(seed=SEEDS)
    def edit(self, seed: int) -> None:
        if self.document.commit(changed, Random(seed)):
            self.states.append(self.document.kept)

    @rule(seed=SEEDS)
    def preview_and_think_better_of_it(self, seed: int) -> None:
        before = self.document.kept
        self.document.preview(changed, Random(seed))
        self.document.cancel()
        assert self.document.plan is self.document.kept is before

    @precondition(lambda self: self.document.can_undo)
    @rule()
    def undo(self) -> None:
        self.document.undo()
        self.states.pop()
        assert self.document.kept == self.states[-1]

    @precondition(lambda self: self.document.can_undo)
    @rule()
    def undo_everything_and_redo_it(self) -> None:
        before, count = self.document.kept, 0
        while self.document.can_undo:
            self.document.undo()
            count += 1
        assert self.document.kept == self.states[0] == self.first
        for _ in range(count):
            self.document.redo()
        assert self.document.kept == before

    @precondition(lambda self: self.document.undone)
    @rule()
    def redo(self) -> None:
        self.document.redo()
        self.states.append(self.document.kept)

    @rule()
    def save(self) -> None:
        document = self.document
        self.digest = save_roadmap(self.path, document.kept, document.past, document.done, self.digest)
        document.mark_saved()
        self.saved = document.kept
        assert not document.dirty

    @rule()
    def reopen(self) -> None:
        """What was not saved is gone; opening is no step."""
        opened = open_roadmap(self.path)
        assert not opened.complaints
        assert opened.plan == self.saved
        self.document = Document(opened.plan, past=opened.history, author="Ann")
        assert not self.document.dirty
        self.states = states_along(self.first, opened.history)

    @rule(seed=SEEDS)
    def a_colleague_opens_the_file_and_edits(self, seed: int) -> None:
        opened = open_roadmap(self.path)
        theirs = Document(opened.plan, past=opened.history, author="Kim")
        for n in range(3):
            theirs.commit(changed, Random(seed + n))
        self.copy = (theirs.kept, (*theirs.past, *map(step_line, theirs.done)))

    @rule()
    def merge_the_colleagues_copy(self) -> None:
        plan, history = self.copy
        base = parting(self.document.kept, self.lines, plan, history)
        assert base is not None
        if self.document.commit(merge_in, base, plan):
            self.states.append(self.document.kept)

    @invariant()
    def is_sound(self) -> None:
        assert_sound(self.document.kept)

    @invariant()
    def the_schedule_is_that_of_the_plan(self) -> None:
        kept, anew = self.document.kept_schedule, schedule(self.document.kept)
        assert (dict(kept.start), dict(kept.finish)) == (dict(anew.start), dict(anew.finish))

    @invariant()
    def dirty_means_different_from_the_file(self) -> None:
        if not self.document.dirty:
            assert self.document.kept == self.saved

    @invariant()
    def the_history_leads_from_the_first_plan_to_this_one(self) -> None:
        states = states_along(self.first, self.lines)
        assert states[-1] == self.document.kept
        assert states == self.states


def states_along(first: Plan, lines: tuple[bytes, ...]) -> list[Plan]:
    """The plan after each line of a history that begins with `first`."""
    states = [first]
    for line in lines:
        plan = states[-1]
        states.append(plan.apply(Change.from_patch(read_step(line).patch, plan.tables())))
    return states


def test_whatever_is_done_the_plan_is_sound_and_its_history_whole():
    run_state_machine_as_test(Work, settings=settings(max_examples=15, stateful_step_count=30))


@pytest.mark.soak
def test_ten_thousand_steps_of_work():
    run_state_machine_as_test(Work, settings=settings(max_examples=MACHINES, stateful_step_count=STEPS))
