"""The arranged graph as shapes: lines and cards, and what the hand and the eye are on, for screen and export.

How much a card says depends on how near it is: close up all of it, further off colour and title, from afar
colour alone. Shapes are in pixels of the target; texts never get smaller than can be read, they go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...io.strings import say
from ...model.records import Item, ItemId, LinkId
from ..drawing.palette import mix, readable
from ..drawing.scene import AnyShape, Mark, Measure, Point, Polyline, Segments
from ..timeline.board import Board
from ..timeline.labels import elide
from .canvas import FADE, Canvas
from .card import draw_card
from .glance import Glance, Lens
from .layout import Area
from .sheet import PLAIN, Sheet
from .wrap import wrap

FULL = 0.72
"""From this zoom on a card says all it has to say."""
_HAIR = 0.3
"""Below this zoom lines are drawn without corners and heads."""
_TITLE = 13.0
_LEAST = 9.0
"""Pixels; smaller text is not drawn."""
_RADIUS = 6.0
DOT = 5.0
"""Half the width of the dot at a card's right edge from which links are drawn."""


class Chain(NamedTuple):
    """The cards and links that hang together."""

    items: frozenset[str] = frozenset()
    links: frozenset[LinkId] = frozenset()


class Line(NamedTuple):
    """A link in sight: how much it matters (see `_Drawing.ink_of`), and its corners on the target."""

    rank: int
    id: str
    points: tuple[Point, ...]


def draw(sheet: Sheet, lens: Lens, glance: Glance, measure: Measure) -> list[AnyShape]:
    """Everything that can be seen through the lens."""
    return _Drawing(sheet, lens, glance, measure).whole()


def chain_of(board: Board, start: str) -> Chain:
    """Everything up- and downstream of a card; of a link, its two ends."""
    plan = board.plan
    link = plan.links.get(LinkId(start))
    if link is not None:
        return Chain(frozenset((link.source, link.target)), frozenset((link.id,)))
    links = board.chain([ItemId(start)])
    ends = (end for id in links for end in (plan.links[id].source, plan.links[id].target))
    return Chain(frozenset((start, *ends)), links)


