"""What a picture of the board is made of besides the plan: what hand and eye are on, and where heads are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from ...model.records import ItemId
from ..drawing.palette import mix
from ..drawing.scene import AnyShape
from ..graph.glance import Lens
from ..graph.layout import Area
from ..timeline.board import Board
from .contents import Total
from .layout import Layout, Slot
from .sizes import Sizes


class Carried(msgspec.Struct, frozen=True):
    """Cards in the hand, in pixels of the target."""

    items: tuple[ItemId, ...]
    x: float
    y: float
    """The corner of the card that was pressed on."""
    slot: Slot | None = None
    """Where they would land."""
    lined: bool = False
    """Whether that is a place between others, and not just the column."""
    refused: bool = False
    words: str = ""


class Sight(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows, beside the `Glance` of every page of cards."""

    focused: bool = False
    carried: Carried | None = None
    totals: Mapping[int, Total] = {}
    """By the place of a column, where the hand would make them others."""
    hovered_head: int | None = None
    hovered_lane: int | None = None


class Picture(NamedTuple):
    """All that is drawn of a plan: its look-ups, where things stand, and the measures of cards."""

    board: Board
    layout: Layout
    sizes: Sizes
    faces: dict[tuple[ItemId, bool, bool, bool], list[AnyShape]]
    """The cards drawn so far, each at the origin: whether it is pale, selected and pointed at."""


class Spot(msgspec.Struct, frozen=True):
    """The parts of a column's head, for the hand."""

    whole: Area
    fold: Area
    total: Area
    """Its count and sum: a double-click sets the limit."""


def head_spot(layout: Layout, lens: Lens, column: int) -> Spot:
    """Where a column's head is on the target."""
    strip, px = layout.strips[column], round
    x, zoom = strip.x - lens.left, layout.zoom
    whole = Area(x, 0, strip.width, layout.head)
    if strip.folded:
        return Spot(whole, whole, Area(x, 0, 0, 0))
    fold = Area(x + px(6 * zoom), px(6 * zoom), px(20 * zoom), layout.head - px(6 * zoom))
    half = max(strip.width * 0.5, strip.width - 150 * zoom)
    return Spot(whole, fold, Area(x + half, 0, strip.width - half, layout.head))


def ground_of(board: Board) -> str:
    """What is behind the cards of a column."""
    colors = board.theme.colors
    if board.theme.dark:
        return mix(colors.background, "#000000", 0.3)
    return mix(colors.panel, colors.line, 0.55)
