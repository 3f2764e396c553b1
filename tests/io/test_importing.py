"""The one way in: what a file is, is found out from its content."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from roadwright.io.importing import import_file, sheet_names
from roadwright.io.roadmap_file import save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.io.workbook.write import write_workbook
from roadwright.model.plan import Plan
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from tables import csv_file, workbook


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan(date(2026, 3, 4))


def test_a_plan_of_ours(tmp_path: Path, plan: Plan) -> None:
    save_roadmap(tmp_path / "plan.roadmap", plan)
    imported = import_file(tmp_path / "plan.roadmap")
    assert imported.plan == plan
    assert imported.counts["items"] == len(plan.items)
    assert sheet_names(tmp_path / "plan.roadmap") == []
    renamed = (tmp_path / "plan.roadmap").rename(tmp_path / "plan.txt")
    assert import_file(renamed).plan == plan
    with pytest.raises(Refused) as refused:
        import_file(renamed, sheet="Plan")
    assert refused.value.code == "import.roadmap"


def test_a_workbook_of_ours(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(path, plan, schedule(plan), today=date(2026, 3, 4))
    assert import_file(path).plan.items == plan.items
    assert import_file(path, sheet="roadmap").plan.items == plan.items
    assert sheet_names(path) == []


def test_names_do_not_count(tmp_path: Path) -> None:
    rows = [["Task", "Start"], ["A", date(2026, 1, 5)]]
    path = workbook(tmp_path / "plan.xlsx", rows, titles=["Work"]).rename(tmp_path / "plan.csv")
    assert len(import_file(path).plan.items) == 1
    assert sheet_names(path) == ["Work"]
    path = csv_file(tmp_path / "table.xlsx", "Task;Start\nA;2026-01-05")
    assert len(import_file(str(path)).plan.items) == 1
    assert sheet_names(str(path)) == []


def test_nothing_else_is_written(tmp_path: Path) -> None:
    path = workbook(tmp_path / "plan.xlsx", [["Task", "Start"], ["A", date(2026, 1, 5)]])
    before = path.read_bytes()
    import_file(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["plan.xlsx"]
