"""Walking over the graph by arrow keys: left and right along links, up and down inside a column."""

from __future__ import annotations

from typing import Literal

from ...model.records import ItemId
from ..timeline.board import Board
from .layout import Area, Layout

Way = Literal["left", "right", "up", "down"]


def neighbour(board: Board, layout: Layout, current: ItemId | None, way: Way) -> ItemId | None:
    """The card that is next in that direction; without a current one, the first of all."""
    areas = layout.areas
    if current is None or current not in areas:
        first = min(areas, key=lambda id: (areas[id].x, areas[id].y), default=None)
        return None if first is None else ItemId(first)
    here = areas[current]
    found = [id for id in areas if id != current and _lies(areas[id], here, way)]
    if way == "left":
        linked: set[str] = {link.source for link in board.coming.get(current, ())}
    elif way == "right":
        linked = {link.target for link in board.leaving.get(current, ())}
    else:
        linked = set()
    found = [id for id in found if id in linked] or found
    best = min(found, key=lambda id: _distance(areas[id], here, way), default=None)
    return None if best is None else ItemId(best)


def _lies(area: Area, here: Area, way: Way) -> bool:
    if way == "up":
        return area.bottom <= here.y
    if way == "down":
        return area.y >= here.bottom
    return area.right <= here.x if way == "left" else area.x >= here.right


def _distance(area: Area, here: Area, way: Way) -> tuple[float, float, float]:
    across = abs(area.x + area.width / 2 - here.x - here.width / 2)
    down = abs(area.middle - here.middle)
    if way in ("up", "down"):
        return down + 3 * across, area.x, area.y
    return across + 3 * down, area.x, area.y
