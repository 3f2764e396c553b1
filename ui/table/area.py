"""A rectangle of cells, and how one goes about in it; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """A place in the table: its row, and the place of its column among the shown ones."""

    row: int
    place: int


class Area(NamedTuple):
    """Cells from a first to a last row and column, both included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def between(cls, one: Cell, other: Cell) -> Area:
        return cls(
            min(one.row, other.row),
            min(one.place, other.place),
            max(one.row, other.row),
            max(one.place, other.place),
        )

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    def holds(self, cell: Cell) -> bool:
        return self.top <= cell.row <= self.bottom and self.left <= cell.place <= self.right

    def opposite(self, cell: Cell) -> Cell:
        """The corner that moves while `cell` holds the area: the one further away, else the last."""
        row = self.top if cell.row == self.bottom else self.bottom
        place = self.left if cell.place == self.right else self.right
        return Cell(row, place)

    def next(self, cell: Cell, down: int, on: int) -> Cell:
        """The cell after (with -1, before) one within the area: by rows, or by columns; round at its end."""
        high, wide = self.bottom - self.top + 1, self.right - self.left + 1
        row, place = cell.row - self.top, cell.place - self.left
        if down:
            place, row = divmod((place * high + row + down) % (high * wide), high)
        else:
            row, place = divmod((row * wide + place + on) % (high * wide), wide)
        return Cell(self.top + row, self.left + place)

    def stretched(self, cell: Cell) -> Area | None:
        """The area that is filled when the handle is drawn to `cell`: down, up, right or left; None inside.

        It goes the way in which the cell is further out.
        """
        down, up = cell.row - self.bottom, self.top - cell.row
        right, left = cell.place - self.right, self.left - cell.place
        most = max(down, up, right, left)
        if most <= 0:
            return None
        if most == down:
            return Area(self.bottom + 1, self.left, cell.row, self.right)
        if most == up:
            return Area(cell.row, self.left, self.top - 1, self.right)
        if most == right:
            return Area(self.top, self.right + 1, self.bottom, cell.place)
        return Area(self.top, cell.place, self.bottom, self.left - 1)


def covered(ranges: Sequence[tuple[int, int, int, int]], columns: Sequence[int]) -> Area | None:
    """The area that ranges of rows and columns (top, left, bottom, right) cover; None if it is no rectangle.

    `columns` are those that are shown, from left to right; others do not count.
    """
    place = {column: place for place, column in enumerate(columns)}
    wide = [[place[c] for c in range(left, right + 1) if c in place] for _, left, _, right in ranges]
    places = {one for some in wide for one in some}
    if not places:
        return None
    top, bottom = min(one[0] for one in ranges), max(one[2] for one in ranges)
    area = Area(top, min(places), bottom, max(places))
    cells = sum((one[2] - one[0] + 1) * len(some) for one, some in zip(ranges, wide, strict=True))
    return area if cells == (bottom - top + 1) * (area.right - area.left + 1) else None


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers in rising order as runs without gaps, each by its first and last."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = number
        elif number != last + 1:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
