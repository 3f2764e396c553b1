"""When each item starts and finishes: the rules, item by item.

The same rules serve a whole plan, in the order of its network, and a change, for which only what can move is
looked at again. Big plans are passed with numpy (`passes`), which is these rules for many items at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush
from typing import Literal, NamedTuple

from ..calendar import WorkingDays
from ..plan import Plan
from ..records import Item, ItemId, LinkId, StatusId, TeamId
from .network import Joint, Network

Rule = Literal["start", "link", "pinned", "status", "parent", "children"]

NEVER = -(1 << 60)
"""The start and finish of what is not on the timeline; before everything that is."""

Bounds = tuple[int, int]
"""The latest bounds on a start and on a finish."""
Alone = tuple[Item, WorkingDays, int, int, bool]
"""An item, its calendar, its own start, its working days (0: a milestone), and whether it stands there."""
_FREE: Bounds = (NEVER, NEVER)


class Dates(NamedTuple):
    """What the forward pass finds, by the items' numbers.

    Attributes:
        at: the boundary of each point (`network`): of item i, the start at 2 i, the finish at 2 i + 1, in 64
            bits each, which numpy takes as they are.
        gates: what the links into a parent, and into those above it, ask, where they ask something.
    """

    at: array[int]
    gates: dict[int, Bounds]

    def copy(self) -> Dates:
        return Dates(self.at[:], self.gates.copy())


class Forward:
    """Puts items where they belong, given that what they wait for stands where it belongs.

    Pinned, doing and done items stand at their own start, whatever their links say; without a start there is
    nothing to keep, and they go where links put them. Of the parents only pinned ones stand: a parent that is
    being worked on still has its dates by its children, and its own start means nothing.
    """

    __slots__ = ("_calendars", "_gates", "_held", "_items", "_known", "_network", "_standard", "at")

    def __init__(
        self, plan: Plan, network: Network, dates: Dates, known: dict[int, Alone] | None = None
    ) -> None:
        """`known` is what has been found out about items before, by their numbers, and is added to."""
        self._network = network
        self._items = plan.items
        self._calendars = plan.team_calendars
        self._standard = self._calendars[None]
        self._held = categories_held(plan)
        self._known = {} if known is None else known
        self.at, self._gates = dates

    def all(self) -> None:
        """Put every item in its place."""
        for node in self._network.order:
            self.put(node)

    def some(
        self, nodes: Iterable[int], most: int, put: Callable[[int], bool] | None = None
    ) -> set[int] | None:
        """Put nodes in their place, and then what that moves; the nodes that have moved.

        None, with the work half done, when it is more than `most`. `put` may stand in for the method.
        """
        put = put or self.put
        order, place, waiting_for = self._network.order, self._network.place, self._network.waiting_for
        heap = [place[node] for node in nodes]
        heapify(heap)
        waiting = set(heap)
        moved: set[int] = set()
        while heap:
            node = order[heappop(heap)]
            if put(node):
                moved.add(node)
                if len(moved) > most:
                    return None
                for at in [place[one] for one in waiting_for(node)]:
                    if at not in waiting:
                        waiting.add(at)
                        heappush(heap, at)
        return moved

    def put(self, node: int, stand_in: Item | None = None) -> bool:
        """Put an item, or a gate, where it belongs; whether that is another place than before.

        A record may stand in for the item's own.
        """
        network, at = self._network, self.at
        if node < 0:
            return self._put_gate(~node)
        item = stand_in or self._items[network.ids[node]]
        known = self._known.get(node)
        if known is None or known[0] is not item:
            known = self._alone(node, item)
            if not stand_in:
                self._known[node] = known
        _, calendar, start, duration, stands = known
        if node in network.kids and not stands:
            start, finish = self._rolled_up(network.kids[node])
        else:
            if not stands:
                bounds = self._gates.get(network.up[node], _FREE) if self._gates else _FREE
                if joints := network.into[node]:
                    bounds = self._bounds(joints, calendar, bounds)
                if bounds is not _FREE:
                    start = _later(start, bounds, duration, calendar)
            finish = start if start == NEVER or not duration else calendar.add(start, duration)
        if at[2 * node] == start and at[2 * node + 1] == finish:
            return False
        try:
            at[2 * node], at[2 * node + 1] = start, finish
        except OverflowError:  # a damaged plan may ask for any number of days
            at[2 * node], at[2 * node + 1] = _within(start), _within(finish)
        return True

    def _alone(self, n: int, item: Item) -> Alone:
        calendar = self._calendars.get(item.team) or self._standard
        duration = 0 if item.kind == "milestone" else duration_of(item)
        return item, calendar, own_start(item, calendar), duration, self.standing(n, item) is not None

    def standing(self, n: int, item: Item) -> Literal["pinned", "status"] | None:
        """By what an item keeps its own start, whatever its links say; None where it doesn't."""
        if item.start is None:
            return None
        if item.pinned:
            return "pinned"
        return "status" if item.status in self._held and n not in self._network.kids else None

    def driver(self, n: int) -> tuple[Rule, LinkId | None] | None:
        """What gives the day of an item that stands where it belongs, and the link if one does.

        It is the first of these that does: its own start, its links, those into the parents above. Of links
        on the same footing it is the one with the first id.
        """
        network = self._network
        item, start = self._items[network.ids[n]], self.at[2 * n]
        if start == NEVER:
            return None
        if standing := self.standing(n, item):
            return standing, None
        if n in network.kids:
            return "children", None
        calendar = self._calendars.get(item.team) or self._standard
        if own_start(item, calendar) != start:
            for above in network.upwards(n):
                counting = calendar_of(self._items[network.ids[above]], self._calendars)
                holding = [
                    joint[3]
                    for joint in network.into[above]
                    if pushed(self._bounds([joint], counting, _FREE), item, calendar) == start
                ]
                if holding:
                    return "link" if above == n else "parent", min(holding)
        return "start", None

    def breaks(self, n: int) -> list[tuple[str, LinkId | None, ItemId]]:
        """What an item breaks by standing where it is: see `schedule.Conflict`."""
        network, at = self._network, self.at
        found: list[tuple[str, LinkId | None, ItemId]] = []
        if at[2 * n] == NEVER:
            return found
        if self.standing(n, self._items[network.ids[n]]):
            for above in network.upwards(n):
                calendar = calendar_of(self._items[network.ids[above]], self._calendars)
                for source, target, lag, id in network.into[above]:
                    held = at[2 * n + (target & 1)]
                    if at[source] != NEVER and calendar.add(at[source], lag) > held:
                        found.append(("link.broken", id, network.ids[source >> 1]))
        up = network.up[n]
        outside = up >= 0 and (at[2 * n] < at[2 * up] or at[2 * n + 1] > at[2 * up + 1])
        if outside and self.standing(up, self._items[network.ids[up]]):
            found.append(("parent.clamp", None, network.ids[up]))
        return found

    def _put_gate(self, n: int) -> bool:
        network = self._network
        calendar = calendar_of(self._items[network.ids[n]], self._calendars)
        bounds = self._bounds(network.into[n], calendar, self._gates.get(network.up[n], _FREE))
        if self._gates.get(n, _FREE) == bounds:
            return False
        self._gates[n] = bounds
        return True

    def _rolled_up(self, kids: list[int]) -> tuple[int, int]:
        at = self.at
        starts = [at[2 * kid] for kid in kids if at[2 * kid] != NEVER]
        return (min(starts), max([at[2 * kid + 1] for kid in kids])) if starts else (NEVER, NEVER)

    def _bounds(self, joints: list[Joint], calendar: WorkingDays, bounds: Bounds) -> Bounds:
        """The later of `bounds` and what links ask; `calendar`, that of their target, counts the lags."""
        start, finish = bounds
        at = self.at
        for source, target, lag, _ in joints:
            bound = at[source]
            if lag and bound != NEVER:
                bound = calendar.add(bound, lag)
            if target & 1:
                if bound > finish:
                    finish = bound
            elif bound > start:
                start = bound
        return start, finish


