"""Plan, schedule and rows, indexed for drawing: an item's row, its links, its colour, its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from ...model.colors import color_of
from ...model.plan import Plan
from ...model.query import Row
from ...model.records import Baseline, Item, ItemId, Link, LinkId, View
from ...model.rows.lanes import color_place, grouping, in_order
from ...model.schedule import Schedule
from .. import dates
from ..drawing.palette import Lane, Theme, Tones, tones
from . import routes

Links = Mapping[ItemId, Sequence[Link]]
_CHUNK = 16
"""Rows whose links are looked up together."""


class Crossing(msgspec.Struct, frozen=True):
    """A link with the rows of its ends."""

    link: Link
    source: int
    target: int
    low: int
    high: int


class Board:
    """What the layout asks. Made anew for each change; what that leaves alone is taken over from `before`."""

    leaving: Links
    coming: Links
    _legend: list[tuple[Any, str]] | None

    def __init__(
        self,
        plan: Plan,
        schedule: Schedule,
        rows: Sequence[Row],
        view: View | None,
        theme: Theme,
        before: Board | None = None,
        *,
        hasty: bool = False,
        today: date | None = None,
        dimmed: frozenset[ItemId] = frozenset(),
        ghost: Baseline | None = None,
    ) -> None:
        """`ghost` is shown in the place of the plan's baseline, whatever the view says; `dimmed` are items in
        the rows that are shown pale; `hasty` is for the frames of a gesture: see `days_of`. `today` is by
        default the computer's.
        """
        self.hasty = hasty
        self.today = today or date.today()
        self._years: int | None = before._years if before is not None and hasty else None
        self.plan, self.schedule, self.rows, self.theme, self.view = plan, schedule, rows, theme, view
        color = grouping(plan, view.color) if view is not None else None
        self.color_field = color.key if color is not None else "team"
        group = grouping(plan, view.group) if view is not None else None
        self.group_field = group.key if group is not None else ""
        both = bool(self.group_field and view is not None and grouping(plan, view.subgroup))
        self.lane_levels = 2 if both else 1 if self.group_field else 0
        self.dimmed = dimmed
        shown = plan.shown_baseline if view is None or view.show_baseline else None
        self.baseline = ghost or shown
        self.row_of: Mapping[ItemId, int] = (
            before.row_of
            if before is not None and before.rows is rows
            else {id: place for place, row in enumerate(rows) for id in row.items}
        )
        if before is not None and before.plan.links is plan.links:
            self.leaving, self.coming = before.leaving, before.coming
        else:
            self.leaving, self.coming = _ends(plan)
        self._chunks: dict[int, list[Crossing]] = (
            before._chunks
            if before is not None and before.rows is rows and before.leaving is self.leaving
            else {}
        )
        self._lanes: dict[Any, Lane] = {}
        same = before is not None and before.rows is rows and before.theme is theme
        self._legend = before._legend if before is not None and same else None
        self._ways: tuple[float, dict[LinkId, routes.Path]] = (0.0, {})
        self._far: tuple[frozenset[LinkId], list[Crossing]] | None = (
            before._far if before is not None and self._chunks is before._chunks else None
        )
        self._folded: dict[str, list[tuple[int, int]]] | None = None

    # Colours

    def tones_of(self, item: Item) -> Tones:
        """The colours of an item by the field that the view colours by."""
        return tones(self.lane_of(self.color_field, self.value_of(self.color_field, item)))

    def value_of(self, field: str, item: Item) -> Any:
        by = grouping(self.plan, field)
        return by.read(self.plan, self.schedule, item) if by is not None else None

    def lane_of(self, field: str, value: Any) -> Lane:
        """The lane colour that stands for a value of a field."""
        at = (field, value)
        lane = self._lanes.get(at)
        if lane is None:
            lane = self._lanes[at] = lane_for(self.plan, self.theme, field, value)
        return lane

    def legend(self) -> list[tuple[Any, str]]:
        """The values that the colours stand for in these rows, and the fill of each; no value comes last."""
        by = grouping(self.plan, self.color_field)
        if self._legend is None and by is not None:
            plan, times, parents = self.plan, self.schedule, self.plan.outline.children
            leaves = (plan.items[id] for row in self.rows for id in row.items if id not in parents)
            values = {by.read(plan, times, item): None for item in leaves}
            order = in_order(plan, by, values)
            self._legend = [(value, tones(self.lane_of(by.key, value)).fill) for value in order]
        return self._legend or []

    # Dates

    def days_of(self, id: ItemId) -> tuple[date, date] | None:
        """First and last day as people are shown them.

        During a gesture the days of a parent are those of its boundaries: what its milestones show costs a
        walk over the whole plan, which is left for when the hand has let go.
        """
        start = self.schedule.start.get(id)
        if start is None:
            return None
        finish = self.schedule.finish[id]
        item = self.plan.items[id]
        if self.plan.outline.is_parent(id):
            span = None if self.hasty else self.schedule.dates(id)
            first, last = (span.first, span.last) if span else (_date(start), _date(max(finish - 1, start)))
            return first, last
        if item.kind == "bar":
            return _date(start), _date(finish - 1)
        driver = self.schedule.driver(id)
        driven = driver is not None and driver.link is not None
        day = _date(self.plan.calendar_of(item).last_working(start) if driven else start - 1)
        return day, day

    def years(self) -> int:
        """How many digits of the year are to be written beside the days: 0, 2 or 4.

        Asked of the whole plan and not of the rows in sight: columns must not jump when it is scrolled.
        """
        if self._years is None:
            starts, end = self.schedule.start.values(), self.schedule.end
            ends = (_date(min(starts)), _date(end - 1)) if starts and end is not None else ()
            far = [abs(when.year - self.today.year) for when in ends if dates.is_far(when, self.today)]
            self._years = 0 if not far else 4 if max(far) >= 50 else 2
        return self._years

    def moves(self, id: ItemId, kept: Schedule) -> bool:
        """Whether the item is elsewhere than `kept` has it."""
        return self.schedule.start.get(id) != kept.start.get(id) or self.schedule.finish.get(
            id
        ) != kept.finish.get(id)

    def late(self, id: ItemId) -> bool:
        """Whether the item finishes after its deadline."""
        deadline = self.plan.items[id].deadline
        return deadline is not None and self.schedule.finish.get(id, 0) > deadline.toordinal() + 1

    def shift(self, id: ItemId, kept: Schedule) -> int:
        """By how many working days the item has moved from where `kept` has it."""
        old, new = kept.start.get(id), self.schedule.start.get(id)
        if old is None or new is None or (old == new and kept.finish[id] == self.schedule.finish[id]):
            return 0
        calendar = self.plan.calendar_of(self.plan.items[id])
        return calendar.between(old, new) or calendar.between(kept.finish[id], self.schedule.finish[id])

    # Links

    def ways(self, zoom: float) -> dict[LinkId, routes.Path]:
        """The ways that links take at a zoom, as far as they have been found."""
        if self._ways[0] != zoom:
            self._ways = (zoom, {})
        return self._ways[1]

    def links_near(self, first: int, last: int) -> list[Crossing]:
        """The links that have a row from `first` to `last` at an end, or between their ends.

        A link over more than `FAR_ROWS` is met only where one of its ends is: far rows need not be asked.
        """
        if last < first:
            return []
        begin, end = first // _CHUNK, last // _CHUNK
        if begin == end:
            found = self._crossing(begin)
        else:
            found = list(dict.fromkeys(link for at in range(begin, end + 1) for link in self._crossing(at)))
        return [link for link in found if link.low <= last and link.high >= first]

    def _crossing(self, chunk: int) -> list[Crossing]:
        """The links near a run of rows; found once, and kept as long as rows and links stay."""
        known = self._chunks.get(chunk)
        if known is not None:
            return known
        found = self._chunks[chunk] = []
        rows, row_of, far = self.rows, self.row_of, routes.FAR_ROWS
        first, last = chunk * _CHUNK, min((chunk + 1) * _CHUNK, len(rows)) - 1
        for place in range(max(first - far, 0), min(last + far, len(rows) - 1) + 1):
            items, inside = rows[place].items, first <= place <= last
            for link in _at(self.leaving, items):
                target = row_of.get(link.target)
                if target is None:
                    continue
                low, high = (place, target) if place < target else (target, place)
                if inside or (low <= last and high >= first and high - low <= far):
                    found.append(Crossing(link, place, target, low, high))
            for link in _at(self.coming, items) if inside else ():
                source = row_of.get(link.source)
                if source is not None and abs(place - source) > far and not first <= source <= last:
                    low, high = (place, source) if place < source else (source, place)
                    found.append(Crossing(link, source, place, low, high))
        return found

    def far_links(self, chain: frozenset[LinkId]) -> list[Crossing]:
        """Those links of a chain that reach over more than `FAR_ROWS`."""
        if self._far is None or self._far[0] is not chain:
            found = []
            for id in chain:
                link = self.plan.links[id]
                source, target = self.row_of.get(link.source), self.row_of.get(link.target)
                if source is not None and target is not None and abs(source - target) > routes.FAR_ROWS:
                    low, high = (source, target) if source < target else (target, source)
                    found.append(Crossing(link, source, target, low, high))
            self._far = (chain, found)
        return self._far[1]

    def chain(self, items: Sequence[ItemId]) -> frozenset[LinkId]:
        """The links over which the items wait for others, and others for them, as far as they reach."""
        found: set[LinkId] = set()
        for ends, other in ((self.leaving, "target"), (self.coming, "source")):
            seen, todo = set(items), list(items)
            while todo:
                for link in ends.get(todo.pop(), ()):
                    found.add(link.id)
                    next_one = getattr(link, other)
                    if next_one not in seen:
                        seen.add(next_one)
                        todo.append(next_one)
        return frozenset(found)

    def followers(self, items: Sequence[ItemId]) -> frozenset[ItemId]:
        """Everything that may move when these do: over links, down into parents and up to them."""
        return self._reached(items, self.leaving, "target")

    def leaders(self, items: Sequence[ItemId]) -> frozenset[ItemId]:
        """Everything that these may have to wait for."""
        return self._reached(items, self.coming, "source")

    def _reached(self, items: Sequence[ItemId], ends: Links, other: str) -> frozenset[ItemId]:
        plan = self.plan
        seen, todo = set(items), list(items)
        while todo:
            id = todo.pop()
            near: list[ItemId] = [getattr(link, other) for link in ends.get(id, ())]
            near.extend(plan.outline.children.get(id, ()))
            for above in plan.outline.ancestors(id, plan.items):
                near.extend(getattr(link, other) for link in ends.get(above, ()))
            for one in near:
                if one not in seen:
                    seen.add(one)
                    todo.append(one)
        return frozenset(seen.difference(items))

    # Lanes

    def spans_of_folded(self, ref: str) -> Sequence[tuple[int, int]]:
        """The stretches of time that a folded lane's items take up together."""
        if self._folded is None:
            self._folded = self._merged()
        return self._folded.get(ref, ())

    def _merged(self) -> dict[str, list[tuple[int, int]]]:
        start, finish = self.schedule.start, self.schedule.finish
        return {
            row.ref: _joined([(start[id], finish[id]) for id in row.hidden if id in start])
            for row in self.rows
            if row.hidden
        }


