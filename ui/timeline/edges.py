"""Scrolling by itself while a drag is at the edge of what is seen, faster further out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QWidget

from .gestures import Gesture
from .stage import Stage

_EDGE = 28
"""Pixels from the edge at which it begins."""
_EVERY = 16
"""Milliseconds between two steps."""


class EdgeScroll(QObject):
    """Follows a hand over a widget from `watch` to `stop`; after each step `scrolled` is called."""

    def __init__(self, stage: Stage, widget: QWidget, scrolled: Callable[[], None]) -> None:
        super().__init__(widget)
        self._stage, self._widget, self._scrolled = stage, widget, scrolled
        self._gesture: Gesture | None = None
        self._from = self._at = QPointF()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._step)

    def watch(self, gesture: Gesture, at: QPointF) -> None:
        """The gesture has begun with the hand at a place of the widget."""
        self._gesture, self._from, self._at = gesture, at, at
        self._timer.start()

    def move(self, at: QPointF) -> None:
        self._at = at

    def stop(self) -> None:
        self._gesture = None
        self._timer.stop()

    def _step(self) -> None:
        stage, gesture = self._stage, self._gesture
        if gesture is None:
            self._timer.stop()
            return
        if stage.elsewhere.lit:
            return
        days, rows = gesture.ways
        dx = _beyond(self._at.x(), self._from.x(), self._widget.width()) if days else 0.0
        dy = _beyond(self._at.y(), self._from.y(), self._widget.height()) if rows else 0.0
        if dx or dy:
            stage.look(left=stage.left + dx / stage.axis.zoom, top=stage.top + dy)
            self._scrolled()


def _beyond(at: float, begin: float, size: int) -> float:
    """How far to scroll for a hand at a place: faster further out, a screen a second at most.

    A hand that began at the edge must go further out first: a bar there can be dragged without a jump.
    """
    most = size * _EVERY / 1000
    low, high = min(_EDGE, begin - 2), max(size - _EDGE, begin + 2)
    if at < low:
        return -min((low - at) * 0.5, most)
    return min((at - high) * 0.5, most) if at > high else 0.0
