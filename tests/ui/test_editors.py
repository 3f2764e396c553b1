"""Editors for fields, and how days and values are written and read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from panel_plans import Company, company_plan
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.fields import FIELDS, text_of
from roadwright.model.plan import Plan
from roadwright.model.refused import Refused
from roadwright.ui import dates
from roadwright.ui.editors.choices import fits
from roadwright.ui.editors.of_fields import (
    NewName,
    editable,
    empty_of,
    keep_field,
    make_editor,
    options,
    set_value,
    shown_text,
    understand,
    value_of,
)
from roadwright.ui.editors.pickers import ChoiceList, MonthPanel, Option

TODAY = date(2026, 11, 22)  # a Sunday


class Host(QWidget):
    """A window that an editor stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 400)
        self.plan: Plan = company_plan()
        self.box = QVBoxLayout(self)
        self.box.addStretch()

    def editor(self, key: str, value: Any = None) -> Any:
        editor = make_editor(FIELDS[key], self.plan, self)
        self.box.insertWidget(0, editor)
        set_value(editor, value)
        editor.show()
        editor.setFocus()
        return editor


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    window = Host()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def choices_shown(host: QWidget) -> list[str]:
    """What the open list offers; nothing where none is open."""
    lists = [panel for panel in host.findChildren(ChoiceList) if panel.isVisible()]
    return [option.title for panel in lists for option in panel.options]


