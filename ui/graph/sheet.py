"""Plan and layout together, with what drawing and pointing ask of them again and again."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import NamedTuple

from ...model.records import ItemId, LinkId
from ..drawing.scene import Point
from ..timeline.board import Board
from .layout import Area, Layout

PLAIN, CRITICAL, BROKEN = 1, 3, 4
"""How much a line matters by itself, see `cards`."""


class Line(NamedTuple):
    """A drawn link, in pixels of zoom 1."""

    id: LinkId
    route: tuple[Point, ...]
    bounds: Area


class Sheet:
    """Made anew for every change of plan or layout."""

    def __init__(self, board: Board, layout: Layout) -> None:
        self.board, self.layout = board, layout

    @cached_property
    def lines(self) -> list[Line]:
        found = []
        for id, route in self.layout.routes.items():
            xs, ys = [x for x, _ in route], [y for _, y in route]
            left, top = min(xs), min(ys)
            found.append(Line(LinkId(id), route, Area(left, top, max(xs) - left, max(ys) - top)))
        return found

    @cached_property
    def ranks(self) -> dict[LinkId, int]:
        """Which lines are critical or broken."""
        schedule, links = self.board.schedule, self.board.plan.links
        ranks = dict.fromkeys((line.id for line in self.lines), PLAIN)
        for id in ranks:
            link = links[id]
            if any(conflict.link == id for conflict in schedule.conflicts(link.target)):
                ranks[id] = BROKEN
            elif link.source in schedule and link.target in schedule:
                driver = schedule.driver(link.target)
                held = driver is not None and driver.link == id
                if held and schedule.critical(link.source) and schedule.critical(link.target):
                    ranks[id] = CRITICAL
        return ranks

    def card_at(self, x: float, y: float) -> ItemId | None:
        """The card at a place of the graph."""
        for id, area in self.layout.areas.items():
            if area.x <= x <= area.x + area.width and area.y <= y <= area.y + area.height:
                return ItemId(id)
        return None

    def link_at(self, x: float, y: float, reach: float) -> LinkId | None:
        """The line nearest to a place of the graph; of lines that run together, the one that ends soonest."""
        best: tuple[float, float, LinkId] | None = None
        for id, route, bounds in self.lines:
            if not (bounds.x - reach <= x <= bounds.x + bounds.width + reach):
                continue
            if not (bounds.y - reach <= y <= bounds.y + bounds.height + reach):
                continue
            away = min(_away(one, other, x, y) for one, other in itertools.pairwise(route))
            if away <= reach:
                ahead = abs(route[-1][0] - x) + abs(route[-1][1] - y)
                found = (round(away / reach, 1), ahead, id)
                best = min(best, found) if best else found
        return best[2] if best else None


def _away(one: Point, other: Point, x: float, y: float) -> float:
    """How far a place is from a level or upright piece of a line."""
    dx = max(min(one[0], other[0]) - x, 0.0, x - max(one[0], other[0]))
    dy = max(min(one[1], other[1]) - y, 0.0, y - max(one[1], other[1]))
    return max(dx, dy)
