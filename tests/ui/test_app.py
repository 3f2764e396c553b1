"""The program as a whole: start, window, pages, panels, theme, and what it remembers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.document import Document
from roadwright.model.edits.items import add_item
from roadwright.model.edits.people import set_title
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId, ViewId
from roadwright.ui.app import App
from roadwright.ui.pages import PAGES

MakeApp = Callable[..., App]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A file with a plan of three items."""
    plan = new_plan("Rocket")
    for title in ("Hull", "Engine", "Launch"):
        plan = add_item(plan, ItemId(title.lower()), title=title)
    path = tmp_path / "rocket.roadmap"
    save_roadmap(path, plan)
    return path


def test_the_first_start_shows_the_sample(app: App):
    assert len(app.document.plan.items) >= 40
    assert app.window.windowTitle() == f"{app.document.plan.info.title}[*] – Roadwright"
    assert not app.window.isWindowModified()
    assert not app.document.done
    assert app.page is not None
    assert app.page.isVisible()


def test_every_page_of_the_rail_opens(app: App, qtbot: QtBot):
    for place, page in enumerate(PAGES):
        buttons = app.window.rail.findChildren(QToolButton)
        qtbot.mouseClick(buttons[place], Qt.MouseButton.LeftButton)
        assert app.session.looks.page == page.id
        assert buttons[place].isChecked()
        assert app.page is not None
        assert app.page.isVisible()


def test_the_backlog_panel_is_only_beside_the_timeline(app: App):
    app.window.show_panel("backlog", True)
    assert app.window.panels["backlog"].isVisible()
    app.session.show_page("table")
    assert not app.window.panels["backlog"].isVisible()
    app.session.show_page("timeline")
    assert app.window.panels["backlog"].isVisible()


def test_the_title_and_the_mark_follow_the_document(app: App):
    app.document.commit(set_title, "Renamed")
    assert app.window.windowTitle() == "Renamed[*] – Roadwright"
    assert app.window.isWindowModified()
    app.document.undo()
    assert not app.window.isWindowModified()


def test_the_plan_is_renamed_in_the_top_bar(app: App, qtbot: QtBot):
    field = app.window.topbar.findChild(QLineEdit, "planTitle")
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "Moon landing")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert app.document.plan.info.title == "Moon landing"
    assert len(app.document.done) == 1


def test_esc_leaves_the_title_as_it_was(app: App, qtbot: QtBot):
    app.window.resize(1400, 800)
    field, title = app.window.topbar.findChild(QLineEdit, "planTitle"), app.document.plan.info.title
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "Nonsense")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert app.document.plan.info.title == title == field.text()
    assert not app.document.done


def test_an_empty_title_is_not_taken(app: App, qtbot: QtBot):
    app.window.resize(1400, 800)
    field, title = app.window.topbar.findChild(QLineEdit, "planTitle"), app.document.plan.info.title
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert app.document.plan.info.title == title == field.text()


def test_the_view_switcher_shows_the_plans_views_and_switches(app: App):
    button = app.window.topbar.findChild(QToolButton, "viewSwitcher")
    button.menu().aboutToShow.emit()
    offered = [action for action in button.menu().actions() if action.isCheckable()]
    views = sorted(app.document.plan.views.values(), key=lambda view: view.rank)
    assert [action.text() for action in offered] == [view.title for view in views]
    offered[-1].trigger()
    assert app.session.looks.view == views[-1].id
    assert button.text() == views[-1].title


def test_searching_filters_the_rows_and_esc_ends_it(app: App, qtbot: QtBot):
    field = app.window.topbar.findChild(QLineEdit, "search")
    app.window.commands["edit.find"].trigger()
    assert app.window.focusWidget() is field
    qtbot.keyClicks(field, "billing")
    assert app.session.search == "billing"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert app.session.search == ""


def test_a_file_given_at_the_start_is_open_in_the_first_picture(make_app: MakeApp, saved: Path):
    app = make_app(saved)
    assert app.window.windowTitle() == "Rocket[*] – Roadwright"
    assert app.desk.path == saved
    assert not app.document.dirty


def test_the_next_start_opens_the_last_file_as_it_was_looked_at(make_app: MakeApp, saved: Path):
    first = make_app(saved)
    first.session.show_page("table")
    first.session.show_view(ViewId("by-status"))
    first.window.show_panel("inspector", False)
    assert first.window.close()
    second = make_app()
    assert second.desk.path == saved
    assert second.session.looks.page == "table"
    assert second.session.looks.view == "by-status"
    assert not second.window.panels["inspector"].isVisible()


def test_a_last_file_that_is_gone_gives_the_sample(make_app: MakeApp, saved: Path):
    assert make_app(saved).window.close()
    saved.unlink()
    app = make_app()
    assert app.desk.path is None
    assert len(app.document.plan.items) >= 40


def test_a_broken_settings_file_is_told_and_forgotten(make_app: MakeApp, tmp_path: Path, qtbot: QtBot):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "settings.json").write_text("{broken")
    app = make_app()
    assert app.settings.kept.recent == []
    assert "settings.json" in app.window.message_bar.findChild(QWidget, "message").text()


