"""The earlier states that the plan can be compared with: baselines, days of its past, saves, other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtWidgets import QFileDialog

from ...io.backups import Backup, backups
from ...io.roadmap_file import is_roadmap, open_roadmap
from ...io.strings import say
from ...model.document import Document
from ...model.edits.baselines import as_of
from ...model.history.kept import History, local_day
from ...model.plan import Plan
from ...model.records import Baseline
from ...model.refused import Refused
from ...model.schedule import Schedule, schedule
from .. import dates
from ..commands.files import SUFFIX, TABLE_SUFFIXES, dialog_filter
from ..dialogs.ask import tell
from ..files.restoring import FOLDER

if TYPE_CHECKING:
    from ..app import App

_AGO = (("yesterday", 1), ("week", 7), ("month", 30), ("quarter", 91))


class Earlier(msgspec.Struct, frozen=True):
    """A state to compare the plan with."""

    title: str
    plan: Plan
    times: Schedule
    since: str = ""
    """UTC, ISO 8601, when it was so; empty: nobody knows."""
    dates_only: bool = False
    """Nothing is known of it but the dates."""


Found = Callable[[Earlier], object]


class Source(NamedTuple):
    """A state that can be chosen; `find` gets it, at once or after a while, and hands it on."""

    section: str
    title: str
    find: Callable[[Found], object]


def sources(app: App) -> Iterator[Source]:
    """Everything there is to compare with, by sections."""
    plan = app.document.kept
    for baseline in sorted(plan.baselines.values(), key=lambda one: (one.taken, one.id), reverse=True):
        title = say("changes.baseline", title=baseline.title, day=dates.day(baseline.taken))
        yield Source("baselines", title, partial(_take_baseline, app, baseline))
    if app.document.dirty and app.desk.path is not None:
        saved = app.desk.saved_plan
        title = say("changes.last_save")
        yield Source("saves", title, partial(_take, Earlier(title, saved, schedule(saved))))
    yield from _days_ago(app.document)
    known = backups(app.settings.folder / FOLDER, plan.info.id)
    for backup in known:
        yield Source("saves", dates.moment(backup.time), partial(_read_backup, app, backup))
    yield Source("file", say("changes.file"), partial(_choose_file, app))


def _take(earlier: Earlier, found: Found) -> None:
    found(earlier)


def _take_baseline(app: App, baseline: Baseline, found: Found) -> None:
    found(of_baseline(app, baseline))


def of_baseline(app: App, baseline: Baseline) -> Earlier:
    """The plan as it was when the baseline was taken; its dates alone where the history does not say more."""
    document = app.document
    history = History(document)
    title = baseline.title
    place = history.made(baseline.id)
    plan = history.state(place) if place is not None else None
    if plan is not None and place is not None:
        known = plan.baselines.get(baseline.id)
        if known is not None and known.taken == local_day(history.heading(place).time):
            return Earlier(title, plan, schedule(plan), history.heading(place).time)
    dated = as_of(document.kept, baseline)
    since = datetime.combine(baseline.taken, datetime.min.time()).astimezone(UTC)
    return Earlier(title, dated, schedule(dated), since.isoformat(timespec="seconds"), dates_only=True)


def _days_ago(document: Document) -> Iterator[Source]:
    """The plan as it was at the end of some days, as far as its history goes back."""
    history = History(document)
    if not len(history):
        return
    today = date.today()
    first = local_day(history.heading(0).time)
    for code, days in _AGO:
        day = today - timedelta(days=days)
        if first is None or day < first:
            return
        title = say(f"changes.ago.{code}", day=dates.day(day))

        def find(found: Found, day: date = day, title: str = title) -> None:
            place = history.last_before(day + timedelta(days=1))
            plan = history.state(place)
            if plan is not None:
                midnight = datetime.combine(day + timedelta(days=1), datetime.min.time()).astimezone(UTC)
                found(Earlier(title, plan, schedule(plan), midnight.isoformat(timespec="seconds")))

        yield Source("history", title, find)


def _read_backup(app: App, backup: Backup, found: Found) -> None:
    def finish(plan: Plan) -> None:
        since = backup.time.isoformat(timespec="seconds")
        found(Earlier(dates.moment(backup.time), plan, schedule(plan), since))

    _read(app, backup.path, lambda: open_roadmap(backup.path).plan, finish)


def _choose_file(app: App, found: Found) -> None:
    folder = app.desk.path.parent if app.desk.path else Path(app.settings.kept.folder)
    kinds = dialog_filter("ui.open.everything", SUFFIX, *TABLE_SUFFIXES)
    name, _ = QFileDialog.getOpenFileName(app.window, say("changes.choose"), str(folder), kinds)
    if name:
        compare_with_file(app, Path(name), found)


def compare_with_file(app: App, path: Path, found: Found) -> None:
    """Read a plan or a spreadsheet, to compare with it."""

    def read() -> Plan:
        if is_roadmap(path):
            return open_roadmap(path).plan
        from ...io.importing import import_file

        return import_file(path).plan

    def finish(plan: Plan) -> None:
        found(Earlier(path.name, plan, schedule(plan)))

    _read(app, path, read, finish)


def _read(app: App, path: Path, work: Callable[[], Plan], finish: Callable[[Plan], None]) -> None:
    desk = app.desk

    def done(plan: Plan) -> None:
        if app.desk is desk:
            finish(plan)

    def fail(error: Exception) -> None:
        if isinstance(error, Refused):
            tell(app.window, say("ui.open.failed", file=path.name), say(error.code, **error.values))
        else:
            app.faults.show(error)

    app.read(say("ui.opening", file=path.name), lambda _: work(), done, fail)
