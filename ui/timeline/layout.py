"""Plan and schedule as shapes: the rows and bars, links and titles that can be seen through a window on the timeline.

Only what is in the window is laid out; every row is as high as any other, so that a row is found by a division. The
order of the shapes is that of a painter: grid, links, bars, the line of today, titles.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import msgspec

from ...model.records import Item, ItemId, LinkId, LinkType
from ...model.schedule import Schedule
from .. import dates
from ..palette import Tones, mix, readable
from ..scene import AnyShape, Box, Mark, Measure, Point, Polygon, Polyline, Segments, Text
from . import grid, labels, routes
from .axis import Axis
from .board import Board

ROW = 26
"""Height of every row."""
BAR = 18
"""Height of a bar."""
TOP = (ROW - BAR) // 2
RADIUS = 4.0
DIAMOND = 15.0
"""Width and height of a milestone."""
SIZE = 13.0
"""Of titles."""
SMALL = 11.0
PARENT_SIZE = 12.0
"""Of the title under a parent's bracket."""
SOFT = frozenset({"month", "quarter", "half", "year"})
"""Precisions that are shown by soft ends."""
OVER = 60.0
"""How far beyond the window something is still laid out, so that what reaches into it is whole."""
DOT = 11.0
"""From a bar's end to the middle of its link dot."""


Path: TypeAlias = tuple[Point, ...]


class Window(NamedTuple):
    """The part of the timeline that is to be drawn, in content pixels."""

    left: float
    top: float
    right: float
    bottom: float


class Hints(msgspec.Struct, frozen=True):
    """What a gesture in flight adds to the picture."""

    ghosts: frozenset[ItemId] = frozenset()
    """Items whose old place is shown dashed."""
    notes: dict[ItemId, str] = {}
    """What is written beside the items under the hand."""
    guide: int | None = None
    """The day to which the hand has snapped."""
    band: Window | None = None
    """The rubber band."""
    wire: tuple[float, float, float, float] | None = None
    """A link not yet made, from a dot to the pointer."""
    wire_good: bool = True
    target: ItemId | None = None
    """The item on which the link would be dropped."""
    loop: frozenset[ItemId] = frozenset()
    """The items of a loop that the drop would close."""
    takers: frozenset[ItemId] = frozenset()
    """Items that could take the link being drawn: they light up."""
    drop_row: int | None = None
    """The row above which rows would be dropped."""
    drop_into: int | None = None
    """The row (a lane, a parent) into which they would be."""
    drawn: tuple[int, int, int] | None = None
    """Row, first day and end of a bar that is being drawn."""


class Glance(msgspec.Struct, frozen=True):
    """What of the state of looking the picture shows."""

    selected: frozenset[ItemId] = frozenset()
    link: LinkId | None = None
    hovered: ItemId | None = None
    chain: frozenset[LinkId] = frozenset()
    """The links of the selected or hovered items, near and far."""
    kept: Schedule | None = None
    """During a preview: the schedule as it was, to tell what moves."""
    hints: Hints = Hints()


class Spot(NamedTuple):
    """Where an item is drawn: its row and the ends of its bar, in content pixels."""

    item: ItemId
    row: int
    left: float
    right: float
    milestone: bool


class Drawn(NamedTuple):
    """The shapes, and where what can be pointed at is."""

    shapes: list[AnyShape]
    spots: dict[int, Spot]
    """By row."""
    lines: list[tuple[LinkId, Path]]


def ends(board: Board, axis: Axis, id: ItemId) -> tuple[float, float] | None:
    """Where an item's bar begins and ends, in content pixels; None where it has no place in time."""
    start = board.schedule.start.get(id)
    if start is None:
        return None
    left = axis.x(start)
    if board.plan.items[id].kind == "milestone" and not board.plan.outline.is_parent(id):
        return left - DIAMOND / 2, left + DIAMOND / 2
    return left, max(axis.x(board.schedule.finish[id]), left + 2)


def layout(board: Board, axis: Axis, window: Window, glance: Glance, today: int, measure: Measure) -> Drawn:
    """Everything that is to be drawn in the window, in content pixels."""
    return _Layout(board, axis, window, glance, today, measure).whole()


