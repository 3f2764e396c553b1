"""The same file in a second window: to be looked at there, and taken over when the first has closed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.model.edits.items import rename_item
from roadwright.model.refused import Refused
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.files.saving import settle

Make = Callable[..., App]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Platform.roadmap"
    save_roadmap(path, sample_plan(date(2026, 3, 2)))
    return path


@pytest.fixture
def both(make_app: Make, path: Path) -> tuple[App, App]:
    """Two windows with the same file; the second came later."""
    return make_app(path), make_app(path)


def first_item(app: App) -> str:
    return app.document.kept.outline.order[0]


def first_title(app: App) -> str:
    return app.document.kept.items[first_item(app)].title


def rename_first(app: App, title: str) -> None:
    app.document.commit(rename_item, first_item(app), title)


def press(qtbot: QtBot, app: App, name: str) -> None:
    strip = app.window.elsewhere
    assert strip is not None
    qtbot.mouseClick(strip.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_the_second_window_is_marked_and_refuses_edits(both: tuple[App, App], qtbot: QtBot):
    first, second = both
    assert not first.desk.elsewhere
    assert first.window.elsewhere is None
    assert second.desk.elsewhere
    assert "read-only" in second.window.windowTitle()
    assert second.window.elsewhere is not None
    assert second.window.elsewhere.isVisible()
    assert "Platform.roadmap" in second.window.elsewhere.words
    before = second.document.kept
    with pytest.raises(Refused, match=r"document\.elsewhere"):
        rename_first(second, "Not here")
    second.session.select([first_item(second)])
    qtbot.keyClick(second.page, Qt.Key.Key_Delete)
    assert second.document.kept is before
    assert second.messages.last is not None
    assert "Another window" in second.messages.last.text
    assert [code for code, _ in second.messages.last.ways_out] == ["elsewhere.copy"]


def test_a_copy_can_be_saved_and_edited(
    both: tuple[App, App], qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
):
    _, second = both
    copy = path.with_name("copy.roadmap")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    press(qtbot, second, "elsewhere.copy")
    assert settle(second)
    assert not second.desk.elsewhere
    assert second.window.elsewhere is not None
    assert second.window.elsewhere.isHidden()
    assert "read-only" not in second.window.windowTitle()
    rename_first(second, "Mine")
    assert files.save(second)
    assert settle(second)
    assert open_roadmap(copy).plan == second.document.kept


def test_it_can_not_be_saved_over_the_file_that_is_open_elsewhere(
    both: tuple[App, App], path: Path, monkeypatch: pytest.MonkeyPatch
):
    _, second = both
    before = path.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    assert not files.save(second)
    box = second.window.findChildren(QMessageBox)[0]
    assert "another window" in box.text()
    box.close()
    assert path.read_bytes() == before


def test_it_is_taken_over_at_once_when_the_first_has_closed_it(both: tuple[App, App], qtbot: QtBot):
    first, second = both
    first.window.close()
    press(qtbot, second, "elsewhere.edit")
    assert not second.desk.elsewhere
    rename_first(second, "Mine")
    assert files.save(second)
    assert settle(second)


def test_it_is_taken_over_as_the_first_has_left_it(both: tuple[App, App], qtbot: QtBot):
    first, second = both
    press(qtbot, second, "elsewhere.edit")
    assert second.desk.elsewhere
    assert second.window.elsewhere is not None
    assert "as soon as" in second.window.elsewhere.words
    rename_first(first, "By the first")
    assert files.save(first)
    assert settle(first)
    first.window.close()
    qtbot.waitUntil(lambda: not second.desk.elsewhere, timeout=20_000)
    qtbot.waitUntil(lambda: first_title(second) == "By the first", timeout=20_000)
    rename_first(second, "By the second")
    assert files.save(second)
    assert settle(second)


def test_what_the_first_saves_can_be_shown(both: tuple[App, App], qtbot: QtBot):
    first, second = both
    rename_first(first, "By the first")
    assert files.save(first)
    assert settle(first)
    files.look_for_changes(second)
    assert second.messages.last is not None
    ((code, show),) = second.messages.last.ways_out
    assert code == "elsewhere.show"
    show()
    qtbot.waitUntil(lambda: first_title(second) == "By the first", timeout=20_000)
    assert second.desk.elsewhere


def test_a_symbolic_link_is_the_same_file(make_app: Make, path: Path):
    link = path.with_name("link.roadmap")
    link.symlink_to(path)
    make_app(path)
    assert make_app(link).desk.elsewhere


def test_another_file_can_be_opened_and_the_first_be_opened_again(make_app: Make, path: Path, qtbot: QtBot):
    app = make_app(path)
    other = path.with_name("other.roadmap")
    save_roadmap(other, sample_plan(date(2026, 3, 2)))
    for file in (other, path, path):
        files.open_path(app, file)
        qtbot.waitUntil(lambda file=file: app.desk.path == file and not app.jobs.running, timeout=20_000)
        assert not app.desk.elsewhere
