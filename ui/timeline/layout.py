"""Plan and schedule as shapes: the rows and bars, links and titles seen through a window on the timeline.

Only what is in the window is laid out; every row is as high as any other, so that a row is found by a
division. The order of the shapes is that of a painter: grid, links, bars, the line of today, titles, hand.
"""

from __future__ import annotations

from ...model.query import Row
from ..drawing.palette import tones
from ..drawing.scene import AnyShape, Box, Measure, Segments
from . import grid
from .axis import Axis
from .bar_shapes import Bars
from .board import Board
from .columns import lane_fill
from .frame import OVER, ROW, Drawn, Frame, Glance, Window
from .hand_shapes import HandMarks
from .link_shapes import Links


def layout(board: Board, axis: Axis, window: Window, glance: Glance, today: int, measure: Measure) -> Drawn:
    """Everything that is to be drawn in the window, in content pixels."""
    frame = Frame(board, axis, window, glance, today, measure)
    bars = Bars(frame)
    for place in range(frame.first, frame.last + 1):
        bars.row(place)
    links = Links(frame, (spot.item for spot in bars.spots.values()))
    shapes = [
        *grid.shading(frame),
        *_rows(frame),
        *grid.lines(axis, window, frame.colors),
        *links.shapes(),
        *bars.shapes,
        *grid.today_line(axis, window, today, frame.colors),
        *bars.titles.shapes,
        *_stuck(frame),
        *HandMarks(frame, bars.spots.values()).shapes(),
    ]
    return Drawn(shapes, bars.spots, links.lines)


def _rows(frame: Frame) -> list[AnyShape]:
    """Bands of lanes, the selected rows and those a drop goes into, and the hairlines between rows."""
    window, colors, glance = frame.window, frame.colors, frame.glance
    left, wide = window.left, window.right - window.left
    shapes: list[AnyShape] = []
    hairlines: list[float] = []
    for place in range(frame.first, frame.last + 1):
        row, y = frame.board.rows[place], place * ROW
        if row.item is None:
            shapes += _band(frame, place, y)
        elif place == glance.hints.drop_into or (not row.shared and row.item in glance.selected):
            shapes.append(Box(x=left, y=y, width=wide, height=ROW, fill=colors.selection, ref=row.ref))
        hairlines += (left, y + ROW - 1, window.right, y + ROW - 1)
    if hairlines:
        shapes.append(Segments(ends=tuple(hairlines), color=colors.hairline))
    return shapes


def _band(frame: Frame, place: int, y: float) -> list[AnyShape]:
    """The row of a lane's head; where it is folded, it still shows when its items are."""
    row, window, colors = frame.board.rows[place], frame.window, frame.colors
    fill = colors.selection if place == frame.glance.hints.drop_into else lane_fill(frame.board, row)
    band = Box(x=window.left, y=y, width=window.right - window.left, height=ROW, fill=fill, ref=row.ref)
    return [band, *(_summary(frame, row, y) if row.folded else ())]


def _stuck(frame: Frame) -> list[AnyShape]:
    """The heads of lanes that stay in sight; an inner one slides away below the outer."""
    window, colors = frame.window, frame.colors
    shapes: list[AnyShape] = []
    for place, y in reversed(frame.glance.stuck):
        if y < window.bottom and y + ROW > window.top:
            shapes += _band(frame, place, y)
            line = (window.left, y + ROW - 1, window.right, y + ROW - 1)
            shapes.append(Segments(ends=line, color=colors.line))
    return shapes


def _summary(frame: Frame, row: Row, y: float) -> list[AnyShape]:
    """When the items of a folded lane are."""
    board, window = frame.board, frame.window
    fill = tones(board.lane_of(*row.path[0])).fill
    shapes: list[AnyShape] = []
    for start, finish in board.spans_of_folded(row.ref):
        x0 = max(frame.axis.x(start), window.left - OVER)
        x1 = min(frame.axis.x(finish), window.right + OVER)
        if x1 > x0:
            wide = max(x1 - x0, 3)
            shapes.append(Box(x=x0, y=y + ROW / 2 - 3, width=wide, height=6, fill=fill, radius=3))
    return shapes
