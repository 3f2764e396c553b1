"""The inspector, by mouse and keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from panel_plans import Company
from plans import planned
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.edits.calendars import add_calendar, set_weekdays
from roadwright.model.edits.items import move_items, remove_items, rename_item, set_field
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import CalendarId, StatusId
from roadwright.ui.calendars.dialog import CalendarsDialog
from roadwright.ui.drawing.palette import theme
from roadwright.ui.editors.pickers import ChoiceList
from roadwright.ui.inspector.in_place import InPlace, Value
from roadwright.ui.inspector.panel import Inspector

Key = Qt.Key
TODAY = date(2026, 11, 22)


class Bench:
    """The inspector in a window, with something else beside it that can take the focus."""

    def __init__(self, qtbot: QtBot, company: Company) -> None:
        self.qtbot, self.company = qtbot, company
        self.panel = Inspector(*company.parts, today=lambda: TODAY)
        self.window = QWidget()
        self.window.resize(300, 900)
        self.elsewhere = QWidget()
        self.elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.elsewhere)
        layout.addWidget(self.panel, 1)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    @property
    def document(self) -> Any:
        return self.company.document

    def select(self, *ids: str) -> None:
        self.company.session.select(ids)

    def field(self, key: str) -> InPlace:
        return self.panel.items.fields[key]

    def shown(self, key: str) -> str:
        return self.field(key).value.whole_text()

    def row_text(self, key: str) -> str:
        """The derived rows: slack and because."""
        return self.panel.items._rows[key].findChild(Value).whole_text()

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def edit(self, place: InPlace, *keys: Any) -> None:
        self.click(place.value)
        self.keys(*keys)

    def keys(self, *keys: Any) -> None:
        for key in keys:
            for stroke in key if isinstance(key, str) else [key]:
                self.qtbot.keyClick(QApplication.focusWidget(), stroke)

    def card(self) -> str:
        return self.panel.card.text() if self.panel.card.isVisible() else ""


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Company())


@pytest.fixture
def make_bench(qtbot: QtBot) -> Callable[..., Bench]:
    return lambda **how: Bench(qtbot, Company(**how))


# What it shows


def test_it_shows_the_selected_item(bench: Bench) -> None:
    bench.select("billing")
    assert bench.shown("key") == "RW-5"
    assert bench.shown("title") == "Usage-based billing portal"
    assert {key: bench.shown(key) for key in ("status", "start", "duration", "owner", "effort")} == {
        "status": "In progress",
        "start": "12 Oct 2026",
        "duration": "63 working days",
        "owner": "Elena Petrova",
        "effort": "75 person-days",
    }


def test_it_says_why_an_item_stands_where_it_stands(bench: Bench) -> None:
    bench.select("checkout")
    assert bench.panel.items.why.text().splitlines() == [
        "Web checkout 3.0 starts 7 Jan 2027 because Usage-based billing portal (FS) finishes 6 Jan 2027.",
        "Usage-based billing portal is being worked on and keeps its start, 12 Oct 2026.",
    ]
    bench.select("lumen")
    assert bench.panel.items.why.text() == "Design system “Lumen” is done and keeps its start, 20 Jul 2026."
    bench.select("mobile")
    assert bench.panel.items.why.text().startswith("Mobile payments starts 31 Aug 2026 because Offline mode")


def test_every_item_of_the_chain_can_be_clicked(bench: Bench) -> None:
    bench.select("checkout")
    label = bench.panel.items.why.findChild(QLabel, "why")
    assert re.findall('href="([^"]+)"', label.text()) == ["billing", "billing"]
    label.setFocus()
    bench.keys(Key.Key_Tab, Key.Key_Return)
    assert bench.company.session.items == ("billing",)


def test_a_long_chain_is_told_in_part_until_one_asks(make_bench: Callable[..., Bench]) -> None:
    plan = planned(
        **{name: ("Mon" if name == "A" else None, 1) for name in "ABCDEFG"},
        links="A FS B; B FS C; C FS D; D FS E; E FS F; F FS G",
    )
    bench = make_bench(plan=plan)
    bench.select("G")
    why = bench.panel.items.why
    assert len(why.text().splitlines()) == 3
    why.follow("more")
    assert len(why.text().splitlines()) == 7
    assert why.text().splitlines()[-1] == "A starts 5 Jan 2026, which is its own start."
    why.follow("D")
    assert bench.company.session.items == ("D",)
    assert len(why.text().splitlines()) == 4


def test_slack_and_the_latest_days_are_told(bench: Bench) -> None:
    bench.select("scan")
    assert bench.row_text("slack") == "45 working days"
    assert bench.row_text("latest") == "4 Jan – 12 Mar 2027"


def test_critical_is_said_in_words_and_a_missed_deadline_on_a_card(bench: Bench) -> None:
    last = max(bench.document.schedule.finish, key=bench.document.schedule.finish.__getitem__)
    bench.select(last)
    assert bench.row_text("slack") == "None, critical"
    bench.document.commit(set_field, ["scan"], "deadline", date(2026, 12, 20))
    bench.select("scan")
    assert bench.row_text("slack") == "15 days late"
    assert "20 Dec 2026" in bench.card()
    assert bench.panel.card.ways_out() == ["Move the deadline to 8 Jan 2027"]
    bench.panel.card.take("0")
    assert bench.document.kept.items["scan"].deadline == date(2027, 1, 8)
    assert not bench.card()
    assert bench.company.said[-1].text == "Move the deadline to 8 Jan 2027: done."


def test_a_broken_link_is_told(bench: Bench) -> None:
    bench.document.commit(set_field, ["checkout"], "start", date(2026, 9, 1))
    bench.document.commit(set_field, ["checkout"], "pinned", True)
    bench.select("checkout")
    assert "Usage-based billing portal" in bench.card()
    assert bench.panel.card.ways_out()[:3] == ["Move it to 7 Jan 2027", "Unpin", "Remove the link"]
    bench.company.session.select(link="l2")
    assert bench.card()
    bench.company.session.select(link="l4")
    assert not bench.card()


def test_dates_follow_a_drag(bench: Bench) -> None:
    bench.select("billing")
    bench.document.preview(move_items, {"billing": date(2026, 10, 12)}, 5)
    assert bench.shown("start") == "19 Oct 2026"
    bench.document.cancel()
    assert bench.shown("start") == "12 Oct 2026"


def test_what_waits_in_the_backlog_has_a_horizon_and_no_slack(bench: Bench) -> None:
    bench.select("voice")
    assert bench.field("horizon").isVisible()
    assert bench.shown("horizon") == "Now"
    assert not bench.panel.items._slack.isVisible()
    bench.select("billing")
    assert not bench.field("horizon").isVisible()
    assert bench.panel.items._slack.isVisible()


def test_with_nothing_selected_it_shows_the_plan(bench: Bench) -> None:
    words = [label.text() for label in bench.panel.plan.findChildren(QLabel)]
    assert "Customer platform roadmap" in bench.panel.plan.title.value.whole_text()
    for expected in ("16", "6 Jul 2026", "Platform", "Mobile"):
        assert expected in words
    assert any("Select an item" in word for word in words)


def test_an_empty_plan_is_shown_too(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench(plan=new_plan())
    assert bench.panel.plan.title.value.whole_text() == "Untitled plan"


def test_a_selected_item_that_goes_leaves_the_plan(bench: Bench) -> None:
    bench.select("lake")
    bench.document.commit(remove_items, ["lake"])
    assert bench.panel.plan.isVisible()
    assert not bench.panel.items.isVisible()


# Editing in place


def test_a_click_turns_the_text_into_its_editor_and_enter_keeps(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("title"), "Billing portal", Key.Key_Return)
    assert bench.document.plan.items["billing"].title == "Billing portal"
    assert bench.shown("title") == "Billing portal"
    assert bench.field("title").value.isVisible()
    assert bench.field("title").value.hasFocus()
    assert len(bench.document.done) == 1


def test_escape_throws_away_what_was_typed(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("title"), "No", Key.Key_Escape)
    assert bench.document.plan.items["billing"].title == "Usage-based billing portal"
    assert bench.document.done == []


def test_leaving_keeps(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("effort"), "80")
    bench.elsewhere.setFocus()
    assert bench.document.plan.items["billing"].effort == 80
    assert bench.field("effort").editor is None


def test_opening_and_leaving_is_no_step(bench: Bench) -> None:
    bench.select("billing")
    for key in (
        "title",
        "start",
        "finish",
        "duration",
        "owner",
        "status",
        "progress",
        "parent",
        "tags",
        "notes",
    ):
        bench.click(bench.field(key).value)
        assert bench.field(key).editor is not None, key
        bench.elsewhere.setFocus()
    assert bench.document.done == []


def test_a_key_begins_editing_and_tab_goes_on(bench: Bench) -> None:
    bench.select("billing")
    bench.field("effort").value.setFocus()
    bench.keys("9", "0", Key.Key_Tab)
    assert bench.document.plan.items["billing"].effort == 90
    assert bench.field("effort").editor is None


def test_what_is_selected_next_does_not_get_what_was_typed_for_the_last(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("effort"), "80")
    bench.select("lake")
    items = bench.document.plan.items
    assert (items["billing"].effort, items["lake"].effort) == (80, None)
    assert bench.shown("effort") == "Empty"


def test_a_refresh_leaves_the_caret_alone(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("title"), "Half")
    editor = bench.field("title").editor
    bench.document.commit(rename_item, "sso", "Other")
    bench.document.preview(move_items, {"billing": date(2026, 10, 12)}, 5)
    assert editor is bench.field("title").editor
    assert editor is not None
    assert editor.text() == "Half"
    assert editor.hasFocus()
    bench.document.cancel()


def test_an_unreadable_entry_stays_open_to_be_mended(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("start"), "some day", Key.Key_Return)
    assert "some day" in bench.company.said[-1].text
    assert bench.field("start").editor is not None
    bench.keys(Key.Key_Escape)
    assert bench.document.done == []


def test_a_flag_is_turned_round_by_a_click(bench: Bench) -> None:
    bench.select("billing")
    bench.click(bench.field("pinned").value)
    assert bench.document.plan.items["billing"].pinned is True
    assert bench.shown("pinned") == "Yes"


def test_what_follows_from_others_can_not_be_opened(bench: Bench) -> None:
    bench.select("mobile")
    bench.click(bench.field("finish").value)
    assert bench.field("finish").editor is None


def test_an_unknown_team_is_made_with_the_entry(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.field("team"), "Growth", Key.Key_Return)
    plan = bench.document.plan
    assert plan.teams[plan.items["billing"].team].title == "Growth"
    assert len(bench.document.done) == 1


def test_notes_take_several_lines(bench: Bench) -> None:
    bench.select("lake")
    bench.edit(bench.field("notes"), "One", Key.Key_Return, "Two")
    bench.elsewhere.setFocus()
    assert bench.document.plan.items["lake"].notes == "One\nTwo"
    assert bench.shown("notes") == "One\nTwo"


def test_an_item_removed_while_it_is_edited_is_no_trouble(bench: Bench) -> None:
    bench.select("lake")
    bench.edit(bench.field("title"), "Gone")
    bench.document.commit(remove_items, ["lake"])
    bench.elsewhere.setFocus()
    assert "lake" not in bench.document.plan.items


def test_delete_empties_a_field_and_crosses_out_a_link(bench: Bench) -> None:
    bench.select("billing")
    bench.field("owner").value.setFocus()
    bench.keys(Key.Key_Delete)
    assert bench.document.plan.items["billing"].owner is None
    bench.panel.items.waits_for.lines["l1"].title.setFocus()
    bench.keys(Key.Key_Delete)
    assert "l1" not in bench.document.plan.links
    bench.field("duration").value.setFocus()
    bench.keys(Key.Key_Delete)
    assert bench.document.plan.items["billing"].duration == 63
    assert bench.company.said[-1].level == "warning"


# Several


def test_several_items_show_what_they_share_and_are_edited_together(bench: Bench) -> None:
    bench.select("checkout", "scan", "region")
    assert bench.panel.items._many.text() == "3 items"
    assert bench.shown("owner") == "–"
    assert bench.shown("status") == "Planned"
    bench.edit(bench.field("owner"), "grace", Key.Key_Return)
    assert {bench.document.plan.items[id].owner for id in ("checkout", "scan", "region")} == {"gl"}
    assert len(bench.document.done) == 1
    assert bench.shown("owner") == "Grace Liu"


def test_opening_a_mixed_value_and_leaving_changes_nothing(bench: Bench) -> None:
    bench.select("checkout", "region")
    for key in ("start", "owner", "duration"):
        bench.click(bench.field(key).value)
        bench.elsewhere.setFocus()
    assert bench.document.done == []


# Links


def test_links_are_listed_both_ways(bench: Bench) -> None:
    bench.select("billing")
    waits = [line.title.whole_text() for line in bench.panel.items.waits_for.lines.values()]
    blocks = [line.title.whole_text() for line in bench.panel.items.blocks.lines.values()]
    assert waits == ["RW-2 Event bus (Kafka) roll-out"]
    assert blocks == ["RW-6 Web checkout 3.0", "RW-10 New portal live"]
    assert bench.panel.items.waits_for.lines["l1"].hold.value.whole_text() == "SS+15d"


def test_type_and_lag_are_edited_in_place(bench: Bench) -> None:
    bench.select("billing")
    bench.edit(bench.panel.items.waits_for.lines["l1"].hold, "FF-2", Key.Key_Return)
    link = bench.document.plan.links["l1"]
    assert (link.type, link.lag) == ("FF", -2)
    assert bench.panel.items.waits_for.lines["l1"].hold.value.whole_text() == "FF-2d"


def test_a_cross_removes_a_link(bench: Bench) -> None:
    bench.select("billing")
    bench.click(bench.panel.items.blocks.lines["l2"].cross)
    assert "l2" not in bench.document.plan.links
    assert list(bench.panel.items.blocks.lines) == ["l3"]
    assert "Ctrl+Z" in bench.company.said[-1].text


def test_a_link_is_added_by_part_of_a_title(bench: Bench) -> None:
    bench.select("lake")
    bench.edit(bench.panel.items.waits_for.add, "sign-on", Key.Key_Return)
    assert [(link.source, link.type) for link in bench.document.plan.incoming["lake"]] == [("sso", "FS")]
    assert len(bench.panel.items.waits_for.lines) == 1


def test_a_link_is_added_with_type_and_lag(bench: Bench) -> None:
    bench.select("lake")
    bench.edit(bench.panel.items.blocks.add, "RW-3 SS+5d", Key.Key_Return)
    made = next(link for link in bench.document.plan.links.values() if link.source == "lake")
    assert (made.target, made.type, made.lag) == ("region", "SS", 5)


def test_a_link_that_would_close_a_loop_is_refused_in_words(bench: Bench) -> None:
    bench.select("bus")
    bench.edit(bench.panel.items.waits_for.add, "RW-6", Key.Key_Return)
    assert "loop" in bench.company.said[-1].text
    assert bench.document.done == []


def test_a_click_on_a_linked_item_goes_there(bench: Bench) -> None:
    bench.select("billing")
    bench.click(bench.panel.items.blocks.lines["l2"].title)
    assert bench.company.session.items == ("checkout",)


def test_a_selected_link_is_shown_and_edited(bench: Bench) -> None:
    bench.company.session.select(link="l1")
    page = bench.panel.link
    assert page.source.whole_text() == "RW-2 Event bus (Kafka) roll-out"
    assert page.type.value.whole_text() == "Start to start"
    bench.edit(page.lag, "3", Key.Key_Return)
    bench.edit(page.type, "finish to f", Key.Key_Return)
    link = bench.document.plan.links["l1"]
    assert (link.type, link.lag) == ("FF", 3)


# The plan


def test_the_plan_is_renamed_and_gets_a_team(bench: Bench) -> None:
    bench.edit(bench.panel.plan.title, "Next year", Key.Key_Return)
    bench.edit(bench.panel.plan.add, "Growth", Key.Key_Return)
    plan = bench.document.plan
    assert plan.info.title == "Next year"
    titles = [line.title.value.whole_text() for line in bench.panel.plan.lines.values()]
    assert titles == ["Platform", "Customer Web", "Mobile", "Data & AI", "Growth"]
    QApplication.processEvents()
    places = [line.y() for line in bench.panel.plan.lines.values()]
    assert places == sorted(places)


def test_a_team_is_renamed_removed_and_not_named_twice(bench: Bench) -> None:
    bench.edit(bench.panel.plan.lines["web"].title, "Web", Key.Key_Return)
    assert bench.document.plan.teams["web"].title == "Web"
    bench.edit(bench.panel.plan.add, "web", Key.Key_Return)
    assert "web" in bench.company.said[-1].text
    bench.click(bench.panel.plan.lines["web"].cross)
    assert "web" not in bench.document.plan.teams
    assert bench.document.plan.items["billing"].team is None
    bench.document.undo()
    assert [line.title.value.whole_text() for line in bench.panel.plan.lines.values()][-1] == "Web"


# Looks


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_painted_in_both_themes(bench: Bench, name: str) -> None:
    bench.select("billing")
    bench.panel.set_theme(theme(name))
    picture = bench.panel.grab().toImage()
    assert picture.pixelColor(2, 2).name().upper() == theme(name).colors.background


def test_nothing_overlaps_or_sticks_out_when_it_is_narrow(bench: Bench) -> None:
    long = "A very long title that goes on and on without any end in sight " * 3
    bench.document.commit(rename_item, "billing", long)
    bench.window.resize(230, 560)
    bench.select("billing")
    QApplication.processEvents()
    page = bench.panel.items
    rows = [row for row in page._rows.values() if row.isVisible()]
    for row in rows:
        label = row.caption
        beside = row.findChild(Value)
        assert label.geometry().right() < beside.mapTo(row, beside.rect().topLeft()).x() + 1
        assert row.mapTo(page, row.rect().topRight()).x() <= page.width()
    places = sorted((row.mapTo(page, row.rect().topLeft()).y(), row.height()) for row in rows)
    assert all(top + height <= below for (top, height), (below, _) in pairwise(places))


def test_cut_off_values_have_a_tooltip(bench: Bench) -> None:
    bench.document.commit(rename_item, "bus", "The event bus that carries every message of the company")
    bench.select("billing")
    QApplication.processEvents()
    title = next(iter(bench.panel.items.waits_for.lines.values())).title
    assert title.text().endswith("…")
    assert title.toolTip().endswith("of the company")


def test_an_open_list_of_choices_is_inside_the_window(bench: Bench, qtbot: QtBot) -> None:
    bench.window.resize(300, 420)
    bench.select("billing")
    bench.field("owner").begin()
    lists = lambda: [panel for panel in bench.window.findChildren(ChoiceList) if panel.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: bool(lists()))
    assert bench.window.rect().contains(lists()[0].geometry())


def test_the_status_is_chosen_by_mouse_alone(bench: Bench, qtbot: QtBot) -> None:
    bench.select("scan")
    bench.click(bench.field("status").value)
    qtbot.waitUntil(lambda: any(p.isVisible() for p in bench.window.findChildren(ChoiceList)))
    panel = next(p for p in bench.window.findChildren(ChoiceList) if p.isVisible())
    shown = panel._list
    qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(2)).center()
    )
    assert bench.document.plan.items["scan"].status == StatusId("done")
    assert bench.field("status").editor is None


# Working time


def test_the_calendar_of_the_plan_is_told_and_opened(bench: Bench) -> None:
    page = bench.panel.plan
    assert page.calendar.whole_text() == "Standard: Mon–Fri"
    bench.click(page.calendar)
    [dialog] = bench.window.findChildren(CalendarsDialog)
    assert dialog.calendar.id == "standard"
    dialog.reject()


def test_the_fiscal_year_begins_in_the_month_that_one_says(bench: Bench) -> None:
    page = bench.panel.plan
    assert page.fiscal.value.whole_text() == "Calendar year"
    bench.edit(page.fiscal, "Apr", Key.Key_Return)
    assert bench.document.kept.info.fiscal_start == 4
    assert page.fiscal.value.whole_text() == "From April"
    bench.edit(page.fiscal, "nonsense", Key.Key_Return)
    assert bench.document.kept.info.fiscal_start == 4


def test_a_team_gets_a_calendar_in_its_line(bench: Bench) -> None:
    theirs = CalendarId("gulf")
    bench.document.commit(set_weekdays_of, theirs)
    line = bench.panel.plan.lines["mob"]
    assert line.calendar.toolTip() == "Calendar of the team: The plan’s own (Standard)"
    bench.click(line.calendar)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions() if action.isCheckable()] == [
        "The plan’s own (Standard)",
        "Gulf",
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert bench.document.kept.teams["mob"].calendar == theirs
    assert line.calendar.toolTip() == "Calendar of the team: Gulf"
    bench.click(line.calendar)
    menu = QApplication.activePopupWidget()
    menu.actions()[-1].trigger()
    menu.close()
    [dialog] = bench.window.findChildren(CalendarsDialog)
    assert dialog.calendar.id == theirs
    dialog.reject()


def set_weekdays_of(plan: Plan, id: CalendarId) -> Plan:
    return set_weekdays(add_calendar(plan, id, "Gulf"), id, (6, 0, 1, 2, 3))
