"""Baselines: what the dates were at a moment worth remembering, named, renamed, removed, shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from ..plan import Plan
from ..records import Baseline, BaselineId, Item, ItemId, Span
from ..refused import Refused
from ..schedule import Schedule, schedule


def take_baseline(plan: Plan, id: BaselineId, title: str, today: date) -> Plan:
    """Remember the dates of every scheduled item as they are now; it is the baseline that is shown then.

    Raises:
        Refused("baseline.untitled")
    """
    return keep_baseline(plan, id, title, today, spans_of(plan, schedule(plan)))


def keep_baseline(plan: Plan, id: BaselineId, title: str, taken: date, spans: Mapping[ItemId, Span]) -> Plan:
    """Remember dates as they were on a day; those of items that are gone since are left out.

    Raises:
        Refused("baseline.untitled")
    """
    known = {item: span for item, span in spans.items() if item in plan.items}
    made = Baseline(id=id, title=_titled(title), taken=taken, spans=known)
    return show_baseline(plan.put(made), id)


def rename_baseline(plan: Plan, id: BaselineId, title: str) -> Plan:
    """Raises: Refused("baseline.untitled")"""
    return plan.put(replace(plan.baselines[id], title=_titled(title)))


def remove_baseline(plan: Plan, id: BaselineId) -> Plan:
    """Without that baseline; where it was the one that is shown, the latest is."""
    plan = plan.drop(plan.baselines[id])
    return plan.put(replace(plan.info, baseline=None)) if plan.info.baseline == id else plan


def show_baseline(plan: Plan, id: BaselineId) -> Plan:
    """Let this be the baseline that bars have as their ghosts and that slip is measured against."""
    return plan.put(replace(plan.info, baseline=id))


def spans_of(plan: Plan, times: Schedule) -> dict[ItemId, Span]:
    """The days of every item that is on the timeline."""
    return {item: span for item in plan.items if (span := times.dates(item)) is not None}


def slipped(plan: Plan, times: Schedule, baseline: Baseline) -> int:
    """How many items without children finish later than the baseline has them."""
    late = 0
    for id, was in baseline.spans.items():
        if id in times and not plan.outline.is_parent(id):
            span = times.dates(id)
            late += span is not None and span.last > was.last
    return late


def as_of(plan: Plan, baseline: Baseline) -> Plan:
    """The plan with the dates that the baseline remembers, which is all it knows: each item stands on them.

    What it does not know was not on the timeline.
    """
    items = [_standing(plan, item, baseline.spans.get(item.id)) for item in plan.items.values()]
    return plan.drop(*plan.links.values()).put(*items)


def _standing(plan: Plan, item: Item, span: Span | None) -> Item:
    if span is None:
        return replace(item, start=None, pinned=False)
    calendar = plan.calendar_of(item)
    if item.kind == "milestone" and span.first == span.last:
        return replace(item, start=span.last, pinned=True)
    first = span.first.toordinal()
    if plan.outline.is_parent(item.id) and (item.kind == "milestone" or not calendar.is_working(first)):
        return replace(item, start=None, pinned=False)  # it spans what its children do
    worked = calendar.between(first, span.last.toordinal() + 1)
    return replace(item, start=span.first, duration=max(worked, 1), pinned=True)


def _titled(title: str) -> str:
    if not title.strip():
        raise Refused("baseline.untitled")
    return title.strip()
