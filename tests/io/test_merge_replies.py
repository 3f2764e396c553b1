"""Workbooks that come back, and copies of the file, merged without a window."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from roadwright.io.csv_file import write_csv
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.main import main
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item, remove_items, rename_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId, LinkId, PersonId, TeamId
from roadwright.model.schedule import schedule
from workbooks import Hand, edited, exported

A, B, C = ItemId("A"), ItemId("B"), ItemId("C")


@pytest.fixture
def plan() -> Plan:
    """RW-1 Checkout, RW-2 Wallet that waits for it, RW-3 Launch."""
    plan = add_team(new_plan("Shop"), TeamId("pay"), "Payments")
    plan = add_item(plan, A, title="Checkout", start=date(2026, 3, 2), team=TeamId("pay"))
    plan = add_item(plan, B, title="Wallet", duration=3, effort=5.0)
    plan = add_item(plan, C, title="Launch", start=date(2026, 6, 1))
    return add_link(plan, LinkId("AB"), A, B)


@pytest.fixture
def file(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "Shop.roadmap"
    save_roadmap(path, plan)
    return path


@pytest.fixture
def reply(plan: Plan, tmp_path: Path) -> Callable[[Callable[[Hand], None]], Path]:
    """The workbook as it was sent, after somebody edited it."""
    return lambda edit: edited(exported(tmp_path, plan), edit)


def merged(capsys: pytest.CaptureFixture[str], status: int, *arguments: object) -> dict[str, Any]:
    """The JSON of a merge of one file."""
    assert main(["merge", *map(str, arguments), "--json"]) == status
    (told,) = json.loads(capsys.readouterr().out)["replies"]
    return told


def test_an_untouched_workbook_changes_nothing(file: Path, plan: Plan, reply, capsys):
    before = file.read_bytes()
    told = merged(capsys, 0, file, reply(lambda hand: None))
    assert (told["changes"], told["new"], told["deleted"], told["unreadable"]) == ([], [], [], [])
    assert told["matched"] == {"uid": 3, "key": 0, "title": 0, "fuzzy": 0}
    assert told["export_id"]
    assert file.read_bytes() == before


def test_clean_changes_are_taken_as_one_step(file: Path, plan: Plan, reply, capsys):
    def edit(hand: Hand) -> None:
        hand.put("RW-1", title="Checkout 2.0", start=date(2026, 3, 9))
        hand.put("RW-2", depends="RW-1 FS+2d", effort=8)

    told = merged(capsys, 0, file, reply(edit))
    changes = {(change["key"], change["field"]): change for change in told["changes"]}
    assert changes["RW-1", "title"] == {
        "key": "RW-1",
        "field": "title",
        "base": "Checkout",
        "mine": "Checkout",
        "theirs": "Checkout 2.0",
        "state": "theirs",
    }
    assert changes["RW-1", "start"]["theirs"] == "2026-03-09"
    assert changes["RW-2", "effort"]["theirs"] == 8
    opened = open_roadmap(file)
    assert opened.plan.items[A].title == "Checkout 2.0"
    assert opened.plan.links[LinkId("AB")].lag == 2
    assert len(opened.history) == 1


def test_a_conflict_keeps_mine_and_says_so(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.put("RW-1", title="Theirs"))
    save_roadmap(file, rename_item(plan, A, "Mine"))
    told = merged(capsys, 3, file, path)
    assert [(c["mine"], c["theirs"], c["state"]) for c in told["changes"]] == [("Mine", "Theirs", "conflict")]
    assert open_roadmap(file).plan.items[A].title == "Mine"
    merged(capsys, 0, file, path, "--take", "theirs")
    assert open_roadmap(file).plan.items[A].title == "Theirs"


def test_the_same_on_both_sides_is_no_conflict(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.put("RW-1", title="Both"))
    save_roadmap(file, rename_item(plan, A, "Both"))
    assert [change["state"] for change in merged(capsys, 0, file, path)["changes"]] == ["same"]


def test_a_missing_row_is_deleted_only_when_asked(file: Path, plan: Plan, reply, capsys):
    base = set_field(plan, [A], "notes", "")
    for n in range(8):  # one of many rows: not an extract
        base = add_item(base, ItemId(f"more{n}"), title=f"More {n}")
    save_roadmap(file, base)
    path = edited(exported(file.parent, base), lambda hand: hand.sheet.delete_rows(hand.row("RW-3")))
    told = merged(capsys, 0, file, path)
    assert told["deleted"] == [{"key": "RW-3", "title": "Launch", "applied": False}]
    assert C in open_roadmap(file).plan.items
    assert merged(capsys, 0, file, path, "--delete")["deleted"][0]["applied"]
    assert C not in open_roadmap(file).plan.items


def test_an_extract_deletes_nothing(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.sheet.delete_rows(hand.row("RW-2"), 2))
    assert merged(capsys, 0, file, path, "--delete")["deleted"] == []
    assert len(open_roadmap(file).plan.items) == 3


def test_a_new_row_comes_once_however_often_it_is_merged(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.add(title="Refunds", team="Payments"))
    assert [entry["title"] for entry in merged(capsys, 0, file, path)["new"]] == ["Refunds"]
    merged(capsys, 0, file, path)
    titles = [item.title for item in open_roadmap(file).plan.items.values()]
    assert titles.count("Refunds") == 1


@pytest.mark.parametrize(("field", "table"), [("owner", "people"), ("team", "teams")])
def test_a_new_name_is_one_record_whoever_types_it(
    file: Path, plan: Plan, tmp_path: Path, capsys, field, table
):
    base = exported(tmp_path, plan)
    one = edited(base, lambda hand: hand.put("RW-1", **{field: "Zoe New"})).rename(tmp_path / "one.xlsx")
    other = edited(base, lambda hand: hand.put("RW-2", **{field: "zoe new"}))
    for path in (one, other, one):
        told = merged(capsys, 0, file, path)
    assert [change["state"] for change in told["changes"]] == ["same"]
    result = open_roadmap(file).plan
    assert result.table(table).keys() - plan.table(table).keys() == {getattr(result.items[A], field)}
    assert getattr(result.items[B], field) == getattr(result.items[A], field)


def test_a_new_name_that_i_know_is_nobody_new(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.put("RW-1", owner="Zoe New"))
    save_roadmap(file, add_person(plan, PersonId("zoe"), "Zoe New"))
    merged(capsys, 0, file, path)
    result = open_roadmap(file).plan
    assert (list(result.people), result.items[A].owner) == (["zoe"], "zoe")


def test_merged_again_a_file_tells_of_nothing_new(file: Path, plan: Plan, reply, capsys):
    def edit(hand: Hand) -> None:
        hand.put("RW-1", title="Both", effort=8)
        hand.add(title="Refunds", team="Payments", duration=4)

    path = reply(edit)
    (new,) = merged(capsys, 0, file, path)["new"]
    assert (new["title"], new["team"], new["duration"]) == ("Refunds", "Payments", 4)
    again = merged(capsys, 0, file, path)
    assert (again["merged_before"], again["new"]) == (True, [])
    assert {
        (one["field"], one["base"], one["mine"], one["theirs"], one["state"]) for one in again["changes"]
    } == {
        ("title", "Checkout", "Both", "Both", "same"),
        ("effort", None, 8, 8, "same"),
    }


def test_an_item_that_i_removed_and_they_changed_is_named(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.put("RW-3", title="Theirs"))
    save_roadmap(file, remove_items(plan, [C]))
    assert merged(capsys, 3, file, path)["changes"] == [
        {
            "key": "RW-3",
            "field": None,
            "base": "Launch",
            "mine": None,
            "theirs": "Theirs",
            "state": "conflict",
        }
    ]


def test_the_text_tells_of_new_rows_and_of_what_was_said(file: Path, plan: Plan, reply, capsys):
    def edit(hand: Hand) -> None:
        hand.put("RW-1", feedback="Rather in May")
        hand.add(title="Refunds", team="Payments", duration=4)

    path = reply(edit)
    assert main(["merge", str(file), str(path)]) == 0
    told = capsys.readouterr().out
    assert "RW-4 Refunds: new (Duration 4, Team Payments)" in told
    assert "RW-1 Roadwright says: Rather in May" in told
    assert main(["merge", str(file), str(path)]) == 0
    again = capsys.readouterr().out
    assert "was merged before" in again
    assert "Refunds" not in again
    assert "Rather in May" not in again


def test_two_new_items_with_one_key_get_two(file: Path, plan: Plan, reply, capsys):
    path = reply(lambda hand: hand.add(title="Theirs"))
    save_roadmap(file, add_item(plan, ItemId("mine"), title="Mine"))
    told = merged(capsys, 3, file, path)
    assert told["settled"]
    keys = {item.title: item.key for item in open_roadmap(file).plan.items.values()}
    assert keys["Mine"] != keys["Theirs"]


def test_what_can_not_be_read_is_no_change(file: Path, plan: Plan, reply, capsys):
    told = merged(capsys, 3, file, reply(lambda hand: hand.put("RW-1", start="TBD")))
    assert told["changes"] == []
    (cell,) = told["unreadable"]
    assert (cell["sheet"], cell["value"], cell["code"]) == ("Roadmap", "TBD", "value.unreadable")
    assert cell["cell"]


def test_two_replies_edit_different_cells(file: Path, plan: Plan, tmp_path: Path, capsys):
    sent = exported(tmp_path, plan)
    (tmp_path / "two").mkdir()
    other = exported(tmp_path / "two", plan)
    one = edited(sent, lambda hand: hand.put("RW-1", title="One"))
    two = edited(other, lambda hand: hand.put("RW-2", title="Two"))
    assert main(["merge", str(file), str(one), str(two)]) == 0
    opened = open_roadmap(file).plan
    assert (opened.items[A].title, opened.items[B].title) == ("One", "Two")


def test_a_dry_run_writes_nothing(file: Path, plan: Plan, reply, capsys):
    before = file.read_bytes()
    told = merged(capsys, 0, file, reply(lambda hand: hand.put("RW-1", title="New")), "--dry-run")
    assert told["changes"]
    assert file.read_bytes() == before


def test_another_file_is_written(file: Path, plan: Plan, reply, tmp_path: Path, capsys):
    before, output = file.read_bytes(), tmp_path / "out.roadmap"
    merged(capsys, 0, file, reply(lambda hand: hand.put("RW-1", title="New")), "-o", output)
    assert open_roadmap(output).plan.items[A].title == "New"
    assert file.read_bytes() == before


def test_a_conflicted_copy_of_the_file(file: Path, plan: Plan, tmp_path: Path, capsys):
    copy = tmp_path / "Shop (conflicted copy).roadmap"
    document = Document(plan)
    document.commit(rename_item, B, "Theirs")
    save_roadmap(copy, document.kept, (), document.done)
    merged(capsys, 0, file, copy)
    assert open_roadmap(file).plan.items[B].title == "Theirs"


def test_what_is_no_reply_is_refused(file: Path, plan: Plan, tmp_path: Path, capsys):
    before = file.read_bytes()
    table, other = tmp_path / "table.csv", tmp_path / "Other.roadmap"
    write_csv(table, plan, schedule(plan))
    save_roadmap(other, new_plan("Other"))
    for path in (table, other, tmp_path / "missing.xlsx"):
        assert main(["merge", str(file), str(path)]) == 1
        assert path.name in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_workbook_saved_in_another_form_is_to_be_saved_as_xlsx(
    file: Path, tmp_path: Path, capsys, suffix: str
):
    path = tmp_path / f"reply.{suffix}"
    if suffix == "ods":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("meta.xml", "<meta>rw_plan_id=1</meta>")
    else:
        path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"...rw_plan_id...")
    before = file.read_bytes()
    assert main(["merge", str(file), str(path)]) == 1
    assert "save it as .xlsx" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_of_a_copied_sheet_the_one_that_is_named_counts(file: Path, plan: Plan, reply, capsys):
    def edit(hand: Hand) -> None:
        copy = hand.book.copy_worksheet(hand.sheet)
        copy.cell(hand.row("RW-1"), hand.columns["title"]).value = "On the copy"

    path = reply(edit)
    told = merged(capsys, 3, file, path, "--dry-run")
    assert (told["sheets"], told["changes"]) == (["Roadmap", "Roadmap Copy"], [])
    told = merged(capsys, 0, file, path, "--sheet", "Roadmap Copy")
    assert [change["theirs"] for change in told["changes"]] == ["On the copy"]
    assert main(["merge", str(file), str(path), "--sheet", "Budget"]) == 1
    assert "Roadmap Copy" in capsys.readouterr().err


def test_a_workbook_in_german_is_merged(file: Path, plan: Plan, tmp_path: Path, capsys):
    sent = tmp_path / "plan.xlsx"
    assert main(["export", str(file), "-o", str(sent), "--language", "de", "--for", "Grace"]) == 0
    path = edited(sent, lambda hand: hand.put("RW-3", kind="Meilenstein"))
    capsys.readouterr()
    told = merged(capsys, 0, file, path)
    assert [(one["field"], one["theirs"]) for one in told["changes"]] == [("kind", "milestone")]
    assert open_roadmap(file).plan.items[C].kind == "milestone"
