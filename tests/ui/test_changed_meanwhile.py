"""The plan's file, changed by others in every way and at every moment: it is never replaced unasked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.dialogs.backups import BackupsDialog
from roadwright.ui.files import restoring
from roadwright.ui.files.saving import settle

Make = Callable[..., App]
LONG = 20_000


def first(path: Path, title: str) -> None:
    """A colleague renames the first item."""
    opened = open_roadmap(path)
    save_roadmap(path, rename_item(opened.plan, opened.plan.outline.order[0], title), opened.history)


def by_deleting_and_renaming(path: Path) -> None:
    """As spreadsheets save."""
    other = path.with_name("~temporary")
    shutil.copy(path, other)
    first(other, "A colleague's")
    path.unlink()
    other.rename(path)


def with_an_old_date(path: Path) -> None:
    """As a sync service brings back what was written elsewhere, earlier."""
    first(path, "A colleague's")
    os.utime(path, (1_000_000_000, 1_000_000_000))


WAYS: dict[str, Callable[[Path], object]] = {
    "content": lambda path: first(path, "A colleague's"),
    "delete and rename": by_deleting_and_renaming,
    "an older date": with_an_old_date,
    "an older version": lambda path: save_roadmap(path, sample_plan(date(2025, 3, 3))),
    "garbage": lambda path: path.write_bytes(b"<html>Sign in to your drive</html>"),
    "cut to nothing": lambda path: path.write_bytes(b""),
}


def idle(app: App) -> Callable[[], object]:
    return lambda: None


def dialog_open(app: App) -> Callable[[], object]:
    restoring.show(app)
    return app.window.findChildren(BackupsDialog)[-1].reject


def mid_gesture(app: App) -> Callable[[], object]:
    plan = app.document.kept
    app.document.preview(rename_item, plan.outline.order[1], "On the way")
    return app.document.cancel


MOMENTS: dict[str, Callable[[App], Callable[[], object]]] = {
    "idle": idle,
    "with a dialog open": dialog_open,
    "in a gesture": mid_gesture,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Platform.roadmap"
    save_roadmap(path, sample_plan(date(2026, 3, 2)))
    return path


def cancelled(asked: list[str]) -> None:
    """Answer the next question with Cancel."""
    timer = QTimer(QApplication.instance(), interval=20)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            asked.append(box.text())
            next(button for button in box.buttons() if button.objectName() == "cancel").click()

    timer.timeout.connect(press)
    timer.start()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_is_not_replaced_unasked(make_app: Make, path: Path, qtbot: QtBot, way: str, moment: str):
    app, asked = make_app(path), []
    app.document.commit(rename_item, app.document.kept.outline.order[0], "Mine")
    go_on = MOMENTS[moment](app)
    WAYS[way](path)
    theirs = path.read_bytes()
    go_on()
    cancelled(asked)
    assert files.save(app)
    assert not settle(app)
    assert asked
    assert "changed" in asked[0]
    assert path.read_bytes() == theirs
    assert app.document.dirty


def test_touching_it_asks_nothing(make_app: Make, path: Path):
    app = make_app(path)
    app.document.commit(rename_item, app.document.kept.outline.order[0], "Mine")
    path.touch()
    assert files.save(app)
    assert settle(app)
    assert open_roadmap(path).plan == app.document.kept
