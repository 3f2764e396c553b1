"""Which rows a view shows: filter, group, sort, pack, fold. A view never changes the plan's own order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from heapq import heappop, heappush
from typing import Any

import msgspec

from .plan import Plan
from .records import ItemId, View, ViewId
from .rows.by_hand import by_hand
from .rows.filters import Asker, Reading
from .rows.lanes import Grouping, Path, all_values, grouping, in_order, value_text
from .rows.order import sort_key
from .schedule import Schedule


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of timeline or table: an item, several that share it, or the head of a lane."""

    ref: str
    """The item's id; of a lane what is folded; of a shared row its lane and number."""
    item: ItemId | None
    """The first of a shared row; None: the head of a lane."""
    title: str = ""
    """A lane's name; `lane.none` where its items have no value."""
    depth: int = 0
    count: int = 0
    """How many items are under it."""
    folded: bool = False
    value: Any = None
    """The value that the lane's items have in common."""
    path: Path = ()
    """The lane that the row heads or is in, from the outermost on: (grouping, value)."""
    effort: float = 0.0
    """Of a lane: person-days of all its items."""
    shared: tuple[ItemId, ...] = ()
    """Of a row that several items share: all of them, the earliest first."""
    hidden: tuple[ItemId, ...] = ()
    """Of a folded lane: what would be below it."""

    @property
    def items(self) -> tuple[ItemId, ...]:
        """Every item in the row; none where it heads a lane."""
        return self.shared or ((self.item,) if self.item is not None else ())


def rows(
    plan: Plan,
    times: Schedule,
    view: View | None,
    *,
    search: str = "",
    collapsed: Collection[str] = frozenset(),
    backlog: bool = False,
    packing: bool = False,
    asker: Asker = Asker(),  # noqa: B008
) -> list[Row]:
    """The rows of a view, in order.

    `backlog` says whether items without dates are among them, `packing` whether bars may share a row where
    the view wants that: a table has a row for each.
    """
    view = view or _PLAIN
    by = [one for key in (view.group, view.subgroup) if key and (one := grouping(plan, key)) is not None]
    wanted = _wanted(plan, times, view, search, backlog, asker)
    if view.group and by:
        pack = packing and view.packed
        return _Lanes(plan, times, view, by[: 2 if view.subgroup else 1], collapsed, pack).rows(wanted)
    return _hierarchy(plan, times, view, wanted, collapsed)


def dimmed(
    plan: Plan,
    times: Schedule,
    view: View | None,
    *,
    search: str = "",
    asker: Asker = Asker(),  # noqa: B008
) -> frozenset[ItemId]:
    """The items that `rows` shows although filter or search do not find them, nor anything below them."""
    if view is None or not view.dims:
        return frozenset()
    reading = Reading(f"{view.filter} {search}", plan, times, asker)
    if reading.empty:
        return frozenset()
    found = {id for id, item in plan.items.items() if reading.test(item)}
    for id in list(found):
        found.update(plan.outline.ancestors(id, plan.items))
    return frozenset(plan.items.keys() - found)


def leaves(
    plan: Plan,
    times: Schedule,
    view: View,
    *,
    search: str = "",
    asker: Asker = Asker(),  # noqa: B008
) -> list[ItemId]:
    """The items without children that a view shows, with or without dates, in its order."""
    wanted = _wanted(plan, times, view, search, True, asker)
    parents = plan.outline.children
    found = [id for id in wanted if id not in parents]
    return _sorting(plan, times, view)(found) if view.sort else found


def backlog(plan: Plan, times: Schedule) -> list[ItemId]:
    """Items that wait for a place on the timeline, in the plan's order; parents are none of them."""
    return [id for id in plan.outline.order if id not in times and not plan.outline.is_parent(id)]


_PLAIN = View(id=ViewId(""), title="")


# Which items


def _wanted(
    plan: Plan, times: Schedule, view: View, search: str, backlog: bool, asker: Asker
) -> Sequence[ItemId]:
    found: Sequence[ItemId] = plan.outline.order
    if not backlog:
        found = times.dated(found)
    if not view.show_done:
        found = [id for id in found if plan.category_of(plan.items[id]) != "done"]
    if view.dims:
        return found
    reading = Reading(f"{view.filter} {search}", plan, times, asker)
    if reading.empty:
        return found
    items = plan.items
    return [id for id in found if reading.test(items[id])]


# Rows of the hierarchy


def _hierarchy(
    plan: Plan, times: Schedule, view: View, wanted: Sequence[ItemId], collapsed: Collection[str]
) -> list[Row]:
    outline = plan.outline
    children, depth_of = outline.children, outline.depth
    shown = set(wanted)
    if len(shown) < len(plan.items):  # whoever is found is shown where it belongs
        items = plan.items
        for id in wanted:
            if items[id].parent in shown:
                continue  # which is looked at itself
            for above in outline.ancestors(id, items):
                if above in shown:
                    break  # and with it all above it, or they will be
                shown.add(above)
    order = _sorted_outline(plan, times, view) if view.sort else outline.order
    if not collapsed:
        return [
            Row(id, id, "", depth_of[id], len(children[id]) if id in children else 0)
            for id in order
            if id in shown
        ]
    result: list[Row] = []
    hidden_below: int | None = None
    for id in order:
        if id not in shown:
            continue
        depth = depth_of[id]
        if hidden_below is not None:
            if depth > hidden_below:
                continue
            hidden_below = None
        below = children.get(id)
        if below is None:
            result.append(Row(id, id, "", depth))
            continue
        folded = id in collapsed
        if folded:
            hidden_below = depth
        result.append(Row(id, id, "", depth, len(below), folded))
    return result


