"""The ground of the timeline: days off, the lines of the axis, today; and the two tiers of the header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ...io.strings import say
from ..drawing.palette import Colors, solid
from ..drawing.scene import AnyShape, Box, Measure, Segments, Text
from .axis import DAYS_SEEN, Axis, Tick, is_odd
from .frame import ROW, Frame, Window

if TYPE_CHECKING:
    from ...model.calendar import WorkingDays

HEADER = 56
"""Height of the header: two tiers and a little air."""
TIER = 26
FIRST_TIER = 4
_PILL = 18.0


def shading(frame: Frame) -> list[AnyShape]:
    """Days off where days can be told apart, else every other stretch of the lower tier."""
    axis, window = frame.axis, frame.window
    if axis.zoom < DAYS_SEEN:
        unit = axis.tiers()[1]
        spans = [
            (tick.first, tick.end)
            for tick in axis.ticks(unit, window.left, window.right)
            if is_odd(unit, tick.first)
        ]
        return _columns(frame, spans, window.top, window.bottom)
    shapes: list[AnyShape] = []
    first, last = int(axis.day(window.left)), int(axis.day(window.right)) + 1
    for calendar, top, bottom in _calendars(frame):
        shapes += _columns(frame, _days_off(calendar, first, last), top, bottom)
    return shapes


@lru_cache(maxsize=32)
def _days_off(calendar: WorkingDays, first: int, last: int) -> list[tuple[int, int]]:
    """The runs of days off; of the frames of a gesture, or of scrolling rows, all ask for the same."""
    return _runs(first, last, lambda day: not calendar.is_working(day))


def _calendars(frame: Frame) -> list[tuple[WorkingDays, float, float]]:
    """The calendars by which the rows in the window are worked, with the heights from and to which they hold.

    Lanes of teams are worked by their team's calendar, everything else by the plan's.
    """
    plan, rows, window = frame.board.plan, frame.board.rows, frame.window
    usual = plan.working_days[plan.info.calendar]
    found: list[tuple[WorkingDays, float, float]] = []
    for place in range(frame.first, frame.last + 1):
        path = rows[place].path
        team = path[0][1] if path and path[0][0] == "team" else None
        calendar = plan.team_calendars.get(team, usual) if team is not None else usual
        if found and found[-1][0] is calendar:
            found[-1] = (calendar, found[-1][1], (place + 1) * ROW)
        else:
            found.append((calendar, place * ROW, (place + 1) * ROW))
    if found and found[-1][0] is usual:
        found[-1] = (usual, found[-1][1], max(window.bottom, found[-1][2]))
    else:
        found.append((usual, found[-1][2] if found else window.top, window.bottom))
    return found


def _runs(first: int, last: int, is_in: Callable[[int], bool]) -> list[tuple[int, int]]:
    """The runs of days that are in something: the first of each and the day after its last."""
    found: list[tuple[int, int]] = []
    for day in range(first, last + 1):
        if is_in(day):
            if found and found[-1][1] == day:
                found[-1] = (found[-1][0], day + 1)
            else:
                found.append((day, day + 1))
    return found


def _columns(frame: Frame, spans: Iterable[tuple[int, int]], top: float, bottom: float) -> list[AnyShape]:
    axis, fill = frame.axis, frame.colors.off_day
    edges = ((round(axis.x(first)), round(axis.x(end))) for first, end in spans)
    return [Box(x=x0, y=top, width=x1 - x0, height=bottom - top, fill=fill) for x0, x1 in edges]


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
        room = x1 - x0 - 12
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
    ticks = axis.ticks(lower, left, right)
    brief = not _all_fit(axis, ticks, measure)
    for tick in ticks:
        x0, x1 = axis.x(tick.first), axis.x(tick.end)
        begins = max(x0, left)
        text = tick.short if brief and tick.short else tick.label
        wide = measure(text, 12.0, False)
        if wide + 6 > x1 - begins:
            continue
        x = begins + 8 if x1 - begins >= wide + 16 else begins + (x1 - begins - wide) / 2
        if x + wide <= right and (x + wide < hidden[0] or x > hidden[1]):
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


def _all_fit(axis: Axis, ticks: Sequence[Tick], measure: Measure) -> bool:
    """Whether every stretch has room for its label: all of a tier are written in the same way."""
    return all(measure(tick.label, 12.0, False) + 6 <= (tick.end - tick.first) * axis.zoom for tick in ticks)


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
