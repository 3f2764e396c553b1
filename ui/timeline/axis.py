"""Where a day stands on the timeline: days to pixels and back, and the marks of the two tiers above it.

Content pixels count from `ORIGIN`, whatever the plan, so that the axis has no end and a scroll never changes
where anything is drawn. Days are ordinals (`date.toordinal`); a day reaches from its ordinal to the next.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from ...io.strings import say
from .. import dates

ORIGIN = date(2000, 1, 1).toordinal()
FURTHEST = date(9000, 1, 1).toordinal()
"""Nothing is drawn beyond: `date` ends soon after."""
EARLIEST = date(1000, 1, 1).toordinal()

NEAREST_ZOOM, FURTHEST_ZOOM = 60.0, 0.002
"""Pixels a day, at most and at least: a thousand years fit into a window."""
DAYS_SEEN = 4.0
"""From this many pixels a day on, single days can be told apart: days off are shaded, drags go by days."""

Unit: TypeAlias = Literal["day", "week", "month", "quarter", "year", "lustrum", "decade", "fifty", "century"]
"""A lustrum is five years, a fifty half a century."""


class Tick(msgspec.Struct, frozen=True):
    """One stretch of a tier: its first day, the day after its last, and what is written on it."""

    first: int
    end: int
    title: str
    """In the upper tier."""
    brief: str
    """In the upper tier, where the title finds no room."""
    label: str
    """In the lower tier."""
    short: str
    """In the lower tier, where the label finds no room."""
    least: str = ""
    """In the upper tier, where not even the brief finds room."""


class Axis(msgspec.Struct, frozen=True):
    """The scale of the timeline: how many pixels a day takes, and in which month a fiscal year begins."""

    zoom: float
    fiscal: int = 1

    def x(self, day: float) -> float:
        """Content pixels of the beginning of a day."""
        return (day - ORIGIN) * self.zoom

    def day(self, x: float) -> float:
        """The day at a place, with its fraction."""
        return x / self.zoom + ORIGIN

    def tiers(self) -> tuple[Unit, Unit]:
        """The upper and the lower tier."""
        if self.zoom >= 16:
            return "week", "day"
        if self.zoom >= DAYS_SEEN:
            return "month", "week"
        if self.zoom >= 0.7:
            return "quarter", "month"
        if self.zoom >= 0.25:
            return "year", "quarter"
        if self.zoom >= 0.07:
            return "decade", "year"
        if self.zoom >= 0.025:
            return "decade", "lustrum"
        return "century", "decade" if self.zoom >= 0.01 else "fifty"

    def snap_unit(self) -> Unit:
        """What a drag goes by at this zoom."""
        if self.zoom >= DAYS_SEEN:
            return "day"
        if self.zoom >= 1.2:
            return "week"
        return "month" if self.zoom >= 0.35 else "quarter"

    def ticks(self, unit: Unit, x0: float, x1: float) -> list[Tick]:
        """The stretches of a tier that lie between two places, in order."""
        first = min(max(int(self.day(x0)), EARLIEST), FURTHEST)
        last = min(int(self.day(x1)) + 1, FURTHEST)
        found = []
        at = begin(unit, first, self.fiscal)
        while at <= last:
            tick = _tick(unit, at, self.fiscal)
            found.append(tick)
            at = tick.end
        return found


def clamp_zoom(zoom: float) -> float:
    return min(max(zoom, FURTHEST_ZOOM), NEAREST_ZOOM)


def begin(unit: Unit, day: int, fiscal: int = 1) -> int:
    """The first day of the stretch that a day lies in."""
    if unit == "day":
        return day
    if unit == "week":
        return day - date.fromordinal(day).weekday()
    when = date.fromordinal(day)
    months = when.year * 12 + when.month - 1
    size = _MONTHS[unit]
    # Decades are those of the fiscal years' names: the 2030s of fiscal years may begin in 2029.
    shift = fiscal - 1 if size <= 12 or fiscal == 1 else fiscal - 13
    return _first_of(months - (months - shift) % size)


def following(unit: Unit, first: int) -> int:
    """The first day of the next stretch."""
    if unit == "day":
        return first + 1
    if unit == "week":
        return first + 7
    when = date.fromordinal(first)
    return _first_of(when.year * 12 + when.month - 1 + _MONTHS[unit])


def nearest(unit: Unit, day: float, fiscal: int = 1) -> int:
    """The beginning of a stretch that is closest to a place in time."""
    if unit == "day":
        return round(day)
    low = begin(unit, int(day), fiscal)
    high = following(unit, low)
    return low if day - low <= high - day else high


def step(axis: Axis, day: int, steps: int) -> int:
    """The day some snap steps from a day: where a key press moves a bar to."""
    unit = axis.snap_unit()
    for _ in range(abs(steps)):
        if unit in ("day", "week"):
            day += (7 if unit == "week" else 1) * (1 if steps > 0 else -1)
        elif steps > 0:
            day = following(unit, nearest(unit, day, axis.fiscal))
        else:
            before = nearest(unit, day - (15 if unit == "month" else 46), axis.fiscal)
            day = before if before < day else nearest(unit, before - 20, axis.fiscal)
    return day


def is_odd(unit: Unit, first: int) -> bool:
    """Whether a stretch is every other one: those are shaded."""
    when = date.fromordinal(first)
    return bool((when.year * 12 + when.month - 1) // _MONTHS.get(unit, 1) % 2)


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "lustrum": 60, "decade": 120, "fifty": 600, "century": 1200}


def _first_of(months: int) -> int:
    return date(months // 12, months % 12 + 1, 1).toordinal()


@lru_cache(maxsize=4096)
def _tick(unit: Unit, first: int, fiscal: int) -> Tick:
    end = following(unit, first)
    when = date.fromordinal(first)
    if unit == "day":
        return Tick(first, end, dates.day(when), "", str(when.day), "")
    if unit == "week":
        number = say("axis.week", number=when.isocalendar().week)
        brief = f"{number} · {_week(when, date.fromordinal(end - 1))}"
        whole = f"{brief} {date.fromordinal(end - 1).year}"
        return Tick(first, end, whole, brief, f"{when.day} · {number}", str(when.day), number)
    if unit == "month":
        name = dates.months()[when.month - 1]
        return Tick(first, end, f"{name} {when.year}", name, name, name[:1])
    year = _fiscal_year(when, fiscal)
    written = str(year) if fiscal == 1 else say("axis.fiscal-year", year=f"{year % 100:02d}")
    if unit == "year":
        return Tick(first, end, written, "", written, f"{year % 100:02d}")
    if unit != "quarter":
        last = year + _MONTHS[unit] // 12 - 1
        return Tick(first, end, f"{year} – {last}", str(year), str(year), f"{year % 100:02d}")
    place = (when.month - fiscal) % 12 // 3 + 1
    quarter = say("axis.quarter", number=place)
    whole = say("axis.quarter-of" if fiscal == 1 else "axis.fiscal-quarter", number=place, year=written)
    return Tick(first, end, whole, quarter, quarter, "")


def _week(monday: date, sunday: date) -> str:
    """`16 – 22 Nov`, `30 Nov – 6 Dec`."""
    if monday.month == sunday.month:
        return f"{monday.day} – {dates.short_day(sunday)}"
    return dates.span(monday, sunday)


def _fiscal_year(when: date, fiscal: int) -> int:
    """A fiscal year is named after the calendar year it ends in."""
    return when.year + (1 if fiscal > 1 and when.month >= fiscal else 0)
