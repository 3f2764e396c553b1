"""Why an item finishes on another day than in an earlier state of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from ..compare import Comparing
from ..explain import outermost
from ..records import Item, ItemId, Link

_ONE, _OTHER = "later", "earlier"


class Cause(msgspec.Struct, frozen=True):
    """One reason for another day.

    Attributes:
        code: of its words: cause.finishes.later, cause.finishes.earlier, cause.starts.later,
            cause.starts.earlier (of `other`), cause.waits, cause.waits_no_more, cause.lag, cause.length,
            cause.moved, cause.pinned, cause.unpinned, cause.status, cause.child, cause.child_gone,
            cause.team, cause.calendar.
        other: the item that brings it about.
        follows: whether that one has moved itself, so that its own causes go on.
        values: what the words are filled with, besides `other`.
    """

    code: str
    other: ItemId | None = None
    follows: bool = False
    values: Mapping[str, object] = {}


class Turning:
    """Looks for causes in two plans that have been compared."""

    def __init__(self, comparing: Comparing, old_of: Mapping[ItemId, ItemId], dates_only: bool) -> None:
        self.old, self.new = comparing.old, comparing.new
        self.old_times, self.new_times = comparing.old_times, comparing.new_times
        self.old_of, self.new_of = old_of, comparing.twins["items"]
        self.dates_only = dates_only

    def causes(self, was: ItemId, id: ItemId, *, later: bool) -> tuple[Cause, ...]:
        """Why the item finishes later, or earlier, than it did."""
        if self.new.outline.is_parent(id) and not self.new_times.stands(id):
            cause = self._by_child(was, id, later)
            return (cause,) if cause else ()
        before, after = self.old.items[was], self.new.items[id]
        found = [cause] if (cause := self._by_start(was, id, later)) else []
        if cause := self._by_length(before, after, later):
            found.append(cause)
        if not found and not self.dates_only:
            found.append(Cause("cause.team" if self._other_team(before, after) else "cause.calendar"))
        return tuple(found)

    def _by_length(self, before: Item, after: Item, later: bool) -> Cause | None:
        one, other = (item.duration if item.kind == "bar" else 0 for item in (before, after))
        if one == other or (other > one) != later:
            return None
        return Cause("cause.length", values={"before": one, "now": other})

    def _by_child(self, was: ItemId, id: ItemId, later: bool) -> Cause | None:
        """A parent ends with its last child: the one of now if that is later, else the one of then."""
        plan, times = (self.new, self.new_times) if later else (self.old, self.old_times)
        if not plan.outline.is_parent(id if later else was):
            return None
        child = outermost(plan, times, id if later else was, "finish")
        if later:
            if child not in self.old_of or self.old.items[self.old_of[child]].parent != was:
                return Cause("cause.child", child)
            return Cause("cause.finishes.later", child, follows=True)
        now = ItemId(self.new_of[child]) if child in self.new_of else None
        if now is None or self.new.items[now].parent != id:
            return Cause("cause.child_gone", child if now is None else now)
        return Cause("cause.finishes.earlier", now, follows=True)

    def _by_start(self, was: ItemId, id: ItemId, later: bool) -> Cause | None:
        """What has moved the start: of a later one what holds it now, of an earlier one what held it then."""
        if self._first(was, True) == self._first(id, False):
            return None
        before, after = self.old.items[was], self.new.items[id]
        plan, times, at = (self.new, self.new_times, id) if later else (self.old, self.old_times, was)
        driver = self.new_times.driver(id) if self.dates_only else times.driver(at)
        if driver is None:
            return None
        if driver.link is not None:
            link = (self.new if self.dates_only else plan).links[driver.link]
            return self._by_link(link, was, id, later)
        if self.dates_only:
            return None
        if before.start != after.start and driver.rule == "start":
            return Cause("cause.moved", values={"before": before.start, "now": after.start})
        if before.pinned != after.pinned:
            return Cause("cause.pinned" if after.pinned else "cause.unpinned")
        if before.start != after.start:
            return Cause("cause.moved", values={"before": before.start, "now": after.start})
        if self.old.category_of(before) != self.new.category_of(after):
            status = self.new.statuses.get(after.status) if after.status else None
            return Cause("cause.status", values={"status": status.title if status else ""})
        return self._by_other_hold(was, id, later)

    def _by_other_hold(self, was: ItemId, id: ItemId, later: bool) -> Cause | None:
        """Its own day holds it now: then a link that held it before has gone, or its source has moved."""
        times, at = (self.old_times, was) if later else (self.new_times, id)
        driver = times.driver(at)
        if driver is None or driver.link is None:
            return None
        return self._by_link((self.old if later else self.new).links[driver.link], was, id, later)

    def _by_link(self, link: Link, was: ItemId, id: ItemId, later: bool) -> Cause | None:
        of_new = link.id in self.new.links and (later or self.dates_only)
        source = link.source if of_new else ItemId(self.new_of.get(link.source, link.source))
        how = _ONE if later else _OTHER
        twin = self._twin(link, of_new)
        if twin is None and not self.dates_only:
            return Cause("cause.waits" if of_new else "cause.waits_no_more", source)
        if source not in self.new.items:
            return Cause("cause.waits_no_more", link.source)
        end = "finishes" if link.type[0] == "F" else "starts"
        moved = self._moved(source, end)
        if moved and (moved > 0) == later:
            return Cause(f"cause.{end}.{how}", source, follows=True)
        if twin is not None and twin.lag != link.lag:
            lag, other = (link.lag, twin.lag) if of_new else (twin.lag, link.lag)
            return Cause("cause.lag", source, values={"before": other, "now": lag})
        return None

    def _twin(self, link: Link, of_new: bool) -> Link | None:
        """The same link in the other plan."""
        others = self.old if of_new else self.new
        if link.id in others.links:
            return others.links[link.id]
        ids = self.old_of if of_new else self.new_of
        source, target = ids.get(link.source), ids.get(link.target)
        near = others.incoming.get(ItemId(target), ()) if target else ()
        return next((twin for twin in near if twin.source == source), None)

    def _moved(self, id: ItemId, end: str) -> int:
        """Days that an end of an item is later than it was, or what has just come in between."""
        was = self.old_of.get(id)
        before = self.old_times.dates(was) if was is not None else None
        after = self.new_times.dates(id)
        if before is None or after is None:
            return 0
        one, other = (before.last, after.last) if end == "finishes" else (before.first, after.first)
        return (other - one).days

    def _first(self, id: ItemId, then: bool) -> date | None:
        span = (self.old_times if then else self.new_times).dates(id)
        return span.first if span else None

    def _other_team(self, before: Item, after: Item) -> bool:
        return before.team != after.team
