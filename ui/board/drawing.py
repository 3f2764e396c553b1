"""The board as shapes: columns with their heads, swimlanes, the cards in sight, and what the hand is doing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from ...io.strings import count, say
from ...model.records import ItemId
from ..amounts import number_text
from ..graph.canvas import Canvas
from ..graph.glance import Glance, Lens
from ..graph.layout import Area
from ..palette import mix, readable, tones
from ..scene import AnyShape, Mark, Measure, Segments
from ..timeline.board import Board
from ..timeline.labels import elide
from .card import draw_card
from .contents import Stack, Total
from .layout import Cell, Layout, Slot
from .sizes import Sizes

_RADIUS = 8.0


class Carried(msgspec.Struct, frozen=True):
    """Cards in the hand, in pixels of the target."""

    items: tuple[ItemId, ...]
    x: float
    y: float
    """The corner of the card that was pressed on."""
    slot: Slot | None = None
    """Where they would land."""
    lined: bool = False
    """Whether that is a place between others, and not just the column."""
    refused: bool = False
    words: str = ""


class Sight(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows, beside the `Glance` of every page of cards."""

    focused: bool = False
    carried: Carried | None = None
    totals: Mapping[int, Total] = {}
    """By the place of a column, where the hand would make them others."""
    hovered_head: int | None = None
    hovered_lane: int | None = None


def draw(
    board: Board, layout: Layout, sizes: Sizes, lens: Lens, glance: Glance, sight: Sight, measure: Measure
) -> list[AnyShape]:
    """Everything that can be seen; `lens` looks at the board below the heads."""
    return _Drawing(board, layout, sizes, lens, glance, sight, measure).whole()


class Spot(msgspec.Struct, frozen=True):
    """The parts of a column's head, for the hand."""

    whole: Area
    fold: Area
    total: Area
    """Its count and sum: a double-click sets the limit."""


def head_spot(layout: Layout, lens: Lens, column: int) -> Spot:
    """Where a column's head is on the target."""
    strip, px = layout.strips[column], round
    x, zoom = strip.x - lens.left, layout.zoom
    whole = Area(x, 0, strip.width, layout.head)
    if strip.folded:
        return Spot(whole, whole, Area(x, 0, 0, 0))
    fold = Area(x + px(6 * zoom), px(6 * zoom), px(20 * zoom), layout.head - px(6 * zoom))
    half = max(strip.width * 0.5, strip.width - 150 * zoom)
    return Spot(whole, fold, Area(x + half, 0, strip.width - half, layout.head))


def ground_of(board: Board) -> str:
    """What is behind the cards of a column."""
    colors = board.theme.colors
    if board.theme.dark:
        return mix(colors.background, "#000000", 0.3)
    return mix(colors.panel, colors.line, 0.55)


