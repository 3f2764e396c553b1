"""A second scheduler, to check the first: the contract of DESIGN read aloud, a day at a time.

It shares nothing with the program but the records. It is slow and has no ideas: a working day is found by
trying one day after another, and an item's dates by asking for those of everything that it waits for.
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
        never_moves = item.pinned or (not children and self.plan.category_of(item) != "todo")
        if item.start is not None and never_moves:
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
