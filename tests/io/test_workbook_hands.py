"""What stakeholders do to a workbook before they send it back: each gives exactly the changes they made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from roadwright.io.returned import Returned, as_json, merged, read_returned
from roadwright.io.roadmap_lines import step_line
from roadwright.io.sample import sample_plan
from roadwright.io.strings import LANGUAGE, languages
from roadwright.io.workbook.columns import SHEETS
from roadwright.io.workbook.options import Options
from roadwright.io.workbook.sent import sent as sent_workbook
from roadwright.io.workbook.write import write_workbook
from roadwright.model.document import Document
from roadwright.model.edits.exports import log_export
from roadwright.model.edits.items import rename_item
from roadwright.model.fields import FIELDS, WORDS
from roadwright.model.plan import Plan
from roadwright.model.records import ExportId, ItemId
from roadwright.model.schedule import schedule
from roadwright.resources import FOLDER
from workbooks import TODAY, Hand, at_hand, edited, exported

Changes = set[tuple[str, str]]
EDITED: Changes = {("RW-3", "title"), ("RW-3", "deadline")}
"""What everybody changes beside what the case is about."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan(TODAY)


@pytest.fixture(scope="module")
def sent(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("sent"), plan)


def told(path: Path, plan: Plan, history: tuple[bytes, ...] = ()) -> tuple[Returned, dict[str, Any]]:
    returned = read_returned(path, plan, history)
    return returned, as_json(returned, plan, merged(returned, plan))


def visible(line: list[Any]) -> str:
    return str(line[1])


def sort_all(hand: Hand) -> None:
    hand.set_lines(sorted(hand.lines(), key=visible))


def sort_visible_columns(hand: Hand) -> None:
    hidden = [hand.columns[name] - 1 for name in ("uid", "depth")]
    lines = hand.lines()
    moved = [list(line) for line in sorted(lines, key=visible)]
    for line, old in zip(moved, lines, strict=True):
        for column in hidden:
            line[column] = old[column]
    hand.set_lines(moved)


def insert_and_delete(hand: Hand) -> None:
    """Rows, and columns among them with numbers of their own."""
    hand.sheet.delete_rows(hand.row("RW-8"))
    hand.sheet.insert_rows(hand.row("RW-12"), 2)
    hand.sheet.insert_rows(hand.row("RW-20"))
    hand.sheet.delete_cols(hand.columns["notes"])
    hand.sheet.insert_cols(2)
    hand.sheet.cell(4, 2).value = "Our number"
    for row in range(5, 20):
        hand.sheet.cell(row, 2).value = row


def rename_headers(hand: Hand) -> None:
    for column in hand.columns.values():
        hand.sheet.cell(4, column).value = f"Spalte {column}"


def delete_ids(hand: Hand) -> None:
    hand.sheet.delete_cols(hand.columns["uid"])


def copy_to_a_new_workbook(hand: Hand) -> None:
    """The cells with their values alone: no properties, no names, no other sheet."""
    book = openpyxl.Workbook()
    for row in hand.sheet.iter_rows():
        for cell in row:
            value = hand.shown(cell)
            if value is not None:
                book.active.cell(cell.row, cell.column).value = value
    hand.book = book


def merge_cells(hand: Hand) -> None:
    column, row = hand.columns["owner"], hand.row("RW-3")
    hand.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)


def change_spaces_and_quotes(hand: Hand) -> None:
    for key in ("RW-2", "RW-10", "RW-12"):
        cell = hand.cell(key, "title")
        text = (
            str(cell.value).replace(" ", "\u00a0").replace("“", '"').replace("”", '"').replace("-", "\u2011")
        )
        cell.value = text + "  "


def duplicate_a_row(hand: Hand) -> None:
    line = hand.lines()[1]
    hand.set_lines([*hand.lines(), line])


def delete_the_base(hand: Hand) -> None:
    hand.book.remove(hand.book["_sync"])


def duplicate_the_sheet(hand: Hand) -> None:
    hand.book.copy_worksheet(hand.sheet)


def delete_the_key_row(hand: Hand) -> None:
    hand.sheet.delete_rows(3)


FORMS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y"),
    *("%Y/%m/%d", "%Y-%m-%dT00:00:00", "%d-%b-%Y", "%A, %d %B %Y"),
)


def retype_dates(hand: Hand) -> None:
    """The same days in nine forms of text and as a bare number."""
    keys = ["RW-2", "RW-4", "RW-10", "RW-12", "RW-13", "RW-14", "RW-16", "RW-19", "RW-20"]
    for key, form in zip(keys, FORMS, strict=True):
        cell = hand.cell(key, "start")
        cell.value = cell.value.strftime(form)
    cell = hand.cell("RW-21", "start")
    cell.value = cell.value.date().toordinal() - date(1899, 12, 30).toordinal()
    cell.number_format = "General"


