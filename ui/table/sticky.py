"""Where columns stand while the table is scrolled sideways: frozen ones stop at the left edge; no Qt.

A frozen column moves with the others until it reaches those that stand there already, and then stays. So the
columns keep their order, and nothing jumps.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

MOST = 0.6
"""The share of the view that frozen columns may take; where they need more, only the least of them stay."""


class Placed(NamedTuple):
    """A column on screen, in pixels from the left edge of the view."""

    column: int
    left: int
    width: int
    stuck: bool
    """Whether it stands above the others, because it has been scrolled to where it stays."""

    @property
    def end(self) -> int:
        return self.left + self.width


class Sticky(NamedTuple):
    """The columns of a table from left to right, each with its width, and which of them stay."""

    sections: Sequence[tuple[int, int]]
    frozen: Collection[int]
    room: int
    """The width of the view."""
    least: int = -1
    """The one column that stays even where there is little room; it gives way in width then."""

    def placed(self, offset: int) -> list[Placed]:
        """All columns when the table is scrolled by `offset`, those that are stuck last."""
        moving, stuck = [], []
        natural, edge = -offset, 0
        stays = self._staying()
        for column, width in self.sections:
            kept = stays.get(column, 0)
            left = max(natural, edge) if kept else natural
            end = max(natural + width, left + kept) if kept else natural + width
            if left > natural or end > natural + width:
                stuck.append(Placed(column, left, end - left, True))
            else:
                moving.append(Placed(column, left, width, False))
            edge += kept
            natural += width
        return [*moving, *stuck]

    def reach(self, column: int, offset: int) -> int:
        """The offset nearest to `offset` at which the column is in sight; its beginning comes first."""
        natural = edge = 0
        stays = self._staying()
        for one, width in self.sections:
            kept = stays.get(one, 0)
            if one == column:
                if kept:
                    return offset  # it never leaves
                offset = max(offset, natural + width - self.room)
                return max(min(offset, natural - edge), 0)
            edge += kept
            natural += width
        return offset

    def _staying(self) -> dict[int, int]:
        """The columns that stay in sight, and how much of them does."""
        frozen = {column: width for column, width in self.sections if column in self.frozen}
        most = int(self.room * MOST)
        if sum(frozen.values()) <= self.room * MOST:
            return frozen
        return {column: min(width, most) for column, width in self.sections if column == self.least}
