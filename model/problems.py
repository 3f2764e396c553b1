"""What is wrong with a plan, as codes with the items they concern; their words are `problem.<code>`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from .plan import Plan
from .records import ItemId
from .schedule import Schedule


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong.

    Attributes:
        code: what it is: calendar.empty, deadline.missed, item.overdue, key.duplicate, link.backlog,
            link.broken, link.dangling, link.loop, parent.clamp, parent.loop or parent.missing.
        ids: the items it concerns, the one to look at first.
        values: what its words are filled with.
    """

    code: str
    ids: tuple[ItemId, ...] = ()
    values: Mapping[str, object] = {}

    @property
    def words(self) -> str:
        """The code of its words: `say(problem.words, **problem.values)`."""
        return f"problem.{self.code}"


def problems(plan: Plan, schedule: Schedule, today: date | None = None) -> list[Problem]:
    """Everything that is wrong, what damages the plan first; what is overdue only where `today` is given."""
    found = [
        *_calendars(plan),
        *_keys(plan),
        *_parents(plan),
        *_links(plan, schedule),
        *_conflicts(plan, schedule),
        *_deadlines(plan, schedule),
    ]
    if today is not None:
        found += _overdue(plan, schedule, today)
    return found


def _calendars(plan: Plan) -> Iterator[Problem]:
    for id, calendar in plan.calendars.items():
        if plan.working_days[id].empty:
            yield Problem("calendar.empty", (), {"calendar": calendar.title or id})


def _keys(plan: Plan) -> Iterator[Problem]:
    for key, times in Counter(item.key for item in plan.items.values()).items():
        if times > 1:
            ids = tuple(id for id in plan.outline.order if plan.items[id].key == key)
            yield Problem("key.duplicate", ids, {"key": key, "count": times})


def _parents(plan: Plan) -> Iterator[Problem]:
    for id in plan.outline.roots:
        item = plan.items[id]
        if item.parent is None:
            continue
        if item.parent not in plan.items:
            yield Problem("parent.missing", (id,), {"key": item.key})
            continue
        circle = [id, *plan.outline.ancestors(id, plan.items)]
        keys = [plan.items[one].key for one in circle]
        yield Problem("parent.loop", tuple(circle), {"keys": [*keys, keys[0]]})


def _links(plan: Plan, schedule: Schedule) -> Iterator[Problem]:
    for loop in schedule.loops:
        yield Problem("link.loop", tuple(loop[:-1]), {"keys": [plan.items[id].key for id in loop]})
    for link in plan.links.values():
        ends = tuple(id for id in (link.target, link.source) if id in plan.items)
        if len(ends) < 2:
            yield Problem("link.dangling", ends, {"keys": [plan.items[id].key for id in ends]})
        elif link.target in schedule and link.source not in schedule:
            target, source = (plan.items[id].key for id in ends)
            yield Problem("link.backlog", ends, {"key": target, "other": source})


def _conflicts(plan: Plan, schedule: Schedule) -> Iterator[Problem]:
    for id in plan.outline.order:
        for conflict in schedule.conflicts(id):
            ids = (id,) if conflict.other is None else (id, conflict.other)
            other = plan.items[conflict.other].key if conflict.other is not None else ""
            yield Problem(conflict.code, ids, {"key": plan.items[id].key, "other": other})


def _deadlines(plan: Plan, schedule: Schedule) -> Iterator[Problem]:
    for id in plan.outline.order:
        item = plan.items[id]
        span = schedule.dates(id)
        if item.deadline is not None and span is not None and span.last > item.deadline:
            values = {"key": item.key, "deadline": item.deadline, "finish": span.last}
            yield Problem("deadline.missed", (id,), values)


def _overdue(plan: Plan, schedule: Schedule, today: date) -> Iterator[Problem]:
    """Leaves that should be done by now: their last day is before today."""
    for id in plan.outline.order:
        item = plan.items[id]
        if plan.outline.is_parent(id) or plan.category_of(item) == "done":
            continue
        span = schedule.dates(id)
        if span is not None and span.last < today:
            yield Problem("item.overdue", (id,), {"key": item.key, "finish": span.last})
