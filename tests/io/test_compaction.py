"""A long history made short says the same of every day, and of the last year everything."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.compaction import SEVERAL, compacted
from roadwright.io.roadmap_lines import step_line
from roadwright.io.strings import knows
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item, remove_items, rename_item, set_field
from roadwright.model.history.past import parting, read_step, undone
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId

A, NEW = ItemId("A"), ItemId("new")
TODAY = date(2026, 11, 23)
OLD = date(2025, 3, 3)


def changed(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


def dated(document: Document, days: list[date]) -> tuple[bytes, ...]:
    """The lines of the document's steps, made on these days."""
    steps = zip(document.done, sorted(days), strict=True)
    return tuple(step_line(replace(step, time=f"{day}T10:00:00+00:00")) for step, day in steps)


def days_of(lines: tuple[bytes, ...]) -> list[str]:
    return [read_step(line).time[:10] for line in lines]


@given(st.integers(0, 10**6))
def test_the_plan_at_the_end_of_each_day_stays_in_reach(seed: int):
    random = Random(seed)
    document = Document(random_plan(random), author="Ann")
    first = document.kept
    while len(document.done) < 14:
        document.commit(changed, random)
    lines = dated(document, [OLD + timedelta(days=random.randrange(4)) for _ in document.done])
    short = compacted(lines, TODAY)
    assert days_of(short) == sorted(set(days_of(short)))
    assert undone(document.kept, short) == first
    for day in set(days_of(lines)):
        before = undone(document.kept, [line for line in lines if read_step(line).time[:10] > day])
        assert undone(document.kept, [line for line in short if read_step(line).time[:10] > day]) == before


@given(st.integers(0, 10**6))
def test_the_days_can_be_undone_one_by_one(seed: int):
    random = Random(seed)
    document = Document(random_plan(random), author="Ann")
    first = document.kept
    while len(document.done) < 8:
        document.commit(changed, random)
    lines = dated(document, [OLD + timedelta(days=random.randrange(3)) for _ in document.done])
    again = Document(document.kept, past=compacted(lines, TODAY))
    while again.can_undo:
        again.undo()
    assert again.kept == first
    while again.undone:
        again.redo()
    assert again.kept == document.kept


def edited() -> Document:
    document = Document(planned(A=("Mon", 3)), author="Ann")
    document.commit(rename_item, A, "One")
    document.author = "Kim"
    document.reason = "Asked for"
    document.commit(set_field, [A], "effort", 3.0)
    return document


def test_a_day_says_who_and_why():
    (line,) = compacted(dated(edited(), [OLD, OLD]), TODAY)
    step = read_step(line)
    assert (step.author, step.verb, step.reason) == ("Ann, Kim", SEVERAL, "Asked for")
    assert step.patch == [
        {
            "table": "items",
            "id": "A",
            "-": {"title": "A", "effort": None},
            "+": {"title": "One", "effort": 3.0},
        }
    ]
    assert knows(f"edit.{SEVERAL}")


def test_the_last_year_stays_line_by_line():
    recent = TODAY - timedelta(days=365)
    lines = dated(edited(), [recent, recent])
    assert compacted(lines, TODAY) == lines


def test_a_day_on_which_all_was_taken_back_is_none():
    document = Document(planned(A=("Mon", 3)))
    document.commit(add_item, NEW, title="New")
    document.commit(remove_items, [NEW])
    document.commit(rename_item, A, "One")
    document.commit(rename_item, A, "A")
    short = compacted(dated(document, [OLD] * 4), TODAY)
    tables = [entry["table"] for line in short for entry in read_step(line).patch]
    assert tables == ["properties"]  # the number of the next key


def test_what_was_removed_and_is_there_again_with_other_values():
    document = Document(planned(A=("Mon", 3)))
    first = document.kept
    document.commit(remove_items, [A])
    document.commit(lambda plan: plan.put(replace(first.items[A], progress=50)))
    document.commit(set_field, [A], "effort", 2.0)
    document.commit(remove_items, [A])
    (line,) = compacted(dated(document, [OLD] * 4), TODAY)
    assert undone(document.kept, [line]) == first


@pytest.mark.parametrize("bad", [b"{}", b'{"time":"2025-03-03T10:00:00+00:00"}', b"nonsense"])
def test_what_can_not_be_understood_stays_as_it_is(bad: bytes):
    lines = (*dated(edited(), [OLD, OLD]), bad, bad)
    assert compacted(lines, TODAY)[-2:] == (bad, bad)


def test_a_copy_with_a_shorter_history_is_merged_from_where_they_parted():
    document = edited()
    document.commit(rename_item, A, "Two")
    lines = dated(document, [OLD, OLD, TODAY])
    short = compacted(lines, TODAY)
    assert len(short) == 2
    mine, theirs = (Document(document.kept, past=past) for past in (short, lines))
    mine.commit(rename_item, A, "Mine")
    theirs.commit(set_field, [A], "effort", 9.0)
    histories = [(*copy.past, *map(step_line, copy.done)) for copy in (mine, theirs)]
    assert parting(mine.kept, histories[0], theirs.kept, histories[1]) == document.kept
    assert parting(theirs.kept, histories[1], mine.kept, histories[0]) == document.kept
