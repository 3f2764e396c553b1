"""The bars of the rows: bars, milestones, parents, and what is drawn with each of them."""

from __future__ import annotations

import msgspec

from ...model.attention import attention_for
from ...model.records import Item, ItemId
from ..palette import Tones, mix
from ..scene import AnyShape, Box, Mark, Polygon
from .frame import BAR, DIAMOND, OVER, RADIUS, ROW, SOFT, TOP, Frame, Part, Spot
from .title_shapes import Titles


class Bars(Part):
    """`shapes` lie over the links, `titles` over all; `spots` are the places of the items, by row."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.shapes: list[AnyShape] = []
        self.titles = Titles(frame)
        self.spots: dict[int, Spot] = {}

    def row(self, place: int) -> None:
        id = self.board.rows[place].item
        if id is None:
            return
        found = self.frame.ends(id)
        if found is None:
            return
        item = self.board.plan.items[id]
        milestone = item.kind == "milestone" and not self.board.plan.outline.is_parent(id)
        spot = Spot(id, place, *found, milestone)
        self.spots[place] = spot
        y = place * ROW
        self.old_place(spot, y)
        if spot.right < self.window.left + 2 or spot.left > self.window.right - 2:
            if id not in self.glance.hints.notes:
                self.out_of_sight(spot, y)
            return
        tones = self.board.tones_of(item)
        if self.board.plan.outline.is_parent(id):
            self.parent(spot, item, tones, y)
        elif milestone:
            self.milestone(spot, item, tones, y)
        else:
            self.bar(spot, item, tones, y)
        self.deadline(item, y)

    def bar(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        width = x1 - x0
        soft = item.precision in SOFT and width > 8
        progress = 100 if self.board.plan.category_of(item) == "done" else item.progress
        split = min(max(spot.left + (spot.right - spot.left) * progress / 100, x0), x1)
        self.ring(item.id, x0, width, y)
        bar = Box(
            x=x0,
            y=y + TOP,
            width=width,
            height=BAR,
            fill=tones.fill,
            radius=RADIUS,
            ref=item.id,
            fade_left=soft,
            fade_right=soft,
        )
        if split >= x1 and not soft:
            self.shapes.append(msgspec.structs.replace(bar, fill=tones.done))
        else:
            self.shapes.append(bar)
            if split > x0 + 1:
                whole = split >= x1
                self.shapes.append(
                    Box(
                        x=x0,
                        y=y + TOP,
                        width=split - x0,
                        height=BAR,
                        fill=tones.done,
                        radius=RADIUS,
                        square_right=not whole,
                        fade_left=soft,
                        fade_right=soft and whole,
                    )
                )
        inset = 0.0
        if item.pinned and width >= 24 and spot.left >= self.window.left:
            self.titles.shapes.append(
                Mark(x=spot.left + 9, y=y + ROW / 2, size=11, shape="pin", fill=tones.ink)
            )
            inset = 11.0
        self.titles.put(spot, item, y, ink=tones.ink, inset=inset)

    def milestone(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        centre = (spot.left + spot.right) / 2
        done = self.board.plan.category_of(item) == "done"
        if item.id in self.glance.hints.takers:
            lit = mix(self.colors.accent, self.colors.background, 0.45)
            self.shapes.append(Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 5, shape="diamond", fill=lit))
        if spot.item in self.glance.selected:
            self.shapes.append(
                Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 6, shape="diamond", fill=self.colors.accent)
            )
            self.shapes.append(
                Mark(
                    x=centre, y=y + ROW / 2, size=DIAMOND + 2.5, shape="diamond", fill=self.colors.background
                )
            )
        elif self.board.schedule.conflicts(item.id) or attention_for(self.board.plan, item):
            fill = self.alarm(item.id)
            self.shapes.append(Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 5, shape="diamond", fill=fill))
        self.shapes.append(
            Mark(x=centre, y=y + ROW / 2, size=DIAMOND, shape="diamond", fill=tones.done, ref=item.id)
        )
        if done:
            self.titles.shapes.append(Mark(x=centre, y=y + ROW / 2, size=6, shape="check", fill=tones.ink))
        self.titles.put(spot, item, y, bold=True)

    def parent(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        """A slim bracket, its title below it; its children carry the colour."""
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        colors = self.colors
        top, thick = y + 4, 3.0
        ink = colors.accent if item.id in self.glance.selected else colors.ink2
        fill = mix(ink, colors.background, 0.45)
        self.shapes.append(Box(x=x0, y=top, width=x1 - x0, height=thick, fill=fill, ref=item.id))
        progress = (self.glance.kept or self.board.schedule).progress(item.id)
        split = min(spot.left + (spot.right - spot.left) * progress / 100, x1)
        if split > x0 + 1:
            self.shapes.append(Box(x=x0, y=top, width=split - x0, height=thick, fill=ink))
        leg = min(6.0, (spot.right - spot.left) / 2)
        for x, inward in ((spot.left, leg), (spot.right, -leg)):
            if x0 <= x <= x1:
                done = ink if (progress > 0 and x == spot.left) or progress >= 100 else fill
                self.shapes.append(Polygon(points=((x, top), (x + inward, top), (x, top + 8)), fill=done))
        self.titles.put_below(spot, item, y)

    def ring(self, id: ItemId, x: float, width: float, y: float) -> None:
        """What draws the eye to a bar: it is selected, or something is wrong with it."""
        glance = self.glance
        if id in glance.hints.loop:
            stroke = self.colors.danger
        elif id == glance.hints.target or id in glance.selected:
            stroke = self.colors.accent
        elif alarm := self.alarm(id):
            stroke = alarm
        elif id in glance.hints.takers:
            stroke = mix(self.colors.accent, self.colors.background, 0.45)
        else:
            return
        self.shapes.append(
            Box(
                x=x - 2.5,
                y=y + TOP - 2.5,
                width=width + 5,
                height=BAR + 5,
                fill=self.colors.background,
                radius=6.5,
                stroke=stroke,
                stroke_width=1.5,
            )
        )

    def alarm(self, id: ItemId) -> str:
        """The colour of what is wrong with an item, if something is."""
        board = self.board
        attention = attention_for(board.plan, board.plan.items[id])
        if board.schedule.conflicts(id) or attention == "blocked":
            return self.colors.danger
        return self.colors.warning if board.late(id) or attention == "risk" else ""

    def deadline(self, item: Item, y: float) -> None:
        if item.deadline is None:
            return
        x = self.axis.x(item.deadline.toordinal() + 1)
        if self.window.left - 6 <= x <= self.window.right + 6:
            ink = self.colors.danger if self.board.late(item.id) else self.colors.ink3
            self.shapes.append(Box(x=x - 0.75, y=y + 3, width=1.5, height=ROW - 6, fill=ink))
            self.shapes.append(Mark(x=x, y=y + 5, size=8, shape="down", fill=ink))

    def old_place(self, spot: Spot, y: float) -> None:
        """Where the item stands without the gesture (dashed), and where the baseline has it (a thin line)."""
        kept, glance = self.glance.kept, self.glance
        if kept is not None and spot.item in glance.hints.ghosts and spot.item in kept:
            x0, x1 = self.axis.x(kept.start[spot.item]), self.axis.x(kept.finish[spot.item])
            if spot.milestone:
                x0, x1 = x0 - DIAMOND / 2, x1 + DIAMOND / 2
            x0, x1 = max(x0, self.window.left - OVER), min(x1, self.window.right + OVER)
            if x1 > x0:
                self.shapes.append(
                    Box(
                        x=x0,
                        y=y + TOP,
                        width=x1 - x0,
                        height=BAR,
                        radius=RADIUS,
                        stroke=self.colors.ink3,
                        dashed=True,
                    )
                )
        baseline = self.board.baseline
        span = baseline.spans.get(spot.item) if baseline is not None else None
        if span is None or self.board.plan.outline.is_parent(spot.item):
            return
        x0, x1 = self.axis.x(span.first.toordinal()), self.axis.x(span.last.toordinal() + 1)
        if abs(x0 - spot.left) < 1 and abs(x1 - spot.right) < 1:
            return
        if spot.milestone:
            x0, x1 = x1 - 5, x1 + 5
        x0, x1 = max(x0, self.window.left), min(x1, self.window.right)
        if x1 > x0:
            self.shapes.append(
                Box(
                    x=x0,
                    y=y + TOP + BAR + 1,
                    width=x1 - x0,
                    height=2,
                    fill=mix(self.colors.ink3, self.colors.background, 0.35),
                )
            )

    def out_of_sight(self, spot: Spot, y: float) -> None:
        """A small arrow at the edge that leads to the bar."""
        left = spot.right < self.window.left + 2
        x = self.window.left + 10 if left else self.window.right - 10
        self.titles.shapes.append(
            Mark(
                x=x,
                y=y + ROW / 2,
                size=8,
                shape="left" if left else "right",
                fill=self.colors.ink3,
                ref=f"to:{spot.item}",
            )
        )
