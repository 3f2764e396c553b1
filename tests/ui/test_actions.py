"""The table of commands, and what they do by key and by menu."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from roadwright.io.strings import knows, say
from roadwright.model.edits.items import move_items, rename_item
from roadwright.model.records import ItemId
from roadwright.ui.actions import ACTIONS, MENUS, SUBMENUS
from roadwright.ui.app import App
from roadwright.ui.frame.command_palette import CommandPalette, score
from roadwright.ui.frame.shortcut_sheet import COLUMNS, lines


@pytest.fixture
def items(app: App) -> list[ItemId]:
    """Three scheduled bars under one parent, in the plan's order."""
    plan, schedule = app.document.plan, app.document.schedule
    for children in plan.outline.children.values():
        bars = [id for id in children if id in schedule and plan.items[id].kind == "bar"]
        if len(bars) >= 3:
            return bars[:3]
    raise AssertionError("the sample has no such items")


def press(qtbot: QtBot, app: App, keys: str) -> None:
    """Press keys on the page, as a person who has clicked there would."""
    combination = QKeySequence(keys)[0]
    app.page.setFocus()
    target = app.window.focusWidget()
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())


def test_ids_are_unique_and_words_known():
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    assert [action.id for action in ACTIONS if not knows(f"action.{action.id}")] == []
    assert {action.menu for action in ACTIONS} == set(MENUS)


def test_no_two_commands_share_a_key():
    keys = Counter(QKeySequence(keys).toString() for action in ACTIONS for keys in action.keys)
    assert {key: n for key, n in keys.items() if n > 1} == {}
    assert "" not in keys


def test_no_two_entries_of_a_menu_share_a_mnemonic():
    for menu in (*MENUS, *SUBMENUS):
        marks = Counter(
            found.group(1).lower()
            for action in ACTIONS
            if menu == (action.place if action.place in SUBMENUS else action.menu)
            if (found := re.search(r"&(\w)", say(f"action.{action.id}")))
        )
        assert {mark: n for mark, n in marks.items() if n > 1} == {}, menu


def test_every_command_is_in_the_menu_bar(app: App):
    def inside(menu: QMenu) -> set[str]:
        found = {action.objectName() for action in menu.actions()}
        return found.union(*(inside(action.menu()) for action in menu.actions() if action.menu()))

    shown = set().union(*(inside(action.menu()) for action in app.window.menuBar().actions()))
    assert {action.id for action in ACTIONS} <= shown


def test_every_icon_is_in_the_font(app: App):
    missing = [action.icon for action in ACTIONS if action.icon and action.icon not in app.icons.characters]
    assert missing == []


def test_undo_and_redo_name_their_step_and_bring_back_the_selection(
    app: App, qtbot: QtBot, items: list[ItemId]
):
    one, two, _ = items
    before = app.document.schedule.dates(one)
    app.session.select([one])
    press(qtbot, app, "Alt+Right")
    assert app.document.schedule.dates(one) != before
    undo = app.window.commands["edit.undo"]
    assert undo.text().replace("&", "") == "Undo: Move"
    button = next(b for b in app.window.topbar.findChildren(QToolButton) if b.defaultAction() is undo)
    assert button.toolTip() == "&Undo: Move (Ctrl+Z)".replace("&", "")
    app.session.select([two])
    press(qtbot, app, "Ctrl+Z")
    assert app.document.schedule.dates(one) == before
    assert app.session.items == (one,)
    assert not undo.isEnabled()
    app.session.select([two])
    press(qtbot, app, "Ctrl+Y")
    assert app.document.schedule.dates(one) != before
    assert app.session.items == (one,)
    press(qtbot, app, "Ctrl+Z")
    press(qtbot, app, "Ctrl+Shift+Z")
    assert app.document.schedule.dates(one) != before