def _at(ends: Links, items: Sequence[ItemId]) -> Sequence[Link]:
    """The links that end at some items."""
    if len(items) == 1:
        return ends.get(items[0], ())
    return [link for id in items for link in ends.get(id, ())]


def lane_for(plan: Plan, theme: Theme, key: str, value: Any) -> Lane:
    """The lane colour of a value: chosen by hand, else by its place, or by how far a status is."""
    place = color_place(plan, key, value)
    if place is None:
        return theme.lane("slate")
    chosen = color_of(plan, key, value)
    if key == "status" and not chosen:
        chosen = _STATUS_LANES[plan.statuses[value].category]
    return theme.lane(chosen, place)


_STATUS_LANES = {"todo": "slate", "doing": "blue", "done": "green"}


def _date(ordinal: int) -> date:
    """The date, or the nearest there is: a damaged plan may run beyond the year 9999."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, finish in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], finish))
        else:
            joined.append((start, finish))
    return joined


def _ends(plan: Plan) -> tuple[Links, Links]:
    leaving: dict[ItemId, list[Link]] = {}
    coming: dict[ItemId, list[Link]] = {}
    for link in plan.links.values():
        leaving.setdefault(link.source, []).append(link)
        coming.setdefault(link.target, []).append(link)
    return leaving, coming
