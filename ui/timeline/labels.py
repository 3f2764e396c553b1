"""Where a bar's title goes: inside if it fits, else to the right, else to the left, else shortened.

Whatever else stands in the row (the sign of a deadline, a tag, another bar) is `taken`, and the title goes
where it touches none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from ..drawing.scene import Measure

PAD = 7.0
"""Pixels between a bar's edge and the title inside it."""
GAP = 6.0
"""Pixels between a bar and the title beside it."""
LEAST = 26.0
"""A shortened title narrower than this tells nothing."""
FAR = 44.0
"""A title beside a bar is at most that many pixels beyond its usual place: else it seems to be another's."""
_DOTS = "…"

Stretch: TypeAlias = tuple[float, float]
Side = Literal["inside", "right", "left"]


class Label(msgspec.Struct, frozen=True):
    """A title with the place it got."""

    text: str
    x: float
    width: float
    side: Side


def place(
    title: str,
    bar: Stretch,
    free: Stretch,
    size: float,
    bold: bool,
    measure: Measure,
    *,
    gaps: Stretch = (GAP, GAP),
    inside: Stretch | None = (PAD, PAD),
    taken: Sequence[Stretch] = (),
) -> Label | None:
    """The place for a title, or None where there is none.

    `bar` is where the bar begins and ends; `free` the stretch of its row that is in sight and not given to
    others; `gaps` the room left between the bar and a title on its left and on its right (signs stand there,
    or a link leaves); `inside` that between a title in the bar and the bar's edges, None for what holds no
    text. A title in a bar that reaches out of sight stays in its visible part.
    """
    if not title:
        return None
    wanted = measure(title, size, bold) + 1.0
    spots = _spots(bar, free, gaps, inside, taken)
    for side, (low, high) in spots:
        if wanted <= high - low:
            return Label(title, high - wanted if side == "left" else low, wanted, side)
    if not spots:
        return None
    side, (low, high) = max(spots, key=lambda spot: spot[1][1] - spot[1][0])
    if high - low < LEAST:
        return None
    text = elide(title, int(high - low - 1.0), size, bold, measure)
    if not text:
        return None
    width = measure(text, size, bold) + 1.0
    return Label(text, high - width if side == "left" else low, width, side)


def _spots(
    bar: Stretch, free: Stretch, gaps: Stretch, inside: Stretch | None, taken: Sequence[Stretch]
) -> list[tuple[Side, Stretch]]:
    """The stretches in which a title may stand, the best first."""
    (left, right), (low, high) = bar, free
    found: list[tuple[Side, Stretch]] = []
    if inside is not None:
        within = (max(left, low) + inside[0], min(right, high) - inside[1])
        found += (("inside", one) for one in stretches(within, taken))
    near: list[tuple[Side, Stretch]] = []
    beyond: list[tuple[Side, Stretch]] = []
    begin, end = right + gaps[1], left - gaps[0]
    if begin >= low:
        for one in stretches((begin, high), taken):
            if one[0] <= begin + FAR:
                (near if one[0] == begin else beyond).append(("right", one))
    if end <= high:
        for one in stretches((low, end), taken):
            if one[1] >= end - FAR:
                (near if one[1] == end else beyond).append(("left", one))
    return found + near + beyond


def stretches(whole: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of a stretch when others are taken out of it, in order."""
    low, high = whole
    if not taken:
        return [whole] if low < high else []
    found = []
    for begin, end in sorted(taken):
        if end <= low:
            continue
        if begin >= high:
            break
        if begin > low:
            found.append((low, begin))
        low = end
    if low < high:
        found.append((low, high))
    return found


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
