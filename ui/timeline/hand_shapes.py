"""What the hand adds to the picture: handles and dots of the hovered bar, and what a gesture shows."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ..drawing.scene import AnyShape, Box, Mark, Polyline, Text
from .frame import BAR, BRACKET, DOT, OVER, RADIUS, ROW, SMALL, TOP, Frame, Part, Spot

_MOST_SHADOWS = 40
"""Of the bars in the hand, so many are shown going along."""


class HandMarks(Part):
    """They lie over everything."""

    def __init__(self, frame: Frame, spots: Iterable[Spot]) -> None:
        super().__init__(frame)
        self.spots = tuple(spots)

    def shapes(self) -> list[AnyShape]:
        """Handles and dots of the hovered bar, and what a gesture shows."""
        hovered = self.glance.hovered
        spot = next((spot for spot in self.spots if spot.item == hovered), None) if hovered else None
        return [
            *self.guide(),
            *(self.handles(spot) if spot else ()),
            *self.carried(),
            *self.drop(),
            *self.drawn(),
            *self.band(),
        ]

    def guide(self) -> list[AnyShape]:
        """The line on which the hand has snapped, and the link that is being drawn."""
        hints, colors, window = self.glance.hints, self.colors, self.window
        shapes: list[AnyShape] = []
        if hints.guide is not None:
            x = round(self.axis.x(hints.guide))
            ends = ((x, window.top), (x, window.bottom))
            shapes.append(Polyline(points=ends, color=colors.accent, dashed=True))
        if hints.wire is not None:
            x0, y0, x1, y1 = hints.wire
            ink = colors.accent if hints.wire_good else colors.danger
            shapes.append(Polyline(points=((x0, y0), (x1, y1)), color=ink, width=2.0, arrow=True))
        return shapes

    def drop(self) -> list[AnyShape]:
        """The line between the rows where others would be dropped."""
        place, window = self.glance.hints.drop_row, self.window
        return [] if place is None else drop_line(place, window.left, window.right, self.colors.accent)

    def carried(self) -> list[AnyShape]:
        """The shadows of the bars that go to other rows with the hand."""
        hints, board, window = self.glance.hints, self.board, self.window
        shapes: list[AnyShape] = []
        for id in hints.carried[:_MOST_SHADOWS]:
            spot, row = self.frame.ends(id), board.row_of.get(id)
            if spot is None or row is None:
                continue
            x0, x1 = max(spot[0], window.left - OVER), min(spot[1], window.right + OVER)
            y = row * ROW + TOP + hints.lift
            fill = self.frame.tones(board.plan.items[id]).fill
            if x1 > x0:
                shadow = Box(x=x0, y=y, width=x1 - x0, height=BAR, radius=RADIUS, fill=fill, opacity=0.35)
                shapes.append(shadow)
                shapes.append(replace(shadow, fill="", opacity=1.0, stroke=self.colors.accent))
        return shapes

    def drawn(self) -> list[AnyShape]:
        """The bar that is being drawn, with its days."""
        hints, colors = self.glance.hints, self.colors
        if hints.drawn is None:
            return []
        row, first, end = hints.drawn
        x0, x1 = self.axis.x(first), max(self.axis.x(end), self.axis.x(first) + 4)
        y = row * ROW + TOP
        shapes: list[AnyShape] = [
            Box(x=x0, y=y, width=x1 - x0, height=BAR, fill=colors.selection, radius=RADIUS),
            Box(x=x0, y=y, width=x1 - x0, height=BAR, stroke=colors.accent, stroke_width=1.5, radius=RADIUS),
        ]
        if hints.drawn_note:
            wide = self.measure(hints.drawn_note, SMALL, True) + 16
            x = x1 + 10 if x1 + 14 + wide <= self.window.right else max(x0 - 10 - wide, self.window.left + 4)
            shapes.append(Box(x=x, y=y, width=wide, height=BAR, fill=colors.tip, radius=RADIUS))
            shapes.append(
                Text(
                    x=x + 8,
                    y=y,
                    width=wide - 15,
                    height=BAR,
                    text=hints.drawn_note,
                    color=colors.tip_ink,
                    size=SMALL,
                    bold=True,
                )
            )
        return shapes

    def band(self) -> list[AnyShape]:
        """The rubber band."""
        band = self.glance.hints.band
        if band is None:
            return []
        x, y, wide, high = band.left, band.top, band.right - band.left, band.bottom - band.top
        accent = self.colors.accent
        return [
            Box(x=x, y=y, width=wide, height=high, fill=accent, opacity=0.10),
            Box(x=x, y=y, width=wide, height=high, stroke=accent, radius=2),
        ]

    def handles(self, spot: Spot) -> list[AnyShape]:
        """At the ends that can be dragged: of bars, and of parents that have dates of their own."""
        shapes: list[AnyShape] = []
        y = spot.row * ROW
        parent = self.board.plan.outline.is_parent(spot.item)
        if parent and self.board.schedule.stands(spot.item):
            for x in (spot.left - 2, spot.right - 2):
                shapes.append(
                    Box(x=x, y=y + BRACKET - 4.5, width=4, height=10, fill=self.colors.accent, radius=2)
                )
        elif not spot.milestone and not parent and spot.right - spot.left >= 24:
            ink = self.board.tones_of(self.board.plan.items[spot.item]).ink
            for x in (spot.left + 3, spot.right - 5):
                shapes.append(
                    Box(x=x, y=y + TOP + 5, width=2, height=BAR - 10, fill=ink, radius=1, opacity=0.8)
                )
        return shapes + self.dots(spot)

    def dots(self, spot: Spot) -> list[AnyShape]:
        """Where links are drawn from: just outside the ends."""
        y = spot.row * ROW + ROW / 2
        colors = self.colors
        return [
            Mark(x=x, y=y, size=9, shape="circle", fill=colors.background, stroke=colors.accent)
            for x in (spot.left - DOT, spot.right + DOT)
        ]


def drop_line(place: int, left: float, right: float, ink: str) -> list[AnyShape]:
    """The line between two rows where others come to rest."""
    return [Box(x=left, y=place * ROW - 1.5, width=max(right - left, 0), height=2, fill=ink)]
