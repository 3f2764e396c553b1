"""The table beside the timeline as shapes, for screen and export: sign, title, days and owner of each row."""

from __future__ import annotations

import msgspec

from ...io.strings import say
from ...model.attention import attention_for
from ...model.records import Item, ItemId
from .. import dates
from ..palette import mix, readable, tones
from ..scene import AnyShape, Box, Mark, Measure, Segments, Text
from .board import Board
from .frame import ROW, SIZE, Glance
from .grid import FIRST_TIER, HEADER, TIER
from .labels import elide
from .words import lane_title, value_title

STRIPE = 3.0
INDENT = 16.0
_SIGN = 25.0
"""Middle of the sign of an item that is not indented."""
_TITLE = 40.0
_DAY = {0: 52.0, 2: 72.0, 4: 82.0}
"""Width of a column of days, by the digits of the year that are written."""
_OWNER = 34.0
_KEY = 11.0
"""Size of the legend's text."""
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
    owner, day = width - _OWNER, _DAY[years]
    shown = max(0, min(2, int((owner - _TITLE - _LEAST_TITLE) // day)))
    finish = owner - (day if shown == 2 else 0)
    start = finish - (day if shown else 0)
    return Columns(width, start - 8, start, finish, owner)


def wanted(board: Board, measure: Measure, most: float) -> float:
    """The width of a table with both days in which no title of up to `most` pixels is cut."""
    titles = _LEAST_TITLE
    for place, row in enumerate(board.rows):
        if row.item is None:
            text, bold = lane_title(row), True
        else:
            item = board.plan.items[row.item]
            text, bold = item.title or item.key, board.plan.outline.is_parent(row.item)
        # A title that is far too long need not be measured to its end.
        titles = max(titles, title_left(board, place) - _TITLE + measure(text[:200], SIZE, bold) + 2)
    return _TITLE + min(titles, most) + 8 + 2 * _DAY[board.years()] + _OWNER


def title_left(board: Board, place: int) -> float:
    """Where the title of a row begins."""
    row = board.rows[place]
    if row.item is None:
        return _SIGN
    depth = row.depth - (1 if board.group_field else 0)
    return _TITLE + depth * INDENT


def fold_left(board: Board, place: int) -> float | None:
    """The middle of the fold arrow of a row, None where there is nothing to fold."""
    row = board.rows[place]
    if row.item is None:
        return 15.0
    if not board.plan.outline.is_parent(row.item) or board.group_field:
        return None
    return _SIGN + row.depth * INDENT


def head(width: float, board: Board, measure: Measure | None = None) -> list[AnyShape]:
    """The titles of the columns, at the height of the axis' lower tier.

    Above them, given a `measure`, what the colours stand for; where the lanes say so already, nothing.
    """
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
            x=_TITLE,
            y=FIRST_TIER + TIER,
            width=spots.title_end - _TITLE,
            height=TIER - 2,
            text=say("field.title"),
            color=ink,
            size=11.0,
        )
    )
    shapes.append(Segments(ends=(0, HEADER - 1, width, HEADER - 1), color=colors.line))
    if measure is not None and board.color_field != board.group_field:
        shapes += _legend(width, board, measure)
    return shapes


def _legend(width: float, board: Board, measure: Measure) -> list[AnyShape]:
    """As many of the colours as fit in a line, and how many more there are."""
    shapes: list[AnyShape] = []
    colors = board.theme.colors
    ink = readable(colors.ink2, colors.background)
    entries = board.legend()
    x, end = _SIGN - 9.0, width - 12
    for place, (value, fill) in enumerate(entries):
        text = value_title(board.plan, board.color_field, value)
        wide = measure(text, _KEY, False) + 1
        rest = len(entries) - place
        more = f"+{rest}"
        room = end - (measure(f"+{rest - 1}", _KEY, False) + 14 if rest > 1 else 0)
        if x + 13 + wide > room:
            wide = measure(more, _KEY, False) + 1
            if x + wide <= end:
                shapes.append(
                    Text(x=x, y=FIRST_TIER, width=wide, height=TIER, text=more, color=ink, size=_KEY)
                )
            break
        shapes.append(Mark(x=x + 4, y=FIRST_TIER + TIER / 2 + 0.5, size=8, shape="circle", fill=fill))
        shapes.append(Text(x=x + 13, y=FIRST_TIER, width=wide, height=TIER, text=text, color=ink, size=_KEY))
        x += 13 + wide + 12
    return shapes


def table(
    board: Board,
    width: float,
    top: float,
    bottom: float,
    glance: Glance,
    measure: Measure,
    *,
    editing: int = -1,
) -> list[AnyShape]:
    """The rows between two heights, in content pixels; the title of the row `editing` is left out."""
    first = max(int(top // ROW), 0)
    last = min(int((bottom - 1) // ROW), len(board.rows) - 1)
    maker = _Table(board, columns(width, board.years()), glance, measure)
    for place in range(first, last + 1):
        maker.row(place, place == editing)
    if hairlines := maker.hairlines:
        maker.shapes.append(Segments(ends=tuple(hairlines), color=board.theme.colors.hairline))
    return maker.shapes


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
        Box(x=_SIGN - 4, y=y + ROW / 2 - 0.75, width=9, height=1.5, fill=ink),
        Box(x=_SIGN - 0.25, y=y + ROW / 2 - 4.5, width=1.5, height=9, fill=ink),
        Text(x=_TITLE, y=y, width=wide, height=ROW, text=text, color=ink, size=SIZE),
    ]


class _Table:
    def __init__(self, board: Board, spots: Columns, glance: Glance, measure: Measure) -> None:
        self.board, self.spots, self.glance, self.measure = board, spots, glance, measure
        self.colors = board.theme.colors
        self.shapes: list[AnyShape] = []
        self.hairlines: list[float] = []

    def row(self, place: int, editing: bool) -> None:
        row, y = self.board.rows[place], place * ROW
        if row.item is None:
            self.lane(place, y)
        else:
            self.item(place, row.item, y, editing)
        stripe = self.stripe_of(place)
        if stripe:
            self.shapes.append(Box(x=0, y=y, width=STRIPE, height=ROW, fill=stripe))
        left = STRIPE if stripe else 0.0
        self.hairlines += (left, y + ROW - 1, self.spots.width, y + ROW - 1)

    def stripe_of(self, place: int) -> str:
        """The colour at the far left: that of the lane the row is in."""
        board = self.board
        if not board.group_field:
            return ""
        row = board.rows[place]
        if row.item is None:
            return tones(board.lane_of(board.group_field, row.value)).fill
        value = board.value_of(board.group_field, board.plan.items[row.item])
        return tones(board.lane_of(board.group_field, value or None)).fill

    def lane(self, place: int, y: float) -> None:
        row, colors = self.board.rows[place], self.colors
        hinted = place == self.glance.hints.drop_into
        fill = colors.selection if hinted else colors.panel
        self.shapes.append(Box(x=0, y=y, width=self.spots.width, height=ROW, fill=fill, ref=row.ref))
        self.fold(place, row.folded, y)
        room = int(self.spots.owner - _SIGN - 40)
        text = elide(lane_title(row), room, SIZE, True, self.measure)
        wide = self.measure(text, SIZE, True) + 1
        self.text(_SIGN, y, wide, text, colors.ink, bold=True)
        count = str(row.count)
        ink = readable(colors.ink3, fill)
        self.text(_SIGN + wide + 10, y, self.measure(count, 12.0, False) + 1, count, ink, size=12.0)

    def item(self, place: int, id: ItemId, y: float, editing: bool) -> None:
        board, colors = self.board, self.colors
        item = board.plan.items[id]
        selected = id in self.glance.selected
        if selected or place == self.glance.hints.drop_into:
            self.shapes.append(Box(x=0, y=y, width=self.spots.width, height=ROW, fill=colors.selection))
        ground = colors.selection if selected else colors.background
        parent = board.plan.outline.is_parent(id)
        left = title_left(board, place)
        if parent and not board.group_field:
            self.fold(place, board.rows[place].folded, y)
        if not parent or board.group_field:
            self.sign(item, left - _TITLE + _SIGN, y)
        if not editing:
            title = item.title or item.key
            text = elide(title, int(self.spots.title_end - left), SIZE, parent, self.measure)
            if text:
                wide = self.measure(text, SIZE, parent) + 1
                self.text(left, y, wide, text, colors.ink if item.title else colors.ink2, bold=parent, ref=id)
        self.days(id, y, ground)
        self.owner(item, y, selected)

    def days(self, id: ItemId, y: float, ground: str) -> None:
        found = self.board.days_of(id)
        if found is None:
            return
        kept = self.glance.kept
        moved = kept is not None and self.board.shift(id, kept) != 0
        late = self.board.late(id)
        for x0, x1, when, alarm in (
            (self.spots.start, self.spots.finish, found[0], False),
            (self.spots.finish, self.spots.owner, found[1], late),
        ):
            if x1 > x0:
                ink = self.colors.danger if alarm else self.colors.accent if moved else self.colors.ink2
                text = dates.near_day(when, self.board.today)
                self.text(x0, y, self.measure(text, 12.0, False) + 1, text, readable(ink, ground), size=12.0)

    def owner(self, item: Item, y: float, selected: bool) -> None:
        person = self.board.plan.people.get(item.owner) if item.owner else None
        if person is None:
            return
        colors = self.colors
        size = 19.0
        x = self.spots.owner + (_OWNER - size) / 2 - 3
        fill = mix(colors.line, colors.ink3, 0.12)
        self.shapes.append(
            Box(
                x=x,
                y=y + (ROW - size) / 2,
                width=size,
                height=size,
                fill=fill,
                radius=size / 2,
                ref=f"owner:{person.id}",
            )
        )
        text = dates.initials(person.name)
        self.shapes.append(
            Text(
                x=x,
                y=y + (ROW - size) / 2,
                width=size,
                height=size,
                text=text,
                color=readable(colors.ink2, fill),
                size=9.0,
                bold=True,
                align="center",
            )
        )

    def sign(self, item: Item, x: float, y: float) -> None:
        """How the item stands, told by shape as well as by colour."""
        board, colors = self.board, self.colors
        middle = y + ROW / 2
        category = board.plan.category_of(item)
        attention = attention_for(board.plan, item)
        if board.schedule.conflicts(item.id) or attention == "blocked":
            mark = Mark(x=x, y=middle, size=9, shape="square", fill=colors.danger)
        elif board.late(item.id) or attention == "risk":
            mark = Mark(x=x, y=middle, size=10, shape="triangle", fill=colors.warning)
        elif category == "done":
            mark = Mark(x=x, y=middle, size=8, shape="check", fill=colors.success)
        elif category == "doing":
            mark = Mark(x=x, y=middle, size=7, shape="circle", fill=colors.accent)
        else:
            mark = Mark(x=x, y=middle, size=8, shape="ring", fill=colors.ink3)
        self.shapes.append(mark)

    def fold(self, place: int, folded: bool, y: float) -> None:
        x = fold_left(self.board, place)
        if x is not None:
            fill = self.colors.ink2
            self.shapes.append(
                Mark(x=x, y=y + ROW / 2, size=7, shape="right" if folded else "down", fill=fill)
            )

    def text(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        color: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        ref: str = "",
    ) -> None:
        self.shapes.append(
            Text(x=x, y=y, width=width, height=ROW, text=text, color=color, size=size, bold=bold, ref=ref)
        )
