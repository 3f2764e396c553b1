"""From where the graph is looked at: zoom and place, and how they change. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from .glance import Lens
from .layout import Area

NEAREST, FARTHEST = 2.5, 0.03
_EDGE = 48.0
"""Pixels around the graph when all of it is shown."""
_IN_SIGHT = 120.0
"""So many pixels of the graph can't be scrolled away."""


@dataclass
class Camera:
    """A place `x` of the graph is seen at `x * zoom - left`; sizes in pixels."""

    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0
    page_width: float = 0.0
    page_height: float = 0.0
    """How large the graph is at zoom 1."""

    def lens(self) -> Lens:
        return Lens(self.zoom, self.left, self.top, self.width, self.height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of the graph that is seen at (x, y)."""
        return (x + self.left) / self.zoom, (y + self.top) / self.zoom

    @property
    def centre(self) -> tuple[float, float]:
        return self.place(self.width / 2, self.height / 2)

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Come nearer or go away; what is seen at (x, y) stays there."""
        before = self.place(x, y)
        self.zoom = min(max(self.zoom * factor, FARTHEST), NEAREST)
        self.left, self.top = before[0] * self.zoom - x, before[1] * self.zoom - y
        self.keep_in_sight()

    def look_at(self, x: float, y: float) -> None:
        """Bring a place of the graph to the middle."""
        self.left, self.top = x * self.zoom - self.width / 2, y * self.zoom - self.height / 2
        self.keep_in_sight()

    def scroll(self, dx: float, dy: float) -> None:
        self.left, self.top = self.left + dx, self.top + dy
        self.keep_in_sight()

    def fit(self) -> None:
        """Show all of the graph, never larger than life."""
        room = max(self.width - 2 * _EDGE, 50.0), max(self.height - 2 * _EDGE, 50.0)
        zoom = min(room[0] / max(self.page_width, 1.0), room[1] / max(self.page_height, 1.0), 1.0)
        self.zoom = max(zoom, FARTHEST)
        self.look_at(self.page_width / 2, self.page_height / 2)

    def shows(self, area: Area) -> bool:
        """Whether all of an area is seen, or at least its middle half where it is larger than the view."""
        seen = self.lens().area(area)
        return min(seen.right, self.width) - max(seen.x, 0) >= min(seen.width, self.width / 2) and min(
            seen.bottom, self.height
        ) - max(seen.y, 0) >= min(seen.height, self.height / 2)

    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """How far `left` and `top` can go."""
        across = min(_IN_SIGHT, self.width / 2)
        down = min(_IN_SIGHT, self.height / 2)
        return (
            (across - self.width, self.page_width * self.zoom - across),
            (down - self.height, self.page_height * self.zoom - down),
        )

    def keep_in_sight(self) -> None:
        (low, high), (up, down) = self.ranges()
        self.left = min(max(self.left, low), max(low, high))
        self.top = min(max(self.top, up), max(up, down))
