"""After a crash the next start gives back what was not saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.dialogs.recovery import RecoveryDialog

Make = Callable[..., App]


@pytest.fixture
def crash(make_app: Make, tmp_path: Path) -> Callable[..., None]:
    """Rename the first item, save nothing, and leave the state folder as a crash would."""

    def make(path: Path | None = None, *titles: str) -> None:
        app = make_app(path)
        item = app.document.plan.outline.order[0]
        for title in titles:
            app.document.commit(rename_item, item, title)
        app.desk.journal.secure()
        shutil.copytree(tmp_path / "state" / "journal", tmp_path / "crashed")
        app.document.mark_saved()
        app.window.close()
        shutil.rmtree(tmp_path / "state" / "journal")
        shutil.move(tmp_path / "crashed", tmp_path / "state" / "journal")

    return make


@pytest.fixture
def saved(make_app: Make, tmp_path: Path) -> Path:
    """A file with the sample plan."""
    path = tmp_path / "Platform.roadmap"
    app = make_app()
    save_roadmap(path, app.document.kept)
    app.window.close()
    return path


def dialog_of(qtbot: QtBot, app: App) -> RecoveryDialog:
    qtbot.waitUntil(lambda: bool(app.window.findChildren(RecoveryDialog)))
    return app.window.findChildren(RecoveryDialog)[0]


def press(qtbot: QtBot, dialog: RecoveryDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def first_title(app: App) -> str:
    plan = app.document.plan
    return plan.items[plan.outline.order[0]].title


def journals(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "journal").glob("*"))


def test_recovered_with_its_steps(crash, make_app: Make, saved: Path, qtbot: QtBot, tmp_path: Path):
    crash(saved, "One", "Two")
    app = make_app()
    dialog = dialog_of(qtbot, app)
    assert "2 changes" in dialog.findChild(type(dialog._list)).item(0).text()
    press(qtbot, dialog, "recover")
    assert first_title(app) == "Two"
    assert app.desk.path == saved
    assert app.document.dirty
    assert open_roadmap(saved).plan.items[app.document.plan.outline.order[0]].title != "Two"
    app.document.undo()
    assert first_title(app) == "One"


def test_it_is_still_safe_once_recovered(crash, make_app: Make, saved: Path, qtbot: QtBot, tmp_path: Path):
    crash(saved, "One")
    app = make_app()
    press(qtbot, dialog_of(qtbot, app), "recover")
    (journal,) = journals(tmp_path)
    assert (journal / "base.roadmap").exists()


def test_changes_of_the_file_since_the_crash_are_merged(crash, make_app: Make, saved: Path, qtbot: QtBot):
    crash(saved, "One")
    opened = open_roadmap(saved)
    last = opened.plan.outline.order[-1]
    save_roadmap(saved, rename_item(opened.plan, last, "A colleague's"))
    app = make_app()
    press(qtbot, dialog_of(qtbot, app), "recover")
    assert first_title(app) == "One"
    assert app.document.plan.items[last].title == "A colleague's"
    app.document.undo()
    assert app.document.plan.items[last].title != "A colleague's"


def test_a_file_damaged_since_the_crash_is_not_merged(crash, make_app: Make, saved: Path, qtbot: QtBot):
    """What it has lost is not taken for deleted, and the file stays as it is."""
    crash(saved, "One")
    lines = saved.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(b'{"table":"items"'))
    saved.write_bytes(b"".join(lines[:at] + lines[at + 5 :]))
    count = len(open_roadmap(saved).plan.items)
    app = make_app()
    press(qtbot, dialog_of(qtbot, app), "recover")
    assert len(app.document.plan.items) == count + 5
    assert first_title(app) == "One"
    assert app.desk.path is None
    assert app.document.dirty


def test_thrown_away(crash, make_app: Make, saved: Path, qtbot: QtBot, tmp_path: Path):
    crash(saved, "One")
    app = make_app()
    press(qtbot, dialog_of(qtbot, app), "discard")
    assert not journals(tmp_path)
    assert first_title(app) != "One"


def test_a_copy_is_saved(
    crash, make_app: Make, saved: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    crash(saved, "One")
    chosen = tmp_path / "Copy.roadmap"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    app = make_app()
    press(qtbot, dialog_of(qtbot, app), "copy")
    opened = open_roadmap(chosen)
    plan = opened.plan
    assert plan.items[plan.outline.order[0]].title == "One"
    assert len(opened.history) == 1
    assert not journals(tmp_path)


def test_the_difference_is_shown(crash, make_app: Make, saved: Path, qtbot: QtBot):
    crash(saved, "One")
    app = make_app()
    dialog = dialog_of(qtbot, app)
    qtbot.mouseClick(dialog._compare, Qt.MouseButton.LeftButton)
    assert "One" in dialog._difference.toPlainText()
    dialog.reject()


def test_later_asks_again_at_the_next_start(crash, make_app: Make, saved: Path, qtbot: QtBot, tmp_path: Path):
    crash(saved, "One")
    app = make_app()
    dialog_of(qtbot, app).reject()
    app.window.close()
    assert journals(tmp_path)
    again = make_app()
    dialog_of(qtbot, again).reject()


def test_a_good_end_leaves_nothing(make_app: Make, qtbot: QtBot, tmp_path: Path):
    app = make_app()
    app.document.commit(rename_item, app.document.plan.outline.order[0], "One")
    app.desk.journal.secure()
    assert journals(tmp_path)
    app.document.mark_saved()
    app.window.close()
    assert not journals(tmp_path)


def test_a_journal_that_can_not_be_written_is_told(make_app: Make, qtbot: QtBot, tmp_path: Path):
    app = make_app()
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "journal").write_text("a file")
    app.document.commit(rename_item, app.document.plan.outline.order[0], "One")
    qtbot.waitUntil(lambda: app.messages.last is not None and app.messages.last.level == "error")
    assert "journal" in app.messages.last.text
