"""Baselines are taken under a name, renamed, shown and deleted; slip is measured against the one shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import set_field
from roadwright.model.fields import FIELDS
from roadwright.model.history.earlier import of_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.changes.sources import Source
from roadwright.ui.dialogs.baselines import BaselinesDialog

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(app: App, qtbot: QtBot) -> Iterator[BaselinesDialog]:
    app.window.commands["edit.baseline"].trigger()
    dialog = app.window.findChildren(BaselinesDialog)[-1]
    yield dialog
    dialog.reject()


def titles(dialog: BaselinesDialog) -> list[str]:
    return [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]


def slip(app: App, id: ItemId) -> object:
    plan = app.document.kept
    return FIELDS["slip"].read(plan, app.document.kept_schedule, plan.items[id])


def test_a_baseline_is_taken_under_a_name_and_shown(app: App, dialog: BaselinesDialog, qtbot: QtBot):
    id = next(id for id, item in app.document.kept.items.items() if item.title == "Offline mode")
    assert slip(app, id) == 5
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "Board meeting")
    qtbot.mouseClick(dialog.take, Left)
    assert titles(dialog) == ["Board meeting", "Approved in the autumn review"]
    shown = app.document.kept.shown_baseline
    assert shown is not None
    assert shown.title == "Board meeting"
    assert slip(app, id) == 0
    app.document.commit(set_field, [id], "duration", app.document.kept.items[id].duration + 2)
    assert slip(app, id) == 2


def test_another_one_is_shown(app: App, dialog: BaselinesDialog, qtbot: QtBot):
    qtbot.mouseClick(dialog.take, Left)
    dialog.table.selectRow(1)
    qtbot.mouseClick(dialog.show_button, Left)
    shown = app.document.kept.shown_baseline
    assert shown is not None
    assert shown.title == "Approved in the autumn review"
    assert not dialog.show_button.isEnabled()


def test_it_is_renamed_in_its_place(app: App, dialog: BaselinesDialog, qtbot: QtBot):
    dialog.table.setCurrentCell(0, 0)
    dialog.table.editItem(dialog.table.item(0, 0))
    editor = dialog.table.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Autumn")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.title for one in app.document.kept.baselines.values()] == ["Autumn"])
    assert titles(dialog) == ["Autumn"]


def test_a_name_is_needed(app: App, dialog: BaselinesDialog, qtbot: QtBot):
    dialog.name.clear()
    qtbot.mouseClick(dialog.take, Left)
    assert len(app.document.kept.baselines) == 1
    assert "name" in app.window.message_bar._words.text()


def test_it_is_deleted_and_comes_back(app: App, dialog: BaselinesDialog, qtbot: QtBot):
    qtbot.mouseClick(dialog.delete, Left)
    assert not app.document.kept.baselines
    assert not dialog.delete.isEnabled()
    app.document.undo()
    assert app.document.kept.shown_baseline is not None


def test_a_state_of_the_past_can_be_named(app: App, qtbot: QtBot):
    id = next(id for id, item in app.document.kept.items.items() if item.title == "Offline mode")
    earlier = app.document.kept
    app.document.commit(set_field, [id], "duration", earlier.items[id].duration + 4)
    state = Source("saves", "the last save", lambda: replace(of_plan("", earlier), day=date(2026, 1, 5)))
    dialog = BaselinesDialog(app.window, app.document, app.messages, [state])
    dialog.open()
    dialog.state.setCurrentIndex(1)
    assert dialog.name.text() == "Baseline the last save"
    qtbot.mouseClick(dialog.take, Left)
    shown = app.document.kept.shown_baseline
    assert shown is not None
    assert shown.taken == date(2026, 1, 5)
    assert slip(app, id) == 4
    dialog.reject()
