"""The earlier states that a plan can be compared with: a baseline, a day of its history, another file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from ..compare import NOT_BEFORE, PLACE, Comparison, LinkEntry
from ..edits.baselines import as_of
from ..plan import Plan
from ..query import rows
from ..records import Baseline, Item, ItemId, SentWorkbook, View
from ..schedule import Schedule, schedule
from .kept import History, local_day
from .news import News, Story, story


class Earlier(msgspec.Struct, frozen=True):
    """A state to compare a plan with."""

    title: str
    """What it is called: `What changed since <title>`."""
    plan: Plan
    times: Schedule
    since: str = ""
    """UTC, ISO 8601, when it was so; empty: nobody knows."""
    day: date | None = None
    """The day of it, where it is not that of `since`."""
    dates_only: bool = False
    """Nothing is known of it but the dates."""


def of_plan(title: str, plan: Plan, since: str = "") -> Earlier:
    return Earlier(title, plan, schedule(plan), since)


def of_baseline(baseline: Baseline, now: Plan, history: History) -> Earlier:
    """The plan as it was when the baseline was taken; its dates alone where the history does not say more."""
    place = history.made(baseline.id)
    plan = history.state(place) if place is not None else None
    if plan is not None and place is not None:
        known = plan.baselines.get(baseline.id)
        if known is not None and known.taken == local_day(history.heading(place).time):
            return of_plan(baseline.title, plan, history.heading(place).time)
    dated = as_of(now, baseline)
    return Earlier(baseline.title, dated, schedule(dated), _midnight(baseline.taken), dates_only=True)


def of_export(sent: SentWorkbook, history: History) -> Earlier | None:
    """The plan as it was when a workbook of it was sent out; None: its history does not say."""
    place = history.made(sent.id)
    plan = history.state(place) if place is not None else None
    if plan is None or place is None or sent.id not in plan.exports:
        return None
    return of_plan(sent.title, plan, history.heading(place).time)


def of_day(title: str, day: date, history: History) -> Earlier | None:
    """The plan as it was at the end of a day, local time; None: its history does not go back so far."""
    first = local_day(history.heading(0).time) if len(history) else None
    if first is None or day < first:
        return None
    after = day + timedelta(days=1)
    plan = history.state(history.last_before(after))
    return Earlier(title, plan, schedule(plan), _midnight(after), day) if plan is not None else None


def of_step(title: str, place: int, history: History) -> Earlier | None:
    """The plan as it was after a step; None: its history does not lead there."""
    plan = history.state(place)
    return of_plan(title, plan, history.heading(place).time) if plan is not None else None


class Told(msgspec.Struct, frozen=True):
    """What has become of an earlier state in a plan."""

    earlier: Earlier
    plan: Plan
    story: Story

    def seen_in(self, view: View | None, times: Schedule) -> Told:
        """Only what is about the items that a view shows; `times` are the schedule of the plan."""
        if view is None or not view.filter.strip():
            return self
        states = ((self.earlier.plan, self.earlier.times), (self.plan, times))
        found = (row.item for state in states for row in rows(*state, view, backlog=True))
        return self.among({id for id in found if id is not None})

    def among(self, ids: Collection[ItemId], fields: Collection[str] | None = None) -> Told:
        """Only what is about these items, of both plans, and these fields, by key or the title of an own one
        (None: all), for whoever is not to see more.
        """
        news = []
        for one in self.story.news:
            causes = tuple(cause for cause in one.causes if cause.other is None or cause.other in ids)
            known = tuple(
                change
                for change in one.fields
                if fields is None or change.field in fields or change.field in (PLACE, NOT_BEFORE)
            )
            problem = one.problem.ids if one.problem is not None else ()
            if one.id in ids and all(id in ids for id in problem) and bool(known) == bool(one.fields):
                news.append(replace(one, causes=causes, fields=known))
        return replace(self, story=Story(_rooted(news), self._links_among(ids)))

    def _links_among(self, ids: Collection[ItemId]) -> Comparison:
        keys = {item.key for plan in (self.earlier.plan, self.plan) for item in _of(plan, ids)}
        old = self.story.comparison

        def known(links: tuple[LinkEntry, ...]) -> tuple[LinkEntry, ...]:
            return tuple(link for link in links if link.source in keys and link.target in keys)

        return Comparison(
            links_added=known(old.links_added),
            links_removed=known(old.links_removed),
            links_changed=known(old.links_changed),
        )


def what_changed(earlier: Earlier, plan: Plan, times: Schedule, history: History) -> Told:
    """What has become of an earlier state in the plan, with the reasons that its history knows."""
    reasons = history.reasons_since(earlier.since) if earlier.since else {}
    found = story(earlier.plan, earlier.times, plan, times, reasons, dates_only=earlier.dates_only)
    return Told(earlier, plan, found)


def _rooted(news: list[News]) -> tuple[News, ...]:
    """None is told below one that is left out."""
    there = {(one.kind, one.id) for one in news}
    return tuple(one if (one.kind, one.root) in there else replace(one, root=None) for one in news)


def _of(plan: Plan, ids: Collection[ItemId]) -> list[Item]:
    return [plan.items[id] for id in ids if id in plan.items]


def _midnight(day: date) -> str:
    """When a day begins where the computer is, in UTC."""
    begin = datetime.combine(day, datetime.min.time()).astimezone(UTC)
    return begin.isoformat(timespec="seconds")
