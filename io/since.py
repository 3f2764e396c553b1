"""The earlier state that somebody names to compare a plan with: a baseline, an export, a day, a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..model.document import Document
from ..model.history.earlier import (
    Earlier,
    Told,
    of_baseline,
    of_day,
    of_export,
    of_plan,
    what_changed,
)
from ..model.history.kept import History
from ..model.history.past import read_heading
from ..model.plan import Plan
from ..model.refused import Refused
from ..model.schedule import schedule
from . import days
from .loading import Loaded, load


def of_loaded(title: str, loaded: Loaded) -> Earlier:
    """A plan from a file, as it was when the last line of its history was written."""
    try:
        since = read_heading(loaded.history[-1]).time if loaded.history else ""
    except Refused:
        since = ""
    return of_plan(title, loaded.plan, since)


def named(name: str, plan: Plan, history: History) -> Earlier:
    """The state of a plan that goes by a name: the title of a baseline, the name of a workbook that was sent
    out, a day of its history as 2026-06-01, or else a file.

    Raises:
        Refused("since.day", day): the history does not go back so far.
        Refused("since.unknown", name, known): nothing goes by that name.
        Refused(code, file, ...): as `load`.
    """
    folded = name.strip().casefold()
    for baseline in plan.baselines.values():
        if baseline.title.casefold() == folded:
            return of_baseline(baseline, plan, history)
    for sent in sorted(plan.exports.values(), key=lambda one: one.time, reverse=True):
        if sent.title.casefold() == folded and (found := of_export(sent, history)) is not None:
            return found
    try:
        day = date.fromisoformat(name.strip())
    except ValueError:
        path = Path(name)
        if not path.is_file():
            known = [baseline.title for baseline in plan.baselines.values()]
            raise Refused("since.unknown", name=name, known=known or "–") from None
        return of_loaded(path.name, load(path))
    then = of_day(days.day(day), day, history)
    if then is None:
        raise Refused("since.day", day=days.day(day))
    return then


def told_since(name: str, loaded: Loaded) -> Told:
    """What has become in a plan of the state of that name. Raises as `named`."""
    history = History(Document(loaded.plan, past=loaded.history))
    return what_changed(named(name, loaded.plan, history), loaded.plan, schedule(loaded.plan), history)


def told_between(title: str, old: Loaded, new: Loaded) -> Told:
    """What has become of the plan of one file, which goes by that title, in the plan of another."""
    history = History(Document(new.plan, past=new.history))
    return what_changed(of_loaded(title, old), new.plan, schedule(new.plan), history)
