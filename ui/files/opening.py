"""Opening plans and importing the files of others: read off the UI thread, and only then put on the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ...io.roadmap_file import Opened, open_roadmap
from ...io.sample import sample_plan
from ...io.strings import say
from ...model.document import Document
from ...model.plan import new_plan
from ...model.refused import Refused
from ..commands import files
from ..commands.files import SUFFIX, TABLE_SUFFIXES, dialog_filter
from ..dialogs.ask import tell
from ..jobs import Progress

if TYPE_CHECKING:
    from ..app import App

LONG_HISTORY = 50_000
"""From so many changes on the history is offered to be made shorter."""


def new(app: App) -> None:
    """Put an empty plan on the desk."""
    if files.may_leave(app):
        app.put_on_desk(Document(new_plan(say("ui.untitled"))))


def open_sample(app: App) -> None:
    """Put the sample plan on the desk."""
    if files.may_leave(app):
        app.put_on_desk(Document(sample_plan(date.today())))


def open_chosen(app: App) -> None:
    """Ask for a plan, or for anything that can be imported, and open it."""
    everything = dialog_filter("ui.open.everything", SUFFIX, *TABLE_SUFFIXES)
    filters = (everything, dialog_filter("ui.open.plans", SUFFIX), dialog_filter("ui.open.all", ""))
    _open_dialog(app, say("ui.open.title"), filters)


def import_chosen(app: App) -> None:
    """Ask for a spreadsheet and import it into a new plan."""
    filters = (dialog_filter("ui.import.tables", *TABLE_SUFFIXES), dialog_filter("ui.open.all", ""))
    _open_dialog(app, say("ui.import.title"), filters)


def _open_dialog(app: App, title: str, filters: tuple[str, ...]) -> None:
    folder = app.settings.kept.folder
    name, _ = QFileDialog.getOpenFileName(app.window, title, folder, ";;".join(filters))
    if name:
        open_path(app, Path(name))


def open_path(app: App, path: Path) -> None:
    """Open a plan or import anything else, as the suffix says; the file is read off the UI thread."""
    if path.suffix.lower() == SUFFIX:
        open_plan(app, path)
    else:
        import_path(app, path)


def take_dropped(app: App, paths: Sequence[Path]) -> None:
    """Merge the files if all are replies to the open plan, or newer ones of its source; else open one."""
    plan = app.document.kept
    sources = {source.title.casefold() for source in plan.sources.values()}

    def work(_: Progress) -> bool:
        from ...io.workbook.reply import is_reply

        return all(
            path.name.casefold() in sources
            or (path.suffix.lower() == ".xlsx" and is_reply(path, plan.info.id))
            for path in paths
        )

    def finish(replies: bool) -> None:
        if replies:
            from ..merging.copies import merge_files

            merge_files(app, paths)
        else:
            open_path(app, paths[0])

    app.read(say("ui.opening", file=paths[0].name), work, finish, app.faults.show)


def open_plan(app: App, path: Path) -> None:
    def finish(opened: Opened) -> None:
        if files.may_leave(app):
            show_opened(app, path, opened)

    app.read(
        say("ui.opening", file=path.name), lambda _: open_roadmap(path), finish, _could_not_open(app, path)
    )


def show_opened(app: App, path: Path, opened: Opened) -> None:
    """Put a plan that was read onto the desk, and show what was wrong with its file."""
    document = Document(opened.plan, past=opened.history)
    if opened.damaged:
        document.mark_unsaved()
    app.put_on_desk(document, path=path, digest=opened.digest, damaged=opened.damaged)
    app.remember_file(path)
    if opened.complaints:
        from ..dialogs.complaints import ComplaintReport

        code = "ui.report.damaged" if opened.damaged else "ui.report.notes"
        ComplaintReport(app.window, path.name, code, opened.complaints).open()
    else:
        app.messages.say("ui.opened", file=path.name)
    if len(opened.history) >= LONG_HISTORY:
        from . import shortening

        shortening.offer(app)


def import_path(app: App, path: Path) -> None:
    """Read a file of another program, and show what comes of it before anything is changed."""
    from ..importing import flow

    flow.import_path(app, path, _could_not_open(app, path))


def import_clipboard(app: App) -> None:
    """The same with the table that is in the clipboard."""
    from ..importing import flow

    flow.import_clipboard(app, _could_not_open(app, Path(say("importing.clipboard"))))


def _could_not_open(app: App, path: Path) -> Callable[[Exception], None]:
    def fail(error: Exception) -> None:
        if isinstance(error, Refused):
            if error.code == "file.missing":
                app.settings.forget_file(path)
            tell(app.window, say("ui.open.failed", file=path.name), say(error.code, **error.values))
        else:
            app.faults.show(error)

    return fail
