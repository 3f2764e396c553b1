"""Where columns, swimlanes and cards of the board stand, in pixels of its content, and what is where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model.records import ItemId
from ..graph.layout import Area
from .contents import Contents

Cell = tuple[int, int]
"""(Place of the swimlane, place of the column.)"""
NEAREST, FARTHEST = 2.0, 0.5
_MARGIN, _GAP, _PAD = 16, 12, 8
_LEAST, _MOST = 224, 340
"""Width of a column at zoom 1: as the window has room."""
_STEP = 8
"""Columns grow by so many pixels, so that titles need not be broken anew for each pixel of a window."""
_FOLDED = 44
_HEAD = 48
_LANE = 36
_BETWEEN = 8
_EMPTY = 120
"""Height of a cell without cards, where there are no swimlanes; with them half of it."""
_FOOT = 56
"""Room below the last card, to drop and to make new ones."""


class Strip(NamedTuple):
    """A column's place across."""

    x: int
    width: int
    folded: bool

    @property
    def right(self) -> int:
        return self.x + self.width


class Band(NamedTuple):
    """A swimlane's place from the top: its head, its cells, its end."""

    top: int
    body: int
    bottom: int
    folded: bool


class Pile(NamedTuple):
    """The cards of a cell: their tops and, at the same places, their bottoms."""

    ids: Sequence[ItemId]
    tops: Sequence[int]
    bottoms: Sequence[int]


class Slot(NamedTuple):
    """A place between cards: before the card at `place` of the cell."""

    cell: Cell
    place: int


class Layout(NamedTuple):
    """The board at its size. Heads of columns are not among it: they stand above, `head` pixels high."""

    contents: Contents
    zoom: float
    head: int
    strips: Sequence[Strip]
    bands: Sequence[Band]
    piles: Mapping[Cell, Pile]
    width: int
    height: int

    @property
    def pad(self) -> int:
        """From the edge of a column to its cards."""
        return round(_PAD * self.zoom)

    @property
    def lane_height(self) -> int:
        """Of the head of a swimlane."""
        return round(_LANE * self.zoom)

    def lane_head_top(self, lane: int, top: float) -> float:
        """Where the head of a swimlane is while the board is seen from `top` on: it stays in sight."""
        band = self.bands[lane]
        return max(band.top, min(top, band.bottom - self.lane_height))

    def area(self, id: ItemId) -> Area | None:
        """The card of an item; None where it is folded away, or not on the board."""
        cell = self.contents.cell_of.get(id)
        pile = self.piles.get(cell) if cell is not None else None
        if cell is None or pile is None:
            return None
        return self._card(self.strips[cell[1]], pile, pile.ids.index(id))

    def _card(self, strip: Strip, pile: Pile, place: int) -> Area:
        top = pile.tops[place]
        return Area(strip.x + self.pad, top, strip.width - 2 * self.pad, pile.bottoms[place] - top)

    def cell_area(self, cell: Cell) -> Area:
        """The ground of a cell."""
        strip, band = self.strips[cell[1]], self.bands[cell[0]]
        return Area(strip.x, band.body, strip.width, band.bottom - band.body)

    def cards_in(self, area: Area) -> Iterator[tuple[ItemId, Area]]:
        """The cards that an area touches."""
        for lane in self.bands_in(area.y, area.bottom):
            for column in self.strips_in(area.x, area.right):
                pile = self.piles.get((lane, column))
                if pile is None:
                    continue
                first, last = bisect_left(pile.bottoms, area.y), bisect_right(pile.tops, area.bottom)
                for place in range(first, last):
                    card = self._card(self.strips[column], pile, place)
                    if card.x <= area.right and card.right >= area.x:
                        yield pile.ids[place], card

    def bands_in(self, top: float, bottom: float) -> range:
        """The places of the swimlanes between two heights."""
        first = bisect_left(self.bands, top, key=lambda band: band.bottom)
        return range(first, bisect_right(self.bands, bottom, key=lambda band: band.top))

    def strips_in(self, left: float, right: float) -> range:
        first = bisect_left(self.strips, left, key=lambda strip: strip.right)
        return range(first, bisect_right(self.strips, right, key=lambda strip: strip.x))

    def card_at(self, x: float, y: float) -> ItemId | None:
        return next((id for id, _ in self.cards_in(Area(x, y, 0, 0))), None)

    def column_at(self, x: float) -> int | None:
        """The column at a place across, None beside them."""
        return next(iter(self.strips_in(x, x)), None)

    def slot_at(self, x: float, y: float, besides: Collection[ItemId] = ()) -> Slot | None:
        """The place between cards that is nearest to a hand, as if those `besides` were not there.

        A folded column takes what is dropped on it, below all it has.
        """
        if not self.strips:
            return None
        column = min(
            range(len(self.strips)),
            key=lambda at: max(self.strips[at].x - x, 0, x - self.strips[at].right),
        )
        last = len(self.bands) - 1
        lane = min(bisect_right(self.bands, y, key=lambda band: band.bottom), last)
        cell = (lane, column)
        pile = self.piles.get(cell)
        if pile is None:
            return Slot(cell, len(self.contents.cells[cell]))
        place = 0
        for at, (top, bottom) in enumerate(zip(pile.tops, pile.bottoms, strict=True)):
            if y < (top + bottom) / 2 and pile.ids[at] not in besides:
                break
            place = at + 1
        return Slot(cell, place)

    def line_of(self, slot: Slot) -> Area:
        """Where the line of a slot is drawn, a pixel high."""
        strip, pile = self.strips[slot.cell[1]], self.piles.get(slot.cell)
        x, width = strip.x + self.pad, strip.width - 2 * self.pad
        half = round(_BETWEEN * self.zoom / 2)
        if pile is None or not pile.ids:
            return Area(x, self.bands[slot.cell[0]].body + half, width, 1)
        if slot.place < len(pile.ids):
            return Area(x, pile.tops[slot.place] - half, width, 1)
        return Area(x, pile.bottoms[-1] + half, width, 1)


