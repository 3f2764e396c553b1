"""What users of other planners lost their plans by; docs/reliability.md lists each case with its tests."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.model.edits.calendars import set_weekdays
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.dialogs.recovery import RecoveryDialog
from roadwright.ui.files.saving import settle

Make = Callable[..., App]
LONG = 20_000
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Platform.roadmap"
    save_roadmap(path, sample_plan(date(2026, 3, 2)))
    return path


def rename_first(app: App, title: str) -> None:
    app.document.commit(rename_item, app.document.kept.outline.order[0], title)


def test_r04_undo_stops_at_the_plan_that_was_opened(make_app: Make, path: Path, qtbot: QtBot):
    app = make_app(path)
    for _ in range(5):
        qtbot.keyClick(app.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(app.document.kept.items) == len(open_roadmap(path).plan.items)
    assert not app.document.dirty
    assert app.window.close()
    assert open_roadmap(path).plan.items


def test_r05_a_calendar_is_undone_with_everything_that_hangs_on_it(make_app: Make, path: Path):
    app = make_app(path)
    before, spans = app.document.kept, dict(app.document.kept_schedule.start)
    app.document.commit(set_weekdays, before.info.calendar, [0])
    assert app.document.kept_schedule.start != spans
    app.document.undo()
    assert app.document.kept == before
    assert dict(app.document.kept_schedule.start) == spans
    assert not app.document.dirty


def test_r09_a_file_that_became_garbage_is_neither_believed_nor_replaced(
    make_app: Make, path: Path, qtbot: QtBot
):
    app = make_app(path)
    rename_first(app, "Precious")
    path.write_bytes(b"<html>Sign in to your drive</html>")

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        button = next(button for button in box.buttons() if button.objectName() == "merge")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, press)
    files.save(app)
    assert not settle(app)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=LONG)
    box = QApplication.activeModalWidget()
    assert "no .roadmap file" in box.informativeText()  # type: ignore[union-attr]
    box.close()  # type: ignore[union-attr]
    assert path.read_bytes().startswith(b"<html>")
    assert app.document.dirty


def crashed(app: App, tmp_path: Path) -> None:
    """Leave the state folder as a crash of the program would."""
    app.desk.journal.secure()
    journals = tmp_path / "state" / "journal"
    shutil.copytree(journals, tmp_path / "crashed")
    app.document.mark_saved()
    app.window.close()
    shutil.rmtree(journals)
    shutil.move(tmp_path / "crashed", journals)


def test_r14_a_newer_file_that_is_broken_does_not_win_over_the_journal(
    make_app: Make, path: Path, qtbot: QtBot, tmp_path: Path
):
    app = make_app(path)
    rename_first(app, "Precious")
    crashed(app, tmp_path)
    path.write_bytes(b"\0" * 4000)  # the latest of all files
    again = make_app()
    qtbot.waitUntil(lambda: bool(again.window.findChildren(RecoveryDialog)), timeout=LONG)
    dialog = again.window.findChildren(RecoveryDialog)[0]
    qtbot.mouseClick(dialog.findChild(QPushButton, "recover"), Qt.MouseButton.LeftButton)
    kept = again.document.kept
    assert kept.items[kept.outline.order[0]].title == "Precious"
    assert again.desk.path is None  # saving asks for a name: the broken file stays as it is
    assert path.read_bytes() == b"\0" * 4000


def test_r16_a_state_folder_that_can_not_be_written_stops_nobody(
    make_app: Make, path: Path, tmp_path: Path, qtbot: QtBot
):
    (tmp_path / "state").write_text("a file stands where the folder is to be")
    app = make_app(path)
    assert app.desk.path == path
    assert not app.desk.elsewhere
    rename_first(app, "Precious")
    qtbot.waitUntil(
        lambda: app.messages.last is not None and app.messages.last.level == "error", timeout=LONG
    )
    assert files.save(app)
    assert settle(app)
    kept = open_roadmap(path).plan
    assert kept.items[kept.outline.order[0]].title == "Precious"


def test_every_case_has_tests_that_are_there():
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    rows = re.findall(r"^\| (R-\d\d) \|.*\|(.*)\|$", text, re.MULTILINE)
    assert [case for case, _ in rows] == [f"R-{n:02}" for n in range(1, 26)]
    sources: dict[str, str] = {}
    for file in (ROOT / "tests").glob("*/test_*.py"):
        sources[file.stem] = sources.get(file.stem, "") + file.read_text("utf-8")
    for case, tests in rows:
        named = re.findall(r"`(test_\w+)::(test_\w+)`", tests)
        assert named, case
        for module, test in named:
            assert f"def {test}(" in sources.get(module, ""), f"{case}: {module}::{test}"
