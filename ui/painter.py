"""The one place that draws: a scene of shapes onto a screen, a picture, a page.

`paint` works in two ways over the same shapes. On a screen it is fast: titles, signs, corners and arrow heads are
little pictures drawn once and then stamped, and thin lines go out in batches on whole pixels. Exact, for files and
paper, everything is real text and real paths. The stamps must never reach a file: an SVG would hold a picture for each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from .scene import Box, Mark, Point, Polygon, Polyline, Scene, Segments, Text

_SMOOTH = QPainter.RenderHint.Antialiasing
_FADE = 18.0
"""Pixels over which a soft end comes in."""
ARROW = 6.0
"""Length of an arrow head."""
HALO = 5.0
"""Width of the soft edge around letters, both sides together."""

_FALLBACKS = ("Segoe UI", "Helvetica Neue", "Noto Sans", "Arial", "sans-serif")
_stamps: dict[tuple[Any, ...], QPixmap] = {}


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False) -> QFont:
    """The system's font at a size in pixels, with names for those who don't have it."""
    families = dict.fromkeys((QFontInfo(QFont()).family(), *_FALLBACKS))
    made = QFont()
    made.setFamilies(list(families))
    made.setPixelSize(max(round(size), 1))
    made.setBold(bold)
    return made


@lru_cache(maxsize=64)
def _metrics(size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(size, bold))


@lru_cache(maxsize=65536)
def measure(text: str, size: float = 13.0, bold: bool = False) -> float:
    """Width of a line of text in pixels."""
    return _metrics(size, bold).horizontalAdvance(text)


def forget_stamps() -> None:
    """Throw the little pictures away: the font or the screen is another now."""
    _stamps.clear()
    for cached in (font, _metrics, measure, _baseline):
        cached.cache_clear()


def paint(painter: QPainter, scene: Scene, exact: bool) -> None:
    """Draw the shapes of a scene in their order; the background is left to the caller where it is empty."""
    if scene.background:
        painter.fillRect(QRectF(0, 0, scene.width, scene.height), color(scene.background))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(_SMOOTH, True)
    brush = _Exact(painter) if exact else _Fast(painter)
    draw = _FAST if brush.fast else _EXACT
    for shape in scene.shapes:
        draw[type(shape)](brush, shape)
    brush.flush()


@lru_cache(maxsize=1024)
def color(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=1024)
def _brush(name: str) -> QBrush:
    return QBrush(QColor(name))


@lru_cache(maxsize=1024)
def _pen(name: str, width: float = 1.0, dashed: bool = False) -> QPen:
    pen = QPen(QColor(name), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([3.0, 2.5])
    return pen


@lru_cache(maxsize=64)
def _baseline(size: float, bold: bool) -> float:
    """How far below the middle of a line its letters stand."""
    metrics = _metrics(size, bold)
    return (metrics.ascent() - metrics.descent()) / 2


class _Exact:
    """Draws every shape as text and paths."""

    fast = False

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
            painter.setPen(_pen(box.stroke, box.stroke_width, box.dashed))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            outline = QRectF(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)
            painter.drawRoundedRect(outline, box.radius, box.radius)
            painter.setPen(Qt.PenStyle.NoPen)
        if box.opacity < 1.0:
            painter.setOpacity(1.0)

    def text(self, text: Text) -> None:
        painter = self.painter
        at = QPointF(_left_of(text), text.y + text.height / 2 + _baseline(text.size, text.bold))
        if text.halo:
            letters = QPainterPath()
            letters.addText(at, font(text.size, text.bold), text.text)
            painter.strokePath(letters, _halo_pen(text.halo))
        painter.setFont(font(text.size, text.bold))
        painter.setPen(_pen(text.color))
        painter.drawText(at, text.text)
        painter.setPen(Qt.PenStyle.NoPen)

    def segments(self, segments: Segments) -> None:
        painter, ends = self.painter, segments.ends
        painter.setPen(_pen(segments.color, segments.width))
        half = 0.5
        lines = [[value + half for value in ends[at : at + 4]] for at in range(0, len(ends), 4)]
        painter.drawLines([QLineF(*line) for line in lines])
        painter.setPen(Qt.PenStyle.NoPen)

    def polyline(self, line: Polyline) -> None:
        painter = self.painter
        half = line.width / 2  # a line of one pixel lies in the middle of it
        points = tuple((x + half, y + half) for x, y in line.points)
        painter.setPen(_pen(line.color, line.width, line.dashed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_rounded(points, line.radius, ARROW - 1 if line.arrow else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        if line.arrow:
            painter.setBrush(_brush(line.color))
            painter.drawPolygon(_arrow(points, line.width))

    def mark(self, mark: Mark) -> None:
        _draw_mark(self.painter, mark)

    def polygon(self, polygon: Polygon) -> None:
        self.painter.setBrush(_brush(polygon.fill))
        self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in polygon.points]))


class _Fast(_Exact):
    """Draws for a screen: stamps for text, signs and heads, thin lines in batches."""

    fast = True

    def __init__(self, painter: QPainter) -> None:
        super().__init__(painter)
        self.ratio = painter.device().devicePixelRatio()
        origin = painter.deviceTransform()
        self.snaps = not (self.ratio.is_integer() and float(origin.dx()).is_integer())
        self.dx, self.dy = origin.dx(), origin.dy()
        self.lines: list[QRect] = []
        """Thin straight lines as rectangles: a rasteriser fills these thirty times as fast as it draws lines."""
        self.stamped: list[tuple[float, float, QPixmap]] = []
        self.ink = ""

    def flush(self) -> None:
        if self.lines:
            self._fill(self.lines, self.ink)
            stamp = self.stamp
            for x, y, pixmap in self.stamped:
                stamp(x, y, pixmap)
            self.lines, self.stamped = [], []
        self.ink = ""

    def _fill(self, rects: list[QRect], ink: str) -> None:
        painter = self.painter
        painter.setRenderHint(_SMOOTH, False)
        painter.setBrush(_brush(ink))
        painter.drawRects(rects)
        painter.setRenderHint(_SMOOTH, True)

    def stamp(self, x: float, y: float, pixmap: QPixmap) -> None:
        """Draw a little picture with its pixels on the screen's."""
        if self.snaps:
            ratio = self.ratio
            x = (round(x * ratio + self.dx) - self.dx) / ratio
            y = (round(y * ratio + self.dy) - self.dy) / ratio
        self.painter.drawPixmap(QPointF(x, y), pixmap)

    def box(self, box: Box) -> None:
        if self.ink:
            self.flush()
        if (
            not box.radius
            and not box.stroke
            and not box.fade_left
            and not box.fade_right
            and box.opacity == 1.0
        ):
            self.painter.fillRect(QRectF(box.x, box.y, box.width, box.height), color(box.fill))
        else:
            super().box(box)

    def text(self, text: Text) -> None:
        if self.ink:
            self.flush()
        key = (text.text, text.size, text.bold, text.color, text.halo, self.ratio)
        pixmap = _stamps.get(key)
        if pixmap is None:
            pixmap = _kept(key, self._letters(text))
        height = pixmap.height() / self.ratio
        self.stamp(round(_left_of(text)) - HALO, round(text.y + (text.height - height) / 2), pixmap)

    def _letters(self, text: Text) -> QPixmap:
        metrics = _metrics(text.size, text.bold)
        width = metrics.horizontalAdvance(text.text) + 2 * HALO + 2
        height = 2 * (int(metrics.height() / 2) + 1)
        pixmap, painter = self._blank(width, height)
        own = Text(
            x=HALO,
            y=0,
            width=width,
            height=height,
            text=text.text,
            color=text.color,
            size=text.size,
            bold=text.bold,
            halo=text.halo,
        )
        _Exact(painter).text(own)
        painter.end()
        return pixmap

    def _blank(self, width: float, height: float) -> tuple[QPixmap, QPainter]:
        pixmap = QPixmap(int(width * self.ratio + 0.99), int(height * self.ratio + 0.99))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(_SMOOTH, True)
        painter.setPen(Qt.PenStyle.NoPen)
        return pixmap, painter

    def segments(self, segments: Segments) -> None:
        if self.ink:
            self.flush()
        if segments.width != 1.0:
            super().segments(segments)
            return
        ends = segments.ends
        thin = [_thin(ends[at], ends[at + 1], ends[at + 2], ends[at + 3]) for at in range(0, len(ends), 4)]
        self._fill(thin, segments.color)

    def mark(self, mark: Mark) -> None:
        if self.ink:
            self.flush()
        key = (mark.shape, mark.size, mark.fill, mark.stroke, self.ratio)
        pixmap = _stamps.get(key)
        half = mark.size / 2 + 1.5
        if pixmap is None:
            pixmap, painter = self._blank(2 * half, 2 * half)
            _draw_mark(
                painter,
                Mark(x=half, y=half, size=mark.size, shape=mark.shape, fill=mark.fill, stroke=mark.stroke),
            )
            painter.end()
            _kept(key, pixmap)
        self.stamp(mark.x - half, mark.y - half, pixmap)

    def polygon(self, polygon: Polygon) -> None:
        if self.ink:
            self.flush()
        super().polygon(polygon)

    def polyline(self, line: Polyline) -> None:
        if not line.radius or line.dashed or line.width % 1:
            if self.ink:
                self.flush()
            super().polyline(line)
            return
        if line.color != self.ink:
            self.flush()
            self.ink = line.color
        points, lines, reach, thick = line.points, self.lines, line.radius, int(line.width)
        x, y = points[0]
        last = len(points) - 1
        for at in range(1, last):
            cx, cy = points[at]
            nx, ny = points[at + 1]
            if abs(cx - x) + abs(cy - y) < reach or abs(nx - cx) + abs(ny - cy) < reach:
                lines.append(_thin(x, y, cx, cy, thick))
                x, y = cx, cy
                continue
            if cy == y:  # comes along, goes up or down
                right, down = (-1 if cx > x else 1), (1 if ny > cy else -1)
                lines.append(_thin(x, y, cx + right * reach, cy, thick))
                x, y = cx, cy + down * reach
            else:
                right, down = (1 if nx > cx else -1), (-1 if cy > y else 1)
                lines.append(_thin(x, y, cx, cy + down * reach, thick))
                x, y = cx + right * reach, cy
            corner = self._corner(line.color, reach, right, down, line.width)
            self.stamped.append((cx - (0 if right > 0 else reach), cy - (0 if down > 0 else reach), corner))
        ex, ey = points[last]
        if not line.arrow:
            lines.append(_thin(x, y, ex, ey, thick))
            return
        px, py = points[last - 1]
        right, down = (ex > px) - (ex < px), (ey > py) - (ey < py)
        back = ARROW - 2
        lines.append(_thin(x, y, ex - right * back, ey - down * back, thick))
        self.stamped.append((ex - _HEAD, ey - _HEAD, self._head(line.color, right, down, line.width)))

    def _corner(self, ink: str, radius: float, right: int, down: int, width: float) -> QPixmap:
        """A quarter of a circle from its corner to the right (1) or left (-1), down (1) or up (-1)."""
        key = ("corner", ink, radius, right, down, width, self.ratio)
        pixmap = _stamps.get(key)
        if pixmap is None:
            pixmap, painter = self._blank(radius + width, radius + width)
            half = width / 2
            x, y = (half if right > 0 else radius + half), (half if down > 0 else radius + half)
            path = QPainterPath(QPointF(x, y + down * (radius + half)))  # to the edges, where the lines go on
            path.lineTo(x, y + down * radius)
            path.quadTo(x, y, x + right * radius, y)
            path.lineTo(x + right * (radius + half), y)
            painter.strokePath(path, _pen(ink, width))
            painter.end()
            _kept(key, pixmap)
        return pixmap

    def _head(self, ink: str, right: int, down: int, width: float) -> QPixmap:
        key = ("head", ink, right, down, width, self.ratio)
        pixmap = _stamps.get(key)
        if pixmap is None:
            pixmap, painter = self._blank(2 * _HEAD, 2 * _HEAD)
            painter.setBrush(_brush(ink))
            half = width / 2
            x, y = _HEAD + (half if down else 0.0), _HEAD + (half if right else 0.0)
            painter.drawPolygon(_arrow(((x - right, y - down), (x, y)), width))
            painter.end()
            _kept(key, pixmap)
        return pixmap


