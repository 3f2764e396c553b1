"""One card of the board: stripe, sign and key, owner, title, tags, days, effort and progress."""

from __future__ import annotations

from collections.abc import Iterator

from ...io.strings import say
from ...model.attention import attention_for
from ...model.fields import fields_of, text_of
from ...model.records import Item
from .. import dates
from ..amounts import number_text
from ..drawing.palette import mix, readable
from ..drawing.scene import Mark, Text
from ..graph.canvas import Canvas
from ..graph.card import sign_of
from ..graph.layout import Area
from ..timeline.labels import elide
from .sizes import CHIP_KINDS, Sizes

_RADIUS = 6
_STRIPE = 4


def draw_card(canvas: Canvas, sizes: Sizes, item: Item, area: Area, pale: bool) -> None:
    """Draw an item's card into an area of the target, as high as `sizes` says."""
    _Card(canvas, sizes, item, area, pale).whole()


class _Card:
    def __init__(self, canvas: Canvas, sizes: Sizes, item: Item, area: Area, pale: bool) -> None:
        self.canvas, self.sizes, self.item, self.area, self.pale = canvas, sizes, item, area, pale
        self.board, self.colors, self.px = canvas.board, canvas.colors, sizes.px
        self.tones = self.board.tones_of(item)
        chosen = item.id in canvas.glance.selected
        self.face = self.colors.selection if chosen else canvas.ground.face
        if pale:
            self.face = mix(self.face, canvas.ground.page, 0.5)
        self.left = area.x + sizes.left
        self.end = area.right - sizes.right
        """Where the text ends."""

    def whole(self) -> None:
        sizes, y = self.sizes, self.area.y + self.sizes.top
        self.body()
        self.head(y)
        y = self.title(y + sizes.head)
        if sizes.full:
            if sizes.has_chips(self.item):
                self.chips(y)
                y += sizes.chips
            self.foot(y)
            self.progress(y + sizes.foot)

    def paint(self, color: str) -> str:
        return self.canvas.dim(color) if self.pale else color

    def ink(self, color: str) -> str:
        return readable(mix(color, self.face, 0.35) if self.pale else color, self.face)

    def write(self, x: float, y: float, text: str, color: str, height: float, *, bold: bool = False) -> None:
        self.canvas.text(x, y, text, color, self.sizes.small, height, bold=bold)

    # Parts

    def body(self) -> None:
        """Edge, stripe, face: filled boxes over each other, cheaper than strokes, clean at the corners."""
        area, canvas, item = self.area, self.canvas, self.item
        stroke = canvas.stroke_of(item)
        hovered = item.id == canvas.glance.hovered
        edge, radius = 2.0 if stroke else 1.0, max(self.px(_RADIUS), 3)
        line = self.paint(stroke or (self.colors.ink3 if hovered else self.colors.line))
        ring, stripe = (edge if stroke else 0.0), max(self.px(_STRIPE), 2)
        if stroke:
            canvas.box(area, line, radius)
        flush = Area(area.x + ring, area.y + ring, area.width - 2 * ring, area.height - 2 * ring)
        canvas.box(flush, self.paint(self.tones.fill), radius - ring)
        rest = Area(area.x + ring + stripe, area.y, area.width - ring - stripe, area.height)
        canvas.box(rest, line, radius, square_left=True)
        inner = Area(rest.x, rest.y + edge, rest.width - edge, rest.height - 2 * edge)
        canvas.box(inner, self.face, radius - edge, ref=item.id, square_left=True)

    def head(self, y: float) -> None:
        """Sign, key, what is wrong, and who owns it."""
        sizes, canvas = self.sizes, self.canvas
        sign = sign_of(self.board, self.item)
        mark = Mark(
            x=self.left + self.px(4),
            y=y + sizes.head / 2,
            size=self.px(sign.size),
            shape=sign.shape,
            fill=self.paint(sign.fill),
        )
        canvas.mark(mark)
        x, end = self.left + self.px(14), self.end - self.owner(y)
        key = elide(self.item.key, int(end - x), sizes.small, False, canvas.measure)
        self.write(x, y, key, self.ink(self.colors.ink3), sizes.head)
        wrong = self.wrong()
        x += canvas.measure(key, sizes.small, False) + self.px(6)
        text = elide(wrong, int(end - x), sizes.small, True, canvas.measure) if wrong and end > x else ""
        if text:
            color = self.colors.danger if sign.shape == "square" else self.colors.warning
            self.write(x, y, text, self.ink(color), sizes.head, bold=True)

    def wrong(self) -> str:
        """In a word or two."""
        attention = attention_for(self.board.plan, self.item)
        if self.board.schedule.conflicts(self.item.id):
            return say("board.conflict")
        if attention == "blocked":
            return say("board.blocked")
        if self.board.late(self.item.id):
            return say("board.late")
        return say("board.at_risk") if attention == "risk" else ""

    def owner(self, y: float) -> float:
        """The initials of who owns the item, at the right; the room they take."""
        person = self.board.plan.people.get(self.item.owner) if self.item.owner else None
        if person is None:
            return 0.0
        size, fill = self.px(18), mix(self.colors.line, self.colors.ink3, 0.12)
        x, top = self.end - size + self.px(2), round(y + (self.sizes.head - size) / 2)
        self.canvas.box(Area(x, top, size, size), self.paint(fill), size / 2, ref=f"owner:{person.id}")
        self.canvas.shapes.append(
            Text(
                x=x,
                y=top,
                width=size,
                height=size,
                text=dates.initials(person.name),
                color=readable(self.colors.ink2, self.paint(fill)),
                size=max(self.px(9), 7),
                bold=True,
                align="center",
            )
        )
        return size + self.px(4)

    def title(self, y: float) -> float:
        """The title; where it ends."""
        sizes, item, x = self.sizes, self.item, self.left
        if item.kind == "milestone":
            middle, size = y + sizes.line / 2, self.px(13)
            fill = self.paint(self.tones.done)
            self.canvas.mark(Mark(x=x + size / 2, y=middle, size=size, shape="diamond", fill=fill))
            x += sizes.diamond
        ink = self.ink(self.colors.ink if item.title else self.colors.ink2)
        for line in sizes.title_lines(item):
            self.canvas.text(x, y, line, ink, sizes.title, sizes.line, ref=item.id)
            y += sizes.line
        return y

    def chips(self, y: float) -> None:
        """Tags and own fields, as many as there is room for; then how many more."""
        sizes, measure, canvas = self.sizes, self.canvas.measure, self.canvas
        fill = self.paint(mix(self.colors.line, self.canvas.ground.face, 0.4))
        ink, pad, x, texts = readable(self.colors.ink2, fill), self.px(6), self.left, list(self.told())
        for place, text in enumerate(texts):
            rest = len(texts) - place - 1
            more = f"+{rest}" if rest else ""
            kept = measure(more, sizes.small, False) + self.px(6) if more else 0
            room = self.end - x - kept - 2 * pad
            wide = measure(text, sizes.small, False) + 1
            if wide > room and place:
                left = f"+{rest + 1}"
                self.write(x, y + self.px(3), left, self.ink(self.colors.ink2), self.px(18))
                return
            if wide > room:
                text = elide(text, int(room), sizes.small, False, measure)
                wide = measure(text, sizes.small, False) + 1
            canvas.box(Area(x, y + self.px(3), wide + 2 * pad, self.px(18)), fill, self.px(4))
            self.write(x + pad, y + self.px(3), text, ink, self.px(18))
            x += wide + 2 * pad + self.px(4)

    def told(self) -> Iterator[str]:
        """What the chips say."""
        yield from self.item.tags
        if self.item.custom:
            plan = self.board.plan
            for field in fields_of(plan).values():
                if field.own is None or field.kind not in CHIP_KINDS or field.own.id not in self.item.custom:
                    continue
                value = field.read(plan, self.board.schedule, self.item)
                yield field.own.title if field.kind == "flag" else text_of(field, plan, value)

    def foot(self, y: float) -> None:
        """Days at the left, effort and progress at the right."""
        board, item, sizes, measure = self.board, self.item, self.sizes, self.canvas.measure
        right = []
        if item.effort is not None:
            right.append(say("board.days", days=number_text(item.effort, None)))
        if 0 < item.progress < 100:
            right.append(f"{item.progress} %")
        room, ink = self.end - self.left, self.ink(self.colors.ink2)
        if right:
            text = elide(" · ".join(right), int(room / 2), sizes.small, False, measure)
            wide = measure(text, sizes.small, False) + 1
            self.write(self.end - wide, y, text, ink, sizes.foot)
            room -= wide + self.px(8)
        # slack costs a pass over the whole plan: in the frames of a drag that waits until the hand lets go
        critical = not board.hasty and item.id in board.schedule and board.schedule.critical(item.id)
        color = self.colors.accent if critical else self.colors.ink2
        if board.late(item.id):
            color = self.colors.danger
        text = elide(self.when(), int(room), sizes.small, False, measure)
        self.write(self.left, y, text, self.ink(color), sizes.foot)

    def when(self) -> str:
        """The item's days, or where it waits for them."""
        found = self.board.days_of(self.item.id)
        if found is not None:
            return dates.span(*found, years=bool(self.board.years()))
        return say(f"horizon.{self.item.horizon}") if self.item.horizon else say("graph.no_date")

    def progress(self, y: float) -> None:
        done = self.board.plan.category_of(self.item) == "done"
        share = 100 if done else self.item.progress
        if not share:
            return
        width, thick = self.end - self.left, max(self.px(3), 2)
        self.canvas.box(Area(self.left, y + 1, width, thick), self.paint(self.colors.line), thick / 2)
        part = Area(self.left, y + 1, max(width * share / 100, thick), thick)
        self.canvas.box(part, self.paint(self.tones.done), thick / 2, ref=f"progress:{self.item.id}")
