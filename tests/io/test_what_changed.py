"""The report of what has changed since a state: found by its name, written as sheet, PDF and text."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from plans import planned
from roadwright.io.difference import as_json, for_mail, for_wiki, report
from roadwright.io.loading import Loaded, load
from roadwright.io.roadmap_file import save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.io.since import told_since
from roadwright.io.workbook.options import Options
from roadwright.io.workbook.write import write_workbook
from roadwright.main import main
from roadwright.model.document import Document
from roadwright.model.edits.baselines import take_baseline
from roadwright.model.edits.exports import log_export
from roadwright.model.edits.items import remove_items, rename_item, set_field
from roadwright.model.edits.people import add_team
from roadwright.model.history.earlier import Told, of_plan, what_changed
from roadwright.model.history.kept import History
from roadwright.model.plan import Plan
from roadwright.model.records import BaselineId, ExportId, ItemId, SentWorkbook, TeamId, View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

A, B, C, D = (ItemId(name) for name in "ABCD")
TODAY = date(2026, 2, 1)


def base() -> Plan:
    #      Mo Tu We Th Fr | Mo Tu We
    # A    =========                     FS
    # B             ======  ===          FS
    # C                         ◆
    # D    ===
    plan = planned("A FS B; B FS C", A=("Mon", 3), B=(None, 5), C=(None, 0), D=("Mon", 1))
    plan = set_field(add_team(plan, TeamId("t"), "Web"), [A, B], "team", TeamId("t"))
    for id, title in ((A, "Payments API"), (B, "Checkout"), (C, "Launch"), (D, "Old shop")):
        plan = rename_item(plan, id, title)
    return plan


def slipped() -> Document:
    """A baseline, a workbook that is sent, then a slip with its reason and something dropped."""
    document = Document(base(), author="Ann")
    document.commit(take_baseline, BaselineId("b"), "Board meeting", TODAY)
    sent = SentWorkbook(id=ExportId("x"), title="For Acme.xlsx", day=TODAY, time="20260201T090000Z")
    document.commit(log_export, sent)
    document.commit(set_field, [A], "duration", 11)
    document.give_reason("Vendor is late")
    document.commit(remove_items, [D])
    return document


def told(document: Document | None = None) -> Told:
    document = document or slipped()
    earlier = of_plan("the board", base(), "2000-01-01T00:00:00+00:00")
    return what_changed(earlier, document.kept, document.kept_schedule, History(document))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    document = slipped()
    save_roadmap(tmp_path / "plan.roadmap", document.kept, (), document.done)
    return tmp_path / "plan.roadmap"


def test_a_mail_begins_with_what_it_is_about():
    lines = for_mail(report(told(), date(2026, 3, 4))).splitlines()
    assert lines[0] == "What changed since the board"
    assert lines[1].endswith(", 4 Mar 2026")
    assert lines[2].startswith("3 slipped · 1 dropped")
    assert lines[5] == (
        "- Payments API slips 8 working days to 19 Jan 2026 because it takes 11 working days instead of 3"
        " (“Vendor is late”)"
    )
    assert lines[6] == "  - Checkout slips 8 working days to 26 Jan 2026 because Payments API finishes later"
    assert for_wiki(report(told())).startswith("# What changed since the board\n")


def test_values_for_programs():
    entries = as_json(report(told(), most=None))
    assert json.loads(json.dumps(entries)) == entries
    first, second = entries[:2]
    assert (first["kind"], first["title"], first["days"], first["follows"]) == (
        "slipped",
        "Payments API",
        8,
        False,
    )
    assert first["reason"] == "Vendor is late"
    assert second["follows"]


@pytest.mark.parametrize("name", ["board meeting", "For Acme.xlsx"])
def test_a_state_is_found_by_its_name(file: Path, name: str):
    found = told_since(name, load(file))
    assert [one.id for one in found.story.of("slipped")] == [A, B, C]
    assert {id: found.earlier.times.dates(id) for id in (A, B, C)} == {
        id: schedule(base()).dates(id) for id in (A, B, C)
    }


def test_a_state_is_found_by_its_day_and_as_a_file(tmp_path: Path):
    document = slipped()
    days = (f"2026-01-0{n}T12:00:00+00:00" for n in range(5, 9))
    steps = [replace(step, time=time) for step, time in zip(document.done, days, strict=True)]
    loaded = Loaded(document.kept, history=tuple(map(step_line, steps)))
    assert told_since("2026-01-06", loaded).earlier.plan.items == base().items
    with pytest.raises(Refused, match=r"since\.day"):
        told_since("2020-01-01", loaded)
    with pytest.raises(Refused, match=r"since\.unknown") as refusal:
        told_since("Nothing", loaded)
    assert refusal.value.values["known"] == ["Board meeting"]
    save_roadmap(tmp_path / "old.roadmap", base())
    assert told_since(str(tmp_path / "old.roadmap"), loaded).earlier.title == "old.roadmap"


def rows_of(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames[0] == "What changed"
    return [row for row in book["What changed"].iter_rows(values_only=True) if any(row)]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_it_is_the_first_sheet_and_the_workbook_is_read_back_as_before(tmp_path: Path):
    document = slipped()
    path = tmp_path / "plan.xlsx"
    write_workbook(path, document.kept, document.kept_schedule, told=told(document))
    head, about, columns, first, second, *_ = rows_of(path)
    assert head[0] == "What changed since the board"
    assert "3 slipped" in str(about[0])
    assert columns == ("Change", "Key", "What happened", "Working days", "Finish")
    assert first[:2] == ("Slipped", "A")
    assert first[3:] == (8, datetime(2026, 1, 19))
    assert "because Payments API finishes later" in str(second[2])
    again = load(path)
    assert again.plan.items == document.kept.items
    assert not again.complaints


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_workbook_for_one_team_does_not_tell_of_others(tmp_path: Path):
    document = slipped()
    path = tmp_path / "team.xlsx"
    document.commit(set_field, [B], "team", None)
    options = Options(team=TeamId("t"))
    write_workbook(path, document.kept, document.kept_schedule, told=told(document), options=options)
    text = " ".join(str(cell) for row in rows_of(path) for cell in row)
    assert "Payments API" in text
    assert "Old shop" not in text
    assert "Launch" not in text


def test_only_what_a_view_shows_is_told():
    document = slipped()
    view = View(id=ViewId("v"), title="Web", rank="a", filter="team=Web")
    seen = told(document).seen_in(view, document.kept_schedule)
    assert {one.id for one in seen.story.news} == {A, B}
    assert not seen.story.comparison.others


def test_a_cause_that_may_not_be_named_is_left_out():
    (checkout,) = (one for one in told().among({B}).story.news if one.kind == "slipped")
    assert checkout.causes == ()
    assert checkout.root is None
    words = for_mail(report(told().among({B})))
    assert "Checkout slips 8 working days to 26 Jan 2026\n" in words


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", ["xlsx", "md", "pdf"])
def test_the_command_line_begins_an_export_with_it(file: Path, suffix: str):
    output = file.with_name(f"out.{suffix}")
    assert main(["export", str(file), "-o", str(output), "--since", "Board meeting"]) == 0
    assert output.stat().st_size > 500
    if suffix == "md":
        assert output.read_text("utf-8").startswith("# What changed since Board meeting\n")


def test_the_command_line_refuses_what_it_does_not_know(file: Path, capsys: pytest.CaptureFixture[str]):
    output = file.with_name("out.md")
    assert main(["export", str(file), "-o", str(output), "--since", "Nothing"]) == 1
    assert "Board meeting" in capsys.readouterr().err
    assert not output.exists()
    assert main(["export", str(file), "-o", str(file.with_name("out.csv")), "--since", "x"]) == 2


def test_diff_knows_the_reasons_of_the_newer_file(file: Path, capsys: pytest.CaptureFixture[str]):
    old = file.with_name("old.roadmap")
    document = Document(base())
    save_roadmap(old, document.kept)
    assert main(["diff", str(old), str(file)]) == 0
    assert "Payments API slips 8 working days" in capsys.readouterr().out
    assert main(["diff", str(old), str(file), "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert [entry["title"] for entry in values["told"]][:3] == ["Payments API", "Checkout", "Launch"]
