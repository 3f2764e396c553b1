"""The journal of an open document, and what is recovered from it."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import planned
from random_edits import random_change
from random_plans import random_plan
from roadwright.io.journal import BASE, STEPS, Journal
from roadwright.io.left import Left, left_behind
from roadwright.io.lock import try_lock
from roadwright.io.roadmap_file import save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item, set_field
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId

A = ItemId("A")


def never(error: Exception) -> None:
    raise AssertionError(error)


@pytest.fixture
def journal(tmp_path: Path):
    made = Journal(tmp_path / "journal", never)
    yield made
    made.end()


def crashed(journal: Journal, place: Path) -> list[Left]:
    """What would be left if the process ended now; the journal itself goes on."""
    journal.wait()
    shutil.rmtree(place / "left", ignore_errors=True)
    if (place / "journal").exists():
        shutil.copytree(place / "journal", place / "left")
    return list(left_behind(place / "left"))


def changed(plan: Plan, random: Random) -> Plan:
    return random_change(random, plan)


@given(st.integers(0, 10**6))
def test_whatever_is_done_is_recovered(tmp_path_factory: pytest.TempPathFactory, seed: int):
    place = tmp_path_factory.mktemp("crash")
    random = Random(seed)
    document = Document(random_plan(random))
    base = document.kept
    journal = Journal(place / "journal", never)
    journal.begin(document.kept, (), document.done, None, "", unsaved=1)
    try:
        for _ in range(12):
            kind = random.random()
            if kind < 0.25 and document.done:
                document.undo()
            elif kind < 0.4 and document.undone:
                document.redo()
            elif kind < 0.5:
                journal.begin(document.kept, (), document.done, place / "plan.roadmap", "", unsaved=1)
                base = document.kept
            else:
                document.commit(changed, random)
            journal.follow(document)
        found = crashed(journal, place)
        assert document.kept == (found[0].recovered().kept if found else base)
    finally:
        journal.end()


def test_the_steps_come_back_with_their_undo(journal: Journal, tmp_path: Path):
    document = Document(planned(A=("Mon", 3)), author="Kim")
    journal.begin(document.kept, (), document.done, None, "", unsaved=1)
    for title in ("One", "Two"):
        document.commit(rename_item, A, title)
        journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    recovered = left.recovered()
    assert recovered.dirty
    assert [(step.verb, step.author) for step in recovered.done] == [("rename_item", "Kim")] * 2
    assert [step.time for step in recovered.done] == [step.time for step in document.done]
    recovered.undo()
    assert recovered.kept.items[A].title == "One"


def test_it_says_what_was_open(journal: Journal, tmp_path: Path):
    path = tmp_path / "Platform.roadmap"
    document = Document(planned(A=("Mon", 3)))
    digest = save_roadmap(path, document.kept)
    journal.begin(document.kept, (), document.done, path, digest)
    document.commit(set_field, [A], "title", "Checkout")
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    assert (left.path, left.header.digest, left.changes) == (path, digest, 1)
    assert left.header.title == document.kept.info.title


def test_what_was_undone_again_is_no_change(journal: Journal, tmp_path: Path):
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, tmp_path / "plan.roadmap", "")
    document.commit(rename_item, A, "One")
    journal.follow(document)
    document.undo()
    journal.follow(document)
    assert not crashed(journal, tmp_path)


def test_undo_behind_the_last_save(journal: Journal, tmp_path: Path):
    document = Document(planned(A=("Mon", 3)))
    document.commit(rename_item, A, "One")
    journal.begin(document.kept, (), document.done, tmp_path / "plan.roadmap", "")
    document.undo()
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    assert left.recovered().kept == document.kept


def test_a_save_and_a_good_end_leave_nothing(tmp_path: Path):
    journal = Journal(tmp_path / "journal", never)
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, None, "")
    document.commit(rename_item, A, "One")
    journal.follow(document)
    journal.begin(document.kept, (), document.done, tmp_path / "plan.roadmap", "")
    assert not crashed(journal, tmp_path)
    document.commit(rename_item, A, "Two")
    journal.follow(document)
    journal.end()
    assert not list((tmp_path / "journal").iterdir())


def test_a_document_nobody_edits_makes_no_journal(journal: Journal, tmp_path: Path):
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, None, "")
    journal.follow(document)
    journal.wait()
    assert not (tmp_path / "journal").exists()


def test_what_another_process_works_on_is_not_left_behind(journal: Journal, tmp_path: Path):
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, None, "")
    document.commit(rename_item, A, "One")
    journal.follow(document)
    journal.wait()
    assert not list(left_behind(tmp_path / "journal"))


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_line_that_was_cut_off_is_one_edit_lost_and_no_more(journal: Journal, tmp_path: Path, cut: int):
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, None, "")
    for title in ("One", "Two"):
        document.commit(rename_item, A, title)
        journal.follow(document)
    crashed(journal, tmp_path)
    (steps,) = (tmp_path / "left").glob(f"*/{STEPS}")
    steps.write_bytes(steps.read_bytes()[:-cut])
    (left,) = left_behind(tmp_path / "left")
    assert left.recovered().kept.items[A].title == "One"


def test_a_disk_that_fails_is_told_and_the_next_step_begins_anew(tmp_path: Path):
    told: list[Exception] = []
    journal = Journal(tmp_path / "journal", told.append)
    document = Document(planned(A=("Mon", 3)))
    journal.begin(document.kept, (), document.done, None, "")
    (tmp_path / "journal").write_text("a file stands where the folder is to be")
    document.commit(rename_item, A, "One")
    journal.follow(document)
    journal.wait()
    assert told
    (tmp_path / "journal").unlink()
    document.commit(rename_item, A, "Two")
    journal.follow(document)
    document.commit(rename_item, A, "Three")
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    assert left.recovered().kept == document.kept
    assert left.changes == 2
    journal.end()


def test_a_lock_is_held_by_one(tmp_path: Path):
    first = try_lock(tmp_path / "lock")
    assert first is not None
    assert try_lock(tmp_path / "lock") is None
    first.release()
    second = try_lock(tmp_path / "lock")
    assert second is not None
    second.release()


def test_steps_of_the_session_before_are_undone_in_the_journal_too(journal: Journal, tmp_path: Path):
    earlier = Document(planned(A=("Mon", 3)))
    for title in ("One", "Two"):
        earlier.commit(rename_item, A, title)
    past = [step_line(step) for step in earlier.done]
    document = Document(earlier.kept, past=past)
    journal.begin(document.kept, past, document.done, None, "", unsaved=1)
    for _ in past:
        document.undo()
        journal.follow(document)
    document.redo()
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    recovered = left.recovered()
    assert recovered.kept == document.kept
    assert recovered.kept.items[A].title == "One"
    while recovered.can_undo:
        recovered.undo()
    assert recovered.kept.items[A].title == "A"


def written_twice(journal: Journal, tmp_path: Path, path: Path | None = None) -> Document:
    """A document with two steps in its journal, as if the process had ended."""
    document = Document(planned(A=("Mon", 3)))
    digest = save_roadmap(path, document.kept) if path else ""
    journal.begin(document.kept, (), document.done, path, digest)
    for title in ("One", "Two"):
        document.commit(rename_item, A, title)
        journal.follow(document)
    crashed(journal, tmp_path)
    return document


def test_no_flipped_byte_of_a_journal_is_taken_for_a_change(journal: Journal, tmp_path: Path):
    written_twice(journal, tmp_path)
    (steps,) = (tmp_path / "left").glob(f"*/{STEPS}")
    whole = steps.read_bytes()
    header = whole.index(b"\n") + 1
    for at in range(header, len(whole)):
        bad = bytearray(whole)
        bad[at] ^= 1 << at % 8
        steps.write_bytes(bad)
        found = list(left_behind(tmp_path / "left"))
        titles = {left.recovered().kept.items[A].title for left in found}
        assert titles <= {"One"}, f"byte {at} became {bad[at]:#x}"
        assert all(left.unreadable or at == len(whole) - 1 for left in found)


def test_a_base_that_is_lost_is_taken_from_the_file(journal: Journal, tmp_path: Path):
    written_twice(journal, tmp_path, tmp_path / "plan.roadmap")
    (base,) = (tmp_path / "left").glob(f"*/{BASE}")
    assert base.read_bytes() == (tmp_path / "plan.roadmap").read_bytes()
    base.write_bytes(base.read_bytes()[:-80])
    (left,) = left_behind(tmp_path / "left")
    assert left.recovered().kept.items[A].title == "Two"


def test_a_file_that_is_not_the_base_is_not_taken_for_it(journal: Journal, tmp_path: Path):
    path = tmp_path / "plan.roadmap"
    document = Document(planned(A=("Mon", 3)))
    digest = save_roadmap(path, document.kept)
    save_roadmap(path, rename_item(document.kept, A, "A colleague's"))
    journal.begin(document.kept, (), document.done, path, digest)
    document.commit(set_field, [A], "effort", 3.0)
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    assert left.base.plan == document.kept.apply(document.done[-1].change.inverted())


def test_what_is_done_during_a_save_is_in_the_journal_after_it(journal: Journal, tmp_path: Path):
    path = tmp_path / "plan.roadmap"
    document = written_twice(journal, tmp_path, path)
    saved, past, done = document.kept, document.past, tuple(document.done)
    digest = save_roadmap(path, saved, past, done)
    document.commit(rename_item, A, "Meanwhile")
    journal.follow(document)
    journal.go_on(document, saved, past, done, path, digest)
    (left,) = crashed(journal, tmp_path)
    assert (left.header.digest, left.changes) == (digest, 1)
    assert left.recovered().kept.items[A].title == "Meanwhile"
    document.undo()
    journal.follow(document)
    assert not crashed(journal, tmp_path)


def test_steps_of_a_session_before_that_are_undone_during_a_save_stay_undone(
    journal: Journal, tmp_path: Path
):
    path = tmp_path / "plan.roadmap"
    first = written_twice(journal, tmp_path, path)
    lines = tuple(map(step_line, first.done))
    document = Document(first.kept, past=lines)
    digest = save_roadmap(path, document.kept, lines)
    journal.begin(document.kept, lines, (), path, digest)
    saved = document.kept
    for _ in range(2):
        document.undo()
        journal.follow(document)
    journal.go_on(document, saved, lines, (), path, digest)
    (left,) = crashed(journal, tmp_path)
    assert left.recovered().kept == document.kept
    document.redo()
    journal.follow(document)
    (left,) = crashed(journal, tmp_path)
    assert left.recovered().kept.items[A].title == "One"
