"""How long opening, saving and comparing a plan of 10,000 items and 15,000 links takes, in CPU time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from graph_plans import random_plan
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.compare import compare
from roadwright.model.edits.items import rename_item
from roadwright.model.plan import Plan
from roadwright.model.problems import problems
from roadwright.model.schedule import Schedule, schedule

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=5, group="file")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return random_plan(10_000)


@pytest.fixture(scope="module")
def path(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "big.roadmap"
    save_roadmap(path, plan)
    return path


def opened_and_scheduled(path: Path) -> tuple[Plan, Schedule]:
    plan = open_roadmap(path).plan
    times = schedule(plan)
    problems(plan, times)
    return plan, times


def test_open_check_and_schedule(benchmark: BenchmarkFixture, path: Path, plan: Plan) -> None:
    """To be under 1 s."""
    opened, times = benchmark(opened_and_scheduled, path)
    assert opened == plan
    assert len(times.start) > 9_000


def test_save_and_verify(benchmark: BenchmarkFixture, path: Path, plan: Plan) -> None:
    benchmark(save_roadmap, path, plan)
    assert open_roadmap(path).plan == plan


def test_compare(benchmark: BenchmarkFixture, plan: Plan) -> None:
    newer = rename_item(plan, next(iter(plan.items)), "Another name")
    old_times, new_times = schedule(plan), schedule(newer)
    different = benchmark(compare, plan, old_times, newer, new_times)
    assert len(different.changed) == 1
