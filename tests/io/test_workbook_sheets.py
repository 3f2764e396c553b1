"""What is on the sheets: a real table to edit, a timeline that follows it, and nothing ugly."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from plans import day, planned
from roadwright.io.sample import sample_plan
from roadwright.io.workbook import content, timeline_sheet
from roadwright.io.workbook.cells import day_of
from roadwright.io.workbook.columns import COLUMNS, Columns
from roadwright.io.workbook.options import Options
from roadwright.io.workbook.package import Package
from roadwright.io.workbook.read import read_workbook
from roadwright.io.workbook.sheet_cells import Formula, column_name
from roadwright.io.workbook.styles import palette
from roadwright.io.workbook.timeline_rules import NEUTRAL
from roadwright.io.workbook.uids import is_uid, uids_of
from roadwright.io.workbook.write import write_workbook
from roadwright.model.edits.colors import set_color
from roadwright.model.plan import Plan
from roadwright.model.records import Calendar, CalendarId, Days, ItemId, Team, TeamId
from roadwright.model.schedule import schedule
from workbooks import TODAY, Hand, converted, edited, exported, resaved_by_libreoffice

PLACE = {column.field: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def sample(tmp_path: Path) -> tuple[Plan, Any]:
    """The sample plan and its workbook."""
    plan = sample_plan(TODAY)
    return plan, opened(exported(tmp_path, plan))


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says which decorations it doesn't know
        return openpyxl.load_workbook(path, data_only=True)


def grid(path: Path, sheet: str) -> dict[str, Any]:
    """Address to content, formulas by their results."""
    with Package(path) as package:
        ref = next(ref for ref in package.sheets if ref.name == sheet)
        return {
            f"{column_name(column)}{row}": value.value if isinstance(value, Formula) else value
            for row, cells in package.rows(ref)
            for column, value in cells.items()
        }


def test_the_sheets_and_who_sees_them(sample: tuple[Plan, Any]) -> None:
    _, book = sample
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states == {
        "Read me": "visible",
        "Roadmap": "visible",
        "Timeline": "visible",
        "Dependencies": "visible",
        "Summary": "visible",
        "_lists": "hidden",
        "_sync": "veryHidden",
    }
    assert book.active.title == "Roadmap"


def test_the_table_is_a_table(sample: tuple[Plan, Any]) -> None:
    plan, book = sample
    sheet = book["Roadmap"]
    table, columns = sheet.tables["RoadmapTable"], Columns(plan)
    assert len(columns.all) == len(COLUMNS) + 4, (
        "the sample has fields of its own, and there is room for feedback"
    )
    assert table.ref == f"A4:{column_name(len(columns.all) - 1)}{4 + len(plan.items)}"
    assert table.autoFilter is not None
    headings = [column.name for column in table.tableColumns]
    assert headings == [cell.value for cell in sheet[4]]
    assert len(set(headings)) == len(headings)
    assert sheet.freeze_panes == "C5"
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["C"].hidden
    assert [cell.value for cell in sheet[3]] == [columns.mark(column.field) for column in columns.all]
    assert sheet[3][0].value == "rw:key"
    assert sheet[3][-3].value == "rw:x-sample-budget amount EUR 0"
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    chosen = ("team", "level", "kind", "status", "owner", "pinned", "precision", "horizon", "x-sample-risk")
    for field in chosen:
        assert lists[f"{column_name(columns.place[field])}5"].startswith("_lists!"), field
    for field in ("start", "finish", "deadline", "duration", "progress"):
        assert f"{column_name(PLACE[field])}5" in lists, field
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1), "one page wide, which is the default"
    assert sheet.page_setup.fitToHeight in (None, 1), "few rows, on one page"
    assert sheet.print_title_rows == "$4:$4"
    assert not sheet.protection.sheet, "a protected sheet can't grow its table"


def test_cells_hold_real_values(tmp_path: Path) -> None:
    plan = planned(
        "A FS+5 M",
        A=(
            "Mon",
            4,
            {"deadline": day("Fri2"), "progress": 35, "effort": 2.5, "pinned": True, "tags": ("a", "b")},
        ),
        M=(None, 0),
    )
    sheet = opened(exported(tmp_path, plan))["Roadmap"]
    rows = [{c.field: sheet.cell(row, n).value for n, c in enumerate(COLUMNS, 1)} for row in (5, 6)]
    assert [row["finish"].date() for row in rows] == [day("Thu"), day("Thu2")], "the last day is included"
    assert rows[0]["start"].date() == day("Mon")
    assert sheet["J5"].number_format == "d mmm yyyy"
    assert (rows[0]["progress"], sheet["M5"].number_format) == (0.35, "0%")
    assert (rows[0]["duration"], rows[0]["effort"], rows[0]["pinned"]) == (4, 2.5, "Yes")
    assert (rows[0]["kind"], rows[1]["kind"], rows[1]["depends"]) == ("Feature", "Milestone", "A FS+5d")
    assert rows[0]["tags"] == "a, b"
    assert all(is_uid(row["uid"]) for row in rows)


def test_a_finish_is_a_formula_where_it_can_be(tmp_path: Path) -> None:
    holiday = (Days(first=day("Tue"), last=day("Wed"), title="Fair"),)
    plan = planned(under="P: C", A=("Mon", 4), B=("Mon", 4, {"team": "T"}), P=(None, 1), C=("Mon", 2))
    plan = plan.put(
        Calendar(id=CalendarId("standard"), holidays=holiday),
        Calendar(id=CalendarId("six"), weekdays=(0, 1, 2, 3, 4, 5)),
        Team(id=TeamId("T"), title="T", calendar=CalendarId("six")),
    )
    with Package(exported(tmp_path, plan)) as package:
        roadmap = next(sheet for sheet in package.sheets if sheet.name == "Roadmap")
        finishes = {str(cells[0]): cells[PLACE["finish"]] for row, cells in package.rows(roadmap) if row > 4}
    own = finishes["A"]
    assert isinstance(own, Formula)
    assert "_lists!" in own.text, "it counts the holidays"
    assert isinstance(finishes["C"], Formula)
    assert isinstance(finishes["B"], float), "WORKDAY knows no six-day week"
    assert isinstance(finishes["P"], float), "a parent's finish comes from its children"


def test_every_formula_has_its_result(tmp_path: Path) -> None:
    path = exported(tmp_path, sample_plan(TODAY))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = archive.read(name).decode()
                assert len(re.findall("<f[ >]", text)) == len(re.findall("</f><v>", text)), name


def test_the_plan_is_named_in_properties_and_names(sample: tuple[Plan, Any]) -> None:
    plan, book = sample
    names = {name: value.attr_text.strip('"') for name, value in book.defined_names.items()}
    properties = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert names["rw_plan_id"] == properties["rw_plan_id"] == plan.info.id
    assert names["rw_export_id"] == properties["rw_export_id"]
    assert f"rw_export_id={names['rw_export_id']}" in book.properties.keywords
    assert book.properties.title == plan.info.title


def test_milestones_and_lanes_on_the_timeline(tmp_path: Path) -> None:
    plan = planned(
        "A FS M",
        under="P: A M",
        P=(None, 1),
        A=("Mon", 5, {"team": "Web", "progress": 50}),
        M=(None, 0, {"team": "Web"}),
        N=(None, 3),
    )
    plan = plan.put(Team(id=TeamId("Web"), title="Web", color="green"))
    cells = grid(exported(tmp_path, plan), "Timeline")
    assert [cells[f"B{row}"].strip("\u00a0") for row in range(9, 13)] == ["P", "A", "M", "N"]
    assert [cells.get(f"A{row}") for row in range(9, 13)] == [None, "Web", None, None]
    assert [cells[f"I{row}"] for row in range(9, 13)] == [2, 3, 1, 0], "parent, bar, milestone, nothing"
    assert [cells[f"G{row}"] for row in range(9, 13)] == [NEUTRAL, 2, 2, NEUTRAL], "no colour, green"
    assert cells["H10"] == cells["D10"] + 0.5 * (cells["E10"] - cells["D10"] + 1)
    signs = [address for address, value in cells.items() if value == "◆"]
    assert signs == ["J11"]
    marks = [address for address, value in cells.items() if value == "▼"]
    assert marks == ["K8"], "today is in the second week"


def test_a_long_plan_gets_months_and_a_longer_one_quarters(tmp_path: Path) -> None:
    for last, scale in (
        (date(2026, 12, 1), "Weeks"),
        (date(2029, 6, 1), "Months"),
        (date(2035, 6, 1), "Quarters"),
    ):
        plan = planned(A=("Mon", 5), B=("Mon", 5))
        plan = plan.put(replace(plan.items[ItemId("B")], start=last))
        assert grid(exported(tmp_path, plan), "Timeline")["D2"] == scale


def test_a_big_plan_limits_the_timeline_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_sheet, "ROW_LIMIT", 10)
    monkeypatch.setattr(timeline_sheet, "SIGN_LIMIT", 5)
    plan = planned(**{f"A{n}": ("Mon", n % 3) for n in range(40)})
    path = exported(tmp_path, plan)
    cells = grid(path, "Timeline")
    assert [value for value in cells.values() if isinstance(value, str) and "10 of 40" in value]
    assert not [value for value in cells.values() if value == "◆"], "milestones are dark cells by a rule then"
    assert len([address for address in cells if re.fullmatch(r"B\d+", address) and cells[address]]) == 10 + 1
    assert read_workbook(path).plan.since(plan).edits == ()


def test_a_huge_plan_is_a_plain_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "PLAIN_LIMIT", 10)
    plan = planned(**{f"A{n}": ("Mon", n % 3) for n in range(40)})
    path = exported(tmp_path, plan)
    with Package(path) as package:
        assert [sheet.name for sheet in package.sheets] == ["Read me", "Roadmap", "_lists", "_sync"]
    assert read_workbook(path).plan.since(plan).edits == ()


def test_libreoffice_calculates_the_same(tmp_path: Path) -> None:
    plan = sample_plan(date.today())
    plan = plan.put(Calendar(id=CalendarId("standard"), holidays=(Days(date.today(), date.today()),)))
    paths = [tmp_path / "plan.xlsx", tmp_path / "views.xlsx"]
    write_workbook(paths[0], plan, schedule(plan))
    write_workbook(paths[1], plan, schedule(plan), plan.views["by-status"])
    for path, saved in zip(paths, resaved_by_libreoffice(tmp_path, *paths, recalculate=True), strict=True):
        for sheet in ("Roadmap", "Timeline", "Dependencies", "Summary"):
            ours, theirs = grid(path, sheet), grid(saved, sheet)
            different = {
                address: (value, theirs.get(address))
                for address, value in ours.items()
                if (value or "") != (theirs.get(address) or "")
                and not (isinstance(value, float) and value == pytest.approx(theirs.get(address)))
            }
            assert different == {}, sheet


def test_nothing_is_too_narrow(tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext is not installed")
    plan = sample_plan(TODAY)
    wide = [
        replace(item, effort=123_456.789, duration=1_000)
        for item in plan.items.values()
        if item.kind == "bar"
    ]
    path = exported(tmp_path, plan.put(*wide))
    [pages] = converted(tmp_path, "pdf", path)
    done = subprocess.run([pdftotext, "-layout", str(pages), "-"], check=True, capture_output=True)
    text = done.stdout.decode()
    assert "###" not in text
    assert "#REF!" not in text
    assert "Customer platform roadmap" in text


def test_endless_names_stay_out_of_the_charts(tmp_path: Path) -> None:
    """LibreOffice lays out a label of 32,000 letters for minutes."""
    plan = sample_plan(TODAY)
    team, status = next(iter(plan.teams.values())), next(iter(plan.statuses.values()))
    path = exported(
        tmp_path, plan.put(replace(team, title="T" * 32_000), replace(status, title="S" * 32_000))
    )
    with zipfile.ZipFile(path) as book:
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 3
        assert all(book.getinfo(name).file_size < 10_000 for name in charts)


def test_uids_are_whole_and_different() -> None:
    ids = [ItemId(f"id-{n}") for n in range(3000)]
    uids = uids_of(ids)
    assert len(set(uids.values())) == len(ids)
    assert all(map(is_uid, uids.values()))
    assert uids_of(ids[:5]) == {id: uids[id] for id in ids[:5]}, "the same in every export"
    broken = [
        uid[:place] + ("2" if uid[place] != "2" else "3") + uid[place + 1 :]
        for uid in list(uids.values())[:50]
        for place in range(10)
    ]
    assert not any(map(is_uid, broken)), "one wrong letter is noticed"
    assert not is_uid("")
    assert not is_uid("O0O0O0O0O0")


def test_the_read_me_names_every_lane_and_status(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)
    plan = plan.put(*(Team(id=TeamId(f"t{n}"), title=f"Extra team {n}", rank=9.0 + n) for n in range(3)))
    texts = [str(value) for value in grid(exported(tmp_path, plan), "Read me").values()]
    for name in [*plan.teams.values(), *plan.statuses.values()][:8]:
        assert name.title in texts
    for status in plan.statuses.values():
        assert status.title in texts
    assert "and 1 more" in texts
    assert f"{len(plan.items)} items · {len(plan.links)} dependencies" in texts
    assert "As of 14 Jan 2026" in texts


def test_the_timeline_follows_the_table(tmp_path: Path) -> None:
    plan = planned("A FS M", A=("Mon", 4), M=(None, 0))

    def edit(hand: Hand) -> None:
        hand.put("A", start=datetime.combine(day("Wed2"), datetime.min.time()), duration=6)
        hand.add(title="New", start=datetime.combine(date(2026, 6, 1), datetime.min.time()))
        hand.book["Timeline"]["D2"] = "Months"

    path = edited(exported(tmp_path, plan), edit)
    [saved] = resaved_by_libreoffice(tmp_path, path, recalculate=True)
    cells = grid(saved, "Timeline")
    assert [day_of(cells[f"{column}9"]) for column in "DE"] == [day("Wed2"), day("Wed3")]
    assert cells["B11"] == "New"
    assert [day_of(cells[f"{column}4"]) for column in ("J", "K", "L")] == [
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    imported = read_workbook(saved)
    assert (imported.plan.items["A"].start, imported.plan.items["A"].duration) == (day("Wed2"), 6)
    assert "New" in [item.title for item in imported.plan.items.values()]


def test_a_colour_that_somebody_made_draws_the_bars(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 3, {"team": "Web"}), B=("Mon", 3, {"team": "App"}))
    plan = set_color(plan, "team", TeamId("Web"), "#AA3377")
    cells = grid(exported(tmp_path, plan), "Timeline")
    own, usual = (cells[f"G{row}"] for row in (9, 10))
    assert own == len(palette().lanes) + 1
    assert usual <= len(palette().lanes)


def test_the_read_me_of_a_part_counts_and_names_what_is_in_it(tmp_path: Path) -> None:
    plan = planned("A FS B; B FS C", A=("Mon", 4), B=(None, 3), C=(None, 1))
    teams = {TeamId(id): Team(id=TeamId(id), title=title) for id, title in (("x", "Mobile"), ("y", "Web"))}
    items = {id: replace(item, team=TeamId("y" if id == "C" else "x")) for id, item in plan.items.items()}
    plan = replace(plan, teams=teams, items=items)
    path = tmp_path / "part.xlsx"
    write_workbook(path, plan, schedule(plan), None, date(2026, 3, 2), options=Options(team=TeamId("x")))
    said = list(grid(path, "Read me").values())
    assert "2 items · 1 dependencies" in said
    assert "Mobile" in said
    assert "Web" not in said
    assert "Progress" in said
