"""Saving the plan: never over what could not be read, nor over what another program has written since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ...io.roadmap_file import save_roadmap
from ...io.strings import say
from ...model.refused import Refused
from ..commands.files import SUFFIX, dialog_filter, safe_name, same_file
from ..dialogs.ask import Role, ask, tell
from . import restoring

if TYPE_CHECKING:
    from ..app import App

MANY = 10
"""From so many items on, losing most of them is worth a question."""
CHANGED_UNDER_US = frozenset(("file.changed", "file.empty", "file.zeros"))
"""Why a save stops because another program has written to the file since."""


def save(app: App) -> bool:
    """Write the plan to its file; asks for one where it has none, or where its own must not be replaced."""
    desk = app.desk
    if desk.path is None or desk.damaged:
        return save_as(app)
    return _save_to(app, desk.path, desk.digest)


def save_as(app: App) -> bool:
    """Ask for a file and write the plan to it; whether that was done."""
    desk = app.desk
    suggested = desk.path.stem if desk.path else safe_name(desk.title)
    if desk.damaged:
        suggested += say("ui.save.rescued")
    folder = desk.path.parent if desk.path else Path(app.settings.kept.folder)
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
    return _save_to(app, path, None)


def _save_to(app: App, path: Path, expected: str | None) -> bool:
    desk, document = app.desk, app.document
    if path == desk.path and not _may_shrink(app, path):
        return False
    try:
        digest = save_roadmap(path, document.kept, document.past, document.done, expected)
    except Refused as refused:
        if refused.code in CHANGED_UNDER_US:
            return _save_over_changed(app, path)
        tell(app.window, say("ui.save.failed", file=path.name), say(refused.code, **refused.values))
        return False
    desk.saved(path, digest)
    restoring.keep(app, path)
    app.remember_file(path)
    app.refresh()
    app.messages.say("ui.saved", file=path.name)
    return True


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


def _save_over_changed(app: App, path: Path) -> bool:
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
    if answer == "save_as":
        return save_as(app)
    return answer == "replace" and _save_to(app, path, None)


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
    return save(app) if answer == "save" else answer == "leave"


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
