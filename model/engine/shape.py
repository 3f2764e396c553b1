"""A network as numpy columns in generations: each generation waits only for those before it.

So a pass over a big plan takes a few array operations for each generation rather than some for each item.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy import bool_, intp
    from numpy.typing import NDArray

    from .network import Network

    Numbers: TypeAlias = NDArray[intp]
    Flags: TypeAlias = NDArray[bool_]

FAR = 4_000
"""Working days; longer lags and durations are beyond the tables that passes look dates up in."""
_NODES_A_GENERATION = 6
"""A plan that has fewer in the mean is a chain rather than a net, and is passed faster item by item."""


class Group(NamedTuple):
    """Values that belong to targets, those of a target side by side, cut in generations.

    `reduceat(values, first[g])` over the values `at[g]` to `at[g + 1]` has a result for each of `target[g]`.
    """

    order: Numbers
    """Where each value is found in the column that was grouped."""
    at: list[int]
    first: list[Numbers]
    target: list[Numbers]


class Shape(NamedTuple):
    """What `passes` needs to know of a network. Points and nodes are those of `network`, but for gates: that
    of the parent i is the node `size` + i, and only gates that hold something back are there.

    Attributes:
        order: the nodes by generation; those in circles and what waits for them are missing.
        generations: how many there are.
        generation: of each node.
        parents: the items that are parents, `gated` those with a gate, as flags by item.
        come, slot, lag: the links; a slot is twice the node at which a link ends, for its finish one more.
        into: the links grouped by their slot, in the generations of their targets.
        out: the links grouped by the point they come from, in the generations of their sources.
        below: the items that have a parent, grouped by it, in its generation.
        held: the items below a gate, grouped by the gate, in its generation.
    """

    order: Numbers
    generations: int
    generation: Numbers
    up: Numbers
    parents: Flags
    gated: Flags
    come: Numbers
    slot: Numbers
    lag: Numbers
    into: Group
    out: Group
    below: Group
    held: Group

    def nodes(self) -> list[int]:
        """The order by the numbers of the network."""
        size = len(self.up)
        nodes: list[int] = np.where(self.order < size, self.order, size - 1 - self.order).tolist()
        return nodes


def shape_of(network: Network) -> Shape | None:
    """The shape, or None where there are so many generations that it would be of no use."""
    size = network.size
    ends = network.ends
    try:
        source, target, kind = (np.fromiter(column, np.intp, len(ends.id)) for column in ends[:3])
    except OverflowError:  # a lag that no plan can mean
        return None
    if len(kind) and not -4 * FAR < kind.min() <= kind.max() < 4 * FAR:
        return None
    above, below = list(network.kids), list(network.kids.values())
    up = np.full(size, -1, dtype=np.intp)
    up[np.fromiter(chain.from_iterable(below), np.intp)] = np.repeat(above, [*map(len, below)])
    parents, gated = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    parents[above] = True
    gated[list(network.all_gated(np.unique(target[parents[target]]).tolist()))] = True
    come = 2 * source + (kind >> 1 & 1)
    entry = np.arange(size, dtype=np.intp)
    entry[gated] += size
    slot = 2 * entry[target] + (kind & 1)
    kids = np.flatnonzero(up >= 0)
    held = kids[gated[up[kids]]]
    generation = _generations(
        np.concatenate((come >> 1, kids, size + up[held])),
        np.concatenate((slot >> 1, up[kids], entry[held])),
        np.concatenate((np.arange(size), size + np.flatnonzero(gated))),
        2 * size,
    )
    if generation is None:
        return None
    known = np.flatnonzero(generation >= 0)
    order = known[_argsort(generation[known], 2 * size)]
    rank = np.full(2 * size, -1, dtype=np.intp)
    rank[order] = np.arange(len(order))
    count = int(generation.max(initial=-1)) + 1
    fronts = np.searchsorted(generation[order], np.arange(count + 1))
    into, out = 2 * rank[slot >> 1] + (slot & 1), 2 * rank[come >> 1] + (come & 1)
    return Shape(
        order=order,
        generations=count,
        generation=generation,
        up=up,
        parents=parents,
        gated=gated,
        come=come,
        slot=slot,
        lag=kind >> 2,
        into=_grouped(slot, into, 2 * fronts),
        out=_grouped(come, out, 2 * fronts),
        below=_column(kids, up[kids], rank[up[kids]], fronts),
        held=_column(held, up[held], rank[size + up[held]], fronts),
    )


def _generations(source: Numbers, target: Numbers, nodes: Numbers, size: int) -> Numbers | None:
    """The longest way to each node, -1 for those in circles, behind them, or not among `nodes`.

    None where there are too many of them.
    """
    following = target[_argsort(source, size)]
    many = np.bincount(source, minlength=size)
    first = np.cumsum(many) - many
    waits = np.bincount(target, minlength=size)
    generation = np.full(size, -1, dtype=np.intp)
    last = np.empty(size, dtype=np.intp)
    front = nodes[waits[nodes] == 0]
    now, most = 0, max(len(nodes) // _NODES_A_GENERATION, 50)
    while len(front):
        if now > most:
            return None
        generation[front] = now
        now += 1
        counts = many[front]
        total = int(counts.sum())
        if not total:
            break
        skipped = np.repeat(first[front] - np.cumsum(counts) + counts, counts)
        reached = following[skipped + np.arange(total)]
        np.subtract.at(waits, reached, 1)
        free = reached[waits[reached] == 0]
        times = np.arange(len(free))
        last[free] = times
        front = free[last[free] == times]  # each once
    return generation


def _argsort(values: Numbers, limit: int) -> Numbers:
    """Where the values, from -1 to `limit`, are found in order; numpy sorts short ones by their digits."""
    short = values.astype(np.int16) if limit < 1 << 15 else values
    return np.argsort(short, kind="stable")


def _grouped(target: Numbers, rank: Numbers, fronts: Numbers) -> Group:
    """Values grouped by the targets they belong to; `fronts` are the ranks with which generations begin."""
    order = _argsort(rank, int(fronts[-1]))
    targets = target[order]
    at = np.searchsorted(rank[order], fronts)
    first = np.flatnonzero(np.diff(targets, prepend=-1))
    cut = np.searchsorted(first, at).tolist()
    begins = at.tolist()
    parts = [first[begin:end] for begin, end in pairwise(cut)]
    return Group(
        order,
        begins,
        [part - begin for part, begin in zip(parts, begins, strict=False)],
        [targets[part] for part in parts],
    )


def _column(values: Numbers, target: Numbers, rank: Numbers, fronts: Numbers) -> Group:
    """As `_grouped`, with the values themselves in the place of where they are found."""
    group = _grouped(target, rank, fronts)
    return group._replace(order=values[group.order])
