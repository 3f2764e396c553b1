"""A plan's own fields in workbooks, CSV files and the tables of others: nothing is lost on the way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from own_fields import own_plan, texts, value
from roadwright.io.csv_file import write_csv
from roadwright.io.importing import import_file
from roadwright.io.own_headings import field_of, heading_of
from roadwright.io.workbook.read import read_workbook
from roadwright.model.fields import fields_of
from roadwright.model.plan import Plan
from roadwright.model.records import FieldId
from roadwright.model.schedule import schedule
from workbooks import Hand, answered, at_hand, changed, codes, edited, exported


def own(plan: Plan) -> dict[str, str]:
    """The kinds of the plan's own fields, by title."""
    return {field.own.title: field.own.kind for field in fields_of(plan).values() if field.own}


# Workbooks


def test_a_workbook_nobody_touched_gives_the_same_plan(tmp_path: Path) -> None:
    plan = own_plan()
    imported = read_workbook(exported(tmp_path, plan))
    assert imported.complaints == ()
    assert imported.plan.since(plan).edits == ()


def test_what_is_typed_into_own_columns_comes_back(tmp_path: Path) -> None:
    def edit(hand: Hand) -> None:
        cells: dict[str, Any] = {
            "risk": "low",
            "budget": 1500.5,
            "markets": 'France; "UK, Ireland"',
            "approver": "Bo Lind",
            "legal": "yes",
            "announced": datetime(2026, 4, 1),
            "score": "7,5",
            "code": "Hawk",
            "story": "three\nfour",
            "brief": "https://example.com/b",
        }
        hand.put("B", **{f"x-{id}": cell for id, cell in cells.items()})
        hand.put("A", **{"x-legal": None, "x-risk": None})

    plan = own_plan()
    imported = answered(exported(tmp_path, plan), edit)
    assert codes(imported) == ["workbook.new_person"]
    assert texts(imported.plan, "B") == {
        "Launch risk": "Low",
        "Budget": "1500.5",
        "Cost per day": "500.16666666667",
        "Markets": 'France, "UK, Ireland"',
        "Approver": "Bo Lind",
        "Brief": "https://example.com/b",
        "Legal checked": "yes",
        "Announced": "2026-04-01",
        "Score": "7.5",
        "Code name": "Hawk",
        "Story": "three\nfour",
    }
    assert set(changed(plan, imported)) == {"A", "B"}
    assert value(imported.plan, "A", "risk") is None


def test_an_unknown_choice_and_a_computed_cell_are_kept_as_they_were(tmp_path: Path) -> None:
    def edit(hand: Hand) -> None:
        hand.put("A", **{"x-risk": "Sky high", "x-per-day": 1})

    plan = own_plan()
    imported = answered(exported(tmp_path, plan), edit)
    assert sorted(codes(imported)) == ["value.unknown", "workbook.computed"]
    assert imported.complaints[0].values["field"] in ("Launch risk", "Cost per day")
    assert imported.plan.since(plan).edits == ()


def test_without_the_hidden_base_own_fields_are_rebuilt_from_the_cells(tmp_path: Path) -> None:
    def edit(hand: Hand) -> None:
        del hand.book["_sync"]

    plan = own_plan()
    imported = answered(exported(tmp_path, plan), edit)
    assert own(imported.plan) == own(plan)
    a, b = imported.plan.keys["A"], imported.plan.keys["B"]
    assert texts(imported.plan, a) == texts(plan, "A")
    assert texts(imported.plan, b) == texts(plan, "B")


def test_headings_alone_name_own_columns_too(tmp_path: Path) -> None:
    def edit(hand: Hand) -> None:
        hand.put("B", **{"x-code": "Hawk"})
        hand.sheet.delete_rows(3)

    plan = own_plan()
    imported = answered(exported(tmp_path, plan), edit)
    assert changed(plan, imported) == {"B": {"custom": {"code": "Hawk"}}}


def test_a_formula_that_fails_says_why_in_its_cell(tmp_path: Path) -> None:
    from roadwright.model.edits.fields import set_formula

    plan = set_formula(own_plan(), FieldId("per-day"), "[Budget] / progress")
    path = exported(tmp_path, plan)
    hand = at_hand(path)
    assert hand.cell("A", "x-per-day").value == "#divide by zero"
    assert read_workbook(path).plan.since(plan).edits == ()


def test_headings_of_a_workbook_are_all_different(tmp_path: Path) -> None:
    from roadwright.model.edits.fields import rename_field

    plan = rename_field(own_plan(), FieldId("code"), "Depends on")
    hand = at_hand(exported(tmp_path, plan))
    assert hand.sheet.cell(4, hand.columns["x-code"]).value == "Depends on 2"
    table = hand.sheet.tables["RoadmapTable"]
    names = [column.name.casefold() for column in table.tableColumns]
    assert len(set(names)) == len(names)


# The exchange form


def test_a_csv_file_keeps_what_own_fields_are(tmp_path: Path) -> None:
    plan = own_plan()
    write_csv(tmp_path / "out.csv", plan, schedule(plan))
    imported = import_file(tmp_path / "out.csv")
    assert codes(imported) == []
    assert own(imported.plan) == own(plan)
    assert texts(imported.plan, imported.plan.keys["A"]) == texts(plan, "A")


