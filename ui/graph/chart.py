"""The layered graph as arrays: cards, bends of links that pass through columns, segments between them.

All links of one source share their bends: they run as one line that branches, the way people draw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Neighbours of every point on one side: those of `p` are `points[first[p] : first[p + 1]]`."""

    first: Ints
    points: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Points 0 to `cards` - 1 are cards, the others bends. Segments join points of neighbouring layers."""

    cards: int
    layer: Ints
    part: Ints
    """The connected part a point belongs to."""
    team: Ints
    source: Ints
    """The card whose links run through the bend; a card is its own."""
    first_bend: Ints
    """By card: its first bend, in the layer right of it; the others follow."""
    start: Ints
    end: Ints
    before: Adjacency
    after: Adjacency

    @property
    def points(self) -> int:
        return len(self.layer)

    def path(self, source: int, target: int) -> list[int]:
        """The points a link runs through, both cards included."""
        bends = int(self.layer[target] - self.layer[source]) - 1
        first = int(self.first_bend[source])
        return [source, *range(first, first + bends), target]


def chart_of(
    layers: Sequence[int], links: Sequence[tuple[int, int]], part: Sequence[int], team: Sequence[int]
) -> Chart:
    """The chart of cards in `layers`; every link must run to the right."""
    import numpy as np

    cards = len(layers)
    pairs = np.unique(np.array(links, dtype=np.int64).reshape(-1, 2), axis=0)
    column = np.array(layers, dtype=np.int64)
    sources, targets = pairs[:, 0], pairs[:, 1]
    span = column[targets] - column[sources]
    reach = np.zeros(cards, dtype=np.int64)
    np.maximum.at(reach, sources, span - 1)
    first_bend = cards + np.concatenate([[0], np.cumsum(reach)[:-1]]).astype(np.int64)
    owner = np.repeat(np.arange(cards), reach)
    bends = cards + np.arange(len(owner))
    step = bends - first_bend[owner]
    # the line of a source: from card to bend to bend; then from its last point a branch into each target
    line_start = np.where(step == 0, owner, bends - 1)
    branch_start = np.where(span == 1, sources, first_bend[sources] + span - 2)
    start = np.concatenate([line_start, branch_start])
    end = np.concatenate([bends, targets])
    source = np.concatenate([np.arange(cards), owner])
    total = len(source)
    return Chart(
        cards=cards,
        layer=np.concatenate([column, column[owner] + 1 + step]),
        part=np.array(part, dtype=np.int64)[source],
        team=np.array(team, dtype=np.int64)[source],
        source=source,
        first_bend=first_bend,
        start=start,
        end=end,
        before=_adjacency(end, start, total),
        after=_adjacency(start, end, total),
    )


def _adjacency(of: Ints, other: Ints, total: int) -> Adjacency:
    import numpy as np

    order = np.argsort(of, kind="stable")
    first = np.searchsorted(of[order], np.arange(total + 1))
    return Adjacency(first.astype(np.int64), other[order])
