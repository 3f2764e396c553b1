"""The report of what has changed as pages to print or to send: scenes of A4, upright. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Literal, NamedTuple

from ...io.difference import Line, Report, Section, report
from ...io.strings import say
from ...model.history.earlier import Told
from ...model.records import View
from ...model.schedule import Schedule
from .. import dates
from ..drawing.palette import Colors, Theme
from ..drawing.scene import AnyShape, Box, Measure, Scene, Segments, Text

WIDTH, HEIGHT = 794.0, 1123.0
"""A4 in pixels of 1/96 inch."""
_MARGIN, _FOOT = 60.0, 56.0
_ROOM = WIDTH - 2 * _MARGIN
_BODY, _LEADING, _GAP = 12.5, 18.0, 5.0
"""Size of the text, height of a line, and room between two sentences."""
_TITLE, _TITLE_LEADING, _MOST_TITLE = 22.0, 30.0, 3
_HEAD_AIR, _HEAD_HEIGHT = 18.0, 32.0
_INDENT = 22.0
_DAYS = 64.0
"""Room for the number of days at the right."""
_TILES, _TILE = 6, 58.0
"""Numbers in a row of the summary, and the height of one."""
_BAD, _GOOD = frozenset({"slipped", "conflict", "dropped"}), frozenset({"pulled", "done"})


class _Word(NamedTuple):
    text: str
    bold: bool = False


def told_pages(told: Told, view: View | None, times: Schedule, theme: Theme, measure: Measure) -> list[Scene]:
    """What has become of the items that a view shows; `times` are those of the plan of now."""
    return report_pages(report(told.seen_in(view, times)), theme, measure)


def report_pages(written: Report, theme: Theme, measure: Measure) -> list[Scene]:
    """The report on as many pages as it needs."""
    paper = _Paper(theme.colors, measure)
    paper.write(written)
    made = len(paper.pages)
    return [
        Scene(
            WIDTH,
            HEIGHT,
            theme.colors.background,
            (*shapes, *paper.foot(written, number, made)),
            written.head,
        )
        for number, shapes in enumerate(paper.pages, 1)
    ]


class _Paper:
    """Puts lines on pages from the top down."""

    def __init__(self, colors: Colors, measure: Measure) -> None:
        self.pages: list[list[AnyShape]] = [[]]
        self._colors, self._measure = colors, measure
        self._y = _MARGIN

    def write(self, report: Report) -> None:
        self._write_title(report)
        self._write_summary(report.sections)
        if not report.sections:
            self._write_line(Line(say("changes.none")))
        for section in report.sections:
            self._write_section(section)

    # Its parts

    def _write_title(self, report: Report) -> None:
        words = [_Word(word, True) for word in report.head.split()]
        for line in self._broken(words, _ROOM, _TITLE)[:_MOST_TITLE]:
            self._put(_MARGIN, self._y, line, _TITLE_LEADING, self._colors.ink, _TITLE)
            self._y += _TITLE_LEADING
        self._text(_MARGIN, self._y, self._fit(report.about, _ROOM, 13.0), 20, self._colors.ink2, 13.0)
        self._y += 28
        self._add(Box(x=_MARGIN, y=self._y, width=_ROOM, height=2, fill=self._colors.accent))
        self._y += 18

    def _write_summary(self, sections: Sequence[Section]) -> None:
        """A number for each kind."""
        width = _ROOM / _TILES
        for at, section in enumerate(sections):
            x, y = _MARGIN + at % _TILES * width, self._y + at // _TILES * _TILE
            color = _color(section.kind, self._colors)
            self._text(x, y, str(section.number), 28, color, 22.0, bold=True)
            label = self._fit(say(f"news.{section.kind}.short"), width - 8, 11.0)
            self._text(x, y + 28, label, 16, self._colors.ink2, 11.0)
        self._y += -(-len(sections) // _TILES) * _TILE

    def _write_section(self, section: Section) -> None:
        self._need(_HEAD_AIR + _HEAD_HEIGHT + 2 * _LEADING)
        if self._y > _MARGIN:
            self._y += _HEAD_AIR
        color = _color(section.kind, self._colors)
        self._add(Box(x=_MARGIN, y=self._y + 5, width=4, height=16, fill=color, radius=2))
        self._text(_MARGIN + 12, self._y, section.head, 26, self._colors.ink, 15.0, bold=True)
        self._y += _HEAD_HEIGHT
        for line in section.lines:
            self._write_line(line)

    def _write_line(self, line: Line) -> None:
        """A sentence, with its days at the right; it stays on one page."""
        x = _MARGIN + 12 + line.depth * _INDENT
        lines = self._broken(_words(line), WIDTH - _MARGIN - _DAYS - x, _BODY)
        self._need(len(lines) * _LEADING)
        if line.days:
            color = self._colors.danger if line.days > 0 else self._colors.success
            right, days = WIDTH - _MARGIN - _DAYS, dates.shift(line.days)
            self._text(right, self._y, days, _LEADING, color, _BODY, bold=True, width=_DAYS, align="right")
        for one in lines:
            self._put(x, self._y, one, _LEADING, self._colors.ink, _BODY)
            self._y += _LEADING
        self._y += _GAP

    def foot(self, report: Report, number: int, made: int) -> Iterator[AnyShape]:
        """The line at the bottom of a page."""
        y = HEIGHT - _FOOT
        yield Segments(ends=(_MARGIN, y, WIDTH - _MARGIN, y), color=self._colors.line)
        about, page = self._fit(report.about, _ROOM - 100, 10.5), say("report.page", n=number, all=made)
        look = partial(Text, x=_MARGIN, y=y + 6, width=_ROOM, height=18, color=self._colors.ink2, size=10.5)
        yield look(text=about)
        yield look(text=page, align="right")

    # Where things go

    def _need(self, height: float) -> None:
        """Go on on a new page where that much has no room."""
        if self._y + height > HEIGHT - _FOOT - 8:
            self.pages.append([])
            self._y = _MARGIN

    def _add(self, shape: AnyShape) -> None:
        self.pages[-1].append(shape)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        height: float,
        color: str,
        size: float,
        *,
        bold: bool = False,
        width: float = 0.0,
        align: Literal["left", "right"] = "left",
    ) -> None:
        width = width or self._measure(text, size, bold) + 2
        self._add(
            Text(
                x=x,
                y=y,
                width=width,
                height=height,
                text=text,
                color=color,
                size=size,
                bold=bold,
                align=align,
            )
        )

    def _put(
        self, x: float, y: float, words: Sequence[_Word], height: float, color: str, size: float
    ) -> None:
        """A line of words, the bold ones and the others beside each other."""
        for bold, run in groupby(words, key=lambda word: word.bold):
            text = " ".join(word.text for word in run)
            self._text(x, y, text, height, color, size, bold=bold)
            x += self._measure(text, size, bold) + self._measure(" ", size, False)

    def _broken(self, words: Sequence[_Word], room: float, size: float) -> list[list[_Word]]:
        """The words in lines of that width; one that is longer than a line is cut into parts."""
        lines: list[list[_Word]] = [[]]
        used, space = 0.0, self._measure(" ", size, False)
        for word in words:
            for part in self._parts(word, room, size):
                width = self._measure(part.text, size, part.bold)
                if lines[-1] and used + space + width > room:
                    lines.append([])
                    used = 0.0
                used += width + (space if lines[-1] else 0.0)
                lines[-1].append(part)
        return lines

    def _parts(self, word: _Word, room: float, size: float) -> Iterator[_Word]:
        text = word.text
        while self._measure(text, size, word.bold) > room and len(text) > 1:
            length = max(int(len(text) * room / self._measure(text, size, word.bold)) - 1, 1)
            yield _Word(text[:length], word.bold)
            text = text[length:]
        yield _Word(text, word.bold)

    def _fit(self, text: str, room: float, size: float) -> str:
        if self._measure(text, size, False) <= room:
            return text
        while text and self._measure(text + "…", size, False) > room:
            text = text[:-1]
        return text.rstrip() + "…"


def _words(line: Line) -> list[_Word]:
    """The sentence with the title of the item in bold."""
    title = " ".join(line.news.title.split()) if line.news is not None else ""
    before, found, after = line.text.partition(title) if title else (line.text, "", "")
    words = [_Word(word) for word in before.split()]
    words += [_Word(word, True) for word in found.split()]
    rest = after.split()
    if found and rest and not after[0].isspace() and words:  # a quotation mark or a comma
        words[-1] = _Word(words[-1].text + rest.pop(0), True)
    return [*words, *map(_Word, rest)]


def _color(kind: str, colors: Colors) -> str:
    if kind in _BAD:
        return colors.danger
    return colors.success if kind in _GOOD else colors.accent
