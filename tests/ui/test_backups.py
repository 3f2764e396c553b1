"""Copies of each save, and the question before most of a plan is saved away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.edits.items import remove_items, rename_item
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.dialogs.backups import BackupsDialog
from roadwright.ui.files import restoring
from roadwright.ui.files.saving import settle


@pytest.fixture
def saved(app: App, tmp_path: Path, qtbot: QtBot) -> App:
    """The sample, opened from a file."""
    path = tmp_path / "Platform.roadmap"
    save_roadmap(path, app.document.kept)
    app.document.mark_saved()
    app.open_path(path)
    qtbot.waitUntil(lambda: app.desk.path == path)
    return app


def rename_first(app: App, title: str) -> None:
    app.document.commit(rename_item, app.document.kept.outline.order[0], title)


def first_title(app: App) -> str:
    return app.document.kept.items[app.document.kept.outline.order[0]].title


def shown(app: App) -> BackupsDialog:
    restoring.show(app)
    return app.window.findChildren(BackupsDialog)[-1]


def press(qtbot: QtBot, dialog: BackupsDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_saved_version_comes_back_as_one_step(saved: App, qtbot: QtBot):
    for title in ("One", "Two"):
        rename_first(saved, title)
        assert files.save(saved)
        assert settle(saved)
    dialog = shown(saved)
    assert dialog.table.rowCount() == 2
    dialog.table.selectRow(1)
    press(qtbot, dialog, "restore")
    qtbot.waitUntil(lambda: first_title(saved) == "One")
    assert saved.document.dirty
    saved.document.undo()
    assert first_title(saved) == "Two"


def test_a_copy_is_looked_at_and_left_again(saved: App, qtbot: QtBot):
    for title in ("One", "Two"):
        rename_first(saved, title)
        assert files.save(saved)
        assert settle(saved)
    dialog = shown(saved)
    dialog.table.selectRow(1)
    press(qtbot, dialog, "look")
    qtbot.waitUntil(lambda: saved.document.looking, timeout=20_000)
    plan = saved.document.plan
    assert plan.items[plan.outline.order[0]].title == "One"
    assert "when it was saved" in saved.document.looking_at
    banner = saved.window.banner
    assert banner is not None
    qtbot.mouseClick(banner.back, Qt.MouseButton.LeftButton)
    assert first_title(saved) == "Two"
    assert not saved.document.dirty


def test_a_copy_is_opened_beside_the_file(saved: App, qtbot: QtBot):
    rename_first(saved, "One")
    assert files.save(saved)
    assert settle(saved)
    press(qtbot, shown(saved), "open")
    qtbot.waitUntil(lambda: saved.desk.path is None)
    assert first_title(saved) == "One"


def test_without_a_save_there_is_nothing_to_restore(saved: App, qtbot: QtBot):
    dialog = shown(saved)
    assert not dialog.findChild(QPushButton, "restore").isEnabled()
    dialog.reject()


@pytest.mark.parametrize("answer", ["save", "cancel"])
def test_saving_most_of_a_plan_away_is_asked(saved: App, qtbot: QtBot, answer: str):
    path, before = saved.desk.path, len(saved.document.kept.items)
    assert path is not None
    saved.document.commit(remove_items, saved.document.kept.outline.order[2:])
    asked = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        qtbot.mouseClick(box.findChild(QPushButton, answer), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, reply)
    assert (files.save(saved) and settle(saved)) is (answer == "save")
    assert str(before) in asked[0]
    assert len(open_roadmap(path).plan.items) == (2 if answer == "save" else before)
