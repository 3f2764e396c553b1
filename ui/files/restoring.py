"""Keeps a copy of each save, shows the copies, and brings one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ...io.backups import Backup, backups, keep_backup
from ...io.roadmap_file import Opened, open_roadmap
from ...io.strings import say
from ...model.document import Document
from ...model.edits.history import restore_plan
from ...model.refused import Refused
from ..commands import files
from ..dates import moment
from ..dialogs.ask import tell
from ..dialogs.backups import BackupsDialog

if TYPE_CHECKING:
    from ..app import App

FOLDER = "backups"
"""In the state folder."""


def keep(place: Path, plan_id: str, path: Path) -> str:
    """Copy the file that was just saved. Where that fails the plan is saved all the same: why it did."""
    try:
        keep_backup(place, plan_id, path)
    except (OSError, Refused) as error:
        return say(error.code, **error.values) if isinstance(error, Refused) else str(error.strerror)
    return ""


def show(app: App) -> None:
    """Show the copies of the open plan."""
    found = backups(app.settings.folder / FOLDER, app.document.kept.info.id)
    dialog = BackupsDialog(app.window, app.desk.title or say("ui.untitled"), found)
    dialog.looked_at.connect(lambda backup: _read(app, backup, lambda opened: _look(app, backup, opened)))
    dialog.opened.connect(lambda backup: _read(app, backup, lambda opened: _open(app, opened)))
    dialog.restored.connect(lambda backup: _read(app, backup, lambda opened: _restore(app, opened)))
    dialog.open()


def _read(app: App, backup: Backup, use: Callable[[Opened], None]) -> None:
    def fail(error: Exception) -> None:
        if isinstance(error, Refused):
            tell(app.window, say("backups.unreadable"), say(error.code, **error.values))
        else:
            app.faults.show(error)

    app.read(say("ui.opening", file=backup.path.name), lambda _: open_roadmap(backup.path), use, fail)


def _look(app: App, backup: Backup, opened: Opened) -> None:
    app.document.look_at(opened.plan, say("backups.was", time=moment(backup.time)))


def _open(app: App, opened: Opened) -> None:
    if files.may_leave(app):
        document = Document(opened.plan, past=opened.history)
        document.mark_unsaved()
        app.put_on_desk(document)
        app.messages.say("backups.looking")


def _restore(app: App, opened: Opened) -> None:
    if app.document.commit(restore_plan, opened.plan):
        app.messages.done(say("backups.restored"))
    else:
        app.messages.say("backups.same")
