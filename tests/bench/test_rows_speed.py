"""How long it takes to find the rows of a view of 10,000 items, in CPU time."""

from __future__ import annotations

import time

import pytest
from graph_plans import random_plan
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.model.plan import Plan
from roadwright.model.query import rows
from roadwright.model.records import Sort, View, ViewId
from roadwright.model.schedule import Schedule, schedule

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=10, group="rows")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return random_plan(10_000)


@pytest.fixture(scope="module")
def times(plan: Plan) -> Schedule:
    return schedule(plan)


def test_the_hierarchy(benchmark: BenchmarkFixture, plan: Plan, times: Schedule) -> None:
    """To be under 10 ms."""
    assert len(benchmark(rows, plan, times, None)) == 10_000


def test_a_letter_typed_into_the_search(benchmark: BenchmarkFixture, plan: Plan, times: Schedule) -> None:
    """To be under 50 ms."""
    benchmark(rows, plan, times, None, search="ship")


@pytest.mark.parametrize(
    "looks",
    [
        {"group": "team"},
        {"group": "team", "subgroup": "status"},
        {"group": "team", "packed": True},
        {"group": "start.quarter"},
        {"filter": "is:critical"},
        {"filter": "finish<2026-q3 effort>2"},
        {"sort": (Sort("start"),)},
    ],
    ids=("team", "team and status", "packed", "quarter", "critical", "compared", "sorted"),
)
def test_a_view(benchmark: BenchmarkFixture, plan: Plan, times: Schedule, looks: dict[str, object]) -> None:
    """To be under 100 ms: it is what a person waits for once."""
    view = View(id=ViewId("v"), title="", **looks)  # type: ignore[arg-type]
    benchmark(rows, plan, times, view, packing=True)
