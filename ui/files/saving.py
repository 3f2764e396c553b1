"""Saving the plan: never over what could not be read, nor over what another program has written since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ...io.roadmap_file import save_roadmap
from ...io.strings import say
from ...model.refused import Refused
from ..commands.files import SUFFIX, dialog_filter, safe_name, same_file
from ..dialogs.ask import Role, ask, escaped, tell
from ..jobs import Progress
from . import restoring

if TYPE_CHECKING:
    from ..app import App

MANY = 10
"""From so many items on, losing most of them is worth a question."""
CHANGED_UNDER_US = frozenset(("file.changed", "file.empty", "file.zeros"))
"""Why a save stops because another program has written to the file since."""


def save(app: App) -> bool:
    """Begin to write the plan to its file; asks for one where it has none, or where its own must not be
    replaced. Whether a save is under way: `settle` waits for its end.

    It happens off the UI thread, with the plan as it is now: what is edited meanwhile is in the next save.
    """
    desk = app.desk
    if desk.saving is not None:
        desk.save_again = True
        return True
    if desk.path is None or desk.damaged or desk.elsewhere:
        return save_as(app)
    return _begin(app, desk.path, desk.digest)


def settle(app: App) -> bool:
    """Return when no save is under way, whatever it asks; whether all is saved."""
    while (job := app.desk.saving) is not None:
        with app.busy():
            job.join()
        job.wait()
    return not app.document.dirty


def save_as(app: App) -> bool:
    """Ask for a file and begin to write the plan to it; whether that is under way."""
    desk = app.desk
    settle(app)
    suggested = desk.path.stem if desk.path else safe_name(desk.title)
    if desk.damaged:
        suggested += say("ui.save.rescued")
    elif desk.elsewhere:
        suggested += say("elsewhere.suffix")
    folder = desk.path.parent if desk.path and desk.path.parent.is_dir() else Path(app.settings.kept.folder)
    name, _ = QFileDialog.getSaveFileName(
        app.window,
        say("ui.save.title"),
        str(folder / (suggested + SUFFIX)),
        dialog_filter("ui.open.plans", SUFFIX),
    )
    if not name:
        return False
    path = Path(name)
    if path.suffix.lower() != SUFFIX:
        path = path.with_name(path.name + SUFFIX)
        if path.exists() and not may_replace(app, path):
            return False
    if desk.damaged and desk.path is not None and same_file(path, desk.path):
        tell(app.window, say("ui.save.damaged.title"), say("ui.save.damaged.text", file=path.name))
        return False
    return _begin(app, path, None)


def _begin(app: App, path: Path, expected: str | None) -> bool:
    desk, document = app.desk, app.document
    if path == desk.path and not _may_shrink(app, path):
        return False
    lock = app.hold(path)
    if lock is None:
        tell(app.window, say("elsewhere.save", file=path.name), say("elsewhere.save.text"))
        return False
    plan, past, done = document.kept, document.past, tuple(document.done)
    copies = app.settings.folder / restoring.FOLDER

    def work(_: Progress) -> tuple[str, str]:
        digest = save_roadmap(path, plan, past, done, expected)
        return digest, restoring.keep(copies, plan.info.id, path)

    def finish(result: tuple[str, str]) -> None:
        digest, trouble = result
        again, desk.saving, desk.save_again = desk.save_again, None, False
        desk.saved(path, digest, lock, plan, past, done)
        app.remember_file(path)
        app.refresh()
        if trouble:
            app.messages.say("backups.failed", level="warning", file=path.name, reason=trouble)
        else:
            app.messages.say("ui.saved", file=path.name)
        if again and document.dirty:
            save(app)

    def fail(error: Exception) -> None:
        desk.saving, desk.save_again = None, False
        if lock is not desk.lock:
            lock.release()
        if isinstance(error, Refused):
            desk.digest = str(error.values.get("digest", desk.digest))
            _say_why_not(app, path, error)
        else:
            app.faults.show(error)

    desk.saving = app.jobs.start(say("ui.saving", file=path.name), work, finish, fail, firm=True)
    return True


def _say_why_not(app: App, path: Path, refused: Refused) -> None:
    """Say why the file was not written, and what can be done; the plan stays open and in its journal."""
    if refused.code in CHANGED_UNDER_US:
        _ask_about_changed(app, path)
        return
    text = say("ui.save.kept", reason=say(refused.code, **refused.values))
    answer = ask(
        app.window,
        say("ui.save.failed", file=path.name),
        escaped(text),
        (
            ("save_as", "ui.changed.save_as", Role.AcceptRole),
            ("again", "ui.save.again", Role.ActionRole),
            ("cancel", "ui.save.later", Role.RejectRole),
        ),
        otherwise="cancel",
    )
    if answer == "save_as":
        save_as(app)
    elif answer == "again":
        _begin(app, path, app.desk.digest if path == app.desk.path else None)


def _may_shrink(app: App, path: Path) -> bool:
    """Ask before a plan that has lost most of its items takes the place of the one that has them."""
    before, now = len(app.desk.saved_plan.items), len(app.document.kept.items)
    if before < MANY or now * 2 >= before:
        return True
    answer = ask(
        app.window,
        say("ui.smaller.title", n=now, before=before),
        say("ui.smaller.text", file=path.name, before=before),
        (("save", "ui.leave.save", Role.DestructiveRole), ("cancel", "ui.cancel", Role.RejectRole)),
        otherwise="cancel",
    )
    return answer == "save"


def _ask_about_changed(app: App, path: Path) -> None:
    answer = ask(
        app.window,
        say("ui.changed.title", file=path.name),
        say("ui.changed.text"),
        (
            ("merge", "merging.look", Role.AcceptRole),
            ("save_as", "ui.changed.save_as", Role.ActionRole),
            ("replace", "ui.changed.replace", Role.DestructiveRole),
            ("cancel", "ui.cancel", Role.RejectRole),
        ),
        otherwise="cancel",
    )
    if answer == "merge":
        from ..merging.copies import merge_files

        merge_files(app, [path])
    elif answer == "save_as":
        save_as(app)
    elif answer == "replace":
        _begin(app, path, None)


def ask_before_leaving(app: App) -> bool:
    """Ask what becomes of the changes to the open plan; whether it may go then."""
    answer = ask(
        app.window,
        say("ui.leave.title", plan=app.desk.title or say("ui.untitled")),
        say("ui.leave.text"),
        (
            ("save", "ui.leave.save", Role.AcceptRole),
            ("leave", "ui.leave.leave", Role.DestructiveRole),
            ("cancel", "ui.cancel", Role.RejectRole),
        ),
        otherwise="cancel",
    )
    return (save(app) and settle(app)) if answer == "save" else answer == "leave"


def may_replace(app: App, path: Path) -> bool:
    """Whether a file that the dialog did not ask about may be replaced."""
    choices = (
        ("replace", "ui.replace.replace", Role.DestructiveRole),
        ("cancel", "ui.cancel", Role.RejectRole),
    )
    return (
        ask(app.window, say("ui.replace.title", file=path.name), say("ui.replace.text"), choices, "cancel")
        == "replace"
    )
