"""Taking and removing baselines: what the dates were at a moment worth remembering."""

from __future__ import annotations

from datetime import date

from ..plan import Plan
from ..records import Baseline, BaselineId, ItemId
from ..schedule import schedule


def take_baseline(plan: Plan, id: BaselineId, title: str, today: date) -> Plan:
    """Remember the dates of every scheduled item as they are now."""
    times = schedule(plan)
    spans = {ItemId(item): span for item in plan.items if (span := times.dates(item)) is not None}
    return plan.put(Baseline(id=id, title=title.strip(), taken=today, spans=spans))


def remove_baseline(plan: Plan, id: BaselineId) -> Plan:
    return plan.drop(plan.baselines[id])
