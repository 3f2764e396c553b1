"""Laws of all that is written around the bars: table, lane heads, axis, overview, legend; and of any font."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from arbitrary import MONDAY, plans
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import grounds, measure, meet, texts
from roadwright.model.edits.items import move_items
from roadwright.model.plan import Plan
from roadwright.model.query import Row, rows
from roadwright.model.records import ItemId, View, ViewId
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import contrast, theme
from roadwright.ui.drawing.scene import AnyShape, Box
from roadwright.ui.timeline import grid, legend, overview
from roadwright.ui.timeline.axis import Axis
from roadwright.ui.timeline.board import Board
from roadwright.ui.timeline.columns import head, new_row
from roadwright.ui.timeline.frame import BAR, ROW, Glance, Hints, Window
from roadwright.ui.timeline.heads import Heads
from roadwright.ui.timeline.layout import layout
from roadwright.ui.timeline.table_rows import table

VIEWS = (
    View(id=ViewId("plan"), title="Plan"),
    View(id=ViewId("critical"), title="Critical", show_critical=True),
    View(id=ViewId("lanes"), title="Lanes", group="team", color="owner"),
    View(id=ViewId("two"), title="Two", group="status", subgroup="owner", color="level"),
    View(id=ViewId("packed"), title="Packed", group="owner", packed=True, color="status"),
)
THEMES = st.sampled_from(("light", "dark"))
ZOOMS = st.sampled_from((0.01, 0.05, 0.3, 0.9, 1.3, 3.0, 7.5, 20.0, 55.0))


def board_of(plan: Plan, view: View, name: str) -> Board:
    times = schedule(plan)
    return Board(plan, times, rows(plan, times, view, packing=True), view, theme(name))


def check(shapes: list[AnyShape], background: str) -> None:
    """No two texts meet, and all of them can be read."""
    written = texts(shapes)
    for one, other in combinations(written, 2):
        assert not meet(one, other), (one, other)
    for text in written:
        for ground in grounds(shapes, text, background):
            assert contrast(text.color, ground) >= 4.5, (text, ground)


@settings(max_examples=50, deadline=None)
@given(
    plans(max_items=7),
    st.sampled_from(VIEWS),
    ZOOMS,
    st.floats(-60, 420),
    THEMES,
    st.sampled_from((0.75, 1.0, 1.4, 2.0)),
    st.booleans(),
)
def test_whatever_the_font_selected_bars_and_baselines_keep_the_laws(
    plan: Plan, view: View, zoom: float, first: float, name: str, broad: float, moving: bool
) -> None:
    """A font at another scale is wider or narrower by some: the layout asks for widths and no more."""

    def wide(text: str, size: float, bold: bool) -> float:
        return measure(text, size, bold) * broad

    kept = schedule(plan)
    placed = [id for id in plan.items if id in kept and not plan.outline.is_parent(id)]
    glance = Glance(selected=frozenset(placed[:3]))
    if moving and placed:
        span = kept.dates(placed[0])
        assert span is not None
        plan = move_items(plan, {placed[0]: span.first}, 6)
        hints = Hints(
            ghosts=frozenset(placed[:1]),
            notes={placed[0]: "5 Jan – 9 Jan · +6 d · push"},
            carried=tuple(placed[:1]),
            lift=30.0,
        )
        glance = Glance(selected=frozenset(placed[:1]), kept=kept, hints=hints)
    board = board_of(plan, view, name)
    axis = Axis(zoom)
    left = round(axis.x(MONDAY.toordinal() + first))
    window = Window(left, 0, left + 900, 600)
    found = layout(board, axis, window, glance, MONDAY.toordinal() + 20, wide)
    written = texts(found.shapes)
    for one, other in combinations(written, 2):
        assert not meet(one, other), (one, other)
    shadows = [one for one in found.shapes if isinstance(one, Box) and one.opacity < 1 and one.height == BAR]
    still = [shape for shape in found.shapes if shape not in shadows]
    check(still, theme(name).colors.background)
    for text in written:
        spot = found.spots.get(ItemId(text.ref))
        if spot is not None and text.size == 13.0:
            inside = spot.left <= text.x and text.x + text.width <= spot.right
            beside = text.x >= spot.right or text.x + text.width <= spot.left
            assert inside or beside or plan.outline.is_parent(spot.item), text


@settings(max_examples=50, deadline=None)
@given(plans(max_items=9), st.sampled_from(VIEWS), st.integers(150, 620), st.integers(0, 200), THEMES)
def test_the_table_and_the_heads_of_lanes_keep_the_laws(
    plan: Plan, view: View, width: int, top: int, name: str
) -> None:
    board = board_of(plan, view, name)
    stuck = Heads(board.rows).stuck(top)
    covered = top + len(stuck) * ROW
    chosen = frozenset([row.item for row in board.rows if row.item is not None][:2])
    background = theme(name).colors.background
    shapes = [
        Box(x=0, y=0, width=width, height=9999, fill=background),
        *new_row(board, measure),
        *table(board, width, top, top + 400, Glance(selected=chosen, stuck=stuck), measure),
    ]
    heads = {_head(board.rows, place) for place, _ in stuck}
    seen = [shape for shape in shapes if not hasattr(shape, "text") or shape.y >= covered]
    check(seen, background)
    assert len(heads) == len(stuck)
    check(head(width, board), background)


def _head(shown: list[Row], place: int) -> str:
    assert shown[place].item is None
    return shown[place].ref


@settings(max_examples=80, deadline=None)
@given(st.floats(0.002, 60), st.integers(1, 12), st.integers(-2000, 9000), st.integers(120, 2400), THEMES)
def test_both_tiers_of_the_axis_keep_the_laws(
    zoom: float, fiscal: int, shift: int, width: int, name: str
) -> None:
    axis = Axis(zoom, fiscal)
    left = axis.x(MONDAY.toordinal() + shift)
    colors = theme(name).colors
    shapes = grid.header(axis, left, left + width, MONDAY.toordinal(), colors, measure)
    check(shapes, colors.background)
    pill = next(shape for shape in shapes if isinstance(shape, Box) and shape.ref == "today")
    for text in texts(shapes):
        if text.text != "Today":
            assert left <= text.x, text
            assert text.x + text.width <= left + width + 1, "no label is cut at the edge"
            assert not meet(pill, text), text


@settings(max_examples=40, deadline=None)
@given(plans(max_items=9), st.sampled_from(VIEWS), st.integers(60, 1600), THEMES)
def test_the_overview_keeps_the_laws(plan: Plan, view: View, width: int, name: str) -> None:
    board = board_of(plan, view, name)
    start, finish = board.schedule.start, board.schedule.finish
    extent = (min(start.values(), default=MONDAY.toordinal()), max(finish.values(), default=739_000))
    scale = overview.scale_of(extent, width)
    shapes = overview.overview(board, scale, date(2026, 2, 2).toordinal(), measure)
    check(shapes, theme(name).colors.panel)


@settings(max_examples=40, deadline=None)
@given(plans(max_items=9), st.sampled_from(VIEWS), st.integers(60, 1600), st.integers(1, 4), THEMES)
def test_the_legend_keeps_the_laws_and_tells_what_it_leaves_out(
    plan: Plan, view: View, width: int, most: int, name: str
) -> None:
    board = board_of(plan, view, name)
    entries = legend.entries(board)
    ground = theme(name).colors.panel
    made = legend.lay_out(board, entries, width, measure, ground, most)
    check(made.shapes, ground)
    assert [*(spot.entry for spot in made.spots), *made.left_out] == entries
