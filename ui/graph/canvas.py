"""Collects the shapes of one picture of the graph; dims what is not meant."""

from __future__ import annotations

from ...model.records import Item
from ..drawing.palette import mix
from ..drawing.scene import AnyShape, Box, Mark, Measure, Text
from ..timeline.board import Board
from .glance import Glance, Lens, ground
from .layout import Area

FADE = 0.7
"""How far what is not meant goes into the ground."""


class Canvas:
    """What the parts of the drawing share."""

    def __init__(self, board: Board, lens: Lens, glance: Glance, measure: Measure) -> None:
        self.board, self.lens, self.glance, self.measure = board, lens, glance, measure
        self.colors, self.ground = board.theme.colors, ground(board.theme)
        self.shapes: list[AnyShape] = []

    def dim(self, color: str) -> str:
        return mix(color, self.ground.page, FADE)

    def box(
        self,
        area: Area,
        fill: str,
        radius: float = 0.0,
        *,
        ref: str = "",
        square_left: bool = False,
        square_right: bool = False,
        opacity: float = 1.0,
    ) -> None:
        self.shapes.append(
            Box(
                x=area.x,
                y=area.y,
                width=area.width,
                height=area.height,
                fill=fill,
                radius=radius,
                ref=ref,
                square_left=square_left,
                square_right=square_right,
                opacity=opacity,
            )
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        color: str,
        size: float,
        height: float,
        *,
        bold: bool = False,
        ref: str = "",
    ) -> None:
        width = self.measure(text, size, bold) + 1
        self.shapes.append(
            Text(x=x, y=y, width=width, height=height, text=text, color=color, size=size, bold=bold, ref=ref)
        )

    def mark(self, mark: Mark) -> None:
        self.shapes.append(mark)

    def stroke_of(self, item: Item) -> str:
        """The colour that draws the eye to a card, or none.

        It is selected, meant by the hand, or something is wrong with it.
        """
        glance, colors = self.glance, self.colors
        if item.id in glance.loop:
            return colors.danger
        if item.id in glance.selected or item.id == glance.target:
            return colors.accent
        if self.board.schedule.conflicts(item.id):
            return colors.danger
        return colors.warning if self.board.late(item.id) else ""
