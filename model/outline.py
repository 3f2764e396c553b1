"""The hierarchy of items: who is under whom, and the plan's own order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .records import Item, ItemId


class Outline:
    """Parents and children of an items table.

    `order` lists every item depth first, siblings by rank (then id). An item whose parent is missing, or that
    stands in a circle of parents, is shown at the top, so that nothing is ever out of sight.
    """

    __slots__ = ("children", "depth", "order", "place", "roots")

    def __init__(self, items: Mapping[ItemId, Item]) -> None:
        self.children: dict[ItemId, list[ItemId]] = {}
        self.roots: list[ItemId] = []
        ranked = sorted(items.values(), key=lambda item: (item.rank, item.id))
        for item in ranked:
            if item.parent is not None and item.parent in items and item.parent != item.id:
                self.children.setdefault(item.parent, []).append(item.id)
            else:
                self.roots.append(item.id)
        self.order: list[ItemId] = []
        self.depth: dict[ItemId, int] = {}
        for root in self.roots:
            self._walk(root)
        if len(self.order) < len(items):
            for item in ranked:  # what is left hangs on a circle
                if item.id not in self.depth:
                    self.roots.append(item.id)
                    self._walk(item.id)
        self.place: dict[ItemId, int] = {id: place for place, id in enumerate(self.order)}

    def _walk(self, root: ItemId) -> None:
        stack = [(root, 0)]
        while stack:
            id, depth = stack.pop()
            if id in self.depth:
                continue
            self.depth[id] = depth
            self.order.append(id)
            stack.extend((child, depth + 1) for child in reversed(self.children.get(id, ())))

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
