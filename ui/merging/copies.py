"""Merging what came back: workbooks, copies of the plan, its own file as somebody else saved it."""

from __future__ import annotations

from collections.abc import Sequence
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
from ..commands import files
from ..commands.files import SUFFIX, TABLE_SUFFIXES, dialog_filter, same_file
from ..dialogs.ask import tell
from ..jobs import Progress
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
    """Read the files off the UI thread, name those that can't be read, and review what the others change."""
    if not paths:
        return
    desk, document = app.desk, app.document
    mine, history = document.kept, [*document.past, *map(step_line, document.done)]

    def work(progress: Progress) -> tuple[list[tuple[Path, Returned]], list[tuple[Path, Refused]]]:
        read, refused = [], []
        for done, path in enumerate(paths):
            progress(done, len(paths))
            try:
                read.append((path, read_returned(path, mine, history)))
            except Refused as error:
                refused.append((path, error))
        return read, refused

    def finish(found: tuple[list[tuple[Path, Returned]], list[tuple[Path, Refused]]]) -> None:
        read, refused = found
        if app.desk is not desk:
            return
        if refused:
            names = ", ".join(path.name for path, _ in refused)
            reasons = (say(error.code, **error.values) for _, error in refused)
            tell(app.window, say("ui.open.failed", file=names), "\n".join(dict.fromkeys(reasons)))
        if read:
            _review(app, read)

    app.read(say("ui.opening", file=_called(paths)), work, finish, app.faults.show)


def _called(paths: Sequence[Path]) -> str:
    """One file by its name, several by their number."""
    return paths[0].name if len(paths) == 1 else count("merging.files", len(paths))


def _review(app: App, read: Sequence[tuple[Path, Returned]]) -> None:
    desk = app.desk
    copies, own = [], None
    for path, returned in read:
        if desk.path is not None and same_file(path, desk.path):
            returned = own = msgspec.structs.replace(returned, base=desk.saved_plan)
        copies.append(returned)
    review = MergeReview(app.window, app.document, copies, app.themes.theme)
    called = _called([path for path, _ in read])

    def finish() -> None:
        if own is not None:  # what it says is in this plan now, or was declined
            desk.digest, desk.saved_plan = own.digest, own.plan

    def merged(merge: Merge) -> None:
        finish()
        app.messages.done(count("merging.done", len(merge.proposals), file=called))

    if review.is_empty:
        review.reject()
        finish()
        app.messages.say("merging.nothing", file=called)
        return
    review.merged.connect(merged)
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
    if desk.elsewhere:
        way_out = ("elsewhere.show", lambda: files.open_path(app, path))
        app.messages.say("elsewhere.changed", way_out=way_out, file=path.name)
        return
    app.messages.say(
        "merging.changed",
        level="warning",
        way_out=("merging.look", lambda: merge_files(app, [path])),
        file=path.name,
    )