def count_from_1904(hand: Hand) -> None:
    hand.book.epoch = CALENDAR_MAC_1904


def type_formulas(hand: Hand) -> None:
    hand.put("RW-4", deadline="=J8+30", title='="a"&"b"')


CASES: dict[str, tuple[Callable[[Hand], None], Changes, int, list[str], str]] = {
    "sort all": (sort_all, set(), 0, [], "theirs"),
    "sort visible columns only": (sort_visible_columns, set(), 0, [], "theirs"),
    "insert and delete rows and columns": (insert_and_delete, set(), 0, ["RW-8"], "theirs"),
    "rename headers": (rename_headers, set(), 0, [], "theirs"),
    "delete the uid column": (delete_ids, set(), 0, [], "theirs"),
    "copy to a new workbook": (copy_to_a_new_workbook, set(), 0, [], "conflict"),
    "merge cells": (merge_cells, {("RW-4", "owner")}, 0, [], "theirs"),
    "nbsp and quotes": (change_spaces_and_quotes, set(), 0, [], "theirs"),
    "duplicate a row": (duplicate_a_row, set(), 1, [], "theirs"),
    "delete _sync": (delete_the_base, set(), 0, [], "theirs"),
    "duplicate the sheet": (duplicate_the_sheet, set(), 0, [], "theirs"),
    "delete the key row": (delete_the_key_row, set(), 0, [], "theirs"),
    "dates retyped in ten ways": (retype_dates, set(), 0, [], "theirs"),
    "1904 workbook": (count_from_1904, set(), 0, [], "theirs"),
    "formulas never calculated": (type_formulas, set(), 0, [], "theirs"),
}
"""What they do; the cells that changes beside `EDITED`; new rows; keys of missing ones; who wins."""


@pytest.mark.parametrize("case", CASES)
def test_exactly_what_they_changed_comes_back(case: str, plan: Plan, sent: Path) -> None:
    act, changed, new, gone, state = CASES[case]

    def edit(hand: Hand) -> None:
        hand.put("RW-3", title="Renamed by Bo", deadline=date(2027, 3, 15))
        act(hand)

    _, found = told(edited(sent, edit), plan)
    assert {(change["key"], change["field"]) for change in found["changes"]} == EDITED | changed
    assert {change["state"] for change in found["changes"]} == {state}, "without any base each is asked about"
    assert len(found["new"]) == new
    assert [entry["key"] for entry in found["deleted"]] == gone
    cells = {change["field"]: change["theirs"] for change in found["changes"] if change["key"] == "RW-3"}
    assert (cells["title"], cells["deadline"]) == ("Renamed by Bo", "2027-03-15")


def test_without_the_base_the_history_says_what_was_sent(plan: Plan, tmp_path: Path) -> None:
    """What changed here after the export is no change of theirs."""
    path = edited(
        exported(tmp_path, plan), lambda hand: (delete_the_base(hand), hand.put("RW-3", title="Bo's"))
    )
    document = Document(plan)
    four = document.kept.keys["RW-4"]
    document.commit(rename_item, four, "Changed here meanwhile")
    later = replace(document.done[0], time="2999-01-01T00:00:00+00:00")
    returned, found = told(path, document.kept, (step_line(later),))
    assert [(c["key"], c["field"], c["state"]) for c in found["changes"]] == [("RW-3", "title", "theirs")]
    assert returned.base == plan


def test_what_they_say_comes_back_as_comments(plan: Plan, sent: Path) -> None:
    def edit(hand: Hand) -> None:
        hand.put("RW-3", feedback="  Too late for us.\nCan it be May? ")
        hand.add(title="Brand new", feedback="Please!")

    returned, found = told(edited(sent, edit), plan)
    assert [one["text"] for one in found["comments"]] == ["Too late for us.\nCan it be May?", "Please!"]
    assert found["comments"][0]["key"] == "RW-3"
    merge = merged(returned, plan)
    assert {one.text for one in merge.plan.comments.values()} == {one["text"] for one in found["comments"]}
    again = merged(read_returned(edited(sent, edit), merge.plan, ()), merge.plan)
    assert again.plan.comments == merge.plan.comments, "however often it is merged"


