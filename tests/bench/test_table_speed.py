"""How long the table takes with 10,000 rows and 20 columns, in CPU time: scrolling, paging, editing."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import count

import pytest
from panel_plans import Company
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import set_field
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Column, Item, ItemId, PersonId, TeamId
from table_hands import Table

pytestmark = [
    pytest.mark.benchmark(timer=time.process_time, min_rounds=20, group="table"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]

ROWS = 10_000
COLUMNS = 20


@pytest.fixture(scope="module")
def plan() -> Plan:
    plan = new_plan("Big")
    for n in range(8):
        plan = add_team(plan, TeamId(f"t{n}"), f"Team {n}")
    for n in range(20):
        plan = add_person(plan, PersonId(f"p{n}"), f"Person Number {n}")
    statuses = list(plan.statuses)
    return plan.put(*(_item(n, statuses[n % len(statuses)]) for n in range(ROWS)))


def _item(n: int, status: str) -> Item:
    return Item(
        id=ItemId(f"i{n}"),
        key=f"RW-{n + 1}",
        title=f"Item number {n} of the plan",
        rank=float(n),
        start=date(2026, 1, 5) + timedelta(days=n % 500),
        duration=5 + n % 40,
        status=status,  # type: ignore[arg-type]
        team=TeamId(f"t{n % 8}"),
        owner=PersonId(f"p{n % 20}"),
        progress=n % 101,
        effort=float(n % 90),
        tags=("growth",),
    )


@pytest.fixture
def table(qtbot: QtBot, plan: Plan) -> Table:
    """At 1600 x 900, with every column in sight."""
    table = Table(qtbot, Company(plan=plan))
    table.page.resize(1600, 900)
    keys = [field.key for field in table.model.columns[:COLUMNS]]
    table.look(columns=tuple(Column(key, 77) for key in keys))
    QApplication.processEvents()
    assert len([one for one in table.grid.placed() if 0 <= one.left < 1540]) == COLUMNS
    return table


def test_scroll_by_a_row(benchmark: BenchmarkFixture, table: Table) -> None:
    """To be under 16 ms."""
    bar, steps = table.grid.verticalScrollBar(), count(9000, 32)

    def scroll() -> None:
        bar.setValue(next(steps))
        QApplication.processEvents()

    benchmark(scroll)


def test_scroll_by_a_page(benchmark: BenchmarkFixture, table: Table) -> None:
    """To be under 16 ms: every cell is one that has never been seen."""
    bar, steps = table.grid.verticalScrollBar(), count(9000, 800)

    def scroll() -> None:
        bar.setValue(next(steps) % bar.maximum())
        QApplication.processEvents()

    benchmark(scroll)


def test_scroll_sideways(benchmark: BenchmarkFixture, table: Table) -> None:
    """To be under 16 ms."""
    table.page.resize(1000, 900)
    bar, steps = table.grid.horizontalScrollBar(), count(0, 30)

    def scroll() -> None:
        bar.setValue(next(steps) % bar.maximum())
        QApplication.processEvents()

    benchmark(scroll)


def test_edit_a_cell(benchmark: BenchmarkFixture, table: Table) -> None:
    """To be under 30 ms, with the schedule and all that is drawn."""
    values = count(1)

    def edit() -> None:
        table.document.commit(set_field, ["i5"], "progress", next(values) % 100)
        QApplication.processEvents()

    benchmark(edit)


def test_edit_a_cell_in_lanes(benchmark: BenchmarkFixture, table: Table) -> None:
    """To be under 30 ms; the heads of lanes are summed up anew."""
    table.look(group="team")
    values = count(1)

    def edit() -> None:
        table.document.commit(set_field, ["i0"], "progress", next(values) % 100)
        QApplication.processEvents()

    benchmark(edit)


def test_select_all(benchmark: BenchmarkFixture, table: Table) -> None:
    def select() -> None:
        table.grid.selectAll()
        table.grid.go_to(0, table.grid.columns[1])

    benchmark(select)
