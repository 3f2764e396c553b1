"""The whole plan in a strip: a line for each row where there are few, else how many bars there are when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from ...model.records import Item, ItemId
from ...model.rows.lanes import grouping
from ..drawing.palette import mix, readable, tones
from ..drawing.scene import AnyShape, Box, Mark, Measure, Polygon, Segments, Text
from .axis import Axis
from .board import Board

HEIGHT = 48
_TIER = 14.0
"""Height of the stretches of time above the bars."""
_SIDE = 10.0
"""Pixels free on the left and the right."""
_LINE = 1.7
"""Pixels that a row needs at least to be seen as one."""
_STEP = 3.0
"""Width of a column of the bars' number."""
_SMALL = 9.5
_MOST_MARKS = 60


class Scale(msgspec.Struct, frozen=True):
    """Where a day stands in the strip: the stretch of time it shows, and its width in pixels."""

    first: float
    end: float
    width: float

    @property
    def zoom(self) -> float:
        """Pixels a day."""
        return max(self.width - 2 * _SIDE, 1.0) / max(self.end - self.first, 1.0)

    def x(self, day: float) -> float:
        return _SIDE + (day - self.first) * self.zoom

    def day(self, x: float) -> float:
        return self.first + (x - _SIDE) / self.zoom


def scale_of(extent: tuple[int, int], width: float) -> Scale:
    """The scale in which a plan's whole extent is seen, with a little air."""
    first, end = extent
    air = max((end - first) * 0.02, 5.0)
    return Scale(first - air, end + air, width)


def overview(board: Board, scale: Scale, today: int, measure: Measure) -> list[AnyShape]:
    """Everything of the strip that stays as it is while one scrolls and zooms."""
    colors = board.theme.colors
    shapes: list[AnyShape] = [Box(x=0, y=0, width=scale.width, height=HEIGHT, fill=colors.panel)]
    shapes += _periods(board, scale, measure)
    rows = [row.hidden or row.items for row in board.rows if row.items or row.hidden]
    room = HEIGHT - _TIER - 8
    if len(rows) * _LINE <= room:
        shapes += _bars(board, scale, rows, room)
    else:
        shapes += _density(board, scale, rows, room)
    shapes += _milestones(board, scale, rows)
    x = round(scale.x(today + 0.5))
    if 0 <= x <= scale.width:
        shapes.append(Box(x=x - 0.5, y=2, width=1.5, height=HEIGHT - 4, fill=colors.today))
    return shapes


def _periods(board: Board, scale: Scale, measure: Measure) -> list[AnyShape]:
    colors = board.theme.colors
    axis = Axis(scale.zoom, board.plan.info.fiscal_start)
    shapes: list[AnyShape] = []
    lines: list[float] = []
    shift = axis.x(scale.first) - _SIDE
    for tick in axis.ticks(axis.tiers()[0], axis.x(scale.day(0)), axis.x(scale.day(scale.width))):
        x0, x1 = axis.x(tick.first) - shift, axis.x(tick.end) - shift
        if x0 >= 0:
            lines += (round(x0), 2, round(x0), HEIGHT - 2)
        begins = max(x0, 0.0)
        room = min(x1, scale.width) - begins - 8
        names = (tick.title, tick.brief, tick.least)
        text = next((one for one in names if one and measure(one, _SMALL, False) <= room), "")
        if text:
            wide = measure(text, _SMALL, False) + 1
            ink = readable(colors.ink3, colors.panel)
            shapes.append(
                Text(x=begins + 5, y=1, width=wide, height=_TIER, text=text, color=ink, size=_SMALL)
            )
    return [Segments(ends=tuple(lines), color=colors.line), *shapes]


def _bars(board: Board, scale: Scale, rows: Sequence[Sequence[ItemId]], room: float) -> list[AnyShape]:
    """A line for each row, thicker where there are few."""
    step = min(room / max(len(rows), 1), 6.0)
    thick = max(step - 1.0, 1.2)
    start, finish, items = board.schedule.start, board.schedule.finish, board.plan.items
    is_parent = board.plan.outline.is_parent
    shapes: list[AnyShape] = []
    y = _TIER + 3 + (room - step * len(rows)) / 2
    for ids in rows:
        for id in ids:
            if id in start and not is_parent(id) and items[id].kind == "bar":
                x0, x1 = scale.x(start[id]), scale.x(finish[id])
                tones = board.tones_of(items[id])
                shapes.append(Box(x=x0, y=y, width=max(x1 - x0, 1.0), height=thick, fill=tones.fill))
        y += step
    return shapes


