"""Which day a hand means: steps by the zoom, and what draws it from near by. Without Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

import msgspec

from ...model.records import ItemId
from .axis import nearest
from .gestures import Stage

PULL = 6.0
"""Pixels from which the end of another bar, a milestone or today draws the hand."""


class Snap(msgspec.Struct, frozen=True):
    """The day a hand means, and the end of something else that drew it."""

    day: int
    guide: int | None = None


class Magnets:
    """The ends of the bars that stay, and today."""

    def __init__(self, stage: Stage, moving: Collection[ItemId]) -> None:
        schedule = stage.document.kept_schedule
        days = {stage.today}
        for id in stage.board.row_of:
            if id in schedule and id not in moving:
                days.add(schedule.start[id])
                days.add(schedule.finish[id])
        self.stage, self.days = stage, sorted(days)

    def near(self, wanted: float) -> Snap | None:
        """The magnet that is close enough to a place in time to draw the hand."""
        place = bisect_left(self.days, wanted)
        close = self.days[max(place - 1, 0) : place + 1]
        day = min(close, key=lambda day: abs(day - wanted))
        return Snap(day, day) if abs(day - wanted) <= PULL / self.stage.axis.zoom else None

    def snap(self, wanted: float) -> Snap:
        """The magnet near by, else the nearest day, week, month or quarter, as the zoom has it."""
        return self.near(wanted) or stepped(self.stage, wanted)


def stepped(stage: Stage, wanted: float) -> Snap:
    """The nearest day, week, month or quarter, as the zoom has it."""
    return Snap(nearest(stage.axis.snap_unit(), wanted, stage.axis.fiscal))


def free(wanted: float) -> Snap:
    """The nearest day, whatever the zoom."""
    return Snap(round(wanted))
