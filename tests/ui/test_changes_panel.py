"""The panel of what has changed: it compares, follows, selects, draws ghosts and copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import save_roadmap
from roadwright.model.edits.history import restore_plan
from roadwright.model.edits.items import remove_items, set_field
from roadwright.model.history.earlier import of_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.changes.panel import ChangesPanel
from roadwright.ui.changes.sources import Source, file_source
from roadwright.ui.dialogs.export import ExportDialog


@pytest.fixture
def opened(app: App, qtbot: QtBot) -> tuple[App, ChangesPanel]:
    qtbot.keyClick(
        app.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    panel = app.window.panels["changes"].content
    assert isinstance(panel, ChangesPanel)
    qtbot.waitUntil(panel.copy_text.isEnabled, timeout=20_000)
    return app, panel


def called(app: App, title: str) -> ItemId:
    return next(id for id, item in app.document.plan.items.items() if item.title == title)


def place_of(panel: ChangesPanel, words: str) -> QPoint:
    """Where a text stands in the list."""
    cursor = panel.text.document().find(words)
    assert not cursor.isNull(), panel.text.toPlainText()
    middle = QTextCursor(cursor)
    middle.setPosition((cursor.anchor() + cursor.position()) // 2)
    panel.text.setTextCursor(middle)
    panel.text.ensureCursorVisible()
    return panel.text.cursorRect(middle).center()


def choose(panel: ChangesPanel, words: str) -> None:
    menu = panel.picker.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if words in action.text()).trigger()


def test_it_begins_with_the_baseline_and_shows_its_ghosts(opened: tuple[App, ChangesPanel]):
    app, panel = opened
    assert panel.picker.text().startswith("Approved in the autumn review (")
    assert "Support copilot (pilot) slips 10 working days" in panel.text.toPlainText()
    assert app.session.ghost is not None
    assert app.window.page is not None


def test_it_follows_what_is_done(opened: tuple[App, ChangesPanel], qtbot: QtBot):
    app, panel = opened
    id = called(app, "Offline mode")
    app.document.commit(set_field, [id], "duration", app.document.plan.items[id].duration + 3)
    qtbot.waitUntil(lambda: "Offline mode slips 8 working days" in panel.text.toPlainText(), timeout=20_000)


def test_a_click_selects_the_item(opened: tuple[App, ChangesPanel], qtbot: QtBot):
    app, panel = opened
    qtbot.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, "Offline mode"))
    assert app.session.items == (called(app, "Offline mode"),)


def test_an_item_that_is_gone_says_so(opened: tuple[App, ChangesPanel], qtbot: QtBot, tmp_path: Path):
    app, panel = opened
    old = app.document.kept
    save_roadmap(tmp_path / "old.roadmap", old)
    app.document.commit(remove_items, [called(app, "Offline mode")])
    panel.compare_with(file_source(tmp_path / "old.roadmap"))
    qtbot.waitUntil(lambda: "Offline mode is dropped" in panel.text.toPlainText(), timeout=20_000)
    qtbot.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, "Offline mode"))
    assert "no longer" in app.window.message_bar._words.text()


@pytest.mark.parametrize(
    ("button", "first"), [("copy_text", "What changed"), ("copy_markdown", "# What changed")]
)
def test_one_click_copies_it_for_a_mail(
    opened: tuple[App, ChangesPanel], qtbot: QtBot, button: str, first: str
):
    _, panel = opened
    qtbot.mouseClick(getattr(panel, button), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"{first} since Approved in the autumn review")
    assert "  - Copilot launch slips 10 working days" in copied


def test_another_file_is_chosen_from_the_picker(
    opened: tuple[App, ChangesPanel], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    app, panel = opened
    path = tmp_path / "Last month.roadmap"
    id = called(app, "Offline mode")
    save_roadmap(path, set_field(app.document.kept, [id], "title", "Airplane mode"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    choose(panel, "Another file")
    renamed = "“Airplane mode” is now called “Offline mode”"
    qtbot.waitUntil(lambda: renamed in panel.text.toPlainText(), timeout=20_000)
    assert panel.picker.text() == "Last month.roadmap"


def test_closed_it_leaves_no_ghosts(opened: tuple[App, ChangesPanel]):
    app, _ = opened
    app.window.show_panel("changes", False)
    assert app.session.ghost is None


def test_without_anything_earlier_it_says_what_it_is_for(make_app: Callable[..., App], tmp_path: Path):
    from roadwright.model.plan import new_plan

    save_roadmap(tmp_path / "new.roadmap", new_plan("New"))
    app = make_app(tmp_path / "new.roadmap")
    app.window.show_panel("changes", True)
    panel = app.window.panels["changes"].content
    assert isinstance(panel, ChangesPanel)
    assert "Take a baseline" in panel.text.toPlainText()
    assert not panel.copy_text.isEnabled()


def test_a_report_is_saved_as_pdf_markdown_and_text(
    opened: tuple[App, ChangesPanel], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _, panel = opened
    for name, kind, first in (
        ("news.pdf", "", b"%PDF"),
        ("news.md", "", b"# What changed"),
        ("news", "Text (*.txt)", b"What changed since"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, n=name, k=kind: (str(tmp_path / n), k))
        qtbot.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
        (written,) = tmp_path.glob(f"{name}*")
        assert written.read_bytes().startswith(first)
        written.unlink()


def test_many_lines_are_shown_as_they_are_asked_for(opened: tuple[App, ChangesPanel], qtbot: QtBot):
    app, panel = opened
    old = app.document.kept
    many = old.put(*(replace(item, title=f"{item.title} again") for item in old.items.values()))
    app.document.commit(restore_plan, many)
    panel.compare_with(Source("saves", "Before", lambda: of_plan("before", old)))
    left = f"and {len(old.items) - 40} more"
    qtbot.waitUntil(lambda: left in panel.text.toPlainText(), timeout=20_000)
    assert panel.text.toPlainText().count("is now called") == 40
    qtbot.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, left))
    assert panel.text.toPlainText().count("is now called") == len(old.items)


def test_a_file_that_can_not_be_read_says_so(opened: tuple[App, ChangesPanel], qtbot: QtBot, tmp_path: Path):
    app, panel = opened
    (tmp_path / "bad.roadmap").write_bytes(b"no plan")
    panel.compare_with(file_source(tmp_path / "bad.roadmap"))
    qtbot.waitUntil(lambda: panel.picker.text() == "Compare with…", timeout=20_000)
    assert app.messages.last is not None
    assert app.messages.last.level == "warning"
    assert "Take a baseline" in panel.text.toPlainText()


def test_closed_while_it_compares_it_leaves_nothing(opened: tuple[App, ChangesPanel], qtbot: QtBot):
    app, panel = opened
    id = called(app, "Offline mode")
    app.document.commit(set_field, [id], "duration", app.document.plan.items[id].duration + 3)
    panel.refresh()
    app.window.show_panel("changes", False)
    qtbot.waitUntil(lambda: not app.jobs.running, timeout=20_000)
    assert app.session.ghost is None
    app.window.show_panel("changes", True)
    qtbot.waitUntil(lambda: "Offline mode slips 8 working days" in panel.text.toPlainText(), timeout=20_000)
    assert app.session.ghost is not None


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_export_can_begin_with_it(app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan.xlsx"), ""))
    app.window.commands["file.export"].trigger()
    dialog = app.window.findChildren(ExportDialog)[-1]
    state = next(box for box in dialog.findChildren(QComboBox) if box.itemText(0) == "Leave it out")
    state.setCurrentIndex(1)
    dialog.accept()
    qtbot.waitUntil(lambda: (tmp_path / "plan.xlsx").exists(), timeout=60_000)
    qtbot.waitUntil(lambda: not app.jobs.running, timeout=60_000)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", read_only=True)
    sheet = book.worksheets[0]
    assert sheet.title == "What changed"
    assert sheet["A1"].value == "What changed since Approved in the autumn review"
    book.close()
