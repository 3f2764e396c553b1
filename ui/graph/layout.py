"""Where cards stand and lines run in the dependency graph: layered, from left to right.

`arrange` is a pure function of cards and links, and of an earlier layout where there is one: then what was
there stays where it was as far as the edit allows, so that people find again what they saw (Purchase et al.
on the mental map). The steps are in layers, order, coordinates, routes and packing, one module each.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from . import packing
from .coordinates import GRID
from .layers import assign_layers, backward, components

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .chart import Chart, Floats

Point = tuple[float, float]

CARD_WIDTH = 208.0
CARD_HEIGHT = 88.0
LOOSE_HEIGHT = 40.0
"""Cards without links are smaller: they have nothing to say here yet."""
ROW_GAP = 16.0
LINE_GAP = 16.0
"""Height that a line keeps free where it passes a column."""
LOOSE_GAP = 16.0
PART_GAP = 8 * GRID
HEADING = 40.0
"""Room for the words above the cards without links."""
LEAD_OUT = 24.0
LEAD_IN = 24.0
"""Pixels of a channel before the first and after the last track: for the dot and the arrow head."""
TRACK = 10.0
TIGHT_TRACK = 6.0
"""Pixels between two tracks, and how close they may come before a column is moved."""
CHANNEL = 72.0
"""The narrowest channel; wider ones grow by `CHANNEL_STEP`, so that one more link seldom moves a column."""
CHANNEL_STEP = 40.0
_SPARE = 2 * CHANNEL_STEP
"""How much wider than needed a channel may stay after an edit."""


class Card(msgspec.Struct, frozen=True):
    """What is to be arranged: an item, and the number of its team (cards of a team are kept together)."""

    id: str
    team: int = 0


class Wire(msgspec.Struct, frozen=True):
    """A link between two cards."""

    id: str
    source: str
    target: str


class Area(msgspec.Struct, frozen=True):
    """A rectangle in pixels at zoom 1, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


class Layout(msgspec.Struct, frozen=True):
    """The arranged graph, in pixels at zoom 1, from (0, 0)."""

    areas: Mapping[str, Area]
    routes: Mapping[str, tuple[Point, ...]]
    """By wire: the corners of its line, from the right edge of its source to the left edge of its target."""
    layers: Mapping[str, int]
    loose: tuple[str, ...]
    """Cards without wires, in their block."""
    loose_top: float
    """Where the heading of that block stands."""
    width: float
    height: float
    lines: Mapping[tuple[str, int], float]
    """How high the line of a card runs through each column that it passes, for the next layout."""
    crossings: int


def arrange(cards: Sequence[Card], wires: Sequence[Wire], old: Layout | None = None) -> Layout:
    """The layout of `cards`; what `old` knows keeps its column and its order.

    Wires whose ends are not among the cards, or that begin and end at one card, are left out.
    """
    known = {card.id for card in cards}
    drawn = [w for w in wires if w.source in known and w.target in known and w.source != w.target]
    ends = {id for wire in drawn for id in (wire.source, wire.target)}
    linked = [card for card in cards if card.id in ends]
    loose = [card for card in cards if card.id not in ends]
    graph = _Linked(linked, drawn, old) if linked else None
    return _with_loose(graph, sorted(loose, key=lambda card: card.team))


