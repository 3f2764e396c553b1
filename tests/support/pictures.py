"""Asking a drawing: which texts it has, what they stand on, and what meets what."""

from __future__ import annotations

from collections.abc import Sequence

from roadwright.ui.drawing.scene import AnyShape, Box, Mark, Text


def measure(text: str, size: float, bold: bool) -> float:
    """Widths as of a typewriter, so that no font is needed."""
    return len(text) * size * (0.62 if bold else 0.56)


def texts(shapes: Sequence[AnyShape]) -> list[Text]:
    return [shape for shape in shapes if isinstance(shape, Text)]


def meet(one: Text | Box, other: Text | Box, slack: float = 0.0) -> bool:
    """Whether two rectangles have more than `slack` pixels in common, both ways."""
    return (
        one.x + slack < other.x + other.width
        and other.x + slack < one.x + one.width
        and one.y + slack < other.y + other.height
        and other.y + slack < one.y + one.height
    )


def around(mark: Mark) -> Box:
    """The square that a sign is drawn in."""
    return Box(x=mark.x - mark.size / 2, y=mark.y - mark.size / 2, width=mark.size, height=mark.size)


def grounds(shapes: Sequence[AnyShape], text: Text, background: str) -> list[str]:
    """The colours a text stands on: its halo, else each box under it that no later one covers wholly."""
    if text.halo:
        return [text.halo]
    under = [background]
    for shape in shapes:
        if shape is text:
            break
        if isinstance(shape, Box) and shape.fill and shape.opacity == 1.0 and shape.width > 2:
            if not meet(shape, text, 1.0):
                continue
            if shape.x <= text.x and shape.x + shape.width >= text.x + text.width:
                under = [shape.fill]
            else:
                under.append(shape.fill)
    return under