class _Layout:
    def __init__(
        self, board: Board, axis: Axis, window: Window, glance: Glance, today: int, measure: Measure
    ) -> None:
        self.board, self.axis, self.window = board, axis, window
        self.glance, self.today, self.measure = glance, today, measure
        self.colors = board.theme.colors
        self.first = max(int(window.top // ROW), 0)
        self.last = min(int((window.bottom - 1) // ROW), len(board.rows) - 1)
        self._ends: dict[ItemId, tuple[float, float] | None] = {}
        self.bars: list[AnyShape] = []
        self.titles: list[AnyShape] = []
        self.spots: dict[int, Spot] = {}
        self.lines: list[tuple[LinkId, Path]] = []

    def whole(self) -> Drawn:
        window, axis = self.window, self.axis
        shapes: list[AnyShape] = []
        shapes += grid.shading(self.board.plan, axis, window, self.colors)
        shapes += self.rows()
        shapes += grid.lines(axis, window, self.colors)
        for place in range(self.first, self.last + 1):
            self.row(place)
        shapes += self.links()
        shapes += self.bars
        shapes += grid.today_line(axis, window, self.today, self.colors)
        shapes += self.titles
        shapes += self.marks_of_hand()
        return Drawn(shapes, self.spots, self.lines)

    # Rows

    def rows(self) -> list[AnyShape]:
        """Bands of lanes, the selected and the hovered row, and the hairlines between rows."""
        window, colors, glance = self.window, self.colors, self.glance
        left, wide = window.left, window.right - window.left
        shapes: list[AnyShape] = []
        hairlines: list[float] = []
        for place in range(self.first, self.last + 1):
            row, y = self.board.rows[place], place * ROW
            if row.item is None:
                shapes.append(Box(x=left, y=y, width=wide, height=ROW, fill=colors.panel, ref=row.ref))
                shapes += self.summary(row.ref, row.folded, y)
            elif row.item in glance.selected or place == glance.hints.drop_into:
                shapes.append(Box(x=left, y=y, width=wide, height=ROW, fill=colors.selection))
            hairlines += (left, y + ROW - 1, window.right, y + ROW - 1)
        if glance.hints.drop_into is not None and self.first <= glance.hints.drop_into <= self.last:
            y = glance.hints.drop_into * ROW
            shapes.append(Box(x=left, y=y, width=wide, height=ROW, fill=colors.selection))
        if hairlines:
            shapes.append(Segments(ends=tuple(hairlines), color=colors.hairline))
        return shapes

    def summary(self, ref: str, folded: bool, y: float) -> list[AnyShape]:
        """A folded lane still shows when its items are."""
        if not folded:
            return []
        row = next(row for row in self.board.rows if row.ref == ref)
        lane = self.board.lane_of(self.board.group_field, row.value)
        shapes: list[AnyShape] = []
        for start, finish in self.board.spans_of_folded(ref):
            x0 = max(self.axis.x(start), self.window.left - OVER)
            x1 = min(self.axis.x(finish), self.window.right + OVER)
            if x1 > x0:
                shapes.append(
                    Box(x=x0, y=y + ROW / 2 - 3, width=max(x1 - x0, 3), height=6, fill=lane.fill, radius=3)
                )
        return shapes

    # Bars

    def row(self, place: int) -> None:
        id = self.board.rows[place].item
        if id is None:
            return
        found = self.ends(id)
        if found is None:
            return
        item = self.board.plan.items[id]
        milestone = item.kind == "milestone" and not self.board.plan.outline.is_parent(id)
        spot = Spot(id, place, *found, milestone)
        self.spots[place] = spot
        y = place * ROW
        self.old_place(spot, y)
        if spot.right < self.window.left + 2 or spot.left > self.window.right - 2:
            if id not in self.glance.hints.notes:
                self.out_of_sight(spot, y)
            return
        tones = self.board.tones_of(item)
        if self.board.plan.outline.is_parent(id):
            self.parent(spot, item, tones, y)
        elif milestone:
            self.milestone(spot, item, tones, y)
        else:
            self.bar(spot, item, tones, y)
        self.deadline(item, y)

    def bar(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        width = x1 - x0
        soft = item.precision in SOFT and width > 8
        progress = 100 if self.board.plan.category_of(item) == "done" else item.progress
        split = min(max(spot.left + (spot.right - spot.left) * progress / 100, x0), x1)
        self.ring(item.id, x0, width, y)
        bar = Box(
            x=x0,
            y=y + TOP,
            width=width,
            height=BAR,
            fill=tones.fill,
            radius=RADIUS,
            ref=item.id,
            fade_left=soft,
            fade_right=soft,
        )
        if split >= x1 and not soft:
            self.bars.append(msgspec.structs.replace(bar, fill=tones.done))
        else:
            self.bars.append(bar)
            if split > x0 + 1:
                whole = split >= x1
                self.bars.append(
                    Box(
                        x=x0,
                        y=y + TOP,
                        width=split - x0,
                        height=BAR,
                        fill=tones.done,
                        radius=RADIUS,
                        square_right=not whole,
                        fade_left=soft,
                        fade_right=soft and whole,
                    )
                )
        inset = 0.0
        if item.pinned and width >= 24 and spot.left >= self.window.left:
            self.titles.append(Mark(x=spot.left + 9, y=y + ROW / 2, size=11, shape="pin", fill=tones.ink))
            inset = 11.0
        self.title(spot, item, y, ink=tones.ink, inset=inset, soft=soft)

    def milestone(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        centre = (spot.left + spot.right) / 2
        done = self.board.plan.category_of(item) == "done"
        if item.id in self.glance.hints.takers:
            lit = mix(self.colors.accent, self.colors.background, 0.45)
            self.bars.append(Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 5, shape="diamond", fill=lit))
        if spot.item in self.glance.selected:
            self.bars.append(
                Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 6, shape="diamond", fill=self.colors.accent)
            )
            self.bars.append(
                Mark(
                    x=centre, y=y + ROW / 2, size=DIAMOND + 2.5, shape="diamond", fill=self.colors.background
                )
            )
        elif self.board.schedule.conflicts(item.id):
            self.bars.append(
                Mark(x=centre, y=y + ROW / 2, size=DIAMOND + 5, shape="diamond", fill=self.colors.danger)
            )
        self.bars.append(
            Mark(x=centre, y=y + ROW / 2, size=DIAMOND, shape="diamond", fill=tones.done, ref=item.id)
        )
        if done:
            self.titles.append(Mark(x=centre, y=y + ROW / 2, size=6, shape="check", fill=tones.ink))
        self.title(spot, item, y, bold=True)

    def parent(self, spot: Spot, item: Item, tones: Tones, y: float) -> None:
        """A slim bracket, its title below it; its children carry the colour."""
        x0, x1 = max(spot.left, self.window.left - OVER), min(spot.right, self.window.right + OVER)
        colors = self.colors
        top, thick = y + 4, 3.0
        ink = colors.accent if item.id in self.glance.selected else colors.ink2
        fill = mix(ink, colors.background, 0.45)
        self.bars.append(Box(x=x0, y=top, width=x1 - x0, height=thick, fill=fill, ref=item.id))
        progress = (self.glance.kept or self.board.schedule).progress(item.id)
        split = min(spot.left + (spot.right - spot.left) * progress / 100, x1)
        if split > x0 + 1:
            self.bars.append(Box(x=x0, y=top, width=split - x0, height=thick, fill=ink))
        leg = min(6.0, (spot.right - spot.left) / 2)
        for x, inward in ((spot.left, leg), (spot.right, -leg)):
            if x0 <= x <= x1:
                done = ink if (progress > 0 and x == spot.left) or progress >= 100 else fill
                self.bars.append(Polygon(points=((x, top), (x + inward, top), (x, top + 8)), fill=done))
        self.parent_title(spot, item, y)

    def parent_title(self, spot: Spot, item: Item, y: float) -> None:
        """Below the bracket as long as it fits there, else beside it."""
        window, title = self.window, item.title or item.key
        wide = self.measure(title, PARENT_SIZE, True) + 1
        x = max(spot.left, window.left) + labels.PAD
        if self.tags(spot.item) or x + wide > min(spot.right, window.right) - labels.PAD:
            self.title(spot, item, y, bold=True, inside=False)
            return
        self.titles.append(
            Text(
                x=x,
                y=y + 8,
                width=wide,
                height=ROW - 9,
                text=title,
                color=self.colors.ink,
                size=PARENT_SIZE,
                bold=True,
                halo=self.behind(spot.item),
                ref=item.id,
            )
        )

    def ring(self, id: ItemId, x: float, width: float, y: float) -> None:
        """What draws the eye to a bar: it is selected, or something is wrong with it."""
        glance = self.glance
        if id in glance.hints.loop:
            stroke = self.colors.danger
        elif id == glance.hints.target or id in glance.selected:
            stroke = self.colors.accent
        elif self.board.schedule.conflicts(id):
            stroke = self.colors.danger
        elif self.board.late(id):
            stroke = self.colors.warning
        elif id in glance.hints.takers:
            stroke = mix(self.colors.accent, self.colors.background, 0.45)
        else:
            return
        self.bars.append(
            Box(
                x=x - 2.5,
                y=y + TOP - 2.5,
                width=width + 5,
                height=BAR + 5,
                fill=self.colors.background,
                radius=6.5,
                stroke=stroke,
                stroke_width=1.5,
            )
        )

    def deadline(self, item: Item, y: float) -> None:
        if item.deadline is None:
            return
        x = self.axis.x(item.deadline.toordinal() + 1)
        if self.window.left - 6 <= x <= self.window.right + 6:
            ink = self.colors.danger if self.board.late(item.id) else self.colors.ink3
            self.bars.append(Box(x=x - 0.75, y=y + 3, width=1.5, height=ROW - 6, fill=ink))
            self.bars.append(Mark(x=x, y=y + 5, size=8, shape="down", fill=ink))

    def old_place(self, spot: Spot, y: float) -> None:
        """Where the item stands without the gesture (dashed), and where the baseline has it (a thin line)."""
        kept, glance = self.glance.kept, self.glance
        if kept is not None and spot.item in glance.hints.ghosts and spot.item in kept:
            x0, x1 = self.axis.x(kept.start[spot.item]), self.axis.x(kept.finish[spot.item])
            if spot.milestone:
                x0, x1 = x0 - DIAMOND / 2, x1 + DIAMOND / 2
            x0, x1 = max(x0, self.window.left - OVER), min(x1, self.window.right + OVER)
            if x1 > x0:
                self.bars.append(
                    Box(
                        x=x0,
                        y=y + TOP,
                        width=x1 - x0,
                        height=BAR,
                        radius=RADIUS,
                        stroke=self.colors.ink3,
                        dashed=True,
                    )
                )
        baseline = self.board.baseline
        span = baseline.spans.get(spot.item) if baseline is not None else None
        if span is None or self.board.plan.outline.is_parent(spot.item):
            return
        x0, x1 = self.axis.x(span.first.toordinal()), self.axis.x(span.last.toordinal() + 1)
        if abs(x0 - spot.left) < 1 and abs(x1 - spot.right) < 1:
            return
        if spot.milestone:
            x0, x1 = x1 - 5, x1 + 5
        x0, x1 = max(x0, self.window.left), min(x1, self.window.right)
        if x1 > x0:
            self.bars.append(
                Box(
                    x=x0,
                    y=y + TOP + BAR + 1,
                    width=x1 - x0,
                    height=2,
                    fill=mix(self.colors.ink3, self.colors.background, 0.35),
                )
            )

    def out_of_sight(self, spot: Spot, y: float) -> None:
        """A small arrow at the edge that leads to the bar."""
        left = spot.right < self.window.left + 2
        x = self.window.left + 10 if left else self.window.right - 10
        self.titles.append(
            Mark(
                x=x,
                y=y + ROW / 2,
                size=8,
                shape="left" if left else "right",
                fill=self.colors.ink3,
                ref=f"to:{spot.item}",
            )
        )

    # Titles

    def title(
        self,
        spot: Spot,
        item: Item,
        y: float,
        *,
        ink: str = "",
        bold: bool = False,
        inside: bool = True,
        inset: float = 0.0,
        soft: bool = False,
    ) -> None:
        """The title and, during a gesture, the tags beside it, so that none of them meet."""
        window, measure = self.window, self.measure
        tags = self.tags(spot.item)
        high = window.right - 6 - sum(tag[1] + 8 for tag in tags)
        right_gap = labels.GAP + (routes.STUB + 2 if item.id in self.board.leaving else 0)
        left_gap = labels.GAP + (12 if item.id in self.board.coming else 0)
        if item.id == self.glance.hovered:
            right_gap = left_gap = DOT + 10
        if item.pinned and spot.milestone:
            x = spot.right + right_gap + 3
            self.titles.append(Mark(x=x, y=y + ROW / 2, size=11, shape="pin", fill=self.colors.ink2))
            right_gap += 12
        label = labels.place(
            item.title or item.key,
            (spot.left + inset, spot.right),
            (window.left + 2, high),
            SIZE,
            bold,
            measure,
            gaps=(left_gap + inset, right_gap),
            inside=inside and not spot.milestone and ink != "",
        )
        at = max(spot.right, window.left) + (
            right_gap if not tags or label is None or label.side != "right" else 0
        )
        if label is not None:
            within = label.side == "inside"
            color = ink if within else self.colors.ink
            halo = "" if within else self.behind(spot.item)
            self.titles.append(
                Text(
                    x=label.x,
                    y=y + TOP,
                    width=label.width,
                    height=BAR,
                    text=label.text,
                    color=color,
                    size=SIZE,
                    bold=bold,
                    halo=halo,
                    ref=item.id,
                )
            )
            if label.side == "right":
                at = label.x + label.width + 10
        for text, width, fill, tag_ink in tags:
            at = min(at, window.right - width - 4)
            self.titles.append(Box(x=at, y=y + TOP, width=width, height=BAR, fill=fill, radius=RADIUS))
            self.titles.append(
                Text(
                    x=at,
                    y=y + TOP,
                    width=width,
                    height=BAR,
                    text=text,
                    color=tag_ink,
                    size=SMALL + 0.0,
                    bold=True,
                    align="center",
                    ref=item.id,
                )
            )
            at += width + 8

    def behind(self, id: ItemId) -> str:
        """The colour a title outside a bar stands on."""
        return self.colors.selection if id in self.glance.selected else self.colors.background

    def tags(self, id: ItemId) -> list[tuple[str, float, str, str]]:
        """(text, width, fill, ink) of what is written beside an item during a gesture."""
        glance, colors = self.glance, self.colors
        found = []
        note = glance.hints.notes.get(id)
        if note:
            found.append((note, self.measure(note, SMALL, True) + 16, colors.tip, colors.tip_ink))
        elif glance.kept is not None and id not in glance.hints.ghosts:
            shift = self.board.shift(id, glance.kept)
            if shift:
                text = dates.shift(shift)
                fill, ink = self.tag_colors(shift > 0)
                found.append((text, self.measure(text, SMALL, True) + 14, fill, ink))
        return found

    def tag_colors(self, later: bool) -> tuple[str, str]:
        """Fill and ink of the tag of an item that moves along."""
        colors = self.colors
        fill = colors.danger_soft if later else colors.selection
        return fill, readable(colors.danger if later else colors.accent, fill)

    # Links

    def links(self) -> list[AnyShape]:
        glance, colors = self.glance, self.colors
        quiet: dict[Path, AnyShape] = {}
        wrong: dict[Path, AnyShape] = {}
        strong: dict[Path, AnyShape] = {}
        dimmed = mix(colors.link, colors.background, 0.45) if glance.chain else colors.link
        broken = self.broken()
        for link, source_row, target_row, low, high in self.board.links_near(self.first, self.last):
            points = self.points(link.source, link.target, link.type, source_row, target_row)
            if points is None:
                continue
            in_chain = link.id in glance.chain or link.id == glance.link
            in_loop = link.source in glance.hints.loop and link.target in glance.hints.loop
            pieces: tuple[Path, ...] = (points,)
            if high - low > routes.FAR_ROWS and not in_chain:
                pieces = routes.ends_only(points, ROW)
            for piece in self.seen(pieces):
                self.lines.append((link.id, piece))
                for part in self.cut(piece):
                    arrow = part[-1] == points[-1]
                    if in_loop:
                        wrong[part] = _line(part, colors.danger, 2.0, arrow, link.id)
                    elif in_chain:
                        strong[part] = _line(part, colors.accent, 2.0, arrow, link.id)
                    elif link.id in broken:
                        wrong[part] = _line(part, colors.danger, 2.0, arrow, link.id)
                    else:
                        quiet[part] = _line(part, dimmed, 1.0, arrow, link.id)
        return [*quiet.values(), *wrong.values(), *strong.values()]

    def cut(self, points: Path) -> list[Path]:
        """The parts of a line that are near the window; what runs along the same trunk beyond it is the same."""
        top, bottom = self.window.top - 2 * ROW, self.window.bottom + 2 * ROW
        if all(top <= y <= bottom for _, y in points):
            return [points]
        return routes.within(points, top, bottom)

    def broken(self) -> set[LinkId]:
        """The links that items in sight break by standing where they are."""
        conflicts = self.board.schedule.conflicts
        return {
            conflict.link
            for spot in self.spots.values()
            for conflict in conflicts(spot.item)
            if conflict.link is not None
        }

    def points(
        self, source: ItemId, target: ItemId, type: LinkType, source_row: int, target_row: int
    ) -> Path | None:
        """The way of a link, or None where it can't come into sight."""
        one, other = self.ends(source), self.ends(target)
        if one is None or other is None:
            return None
        window = self.window
        if min(one[0], other[0]) - OVER > window.right or max(one[1], other[1]) + OVER < window.left:
            return None
        return routes.route(self.end(source, one, source_row), self.end(target, other, target_row), type, ROW)

    def ends(self, id: ItemId) -> tuple[float, float] | None:
        known = self._ends.get(id)
        if known is None:
            known = self._ends[id] = ends(self.board, self.axis, id)
        return known

    def end(self, id: ItemId, ends: tuple[float, float], row: int) -> routes.End:
        milestone = self.board.plan.items[id].kind == "milestone" and not self.board.plan.outline.is_parent(
            id
        )
        half = DIAMOND / 2 if milestone else BAR / 2
        return routes.End(ends[0], ends[1], row * ROW + ROW / 2, half, milestone)

    def seen(self, pieces: tuple[Path, ...]) -> tuple[Path, ...]:
        """Those of the lines that may cross the window."""
        window = self.window
        found = []
        for points in pieces:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            across = min(xs) <= window.right + 8 and max(xs) >= window.left - 8
            if across and min(ys) <= window.bottom + 8 and max(ys) >= window.top - 8:
                found.append(points)
        return tuple(found)

    # The hand

    def marks_of_hand(self) -> list[AnyShape]:
        """Handles and dots of the hovered bar, and what a gesture shows."""
        hints, colors = self.glance.hints, self.colors
        shapes: list[AnyShape] = []
        if hints.guide is not None:
            x = round(self.axis.x(hints.guide))
            shapes.append(
                Polyline(
                    points=((x, self.window.top), (x, self.window.bottom)), color=colors.accent, dashed=True
                )
            )
        spot = next((s for s in self.spots.values() if s.item == self.glance.hovered), None)
        if spot is not None:
            shapes += self.handles(spot)
        if hints.wire is not None:
            x0, y0, x1, y1 = hints.wire
            ink = colors.accent if hints.wire_good else colors.danger
            shapes.append(Polyline(points=((x0, y0), (x1, y1)), color=ink, width=2.0, arrow=True))
        if hints.drop_row is not None:
            y = hints.drop_row * ROW
            shapes.append(
                Box(
                    x=self.window.left,
                    y=y - 1.5,
                    width=self.window.right - self.window.left,
                    height=2,
                    fill=colors.accent,
                )
            )
        if hints.drawn is not None:
            row, first, end = hints.drawn
            x0, x1 = self.axis.x(first), self.axis.x(end)
            shapes.append(
                Box(
                    x=x0,
                    y=row * ROW + TOP,
                    width=x1 - x0,
                    height=BAR,
                    fill=colors.selection,
                    radius=RADIUS,
                    stroke=colors.accent,
                    stroke_width=1.5,
                )
            )
        if hints.band is not None:
            band = hints.band
            shapes.append(
                Box(
                    x=band.left,
                    y=band.top,
                    width=band.right - band.left,
                    height=band.bottom - band.top,
                    fill=colors.accent,
                    opacity=0.10,
                )
            )
            shapes.append(
                Box(
                    x=band.left,
                    y=band.top,
                    width=band.right - band.left,
                    height=band.bottom - band.top,
                    stroke=colors.accent,
                    radius=2,
                )
            )
        return shapes

    def handles(self, spot: Spot) -> list[AnyShape]:
        shapes: list[AnyShape] = []
        y = spot.row * ROW
        is_bar = not spot.milestone and not self.board.plan.outline.is_parent(spot.item)
        if is_bar and spot.right - spot.left >= 24:
            ink = self.board.tones_of(self.board.plan.items[spot.item]).ink
            for x in (spot.left + 3, spot.right - 5):
                shapes.append(
                    Box(x=x, y=y + TOP + 5, width=2, height=BAR - 10, fill=ink, radius=1, opacity=0.8)
                )
        return shapes + self.dots(spot)

    def dots(self, spot: Spot) -> list[AnyShape]:
        """Where links are drawn from: just outside the ends."""
        y = spot.row * ROW + ROW / 2
        colors = self.colors
        return [
            Mark(x=x, y=y, size=9, shape="circle", fill=colors.background, stroke=colors.accent)
            for x in (spot.left - DOT, spot.right + DOT)
        ]


def _line(points: Path, color: str, width: float, arrow: bool, ref: LinkId) -> Polyline:
    return Polyline(points=points, color=color, width=width, radius=routes.RADIUS, arrow=arrow, ref=ref)