class _Linked:
    """The cards with wires: the steps of the layout one after the other, and what each found."""

    def __init__(self, cards: Sequence[Card], wires: Sequence[Wire], old: Layout | None) -> None:
        self.cards, self.wires = cards, wires
        self.number = {card.id: place for place, card in enumerate(cards)}
        pairs = [(self.number[wire.source], self.number[wire.target]) for wire in wires]
        self.turned = backward(len(cards), pairs)
        self.pairs = [pair[::-1] if turned else pair for pair, turned in zip(pairs, self.turned, strict=True)]
        self.part = components(len(cards), self.pairs)
        self.chart, self.y, self.crossings = self._stand(old)
        self._run(old)

    def _stand(self, old: Layout | None) -> tuple[Chart, Floats, int]:
        """Columns, order and heights."""
        import numpy as np

        from .chart import chart_of
        from .coordinates import heights
        from .order import crossings, kept_order, order

        earlier = None if old is None else [old.layers.get(card.id) for card in self.cards]
        warm = earlier is not None and any(layer is not None for layer in earlier)
        layers = assign_layers(len(self.cards), self.pairs, earlier if warm else None)
        chart = chart_of(layers, self.pairs, self.part, [card.team for card in self.cards])
        sizes = np.where(np.arange(chart.points) < chart.cards, CARD_HEIGHT, LINE_GAP)
        if old is None or not warm:
            place = order(chart)
            y = heights(chart, place, sizes, ROW_GAP)
        else:
            before, known = self._earlier_heights(chart, old)
            place = kept_order(chart, before)
            y = heights(chart, place, sizes, ROW_GAP, before, known)
        return chart, y, crossings(chart, place)

    def _earlier_heights(self, chart: Chart, old: Layout) -> tuple[Floats, Floats]:
        """The height every point had, or for a new one its neighbours' mean; and which ones are known."""
        import numpy as np

        y = np.full(chart.points, np.nan)
        layer = chart.layer.tolist()
        for place, card in enumerate(self.cards):
            if card.id in old.areas and card.id not in old.loose:
                y[place] = old.areas[card.id].middle
        for point in range(chart.cards, chart.points):
            source = self.cards[int(chart.source[point])].id
            y[point] = old.lines.get((source, layer[point] + self._shift(old, source, chart)), np.nan)
        known = ~np.isnan(y)
        for _ in range(chart.points):
            missing = np.isnan(y)
            if not missing.any():
                break
            y = _from_neighbours(chart, y, missing)
        return y, known.astype(float)

    def _shift(self, old: Layout, source: str, chart: Chart) -> int:
        """How many columns the card has moved since: its line is remembered by the columns of then."""
        return old.layers.get(source, 0) - int(chart.layer[self.number[source]])

    def _run(self, old: Layout | None) -> None:
        """Tracks, the columns' places, and the packing of the connected parts on the page."""
        from .routes import tracks

        chart = self.chart
        self.tracks = tracks(chart, self.y)
        parts = max(self.part) + 1
        depth = [0] * parts
        top, bottom = [float("inf")] * parts, [float("-inf")] * parts
        half = CARD_HEIGHT / 2
        spots = zip(chart.part.tolist(), chart.layer.tolist(), self.y.tolist(), strict=True)
        for point, (part, layer, y) in enumerate(spots):
            reach = half if point < chart.cards else LINE_GAP / 2
            depth[part] = max(depth[part], layer)
            # on the grid, so that heights read back from the page are on it too
            top[part] = min(top[part], (y - reach) // GRID * GRID)
            bottom[part] = max(bottom[part], -(-(y + reach) // GRID) * GRID)
        self.columns = self._columns(depth, old)
        sizes = [(self.columns[part][-1] + CARD_WIDTH, bottom[part] - top[part]) for part in range(parts)]
        first = self._packing_order(sizes, old)
        corners = packing.pack([sizes[part] for part in first], PART_GAP)
        self.offset: list[Point] = [(0.0, 0.0)] * parts
        for part, (x, y) in zip(first, corners, strict=True):
            self.offset[part] = (x, y - top[part])
        self.width = max(x + sizes[part][0] for part, (x, _) in zip(first, corners, strict=True))
        self.height = max(y + sizes[part][1] for part, (_, y) in zip(first, corners, strict=True))
        self.places, self.turns = self._found(), self._turns()

    def _columns(self, depth: Sequence[int], old: Layout | None) -> list[list[float]]:
        """By connected part: the left edge of each column. Channels keep their width if that will do."""
        earlier = self._earlier_channels(old) if old is not None else {}
        self.channels: dict[tuple[int, int], float] = {}
        columns = []
        for part, last in enumerate(depth):
            edges = [0.0]
            for layer in range(last):
                count = self.tracks.count.get((part, layer), 0)
                width = _channel(count)
                before = earlier.get((part, layer), 0.0)
                if _room(count, TIGHT_TRACK) <= before <= width + _SPARE:
                    width = before
                self.channels[part, layer] = width
                edges.append(edges[-1] + CARD_WIDTH + width)
            columns.append(edges)
        return columns

    def _earlier_channels(self, old: Layout) -> dict[tuple[int, int], float]:
        edge: dict[tuple[int, int], tuple[int, float]] = {}
        layers = self.chart.layer.tolist()
        for place, card in enumerate(self.cards):
            if card.id in old.layers:
                edge.setdefault(
                    (self.part[place], layers[place]), (old.layers[card.id], old.areas[card.id].x)
                )
        found = {}
        for (part, layer), (column, x) in edge.items():
            following = edge.get((part, layer + 1))
            if following is not None and following[0] == column + 1:
                found[part, layer] = following[1] - x - CARD_WIDTH
        return found

    def _packing_order(self, sizes: list[tuple[float, float]], old: Layout | None) -> list[int]:
        """The largest part first; parts that were on the page before in their order of then."""
        before: dict[int, tuple[float, float]] = {}
        for place, card in enumerate(self.cards):
            if old is not None and card.id in old.areas and card.id not in old.loose:
                area, part = old.areas[card.id], self.part[place]
                before[part] = min(before.get(part, (area.y, area.x)), (area.y, area.x))
        new = (float("inf"), float("inf"))
        return sorted(
            range(len(sizes)),
            key=lambda part: (before.get(part, new), -sizes[part][0] * sizes[part][1], part),
        )

    def areas(self) -> dict[str, Area]:
        found = {}
        for place, card in enumerate(self.cards):
            x, y = self.places[place]
            found[card.id] = Area(x, y - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)
        return found

    def lines(self) -> dict[tuple[str, int], float]:
        source, layer = self.chart.source.tolist(), self.chart.layer.tolist()
        return {
            (self.cards[source[point]].id, layer[point]): self.places[point][1]
            for point in range(self.chart.cards, self.chart.points)
        }

    def routes(self) -> dict[str, tuple[Point, ...]]:
        found = {}
        for wire, (source, target), turned in zip(self.wires, self.pairs, self.turned, strict=True):
            corners = self._route(self.chart.path(source, target))
            found[wire.id] = tuple(reversed(corners)) if turned else tuple(corners)
        return found

    def _found(self) -> list[Point]:
        """The left edge and the height of every point, on the page."""
        spots = zip(self.chart.part.tolist(), self.chart.layer.tolist(), self.y.tolist(), strict=True)
        return [
            (self.columns[part][layer] + self.offset[part][0], y + self.offset[part][1])
            for part, layer, y in spots
        ]

    def _route(self, path: Sequence[int]) -> list[Point]:
        x, y = self.places[path[0]]
        corners = [(x + CARD_WIDTH, y)]
        for point, following in itertools.pairwise(path):
            (x, y), (_, level) = self.places[point], self.places[following]
            if level != y:
                turn = x + CARD_WIDTH + self.turns[point]
                corners += [(turn, y), (turn, level)]
        corners.append(self.places[path[-1]])
        return corners

    def _turns(self) -> dict[int, float]:
        """How far into its channel the upright piece of a point's line stands."""
        part, layer = self.chart.part.tolist(), self.chart.layer.tolist()
        found = {}
        for point, track in self.tracks.of.items():
            channel = part[point], layer[point]
            count = self.tracks.count[channel]
            free = self.channels[channel] - LEAD_OUT - LEAD_IN
            apart = min(TRACK, free / max(count - 1, 1))
            found[point] = LEAD_OUT + (free - apart * (count - 1)) / 2 + apart * track
        return found


def _from_neighbours(chart: Chart, y: Floats, missing: NDArray[np.bool_]) -> Floats:
    """Heights of missing points as the mean of those neighbours that have one; if none has, below all."""
    import numpy as np

    given = np.where(np.isnan(y), 0.0, y)
    has = (~np.isnan(y)).astype(float)
    total = np.bincount(chart.start, given[chart.end], chart.points) + np.bincount(
        chart.end, given[chart.start], chart.points
    )
    count = np.bincount(chart.start, has[chart.end], chart.points) + np.bincount(
        chart.end, has[chart.start], chart.points
    )
    filled = np.where(missing & (count > 0), total / np.maximum(count, 1.0), y)
    return (
        filled if (np.isnan(filled) != np.isnan(y)).any() else np.nan_to_num(filled, nan=float(np.nanmax(y)))
    )


def _channel(tracks: int) -> float:
    """The width of a channel, in steps so that one more line seldom moves a column."""
    steps = -((CHANNEL - _room(tracks, TRACK)) // CHANNEL_STEP)
    return CHANNEL + CHANNEL_STEP * max(0.0, steps)


def _room(tracks: int, apart: float) -> float:
    return LEAD_OUT + LEAD_IN + apart * max(tracks - 1, 0)


def _with_loose(graph: _Linked | None, loose: Sequence[Card]) -> Layout:
    """The whole page: the linked cards, and below them the block of those without links."""
    areas = graph.areas() if graph else {}
    page = graph.width if graph else 0.0
    top = graph.height + PART_GAP if graph else 0.0
    width, height = page, graph.height if graph else 0.0
    if loose:
        columns = packing.columns_for(len(loose), CARD_WIDTH, LOOSE_HEIGHT, LOOSE_GAP, page)
        rows = -(-len(loose) // columns)
        columns = -(-len(loose) // rows)
        for place, card in enumerate(loose):
            x = place // rows * (CARD_WIDTH + LOOSE_GAP)
            y = top + HEADING + place % rows * (LOOSE_HEIGHT + LOOSE_GAP)
            areas[card.id] = Area(x, y, CARD_WIDTH, LOOSE_HEIGHT)
            width, height = max(width, x + CARD_WIDTH), max(height, y + LOOSE_HEIGHT)
    return Layout(
        areas=areas,
        routes=graph.routes() if graph else {},
        layers={card.id: int(graph.chart.layer[place]) for place, card in enumerate(graph.cards)}
        if graph
        else {},
        loose=tuple(card.id for card in loose),
        loose_top=top,
        width=width,
        height=height,
        lines=graph.lines() if graph else {},
        crossings=graph.crossings if graph else 0,
    )
