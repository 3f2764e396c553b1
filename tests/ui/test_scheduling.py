"""The commands that place items in time, and what is said when a date can't be had; with real keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from panel_plans import Company
from plans import day, planned
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.fields import FIELDS
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.dialogs.shift import DaysDialog, ShiftDialog
from roadwright.ui.editors.of_fields import keep_field

A, B, C, M = map(ItemId, "ABCM")
PINNED = {"pinned": True}


@pytest.fixture
def chained(app: App) -> App:
    """A, then B with a start of its own two weeks later, then C; and M, which waits for nothing."""
    plan = planned(A=("Mon", 2), B=("Mon3", 2), C=(None, 1), M=("Mon", 3), links="A FS B; B FS C")
    app.put_on_desk(Document(plan))
    return app


def first(app: App, id: ItemId) -> date:
    span = app.document.kept_schedule.dates(id)
    assert span is not None
    return span.first


def said(app: App) -> str:
    assert app.messages.last is not None
    return app.messages.last.text


def run(app: App, command: str, *items: ItemId) -> None:
    app.session.select(items)
    app.window.commands.refresh()
    app.window.commands[command].trigger()


def dialog_of(app: App, qtbot: QtBot) -> DaysDialog:
    [found] = [one for one in app.window.findChildren(DaysDialog) if one.isVisible()]
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def answer(qtbot: QtBot, dialog: QDialog, button: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def test_as_soon_as_possible_and_back(chained: App) -> None:
    run(chained, "schedule.early", A)
    assert first(chained, B) == day("Wed")
    assert said(chained).startswith("As soon as possible from here. Moves 2 items")
    assert [step.verb for step in chained.document.done] == ["schedule_early"]
    chained.window.commands["edit.undo"].trigger()
    assert first(chained, B) == day("Mon3")
    run(chained, "schedule.early", C)
    assert said(chained) == "All of it starts as early as it can."


def test_as_late_as_possible(chained: App) -> None:
    run(chained, "schedule.late", M)
    assert first(chained, M) == day("Mon3")
    assert "the plan still ends on" in said(chained)


def test_snap_names_who_holds_it(chained: App) -> None:
    run(chained, "schedule.snap", B)
    assert first(chained, B) == day("Wed")
    assert said(chained) == "B starts 7 Jan 2026 because A (FS) finishes 6 Jan 2026."
    run(chained, "schedule.snap", M)
    assert said(chained) == "“M” waits for nothing that has a date, so nothing says how early it can start."


def test_snap_of_several_is_one_step(chained: App) -> None:
    run(chained, "schedule.snap", B, C)
    assert len(chained.document.done) == 1
    assert said(chained) == "2 items start on the first day that their links allow."


def test_p_pins_and_unpins(chained: App, qtbot: QtBot) -> None:
    chained.session.select([C])
    chained.page.setFocus()
    before = first(chained, C)
    qtbot.keyClick(chained.window.focusWidget(), Qt.Key.Key_P)
    assert chained.document.kept.items[C].pinned
    assert chained.document.kept.items[C].start == before
    assert chained.window.commands["schedule.pin"].isChecked()
    assert said(chained) == "“C” is pinned to 21 Jan 2026."
    qtbot.keyClick(chained.window.focusWidget(), Qt.Key.Key_P)
    assert not chained.document.kept.items[C].pinned


def test_a_bar_becomes_a_milestone_and_a_bar_again(chained: App) -> None:
    run(chained, "schedule.to_milestone", M)
    assert first(chained, M) == day("Wed")
    assert not chained.window.commands["schedule.to_milestone"].isEnabled()
    run(chained, "schedule.to_bar", M)
    assert chained.document.kept.items[M].kind == "bar"


# The dialogs


def test_a_shift_is_seen_before_it_is_kept(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.shift", M)
    dialog = dialog_of(chained, qtbot)
    span = chained.document.schedule.dates(M)
    assert span is not None
    assert span.first == day("Mon2")
    assert dialog.status.text() == "Moves 1 item; the plan still ends on 21 Jan 2026."
    qtbot.keyClicks(dialog.days, "7")
    assert chained.document.schedule.dates(M).first == day("Wed2")
    answer(qtbot, dialog, QDialogButtonBox.StandardButton.Cancel)
    assert chained.document.plan is chained.document.kept
    assert first(chained, M) == day("Mon")
    assert not chained.document.done


def test_everything_from_a_day_on_is_shifted_as_one_step(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.shift")
    dialog = dialog_of(chained, qtbot)
    assert isinstance(dialog, ShiftDialog)
    assert not dialog.selected.isEnabled()
    dialog.day.setFocus()
    dialog.day.selectAll()
    qtbot.keyClicks(dialog.day, "2026-01-19")
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    assert [step.verb for step in chained.document.done] == ["shift_after"]
    assert (first(chained, A), first(chained, B)) == (day("Mon"), day("Mon4"))
    assert (
        said(chained)
        == "Shifted by 5 working days. Moves 2 items; the plan ends 5 working days later, on 28 Jan 2026."
    )


def test_the_whole_plan_is_shifted_to_an_earlier_day(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.shift", M)
    dialog = dialog_of(chained, qtbot)
    assert isinstance(dialog, ShiftDialog)
    qtbot.mouseClick(dialog.whole, Qt.MouseButton.LeftButton)
    dialog.whole.setChecked(True)
    dialog.days.setFocus()
    dialog.days.selectAll()
    qtbot.keyClicks(dialog.days, "-5")
    answer(qtbot, dialog, QDialogButtonBox.StandardButton.Ok)
    week = timedelta(days=7)
    assert (first(chained, A), first(chained, M)) == (day("Mon") - week, day("Mon") - week)


def test_a_day_that_is_none_can_not_be_kept(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.shift")
    dialog = dialog_of(chained, qtbot)
    assert isinstance(dialog, ShiftDialog)
    dialog.day.selectAll()
    qtbot.keyClicks(dialog.day, "soon")
    assert "soon" in dialog.status.text()
    assert not dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    answer(qtbot, dialog, QDialogButtonBox.StandardButton.Cancel)


def test_a_buffer_before_and_after(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.buffer_after", B)
    answer(qtbot, dialog_of(chained, qtbot), QDialogButtonBox.StandardButton.Ok)
    assert first(chained, C) == day("Wed4")
    assert said(chained).startswith(
        "Buffer of 5 working days. Moves 1 item; the plan ends 5 working days later"
    )
    run(chained, "schedule.buffer_before", C)
    qtbot.keyClicks(dialog_of(chained, qtbot).days, "1")
    answer(qtbot, dialog_of(chained, qtbot), QDialogButtonBox.StandardButton.Ok)
    assert first(chained, C) == day("Thu4")


def test_a_buffer_after_what_nothing_waits_for_is_refused_in_words(chained: App, qtbot: QtBot) -> None:
    run(chained, "schedule.buffer_after", M)
    dialog = dialog_of(chained, qtbot)
    assert dialog.status.text() == "Nothing else waits for “M”, so there is nowhere to put a buffer."
    assert not dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    answer(qtbot, dialog, QDialogButtonBox.StandardButton.Cancel)
    QApplication.processEvents()


# A start that can't be had


def test_a_start_before_the_links_allow_is_told_with_the_way_out() -> None:
    company = Company(planned(A=("Mon", 5), B=(None, 2), links="A FS B"))
    assert keep_field(company.document, company.messages, [B], FIELDS["start"], day("Tue"))
    message = company.said[-1]
    assert message.text == "B waits for A, so it starts 12 Jan 2026."
    [(words, pin)] = message.ways_out
    assert words == "held.pin"
    pin()
    assert company.document.schedule.dates(B).first == day("Tue")
    assert company.document.kept.items[B].pinned
    assert [step.verb for step in company.document.done] == ["set_field", "pin_items"]


def test_a_start_on_a_day_off_is_told() -> None:
    company = Company(planned(A=("Mon", 5)))
    keep_field(company.document, company.messages, [A], FIELDS["start"], day("Sat"))
    assert company.said[-1].text == "10 Jan 2026 is a day off, so it starts 12 Jan 2026."


def test_a_start_that_can_be_had_is_taken_without_a_word() -> None:
    company = Company(planned(A=("Mon", 5), B=(None, 2), links="A FS B"))
    keep_field(company.document, company.messages, [B], FIELDS["start"], day("Wed2"))
    keep_field(company.document, company.messages, [B], FIELDS["start"], None)
    assert company.said == []


def test_to_pin_in_a_cell_is_to_stay_where_one_sees_it() -> None:
    company = Company(planned(A=("Mon", 5), B=("Mon", 2), links="A FS B"))
    keep_field(company.document, company.messages, [B], FIELDS["pinned"], True)
    assert company.document.schedule.dates(B).first == day("Mon2")
    assert not company.document.schedule.conflicts(B)


def test_an_effort_beyond_all_measure_is_refused_in_words() -> None:
    company = Company(planned(A=("Mon", 5)))
    assert not keep_field(company.document, company.messages, [A], FIELDS["effort"], 1e9)
    assert "100000 person-days" in company.said[-1].text