# Days


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-10-12", date(2026, 10, 12)),
        ("20261012", date(2026, 10, 12)),
        ("12.10.2026", date(2026, 10, 12)),
        ("12.10.26", date(2026, 10, 12)),
        ("12/10/2026", date(2026, 10, 12)),
        ("10/13/2026", date(2026, 10, 13)),
        ("12.10.", date(2026, 10, 12)),
        ("12 oct", date(2026, 10, 12)),
        ("5 Jan", date(2027, 1, 5)),
        ("October 12, 2026", date(2026, 10, 12)),
        ("12th of Oct 26", date(2026, 10, 12)),
        ("oct 2026", date(2026, 10, 1)),
        ("Q4 2026", date(2026, 10, 1)),
        ("2027q1", date(2027, 1, 1)),
        ("w42", date(2026, 10, 12)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 23)),
        ("fri", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("24", date(2026, 11, 24)),
        ("+5", date(2026, 11, 27)),
        ("-2w", date(2026, 11, 8)),
        ("+1m", date(2026, 12, 22)),
        ("29 feb", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(text: str, meant: date) -> None:
    assert dates.read_day(text, TODAY) == meant


@pytest.mark.parametrize(
    "text", ["", "31 feb", "ma", "foo", "oct nov", "12 13 14", "99999999", "0", "q5", "+9y9"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert dates.read_day(text, TODAY) is None


def test_the_order_of_numbers_follows_the_country_where_both_could_be_the_month() -> None:
    assert dates.read_day("3/4/2026", TODAY) == date(2026, 4, 3)
    assert dates.read_day("3/4/2026", TODAY, month_first=True) == date(2026, 3, 4)
    assert dates.read_day("3.4.2026", TODAY, month_first=True) == date(2026, 4, 3)


def test_a_missing_year_and_a_step_go_by_the_day_before() -> None:
    assert dates.read_day("3 feb", TODAY, near=date(2030, 1, 1)) == date(2030, 2, 3)
    assert dates.read_day("+1m", TODAY, near=date(2030, 1, 31)) == date(2030, 2, 28)


def test_days_and_spans_are_written_for_people() -> None:
    assert dates.day(date(2026, 10, 12)) == "12 Oct 2026"
    assert dates.span(date(2026, 10, 12), date(2027, 1, 8)) == "12 Oct – 8 Jan"
    assert dates.span(date(2026, 10, 12), date(2026, 11, 8), years=True) == "12 Oct – 8 Nov 2026"
    assert dates.span(date(2026, 10, 12), date(2026, 10, 12)) == "12 Oct"
    assert [dates.shift(n) for n in (8, -3, 0)] == ["+8 d", "−3 d", "0 d"]
    assert [dates.working_days(n) for n in (1, 63)] == ["1 working day", "63 working days"]


def test_initials_are_of_the_first_and_last_word() -> None:
    assert [dates.initials(name) for name in ("Elena Petrova", "Ana de la Cruz", "Plato", "", "🙂")] == [
        "EP",
        "AC",
        "PL",
        "",
        "🙂",
    ]


# Values


def test_every_field_shows_what_every_item_has() -> None:
    document = Document(company_plan())
    plan = document.plan
    for field in FIELDS.values():
        for item in plan.items.values():
            value = field.read(plan, document.schedule, item)
            assert isinstance(shown_text(field, plan, value), str)
            assert isinstance(shown_text(field, plan, value, brief=True), str)
    billing = plan.items["billing"]
    shown = {
        key: shown_text(FIELDS[key], plan, FIELDS[key].read(plan, document.schedule, billing))
        for key in ("start", "duration", "progress", "team", "owner", "effort", "kind", "depends")
    }
    assert shown == {
        "start": "12 Oct 2026",
        "duration": "63 working days",
        "progress": "20 %",
        "team": "Customer Web",
        "owner": "Elena Petrova",
        "effort": "75 person-days",
        "kind": shown_text(FIELDS["kind"], plan, "bar"),
        "depends": "RW-2 SS+15d",
    }


def test_what_is_shown_is_understood() -> None:
    document = Document(company_plan())
    plan = document.plan
    for field in FIELDS.values():
        if field.edit is None:
            continue
        for item in plan.items.values():
            value = field.read(plan, document.schedule, item)
            for text in (shown_text(field, plan, value), text_of(field, plan, value)):
                if text:
                    assert understand(field, plan, text) == value, (field.key, text)


def test_weeks_count_as_five_days() -> None:
    assert understand(FIELDS["duration"], company_plan(), "2w") == 10


def test_empty_is_no_value_or_the_usual_one() -> None:
    assert {
        key: empty_of(FIELDS[key]) for key in ("team", "start", "tags", "horizon", "precision", "pinned")
    } == {
        "team": None,
        "start": None,
        "tags": (),
        "horizon": "",
        "precision": "day",
        "pinned": False,
    }


def test_a_parents_dates_are_not_entered() -> None:
    plan = company_plan()
    assert not editable(FIELDS["finish"], plan, "mobile")
    assert not editable(FIELDS["slack"], plan, "billing")
    assert editable(FIELDS["finish"], plan, "billing")
    assert editable(FIELDS["title"], plan, "mobile")


# Editors


def test_every_editor_gives_back_what_it_was_filled_with(host: Host) -> None:
    document = Document(host.plan)
    for field in FIELDS.values():
        if field.edit is None:
            continue
        for item in host.plan.items.values():
            value = field.read(host.plan, document.schedule, item)
            editor = host.editor(field.key, value)
            assert value_of(editor) == value, (field.key, item.title)
            editor.hide()
            editor.deleteLater()


def test_every_editor_has_a_name_for_screen_readers(host: Host) -> None:
    for key in FIELDS:
        editor = host.editor(key)
        assert editor.accessibleName()
        editor.hide()
        editor.deleteLater()


def test_typing_part_of_a_name_chooses_it(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("team", "plat")
    qtbot.keyClicks(editor, "web")
    assert choices_shown(host) == ["Customer Web", "Create “web”"]
    assert value_of(editor) == "web"


def test_arrow_keys_go_through_the_choices(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("status", "planned")
    qtbot.waitUntil(lambda: bool(choices_shown(host)))
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert value_of(editor) == "in-progress"
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert value_of(editor) == "done"


def test_a_click_chooses_and_is_enough(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("status", "planned")
    qtbot.waitUntil(lambda: bool(choices_shown(host)))
    shown = host.findChild(QListWidget)
    where = shown.visualItemRect(shown.item(2)).center()
    with qtbot.waitSignal(editor.finished):
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert value_of(editor) == "done"
    assert choices_shown(host) == []


def test_an_unknown_team_can_be_created(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("team", "plat")
    qtbot.keyClicks(editor, "Growth")
    assert choices_shown(host) == ["Create “Growth”"]
    assert value_of(editor) == NewName("Growth")


def test_an_unknown_status_is_refused(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("status", "planned")
    qtbot.keyClicks(editor, "zzz")
    with pytest.raises(Refused, match=r"value\.unknown"):
        value_of(editor)


def test_emptying_a_choice_means_none(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("owner", "ep")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert value_of(editor) is None


def test_looking_at_the_choices_changes_nothing(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("owner", "ep")
    qtbot.waitUntil(lambda: bool(choices_shown(host)))
    assert value_of(editor) == "ep"


def test_parents_are_found_by_key(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("parent")
    qtbot.keyClicks(editor, host.plan.items["mobile"].key)
    assert choices_shown(host)[0] == "Mobile payments"
    assert value_of(editor) == "mobile"


def test_links_are_completed_word_by_word(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("depends", (("bus", "SS", 15),))
    qtbot.keyClicks(editor, "; lumen")
    assert choices_shown(host) == ["Design system “Lumen”"]
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert value_of(editor) == (("bus", "SS", 15), ("lumen", "FS", 0))


def test_a_date_is_typed(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("start", date(2026, 10, 12))
    qtbot.keyClicks(editor, "+5")
    assert value_of(editor) == date(2026, 10, 17)
    editor.selectAll()
    qtbot.keyClicks(editor, "soon")
    with pytest.raises(Refused, match=r"value\.unreadable"):
        value_of(editor)


def test_a_date_is_stepped_by_keys(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("start", date(2026, 10, 31))
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert value_of(editor) == date(2026, 11, 1)
    qtbot.keyClick(editor, Qt.Key.Key_PageDown)
    assert value_of(editor) == date(2026, 12, 1)


def test_a_date_is_picked_from_the_month(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("start", date(2026, 10, 12))
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(editor.width() - 8, editor.height() // 2))
    month = host.findChild(MonthPanel)
    assert month.isVisible()
    assert month.geometry().intersects(host.rect())
    # October 2026 begins on a Thursday: the 20th is the second cell of the fourth week
    cell = QRect(8 + 30, 34 + 22 + 4 + 3 * 30, 30, 30)
    with qtbot.waitSignal(editor.finished):
        qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=cell.center())
    assert value_of(editor) == date(2026, 10, 20)
    assert not month.isVisible()


def test_pickers_go_away_with_their_editor(host: Host, qtbot: QtBot) -> None:
    editor = host.editor("status", "planned")
    qtbot.waitUntil(lambda: bool(choices_shown(host)))
    editor.hide()
    assert choices_shown(host) == []


def test_a_picker_stays_inside_a_small_window(host: Host, qtbot: QtBot) -> None:
    host.resize(200, 150)
    editor = host.editor("owner")
    qtbot.waitUntil(lambda: bool(choices_shown(host)))
    assert host.rect().contains(host.findChild(ChoiceList).geometry())
    assert value_of(editor) is None


def test_of_many_options_those_that_begin_with_the_text_come_first() -> None:
    known = [Option(n, title) for n, title in enumerate(("Customer Web", "Web platform", "Web", "Mobile"))]
    assert [option.title for option in fits(known, "web")] == ["Web", "Web platform", "Customer Web"]


def test_options_are_in_words() -> None:
    plan = company_plan()
    assert [o.title for o in options(FIELDS["precision"], plan)][:2] == ["Day", "Week"]
    assert options(FIELDS["parent"], plan)[0].hint == "RW-1"


# Keeping


def test_a_new_team_and_its_use_are_one_step(qapp: object) -> None:
    company = Company()
    document, before = company.document, company.document.plan
    assert keep_field(document, company.messages, ["bus", "sso"], FIELDS["team"], NewName("Growth"))
    assert len(document.done) == 1
    team = document.plan.items["bus"].team
    assert document.plan.teams[team].title == "Growth"
    assert document.plan.items["sso"].team == team
    document.undo()
    assert document.plan == before


def test_a_new_person_is_made_by_the_owner_editor(qapp: object) -> None:
    company = Company()
    keep_field(company.document, company.messages, ["bus"], FIELDS["owner"], NewName("Noor Haddad"))
    plan = company.document.plan
    assert plan.people[plan.items["bus"].owner].name == "Noor Haddad"


def test_what_is_refused_is_said_with_the_fields_name(qapp: object) -> None:
    company = Company()
    assert not keep_field(company.document, company.messages, ["bus"], FIELDS["progress"], 120)
    assert company.document.done == []
    assert "120" in company.said[0].text
    assert company.said[0].level == "warning"