def _density(board: Board, scale: Scale, rows: Sequence[Sequence[ItemId]], room: float) -> list[AnyShape]:
    """How many bars there are at a time, one colour upon another."""
    columns = max(int(scale.width // _STEP), 1)
    start, finish, items = board.schedule.start, board.schedule.finish, board.plan.items
    parents, zoom, first = board.plan.outline.children, scale.zoom, scale.first
    changes: dict[str, list[int]] = {}
    fill_of = _fills(board)
    for ids in rows:
        for id in ids:
            begin = start.get(id)
            if begin is None or id in parents or (item := items[id]).kind != "bar":
                continue
            fill = fill_of(item)
            line = changes.get(fill)
            if line is None:
                line = changes[fill] = [0] * (columns + 1)
            at = int((_SIDE + (begin - first) * zoom) / _STEP)
            end = int((_SIDE + (finish[id] - first) * zoom) / _STEP)
            if not 0 <= at < end <= columns:  # it ends where it begins, or reaches out of the strip
                end = min(max(end, at + 1, 0), columns)
                at = min(max(at, 0), columns)
            line[at] += 1
            line[end] -= 1
    known = (fill for _, fill in board.legend() if fill in changes)
    order = list(dict.fromkeys((*known, *changes)))
    heights = {fill: _summed(changes[fill]) for fill in order}
    most = max((sum(heights[fill][at] for fill in order) for at in range(columns)), default=0) or 1
    tops = [HEIGHT - 5.0] * columns
    shapes: list[AnyShape] = []
    for fill in order:
        below = tops
        tops = [top - heights[fill][at] * room / most for at, top in enumerate(below)]
        shapes.append(Polygon(points=(*_stairs(tops), *reversed(_stairs(below))), fill=fill))
    return shapes


def _stairs(heights: Sequence[float]) -> list[tuple[float, float]]:
    """The line over columns of these heights."""
    found: list[tuple[float, float]] = []
    for at, y in enumerate(heights):
        if not found or found[-1][1] != y:
            found += ((at * _STEP, found[-1][1] if found else y), (at * _STEP, y))
    found.append((len(heights) * _STEP, heights[-1]))
    return found


def _fills(board: Board) -> Callable[[Item], str]:
    """Tells the colour of an item's bar; for thousands, asked one after another."""
    plan, times, key = board.plan, board.schedule, board.color_field
    by = grouping(plan, key)
    known: dict[Any, str] = {}

    def fill_of(item: Item) -> str:
        value = by.read(plan, times, item) if by is not None else None
        fill = known.get(value)
        if fill is None:
            fill = known[value] = tones(board.lane_of(key, value)).fill
        return fill

    return fill_of


def _summed(changes: Sequence[int]) -> list[int]:
    total, sums = 0, []
    for change in changes:
        total += change
        sums.append(total)
    return sums


def _milestones(board: Board, scale: Scale, rows: Sequence[Sequence[ItemId]]) -> list[AnyShape]:
    """The milestones; of very many every so manieth, for all of them would be a line."""
    start, items, is_parent = board.schedule.start, board.plan.items, board.plan.outline.is_parent
    points = (id for ids in rows for id in ids if items[id].kind == "milestone")
    found = [id for id in points if id in start and not is_parent(id)]
    colors = board.theme.colors
    fill = mix(colors.ink, colors.panel, 0.15)
    return [
        Mark(x=scale.x(start[id]), y=_TIER + 2.5, size=6, shape="diamond", fill=fill)
        for id in found[:: max(len(found) // _MOST_MARKS, 1)]
    ]


def window_shapes(board: Board, scale: Scale, seen: tuple[float, float], focus: bool) -> list[AnyShape]:
    """What is in sight, from day to day: all else is pale, and the ends can be taken hold of."""
    colors = board.theme.colors
    x0, x1 = sight(scale, seen)
    accent = colors.accent
    shapes: list[AnyShape] = [
        Box(x=0, y=0, width=x0, height=HEIGHT, fill=colors.panel, opacity=0.55),
        Box(x=x1, y=0, width=scale.width - x1, height=HEIGHT, fill=colors.panel, opacity=0.55),
        Box(x=x0, y=1, width=x1 - x0, height=HEIGHT - 2, fill=accent, opacity=0.08, radius=4),
        Box(
            x=x0,
            y=1,
            width=x1 - x0,
            height=HEIGHT - 2,
            stroke=accent,
            stroke_width=2.0 if focus else 1.25,
            radius=4,
        ),
    ]
    for x in (x0, x1):
        shapes.append(Box(x=x - 2, y=HEIGHT / 2 - 8, width=4, height=16, fill=accent, radius=2))
    return shapes


def sight(scale: Scale, seen: tuple[float, float]) -> tuple[float, float]:
    """Where in the strip what is seen begins and ends; wide enough to be taken hold of, wherever it is."""
    x0, x1 = scale.x(seen[0]), scale.x(seen[1])
    least = 14.0
    if x1 - x0 < least:
        x0, x1 = (x0 + x1 - least) / 2, (x0 + x1 + least) / 2
    x0 = min(max(x0, 2.0), scale.width - least - 2)
    return x0, max(min(x1, scale.width - 2), x0 + least)
