"""Merging what came back: workbooks, copies of the plan, its own file as somebody else saved it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import QFileDialog

from ...io.returned import Returned, read_returned
from ...io.roadmap_file import file_digest
from ...io.roadmap_lines import step_line
from ...io.strings import count, say
from ...model.merge import Merge
from ...model.refused import Refused
from ..commands.files import SUFFIX, TABLE_SUFFIXES, dialog_filter, same_file
from ..dialogs.ask import tell
from .review import MergeReview

if TYPE_CHECKING:
    from ..app import App


def choose(app: App) -> None:
    """Ask for returned workbooks, or for other files of the open plan, and merge them."""
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    kinds = dialog_filter("merging.kinds", ".xlsx", SUFFIX)
    names, _ = QFileDialog.getOpenFileNames(app.window, say("merging.choose"), str(folder), kinds)
    merge_files(app, [Path(name) for name in names])


def choose_update(app: App) -> None:
    """Ask for a newer version of the file that the open plan was imported from, and merge it."""
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    names = sorted({source.title for source in app.document.kept.sources.values()})
    start = folder / names[0] if names else folder
    kinds = dialog_filter("ui.import.tables", *TABLE_SUFFIXES)
    name, _ = QFileDialog.getOpenFileName(app.window, say("ui.update.title"), str(start), kinds)
    merge_files(app, [Path(name)] if name else [])


def merge_files(app: App, paths: Sequence[Path]) -> None:
    """Read the first file off the UI thread and review what it changes; then the next."""
    if not paths:
        return
    path, desk, document = paths[0], app.desk, app.document
    mine, history = document.kept, [*document.past, *map(step_line, document.done)]

    def fail(error: Exception) -> None:
        if isinstance(error, Refused):
            tell(app.window, say("ui.open.failed", file=path.name), say(error.code, **error.values))
        else:
            app.faults.show(error)

    def finish(returned: Returned) -> None:
        if app.desk is desk:
            _review(app, path, returned, lambda: merge_files(app, paths[1:]))

    app.read(say("ui.opening", file=path.name), lambda _: read_returned(path, mine, history), finish, fail)


def _review(app: App, path: Path, returned: Returned, then: Callable[[], None]) -> None:
    desk = app.desk
    own = desk.path is not None and same_file(path, desk.path)
    if own:
        returned = msgspec.structs.replace(returned, base=desk.saved_plan)
    review = MergeReview(app.window, app.document, returned, app.themes.theme)

    def finish() -> None:
        if own:  # what it says is in this plan now, or was declined
            desk.digest, desk.saved_plan = returned.digest, returned.plan

    def merged(merge: Merge) -> None:
        finish()
        app.messages.done(count("merging.done", len(merge.proposals), file=path.name))

    if review.is_empty:
        review.reject()
        finish()
        app.messages.say("merging.nothing", file=path.name)
        then()
        return
    review.merged.connect(merged)
    review.finished.connect(then)
    review.open()


def look_for_changes(app: App) -> None:
    """Say so if somebody else has saved the plan's file; asked whenever the window comes to the front."""
    desk = app.desk
    if desk.path is None or desk.damaged or not desk.digest:
        return
    try:
        stamp = desk.path.stat()
        seen = (stamp.st_mtime_ns, stamp.st_size)
        if seen == desk.seen:
            return
        desk.seen = seen
        if file_digest(desk.path) == desk.digest:
            return
    except (OSError, Refused):
        return  # a save will say what is wrong with the file
    path = desk.path
    app.messages.say(
        "merging.changed",
        level="warning",
        way_out=("merging.look", lambda: merge_files(app, [path])),
        file=path.name,
    )
