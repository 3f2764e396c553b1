"""The ground of the timeline: days off, the lines of the axis, today; and the two tiers of the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...io.strings import say
from ...model.plan import Plan
from ..palette import Colors, solid
from ..scene import AnyShape, Box, Measure, Segments, Text
from .axis import DAYS_SEEN, Axis, is_odd

if TYPE_CHECKING:
    from .frame import Window

HEADER = 56
"""Height of the header: two tiers and a little air."""
TIER = 26
FIRST_TIER = 4
_PILL = 18.0


def shading(plan: Plan, axis: Axis, window: Window, colors: Colors) -> list[AnyShape]:
    """Days off where days can be told apart, else every other stretch of the lower tier."""
    height = window.bottom - window.top
    if axis.zoom < DAYS_SEEN:
        unit = axis.tiers()[1]
        return [
            Box(
                x=round(axis.x(tick.first)),
                y=window.top,
                width=round(axis.x(tick.end)) - round(axis.x(tick.first)),
                height=height,
                fill=colors.off_day,
            )
            for tick in axis.ticks(unit, window.left, window.right)
            if is_odd(unit, tick.first)
        ]
    calendar = plan.working_days[plan.info.calendar]
    shapes: list[AnyShape] = []
    first, last = int(axis.day(window.left)), int(axis.day(window.right)) + 1
    begun: int | None = None
    for day in range(first, last + 2):
        off = day <= last and not calendar.is_working(day)
        if off and begun is None:
            begun = day
        elif not off and begun is not None:
            x0, x1 = round(axis.x(begun)), round(axis.x(day))
            shapes.append(Box(x=x0, y=window.top, width=x1 - x0, height=height, fill=colors.off_day))
            begun = None
    return shapes


def lines(axis: Axis, window: Window, colors: Colors) -> list[AnyShape]:
    """A line where a stretch of a tier begins: hair-thin for the lower, a little stronger for the upper."""
    shapes: list[AnyShape] = []
    upper, lower = axis.tiers()
    for unit, color in ((lower, colors.hairline), (upper, colors.line)):
        found: list[float] = []
        for tick in axis.ticks(unit, window.left, window.right):
            x = round(axis.x(tick.first))
            found += (x, window.top, x, window.bottom)
        shapes.append(Segments(ends=tuple(found), color=color))
    return shapes


def today_line(axis: Axis, window: Window, today: int, colors: Colors) -> list[AnyShape]:
    x = round(axis.x(today + 0.5))
    if not window.left - 2 <= x <= window.right + 2:
        return []
    return [
        Box(
            x=x - 0.5,
            y=window.top,
            width=1.5,
            height=window.bottom - window.top,
            fill=colors.today,
            ref="today",
        )
    ]


def header(
    axis: Axis, left: float, right: float, today: int, colors: Colors, measure: Measure
) -> list[AnyShape]:
    """The two tiers over the timeline from `left` to `right`, in content pixels, from 0 to `HEADER`."""
    shapes: list[AnyShape] = [Box(x=left, y=0, width=right - left, height=HEADER, fill=colors.background)]
    upper, lower = axis.tiers()
    shapes += _marks(axis, left, right, colors)
    pill = _pill(axis, today, (left, right), colors, measure)
    hidden = (pill[0].x - 4, pill[0].x + pill[0].width + 4)
    for tick in axis.ticks(upper, left, right):
        x0, x1 = max(axis.x(tick.first), left), min(axis.x(tick.end), right)
        room = axis.x(tick.end) - x0 - 12
        text = next(
            (t for t in (tick.title, tick.brief, tick.least) if t and measure(t, 13.0, True) <= room), ""
        )
        if x1 > x0 and text:
            shapes.append(
                Text(
                    x=x0 + 8,
                    y=FIRST_TIER,
                    width=measure(text, 13.0, True) + 1,
                    height=TIER,
                    text=text,
                    color=colors.ink,
                    bold=True,
                )
            )
    for tick in axis.ticks(lower, left, right):
        x0, x1 = axis.x(tick.first), axis.x(tick.end)
        begins = max(x0, left)
        fits = (t for t in (tick.label, tick.short) if t and measure(t, 12.0, False) + 6 <= x1 - begins)
        text = next(fits, "")
        wide = measure(text, 12.0, False)
        x = begins + 8 if x1 - begins >= wide + 16 else begins + (x1 - begins - wide) / 2
        if text and (x + wide < hidden[0] or x > hidden[1]):
            shapes.append(
                Text(
                    x=x,
                    y=FIRST_TIER + TIER,
                    width=wide + 1,
                    height=TIER - 2,
                    text=text,
                    color=colors.ink2,
                    size=12.0,
                )
            )
    return shapes + list(pill)


def _marks(axis: Axis, left: float, right: float, colors: Colors) -> list[AnyShape]:
    upper, lower = axis.tiers()
    low: list[float] = []
    for tick in axis.ticks(lower, left, right):
        x = round(axis.x(tick.first))
        low += (x, FIRST_TIER + TIER + 4, x, HEADER)
    high: list[float] = []
    for tick in axis.ticks(upper, left, right):
        x = round(axis.x(tick.first))
        high += (x, 0, x, HEADER)
    return [
        Segments(ends=tuple(low), color=colors.hairline),
        Segments(ends=(*high, left, HEADER - 1, right, HEADER - 1), color=colors.line),
    ]


def _pill(
    axis: Axis, today: int, seen: tuple[float, float], colors: Colors, measure: Measure
) -> tuple[Box, Text]:
    """The label of the line of today; it stays whole as long as the line is seen."""
    text = say("timeline.today")
    width = measure(text, 11.0, True) + 16
    line = round(axis.x(today + 0.5))
    x = line - width / 2
    if seen[0] <= line <= seen[1]:
        x = max(min(x, seen[1] - width), seen[0])
    y = FIRST_TIER + TIER + (TIER - 2 - _PILL) / 2
    tones = solid(colors.today)
    return (
        Box(x=x, y=y, width=width, height=_PILL, fill=tones.fill, radius=_PILL / 2, ref="today"),
        Text(
            x=x,
            y=y,
            width=width,
            height=_PILL,
            text=text,
            color=tones.ink,
            size=11.0,
            bold=True,
            align="center",
        ),
    )
