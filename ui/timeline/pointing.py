"""What a place on the timeline points at: an end of a bar, its body, a dot, a link, a lane."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from ...model.records import ItemId, LinkId
from ..drawing.painter import measure
from . import routes
from .frame import DOT, ROW, Frame, Path, Window, ends
from .link_shapes import Links
from .stage import Stage, Strip

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
    for id in row.items if row is not None else ():
        found = _on_bar(stage, id, place, x, y - place * ROW)
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
    if stage.board.plan.items[id].kind != "milestone" or parent:
        grip = min(_GRIP, (right - left) / 4)
        if x <= left + grip:
            return Target("start", place, id)
        if x >= right - grip:
            return Target("finish", place, id)
    return Target("bar", place, id)


def _lines(stage: Stage, x: float, y: float) -> list[tuple[LinkId, Path]]:
    """The links that pass near a place."""
    return [
        (link, points)
        for left, top, right, bottom, link, points in _in_sight(stage)
        if left <= x <= right and top <= y <= bottom
    ]


def _in_sight(stage: Stage) -> list[Strip]:
    """The straight pieces of all links in sight: found once, for as long as the same is in sight."""
    x, y = stage.scroll_x, stage.top
    window, glance = Window(x, y, x + stage.width, y + stage.height), stage.glance
    sight = (stage.board, stage.axis, window, glance.link, glance.pointed, glance.chain)
    if stage.strips[0] != sight:
        links = Links(Frame(stage.board, stage.axis, window, glance, stage.today, measure), ())
        links.shapes()
        stage.strips = (sight, [strip for link, points in links.lines for strip in _strips(link, points)])
    return stage.strips[1]


def _strips(link: LinkId, points: Path) -> Iterator[Strip]:
    for (ax, ay), (bx, by) in pairwise(points):
        left, right = (ax, bx) if ax < bx else (bx, ax)
        top, bottom = (ay, by) if ay < by else (by, ay)
        yield left - _TIP, top - _TIP, right + _TIP, bottom + _TIP, link, points


def _end_of(points: Path, x: float, y: float) -> str:
    for (px, py), name in ((points[-1], "link-target"), (points[0], "link-source")):
        if abs(px - x) <= _TIP and abs(py - y) <= _TIP:
            return name
    return ""
