"""The rows of the table beside the timeline as shapes: lane heads, signs, titles, days and owners."""

from __future__ import annotations

from ...io.strings import say
from ...model.query import Row
from ...model.records import Item, ItemId
from .. import dates
from ..amounts import number_text
from ..drawing.palette import mix, readable, tones
from ..drawing.scene import AnyShape, Box, Mark, Measure, Segments, Text
from ..views.names import lane_title
from .board import Board
from .columns import (
    OWNER,
    SIGN,
    STRIPE,
    TITLE,
    Columns,
    columns,
    fold_left,
    lane_fill,
    shared_titles,
    title_left,
)
from .frame import ROW, SIZE, Glance
from .labels import elide
from .signs import SIGNS, state_of

_LEAST_LANE = 120.0
"""A lane's effort gives way when its title would get less than this."""


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
    for place, y in reversed(glance.stuck):
        if y < bottom and y + ROW > top:
            maker.lane(place, y)
            maker.shapes.append(
                Segments(ends=(0, y + ROW - 1, width, y + ROW - 1), color=board.theme.colors.line)
            )
    return maker.shapes


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
        elif row.shared:
            self.shared(row, y)
        else:
            self.item(place, row.item, y, editing)
        stripe = self.stripe(place, y)
        left = STRIPE if stripe else 0.0
        self.hairlines += (left, y + ROW - 1, self.spots.width, y + ROW - 1)

    def stripe(self, place: int, y: float) -> bool:
        """At the far left, the colour of the lane the row is in; whether there is one."""
        path = self.board.rows[place].path
        if path:
            fill = tones(self.board.lane_of(*path[0])).fill
            self.shapes.append(Box(x=0, y=y, width=STRIPE, height=ROW, fill=fill))
        return bool(path)

    def lane(self, place: int, y: float) -> None:
        """The head of a lane: title, how many items it holds, and their effort."""
        row, colors = self.board.rows[place], self.colors
        hinted = place == self.glance.hints.drop_into
        fill = colors.selection if hinted else lane_fill(self.board, row)
        self.shapes.append(Box(x=0, y=y, width=self.spots.width, height=ROW, fill=fill, ref=row.ref))
        self.stripe(place, y)
        self.fold(place, row.folded, y)
        ink, left = readable(colors.ink3, fill), title_left(self.board, place)
        count, end = str(row.count), self.spots.width - 12
        counted = self.measure(count, 12.0, False) + 1
        effort = say("lane.effort", days=number_text(round(row.effort, 1), None)) if row.effort else ""
        wide = self.measure(effort, 12.0, False) + 1 if effort else 0.0
        if end - wide - 12 - counted - 10 - left < _LEAST_LANE:
            effort, wide = "", 0.0
        room = int(end - wide - 22 - counted - left)
        text = elide(lane_title(self.board.plan, row), room, SIZE, True, self.measure)
        if effort:
            self.text(end - wide, y, wide, effort, ink, size=12.0)
        wide = self.measure(text, SIZE, True) + 1
        self.text(left, y, wide, text, colors.ink if row.count else colors.ink2, bold=True)
        self.text(left + wide + 10, y, counted, count, ink, size=12.0)

    def shared(self, row: Row, y: float) -> None:
        """A row that several bars share says whose they are; the chosen ones stand out."""
        colors, background = self.colors, self.colors.background
        titles = shared_titles(self.board, row, self.spots.width, self.measure)
        for place, (id, text, left, wide) in enumerate(titles):
            chosen = id in self.glance.selected
            if chosen:
                high = ROW - 8
                box = Box(x=left - 3, y=y + 4, width=wide + 6, height=high, fill=colors.selection, radius=4)
                self.shapes.append(box)
            ink = colors.ink if chosen else self.ink2(id, background)
            self.text(left, y, wide + 1, text, ink, size=12.0, ref=id)
            if place < len(titles) - 1:
                ink, comma = readable(colors.ink3, background), self.measure(",", 12.0, False)
                self.text(left + wide, y, comma + 1, ",", ink, size=12.0)

    def ink2(self, id: ItemId, ground: str) -> str:
        """Of small text about an item; one that is not sought is pale."""
        return readable(self.colors.ink3 if id in self.board.dimmed else self.colors.ink2, ground)

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
            self.sign(item, left - TITLE + SIGN, y)
        if not editing:
            title = item.title or item.key
            text = elide(title, int(self.spots.title_end - left), SIZE, parent, self.measure)
            if text:
                wide = self.measure(text, SIZE, parent) + 1
                faint = not item.title or id in board.dimmed
                ink = self.ink2(id, ground) if faint else colors.ink
                self.text(left, y, wide, text, ink, bold=parent, ref=id)
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
                plain = self.colors.ink3 if id in self.board.dimmed else self.colors.ink2
                ink = self.colors.danger if alarm else self.colors.accent if moved else plain
                text = dates.near_day(when, self.board.today)
                wide = self.measure(text, 12.0, False) + 1
                if wide > x1 - x0 - 2:  # a gesture goes into a far year: the columns stay until it ends
                    text = dates.near_month(when, self.board.today)
                    wide = self.measure(text, 12.0, False) + 1
                self.text(x0, y, wide, text, readable(ink, ground), size=12.0)

    def owner(self, item: Item, y: float, selected: bool) -> None:
        person = self.board.plan.people.get(item.owner) if item.owner else None
        if person is None:
            return
        colors = self.colors
        size = 19.0
        x = self.spots.owner + (OWNER - size) / 2 - 3
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
        sign = SIGNS[state_of(self.board, item)]
        self.shapes.append(sign.at(x, y + ROW / 2, self.colors))

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
