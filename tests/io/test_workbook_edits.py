"""What people change in the Roadmap sheet becomes edits, and what can't be read is said and left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from plans import day, planned, shown
from roadwright.io.complaint import Imported
from roadwright.io.sample import sample_plan
from roadwright.io.workbook.read import read_workbook
from roadwright.model.plan import Plan
from roadwright.model.records import Calendar, CalendarId, Days
from roadwright.model.schedule import schedule
from workbooks import TODAY, Hand, answered, changed, codes, edited, exported

Edit = Callable[[Hand], None]


@pytest.fixture
def plan() -> Plan:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr
    # A    ==========
    # B                ==   ======          FS, driven
    # M                          <>         FS
    return planned("A FS B; B FS M", A=("Mon", 4), B=(None, 3), M=(None, 0))


@pytest.fixture
def answer(tmp_path: Path, plan: Plan) -> Callable[[Edit], Imported]:
    path = exported(tmp_path, plan)
    return lambda edit: answered(path, edit)


Answer = Callable[[Edit], Imported]


def at(name: str) -> datetime:
    """A day as Excel holds it."""
    return datetime.combine(day(name), datetime.min.time())


def test_plain_fields(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.put("A", title="Renamed", status="Done", progress=0.5, effort=12.5, notes="two\nlines")
        hand.put("B", tags="one, two", precision="Quarter", horizon="Later", pinned=None, level="Task")
        hand.put("M", deadline=at("Fri3"))

    imported = answer(edit)
    assert imported.complaints == ()
    assert changed(plan, imported) == {
        "A": {"title": "Renamed", "status": "done", "progress": 50, "effort": 12.5, "notes": "two\nlines"},
        "B": {"tags": ("one", "two"), "precision": "quarter", "horizon": "later", "level": "task"},
        "M": {"deadline": day("Fri3")},
    }
    assert imported.counts["changed"] == 3


def test_a_start_on_a_driven_item_is_not_before(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("B", start=at("Wed2")))
    assert changed(plan, imported) == {"B": {"start": day("Wed2")}}
    assert shown(imported.plan)["B"] == "Wed2..Fri2"


def test_a_finish_changes_the_duration(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("B", finish=at("Thu2")))
    assert changed(plan, imported) == {"B": {"duration": 5}}


def test_start_and_finish_together(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", start=at("Tue2"), finish=at("Wed2")))
    assert changed(plan, imported) == {"A": {"start": day("Tue2"), "duration": 2}}


def test_a_finish_that_only_follows_is_no_edit(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", start=at("Mon2"), finish=at("Thu2")))
    assert changed(plan, imported) == {"A": {"start": day("Mon2")}}
    assert imported.complaints == ()


def test_finish_and_duration_that_contradict(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", finish=at("Fri2"), duration=2))
    assert imported.plan.items["A"].duration == 10
    assert codes(imported) == ["workbook.contradiction"]


def test_a_milestone_moves_by_either_date(answer: Answer, plan: Plan) -> None:
    for field in ("start", "finish"):
        imported = answer(lambda hand, field=field: hand.put("M", **{field: at("Mon3")}))
        assert changed(plan, imported) == {"M": {"start": day("Mon3")}}


def test_a_bar_becomes_a_milestone_and_back(answer: Answer, plan: Plan) -> None:
    imported = answer(
        lambda hand: (hand.put("A", kind="Milestone"), hand.put("M", kind="feature", duration=3))
    )
    assert changed(plan, imported) == {
        "A": {"kind": "milestone", "duration": 0},
        "M": {"kind": "bar", "duration": 3},
    }


def test_clearing_a_start_unschedules(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", start=None))
    assert changed(plan, imported) == {"A": {"start": None}}


def test_dependencies(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: (hand.put("M", depends="A SS+2d; b"), hand.put("B", depends=None)))
    assert imported.complaints == ()
    links = {(k.source, k.target, k.type, k.lag) for k in imported.plan.links.values()}
    assert links == {("A", "M", "SS", 2), ("B", "M", "FS", 0)}
    assert imported.plan.links["B FS M"] == plan.links["B FS M"], "a link that stays keeps its id"


def test_a_loop_and_an_unknown_key_are_said(answer: Answer, plan: Plan) -> None:
    imported = answer(
        lambda hand: (hand.put("A", depends="M FS"), hand.put("B", depends="ZZ-9", parent="YY"))
    )
    assert imported.plan.since(plan).edits == ()
    found = [(c.code, c.cell, bool(c.remedy())) for c in imported.complaints]
    assert found == [
        ("workbook.unknown_item", "R6", True),
        ("link.loop", "N5", True),
        ("workbook.unknown_item", "N6", True),
    ]


def test_new_names_are_added_once(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.put("A", team="Web", owner="Kim")
        hand.put("B", team=" web ", owner="Kim")

    imported = answer(edit)
    assert [team.title for team in imported.plan.teams.values()] == ["Web"]
    assert [person.name for person in imported.plan.people.values()] == ["Kim"]
    teams = {imported.plan.items[id].team for id in ("A", "B")}
    assert teams == set(imported.plan.teams)
    assert codes(imported) == ["workbook.new_team", "workbook.new_person"]
    assert {c.level for c in imported.complaints} == {"note"}


def test_unreadable_cells_keep_the_value(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.put("A", start="soonish", duration="many", progress="most", status="Almost", pinned="perhaps")
        hand.put("B", finish="#VALUE!", effort="#N/A", level="Epic")

    imported = answer(edit)
    assert imported.plan.since(plan).edits == ()
    assert sorted((c.cell, c.code) for c in imported.complaints) == [
        ("F6", "value.unknown"),
        ("H5", "value.unknown"),
        ("J5", "value.unreadable"),
        ("K6", "workbook.error_cell"),
        ("L5", "value.unreadable"),
        ("M5", "value.unreadable"),
        ("T6", "workbook.error_cell"),
        ("U5", "value.unreadable"),
    ]
    assert all(c.done == "workbook.kept" and c.message() != c.code for c in imported.complaints)


def test_a_formula_without_a_result_is_not_an_empty_cell(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", start="=K6+1", title='="a"&"b"'))
    assert imported.plan.since(plan).edits == ()
    assert codes(imported) == ["workbook.uncalculated"] * 2


def test_dates_and_numbers_as_people_type_them(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.put(
            "A", start="3 May 2027", deadline="Q2 2027", progress="40%", duration="2 weeks", effort="1,5"
        )

    imported = answer(edit)
    assert changed(plan, imported) == {
        "A": {
            "start": date(2027, 5, 3),
            "deadline": date(2027, 6, 30),
            "progress": 40,
            "duration": 10,
            "effort": 1.5,
        }
    }


def test_a_date_that_could_be_two_days_is_said(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("A", deadline="4/5/2027"))
    assert imported.plan.items["A"].deadline in (date(2027, 5, 4), date(2027, 4, 5))
    assert codes(imported) == ["workbook.unsure_day"]
    settled = answer(lambda hand: (hand.put("A", deadline="4/5/2027"), hand.put("B", deadline="30/6/2027")))
    assert settled.plan.items["A"].deadline == date(2027, 5, 4)
    assert settled.complaints == ()


def test_what_programs_change_by_themselves_is_no_edit(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 2, {"title": 'The "new" one - now...', "notes": "a  b", "tags": ("x", "y")}))

    def edit(hand: Hand) -> None:
        hand.put("A", title="The “new”\u00a0one – now… ", notes="a b", start="2026-01-05", duration="2 days")
        hand.put("A", progress="0%", kind="FEATURE", tags="x,y")

    imported = answered(exported(tmp_path, plan), edit)
    assert imported.plan.since(plan).edits == ()
    assert imported.complaints == ()


def test_computed_cells_are_left_alone(tmp_path: Path) -> None:
    plan = planned(under="P: A", P=(None, 1), A=("Mon", 2))

    def edit(hand: Hand) -> None:
        hand.put("A", slack=99, critical=None)
        hand.put("P", start=at("Wed"), progress=0.9)

    imported = answered(exported(tmp_path, plan), edit)
    assert imported.plan.since(plan).edits == ()
    assert sorted(codes(imported)) == ["workbook.computed"] * 2 + ["workbook.rolled_up"] * 2


def test_new_rows_become_items(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.add(title="One", start=at("Tue"), finish=at("Thu"), depends="A SS", parent="B")
        hand.add(key="NEW", title="Two", kind="Milestone", team="Web")
        hand.add(title="Three", depends="NEW FS", duration=7)
        hand.add(owner="Nobody")

    imported = answer(edit)
    by_title = {item.title: item for item in imported.plan.items.values()}
    one, two, three = by_title["One"], by_title["Two"], by_title["Three"]
    assert (one.start, one.duration, one.parent) == (day("Tue"), 3, "B")
    assert (two.key, two.kind, two.duration) == ("NEW", "milestone", 0)
    assert three.duration == 7
    assert len({item.key for item in imported.plan.items.values()}) == 6
    assert one.status == "planned"
    new = [edit.after for edit in imported.plan.since(plan).touched("links") if edit.after]
    links = {(link.source, link.target, link.type) for link in new}
    assert links == {("A", one.id, "SS"), (two.id, three.id, "FS")}
    assert codes(imported) == ["workbook.untitled", "workbook.new_team"]
    assert imported.counts["added"] == 3
    assert imported.plan.info.next_number > plan.info.next_number


def test_a_copied_row_is_a_new_item(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        line = hand.lines()[0]
        line[hand.columns["title"] - 1] = "A again"
        hand.set_lines([*hand.lines(), line])

    imported = answer(edit)
    assert [item.title for item in imported.plan.items.values()].count("A again") == 1
    assert imported.plan.items["A"] == plan.items["A"]
    assert imported.counts["added"] == 1
    assert "workbook.duplicate_uid" in codes(imported)


def test_a_removed_row_removes_the_item_and_lifts_its_children(tmp_path: Path) -> None:
    plan = planned(
        "A FS B", under="P: A B", O=("Mon", 1), P=(None, 1), A=("Mon", 2), B=(None, 2), Q=("Mon", 1)
    )
    imported = answered(exported(tmp_path, plan), lambda hand: hand.sheet.delete_rows(hand.row("P")))
    assert "P" not in imported.plan.items
    assert [imported.plan.items[id].title for id in imported.plan.outline.order] == ["O", "A", "B", "Q"]
    assert set(imported.plan.links) == {"A FS B"}
    assert codes(imported) == ["workbook.removed", "workbook.lifted", "workbook.lifted"]


def test_an_emptied_row_is_a_removed_one(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        row = hand.row("B")
        for field, column in hand.columns.items():
            if field not in ("uid", "depth", "finish"):
                hand.sheet.cell(row, column).value = None

    emptied = answer(edit)
    assert set(emptied.plan.items) == {"A", "M"}
    assert emptied.counts["removed"] == 1


def by_title(line: list[Any]) -> str:
    return str(line[1])


def test_sorting_is_no_edit(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)
    path = exported(tmp_path, plan)
    imported = answered(path, lambda hand: hand.set_lines(sorted(hand.lines(), key=by_title)))
    assert imported.plan.since(plan).edits == ()
    assert imported.complaints == ()


def test_sorting_without_the_hidden_column_is_seen(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)

    def sort(hand: Hand) -> None:
        uid = hand.columns["uid"] - 1
        uids = [line[uid] for line in hand.lines()]
        lines = sorted(hand.lines(), key=by_title)
        hand.set_lines([[*line[:uid], id, *line[uid + 1 :]] for line, id in zip(lines, uids, strict=True)])

    imported = answered(exported(tmp_path, plan), sort)
    assert imported.plan.since(plan).edits == ()
    assert codes(imported) == ["workbook.ids_mixed"]


def test_columns_gone_moved_or_added(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)
    path = exported(tmp_path, plan)
    gone = answered(path, lambda hand: hand.sheet.delete_cols(hand.columns["uid"], 5))
    assert (changed(plan, gone), gone.complaints) == ({}, ())

    def add(hand: Hand) -> None:
        hand.sheet.insert_cols(6)
        hand.sheet.cell(4, 6).value = "Priority"
        hand.sheet.cell(5, 6).value = "High"

    added = answered(path, add)
    assert added.plan.since(plan).edits == ()
    assert codes(added) == ["workbook.unknown_column"]


def test_without_the_marks_the_headings_tell(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)

    def edit(hand: Hand) -> None:
        hand.put("RW-2", title="Renamed")
        hand.sheet.delete_rows(3)

    assert changed(plan, answered(exported(tmp_path, plan), edit)) == {"RW-2": {"title": "Renamed"}}


def test_renamed_headings_do_not_matter(tmp_path: Path) -> None:
    plan = sample_plan(TODAY)

    def edit(hand: Hand) -> None:
        for column in hand.columns.values():
            hand.sheet.cell(4, column).value = f"Column {column}"

    assert answered(exported(tmp_path, plan), edit).plan.since(plan).edits == ()


def test_a_second_copy_of_the_sheet_is_said(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 1))

    def edit(hand: Hand) -> None:
        hand.book.copy_worksheet(hand.sheet).title = "My copy"

    imported = answered(exported(tmp_path, plan), edit)
    assert imported.plan.since(plan).edits == ()
    assert codes(imported) == ["workbook.other_table"]


def test_dates_counted_from_1904(answer: Answer, plan: Plan) -> None:
    def edit(hand: Hand) -> None:
        hand.book.epoch = CALENDAR_MAC_1904
        hand.put("A", deadline=at("Fri3"))

    imported = answer(edit)
    assert changed(plan, imported) == {"A": {"deadline": day("Fri3")}}


def test_without_the_base_the_cells_make_the_plan(tmp_path: Path) -> None:
    plan = planned(
        "A FS+2 B; B FF M",
        under="P: A B",
        P=(None, 1),
        A=("Mon", 4, {"team": "Web", "notes": "kept", "tags": ("t",), "progress": 40}),
        B=(None, 3),
        M=("Mon3", 0),
    )
    path = exported(tmp_path, plan)
    imported = answered(path, lambda hand: hand.book.remove(hand.book["_sync"]))
    assert codes(imported)[0] == "workbook.base_missing"
    assert imported.complaints[0].remedy()
    found = {item.title: item for item in imported.plan.items.values()}
    assert list(found) == ["P", "A", "B", "M"]
    assert [item.key for item in found.values()] == ["P", "A", "B", "M"]
    assert imported.plan.info.title == plan.info.title
    a = found["A"]
    assert (a.start, a.duration, a.notes, a.tags, a.progress) == (day("Mon"), 4, "kept", ("t",), 40)
    assert imported.plan.teams[a.team].title == "Web"
    assert (a.parent, found["M"].kind) == (found["P"].id, "milestone")
    key = {item.id: item.key for item in found.values()}
    links = {(key[k.source], key[k.target], k.type, k.lag) for k in imported.plan.links.values()}
    assert links == {("A", "B", "FS", 2), ("B", "M", "FF", 0)}
    times = schedule(imported.plan)
    assert [times.dates(item.id) for item in found.values()] == [
        schedule(plan).dates(id) for id in ("P", "A", "B", "M")
    ]


def test_an_altered_base_is_not_believed(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 1), B=("Tue", 1))

    def edit(hand: Hand) -> None:
        sheet = hand.book["_sync"]
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == "base":
                text = sheet.cell(row, 2).value
                sheet.cell(row, 2).value = text[:40] + ("A" if text[40] != "A" else "B") + text[41:]

    imported = answered(exported(tmp_path, plan), edit)
    assert codes(imported)[0] == "workbook.base_altered"
    assert [item.title for item in imported.plan.items.values()] == ["A", "B"]


def test_the_calendar_of_the_team_counts(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 4), B=("Mon", 4, {"team": "Web"}))
    holiday = Days(first=day("Tue"), last=day("Wed"))
    plan = plan.put(Calendar(id=CalendarId("standard"), holidays=(holiday,)))
    path = exported(tmp_path, plan)
    assert read_workbook(path).plan.since(plan).edits == ()
    imported = answered(path, lambda hand: hand.put("A", finish=at("Wed2")))
    assert changed(plan, imported) == {"A": {"duration": 6}}


def test_edits_survive_in_a_workbook_that_openpyxl_made_over(tmp_path: Path, plan: Plan) -> None:
    path = edited(exported(tmp_path, plan), lambda hand: hand.put("A", title="Twice saved"))
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert changed(plan, read_workbook(path)) == {"A": {"title": "Twice saved"}}


def test_a_finish_before_the_start_is_said(answer: Answer, plan: Plan) -> None:
    imported = answer(lambda hand: hand.put("B", finish=at("Wed")))
    assert imported.plan.since(plan).edits == ()
    assert [(c.code, c.cell, c.done) for c in imported.complaints] == [
        ("finish.before_start", "K6", "workbook.kept")
    ]
