"""The links of the timeline: around bars, in bundles, and which of them are strong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import measure
from plans import day, planned
from roadwright.model.plan import Plan
from roadwright.model.query import rows
from roadwright.model.records import ItemId, LinkId, View, ViewId
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import mix, theme, tones
from roadwright.ui.drawing.scene import Box, Polyline
from roadwright.ui.timeline import routes, tips
from roadwright.ui.timeline.axis import Axis
from roadwright.ui.timeline.board import Board
from roadwright.ui.timeline.frame import BAR, ROW, Drawn, Glance, Window
from roadwright.ui.timeline.layout import layout

LIGHT = theme("light")
PLAIN = View(id=ViewId("plain"), title="Plain")
CRITICAL = View(id=ViewId("critical"), title="Critical", show_critical=True)
HALF = BAR / 2


def drawn(plan: Plan, view: View = PLAIN, glance: Glance = Glance()) -> Drawn:  # noqa: B008
    times = schedule(plan)
    board = Board(plan, times, rows(plan, times, view, packing=True), view, LIGHT)
    axis = Axis(10.0)
    left = round(axis.x(day("Mon0").toordinal()))
    return layout(board, axis, Window(left, 0, left + 1200, 600), glance, 0, measure)


def lines(found: Drawn) -> list[Polyline]:
    return [shape for shape in found.shapes if isinstance(shape, Polyline)]


def end(left: float, right: float, row: int) -> routes.End:
    return routes.End(left, right, row * ROW + ROW / 2, HALF)


def trunk(points: routes.Path) -> float:
    """Where the line goes up or down."""
    return next(x for (x, y), (_, other) in pairwise(points) if y != other)


WALLS = st.lists(st.tuples(st.integers(0, 700), st.integers(5, 200)), max_size=12)


@given(WALLS, st.integers(0, 600), st.sampled_from(("FS", "SS", "FF", "SF")), st.booleans())
def test_going_around_bars_pays(walls: list[tuple[int, int]], left: int, type: str, late: bool) -> None:
    """The way found crosses no more bars than the straight one, and is no longer without crossing fewer."""
    source, target = end(50, 150, 0), end(left, left + 80, 14)
    spans = [(float(begin), float(begin + wide)) for begin, wide in walls]
    straight = trunk(routes.route(source, target, type, ROW, late=late))  # type: ignore[arg-type]
    points = routes.route(source, target, type, ROW, spans, late=late)  # type: ignore[arg-type]

    def crossed(x: float) -> int:
        return sum(low - routes.AIR < x < high + routes.AIR for low, high in spans)

    found = trunk(points)
    assert crossed(found) <= crossed(straight)
    assert abs(found - straight) <= routes.CROSSING * (crossed(straight) - crossed(found))
    assert all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(points))


def test_a_link_goes_around_a_bar_between_its_ends() -> None:
    #  A  =====
    #  B1     =====      in the way of the line straight down from A
    #  B2     =====
    #  C             ==
    plan = planned(A=("Mon", 5), B1=("Fri", 2), B2=("Fri", 2), C=("Mon4", 2), links="A FS C")
    found = drawn(plan)
    (line,) = lines(found)
    spot = found.spots[ItemId("B1")]
    assert trunk(line.points) > spot.right
    assert line.points[-1][0] == found.spots[ItemId("C")].left


def test_links_out_of_one_item_share_a_trunk_and_so_do_many_into_one() -> None:
    fan = planned(
        A=("Mon", 5),
        **{f"B{n}": ("Mon5", 3) for n in range(4)},
        links="; ".join(f"A FS B{n}" for n in range(4)),
    )
    assert len({trunk(line.points) for line in lines(drawn(fan))}) == 1
    into = planned(
        **{f"A{n}": (f"Mon{n + 1}", 3) for n in range(4)},
        B=("Mon8", 3),
        links="; ".join(f"A{n} FS B" for n in range(4)),
    )
    found = drawn(into)
    (x,) = {trunk(line.points) for line in lines(found)}
    assert found.spots[ItemId("A3")].right < x < found.spots[ItemId("B")].left


def test_a_link_of_a_parent_begins_and_ends_at_its_bracket() -> None:
    plan = planned(P=(None, 1), A=("Mon", 5), B=("Mon4", 2), under="P: A", links="P FS B")
    (line,) = lines(drawn(plan))
    assert line.points[0][1] < ROW / 2
    bracket = next(s for s in drawn(plan).shapes if isinstance(s, Box) and s.ref == "P")
    assert bracket.y <= line.points[0][1] <= bracket.y + bracket.height


def test_the_critical_path_is_strong_and_all_else_is_pale() -> None:
    plan = planned(A=("Mon", 10), B=("Mon", 10), C=("Mon", 2), links="A FS B; C FS B")
    found = drawn(plan, CRITICAL)
    colors = {line.ref: line.color for line in lines(found)}
    danger, quiet = LIGHT.colors.danger, mix(LIGHT.colors.link, LIGHT.colors.background, 0.45)
    assert colors == {"A FS B": danger, "C FS B": quiet}
    lane = tones(LIGHT.lane("slate"))
    fills = {s.ref: s.fill for s in found.shapes if isinstance(s, Box) and s.height == BAR and s.ref}
    assert fills["A"] == fills["B"] == lane.fill
    assert fills["C"] == mix(lane.fill, LIGHT.colors.background, 0.78)


def test_a_broken_link_is_broken_in_shape_too() -> None:
    plan = planned(A=("Mon", 5), B=("Tue", 2, {"pinned": True}), C=("Mon2", 1), links="A FS B; A FS C")
    dashed = {line.ref: line.dashed for line in lines(drawn(plan))}
    assert dashed == {"A FS B": True, "A FS C": False}
    chain = frozenset({LinkId("A FS B"), LinkId("A FS C")})
    looked_at = lines(drawn(plan, glance=Glance(selected=frozenset({ItemId("A")}), chain=chain)))
    colors = LIGHT.colors
    assert [(line.ref, line.color) for line in looked_at] == [
        ("A FS C", colors.accent),
        ("A FS B", colors.danger),
    ], "it is red in a chain that is looked at, too"


@pytest.mark.parametrize("how", ["link", "pointed"])
def test_the_ends_of_a_link_that_is_looked_at_light_up(how: str) -> None:
    plan = planned(A=("Mon", 5), B=("Mon", 2), C=("Mon", 1), links="A FS B")
    found = drawn(plan, glance=Glance(**{how: LinkId("A FS B")}))  # type: ignore[arg-type]
    rings = [s for s in found.shapes if isinstance(s, Box) and s.stroke == LIGHT.colors.accent]
    assert [round(ring.y // ROW) for ring in rings] == [0, 1]


def test_links_can_be_left_out() -> None:
    plan = planned(A=("Mon", 5), B=("Mon", 2), links="A FS B")
    assert not lines(drawn(plan, View(id=ViewId("bare"), title="Bare", show_links=False)))


def test_the_tip_of_a_broken_link_tells_why() -> None:
    plan = planned(A=("Mon", 5), B=("Tue", 2, {"pinned": True}), C=("Mon2", 1), links="A FS B; A FS C")
    times = schedule(plan)
    board = Board(plan, times, rows(plan, times, PLAIN), PLAIN, LIGHT)
    broken, kept = (tips.link_tip(board, LinkId(id)) for id in ("A FS B", "A FS C"))
    assert "B waits for A (A FS)" in broken
    assert "Broken: B is 6 Jan – 7 Jan" in broken
    assert "pinned" in broken.casefold()
    assert LIGHT.colors.danger in broken
    assert LIGHT.colors.danger not in kept
