"""The order of points inside each layer: few crossings, teams and connected parts kept together.

The whole graph is first spread over one line, which tells which team belongs next to which; then come
barycentre sweeps (Sugiyama et al. 1981) and switching of adjacent points wherever that takes crossings
away, all disjoint pairs of every second layer at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chart import Adjacency, Chart, Floats, Ints

_SWEEPS = 8
_PATIENCE = 3
"""Sweeps without progress before giving up."""
_SWITCHES = 8
_SPREAD_STEPS = 1000
_BAND_BIAS = 1.1
"""Keeping each team's cards in one band may cost this factor in crossings; it reads better."""
_SMALL = 700
"""Up to this many points there is time for one more start."""


def order(chart: Chart) -> Ints:
    """The place of every point in its layer, from 0, found from scratch: the best of a few starts."""
    walked = _walk(chart)
    spread = _spread(chart, walked)
    banded = _search(chart, spread, _bands(chart, spread))
    starts = (walked, spread) if chart.points <= _SMALL else (spread,)
    free = min(
        (_search(chart, start, chart.part) for start in starts), key=lambda place: crossings(chart, place)
    )
    return banded if crossings(chart, banded) <= crossings(chart, free) * _BAND_BIAS else free


def kept_order(chart: Chart, heights: Floats) -> Ints:
    """The place of every point in its layer by earlier heights, with one round of switching."""
    place = _ranked(chart, heights, chart.part)
    return _switched(chart, place, chart.part, rounds=1)


def crossings(chart: Chart, place: Ints) -> int:
    """How many pairs of segments cross."""
    import numpy as np

    layer = chart.layer[chart.start]
    along = np.lexsort((place[chart.end], place[chart.start], layer))
    return _inversions(place[chart.end][along] + layer[along] * chart.points)


def _search(chart: Chart, heights: Floats, band: Ints) -> Ints:
    """Sweeps and switches from a start; points of one band stay together in every layer."""
    place = _ranked(chart, heights, band)
    best, fewest, idle = place, crossings(chart, place), 0
    layers = _by_layer(chart)
    for sweep in range(_SWEEPS):
        if not fewest or idle >= _PATIENCE:
            break
        place = place.copy()
        side = chart.after if sweep % 2 else chart.before
        for points in reversed(layers) if sweep % 2 else layers:
            _sort_by_neighbours(points, side, place, band)
        found = crossings(chart, place)
        idle = 0 if found < fewest * 0.999 else idle + 1
        if found < fewest:
            best, fewest = place, found
    return _switched(chart, best, band, _SWITCHES) if fewest else best


def _by_layer(chart: Chart) -> list[Ints]:
    import numpy as np

    order = np.argsort(chart.layer, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(chart.layer[order])) + 1)


def _walk(chart: Chart) -> Floats:
    """Heights in the order of a walk along the links, team after team."""
    import numpy as np

    cards = chart.cards
    seen = [False] * chart.points
    heights = np.zeros(chart.points)
    sides = [(side.first.tolist(), side.points.tolist()) for side in (chart.before, chart.after)]
    place = 0
    for root in np.lexsort((chart.layer[:cards], chart.team[:cards], chart.part[:cards])).tolist():
        waiting = [root]
        while waiting:
            at = waiting.pop()
            if seen[at]:
                continue
            seen[at] = True
            heights[at] = place
            place += 1
            for first, points in sides:
                waiting.extend(p for p in reversed(points[first[at] : first[at + 1]]) if not seen[p])
    return heights + chart.team * float(2 * chart.points)


def _spread(chart: Chart, heights: Floats) -> Floats:
    """Heights at which linked cards are near each other over the whole graph, found from any others.

    The slowest mode of averaging over neighbours, by power iteration: an approximation of the Fiedler
    vector, which is the best line of all cards in the sense of the least squared link lengths (Hall
    1970). Sweeps alone see one layer at a time and never find which team belongs next to which.
    """
    import numpy as np

    cards, part = chart.cards, chart.part[: chart.cards]
    whole = chart.end < cards
    source, target = chart.source[chart.start[whole]], chart.end[whole]
    degree = np.bincount(source, minlength=cards) + np.bincount(target, minlength=cards)
    total = np.bincount(part, degree)
    y = heights[:cards].copy()
    for step in range(_SPREAD_STEPS):
        mean = (np.bincount(source, y[target], cards) + np.bincount(target, y[source], cards)) / degree
        y = 0.3 * y + 0.7 * mean
        if step % 10 == 9:
            y -= (np.bincount(part, y * degree) / total)[part]
            widest = np.zeros(len(total))
            np.maximum.at(widest, part, np.abs(y))
            y /= np.maximum(widest, 1e-12)[part]
    return _with_bends(chart, y.round(9))