def test_a_theme_is_worn_live_and_remembered(make_app: MakeApp, qapp: QApplication):
    app = make_app()
    app.choose_theme("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == "#15181D"
    assert app.themes.theme.dark
    assert app.window.commands["theme.dark"].isChecked()
    before = app.window.grab().toImage()
    app.choose_theme("light")
    after = app.window.grab().toImage()
    corner = QPoint(app.window.width() // 2, app.window.menuBar().height() + 5)
    assert before.pixelColor(corner).lightness() < 60 < 200 < after.pixelColor(corner).lightness()
    app.choose_theme("dark")
    assert app.window.close()
    assert make_app().themes.theme.dark


def test_everything_fits_at_the_smallest_size(app: App, qtbot: QtBot):
    app.window.show_panel("backlog", True)
    app.window.show_panel("inspector", True)
    app.window.resize(1024, 640)
    qtbot.waitUntil(lambda: app.window.width() == 1024)
    bar = app.window.topbar
    shown = [child for child in bar.findChildren(QWidget) if child.isVisible() and child.parent() is bar]
    places = sorted((child.geometry() for child in shown), key=lambda place: place.left())
    assert places[-1].right() <= bar.width()
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert app.page is not None
    assert app.page.width() >= 400


def test_distraction_free_shows_nothing_but_the_page(app: App, qtbot: QtBot):
    app.window.commands["view.calm"].trigger()
    window = app.window
    assert window.isFullScreen()
    hidden = (window.rail, window.topbar, window.message_bar, window.menuBar(), window.panels["inspector"])
    assert not any(widget.isVisible() for widget in hidden)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.rail.isVisible()


def test_a_dropped_file_is_opened(app: App, saved: Path, qtbot: QtBot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(saved))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(300, 300), copy, mime, left, none)
    app.window.dropEvent(drop)
    qtbot.waitUntil(lambda: app.desk.path == saved)
    assert len(app.document.plan.items) == 3


def test_a_fault_is_said_and_written_down_and_the_program_goes_on(app: App, qtbot: QtBot):
    try:
        raise ZeroDivisionError("one over nothing")
    except ZeroDivisionError as error:
        app.faults.show(error)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    box = QApplication.activeModalWidget()
    assert "one over nothing" in box.informativeText()
    assert "ZeroDivisionError" in app.faults.log.read_text()
    box.close()
    app.document.commit(set_title, "Still alive")
    assert app.window.windowTitle().startswith("Still alive")


def test_another_plan_takes_the_place_of_the_first_without_a_trace(app: App):
    old_pages = app.window.stack.count()
    app.session.show_page("table")
    document = Document(new_plan("Fresh"))
    app.put_on_desk(document)
    assert app.window.stack.count() == 1 <= old_pages
    assert app.session.looks.page == "timeline"
    assert app.document is document
    assert not app.window.commands["edit.undo"].isEnabled()


def test_a_start_in_a_process_of_its_own_shows_the_plan_and_ends_cleanly(saved: Path, tmp_path: Path):
    code = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from roadwright.ui import app as module
def look():
    [window] = [w for w in QApplication.topLevelWidgets() if w.windowTitle().endswith("Roadwright")]
    print(window.windowTitle())
    window.close()
made = QApplication(["test"])
QTimer.singleShot(500, look)
sys.exit(module.run({str(saved)!r}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (
        done.returncode,
        done.stderr.replace("This plugin does not support propagateSizeHints()\n", ""),
    ) == (0, "")
    assert done.stdout == "Rocket[*] – Roadwright\n"
    assert len(open_roadmap(saved).plan.items) == 3


def test_a_long_title_is_cut_off_and_whole_while_it_is_edited(app: App, qtbot: QtBot):
    title = "A roadmap with a title that nobody would ever want to read to its end, " * 3
    app.window.resize(1400, 800)
    app.document.commit(set_title, title)
    field = app.window.topbar.findChild(QLineEdit, "planTitle")
    assert field.text().endswith("…")
    assert field.width() <= 360
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.text() == title.strip()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text().endswith("…")
    assert app.document.plan.info.title == title.strip()
    assert len(app.document.done) == 1


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path):
    heavy = ("openpyxl", "xlsxwriter", "numpy", "networkx", "qtawesome", "qtpy", "rapidfuzz", "holidays")
    unneeded = ("defusedxml", "python_calamine", "pytest", "PySide6.QtSvg", "PySide6.QtNetwork", "asyncio")
    ours = """
        io.roadmap_file io.lock model.formulas model.computed_fields model.edits.fields ui.backlog ui.board
        ui.changes ui.dialogs ui.editors.widgets ui.fields ui.frame.shortcuts ui.graph ui.history ui.importing
        ui.inspector ui.merging ui.table ui.views.options
    """
    unneeded += ("hashlib", *(f"roadwright.{name}" for name in ours.split()))
    code = f"""
import sys
from PySide6.QtWidgets import QApplication
from roadwright.ui import app as module
def look(app):
    print([name for name in {heavy + unneeded!r} if name in sys.modules])
    print(app.window.panels["inspector"].is_empty, app.window.stack.count())
    app.window.close()
module.App._after_first_paint = look
sys.exit(module.run(None))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    imported, shown = done.stdout.splitlines()
    assert imported == "[]"
    assert shown == "True 1", "only the page in sight is made, and no inspector yet"
