"""Keeps everything on the days that the other program shows, whatever whole days make of its links.

Other programs count hours, let a milestone open its day, and put things where their own links forbid it. A
link that asks for a day more than it did there, because days are whole here, gets that day as a lead; what
breaks its links by more is pinned where it stood, and the broken link shows; and what stood as early as its
links allow keeps following them. Everything of this is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from ...model.plan import Plan
from ...model.records import Item, ItemId, Link
from ...model.schedule import Schedule, schedule
from ..tables.findings import Findings, some
from .foreign import Task, Waits

_FARTHEST = 5_000
"""Working days that a lag which is only about right may be wrong by."""


class Fitting:
    """A plan whose bars have their starts, and its links."""

    def __init__(
        self,
        plan: Plan,
        tasks: Mapping[ItemId, Task],
        waits: Sequence[Waits],
        ids: Mapping[str, ItemId],
        findings: Findings,
    ) -> None:
        self.plan, self.tasks, self.findings = plan, tasks, findings
        self.days = plan.team_calendars[None]
        known = {(ids.get(one.source), ids.get(one.target), one.type): one for one in waits[::-1]}
        self._loose = {at for at, one in known.items() if one.loose}
        self._within_days = {at for at, one in known.items() if one.within_days}
        self._at = self._places()

    def result(self) -> Plan:
        """The plan with its links fitted."""
        self._fit_links()
        self._free()
        self._report(schedule(self.plan))
        return self.plan

    # Where everything stood

    def _places(self) -> dict[ItemId, tuple[int, int]]:
        """The boundaries of each item by its own dates, of a parent by what is in it."""
        places: dict[ItemId, tuple[int, int]] = {}
        outline = self.plan.outline
        for id in reversed(outline.order):
            item = self.plan.items[id]
            if outline.is_parent(id) and not item.pinned:
                within = [places[child] for child in outline.children[id] if child in places]
                if within:
                    places[id] = min(start for start, _ in within), max(finish for _, finish in within)
            elif item.start is not None:
                places[id] = self._place(item, item.start)
        return places

    def _place(self, item: Item, day: date) -> tuple[int, int]:
        if item.kind == "milestone":
            return day.toordinal() + 1, day.toordinal() + 1
        start = self.days.next_working(day.toordinal())
        return start, self.days.add(start, item.duration)

    def _asked(self, link: Link, lag: int, item: Item) -> int:
        """The earliest start of a bar, or point of a milestone, that a link into it or its parents allows."""
        start, finish = self._at[link.source]
        bound = self.days.add(start if link.type in ("SS", "SF") else finish, lag)
        if item.kind == "milestone":
            return bound
        if link.type in ("FF", "SF"):
            return self.days.start_for_finish(bound, item.duration)
        return self.days.next_working(bound)

    def _within(self, id: ItemId) -> Iterable[Item]:
        """The items without children that a link into the item holds."""
        outline, items = self.plan.outline, self.plan.items
        found = [id] if not outline.is_parent(id) else outline.descendants(id)
        return (items[one] for one in found if one in self._at and not outline.is_parent(one))

    def _broken(self, link: Link, lag: int) -> list[Item]:
        """What stood too early for the link."""
        return [
            item for item in self._within(link.target) if self._asked(link, lag, item) > self._at[item.id][0]
        ]

    # Links

    def _fit_links(self) -> None:
        fitted: list[Link] = []
        broken: list[Link] = []
        pinned: dict[ItemId, Item] = {}
        for link in self.plan.links.values():
            if link.source not in self._at or not (early := self._broken(link, link.lag)):
                continue
            if (lag := self._fitting(link)) is not None:
                fitted.append(replace(link, lag=lag))
            else:
                broken.append(link)
                pinned |= {item.id: replace(item, pinned=True) for item in early if self._may_move(item)}
        if fitted:
            names = self._names((link.source, link.target) for link in fitted)
            self.findings.note("planner.links_fitted", count=len(fitted), links=names)
        for link in broken:
            keys = [self.plan.items[end].key for end in (link.source, link.target)]
            line = self.tasks[link.target].line
            done = "planner.done.pinned" if link.target in pinned else "planner.done.stays"
            self.findings.add("planner.link_broken", line or None, source=keys[0], target=keys[1], done=done)
        self.plan = self.plan.put(*fitted, *pinned.values())

    def _fitting(self, link: Link) -> int | None:
        """The longest lag that what waits has kept; None where that is more than a matter of whole days."""
        at = (link.source, link.target, link.type)
        if at in self._within_days and not self._broken(link, link.lag - 1):
            return link.lag - 1
        if at not in self._loose:
            return None
        least, most = link.lag - _FARTHEST, link.lag - 1  # at the first it is kept, at the second it is not
        if self._broken(link, least):
            return None
        while most - least > 1:
            lag = (least + most) // 2
            least, most = (least, lag) if self._broken(link, lag) else (lag, most)
        return least

    def _may_move(self, item: Item) -> bool:
        return not item.pinned and self.plan.category_of(item) == "todo"

    def _names(self, pairs: Iterable[tuple[ItemId, ItemId]]) -> str:
        items = self.plan.items
        return some([f"{items[one].key} → {items[other].key}" for one, other in pairs])

    # What follows its links

    def _free(self) -> None:
        """Take their own start from those that stand by their links alone, and stay where they are so."""
        plan, freed = self.plan, []
        for id, task in self.tasks.items():
            item = plan.items[id]
            if not task.soon or id not in self._at or plan.outline.is_parent(id) or not self._may_move(item):
                continue
            above = [id, *plan.outline.ancestors(id, plan.items)]
            asked = [
                self._asked(link, link.lag, item)
                for one in above
                for link in plan.incoming.get(one, ())
                if link.source in self._at
            ]
            own = task.not_before
            if own is not None:
                asked.append(self._place(item, own)[0])
            if asked and max(asked) == self._at[id][0] and self._shows(item, own):
                freed.append(replace(item, start=own))
        self.plan = plan.put(*freed)

    def _shows(self, item: Item, own: date | None) -> bool:
        """Whether a milestone that links put there shows the same day: they show no day off."""
        return (
            item.kind == "bar"
            or own == item.start
            or (item.start is not None and self.days.is_working(item.start))
        )

    # What is said

    def _report(self, shown: Schedule) -> None:
        parents, unlike = [], 0
        for id, task in self.tasks.items():
            span = shown.dates(id)
            if task.first is None or task.last is None or span is None:
                continue
            item = self.plan.items[id]
            if self.plan.outline.is_parent(id):
                if (span.first, span.last) != (task.first, task.last):
                    parents.append(item.key)
                continue
            if (span.first, span.last) != (task.first, task.last):
                self.findings.add(
                    "planner.moved",
                    task.line or None,
                    key=item.key,
                    there=_days(task.first, task.last),
                    here=_days(span.first, span.last),
                )
            elif item.kind == "bar" and task.days is not None and task.days != item.duration:
                unlike += 1
        if parents:
            self.findings.note("planner.summaries", count=len(parents), keys=some(parents))
        if unlike:
            self.findings.note("import.duration_unlike_dates", count=unlike)


def _days(first: date, last: date) -> str:
    return str(first) if first == last else f"{first}..{last}"
