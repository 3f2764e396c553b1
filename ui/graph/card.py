"""One card close up: stripe, diamond or bracket, sign and key, owner, title in two lines, dates, progress."""

from __future__ import annotations

from ...io.strings import count, say
from ...model.attention import attention_for
from ...model.records import Item
from .. import dates
from ..drawing.palette import mix, readable
from ..drawing.scene import Mark, Point, Polygon, Text
from ..timeline.board import Board
from ..timeline.labels import elide
from .canvas import Canvas
from .layout import CARD_HEIGHT, CARD_WIDTH, Area
from .wrap import wrap

_TITLE = 13.0
_SMALL = 11.0
_RADIUS = 6.0
_STRIPE = 4.0
_PAD = 9.0


def draw_card(canvas: Canvas, item: Item, area: Area, faded: bool) -> None:
    """Draw an item's card into an area of the target; a low area makes a small card of two lines."""
    _Card(canvas, item, area, faded).whole()


class _Card:
    def __init__(self, canvas: Canvas, item: Item, area: Area, faded: bool) -> None:
        self.canvas, self.item, self.area, self.faded = canvas, item, area, faded
        self.board, self.colors, self.measure = canvas.board, canvas.colors, canvas.measure
        self.scale = area.width / CARD_WIDTH
        self.tones = self.board.tones_of(item)
        self.parent = self.board.plan.outline.is_parent(item.id)
        self.milestone = item.kind == "milestone" and not self.parent
        self.low = area.height < CARD_HEIGHT * self.scale * 0.7
        self.face = self._face()
        self.title_size, self.small = round(_TITLE * self.scale), round(_SMALL * self.scale)
        self.left = 34.0 if self.milestone else 15.0
        """Where the text begins, in pixels of zoom 1."""

    def _face(self) -> str:
        glance = self.canvas.glance
        if self.item.id in glance.loop:
            return self.colors.danger_soft
        if self.item.id in glance.selected or self.item.id == glance.target:
            return self.colors.selection
        return self.canvas.ground.face

    def whole(self) -> None:
        self.body()
        self.top_line()
        self.title()
        if not self.low:
            self.bottom_line()
            self.progress()

    # Colours and places

    def at(self, x: float, y: float) -> Point:
        """A place on the card, of zoom 1, on the target."""
        return self.area.x + x * self.scale, self.area.y + y * self.scale

    def paint(self, color: str) -> str:
        return self.canvas.dim(color) if self.faded else color

    def ink(self, color: str) -> str:
        """A text colour that can be read on the card; faded with the card."""
        return self.paint(readable(color, self.face))

    # Parts

    def body(self) -> None:
        """Edge, stripe, face: filled boxes over each other, cheaper than strokes, clean at the corners."""
        area, canvas = self.area, self.canvas
        stroke = canvas.stroke_of(self.item)
        hovered = self.item.id == canvas.glance.hovered
        edge = 2.0 if stroke else 1.0
        radius = max(_RADIUS * self.scale, 3.0)
        line = self.paint(stroke or (self.colors.ink3 if hovered else self.colors.line))
        face = mix(self.face, canvas.ground.page, 0.5) if self.faded else self.face
        striped = not (self.parent or self.milestone)
        stripe = round(_STRIPE * self.scale) if striped else 0
        if striped:
            ring = edge if stroke else 0.0
            if stroke:
                canvas.box(area, line, radius)
            flush = Area(area.x + ring, area.y + ring, area.width - 2 * ring, area.height - 2 * ring)
            canvas.box(flush, self.paint(self.tones.fill), radius - ring)
            area = Area(area.x + ring + stripe, area.y, area.width - ring - stripe, area.height)
        canvas.box(area, line, radius, square_left=striped)
        left = 0.0 if striped else edge
        inner = Area(area.x + left, area.y + edge, area.width - left - edge, area.height - 2 * edge)
        canvas.box(inner, face, radius - edge, ref=self.item.id, square_left=striped)
        area = self.area
        if self.parent:
            self.bracket()
        if self.milestone:
            x, y = self.at(18, 20) if self.low else (self.at(18, 0)[0], area.middle)
            size = round(15 * self.scale)
            canvas.mark(Mark(x=x, y=y, size=size, shape="diamond", fill=self.paint(self.tones.done)))

    def bracket(self) -> None:
        """The sign of a parent, as on the timeline: a slim bar with its ends turned down."""
        area, canvas = self.area, self.canvas
        fill = self.paint(mix(self.colors.ink2, self.face, 0.25))
        leg, deep = 7 * self.scale, 12 * self.scale
        canvas.box(Area(area.x, area.y, area.width, round(4 * self.scale)), fill)
        for x, inward in ((area.x, leg), (area.right, -leg)):
            corners = ((x, area.y), (x + inward, area.y), (x, area.y + deep))
            canvas.shapes.append(Polygon(points=corners, fill=fill))

    def top_line(self) -> None:
        canvas, scale = self.canvas, self.scale
        x, y = self.at(self.left, 4 if self.low else 7)
        height = 16 * scale
        sign = sign_of(self.board, self.item)
        place = x + 4 * scale, y + height / 2
        fill = self.paint(sign.fill)
        canvas.mark(Mark(x=place[0], y=place[1], size=round(sign.size * scale), shape=sign.shape, fill=fill))
        owner = self.owner(y, height)
        start = x + 14 * scale
        room = int(self.area.right - _PAD * scale - owner - start)
        text = elide(self.name(), room, self.small, False, self.measure)
        canvas.text(start, y, text, self.ink(self.colors.ink3), self.small, height)

    def name(self) -> str:
        """The key, and what there is no other place for."""
        if self.parent:
            children = self.board.plan.outline.children[self.item.id]
            return f"{self.item.key} · {count('graph.items', len(children))}"
        return f"{self.item.key} · {self.when()}" if self.low else self.item.key

    def owner(self, y: float, height: float) -> float:
        """The initials of who owns the item, at the right; the room they take."""
        person = self.board.plan.people.get(self.item.owner) if self.item.owner else None
        if person is None:
            return 0.0
        size = round(18 * self.scale)
        fill = mix(self.colors.line, self.colors.ink3, 0.12)
        x, y = self.area.right - size - round(8 * self.scale), round(y + (height - size) / 2)
        self.canvas.box(Area(x, y, size, size), self.paint(fill), size / 2, ref=f"owner:{person.id}")
        self.canvas.shapes.append(
            Text(
                x=x,
                y=y,
                width=size,
                height=size,
                text=dates.initials(person.name),
                color=self.paint(readable(self.colors.ink2, fill)),
                size=max(round(9 * self.scale), 7),
                bold=True,
                align="center",
            )
        )
        return size + 4 * self.scale

    def title(self) -> None:
        item = self.item
        x, y = self.at(self.left, 20 if self.low else 25)
        bold = self.parent or self.milestone
        room = int(self.area.right - _PAD * self.scale - x)
        height = 16.5 * self.scale
        ink = self.ink(self.colors.ink if item.title else self.colors.ink2)
        lines = 1 if self.low else 2
        for text in wrap(item.title or item.key, room, lines, self.title_size, bold, self.measure):
            self.canvas.text(x, y, text, ink, self.title_size, height, bold=bold, ref=item.id)
            y += height

    def bottom_line(self) -> None:
        board, item, canvas = self.board, self.item, self.canvas
        x, y = self.at(self.left, 62)
        height = 15 * self.scale
        room = self.area.right - _PAD * self.scale - x
        progress = board.schedule.progress(item.id)
        if 0 < progress < 100:
            text = f"{progress} %"
            wide = self.measure(text, self.small, False) + 1
            canvas.text(x + room - wide, y, text, self.ink(self.colors.ink2), self.small, height)
            room -= wide + 6 * self.scale
        critical = item.id in board.schedule and board.schedule.critical(item.id)
        color = self.colors.accent if critical else self.colors.ink2
        if board.late(item.id):
            color = self.colors.danger
        text = elide(self.when(), int(room), self.small, False, self.measure)
        canvas.text(x, y, text, self.ink(color), self.small, height)

    def when(self) -> str:
        """The item's days, or where it waits for them."""
        found = self.board.days_of(self.item.id)
        if found is not None:
            return dates.span(*found, years=True)
        return say(f"horizon.{self.item.horizon}") if self.item.horizon else say("graph.no_date")

    def progress(self) -> None:
        done = self.board.plan.category_of(self.item) == "done"
        share = 100 if done else self.board.schedule.progress(self.item.id)
        if not share:
            return
        x, y = self.at(self.left, 80)
        width = self.area.right - _PAD * self.scale - x
        thick = max(round(3 * self.scale), 2)
        track, part = Area(x, y, width, thick), Area(x, y, max(width * share / 100, thick), thick)
        self.canvas.box(track, self.paint(self.colors.line), thick / 2)
        ref = f"progress:{self.item.id}"
        self.canvas.box(part, self.paint(self.tones.done), thick / 2, ref=ref)


def sign_of(board: Board, item: Item) -> Mark:
    """How the item stands, by shape as well as by colour; the same signs as in the timeline's table."""
    colors = board.theme.colors
    category = board.plan.category_of(item)
    attention = attention_for(board.plan, item)
    if board.schedule.conflicts(item.id) or attention == "blocked":
        return Mark(x=0, y=0, size=9, shape="square", fill=colors.danger)
    if board.late(item.id) or attention == "risk":
        return Mark(x=0, y=0, size=10, shape="triangle", fill=colors.warning)
    if category == "done":
        return Mark(x=0, y=0, size=9, shape="check", fill=colors.success)
    if category == "doing":
        return Mark(x=0, y=0, size=7, shape="circle", fill=colors.accent)
    return Mark(x=0, y=0, size=8, shape="ring", fill=colors.ink3)
