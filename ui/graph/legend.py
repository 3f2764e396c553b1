"""What the colours and lines of the graph mean, in one row, for the foot of the page and of every export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...io.strings import say
from ...model.rows.lanes import grouping, in_order
from ..drawing.palette import readable, tones
from ..drawing.scene import AnyShape, Box, Measure, Polyline, Text
from ..timeline.board import Board
from ..views.names import value_title
from .layout import Area

_SIZE = 12.0
_SWATCH = 10.0
_GAP = 20.0


class Entry(NamedTuple):
    """A colour and its meaning; lines are drawn as lines."""

    text: str
    color: str
    line: bool = False


def entries(board: Board, *, lines: bool = True) -> list[Entry]:
    """The colours in use, in the order of the plan, then the kinds of line."""
    plan, field = board.plan, board.color_field
    by = grouping(plan, field)
    leaves = (item for item in plan.items.values() if not plan.outline.is_parent(item.id))
    used = in_order(plan, by, {board.value_of(field, item) for item in leaves}) if by is not None else []
    found = [Entry(_title(board, value), tones(board.lane_of(field, value)).fill) for value in used]
    if lines:
        colors = board.theme.colors
        found.append(Entry(say("graph.critical"), colors.accent, True))
        found.append(Entry(say("graph.conflict"), colors.danger, True))
    return found


def row(board: Board, area: Area, ground: str, measure: Measure, *, lines: bool = True) -> list[AnyShape]:
    """The legend in one row; what does not fit is left out, first the lines, if they are wanted at all.

    Where colours are left out, `+2` at the end tells how many.
    """
    shapes: list[AnyShape] = []
    colors = board.theme.colors
    known = entries(board, lines=lines and bool(board.plan.links))
    wide = [_SWATCH * (2 if entry.line else 1) + 6 + measure(entry.text, _SIZE, False) + 1 for entry in known]
    for dropped in sorted(range(len(known)), key=lambda at: (known[at].line, -at)):
        more = _more(known, wide)
        taken_by_more = measure(more, _SIZE, False) + 1 + _GAP if more else 0.0
        if sum(wide) + _GAP * sum(1 for w in wide if w) + taken_by_more <= area.width + _GAP:
            break
        wide[dropped] = 0.0
    more = _more(known, wide)
    x, ink = area.x, readable(colors.ink2, ground)
    for entry, taken in zip(known, wide, strict=True):
        if not taken:
            continue
        swatch = _SWATCH * (2 if entry.line else 1)
        if entry.line:
            y = area.middle
            shapes.append(
                Polyline(points=((x, y), (x + swatch, y)), color=entry.color, width=1.6, arrow=True)
            )
        else:
            shapes.append(
                Box(
                    x=x,
                    y=area.middle - _SWATCH / 2,
                    width=_SWATCH,
                    height=_SWATCH,
                    fill=entry.color,
                    radius=3.0,
                )
            )
        shapes.append(
            Text(
                x=x + swatch + 6,
                y=area.y,
                width=taken - swatch - 6,
                height=area.height,
                text=entry.text,
                color=ink,
                size=_SIZE,
            )
        )
        x += taken + _GAP
    if more:
        pale, wanted = readable(colors.ink3, ground), measure(more, _SIZE, False) + 1
        shapes.append(
            Text(x=x, y=area.y, width=wanted, height=area.height, text=more, color=pale, size=_SIZE)
        )
    return shapes


def _more(known: Sequence[Entry], wide: Sequence[float]) -> str:
    """How many colours are left out, if any."""
    left_out = sum(1 for entry, taken in zip(known, wide, strict=True) if not taken and not entry.line)
    return f"+{left_out}" if left_out else ""


def _title(board: Board, value: object) -> str:
    if value is None and board.color_field == "team":
        return say("graph.no_team")
    return value_title(board.plan, board.color_field, value)
