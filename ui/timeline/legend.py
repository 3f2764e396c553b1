"""What the colours and signs of the timeline mean: on the screen below it, and in every export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ...io.strings import say
from ...model.attention import attention_of
from ...model.records import Item
from ...model.rows.lanes import grouping
from ..drawing.palette import mix, readable, tones
from ..drawing.scene import AnyShape, Box, Mark, Measure, Polyline, Text
from ..views.names import grouping_title, value_title
from .board import Board
from .frame import SOFT
from .labels import elide
from .moving import moved
from .signs import PIN, SIGNS, State

LINE = 20.0
"""Height of a line."""
_SIZE = 12.0
_SWATCH = 16.0
"""Width of what is drawn before the words."""
_AFTER = 6.0
_BETWEEN = 18.0
_LEAST = 40.0
"""Words shortened to less than this are left for the next line."""


class Entry(msgspec.Struct, frozen=True):
    """One colour or sign, drawn from 0 on around a height of 0, and its words."""

    text: str
    swatch: tuple[AnyShape, ...] = ()
    value: Any = None
    is_color: bool = False
    """Whether it tells the colour of `value`, and not a sign or the name of the field."""


class Spot(msgspec.Struct, frozen=True):
    """Where an entry is written."""

    entry: Entry
    x: float
    y: float
    width: float


class Legend(msgspec.Struct, frozen=True):
    """A legend laid out: its shapes, its height, where its entries are, and those that found no room."""

    shapes: list[AnyShape]
    height: float
    spots: list[Spot]
    left_out: Sequence[Entry] = ()


def entries(board: Board, *, signs: bool = True) -> list[Entry]:
    """The field that gives the colours, its values in order, then the signs that the rows have."""
    by = grouping(board.plan, board.color_field)
    found = [Entry(grouping_title(by))] if by is not None else []
    for value, fill in board.legend():
        swatch = Box(x=0, y=-5.5, width=_SWATCH, height=11, fill=fill, radius=3)
        text = value_title(board.plan, board.color_field, value)
        found.append(Entry(text, (swatch,), value, True))
    return [*found, *_signs(board)] if signs else found


def lay_out(
    board: Board, entries: Sequence[Entry], width: float, measure: Measure, ground: str, most: int = 99
) -> Legend:
    """The entries in as many lines as they need, `most` at most; the last one tells how many are left out."""
    ink, pale = readable(board.theme.colors.ink2, ground), readable(board.theme.colors.ink3, ground)
    shapes: list[AnyShape] = []
    spots: list[Spot] = []
    left_out: Sequence[Entry] = ()
    x = y = 0.0
    for place, entry in enumerate(entries):
        before = _SWATCH + _AFTER if entry.swatch else 0.0
        wide = measure(entry.text, _SIZE, False) + 1
        last = y + LINE >= most * LINE
        more = f"+{len(entries) - place}"
        kept = measure(more, _SIZE, False) + 1 if last and place < len(entries) - 1 else 0.0
        if x and x + before + wide > width - (kept + _BETWEEN if kept else 0):
            if last:
                shapes.append(
                    Text(x=x, y=y, width=kept or 20.0, height=LINE, text=more, color=pale, size=_SIZE)
                )
                left_out = entries[place:]
                break
            x, y = 0.0, y + LINE
        text = elide(entry.text, int(max(width - x - before, _LEAST)), _SIZE, False, measure)
        wide = measure(text, _SIZE, False) + 1
        shapes += moved(entry.swatch, x, y + LINE / 2)
        color = ink if entry.swatch else pale
        shapes.append(Text(x=x + before, y=y, width=wide, height=LINE, text=text, color=color, size=_SIZE))
        spots.append(Spot(entry, x, y, before + wide))
        x += before + wide + (_BETWEEN if entry.swatch else _BETWEEN / 2)
    return Legend(shapes, y + LINE, spots, left_out)


def _signs(board: Board) -> list[Entry]:
    """Those of the signs that the rows have."""
    plan, view, parents = board.plan, board.view, board.plan.outline.children
    items = [plan.items[id] for row in board.rows for id in row.items]
    found = []
    if (view is None or view.show_progress) and any(
        item.progress > 0 and item.id not in parents for item in items
    ):
        found.append(_progress(board))
    if any(item.deadline is not None and board.late(item.id) for item in items):
        found.append(_sign(board, say("export.late"), "risk"))
    asking = {item.status for item in items if item.status}
    for status in sorted((plan.statuses[id] for id in asking), key=lambda one: (one.rank, one.id)):
        attention = attention_of(status)
        state: State | None = attention or ("done" if status.category == "done" else None)
        if state is not None:
            found.append(_sign(board, status.title, state))
    if any(board.schedule.conflicts(item.id) for item in items):
        ink = board.theme.colors.danger
        line = Polyline(points=((0, 0), (_SWATCH, 0)), color=ink, width=2.0, dashed=True, arrow=True)
        found.append(Entry(say("export.conflict"), (line,)))
    return found + _marks(board, items)


def _progress(board: Board) -> Entry:
    lane = tones(board.theme.lane("blue"))
    whole = Box(x=0, y=-5.5, width=_SWATCH, height=11, fill=lane.fill, radius=3)
    done = Box(x=0, y=-5.5, width=9, height=11, fill=lane.done, radius=3, square_right=True)
    return Entry(say("field.progress"), (whole, done))


def _sign(board: Board, text: str, state: State) -> Entry:
    return Entry(text, (SIGNS[state].at(_SWATCH / 2, 0, board.theme.colors),))


def _marks(board: Board, items: Sequence[Item]) -> list[Entry]:
    """Milestones, deadlines, pins, dates that are not exact, the baseline, the critical path."""
    colors, view = board.theme.colors, board.view
    middle, found = _SWATCH / 2, []
    if any(item.kind == "milestone" for item in items):
        diamond = Mark(x=middle, y=0, size=12, shape="diamond", fill=colors.ink2)
        found.append(Entry(say("export.milestone"), (diamond,)))
    if any(item.deadline for item in items):
        line = Box(x=middle - 0.75, y=-6, width=1.5, height=12, fill=colors.ink3)
        flag = Mark(x=middle, y=-5, size=8, shape="down", fill=colors.ink3)
        found.append(Entry(say("field.deadline"), (line, flag)))
    if any(item.pinned for item in items):
        found.append(Entry(say("field.pinned"), (PIN.at(middle, 0, colors),)))
    if any(item.precision in SOFT for item in items):
        ends = ((16.0, 0.75), (13.0, 0.5), (10.0, 0.25), (7.0, 0.0))
        fills = ((end, mix(colors.ink3, colors.panel, pale)) for end, pale in ends)
        fade = (Box(x=0, y=-5.5, width=end, height=11, fill=fill) for end, fill in fills)
        found.append(Entry(say("legend.soft"), tuple(fade)))
    if board.baseline is not None:
        ghost = Box(x=0, y=-1, width=_SWATCH, height=2, fill=colors.ink3)
        found.append(Entry(say("export.baseline", title=board.baseline.title), (ghost,)))
    if view is not None and view.show_critical:
        line = Box(x=0, y=-1, width=_SWATCH, height=2, fill=colors.danger)
        found.append(Entry(say("legend.critical"), (line,)))
    return found
