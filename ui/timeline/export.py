"""The timeline as a drawing to send: title, table, axis, bars, links and legend, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from ...io.strings import say
from ...model.plan import Plan
from ...model.query import Row, dimmed, rows
from ...model.records import View
from ...model.schedule import Schedule
from .. import dates
from ..drawing.painter import measure
from ..drawing.palette import Theme
from ..drawing.scene import AnyShape, Box, Mark, Polyline, Scene, Segments, Text
from . import columns, grid
from .axis import Axis, clamp_zoom
from .board import Board
from .frame import ROW, Glance, Window
from .labels import elide
from .layout import layout
from .legend import entries, lay_out
from .moving import moved
from .table_rows import table

_MARGIN = 24.0
_HEAD = 64.0
"""Height of the title and the line below it."""
_MOST_TITLE = 340.0
"""Pixels for the titles of the table at most; else the longest has room."""
_NARROW = 900.0
"""A drawing narrower than this has a smaller table."""


def timeline_scene(
    plan: Plan,
    schedule: Schedule,
    view: View | None,
    theme: Theme,
    *,
    first: date | None = None,
    last: date | None = None,
    width: float = 1600,
    today: date | None = None,
) -> Scene:
    """The whole timeline of a view as a scene `width` pixels wide and as high as its rows need.

    `first` and `last` are the days shown, both included; by default those of the view, else all of the plan
    fits in. `today` is the day of the line and of "as of"; by default the computer's.
    """
    drawing = _Drawing(plan, schedule, view, theme, width, today or date.today())
    return drawing.whole(first or (view.first if view else None), last or (view.last if view else None))


class _Drawing:
    def __init__(
        self, plan: Plan, schedule: Schedule, view: View | None, theme: Theme, width: float, today: date
    ) -> None:
        self.plan, self.theme, self.today = plan, theme, today
        self.width = max(width, 480.0)
        self.rows: Sequence[Row] = rows(plan, schedule, view, packing=True)
        pale = dimmed(plan, schedule, view)
        self.board = Board(plan, schedule, self.rows, view, theme, today=today, dimmed=pale)
        self.table = columns.wanted(self.board, measure, _MOST_TITLE)
        if self.width < _NARROW:
            self.table = min(self.table, self.width * 0.32)

    def whole(self, first: date | None, last: date | None) -> Scene:
        left, top = _MARGIN + self.table, _MARGIN + _HEAD
        room = self.width - _MARGIN - left
        axis, start = self.axis(first, last, room)
        tall = max(len(self.rows), 1) * ROW
        x0 = round(axis.x(start))
        window = Window(x0, 0, x0 + room, tall)
        drawn = layout(self.board, axis, window, Glance(), self.today.toordinal(), measure)
        head = grid.header(axis, x0, x0 + room, self.today.toordinal(), self.theme.colors, measure)
        shapes = self.heading()
        shapes += moved(_clipped(head, x0, x0 + room), left - x0, top)
        shapes += moved(_clipped(drawn.shapes, x0, x0 + room), left - x0, top + grid.HEADER)
        shapes += moved(columns.head(self.table, self.board), _MARGIN, top)
        body = table(self.board, self.table, 0, tall, Glance(), measure)
        shapes += moved(body, _MARGIN, top + grid.HEADER)
        bottom = top + grid.HEADER + tall
        colors = self.theme.colors
        frame = (left, top, left, bottom, _MARGIN, bottom, self.width - _MARGIN, bottom)
        shapes.append(Segments(ends=frame, color=colors.line))
        legend, high = self.legend(bottom + 16)
        height = bottom + 16 + high + _MARGIN
        return Scene(self.width, height, colors.background, (*shapes, *legend), self.plan.info.title)

    def axis(self, first: date | None, last: date | None, room: float) -> tuple[Axis, float]:
        """The scale that fits the days in, and the day at the left edge."""
        schedule = self.board.schedule
        shown = [id for row in self.rows for id in (row.hidden or row.items) if id in schedule]
        today = self.today.toordinal()
        start: float = min((schedule.start[id] for id in shown), default=today - 30)
        end: float = max((schedule.finish[id] for id in shown), default=today + 150)
        air = max((end - start) * 0.02, 3.0)
        start = first.toordinal() if first else start - air
        end = last.toordinal() + 1 if last else end + air * 4  # room for titles on the right
        zoom = clamp_zoom(room / max(end - start, 1.0))
        return Axis(zoom, self.plan.info.fiscal_start), start

    def heading(self) -> list[AnyShape]:
        colors = self.theme.colors
        room = self.width - 2 * _MARGIN
        title = elide(self.plan.info.title or "Roadwright", int(room), 24.0, True, measure)
        as_of = say("export.as-of", day=dates.day(self.today))
        return [
            Text(
                x=_MARGIN,
                y=_MARGIN - 4,
                width=room,
                height=32,
                text=title,
                color=colors.ink,
                size=24,
                bold=True,
            ),
            Text(x=_MARGIN, y=_MARGIN + 28, width=room, height=20, text=as_of, color=colors.ink2, size=13),
        ]

    def legend(self, top: float) -> tuple[list[AnyShape], float]:
        """What the colours and signs stand for, in as many lines as they need, and its height."""
        colors = self.theme.colors
        made = lay_out(self.board, entries(self.board), self.width - 2 * _MARGIN, measure, colors.background)
        return moved(made.shapes, _MARGIN, top), made.height


def _clipped(shapes: Sequence[AnyShape], left: float, right: float) -> list[AnyShape]:
    """The shapes cut at the sides of the drawing: a file has no window that would cut them."""
    found: list[AnyShape] = []
    for shape in shapes:
        cut = _cut(shape, left, right)
        if cut is not None:
            found.append(cut)
    return found


def _cut(shape: AnyShape, left: float, right: float) -> AnyShape | None:
    if isinstance(shape, Box):
        x0, x1 = max(shape.x, left), min(shape.x + shape.width, right)
        if x1 <= x0:
            return None
        beyond_left, beyond_right = shape.x < left, shape.x + shape.width > right
        return replace(
            shape,
            x=x0,
            width=x1 - x0,
            square_left=shape.square_left or beyond_left,
            square_right=shape.square_right or beyond_right,
        )
    if isinstance(shape, Text):
        return shape if shape.x >= left - 0.5 and shape.x + shape.width <= right + 0.5 else None
    if isinstance(shape, Mark):
        return shape if left <= shape.x <= right else None
    if isinstance(shape, Polyline):
        points = _cut_line(shape.points, left, right)
        return (
            replace(shape, points=points, arrow=shape.arrow and points[-1] == shape.points[-1])
            if points
            else None
        )
    if isinstance(shape, Segments):
        xs = [
            min(max(value, left), right) if not place % 2 else value for place, value in enumerate(shape.ends)
        ]
        return replace(shape, ends=tuple(xs))
    return shape if all(left <= x <= right for x, _ in shape.points) else None


def _cut_line(
    points: tuple[tuple[float, float], ...], left: float, right: float
) -> tuple[tuple[float, float], ...]:
    """The first stretch of an orthogonal line that lies between the sides."""
    found: list[tuple[float, float]] = []
    for place, (x, y) in enumerate(points):
        inside = left <= x <= right
        held = (min(max(x, left), right), y)
        before = points[place - 1] if place else None
        if inside:
            if before is not None and not left <= before[0] <= right and not found:
                found.append((min(max(before[0], left), right), before[1]))
            found.append((x, y))
        elif found:
            if before is not None and left <= before[0] <= right and before[1] == y:
                found.append(held)
            break
    return tuple(found) if len(found) > 1 else ()
