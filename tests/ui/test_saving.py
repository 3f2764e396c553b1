"""Saving goes on beside the work, and when it fails nothing is lost and there is a way out."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from roadwright.io import atomic
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.edits.items import add_item, rename_item
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.files.saving import settle

Make = Callable[..., App]
Answer = Callable[[str], list[str]]
A = ItemId("a")
LONG = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    path = tmp_path / "drive" / "plan.roadmap"
    save_roadmap(path, add_item(new_plan("Rocket"), A, title="Saved"))
    return path


@pytest.fixture
def app(make_app: Make, path: Path) -> App:
    return make_app(path)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """The disk takes its time: no file takes another's place before the gate is opened."""
    gate, replace = Event(), os.replace

    def later(source: Path, target: Path) -> None:
        if str(target).endswith("plan.roadmap"):
            assert gate.wait(60)
        replace(source, target)

    monkeypatch.setattr(atomic.os, "replace", later)
    yield gate
    gate.set()


@pytest.fixture
def answer(qtbot: QtBot) -> Iterator[Answer]:
    """Press that button of the next question; what was asked is told."""
    timers = []

    def later(name: str) -> list[str]:
        asked: list[str] = []
        timer = QTimer(interval=20)

        def press() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                timer.stop()
                asked.append(f"{box.text()} {box.informativeText()}")
                button = next(button for button in box.buttons() if button.objectName() == name)
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        timer.timeout.connect(press)
        timer.start()
        timers.append(timer)
        return asked

    yield later
    for timer in timers:
        timer.stop()


def rename(app: App, title: str) -> None:
    app.document.commit(rename_item, A, title)


def on_disk(path: Path) -> str:
    return open_roadmap(path).plan.items[A].title


def press_save(app: App, qtbot: QtBot) -> None:
    page = app.page
    assert page is not None
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=LONG)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


# Beside the work


def test_what_is_edited_during_a_save_is_in_the_next_one(app: App, path: Path, gate: Event, qtbot: QtBot):
    rename(app, "First")
    press_save(app, qtbot)
    assert app.desk.saving is not None
    rename(app, "Meanwhile")  # the window is not held up
    gate.set()
    qtbot.waitUntil(lambda: app.desk.saving is None, timeout=LONG)
    assert on_disk(path) == "First"
    assert app.document.dirty
    app.document.undo()
    assert not app.document.dirty
    app.document.redo()
    assert files.save(app)
    assert settle(app)
    assert on_disk(path) == "Meanwhile"
    assert [line.count(b"rename_item") for line in open_roadmap(path).history] == [1, 1]


def test_undo_into_an_earlier_session_during_a_save_is_a_change(make_app: Make, path: Path, gate: Event):
    first = make_app(path)
    rename(first, "Once")
    gate.set()
    assert files.save(first)
    assert settle(first)
    first.window.close()
    app = make_app(path)
    gate.clear()
    assert files.save(app)
    app.document.undo()
    gate.set()
    assert not settle(app)
    assert app.document.dirty
    app.document.redo()
    assert not app.document.dirty


def test_saving_again_during_a_save_saves_once_more(app: App, path: Path, gate: Event, qtbot: QtBot):
    rename(app, "First")
    press_save(app, qtbot)
    rename(app, "Second")
    press_save(app, qtbot)
    gate.set()
    qtbot.waitUntil(lambda: app.desk.saving is None and not app.document.dirty, timeout=LONG)
    assert on_disk(path) == "Second"


def test_a_save_can_not_be_cancelled(app: App, path: Path, gate: Event, qtbot: QtBot):
    rename(app, "First")
    press_save(app, qtbot)
    assert app.desk.saving is not None
    app.desk.saving.cancel()
    assert not app.desk.saving.stopping
    gate.set()
    assert settle(app)
    assert on_disk(path) == "First"


def test_closing_waits_for_the_save(app: App, path: Path, gate: Event, qtbot: QtBot):
    rename(app, "First")
    press_save(app, qtbot)
    gate.set()
    assert app.window.close()
    assert on_disk(path) == "First"


def test_closing_during_a_save_asks_about_what_came_after_it(
    app: App, path: Path, gate: Event, qtbot: QtBot, answer: Answer
):
    rename(app, "First")
    press_save(app, qtbot)
    rename(app, "Meanwhile")
    gate.set()
    asked = answer("save")
    assert app.window.close()
    assert "Save the changes" in asked[0]
    assert on_disk(path) == "Meanwhile"


# When it fails


def is_kept(app: App) -> bool:
    """The plan is open, unsaved, and in its journal."""
    app.desk.journal.secure()
    journals = list((app.settings.folder / "journal").glob("*/steps.jsonl"))
    return app.document.dirty and len(journals) == 1 and b"rename_item" in journals[0].read_bytes()


