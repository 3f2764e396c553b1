"""Opening, saving, importing and exporting from the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from roadwright.io.importing import import_file
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.roadmap_lines import step_line
from roadwright.io.workbook.options import Options
from roadwright.io.workbook.package import Package
from roadwright.model.edits.items import add_item, rename_item
from roadwright.model.edits.people import set_title
from roadwright.model.history.past import read_step
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.commands.files import safe_name
from roadwright.ui.dialogs.complaints import ComplaintReport, ComplaintTable
from roadwright.ui.dialogs.export import ExportDialog
from roadwright.ui.files.exporting import Export
from roadwright.ui.files.opening import import_path
from roadwright.ui.files.saving import settle
from roadwright.ui.files.sharing import export_to
from roadwright.ui.history.wording import sentence
from roadwright.ui.importing.dialog import ImportDialog

MakeApp = Callable[..., App]
Answer = Callable[[str], None]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A file with a plan of three items."""
    plan = new_plan("Rocket")
    for title in ("Hull", "Engine", "Launch"):
        plan = add_item(plan, ItemId(title.lower()), title=title)
    path = tmp_path / "rocket.roadmap"
    save_roadmap(path, plan)
    return path


@pytest.fixture
def answer(qtbot: QtBot) -> Iterator[Answer]:
    """Press the button of that name in the next question."""
    pressed: list[str] = []
    timers: list[QTimer] = []

    def later(name: str) -> None:
        timer = QTimer(interval=20)

        def press() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                timer.stop()
                pressed.append(name)
                next(button for button in box.buttons() if button.objectName() == name).click()

        timer.timeout.connect(press)
        timer.start()
        timers.append(timer)

    yield later
    for timer in timers:
        timer.stop()
    assert len(pressed) == len(timers), "a question was not asked"


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """What the next file dialogs answer; the real one belongs to the system and can't be driven."""

    def choose(path: Path | None) -> None:
        name = str(path) if path else ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (name, ""))

    return choose


def close_boxes() -> list[str]:
    """Close what is told, and say what that was."""
    told = []
    while isinstance(box := QApplication.activeModalWidget(), (QMessageBox, ComplaintReport)):
        told.append(box.informativeText() if isinstance(box, QMessageBox) else box.windowTitle())
        box.close()
        QApplication.processEvents()
    return told


