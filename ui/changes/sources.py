"""The earlier states that the plan can be compared with: baselines, exports, its past, saves, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFileDialog

from ...io.backups import Backup, backups
from ...io.loading import load
from ...io.roadmap_file import open_roadmap
from ...io.since import of_loaded
from ...io.strings import say
from ...model.history.earlier import (
    Earlier,
    Told,
    of_baseline,
    of_day,
    of_export,
    of_plan,
    what_changed,
)
from ...model.history.kept import History, local_day
from ...model.schedule import Schedule
from .. import dates
from ..commands.files import SUFFIX, TABLE_SUFFIXES, dialog_filter
from ..files.exporting import Tell
from ..files.restoring import FOLDER

if TYPE_CHECKING:
    from ..app import App

_AGO = (("yesterday", 1), ("week", 7), ("month", 30), ("quarter", 91))


class Source(NamedTuple):
    """A state that can be chosen."""

    section: str
    title: str
    read: Callable[[], Earlier | None]
    """Gets it; it may take a while and be called in any thread. Raises Refused where a file can't be read."""


def sources(app: App) -> Iterator[Source]:
    """Everything there is to compare with, but files that nobody has named, by sections."""
    plan, history = app.document.kept, History(app.document)
    for baseline in sorted(plan.baselines.values(), key=lambda one: (one.taken, one.id), reverse=True):
        title = say("changes.baseline", title=baseline.title, day=dates.day(baseline.taken))
        yield Source("baselines", title, partial(of_baseline, baseline, plan, history))
    for sent in sorted(plan.exports.values(), key=lambda one: one.time, reverse=True):
        title = say("changes.baseline", title=sent.title, day=dates.day(sent.day))
        yield Source("exports", title, partial(of_export, sent, history))
    yield from states(app)


def states(app: App) -> Iterator[Source]:
    """States that have no name yet: saves, and days of the history."""
    if app.document.dirty and app.desk.path is not None:
        title = say("changes.last_save")
        yield Source("saves", title, partial(of_plan, say("changes.the_last_save"), app.desk.saved_plan))
    yield from _days_ago(History(app.document))
    for backup in backups(app.settings.folder / FOLDER, app.document.kept.info.id):
        yield Source("saves", dates.moment(backup.time), partial(_read_backup, backup))


def tellers(app: App) -> dict[str, Tell]:
    """What tells of each of them what has become of it, by their titles."""
    document = app.document
    plan, history = document.kept, History(document)

    def tell(source: Source) -> Told | None:
        earlier = source.read()
        return what_changed(earlier, plan, Schedule(plan), history) if earlier is not None else None

    return {source.title: partial(tell, source) for source in sources(app)}


def file_source(path: Path) -> Source:
    """A plan or a spreadsheet that somebody has named."""
    return Source("file", path.name, lambda: of_loaded(path.name, load(path)))


def choose_file(app: App) -> Source | None:
    """Ask for a file; None: nobody named one."""
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    kinds = dialog_filter("ui.open.everything", SUFFIX, *TABLE_SUFFIXES)
    name, _ = QFileDialog.getOpenFileName(app.window, say("changes.choose"), str(folder), kinds)
    return file_source(Path(name)) if name else None


def _days_ago(history: History) -> Iterator[Source]:
    """The plan as it was at the end of some days, as far as its history goes back."""
    today = date.today()
    first = local_day(history.heading(0).time) if len(history) else None
    for code, ago in _AGO:
        day = today - timedelta(days=ago)
        if first is None or day < first:
            return
        title = say(f"changes.ago.{code}", day=dates.day(day))
        yield Source("history", title, partial(of_day, dates.day(day), day, history))


def _read_backup(backup: Backup) -> Earlier:
    since = backup.time.isoformat(timespec="seconds")
    return of_plan(dates.moment(backup.time), open_roadmap(backup.path).plan, since)