def _sorted_outline(plan: Plan, times: Schedule, view: View) -> list[ItemId]:
    """Every item, siblings as the view sorts them."""
    order, outline = _sorting(plan, times, view), plan.outline
    result: list[ItemId] = []
    stack = list(reversed(order(outline.roots)))
    seen: set[ItemId] = set()
    while stack:
        id = stack.pop()
        if id not in seen:  # parents of a damaged plan may go round in a circle
            seen.add(id)
            result.append(id)
            if id in outline.children:
                stack.extend(reversed(order(outline.children[id])))
    return result


def _sorting(plan: Plan, times: Schedule, view: View) -> Callable[[Iterable[ItemId]], list[ItemId]]:
    """Puts items in the view's order; what it does not tell apart stays as it was put by hand."""
    keys = [(key, one.down) for one in view.sort if (key := sort_key(plan, times, one.field)) is not None]

    def order(ids: Iterable[ItemId]) -> list[ItemId]:
        found = list(ids)
        for key, down in reversed(keys):
            known = [(value, id) for id in found if (value := key(id)) is not None]
            rest = [id for id in found if key(id) is None]
            known.sort(key=lambda pair: pair[0], reverse=down)
            found = [*(id for _, id in known), *rest]
        return found

    return order


# Rows in lanes


class _Lanes:
    """Lanes of one or two levels; parents are in none, what they hold is."""

    def __init__(
        self,
        plan: Plan,
        times: Schedule,
        view: View,
        by: Sequence[Grouping],
        collapsed: Collection[str],
        pack: bool,
    ) -> None:
        self.plan, self.times, self.view, self.by = plan, times, view, by
        self.collapsed, self.pack = collapsed, pack
        self.result: list[Row] = []

    def rows(self, wanted: Iterable[ItemId]) -> list[Row]:
        parents = self.plan.outline.children
        leaves = [id for id in wanted if id not in parents]
        if self.view.sort:
            leaves = _sorting(self.plan, self.times, self.view)(leaves)
        self.lanes(leaves, 0, (), "lane:")
        return self.result

    def lanes(self, ids: Sequence[ItemId], level: int, path: Path, ref: str) -> None:
        by, plan, times, items = self.by[level], self.plan, self.times, self.plan.items
        members: dict[Any, list[ItemId]] = {}
        if self.view.show_empty:
            members = {value: [] for value in all_values(plan, by)}
        read = by.read
        for id in ids:
            members.setdefault(read(plan, times, items[id]), []).append(id)
        for value in in_order(plan, by, members):
            self.lane(members[value], level, (*path, (by.key, value)), f"{ref}{by.key}:{_written(value)}")

    def lane(self, ids: Sequence[ItemId], level: int, path: Path, ref: str) -> None:
        items, value, folded = self.plan.items, path[-1][1], ref in self.collapsed
        title = value_text(self.plan, self.by[level], value)
        effort = sum(items[id].effort or 0.0 for id in ids)
        hidden = tuple(ids) if folded else ()
        self.result.append(Row(ref, None, title, level, len(ids), folded, value, path, effort, hidden=hidden))
        if folded:
            return
        if not self.view.sort:
            ids = by_hand(self.plan, ids)
        if level + 1 < len(self.by):
            self.lanes(ids, level + 1, path, f"{ref}{_WITHIN}")
        elif self.pack:
            for number, together in enumerate(packed(self.plan, self.times, ids)):
                first, shared = together[0], tuple(together) if len(together) > 1 else ()
                at = f"{ref}{_WITHIN}{number}" if shared else first
                self.result.append(Row(at, first, "", level + 1, path=path, shared=shared))
        else:
            self.result.extend([Row(id, id, "", level + 1, 0, False, None, path) for id in ids])


_WITHIN = "\x1f"
"""Between the parts of a lane's ref: no title has it."""
DIAMOND_DAYS = 4
"""A milestone is wider than its day: so many days on each side are kept free in a packed row."""


def packed(plan: Plan, times: Schedule, ids: Iterable[ItemId]) -> list[list[ItemId]]:
    """The items in as few rows as hold them without two that touch, each in the uppermost row that is free.

    An item without dates gets a row of its own.
    """
    spans = []
    for place, id in enumerate(ids):
        start = times.start.get(id)
        if start is None:
            spans.append((1 << 62, 1 << 62, place, id))
        elif plan.items[id].kind == "milestone":
            spans.append((start - 1 - DIAMOND_DAYS, start + DIAMOND_DAYS, place, id))
        else:
            spans.append((start, times.finish[id], place, id))
    spans.sort()
    result: list[list[ItemId]] = []
    free: list[int] = []
    taken: list[tuple[int, int]] = []
    for start, finish, _, id in spans:
        while taken and taken[0][0] < start < 1 << 62:
            heappush(free, heappop(taken)[1])
        if free:
            row = heappop(free)
            result[row].append(id)
        else:
            row = len(result)
            result.append([id])
        heappush(taken, (finish, row))
    return result


def _written(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