def wait_for_dialog(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def wait_until_open(qtbot: QtBot, app: App, path: Path) -> None:
    qtbot.waitUntil(lambda: app.desk.path == path)


def test_opening_is_not_a_step(app: App, saved: Path, qtbot: QtBot):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    assert not app.document.done
    assert not app.document.dirty
    assert not app.window.commands["edit.undo"].isEnabled()
    assert app.settings.kept.recent == [str(saved)]


def test_what_is_saved_is_what_is_opened_again(app: App, saved: Path, qtbot: QtBot):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    app.document.commit(rename_item, ItemId("hull"), "Hull with windows")
    assert files.save(app)
    assert settle(app)
    assert not app.document.dirty
    opened = open_roadmap(saved)
    assert opened.plan == app.document.plan
    assert len(opened.history) == 1
    app.document.commit(rename_item, ItemId("hull"), "Hull without")
    assert files.save(app)
    assert settle(app)
    assert len(open_roadmap(saved).history) == 2


def test_saving_a_new_plan_asks_where(app: App, tmp_path: Path, choose_file):
    choose_file(tmp_path / "mine")
    app.window.commands["file.save"].trigger()
    assert settle(app)
    assert app.desk.path == tmp_path / "mine.roadmap"
    assert open_roadmap(tmp_path / "mine.roadmap").plan == app.document.plan
    assert app.settings.kept.last == str(tmp_path / "mine.roadmap")


def test_a_save_that_is_called_off_changes_nothing(app: App, choose_file):
    choose_file(None)
    app.document.commit(set_title, "Unsaved")
    assert not (files.save(app) and settle(app))
    assert app.document.dirty
    assert app.desk.path is None


def test_a_failed_save_is_said_and_the_plan_stays_unsaved(
    app: App, tmp_path: Path, choose_file, answer: Answer
):
    choose_file(tmp_path / "nowhere" / "plan.roadmap")
    app.document.commit(set_title, "Unsaved")
    answer("cancel")
    assert not (files.save(app) and settle(app))
    assert app.document.dirty


@pytest.mark.parametrize(
    ("what", "stays", "kept"),
    [("cancel", True, "other"), ("replace", False, "ours"), ("save_as", False, "other")],
)
def test_a_file_that_another_program_has_changed_is_not_overwritten_unasked(
    app: App, saved: Path, qtbot: QtBot, answer: Answer, choose_file, what: str, stays: bool, kept: str
):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    app.document.commit(set_title, "ours")
    save_roadmap(saved, new_plan("other"))
    choose_file(saved.with_name("beside.roadmap"))
    answer(what)
    files.save(app)
    settle(app)
    assert app.document.dirty == stays
    assert open_roadmap(saved).plan.info.title == kept
    if what == "save_as":
        assert open_roadmap(saved.with_name("beside.roadmap")).plan.info.title == "ours"


def test_a_file_that_was_emptied_meanwhile_counts_as_changed(
    app: App, saved: Path, qtbot: QtBot, answer: Answer
):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    saved.write_bytes(b"")
    app.document.commit(set_title, "ours")
    answer("replace")
    assert files.save(app)
    assert settle(app)
    assert open_roadmap(saved).plan.info.title == "ours"


@pytest.mark.parametrize(("what", "left", "title"), [("leave", True, "Rocket"), ("cancel", False, "Rocket")])
def test_closing_asks_about_what_is_not_saved(
    app: App, saved: Path, qtbot: QtBot, answer: Answer, what: str, left: bool, title: str
):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    app.document.commit(set_title, "Changed")
    answer(what)
    assert app.window.close() == left
    assert open_roadmap(saved).plan.info.title == title


def test_closing_can_save_first(app: App, saved: Path, qtbot: QtBot, answer: Answer):
    files.open_path(app, saved)
    wait_until_open(qtbot, app, saved)
    app.document.commit(set_title, "Changed")
    answer("save")
    assert app.window.close()
    assert open_roadmap(saved).plan.info.title == "Changed"


def test_a_plan_that_was_undone_to_what_is_saved_may_go(app: App):
    app.document.commit(set_title, "Changed")
    app.document.undo()
    assert app.window.close()


def test_opening_another_file_asks_about_the_open_one(app: App, saved: Path, qtbot: QtBot, answer: Answer):
    app.document.commit(set_title, "Precious")
    answer("cancel")
    files.open_path(app, saved)
    qtbot.waitUntil(lambda: not app.jobs.running)
    assert app.document.plan.info.title == "Precious"
    assert app.desk.path is None


def test_a_damaged_file_is_shown_with_what_is_lost_and_never_replaced(
    app: App, saved: Path, qtbot: QtBot, choose_file
):
    data = saved.read_bytes()
    saved.write_bytes(data[: len(data) * 2 // 3])
    cut = saved.read_bytes()
    files.open_path(app, saved)
    report = wait_for_dialog(qtbot, ComplaintReport)
    table = report.findChild(ComplaintTable)
    assert table.rowCount() >= 1
    assert table.item(0, 1).text()
    report.close()
    assert app.document.dirty
    choose_file(saved)
    assert not (files.save(app) and settle(app))
    assert close_boxes()
    assert saved.read_bytes() == cut
    choose_file(saved.with_name("rescued.roadmap"))
    assert files.save(app)
    assert settle(app)
    assert saved.read_bytes() == cut
    assert not app.desk.damaged


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.roadmap", b""),
        ("zeros.roadmap", b"\0" * 4000),
        ("other.roadmap", b"%PDF-1.7 nothing of ours"),
        ("newer.roadmap", b'{"format":"roadmap","version":999}\n'),
        ("nonsense.xlsx", b"PK\x03\x04 but no zip"),
        ("empty.csv", b""),
        ("page.docx", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_the_open_plan_stays(
    app: App, tmp_path: Path, qtbot: QtBot, name: str, content: bytes
):
    path, document = tmp_path / name, app.document
    path.write_bytes(content)
    files.open_path(app, path)
    wait_for_dialog(qtbot, QMessageBox)
    [words] = close_boxes()
    assert len(words) > 20
    assert "Traceback" not in words
    assert app.document is document


def test_a_missing_file_is_said_and_forgotten(app: App, tmp_path: Path, qtbot: QtBot):
    gone = tmp_path / "gone.roadmap"
    app.settings.remember_file(gone)
    files.open_path(app, gone)
    wait_for_dialog(qtbot, QMessageBox)
    close_boxes()
    assert app.settings.kept.recent == []


def take(qtbot: QtBot, app: App, dialog: QDialog) -> None:
    """Accept an import once the plan of it has been made, and wait until that is on the desk."""
    qtbot.waitUntil(lambda: dialog.ready)
    document = app.document
    dialog.accept()
    qtbot.waitUntil(lambda: app.document is not document and not app.jobs.running)


def table_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text("Title,Start,Duration\nHull,2026-03-02,5\nEngine,2026-03-09,10\n", encoding="utf-8")
    return path


def test_an_import_is_reviewed_before_anything_is_replaced(app: App, tmp_path: Path, qtbot: QtBot):
    document = app.document
    files.open_path(app, table_file(tmp_path))
    dialog = wait_for_dialog(qtbot, ImportDialog)
    assert app.document is document
    take(qtbot, app, dialog)
    assert sorted(item.title for item in app.document.plan.items.values()) == ["Engine", "Hull"]
    assert app.document.dirty
    assert app.desk.path is None
    assert not app.document.done


def test_an_import_can_be_called_off(app: App, tmp_path: Path, qtbot: QtBot):
    document = app.document
    files.open_path(app, table_file(tmp_path))
    wait_for_dialog(qtbot, ImportDialog).reject()
    assert app.document is document


def test_another_sheet_can_be_chosen(app: App, tmp_path: Path, qtbot: QtBot):
    from openpyxl import Workbook

    book = Workbook()
    for name, title in (("First", "Hull"), ("Second", "Sail")):
        sheet = book.create_sheet(name)
        for row in (
            ("Title", "Start", "Duration"),
            (title, "2026-03-02", 5),
            (f"{title} 2", "2026-03-09", 3),
        ):
            sheet.append(row)
    del book["Sheet"]
    path = tmp_path / "two.xlsx"
    book.save(path)
    import_path(app, path)
    dialog = wait_for_dialog(qtbot, ImportDialog)
    choice = dialog.findChild(QComboBox, "sheet")
    choice.setCurrentText("Second")
    choice.activated.emit(1)
    take(qtbot, app, dialog)
    assert sorted(item.title for item in app.document.plan.items.values()) == ["Sail", "Sail 2"]


def test_a_cancelled_import_leaves_all_as_it_was(app: App, tmp_path: Path, qtbot: QtBot):
    document = app.document
    files.open_path(app, table_file(tmp_path))
    [job] = app.jobs.running
    job.cancel()
    qtbot.waitUntil(lambda: not app.jobs.running)
    assert QApplication.activeModalWidget() is None
    assert app.document is document


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_exported_table_reads_back(app: App, tmp_path: Path, qtbot: QtBot, suffix: str):
    path, plan = tmp_path / f"out.{suffix}", app.document.plan
    export_to(app, path, Export(suffix=suffix))
    qtbot.waitUntil(lambda: not app.jobs.running, timeout=20_000)
    back = import_file(path).plan
    assert {i.title for i in back.items.values()} == {i.title for i in plan.items.values()}
    if suffix == "xlsx":
        assert back == plan


def test_a_workbook_that_was_sent_out_is_logged(app: App, tmp_path: Path, qtbot: QtBot):
    export_to(app, tmp_path / "Grace.xlsx", Export(suffix="xlsx", options=Options(recipient="Grace")))
    qtbot.waitUntil(lambda: not app.jobs.running, timeout=20_000)
    (entry,) = app.document.kept.exports.values()
    assert (entry.title, entry.recipient, entry.filter) == ("Grace.xlsx", "Grace", "")
    with Package(tmp_path / "Grace.xlsx") as package:
        assert package.facts["rw_export_id"] == entry.id
    step = read_step(step_line(app.document.done[-1]))
    assert sentence(step, app.document.kept) == "Sent out Grace.xlsx"
    export_to(app, tmp_path / "out.csv", Export(suffix="csv"))
    qtbot.waitUntil(lambda: not app.jobs.running, timeout=20_000)
    assert len(app.document.kept.exports) == 1


def test_pictures_are_exported_light_whatever_the_theme(app: App, tmp_path: Path):
    app.choose_theme("dark")
    export_to(
        app, tmp_path / "out.png", Export(suffix="png", view=app.session.view(app.document.plan), width=1200)
    )
    image = QImage(str(tmp_path / "out.png"))
    assert image.width() >= 1200
    assert image.pixelColor(2, 2).lightness() > 240
    app.choose_theme("light")


@pytest.mark.parametrize(("suffix", "mark"), [("svg", b"<svg"), ("pdf", b"%PDF")])
def test_drawings_are_exported(app: App, tmp_path: Path, suffix: str, mark: bytes):
    export_to(app, tmp_path / f"out.{suffix}", Export(suffix=suffix))
    assert mark in (tmp_path / f"out.{suffix}").read_bytes()[:400]


def test_an_export_that_fails_leaves_the_old_file(app: App, tmp_path: Path, qtbot: QtBot):
    for suffix in ("xlsx", "png"):
        path = tmp_path / "gone" / f"out.{suffix}"
        export_to(app, path, Export(suffix=suffix))
        wait_for_dialog(qtbot, QMessageBox)
        assert close_boxes()
        assert not path.exists()
        qtbot.waitUntil(lambda: not app.jobs.running)


def test_the_export_dialog_asks_only_what_matters(app: App, tmp_path: Path, choose_file, qtbot: QtBot):
    choose_file(tmp_path / "chosen.csv")
    app.window.commands["file.export"].trigger()
    dialog = wait_for_dialog(qtbot, ExportDialog)
    combos = dialog.findChildren(QComboBox)
    combos[0].setCurrentIndex(combos[0].findData("csv"))
    assert not combos[1].isEnabled()
    dialog.accept()
    qtbot.waitUntil(lambda: (tmp_path / "chosen.csv").exists() and not app.jobs.running)


def test_the_share_menu_of_the_top_bar_exports(app: App, tmp_path: Path, choose_file, qtbot: QtBot):
    choose_file(tmp_path / "shared")
    app.window.commands["share.csv"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "shared.csv").exists() and not app.jobs.running)


def test_recent_files_are_offered(app: App, saved: Path, qtbot: QtBot):
    app.remember_file(saved)
    file_menu = app.window.menuBar().actions()[0].menu()
    recent = next(action.menu() for action in file_menu.actions() if action.text() == "Open &recent")
    recent.aboutToShow.emit()
    recent.actions()[0].trigger()
    wait_until_open(qtbot, app, saved)


def test_a_real_spreadsheet_is_imported_from_the_command_line(
    make_app: MakeApp, tmp_path: Path, qtbot: QtBot
):
    path = table_file(tmp_path)
    app = make_app(path)
    take(qtbot, app, wait_for_dialog(qtbot, ImportDialog))
    assert len(app.document.plan.items) == 2


def test_a_table_without_dates_can_be_started_today(make_app: MakeApp, tmp_path: Path, qtbot: QtBot):
    path = tmp_path / "undated.csv"
    path.write_text("Key,Title,Duration,Depends on\nA-1,Build,5,\nA-2,Test,2,A-1\n", "utf-8")
    app = make_app(path)
    take(qtbot, app, wait_for_dialog(qtbot, ImportDialog))
    assert not app.document.schedule.start
    app.window.commands["item.start_today"].trigger()
    assert len(app.document.schedule.start) == 2
    assert [step.verb for step in app.document.done] == ["place_items"]


def test_names_of_files_are_made_safe():
    assert safe_name("Q4/2026: <plan>?") == "Q4 2026 plan"
    assert safe_name("   ") == "Untitled plan"
    assert safe_name("..") == "Untitled plan"
    assert len(safe_name("x" * 500)) == 80
