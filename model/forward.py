"""The forward pass: when each item starts and finishes, and what makes it so."""

from __future__ import annotations

from typing import Literal

import msgspec

from .calendar import WorkingDays
from .network import Joint, Network
from .plan import Plan
from .records import Item, LinkId, TeamId

Rule = Literal["start", "link", "pinned", "status", "parent", "children"]

NEVER = -(1 << 60)
"""The start and finish of what is not on the timeline; before everything that is."""

Bounds = tuple[int, LinkId | None, int, LinkId | None]
"""The latest bound on a start and the link that sets it, then on a finish and its link."""
_FREE: Bounds = (NEVER, None, NEVER, None)


class Dates(msgspec.Struct):
    """What the pass finds, by the items' numbers.

    Attributes:
        at: the boundary of each point (`network`): of item i, the start at 2 i, the finish at 2 i + 1.
        rule, link: what fixes the start.
    """

    at: list[int]
    rule: list[Rule | None]
    link: list[LinkId | None]


def forward(plan: Plan, network: Network) -> Dates:
    """Start and finish of every item that is on the timeline.

    Pinned, doing and done items stand at their own start, whatever their links say; without a start there is
    nothing to keep, and they go where links put them. Of the parents only pinned ones stand: a parent that is
    being worked on still has its dates by its children, and its own start means nothing.
    """
    size, kids, up, into = network.size, network.kids, network.up, network.into
    dates = Dates([NEVER] * (2 * size), [None] * size, [None] * size)
    items = [plan.items[id] for id in network.ids]
    calendars = plan.team_calendars
    standard = calendars[None]
    held = {status.id for status in plan.statuses.values() if status.category != "todo"}
    gates: dict[int, Bounds] = {}
    for node in network.order:
        item = items[node if node < size else node - size]
        calendar = calendars.get(item.team) or standard
        if node < size:
            if item.pinned and item.start is not None:
                _stand(node, item, calendar, "pinned", dates)
            elif node in kids:
                _roll_up(node, kids[node], dates)
            elif item.start is not None and item.status in held:
                _stand(node, item, calendar, "status", dates)
            else:
                gate = gates.get(up[node], _FREE) if gates else _FREE
                _schedule(node, item, calendar, into[node], gate, dates)
        else:
            n = node - size
            bounds = _bounds(into[n], dates, calendar)
            gates[n] = _later(bounds, gates.get(up[n], _FREE))
    return dates


def calendar_of(item: Item, calendars: dict[TeamId | None, WorkingDays]) -> WorkingDays:
    """The item's working days, from those that `Plan.team_calendars` gives."""
    return calendars.get(item.team) or calendars[None]


def duration_of(item: Item) -> int:
    """Working days of a bar; a damaged plan may hold less than one."""
    return item.duration if item.duration > 1 else 1


def _stand(n: int, item: Item, calendar: WorkingDays, rule: Rule, dates: Dates) -> None:
    start = _own_start(item, calendar)
    dates.rule[n] = rule
    dates.at[2 * n] = start
    dates.at[2 * n + 1] = start if item.kind == "milestone" else calendar.add(start, duration_of(item))


def _own_start(item: Item, calendar: WorkingDays) -> int:
    """Where the item would be by its own start alone: the point of a milestone closes its day."""
    if item.start is None:
        return NEVER
    day = item.start.toordinal()
    return day + 1 if item.kind == "milestone" else calendar.next_working(day)


def _roll_up(n: int, kids: list[int], dates: Dates) -> None:
    at = dates.at
    starts = [at[2 * kid] for kid in kids if at[2 * kid] != NEVER]
    if starts:
        at[2 * n] = min(starts)
        at[2 * n + 1] = max([at[2 * kid + 1] for kid in kids])
        dates.rule[n] = "children"


def _bounds(links: list[Joint], dates: Dates, calendar: WorkingDays) -> Bounds:
    """What links ask of the start and of the finish of their target, whose calendar counts the lags."""
    start = finish = NEVER
    start_link = finish_link = None
    at = dates.at
    for source, target, lag, id in links:
        bound = at[source]
        if lag and bound != NEVER:
            bound = calendar.add(bound, lag)
        if target & 1:
            if bound > finish:
                finish, finish_link = bound, id
        elif bound > start:
            start, start_link = bound, id
    return start, start_link, finish, finish_link


def _later(own: Bounds, above: Bounds) -> Bounds:
    """Of the bounds on a parent, and of those on what is above it, the later ones."""
    start = own[:2] if own[0] >= above[0] else above[:2]
    finish = own[2:] if own[2] >= above[2] else above[2:]
    return (*start, *finish)


def _schedule(
    n: int, item: Item, calendar: WorkingDays, links: list[Joint], gate: Bounds, dates: Dates
) -> None:
    """Put an item where its own start, its links and those into its ancestors allow.

    What fixes it is the first of these three that gives the day.
    """
    start = _own_start(item, calendar)
    rule: Rule = "start"
    link: LinkId | None = None
    if links:
        bounds = _bounds(links, dates, calendar)
        pushed, by = _pushed(start, bounds, item, calendar)
        if by is not None:
            start, rule, link = pushed, "link", by
    if gate is not _FREE:
        pushed, by = _pushed(start, gate, item, calendar)
        if by is not None:
            start, rule, link = pushed, "parent", by
    if start != NEVER:
        dates.at[2 * n] = start
        dates.at[2 * n + 1] = start if item.kind == "milestone" else calendar.add(start, duration_of(item))
        dates.rule[n], dates.link[n] = rule, link


def _pushed(start: int, bounds: Bounds, item: Item, calendar: WorkingDays) -> tuple[int, LinkId | None]:
    """Where bounds put an item that could start at `start`, and the link that does it, if any."""
    by: LinkId | None = None
    milestone = item.kind == "milestone"
    if bounds[0] > start:
        at = bounds[0] if milestone else calendar.next_working(bounds[0])
        if at > start:
            start, by = at, bounds[1]
    if bounds[2] > start:
        at = bounds[2] if milestone else calendar.start_for_finish(bounds[2], duration_of(item))
        if at > start:
            start, by = at, bounds[3]
    return start, by
