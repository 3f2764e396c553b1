"""A history of many years is made shorter when somebody says so, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from roadwright.io.left import left_behind
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.io.sample import sample_plan
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.files import opening
from roadwright.ui.files.saving import settle

Make = Callable[..., App]
LONG = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plan with six changes on each of two days of long ago."""
    document = Document(sample_plan(date(2026, 3, 2)), author="Ann")
    item = document.kept.outline.order[0]
    lines = []
    for n in range(12):
        document.commit(rename_item, item, f"Title {n}")
        time = f"2020-03-{2 + n // 6:02}T10:00:00+00:00"
        lines.append(step_line(replace(document.done[-1], time=time)))
    path = tmp_path / "Old.roadmap"
    save_roadmap(path, document.kept, lines)
    return path


def reply(qtbot: QtBot, name: str, asked: list[str]) -> None:
    timer = QTimer(QApplication.instance(), interval=20)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            asked.append(box.informativeText())
            button = next(button for button in box.buttons() if button.objectName() == name)
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    timer.timeout.connect(press)
    timer.start()


@pytest.mark.parametrize("answer", ["shorten", "cancel"])
def test_it_is_asked_first(make_app: Make, path: Path, qtbot: QtBot, answer: str):
    app, asked = make_app(path), []
    before = app.document.kept
    reply(qtbot, answer, asked)
    app.window.commands["file.shorten_history"].trigger()
    qtbot.waitUntil(lambda: bool(asked) and not app.jobs.running, timeout=LONG)
    assert "12 changes become 2" in asked[0]
    assert app.document.kept == before
    assert len(app.document.past) == (2 if answer == "shorten" else 12)
    assert app.document.dirty is (answer == "shorten")


def test_it_is_saved_undone_and_recovered_like_any_other(
    make_app: Make, path: Path, qtbot: QtBot, tmp_path: Path
):
    app, asked = make_app(path), []
    item = app.document.kept.outline.order[0]
    app.document.commit(rename_item, item, "Today")
    reply(qtbot, "shorten", asked)
    files.shorten_history(app)
    qtbot.waitUntil(lambda: len(app.document.past) == 2, timeout=LONG)
    app.document.commit(rename_item, item, "Later")
    app.desk.journal.secure()
    (left,) = (tmp_path / "state" / "journal").iterdir()
    assert not list(left_behind(left.parent))  # it is held by this window
    assert files.save(app)
    assert settle(app)
    opened = open_roadmap(path)
    assert opened.plan == app.document.kept
    assert len(opened.history) == 4
    for title in ("Today", "Title 11", "Title 5"):
        app.document.undo()
        assert app.document.kept.items[item].title == title
    app.document.undo()
    assert not app.document.can_undo


def test_a_young_history_stays_as_it_is(make_app: Make, path: Path, qtbot: QtBot):
    document = Document(open_roadmap(path).plan)
    document.commit(rename_item, document.kept.outline.order[0], "Now")
    save_roadmap(path, document.kept, (), document.done)
    app = make_app(path)
    files.shorten_history(app)
    qtbot.waitUntil(
        lambda: app.messages.last is not None and "stays as it is" in app.messages.last.text, timeout=LONG
    )
    assert not app.document.dirty


def test_it_is_offered_for_a_long_one(
    make_app: Make, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(opening, "LONG_HISTORY", 10)
    app = make_app(path)
    assert app.messages.last is not None
    assert [code for code, _ in app.messages.last.ways_out] == ["shortening.do"]
