"""The heads of columns and swimlanes, which stay in sight, as shapes."""

from __future__ import annotations

from collections.abc import Collection

from ...io.strings import count, say
from ...model.records import ItemId
from ..amounts import number_text
from ..drawing.palette import mix, readable, tones
from ..drawing.scene import Mark, Measure
from ..graph.canvas import Canvas
from ..graph.glance import Glance, Lens
from ..graph.layout import Area
from ..timeline.labels import elide
from .contents import Stack, Total
from .layout import Cell
from .sight import Picture, Sight, ground_of

RADIUS = 8.0
"""Of the corners of columns."""


class HeadCanvas(Canvas):
    """Collects the shapes of a board; what its parts share, and its heads."""

    def __init__(self, picture: Picture, lens: Lens, glance: Glance, sight: Sight, measure: Measure) -> None:
        super().__init__(picture.board, lens, glance, measure)
        self.layout, self.sizes, self.faces = picture.layout, picture.sizes, picture.faces
        self.sight = sight
        self.column = ground_of(picture.board)
        self.page = self.ground.page
        carried = sight.carried
        self.target: Cell | None = carried.slot.cell if carried and carried.slot else None
        self.in_hand: Collection[ItemId] = frozenset(carried.items) if carried else ()

    def px(self, size: float) -> int:
        return round(size * self.layout.zoom)

    def on_target(self, area: Area) -> Area:
        """An area of the board, below the heads, where it is seen."""
        lens = self.lens
        return Area(area.x - lens.left, area.y - lens.top + self.layout.head, area.width, area.height)

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
        self.box(Area(x, top, strip.width, layout.head - top - (0 if flat else 4)), fill, RADIUS)
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
        """Of a slim strip there is room for the count alone."""
        small, y = self.sizes.small, self.px(6)
        text = str(total.count)
        over = stack.limit is not None and total.count > stack.limit
        ink = readable(self.colors.danger if over else self.colors.ink, fill)
        height = self.layout.head - self.px(8)
        self.text(x + (width - self.measure(text, small, True)) / 2, y, text, ink, small, height, bold=True)

    def letters(self, column: int) -> None:
        """The name of a folded column: letters below each other, as far as they go."""
        layout, strip, small = self.layout, self.layout.strips[column], self.sizes.small
        title, step = layout.contents.columns[column].title, self.px(15)
        top = layout.head + self.px(8) + (layout.lane_height if layout.contents.lane_field else 0)
        most = max(int((self.lens.height - top - 24) // step), 1)
        ink = readable(self.colors.ink2, self.column)
        for place, letter in enumerate(title if len(title) <= most else title[: most - 1] + "…"):
            left = strip.x - self.lens.left + (strip.width - self.measure(letter, small, False)) / 2
            self.text(left, top + place * step, letter, ink, small, step)

    def lane_head(self, lane: int) -> None:
        """The name of a swimlane, which stays in sight while its cards are."""
        layout, band = self.layout, self.layout.bands[lane]
        stack = layout.contents.lanes[lane]
        high = layout.lane_height
        y = layout.lane_head_top(lane, self.lens.top) - self.lens.top + layout.head
        self.box(Area(0, y, self.lens.width, high), self.page)
        ink, ink2 = readable(self.colors.ink, self.page), readable(self.colors.ink2, self.page)
        size, small = max(self.px(13), 9), self.sizes.small
        x = self.px(16) + 4.0
        middle, mark = y + high / 2, self.px(9)
        self.mark(Mark(x=x, y=middle, size=mark, shape="right" if band.folded else "down", fill=ink2))
        x += self.px(12)
        ids = [id for column in range(len(layout.strips)) for id in layout.contents.cells[lane, column]]
        told = count("timeline.items", len(ids))
        title = elide(stack.title, int(self.lens.width / 2), size, True, self.measure)
        self.text(x, y, title, ink, size, high, bold=True, ref=f"lane:{lane}")
        x += self.measure(title, size, True) + self.px(10)
        self.text(x, y, told, ink2, small, high)
