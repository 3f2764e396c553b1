"""The history of a plan of 10,000 items: to be opened, listed, searched and looked at without waiting."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from big_plans import plan_of
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.difference import for_mail, report
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.model.document import Document
from roadwright.model.edits.items import move_items, rename_item, set_field
from roadwright.model.history.earlier import of_plan, what_changed
from roadwright.model.history.kept import History, Sought
from roadwright.model.history.news import story
from roadwright.model.history.step import Step
from roadwright.model.plan import Plan
from roadwright.model.schedule import schedule

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=5, group="history")


def lines_of(plan: Plan, steps: int) -> tuple[Plan, list[bytes]]:
    """The plan after many steps, and their lines; no schedule is made on the way."""
    ids = [id for id in plan.outline.order if plan.items[id].start is not None]
    lines = []
    for n in range(steps):
        id = ids[n * 7919 % len(ids)]
        start = plan.items[id].start
        assert start is not None
        if n % 3 == 0:
            verb, after = "rename_item", rename_item(plan, id, f"Title {n}")
        elif n % 3 == 1:
            verb, after = "move_items", move_items(plan, {id: start}, 1)
        else:
            verb, after = "set_field", set_field(plan, [id], "effort", n % 90)
        time_ = f"2026-{1 + n * 9 // steps:02d}-{1 + n % 28:02d}T10:00:00+00:00"
        lines.append(step_line(Step(verb, after.since(plan), time_, f"Person {n % 9}")))
        plan = after
    return plan, lines


@pytest.fixture(scope="module")
def past() -> tuple[Plan, list[bytes]]:
    return lines_of(plan_of(10_000), 10_000)


@pytest.fixture(scope="module")
def long_past(past: tuple[Plan, list[bytes]]) -> tuple[Plan, list[bytes]]:
    plan, lines = past
    return plan, lines * 5


def test_open_10_000_items_with_10_000_lines(
    benchmark: BenchmarkFixture, past: tuple[Plan, list[bytes]], tmp_path: Path
) -> None:
    """To be under 1 s."""
    plan, lines = past
    path = tmp_path / "big.roadmap"
    save_roadmap(path, plan, lines)

    def opened() -> Document:
        found = open_roadmap(path)
        return Document(found.plan, past=found.history)

    assert len(benchmark(opened).past) == len(lines)


@pytest.mark.parametrize("back", [1, 100, 5_000, 10_000])
def test_show_a_past_state(benchmark: BenchmarkFixture, past: tuple[Plan, list[bytes]], back: int) -> None:
    """To be under 200 ms, schedule included."""
    plan, lines = past

    def shown() -> Document:
        state = History(document).state(len(lines) - 1 - back)
        assert state is not None
        document.look_at(state)
        return document

    document = Document(plan, past=lines)
    assert benchmark.pedantic(shown, setup=document.look_back, rounds=10).looking


def test_show_the_first_of_50_000_changes(
    benchmark: BenchmarkFixture, long_past: tuple[Plan, list[bytes]]
) -> None:
    """Going back over all of them, schedule included."""
    plan, lines = long_past
    document = Document(plan, past=lines)

    def shown() -> Document:
        state = History(document).state(0)
        assert state is not None
        document.look_at(state)
        return document

    assert benchmark.pedantic(shown, setup=document.look_back, rounds=5).looking


def test_open_10_000_items_with_50_000_lines(
    benchmark: BenchmarkFixture, long_past: tuple[Plan, list[bytes]], tmp_path: Path
) -> None:
    plan, lines = long_past
    path = tmp_path / "big.roadmap"
    save_roadmap(path, plan, lines)
    benchmark.extra_info["megabytes"] = round(path.stat().st_size / 1e6, 1)
    assert len(benchmark(lambda: open_roadmap(path)).history) == len(lines)


def test_list_50_000_changes(benchmark: BenchmarkFixture, long_past: tuple[Plan, list[bytes]]) -> None:
    """What the page does before it shows the first line: who, when, everything."""
    plan, lines = long_past
    document = Document(plan, past=lines)

    def listed() -> int:
        history = History(document)
        return len(history.authors()) + len(history.days()) + len(history.found())

    assert benchmark(listed)


def test_search_50_000_changes(benchmark: BenchmarkFixture, long_past: tuple[Plan, list[bytes]]) -> None:
    plan, lines = long_past
    document = Document(plan, past=lines)
    sought = Sought("title 999", frozenset(id.encode() for id in list(plan.items)[:2000]))
    assert len(benchmark(lambda: History(document).found(sought)))


@pytest.mark.parametrize("by", ["item", "person", "day"])
def test_filter_50_000_changes(
    benchmark: BenchmarkFixture, long_past: tuple[Plan, list[bytes]], by: str
) -> None:
    """As the page does it: what the lines say of themselves is known from listing them."""
    plan, lines = long_past
    history = History(Document(plan, past=lines))
    item, person, day = json.loads(lines[9])["patch"][0]["id"], history.authors()[3], history.days()[40]
    filters = {"item": (None, item), "person": (None, None, person), "day": (None, None, None, day)}
    assert len(benchmark(lambda: history.found(*filters[by])))


def test_tell_what_changed(benchmark: BenchmarkFixture, past: tuple[Plan, list[bytes]]) -> None:
    plan, lines = past
    earlier = History(Document(plan, past=lines)).state(5_000)
    assert earlier is not None
    before, now = schedule(earlier), schedule(plan)
    assert benchmark(story, earlier, before, plan, now).news


def test_put_what_changed_into_words(benchmark: BenchmarkFixture, past: tuple[Plan, list[bytes]]) -> None:
    plan, lines = past
    history = History(Document(plan, past=lines))
    earlier = history.state(5_000)
    assert earlier is not None
    told = what_changed(of_plan("then", earlier), plan, schedule(plan), history)
    assert len(benchmark(lambda: for_mail(report(told)))) > 100_000
