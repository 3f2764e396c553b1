"""What has become of a plan since an earlier state, as one tells it to people who wait for it.

A comparison lists what differs; the story says what that means: which items slip or come earlier, by how
many working days and because of what, and what follows from what. Its words are made in io/difference.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from ..compare import NOT_BEFORE, PLACE, Comparing, Comparison, FieldChange, ItemEntry
from ..plan import Plan
from ..problems import Problem, problems
from ..records import ItemId, Span
from ..schedule import Schedule
from .turning import Cause, Turning

Kind = Literal[
    "slipped",
    "pulled",
    "added",
    "dropped",
    "conflict",
    "done",
    "progress",
    "rescoped",
    "reprioritised",
    "renamed",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are told."""
_DATES = frozenset({"start", "finish"})
_KIND_OF: dict[str, Kind] = {
    "title": "renamed",
    PLACE: "reprioritised",
    "horizon": "reprioritised",
    "status": "progress",
    "progress": "progress",
}
"""Fields that are told under a head of their own; all others are the scope."""
_TOLD_BY = {
    "cause.length": "duration",
    "cause.moved": NOT_BEFORE,
    "cause.pinned": "pinned",
    "cause.unpinned": "pinned",
    "cause.status": "status",
}
"""The field that a cause has told of."""
_NEWSWORTHY = frozenset({"deadline.missed", "link.broken", "link.loop", "link.backlog", "parent.clamp"})
"""Problems that are news when they come up."""


