"""Puts rectangles on a page of pleasant shape: each as high, then as far left, as it fits (skyline)."""

from __future__ import annotations

import math
from collections.abc import Sequence

PAGE_SHAPE = 1.7
"""Width to height that the page tends to, about that of a screen."""


def pack(
    sizes: Sequence[tuple[float, float]], gap: float, width: float | None = None
) -> list[tuple[float, float]]:
    """The top left corner of each rectangle, placed in the order given, `gap` apart.

    `width` is how wide the page may get; the widest rectangle always fits.
    """
    if not sizes:
        return []
    if width is None:
        area = sum((w + gap) * (h + gap) for w, h in sizes)
        width = math.sqrt(area * PAGE_SHAPE)
    page = max(width, *(w for w, _ in sizes)) + gap
    skyline = [(0.0, page, 0.0)]  # left, right, how far down it is taken
    corners = []
    for w, h in sizes:
        y, x = min(
            (max(low for left, right, low in skyline if left < start + w + gap and right > start), start)
            for start, _, _ in skyline
            if start + w + gap <= page
        )
        corners.append((x, y))
        skyline = _raised(skyline, x, x + w + gap, y + h + gap)
    return corners


def _raised(
    skyline: list[tuple[float, float, float]], start: float, end: float, bottom: float
) -> list[tuple[float, float, float]]:
    pieces: list[tuple[float, float, float]] = []
    for left, right, low in skyline:
        if left < start:
            pieces.append((left, min(right, start), low))
        if right > end:
            pieces.append((max(left, end), right, low))
    pieces.append((start, end, bottom))
    pieces.sort()
    return pieces


def columns_for(count: int, width: float, height: float, gap: float, page: float) -> int:
    """How many columns a block of equal rectangles takes: as wide as the page, or of a pleasant shape."""
    if page <= 0:
        page = math.sqrt(count * (width + gap) * (height + gap) * PAGE_SHAPE)
    return max(1, min(count, int((page + gap) // (width + gap))))
