"""What the hand adds to the picture: handles and dots of the hovered bar, and what a gesture shows."""

from __future__ import annotations

from collections.abc import Iterable

from ..scene import AnyShape, Box, Mark, Polyline
from .frame import BAR, DOT, RADIUS, ROW, TOP, Frame, Part, Spot


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
        if place is None:
            return []
        wide = window.right - window.left
        return [Box(x=window.left, y=place * ROW - 1.5, width=wide, height=2, fill=self.colors.accent)]

    def drawn(self) -> list[AnyShape]:
        """The bar that is being drawn."""
        if self.glance.hints.drawn is None:
            return []
        row, first, end = self.glance.hints.drawn
        x0, x1 = self.axis.x(first), self.axis.x(end)
        colors = self.colors
        y = row * ROW + TOP
        return [
            Box(x=x0, y=y, width=x1 - x0, height=BAR, fill=colors.selection, radius=RADIUS),
            Box(x=x0, y=y, width=x1 - x0, height=BAR, stroke=colors.accent, stroke_width=1.5, radius=RADIUS),
        ]

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
        shapes: list[AnyShape] = []
        y = spot.row * ROW
        is_bar = not spot.milestone and not self.board.plan.outline.is_parent(spot.item)
        if is_bar and spot.right - spot.left >= 24:
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
