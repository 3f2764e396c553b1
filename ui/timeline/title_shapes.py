"""The titles of the bars, and the tags beside them during a gesture: never one over another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from ...io.strings import say
from ...model.records import Item, ItemId
from .. import dates
from ..drawing.palette import readable
from ..drawing.scene import AnyShape, Box, Text
from . import labels
from .frame import BAR, DOT, PARENT_SIZE, RADIUS, ROW, SIZE, SMALL, TOP, Frame, Part, Spot
from .signs import Sign

LEFT_GAP, RIGHT_GAP = DOT + 10, DOT + 6
"""Pixels between a bar and a title beside it: arrow heads and link dots have their place there."""
FLAG = 7.0
"""Pixels that a title keeps from the middle of the sign of a deadline."""
_BETWEEN = 8.0
"""Pixels between a title and a tag, and between two tags."""
_SIGN = 14.0
"""Pixels that a sign beside a bar takes up."""


class Tag(msgspec.Struct, frozen=True):
    """A few words in a box of their own."""

    text: str
    width: float
    fill: str
    ink: str


class Titles(Part):
    """`shapes` lie over the bars."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.shapes: list[AnyShape] = []
        self.taken: list[labels.Stretch] = []
        """What no title of the row may touch: whoever draws something into a row adds it here first."""
        self.free: labels.Stretch = (frame.window.left + 2, frame.window.right - 6)
        """The stretch of the row for the item's title, and for its tags where they find room there."""

    def put(
        self,
        spot: Spot,
        item: Item,
        y: float,
        *,
        ink: str = "",
        bold: bool = False,
        inside: labels.Stretch | None = None,
        signs: Sequence[Sign] = (),
    ) -> None:
        """The title and, during a gesture, the tags beside it, so that none of them meet.

        `ink` is the colour inside the bar, `inside` the room to leave there at its two ends; without it the
        bar holds no text. `signs` stand between the bar and what is beside it.
        """
        window = self.window
        right_gap = RIGHT_GAP + self.signs(spot, signs, y)
        tags = self.tags(spot.item)
        wide = sum(tag.width + _BETWEEN for tag in tags)
        low, high = self.free
        at = max(spot.right, window.left) + right_gap
        beside = at + wide <= high
        if tags and not beside:
            at = spot.left - LEFT_GAP - wide
            at = window.right - 6 - wide if at < low else at
            self.taken.append((at - _BETWEEN, at + wide))
        label = labels.place(
            item.title or item.key,
            (spot.left, spot.right),
            (low, high - wide if beside else high),
            SIZE,
            bold,
            self.measure,
            gaps=(LEFT_GAP, right_gap),
            inside=inside,
            taken=self.taken,
        )
        if label is not None:
            within = label.side == "inside"
            color, halo = (ink, "") if within else (self.ink(item.id), self.behind(item.id))
            self.text(label.x, y + TOP, label.width, label.text, color, bold=bold, halo=halo, ref=item.id)
            self.taken.append((label.x - _BETWEEN, label.x + label.width + _BETWEEN))
            if label.side == "right" and beside:
                at = label.x + label.width + _BETWEEN
        for tag in tags:
            self.tag(tag, at, y + TOP, item.id)
            at += tag.width + _BETWEEN

    def signs(self, spot: Spot, signs: Sequence[Sign], y: float) -> float:
        """Draw the signs on the right of a bar, and tell how much room they take."""
        x = spot.right + RIGHT_GAP
        for sign in signs:
            behind = self.behind(spot.item)
            fill = readable(getattr(self.colors, sign.color), behind)
            made = sign.at(x + sign.size / 2 - 1, y + ROW / 2, self.colors, fill)
            self.shapes.append(replace(made, size=made.size + 5, fill=behind))  # a link runs under it
            self.shapes.append(made)
            x += _SIGN
        return len(signs) * _SIGN

    def text(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        color: str,
        *,
        bold: bool,
        ref: str,
        halo: str = "",
        size: float = SIZE,
        height: float = BAR,
    ) -> None:
        self.shapes.append(
            Text(
                x=x,
                y=y,
                width=width,
                height=height,
                text=text,
                color=color,
                size=size,
                bold=bold,
                halo=halo,
                ref=ref,
            )
        )

    def tag(self, tag: Tag, x: float, y: float, ref: str) -> None:
        self.shapes.append(Box(x=x, y=y, width=tag.width, height=BAR, fill=tag.fill, radius=RADIUS))
        inset = (tag.width - self.measure(tag.text, SMALL, True)) / 2
        self.text(x + inset, y, tag.width - 2 * inset + 1, tag.text, tag.ink, bold=True, size=SMALL, ref=ref)

    def put_below(self, spot: Spot, item: Item, y: float) -> None:
        """Below the bracket as long as it fits there, else beside it."""
        window, title = self.window, item.title or item.key
        wide = self.measure(title, PARENT_SIZE, True) + 1
        within = (max(spot.left, window.left) + labels.PAD, min(spot.right, window.right) - labels.PAD)
        free = labels.stretches(within, self.taken)
        x = next((low for low, high in free if wide <= high - low), None)
        if x is None or self.tags(spot.item):
            self.put(spot, item, y, bold=True)
            return
        self.text(
            x,
            y + 8,
            wide,
            title,
            self.ink(item.id),
            bold=True,
            halo=self.behind(item.id),
            size=PARENT_SIZE,
            height=ROW - 9,
            ref=item.id,
        )

    def behind(self, id: ItemId) -> str:
        """The colour a title outside a bar stands on."""
        return self.colors.selection if id in self.glance.selected else self.colors.background

    def ink(self, id: ItemId) -> str:
        """The colour of a title outside a bar."""
        return readable(self.colors.ink3, self.behind(id)) if self.frame.faint(id) else self.colors.ink

    def tags(self, id: ItemId) -> list[Tag]:
        """What is written beside an item during a gesture."""
        glance, colors = self.glance, self.colors
        found = []
        note = glance.hints.notes.get(id)
        if note:
            found.append(Tag(note, self.measure(note, SMALL, True) + 16, colors.tip, colors.tip_ink))
        elif glance.kept is not None and id not in glance.hints.ghosts:
            shift = self.board.shift(id, glance.kept)
            if shift:
                text, deadline = dates.shift(shift), self.board.plan.items[id].deadline
                fill, ink = self.tag_colors(shift > 0)
                if deadline is not None and shift > 0 and self.board.late(id):
                    text = say("timeline.past", shift=text, day=dates.short_day(deadline))
                    fill = colors.danger
                    ink = readable("#FFFFFF", fill)
                found.append(Tag(text, self.measure(text, SMALL, True) + 14, fill, ink))
        return found

    def tag_colors(self, later: bool) -> tuple[str, str]:
        """Fill and ink of the tag of an item that moves along."""
        colors = self.colors
        fill = colors.danger_soft if later else colors.selection
        return fill, readable(colors.danger if later else colors.accent, fill)
