"""Exporting from the window: what, where to, and the news when it is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ...io.complaint import Complaint
from ...io.strings import say
from ...model.edits.exports import log_export
from ...model.outline import ranked
from ...model.records import SentWorkbook, View, new_id
from ...model.refused import Refused
from ...model.rows.filters import named
from ...model.schedule import Schedule
from ..changes.sources import tellers
from ..commands.files import dialog_filter, safe_name
from ..dialogs.ask import tell
from ..dialogs.complaints import ComplaintReport
from ..dialogs.export import ExportDialog
from ..messages import Message
from .exporting import FORMATS, Export, write
from .saving import may_replace

if TYPE_CHECKING:
    from ..app import App


def export_chosen(app: App) -> None:
    """Ask what to export and how, then where to."""
    document = app.document
    views = [_as_looked_at(app, view) for view in ranked(document.plan.views)]
    days = days_of(document.kept_schedule)
    dialog = ExportDialog(app.window, views, app.session.looks.view, days, document.plan, tellers(app))
    dialog.accepted.connect(lambda: export_to_chosen(app, dialog.chosen()))
    dialog.open()


def days_of(schedule: Schedule) -> tuple[date, date] | None:
    """The first and the last day of a plan; None where nothing has dates."""
    spans = [span for id in schedule.start if (span := schedule.dates(id)) is not None]
    if not spans:
        return None
    return min(span.first for span in spans), max(span.last for span in spans)


def share(app: App, suffix: str) -> None:
    """Export the plan as it is shown, in that format."""
    export_to_chosen(app, Export(suffix=suffix, view=_as_looked_at(app, app.session.view(app.document.plan))))


def _as_looked_at(app: App, view: View) -> View:
    """A view as it is on screen; who looks is named, as a file does not know."""
    plan = app.document.plan
    shown = app.session.view(plan, view.id)
    return replace(shown, filter=named(shown.filter, app.session.asker, plan))


def export_to_chosen(app: App, export: Export) -> None:
    """Ask for a file and write the export to it."""
    suffix = f".{export.suffix}"
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    name, _ = QFileDialog.getSaveFileName(
        app.window,
        say("ui.export.title"),
        str(folder / (safe_name(app.desk.title) + suffix)),
        dialog_filter(FORMATS[export.suffix], suffix),
    )
    if not name:
        return
    path = Path(name)
    typed = path.suffix.lower().removeprefix(".")
    if typed in FORMATS:  # what was typed says it more plainly than the list that was left as it was
        export = replace(export, suffix=typed)
    elif path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix)
        if path.exists() and not may_replace(app, path):
            return
    export_to(app, path, export)


def export_to(app: App, path: Path, export: Export) -> None:
    """Write the export; the plan may be edited on meanwhile."""
    plan, schedule, desk = app.document.kept, app.document.kept_schedule, app.desk
    entry: SentWorkbook | None = None
    if export.suffix == "xlsx":
        from ...io.workbook.sent import sent

        entry = sent(path.name, export.view, export.options, new_id())
        export = replace(export, export_id=entry.id)

    def fail(error: Exception) -> None:
        if isinstance(error, Refused):
            tell(app.window, say("ui.export.failed", file=path.name), say(error.code, **error.values))
        else:
            app.faults.show(error)

    def show_complaints(complaints: tuple[Complaint, ...]) -> None:
        ComplaintReport(app.window, path.name, "ui.report.exported", complaints).open()

    def finish(complaints: tuple[Complaint, ...]) -> None:
        if entry is not None and app.desk is desk and not app.document.barred:
            app.document.commit(log_export, entry)
        ways_out = [("ui.show_folder", lambda: _show_folder(path))]
        if complaints:
            ways_out.insert(0, ("ui.show_complaints", lambda: show_complaints(complaints)))
        app.messages.tell(Message(say("ui.exported", file=path.name), ways_out=tuple(ways_out)))

    if export.is_picture:  # fonts belong to the UI thread
        with app.busy():
            try:
                complaints = write(path, plan, schedule, export)
            except Refused as refused:
                fail(refused)
                return
        finish(complaints)
    else:
        app.jobs.start(
            say("ui.exporting", file=path.name),
            lambda progress: write(path, plan, schedule, export, progress),
            finish,
            fail,
        )


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
