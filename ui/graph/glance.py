"""What a picture of the graph needs besides plan and layout: the part in sight, hand and eye, the ground."""

from __future__ import annotations

import msgspec

from ...model.records import ItemId, LinkId
from ..drawing.palette import Theme
from ..drawing.scene import Point
from .layout import Area


class Glance(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows."""

    selected: frozenset[ItemId] = frozenset()
    current: ItemId | None = None
    """The selected card whose chain is drawn strong."""
    link: LinkId | None = None
    hovered: ItemId | None = None
    """The card under the pointer: it offers its dot."""
    lit: ItemId | LinkId | None = None
    """The card or link whose chain is lit up, while the rest is dimmed."""
    wire: tuple[Point, Point] | None = None
    """A link being drawn, in pixels of the target."""
    note: str = ""
    """What is written beside its end."""
    target: ItemId | None = None
    """The card it would end at."""
    loop: frozenset[ItemId] = frozenset()
    """The cards of a loop that it would close."""
    band: Area | None = None
    """The rubber band, in pixels of the target."""


class Lens(msgspec.Struct, frozen=True):
    """Which part of the graph is drawn, and how large: x on the target is `x * zoom - left`."""

    zoom: float
    left: float
    top: float
    width: float
    height: float

    def x(self, x: float) -> float:
        return round(x * self.zoom - self.left)

    def y(self, y: float) -> float:
        return round(y * self.zoom - self.top)

    def area(self, area: Area) -> Area:
        """An area of the graph on the target, on whole pixels."""
        x, y = self.x(area.x), self.y(area.y)
        return Area(x, y, self.x(area.right) - x, self.y(area.bottom) - y)

    def sees(self, area: Area, over: float = 8.0) -> bool:
        """Whether anything of an area on the target is in sight."""
        return (
            area.x < self.width + over
            and area.right > -over
            and area.y < self.height + over
            and area.bottom > -over
        )


class Ground(msgspec.Struct, frozen=True):
    """The page, and the face of the cards on it: the cards are the brighter of the two."""

    page: str
    face: str


def ground(theme: Theme) -> Ground:
    colors = theme.colors
    if theme.dark:
        return Ground(colors.background, colors.panel)
    return Ground(colors.panel, colors.background)