def test_undo_never_goes_behind_the_opening(app: App, qtbot: QtBot, items: list[ItemId]):
    start = app.document.plan
    app.document.commit(rename_item, items[0], "Other")
    for _ in range(5):
        press(qtbot, app, "Ctrl+Z")
    assert app.document.plan == start
    assert not app.window.isWindowModified()


def test_delete_removes_what_is_selected_and_undo_selects_it_again(
    app: App, qtbot: QtBot, items: list[ItemId]
):
    app.session.select(items[:2])
    press(qtbot, app, "Delete")
    assert not {*items[:2]} & app.document.plan.items.keys()
    assert app.session.items == ()
    press(qtbot, app, "Ctrl+Z")
    assert {*items[:2]} <= app.document.plan.items.keys()
    assert set(app.session.items) == {*items[:2]}


def test_a_selected_link_is_deleted_not_its_items(app: App, qtbot: QtBot):
    link = next(iter(app.document.plan.links))
    count = len(app.document.plan.items)
    app.session.select(link=link)
    press(qtbot, app, "Delete")
    assert link not in app.document.plan.links
    assert len(app.document.plan.items) == count
    assert app.session.link is None


def test_duplicates_are_selected(app: App, qtbot: QtBot, items: list[ItemId]):
    before = set(app.document.plan.items)
    app.session.select(items[:1])
    press(qtbot, app, "Ctrl+D")
    [copy] = set(app.document.plan.items) - before
    assert app.session.items == (copy,)
    plan = app.document.plan
    assert plan.items[copy].title == plan.items[items[0]].title


