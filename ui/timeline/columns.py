"""Where the columns of the table beside the timeline are, and what stands in them besides the rows."""

from __future__ import annotations

import msgspec

from ...io.strings import say
from ...model.query import Row
from ...model.records import ItemId
from ..drawing.palette import mix, readable
from ..drawing.scene import AnyShape, Box, Measure, Segments, Text
from ..views.names import lane_title
from .board import Board
from .frame import ROW, SIZE
from .grid import FIRST_TIER, HEADER, TIER
from .labels import elide

STRIPE = 3.0
INDENT = 16.0
SIGN = 25.0
"""Middle of the sign of an item that is not indented."""
TITLE = 40.0
_DAY = {0: 52.0, 2: 72.0, 4: 82.0}
"""Width of a column of days, by the digits of the year that are written."""
OWNER = 34.0
_LEAST_TITLE = 150.0
"""Columns of days give way when the title would get less than this."""


class Columns(msgspec.Struct, frozen=True):
    """Where the columns begin and end, in pixels; a day column of no width is not shown."""

    width: float
    title_end: float
    start: float
    finish: float
    owner: float

    def at(self, x: float) -> str:
        """The field that a place belongs to."""
        if x >= self.owner:
            return "owner"
        if self.finish < self.owner and x >= self.finish:
            return "finish"
        if self.start < self.finish and x >= self.start:
            return "start"
        return "title"


def columns(width: float, years: int = 0) -> Columns:
    """The columns of a table that is `width` pixels wide; `years` as `Board.years`."""
    owner, day = width - OWNER, _DAY[years]
    shown = max(0, min(2, int((owner - TITLE - _LEAST_TITLE) // day)))
    finish = owner - (day if shown == 2 else 0)
    start = finish - (day if shown else 0)
    return Columns(width, start - 8, start, finish, owner)


def wanted(board: Board, measure: Measure, most: float) -> float:
    """The width of a table with both days in which no title of up to `most` pixels is cut."""
    titles = _LEAST_TITLE
    for place, row in enumerate(board.rows):
        if row.shared:
            continue
        if row.item is None:
            text, bold = lane_title(board.plan, row), True
        else:
            item = board.plan.items[row.item]
            text, bold = item.title or item.key, board.plan.outline.is_parent(row.item)
        # A title that is far too long need not be measured to its end.
        titles = max(titles, title_left(board, place) - TITLE + measure(text[:200], SIZE, bold) + 2)
    return TITLE + min(titles, most) + 8 + 2 * _DAY[board.years()] + OWNER


def title_left(board: Board, place: int) -> float:
    """Where the title of a row begins."""
    row = board.rows[place]
    if row.item is None:
        return SIGN + row.depth * INDENT
    return TITLE + (row.depth - (1 if board.group_field else 0)) * INDENT


def focus_ring(board: Board, place: int, width: float) -> Box:
    """Around the row that has the keyboard."""
    left = STRIPE + 2
    accent = board.theme.colors.accent
    return Box(x=left, y=place * ROW + 0.5, width=width - left - 3, height=ROW - 2, stroke=accent, radius=4)


def focus_frame(board: Board, top: float, width: float, height: float) -> Box:
    """Around the whole table: it has the keyboard, and no row does."""
    accent = board.theme.colors.accent
    return Box(x=1.5, y=top + 1.5, width=width - 4, height=height - 3, stroke=accent, radius=4)


def line_left(board: Board, depth: int) -> float:
    """Where the line begins that shows the place between two rows at a depth."""
    return SIGN - 10 + (0 if board.group_field else depth) * INDENT


def fold_left(board: Board, place: int) -> float | None:
    """The middle of the fold arrow of a row, None where there is nothing to fold."""
    row = board.rows[place]
    if row.item is None:
        return 15.0 + row.depth * INDENT
    if not board.plan.outline.is_parent(row.item) or board.group_field:
        return None
    return SIGN + row.depth * INDENT


def head(width: float, board: Board) -> list[AnyShape]:
    """The titles of the columns, at the height of the axis' lower tier."""
    spots = columns(width, board.years())
    colors = board.theme.colors
    shapes: list[AnyShape] = [Box(x=0, y=0, width=width, height=HEADER, fill=colors.background)]
    ink = readable(colors.ink3, colors.background)
    for field, x0, x1 in (
        ("start", spots.start, spots.finish),
        ("finish", spots.finish, spots.owner),
    ):
        if x1 > x0:
            shapes.append(
                Text(
                    x=x0,
                    y=FIRST_TIER + TIER,
                    width=x1 - x0,
                    height=TIER - 2,
                    text=say(f"field.{field}"),
                    color=ink,
                    size=11.0,
                )
            )
    shapes.append(
        Text(
            x=TITLE,
            y=FIRST_TIER + TIER,
            width=spots.title_end - TITLE,
            height=TIER - 2,
            text=say("field.title"),
            color=ink,
            size=11.0,
        )
    )
    shapes.append(Segments(ends=(0, HEADER - 1, width, HEADER - 1), color=colors.line))
    return shapes


def shared_titles(
    board: Board, row: Row, width: float, measure: Measure
) -> list[tuple[ItemId, str, float, float]]:
    """The titles of the items that share a row, as far as they fit: item, text, left edge, width."""
    items, end = board.plan.items, width - 12
    left = TITLE + (row.depth - 1) * INDENT
    found = []
    for id in row.shared:
        title = items[id].title or items[id].key
        text = elide(title, int(end - left), 12.0, False, measure)
        if text:
            wide = measure(text, 12.0, False)
            found.append((id, text, left, wide))
            left += wide + measure(",  ", 12.0, False)
        if text != title:
            break
    return found


def item_at(board: Board, place: int, x: float, width: float, measure: Measure) -> ItemId | None:
    """The item whose title is at a place in a row; where several share it, the last that begins before it."""
    row = board.rows[place]
    if not row.shared:
        return row.item
    before = [id for id, _, left, _ in shared_titles(board, row, width, measure) if left <= x]
    return before[-1] if before else row.item


def lane_fill(board: Board, row: Row) -> str:
    """The ground of a lane's head: an inner lane's is paler."""
    colors = board.theme.colors
    return colors.panel if row.depth == 0 else mix(colors.panel, colors.background, 0.5)


def edge(width: float, top: float, bottom: float, board: Board) -> Segments:
    """The line between the table and the bars."""
    return Segments(ends=(width - 1, top, width - 1, bottom), color=board.theme.colors.line)


def new_row(board: Board, measure: Measure) -> list[AnyShape]:
    """What stands in the row below the last one: a press there makes an item."""
    text = say("timeline.add-here")
    ink = readable(board.theme.colors.ink3, board.theme.colors.background)
    y = len(board.rows) * ROW
    wide = measure(text, SIZE, False) + 1
    return [
        Box(x=SIGN - 4, y=y + ROW / 2 - 0.75, width=9, height=1.5, fill=ink),
        Box(x=SIGN - 0.25, y=y + ROW / 2 - 4.5, width=1.5, height=9, fill=ink),
        Text(x=TITLE, y=y, width=wide, height=ROW, text=text, color=ink, size=SIZE),
    ]
