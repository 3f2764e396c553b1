"""An import from the file or the clipboard to the plan: read, looked at, then taken in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from ...io.complaint import Imported
from ...io.importing import import_file, read_sheets
from ...io.sources import joined, remembered
from ...io.strings import count, say
from ...io.tables.text import has_columns, source_of
from ...model.document import Document
from ...model.edits.importing import import_plan
from ...model.plan import Plan
from ..commands import files
from ..commands.edit import undo_way_out
from ..commands.item import start_today
from ..commands.keeping import commit, reveal
from ..jobs import Progress
from ..messages import Message, WayOut
from .dialog import ImportDialog, Taken
from .memory import Memory, Seen
from .report import ImportReport

if TYPE_CHECKING:
    from ..app import App

Fail = Callable[[Exception], None]


def import_path(app: App, path: Path, fail: Fail) -> None:
    """Read a file off the UI thread, and show what comes of it before anything is changed."""

    memory = Memory(app.settings.folder)

    def work(progress: Progress) -> Seen | Imported:
        source = read_sheets(path, progress)
        return memory.look_at(source) if source is not None else import_file(path, progress=progress)

    _read(app, path.name, path, memory, work, fail)


def import_clipboard(app: App, fail: Fail) -> None:
    """The same with the table that is in the clipboard."""
    text, name = QGuiApplication.clipboard().text(), say("importing.clipboard")
    if not has_columns(text):
        app.messages.say("importing.no_table")
        return
    memory = Memory(app.settings.folder)
    _read(app, name, None, memory, lambda _: memory.look_at(source_of(Path(name), text)), fail)


def _read(
    app: App,
    name: str,
    path: Path | None,
    memory: Memory,
    work: Callable[[Progress], Seen | Imported],
    fail: Fail,
) -> None:
    def finish(read: Seen | Imported) -> None:
        dialog = ImportDialog(
            app.window,
            name,
            read,
            app.document.kept,
            jobs=app.jobs,
            memory=memory,
            theme=app.themes.theme,
            fail=app.faults.show,
        )
        dialog.taken.connect(lambda taken: _take(app, name, path, taken))
        dialog.open()

    app.read(say("ui.importing", file=name), work, finish, fail)


def _take(app: App, name: str, path: Path | None, taken: Taken) -> None:
    if taken.into_open:
        _take_in(app, name, path, taken.imported)
        return
    if not files.may_leave(app):
        return

    def work(_: Progress) -> Plan:
        plan = taken.imported.plan
        if path is None:
            return plan.put(replace(plan.info, title=say("ui.untitled")))
        return remembered(plan, path, taken.imported.how.choices)

    app.read(
        say("ui.importing", file=name),
        work,
        lambda plan: _put_on_desk(app, name, plan, taken.imported),
        app.faults.show,
    )


def _put_on_desk(app: App, name: str, plan: Plan, imported: Imported) -> None:
    document = Document(plan)
    document.mark_unsaved()
    app.put_on_desk(document)
    ways_out: list[WayOut] = [("ui.save_now", lambda: files.save(app)), *_report_way_out(app, name, imported)]
    if not any(id in document.schedule for id in document.plan.items):
        app.window.show_panel("backlog", True)  # there they all are, waiting to be dragged
        ways_out.insert(0, ("ui.start_today", lambda: start_today(app)))
    text = count("importing.made", len(plan.items), file=name)
    app.messages.tell(Message(text, ways_out=tuple(ways_out), stays=True))


def _report_way_out(app: App, name: str, imported: Imported) -> tuple[WayOut, ...]:
    def show() -> None:
        ImportReport(app.window, name, imported.complaints, app.settings.kept.folder).open()

    return (("importing.report", show),) if imported.complaints else ()


def _take_in(app: App, name: str, path: Path | None, imported: Imported) -> None:
    """Add it to the open plan: one step, which undo takes back whole."""
    document, before = app.document, app.document.kept

    def work(_: Progress) -> Plan:
        return _with(before, imported, path)

    def finish(after: Plan) -> None:
        if app.document is not document:
            return  # there is another plan now

        def import_plan(kept: Plan) -> Plan:
            return after if kept is before else _with(kept, imported, path)

        if commit(app, import_plan) is None:
            return
        fresh = [id for id in document.kept.outline.roots if id not in before.items]
        app.session.select(fresh)
        if fresh:
            reveal(app, fresh[0])
        text = count("importing.done", len(imported.plan.items), file=name)
        ways_out = (undo_way_out(app), *_report_way_out(app, name, imported))
        app.messages.tell(Message(text, ways_out=ways_out))

    app.read(say("ui.importing", file=name), work, finish, app.faults.show)


def _with(plan: Plan, imported: Imported, path: Path | None) -> Plan:
    if path is None:
        return import_plan(plan, imported.plan)
    return joined(plan, imported.plan, path, imported.how.choices)
