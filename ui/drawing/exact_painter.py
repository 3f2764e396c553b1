"""Draws shapes as real text and paths, for files and paper; holds the fonts, pens and brushes of all."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from .scene import Box, Mark, Point, Polygon, Polyline, Segments, Text

SMOOTH = QPainter.RenderHint.Antialiasing
ARROW = 6.0
"""Length of an arrow head."""
HALO = 5.0
"""Width of the soft edge around letters, both sides together."""

_FALLBACKS = ("Segoe UI", "Helvetica Neue", "Noto Sans", "Arial")
_LAST = ("Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "sans-serif")
"""Emoji after all that has letters: their fonts have digits of their own."""


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False) -> QFont:
    """The system's font at a size in pixels."""
    made = QFont()
    made.setPixelSize(max(round(size), 1))
    made.setBold(bold)
    return made


@lru_cache(maxsize=64)
def lasting_font(size: float, bold: bool = False) -> QFont:
    """The same for a file, with names for those who don't have it; a screen need not look them all up."""
    made = QFont(font(size, bold))
    made.setFamilies(list(dict.fromkeys((QFontInfo(QFont()).family(), *_FALLBACKS, *_LAST))))
    return made


@lru_cache(maxsize=64)
def metrics_of(size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(size, bold))


@lru_cache(maxsize=65536)
def measure(text: str, size: float = 13.0, bold: bool = False) -> float:
    """Width of a line of text in pixels."""
    return metrics_of(size, bold).horizontalAdvance(text)


def forget_fonts() -> None:
    """Look the fonts up anew."""
    for cached in (font, lasting_font, metrics_of, measure, baseline, line_height):
        cached.cache_clear()


@lru_cache(maxsize=1024)
def color(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=1024)
def brush(name: str) -> QBrush:
    made = QBrush()  # not of the colour: PySide would make ready pictures and gradients, to compare
    made.setStyle(Qt.BrushStyle.SolidPattern)
    made.setColor(QColor(name))
    return made


