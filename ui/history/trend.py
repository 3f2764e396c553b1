"""The milestone trend as a scene: across, when something was said; upwards, which day was said. No Qt.

A level line is a promise that was kept; a rising one slips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...io.days import day, short_day
from ...io.strings import count, say
from ...model.history.trend import Forecast
from .. import dates
from ..drawing.palette import Theme, readable
from ..drawing.scene import AnyShape, Mark, Measure, Polyline, Scene, Segments, Text

MOST = 8
"""Milestones in the chart: the lines of more could not be told apart."""
_LEFT, _TOP, _BOTTOM, _NAMES = 72, 44, 40, 280
_MARGIN = 16
_MOST_NAMES = 0.45
"""Share of the width that names take at most."""
_LABEL = 36
_SMALL = 12.0


def in_chart(forecasts: Sequence[Forecast], height: float, selected: str = "") -> list[Forecast]:
    """Those that are drawn: the first ones, as many as have room, and the one that is selected."""
    most = max(min(MOST, int((height - _TOP - _BOTTOM) / _LABEL)), 1)
    shown = list(forecasts[:most])
    chosen = next((one for one in forecasts[most:] if one.id == selected), None)
    return [*shown[:-1], chosen] if chosen is not None else shown


def trend_scene(
    forecasts: Sequence[Forecast],
    width: float,
    height: float,
    theme: Theme,
    measure: Measure,
    selected: str = "",
) -> Scene:
    """The chart of those of the forecasts that `in_chart` chooses."""
    colors = theme.colors
    shown = in_chart(forecasts, height, selected)
    if not shown:
        return Scene(width, height, colors.background, ())
    plot = _Plot(shown, width, height)
    shapes: list[AnyShape] = [
        *_caption(len(shown), len(forecasts), width, theme, measure),
        *_grid(plot, theme),
    ]
    lanes = list(theme.lanes.values())
    places = _spread([plot.y(one.points[-1][1]) for one in shown], _LABEL, _TOP, height - _BOTTOM)
    for at, (one, label) in enumerate(zip(shown, places, strict=True)):
        lane = lanes[at % len(lanes)]
        color = lane.done if theme.dark else lane.fill
        shapes += _line(plot, one, color, one.id == selected)
        shapes += _name(plot, one, label, color, theme, measure)
    return Scene(width, height, colors.background, tuple(shapes))


class _Plot:
    """Where days are in the chart."""

    def __init__(self, shown: Sequence[Forecast], width: float, height: float) -> None:
        said = [when.toordinal() for one in shown for when, _ in one.points]
        forecast = [when.toordinal() for one in shown for _, when in one.points]
        self.first, self.last = min(said), max(max(said), min(said) + 1)
        air = max((max(forecast) - min(forecast)) // 12, 5)
        self.low, self.high = min(forecast) - air, max(forecast) + air
        self.left, self.right = _LEFT, width - min(_NAMES, width * _MOST_NAMES)
        self.top, self.bottom = _TOP, height - _BOTTOM
        self.width = width
        self.said = sorted(set(said))

    def x(self, when: date) -> float:
        share = (when.toordinal() - self.first) / (self.last - self.first)
        return self.left + 12 + share * (self.right - self.left - 24)

    def y(self, when: date) -> float:
        share = (when.toordinal() - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def months(self) -> Iterator[date]:
        """First days of months, as many as have room."""
        low, high = (date.fromordinal(when) for when in (self.low, self.high))
        months = (high.year - low.year) * 12 + high.month - low.month
        most = max((self.bottom - self.top) / 28, 1)
        step = next(
            step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= most or step == 1200
        )
        for month in range(low.year * 12, high.year * 12 + 12):
            first = date(month // 12, month % 12 + 1, 1)
            if month % step == 0 and self.low <= first.toordinal() <= self.high:
                yield first


def _grid(plot: _Plot, theme: Theme) -> Iterator[AnyShape]:
    colors = theme.colors
    lines: list[float] = []
    for month in plot.months():
        y = plot.y(month)
        lines += (plot.left, y, plot.right, y)
        words = f"{dates.months()[month.month - 1]} {month.year}"
        yield Text(
            x=0,
            y=y - 9,
            width=_LEFT - 8,
            height=18,
            text=words,
            color=colors.ink2,
            size=_SMALL,
            align="right",
        )
    yield Segments(ends=tuple(lines), color=colors.hairline)
    yield Segments(ends=(plot.left, plot.bottom, plot.right, plot.bottom), color=colors.line)
    free = float("inf")
    for when in reversed(plot.said):  # the latest is always named, others where there is room
        said = date.fromordinal(when)
        x = plot.x(said)
        yield Segments(ends=(x, plot.top, x, plot.bottom), color=colors.hairline)
        words = day(said) if said.year != date.fromordinal(plot.said[-1]).year else short_day(said)
        if x + 34 < free:
            free = x - 38
            yield Text(
                x=x - 40,
                y=plot.bottom + 6,
                width=80,
                height=18,
                text=words,
                color=colors.ink2,
                size=_SMALL,
                align="center",
            )


def _caption(shown: int, all: int, width: float, theme: Theme, measure: Measure) -> Iterator[AnyShape]:
    """How to read it, and how many milestones it does not show."""
    words = say("trend.caption")
    if shown < all:
        words = f"{words} {say('trend.some', n=shown, all=all)}"
    room = width - 2 * _MARGIN
    yield Text(
        x=_MARGIN,
        y=4,
        width=room,
        height=18,
        text=_fit(words, room, measure, _SMALL, False),
        color=theme.colors.ink2,
        size=_SMALL,
    )


def _line(plot: _Plot, one: Forecast, color: str, selected: bool) -> Iterator[AnyShape]:
    points = [(plot.x(said), plot.y(forecast)) for said, forecast in one.points]
    yield Polyline(points=tuple(points), color=color, width=3.5 if selected else 2.0, ref=one.id)
    for x, y in points:
        yield Mark(x=x, y=y, size=9, shape="diamond", fill=color, ref=one.id)


def _name(
    plot: _Plot, one: Forecast, y: float, color: str, theme: Theme, measure: Measure
) -> Iterator[AnyShape]:
    colors = theme.colors
    at = plot.y(one.points[-1][1])
    ends = ((plot.right - 8, at), (plot.right + 4, at), (plot.right + 12, y), (plot.right + 18, y))
    yield Polyline(points=ends, color=color, width=1.0)
    left, room = plot.right + 24, plot.width - plot.right - 32
    yield Text(
        x=left,
        y=y - 17,
        width=room,
        height=18,
        text=_fit(one.title, room, measure),
        color=readable(colors.ink, colors.background),
        bold=True,
        size=13.0,
        ref=one.id,
    )
    told = count("trend.promised", one.promises)
    words = f"{day(one.points[-1][1])} · {told}" + (f" · {dates.shift(one.moved)}" if one.moved else "")
    words = _fit(words, room, measure, _SMALL, False)
    yield Text(x=left, y=y, width=room, height=17, text=words, color=colors.ink2, size=_SMALL, ref=one.id)


def _fit(text: str, room: float, measure: Measure, size: float = 13.0, bold: bool = True) -> str:
    if measure(text, size, bold) <= room:
        return text
    while text and measure(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Places near the wanted ones, at least a gap apart, in the same order."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [0.0] * len(wanted)
    last = top
    for n in order:
        placed[n] = max(wanted[n], last)
        last = placed[n] + gap
    limit = bottom
    for n in reversed(order):
        placed[n] = max(min(placed[n], limit), top)
        limit = placed[n] - gap
    return placed