def card_width(columns: Sequence[bool], room: int, zoom: float) -> tuple[int, int]:
    """The widths of a column and of its cards; `columns` tells which of them are folded."""
    gap, folded = round(_GAP * zoom), round(_FOLDED * zoom)
    open_ones = max(columns.count(False), 1)
    left = room - 2 * _MARGIN - gap * (len(columns) - 1) - folded * columns.count(True)
    least, most = round(_LEAST * zoom), round(_MOST * zoom)
    width = min(max(left // open_ones // _STEP * _STEP, least), most)
    return width, width - 2 * round(_PAD * zoom)


def arrange(
    contents: Contents,
    height_of: Callable[[ItemId], int],
    column_width: int,
    zoom: float,
    folded: Collection[str] = frozenset(),
) -> Layout:
    """Put columns side by side, swimlanes below each other, and cards into their cells."""

    def px(size: int) -> int:
        return round(size * zoom)

    strips, x = [], _MARGIN
    for column in contents.columns:
        shut = column.ref in folded
        strips.append(Strip(x, px(_FOLDED) if shut else column_width, shut))
        x = strips[-1].right + px(_GAP)
    bands: list[Band] = []
    piles: dict[Cell, Pile] = {}
    y, gap, several = 0, px(_BETWEEN), bool(contents.lane_field)
    for lane, stack in enumerate(contents.lanes):
        shut, top = several and stack.ref in folded, y
        body = y + (px(_LANE) if several else 0)
        bottom = body if shut else body + px(_EMPTY // 2 if several else _EMPTY)
        for at, strip in enumerate(strips):
            if not shut and not strip.folded:
                pile = _pile(contents.cells[lane, at], height_of, body + gap, gap)
                piles[lane, at] = pile
                if pile.bottoms:
                    bottom = max(bottom, pile.bottoms[-1] + (2 * gap if several else px(_FOOT)))
        bands.append(Band(top, body, bottom, shut))
        y = bottom + (gap if several else 0)
    right = strips[-1].right if strips else 0
    return Layout(contents, zoom, px(_HEAD), strips, bands, piles, right + _MARGIN, y + _MARGIN)


def _pile(ids: Sequence[ItemId], height_of: Callable[[ItemId], int], top: int, gap: int) -> Pile:
    tops, bottoms = [], []
    for id in ids:
        tops.append(top)
        top += height_of(id)
        bottoms.append(top)
        top += gap
    return Pile(ids, tops, bottoms)