def fails_and_is_saved_elsewhere(
    app: App, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """Save with the keys; the reason is said, and "Save as" leads out."""
    elsewhere = app.settings.folder.parent / "elsewhere.roadmap"
    asked = answer("cancel")
    press_save(app, qtbot)
    qtbot.waitUntil(lambda: bool(asked), timeout=LONG)
    assert "was not saved" in asked[0]
    assert words in asked[0]
    assert "every change is in the journal" in asked[0]
    assert is_kept(app)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(elsewhere), ""))
    asked = answer("save_as")
    press_save(app, qtbot)
    qtbot.waitUntil(lambda: bool(asked) and not app.document.dirty, timeout=LONG)
    assert on_disk(elsewhere) == app.document.kept.items[A].title
    assert app.desk.path == elsewhere


def failing(code: int, winerror: int = 0) -> OSError:
    error = OSError(code, os.strerror(code))
    if winerror:
        error.winerror = winerror  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "no room"), (errno.EROFS, "Read-only"), (errno.EIO, "Input/output")]
)
def test_a_disk_that_fails(
    app: App, path: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch, code: int, words: str
):
    fsync = os.fsync
    before = path.read_bytes()

    def fail(handle: int) -> None:
        if "drive" in os.readlink(f"/proc/self/fd/{handle}"):
            raise failing(code)
        fsync(handle)

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to tell the files apart")
    monkeypatch.setattr(atomic.os, "fsync", fail)
    rename(app, "Precious")
    fails_and_is_saved_elsewhere(app, qtbot, answer, monkeypatch, words)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["plan.roadmap"]


def test_a_file_that_another_program_holds(
    app: App, path: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch
):
    """As Windows says it of a file that a virus scanner or a sync client has open."""
    replace, before, waits = os.replace, path.read_bytes(), []

    def held(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise failing(errno.EACCES, 32)
        replace(source, target)

    monkeypatch.setattr(atomic.time, "sleep", waits.append)
    monkeypatch.setattr(atomic.os, "replace", held)
    rename(app, "Precious")
    fails_and_is_saved_elsewhere(app, qtbot, answer, monkeypatch, "new content is in")
    assert path.read_bytes() == before
    assert sum(waits) <= 2 * 3
    beside = [file for file in path.parent.iterdir() if file != path]
    assert {on_disk(file) for file in beside} == {"Precious"}


def test_a_drive_that_is_gone(
    app: App, path: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch
):
    shutil.rmtree(path.parent)
    rename(app, "Precious")
    fails_and_is_saved_elsewhere(app, qtbot, answer, monkeypatch, "does not exist")


def test_a_file_that_was_deleted_is_made_anew(app: App, path: Path, qtbot: QtBot):
    path.unlink()
    rename(app, "Precious")
    press_save(app, qtbot)
    qtbot.waitUntil(lambda: not app.document.dirty, timeout=LONG)
    assert on_disk(path) == "Precious"


def test_trying_again_once_there_is_room(
    app: App, path: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch
):
    replace, full = os.replace, [True]

    def fail_once(source: Path, target: Path) -> None:
        if Path(target) == path and full:
            full.clear()
            raise failing(errno.ENOSPC)
        replace(source, target)

    monkeypatch.setattr(atomic.os, "replace", fail_once)
    rename(app, "Precious")
    asked = answer("again")
    press_save(app, qtbot)
    qtbot.waitUntil(lambda: bool(asked) and not app.document.dirty, timeout=LONG)
    assert on_disk(path) == "Precious"


def test_a_disk_that_does_not_confirm_is_saved_to_again_without_a_question(
    app: App, path: Path, qtbot: QtBot, answer: Answer, monkeypatch: pytest.MonkeyPatch
):
    sync, shaky = atomic.sync_folder, [True]

    def fail_once(folder: Path) -> None:
        if folder == path.parent and shaky:
            shaky.clear()
            raise failing(errno.EIO)
        sync(folder)

    monkeypatch.setattr(atomic, "sync_folder", fail_once)
    rename(app, "Precious")
    asked = answer("again")
    press_save(app, qtbot)
    qtbot.waitUntil(lambda: bool(asked) and not app.document.dirty, timeout=LONG)
    assert "did not confirm" in asked[0]
    assert on_disk(path) == "Precious"


def test_a_copy_that_can_not_be_kept_is_said_of_a_plan_that_is_saved(app: App, path: Path, qtbot: QtBot):
    (app.settings.folder / "backups").write_text("a file stands where the folder is to be")
    rename(app, "Precious")
    assert files.save(app)
    assert settle(app)
    assert app.messages.last is not None
    assert app.messages.last.level == "warning"
    assert "no copy" in app.messages.last.text
