"""The plan's links and hierarchy as flat lists, in an order where everything comes after what it waits for.

Items are numbers here, their places in the items table. A parent is two nodes: its *gate*, where the links
into it end and from which they pass on to everything below, and the item itself, which rolls up what is below
and from which links out of it begin. These are the two hidden milestones of a parent (start to start with the
children, children finish to finish with it), and a circle among the nodes is what no plan may have. One that
has it all the same, made elsewhere or damaged, is ordered without the links inside its circles.

A link joins two *points*, which are numbers too: the start of a node is twice the node, its finish one more.
"""

from __future__ import annotations

from functools import cached_property

from .plan import Plan
from .records import ItemId, LinkId

Joint = tuple[int, int, int, LinkId]
"""A link: the point it comes from, the point it bounds, lag, id."""
_NO_LINKS: list[Joint] = []
_NO_NODES: list[int] = []
"""Stand for the lists that are empty, as most are; never to be changed."""


class Network:
    """What waits for what. It holds while the links table and the outline stay as they are.

    Attributes:
        ids: the item that each number stands for.
        kids: numbers of the children of each parent.
        up: number of each item's parent, -1 for those at the top.
        into: the links that end at each item, without those in loops and those with a missing end.
        order: all nodes; i is an item (a parent as it rolls up), `size` + i the gate of the parent i.
        loops: a circle of items for each tangle of them, the first one repeated at the end.
    """

    def __init__(self, plan: Plan) -> None:
        self.ids: list[ItemId] = list(plan.items)
        self.size = len(self.ids)
        number = {id: n for n, id in enumerate(self.ids)}
        self.up = [-1] * self.size
        self.kids: dict[int, list[int]] = {}
        depth = plan.outline.depth
        for parent, children in plan.outline.children.items():
            # in a circle of parents one is shown at the top, and hangs under nothing
            below = [number[id] for id in children if depth[id]]
            if below:
                above = number[parent]
                self.kids[above] = below
                for n in below:
                    self.up[n] = above
        self.loops: list[list[ItemId]] = []
        self._join(plan, number, set())
        self.order = self._sorted()
        if len(self.order) < self.size + len(self._gated):
            self._join(plan, number, self._tangled())
            self.order = self._sorted()

    @cached_property
    def out(self) -> list[list[Joint]]:
        """The links that begin at each item, as `into`."""
        out: list[list[Joint]] = [[] for _ in self.ids]
        for links in self.into:
            for joint in links:
                out[joint[0] >> 1].append(joint)
        return out

    def _join(self, plan: Plan, number: dict[ItemId, int], cut: set[LinkId]) -> None:
        """Fill `into` with all links but those to be cut; find the gates and the nodes after each node."""
        size, kids = self.size, self.kids
        entry = list(range(size))
        for parent in kids:
            entry[parent] += size
        into: list[list[Joint]] = [_NO_LINKS] * size
        after: list[list[int]] = [_NO_NODES] * (2 * size)
        for link in plan.links.values():
            try:
                source, target = number[link.source], number[link.target]
            except KeyError:
                continue
            if cut and link.id in cut:
                continue
            type, node = link.type, entry[target]
            come = 2 * source + (type == "FS" or type == "FF")
            go = 2 * node + (type == "FF" or type == "SF")
            if into[target]:
                into[target].append((come, go, link.lag, link.id))
            else:
                into[target] = [(come, go, link.lag, link.id)]
            if after[source]:
                after[source].append(node)
            else:
                after[source] = [node]
        self._gated: set[int] = set()
        for parent in (number[id] for id in plan.outline.order if kids):
            # only where a link comes into the parent or one above it, and those come first in the outline
            if parent in kids and (into[parent] or self.up[parent] in self._gated):
                self._gated.add(parent)
                after[parent + size] = [entry[n] for n in kids[parent]]
        self.into, self._after = into, after

    def after(self, node: int) -> list[int]:
        """The nodes that wait for a node: by links, by being below a gate, by being a parent."""
        up = self.up[node] if node < self.size else -1
        return self._after[node] if up < 0 else [*self._after[node], up]

    def _sorted(self) -> list[int]:
        """The nodes in order (Kahn 1962); those in circles and what waits for them are missing."""
        size, kids, up, after = self.size, self.kids, self.up, self._after
        waits = [len(links) for links in self.into] + [0] * size
        for parent, below in kids.items():
            waits[parent + size] = waits[parent]
            waits[parent] = len(below)
        for parent in self._gated:
            for node in after[parent + size]:
                waits[node] += 1
        order = [n for n in range(size) if not waits[n]]
        order += [parent + size for parent in self._gated if not waits[parent + size]]
        for node in order:
            for later in after[node]:
                waits[later] -= 1
                if not waits[later]:
                    order.append(later)
            if node < size and up[node] >= 0:
                parent = up[node]
                waits[parent] -= 1
                if not waits[parent]:
                    order.append(parent)
        return order

    def _tangled(self) -> set[LinkId]:
        """The links inside of circles; of each tangle of circles one is named in `loops`."""
        import networkx as nx  # such a plan is rare, and this import is slow

        left = {*range(self.size), *(n + self.size for n in self._gated)}.difference(self.order)
        graph = nx.DiGraph((node, later) for node in left for later in self.after(node) if later in left)
        tangle: dict[int, int] = {}
        for mark, nodes in enumerate(nx.strongly_connected_components(graph)):
            if len(nodes) > 1 or any(graph.has_edge(node, node) for node in nodes):
                tangle.update(dict.fromkeys(nodes, mark))
        named: set[int] = set()
        tangled: set[LinkId] = set()
        for come, go, _, id in (joint for links in self.into for joint in links):
            source, target = come >> 1, go >> 1
            if target in tangle and tangle[target] == tangle.get(source):
                tangled.add(id)
                if tangle[target] not in named:
                    named.add(tangle[target])
                    self.loops.append(self._loop(nx.shortest_path(graph, target, source)))
        return tangled

    def _loop(self, path: list[int]) -> list[ItemId]:
        """The items along a path of nodes, closed to a circle; one that is there as two nodes counts once."""
        items = [self.ids[node % self.size] for node in path]
        loop = [id for place, id in enumerate(items) if place == 0 or id != items[place - 1]]
        return loop if len(loop) > 1 and loop[-1] == loop[0] else [*loop, loop[0]]