class _Drawing(Canvas):
    def __init__(self, sheet: Sheet, lens: Lens, glance: Glance, measure: Measure) -> None:
        super().__init__(sheet.board, lens, glance, measure)
        board = sheet.board
        self.sheet, self.layout, self.zoom = sheet, sheet.layout, lens.zoom
        self.lit = chain_of(board, glance.lit) if glance.lit else None
        start = glance.lit or glance.link or glance.current
        self.strong = chain_of(board, start) if start else Chain()

    def whole(self) -> list[AnyShape]:
        self.lines()
        self.heading()
        for id, place in self.layout.areas.items():
            area = self.lens.area(place)
            if self.lens.sees(area):
                self.card(self.board.plan.items[ItemId(id)], area)
        self.hand()
        return self.shapes

    # Lines

    def lines(self) -> None:
        """Plain ones first, then critical ones, then those of the chain, so that no strong line is broken."""
        found = sorted(self._in_sight(), key=lambda line: line.rank)
        if self.zoom < _HAIR:
            self.hairs(found)
            return
        radius = _RADIUS if self.zoom >= 0.5 else 3.0
        for rank, id, points in found:
            color, width = self.ink_of(rank)
            corners = _without_flat_corners(points)
            self.shapes.append(
                Polyline(points=corners, color=color, width=width, radius=radius, arrow=True, ref=id)
            )

    def _in_sight(self) -> Iterator[Line]:
        lens = self.lens
        zoom, left, top = lens.zoom, lens.left, lens.top
        for id, route, bounds in self.sheet.lines:
            if lens.sees(lens.area(bounds)):
                points = tuple((round(x * zoom - left), round(y * zoom - top)) for x, y in route)
                yield Line(self.rank(id), id, points)

    def hairs(self, found: Sequence[Line]) -> None:
        """From afar: all lines of one strength at a stroke."""
        ends: dict[int, list[float]] = {}
        for rank, _, points in found:
            batch = ends.setdefault(rank, [])
            for (x0, y0), (x1, y1) in pairwise(points):
                batch += (x0, y0, x1, y1)
        for rank, batch in ends.items():
            color, width = self.ink_of(rank)
            self.shapes.append(Segments(ends=tuple(batch), color=color, width=width))

    def rank(self, id: LinkId) -> int:
        """How much a line matters, see `ink_of`."""
        glance = self.glance
        if id == glance.link:
            return 6
        if glance.loop:
            link = self.board.plan.links[id]
            if link.source in glance.loop and link.target in glance.loop:
                return 5
        if self.lit and id not in self.lit.links:
            return 0
        rank = self.sheet.ranks[id]
        return 2 if rank == PLAIN and id in self.strong.links else rank

    def ink_of(self, rank: int) -> tuple[str, float]:
        """Colour and width: dimmed, plain, of the chain, critical, broken, closing a loop, selected."""
        colors = self.colors
        return (
            (self.dim(colors.link), 1.0),
            (colors.link, 1.0),
            (colors.ink2, 1.6),
            (colors.accent, 1.6),
            (colors.danger, 1.6),
            (colors.danger, 2.0),
            (colors.accent, 2.4),
        )[rank]

    # Cards

    def heading(self) -> None:
        """Above the cards without links; where there are only those, how to make the first link."""
        if not self.layout.loose or self.zoom < _HAIR:
            return
        size = max(round(14 * min(self.zoom, 1.0)), _LEAST)
        text = say("graph.unlinked" if self.layout.routes else "graph.no_links", n=len(self.layout.loose))
        color = readable(self.colors.ink2, self.ground.page)
        x, y = self.lens.x(0), self.lens.y(self.layout.loose_top)
        self.text(x, y, text, self.dim(color) if self.lit else color, size, 2 * size)

    def card(self, item: Item, area: Area) -> None:
        faded = self.lit is not None and item.id not in self.lit.items
        if self.zoom >= FULL:
            draw_card(self, item, area, faded)
        else:
            self.far(item, area, faded)
        if item.id == self.glance.hovered and area.width >= 24:
            face, accent = self.ground.face, self.colors.accent
            dot = Mark(x=area.right, y=area.middle, size=2 * DOT, shape="circle", fill=face, stroke=accent)
            self.mark(dot)

    def far(self, item: Item, area: Area, faded: bool) -> None:
        """A card as a block of its colour, the done part darker, with the title while that can be read."""
        tones = self.board.tones_of(item)
        parent = self.board.plan.outline.is_parent(item.id)
        fill = mix(self.colors.ink2, self.ground.page, 0.45) if parent else tones.fill
        fade = FADE if faded else 0.0
        ink = readable(self.colors.ink, fill) if parent else tones.ink
        radius = min(_RADIUS * self.zoom + 1, area.height / 4) if area.height > 8 else 0.0
        stroke = self.stroke_of(item)
        if stroke:
            # inside of the card where there is room, so that no arrow head is covered
            outside = 0.0 if area.height > 16 else 4.0
            area = _inset(area, -outside)
            self.box(area, mix(stroke, self.ground.page, fade), radius + 2)
            self.box(_inset(area, 2), self.ground.page, radius)
            area = _inset(area, 4)
        self.box(area, mix(fill, self.ground.page, fade), radius, ref=item.id)
        part = area.width * self.board.schedule.progress(item.id) / 100
        if part >= 2 and not parent:
            done = mix(tones.done, self.ground.page, fade)
            split = part < area.width - radius
            self.box(Area(area.x, area.y, part, area.height), done, radius, square_right=split)
        if parent:
            bar = Area(area.x, area.y, area.width, max(round(5 * self.zoom), 2))
            self.box(bar, mix(self.colors.ink2, self.ground.page, fade))
        if area.height > _LEAST + 3:
            self.far_title(item, area, mix(ink, fill, 0.4) if faded else ink)

    def far_title(self, item: Item, area: Area, ink: str) -> None:
        size = round(max(_LEAST, min(_TITLE, _TITLE * self.zoom * 1.6)))
        height, pad = size + 3, 4.0
        lines = min(int((area.height - 2) // height), 4)
        left = area.x + pad
        if item.kind == "milestone":
            mark = min(area.height - 6, 13.0)
            self.mark(Mark(x=left + mark / 2, y=area.middle, size=mark, shape="diamond", fill=ink))
            left += mark + 3
        room = area.right - pad - left
        if lines < 1 or room < 24:
            return
        texts = wrap(item.title or item.key, int(room), lines, size, False, self.measure)
        y = area.middle - len(texts) * height / 2
        for text in texts:
            self.text(left, y, text, ink, size, height)
            y += height

    # The hand

    def hand(self) -> None:
        """A link being drawn, and the rubber band."""
        colors = self.colors
        if self.glance.wire is not None:
            start, end = self.glance.wire
            color = colors.danger if self.glance.loop else colors.accent
            self.shapes.append(Polyline(points=(start, end), color=color, width=2.0, arrow=True))
            self.mark(Mark(x=start[0], y=start[1], size=2 * DOT, shape="circle", fill=color))
            self.note(*end)
        band = self.glance.band
        if band is not None:
            self.box(band, colors.accent, opacity=0.12)
            left, top, right, bottom = band.x, band.y, band.right, band.bottom
            frame = (left, top, right, top, right, top, right, bottom, right, bottom, left, bottom)
            self.shapes.append(Segments(ends=(*frame, left, bottom, left, top), color=colors.accent))

    def note(self, x: float, y: float) -> None:
        """A small label at the pointer, inside of the target's edges."""
        if not self.glance.note:
            return
        pad, height = 8.0, 24.0
        text = elide(self.glance.note, int(self.lens.width - 4 * pad), 12.0, False, self.measure)
        width = self.measure(text, 12.0, False) + 1 + 2 * pad
        left = max(pad, min(x + 16, self.lens.width - width - pad))
        top = max(pad, min(y + 14, self.lens.height - height - pad))
        self.box(Area(left, top, width, height), self.colors.tip, 4.0, ref="note")
        self.text(left + pad, top, text, self.colors.tip_ink, 12.0, height)


def _inset(area: Area, by: float) -> Area:
    return Area(area.x + by, area.y + by, area.width - 2 * by, area.height - 2 * by)


def _without_flat_corners(points: Iterable[Point]) -> tuple[Point, ...]:
    """Without the corners that rounding to pixels has straightened."""
    kept: list[Point] = []
    for x, y in points:
        if kept and kept[-1] == (x, y):
            continue
        if len(kept) >= 2 and (kept[-2][0] == kept[-1][0] == x or kept[-2][1] == kept[-1][1] == y):
            kept[-1] = (x, y)
        else:
            kept.append((x, y))
    return tuple(kept) if len(kept) > 1 else (kept[0], kept[0])
