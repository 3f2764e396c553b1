"""How a network follows an edit: only what the edit has touched is joined anew, and the order is mended.

A new link, or a new place in the hierarchy, asks for one node to come before another. Where it does not, only
the nodes that stand between the two change places (Pearce and Kelly, A dynamic topological sort algorithm for
directed acyclic graphs, 2006).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy

from ..outline import Outline
from ..records import Item, ItemId, Link, LinkId
from .network import KIND, Network

ItemEdit = tuple[Item | None, Item | None]
LinkEdit = tuple[Link | None, Link | None]
"""An item, or a link, before and after a change; None: it was not there, or is gone."""
_FEW = 20
"""Up to so many items that come, go or hang elsewhere are quicker than a new network."""


def mended(
    outline: Outline,
    links: Mapping[LinkId, Link],
    network: Network,
    item_edits: Iterable[ItemEdit],
    link_edits: Collection[LinkEdit],
) -> Network | None:
    """The network once items and links have changed; `outline` and `links` are as they are then.

    Every item that is in both networks has the same number in both, and one that comes back has its old one.
    None where the network is to be made anew: when a loop closes, and in plans that are damaged.
    """
    if not network.sound or not outline.sound:
        return None
    moved = [edit for edit in item_edits if _parent(edit[0]) != _parent(edit[1]) or None in edit]
    if len(moved) > _FEW:
        return None
    if not moved and not link_edits:
        return network
    work = _Work(network, links)
    for link, _ in link_edits:
        if link is not None:
            work.unlink(link)
    if moved:
        work.open()
        for was, _ in moved:
            if was is not None:
                work.detach(was)
        if not all(work.remove(was) for was, item in moved if was is not None and item is None):
            return None
        for was, item in moved:
            if was is None and item is not None:
                work.append(item)
        if not all(work.attach(item) for _, item in moved if item is not None):
            return None
    if not all(work.link(link) for _, link in link_edits if link is not None):
        return None
    return work.network


def _parent(item: Item | None) -> ItemId | None:
    return item.parent if item is not None else None


class _Work:
    """A network in the making, which shares with the old one what has not been touched yet."""

    def __init__(self, network: Network, links: Mapping[LinkId, Link]) -> None:
        _ = network.up, network.order, network.place  # which the copy shares, or begins with
        self.network = other = copy(network)
        other.links = links
        other.forget()
        other.into, other.out = network.into.copy(), network.out.copy()

    # Hierarchy

    def open(self) -> None:
        """Have lists of its own for what changes with the hierarchy."""
        network = self.network
        network.ids, network.number = network.ids.copy(), network.number.copy()
        network.up, network.kids, network.gone = network.up.copy(), network.kids.copy(), network.gone.copy()
        network.order, network.place = network.order.copy(), network.place.copy()

    def detach(self, item: Item) -> None:
        """Take the item from below its parent."""
        if item.parent is None:
            return
        network = self.network
        n, above = network.number[item.id], network.number[item.parent]
        left = [kid for kid in network.kids[above] if kid != n]
        network.up[n] = -1
        if left:
            network.kids[above] = left
        else:
            del network.kids[above]
            self._reorder(without=~above)

    def remove(self, item: Item) -> bool:
        """False where something still hangs on the item."""
        network = self.network
        n = network.gone[item.id] = network.number.pop(item.id)
        if n in network.kids or network.into[n] or network.out[n]:
            return False
        self._reorder(without=n)
        return True

    def append(self, item: Item) -> None:
        """A new item waits for nothing yet: it may come first."""
        network = self.network
        n = network.gone.pop(item.id, network.size)
        if n == network.size:
            network.ids.append(item.id)
            network.up.append(-1)
        network.number[item.id] = n
        network.into[n], network.out[n] = [], []
        network.order.insert(0, n)
        self._count()

    def attach(self, item: Item) -> bool:
        """Hang an item that stands alone under its parent; False where that closes a loop."""
        if item.parent is None:
            return True
        network = self.network
        n, above = network.number[item.id], network.number[item.parent]
        if above not in network.kids:
            network.kids[above] = []  # links into it end at its gate now, just before it
            network.order.insert(network.place[above], ~above)
            self._count()
        if not self._arrange(n, above) or not self._arrange(~above, network.entry(n)):
            return False
        network.kids[above] = [*network.kids[above], n]
        network.up[n] = above
        return True

    # Links

    def unlink(self, link: Link) -> None:
        network = self.network
        source, target = network.number[link.source], network.number[link.target]
        network.into[target] = [joint for joint in network.into[target] if joint[3] != link.id]
        network.out[source] = [joint for joint in network.out[source] if joint[3] != link.id]

    def link(self, link: Link) -> bool:
        """Add a link and keep everything in order; False where that can't be."""
        network = self.network
        source, target = network.number.get(link.source), network.number.get(link.target)
        if source is None or target is None or not self._arrange(source, network.entry(target)):
            return False
        kind = KIND[link.type]
        joint = (2 * source + (kind >> 1), 2 * target + (kind & 1), link.lag, link.id)
        network.into[target] = [*network.into[target], joint]
        network.out[source] = [*network.out[source], joint]
        return True

    # Order

    def _arrange(self, first: int, second: int) -> bool:
        """Bring two nodes, and what hangs on them, into this order; False if they can't be."""
        network = self.network
        after = network.between(second, first)
        if not after:
            return after is not None
        place, limit = network.place, network.place[second]
        before, seen = [first], {first}
        for node in before:
            for earlier in network.earlier(node):
                if place[earlier] > limit and earlier not in seen:
                    seen.add(earlier)
                    before.append(earlier)
        moved = sorted(before, key=place.__getitem__) + sorted(after, key=place.__getitem__)
        network.order, network.place = network.order.copy(), place.copy()
        for at, node in zip(sorted(place[node] for node in moved), moved, strict=True):
            network.order[at] = node
            network.place[node] = at
        return True

    def _reorder(self, without: int) -> None:
        self.network.order.remove(without)
        self._count()

    def _count(self) -> None:
        """Have the places found anew when next asked for."""
        self.network.__dict__.pop("place", None)