def test_a_row_that_lost_its_ids_is_known_by_its_likeness(plan: Plan, sent: Path) -> None:
    def edit(hand: Hand) -> None:
        for key, title in (("RW-12", "Usage based billing portal 2"), ("RW-21", "Kiosk mode")):
            row = hand.row(key)
            for field in ("uid", "key"):
                hand.sheet.cell(row, hand.columns[field]).value = None
            hand.sheet.cell(row, hand.columns["title"]).value = title

    returned, found = told(edited(sent, edit), plan)
    assert [(one["key"], one["taken"]) for one in found["alike"]] == [("RW-12", True)]
    assert returned.matched["fuzzy"] == 1
    assert ("RW-12", "title") in {(change["key"], change["field"]) for change in found["changes"]}
    assert [entry["title"] for entry in found["new"]] == ["Kiosk mode"]
    assert [entry["key"] for entry in found["deleted"]] == ["RW-21"]
    assert returned.again is not None
    other = returned.again({returned.alike[0].row: False}, "")
    assert len(other.deleted) == 2
    assert not other.alike[0].taken


def test_an_own_part_tells_nothing_of_the_rest(plan: Plan, tmp_path: Path) -> None:
    team = next(id for id, one in plan.teams.items() if one.title == "Mobile")
    secret = plan.put(*(replace(item, notes="secret", effort=77.0) for item in plan.items.values()))
    path = tmp_path / "mobile.xlsx"
    options = Options(team=team, fields=frozenset({"owner"}), recipient="Grace & Co", scale="months")
    write_workbook(path, secret, schedule(secret), None, TODAY, options=options)
    from roadwright.io.workbook.package import Package
    from roadwright.io.workbook.read import base_in

    with Package(path) as package:
        base = base_in(package)
    assert {row.item.team for row in base.rows if not plan.outline.is_parent(row.item.id)} == {team}
    assert all((row.item.notes, row.item.effort) == ("", None) for row in base.rows)
    assert b"secret" not in b"".join(bytes(table) for table in base.tables.values())
    back = edited(path, lambda hand: hand.put("RW-19", title="Offline for all", status="Done"))
    returned, found = told(back, secret)
    assert {(c["key"], c["field"], c["state"]) for c in found["changes"]} == {
        ("RW-19", "title", "theirs"),
        ("RW-19", "status", "theirs"),
    }
    kept = merged(returned, secret).plan.items
    assert {item.notes for item in kept.values()} == {"secret"}, "what was not sent stays as it is"
    assert len(kept) == len(plan.items)


def test_the_same_file_is_known_again(plan: Plan, sent: Path) -> None:
    path = edited(sent, lambda hand: hand.put("RW-3", title="Bo's"))
    document = Document(plan)
    first = read_returned(path, plan, ())
    assert not first.merged_before
    document.reason = first.reason
    document.commit(rename_item, ItemId(plan.keys["RW-3"]), "Bo's")
    assert read_returned(path, document.kept, [step_line(document.done[0])]).merged_before


def test_two_people_who_change_different_cells_commute(plan: Plan, sent: Path, tmp_path: Path) -> None:
    replies = []
    for name, edit in (
        ("a", lambda hand: hand.put("RW-3", title="A's", effort=9)),
        ("b", lambda hand: hand.put("RW-3", status="Done", notes="B's")),
    ):
        (tmp_path / name).mkdir()
        replies.append(edited(sent, edit).rename(tmp_path / name / "reply.xlsx"))
    ends = []
    for order in (replies, replies[::-1]):
        mine = plan
        for path in order:
            mine = merged(read_returned(path, mine, ()), mine).plan
        ends.append(mine)
    assert ends[0] == ends[1]
    item = ends[0].items[plan.keys["RW-3"]]
    assert (item.title, item.effort, item.notes) == ("A's", 9, "B's")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_edits_of_disjoint_cells_by_two_people_commute(plan: Plan, sent: Path, data: st.DataObject) -> None:
    """Whatever they change, as long as it is not the same cell: nobody is asked, and the order is all one."""
    keys = [item.key for item in plan.items.values() if not plan.outline.is_parent(item.id)]
    cells = data.draw(
        st.lists(
            st.tuples(st.sampled_from(keys), st.sampled_from(tuple(VALUES))),
            min_size=2,
            max_size=12,
            unique=True,
        )
    )
    half = data.draw(st.integers(1, len(cells) - 1))
    replies = []
    for name, part in (("Ann", cells[:half]), ("Bo", cells[half:])):
        values = {cell: data.draw(VALUES[cell[1]]) for cell in part}

        def edit(hand: Hand, name: str = name, values: dict[tuple[str, str], Any] = values) -> None:
            hand.book.properties.lastModifiedBy = name
            for (key, field), value in values.items():
                hand.put(key, **{field: value})

        path = edited(sent, edit)
        replies.append(read_returned(path.replace(path.with_stem(name)), plan, ()))
    ends = []
    for order in (replies, replies[::-1]):
        mine = plan
        for returned in order:
            merge = merged(returned, mine)
            assert merge.conflicts == ()
            mine = merge.plan
        ends.append(mine)
    assert ends[0] == ends[1]


