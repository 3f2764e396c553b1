"""The hierarchy of items: who is under whom, and the plan's own order; the order of other tables."""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count
from operator import attrgetter
from typing import Any

from .records import Item, ItemId

_FEW = 200
"""Up to so many items that have another place are quicker than a new outline."""


class Outline:
    """Parents and children of an items table. Never changed once made: `after` gives another one.

    `order` lists every item depth first, siblings by rank (then id). An item whose parent is missing, or that
    stands in a circle of parents, is shown at the top, so that nothing is ever out of sight; `sound` says
    that there is none.
    """

    def __init__(self, items: Mapping[ItemId, Item]) -> None:
        self.children: dict[ItemId, list[ItemId]] = {}
        self.roots: list[ItemId] = []
        ranked = sorted(items.values(), key=attrgetter("id"))
        ranked.sort(key=attrgetter("rank"))
        self.sound = True
        for item in ranked:
            parent = item.parent
            if parent is None:
                self.roots.append(item.id)
            elif parent in items and parent != item.id:
                self.children.setdefault(parent, []).append(item.id)
            else:
                self.sound = False
                self.roots.append(item.id)
        if len(self.order) < len(items):
            self.sound = False
            for item in ranked:  # what is left hangs on a circle
                if item.id not in self.depth:
                    self.roots.append(item.id)
                    self._walk([item.id], self.order, self.depth)

    @cached_property
    def order(self) -> list[ItemId]:
        return self._walked[0]

    @cached_property
    def depth(self) -> dict[ItemId, int]:
        """How many parents are above each item, as far as they are shown above it."""
        return self._walked[1]

    @cached_property
    def place(self) -> dict[ItemId, int]:
        """Where each item stands in `order`."""
        return dict(zip(self.order, count()))

    @cached_property
    def _walked(self) -> tuple[list[ItemId], dict[ItemId, int]]:
        order: list[ItemId] = []
        depth: dict[ItemId, int] = {}
        self._walk(self.roots, order, depth)
        return order, depth

    def _walk(self, ids: Iterable[ItemId], order: list[ItemId], depth: dict[ItemId, int]) -> None:
        """Add items, and what is below them, to the order, each once."""
        children = self.children
        left = [iter(ids)]
        while left:
            deep = len(left) - 1
            for id in left[-1]:
                if id in depth:
                    continue
                depth[id] = deep
                order.append(id)
                if id in children:
                    left.append(iter(children[id]))
                    break
            else:
                left.pop()

    def after(
        self, items: Mapping[ItemId, Item], edits: Iterable[tuple[Item | None, Item | None]]
    ) -> Outline | None:
        """The outline of `items`, given those before and after that differ from this outline's own.

        None where it is to be made anew.
        """
        moved = [(was, item) for was, item in edits if _place(was) != _place(item)]
        if not moved:
            return self
        if not self.sound or len(moved) > _FEW:
            return None
        other = Outline.__new__(Outline)
        other.sound, other.children, other.roots = True, self.children.copy(), self.roots
        own: set[ItemId | None] = set()
        for was, _ in moved:
            if was is not None:
                other._siblings(was.parent, own).remove(was.id)
        for _, item in moved:
            if item is not None:
                if item.parent is not None and item.parent not in items:
                    return None
                insort(
                    other._siblings(item.parent, own),
                    item.id,
                    key=lambda id: (items[id].rank, id),
                )
        for parent in own:
            if parent is not None and not other.children[parent]:
                del other.children[parent]
        gone = [was.id for was, item in moved if was is not None and item is None]
        if any(id in other.children for id in gone):
            return None
        hangs = all(item is None or items[other._top(item.id, items)].parent is None for _, item in moved)
        return other if hangs else None

    def _top(self, id: ItemId, items: Mapping[ItemId, Item]) -> ItemId:
        """The uppermost of the items above one; in a circle, where it closes."""
        return next(iter(deque(self.ancestors(id, items), maxlen=1)), id)

    def _siblings(self, parent: ItemId | None, own: set[ItemId | None]) -> list[ItemId]:
        """The children of a parent, as a list of this outline's `own`, which may be changed."""
        if parent is None:
            if None not in own:
                self.roots = self.roots.copy()
            siblings = self.roots
        else:
            siblings = self.children.get(parent, [])
            if parent not in own:
                siblings = self.children[parent] = siblings.copy()
        own.add(parent)
        return siblings

    def is_parent(self, id: ItemId) -> bool:
        return id in self.children

    def descendants(self, id: ItemId) -> Iterator[ItemId]:
        """Everything under the item, depth first, without itself."""
        seen = {id}  # parents of a damaged plan may go round in a circle
        stack = list(reversed(self.children.get(id, ())))
        while stack:
            child = stack.pop()
            if child not in seen:
                seen.add(child)
                yield child
                stack.extend(reversed(self.children.get(child, ())))

    def ancestors(self, id: ItemId, items: Mapping[ItemId, Item]) -> Iterator[ItemId]:
        """Parent, its parent, and so on; stops where a circle closes."""
        seen = {id}
        parent = items[id].parent
        while parent is not None and parent in items and parent not in seen:
            yield parent
            seen.add(parent)
            parent = items[parent].parent


def _place(item: Item | None) -> tuple[ItemId | None, float] | None:
    """Where an item stands; None for what is not there."""
    return (item.parent, item.rank) if item is not None else None


def ranked(table: Mapping[Any, Any]) -> list[Any]:
    """The records of a table that has ranks, in their order."""
    return sorted(table.values(), key=lambda record: (record.rank, record.id))
