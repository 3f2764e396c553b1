"""What the timeline draws: no text over another, all of it readable, links by the quiet way, the axis."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import measure, meet, texts
from plans import day, planned
from roadwright.model.edits.baselines import take_baseline
from roadwright.model.edits.calendars import set_team_calendar
from roadwright.model.edits.items import move_items
from roadwright.model.plan import Plan
from roadwright.model.query import rows
from roadwright.model.records import BaselineId, Calendar, CalendarId, ItemId, TeamId
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import contrast, theme, tones
from roadwright.ui.drawing.scene import Box, Mark, Polyline, Text
from roadwright.ui.timeline import grid, labels, routes
from roadwright.ui.timeline.axis import Axis, begin, clamp_zoom, following, nearest
from roadwright.ui.timeline.board import Board
from roadwright.ui.timeline.frame import BAR, ROW, TOP, Drawn, Frame, Glance, Window, ends
from roadwright.ui.timeline.layout import layout
from roadwright.ui.timeline.table_rows import table

LIGHT = theme("light")


NOTHING = Glance()


def board(plan: Plan, view: str = "plan", name: str = "light") -> Board:
    times = schedule(plan)
    shown = plan.views[view]  # type: ignore[index]
    return Board(plan, times, rows(plan, times, shown), shown, theme(name))


def drawn(
    plan: Plan,
    *,
    zoom: float = 10.0,
    glance: Glance = NOTHING,
    view: str = "plan",
    name: str = "light",
    first: str = "Mon0",
    width: float = 900,
) -> Drawn:
    axis = Axis(zoom)
    left = round(axis.x(day(first).toordinal()))
    window = Window(left, 0, left + width, 600)
    return layout(board(plan, view, name), axis, window, glance, day("Wed").toordinal(), measure)


def title(found: Drawn, id: str) -> Text:
    return next(text for text in texts(found.shapes) if text.ref == id)


# Titles


def test_a_title_goes_inside_then_right_then_left_then_is_cut() -> None:
    def place(bar: tuple[float, float], free: tuple[float, float]) -> labels.Label | None:
        return labels.place("Billing portal", bar, free, 10, False, measure)

    wide = measure("Billing portal", 10, False)
    inside, right = place((100, 300), (0, 900)), place((100, 140), (0, 900))
    left, cut = place((700, 740), (0, 800)), place((10, 60), (0, 90))
    assert inside is not None
    assert (inside.side, inside.x) == ("inside", 107)
    assert right is not None
    assert (right.side, right.x) == ("right", 146)
    assert left is not None
    assert left.side == "left"
    assert left.x + left.width <= 700
    assert left.width >= wide
    assert cut is not None
    assert cut.text.endswith("…")
    assert place((10, 30), (0, 40)) is None, "two letters tell nothing"


@given(st.floats(60, 200), st.floats(3.0, 9.0))
def test_a_title_that_is_cut_finds_its_place_whatever_its_letters_measure(wide: float, letter: float) -> None:
    def exact(text: str, size: float, bold: bool) -> float:
        return len(text) * letter

    found = labels.place("Usage-based billing portal for all of them", (0, wide), (0, wide), 13, False, exact)
    assert found is not None
    assert found.x >= labels.PAD
    assert found.x + found.width <= wide - labels.PAD


def test_the_title_of_a_long_bar_stays_in_sight_while_scrolling() -> None:
    found = drawn(planned(A=("Mon", 60, {"title": "Identity"})), first="Thu3")
    window_left = Axis(10.0).x(day("Thu3").toordinal())
    assert title(found, "A").x == pytest.approx(window_left + 2 + labels.PAD, abs=1)


def test_a_bar_out_of_sight_shows_an_arrow_at_the_edge() -> None:
    plan = planned(A=("Mon", 2), B=("Mon20", 2))
    marks = [
        shape.shape
        for shape in drawn(plan, first="Mon6", width=300).shapes
        if isinstance(shape, Mark) and shape.ref.startswith("to:")
    ]
    assert marks == ["left", "right"]


# Bars


def test_a_bar_tells_how_far_it_is() -> None:
    found = drawn(planned(A=("Mon", 10, {"progress": 50})))
    whole, done = [shape for shape in found.shapes if isinstance(shape, Box) and shape.height == BAR]
    colors = tones(LIGHT.lane("slate"))
    assert (whole.fill, done.fill) == (colors.fill, colors.done)
    assert done.width == pytest.approx(whole.width / 2)
    assert whole.width == 12 * 10, "two weekends less a day's edge"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_of_lanes_can_be_read_and_told_apart(name: str) -> None:
    for lane in theme(name).lanes.values():
        found = tones(lane)
        assert contrast(found.ink, found.fill) >= 4.5
        assert contrast(found.ink, found.done) >= 4.5
        assert contrast(found.fill, found.done) >= 1.4


def test_milestones_parents_soft_ends_pins_and_baselines_are_seen() -> None:
    plan = planned(
        P=(None, 1),
        A=("Mon", 5, {"precision": "month", "pinned": True}),
        M=("Mon2", 0),
        under="P: A",
    )
    plan = take_baseline(plan, BaselineId("b"), "Before", day("Mon"))
    plan = move_items(plan, {ItemId("A"): day("Mon")}, 3)
    shapes = drawn(plan).shapes
    marks = [shape.shape for shape in shapes if isinstance(shape, Mark)]
    assert "diamond" in marks
    assert "pin" in marks
    left, right = ends(board(plan), Axis(10.0), ItemId("A")) or (0, 0)
    pieces = [s for s in shapes if isinstance(s, Box) and s.height == BAR and left <= s.x < right]
    [solid] = [piece for piece in pieces if piece.ref == "A"]
    fades = [piece for piece in pieces if piece.ref != "A"]
    before, after = (
        [piece.fill for piece in fades if piece.x < solid.x],
        [piece.fill for piece in fades if piece.x > solid.x],
    )
    assert before == after
    assert len(set(before)) == len(before) > 3, "the bar fades in steps at either end"
    bracket = next(shape for shape in shapes if isinstance(shape, Box) and shape.ref == "P")
    assert bracket.height < BAR / 3
    thin = [s for s in shapes if isinstance(s, Box) and s.height == 2 and s.y == ROW + TOP + BAR + 1]
    assert len(thin) == 1, "the baseline lies below the bar that has moved"


def test_a_broken_link_is_red_and_so_is_a_missed_deadline() -> None:
    plan = planned(
        A=("Mon", 5), B=("Tue", 2, {"pinned": True}), C=("Mon", 5, {"deadline": day("Wed")}), links="A FS B"
    )
    shapes = drawn(plan).shapes
    assert [s.ref for s in shapes if isinstance(s, Polyline) and s.color == LIGHT.colors.danger] == ["A FS B"]
    assert [s.fill for s in shapes if isinstance(s, Mark) and s.shape == "down"] == [LIGHT.colors.danger]


def test_the_chain_of_a_chosen_item_is_strong_near_and_far() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 1), C=("Mon", 1), D=("Mon", 1), links="A FS B; B FS C; D FS C")
    found = board(plan)
    glance = Glance(selected=frozenset({ItemId("A")}), chain=found.chain((ItemId("A"),)))
    strong = {
        s.ref
        for s in drawn(plan, glance=glance).shapes
        if isinstance(s, Polyline) and s.color == LIGHT.colors.accent
    }
    assert strong == {"A FS B", "B FS C"}


def test_links_lie_over_the_grid_and_under_the_bars() -> None:
    plan = planned(A=("Mon", 3), B=("Mon", 3), links="A FS B")
    shapes = drawn(plan).shapes
    link = next(n for n, shape in enumerate(shapes) if isinstance(shape, Polyline))
    bars = [n for n, shape in enumerate(shapes) if isinstance(shape, Box) and shape.height == BAR]
    assert all(link < bar for bar in bars)
    assert shapes[0].y == 0, "the ground comes first"  # type: ignore[union-attr]


# Links


SPOTS = st.builds(
    lambda left, wide, row: routes.End(left, left + wide, row * ROW + ROW / 2, BAR / 2),
    st.floats(0, 500).map(round),
    st.integers(2, 300),
    st.integers(0, 20),
)


@given(SPOTS, SPOTS, st.sampled_from(("FS", "SS", "FF", "SF")))
def test_a_link_runs_straight_in_whole_pixels_from_the_right_end_to_the_right_end(
    source: routes.End, target: routes.End, type: str
) -> None:
    if source.middle == target.middle:
        return
    points = routes.route(source, target, type, ROW)  # type: ignore[arg-type]
    for (x0, y0), (x1, y1) in pairwise(points):
        assert x0 == x1 or y0 == y1
    assert all(float(value).is_integer() for point in points for value in point)
    assert points[0][0] == (source.right if type[0] == "F" else source.left)
    x, y = points[-1]
    assert target.left - 1 <= x <= target.right + 1
    assert abs(y - target.middle) <= target.half + 1
    if type in ("SS", "FF"):
        assert x == (target.left if type == "SS" else target.right)


def test_a_link_drops_into_what_follows_at_once_and_runs_into_the_start_of_what_comes_later() -> None:
    source = routes.End(0, 100, 13, 9)
    soon, later = routes.End(104, 200, 39, 9), routes.End(150, 200, 39, 9)
    assert routes.route(source, soon, "FS", ROW) == ((100, 13), (110, 13), (110, 30))
    assert routes.route(source, later, "FS", ROW) == ((100, 13), (107, 13), (107, 39), (150, 39))


def test_a_link_over_very_many_rows_is_drawn_at_its_ends_only() -> None:
    plan = planned(**{f"I{n}": ("Mon", 3) for n in range(200)}, links="I0 FS I199")
    found = board(plan)
    axis = Axis(10.0)
    left = axis.x(day("Mon0").toordinal())
    seen = [
        len(layout(found, axis, Window(left, top, left + 900, top + 300), Glance(), 0, measure).lines)
        for top in (0, 100 * ROW, 190 * ROW)
    ]
    assert seen == [1, 0, 1]
    chosen = Glance(chain=found.chain((ItemId("I0"),)))
    window = Window(left, 100 * ROW, left + 900, 110 * ROW)
    assert len(layout(found, axis, window, chosen, 0, measure).lines) == 1, "whole, once it is looked at"


def test_of_many_links_that_leave_the_window_along_one_trunk_one_is_drawn() -> None:
    links = "; ".join(f"I0 FS I{n}" for n in range(60, 100))
    plan = planned(**{f"I{n}": ("Mon", 3) if n == 0 else ("Mon9", 3) for n in range(100)}, links=links)
    found, axis = board(plan), Axis(10.0)
    left = axis.x(day("Mon0").toordinal())
    lines = layout(found, axis, Window(left, 0, left + 900, 300), NOTHING, 0, measure).shapes
    assert len([shape for shape in lines if isinstance(shape, Polyline)]) == 1


# The axis


@given(st.integers(600_000, 900_000), st.floats(0.002, 60), st.integers(1, 12))
def test_a_day_comes_back_from_its_pixels(when: int, zoom: float, fiscal: int) -> None:
    axis = Axis(clamp_zoom(zoom), fiscal)
    assert axis.day(axis.x(when)) == pytest.approx(when)
    for unit in (*axis.tiers(), axis.snap_unit()):
        first = begin(unit, when, fiscal)
        assert first <= when < following(unit, first)
        assert abs(nearest(unit, when, fiscal) - when) <= (following(unit, first) - first + 1) // 2


@given(st.floats(0.002, 60), st.integers(1, 12), st.integers(400_000, 1_500_000))
def test_ticks_lie_side_by_side_and_cover_the_window(zoom: float, fiscal: int, when: int) -> None:
    axis = Axis(zoom, fiscal)
    x = axis.x(when)
    for unit in axis.tiers():
        ticks = axis.ticks(unit, x, x + 1000)
        assert axis.x(ticks[0].first) <= x
        assert axis.x(ticks[-1].end) >= x + 1000
        assert all(one.end == other.first for one, other in pairwise(ticks))


@pytest.mark.parametrize(
    ("zoom", "upper", "lower"),
    [
        (0.002, "2000 – 2099", "2000"),
        (0.015, "2000 – 2099", "2020"),
        (0.05, "2020 – 2029", "2025"),
        (0.1, "2020 – 2029", "2026"),
        (0.3, "2026", "Q1"),
        (3, "Q1 2026", "Jan"),
        (8, "Jan 2026", "5 · W2"),
        (30, "W2 · 5 – 11 Jan 2026", "5"),
    ],
)
def test_two_tiers_follow_the_zoom(zoom: float, upper: str, lower: str) -> None:
    axis = Axis(zoom)
    x = axis.x(day("Mon").toordinal())
    assert axis.ticks(axis.tiers()[0], x, x)[0].title == upper
    assert axis.ticks(axis.tiers()[1], x, x)[0].label == lower


@pytest.mark.parametrize("fiscal", [1, 4])
@settings(deadline=None)
@given(zoom=st.floats(0.002, 60))
def test_both_tiers_have_labels_at_every_zoom(fiscal: int, zoom: float) -> None:
    axis = Axis(clamp_zoom(zoom), fiscal)
    left = axis.x(day("Mon").toordinal())
    shapes = grid.header(axis, left, left + 900, 0, LIGHT.colors, measure)
    upper = [text for text in texts(shapes) if text.y < grid.FIRST_TIER + grid.TIER]
    lower = [text for text in texts(shapes) if text.y >= grid.FIRST_TIER + grid.TIER]
    assert upper
    assert len(lower) >= 3


@pytest.mark.parametrize("when", [-5_000_000, 5_000_000])
def test_the_axis_goes_on_beyond_the_days_there_are(when: int) -> None:
    axis = Axis(3.0)
    assert len(axis.ticks("month", axis.x(when), axis.x(when) + 500)) <= 1


def test_a_fiscal_year_is_named_after_the_one_it_ends_in() -> None:
    axis = Axis(3.0, 4)
    x = axis.x(date(2026, 5, 1).toordinal())
    assert axis.ticks("quarter", x, x)[0].title == "FY27 Q1"
    x = axis.x(date(2026, 2, 1).toordinal())
    assert axis.ticks("quarter", x, x)[0].title == "FY26 Q4"


@settings(deadline=None)
@given(st.floats(0.002, 60), st.integers(-300, 300))
def test_no_text_of_the_header_overlaps_another(zoom: float, shift: int) -> None:
    axis = Axis(zoom)
    left = axis.x(day("Mon").toordinal() + shift)
    written = texts(grid.header(axis, left, left + 900, day("Wed").toordinal(), LIGHT.colors, measure))
    for one, other in combinations(written, 2):
        assert not meet(one, other), (one, other)


def test_days_off_are_shaded_where_days_can_be_seen() -> None:
    plan = planned(A=("Mon", 3, {"team": "Day"}), B=("Mon", 3, {"team": "Night"}))
    week = Calendar(id=CalendarId("all"), weekdays=tuple(range(7)))
    plan = set_team_calendar(plan.put(week), TeamId("Night"), week.id)
    axis = Axis(10.0)
    left = axis.x(day("Mon").toordinal())

    def shaded(view: str) -> list[tuple[float, float, float, float]]:
        window = Window(left, 0, left + 140, 200)
        frame = Frame(board(plan, view), axis, window, NOTHING, 0, measure)
        boxes = [shape for shape in grid.shading(frame) if isinstance(shape, Box)]
        return [(box.x - left, box.width, box.y, box.y + box.height) for box in boxes]

    assert shaded("plan") == [(50, 20, 0, 200), (120, 20, 0, 200)]
    lanes = shaded("by-team")
    assert lanes[:2] == [(50, 20, 0, 2 * ROW), (120, 20, 0, 2 * ROW)]
    assert lanes[2:] == [(50, 20, 4 * ROW, 200), (120, 20, 4 * ROW, 200)], "the night shift works every day"


# The table


@pytest.mark.parametrize("width", [150, 240, 384, 700])
def test_no_text_of_the_table_overlaps_another(width: int) -> None:
    plan = planned(
        P=(None, 1, {"title": "A very long name of a theme that goes on and on"}),
        A=("Mon", 3, {"title": "Another one that is far too long for its column"}),
        B=("Tue", 3),
        under="P: A B",
    )
    for view in ("plan", "by-team"):
        found = board(plan, view)
        shapes = table(found, width, 0, 400, Glance(), measure)
        for one, other in combinations(texts(shapes), 2):
            assert not meet(one, other), (one, other)


def test_a_press_finds_the_bar_where_it_is_drawn() -> None:
    found = board(planned(A=("Mon", 3)))
    axis = Axis(10.0)
    spot = ends(found, axis, ItemId("A"))
    assert spot == (axis.x(day("Mon").toordinal()), axis.x(day("Thu").toordinal()))
