"""Where lines turn in the channels between columns: one upright piece per source, each in a track.

Lines are level inside columns, in the room their bends hold open there, so that none runs through a card.
In a channel every source has one upright piece, from which it branches. Two orders of two pieces differ in
how often their lines cross and in whether level pieces lie on each other; the tracks follow the better
order of each pair as far as these agree (Eades, Lin, Smyth 1993: a fast heuristic for the feedback arc set
problem).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .chart import Chart, Floats

_APART = 16.0
"""Pixels between two upright pieces in one track."""
_ON_EACH_OTHER = 8
"""How many crossings it is worth to keep level pieces of two lines from lying on each other."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """The upright piece of one point's line in the channel to the right of it."""

    point: int
    leaves: float
    arrives: tuple[float, ...]

    @property
    def low(self) -> float:
        return min(self.leaves, *self.arrives)

    @property
    def high(self) -> float:
        return max(self.leaves, *self.arrives)


@dataclass(frozen=True, slots=True)
class Tracks:
    """For each point with an upright piece its track, from 0 at the left; and how many a channel has."""

    of: dict[int, int]
    count: dict[tuple[int, int], int]
    """By connected part and layer: the tracks of the channel to the right of it."""


def tracks(chart: Chart, y: Floats) -> Tracks:
    """The tracks of every channel, for points at heights `y`."""
    of: dict[int, int] = {}
    count: dict[tuple[int, int], int] = {}
    for channel, trunks in _channels(chart, y):
        placed = _in_tracks(trunks) if len(trunks) > 1 else [0]
        of.update((trunk.point, track) for trunk, track in zip(trunks, placed, strict=True))
        count[channel] = max(placed) + 1
    return Tracks(of, count)


def _channels(chart: Chart, y: Floats) -> Iterator[tuple[tuple[int, int], list[Trunk]]]:
    """The upright pieces of each channel; lines that run straight through it have none."""
    arrives: dict[int, list[float]] = {}
    for start, height in zip(chart.start.tolist(), y[chart.end].tolist(), strict=True):
        arrives.setdefault(start, []).append(height)
    channels: dict[tuple[int, int], list[Trunk]] = {}
    heights, parts, layers = y.tolist(), chart.part.tolist(), chart.layer.tolist()
    for point in sorted(arrives):
        if any(height != heights[point] for height in arrives[point]):
            trunk = Trunk(point, heights[point], tuple(arrives[point]))
            channels.setdefault((parts[point], layers[point]), []).append(trunk)
    yield from channels.items()


def _in_tracks(trunks: Sequence[Trunk]) -> list[int]:
    import numpy as np

    low = np.array([trunk.low for trunk in trunks])
    high = np.array([trunk.high for trunk in trunks])
    leaves = np.array([trunk.leaves for trunk in trunks])
    owner = np.repeat(np.arange(len(trunks)), [len(trunk.arrives) for trunk in trunks])
    arrives = np.array([height for trunk in trunks for height in trunk.arrives])
    # crossings if the row's piece stands left of the column's
    through = ((arrives[:, None] > low) & (arrives[:, None] < high)).astype(float)
    through += (arrives[:, None] == leaves) * float(_ON_EACH_OTHER)
    cost = np.add.reduceat(through, np.searchsorted(owner, np.arange(len(trunks))), axis=0)
    cost += (leaves > low[:, None]) & (leaves < high[:, None])
    np.fill_diagonal(cost, 0.0)
    touching = (low[:, None] < high + _APART) & (low < high[:, None] + _APART)
    placed = np.full(len(trunks), -1)
    for at in _by_preference(np.maximum(cost.T - cost, 0.0)):
        placed[at] = placed[touching[at]].max() + 1
    return [int(track) for track in placed]


def _by_preference(wish: NDArray[np.float64]) -> list[int]:
    """An order in which few of the wishes (row left of column) are broken."""
    import numpy as np

    left: list[int] = []
    right: list[int] = []
    there = np.ones(len(wish), dtype=bool)
    leaving, entering = wish.sum(axis=1), wish.sum(axis=0)
    while len(left) + len(right) < len(wish):
        free = np.flatnonzero(there & (entering < 0.5))
        to_left = bool(len(free))
        if not to_left:
            free = np.flatnonzero(there & (leaving < 0.5))
        if not len(free):
            best = int(np.argmax(np.where(there, leaving - entering, -np.inf)))
            free, to_left = np.array([best]), True
        there[free] = False
        leaving -= wish[:, free].sum(axis=1) if len(free) > 1 else wish[:, free[0]]
        entering -= wish[free].sum(axis=0) if len(free) > 1 else wish[free[0]]
        if to_left:
            left.extend(free.tolist())
        else:
            right[:0] = free.tolist()
    return left + right
