"""The page of the history: what was done is listed, looked at, searched, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hands import NO_KEYS, send_mouse
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import save_roadmap
from roadwright.model.edits.baselines import rename_baseline, show_baseline, take_baseline
from roadwright.model.edits.items import move_items, remove_items, rename_item, set_field
from roadwright.model.records import BaselineId, ItemId
from roadwright.ui.actions import ACTIONS
from roadwright.ui.app import App
from roadwright.ui.dialogs.baselines import BaselinesDialog
from roadwright.ui.history.page import HistoryPage
from roadwright.ui.timeline.frame import ROW

Left = Qt.MouseButton.LeftButton


def called(app: App, title: str) -> ItemId:
    return next(id for id, item in app.document.kept.items.items() if item.title == title)


@pytest.fixture
def page(app: App, qtbot: QtBot) -> HistoryPage:
    """Four steps: a move, a change, a new name, and something deleted."""
    document = app.document
    document.author = "Ann"
    id = called(app, "Offline mode")
    start = document.kept.items[id].start
    assert start is not None
    document.commit(move_items, {id: start}, 7)
    document.commit(set_field, [id], "effort", 12)
    document.author = "Ben"
    document.commit(rename_item, id, "Airplane mode")
    document.commit(remove_items, [called(app, "Tablet layout")])
    qtbot.keyClick(app.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(app.window.page, HistoryPage)
    return app.window.page


def words(page: HistoryPage) -> list[str]:
    return [page.steps.index(row).data() for row in range(page.steps.rowCount())]


def click(page: HistoryPage, qtbot: QtBot, row: int) -> None:
    place = page.list.visualRect(page.steps.index(row)).center()
    qtbot.mouseClick(page.list.viewport(), Left, pos=place)


def press(page: HistoryPage, qtbot: QtBot, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, name), Left)


def test_what_was_done_is_told_the_latest_first(page: HistoryPage):
    assert words(page) == [
        "Deleted Tablet layout",
        "Renamed Offline mode to Airplane mode",
        "Changed Airplane mode, Effort: 70 → 12",
        "Moved Airplane mode, 7 d later",
    ]


def test_a_click_shows_the_plan_as_it_was(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 3)
    document = app.document
    assert document.looking
    assert called(app, "Airplane mode") in document.plan.items
    assert document.plan.items[called(app, "Airplane mode")].title == "Offline mode"
    assert app.window.banner is not None
    assert app.window.banner.isVisible()
    assert "Moved Airplane mode" in document.looking_at
    qtbot.mouseClick(app.window.banner.back, Left)
    assert not document.looking
    assert not app.window.banner.isVisible()
    assert document.plan is document.kept


def test_what_is_looked_at_can_not_be_changed(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 3)
    before = app.document.plan
    app.window.commands["edit.duplicate"].trigger()
    assert app.document.plan is before
    assert "earlier state" in app.window.message_bar._words.text()
    assert not app.window.commands["edit.undo"].isEnabled()


def test_the_latest_step_is_now(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 2)
    click(page, qtbot, 0)
    assert not app.document.looking


def test_everything_is_restored_as_one_step(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 3)
    press(page, qtbot, "restore")
    assert called(app, "Tablet layout")
    assert called(app, "Offline mode")
    assert len(app.document.done) == 5
    app.document.undo()
    assert called(app, "Airplane mode")


def test_one_item_is_restored(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 0)
    app.session.select()
    press(page, qtbot, "restore_item")
    assert app.document.kept.links_of([called(app, "Tablet layout")])
    assert called(app, "Airplane mode")


def test_one_old_change_is_undone(page: HistoryPage, app: App, qtbot: QtBot):
    id = called(app, "Airplane mode")
    start = app.document.kept.items[id].start
    click(page, qtbot, 3)
    press(page, qtbot, "undo")
    item = app.document.kept.items[id]
    assert item.title == "Airplane mode"
    assert item.start is not None
    assert start is not None
    assert (start - item.start).days == 9  # seven working days


def test_an_old_change_that_was_changed_since_stays(page: HistoryPage, app: App, qtbot: QtBot):
    app.document.commit(rename_item, called(app, "Airplane mode"), "Third name")
    click(page, qtbot, 2)
    press(page, qtbot, "undo")
    assert called(app, "Third name")
    assert "changed since (Title)" in app.window.message_bar._words.text()


def test_it_is_searched_and_filtered(page: HistoryPage, app: App, qtbot: QtBot):
    qtbot.keyClicks(page.search, "tablet")
    qtbot.waitUntil(lambda: words(page) == ["Deleted Tablet layout"])
    page.search.clear()
    qtbot.waitUntil(lambda: page.steps.rowCount() == 4)
    page.person.setCurrentIndex(page.person.findData("Ann"))
    assert page.steps.rowCount() == 2
    page.person.setCurrentIndex(0)
    page.day.setCurrentIndex(page.day.findData(date.today()))
    assert page.steps.rowCount() in (0, 4)  # not at midnight
    page.day.setCurrentIndex(0)
    app.session.select([called(app, "Airplane mode")])
    qtbot.mouseClick(page.selected, Left)
    assert page.steps.rowCount() == 3


def test_keys_go_through_the_list(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 0)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert app.document.looking
    assert called(app, "Airplane mode") in app.document.plan.items


def test_the_trend_of_milestones(page: HistoryPage, app: App, qtbot: QtBot):
    page._kinds.button(1).click()
    chart = page.trend
    assert [one.title for one in chart.forecasts][:1]
    told = chart.forecasts[0]
    assert told.promises == 2
    mark = next(shape for shape in chart.scene.shapes if shape.ref == told.id and hasattr(shape, "size"))
    qtbot.mouseClick(chart, Left, pos=QPoint(round(mark.x), round(mark.y)))
    assert app.session.items == (told.id,)


def test_a_reason_is_asked_for_what_people_count_on(app: App, qtbot: QtBot):
    id = called(app, "Offline mode")
    app.document.commit(rename_item, id, "Airplane mode")
    assert app.window.why is not None
    assert not app.window.why.isVisible()
    start = app.document.kept.items[id].start
    assert start is not None
    app.document.commit(move_items, {id: start}, 7)
    assert app.window.why.isVisible()
    assert not app.window.why.hasFocus()
    qtbot.mouseClick(app.window.why, Left)
    qtbot.keyClicks(app.window.why, "Vendor is late")
    qtbot.keyClick(app.window.why, Qt.Key.Key_Return)
    assert app.document.done[-1].reason == "Vendor is late"
    assert app.settings.kept.reasons == ["Vendor is late"]
    assert not app.window.why.isVisible()


def test_a_reason_is_skipped_and_not_asked_twice(app: App, qtbot: QtBot):
    id = called(app, "Offline mode")
    start = app.document.kept.items[id].start
    assert start is not None
    app.document.commit(move_items, {id: start}, 7)
    why = app.window.why
    assert why is not None
    qtbot.mouseClick(why, Left)
    qtbot.keyClick(why, Qt.Key.Key_Escape)
    assert not why.isVisible()
    app.document.undo()
    app.document.redo()
    assert not why.isVisible()
    assert app.document.done[-1].reason == ""


def test_a_drag_in_an_earlier_state_changes_nothing(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 3)
    document, stage = app.document, page.then.stage
    id = called(app, "Airplane mode")
    page.then.reveal(id)
    before, kept = document.plan, document.kept
    y = stage.board.row_of[id] * ROW + ROW // 2 - stage.top
    x = round(stage.axis.x(document.schedule.start[id] + 10)) - stage.scroll_x
    viewport = page.then.view.viewport()
    for kind, at, buttons in (
        (QEvent.Type.MouseButtonPress, x, Left),
        (QEvent.Type.MouseMove, x + 40, Left),
        (QEvent.Type.MouseMove, x + 90, Left),
        (QEvent.Type.MouseButtonRelease, x + 90, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Left
        send_mouse(viewport, kind, QPointF(at, y), button, buttons, NO_KEYS)
    assert document.looking
    assert document.plan is before
    assert document.kept is kept
    assert "earlier state" in app.window.message_bar._words.text()


def test_undo_reaches_into_the_session_before(make_app: Callable[..., App], qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "Platform.roadmap"
    first = make_app()
    id = called(first, "Offline mode")
    first.document.commit(rename_item, id, "Airplane mode")
    save_roadmap(path, first.document.kept, (), first.document.done)
    app = make_app(path)
    assert not app.document.done
    assert "Rename" in app.window.commands["edit.undo"].text()
    qtbot.keyClick(app.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app.document.kept.items[id].title == "Offline mode"
    assert app.document.dirty
    assert not app.window.commands["edit.undo"].isEnabled()
    qtbot.keyClick(app.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert app.document.kept.items[id].title == "Airplane mode"
    assert not app.document.dirty


@pytest.mark.parametrize("shown", ["timeline", "graph", "board", "table"])
def test_no_command_changes_an_earlier_state(page: HistoryPage, app: App, qtbot: QtBot, shown: str):
    """Everything in the menus, on every page, with an item selected that is gone by now."""
    click(page, qtbot, 3)
    app.session.show_page(shown)
    before, kept, steps = app.document.plan, app.document.kept, list(app.document.done)
    gone = next(id for id, item in before.items.items() if item.title == "Tablet layout")
    for action in ACTIONS:
        if action.changes:
            app.session.select([gone])
            app.window.commands[action.id].trigger()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return):
        qtbot.keyClick(app.window.page, key)
    assert app.document.plan is before
    assert app.document.kept is kept
    assert app.document.done == steps


def test_a_past_state_gets_a_name(page: HistoryPage, app: App, qtbot: QtBot):
    click(page, qtbot, 3)
    press(page, qtbot, "baseline")
    dialog = app.window.findChildren(BaselinesDialog)[-1]
    assert not app.document.looking
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "Before the names")
    qtbot.mouseClick(dialog.take, Left)
    shown = app.document.kept.shown_baseline
    assert shown is not None
    assert shown.title == "Before the names"
    assert called(app, "Airplane mode") in shown.spans
    dialog.reject()


def test_menus_are_grey_while_an_earlier_state_is_looked_at(page: HistoryPage, app: App, qtbot: QtBot):
    def edit_menu() -> QMenu:
        menu = next(a.menu() for a in app.window.menuBar().actions() if a.text() == "&Edit")
        menu.aboutToShow.emit()
        return menu

    click(page, qtbot, 3)
    menu = edit_menu()
    assert menu.actions()[0].text() == "Read only: this is an earlier state"
    assert menu.actions()[0].isVisible()
    assert not app.window.commands["edit.duplicate"].isEnabled()
    assert app.window.commands["edit.find"].isEnabled()
    menu.aboutToHide.emit()
    assert app.window.commands["edit.duplicate"].isEnabled()
    app.document.look_back()
    menu = edit_menu()
    assert menu.actions()[0].text() == "Read only: this page shows the history"
    assert not app.window.commands["edit.duplicate"].isEnabled()
    assert app.window.commands["edit.undo"].isEnabled()
    menu.aboutToHide.emit()
    qtbot.keyClick(app.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not edit_menu().actions()[0].isVisible()
    assert app.window.commands["edit.duplicate"].isEnabled()


def test_a_plan_without_a_past_says_what_will_be_here(make_app: Callable[..., App], qtbot: QtBot):
    app = make_app()
    app.session.show_page("history")
    page = app.window.page
    assert isinstance(page, HistoryPage)
    assert page.empty.isVisible()
    assert "No changes yet" in page.empty.text()
    assert not page.ways_back.isVisible()
    app.document.commit(rename_item, called(app, "Offline mode"), "Other")
    assert page.list.isVisible()
    assert page.ways_back.isVisible()


def test_steps_about_baselines_are_told_by_their_names(page: HistoryPage, app: App):
    app.document.commit(take_baseline, BaselineId("b"), "Board meeting", date(2026, 1, 2))
    app.document.commit(rename_baseline, BaselineId("b"), "Board")
    app.document.commit(show_baseline, next(iter(app.document.kept.baselines)))
    first, second, third = words(page)[:3]
    assert first.startswith("Chose the baseline ")
    assert second == "Renamed the baseline Board"
    assert third == "Took the baseline Board meeting", "as it was called on that day"


@pytest.mark.parametrize("row", [None, 0, 3])
@pytest.mark.parametrize(
    "key", ["Return", "Insert", "M", "Delete", "Ctrl+D", "F2", "Alt+Right", "Ctrl+Shift+Right", "Tab", "P"]
)
def test_no_key_changes_the_plan_on_the_page(
    page: HistoryPage, app: App, qtbot: QtBot, row: int | None, key: str
):
    if row is not None:
        click(page, qtbot, row)
    page.then.view.setFocus()
    app.session.select([called(app, "Airplane mode")])
    kept, done = app.document.kept, len(app.document.done)
    qtbot.keySequence(page.then.view, QKeySequence(key))
    assert app.document.kept is kept
    assert len(app.document.done) == done
    assert app.window.message_bar._words.text()


def test_a_double_click_and_a_drag_on_the_page_change_nothing(page: HistoryPage, app: App, qtbot: QtBot):
    stage, kept = page.then.stage, app.document.kept
    below = len(stage.rows) * ROW - stage.top
    viewport = page.then.view.viewport()
    for y in (below + ROW // 2, below + 2 * ROW):
        qtbot.mouseDClick(viewport, Left, pos=QPoint(200, y))
    qtbot.mouseClick(page.then.gutter, Left, pos=QPoint(60, below + ROW // 2))
    qtbot.mouseDClick(page.then.gutter, Left, pos=QPoint(60, ROW // 2))
    assert page.then.gutter._editor is None
    assert app.document.kept is kept
    assert "another page" in app.window.message_bar._words.text()
    qtbot.keyClick(page.then.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app.document.kept is not kept  # what was done is taken back from here, too