def test_rows_indent_outdent_and_move(app: App, qtbot: QtBot, items: list[ItemId]):
    one, two, three = items
    parent = app.document.plan.items[one].parent

    def order() -> list[ItemId]:
        return [id for id in app.document.plan.outline.order if id in items]

    app.session.select([two])
    press(qtbot, app, "Alt+Shift+Down")
    assert order() == [one, three, two]
    press(qtbot, app, "Alt+Shift+Up")
    assert order() == [one, two, three]
    press(qtbot, app, "Alt+Shift+Right")
    assert app.document.plan.items[two].parent == one
    press(qtbot, app, "Alt+Shift+Left")
    assert app.document.plan.items[two].parent == parent
    press(qtbot, app, "Tab")
    assert app.document.plan.items[two].parent == one
    app.page.setFocus()
    qtbot.keyClick(app.window.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert app.document.plan.items[two].parent == parent


def test_a_refused_command_says_why_and_changes_nothing(app: App, qtbot: QtBot):
    plan = app.document.plan
    app.session.select([plan.outline.roots[0]])
    said = []
    app.messages.said.connect(said.append)
    press(qtbot, app, "Alt+Shift+Left")
    assert app.document.plan is plan
    assert [message.text for message in said] == [
        f"{plan.items[plan.outline.roots[0]].key} is at the top already."
    ]


def test_items_are_linked_in_order_and_unlinked(app: App, qtbot: QtBot, items: list[ItemId]):
    plan = app.document.plan
    free = [id for id in items if not plan.links_of([id])]
    chosen = free[:2] if len(free) >= 2 else items[:2]
    app.session.select(chosen)
    press(qtbot, app, "Ctrl+Shift+F2")
    between = [
        link for link in app.document.plan.links.values() if link.source in chosen and link.target in chosen
    ]
    assert between == []
    press(qtbot, app, "Ctrl+F2")
    assert [
        (link.source, link.target)
        for link in app.document.plan.links.values()
        if link.source in chosen and link.target in chosen
    ] == [tuple(chosen)]
    said = []
    app.messages.said.connect(said.append)
    press(qtbot, app, "Ctrl+F2")
    assert [message.text for message in said] == ["They are linked already."]


def test_a_new_item_is_made_on_every_page(app: App, qtbot: QtBot):
    for page, key, kind in (
        ("timeline", "Insert", "bar"),
        ("graph", "N", "bar"),
        ("table", "M", "milestone"),
    ):
        app.session.show_page(page)
        before = set(app.document.plan.items)
        app.page.setFocus()
        qtbot.wait(20)
        app.window.commands[{"M": "item.milestone"}.get(key, "item.new")].trigger()
        [made] = set(app.document.plan.items) - before
        assert app.document.plan.items[made].kind == kind
        assert app.session.current == made
        app.page.setFocus()


def test_single_letters_go_to_the_text_that_is_typed(app: App, qtbot: QtBot):
    count = len(app.document.plan.items)
    field = app.window.topbar.findChild(QLineEdit, "search")
    field.setFocus()
    for letter in "nmt?":
        qtbot.keyClick(field, letter)
    assert field.text() == "nmt?"
    assert len(app.document.plan.items) == count
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_the_pages_keys_are_off_while_text_is_typed(app: App, qtbot: QtBot, items: list[ItemId]):
    plan = app.document.plan
    app.session.select([items[1]])
    field = app.window.topbar.findChild(QLineEdit, "search")
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    for key, held in (
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(field, key, held)
    assert app.document.plan is plan


def test_pages_switch_by_key(app: App, qtbot: QtBot):
    for number, page in ((2, "graph"), (3, "board"), (4, "table"), (1, "timeline")):
        press(qtbot, app, f"Ctrl+{number}")
        assert app.session.looks.page == page


def test_commands_are_off_where_they_make_no_sense(app: App, items: list[ItemId]):
    def on(id: str) -> bool:
        app.window.commands.refresh()
        made: QAction = app.window.commands[id]
        return made.isEnabled()

    app.session.select()
    for id in (
        "edit.undo",
        "edit.redo",
        "edit.delete",
        "edit.rename",
        "item.indent",
        "item.link",
        "item.later",
    ):
        assert not on(id), id
    app.session.select(items[:1])
    assert on("edit.delete")
    assert on("item.later")
    assert not on("item.link")
    app.session.select(items[:2])
    assert on("item.link")
    app.document.preview(move_items, {items[0]: app.document.schedule.dates(items[0]).first}, 5)
    assert not on("edit.undo")
    app.document.cancel()


def test_the_right_click_menu_is_filled_from_the_table(app: App, qtbot: QtBot, items: list[ItemId]):
    app.session.select(items[:1])
    app.window.open_menu("bar", items[0], QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = [
        entry.objectName()
        for action in menu.actions()
        for entry in (action.menu().actions() if action.menu() else [action])
        if not entry.isSeparator() and entry.isVisible()
    ]
    assert shown == [action.id for action in ACTIONS if "item" in action.context]
    menu.close()


def test_the_palette_finds_a_command_by_typing_and_runs_it(app: App, qtbot: QtBot):
    app.window.commands["help.palette"].trigger()
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, CommandPalette)
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "graph")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert app.session.looks.page == "graph"
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_the_palette_goes_to_an_item(app: App, qtbot: QtBot):
    item = next(i for i in app.document.plan.items.values() if i.start and len(i.title) > 12)
    app.window.commands["help.palette"].trigger()
    palette = QApplication.activePopupWidget()
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, item.title.lower())
    assert palette.findChild(QListWidget).count() >= 1
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert app.session.current == item.id


def test_the_palette_prefers_beginnings_of_words():
    assert score("nm", "New milestone") > score("nm", "Unlink names") > 0
    assert score("mile", "New milestone") > score("mile", "Move it later, end")
    assert score("xyz", "New milestone") == 0
    assert score("", "anything") == 1


def test_the_shortcut_sheet_names_every_key(app: App, qtbot: QtBot):
    app.window.commands["help.shortcuts"].trigger()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, QDialog)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    native = QKeySequence.SequenceFormat.NativeText
    for action in ACTIONS:
        for keys in action.keys:
            assert QKeySequence(keys).toString(native) in shown
    sheet.close()
    for columns in COLUMNS:
        groups = [group for column in columns for group in column]
        assert sorted(groups) == sorted({*MENUS, "mouse", "keys"})
        assert all(lines(group) for group in groups)
