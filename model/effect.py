"""What an edit would do to the dates of a plan, in a few numbers: how much moves, and when it all ends."""

from __future__ import annotations

from datetime import date

import msgspec

from .plan import Plan
from .schedule import Schedule


class Effect(msgspec.Struct, frozen=True):
    """The dates of a plan against those that it had.

    Attributes:
        moved: how many items without children start or finish on another day, or come or go.
        end: the last day of all now; None where nothing is on the timeline.
        days: how many working days of the plan's calendar that day is later than it was; negative: earlier.
    """

    moved: int
    end: date | None
    days: int


def effect(plan: Plan, now: Schedule, before: Schedule) -> Effect:
    """What has become of the dates `before` in `now`, the schedule of `plan`."""
    start, finish = before.start, before.finish
    moved = sum(
        now.start.get(id) != start.get(id) or now.finish.get(id) != finish.get(id)
        for id in plan.outline.order
        if not plan.outline.is_parent(id)
    )
    if now.end is None:
        return Effect(moved, None, 0)
    days = 0 if before.end is None else plan.team_calendars[None].between(before.end, now.end)
    return Effect(moved, date.fromordinal(now.end - 1), days)
