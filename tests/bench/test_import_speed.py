"""Importing a foreign workbook of 10,000 rows, beside python-calamine's bare read of the same file.

The import is to take no more than 1.5 times the bare read and one second. Wall-clock time, as most of the
reading is done by another process.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.importing import import_file

pytestmark = pytest.mark.benchmark(min_rounds=7, group="import")
ROWS = 10_000
HEAD = (
    "ID",
    "Task Name",
    "Team",
    "Owner",
    "Start",
    "Finish",
    "Duration",
    "Status",
    "% Complete",
    "Predecessors",
    "Notes",
    "Tags",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import xlsxwriter

    chance = random.Random(1)
    path = tmp_path_factory.mktemp("bench") / "big.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Plan")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEAD)
    for n in range(1, ROWS + 1):
        start = date(2026, 1, 5) + timedelta(days=n // 20 + chance.randrange(5))
        waits = [f"{chance.randrange(max(1, n - 200), n)}FS" for _ in range(n % 3)] if n > 30 else []
        sheet.write_row(
            n, 0, [n, f"Task {n} that makes customers happy", f"Team {n % 12}", f"Person {n % 70}"]
        )
        sheet.write_datetime(n, 4, start, day)
        sheet.write_datetime(n, 5, start + timedelta(days=chance.randrange(5, 20)), day)
        status = ("To do", "In progress", "Done", "Blocked")[n % 4]
        sheet.write_row(n, 6, [chance.randrange(1, 15), status, chance.random(), ";".join(waits)])
        sheet.write_row(n, 10, [f"Some notes about task {n}", "alpha, beta"])
    book.close()
    return path


def bare_read(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def test_bare_read(benchmark: BenchmarkFixture, path: Path) -> None:
    assert benchmark(bare_read, path) == ROWS + 1


def test_import(benchmark: BenchmarkFixture, path: Path) -> None:
    imported = benchmark(import_file, path)
    assert imported.counts["items"] == ROWS
    assert imported.counts["links"] > 9_000
