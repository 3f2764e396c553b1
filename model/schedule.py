"""When everything happens: the dates that follow from a plan, and why they are as they are.

A schedule is derived from a plan, never stored and never edited. Time is whole days: inside, ordinals of
boundaries (`calendar`), at the edges `datetime.date`. The rules are those of DESIGN, "Scheduling rules".
Making one is the forward pass; late dates, conflicts and what people are shown are found when first asked
for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import msgspec

from .backward import backward
from .calendar import WorkingDays
from .change import Change
from .forward import NEVER, Rule, calendar_of, duration_of, forward
from .network import Network
from .plan import Plan
from .records import Item, ItemId, LinkId, Span, TeamId

_LAST_DAY = date.max.toordinal()


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
    """The dates of a plan. Never raises, whatever the plan holds: `problems` says what is wrong with it."""
    return Schedule(plan, Network(plan))


class Schedule:
    """The dates of one plan. `id in schedule` says whether an item is on the timeline.

    Attributes:
        start, finish: boundaries by item; of a milestone both are its point, the close of its day.
        end: the latest finish of all, None where nothing is on the timeline.
        loops: circles of items that wait for each other, each with the first one repeated at the end; the
            links inside them do not count.
    """

    def __init__(self, plan: Plan, network: Network) -> None:
        self._plan = plan
        self._network = network
        self._dates = forward(plan, network)
        ids, at = network.ids, self._dates.at
        self.start: Mapping[ItemId, int] = {
            id: day for id, day in zip(ids, at[::2], strict=True) if day != NEVER
        }
        self.finish: Mapping[ItemId, int] = {
            id: day for id, day in zip(ids, at[1::2], strict=True) if day != NEVER
        }
        self.end: int | None = max(self.finish.values(), default=None)
        self.loops: list[list[ItemId]] = network.loops

    def after(self, plan: Plan, change: Change) -> Schedule:
        """The schedule of `plan`, which is this one's plan after `change`."""
        if plan.links is self._plan.links and plan.outline is self._plan.outline:
            return Schedule(plan, self._network)
        return schedule(plan)

    def __contains__(self, id: object) -> bool:
        return id in self.start

    def dates(self, id: ItemId) -> Span | None:
        """The days shown to people, first and last included; None for what is not on the timeline.

        A milestone shows its own day where it stands on it, and the last working day before its point where
        links drive it. A parent spans what its children show.
        """
        n = self._number.get(id)
        shown = self._shown[n] if n is not None else None
        return Span(_date(shown[0]), _date(shown[1])) if shown else None

    def slack(self, id: ItemId) -> int | None:
        """Working days of its calendar that the item may slip; see `backward.backward`."""
        n = self._number.get(id)
        return self._slack[n] if n is not None else None

    def critical(self, id: ItemId) -> bool:
        """Whether the item can't slip at all."""
        slack = self.slack(id)
        return slack is not None and slack <= 0

    def driver(self, id: ItemId) -> Driver | None:
        """What fixes the item's start; None for what is not on the timeline."""
        n = self._number.get(id)
        rule = self._dates.rule[n] if n is not None else None
        return Driver(rule, self._dates.link[n]) if rule and n is not None else None

    def conflicts(self, id: ItemId) -> tuple[Conflict, ...]:
        """What the item breaks by standing where it is."""
        return self._conflicts.get(id, ())

    def progress(self, id: ItemId) -> int:
        """Percent done: of a parent, its leaves' progress weighted by their duration; done is 100.

        What is in the backlog counts too: it is to be done. A parent is at 100 only when all below it is.
        """
        n = self._number.get(id)
        return self._progress[n] if n is not None else 0

    # Found when first asked for

    @cached_property
    def _number(self) -> dict[ItemId, int]:
        return {id: n for n, id in enumerate(self._network.ids)}

    @cached_property
    def _items(self) -> list[Item]:
        return [self._plan.items[id] for id in self._network.ids]

    @cached_property
    def _calendars(self) -> dict[TeamId | None, WorkingDays]:
        return self._plan.team_calendars

    @cached_property
    def _slack(self) -> list[int | None]:
        return backward(self._plan, self._network, self._dates)

    @cached_property
    def _shown(self) -> list[tuple[int, int] | None]:
        """First and last day of each item, as ordinals."""
        network, dates, size = self._network, self._dates, self._network.size
        shown: list[tuple[int, int] | None] = [None] * size
        for n in network.order:
            if n >= size or dates.rule[n] is None:
                continue
            start, finish = dates.at[2 * n], dates.at[2 * n + 1]
            if dates.rule[n] == "children":
                below = [span for kid in network.kids[n] if (span := shown[kid])]
                shown[n] = (min(first for first, _ in below), max(last for _, last in below))
            elif self._items[n].kind != "milestone":
                shown[n] = (start, finish - 1)
            elif dates.link[n] is None:
                shown[n] = (start - 1, start - 1)
            else:
                day = calendar_of(self._items[n], self._calendars).last_working(start)
                shown[n] = (day, day)
        return shown

    @cached_property
    def _conflicts(self) -> dict[ItemId, tuple[Conflict, ...]]:
        found: dict[ItemId, tuple[Conflict, ...]] = {}
        network, dates = self._network, self._dates
        for n, rule in enumerate(dates.rule):
            conflicts = self._broken(n) if rule in ("pinned", "status") else []
            up = network.up[n]
            if rule and up >= 0 and dates.rule[up] == "pinned" and self._outside(n, up):
                conflicts.append(Conflict("parent.clamp", None, network.ids[up]))
            if conflicts:
                found[network.ids[n]] = tuple(conflicts)
        return found

    def _outside(self, n: int, parent: int) -> bool:
        at = self._dates.at
        return at[2 * n] < at[2 * parent] or at[2 * n + 1] > at[2 * parent + 1]

    def _broken(self, n: int) -> list[Conflict]:
        """The links into the item, and into its ancestors, that ask it to be later than it is."""
        network, at = self._network, self._dates.at
        found = []
        above = n
        while above >= 0:
            calendar = calendar_of(self._items[above], self._calendars)
            for source, target, lag, id in network.into[above]:
                held = at[2 * n + (target & 1)]
                if at[source] != NEVER and calendar.add(at[source], lag) > held:
                    found.append(Conflict("link.broken", id, network.ids[source >> 1]))
            above = network.up[above]
        return found

    @cached_property
    def _progress(self) -> list[int]:
        network, size = self._network, self._network.size
        exact = [0.0] * size
        weight = [0] * size
        percent = [0] * size
        for n in network.order:
            if n >= size:
                continue
            item = self._items[n]
            if kids := network.kids.get(n):
                weight[n] = sum(weight[kid] for kid in kids)
                if weight[n]:
                    exact[n] = sum(exact[kid] * weight[kid] for kid in kids) / weight[n]
                else:  # nothing but milestones
                    exact[n] = sum(exact[kid] for kid in kids) / len(kids)
                whole = all(percent[kid] == 100 for kid in kids)
                percent[n] = 100 if whole else min(int(exact[n] + 0.5), 99)
            else:
                percent[n] = 100 if self._plan.category_of(item) == "done" else item.progress
                exact[n] = percent[n]
                weight[n] = 0 if item.kind == "milestone" else duration_of(item)
        return percent


def _date(ordinal: int) -> date:
    """The date, or the nearest there is: a damaged plan may run beyond the year 9999."""
    return date.fromordinal(min(max(ordinal, 1), _LAST_DAY))
