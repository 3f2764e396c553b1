"""Offers back what a crash has left, and does with it what is wished."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...io.left import Left, left_behind
from ...io.roadmap_file import file_digest, open_roadmap, save_roadmap
from ...io.strings import count, say
from ...model.merge import merge, merge_in
from ...model.plan import Plan
from ...model.refused import Refused
from ..commands import files
from ..commands.files import SUFFIX
from ..dialogs.ask import tell
from ..dialogs.recovery import RecoveryDialog
from ..jobs import Progress
from ..messages import Message
from .journalling import FOLDER

if TYPE_CHECKING:
    from ..app import App


def offer(app: App) -> None:
    """Look for what crashes have left, off the UI thread, and ask about it."""

    def work(_: Progress) -> list[Left]:
        return list(left_behind(app.settings.folder / FOLDER))

    def finish(found: list[Left]) -> None:
        if found:
            dialog = RecoveryDialog(app.window, found)
            dialog.compared.connect(lambda left: dialog.show_difference(_difference(left)))
            dialog.wished.connect(lambda wish, left: _do(app, wish, left))
            dialog.open()

    app.jobs.start(say("recovery.looking"), work, finish, app.faults.show)


def _do(app: App, wish: str, left: Left) -> None:
    if wish == "discard":
        left.discard()
        app.messages.say("recovery.discarded", title=left.header.title)
    elif wish == "copy":
        _save_copy(app, left)
    elif files.may_leave(app):
        if wish == "recover":
            recover(app, left)
        elif left.path is not None:
            files.open_path(app, left.path)
            return  # the journal stays until it is thrown away: the next start offers it again
    if wish in ("discard", "copy", "recover"):
        offer(app)  # there may be more


def recover(app: App, left: Left) -> None:
    """Put the document on the desk as the crash found it; changes of its file since then are merged."""
    document, asked = left.recovered(), 0
    digest = left.header.digest
    if left.path is not None:
        try:
            now = file_digest(left.path)
            if digest and now != digest:
                theirs = _sound(left.path)
                asked = len(merge(left.base.plan, document.kept, theirs).conflicts)
                document.commit(merge_in, left.base.plan, theirs)
            digest = now
        except Refused:
            digest = ""  # the file is gone, or can't be read whole: saving asks for another
    app.put_on_desk(document, path=left.path if digest else None, digest=digest)
    app.desk.journal.begin(app.desk.path, digest, unsaved=left.changes)
    app.desk.journal.secure()
    left.discard()
    text = count("recovery.recovered", left.changes)
    if asked:
        text += " " + count("recovery.merged", asked)
    if left.unreadable:
        text += " " + count("recovery.unreadable", left.unreadable)
    app.messages.tell(Message(text, ways_out=(("ui.save_now", lambda: files.save(app)),), stays=True))


def _sound(path: Path) -> Plan:
    """The plan in a file: what is missing in a damaged one must not look as if somebody had deleted it."""
    opened = open_roadmap(path)
    if opened.damaged:
        raise Refused("merging.damaged", file=str(path))
    return opened.plan


def _save_copy(app: App, left: Left) -> None:
    from PySide6.QtWidgets import QFileDialog

    folder = left.path.parent if left.path else Path(app.settings.kept.folder)
    name = files.safe_name(left.header.title) + say("recovery.suffix") + SUFFIX
    chosen, _ = QFileDialog.getSaveFileName(app.window, say("recovery.copy"), str(folder / name))
    if not chosen:
        return
    path = Path(chosen) if Path(chosen).suffix.lower() == SUFFIX else Path(chosen + SUFFIX)
    document = left.recovered()
    try:
        save_roadmap(path, document.kept, document.past, document.done)
    except Refused as refused:
        tell(app.window, say("ui.save.failed", file=path.name), say(refused.code, **refused.values))
        return
    left.discard()
    app.messages.say("ui.saved", file=path.name)


def _difference(left: Left) -> str:
    """In what the recovered plan differs from the file as it is, or from what it began with."""
    from ...io.difference import as_text, report
    from ...model.history.earlier import of_plan, what_changed
    from ...model.history.kept import History

    old = left.base.plan
    if left.path is not None:
        with suppress(Refused):  # the file is gone, or can't be read
            old = open_roadmap(left.path).plan
    new = left.recovered()
    told = what_changed(of_plan("", old), new.kept, new.kept_schedule, History(new))
    return as_text(report(told))
