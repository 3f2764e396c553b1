"""A drawing as a list of shapes, in pixels, without Qt.

Views turn plan and schedule into a `Scene`; `painter.paint` draws one on a screen, a picture or a page.
Shapes are drawn in their order. `ref` names what a shape stands for (an item or link id), for tests and
tooltips.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

Point: TypeAlias = tuple[float, float]
Measure: TypeAlias = Callable[[str, float, bool], float]
"""Width in pixels of a text at a font size in pixels, bold or not."""
MarkShape: TypeAlias = Literal[
    "diamond", "circle", "ring", "check", "triangle", "square", "pin", "left", "right", "down"
]


class Shape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The base of all shapes."""

    ref: str = ""


class Box(Shape, frozen=True, kw_only=True, gc=False):
    """A rectangle, filled or outlined or both, with rounded corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    radius: float = 0.0
    stroke: str = ""
    stroke_width: float = 1.0
    dashed: bool = False
    opacity: float = 1.0
    square_left: bool = False
    """No rounding on that side."""
    square_right: bool = False


class Text(Shape, frozen=True, kw_only=True, gc=False):
    """One line of text in a rectangle, vertically centred, cut off at no side (measure before)."""

    x: float
    y: float
    width: float
    height: float
    text: str
    color: str
    size: float = 13.0
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    halo: str = ""
    """Colour of a soft edge around the letters, so that lines can run under them."""


class Segments(Shape, frozen=True, kw_only=True, gc=False):
    """Many straight lines of one colour and width: x1, y1, x2, y2, x1, ..."""

    ends: tuple[float, ...]
    color: str
    width: float = 1.0


class Polyline(Shape, frozen=True, kw_only=True, gc=False):
    """A line through points, with rounded corners, perhaps with an arrow head at its end."""

    points: tuple[Point, ...]
    color: str
    width: float = 1.0
    radius: float = 0.0
    arrow: bool = False
    dashed: bool = False


class Mark(Shape, frozen=True, kw_only=True, gc=False):
    """A small sign around a centre; `size` is its width and height."""

    x: float
    y: float
    size: float
    shape: MarkShape
    fill: str
    stroke: str = ""


class Polygon(Shape, frozen=True, kw_only=True, gc=False):
    """A filled closed shape."""

    points: tuple[Point, ...]
    fill: str


AnyShape: TypeAlias = Box | Text | Segments | Polyline | Mark | Polygon


class Scene(msgspec.Struct, frozen=True):
    """A whole drawing: its size in pixels, what is behind it and its shapes."""

    width: float
    height: float
    background: str
    shapes: tuple[AnyShape, ...]
    title: str = ""