VALUES = {
    "title": st.sampled_from(("One", "Two", "Drei")),
    "notes": st.sampled_from(("Said", "So be it")),
    "effort": st.integers(1, 40),
    "progress": st.sampled_from((0.1, 0.25, 0.9)),
    "deadline": st.dates(date(2027, 1, 1), date(2028, 1, 1)),
    "status": st.sampled_from(("Done", "Planned", "At risk")),
    "owner": st.sampled_from(("Amira Haddad", "Daniel Kim")),
    "tags": st.sampled_from(("growth", "mobile, growth", "risk")),
}


def test_a_workbook_in_another_language_comes_back(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(path, plan, schedule(plan), None, TODAY, options=Options(language="de"))
    hand = at_hand(path)
    assert hand.sheet.cell(4, hand.columns["owner"]).value == "Verantwortlich"
    assert hand.book.sheetnames[:5] == ["Lies mich", "Roadmap", "Zeitplan", "Abhängigkeiten", "Überblick"]
    assert {hand.cell(key, "kind").value for key in ("RW-7", "RW-8")} == {"Vorhaben", "Meilenstein"}
    assert not told(path, plan)[1]["changes"]

    def edit(hand: Hand) -> None:
        hand.put("RW-3", title="Neu", kind="Meilenstein", horizon="Als Nächstes", pinned="Ja")
        hand.put("RW-4", precision="Quartal", start="2. März 2027", finish=None, feedback="Bitte später")

    for act in (lambda hand: None, delete_the_key_row, delete_the_base):
        _, found = told(edited(path, lambda hand, act=act: (edit(hand), act(hand))), plan)
        changes = {(one["key"], one["field"]): one["theirs"] for one in found["changes"]}
        assert changes["RW-3", "kind"] == "milestone"
        assert changes["RW-3", "horizon"] == "next"
        assert changes["RW-3", "pinned"] is True
        assert changes["RW-4", "precision"] == "quarter"
        assert changes["RW-4", "start"] == "2027-03-02"
        assert [one["text"] for one in found["comments"]] == ["Bitte später"]
        assert found["unreadable"] == []


@pytest.mark.parametrize("language", [one for one in languages() if one != LANGUAGE])
def test_a_language_has_all_headings_of_a_workbook(language: str) -> None:
    words = {
        path.parent.name: json.loads(path.read_bytes()) for path in FOLDER.glob("strings/*/workbook.json")
    }
    fixed = [f"{field}.{value}" for field, values in WORDS.items() for value in values if value]
    needed = {*(f"field.{key}" for key in FIELDS), *fixed}
    needed |= {f"workbook.sheet.{sheet}" for sheet in SHEETS}
    needed |= {f"workbook.{word}" for word in ("uid", "depth", "feedback", "yes", "months")}
    assert not needed - set(words[language])
    usual = words[LANGUAGE] | json.loads((FOLDER / f"strings/{LANGUAGE}/model.json").read_bytes())
    for code, text in words[language].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", usual[code])), code


def test_the_log_says_what_part_was_sent(plan: Plan, tmp_path: Path) -> None:
    """Without its hidden sheet a part is compared with just that part: what is missing of it is missed."""
    team = next(id for id, one in plan.teams.items() if one.title == "Mobile")
    path, options = tmp_path / "mobile.xlsx", Options(team=team, recipient="Grace")
    entry = sent_workbook(path.name, None, options, "export-1")
    write_workbook(path, plan, schedule(plan), None, TODAY, options=options, export_id=entry.id)
    document = Document(plan)
    document.commit(log_export, entry)
    again = replace(entry, id=ExportId("export-2"), title="mobile 2.xlsx", time="29990101T000000Z")
    document.commit(log_export, again)

    def edit(hand: Hand) -> None:
        delete_the_base(hand)
        hand.put("RW-19", title="Offline for all")
        hand.sheet.delete_rows(hand.row("RW-20"))

    history = [step_line(step) for step in document.done]
    returned, found = told(edited(path, edit), document.kept, tuple(history))
    assert {(c["key"], c["field"], c["state"]) for c in found["changes"]} == {("RW-19", "title", "theirs")}
    assert [entry["key"] for entry in found["deleted"]] == ["RW-20"]
    assert returned.newer == again
    assert returned.export_id == "export-1"
