"""What it costs that nothing is lost: journal, saving beside the work, merging; 10,000 items and changes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from big_plans import plan_of
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.compaction import compacted
from roadwright.io.journal import Journal
from roadwright.io.roadmap_file import open_roadmap, read_roadmap, save_roadmap, written
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item, set_field
from roadwright.model.history.past import parting
from roadwright.model.history.step import Step
from roadwright.model.merge import merge
from roadwright.model.plan import Plan

pytestmark = pytest.mark.benchmark(min_rounds=5, group="reliability")

ITEMS = CHANGES = 10_000
Past = tuple[Plan, tuple[bytes, ...]]


@pytest.fixture(scope="module")
def past() -> Past:
    """A plan of that size with a history of that many lines."""
    plan = read_roadmap(written(plan_of(ITEMS)), "").plan
    ids, lines = plan.outline.order, []
    for n in range(CHANGES):
        after = rename_item(plan, ids[n * 7919 % len(ids)], f"Title {n}")
        lines.append(step_line(Step("rename_item", after.since(plan), "2026-03-02T10:00:00+00:00", "Ann")))
        plan = after
    return plan, tuple(lines)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    def fail(error: Exception) -> None:
        raise error

    made = Journal(tmp_path / "journal", fail)
    yield made
    made.end()


def edits(document: Document) -> Iterator[None]:
    """Another small edit, each time it is asked for one."""
    ids = document.kept.outline.order
    for n in range(10**6):
        document.commit(set_field, [ids[n % len(ids)]], "effort", n + 0.5)
        yield


def test_a_journal_line_on_the_ui_thread(benchmark: BenchmarkFixture, past: Past, journal: Journal) -> None:
    """To be under 1 ms: what the edit waits for."""
    document = Document(past[0], past=past[1])
    journal.begin(document.kept, document.past, (), None, "")
    edit = edits(document)
    next(edit)
    journal.follow(document)
    journal.wait()

    def another() -> None:
        next(edit)

    benchmark.pedantic(lambda: journal.follow(document), setup=another, rounds=200)
    journal.wait()


def test_a_journal_line_on_the_disk(benchmark: BenchmarkFixture, past: Past, journal: Journal) -> None:
    """To be within 50 ms: encoded, written, flushed."""
    document = Document(past[0], past=past[1])
    journal.begin(document.kept, document.past, (), None, "")
    edit = edits(document)
    next(edit)
    journal.follow(document)
    journal.wait()

    def kept() -> None:
        journal.follow(document)
        journal.wait()

    benchmark.pedantic(kept, setup=lambda: next(edit), rounds=100)


def test_the_first_journal_line_of_a_plan(
    benchmark: BenchmarkFixture, past: Past, tmp_path: Path, journal: Journal
) -> None:
    """With a copy of the file that it is made on."""
    path = tmp_path / "plan.roadmap"
    digest = save_roadmap(path, past[0], past[1])
    document = Document(past[0], past=past[1])
    edit = edits(document)

    def begin() -> None:
        journal.begin(document.kept, document.past, tuple(document.done), path, digest)
        journal.wait()
        next(edit)

    def kept() -> None:
        journal.follow(document)
        journal.wait()

    benchmark.pedantic(kept, setup=begin, rounds=10)


def test_save_10_000_items_and_10_000_changes(
    benchmark: BenchmarkFixture, past: Past, tmp_path: Path
) -> None:
    """To be under 300 ms: written, flushed, read again and compared."""
    path = tmp_path / "plan.roadmap"
    benchmark.pedantic(save_roadmap, (path, *past), rounds=10, warmup_rounds=1)
    assert open_roadmap(path).plan == past[0]


def test_shorten_50_000_changes(benchmark: BenchmarkFixture, past: Past) -> None:
    """Of 250 days, all over a year ago."""
    _, lines = past
    long = tuple(
        line.replace(b"2026-03-02", f"2020-{1 + n // 28:02}-{1 + n % 28:02}".encode())
        for n in range(250)
        for line in lines[n * 40 : (n + 1) * 40] * 5
    )
    assert len(long) == 50_000
    assert len(benchmark.pedantic(compacted, (long, date(2026, 11, 23)), rounds=5)) == 250


def test_merge_two_copies(benchmark: BenchmarkFixture, past: Past) -> None:
    """To be under 1 s: the plan they parted with found in their histories, a hundred changes each."""
    copies = []
    for name in ("Ann", "Kim"):
        document = Document(past[0], past=past[1], author=name)
        ids = document.kept.outline.order
        for n in range(100):
            document.commit(rename_item, ids[n * (3 if name == "Ann" else 7)], f"{name} {n}")
        copies.append((document.kept, (*document.past, *map(step_line, document.done))))
    (mine, my_lines), (theirs, their_lines) = copies

    def merged() -> int:
        base = parting(mine, my_lines, theirs, their_lines)
        assert base is not None
        return len(merge(base, mine, theirs).proposals)

    assert benchmark.pedantic(merged, rounds=5) > 90


def test_the_longest_wait_of_the_window_during_a_save(
    benchmark: BenchmarkFixture, past: Past, tmp_path: Path
) -> None:
    """Beside a thread that saves, how long another one waits at most for its turn: a frame or two."""
    path = tmp_path / "plan.roadmap"

    def longest() -> float:
        thread = Thread(target=save_roadmap, args=(path, *past))
        thread.start()
        worst, before = 0.0, time.perf_counter()
        while thread.is_alive():
            time.sleep(0.001)
            now = time.perf_counter()
            worst, before = max(worst, now - before), now
        return worst

    gc.disable()  # as the program does while a job runs
    waits = [longest() for _ in range(10)]
    gc.enable()
    benchmark.extra_info["median of the longest waits, ms"] = round(sorted(waits)[5] * 1000)
    benchmark.pedantic(longest, rounds=5)
