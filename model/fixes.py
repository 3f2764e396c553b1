"""What can be done about a problem: ready edits, each a single step, the most sensible one first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec

from .edits.calendars import set_weekdays
from .edits.items import place_items, put_under, set_field
from .edits.links import remove_links
from .edits.timing import snap_to_earliest, unpin_items
from .explain import earliest
from .outline import ranked
from .plan import Plan
from .problems import Problem
from .records import Item
from .schedule import Schedule


class Fix(msgspec.Struct, frozen=True):
    """A way out of a problem: `document.commit(fix.edit, *fix.arguments)`; its words are `fix.<code>`."""

    code: str
    edit: Callable[..., Plan]
    arguments: tuple[Any, ...]
    values: Mapping[str, object] = {}
    """What its words are filled with: a `day`, or `other`, the key of an item."""


def fixes(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> list[Fix]:
    """The ways out of a problem of the plan; none where somebody has to think first."""
    rule = _RULES.get(problem.code)
    found = list(rule(plan, schedule, problem, today)) if rule is not None else []
    if problem.link in plan.links and problem.code != "link.long_lag":
        found.append(Fix("unlink", remove_links, ([problem.link],)))
    return found


def fix_of_all(plan: Plan, problems: Iterable[Problem]) -> Fix | None:
    """One step that settles several problems of a kind at once; only what changes no date is offered."""
    links = [one.link for one in problems if one.code == "link.redundant" and one.link in plan.links]
    return Fix("unlink-all", remove_links, (links,), {"count": len(links)}) if len(links) > 1 else None


def _deadline(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    [id] = problem.ids
    finish = problem.values["finish"]
    yield Fix("deadline", set_field, ([id], "deadline", finish), {"day": finish})


def _overdue(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    [id] = problem.ids
    done = next((status.id for status in ranked(plan.statuses) if status.category == "done"), None)
    if done is not None:
        yield Fix("done", set_field, ([id], "status", done))
    if schedule.stands(id):
        if plan.calendar_of(plan.items[id]).is_working(today):
            yield Fix("finish", set_field, ([id], "finish", today), {"day": today})
    else:
        yield Fix("start", place_items, ({id: today},), {"day": today})


def _broken(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    id = problem.ids[0]
    if _held_by_pin(plan, plan.items[id]):
        hold = earliest(plan, schedule, id)
        if hold is not None:
            yield Fix("pull", snap_to_earliest, ([id],), {"day": hold.day})
        yield Fix("unpin", unpin_items, ([id],))


def _clamp(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    parent = problem.ids[1]
    if plan.items[parent].pinned:
        yield Fix("unpin-parent", unpin_items, ([parent],), {"other": plan.items[parent].key})


def _waiting(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    source = problem.ids[1]
    if not plan.outline.is_parent(source):
        yield Fix("place", place_items, ({source: today},), {"other": plan.items[source].key, "day": today})


def _loop(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    """The youngest link of the loop goes: it is the one that closed it."""
    round_ = [*problem.ids, *problem.ids[:1]]
    links = [
        link.id
        for source, target in pairwise(round_)
        for link in plan.outgoing.get(source, ())
        if link.target == target
    ]
    if links:
        link = plan.links[max(links)]
        ends = {"key": plan.items[link.target].key, "other": plan.items[link.source].key}
        yield Fix("unlink-of", remove_links, ([link.id],), ends)


def _missing_parent(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    yield Fix("top", put_under, (list(problem.ids), None))


def _calendar(plan: Plan, schedule: Schedule, problem: Problem, today: date) -> Iterator[Fix]:
    for id, calendar in plan.calendars.items():
        if plan.working_days[id].empty and (calendar.title or id) == problem.values["calendar"]:
            yield Fix("weekdays", set_weekdays, (id, range(5)))
            return


def _held_by_pin(plan: Plan, item: Item) -> bool:
    return item.pinned and plan.category_of(item) == "todo"


Rule = Callable[[Plan, Schedule, Problem, date], Iterator[Fix]]
_RULES: dict[str, Rule] = {
    "calendar.empty": _calendar,
    "deadline.missed": _deadline,
    "item.overdue": _overdue,
    "link.backlog": _waiting,
    "link.broken": _broken,
    "link.loop": _loop,
    "parent.clamp": _clamp,
    "parent.missing": _missing_parent,
}
