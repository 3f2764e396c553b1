"""The titles of the bars, and the tags beside them during a gesture: never one over another."""

from __future__ import annotations

import msgspec

from ...model.records import Item, ItemId
from .. import dates
from ..palette import readable
from ..scene import AnyShape, Box, Mark, Text
from . import labels
from .frame import BAR, DOT, PARENT_SIZE, RADIUS, ROW, SIZE, SMALL, TOP, Frame, Part, Spot

LEFT_GAP, RIGHT_GAP = DOT + 10, DOT + 6
"""Pixels between a bar and a title beside it: arrow heads and link dots have their place there."""


_FLAG = 8.0
"""Pixels that a title keeps from the middle of the sign of a deadline."""
_FAR_FLAG = 60.0
"""A deadline further from the bar than that: the title is better off on the other side than beyond it."""


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

    def put(
        self,
        spot: Spot,
        item: Item,
        y: float,
        *,
        ink: str = "",
        bold: bool = False,
        inset: float = 0.0,
    ) -> None:
        """The title and, during a gesture, the tags beside it, so that none of them meet.

        `ink` is the colour inside the bar; without one it holds no text. `inset` is room for a sign.
        """
        tags = self.tags(spot.item)
        left_gap, right_gap = self.gaps(spot, item, y)
        free = (self.window.left + 2, self.window.right - 6 - sum(tag.width + 8 for tag in tags))
        label = self.label(spot, item, free, (left_gap, right_gap), bold, inset, ink != "")
        at = max(spot.right, self.window.left) + right_gap
        if label is not None:
            within = label.side == "inside"
            color, halo = (ink, "") if within else (self.colors.ink, self.behind(item.id))
            self.text(label.x, y + TOP, label.width, label.text, color, bold=bold, halo=halo, ref=item.id)
            if label.side == "right":
                at = label.x + label.width + 10
        for tag in tags:
            at = min(at, self.window.right - tag.width - 4)
            self.tag(tag, at, y + TOP, item.id)
            at += tag.width + 8

    def label(
        self,
        spot: Spot,
        item: Item,
        free: tuple[float, float],
        gaps: tuple[float, float],
        bold: bool,
        inset: float,
        inside: bool,
    ) -> labels.Label | None:
        """The title in its place; beside the bar it keeps clear of the sign of the deadline."""

        def placed(free: tuple[float, float], left: float, right: float) -> labels.Label | None:
            return labels.place(
                item.title or item.key,
                (spot.left + inset, spot.right),
                free,
                SIZE,
                bold,
                self.measure,
                gaps=(left + inset, right),
                inside=inside,
            )

        label = placed(free, *gaps)
        if label is None or label.side == "inside" or item.deadline is None:
            return label
        x = self.axis.x(item.deadline.toordinal() + 1)
        if not label.x - _FLAG < x < label.x + label.width + _FLAG:
            return label
        if label.side == "left":
            return placed(free, max(gaps[0], spot.left - x + _FLAG), gaps[1]) or label
        if x - spot.right > _FAR_FLAG:
            before = placed((free[0], min(free[1], x - _FLAG)), *gaps)
            if before is not None and before.text == (item.title or item.key):
                return before
        return placed(free, gaps[0], max(gaps[1], x - spot.right + _FLAG)) or label

    def gaps(self, spot: Spot, item: Item, y: float) -> tuple[float, float]:
        """The room to leave on the left and the right of the bar, for signs; dots come and go in it."""
        left, right = LEFT_GAP, RIGHT_GAP
        if item.pinned and spot.milestone:
            x = spot.right + right + 3
            self.shapes.append(Mark(x=x, y=y + ROW / 2, size=11, shape="pin", fill=self.colors.ink2))
            right += 12
        return left, right

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
        x = max(spot.left, window.left) + labels.PAD
        if self.tags(spot.item) or x + wide > min(spot.right, window.right) - labels.PAD:
            self.put(spot, item, y, bold=True)
            return
        self.text(
            x,
            y + 8,
            wide,
            title,
            self.colors.ink,
            bold=True,
            halo=self.behind(item.id),
            size=PARENT_SIZE,
            height=ROW - 9,
            ref=item.id,
        )

    def behind(self, id: ItemId) -> str:
        """The colour a title outside a bar stands on."""
        return self.colors.selection if id in self.glance.selected else self.colors.background

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
                text = dates.shift(shift)
                fill, ink = self.tag_colors(shift > 0)
                found.append(Tag(text, self.measure(text, SMALL, True) + 14, fill, ink))
        return found

    def tag_colors(self, later: bool) -> tuple[str, str]:
        """Fill and ink of the tag of an item that moves along."""
        colors = self.colors
        fill = colors.danger_soft if later else colors.selection
        return fill, readable(colors.danger if later else colors.accent, fill)