def _drawers(kind: type[_Exact]) -> dict[type, Callable[[Any, Any], None]]:
    """Which method draws which shape; looked up once, and no painter holds itself by its own methods."""
    return {
        Box: kind.box,
        Text: kind.text,
        Segments: kind.segments,
        Polyline: kind.polyline,
        Mark: kind.mark,
        Polygon: kind.polygon,
    }


_EXACT, _FAST = _drawers(_Exact), _drawers(_Fast)

_HEAD = 8.0
"""Half the side of the picture of an arrow head, whose tip is in the middle."""


def _kept(key: tuple[Any, ...], pixmap: QPixmap) -> QPixmap:
    if len(_stamps) > 4000:
        _stamps.clear()
    _stamps[key] = pixmap
    return pixmap


def _thin(x0: float, y0: float, x1: float, y1: float, thick: int = 1) -> QRect:
    """A level or upright line as the pixels it covers."""
    left, right = (int(x0), int(x1)) if x0 <= x1 else (int(x1), int(x0))
    top, bottom = (int(y0), int(y1)) if y0 <= y1 else (int(y1), int(y0))
    return QRect(left, top, right - left or thick, bottom - top or thick)


def _left_of(text: Text) -> float:
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
    if box.fade_left or box.fade_right:
        painter.setBrush(_soft(box))
    else:
        painter.setBrush(_brush(box.fill))
    radius = min(box.radius, box.width / 2, box.height / 2)
    if not radius:
        painter.drawRect(rect)
    elif not (box.square_left or box.square_right):
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.drawPath(_half_rounded(rect, radius, box.square_left, box.square_right))


