"""How long the file of another planner takes that is as big as they come."""

from __future__ import annotations

from pathlib import Path

from planner_files import after, mspdi, task
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.importing import import_file
from roadwright.io.planners.mspdi_writer import write_mspdi
from roadwright.model.schedule import schedule

TASKS = 10_000


def big(folder: Path) -> Path:
    """Ten thousand tasks in phases of seven, chained within each."""
    tasks = (
        task(
            n, f"Task {n}", "2026-01-05", "2026-01-09", 40, 1 + (n % 7 > 0), after(n - 1) if n % 7 > 1 else ""
        )
        for n in range(1, TASKS + 1)
    )
    return mspdi(folder, "".join(tasks))


def test_reading_ten_thousand_tasks(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    path = big(tmp_path)
    imported = benchmark.pedantic(import_file, (path,), rounds=3)
    assert len(imported.plan.items) == TASKS


def test_writing_ten_thousand_tasks(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    plan = import_file(big(tmp_path)).plan
    benchmark.pedantic(write_mspdi, (tmp_path / "out.xml", plan, schedule(plan)), rounds=3)