def test_a_heading_says_what_the_field_is() -> None:
    plan = own_plan()
    headings = [heading_of(field.own, plan) for field in fields_of(plan).values() if field.own]
    assert headings[:4] == [
        "Launch risk [choice: High, Medium, Low]",
        "Budget [amount EUR 0]",
        "Cost per day [formula EUR: [Budget] / [Duration]]",
        'Markets [several choices: Germany, France, "UK, Ireland"]',
    ]
    for heading, (id, field) in zip(headings, plan.fields.items(), strict=True):
        found = field_of(heading, id)
        assert found is not None
        assert (found.title, found.kind, found.currency) == (field.title, field.kind, field.currency)
        assert [o.title for o in found.options] == [o.title for o in field.options]
    assert field_of("Budget [EUR]", FieldId("f")) is None
    assert field_of("Scope [final]", FieldId("f")) is None


# Tables of others


def table(tmp_path: Path, **columns: list[Any]) -> Path:
    """A workbook of tasks with these further columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    count = max(map(len, columns.values()))
    sheet.append(["Task", "Start", *(name.replace("_", " ") for name in columns)])
    for row in range(count):
        sheet.append([f"Task {row}", datetime(2026, 3, 2), *(cells[row] for cells in columns.values())])
    book.save(tmp_path / "theirs.xlsx")
    return tmp_path / "theirs.xlsx"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([1, 2.5, None, 4, 5], "number"),
        (["1,200", "3.5", "7", "", "-2"], "number"),
        (["€ 1,200", "€ 3.50", "€ 7", None, "€ 1"], "currency"),
        (["007", "008", "010", "011", "012"], "text"),
        ([datetime(2026, 1, 2), datetime(2026, 1, 3), None, None, datetime(2026, 3, 1)], "date"),
        (["13.02.2026", "14.02.2026", "15.03.2026", "1.4.2026", ""], "date"),
        (["yes", "no", "yes", "", "no"], "flag"),
        ([True, False, True, True, None], "flag"),
        (["Low", "High", "low", "High", "Low"], "choice"),
        (["a, b", "b", "a, b", "a", "b, a"], "choices"),
        (["https://a.example/1", "http://b.example", "mailto:c@d.example", "", "https://e.example"], "url"),
        (["one", "two", "three", "four", "five"], "text"),
        (["one\nline", "two", "three", "four", "five"], "long"),
        ([1, 2, "three", 4, 5], "text"),
    ],
)
def test_columns_of_others_become_fields_of_the_kind_that_fits_all_cells(
    tmp_path: Path, cells: list[Any], kind: str
) -> None:
    imported = import_file(table(tmp_path, Weird_thing=cells))
    assert own(imported.plan) == {"Weird thing": kind}
    [note] = [complaint for complaint in imported.complaints if complaint.code == "import.own_fields"]
    assert "Weird thing" in note.message()
    filled = sum(cell not in (None, "", "no", False) for cell in cells)
    assert sum(bool(item.custom) for item in imported.plan.items.values()) == filled


def test_no_cell_of_a_kept_column_is_lost(tmp_path: Path) -> None:
    cells = ["n of 3", "3", "", "true", "2026-01-01"]
    imported = import_file(table(tmp_path, Weird_thing=cells))
    found = [list(item.custom.values()) for item in imported.plan.items.values()]
    assert found == [["n of 3"], ["3"], [], ["true"], ["2026-01-01"]]


def test_a_column_is_left_out_on_demand_and_the_report_says_so(tmp_path: Path) -> None:
    path = table(tmp_path, Cost_centre=["A1", "B2"], Swarm=["x y", "z"])
    imported = import_file(path, mapping={"Cost centre": "-"})
    assert own(imported.plan) == {"Swarm": "text"}
    assert [c.values["columns"] for c in imported.complaints if c.code == "import.unmapped"] == [
        "Cost centre"
    ]


def test_the_same_heading_several_times_is_one_field(tmp_path: Path) -> None:
    path = tmp_path / "jira.csv"
    path.write_text(
        "Summary,Swim lane,Swim lane,Swim lane\nA,web,app,\nB,web,,\nC,app,web,tv\nD,tv,,\n", "utf-8"
    )
    imported = import_file(path)
    assert own(imported.plan) == {"Swim lane": "choices"}
    assert [texts(imported.plan, id)["Swim lane"] for id in imported.plan.items] == [
        "web, app",
        "web",
        "web, app, tv",
        "tv",
    ]


def test_the_days_of_a_drawn_timeline_are_no_fields(tmp_path: Path) -> None:
    path = tmp_path / "grid.csv"
    path.write_text(
        "Task,Start,Jan,Feb,01/03/2026,2026-04,12,M,Risk\nA,2026-01-05,x,x,x,x,x,x,high\n", "utf-8"
    )
    assert own(import_file(path).plan) == {"Risk": "text"}


def test_edited_keeps_working_for_files_with_own_fields(tmp_path: Path) -> None:
    path = edited(exported(tmp_path, own_plan()), lambda hand: hand.add(title="New", **{"x-risk": "High"}))
    plan = read_workbook(path).plan
    new = next(item for item in plan.items.values() if item.title == "New")
    assert new.custom == {"risk": "high"}
