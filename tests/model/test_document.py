"""The open roadmap: previews, steps, undo and redo."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from roadwright.model.document import Document
from roadwright.model.edits.items import (
    add_item,
    move_items,
    put_under,
    remove_items,
    rename_item,
    resize_item,
)
from roadwright.model.edits.links import add_link
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId, new_id
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

MON, TUE = date(2026, 1, 5), date(2026, 1, 6)


@pytest.fixture
def document() -> Document:
    plan = add_item(new_plan(), ItemId("a"), title="A", start=MON, duration=5)
    plan = add_item(plan, ItemId("b"), title="B", duration=3)
    return Document(add_link(plan, "ab", ItemId("a"), ItemId("b")))


def test_a_closed_document_refuses_every_change(document: Document):
    document.commit(rename_item, ItemId("a"), "One")
    document.closed = "document.elsewhere"
    before = document.kept
    for change in (
        lambda: document.commit(rename_item, ItemId("a"), "Two"),
        lambda: document.preview(rename_item, ItemId("a"), "Two"),
        document.undo,
    ):
        with pytest.raises(Refused, match=r"document\.elsewhere"):
            change()
    assert document.plan is document.kept is before
    document.closed = ""
    document.undo()
    assert document.undone


def test_what_was_saved_while_the_work_went_on_is_known_again(document: Document):
    document.commit(rename_item, ItemId("a"), "One")
    past, done = document.past, tuple(document.done)
    document.commit(rename_item, ItemId("a"), "Two")
    document.mark_saved(past, done)
    assert document.dirty
    document.undo()
    assert not document.dirty
    document.undo()
    assert document.dirty


def test_a_preview_is_shown_and_not_kept(document: Document):
    seen = []
    document.subscribe(seen.append)
    document.preview(move_items, {ItemId("a"): MON}, 1)
    assert document.previewing
    assert document.plan.items[ItemId("a")].start == TUE
    assert document.kept.items[ItemId("a")].start == MON
    assert document.schedule.start["b"] == document.kept_schedule.start["b"] + 1
    document.cancel()
    assert not document.previewing
    assert not document.done
    assert [change.ids() for change in seen] == [{"a"}, {"a"}]


def test_commit_keeps_one_step_and_undo_takes_it_back(document: Document):
    before = document.plan
    document.preview(move_items, {ItemId("a"): MON}, 1)
    change = document.commit(move_items, {ItemId("a"): MON}, 1)
    assert change.ids() == {"a"}
    assert [step.verb for step in document.done] == ["move_items"]
    assert document.done[0].time.endswith("+00:00")
    document.undo()
    assert document.plan == before
    document.redo()
    assert document.plan.items[ItemId("a")].start == TUE


def test_an_edit_that_changes_nothing_is_no_step(document: Document):
    assert not document.commit(move_items, {ItemId("a"): MON}, 0)
    assert not document.done
    assert not document.dirty


def test_a_refused_commit_takes_the_preview_back(document: Document):
    document.preview(rename_item, ItemId("a"), "X")
    with pytest.raises(Refused):
        document.commit(add_link, "ba", ItemId("b"), ItemId("a"))
    assert document.plan is document.kept
    assert document.plan.items[ItemId("a")].title == "A"


def test_listeners_hear_of_a_commit_even_if_the_preview_showed_it(document: Document):
    document.preview(rename_item, ItemId("a"), "X")
    seen = []
    document.subscribe(seen.append)
    document.commit(rename_item, ItemId("a"), "X")
    assert len(seen) == 1


def test_undo_cannot_go_behind_the_opening(document: Document):
    with pytest.raises(IndexError):
        document.undo()
    assert document.plan.items


def test_dirty_follows_undo_and_saving(document: Document):
    document.commit(rename_item, ItemId("a"), "X")
    assert document.dirty
    document.undo()
    assert not document.dirty
    document.redo()
    document.mark_saved()
    assert not document.dirty
    document.undo()
    assert document.dirty
    document.mark_unsaved()
    document.redo()
    assert document.dirty


def test_a_new_edit_after_undo_drops_what_was_undone(document: Document):
    document.commit(rename_item, ItemId("a"), "X")
    document.undo()
    document.commit(rename_item, ItemId("a"), "Y")
    assert not document.undone


def test_what_belongs_to_a_step_and_comes_later_is_part_of_it(document: Document):
    before = document.plan
    document.commit(add_item, ItemId("new"))
    assert document.just_made(ItemId("new"))
    assert not document.just_made(ItemId("a"))
    document.amend(rename_item, ItemId("new"), "Title")
    assert [step.verb for step in document.done] == ["add_item"]
    document.undo()
    assert document.plan == before
    document.redo()
    assert document.plan.items["new"].title == "Title"


def test_an_amendment_after_saving_is_not_saved(document: Document):
    document.commit(add_item, ItemId("new"))
    document.mark_saved()
    document.amend(rename_item, ItemId("new"), "Title")
    assert document.dirty


def test_an_amendment_that_is_refused_leaves_the_step_as_it_was(document: Document):
    document.commit(add_item, ItemId("new"))
    step = document.done[-1]
    with pytest.raises(Refused):
        document.amend(resize_item, ItemId("new"), None, 0)
    assert document.done == [step]


def test_a_step_taken_back_has_never_been(document: Document):
    document.commit(rename_item, ItemId("a"), "X")
    document.undo()
    before, redo = document.plan, list(document.undone)
    document.commit(add_item, ItemId("new"))
    assert not document.undone
    document.take_back()
    assert document.plan == before
    assert document.undone == redo
    assert not document.dirty
    document.redo()
    assert document.plan.items["a"].title == "X"


class History(RuleBasedStateMachine):
    """Any edits, previews, undos and redos: the schedule belongs to the plan, and all can be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(new_plan())
        self.first = self.document.plan
        self.shown = self.document.plan
        self.document.subscribe(self.follow)

    def follow(self, change) -> None:
        self.shown = self.shown.apply(change)

    def some(self, data: st.DataObject) -> ItemId:
        return data.draw(st.sampled_from(sorted(self.document.kept.items)))

    @rule(start=st.none() | st.just(MON), duration=st.integers(1, 9))
    def add(self, start, duration):
        self.document.commit(add_item, ItemId(new_id()), start=start, duration=duration)

    @precondition(lambda self: self.document.kept.items)
    @rule(data=st.data(), days=st.integers(-9, 9), keep=st.booleans())
    def move(self, data, days, keep):
        act = self.document.commit if keep else self.document.preview
        act(move_items, {self.some(data): MON}, days)

    @precondition(lambda self: self.document.kept.items)
    @rule(data=st.data())
    def link_or_nest(self, data):
        one, other = self.some(data), self.some(data)
        try:
            if data.draw(st.booleans()):
                self.document.commit(add_link, new_id(), one, other)
            else:
                self.document.commit(put_under, [one], other)
        except Refused:
            assert not self.document.previewing

    @precondition(lambda self: self.document.kept.items)
    @rule(data=st.data())
    def remove(self, data):
        self.document.commit(remove_items, [self.some(data)])

    @precondition(lambda self: self.document.kept.items and self.document.done)
    @rule(data=st.data())
    def amend(self, data):
        self.document.amend(rename_item, self.some(data), data.draw(st.text("ab", max_size=2)))

    @precondition(lambda self: self.document.done)
    @rule()
    def take_back(self):
        self.document.take_back()

    @rule()
    def cancel(self):
        self.document.cancel()

    @precondition(lambda self: self.document.done)
    @rule()
    def undo(self):
        self.document.undo()

    @precondition(lambda self: self.document.undone)
    @rule()
    def redo(self):
        self.document.redo()

    @rule()
    def undo_all_redo_all(self):
        self.document.cancel()
        end, count = self.document.plan, len(self.document.done)
        for _ in range(count):
            self.document.undo()
        assert self.document.plan == self.first
        for _ in range(count):
            self.document.redo()
        assert self.document.plan == end

    @invariant()
    def views_and_schedule_follow(self):
        assert self.shown == self.document.plan
        assert (
            self.document.plan.outline.order == type(self.first)(items=self.document.plan.items).outline.order
        )
        fresh = schedule(self.document.plan)
        assert dict(self.document.schedule.start) == dict(fresh.start)
        assert dict(self.document.schedule.finish) == dict(fresh.finish)


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
