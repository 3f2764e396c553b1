"""How long a workbook takes to write and to read, beside the bare read of python-calamine, in CPU time."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.io.returned import merged, read_returned
from roadwright.io.workbook.content import Content
from roadwright.io.workbook.read import read_workbook
from roadwright.io.workbook.write import write_workbook
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import (
    Item,
    ItemId,
    LevelId,
    Link,
    LinkId,
    Person,
    PersonId,
    StatusId,
    Team,
    TeamId,
)
from roadwright.model.schedule import schedule

pytestmark = pytest.mark.benchmark(timer=time.process_time, group="workbook")
TODAY = date(2026, 1, 14)


def big_plan(count: int) -> Plan:
    """Teams, people, two links for every other item, a milestone in twelve; no hierarchy."""
    teams = [Team(id=TeamId(f"team-{n}"), title=f"Team {n}", rank=float(n)) for n in range(8)]
    people = [Person(id=PersonId(f"person-{n}"), name=f"Person {n}") for n in range(40)]
    items = [
        Item(
            id=ItemId(f"item-{n}"),
            key=f"RW-{n + 1}",
            title=f"Item number {n + 1} of the plan",
            kind="milestone" if n % 12 == 11 else "bar",
            level=LevelId("feature"),
            rank=float(n),
            start=date(2026, 1, 5) + timedelta(days=n * 7 % 500),
            duration=0 if n % 12 == 11 else 5 + n % 40,
            status=StatusId(("planned", "in-progress", "done")[n % 3]),
            progress=n * 7 % 101,
            effort=float(n % 50),
            team=teams[n % 8].id,
            owner=people[n % 40].id,
            notes="Some words about it" if n % 4 == 0 else "",
            tags=("growth",) if n % 5 == 0 else (),
        )
        for n in range(count)
    ]
    links = [
        Link(id=LinkId(f"link-{n}-{back}"), source=items[n - back].id, target=items[n].id)
        for n in range(10, count)
        for back in ((10, 7) if n % 2 else (10,))
    ]
    return new_plan("Big").put(*teams, *people, *items, *links)


Cells = list[list[str | float | None]]


def cells_of(count: int) -> Cells:
    """The rows that the sheet Roadmap shows, as plain values."""
    plan = big_plan(count)
    content = Content(plan, schedule(plan), None, TODAY)
    return [[line.cells[key] for key in content.columns.keys] for line in content.lines]


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_write_the_same_rows_with_xlsxwriter_bare(
    benchmark: BenchmarkFixture, tmp_path: Path, count: int
) -> None:
    """The yardstick: one sheet of plain values."""
    cells = cells_of(count)

    def bare() -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "bare.xlsx"))
        sheet = book.add_worksheet()
        for row, line in enumerate(cells):
            sheet.write_row(row, 0, line)
        book.close()

    benchmark.pedantic(bare, rounds=2)


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_write_the_same_rows_with_openpyxl_bare(
    benchmark: BenchmarkFixture, tmp_path: Path, count: int
) -> None:
    cells = cells_of(count)

    def bare() -> None:
        book = openpyxl.Workbook()
        for line in cells:
            book.active.append(line)
        book.save(tmp_path / "bare.xlsx")

    benchmark.pedantic(bare, rounds=2)


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_read_and_merge_a_reply(benchmark: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    """One that nobody has touched: every cell is looked at all the same."""
    plan = big_plan(count)
    path = tmp_path / "reply.xlsx"
    write_workbook(path, plan, schedule(plan), None, TODAY)
    merge = benchmark.pedantic(lambda: merged(read_returned(path, plan, ()), plan), rounds=3)
    assert merge.plan == plan


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = big_plan(10_000)
    path = tmp_path_factory.mktemp("bench") / "big.xlsx"
    write_workbook(path, plan, schedule(plan), None, TODAY)
    return path


@pytest.mark.parametrize("count", [40, 1_000, 10_000])
def test_write_workbook(benchmark: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    plan = big_plan(count)
    times = schedule(plan)
    benchmark.pedantic(write_workbook, (tmp_path / "b.xlsx", plan, times, None, TODAY), rounds=2)


def test_read_10_000_rows(benchmark: BenchmarkFixture, workbook: Path) -> None:
    imported = benchmark.pedantic(read_workbook, (workbook,), rounds=5, warmup_rounds=1)
    assert len(imported.plan.items) == 10_000


def test_read_10_000_rows_with_calamine_bare(benchmark: BenchmarkFixture, workbook: Path) -> None:
    """The yardstick: reading by us may take 1.5 times this and a second."""

    def bare() -> int:
        book = python_calamine.CalamineWorkbook.from_path(workbook)
        return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)

    assert benchmark.pedantic(bare, rounds=5, warmup_rounds=1) > 10_000