def _soft(box: Box) -> QBrush:
    gradient = QLinearGradient(box.x, 0, box.x + box.width, 0)
    share = min(_FADE / max(box.width, 1.0), 0.5)
    solid, clear = QColor(box.fill), QColor(box.fill)
    clear.setAlphaF(0.12)
    gradient.setColorAt(0, clear if box.fade_left else solid)
    gradient.setColorAt(share if box.fade_left else 0, solid)
    gradient.setColorAt(1 - share if box.fade_right else 1, solid)
    gradient.setColorAt(1, clear if box.fade_right else solid)
    return QBrush(gradient)


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


def _arrow(points: tuple[Point, ...], width: float) -> QPolygonF:
    (px, py), (x, y) = points[-2], points[-1]
    length = ((x - px) ** 2 + (y - py) ** 2) ** 0.5 or 1.0
    dx, dy = (x - px) / length, (y - py) / length
    long, half = ARROW + (width - 1), 3.0 + (width - 1) / 2
    bx, by = x - dx * long, y - dy * long
    return QPolygonF(
        [QPointF(x, y), QPointF(bx - dy * half, by + dx * half), QPointF(bx + dy * half, by - dx * half)]
    )


def _draw_mark(painter: QPainter, mark: Mark) -> None:
    x, y, half = mark.x, mark.y, mark.size / 2
    if mark.shape in ("ring", "check"):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(color(mark.fill), 1.3 if mark.shape == "ring" else 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
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
    painter.setBrush(_brush(mark.fill))
    if mark.stroke:
        painter.setPen(_pen(mark.stroke, 1.5))
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
