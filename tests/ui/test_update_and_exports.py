"""From the window: a newer version of the imported file, and the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from planner_files import gan
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.importing import import_file
from roadwright.io.sources import remembered
from roadwright.model.document import Document
from roadwright.ui.app import App
from roadwright.ui.commands.files import take_dropped
from roadwright.ui.dialogs.export import ExportDialog
from roadwright.ui.files.exporting import FORMATS, VIEWED, Export
from roadwright.ui.files.sharing import export_to
from roadwright.ui.merging.review import MergeReview

TASKS = '<task id="1" name="Hull" start="2026-01-05" duration="3"/>'


@pytest.fixture
def imported(app: App, tmp_path: Path) -> App:
    path = gan(tmp_path, TASKS)
    app.document.mark_saved()
    app.put_on_desk(Document(remembered(import_file(path).plan, path)))
    return app


def review(app: App, qtbot: QtBot) -> MergeReview:
    def there() -> bool:
        return any(one.isVisible() for one in app.window.findChildren(MergeReview))

    qtbot.waitUntil(there)
    return next(one for one in app.window.findChildren(MergeReview) if one.isVisible())


def test_a_newer_file_that_is_dropped_is_merged_as_one_step(imported: App, tmp_path: Path, qtbot: QtBot):
    newer = gan(
        tmp_path, TASKS.replace("Hull", "Keel") + '<task id="2" name="Sail" start="2026-01-08" duration="2"/>'
    )
    take_dropped(imported, [newer])
    dialog = review(imported, qtbot)
    button = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    titles = {one.title for one in imported.document.kept.items.values()}
    assert titles == {"Keel", "Sail"}
    imported.window.commands["edit.undo"].trigger()
    assert {one.title for one in imported.document.kept.items.values()} == {"Hull"}
    (source,) = imported.document.kept.sources.values()
    assert source.title == "p.gan"


def test_the_command_is_there_only_for_what_was_imported(imported: App):
    assert imported.window.commands["file.update"].isEnabled()
    imported.put_on_desk(Document(import_file(imported_file(imported)).plan))
    QApplication.processEvents()
    assert not imported.window.commands["file.update"].isEnabled()


def imported_file(app: App) -> Path:
    return gan(Path(app.settings.folder), TASKS)


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix in ("md", "json", "xml", "csv")])
def test_each_format_is_written(app: App, tmp_path: Path, qtbot: QtBot, suffix: str):
    path = tmp_path / f"out.{suffix}"
    export_to(app, path, Export(suffix=suffix, delimiter=";", mark=False))
    qtbot.waitUntil(lambda: path.exists() and not app.jobs.running, timeout=20_000)
    text = path.read_text("utf-8")
    assert all(item.title.split(" & ")[0].split("“")[0] in text for item in app.document.kept.items.values())
    if suffix == "csv":
        assert text.startswith("Key;Title;")


def test_the_dialog_shows_what_the_format_needs(app: App, qtbot: QtBot):
    dialog = ExportDialog(app.window, list(app.document.plan.views.values()), None, plan=app.document.plan)
    qtbot.addWidget(dialog)
    dialog.show()
    formats, view, *_ = dialog.findChildren(QComboBox)
    for suffix in FORMATS:
        formats.setCurrentIndex(formats.findData(suffix))
        chosen = dialog.chosen()
        assert (chosen.suffix, chosen.delimiter, chosen.mark) == (suffix, ",", True)
        assert view.isEnabled() == (suffix in VIEWED)
    dialog.reject()
