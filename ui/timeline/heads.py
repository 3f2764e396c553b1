"""Which lane heads stay in sight while the rows of their lanes are scrolled past the top."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ...model.query import Row
from .frame import ROW


class Heads:
    """The lane heads among some rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._levels: list[list[int]] = [[], []]
        """By depth: the rows of the heads."""
        for place, row in enumerate(rows):
            if row.item is None:
                self._levels[row.depth].append(place)

    def stuck(self, top: float) -> tuple[tuple[int, float], ...]:
        """Heads whose rows reach into the view that begins at `top`: (row, height), the outer one first.

        A head gives way upwards to the next one of its level as that comes up.
        """
        found: list[tuple[int, float]] = []
        outer, below = 0, len(self.rows)
        at = top
        for heads in self._levels:
            here = bisect_right(heads, at / ROW) - 1
            if here < 0 or not outer <= heads[here] < below:
                break
            head = heads[here]
            following = bisect_left(heads, head + 1)
            below = min(heads[following], below) if following < len(heads) else below
            y = min(at, (below - 1) * ROW)
            if y > head * ROW:
                found.append((head, y))
            at, outer = y + ROW, head
        return tuple(found)