class _Drawing(Canvas):
    def __init__(
        self,
        board: Board,
        layout: Layout,
        sizes: Sizes,
        lens: Lens,
        glance: Glance,
        sight: Sight,
        measure: Measure,
    ) -> None:
        super().__init__(board, lens, glance, measure)
        self.layout, self.sizes, self.sight = layout, sizes, sight
        self.column = ground_of(board)
        self.page = self.ground.page
        carried = sight.carried
        self.target: Cell | None = carried.slot.cell if carried and carried.slot else None
        self.in_hand: Collection[ItemId] = frozenset(carried.items) if carried else ()

    def px(self, size: float) -> int:
        return round(size * self.layout.zoom)

    def whole(self) -> list[AnyShape]:
        lens, layout = self.lens, self.layout
        seen = Area(lens.left, lens.top, lens.width, lens.height)
        lanes = layout.bands_in(seen.y, seen.bottom)
        columns = layout.strips_in(seen.x - 4, seen.right)
        for lane in lanes:
            for column in columns:
                self.cell((lane, column))
        for id, area in layout.cards_in(seen):
            self.card(id, area)
        self.landing()
        for lane in lanes if layout.contents.lane_field else ():
            self.lane_head(lane)
        self.box(Area(0, 0, lens.width, layout.head), self.page)
        for column in columns:
            self.head(column)
        self.hand()
        return self.shapes

    def on_target(self, area: Area) -> Area:
        """An area of the board, below the heads, where it is seen."""
        lens = self.lens
        return Area(area.x - lens.left, area.y - lens.top + self.layout.head, area.width, area.height)

    # Grounds

    def cell(self, cell: Cell) -> None:
        """A cell's ground; without swimlanes it reaches down as far as one sees."""
        layout, strip = self.layout, self.layout.strips[cell[1]]
        band = layout.bands[cell[0]]
        if band.folded:
            return
        area = self.on_target(layout.cell_area(cell))
        plain = not layout.contents.lane_field
        top = max(area.y, layout.head) if plain else max(area.y, layout.head - 20)
        bottom = min(max(area.bottom, self.lens.height - 16) if plain else area.bottom, self.lens.height + 20)
        lit = cell == self.target
        refused = lit and self.sight.carried is not None and self.sight.carried.refused
        fill = self.column
        if lit:
            fill = self.colors.danger_soft if refused else mix(self.column, self.colors.accent, 0.14)
        if plain and top < layout.head + 1:
            top -= layout.head / 2  # joined to its head, which is drawn over it
        if bottom > top:
            self.box(Area(area.x, top, area.width, bottom - top), fill, _RADIUS, ref=f"cell:{cell[0]}:{cell[1]}")
        if not strip.folded and not layout.contents.cells[cell] and plain:
            self.invitation(cell, area)

    def invitation(self, cell: Cell, area: Area) -> None:
        """What can be dropped into an empty column."""
        stack, sizes = self.layout.contents.columns[cell[1]], self.sizes
        ink = readable(self.colors.ink3, self.column)
        room = int(area.width - self.px(32))
        y = area.y + self.px(20)
        for text in (say("board.drop_here", title=stack.title), say("board.make_here")):
            for line in _lines(text, room, sizes.small, self.measure):
                x = area.x + (area.width - self.measure(line, sizes.small, False)) / 2
                self.text(x, y, line, ink, sizes.small, self.px(18))
                y += self.px(17)
            y += self.px(4)

    # Heads

    def head(self, column: int) -> None:
        layout, strip = self.layout, self.layout.strips[column]
        stack = layout.contents.columns[column]
        total = self.sight.totals.get(column, layout.contents.totals[column])
        x = strip.x - self.lens.left
        lit = self.target is not None and self.target[1] == column
        refused = lit and self.sight.carried is not None and self.sight.carried.refused
        fill = self.column
        if lit:
            fill = self.colors.danger_soft if refused else mix(self.column, self.colors.accent, 0.14)
        elif self.sight.hovered_head == column:
            fill = mix(self.column, self.colors.ink3, 0.1)
        top = self.px(6)
        flat = not layout.contents.lane_field
        self.box(Area(x, top, strip.width, layout.head - top - (0 if flat else 4)), fill, _RADIUS)
        if flat:
            self.box(Area(x, layout.head - 10, strip.width, 10), fill)
        if strip.folded:
            self.folded(stack, total, x, strip.width, fill)
        else:
            self.open_head(stack, total, x, strip.width, fill, column)

    def open_head(self, stack: Stack, total: Total, x: float, width: float, fill: str, column: int) -> None:
        title_size, small = max(self.px(13), 9), self.sizes.small
        pad, y = self.px(12), self.px(6)
        height = self.layout.head - self.px(8)
        ink, ink2 = readable(self.colors.ink, fill), readable(self.colors.ink2, fill)
        left = x + pad
        field = self.layout.contents.field
        swatch = field == self.board.color_field and stack.value is not None
        if self.sight.hovered_head == column:
            self.mark(Mark(x=left + self.px(4), y=y + height / 2, size=self.px(8), shape="down", fill=ink2))
        elif swatch:
            color = tones(self.board.lane_of(field, stack.value)).fill
            size = self.px(9)
            self.box(Area(left, round(y + (height - size) / 2), size, size), color, self.px(3))
        left += self.px(15) if swatch or self.sight.hovered_head == column else 0
        counted = f"{total.count} / {stack.limit}" if stack.limit is not None else str(total.count)
        over = stack.limit is not None and total.count > stack.limit
        effort = say("board.days", days=number_text(round(total.effort, 1), None)) if total.effort else ""
        end = x + width - pad
        if effort:
            wide = self.measure(effort, small, False) + 1
            self.text(end - wide, y, effort, ink2, small, height, ref=f"effort:{column}")
            end -= wide + self.px(8)
        wide = self.measure(counted, small, True) + 1
        tag = wide + self.px(12)
        ground = self.colors.danger if over else mix(fill, self.colors.ink3, 0.22)
        if over:
            ground = mix(self.colors.danger, "#000000", 0.12)
        high = self.px(20)
        self.box(Area(end - tag, round(y + (height - high) / 2), tag, high), ground, high / 2)
        self.text(
            end - tag + self.px(6),
            y,
            counted,
            readable("#FFFFFF" if over else self.colors.ink, ground),
            small,
            height,
            bold=True,
            ref=f"count:{column}",
        )
        room = int(end - tag - self.px(8) - left)
        title = elide(stack.title, room, title_size, True, self.measure)
        self.text(left, y, title, ink, title_size, height, bold=True, ref=f"column:{column}")

    def folded(self, stack: Stack, total: Total, x: float, width: float, fill: str) -> None:
        """A slim strip: its count, and its name in letters below each other as far as they go."""
        small, y = self.sizes.small, self.px(6)
        text = str(total.count)
        over = stack.limit is not None and total.count > stack.limit
        ink = readable(self.colors.danger if over else self.colors.ink, fill)
        height = self.layout.head - self.px(8)
        self.text(x + (width - self.measure(text, small, True)) / 2, y, text, ink, small, height, bold=True)
        step, top = self.px(15), self.layout.head + self.px(8)
        most = max(int((self.lens.height - top - 24) // step), 1)
        letters = stack.title if len(stack.title) <= most else stack.title[: most - 1] + "…"
        soft = readable(self.colors.ink2, self.column)
        for place, letter in enumerate(letters):
            left = x + (width - self.measure(letter, small, False)) / 2
            self.text(left, top + place * step, letter, soft, small, step)

    def lane_head(self, lane: int) -> None:
        """The name of a swimlane, which stays in sight while its cards are."""
        layout, band = self.layout, self.layout.bands[lane]
        stack = layout.contents.lanes[lane]
        high = layout.lane_height
        y = layout.lane_head_top(lane, self.lens.top) - self.lens.top + layout.head
        self.box(Area(0, y, self.lens.width, high), self.page)
        ink, ink2 = readable(self.colors.ink, self.page), readable(self.colors.ink2, self.page)
        size, small = max(self.px(13), 9), self.sizes.small
        x = self.px(16) + 4
        shape = "right" if band.folded else "down"
        self.mark(Mark(x=x, y=y + high / 2, size=self.px(9), shape=shape, fill=ink2))
        x += self.px(12)
        ids = [id for column in range(len(layout.strips)) for id in layout.contents.cells[lane, column]]
        told = count("timeline.items", len(ids))
        title = elide(stack.title, int(self.lens.width / 2), size, True, self.measure)
        self.text(x, y, title, ink, size, high, bold=True, ref=f"lane:{lane}")
        x += self.measure(title, size, True) + self.px(10)
        self.text(x, y, told, ink2, small, high)

    # Cards

    def card(self, id: ItemId, place: Area) -> None:
        area = self.on_target(place)
        if area.bottom <= self.layout.head:
            return
        pale = id in self.in_hand or id in self.layout.contents.dimmed
        if self.sight.focused and id == self.glance.current and id not in self.in_hand:
            ring = Area(area.x - 3, area.y - 3, area.width + 6, area.height + 6)
            self.box(ring, mix(self.colors.accent, self.column, 0.45), 8.0)
        draw_card(self, self.sizes, self.board.plan.items[id], area, pale)

    # The hand

    def landing(self) -> None:
        """The line where cards in the hand would come to lie."""
        carried = self.sight.carried
        if carried is None or carried.slot is None or not carried.lined:
            return
        if self.layout.strips[carried.slot.cell[1]].folded or self.layout.bands[carried.slot.cell[0]].folded:
            return
        line = self.on_target(self.layout.line_of(carried.slot))
        color = self.colors.danger if carried.refused else self.colors.accent
        self.box(Area(line.x, line.y - 1, line.width, 3), color, 1.5, ref="landing")
        self.mark(Mark(x=line.x, y=line.y + 0.5, size=8, shape="circle", fill=color))

    def hand(self) -> None:
        carried, band, colors = self.sight.carried, self.glance.band, self.colors
        if carried is not None:
            self.carried(carried)
        if band is not None:
            self.box(band, colors.accent, opacity=0.12)
            left, top, right, bottom = band.x, band.y, band.right, band.bottom
            frame = (left, top, right, top, right, top, right, bottom, right, bottom, left, bottom)
            self.shapes.append(Segments(ends=(*frame, left, bottom, left, top), color=colors.accent))

    def carried(self, carried: Carried) -> None:
        """The card under the hand, others behind it, and what the drop would do."""
        plan, sizes = self.board.plan, self.sizes
        first = carried.items[0]
        width, height = sizes.width, sizes.height(plan, first)
        for back in range(min(len(carried.items), 3) - 1, 0, -1):
            behind = Area(carried.x + 4 * back, carried.y + 4 * back, width, height)
            self.box(behind, self.colors.line, 6.0)
            inner = Area(behind.x + 1, behind.y + 1, width - 2, height - 2)
            self.box(inner, self.ground.face, 5.0)
        area = Area(round(carried.x), round(carried.y), width, height)
        self.box(Area(area.x + 2, area.y + 4, width, height), "#000000", 6.0, opacity=0.16)
        draw_card(self, sizes, plan.items[first], area, False)
        if carried.words:
            self.note(carried, area.x, area.bottom + 8)

    def note(self, carried: Carried, x: float, y: float) -> None:
        """What the drop would do, inside of the target's edges."""
        pad, height = 8.0, 24.0
        text = elide(carried.words, int(self.lens.width - 4 * pad), 12.0, False, self.measure)
        width = self.measure(text, 12.0, False) + 1 + 2 * pad
        left = max(pad, min(x, self.lens.width - width - pad))
        top = max(pad, min(y, self.lens.height - height - pad))
        fill = mix(self.colors.danger, "#000000", 0.25) if carried.refused else self.colors.tip
        ink = "#FFFFFF" if carried.refused else self.colors.tip_ink
        self.box(Area(left, top, width, height), fill, 4.0, ref="note")
        self.text(left + pad, top, text, ink, 12.0, height)


def _lines(text: str, room: int, size: float, measure: Measure) -> list[str]:
    """A sentence broken into lines of a width."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and measure(longer, size, False) > room:
            found.append(word)
        else:
            found[-1] = longer
    return [elide(line, room, size, False, measure) for line in found]
