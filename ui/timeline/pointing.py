"""What a place on the timeline points at: an end of a bar, its body, a dot, a link, a lane."""

from __future__ import annotations

import msgspec

from ...model.records import ItemId, LinkId
from ..painter import measure
from . import routes
from .frame import DOT, ROW, Path, Window, ends
from .layout import layout
from .stage import Stage

_GRIP = 7.0
"""Pixels at the end of a bar that take hold of the end."""
_BRACKET = 14.0
"""Pixels of a parent's row, from its top, that take hold of its bracket; the rest is empty ground."""
_NEAR = 4.0
"""Pixels from which a link is pointed at."""
_TIP = 9.0
"""Pixels around the end of a selected link that take hold of the end."""


class Target(msgspec.Struct, frozen=True):
    """What is under the pointer."""

    kind: str
    """bar, start, finish, start-dot, finish-dot, away, link, link-source, link-target, lane or empty."""
    row: int
    """May lie beyond the last row."""
    item: ItemId | None = None
    link: LinkId | None = None


def target_at(stage: Stage, x: float, y: float) -> Target:
    """What a place, in content pixels, points at."""
    place = min(stage.row_at(y), len(stage.rows))
    row = stage.rows[place] if 0 <= place < len(stage.rows) else None
    if row is not None and row.item is None:
        return Target("lane", place)
    chosen = stage.session.link
    lines = _lines(stage, x, y)
    for link, points in lines:
        if link == chosen:
            end = _end_of(points, x, y)
            if end:
                return Target(end, place, None, link)
    if row is not None and row.item is not None:
        found = _on_bar(stage, row.item, place, x, y - place * ROW)
        if found is not None:
            return found
    for link, points in lines:
        if routes.near(points, x, y, _NEAR):
            return Target("link", place, None, link)
    return Target("empty", place)


def _on_bar(stage: Stage, id: ItemId, place: int, x: float, y: float) -> Target | None:
    spot = ends(stage.board, stage.axis, id)
    if spot is None:
        return None
    left, right = spot
    seen_left, seen_right = stage.scroll_x, stage.scroll_x + stage.width
    if (right < seen_left + 2 and x < seen_left + 20) or (left > seen_right - 2 and x > seen_right - 20):
        return Target("away", place, id)
    if id == stage.hovered:
        if abs(x - (left - DOT)) <= 7:
            return Target("start-dot", place, id)
        if abs(x - (right + DOT)) <= 7:
            return Target("finish-dot", place, id)
    if not left - 2 <= x <= right + 2:
        return None
    parent = stage.board.plan.outline.is_parent(id)
    if parent and y > _BRACKET:
        return None
    if stage.board.plan.items[id].kind != "milestone" and not parent:
        grip = min(_GRIP, (right - left) / 4)
        if x <= left + grip:
            return Target("start", place, id)
        if x >= right - grip:
            return Target("finish", place, id)
    return Target("bar", place, id)


def _lines(stage: Stage, x: float, y: float) -> list[tuple[LinkId, Path]]:
    """The links that pass near a place."""
    around = Window(x - _TIP, max(y - _TIP, 0), x + _TIP, y + _TIP)
    if around.top >= len(stage.rows) * ROW:
        return []
    return layout(stage.board, stage.axis, around, stage.glance, stage.today, measure).lines


def _end_of(points: Path, x: float, y: float) -> str:
    for (px, py), name in ((points[-1], "link-target"), (points[0], "link-source")):
        if abs(px - x) <= _TIP and abs(py - y) <= _TIP:
            return name
    return ""
