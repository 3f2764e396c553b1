"""When everything happens: the dates that follow from a plan, and why they are as they are.

A schedule is derived from a plan, never stored and never edited. Time is whole days: inside, ordinals of
boundaries (`calendar`), at the edges `datetime.date`. The rules are those of DESIGN, "Scheduling rules".
Making one is the forward pass, and following a change is the part of it that can move; late dates, drivers,
conflicts and what people are shown are found when first asked for.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import ref

import msgspec

from .change import Change, Edit
from .engine.backward import backward
from .engine.following import TIMING, Batch, Wish, behind, differ, followers, otherwise, steered, touched
from .engine.forward import (
    NEVER,
    Alone,
    Dates,
    Forward,
    Rule,
    calendar_of,
    categories_held,
    forward,
    own_start,
)
from .engine.network import Network
from .engine.points import Points
from .plan import Plan
from .progress import Part, Progress
from .records import Item, ItemId, LinkId, Span

if TYPE_CHECKING:
    from .engine.columns import Columns
    from .engine.shape import Shape

_LAST_DAY = date.max.toordinal()
_WIDE, _WIDE_PER_GENERATION = 200, 1
"""A whole pass over a big plan is quicker than going on one by one when one item in so many has moved, and so
many for each generation."""
_WIDE_ANEW = 25
"""One more in so many where the shape of the network, or the columns of the items, are to be made for it."""
_MOST_EDITS, _FEW_EDITS = 4, 200
"""Where more than one record in so many, and more than a few, is another one, a schedule made from nothing
takes less time."""
_LAST: deque[Schedule] = deque(maxlen=1)
"""The one that was handed on last, kept until it is asked for."""


class Driver(msgspec.Struct, frozen=True):
    """What fixes an item's start.

    The rules: `start` its own start; `link` one of its links; `parent` a link into one of its ancestors;
    `pinned`, `status` it stands, being pinned, doing or done; `children` the parent of the earliest.
    Where its own start and a link give the same day, its own start counts.
    """

    rule: Rule
    link: LinkId | None = None


class Conflict(msgspec.Struct, frozen=True):
    """What an item breaks by standing where it is.

    `link.broken`: `link`, which comes from `other`, asks for a later day; `parent.clamp`: the item lies
    outside its pinned parent, which is `other`.
    """

    code: str
    link: LinkId | None = None
    other: ItemId | None = None


def schedule(plan: Plan) -> Schedule:
    """The dates of a plan. Never raises, whatever the plan holds: `problems` says what is wrong with it.

    It is remembered with the plan for as long as somebody else keeps it, so asking again costs nothing.
    """
    return _remembered(plan) or Schedule(plan)


def _remembered(plan: Plan) -> Schedule | None:
    known: Schedule | None = plan.__dict__.get("_schedule", lambda: None)()
    return known


class Schedule:
    """The dates of one plan, made from nothing. `id in schedule` says whether an item is on the timeline.

    Attributes:
        start, finish: boundaries by item; of a milestone both are its point, the close of its day.
        loops: circles of items that wait for each other, each with the first one repeated at the end; the
            links inside them do not count.
    """

    def __init__(self, plan: Plan) -> None:
        self._begin(plan, plan.network)
        self._dates: Dates = self._whole(forward, "forward")

    def _begin(self, plan: Plan, network: Network) -> None:
        self._plan, self._network = plan, network
        self.loops: list[list[ItemId]] = network.loops
        self._spans: dict[int, tuple[int, int] | None] = {}
        self._done: dict[int, Part] = {}
        self._known: dict[int, Alone] = {}
        """What is known of items alone: of use to all schedules in which the same items are parents."""
        self._kept_columns: Columns | None = None
        self._too_many: set[int] = set()
        """The nodes from which on so much moved that the whole plan was passed."""
        self._changed: set[int] = set()
        """Items that have changed since the kept columns."""
        self._followers: tuple[list[ItemId], Batch | None] = ([], None)
        """The items whose followers were asked for last, and those: a gesture asks frame by frame."""
        plan.__dict__["_schedule"] = ref(self)

    # What follows from a change

    def after(self, plan: Plan, change: Change) -> Schedule:
        """The schedule of `plan`, which is this one's plan after `change`.

        Only what can move is looked at again, where the items and their hierarchy are the same.
        """
        return _remembered(plan) or self._follow(plan, change)

    def _follow(self, plan: Plan, change: Change) -> Schedule:
        network, was = plan.network, self._network
        followed = network is was or (network.sound and was.sound and network.agrees(was))
        most = max(network.size // _MOST_EDITS, _FEW_EDITS)
        if not followed or not self._same_days(plan) or len(change.edits) > most:
            return Schedule(plan)
        edits = {self._number_of(network, edit): edit for edit in change.touched("items")}
        nodes = touched(network, edits, change)
        other = Schedule.__new__(Schedule)
        other._begin(plan, network)
        other._dates = self._dates_for(network) if nodes or network is not was else self._dates
        if network.up is was.up:
            other._keep_columns(self, edits)
            other._known = self._known
        # a gesture moves the same things frame by frame: what was too many is so again
        limit = other._limit() if nodes != self._too_many else 0
        moved = Forward(plan, network, other._dates, other._known).some(nodes, limit)
        if moved is None:
            other._dates = other._whole(forward, "forward")
            self._too_many = other._too_many = nodes
        else:
            self._hand_on(other, edits, moved)
        return other

    def steered(self, plan: Plan, ids: Iterable[ItemId], wish: Wish) -> Plan:
        """`plan`, in which of all that this is the schedule of only some items are others, as a wish has it.

        The wish is heard on these, and on what they move; see `following.steered`.
        """
        network, nodes = plan.network, [self._network.number[id] for id in ids]
        dates = self._dates_for(network)
        given = steered(Forward(plan, network, dates, self._known), network, nodes, wish)
        other = Schedule.__new__(Schedule)
        other._begin(plan.put(*given), network)
        other._dates = dates
        other._keep_columns(self, [*nodes, *(network.number[item.id] for item in given)])
        return other.handed_on()

    def handed_on(self) -> Plan:
        """The plan that this is the schedule of; who shows it next does not make that again."""
        _LAST.append(self)
        return self._plan

    def behind(self, before: Schedule, items: array[int], days: int) -> list[ItemId]:
        """Those of the items that don't start at least so many working days of theirs later than they did.

        `items` are numbers, `before` is the schedule of a plan with the same items and calendars; what was
        not on the timeline there is left out.
        """
        late = self._whole(behind, "behind", self._dates, before._dates, items, days)
        return [self._network.ids[n] for n in late]

    def followers(self, ids: Iterable[ItemId]) -> Batch:
        """What waits for items, or for what is under them, directly or not, and can be moved."""
        asked = list(ids)
        known = self._followers[1] if asked == self._followers[0] else None
        found = known or followers(self._plan, self._forward, asked)
        self._followers = asked, found
        return found

    def _number_of(self, network: Network, edit: Edit) -> int:
        id = ItemId(edit.id)
        return network.number[id] if edit.after is not None else self._network.number[id]

    def _dates_for(self, network: Network) -> Dates:
        """The dates as they are here, for a network in which items may have come, gone or moved."""
        at, gates = self._dates.copy()
        was = self._network
        if network.up is not was.up:
            del at[2 * network.size :]
            at.extend([NEVER] * (2 * network.size - len(at)))
            for n in network.gone.values():
                at[2 * n] = at[2 * n + 1] = NEVER
            gates = {n: bounds for n, bounds in gates.items() if n in network.kids}
        return Dates(at, gates)

    def _keep_columns(self, before: Schedule, touched: Iterable[int]) -> None:
        if "_columns" in before.__dict__:
            self._kept_columns, self._changed = before._columns, set(touched)
        else:
            self._kept_columns, self._changed = before._kept_columns, before._changed.union(touched)

    def _limit(self) -> int:
        """How many nodes are moved one by one before a pass over columns takes less time."""
        size = self._network.size
        if not self._network.big:
            return 2 * size
        shape: Shape | None = self._network.__dict__.get("shape")
        limit = size // _WIDE
        limit += _WIDE_PER_GENERATION * shape.generations if shape is not None else size // _WIDE_ANEW
        return limit if self._kept_columns is not None else limit + size // _WIDE_ANEW

    def _same_days(self, plan: Plan) -> bool:
        """Whether every item, were it the same, would have the same calendar and stand or not as before."""
        old, new = self._plan.team_calendars, plan.team_calendars
        if old is not new and any(
            old.get(team, old[None]) is not new.get(team, new[None]) for team in {*old, *new}
        ):
            return False
        return self._plan.statuses is plan.statuses or categories_held(self._plan) == categories_held(plan)

    def _hand_on(self, other: Schedule, edits: Mapping[int, Edit], moved: set[int]) -> None:
        """Give `other` what was found out here and still holds there; an export may be finding out more."""
        network = other._network
        timeless = network is self._network and not any(differ(edit, TIMING) for edit in edits.values())
        if timeless and "_slack" in self.__dict__:
            other.__dict__["_slack"] = self._slack
        before = self._network
        touched = {*edits, *(before.up[n] for n in edits if n < before.size)}
        if self._spans:
            shown = network.with_parents(touched.union(node for node in moved if node >= 0))
            other._spans = {n: span for n, span in self._spans.copy().items() if n not in shown}
        if self._plan.statuses is other._plan.statuses:
            done = network.with_parents(touched)
            other._done = {n: share for n, share in self._done.copy().items() if n not in done}

    def _whole(self, one_by_one: Callable[..., Any], name: str, *given: Any) -> Any:
        """A pass over the whole plan, by columns where it is big and within the reach of tables."""
        shape = self._network.shape
        if shape is not None:
            from .engine import passes

            try:
                return getattr(passes, name)(shape, self._columns, *given)
            except (IndexError, OverflowError):
                pass
        return one_by_one(self._plan, self._network, *given)

    @cached_property
    def _columns(self) -> Columns:
        from .engine.columns import columns_of, mended

        if self._kept_columns is None:
            return columns_of(self._plan, self._network)
        return mended(self._kept_columns, self._plan, self._network, list(self._changed))

    # Dates

    @cached_property
    def start(self) -> Mapping[ItemId, int]:
        return Points(self._network, self._dates.at, 0)

    @cached_property
    def finish(self) -> Mapping[ItemId, int]:
        return Points(self._network, self._dates.at, 1)

    @cached_property
    def end(self) -> int | None:
        """The latest finish of all, None where nothing is on the timeline."""
        last = max(self._dates.at, default=NEVER)
        return last if last != NEVER else None

    def span(self, id: ItemId) -> tuple[int, int] | None:
        """Start and finish at once, for who asks for many; None for what is not on the timeline."""
        n = self._network.number.get(id)
        if n is None:
            return None
        at = self._dates.at
        return (at[2 * n], at[2 * n + 1]) if at[2 * n] != NEVER else None

    def dated(self, ids: Iterable[ItemId]) -> list[ItemId]:
        """Those of the items that are on the timeline."""
        number, at = self._network.number, self._dates.at
        return [id for id in ids if at[2 * number[id]] != NEVER]

    def moved_since(self, before: Schedule) -> list[ItemId]:
        """The items on the timeline that did not start on the same day in a schedule before."""
        ids, at = self._network.ids, self._dates.at
        if ids is before._network.ids:
            moved = otherwise(self._network, self._dates, before._dates, array("q", range(len(ids))))
            return [ids[n] for n in moved if at[2 * n] != NEVER]
        return [id for id, start in self.start.items() if start != before.start.get(id)]

    def numbers(self, ids: Iterable[ItemId]) -> array[int]:
        """Some items for `moved_among`."""
        return array("q", map(self._network.number.__getitem__, ids))

    def moved_among(self, before: Schedule, items: array[int]) -> int:
        """How many of some items, in numbers of `before`, did not start then on the same day as now."""
        if self._network.ids is before._network.ids:
            return len(otherwise(self._network, self._dates, before._dates, items))
        ids = before._network.ids
        return sum(self.start.get(ids[n]) != before.start.get(ids[n]) for n in items)

    def __contains__(self, id: object) -> bool:
        n = self._network.number.get(id)  # type: ignore[call-overload]
        return n is not None and self._dates.at[2 * n] != NEVER

    def dates(self, id: ItemId) -> Span | None:
        """The days shown to people, first and last included; None for what is not on the timeline.

        A milestone shows its own day where it stands on it, and the last working day before its point where
        links drive it. A parent spans what its children show.
        """
        n = self._network.number.get(id)
        shown = self._shown(n) if n is not None else None
        return Span(_date(shown[0]), _date(shown[1])) if shown else None

    def _shown(self, n: int) -> tuple[int, int] | None:
        """First and last day of an item, as ordinals."""
        start, finish = self._dates.at[2 * n], self._dates.at[2 * n + 1]
        if start == NEVER:
            return None
        item = self._item(n)
        if n in self._network.kids and self._forward.standing(n, item) is None:
            if n not in self._spans:
                below = [span for kid in self._network.kids[n] if (span := self._shown(kid))]
                self._spans[n] = (min(first for first, _ in below), max(last for _, last in below))
            return self._spans[n]
        if item.kind != "milestone":
            return start, finish - 1
        calendar = calendar_of(item, self._plan.team_calendars)
        day = start - 1 if start == own_start(item, calendar) else calendar.last_working(start)
        return day, day

    # Why

    def slack(self, id: ItemId) -> int | None:
        """Working days of its calendar that the item may slip; see `backward.backward`."""
        n = self._network.number.get(id)
        return self._slack[n] if n is not None else None

    @cached_property
    def _slack(self) -> list[int | None]:
        slack: list[int | None] = self._whole(backward, "backward", self._dates)
        return slack

    def critical(self, id: ItemId) -> bool:
        """Whether the item can't slip at all."""
        slack = self.slack(id)
        return slack is not None and slack <= 0

    def driver(self, id: ItemId) -> Driver | None:
        """What fixes the item's start; None for what is not on the timeline."""
        n = self._network.number.get(id)
        driver = self._forward.driver(n) if n is not None else None
        return Driver(*driver) if driver else None

    def stands(self, id: ItemId) -> bool:
        """Whether the item keeps its own start, whatever its links say: it is pinned, being done or done."""
        n = self._network.number.get(id)
        return n is not None and self._forward.standing(n, self._item(n)) is not None

    def conflicts(self, id: ItemId) -> tuple[Conflict, ...]:
        """What the item breaks by standing where it is."""
        n = self._network.number.get(id)
        return tuple(Conflict(*found) for found in self._forward.breaks(n)) if n is not None else ()

    def progress(self, id: ItemId) -> int:
        """Percent done: see `progress.Progress`."""
        n = self._network.number.get(id)
        return Progress(self._plan, self._network, self._done).of(n).percent if n is not None else 0

    # Within

    @cached_property
    def _forward(self) -> Forward:
        return Forward(self._plan, self._network, self._dates)

    def _item(self, n: int) -> Item:
        return self._plan.items[self._network.ids[n]]


def _date(ordinal: int) -> date:
    """The date, or the nearest there is: a damaged plan may run beyond the year 9999."""
    return date.fromordinal(min(max(ordinal, 1), _LAST_DAY))
