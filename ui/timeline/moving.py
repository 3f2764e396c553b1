"""Shapes put to another place."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..drawing.scene import AnyShape, Polygon, Polyline, Segments


def moved(shapes: Sequence[AnyShape], dx: float, dy: float) -> list[AnyShape]:
    """The shapes, that much further to the right and further down."""
    return [_shifted(shape, dx, dy) for shape in shapes]


def _shifted(shape: AnyShape, dx: float, dy: float) -> AnyShape:
    if isinstance(shape, Polyline | Polygon):
        return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
    if isinstance(shape, Segments):
        ends = tuple(value + (dy if place % 2 else dx) for place, value in enumerate(shape.ends))
        return replace(shape, ends=ends)
    return replace(shape, x=shape.x + dx, y=shape.y + dy)
