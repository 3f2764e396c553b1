"""What is wrong with a plan, as codes with the items they concern; their words are `problem.<code>`.

A rule about items is asked of each of them for the whole plan, and of one alone while that one is looked at.
What is no fault but may be worth a thought is `advice`; its words are `advice.<code>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date

import msgspec

from .plan import Plan
from .records import ItemId, Link, LinkId
from .schedule import Schedule

ADVICE = ("link.redundant", "link.long_lag", "item.isolated")
LONG_LAG = 20
"""Working days of lag from which on a link hides what an item should show."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong.

    Attributes:
        code: what it is: calendar.empty, deadline.missed, item.overdue, key.duplicate, link.backlog,
            link.broken, link.dangling, link.loop, parent.clamp, parent.loop or parent.missing; or, as advice,
            link.redundant, link.long_lag or item.isolated.
        ids: the items it concerns, the one to look at first.
        values: what its words are filled with; `key`, `other` and `keys` are those of the items.
        link: the link it is about, where it is about one.
    """

    code: str
    ids: tuple[ItemId, ...] = ()
    values: Mapping[str, object] = {}
    link: LinkId | None = None

    @property
    def words(self) -> str:
        """The code of its words: `say(problem.words, **problem.values)`."""
        return f"{'advice' if self.code in ADVICE else 'problem'}.{self.code}"


def problems(plan: Plan, schedule: Schedule, today: date | None = None) -> list[Problem]:
    """Everything that is wrong, what damages the plan first; what is overdue only where `today` is given."""
    on = set(schedule.start)
    order = plan.outline.order
    found = [*_calendars(plan), *_keys(plan), *_loops(plan, schedule)]
    for id in plan.outline.roots:
        found += _parents(plan, id)
    if len(plan.incoming.keys() | plan.outgoing.keys() | plan.items.keys()) > len(plan.items):
        found += _dangling(plan, *plan.links)
    for link in plan.links.values():
        if link.source not in on and link.target in on:
            found += _waiting(plan, link.id, on)
    for id in order:
        found += _conflicts(plan, schedule, id)
    for id in order:
        found += _deadline(plan, schedule, id)
    if today is not None:
        for id in order:
            found += _overdue(plan, schedule, id, today)
    return found


def problems_of(plan: Plan, schedule: Schedule, id: ItemId, today: date | None = None) -> list[Problem]:
    """What of `problems` concerns an item first of all, found without looking at all the others."""
    into = [link.id for link in plan.incoming.get(id, ())]
    out = [link.id for link in plan.outgoing.get(id, ())]
    found = [problem for problem in _loops(plan, schedule) if id in problem.ids]
    if len(plan.keys) < len(plan.items):
        found += [problem for problem in _keys(plan) if id in problem.ids]
    found += _parents(plan, id)
    found += _dangling(plan, *into, *out)
    for link in into:
        found += _waiting(plan, link, schedule)
    found += _conflicts(plan, schedule, id)
    found += _deadline(plan, schedule, id)
    if today is not None:
        found += _overdue(plan, schedule, id, today)
    return found


def advice(plan: Plan, schedule: Schedule) -> list[Problem]:
    """What may be worth a thought: links without effect, long lags, items that belong to nothing."""
    found = []
    for id in redundant_links(plan, schedule):
        found.append(_about(plan, plan.links[id], "link.redundant"))
    for link in plan.links.values():
        if link.lag >= LONG_LAG and link.source in plan.items and link.target in plan.items:
            found.append(_about(plan, link, "link.long_lag", lag=link.lag))
    for item in plan.outline.roots:
        linked = item in plan.incoming or item in plan.outgoing
        if item in schedule and not linked and not plan.outline.is_parent(item):
            found.append(Problem("item.isolated", (item,), {"key": plan.items[item].key}))
    return found


def redundant_links(plan: Plan, schedule: Schedule) -> list[LinkId]:
    """Links that say what a chain of others says already (the transitive reduction is the plan without them).

    Only what is sure counts: a link from finish to start without lag, or with a lead, beside a chain of such
    links without leads, over items that are on the timeline and are moved by their links.
    """
    network = plan.network
    chained = {id: [link for link in links if link.type == "FS"] for id, links in plan.outgoing.items()}
    found = []
    for links in chained.values():
        direct = {link.target: link.id for link in links if link.lag <= 0 and link.target in plan.items}
        if len(links) < 2 or not direct:
            continue
        limit = max(network.place[network.number[target]] for target in direct)
        left = [link.target for link in links if link.lag >= 0 and link.target in plan.items]
        seen = set(left)
        for id in left:
            if id not in schedule or schedule.stands(id) or plan.outline.is_parent(id):
                continue
            for link in chained.get(id, ()):
                if link.lag < 0 or link.target not in plan.items:
                    continue
                if link.target in direct:
                    found.append(direct.pop(link.target))
                if link.target not in seen and network.place[network.number[link.target]] < limit:
                    seen.add(link.target)
                    left.append(link.target)
    return found


def _about(plan: Plan, link: Link, code: str, **values: object) -> Problem:
    target, source = plan.items[link.target], plan.items[link.source]
    return Problem(code, (target.id, source.id), {"key": target.key, "other": source.key, **values}, link.id)


# Rules about the plan


def _calendars(plan: Plan) -> Iterator[Problem]:
    for id, calendar in plan.calendars.items():
        if plan.working_days[id].empty:
            yield Problem("calendar.empty", (), {"calendar": calendar.title or id})


def _keys(plan: Plan) -> Iterator[Problem]:
    for key, times in Counter(item.key for item in plan.items.values()).items():
        if times > 1:
            ids = tuple(id for id in plan.outline.order if plan.items[id].key == key)
            yield Problem("key.duplicate", ids, {"key": key, "count": times})


def _loops(plan: Plan, schedule: Schedule) -> Iterator[Problem]:
    for loop in schedule.loops:
        yield Problem("link.loop", tuple(loop[:-1]), {"keys": [plan.items[id].key for id in loop]})


# Rules about an item, or a link of it


def _parents(plan: Plan, id: ItemId) -> Iterator[Problem]:
    item = plan.items[id]
    if item.parent is None or plan.outline.depth[id]:
        return
    if item.parent not in plan.items:
        yield Problem("parent.missing", (id,), {"key": item.key})
        return
    circle = [id, *plan.outline.ancestors(id, plan.items)]
    keys = [plan.items[one].key for one in circle]
    yield Problem("parent.loop", tuple(circle), {"keys": [*keys, keys[0]]})


def _dangling(plan: Plan, *links: LinkId) -> Iterator[Problem]:
    for id in links:
        link = plan.links[id]
        ends = tuple(end for end in (link.target, link.source) if end in plan.items)
        if len(ends) < 2:
            yield Problem("link.dangling", ends, {"keys": [plan.items[end].key for end in ends]}, id)


def _waiting(plan: Plan, link: LinkId, on: Container[ItemId]) -> Iterator[Problem]:
    """A link into what is on the timeline from what is not; `on` has what is."""
    source, target = plan.links[link].source, plan.links[link].target
    if target in on and source not in on and source in plan.items:
        yield _about(plan, plan.links[link], "link.backlog")


def _conflicts(plan: Plan, schedule: Schedule, id: ItemId) -> Iterator[Problem]:
    for conflict in schedule.conflicts(id):
        ids = (id,) if conflict.other is None else (id, conflict.other)
        other = plan.items[conflict.other].key if conflict.other is not None else ""
        yield Problem(conflict.code, ids, {"key": plan.items[id].key, "other": other}, conflict.link)


def _deadline(plan: Plan, schedule: Schedule, id: ItemId) -> Iterator[Problem]:
    item = plan.items[id]
    span = schedule.dates(id) if item.deadline is not None else None
    if item.deadline is not None and span is not None and span.last > item.deadline:
        values = {"key": item.key, "deadline": item.deadline, "finish": span.last}
        yield Problem("deadline.missed", (id,), values)


def _overdue(plan: Plan, schedule: Schedule, id: ItemId, today: date) -> Iterator[Problem]:
    """A leaf that should be done by now: its last day is before today."""
    finish = schedule.finish.get(id)
    item = plan.items[id]
    if finish is None or (finish > today.toordinal() and item.kind != "milestone"):
        return
    if plan.category_of(item) == "done" or plan.outline.is_parent(id):
        return
    span = schedule.dates(id)
    if span is not None and span.last < today:
        yield Problem("item.overdue", (id,), {"key": item.key, "finish": span.last})
