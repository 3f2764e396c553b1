"""The frame in which the timeline is laid out: measures, window, and what the parts of the picture share."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from ...model.records import ItemId, LinkId
from ...model.schedule import Schedule
from ..scene import AnyShape, Measure, Point
from .axis import Axis
from .board import Board

ROW = 26
"""Height of every row."""
BAR = 18
"""Height of a bar."""
TOP = (ROW - BAR) // 2
RADIUS = 4.0
DIAMOND = 15.0
"""Width and height of a milestone."""
SIZE = 13.0
"""Of titles."""
SMALL = 11.0
PARENT_SIZE = 12.0
"""Of the title under a parent's bracket."""
SOFT = frozenset({"month", "quarter", "half", "year"})
"""Precisions that are shown by soft ends."""
OVER = 60.0
"""How far beyond the window something is still laid out, so that what reaches into it is whole."""
DOT = 8.0
"""From a bar's end to the middle of its link dot."""


Path: TypeAlias = tuple[Point, ...]


class Window(msgspec.Struct, frozen=True):
    """The part of the timeline that is to be drawn, in content pixels."""

    left: float
    top: float
    right: float
    bottom: float


class Hints(msgspec.Struct, frozen=True):
    """What a gesture in flight adds to the picture."""

    ghosts: frozenset[ItemId] = frozenset()
    """Items whose old place is shown dashed."""
    notes: dict[ItemId, str] = {}
    """What is written beside the items under the hand."""
    guide: int | None = None
    """The day to which the hand has snapped."""
    band: Window | None = None
    """The rubber band."""
    wire: tuple[float, float, float, float] | None = None
    """A link not yet made, from a dot to the pointer."""
    wire_good: bool = True
    target: ItemId | None = None
    """The item on which the link would be dropped."""
    loop: frozenset[ItemId] = frozenset()
    """The items of a loop that the drop would close."""
    takers: frozenset[ItemId] = frozenset()
    """Items that could take the link being drawn: they light up."""
    drop_row: int | None = None
    """The row above which rows would be dropped."""
    drop_into: int | None = None
    """The row (a lane, a parent) into which they would be."""
    drawn: tuple[int, int, int] | None = None
    """Row, first day and end of a bar that is being drawn."""


class Glance(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows."""

    selected: frozenset[ItemId] = frozenset()
    link: LinkId | None = None
    hovered: ItemId | None = None
    chain: frozenset[LinkId] = frozenset()
    """The links of the selected or hovered items, near and far."""
    kept: Schedule | None = None
    """During a preview: the schedule as it was, to tell what moves."""
    hints: Hints = Hints()


class Spot(msgspec.Struct, frozen=True):
    """Where an item is drawn: its row and the ends of its bar, in content pixels."""

    item: ItemId
    row: int
    left: float
    right: float
    milestone: bool


class Drawn(msgspec.Struct, frozen=True):
    """The shapes, and where what can be pointed at is."""

    shapes: list[AnyShape]
    spots: dict[int, Spot]
    """By row."""
    lines: list[tuple[LinkId, Path]]


def ends(board: Board, axis: Axis, id: ItemId) -> tuple[float, float] | None:
    """Where an item's bar begins and ends, in content pixels; None where it has no place in time."""
    start = board.schedule.start.get(id)
    if start is None:
        return None
    left = axis.x(start)
    if board.plan.items[id].kind == "milestone" and not board.plan.outline.is_parent(id):
        return left - DIAMOND / 2, left + DIAMOND / 2
    return left, max(axis.x(board.schedule.finish[id]), left + 2)


class Frame:
    """One drawing in the making: what it shows, from where, and for whom."""

    def __init__(
        self, board: Board, axis: Axis, window: Window, glance: Glance, today: int, measure: Measure
    ) -> None:
        self.board, self.axis, self.window = board, axis, window
        self.glance, self.today, self.measure = glance, today, measure
        self.colors = board.theme.colors
        self.first = max(int(window.top // ROW), 0)
        self.last = min(int((window.bottom - 1) // ROW), len(board.rows) - 1)
        """The rows in the window; where there are none, `last` comes before `first`."""
        self._ends: dict[ItemId, tuple[float, float] | None] = {}

    def ends(self, id: ItemId) -> tuple[float, float] | None:
        """Where an item's bar begins and ends; the same item is asked for by each of its links."""
        known = self._ends.get(id)
        if known is None:
            known = self._ends[id] = ends(self.board, self.axis, id)
        return known


class Part:
    """A part of the drawing: bars, titles, links."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.board, self.axis, self.window = frame.board, frame.axis, frame.window
        self.glance, self.measure, self.colors = frame.glance, frame.measure, frame.colors