class News(msgspec.Struct, frozen=True):
    """One thing that has become of one item.

    Attributes:
        id: the item, in the newer plan; of a dropped one, in the older.
        title: what it is called there, with its key where another item has the same title.
        days: working days of its calendar that it finishes later (slipped, done) or earlier (pulled).
        span: the days that it is on the timeline, or was (dropped); None: it has none.
        still: of an added or dropped one: it was and is in the plan, only its dates came or went.
        causes: why it slips or comes earlier, at most two.
        root: the item at which a chain of causes begins, where that is another one that moved.
        reason: what somebody wrote when they changed it.
    """

    kind: Kind
    id: ItemId
    title: str
    days: int = 0
    span: Span | None = None
    still: bool = False
    causes: tuple[Cause, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    problem: Problem | None = None
    root: ItemId | None = None
    reason: str = ""


class Story(msgspec.Struct, frozen=True, dict=True):
    """Everything that is told, in the order of kinds and of the plan; and the comparison that it tells."""

    news: tuple[News, ...]
    comparison: Comparison

    def __bool__(self) -> bool:
        return bool(self.news) or bool(self.comparison)

    def of(self, kind: Kind) -> Sequence[News]:
        return self._by_kind.get(kind, ())

    def following(self, root: News) -> Sequence[News]:
        """What moves because of an item that moved by itself, what finishes first before the others."""
        return self._by_root.get((root.kind, root.id), ())

    @cached_property
    def _by_kind(self) -> Mapping[Kind, list[News]]:
        found: dict[Kind, list[News]] = {}
        for one in self.news:
            found.setdefault(one.kind, []).append(one)
        return found

    @cached_property
    def _by_root(self) -> Mapping[tuple[Kind, ItemId], list[News]]:
        found: dict[tuple[Kind, ItemId], list[News]] = {}
        for one in self.news:
            if one.root is not None:
                found.setdefault((one.kind, one.root), []).append(one)
        for some in found.values():
            some.sort(key=lambda one: one.span.last if one.span else date.max)
        return found


def story(
    old: Plan,
    old_times: Schedule,
    new: Plan,
    new_times: Schedule,
    reasons: Mapping[ItemId, str] | None = None,
    *,
    dates_only: bool = False,
) -> Story:
    """What has become of `old` in `new`, each with its schedule.

    `reasons` are what people wrote when they changed items. With `dates_only` nothing is known of the older
    plan but its dates (see `edits.baselines.as_of`), and nothing else is told.
    """
    comparing = Comparing(old, old_times, new, new_times)
    comparison = comparing.dates() if dates_only else comparing.result()
    telling = _Telling(comparing, comparison, reasons or {}, dates_only)
    return Story(tuple(telling.news()), comparison)


class _Telling:
    def __init__(
        self, comparing: Comparing, comparison: Comparison, reasons: Mapping[ItemId, str], dates_only: bool
    ) -> None:
        self.comparing, self.comparison, self.reasons = comparing, comparison, reasons
        self.dates_only = dates_only
        self.old, self.new = comparing.old, comparing.new
        self.old_times, self.new_times = comparing.old_times, comparing.new_times
        self.old_of = {ItemId(now): ItemId(was) for was, now in comparing.twins["items"].items()}
        self.turning = Turning(comparing, self.old_of, dates_only)
        self._twice = {True: _twice(self.new), False: _twice(self.old)}

    def news(self) -> list[News]:
        found = [self._gone(entry) for entry in self.comparison.removed]
        found += [self._come(entry) for entry in self.comparison.added]
        for entry in self.comparison.changed:
            found += self._changed(entry)
        if not self.dates_only:
            found += self._conflicts()
        found = _rooted(found)
        return sorted(found, key=lambda one: KINDS.index(one.kind))

    # Items that came or went

    def _come(self, entry: ItemEntry) -> News:
        span = self.new_times.dates(entry.id)
        return News(
            "added", entry.id, self._title(entry.id), span=span, reason=self.reasons.get(entry.id, "")
        )

    def _gone(self, entry: ItemEntry) -> News:
        span = self.old_times.dates(entry.id)
        title = self._title(entry.id, now=False)
        return News("dropped", entry.id, title, span=span, reason=self.reasons.get(entry.id, ""))

    # Items that changed

    def _changed(self, entry: ItemEntry) -> list[News]:
        id, was = entry.id, self.old_of[entry.id]
        before, after = self.old_times.dates(was), self.new_times.dates(id)
        about = News("added", id, self._title(id), span=after or before, reason=self.reasons.get(id, ""))
        found: list[News] = []
        told = set(_DATES)
        if (before is None) != (after is None):
            found.append(replace(about, kind="added" if before is None else "dropped", still=True))
        days = self._days_later(id, before, after)
        if not self.dates_only and self._is_done(was, id):
            found.append(replace(about, kind="done", days=days))
            told |= {"status", "progress"}
        elif days:
            causes = self.turning.causes(was, id, later=days > 0)
            kind: Kind = "slipped" if days > 0 else "pulled"
            found.append(replace(about, kind=kind, days=abs(days), causes=causes))
            told |= {_TOLD_BY[cause.code] for cause in causes if cause.code in _TOLD_BY}
        if not self.dates_only:
            found += self._fields(entry, told, about)
        return found

    def _fields(self, entry: ItemEntry, told: set[str], about: News) -> list[News]:
        """What was entered otherwise, as far as it is not told yet."""
        groups: dict[Kind, list[FieldChange]] = {}
        for change in entry.fields:
            if change.field not in told and (change.entered or change.field == "progress"):
                groups.setdefault(_KIND_OF.get(change.field, "rescoped"), []).append(change)
        if self.new.outline.is_parent(entry.id) and not any(
            change.entered for change in groups.get("progress", ())
        ):
            groups.pop("progress", None)  # it follows from its children, and they are told
        return [replace(about, kind=kind, fields=tuple(fields)) for kind, fields in groups.items()]

    def _days_later(self, id: ItemId, before: Span | None, after: Span | None) -> int:
        """Working days that the item finishes later than it did; by its calendar of now."""
        if before is None or after is None or before.last == after.last:
            return 0
        calendar = self.new.calendar_of(self.new.items[id])
        one, other = before.last.toordinal() + 1, after.last.toordinal() + 1
        return calendar.between(one, other) or (
            1 if other > one else -1
        )  # over days off it is one all the same

    def _is_done(self, was: ItemId, id: ItemId) -> bool:
        before, after = self.old.items[was], self.new.items[id]
        return self.new.category_of(after) == "done" and self.old.category_of(before) != "done"

    # Conflicts

    def _conflicts(self) -> list[News]:
        before = {
            (problem.code, problem.ids) for problem in problems(self.old, self.old_times) if problem.ids
        }
        found = []
        for problem in problems(self.new, self.new_times):
            if problem.code not in _NEWSWORTHY:
                continue
            as_was = tuple(self.old_of.get(id, id) for id in problem.ids)
            if (problem.code, as_was) not in before:
                first = problem.ids[0]
                found.append(News("conflict", first, self._title(first), problem=problem))
        return found

    def _title(self, id: ItemId, *, now: bool = True) -> str:
        item = (self.new if now else self.old).items[id]
        if not item.title:
            return item.key
        return f"{item.title} ({item.key})" if item.title in self._twice[now] else item.title


def _rooted(news: list[News]) -> list[News]:
    """With the item at which each chain of causes begins, among those that move the same way."""
    found = []
    for kind in ("slipped", "pulled"):
        moved = {one.id: one for one in news if one.kind == kind}
        for one in moved.values():
            seen, at = {one.id}, one
            while True:
                other = next((c.other for c in at.causes if c.other in moved and c.follows), None)
                if other is None or other in seen:
                    break
                seen.add(other)
                at = moved[other]
            found.append(replace(one, root=at.id) if at is not one else one)
    return [*found, *(one for one in news if one.kind not in ("slipped", "pulled"))]


def _twice(plan: Plan) -> frozenset[str]:
    """Titles that more than one item has."""
    titles = Counter(item.title for item in plan.items.values())
    return frozenset(title for title, times in titles.items() if times > 1)
