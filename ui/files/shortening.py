"""Making a long history shorter, once somebody has said that it may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ...io.compaction import compacted, first_kept
from ...io.days import day
from ...io.strings import say
from ...model.history.past import undone
from ...model.refused import Refused
from ..commands import files
from ..dialogs.ask import Role, ask
from ..jobs import Progress
from ..messages import Message

if TYPE_CHECKING:
    from ..app import App


def offer(app: App) -> None:
    """Say that the history is long, with the way to make it shorter."""
    text = say("shortening.offer", n=f"{len(app.document.past):,}")
    way_out = ("shortening.do", lambda: shorten(app))
    app.messages.tell(Message(text, ways_out=(way_out,), stays=True))


def shorten(app: App) -> None:
    """Find out what would become of the history, off the UI thread, and ask whether it may."""
    if app.document.barred:
        app.messages.refuse(Refused(app.document.barred))
        return
    desk, plan, past, steps = app.desk, app.document.kept, app.document.past, tuple(app.document.done)
    today = datetime.now(UTC).date()

    def work(_: Progress) -> tuple[bytes, ...]:
        short = compacted(past, today)
        opened = plan
        for step in reversed(steps):
            opened = opened.apply(step.change.inverted())
        # one that leads to another beginning is no history of this plan
        return short if len(short) < len(past) and undone(opened, short) == undone(opened, past) else past

    def finish(short: tuple[bytes, ...]) -> None:
        if app.desk is not desk or app.document.past is not past:
            return
        if short is past:
            app.messages.say("shortening.nothing")
        elif _may(app, len(past), len(short)):
            desk.shorten_past(short)
            way_out = ("ui.save_now", lambda: files.save(app))
            app.messages.say("shortening.done", n=f"{len(short):,}", way_out=way_out)

    app.jobs.start(say("shortening.looking"), work, finish, app.faults.show)


def _may(app: App, before: int, now: int) -> bool:
    until = day(first_kept(datetime.now(UTC).date()))
    answer = ask(
        app.window,
        say("shortening.title"),
        say("shortening.text", n=f"{before:,}", now=f"{now:,}", day=until),
        (("shorten", "shortening.yes", Role.AcceptRole), ("cancel", "ui.cancel", Role.RejectRole)),
        otherwise="cancel",
    )
    return answer == "shorten"
