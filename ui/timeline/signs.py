"""How an item stands, told by a shape as well as by a colour."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from ...model.attention import attention_for
from ...model.records import Item
from ..drawing.palette import Colors
from ..drawing.scene import Mark, MarkShape
from .board import Board

State: TypeAlias = Literal["blocked", "risk", "done", "doing", "todo"]


class Sign(msgspec.Struct, frozen=True):
    """A shape, its size in pixels, and which of the theme's colours it has on the theme's ground."""

    shape: MarkShape
    size: float
    color: str

    def at(self, x: float, y: float, colors: Colors, fill: str = "") -> Mark:
        """The sign around a centre, in its own colour or in `fill`."""
        return Mark(x=x, y=y, size=self.size, shape=self.shape, fill=fill or getattr(colors, self.color))


SIGNS: dict[State, Sign] = {
    "blocked": Sign("square", 9, "danger"),
    "risk": Sign("triangle", 10, "warning"),
    "done": Sign("check", 8, "success"),
    "doing": Sign("circle", 7, "accent"),
    "todo": Sign("ring", 8, "ink3"),
}
PIN = Sign("pin", 11, "ink2")


def state_of(board: Board, item: Item) -> State:
    """What is to be said of an item first: that something is wrong with it, else how far it is."""
    attention = attention_for(board.plan, item)
    if attention == "blocked" or board.schedule.conflicts(item.id):
        return "blocked"
    if attention == "risk" or board.late(item.id):
        return "risk"
    return board.plan.category_of(item)
