"""Where a bar's title goes: inside if it fits, else to the right, else to the left, else shortened."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec

from ..scene import Measure

PAD = 7.0
"""Pixels between a bar's edge and the title inside it."""
GAP = 6.0
"""Pixels between a bar and the title beside it."""
LEAST = 26.0
"""A shortened title narrower than this tells nothing."""
_DOTS = "…"


class Label(msgspec.Struct, frozen=True):
    """A title with the place it got."""

    text: str
    x: float
    width: float
    side: Literal["inside", "right", "left"]


def place(
    title: str,
    bar: tuple[float, float],
    free: tuple[float, float],
    size: float,
    bold: bool,
    measure: Measure,
    *,
    gaps: tuple[float, float] = (GAP, GAP),
    inside: bool = True,
) -> Label | None:
    """The place for a title, or None where there is none.

    `bar` is where the bar begins and ends; `free` the stretch of its row that is in sight and not taken by
    others; `gaps` the room left between the bar and a title on its left and on its right (signs stand there,
    or a link leaves). A title in a bar that reaches out of sight stays in its visible part. `inside=False` is
    for signs that hold no text.
    """
    if not title:
        return None
    left, right = bar
    low, high = free
    wanted = measure(title, size, bold) + 1.0
    from_x, room = max(left, low) + PAD, 0.0
    if inside:
        room = min(right, high) - PAD - from_x
        if wanted <= room:
            return Label(title, from_x, wanted, "inside")
    beside = max(right + gaps[1], low)
    if right + gaps[1] >= low and beside + wanted <= high:
        return Label(title, beside, wanted, "right")
    if left - gaps[0] <= high and left - gaps[0] - wanted >= low:
        return Label(title, left - gaps[0] - wanted, wanted, "left")
    return _shortened(title, bar, free, from_x, room, gaps, size, bold, measure)


def _shortened(
    title: str,
    bar: tuple[float, float],
    free: tuple[float, float],
    from_x: float,
    room: float,
    gaps: tuple[float, float],
    size: float,
    bold: bool,
    measure: Measure,
) -> Label | None:
    """The title cut to the widest of the three places."""
    spots: list[tuple[float, float, Literal["inside", "right", "left"]]] = [(room, from_x, "inside")]
    at_right = bar[1] + gaps[1]
    if at_right >= free[0]:
        spots.append((free[1] - at_right, at_right, "right"))
    at_left = bar[0] - gaps[0]
    if at_left <= free[1]:
        spots.append((at_left - free[0], free[0], "left"))
    width, x, side = max(spots, key=lambda spot: spot[0])
    if width < LEAST:
        return None
    text = elide(title, int(width), size, bold, measure)
    taken = measure(text, size, bold) + 1.0
    if not text or taken > width:
        return None
    if side == "left":
        x = at_left - taken
    return Label(text, x, taken, side)


@lru_cache(maxsize=32768)
def elide(text: str, width: int, size: float, bold: bool, measure: Measure) -> str:
    """The text, shortened with an ellipsis to at most `width` pixels; empty where nothing fits."""
    if measure(text, size, bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + _DOTS, size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _DOTS if low else ""
