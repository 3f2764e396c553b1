"""Smooth ways to another zoom or place, and how a flick over a trackpad runs out; both can be turned off."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

from .axis import clamp_zoom

if TYPE_CHECKING:
    from .stage import Stage

LASTS = 160
"""Milliseconds that a way takes."""
_EVERY = 8
"""Milliseconds between two steps; the screen shows as many of them as it can."""
_FADES = 325.0
"""Milliseconds in which a run-out loses all but a third of its speed."""
_SLOWEST = 0.03
"""Pixels a millisecond: below that a run-out stops."""
_RECENT = 80
"""Milliseconds of a flick that tell its speed."""


class Glide(QObject):
    """Takes the stage to where it is to look from.

    The days at the two edges go straight to theirs. So whatever day is at the same place before and after is
    there all the way, and the zoom is even to the eye.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage
        self._from, self._to = (0.0, 1.0), (0.0, 1.0)
        """(day at the left edge, days in a pixel) at the begin and the end."""
        self._last = (0.0, 0.0)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_EVERY, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    @property
    def goal(self) -> tuple[float, float]:
        """(day at the left edge, pixels a day) where it ends."""
        if self._underway:
            return self._to[0], 1 / self._to[1]
        return self.stage.left, self.stage.axis.zoom

    @property
    def _underway(self) -> bool:
        """Whether it is on its way; who looks elsewhere meanwhile has ended it."""
        return self._timer.isActive() and self._last == (self.stage.left, self.stage.axis.zoom)

    def zoom(self, factor: float, x: float) -> None:
        """Zoom with the day at `x` pixels from the left edge staying where it is."""
        left, zoom = self.goal
        wanted = clamp_zoom(zoom * factor)
        self.to(left + x / zoom - x / wanted, wanted)

    def span(self, first: float, end: float) -> None:
        """Fit a stretch of time into the width."""
        self.to(*self.stage.place_of(first, end))

    def to(self, left: float, zoom: float | None = None) -> None:
        """Go to a day at the left edge and a zoom."""
        stage = self.stage
        wanted = self.goal[1] if zoom is None else zoom
        if not stage.session.motion or not stage.placed:
            self._timer.stop()
            stage.look(zoom=wanted, left=left)
            return
        self._from, self._to = (stage.left, 1 / stage.axis.zoom), (left, 1 / wanted)
        self._last = (stage.left, stage.axis.zoom)
        self._clock.start()
        self._timer.start()
        self._step()

    def _step(self) -> None:
        if not self._underway:
            self._timer.stop()
            return
        share = min((self._clock.elapsed() + _EVERY) / LASTS, 1.0)
        eased = 1 - (1 - share) ** 3
        left, scale = (a + (b - a) * eased for a, b in zip(self._from, self._to, strict=True))
        stage = self.stage
        stage.look(zoom=1 / scale, left=left)
        self._last = (stage.left, stage.axis.zoom)
        if share >= 1.0:
            self._timer.stop()


class Coast(QObject):
    """Lets a flick run out where the system does not do so by itself."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage
        self._trail: deque[tuple[int, float, float]] = deque(maxlen=16)
        """Of the fingers' latest moves: when (milliseconds), and how many pixels."""
        self._speed = (0.0, 0.0)
        self._rest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_EVERY, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    def follow(self, when: int, dx: float, dy: float) -> None:
        """The fingers have moved."""
        self.stop()
        self._trail.append((when, dx, dy))

    def let_go(self, when: int) -> None:
        """The fingers have left: what they moved goes on, ever slower."""
        recent = [one for one in self._trail if when - one[0] <= _RECENT]
        self._trail.clear()
        if len(recent) < 2 or not self.stage.session.motion:
            return
        took = max(when - recent[0][0], 1)
        self._speed = (sum(dx for _, dx, _ in recent) / took, sum(dy for _, _, dy in recent) / took)
        self._rest = 0.0
        self._clock.start()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _step(self) -> None:
        took = self._clock.restart()
        dx, dy = self._speed
        left = 0.368 ** (took / _FADES)
        self._speed = (dx * left, dy * left)
        if max(abs(dx), abs(dy)) < _SLOWEST:
            self.stop()
            return
        stage, down = self.stage, dy * took + self._rest
        self._rest = down - round(down)
        stage.look(
            left=stage.left - dx * took / stage.axis.zoom if dx else None,
            top=stage.top - round(down) if round(down) else None,
        )
