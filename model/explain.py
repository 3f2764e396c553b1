"""Why an item stands where it does, as a chain back to where it begins, and how far it could move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from .plan import Plan
from .records import ItemId, LinkId, Span
from .schedule import Schedule

End = Literal["start", "finish"]


class Step(msgspec.Struct, frozen=True):
    """One link of the chain.

    Attributes:
        code: of its words: why.start, why.pinned, why.doing, why.done, why.backlog, why.first and why.last
            (of a parent, by its first or last child), why.link.<type> and, by a link into a parent,
            why.parent.<type>.
        id: the item it is about.
        other: the item that fixes it, if one does; the next step is about that one.
        link: the link by which it does.
        values: what the words are filled with: `item` and `other` by name, `day` and `other_day`, the days
            that they start (`other_day`: or finish), `link` as type and lag, `parent`.
    """

    code: str
    id: ItemId
    other: ItemId | None = None
    link: LinkId | None = None
    values: Mapping[str, object] = {}


class Hold(msgspec.Struct, frozen=True):
    """What keeps an item from an earlier start: a link from `source`, into the item or one of its parents."""

    day: date
    """The first day of the item as early as it can be; of a milestone, its day."""
    link: LinkId
    source: ItemId
    step: Step
    """Why it can't be earlier, as a step of `explain`."""


def explain(plan: Plan, schedule: Schedule, id: ItemId) -> list[Step]:
    """The steps from the item back to the one that nothing else fixes; each is a sentence.

    Its words are `say(step.code, **step.values)`: "Launch starts 14 June because Payments (FS+3d) finishes
    9 June", "Payments starts ... because ...".
    """
    steps = []
    at: ItemId | None = id
    end: End = "start"
    while at is not None:
        step, end = _step(plan, schedule, at, end)
        steps.append(step)
        at = step.other
    return steps


def earliest(plan: Plan, schedule: Schedule, id: ItemId) -> Hold | None:
    """How early an item without children could start, and what holds it; None where nothing does."""
    if plan.outline.is_parent(id):
        return None
    free = plan.put(replace(plan.items[id], start=None, pinned=False))
    dates = schedule.after(free, free.since(plan))
    driver, span = dates.driver(id), dates.dates(id)
    if driver is None or span is None or driver.link is None:
        return None
    step, _ = _step(free, dates, id, "start")
    return Hold(span.first, driver.link, plan.links[driver.link].source, step)


def latest(plan: Plan, schedule: Schedule, id: ItemId) -> Span | None:
    """The days of an item that has slipped as far as its slack allows; with less than none, as it should be.

    None for what is not on the timeline.
    """
    slack, shown = schedule.slack(id), schedule.dates(id)
    if not slack or shown is None:
        return shown
    calendar = plan.calendar_of(plan.items[id])
    last = calendar.last_working(calendar.add(schedule.finish[id], slack))
    if plan.items[id].kind == "milestone" and not plan.outline.is_parent(id):
        first = last
    else:
        first = calendar.next_working(calendar.add(schedule.start[id], slack))
    return Span(date.fromordinal(first), date.fromordinal(last))


def _step(plan: Plan, schedule: Schedule, id: ItemId, end: End) -> tuple[Step, End]:
    """The step about an item, and which end of the other one it hangs on."""
    span, driver = schedule.dates(id), schedule.driver(id)
    item = plan.items[id]
    values: dict[str, object] = {"item": _name(plan, id)}
    if span is None or driver is None:
        return Step("why.backlog", id, values=values), end
    values["day"] = span.first
    if driver.rule == "children":
        child = outermost(plan, schedule, id, end)
        values |= {"other": _name(plan, child), "other_day": _day(schedule, child, end)}
        return Step("why.first" if end == "start" else "why.last", id, child, None, values), end
    if driver.link is not None:
        link = plan.links[driver.link]
        on: End = "finish" if link.type[0] == "F" else "start"
        values |= {
            "other": _name(plan, link.source),
            "other_day": _day(schedule, link.source, on),
            "link": f"{link.type}{link.lag:+}d" if link.lag else link.type,
            "parent": _name(plan, link.target),
        }
        return Step(f"why.{driver.rule}.{link.type}", id, link.source, link.id, values), on
    rule = plan.category_of(item) if driver.rule == "status" else driver.rule
    return Step(f"why.{rule}", id, values=values), end


def outermost(plan: Plan, schedule: Schedule, parent: ItemId, end: End) -> ItemId:
    """The child that begins, or ends, what a parent spans."""
    children = [child for child in plan.outline.children[parent] if child in schedule]
    if end == "start":
        return min(children, key=schedule.start.__getitem__)
    return max(children, key=schedule.finish.__getitem__)


def _day(schedule: Schedule, id: ItemId, end: End) -> date | None:
    span = schedule.dates(id)
    return (span.first if end == "start" else span.last) if span else None


def _name(plan: Plan, id: ItemId) -> str:
    return plan.items[id].title or plan.items[id].key
