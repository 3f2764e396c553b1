"""Draws shapes for a screen: stamps for text, signs, corners and heads, thin lines by the thousand.

A stamp is a little picture that is drawn once and then put wherever the same thing is wanted. Stamps must
never reach a file: an SVG would hold a picture for each.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from .exact_painter import (
    ARROW,
    HALO,
    SMOOTH,
    Exact,
    arrow_head,
    baseline,
    brush,
    draw_mark,
    font,
    left_of,
    line_height,
    measure,
    pen,
)
from .scene import Box, Mark, Polygon, Polyline, Segments, Text

_stamps: dict[tuple[Any, ...], QPixmap] = {}


def forget_stamps() -> None:
    """Throw the little pictures away: the font is another now."""
    _stamps.clear()


_HEAD = 8.0
"""Half the side of the picture of an arrow head, whose tip is in the middle."""
_REACH = int(HALO / 2)
_AROUND = [
    (x, y)
    for x in range(-_REACH, _REACH + 1)
    for y in range(-_REACH, _REACH + 1)
    if 0 < x * x + y * y <= (HALO / 2) ** 2
]
"""Where letters are put in the halo's colour: all around. To stroke outlines takes many times as long."""


class Fast(Exact):
    """Draws for a screen: stamps for text, signs and heads, thin lines in batches."""

    def __init__(self, painter: QPainter) -> None:
        super().__init__(painter)
        self.ratio = painter.device().devicePixelRatio()
        origin = painter.deviceTransform()
        self.snaps = not (self.ratio.is_integer() and float(origin.dx()).is_integer())
        self.dx, self.dy = origin.dx(), origin.dy()
        self.lines: list[QRect] = []
        """Thin straight lines as rectangles, which are filled many times faster than lines are drawn."""
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
        painter.setRenderHint(SMOOTH, False)
        painter.setBrush(brush(ink))
        painter.drawRects(rects)
        painter.setRenderHint(SMOOTH, True)

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
        if not box.radius and not box.stroke and box.opacity == 1.0:
            self.painter.setBrush(brush(box.fill))
            self.painter.drawRect(QRectF(box.x, box.y, box.width, box.height))
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
        self.stamp(round(left_of(text)) - HALO, round(text.y + (text.height - height) / 2), pixmap)

    def _letters(self, text: Text) -> QPixmap:
        height = line_height(text.size, text.bold)
        width = measure(text.text, text.size, text.bold) + 2 * HALO + 2
        at = QPointF(HALO, height / 2 + baseline(text.size, text.bold))
        pixmap, painter = self._blank(width, height)
        painter.setFont(font(text.size, text.bold))
        if text.halo:
            ground, writer = self._blank(width, height)
            writer.setFont(painter.font())
            writer.setPen(pen(text.halo))
            writer.drawText(at, text.text)
            writer.end()
            for x, y in _AROUND:
                painter.drawPixmap(x, y, ground)
        painter.setPen(pen(text.color))
        painter.drawText(at, text.text)
        painter.end()
        return pixmap

    def _blank(self, width: float, height: float) -> tuple[QPixmap, QPainter]:
        pixmap = QPixmap(int(width * self.ratio + 0.99), int(height * self.ratio + 0.99))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(SMOOTH, True)
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
            draw_mark(
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
            painter.strokePath(path, pen(ink, width))
            painter.end()
            _kept(key, pixmap)
        return pixmap

    def _head(self, ink: str, right: int, down: int, width: float) -> QPixmap:
        key = ("head", ink, right, down, width, self.ratio)
        pixmap = _stamps.get(key)
        if pixmap is None:
            pixmap, painter = self._blank(2 * _HEAD, 2 * _HEAD)
            painter.setBrush(brush(ink))
            half = width / 2
            x, y = _HEAD + (half if down else 0.0), _HEAD + (half if right else 0.0)
            painter.drawPolygon(arrow_head(((x - right, y - down), (x, y)), width))
            painter.end()
            _kept(key, pixmap)
        return pixmap


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
