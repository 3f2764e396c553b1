"""The links between the bars: quiet ones, broken ones, and the chain that is looked at."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.records import ItemId, LinkId, LinkType
from ..palette import mix
from ..scene import AnyShape, Polyline
from . import routes
from .board import Crossing
from .frame import BAR, DIAMOND, OVER, ROW, Frame, Part, Path


class Links(Part):
    """`lines` are the ways of the links, for who points at them."""

    def __init__(self, frame: Frame, shown: Iterable[ItemId]) -> None:
        """`shown` are the items whose conflicts are told by their links."""
        super().__init__(frame)
        self.shown = tuple(shown)
        self.lines: list[tuple[LinkId, Path]] = []

    def shapes(self) -> list[AnyShape]:
        glance = self.glance
        layers: dict[str, dict[Path, AnyShape]] = {"quiet": {}, "wrong": {}, "strong": {}}
        broken = self.broken()
        trunks: set[tuple[ItemId, bool, str]] = set()
        for crossing in self.crossings():
            link = crossing.link
            if link.source in glance.hints.loop and link.target in glance.hints.loop:
                layer = "wrong"
            elif link.id in glance.chain or link.id == glance.link:
                layer = "strong"
            else:
                layer = "wrong" if link.id in broken else "quiet"
            trunk = self.trunk(crossing)
            if trunk is not None:
                if (*trunk, layer) in trunks:
                    continue
                trunks.add((*trunk, layer))
            self.add(crossing, layer, layers[layer])
        return [shape for layer in layers.values() for shape in layer.values()]

    def crossings(self) -> list[Crossing]:
        """The links that may be seen; the far ones of the chain whole, wherever their ends are."""
        frame, chain = self.frame, self.glance.chain
        near = self.board.links_near(max(frame.first - 2, 0), frame.last + 2)
        if not chain:
            return near
        far = [
            one for one in self.board.far_links(chain) if one.low <= frame.last and one.high >= frame.first
        ]
        known = {one.link.id for one in far}
        return [*(one for one in near if one.link.id not in known), *far]

    def trunk(self, crossing: Crossing) -> tuple[ItemId, bool] | None:
        """What links have in common that leave a finish and go out of sight: only the first is drawn."""
        link, target = crossing.link, crossing.target
        if self.frame.first - 2 <= target <= self.frame.last + 2 or link.type != "FS":
            return None
        one, other = self.frame.ends(link.source), self.frame.ends(link.target)
        if one is None or other is None or other[0] - one[1] < routes.ROOM + 1:
            return None
        return link.source, target > crossing.source

    def add(self, crossing: Crossing, layer: str, shapes: dict[Path, AnyShape]) -> None:
        """Lay out one link; of lines that are the same one is drawn."""
        link = crossing.link
        points = self.points(link.source, link.target, link.type, crossing.source, crossing.target)
        if points is None:
            return
        far = crossing.high - crossing.low > routes.FAR_ROWS
        pieces = routes.ends_only(points, ROW) if far and layer != "strong" else (points,)
        colors = self.colors
        quiet = mix(colors.link, colors.background, 0.45) if self.glance.chain else colors.link
        color = {"quiet": quiet, "wrong": colors.danger, "strong": colors.accent}[layer]
        for piece in self.seen(pieces):
            self.lines.append((link.id, piece))
            for part in self.cut(piece):
                shapes[part] = Polyline(
                    points=part,
                    color=color,
                    width=1.0 if layer == "quiet" else 2.0,
                    radius=routes.RADIUS,
                    arrow=part[-1] == points[-1],
                    ref=link.id,
                )

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

    def points(
        self, source: ItemId, target: ItemId, type: LinkType, source_row: int, target_row: int
    ) -> Path | None:
        """The way of a link, or None where it can't come into sight."""
        one, other = self.frame.ends(source), self.frame.ends(target)
        if one is None or other is None:
            return None
        window = self.window
        if min(one[0], other[0]) - OVER > window.right or max(one[1], other[1]) + OVER < window.left:
            return None
        return routes.route(self.end(source, one, source_row), self.end(target, other, target_row), type, ROW)

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
