"""The one place that draws: a scene of shapes onto a screen, a picture, a page.

`paint` works in two ways over the same shapes: fast for a screen, exact for files and paper.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from .exact_painter import SMOOTH, Exact, color, fill, font, forget_fonts, lasting_font, measure
from .fast_painter import Fast, forget_stamps
from .scene import Box, Mark, Polygon, Polyline, Scene, Segments, Text

__all__ = ["color", "fill", "font", "forget", "lasting_font", "measure", "paint"]


def paint(painter: QPainter, scene: Scene, exact: bool) -> None:
    """Draw the shapes of a scene in their order; the background is left to the caller where it is empty."""
    if scene.background:
        fill(painter, QRectF(0, 0, scene.width, scene.height), scene.background)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(SMOOTH, True)
    brush = Exact(painter) if exact else Fast(painter)
    draw = _EXACT if exact else _FAST
    for shape in scene.shapes:
        draw[type(shape)](brush, shape)
    brush.flush()


def forget() -> None:
    """Throw away what was kept for the font: it is another now."""
    forget_fonts()
    forget_stamps()


def _drawers(kind: type[Exact]) -> dict[type, Callable[[Any, Any], None]]:
    """Which method draws which shape; looked up once, and no painter holds itself by its own methods."""
    return {
        Box: kind.box,
        Text: kind.text,
        Segments: kind.segments,
        Polyline: kind.polyline,
        Mark: kind.mark,
        Polygon: kind.polygon,
    }


_EXACT, _FAST = _drawers(Exact), _drawers(Fast)
