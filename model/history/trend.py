"""How the forecasts of milestones moved: what each saved state of the plan said of their days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import msgspec

from ..plan import Plan
from ..records import ItemId, Span
from ..schedule import Schedule


class Forecast(msgspec.Struct, frozen=True):
    """A milestone: on which day what was said, the oldest first; the last one is what the plan says now."""

    id: ItemId
    title: str
    points: tuple[tuple[date, date], ...]
    """The day on which it was said, and the day that was forecast."""
    moved: int
    """Working days that it is later now than it was at first; negative: earlier."""

    @property
    def promises(self) -> int:
        """How many different days have been named one after the other."""
        named = [forecast for _, forecast in self.points]
        return 1 + sum(one != other for one, other in pairwise(named))


def trend(
    plan: Plan, times: Schedule, today: date, known: Mapping[date, Mapping[ItemId, Span]]
) -> list[Forecast]:
    """The milestones that were forecast before today, those that moved most first.

    `known` are the dates of further states by the day on which they were so, besides the baselines.
    """
    said: dict[date, Mapping[ItemId, Span]] = dict(known)
    for baseline in sorted(plan.baselines.values(), key=lambda one: (one.taken, one.id)):
        said[baseline.taken] = baseline.spans
    found = []
    for id in plan.outline.order:
        item = plan.items[id]
        if item.kind != "milestone" or plan.outline.is_parent(id):
            continue
        points = [
            (day, span.last)
            for day in sorted(said)
            if day < today and (span := said[day].get(id)) is not None
        ]
        if points and (now := times.dates(id)) is not None:
            first, last = (day.toordinal() + 1 for day in (points[0][1], now.last))
            moved = plan.calendar_of(item).between(first, last)
            found.append(Forecast(id, item.title or item.key, (*points, (today, now.last)), moved))
    return sorted(found, key=lambda one: -abs(one.moved))