def forward(plan: Plan, network: Network) -> Dates:
    """Start and finish of every item that is on the timeline."""
    dates = Dates(array("q", [NEVER]) * (2 * network.size), {})
    Forward(plan, network, dates).all()
    return dates


def _within(boundary: int) -> int:
    """The boundary, or the furthest that can be kept."""
    return max(NEVER + 1, min(boundary, -NEVER))


def categories_held(plan: Plan) -> set[StatusId | None]:
    """The statuses of what is being done or is done, and so keeps its start."""
    return {status.id for status in plan.statuses.values() if status.category != "todo"}


def calendar_of(item: Item, calendars: dict[TeamId | None, WorkingDays]) -> WorkingDays:
    """The item's working days, from those that `Plan.team_calendars` gives."""
    return calendars.get(item.team) or calendars[None]


def duration_of(item: Item) -> int:
    """Working days of a bar; a damaged plan may hold less than one."""
    return item.duration if item.duration > 1 else 1


def own_start(item: Item, calendar: WorkingDays) -> int:
    """Where the item would be by its own start alone: the point of a milestone closes its day."""
    if item.start is None:
        return NEVER
    day = item.start.toordinal()
    return day + 1 if item.kind == "milestone" else calendar.next_working(day)


def pushed(bounds: Bounds, item: Item, calendar: WorkingDays) -> int:
    """The earliest start that bounds allow."""
    return _later(NEVER, bounds, 0 if item.kind == "milestone" else duration_of(item), calendar)


def _later(start: int, bounds: Bounds, duration: int, calendar: WorkingDays) -> int:
    """The earliest start, not before `start`, that bounds allow; duration 0 is that of a milestone."""
    first, last = bounds
    if not duration:
        return max(start, first, last)
    if first > start:
        start = calendar.next_working(first)
    if last != NEVER:
        start = max(start, calendar.start_for_finish(last, duration))
    return start
