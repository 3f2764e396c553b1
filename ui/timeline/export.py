"""The timeline as a drawing to send: title, table, axis, bars, links and legend, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from ...io.strings import say
from ...model.attention import attention_for, attention_of
from ...model.plan import Plan
from ...model.query import Row, rows
from ...model.records import View
from ...model.schedule import Schedule
from .. import dates
from ..painter import measure
from ..palette import Theme, tones
from ..scene import AnyShape, Box, Mark, Polygon, Polyline, Scene, Segments, Text
from . import columns, grid
from .axis import Axis, clamp_zoom
from .board import Board
from .frame import ROW, Glance, Window
from .labels import elide
from .layout import layout
from .words import value_title

_MARGIN = 24.0
_HEAD = 64.0
"""Height of the title and the line below it."""
_LEGEND = 22.0
"""Height of a line of the legend."""
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

    `first` and `last` are the days shown, both included; by default all of the plan fits in. `today` is the
    day of the line and of "as of"; by default the computer's.
    """
    drawing = _Drawing(plan, schedule, view, theme, width, today or date.today())
    return drawing.whole(first, last)


class _Drawing:
    def __init__(
        self, plan: Plan, schedule: Schedule, view: View | None, theme: Theme, width: float, today: date
    ) -> None:
        self.plan, self.theme, self.today = plan, theme, today
        self.width = max(width, 480.0)
        self.rows: Sequence[Row] = rows(plan, schedule, view)
        self.board = Board(plan, schedule, self.rows, view, theme, today=today)
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
        shapes += _moved(_clipped(head, x0, x0 + room), left - x0, top)
        shapes += _moved(_clipped(drawn.shapes, x0, x0 + room), left - x0, top + grid.HEADER)
        shapes += _moved(columns.head(self.table, self.board), _MARGIN, top)
        body = columns.table(self.board, self.table, 0, tall, Glance(), measure)
        shapes += _moved(body, _MARGIN, top + grid.HEADER)
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
        shown = [row.item for row in self.rows if row.item is not None and row.item in schedule]
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
        """What the colours stand for, in as many lines as they need, and its height."""
        colors, shapes = self.theme.colors, []
        x, y = _MARGIN, top
        for text, swatch in self.entries():
            wide = measure(text, 12.0, False)
            if x + 22 + wide > self.width - _MARGIN and x > _MARGIN:
                x, y = _MARGIN, y + _LEGEND
            room = int(self.width - _MARGIN - x - 22)
            text = elide(text, room, 12.0, False, measure)
            shapes += _moved(swatch, x, y + _LEGEND / 2)
            wide = measure(text, 12.0, False)
            shapes.append(
                Text(x=x + 22, y=y, width=wide + 1, height=_LEGEND, text=text, color=colors.ink2, size=12.0)
            )
            x += 22 + wide + 22
        return shapes, y + _LEGEND - top

    def entries(self) -> list[tuple[str, list[AnyShape]]]:
        """(words, sign) of each entry: the values of the colours' field in order, then the other signs."""
        found: list[tuple[str, list[AnyShape]]] = []
        for value, fill in self.board.legend():
            swatch = Box(x=0, y=-6, width=16, height=12, fill=fill, radius=3)
            found.append((value_title(self.plan, self.board.color_field, value), [swatch]))
        return found + self.signs()

    def signs(self) -> list[tuple[str, list[AnyShape]]]:
        """Those of the signs that the drawing has."""
        board, plan, colors = self.board, self.plan, self.theme.colors
        items = [plan.items[row.item] for row in self.rows if row.item is not None]
        lane = tones(self.theme.lane("blue"))
        found: list[tuple[str, list[AnyShape]]] = []
        if any(item.progress or plan.category_of(item) == "done" for item in items):
            whole = Box(x=0, y=-6, width=16, height=12, fill=lane.fill, radius=3)
            done = Box(x=0, y=-6, width=9, height=12, fill=lane.done, radius=3, square_right=True)
            found.append((say("export.done"), [whole, done]))
        if any(item.kind == "milestone" for item in items):
            found.append(
                (say("export.milestone"), [Mark(x=8, y=0, size=13, shape="diamond", fill=colors.ink2)])
            )
        if board.baseline is not None:
            text = say("export.baseline", title=board.baseline.title)
            found.append((text, [Box(x=0, y=-1, width=16, height=2, fill=colors.ink3)]))
        asking = {item.status for item in items if item.status and attention_for(plan, item)}
        for status in sorted((plan.statuses[id] for id in asking), key=lambda one: (one.rank, one.id)):
            blocked = attention_of(status) == "blocked"
            sign = Mark(
                x=8,
                y=0,
                size=10 if blocked else 11,
                shape="square" if blocked else "triangle",
                fill=colors.danger if blocked else colors.warning,
            )
            found.append((status.title, [sign]))
        if any(item.deadline for item in items):
            found.append((say("field.deadline"), [Mark(x=8, y=0, size=9, shape="down", fill=colors.ink3)]))
        if any(board.late(item.id) for item in items):
            found.append(
                (say("export.late"), [Mark(x=8, y=0, size=11, shape="triangle", fill=colors.warning)])
            )
        if any(board.schedule.conflicts(item.id) for item in items):
            found.append(
                (say("export.conflict"), [Mark(x=8, y=0, size=10, shape="square", fill=colors.danger)])
            )
        return found


def _moved(shapes: Sequence[AnyShape], dx: float, dy: float) -> list[AnyShape]:
    return [_shifted(shape, dx, dy) for shape in shapes]


def _shifted(shape: AnyShape, dx: float, dy: float) -> AnyShape:
    if isinstance(shape, Polyline | Polygon):
        return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
    if isinstance(shape, Segments):
        ends = tuple(value + (dy if place % 2 else dx) for place, value in enumerate(shape.ends))
        return replace(shape, ends=ends)
    return replace(shape, x=shape.x + dx, y=shape.y + dy)


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
