"""A second scheduler, to check the first: the contract of DESIGN read aloud, a day at a time.

It shares nothing with the program but the records. It is slow and has no ideas: a working day is found by
trying one day after another, an item's dates by asking for those of everything that it waits for, and how far
it may slip by trying one day after another from the end.
"""

from __future__ import annotations

from typing import NamedTuple

from roadwright.model.plan import Plan
from roadwright.model.records import Calendar, Item, ItemId, Link


class Placed(NamedTuple):
    """Boundaries (ordinals), and the first and last day shown to people."""

    start: int
    finish: int
    first: int
    last: int


def works(calendar: Calendar, day: int) -> bool:
    weekday = (day + 6) % 7  # the ordinal 1 was a Monday
    for run in calendar.extra:
        if run.first.toordinal() <= day <= run.last.toordinal():
            return True
    for run in calendar.holidays:
        if run.first.toordinal() <= day <= run.last.toordinal():
            return False
    return weekday in calendar.weekdays


def add(calendar: Calendar, boundary: int, days: int) -> int:
    """The boundary that closes the n-th working day at or after; or opens the |n|-th before."""
    while days > 0:
        if works(calendar, boundary):
            days -= 1
        boundary += 1
    while days < 0:
        boundary -= 1
        if works(calendar, boundary):
            days += 1
    return boundary


def next_working(calendar: Calendar, day: int) -> int:
    while not works(calendar, day):
        day += 1
    return day


def last_working_before(calendar: Calendar, boundary: int) -> int:
    day = boundary - 1
    while not works(calendar, day):
        day -= 1
    return day


