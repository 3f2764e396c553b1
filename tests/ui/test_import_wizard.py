"""The import dialog under a real hand: nothing happens before Import, and all of it in one step then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.strings import say
from roadwright.model.document import Document
from roadwright.model.edits.people import add_team
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import TeamId
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.importing.dialog import ImportDialog
from roadwright.ui.importing.report import ImportReport
from roadwright.ui.merging.review import MergeReview
from tables import csv_file, item, links, owner, parent, spans, status, team, workbook

PLAIN = """
    Ref,Feature,Begin dat,Finish,Squad,Owner,State,After,Launch market
    P-1,Basket,04/05/2026,08/05/2026,Web,Ada,In Arbeit,,DE
    P-2,Wallet,11/05/2026,12/05/2026,Web,Bob,Parked,P-1,AT
    P-3,Offline,11/06/2026,12/06/2026,App,Ada,Parked,P-9,DE
"""


@pytest.fixture
def begin(app: App, tmp_path: Path, qtbot: QtBot) -> Callable[..., ImportDialog]:
    """Open a file and wait until the plan of it has been made."""

    def open_dialog(text: str = PLAIN, path: Path | None = None) -> ImportDialog:
        files.open_path(app, path or csv_file(tmp_path / "plan.csv", text))
        return shown(qtbot)

    return open_dialog


def shown(qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog), timeout=60_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.ready, timeout=60_000)
    return dialog


def choose(qtbot: QtBot, dialog: ImportDialog, box: QComboBox, words: str) -> None:
    """Choose an entry as a hand would: open the list, go to it, Enter."""
    row = box.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert row >= 0, [box.itemText(at) for at in range(box.count())]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box.view().isVisible(), timeout=60_000)
    box.view().setCurrentIndex(box.model().index(row, 0))
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.ready and not box.view().isVisible(), timeout=60_000)


def becomes(dialog: ImportDialog, heading: str) -> QComboBox:
    """The drop-down of a column."""
    columns = dialog.columns
    [row] = [at for at in range(columns.rowCount()) if columns.item(at, 0).text() == heading]
    return columns.editor(row)


def note(dialog: ImportDialog, heading: str) -> str:
    columns = dialog.columns
    [row] = [at for at in range(columns.rowCount()) if columns.item(at, 0).text() == heading]
    return columns.item(row, 2).text()


def press_import(qtbot: QtBot, dialog: ImportDialog, app: App) -> Plan:
    """Press Import, and give the plan that is open then."""
    before = app.document.plan
    QTest.mouseClick(dialog.findChild(QPushButton, "importing.take"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.document.plan is not before and not app.jobs.running, timeout=60_000)
    return app.document.plan


def into_open(qtbot: QtBot, dialog: ImportDialog) -> None:
    choose(qtbot, dialog, dialog.target, "the open plan")


# What it shows


def test_it_shows_columns_with_samples_and_what_they_become(begin) -> None:
    dialog = begin()
    assert becomes(dialog, "Feature").currentText() == "Title"
    assert becomes(dialog, "Squad").currentText() == "Team"
    assert becomes(dialog, "Launch market").currentText() == say("importing.own_as_found")
    assert note(dialog, "Launch market") == "Text"
    assert note(dialog, "Begin dat") == say("importing.why.alike")
    assert note(dialog, "Owner") == ""
    tip = dialog.columns.item(1, 0).toolTip()
    assert [word in tip for word in ("Basket", "Wallet", "Offline")] == [True] * 3


def test_it_shows_the_items_and_counts(begin) -> None:
    dialog = begin()
    top = dialog.preview.topLevelItem(0)
    assert [top.text(0), top.text(1)] == ["Basket", "P-1"]
    assert dialog.summary.text().startswith("3 items, 1 dependency")
    assert "1 cell unreadable" in dialog.summary.text()
    troubles = [dialog.troubles.item(row, 1).text() for row in range(dialog.troubles.rowCount())]
    assert any("P-9" in text for text in troubles)


def test_it_asks_which_number_is_the_day(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin()
    assert dialog.words.text() == say("importing.asks_order")
    assert dialog.preview.topLevelItem(0).text(2) == "6 Apr 2026"
    choose(qtbot, dialog, dialog.rules.box("order"), "Day first: 04/05/2026 is 4 May 2026")
    assert dialog.preview.topLevelItem(0).text(2) == "4 May 2026"
    assert dialog.words.text() != say("importing.asks_order")
    plan = press_import(qtbot, dialog, app)
    assert spans(plan)["P-1"] == "2026-05-04..2026-05-08"


def test_a_column_can_become_something_else(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin()
    choose(qtbot, dialog, becomes(dialog, "Launch market"), "Tags")
    choose(qtbot, dialog, becomes(dialog, "State"), say("importing.leave_out"))
    choose(qtbot, dialog, becomes(dialog, "Squad"), "Owner")
    assert becomes(dialog, "Owner").currentText() == say("importing.leave_out")
    assert note(dialog, "Squad") == say("importing.why.hand")
    plan = press_import(qtbot, dialog, app)
    assert item(plan, "P-1").tags == ("DE",)
    assert owner(plan, "P-3") == "App"
    assert not plan.fields
    assert not plan.teams


def test_an_own_field_can_be_of_another_kind(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin()
    choose(qtbot, dialog, becomes(dialog, "Launch market"), "Choice")
    plan = press_import(qtbot, dialog, app)
    [field] = plan.fields.values()
    assert (field.kind, [option.title for option in field.options]) == ("choice", ["DE", "AT"])


def test_their_statuses_become_ours_or_new_ones(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin()
    assert dialog.rules.box("status", "In Arbeit").currentText() == "New: “In Arbeit” (in progress)"
    choose(qtbot, dialog, dialog.rules.box("status", "In Arbeit"), "In progress")
    choose(qtbot, dialog, dialog.rules.box("status", "Parked"), "New: “Parked” (done)")
    plan = press_import(qtbot, dialog, app)
    assert status(plan, "P-1") == "In progress"
    [parked] = [one for one in plan.statuses.values() if one.title == "Parked"]
    assert parked.category == "done"
    assert "In Arbeit" not in [one.title for one in plan.statuses.values()]


def test_only_a_day_to_end_is_a_bar_or_a_milestone(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("Task,Due date\nA,2026-05-08\nB,2026-05-15\n")
    choose(qtbot, dialog, dialog.rules.box("lone"), say("importing.lone.milestone"))
    assert dialog.preview.topLevelItem(0).text(0) == "◆ A"
    plan = press_import(qtbot, dialog, app)
    assert {one.kind for one in plan.items.values()} == {"milestone"}


def test_the_rule_of_the_hierarchy_can_be_chosen(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("WBS,Task,Parent\n1,Top,\n1.1,Middle,\n1.1.1,Low,Top\n")
    assert dialog.preview.topLevelItem(0).childCount() == 1
    choose(qtbot, dialog, dialog.rules.box("hierarchy"), say("importing.hierarchy.wbs"))
    plan = press_import(qtbot, dialog, app)
    assert parent(plan, "Low") == item(plan, "Middle").key


def test_what_dependencies_name_can_be_chosen(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("ID,Task,After\n3,A,\n2,B,1\n1,C,2\n")
    assert dialog.rules.box("references").currentText().endswith(say("importing.references.key"))
    choose(qtbot, dialog, dialog.rules.box("references"), say("importing.references.row"))
    assert links(press_import(qtbot, dialog, app)) == {"3 FS 2", "2 FS 1"}


def test_a_bare_number_can_be_hours_or_weeks(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("Task,Start,Duration\nA,2026-05-04,2\nB,2026-05-04,3\n")
    choose(qtbot, dialog, dialog.rules.box("unit", "duration"), say("importing.unit.w"))
    plan = press_import(qtbot, dialog, app)
    assert item(plan, "A").duration == 10


# Sheets, headers, presets


def test_another_row_of_headings(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("Item,Start,Owner\nwhat,when,who\nTask,Begin,Lead\nA,2026-05-04,Ada\n")
    dialog.head.row.setFocus()
    dialog.head.row.selectAll()
    QTest.keyClicks(dialog.head.row, "3")
    qtbot.waitUntil(lambda: dialog.ready, timeout=60_000)
    assert becomes(dialog, "Task").currentText() == "Title"
    plan = press_import(qtbot, dialog, app)
    assert [one.title for one in plan.items.values()] == ["A"]


def test_a_table_in_which_nothing_is_a_title_can_be_read_all_the_same(begin, qtbot: QtBot, app: App) -> None:
    dialog = begin("Alpha,Beta\nqq,2026-05-04\nrr,2026-05-05\n")
    assert dialog.summary.text() == say("importing.nothing")
    assert dialog.words.text() == say("importing.no_title")
    take = dialog.findChild(QPushButton, "importing.take")
    assert not take.isEnabled()
    choose(qtbot, dialog, becomes(dialog, "Alpha"), "Title")
    choose(qtbot, dialog, becomes(dialog, "Beta"), "Start")
    assert take.isEnabled()
    assert spans(press_import(qtbot, dialog, app))["RW-1"].startswith("2026-05-04")


def test_the_program_that_wrote_the_table_is_named_and_can_be_turned_down(begin, qtbot: QtBot) -> None:
    dialog = begin("Summary,Issue key,Issue Type,Status,Status Category\nA,S-1,Epic,Parked,Done\n")
    assert dialog.head.preset.currentText() == "Looks like Jira"
    assert note(dialog, "Summary") == "Jira"
    assert becomes(dialog, "Status Category").currentText() == say("importing.role.status_category")
    choose(qtbot, dialog, dialog.head.preset, say("importing.preset.none"))
    assert becomes(dialog, "Status Category").currentText() == say("importing.own_as_found")


def test_a_sheet_that_looks_less_like_a_plan_can_be_chosen(
    begin, tmp_path: Path, qtbot: QtBot, app: App
) -> None:
    day = date(2026, 5, 4)
    path = workbook(
        tmp_path / "two.xlsx",
        [["Task", "Start"], ["A", day]],
        [["Name"], ["B"]],
        titles=["Plan", "Names"],
    )
    dialog = begin(path=path)
    assert dialog.head.sheet.currentText() == "Plan"
    choose(qtbot, dialog, dialog.head.sheet, "Names")
    assert [one.title for one in press_import(qtbot, dialog, app).items.values()] == ["B"]


def test_a_drawn_timeline_shows_its_days(begin, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.styles import PatternFill

    rows = [[None, date(2026, 1, 5)], ["Task", *"MTWRF"], ["Design"], ["Build"]]
    path = workbook(tmp_path / "plan.xlsx", rows)
    book = load_workbook(path)
    for cell in ("B3", "C3", "D4"):
        book.active[cell].fill = PatternFill("solid", fgColor="FF4472C4")
    book.save(path)
    dialog = begin(path=path)
    assert becomes(dialog, "2026-01-06").currentText() == say("importing.role.period")
    assert dialog.columns.item(2, 0).toolTip().count("■") == 1
    assert [dialog.preview.topLevelItem(at).text(3) for at in (0, 1)] == ["6 Jan 2026", "7 Jan 2026"]


# Taking, or not


def test_cancel_leaves_everything_as_it_was(begin, app: App, qtbot: QtBot, tmp_path: Path) -> None:
    document, plan = app.document, app.document.plan
    dialog = begin()
    into_open(qtbot, dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None and not app.jobs.running, timeout=60_000)
    assert app.document is document
    assert document.plan is plan
    assert not document.done
    assert not (tmp_path / "state/imports").exists()


def test_into_the_open_plan_is_one_step(begin, app: App, qtbot: QtBot) -> None:
    app.document.commit(add_team, TeamId("web"), "WEB")
    before = app.document.plan
    dialog = begin()
    into_open(qtbot, dialog)
    after = press_import(qtbot, dialog, app)
    assert len(after.items) == len(before.items) + 3
    assert team(after, "P-1") == "WEB"
    assert [step.verb for step in app.document.done] == ["add_team", "import_plan"]
    assert item(after, "P-1").id in app.session.items
    app.window.commands["edit.undo"].trigger()
    assert app.document.plan == before


def test_what_went_into_the_open_plan_can_be_brought_up_to_date(
    begin, app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    update = app.window.commands["file.update"]
    assert not update.isEnabled()
    dialog = begin()
    into_open(qtbot, dialog)
    before = press_import(qtbot, dialog, app)
    qtbot.waitUntil(update.isEnabled, timeout=60_000)
    newer = csv_file(tmp_path / "plan.csv", PLAIN.replace("P-1,Basket", "P-1,Trolley"))
    files.take_dropped(app, [newer])
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MergeReview), timeout=60_000)
    review = QApplication.activeModalWidget()
    take = next(one for one in review.findChildren(QPushButton) if one.isDefault())
    QTest.mouseClick(take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.document.plan is not before, timeout=60_000)
    changed = app.document.plan.since(before).edits
    assert [
        (edit.table, edit.before.title, edit.after.title) for edit in changed if edit.table == "items"
    ] == [("items", "Basket", "Trolley")]
    assert {edit.table for edit in changed} == {"items", "sources"}


@pytest.mark.parametrize("into", [False, True], ids=["new", "open"])
def test_a_file_that_is_gone_by_then_was_read_all_the_same(
    begin, app: App, qtbot: QtBot, tmp_path: Path, into: bool
) -> None:
    dialog = begin()
    (tmp_path / "plan.csv").unlink()
    if into:
        into_open(qtbot, dialog)
    plan = press_import(qtbot, dialog, app)
    assert item(plan, "P-1").title == "Basket"
    assert [source.title for source in plan.sources.values()] == ["plan.csv"]


def test_keys_that_are_made_go_on_from_those_of_the_open_plan(begin, app: App, qtbot: QtBot) -> None:
    app.put_on_desk(Document(new_plan("Mine")))
    dialog = begin("Task\nA\nB\n")
    assert dialog.into_open  # there is nothing in it that could be in the way
    first = press_import(qtbot, dialog, app)
    dialog = begin("Task\nC\nD\n")
    into_open(qtbot, dialog)
    plan = press_import(qtbot, dialog, app)
    assert [one.key for one in first.items.values()] == ["RW-1", "RW-2"]
    assert [item(plan, title).key for title in "ABCD"] == ["RW-1", "RW-2", "RW-3", "RW-4"]


def test_the_report_can_be_looked_at_copied_and_kept(
    begin, app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_import(qtbot, begin(), app)
    [show] = [run for code, run in app.messages.last.ways_out if code == "importing.report"]
    show()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ImportReport), timeout=60_000)
    report = QApplication.activeWindow()
    QTest.mouseClick(report.findChild(QPushButton, "importing.report.copy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:3] == ["Sheet", "Cell or row", "Code"]
    assert any("P-9" in line and "import.unknown_predecessor" in line for line in copied)
    out = tmp_path / "report.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    QTest.mouseClick(report.findChild(QPushButton, "importing.report.save"), Qt.MouseButton.LeftButton)
    assert "P-9" in out.read_text("utf-8-sig")
    QTest.keyClick(report, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), QDialog), timeout=60_000)


# The same headings again


def test_the_same_headings_come_up_as_the_last_time(begin, app: App, qtbot: QtBot) -> None:
    dialog = begin()
    choose(qtbot, dialog, becomes(dialog, "Launch market"), "Tags")
    choose(qtbot, dialog, dialog.rules.box("order"), "Day first")
    press_import(qtbot, dialog, app)
    again = begin(PLAIN.replace("P-1,Basket", "P-1,Trolley"))
    assert again.head.forget.isVisible()
    assert becomes(again, "Launch market").currentText() == "Tags"
    assert note(again, "Launch market") == say("importing.why.before")
    assert again.preview.topLevelItem(0).text(2) == "4 May 2026"
    QTest.mouseClick(again.head.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.ready, timeout=60_000)
    assert becomes(again, "Launch market").currentText() == say("importing.own_as_found")
    again.reject()
    third = begin()
    assert not third.head.forget.isVisible()
    third.reject()


# The clipboard


def test_a_table_pasted_into_an_empty_plan_is_imported(app: App, qtbot: QtBot) -> None:
    app.put_on_desk(Document(new_plan("Mine")))
    QGuiApplication.clipboard().setText("Task\tStart\tLead\nA\t2026-05-04\tAda\nB\t2026-05-05\tBob\n")
    app.window.commands["edit.paste"].trigger()
    dialog = shown(qtbot)
    assert dialog.into_open
    plan = press_import(qtbot, dialog, app)
    assert plan.info.title == "Mine"
    assert owner(plan, "A") == "Ada"
    assert [step.verb for step in app.document.done] == ["import_plan"]


def test_a_table_from_the_clipboard_becomes_a_plan(app: App, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('Task\tStart\n"A\tb"\t2026-05-04\nB\t2026-05-05')
    app.window.commands["file.import_clipboard"].trigger()
    plan = press_import(qtbot, shown(qtbot), app)
    assert [one.title for one in plan.items.values()] == ["A b", "B"]
    assert plan.info.title == say("ui.untitled")


def test_a_clipboard_without_a_table_is_said(app: App) -> None:
    QGuiApplication.clipboard().setText("Just a line")
    app.window.commands["file.import_clipboard"].trigger()
    assert app.messages.last.text == say("importing.no_table")


# Much, and odd


def test_ten_thousand_rows_stay_usable(begin, app: App, qtbot: QtBot) -> None:
    rows = "".join(f"K-{n},Item {n},2026-05-0{n % 8 + 1},Team {n % 9}\n" for n in range(1, 10_001))
    dialog = begin(f"Key,Task,Start,Squad\n{rows}")
    assert dialog.summary.text().startswith("10,000 items") or dialog.summary.text().startswith("10000 items")
    assert dialog.preview.topLevelItemCount() == 50
    choose(qtbot, dialog, becomes(dialog, "Squad"), "Tags")
    dialog.reject()


def test_a_choice_while_the_plan_is_being_made_counts(begin, app: App, qtbot: QtBot) -> None:
    """Import waits for the plan of the last choice: never is anything taken that was not shown."""
    dialog = begin()
    dialog.columns.chosen.emit(8, ("tags", None))
    dialog.accept()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.ready, timeout=60_000)
    assert item(press_import(qtbot, dialog, app), "P-1").tags == ("DE",)


def test_the_wheel_scrolls_and_changes_nothing(begin) -> None:
    dialog = begin()
    box = becomes(dialog, "Feature")
    at = QPoint(5, 5)
    down = QPoint(0, -120)
    wheel = QWheelEvent(
        at.toPointF(),
        box.mapToGlobal(at).toPointF(),
        QPoint(),
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentText() == "Title"
    dialog.reject()


def test_a_file_that_says_itself_what_it_means_shows_no_columns(
    begin, app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    from roadwright.io.workbook.write import write_workbook

    path = tmp_path / "ours.xlsx"
    plan = app.document.plan
    write_workbook(path, plan, app.document.schedule, today=date(2026, 3, 4))
    dialog = begin(path=path)
    assert not dialog.columns.isVisible()
    assert dialog.preview.topLevelItemCount()
    into_open(qtbot, dialog)
    assert len(press_import(qtbot, dialog, app).items) == 2 * len(plan.items)


def test_the_tab_key_brings_every_column_into_sight(begin, qtbot: QtBot) -> None:
    headings = ",".join(["Task", *(f"Field {n}" for n in range(60))])
    cells = ",".join(["A", *(f"value {n}" for n in range(60))])
    dialog = begin(f"{headings}\n{cells}\n{cells}\n")
    dialog.columns.editor(0).setFocus()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    box = QApplication.focusWidget()
    assert box is becomes(dialog, "Field 39")
    middle = box.mapTo(dialog.columns.viewport(), box.rect().center())
    assert dialog.columns.viewport().rect().contains(middle)
    dialog.reject()


def test_what_looks_like_markup_is_shown_as_it_is(begin) -> None:
    dialog = begin('Task,Notes\n<b>A</b>,"<img src=""x"">"\nB,c\n')
    assert dialog.preview.topLevelItem(0).text(0) == "<b>A</b>"
    assert "&lt;b&gt;" in dialog.preview.topLevelItem(0).toolTip(0)
    assert "&lt;b&gt;" in dialog.columns.item(0, 0).toolTip()
    dialog.reject()


def test_another_target_while_the_table_is_looked_through_keeps_the_row(begin, qtbot: QtBot) -> None:
    dialog = begin("Item,Start,Owner\nwhat,when,who\nTask,Begin,Lead\nA,2026-05-04,Ada\n")
    dialog.head.row.setValue(3)
    dialog.target.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.ready, timeout=60_000)
    assert dialog.head.row.value() == 3
    assert becomes(dialog, "Task").currentText() == "Title"
    dialog.reject()
