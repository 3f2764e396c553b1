"""What is wrong with one item, in words: what `model.problems` finds in a plan, at the pace of a drag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule
from .. import dates


def troubles(plan: Plan, times: Schedule, id: ItemId, today: date) -> list[str]:
    """A sentence for each: broken links, a missed deadline, being overdue, waiting for what has no date."""
    return [*_conflicts(plan, times, id), *_waiting(plan, times, id), *_late(plan, times, id, today)]


def _conflicts(plan: Plan, times: Schedule, id: ItemId) -> Iterator[str]:
    key = plan.items[id].key
    for conflict in times.conflicts(id):
        other = plan.items.get(conflict.other) if conflict.other is not None else None
        yield say(f"problem.{conflict.code}", key=key, other=other.key if other is not None else "")
    for loop in times.loops:
        if id in loop:
            yield say("problem.link.loop", keys=[plan.items[one].key for one in loop])


def _waiting(plan: Plan, times: Schedule, id: ItemId) -> Iterator[str]:
    for link in plan.incoming.get(id, ()) if id in times else ():
        source = plan.items.get(link.source)
        if source is not None and link.source not in times:
            yield say("problem.link.backlog", key=plan.items[id].key, other=source.key)


def _late(plan: Plan, times: Schedule, id: ItemId, today: date) -> Iterator[str]:
    item, span = plan.items[id], times.dates(id)
    if span is None:
        return
    if item.deadline is not None:
        after = item.deadline.toordinal() + 1
        days = plan.calendar_of(item).between(after, times.finish[id]) if times.finish[id] > after else 0
        if days:
            yield say("problem.deadline.missed", key=item.key, deadline=dates.day(item.deadline), days=days)
    leaf = not plan.outline.is_parent(id)
    if leaf and plan.category_of(item) != "done" and span.last < today:
        yield say("problem.item.overdue", key=item.key, finish=dates.day(span.last))