class Oracle:
    """The dates of a plan without loops: `dates[id]`, without what stays in the backlog."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known: dict[ItemId, Placed | None] = {}
        self.known_latest: dict[ItemId, Placed] = {}
        self.dates = {id: placed for id in plan.items if (placed := self.placed(id))}

    def calendar(self, item: Item) -> Calendar:
        team = self.plan.teams.get(item.team) if item.team else None
        if team and team.calendar:
            return self.plan.calendars[team.calendar]
        return self.plan.calendars[self.plan.info.calendar]

    def placed(self, id: ItemId) -> Placed | None:
        if id not in self.known:
            self.known[id] = self.place(self.plan.items[id])
        return self.known[id]

    def place(self, item: Item) -> Placed | None:
        children = children_of(self.plan, item.id)
        if self.stands(item):
            return self.alone(item)
        if children:
            return self.rolled_up(children)
        return self.driven(item)

    def alone(self, item: Item) -> Placed:
        """By its own start."""
        assert item.start is not None
        day = item.start.toordinal()
        if item.kind == "milestone":
            return Placed(day + 1, day + 1, day, day)
        return self.bar(item, next_working(self.calendar(item), day))

    def bar(self, item: Item, start: int) -> Placed:
        finish = add(self.calendar(item), start, item.duration)
        return Placed(start, finish, start, finish - 1)

    def rolled_up(self, children: list[ItemId]) -> Placed | None:
        parts = [part for child in children if (part := self.placed(child))]
        if not parts:
            return None
        return Placed(
            min(part.start for part in parts),
            max(part.finish for part in parts),
            min(part.first for part in parts),
            max(part.last for part in parts),
        )

    def driven(self, item: Item) -> Placed | None:
        calendar = self.calendar(item)
        starts, finishes = self.bounds(item)
        if item.kind == "milestone":
            points = starts + finishes
            if item.start is not None and all(point <= item.start.toordinal() + 1 for point in points):
                return self.alone(item)
            if not points:
                return None
            point = max(points)
            return Placed(point, point, *[last_working_before(calendar, point)] * 2)
        if item.start is not None:
            starts.append(item.start.toordinal())
        if not starts and not finishes:
            return None
        day = min(starts + [add(calendar, bound, -item.duration - 1) for bound in finishes])
        while True:  # the first day that is worked and keeps all bounds
            if works(calendar, day) and all(bound <= day for bound in starts):
                placed = self.bar(item, day)
                if all(bound <= placed.finish for bound in finishes):
                    return placed
            day += 1

    def bounds(self, item: Item) -> tuple[list[int], list[int]]:
        """What the links into the item and into its ancestors ask of its start and of its finish."""
        starts, finishes = [], []
        for above in [item.id, *ancestors_of(self.plan, item.id)]:
            calendar = self.calendar(self.plan.items[above])
            for link in self.plan.links.values():
                source = self.placed(link.source) if link.target == above else None
                if source is None:
                    continue
                if link.type == "FS":
                    starts.append(add(calendar, source.finish, link.lag))
                elif link.type == "SS":
                    starts.append(add(calendar, source.start, link.lag))
                elif link.type == "FF":
                    finishes.append(add(calendar, source.finish, link.lag))
                else:
                    finishes.append(add(calendar, source.start, link.lag))
        return starts, finishes

    # What is wrong

    def stands(self, item: Item) -> bool:
        """Whether the item keeps its own start, whatever its links say."""
        moves = not item.pinned and (bool(children_of(self.plan, item.id)) or self.is_to_do(item))
        return item.start is not None and not moves

    def is_to_do(self, item: Item) -> bool:
        status = self.plan.statuses.get(item.status) if item.status else None
        return status is None or status.category == "todo"

    def broken(self, id: ItemId) -> int:
        """How many links, into the item or into what is above it, ask it to be later than it stands."""
        item, placed = self.plan.items[id], self.dates.get(id)
        if placed is None or not self.stands(item):
            return 0
        starts, finishes = self.bounds(item)
        return sum(bound > placed.start for bound in starts) + sum(
            bound > placed.finish for bound in finishes
        )

    def clamped(self, id: ItemId) -> bool:
        """Whether the item lies outside of its parent, which keeps its dates."""
        parent, placed = self.plan.items[id].parent, self.dates.get(id)
        if parent is None or placed is None or not self.stands(self.plan.items[parent]):
            return False
        around = self.dates[parent]
        return placed.start < around.start or placed.finish > around.finish

    def misses_deadline(self, id: ItemId) -> bool:
        item, placed = self.plan.items[id], self.dates.get(id)
        return item.deadline is not None and placed is not None and placed.last > item.deadline.toordinal()

    # How far an item may slip

    def slack(self, id: ItemId) -> int | None:
        """Working days from where the item is to the latest day on which nothing breaks; see `latest`."""
        placed = self.dates.get(id)
        if placed is None:
            return None
        children = children_of(self.plan, id)
        if children and not self.stands(self.plan.items[id]):
            return min(slack for child in children if (slack := self.slack(child)) is not None)
        calendar, late = self.calendar(self.plan.items[id]), self.latest(id).start
        worked = sum(works(calendar, day) for day in range(min(placed.start, late), max(placed.start, late)))
        return worked if late >= placed.start else -worked

    def latest(self, id: ItemId) -> Placed:
        """The latest dates of an item: before the end, its deadline, and what its links are held to."""
        if id not in self.known_latest:
            item = self.plan.items[id]
            day = max(placed.finish for placed in self.dates.values())
            while (placed := self.tried(item, day)) is None or not self.allowed(id, *placed[:2]):
                day -= 1
            self.known_latest[id] = placed
        return self.known_latest[id]

    def tried(self, item: Item, day: int) -> Placed | None:
        """The item as it would be from a boundary on; None where a bar can't start there."""
        if item.kind == "milestone":
            return Placed(day, day, day, day)
        return self.bar(item, day) if works(self.calendar(item), day) else None

    def allowed(self, id: ItemId, start: int | None, finish: int) -> bool:
        """Whether an item may be there for all that waits for it, and for what is above it.

        Without a `start` it is a parent that another of its children begins.
        """
        item = self.plan.items[id]
        if finish > max(placed.finish for placed in self.dates.values()):
            return False
        if item.deadline is not None and finish > item.deadline.toordinal() + 1:
            return False
        for link in self.plan.links.values():
            point = finish if link.type in ("FS", "FF") else start
            if link.source == id and point is not None:
                bound = add(self.calendar(self.plan.items[link.target]), point, link.lag)
                if not self.accepts(link.target, bound, to_start=link.type in ("FS", "SS")):
                    return False
        if item.parent is None or self.stands(self.plan.items[item.parent]):
            return True
        begins = self.dates[id].start == self.dates[item.parent].start
        return self.allowed(item.parent, start if begins else None, finish)

    def accepts(self, id: ItemId, bound: int, to_start: bool) -> bool:
        """Whether a bound on an item's start, or on its finish, does not make it later than it may be."""
        item = self.plan.items[id]
        below = all(self.accepts(child, bound, to_start) for child in children_of(self.plan, id))
        if id not in self.dates or (children_of(self.plan, id) and not self.stands(item)):
            return below
        held = self.dates[id] if self.stands(item) else self.latest(id)
        return below and bound <= (held.start if to_start else held.finish)


def children_of(plan: Plan, id: ItemId) -> list[ItemId]:
    return [item.id for item in plan.items.values() if item.parent == id]


def ancestors_of(plan: Plan, id: ItemId) -> list[ItemId]:
    parent = plan.items[id].parent
    return [] if parent is None else [parent, *ancestors_of(plan, parent)]


def closes_loop(plan: Plan, link: Link) -> bool:
    """Whether the plan, sound so far, has a loop once it has the link too."""
    joined = [*plan.links.values(), link]

    def waits_for(id: ItemId) -> list[ItemId]:
        family = [id, *ancestors_of(plan, id)]
        return children_of(plan, id) + [one.source for one in joined if one.target in family]

    def leads_to_itself(id: ItemId) -> bool:
        seen: set[ItemId] = set()
        left = waits_for(id)
        while left:
            one = left.pop()
            if one == id:
                return True
            if one not in seen:
                seen.add(one)
                left += waits_for(one)
        return False

    return any(leads_to_itself(id) for id in plan.items)
