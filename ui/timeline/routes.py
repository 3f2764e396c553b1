"""The way a link takes from bar to bar: few bends, whole pixels, around other bars where it can.

A link leaves the end that its type names. Where the target begins soon after, the line drops straight into
its top (or its bottom, from below); where there is room, it runs along the target's row into its start. A
hook back happens only where the target lies before the source. Its upright part, the trunk, stands where it
crosses the fewest bars; links from one source share a trunk, and so do many links into one target.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import msgspec

from ...model.records import LinkType
from ..drawing.scene import Point

STUB = 7
"""Pixels a link runs out of a bar before it turns."""
INTO = 6
"""How far inside a bar's start a link drops into it."""
ROOM = 16
"""From this distance on, a link runs into the target's start."""
RADIUS = 4.0
FAR_ROWS = 120
"""A link over more rows can't be seen whole: only its two ends are drawn, unless it is looked at."""
AROUND_ROWS = 40
"""A link over more rows goes straight: there is hardly a way around so many bars."""
AIR = 5
"""Pixels that a trunk keeps from a bar that it goes around."""
DETOUR = 90
"""Pixels that a trunk goes out of its way at most, where nothing else bounds it."""
CROSSING = 28
"""Pixels that a trunk goes out of its way for each bar that it would cross."""
_ASIDE = 36
"""The same between two starts or two finishes: further out it would seem to come from elsewhere."""
_ARROW = 10
"""Pixels that a line needs before the target: for the bend and the head."""


class End(msgspec.Struct, frozen=True):
    """What a link needs to know of a bar: its two ends, the middle of its height, half its height."""

    left: float
    right: float
    middle: float
    half: float
    milestone: bool = False


Path: TypeAlias = tuple[Point, ...]
Wall: TypeAlias = tuple[float, float]
"""Where a bar between the two rows begins and ends."""


def route(
    source: End, target: End, type: LinkType, row: float, walls: Sequence[Wall] = (), *, late: bool = False
) -> tuple[Point, ...]:
    """The corners of the line, from the source to the tip of the arrow; `row` is the height of a row.

    `walls` are the bars to go around; with `late` the trunk stands before the target, else behind the source.
    """
    if type == "FS":
        return _finish_start(source, target, row, walls, late)
    if type == "SS":
        x = min(source.left, target.left) - STUB
        x = _trunk(x, x - _ASIDE, x, walls)
        return _through(source.left, source.middle, x, target.left, target.middle)
    if type == "FF":
        x = max(source.right, target.right) + STUB
        x = _trunk(x, x, x + _ASIDE, walls)
        return _through(source.right, source.middle, x, target.right, target.middle)
    mirrored_walls = [(-right, -left) for left, right in walls]
    mirrored = _finish_start(_mirror(source), _mirror(target), row, mirrored_walls, late)
    return tuple((-x, y) for x, y in mirrored)


def ends_only(points: tuple[Point, ...], reach: float) -> tuple[tuple[Point, ...], ...]:
    """The first and the last piece of a long line: what leaves the source and what comes into the target."""
    (x0, y0), (xt, yt) = points[0], points[1]
    down = 1.0 if points[-1][1] > y0 else -1.0
    leaving = ((x0, y0), (xt, yt), (xt, yt + down * reach))
    bx, by = points[-2]
    if bx == points[-1][0]:  # drops in
        coming: tuple[Point, ...] = ((bx, points[-1][1] - down * reach), points[-1])
    else:
        coming = ((bx, by - down * reach), (bx, by), points[-1])
    return (leaving, coming)


def within(points: tuple[Point, ...], top: float, bottom: float) -> list[tuple[Point, ...]]:
    """The parts of a line between two heights: of many links that run far along one trunk, one is drawn."""
    found: list[tuple[Point, ...]] = []
    part: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(points):
        low, high = (ay, by) if ay < by else (by, ay)
        if high < top or low > bottom:
            if len(part) > 1:
                found.append(tuple(part))
            part = []
            continue
        begin, end = (ax, min(max(ay, top), bottom)), (bx, min(max(by, top), bottom))
        if not part:
            part = [begin]
        part.append(end)
        if end[1] != by:
            found.append(tuple(part))
            part = []
    if len(part) > 1:
        found.append(tuple(part))
    return found


def _finish_start(
    source: End, target: End, row: float, walls: Sequence[Wall], late: bool
) -> tuple[Point, ...]:
    down = 1 if target.middle >= source.middle else -1
    xa, ya = _snap(source.right), _snap(source.middle)
    xb, yb = _snap(target.left), _snap(target.middle)
    out = xa + STUB
    if xb - xa >= ROOM:
        if ya == yb:
            return ((xa, ya), (xb, yb))
        last = max(xb - _ARROW, out)
        x = _trunk(last if late else out, out, last, walls)
        return ((xa, ya), (x, ya), (x, yb), (xb, yb))
    edge = _snap(target.middle - down * target.half)
    if ya != yb:
        drop = _drop(target, xa, out, xb, walls)
        if drop is not None:
            return ((xa, ya), (drop, ya), (drop, edge))
    out = _trunk(out, out, out + DETOUR, walls)
    between = _snap(target.middle - down * row / 2)
    back = min(xb + INTO, _snap((target.left + target.right) / 2))
    return ((xa, ya), (out, ya), (out, between), (back, between), (back, edge))


def _drop(target: End, xa: float, out: float, xb: float, walls: Sequence[Wall]) -> float | None:
    """Where a line drops into a target that begins soon after the source ends; None: it would miss it."""
    if target.milestone:
        centre = _snap((target.left + target.right) / 2)
        return centre if centre >= xa - 1 else None
    first, last = max(out, xb + INTO), _snap(target.right) - 3
    return _trunk(first, first, min(last, first + DETOUR), walls) if first <= last else None


def _trunk(wanted: float, low: float, high: float, walls: Sequence[Wall]) -> float:
    """The place from `low` to `high` where an upright line crosses few bars without going far for it."""
    near = [wall for wall in walls if wall[0] - AIR < high and wall[1] + AIR > low]
    if not near:
        return wanted

    def cost(x: float) -> float:
        return CROSSING * sum(left - AIR < x < right + AIR for left, right in near) + abs(x - wanted)

    found, best = wanted, cost(wanted)
    for left, right in near if best else ():
        for x in (_snap(left) - AIR, _snap(right) + AIR + 1):
            if low <= x <= high and abs(x - wanted) < best and (this := cost(x)) < best:
                found, best = x, this
    return found


def _through(xa: float, ya: float, x: float, xb: float, yb: float) -> tuple[Point, ...]:
    x, ya, yb = _snap(x), _snap(ya), _snap(yb)
    return ((_snap(xa), ya), (x, ya), (x, yb), (_snap(xb), yb))


def _mirror(end: End) -> End:
    return End(-end.right, -end.left, end.middle, end.half, end.milestone)


def _snap(value: float) -> float:
    return float(int(value) if value >= 0 else -int(-value))


def near(points: tuple[Point, ...], x: float, y: float, reach: float) -> bool:
    """Whether a place is within `reach` pixels of the line."""
    for (ax, ay), (bx, by) in pairwise(points):
        low_x, high_x = (ax, bx) if ax < bx else (bx, ax)
        low_y, high_y = (ay, by) if ay < by else (by, ay)
        if low_x - reach <= x <= high_x + reach and low_y - reach <= y <= high_y + reach:
            return True
    return False
