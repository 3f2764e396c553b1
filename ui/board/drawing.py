"""The board as shapes: the grounds of columns, the cards in sight, and what the hand is doing."""

from __future__ import annotations

from ...io.strings import say
from ...model.records import ItemId
from ..drawing.palette import mix, readable
from ..drawing.scene import AnyShape, Mark, Measure, Segments
from ..graph.canvas import Canvas
from ..graph.glance import Glance, Lens
from ..graph.layout import Area
from ..timeline.labels import elide
from ..timeline.moving import moved
from .card import draw_card
from .heads import RADIUS, HeadCanvas
from .layout import Cell
from .sight import Carried, Picture, Sight

_MOST_FACES = 2000
"""Cards whose shapes are kept."""


def draw(picture: Picture, lens: Lens, glance: Glance, sight: Sight, measure: Measure) -> list[AnyShape]:
    """Everything that can be seen; `lens` looks at the board below the heads."""
    return _Drawing(picture, lens, glance, sight, measure).whole()


class _Drawing(HeadCanvas):
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
        for column in columns:
            if layout.strips[column].folded:
                self.letters(column)
        for lane in lanes if layout.contents.lane_field else ():
            self.lane_head(lane)
        self.box(Area(0, 0, lens.width, layout.head), self.page)
        for column in columns:
            self.head(column)
        self.hand()
        return self.shapes

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
            self.box(
                Area(area.x, top, area.width, bottom - top), fill, RADIUS, ref=f"cell:{cell[0]}:{cell[1]}"
            )
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

    # Cards

    def card(self, id: ItemId, place: Area) -> None:
        area = self.on_target(place)
        if area.bottom <= self.layout.head:
            return
        pale = id in self.in_hand or id in self.layout.contents.dimmed
        if self.sight.focused and id == self.glance.current and id not in self.in_hand:
            ring = Area(area.x - 3, area.y - 3, area.width + 6, area.height + 6)
            self.box(ring, mix(self.colors.accent, self.column, 0.45), 8.0)
        glance = self.glance
        key = (id, pale, id in glance.selected, id == glance.hovered)
        shapes = self.faces.get(key)
        if shapes is None:
            at_origin = Area(0, 0, area.width, area.height)
            canvas = Canvas(self.board, self.lens, glance, self.measure)
            draw_card(canvas, self.sizes, self.board.plan.items[id], at_origin, pale)
            if len(self.faces) >= _MOST_FACES:
                self.faces.clear()
            shapes = self.faces[key] = canvas.shapes
        self.shapes += moved(shapes, area.x, area.y)

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