@lru_cache(maxsize=1024)
def pen(name: str, width: float = 1.0, dashed: bool = False) -> QPen:
    made = QPen(QColor(name), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        made.setDashPattern([3.0, 2.5])
    return made


@lru_cache(maxsize=64)
def baseline(size: float, bold: bool) -> float:
    """How far below the middle of a line its letters stand."""
    metrics = metrics_of(size, bold)
    return (metrics.ascent() - metrics.descent()) / 2


@lru_cache(maxsize=64)
def line_height(size: float, bold: bool) -> int:
    """Of a line of text in whole pixels; even, so that its middle is between two of them."""
    return 2 * (int(metrics_of(size, bold).height() / 2) + 1)


def fill(painter: QPainter, rect: QRect | QRectF, name: str) -> None:
    """Fill a rectangle; with `fillRect`, PySide would make itself ready for gradients at the start."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(name))
    painter.drawRect(rect)


class Exact:
    """Draws every shape as text and paths."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter

    def flush(self) -> None:
        """Everything is drawn as it comes."""

    def box(self, box: Box) -> None:
        painter = self.painter
        if box.opacity < 1.0:
            painter.setOpacity(box.opacity)
        if box.fill:
            _fill_box(painter, box)
        if box.stroke:
            inset = box.stroke_width / 2
            painter.setPen(pen(box.stroke, box.stroke_width, box.dashed))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            outline = QRectF(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)
            painter.drawRoundedRect(outline, box.radius, box.radius)
            painter.setPen(Qt.PenStyle.NoPen)
        if box.opacity < 1.0:
            painter.setOpacity(1.0)

    def text(self, text: Text) -> None:
        painter = self.painter
        at = QPointF(left_of(text), text.y + text.height / 2 + baseline(text.size, text.bold))
        if text.halo:
            letters = QPainterPath()
            letters.addText(at, lasting_font(text.size, text.bold), text.text)
            painter.strokePath(letters, _halo_pen(text.halo))
        painter.setFont(lasting_font(text.size, text.bold))
        painter.setPen(pen(text.color))
        painter.drawText(at, text.text)
        painter.setPen(Qt.PenStyle.NoPen)

    def segments(self, segments: Segments) -> None:
        painter, ends = self.painter, segments.ends
        painter.setPen(pen(segments.color, segments.width))
        half = 0.5
        lines = [[value + half for value in ends[at : at + 4]] for at in range(0, len(ends), 4)]
        painter.drawLines([QLineF(*line) for line in lines])
        painter.setPen(Qt.PenStyle.NoPen)

    def polyline(self, line: Polyline) -> None:
        painter = self.painter
        half = line.width / 2  # a line of one pixel lies in the middle of it
        points = tuple((x + half, y + half) for x, y in line.points)
        painter.setPen(pen(line.color, line.width, line.dashed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_rounded(points, line.radius, ARROW - 1 if line.arrow else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        if line.arrow:
            painter.setBrush(brush(line.color))
            painter.drawPolygon(arrow_head(points, line.width))

    def mark(self, mark: Mark) -> None:
        draw_mark(self.painter, mark)

    def polygon(self, polygon: Polygon) -> None:
        self.painter.setBrush(brush(polygon.fill))
        self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in polygon.points]))


def left_of(text: Text) -> float:
    if text.align == "left":
        return text.x
    spare = text.width - measure(text.text, text.size, text.bold)
    return text.x + (spare / 2 if text.align == "center" else spare)


@lru_cache(maxsize=16)
def _halo_pen(name: str) -> QPen:
    pen = QPen(QColor(name), HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _fill_box(painter: QPainter, box: Box) -> None:
    rect = QRectF(box.x, box.y, box.width, box.height)
    painter.setBrush(brush(box.fill))
    radius = min(box.radius, box.width / 2, box.height / 2)
    if not radius:
        painter.drawRect(rect)
    elif not (box.square_left or box.square_right):
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.drawPath(_half_rounded(rect, radius, box.square_left, box.square_right))


def _half_rounded(rect: QRectF, radius: float, square_left: bool, square_right: bool) -> QPainterPath:
    left, right = (0.0 if square_left else radius), (0.0 if square_right else radius)
    x0, y0, x1, y1 = rect.left(), rect.top(), rect.right(), rect.bottom()
    path = QPainterPath(QPointF(x0 + left, y0))
    path.lineTo(x1 - right, y0)
    if right:
        path.quadTo(x1, y0, x1, y0 + right)
        path.lineTo(x1, y1 - right)
        path.quadTo(x1, y1, x1 - right, y1)
    else:
        path.lineTo(x1, y1)
    path.lineTo(x0 + left, y1)
    if left:
        path.quadTo(x0, y1, x0, y1 - left)
        path.lineTo(x0, y0 + left)
        path.quadTo(x0, y0, x0 + left, y0)
    else:
        path.lineTo(x0, y0)
    path.closeSubpath()
    return path


def _rounded(points: tuple[Point, ...], radius: float, short: float) -> QPainterPath:
    """A path through points with rounded corners that ends `short` pixels before the last one."""
    x, y = points[0]
    path = QPainterPath(QPointF(x, y))
    last = len(points) - 1
    for at in range(1, last):
        cx, cy = points[at]
        nx, ny = points[at + 1]
        come, go = abs(cx - x) + abs(cy - y), abs(nx - cx) + abs(ny - cy)
        reach = min(radius, come / 2, go / 2)
        if reach <= 0 or come == 0 or go == 0:
            path.lineTo(cx, cy)
        else:
            path.lineTo(cx - (cx - x) / come * reach, cy - (cy - y) / come * reach)
            path.quadTo(cx, cy, cx + (nx - cx) / go * reach, cy + (ny - cy) / go * reach)
        x, y = cx, cy
    ex, ey = points[last]
    whole = ((ex - x) ** 2 + (ey - y) ** 2) ** 0.5
    rest = max(whole - short, 0.0) / whole if whole else 0.0
    path.lineTo(x + (ex - x) * rest, y + (ey - y) * rest)
    return path


def arrow_head(points: tuple[Point, ...], width: float) -> QPolygonF:
    (px, py), (x, y) = points[-2], points[-1]
    length = ((x - px) ** 2 + (y - py) ** 2) ** 0.5 or 1.0
    dx, dy = (x - px) / length, (y - py) / length
    long, half = ARROW + (width - 1), 3.0 + (width - 1) / 2
    bx, by = x - dx * long, y - dy * long
    return QPolygonF(
        [QPointF(x, y), QPointF(bx - dy * half, by + dx * half), QPointF(bx + dy * half, by - dx * half)]
    )


def draw_mark(painter: QPainter, mark: Mark) -> None:
    x, y, half = mark.x, mark.y, mark.size / 2
    if mark.shape in ("ring", "check"):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outline = QPen(color(mark.fill), 1.3 if mark.shape == "ring" else 1.6)
        outline.setCapStyle(Qt.PenCapStyle.RoundCap)
        outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(outline)
        if mark.shape == "ring":
            painter.drawEllipse(QPointF(x, y), half - 0.7, half - 0.7)
        else:
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(x - half, y),
                        QPointF(x - half / 4, y + half * 0.7),
                        QPointF(x + half, y - half * 0.7),
                    ]
                )
            )
        painter.setPen(Qt.PenStyle.NoPen)
        return
    painter.setBrush(brush(mark.fill))
    if mark.stroke:
        painter.setPen(pen(mark.stroke, 1.5))
    if mark.shape == "circle":
        painter.drawEllipse(QPointF(x, y), half, half)
    elif mark.shape == "pin":
        painter.drawEllipse(QPointF(x, y - half * 0.35), half * 0.62, half * 0.62)
        painter.drawPolygon(
            QPolygonF([QPointF(x - half * 0.5, y), QPointF(x + half * 0.5, y), QPointF(x, y + half)])
        )
    else:
        painter.drawPolygon(
            QPolygonF([QPointF(x + dx * half, y + dy * half) for dx, dy in _CORNERS[mark.shape]])
        )
    if mark.stroke:
        painter.setPen(Qt.PenStyle.NoPen)


_CORNERS: dict[str, tuple[Point, ...]] = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -0.9), (1, 0.8), (-1, 0.8)),
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "left": ((-0.7, 0), (0.6, -0.9), (0.6, 0.9)),
    "right": ((0.7, 0), (-0.6, -0.9), (-0.6, 0.9)),
    "down": ((0, 0.7), (-0.9, -0.6), (0.9, -0.6)),
}
