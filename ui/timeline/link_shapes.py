"""The links between the bars: quiet ones, broken ones, the critical path, and the chain that is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from ...model.records import ItemId, Link, LinkId
from ..drawing.palette import mix
from ..drawing.scene import AnyShape, Polyline
from . import routes
from .board import Crossing
from .frame import BAR, BRACKET, DIAMOND, OVER, ROW, Frame, Part, Path

Layer: TypeAlias = Literal["quiet", "critical", "strong", "wrong"]
"""Of the links, from the lowest: the critical path where that is looked at; those that are looked at, with
all they hang together with; and broken ones (dashed), seen as broken in any case."""
_MANY = 100
"""More links of a chain than these, which only pass through the rows in sight, are a curtain that says
nothing: those that begin or end there remain."""


class Links(Part):
    """`lines` are the ways of the links, for who points at them."""

    def __init__(self, frame: Frame, shown: Iterable[ItemId]) -> None:
        """`shown` are the items whose conflicts are told by their links."""
        super().__init__(frame)
        self.shown = tuple(shown)
        self.lines: list[tuple[LinkId, Path]] = []
        colors, pale = self.colors, self.glance.chain or self.frame.looks_at_critical
        quiet = mix(colors.link, colors.background, 0.45) if pale else colors.link
        self.tints = {
            "quiet": quiet,
            "critical": colors.danger,
            "wrong": colors.danger,
            "strong": colors.accent,
        }

    def shapes(self) -> list[AnyShape]:
        glance = self.glance
        layers: dict[Layer, dict[Path, AnyShape]] = {"quiet": {}, "critical": {}, "strong": {}, "wrong": {}}
        if self.board.view is not None and not self.board.view.show_links:
            return []
        broken = self.broken()
        trunks: set[tuple[ItemId, bool, Layer]] = set()
        for crossing in self.crossings():
            link = crossing.link
            layer: Layer = "quiet"
            loops = link.source in glance.hints.loop and link.target in glance.hints.loop
            if loops or link.id in broken:
                layer = "wrong"
            elif link.id in glance.chain or link.id in (glance.link, glance.pointed):
                layer = "strong"
            elif self.frame.critical(link):
                layer = "critical"
            trunk = (link.source, crossing.target > crossing.source, layer)
            far = self.leaves_sight(crossing)
            if far and trunk in trunks:
                continue
            if self.add(crossing, layer, layers[layer]) and far:
                trunks.add(trunk)
        return [shape for layer in layers.values() for shape in layer.values()]

    def crossings(self) -> list[Crossing]:
        """The links that may be seen; the far ones of the chain whole, wherever their ends are."""
        frame, chain = self.frame, self.glance.chain
        near = self.board.links_near(max(frame.first - 2, 0), frame.last + 2)
        if not chain:
            return near
        first, last = frame.first - 2, frame.last + 2
        far = [one for one in self.board.far_links(chain) if one.low <= last and one.high >= first]
        ending = [one for one in far if one.low >= first or one.high <= last]
        if len(far) - len(ending) > _MANY:
            far = ending
        known = {one.link.id for one in far}
        return [*(one for one in near if one.link.id not in known), *far]

    def leaves_sight(self, crossing: Crossing) -> bool:
        """Whether a link goes from a finish out of sight, along the trunk that it shares with all that do so
        from there: only the first of them is drawn.
        """
        if crossing.link.type != "FS" or crossing.high - crossing.low <= routes.AROUND_ROWS:
            return False
        return not self.frame.first - 2 <= crossing.target <= self.frame.last + 2

    def add(self, crossing: Crossing, layer: Layer, shapes: dict[Path, AnyShape]) -> bool:
        """Lay out one link; of lines that are the same one is drawn. Whether there is a line."""
        link = crossing.link
        points = self.points(crossing) if self.near(link) else None
        if points is None:
            return False
        far = crossing.high - crossing.low > routes.FAR_ROWS
        whole = layer == "strong" or link.id in self.glance.chain
        pieces = routes.ends_only(points, ROW) if far and not whole else (points,)
        color = self.tints[layer]
        for piece in self.seen(pieces):
            self.lines.append((link.id, piece))
            for part in self.cut(piece):
                shapes[part] = Polyline(
                    points=part,
                    color=color,
                    width=1.0 if layer == "quiet" else 2.0,
                    radius=routes.RADIUS,
                    arrow=part[-1] == points[-1],
                    dashed=layer == "wrong",
                    ref=link.id,
                )
        return True

    def cut(self, points: Path) -> list[Path]:
        """The parts of a line near the window; what runs along the same trunk beyond it is the same."""
        top, bottom = self.window.top - 2 * ROW, self.window.bottom + 2 * ROW
        if all(top <= y <= bottom for _, y in points):
            return [points]
        return routes.within(points, top, bottom)

    def broken(self) -> set[LinkId]:
        """The links that items in sight break by standing where they are."""
        conflicts = self.board.schedule.conflicts
        return {
            conflict.link for item in self.shown for conflict in conflicts(item) if conflict.link is not None
        }

    def near(self, link: Link) -> bool:
        """Whether a link can come into sight."""
        one, other = self.frame.ends(link.source), self.frame.ends(link.target)
        if one is None or other is None:
            return False
        window = self.window
        return min(one[0], other[0]) - OVER <= window.right and max(one[1], other[1]) + OVER >= window.left

    def points(self, crossing: Crossing) -> Path | None:
        """The way of a link. It is found once for a zoom and a state of the plan."""
        link, known = crossing.link, self.board.ways(self.axis.zoom)
        points = known.get(link.id)
        if points is None:
            source, target = self.end(link.source, crossing.source), self.end(link.target, crossing.target)
            if source is None or target is None:
                return None
            walls = self.walls(crossing) if crossing.high - crossing.low <= routes.AROUND_ROWS else ()
            late = len(self.board.coming[link.target]) > 2 and len(self.board.leaving[link.source]) == 1
            points = known[link.id] = routes.route(source, target, link.type, ROW, walls, late=late)
        return points

    def walls(self, crossing: Crossing) -> list[routes.Wall]:
        """The bars in the rows between the two of a link; the brackets of parents are no obstacle."""
        found = []
        is_parent = self.board.plan.outline.is_parent
        one, other = self.frame.ends(crossing.link.source), self.frame.ends(crossing.link.target)
        if one is None or other is None:
            return []
        left, right = min(one[0], other[0]) - routes.DETOUR, max(one[1], other[1]) + routes.DETOUR
        for place in range(crossing.low + 1, crossing.high):
            for id in self.frame.items(place, left, right):
                ends = self.frame.ends(id) if not is_parent(id) else None
                if ends is not None:
                    found.append(ends)
        return found

    def end(self, id: ItemId, row: int) -> routes.End | None:
        ends = self.frame.ends(id)
        if ends is None:
            return None
        if self.board.plan.outline.is_parent(id):
            return routes.End(ends[0], ends[1], row * ROW + BRACKET, 2.0)
        milestone = self.board.plan.items[id].kind == "milestone"
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
