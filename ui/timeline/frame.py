"""The frame in which the timeline is laid out: measures, window, and what the parts of the picture share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from ...model.records import Item, ItemId, Link, LinkId
from ...model.schedule import Schedule
from ..drawing.palette import Tones, faded
from ..drawing.scene import AnyShape, Measure, Point
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
BRACKET = 5.0
"""From the top of a row to the middle of a parent's bracket."""
SMALL = 11.0
PARENT_SIZE = 12.0
"""Of the title under a parent's bracket."""
SOFT = frozenset({"month", "quarter", "half", "year"})
"""Precisions that are shown by soft ends."""
OVER = 60.0
"""How far beyond the window something is still laid out, so that what reaches into it is whole."""
DOT = 8.0
"""From a bar's end to the middle of its link dot."""
_MANY = 12
"""From so many items in a row on, those in the window are looked up."""

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
    drop_depth: int = 0
    """How far inwards they would come to rest there."""
    drop_into: int | None = None
    """The row (a lane, a parent) into which they would be."""
    carried: tuple[ItemId, ...] = ()
    """Items that the hand takes to other rows: their shadows go with it."""
    lift: float = 0.0
    """How far down the hand has carried them, in pixels."""
    drawn: tuple[int, int, int] | None = None
    """Row, first day and end of a bar that is being drawn."""
    drawn_note: str = ""
    """What is written beside it."""


class Glance(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows."""

    selected: frozenset[ItemId] = frozenset()
    link: LinkId | None = None
    hovered: ItemId | None = None
    pointed: LinkId | None = None
    """The link under the pointer."""
    chain: frozenset[LinkId] = frozenset()
    """The links of the selected or hovered items, near and far."""
    kept: Schedule | None = None
    """During a preview: the schedule as it was, to tell what moves."""
    hints: Hints = Hints()
    stuck: tuple[tuple[int, float], ...] = ()
    """Lane heads that stay in sight at the top: their rows, and the heights at which they are drawn."""


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
    spots: dict[ItemId, Spot]
    lines: list[tuple[LinkId, Path]]


def ends(board: Board, axis: Axis, id: ItemId) -> tuple[float, float] | None:
    """Where an item's bar begins and ends, in content pixels; None where it has no place in time."""
    span = board.schedule.span(id)
    if span is None:
        return None
    left = axis.x(span[0])
    if board.plan.items[id].kind == "milestone" and not board.plan.outline.is_parent(id):
        return left - DIAMOND / 2, left + DIAMOND / 2
    return left, max(axis.x(span[1]), left + 2)


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
        lit = [link for id in (glance.link, glance.pointed) if id and (link := board.plan.links.get(id))]
        self.linked = frozenset(end for link in lit for end in (link.source, link.target))
        """The ends of the link that is selected, and of the one under the pointer: they light up."""
        view = board.view
        self.baseline = board.baseline
        self.looks_at_critical = view is not None and view.show_critical
        self._progress = view is None or view.show_progress

    def ends(self, id: ItemId) -> tuple[float, float] | None:
        """Where an item's bar begins and ends; the same item is asked for by each of its links."""
        known = self._ends.get(id)
        if known is None:
            known = self._ends[id] = ends(self.board, self.axis, id)
        return known

    def items(self, place: int, left: float, right: float) -> Sequence[ItemId]:
        """The items of a row; of many, those that may be between two places, and one more on either side."""
        items = self.board.rows[place].items
        if len(items) < _MANY:
            return items
        start, finish = self.board.schedule.start, self.board.schedule.finish
        first = bisect_left(items, self.axis.day(left), key=lambda id: finish.get(id, 0))
        last = bisect_right(items, self.axis.day(right), key=lambda id: start.get(id, 0))
        return items[max(first - 1, 0) : last + 1]

    def faint(self, id: ItemId) -> bool:
        """Whether the item is shown pale: it is not what is sought, or not on the critical path looked at."""
        return id in self.board.dimmed or (self.looks_at_critical and not self.board.schedule.critical(id))

    def critical(self, link: Link) -> bool:
        """Whether the critical path is looked at and runs over this link."""
        return self.looks_at_critical and not (self.faint(link.source) or self.faint(link.target))

    def tones(self, item: Item) -> Tones:
        """The colours of an item's bar."""
        tones = self.board.tones_of(item)
        return faded(tones, self.colors.background) if self.faint(item.id) else tones

    def progress(self, item: Item) -> int:
        """Percent that are shown as done."""
        if not self._progress:
            return 0
        if self.board.plan.outline.is_parent(item.id):
            return (self.glance.kept or self.board.schedule).progress(item.id)
        return 100 if self.board.plan.category_of(item) == "done" else item.progress


class Part:
    """A part of the drawing: bars, titles, links."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.board, self.axis, self.window = frame.board, frame.axis, frame.window
        self.glance, self.measure, self.colors = frame.glance, frame.measure, frame.colors
