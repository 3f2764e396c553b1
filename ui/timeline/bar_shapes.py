"""The bars of the rows: bars, milestones, parents, and what is drawn with each of them."""

from __future__ import annotations

from functools import cache

from ...model.records import Item, ItemId
from ..drawing.palette import Tones, mix
from ..drawing.scene import AnyShape, Box, Mark, Polygon
from .frame import BAR, BRACKET, DIAMOND, OVER, RADIUS, ROW, SOFT, TOP, Frame, Part, Spot
from .labels import PAD
from .signs import PIN, SIGNS, Sign, state_of
from .title_shapes import FLAG, Titles

_ASIDE = 4.0
"""Pixels that a title keeps from the bars of others in its row."""
_SOFT_END = 15.0
"""Pixels over which a soft end fades, at most."""
_FADE = (0.85, 0.77, 0.69, 0.60, 0.51, 0.42, 0.33, 0.24, 0.15, 0.07)
"""How pale the steps of a soft end are, the outermost first: at 300 % they are still hardly told apart."""
_SIGN = 14.0
"""Pixels that a sign in a bar takes up."""
_OUTSIDE = ("blocked", "risk")
"""States that a milestone has no room to show: their signs stand beside it."""


class Bars(Part):
    """`shapes` lie over the links, `titles` over all; `spots` are the places of the items in the rows."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.shapes: list[AnyShape] = []
        self.titles = Titles(frame)
        self.spots: dict[ItemId, Spot] = {}

    def row(self, place: int) -> None:
        """Draw the item of a row, or those that share it: a title gives way to the bars beside its own."""
        items = self.frame.items(place, self.window.left, self.window.right)
        found = [spot for id in items if (spot := self.spot(id, place)) is not None]
        low, high = self.window.left + 2, self.window.right - 6
        self.titles.taken = []
        for n, spot in enumerate(found):
            self.spots[spot.item] = spot
            before = found[n - 1].right + _ASIDE if n else low
            after = found[n + 1].left - _ASIDE if n + 1 < len(found) else high
            self.titles.free = (max(low, before), min(high, after))
            self.item(spot, alone=len(found) == 1)

    def spot(self, id: ItemId, place: int) -> Spot | None:
        ends = self.frame.ends(id)
        if ends is None:
            return None
        milestone = self.board.plan.items[id].kind == "milestone"
        return Spot(id, place, *ends, milestone and not self.board.plan.outline.is_parent(id))

    def item(self, spot: Spot, alone: bool) -> None:
        item, y = self.board.plan.items[spot.item], spot.row * ROW
        self.old_place(spot, y)
        if spot.right < self.window.left + 2 or spot.left > self.window.right - 2:
            if alone and spot.item not in self.glance.hints.notes:
                self.out_of_sight(spot, y)
            return
        tones = self.frame.tones(item)
        if self.board.plan.outline.is_parent(spot.item):
            self.deadline(item, spot, y)
            self.parent(spot, item, y)
        elif spot.milestone:
            self.deadline(item, spot, y)
            self.milestone(spot, item, tones, y)
        else:
            self.bar(spot, item, tones, y)

    def bar(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        soft = item.precision in SOFT and spot.right - spot.left > 12
        end = min(_SOFT_END, (spot.right - spot.left) / 3) if soft else 0.0
        progress = self.frame.progress(item)
        split = spot.left + (spot.right - spot.left) * progress / 100
        self.ring(item.id, x0, x1 - x0, y)
        if soft:
            self.fade(spot.left + end, -end, tones.done if progress else tones.fill, y)
            self.fade(spot.right - end, end, tones.done if progress >= 100 else tones.fill, y)
        self.body((max(x0, spot.left + end), min(x1, spot.right - end)), split, tones, y, soft, item.id)
        self.deadline(item, spot, y)
        self.inscribe(spot, item, tones, y, end)

    def body(
        self, ends: tuple[float, float], split: float, tones: Tones, y: float, soft: bool, id: ItemId
    ) -> None:
        """The solid part of a bar, done up to `split`."""
        x0, x1 = ends
        if x1 <= x0:
            return
        whole = split >= x1
        radius = 0.0 if soft else RADIUS
        fill = tones.done if whole else tones.fill
        self.shapes.append(Box(x=x0, y=y + TOP, width=x1 - x0, height=BAR, fill=fill, radius=radius, ref=id))
        if not whole and split > x0 + 1:
            self.shapes.append(
                Box(
                    x=x0,
                    y=y + TOP,
                    width=split - x0,
                    height=BAR,
                    fill=tones.done,
                    radius=radius,
                    square_right=True,
                )
            )

    def fade(self, x: float, reach: float, fill: str, y: float) -> None:
        """A soft end: from `x` on, the bar fades in steps; `reach` is negative to the left.

        Each step reaches from under the solid part to its end, so that no seam is seen between two of them.
        """
        within = x - (1.5 if reach > 0 else -1.5)
        for step, color in enumerate(_fading(fill, self.colors.background)):
            low, high = sorted((within, x + reach * (1 - step / len(_FADE))))
            if high > self.window.left - OVER and low < self.window.right + OVER:
                self.shapes.append(Box(x=low, y=y + TOP, width=high - low, height=BAR, fill=color))

    def inscribe(self, spot: Spot, item: Item, tones: Tones, y: float, end: float) -> None:
        """Signs and title of a bar: inside where there is room, at its beginning or the window's edge."""
        state = state_of(self.board, item)
        signs = [SIGNS[state]] if state in ("blocked", "risk", "done") else []
        if item.pinned:
            signs.append(PIN)
        left, right = max(spot.left, self.window.left + 2) + end, min(spot.right, self.window.right - 6) - end
        inside = right - left >= len(signs) * _SIGN + 6
        before = PAD + end
        if inside:
            for sign in signs:
                x = left + before - end + sign.size / 2 - 1
                self.titles.shapes.append(sign.at(x, y + ROW / 2, self.colors, tones.ink))
                before += _SIGN
        self.titles.put(
            spot, item, y, ink=tones.ink, inside=(before, PAD + end), signs=() if inside else signs
        )

    def milestone(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        x, middle = (spot.left + spot.right) / 2, y + ROW / 2
        colors, state = self.colors, state_of(self.board, item)

        def diamond(more: float, fill: str, ref: str = "") -> None:
            self.shapes.append(Mark(x=x, y=middle, size=DIAMOND + more, shape="diamond", fill=fill, ref=ref))

        if item.id in self.glance.hints.takers:
            diamond(5, mix(colors.accent, colors.background, 0.45))
        if stroke := self.stroke(item.id):
            diamond(6, stroke)
            diamond(2.5, colors.background)
        diamond(0, tones.done, item.id)
        if state == "done":
            self.titles.shapes.append(Mark(x=x, y=middle, size=6, shape="check", fill=tones.ink))
        signs: list[Sign] = [SIGNS[state]] if state in _OUTSIDE else []
        if item.pinned:
            signs.append(PIN)
        self.titles.put(spot, item, y, bold=True, signs=signs)

    def parent(self, spot: Spot, item: Item, y: float) -> None:
        """A slim bracket, its title below it; its children carry the colour."""
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        colors = self.colors
        thick = 3.0
        top = y + BRACKET - thick / 2 + 0.5
        ink = colors.accent if item.id in self.glance.selected else colors.ink2
        if self.frame.faint(item.id):
            ink = mix(ink, colors.background, 0.6)
        fill = mix(ink, colors.background, 0.45)
        self.shapes.append(Box(x=x0, y=top, width=x1 - x0, height=thick, fill=fill, ref=item.id))
        progress = self.frame.progress(item)
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
        stroke = self.stroke(id)
        if not stroke and id in self.glance.hints.takers:
            stroke = mix(self.colors.accent, self.colors.background, 0.45)
        if stroke:
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

    def stroke(self, id: ItemId) -> str:
        """The colour of the ring around an item, if it has one."""
        glance, colors = self.glance, self.colors
        if id in glance.hints.loop:
            return colors.danger
        if id == glance.hints.target or id in glance.selected or id in self.frame.linked:
            return colors.accent
        if self.frame.faint(id):
            return ""
        state = state_of(self.board, self.board.plan.items[id])
        return {"blocked": colors.danger, "risk": colors.warning}.get(state, "")

    def deadline(self, item: Item, spot: Spot, y: float) -> None:
        """A line with an arrow on top; where it crosses the bar, the bar leaves it a gap."""
        if item.deadline is None:
            return
        x = self.axis.x(item.deadline.toordinal() + 1)
        if not self.window.left - FLAG <= x <= self.window.right + FLAG:
            return
        colors = self.colors
        ink = colors.danger if self.board.late(item.id) else colors.ink3
        if spot.left < x < spot.right and not spot.milestone:
            gap = Box(x=x - 2.25, y=y + TOP, width=4.5, height=BAR, fill=colors.background)
            self.shapes.append(gap)
        self.shapes.append(Box(x=x - 0.75, y=y + 3, width=1.5, height=ROW - 6, fill=ink))
        self.shapes.append(Mark(x=x, y=y + 4, size=8, shape="down", fill=ink))
        self.titles.taken.append((x - FLAG, x + FLAG))

    def old_place(self, spot: Spot, y: float) -> None:
        """Where the item stands without the gesture (dashed), and where the baseline has it (a thin line)."""
        kept, hints = self.glance.kept, self.glance.hints
        in_hand = spot.item in hints.ghosts
        if kept is not None and spot.item in kept and (in_hand or self.follows(spot.item)):
            ink = self.colors.ink3 if in_hand else mix(self.colors.ink3, self.colors.background, 0.55)
            x0, x1 = self.axis.x(kept.start[spot.item]), self.axis.x(kept.finish[spot.item])
            if spot.milestone:
                self.shapes.append(
                    Mark(
                        x=x0,
                        y=y + ROW / 2,
                        size=DIAMOND,
                        shape="diamond",
                        fill=self.colors.background,
                        stroke=ink,
                    )
                )
            x0, x1 = max(x0, self.window.left - OVER), min(x1, self.window.right + OVER)
            if x1 > x0:
                box = Box(x=x0, y=y + TOP, width=x1 - x0, height=BAR, radius=RADIUS, stroke=ink, dashed=True)
                self.shapes.append(box)
            beside = ((x0, min(x1, spot.left)), (max(x0, spot.right), x1))
            self.titles.taken += (one for one in beside if one[0] < one[1])
        self.ghost(spot, y)

    def follows(self, id: ItemId) -> bool:
        """Whether a gesture takes an item along that is not in the hand."""
        kept = self.glance.kept
        return kept is not None and not self.board.plan.outline.is_parent(id) and self.board.moves(id, kept)

    def ghost(self, spot: Spot, y: float) -> None:
        """The baseline's place of the item, where it is another than now's."""
        baseline = self.frame.baseline
        span = baseline.spans.get(spot.item) if baseline is not None else None
        if span is None or self.board.plan.outline.is_parent(spot.item):
            return
        x0, x1 = self.axis.x(span.first.toordinal()), self.axis.x(span.last.toordinal() + 1)
        if spot.milestone:
            x0, x1 = x1 - DIAMOND / 2, x1 + DIAMOND / 2
        if abs(x0 - spot.left) < 1 and abs(x1 - spot.right) < 1:
            return
        x0, x1 = max(x0, self.window.left), min(x1, self.window.right)
        if x1 > x0:
            fill = mix(self.colors.ink3, self.colors.background, 0.35)
            self.shapes.append(Box(x=x0, y=y + TOP + BAR + 1, width=x1 - x0, height=2, fill=fill))

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


@cache
def _fading(fill: str, background: str) -> tuple[str, ...]:
    """The colours of a soft end, the outermost first."""
    return tuple(mix(fill, background, share) for share in _FADE)
