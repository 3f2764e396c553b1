"""Views as a person handles them: looks that are not saved yet, the switcher, the small windows below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.strings import say
from roadwright.model.outline import ranked
from roadwright.model.records import ViewId
from roadwright.model.rows.filter_names import shown
from roadwright.ui.app import App
from roadwright.ui.timeline.page import TimelinePage

MakeApp = Callable[..., App]


def opened(app: App, command: str) -> QWidget:
    """The small window that a command opens."""
    app.window.commands[command].trigger()
    popover = QApplication.activePopupWidget()
    assert popover is not None
    return popover


def choose(qtbot: QtBot, popover: QWidget, name: str, words: str) -> None:
    """Choose an entry of a list by keys, as the mouse would."""
    combo = popover.findChild(QComboBox, name)
    assert combo is not None
    combo.setFocus()
    place = combo.findText(words)
    assert place >= 0, [combo.itemText(at) for at in range(combo.count())]
    while combo.currentIndex() != place:
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < place else Qt.Key.Key_Up)


def switcher(app: App) -> QToolButton:
    found = app.window.topbar.findChild(QToolButton, "viewSwitcher")
    assert found is not None
    return found


def view_titles(app: App) -> list[str]:
    return [view.title for view in ranked(app.document.plan.views)]


def timeline_rows(app: App) -> list[str]:
    assert isinstance(app.page, TimelinePage)
    stage = app.page.stage
    return [row.title or app.document.plan.items[row.item].title for row in stage.rows if row.depth == 0]


# Looks on screen


def test_changing_the_looks_marks_the_view_and_is_no_step_to_undo(app: App, qtbot: QtBot):
    options = opened(app, "view.options")
    choose(qtbot, options, "group", "Team")
    assert timeline_rows(app)[:2] == ["Platform", "Customer Web"]
    assert switcher(app).text() == "Whole plan ✱"
    assert not app.document.done
    assert app.document.plan.views[ViewId("plan")].group == ""
    qtbot.keyClick(options, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_saving_keeps_the_looks_and_can_be_undone(app: App, qtbot: QtBot):
    options = opened(app, "view.options")
    assert not options.findChild(QPushButton, "view.save").isEnabled()
    choose(qtbot, options, "group", "Status")
    choose(qtbot, options, "subgroup", "Team")
    qtbot.mouseClick(options.findChild(QPushButton, "view.save"), Qt.MouseButton.LeftButton)
    options.close()
    saved = app.document.plan.views[ViewId("plan")]
    assert (saved.group, saved.subgroup) == ("status", "team")
    assert switcher(app).text() == "Whole plan"
    app.window.commands["edit.undo"].trigger()
    assert app.document.plan.views[ViewId("plan")].group == ""
    assert timeline_rows(app)[0] == "A platform that never sleeps"


def test_resetting_goes_back_to_what_was_saved(app: App, qtbot: QtBot):
    options = opened(app, "view.options")
    switch = options.findChild(QCheckBox, "show_done")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center() * 0.2)
    assert not app.session.view(app.document.plan).show_done
    qtbot.mouseClick(options.findChild(QPushButton, "view.reset"), Qt.MouseButton.LeftButton)
    assert app.session.view(app.document.plan).show_done
    assert switch.isChecked()
    options.close()


def test_the_order_of_rows_is_chosen_beside_the_grouping(app: App, qtbot: QtBot):
    options = opened(app, "view.options")
    before = timeline_rows(app)
    choose(qtbot, options, "sort", "Title")
    assert timeline_rows(app) == sorted(before, key=str.casefold)
    qtbot.mouseClick(options.findChild(QToolButton, "sortDown"), Qt.MouseButton.LeftButton)
    assert timeline_rows(app) == sorted(before, key=str.casefold, reverse=True)
    choose(qtbot, options, "sort", say("view.sort.none"))
    assert timeline_rows(app) == before
    options.close()


def test_what_the_board_is_made_of_is_chosen_beside_the_grouping(app: App, qtbot: QtBot):
    options = opened(app, "view.options")
    choose(qtbot, options, "stacks", "Horizon")
    choose(qtbot, options, "swimlanes", "Team")
    view = app.session.view(app.document.plan)
    assert (view.stacks, view.swimlanes) == ("horizon", "team")
    choose(qtbot, options, "stacks", say("view.stacks.none"))
    choose(qtbot, options, "group", "Team")
    assert not options.findChild(QComboBox, "swimlanes").isEnabled()  # they follow from the second level
    options.close()


def test_the_days_in_sight_come_back_with_the_view(app: App, qtbot: QtBot):
    assert isinstance(app.page, TimelinePage)
    stage = app.page.stage
    first = date(2026, 3, 2).toordinal()
    stage.look(zoom=stage.width / 60, left=first)
    options = opened(app, "view.options")
    qtbot.mouseClick(options.findChild(QPushButton, "keepDays"), Qt.MouseButton.LeftButton)
    options.close()
    view = app.session.view(app.document.plan)
    assert (view.first, view.last) == (date(2026, 3, 2), date(2026, 4, 30))
    app.session.show_view(ViewId("by-team"))
    app.page.fit_all()
    app.session.show_view(ViewId("plan"))
    assert round(stage.left) == first
    assert round(stage.width / stage.axis.zoom) == 60


def test_unsaved_looks_are_there_at_the_next_start(make_app: MakeApp, qtbot: QtBot, tmp_path: Path):
    app = make_app()
    path = tmp_path / "plan.roadmap"
    save_roadmap(path, app.document.plan)
    again = make_app(path)
    again.session.adjust(again.document.plan, group="owner", filter="-is:done")
    again.document.mark_saved()
    assert again.may_close()
    third = make_app(path)
    view = third.session.view(third.document.plan)
    assert (view.group, view.filter) == ("owner", "-is:done")
    assert switcher(third).text().endswith("✱")


# Saved views


def test_a_view_is_saved_under_another_name(app: App, qtbot: QtBot):
    app.session.adjust(app.document.plan, group="level")
    field = opened(app, "view.save_as").findChild(QLineEdit, "viewName")
    qtbot.keyClicks(field, "whole plan")  # taken: it stays open and says so
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()
    assert app.messages.last is not None
    assert "already" in app.messages.last.text
    field.selectAll()
    qtbot.keyClicks(field, "Levels")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view_titles(app)[:2] == ["Whole plan", "Levels"]
    assert switcher(app).text() == "Levels"
    assert app.session.view(app.document.plan).group == "level"
    assert not app.session.looks.drafts
    app.window.commands["edit.undo"].trigger()
    assert "Levels" not in view_titles(app)
    assert switcher(app).text() == "Whole plan"


def test_a_view_is_renamed_duplicated_and_deleted(app: App, qtbot: QtBot):
    field = opened(app, "view.rename").findChild(QLineEdit, "viewName")
    assert field.text() == "Whole plan"
    qtbot.keyClicks(field, "Everything")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert switcher(app).text() == "Everything"
    app.window.commands["view.duplicate"].trigger()
    assert view_titles(app)[:2] == ["Everything", "Everything 2"]
    app.window.commands["view.delete"].trigger()
    assert "Everything 2" not in view_titles(app)
    assert app.messages.last is not None
    assert app.messages.last.ways_out


def test_views_are_put_in_order_in_a_list(app: App, qtbot: QtBot):
    before = view_titles(app)
    app.window.commands["view.arrange"].trigger()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    rows = dialog.findChild(QListWidget)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    buttons = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    assert view_titles(app) == [before[1], before[0], *before[2:]]


def test_the_menu_marks_every_view_that_is_not_as_saved(app: App):
    app.session.show_view(ViewId("by-team"))
    app.session.adjust(app.document.plan, packed=True)
    app.session.show_view(ViewId("plan"))
    menu = switcher(app).menu()
    menu.aboutToShow.emit()
    titles = {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}
    assert titles["Plan by team ✱"] is False
    assert titles["Whole plan"] is True


def test_a_view_that_is_gone_is_left(app: App):
    app.session.show_view(ViewId("by-team"))
    app.session.adjust(app.document.plan, packed=True)
    app.window.commands["view.delete"].trigger()
    assert app.session.looks.view == "plan"
    assert not app.session.looks.drafts


def test_the_critical_path_opens_on_the_timeline(app: App):
    app.session.show_page("table")
    menu = switcher(app).menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Critical path").trigger()
    assert app.session.looks.page == "timeline"
    assert app.session.view(app.document.plan).show_critical


def test_my_items_asks_who_i_am_once(app: App, qtbot: QtBot):
    menu = switcher(app).menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "My items").trigger()
    assert app.messages.last is not None
    code, choose_me = app.messages.last.ways_out[0]
    assert code == "view.who.choose"
    assert timeline_rows(app) == []
    choose_me()
    people = QApplication.activePopupWidget().findChild(QListWidget, "people")
    place = next(row for row in range(people.count()) if people.item(row).text() == "Daniel Kim")
    at = people.visualItemRect(people.item(place)).center()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert timeline_rows(app) != []
    plan = app.document.plan
    owners = {plan.people[plan.items[row.item].owner].name for row in app.page.stage.rows if row.item}
    assert owners == {"Daniel Kim"}
    assert app.settings.kept.me == "Daniel Kim"


# The filter


def chips(popover: QWidget) -> list[str]:
    found = [chip for chip in popover.findChildren(QFrame, "chip") if chip.isVisible()]
    return [chip.findChildren(QToolButton)[0].text() for chip in found]


def tick(qtbot: QtBot, popover: QWidget, *titles: str) -> None:
    """Tick values in the menu of the builder."""
    button = popover.findChild(QPushButton, "filterValues")
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    for title in titles:
        action = next(one for one in menu.actions() if one.text().replace("&&", "&") == title)
        qtbot.mouseMove(menu, menu.actionGeometry(action).center())
        menu.setActiveAction(action)
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        assert menu.isVisible()
    menu.close()


def test_conditions_are_put_together_with_the_mouse(app: App, qtbot: QtBot):
    popover = opened(app, "view.filter")
    add = popover.findChild(QPushButton, "filterAdd")
    assert not add.isEnabled()
    tick(qtbot, popover, "Platform", "Data & AI")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert shown(app.document.plan, app.session.view(app.document.plan).filter) == 'team=Platform,"Data & AI"'
    assert chips(popover) == ["Team is Platform or Data && AI"]
    choose(qtbot, popover, "filterSubject", "Status")
    choose(qtbot, popover, "filterOperator", "is not")
    tick(qtbot, popover, "Done")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert chips(popover)[1:] == ["Status is not Done"]
    assert popover.findChild(QLineEdit, "filterText").text() == 'team=Platform,"Data & AI" status!=Done'
    assert app.window.commands["view.filter"].isChecked()
    popover.close()


def test_a_condition_is_changed_and_removed(app: App, qtbot: QtBot):
    app.session.adjust(app.document.plan, filter="effort>5 is:late")
    popover = opened(app, "view.filter")
    assert chips(popover) == ["Effort > 5", "is later than its deadline"]
    words = popover.findChildren(QFrame, "chip")[0].findChildren(QToolButton)[0]
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    value = popover.findChild(QComboBox, "filterValue")
    assert value.currentText() == "5"
    value.lineEdit().selectAll()
    qtbot.keyClicks(value.lineEdit(), "40")
    qtbot.keyClick(value.lineEdit(), Qt.Key.Key_Return)
    assert app.session.view(app.document.plan).filter == "effort>40 is:late"
    visible = [chip for chip in popover.findChildren(QFrame, "chip") if chip.isVisible()]
    qtbot.mouseClick(visible[1].findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    assert app.session.view(app.document.plan).filter == "effort>40"
    popover.close()


def test_the_text_says_what_it_does_not_understand(app: App, qtbot: QtBot):
    popover = opened(app, "view.filter")
    text, trouble = popover.findChild(QLineEdit, "filterText"), popover.findChild(QLabel, "filterTrouble")
    qtbot.keyClicks(text, "effort>lots")
    assert trouble.isVisible()
    assert "lots" in trouble.text()
    text.clear()
    qtbot.keyClicks(text, "effort>80")
    assert not trouble.isVisible()
    found = {row.item for row in app.page.stage.rows}
    assert all(
        (app.document.plan.items[id].effort or 0) > 80 or app.document.plan.outline.is_parent(id)
        for id in found
    )
    popover.close()


def test_the_search_says_what_it_does_not_understand_while_one_types(app: App, qtbot: QtBot):
    field = app.window.topbar.findChild(QLineEdit, "search")
    app.window.commands["edit.find"].trigger()
    qtbot.keyClicks(field, "start<soon")
    hint = app.window.findChild(QLabel, "searchHint")
    assert hint.isVisible()
    assert "soon" in hint.text()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not hint.isVisible()


def test_a_search_becomes_part_of_the_filter(app: App, qtbot: QtBot):
    app.session.find("billing")
    popover = opened(app, "view.filter")
    qtbot.mouseClick(popover.findChild(QPushButton, "filter.take_search"), Qt.MouseButton.LeftButton)
    assert app.session.search == ""
    assert app.window.topbar.findChild(QLineEdit, "search").text() == ""
    assert app.session.view(app.document.plan).filter == "billing"
    qtbot.mouseClick(popover.findChild(QPushButton, "filter.clear"), Qt.MouseButton.LeftButton)
    assert app.session.view(app.document.plan).filter == ""
    popover.close()


# Rows


def test_rows_are_folded_to_a_level_and_opened(app: App):
    plan = app.document.plan
    app.window.commands["view.collapse"].trigger()
    assert [row.item for row in app.page.stage.rows if row.depth] == []
    app.window.commands["view.expand"].trigger()
    assert any(row.depth for row in app.page.stage.rows)
    app.session.adjust(plan, group="team", subgroup="status")
    app.window.commands["view.level_2"].trigger()
    assert {row.depth for row in app.page.stage.rows} == {0, 1}
    app.window.commands["view.level_3"].trigger()
    assert {row.depth for row in app.page.stage.rows} == {0, 1, 2}


def test_a_sent_picture_looks_as_the_screen_does(app: App, tmp_path: Path):
    from roadwright.ui.files.sharing import _as_looked_at

    app.session.me = "Daniel Kim"
    app.session.adjust(app.document.plan, group="status", filter="is:mine")
    view = _as_looked_at(app, app.session.view(app.document.plan))
    assert view.group == "status"
    assert view.filter == 'owner="Daniel Kim"'


@pytest.mark.parametrize("looks", [{"group": "gone-field"}, {"color": "gone-field"}, {"sort": ()}])
def test_a_view_with_fields_that_are_gone_still_shows_the_plan(app: App, looks: dict[str, object]):
    app.session.adjust(app.document.plan, **looks)
    assert timeline_rows(app)[0] == "A platform that never sleeps"


def test_views_are_in_the_file(app: App, tmp_path: Path):
    app.session.adjust(
        app.document.plan, group="owner", packed=True, filter="effort>3", first=date(2026, 1, 1)
    )
    app.window.commands["view.save"].trigger()
    path = tmp_path / "plan.roadmap"
    save_roadmap(path, app.document.plan)
    again = open_roadmap(path).plan
    assert again.views == app.document.plan.views
