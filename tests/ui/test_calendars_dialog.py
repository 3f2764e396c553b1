"""The dialog for calendars, by mouse and keys: what it shows, what it does to the plan, how it gives way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from panel_plans import Company
from plans import day, planned, shown
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.edits.calendars import add_calendar, add_holidays
from roadwright.model.plan import Plan
from roadwright.model.records import CalendarId, Days, TeamId
from roadwright.ui.calendars.dialog import CalendarsDialog
from roadwright.ui.calendars.national import NationalDialog, years_from
from roadwright.ui.calendars.pasting import read_days
from roadwright.ui.calendars.words import calendar_words, weekdays_words

STANDARD, THEIRS = CalendarId("standard"), CalendarId("theirs")
TODAY = day("Wed")
Key = Qt.Key


def small_plan() -> Plan:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr
    # A    ==============
    # B                     =====             FS
    # T    ==============                     of the team T
    return planned(A=("Mon", 5), B=(None, 2), T=("Mon", 5, {"team": "T"}), links="A FS B")


class Desk:
    """The dialog over a window, and the hand."""

    def __init__(self, qtbot: QtBot, plan: Plan) -> None:
        self.qtbot, self.company = qtbot, Company(plan)
        self.window = QWidget()
        self.window.resize(1200, 800)
        qtbot.addWidget(self.window)
        self.window.show()
        self.dialog = CalendarsDialog(
            self.window, self.company.document, self.company.messages, today=lambda: TODAY
        )
        self.dialog.editor.year.show_year(2026)
        self.dialog.open()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    @property
    def document(self):
        return self.company.document

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_day(self, when: date) -> None:
        where = self.dialog.editor.year.cell_of(when).center()
        self.qtbot.mouseClick(self.dialog.editor.year, Qt.MouseButton.LeftButton, pos=where)

    def type(self, field: QWidget, text: str) -> None:
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)

    def add(self, first: str, last: str, title: str) -> None:
        form = self.dialog.editor.form
        self.type(form.first, first)
        self.type(form.last, last)
        self.type(form.title, title)
        self.qtbot.keyClick(form.title, Key.Key_Return)

    def listed(self) -> list[tuple[str, str]]:
        days = self.dialog.editor.days
        return [
            (days.topLevelItem(row).text(0), days.topLevelItem(row).text(1))
            for row in range(days.topLevelItemCount())
        ]

    def said(self) -> str:
        return self.dialog.status.text()

    def answer(self, button: QDialogButtonBox.StandardButton) -> None:
        self.click(self.dialog.findChild(QDialogButtonBox).button(button))

    def keep(self) -> None:
        self.answer(QDialogButtonBox.StandardButton.Ok)

    def cancel(self) -> None:
        self.answer(QDialogButtonBox.StandardButton.Cancel)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot, small_plan())
    yield made
    QApplication.clipboard().clear()


# Days


def test_a_click_on_a_day_is_a_day_off_and_the_plan_follows_at_once(desk: Desk) -> None:
    desk.click_day(day("Wed"))
    assert shown(desk.document.plan) == {"A": "Mon..Mon2", "B": "Tue2..Wed2", "T": "Mon..Mon2"}
    assert desk.said() == "Moves 3 items; the plan ends 1 working day later, on 14 Jan 2026."
    assert desk.listed() == [("Wed 7 Jan 2026", "Day off")]
    desk.keep()
    assert [step.verb for step in desk.document.done] == ["change_calendars"]
    assert desk.company.said[-1].text.startswith("Calendars changed. Moves 3 items")
    desk.document.undo()
    assert shown(desk.document.plan)["B"] == "Mon2..Tue2"


def test_cancel_leaves_no_trace(desk: Desk) -> None:
    before = desk.document.kept
    desk.click_day(day("Wed"))
    desk.click_day(day("Sat"))
    assert desk.document.previewing
    desk.qtbot.keyClick(desk.dialog, Key.Key_Escape)
    assert desk.document.plan is desk.document.kept is before
    assert not desk.document.done


def test_keys_go_through_the_days_and_turn_them(desk: Desk) -> None:
    year = desk.dialog.editor.year
    desk.click_day(day("Mon"))
    desk.click_day(day("Mon"))
    for key in (Key.Key_Right, Key.Key_Space, Key.Key_Down, Key.Key_Space):
        desk.qtbot.keyClick(year, key)
    assert [text for text, _ in desk.listed()] == ["Tue 6 Jan 2026", "Tue 13 Jan 2026"]
    desk.qtbot.keyClick(year, Key.Key_PageDown)
    assert desk.dialog.editor.number.value() == 2027


def test_days_are_entered_with_a_name_changed_and_removed(desk: Desk) -> None:
    desk.add("2026-01-07", "2026-01-08", "Off-site")
    assert desk.listed() == [("7 Jan – 8 Jan 2026", "Off-site")]
    assert shown(desk.document.plan)["B"] == "Wed2..Thu2"
    days, form = desk.dialog.editor.days, desk.dialog.editor.form
    days.setCurrentItem(days.topLevelItem(0))
    assert (form.title.text(), form.button.text()) == ("Off-site", "Change")
    desk.type(form.last, "2026-01-07")
    desk.click(form.button)
    assert desk.listed() == [("Wed 7 Jan 2026", "Off-site")]
    assert form.button.text() == "Add"
    days.setCurrentItem(days.topLevelItem(0))
    desk.qtbot.keyClick(days, Key.Key_Delete)
    assert desk.listed() == []
    assert shown(desk.document.plan) == shown(desk.document.kept)


def test_a_saturday_is_worked_all_the_same(desk: Desk) -> None:
    desk.type(desk.dialog.editor.form.title, "Release")
    desk.click(desk.dialog.editor.form.worked)
    desk.dialog.editor.form.worked.setChecked(True)
    desk.type(desk.dialog.editor.form.first, "2026-01-10")
    desk.click(desk.dialog.editor.form.button)
    assert desk.listed() == [("Sat 10 Jan 2026", "Release · worked")]
    assert shown(desk.document.plan)["B"] == "Sat..Mon2"
    assert desk.dialog.editor.year.words_for(day("Sat")) == "Sat 10 Jan 2026 · Release · worked all the same"


def test_a_drag_over_days_asks_for_their_name(desk: Desk) -> None:
    year = desk.dialog.editor.year
    first, last = (year.cell_of(when).center() for when in (day("Thu2"), day("Tue2")))
    desk.qtbot.mousePress(year, Qt.MouseButton.LeftButton, pos=first)
    desk.qtbot.mouseMove(year, last)
    desk.qtbot.mouseRelease(year, Qt.MouseButton.LeftButton, pos=last)
    form = desk.dialog.editor.form
    assert (form.first.text(), form.last.text()) == ("13 Jan 2026", "15 Jan 2026")
    desk.type(form.title, "Fair")
    desk.qtbot.keyClick(form.title, Key.Key_Return)
    assert desk.listed() == [("13 Jan – 15 Jan 2026", "Fair")]


def test_what_can_not_be_is_said_and_nothing_has_changed(desk: Desk) -> None:
    desk.add("2026-01-07", "2026-01-05", "")
    assert desk.said() == "The days from 7 Jan 2026 to 5 Jan 2026 are the wrong way round."
    desk.add("soon", "", "")
    assert "soon" in desk.said()
    desk.add("2026-12-24", "2206-12-26", "")
    assert "more than 366 days" in desk.said()
    assert desk.listed() == []
    assert not desk.document.previewing


def test_a_calendar_without_a_working_day_is_refused_in_words(desk: Desk) -> None:
    weekdays = desk.dialog.editor.weekdays
    for button in weekdays[:5]:
        desk.click(button)
    assert desk.said() == "The calendar “Standard” needs at least one weekday on which people work."
    assert [button.isChecked() for button in weekdays] == [False] * 4 + [True, False, False]
    desk.keep()
    assert desk.document.kept.calendars[STANDARD].weekdays == (4,)


def test_a_tooltip_names_the_holiday(qtbot: QtBot) -> None:
    plan = add_holidays(small_plan(), STANDARD, [Days(day("Tue"), day("Tue"), "Epiphany")])
    desk = Desk(qtbot, plan)
    year = desk.dialog.editor.year
    at = year.cell_of(day("Tue")).center()
    QApplication.sendEvent(year, QHelpEvent(QEvent.Type.ToolTip, at, year.mapToGlobal(at)))
    assert QToolTip.text() == "Tue 6 Jan 2026 · Epiphany · day off"
    QToolTip.hideText()
    assert year.words_for(day("Sun")) == "Sun 11 Jan 2026 · weekend"
    desk.cancel()


def test_years_go_from_1900_to_2200(desk: Desk) -> None:
    year, number = desk.dialog.editor.year, desk.dialog.editor.number
    for wanted, got in ((1899, 1900), (1900, 1900), (2200, 2200), (2201, 2200), (2024, 2024)):
        year.show_year(wanted)
        assert (year.year, number.value()) == (got, got)
        assert year.worked_days() in (260, 261, 262)
        assert year.grab().width() == year.width()
    assert year.cell_of(date(2024, 2, 29)).isValid()


# Lists


def test_a_list_is_pasted_and_what_is_no_day_is_said(desk: Desk) -> None:
    QApplication.clipboard().setText("Date\tWhat\n2026-01-07\tOff-site\n9.1.2026\tBridge day\nsoon\tParty\n")
    desk.click(desk.dialog.editor.paste)
    assert desk.listed() == [("Wed 7 Jan 2026", "Off-site"), ("Fri 9 Jan 2026", "Bridge day")]
    assert desk.said() == "2 entries pasted. 1 line names no day: “soon\tParty”."
    QApplication.clipboard().setText("nothing of the kind")
    desk.click(desk.dialog.editor.paste)
    assert desk.said().startswith("No days are copied")


@pytest.mark.parametrize(
    ("line", "first", "last", "title"),
    [
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24), ""),
        ("24.12.2026;Christmas Eve", date(2026, 12, 24), date(2026, 12, 24), "Christmas Eve"),
        ("2026-12-24\t2027-01-01\tBreak", date(2026, 12, 24), date(2027, 1, 1), "Break"),
        ("24 Dec 2026 - 1 Jan 2027: Winter break", date(2026, 12, 24), date(2027, 1, 1), "Winter break"),
        ("24.12.2026 – 01.01.2027 Betriebsferien", date(2026, 12, 24), date(2027, 1, 1), "Betriebsferien"),
        ("25 December 2026, Christmas Day", date(2026, 12, 25), date(2026, 12, 25), "Christmas Day"),
        (
            "2027-01-01\t2026-12-24\tThe wrong way round",
            date(2026, 12, 24),
            date(2027, 1, 1),
            "The wrong way round",
        ),
    ],
)
def test_lines_are_read_as_people_write_them(line: str, first: date, last: date, title: str) -> None:
    assert read_days(line, TODAY).days == [Days(first, last, title)]


# National holidays


def test_holidays_of_a_country_are_found_and_taken(desk: Desk) -> None:
    desk.click(desk.dialog.editor.national)
    [dialog] = desk.dialog.findChildren(NationalDialog)
    assert (dialog.first.value(), dialog.last.value()) == (2026, 2028)
    desk.qtbot.keyClicks(dialog.search, "deutsch")
    assert dialog.country == "DE"
    dialog.region.setCurrentIndex(dialog.region.findData("BY"))
    assert dialog.preview.topLevelItem(1).text(1) == "Epiphany"
    assert "entries" in dialog.total.text()
    dialog.last.setValue(2025)
    assert "from 1900 to 2200" in dialog.total.text()
    assert not dialog.take.isEnabled()
    dialog.last.setValue(2026)
    desk.click(dialog.take)
    assert ("Tue 6 Jan 2026", "Epiphany") in desk.listed()
    assert shown(desk.document.plan)["A"] == "Mon..Mon2"


def test_the_working_week_of_a_country_is_taken_over(desk: Desk) -> None:
    desk.click(desk.dialog.editor.national)
    [dialog] = desk.dialog.findChildren(NationalDialog)
    desk.qtbot.keyClicks(dialog.search, "israel")
    assert dialog.weekend.text() == "Take over its working week too (Sun–Thu)"
    dialog.weekend.setChecked(True)
    desk.click(dialog.take)
    assert desk.document.plan.calendars[STANDARD].weekdays == (0, 1, 2, 3, 6)


def test_the_years_offered_reach_beyond_the_plan() -> None:
    assert years_from(date(2026, 5, 1), None) == (2026, 2028)
    assert years_from(date(2026, 5, 1), date(2031, 5, 1)) == (2026, 2032)
    assert years_from(date(2026, 5, 1), date(2300, 5, 1)) == (2026, 2028)


# Calendars


def test_a_team_gets_a_calendar_of_its_own(desk: Desk) -> None:
    calendars = desk.dialog.list
    desk.click(calendars.new)
    desk.qtbot.keyClicks(desk.dialog.editor.name, "Gulf")
    desk.qtbot.keyClick(desk.dialog.editor.name, Key.Key_Return)
    for place in (4, 6):  # not on Friday, but on Sunday
        desk.click(desk.dialog.editor.weekdays[place])
    users = desk.dialog.editor.users.menu()
    users.aboutToShow.emit()
    next(action for action in users.actions() if action.text() == "T").trigger()
    assert shown(desk.document.plan)["T"] == "Mon..Sun"
    assert desk.dialog.editor.users.text() == "T"
    desk.keep()
    [made] = [one for one in desk.document.kept.calendars.values() if one.title == "Gulf"]
    assert desk.document.kept.teams[TeamId("T")].calendar == made.id
    assert len(desk.document.done) == 1


def test_a_copy_has_the_days_of_the_original_and_a_name_of_its_own(desk: Desk) -> None:
    desk.click_day(day("Wed"))
    desk.click(desk.dialog.list.copy)
    assert desk.dialog.editor.name.text() == "Standard copy"
    assert desk.listed() == [("Wed 7 Jan 2026", "Day off")]
    desk.type(desk.dialog.editor.name, "standard")
    desk.keep()
    assert desk.dialog.isVisible()
    assert desk.said() == "There is a calendar “standard” already."
    desk.type(desk.dialog.editor.name, "Other")
    desk.keep()
    assert {one.title for one in desk.document.kept.calendars.values()} == {"Standard", "Other"}


def test_a_calendar_is_removed_and_its_teams_work_by_the_plans(qtbot: QtBot) -> None:
    plan = add_calendar(small_plan(), THEIRS, "Theirs")
    desk = Desk(qtbot, plan)
    calendars = desk.dialog.list
    assert not calendars.remove.isEnabled()  # the plan's own
    calendars.list.setCurrentRow(1)
    desk.click(calendars.remove)
    desk.keep()
    assert set(desk.document.kept.calendars) == {STANDARD}


def test_another_calendar_becomes_the_plans(qtbot: QtBot) -> None:
    plan = add_holidays(add_calendar(small_plan(), THEIRS, "Theirs"), THEIRS, [Days(day("Mon"), day("Mon"))])
    desk = Desk(qtbot, plan)
    desk.dialog.list.list.setCurrentRow(1)
    users = desk.dialog.editor.users.menu()
    users.aboutToShow.emit()
    users.actions()[0].trigger()
    assert shown(desk.document.plan)["A"] == "Tue..Mon2"
    desk.keep()
    assert desk.document.kept.info.calendar == THEIRS


def test_enter_ends_an_entry_and_not_the_dialog(desk: Desk) -> None:
    desk.qtbot.keyClick(desk.dialog.editor.name, Key.Key_Return)
    desk.qtbot.keyClick(desk.dialog.editor.number, Key.Key_Return)
    assert desk.dialog.isVisible()
    keep = desk.dialog.findChild(QPushButton, "keep")
    keep.setFocus()
    desk.qtbot.keyClick(keep, Key.Key_Return)
    assert not desk.dialog.isVisible()


# Words


def test_weekdays_are_told_in_a_word() -> None:
    assert weekdays_words(range(5)) == "Mon–Fri"
    assert weekdays_words((0, 1, 2, 3, 6)) == "Sun–Thu"
    assert weekdays_words((0, 2, 4)) == "Mon, Wed, Fri"
    assert weekdays_words((5, 6)) == "Sat, Sun"
    assert weekdays_words(range(7)) == "every day"


def test_a_calendar_is_told_in_a_line() -> None:
    plan = add_holidays(small_plan(), STANDARD, [Days(day("Mon"), day("Wed")), Days(day("Fri"), day("Fri"))])
    assert calendar_words(plan.calendars[STANDARD]) == "Standard: Mon–Fri, 4 days off"
