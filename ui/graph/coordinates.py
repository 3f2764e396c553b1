"""How high every point of the chart stands: links straight where they can be, nothing too close.

Points move to the mean of their neighbours, and after each step all layers are put right at once by isotonic
projection (pool adjacent violators): the nearest heights, in the least squares sense, that keep order and
distance. Then what is nearly straight is made straight. All heights are multiples of `GRID`, and so are all
distances, so that rounding breaks none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .chart import Chart, Floats, Ints

_Move: TypeAlias = tuple[list[int], float]
"""Points that stand on one height, and where they go."""

GRID = 8.0
_STEPS = 40
_NEARLY_STRAIGHT = 8 * GRID
_PUSHED = 8
"""So many other lines may be pushed aside to make one straight."""
_ANCHOR = 300.0
"""How much heavier an earlier height weighs than a link."""
_LOOSE = 0.2


def heights(
    chart: Chart,
    place: Ints,
    sizes: Floats,
    gap: float,
    old: Floats | None = None,
    known: Floats | None = None,
) -> Floats:
    """The height of each point's centre, for points `sizes` high, `gap` apart, in the order of `place`.

    With `old` heights, points whose `known` is 1 stay near them. Connected parts do not see each other:
    each has its own origin.
    """
    import numpy as np

    order, cum = _spaced(chart, place, sizes, gap)
    group = chart.layer * (int(chart.part.max()) + 1) + chart.part
    first = np.flatnonzero(np.concatenate([[True], group[order][1:] != group[order][:-1]]))
    number = np.cumsum(np.concatenate([[False], group[order][1:] != group[order][:-1]]))
    cum = cum - cum[first][number]
    # every group is projected in one call: far apart, so that none can push another
    shift = number * (4 * cum.max() + 1e7) - cum
    loose_ends = (chart.start >= chart.cards).astype(int) + (chart.end >= chart.cards)
    pull = np.array([1.0, 2.0, 8.0])[loose_ends]
    points = chart.points
    weight = np.bincount(chart.start, pull, points) + np.bincount(chart.end, pull, points)
    held = np.zeros(points) if known is None else known * _ANCHOR
    solid = np.maximum(weight, _LOOSE)[order] + held[order]
    y = np.empty(points)
    if old is None:
        last = np.concatenate([first[1:], [points]]) - 1
        y[order] = cum - (cum[last] / 2)[number]
        goal = np.zeros(points)
    else:
        y[order] = _isotonic(old[order] + shift, solid) - shift
        goal = old
    for _ in range(_STEPS):
        drawn = np.bincount(chart.start, pull * y[chart.end], points) + np.bincount(
            chart.end, pull * y[chart.start], points
        )
        total = weight + held
        wanted = np.where(total > 0, (drawn + held * goal) / np.maximum(total, 1e-9), y)
        goals = (y + (wanted - y) * 0.9)[order] + shift
        y[order] = _isotonic(goals, solid) - shift
    y = np.floor(y / GRID + 0.5) * GRID
    return _straightened(chart, y, order, group, cum, held > 0)


def _spaced(chart: Chart, place: Ints, sizes: Floats, gap: float) -> tuple[Ints, Floats]:
    """All points part by part, layer by layer, in order, and the running sum of their least distances."""
    import numpy as np

    order = np.lexsort((place, chart.part, chart.layer))
    height = sizes[order]
    cards = order < chart.cards
    between = (height[1:] + height[:-1]) / 2
    # two bends need no gap: their size is the distance of two lines
    between += np.where(cards[1:] & cards[:-1], gap, np.where(cards[1:] | cards[:-1], GRID, 0.0))
    between = np.ceil(between / GRID) * GRID
    return order, np.concatenate([[0.0], np.cumsum(between)])


def _isotonic(values: Floats, weights: Floats) -> Floats:
    """The nearest non-decreasing sequence, weighted least squares; whole falling runs are pooled at once."""
    import numpy as np

    mean, mass = values, weights
    count = np.ones(len(values), dtype=np.int64)
    while True:
        rising = mean[1:] > mean[:-1]
        if rising.all():
            return np.repeat(mean, count)
        first = np.flatnonzero(np.concatenate([[True], rising]))
        total = np.add.reduceat(mean * mass, first)
        mass, count = np.add.reduceat(mass, first), np.add.reduceat(count, first)
        mean = total / mass


def _straightened(
    chart: Chart, y: Floats, order: Ints, group: Ints, cum: Floats, held: NDArray[np.bool_]
) -> Floats:
    """Give both ends of nearly straight segments one height, the straightest first, where there is room.

    Between `held` points only what is straight already is kept so: they are not to move.
    """
    import numpy as np

    bend = np.abs(y[chart.end] - y[chart.start])
    weak = np.minimum((chart.start < chart.cards).astype(int) + (chart.end < chart.cards), 1)
    near = np.flatnonzero(bend <= np.where(held[chart.start] & held[chart.end], 0.0, _NEARLY_STRAIGHT))
    near = near[np.lexsort((near, bend[near], weak[near]))]
    rank = np.empty(chart.points, dtype=np.int64)
    rank[order] = np.arange(chart.points)
    heights = y.tolist()
    room = _Room(heights, order.tolist(), rank.tolist(), group.tolist(), cum.tolist())
    for start, end in zip(chart.start[near].tolist(), chart.end[near].tolist(), strict=True):
        room.join(start, end)
    return np.array(heights)


class _Room:
    """Points joined to one height each; where such a line moves, it pushes what is in its way."""

    def __init__(
        self, heights: list[float], order: list[int], rank: list[int], group: list[int], cum: list[float]
    ) -> None:
        self.heights, self.order, self.rank, self.group, self.cum = heights, order, rank, group, cum
        self.members: list[list[int]] = [[point] for point in range(len(heights))]

    def join(self, one: int, other: int) -> None:
        """Give the lines of two points one height, if there is room."""
        first, second = self.members[one], self.members[other]
        if first is second:
            return
        if len(first) < len(second):
            first, second = second, first
        here, there = self.heights[first[0]], self.heights[second[0]]
        moves: list[_Move] | None = []
        if here != there:
            moves = self._moves(second, here, first) or self._moves(first, there, second)
        if moves is None:
            return
        for points, height in moves:
            for point in points:
                self.heights[point] = height
        first.extend(second)
        for point in second:
            self.members[point] = first

    def _moves(self, points: list[int], height: float, fixed: list[int]) -> list[_Move] | None:
        """What moves where for a line to come to `height`; None if `fixed` or too much is in its way."""
        down = height > self.heights[points[0]]
        wanted = {points[0]: height, fixed[0]: self.heights[fixed[0]]}
        waiting = [points]
        while waiting:
            line = waiting.pop()
            height = wanted[line[0]]
            for point in line:
                for other, distance in self._beside(point):
                    pushed = self.members[other]
                    stands = wanted.get(pushed[0], self.heights[other])
                    needed = height + distance
                    if (distance > 0 and stands >= needed) or (distance < 0 and stands <= needed):
                        continue
                    if pushed is fixed or pushed is line or (distance > 0) != down or len(wanted) > _PUSHED:
                        return None
                    wanted[pushed[0]] = needed
                    waiting.append(pushed)
        del wanted[fixed[0]]
        return [(self.members[point], height) for point, height in wanted.items()]

    def _beside(self, point: int) -> Iterator[tuple[int, float]]:
        """The points above and below, with the least distance to them, negative upwards."""
        at = self.rank[point]
        for near in (at - 1, at + 1):
            if 0 <= near < len(self.order) and self.group[self.order[near]] == self.group[point]:
                yield self.order[near], self.cum[near] - self.cum[at]
