"""The plan's links and hierarchy as flat lists, in an order where everything comes after what it waits for.

Items are numbers here. A parent is two nodes: its *gate*, where the links into it end and from which they
pass on to everything below, and the item itself, which rolls up what is below and from which links out of it
begin. These are the two hidden milestones of a parent (start to start with the children, children finish to
finish with it), and a circle among the nodes is what no plan may have. One that has it all the same, made
elsewhere or damaged, is ordered without the links inside its circles.

The node of item n is n, the gate of parent n is ~n (which finds its place from the end of a list), so that
nothing gets another number when items come and go; `mending` has how a network follows an edit.

A link joins two *points*, which are numbers too: the start of an item is twice the item, its finish one more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ..records import Item, ItemId, Link, LinkId

if TYPE_CHECKING:
    from ..outline import Outline
    from .shape import Shape

BIG = 3_000
"""From so many items on passes over a whole plan are done with numpy; before, its import would cost more."""

Joint = tuple[int, int, int, LinkId]
"""A link: the point it comes from, the point it bounds, lag, id."""
KIND = {"FS": 2, "SS": 0, "FF": 3, "SF": 1}
"""The ends of a link by its type, as in `Ends.kind`."""


class Ends(NamedTuple):
    """The links that count as columns: those with both ends, without those inside loops."""

    source: Sequence[int]
    target: Sequence[int]
    kind: list[int]
    """Four times the lag and, on top, 2 for from the finish, 1 for to the finish."""
    id: list[LinkId]


class Fans(dict[int, list[Joint]]):
    """The links at one end of each item, looked up when first asked for: most changes ask for few."""

    __slots__ = ("_ends", "_first", "_next")

    def __init__(self, ends: Ends, at: Sequence[int], size: int) -> None:
        self._ends = ends
        first, after = [-1] * size, [-1] * len(at)
        for n, item in enumerate(at):
            after[n] = first[item]
            first[item] = n
        self._first, self._next = first, after

    def __missing__(self, item: int) -> list[Joint]:
        joints: list[Joint] = []
        source, target, kinds, ids = self._ends
        n, after = self._first[item], self._next
        while n >= 0:
            kind = kinds[n]
            joints.append((2 * source[n] + (kind >> 1 & 1), 2 * target[n] + (kind & 1), kind >> 2, ids[n]))
            n = after[n]
        self[item] = joints
        return joints

    def copy(self) -> Fans:
        other = Fans.__new__(Fans)
        other._ends, other._first, other._next = self._ends, self._first, self._next
        other.update(self)
        return other


class Network:
    """What waits for what. It holds while the links table and the hierarchy stay as they are.

    Never changed once made: `mending.mended` gives another one that shares what it can.

    Attributes:
        ids: the item that each number stands for; `number` is the other way round.
        gone: items that are no more, with their numbers, which nothing else gets.
        kids: numbers of the children of each parent.
        order: all nodes; n is an item (a parent as it rolls up), ~n the gate of the parent n.
        loops: a circle of items for each tangle of them, the first one repeated at the end.
        sound: there is no damage: no loop, no link without an end, no parent missing or in a circle.
    """

    def __init__(self, items: Mapping[ItemId, Item], links: Mapping[LinkId, Link], outline: Outline) -> None:
        self.links = links
        self.ids: list[ItemId] = list(items)
        self.number = number = dict(zip(self.ids, range(len(self.ids)), strict=True))
        self.gone: dict[ItemId, int] = {}
        self._waiting: dict[int, list[int]] = {}
        self.kids: dict[int, list[int]] = {}
        # in a circle of parents one is shown at the top, and hangs under nothing
        circling = {id for id in outline.roots if items[id].parent is not None}
        for parent, children in outline.children.items():
            if circling:
                children = [id for id in children if id not in circling]
            if children:
                self.kids[number[parent]] = [*map(number.__getitem__, children)]
        self._cut: frozenset[LinkId] = frozenset()
        self.loops: list[list[ItemId]] = []
        self.order = self._sorted()
        if len(self.order) < self.size + len(self.kids):
            self._cut = self._tangled()
            for derived in ("ends", "into", "out", "gated", "shape", "place"):
                self.__dict__.pop(derived, None)
            self.order = self._sorted()
        self.sound = not circling and not self.loops and len(self.ends.id) == len(links)

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.ids)

    @property
    def big(self) -> bool:
        """Whether numpy passes over it."""
        return self.size >= BIG

    # Links

    @cached_property
    def ends(self) -> Ends:
        """The links, in the order of their table."""
        ids, links, number = list(self.links), list(self.links.values()), self.number
        if self._cut:
            links = [link for link in links if link.id not in self._cut]
            ids = [link.id for link in links]
        try:
            source = _all_of(number, [link.source for link in links])
            target = _all_of(number, [link.target for link in links])
        except KeyError:  # an end is lacking in a damaged plan
            links = [link for link in links if link.source in number and link.target in number]
            ids = [link.id for link in links]
            source, target = [number[link.source] for link in links], [number[link.target] for link in links]
        return Ends(source, target, [4 * link.lag + KIND[link.type] for link in links], ids)

    @cached_property
    def into(self) -> Fans:
        """The links that end at each item."""
        return Fans(self.ends, self.ends.target, self.size)

    @cached_property
    def out(self) -> Fans:
        """The links that begin at each item."""
        return Fans(self.ends, self.ends.source, self.size)

    def agrees(self, other: Network) -> bool:
        """Whether no item has one number here and another one there."""
        size = min(self.size, other.size)
        return self.ids is other.ids or self.ids[:size] == other.ids[:size]

    @cached_property
    def up(self) -> list[int]:
        """The number of each item's parent, -1 for those at the top."""
        up = [-1] * self.size
        for above, below in self.kids.items():
            for n in below:
                up[n] = above
        return up

    def entry(self, n: int) -> int:
        """The node at which links into the item end."""
        return ~n if n in self.kids else n

    def nodes_of(self, n: int) -> tuple[int, ...]:
        """The nodes that the item is."""
        return (~n, n) if n in self.kids else (n,)

    def upwards(self, n: int) -> Iterator[int]:
        """The item, its parent, its parent's parent, to the top."""
        while n >= 0:
            yield n
            n = self.up[n]

    def with_parents(self, items: Iterable[int]) -> set[int]:
        """The items and all above them."""
        found: set[int] = set()
        for n in items:
            for above in self.upwards(n) if n < self.size else ():
                if above in found:
                    break
                found.add(above)
        return found

    # Order

    @cached_property
    def place(self) -> list[int]:
        """Where each node stands in `order`; that of a gate is found from the end."""
        place = [0] * (2 * self.size)
        for n, node in enumerate(self.order):
            place[node] = n
        return place

    @cached_property
    def shape(self) -> Shape | None:
        """The network as columns in generations, for passes over big plans; None where lists do better."""
        if not self.big:
            return None
        from .shape import shape_of

        return shape_of(self)

    def forget(self) -> None:
        """Lose what has been found out and does not hold once links or hierarchy change."""
        for derived in ("ends", "gated", "shape"):
            self.__dict__.pop(derived, None)
        self._waiting = {}

    def waiting_for(self, node: int) -> list[int]:
        """What `later` gives, remembered."""
        known = self._waiting.get(node)
        if known is None:
            known = self._waiting[node] = self.later(node)
        return known

    def later(self, node: int) -> list[int]:
        """The nodes that wait for a node: by links, by being below a gate, by being a parent."""
        kids = self.kids
        if node < 0:
            return [~kid if kid in kids else kid for kid in kids[~node]]
        nodes = [joint[1] >> 1 for joint in self.out[node]]
        if kids:
            nodes = [~n if n in kids else n for n in nodes]
        if self.up[node] >= 0:
            nodes.append(self.up[node])
        return nodes

    def earlier(self, node: int) -> list[int]:
        """The nodes that a node waits for."""
        if node in self.kids:
            return self.kids[node]
        n = ~node if node < 0 else node
        nodes = [joint[0] >> 1 for joint in self.into[n]]
        if self.up[n] >= 0:
            nodes.append(~self.up[n])
        return nodes

    def followers(self, nodes: Iterable[int]) -> list[int]:
        """The items that wait for some nodes, directly or not, without these, in order."""
        found = list(nodes)
        seen = set(found)
        begin = len(found)
        for node in found:
            for later in self.later(node):
                if later not in seen:
                    seen.add(later)
                    found.append(later)
        return sorted((node for node in found[begin:] if node >= 0), key=self.place.__getitem__)

    def closes_loop(self, source: int, target: int) -> bool:
        """Whether the target, or something below it, comes before the source already.

        Only what stands between the two in the order is looked at.
        """
        return self.between(self.entry(target), source) is None

    def between(self, first: int, last: int) -> list[int] | None:
        """What waits for `first`, itself too, and stands before `last`; None if `last` is among it."""
        place = self.place
        limit = place[last]
        if first == last:
            return None
        if place[first] > limit:
            return []
        found, seen = [first], {first}
        for node in found:
            for later in self.later(node):
                if later == last:
                    return None
                if place[later] < limit and later not in seen:
                    seen.add(later)
                    found.append(later)
        return found

    @cached_property
    def gated(self) -> set[int]:
        """The parents whose gate holds something back, by a link into them or into one above."""
        if self.shape is not None:
            return set(self.shape.gated.nonzero()[0].tolist())
        return self.all_gated(self.kids.keys() & self.ends.target)

    def all_gated(self, entered: Iterable[int]) -> set[int]:
        """The same, given those with a link into them."""
        kids, left = self.kids, list(entered)
        found = set(left)
        while left:
            below = [kid for kid in kids[left.pop()] if kid in kids and kid not in found]
            found.update(below)
            left += below
        return found

    def _sorted(self) -> list[int]:
        """The nodes in order (Kahn 1962); those in circles and what waits for them are missing."""
        gated = self.gated
        order = self._idle()
        if self.shape is not None:
            return order + self.shape.nodes()
        size, up = self.size, self.up
        entry = [~n if n in gated else n for n in range(size)]
        after: list[list[int]] = [[above] if above >= 0 else [] for above in up]
        after += [[]] * size
        for n in gated:
            after[~n] = [entry[kid] for kid in self.kids[n]]
        for source, target in zip(self.ends.source, self.ends.target, strict=True):
            after[source].append(entry[target])
        waits = [0] * (2 * size)
        for nodes in after:
            for node in nodes:
                waits[node] += 1
        free = [node for node in (*range(size), *(~n for n in gated)) if not waits[node]]
        for node in free:
            for later in after[node]:
                waits[later] -= 1
                if not waits[later]:
                    free.append(later)
        return order + free

    def _idle(self) -> list[int]:
        """The gates that hold nothing back, from above to below: they wait for nothing."""
        kids, up, idle = self.kids, self.up, self.kids.keys() - self.gated
        found = [n for n in idle if up[n] < 0]
        for n in found if len(found) < len(idle) else ():
            found += [kid for kid in kids[n] if kid in idle]
        return [~n for n in found]

    # Loops

    def _tangled(self) -> frozenset[LinkId]:
        """The links inside of circles; of each tangle of circles one is named in `loops`."""
        import networkx as nx  # such a plan is rare, and this import is slow

        left = {*range(self.size), *(~n for n in self.kids)}.difference(self.order)
        graph = nx.DiGraph((node, later) for node in left for later in self.later(node) if later in left)
        tangle: dict[int, int] = {}
        for mark, nodes in enumerate(nx.strongly_connected_components(graph)):
            if len(nodes) > 1 or any(graph.has_edge(node, node) for node in nodes):
                tangle.update(dict.fromkeys(nodes, mark))
        named: set[int] = set()
        tangled: set[LinkId] = set()
        for source, target, id in zip(self.ends.source, self.ends.target, self.ends.id, strict=True):
            target = self.entry(target)
            if target in tangle and tangle[target] == tangle.get(source):
                tangled.add(id)
                if tangle[target] not in named:
                    named.add(tangle[target])
                    self.loops.append(self._loop(nx.shortest_path(graph, target, source)))
        return frozenset(tangled)

    def _loop(self, path: list[int]) -> list[ItemId]:
        """The items along a path of nodes, closed to a circle; one that is there as two nodes counts once."""
        items = [self.ids[node if node >= 0 else ~node] for node in path]
        loop = [id for place, id in enumerate(items) if place == 0 or id != items[place - 1]]
        return loop if len(loop) > 1 and loop[-1] == loop[0] else [*loop, loop[0]]


def _all_of(number: Mapping[ItemId, int], ids: list[ItemId]) -> Sequence[int]:
    """The number of each; `itemgetter` is the quickest way to many."""
    return itemgetter(*ids)(number) if len(ids) > 1 else [number[id] for id in ids]