def _with_bends(chart: Chart, heights: Floats) -> Floats:
    """Heights of cards, and for each bend one between its source and the targets further on."""
    import numpy as np

    y = [*heights.tolist(), *[0.0] * (chart.points - chart.cards)]
    first, points = chart.after.first.tolist(), chart.after.points.tolist()
    bends = range(chart.cards, chart.points)
    for bend in reversed(bends):
        ahead = points[first[bend] : first[bend + 1]]
        y[bend] = sum(y[point] for point in ahead) / len(ahead)
    before = chart.before.points[chart.before.first[chart.cards : -1]].tolist()
    for bend, behind in zip(bends, before, strict=True):
        y[bend] = (y[bend] + y[behind]) / 2
    return np.array(y)


def _bands(chart: Chart, heights: Floats) -> Ints:
    """A band for every team in each connected part, in the order of their mean heights."""
    import numpy as np

    team = chart.part * (int(chart.team.max()) + 1) + chart.team
    _, first, band = np.unique(team, return_index=True, return_inverse=True)
    mean = np.bincount(band, heights) / np.bincount(band)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((mean, chart.part[first]))] = np.arange(len(first))
    return rank[band]


def _ranked(chart: Chart, heights: Floats, band: Ints) -> Ints:
    import numpy as np

    order = np.lexsort((heights, band, chart.layer))
    sizes = np.bincount(chart.layer)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.empty(chart.points, dtype=np.int64)
    place[order] = np.arange(chart.points) - first[chart.layer[order]]
    return place


def _pairs(side: Adjacency, points: Ints) -> tuple[Ints, Ints]:
    """For all neighbours of `points`: which of them each belongs to, and the neighbours."""
    import numpy as np

    first = side.first[points]
    count = side.first[points + 1] - first
    owner = np.repeat(np.arange(len(points)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return owner, side.points[first[owner] + offset]


def _sort_by_neighbours(points: Ints, side: Adjacency, place: Ints, band: Ints) -> None:
    """Order one layer by the mean place of the neighbours; who has none keeps to the one above it."""
    import numpy as np

    owner, others = _pairs(side, points)
    if not len(owner):
        return
    count = np.bincount(owner, minlength=len(points))
    mean = np.bincount(owner, weights=place[others], minlength=len(points)) / np.maximum(count, 1)
    current = place[points]
    if not count.all():
        down = np.argsort(current)
        held = count[down] > 0
        nearest = np.maximum.accumulate(np.where(held, np.arange(len(points)), -1))
        nearest[nearest < 0] = int(np.argmax(held))
        mean[down] = mean[down][nearest]
    place[points[np.lexsort((current, mean, band[points]))]] = np.arange(len(points))


def _switched(chart: Chart, place: Ints, band: Ints, rounds: int) -> Ints:
    """Exchange adjacent points of one band where that saves crossings, until nothing does."""
    import numpy as np

    place = place.copy()
    for _ in range(rounds):
        switched = 0
        for parity in (0, 1):
            for half in (0, 1):
                order = np.lexsort((place, chart.layer))
                above, below = order[:-1], order[1:]
                layer = chart.layer[above]
                fit = (
                    (place[above] % 2 == half)
                    & (layer == chart.layer[below])
                    & (layer % 2 == parity)
                    & (band[above] == band[below])
                )
                above, below = above[fit], below[fit]
                saved = _saved(chart.before, above, below, place) + _saved(chart.after, above, below, place)
                better = saved > 0
                place[above[better]] += 1
                place[below[better]] -= 1
                switched += int(better.sum())
        if not switched:
            break
    return place


def _saved(side: Adjacency, above: Ints, below: Ints, place: Ints) -> Floats:
    """Crossings with the layer on one side that exchanging each pair would take away."""
    import numpy as np

    first_above, first_below = side.first[above], side.first[below]
    count_above = side.first[above + 1] - first_above
    count_below = side.first[below + 1] - first_below
    count = count_above * count_below
    pair = np.repeat(np.arange(len(above)), count)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    one = place[side.points[first_above[pair] + offset // count_below[pair]]]
    other = place[side.points[first_below[pair] + offset % count_below[pair]]]
    return np.bincount(pair, np.sign(one - other), len(above)).astype(np.float64)


def _inversions(values: Ints) -> int:
    """Pairs that stand the wrong way round, by radix from the highest bit: about log2(n) passes."""
    import numpy as np

    count = len(values)
    if count < 2:
        return 0
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(count)
    total = 0
    for bit in range((count - 1).bit_length() - 1, -1, -1):
        ones = (rank >> bit) & 1
        group = rank >> (bit + 1)
        ones_before = np.cumsum(ones) - ones
        first = np.ones(count, dtype=bool)
        first[1:] = group[1:] != group[:-1]
        at_group = np.maximum.accumulate(np.where(first, ones_before, 0))
        total += int((ones_before - at_group)[ones == 0].sum())
        rank = rank[np.argsort(rank >> bit, kind="stable")]
    return total
