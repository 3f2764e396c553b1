"""Plan, schedule and rows, indexed for drawing: an item's row, its links, its colour, its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from ...model.fields import FIELDS
from ...model.plan import Plan
from ...model.query import Row, color_place
from ...model.records import Baseline, Item, ItemId, Link, LinkId, View
from ...model.schedule import Schedule
from .. import dates
from ..palette import Lane, Theme, Tones, tones
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
    ) -> None:
        """`hasty` is for the frames of a gesture: see `days_of`. `today` is by default the computer's."""
        self.hasty = hasty
        self.today = today or date.today()
        self._years: int | None = before._years if before is not None and hasty else None
        self.plan, self.schedule, self.rows, self.theme = plan, schedule, rows, theme
        self.color_field = view.color if view is not None and view.color in FIELDS else "team"
        self.group_field = view.group if view is not None and view.group in FIELDS else ""
        self.baseline = _latest(plan)
        self.row_of: Mapping[ItemId, int] = (
            before.row_of
            if before is not None and before.rows is rows
            else {row.item: place for place, row in enumerate(rows) if row.item is not None}
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
        self._far: tuple[frozenset[LinkId], list[Crossing]] | None = None
        self._folded: dict[str, list[tuple[int, int]]] | None = None

    # Colours

    def tones_of(self, item: Item) -> Tones:
        """The colours of an item by the field that the view colours by."""
        return tones(self.lane_of(self.color_field, self.value_of(self.color_field, item)))

    def value_of(self, field: str, item: Item) -> Any:
        value = FIELDS[field].read(self.plan, self.schedule, item)
        return value if not isinstance(value, list) else tuple(value)

    def lane_of(self, field: str, value: Any) -> Lane:
        """The lane colour that stands for a value of a field."""
        at = (field, value)
        lane = self._lanes.get(at)
        if lane is None:
            lane = self._lanes[at] = self._chosen(field, value)
        return lane

    def _chosen(self, field: str, value: Any) -> Lane:
        place = color_place(self.plan, field, value)
        if place is None:
            return self.theme.lane("slate")
        if field == "team":
            return self.theme.lane(self.plan.teams[value].color, place)
        if field == "status":
            return self.theme.lane(_STATUS_LANES[self.plan.statuses[value].category])
        return self.theme.lane("", place)

    def legend(self) -> list[tuple[Any, str]]:
        """The values that the colours stand for in these rows, and the fill of each; no value comes last."""
        if self._legend is None:
            values: dict[Any, None] = {}
            for row in self.rows:
                if row.item is not None and not self.plan.outline.is_parent(row.item):
                    values.setdefault(self.value_of(self.color_field, self.plan.items[row.item]) or None)
            places = {value: color_place(self.plan, self.color_field, value) for value in values}
            order = sorted(values, key=lambda value: (value is None, places[value] or 0))
            self._legend = [(value, tones(self.lane_of(self.color_field, value)).fill) for value in order]
        return self._legend

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
            item = rows[place].item
            inside = first <= place <= last
            for link in self.leaving.get(item, ()) if item is not None else ():
                target = row_of.get(link.target)
                if target is None:
                    continue
                low, high = (place, target) if place < target else (target, place)
                if inside or (low <= last and high >= first and high - low <= far):
                    found.append(Crossing(link, place, target, low, high))
            for link in self.coming.get(item, ()) if inside and item is not None else ():
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
        by_value = {row.value: row.ref for row in self.rows if row.item is None and row.folded}
        spans: dict[str, list[tuple[int, int]]] = {ref: [] for ref in by_value.values()}
        if not self.group_field:
            return spans
        for item in self.plan.items.values():
            if item.id in self.schedule and not self.plan.outline.is_parent(item.id):
                ref = by_value.get(self.value_of(self.group_field, item) or None)
                if ref is not None:
                    spans[ref].append((self.schedule.start[item.id], self.schedule.finish[item.id]))
        return {ref: _joined(stretches) for ref, stretches in spans.items()}


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


def _latest(plan: Plan) -> Baseline | None:
    return max(plan.baselines.values(), key=lambda baseline: (baseline.taken, baseline.id), default=None)
