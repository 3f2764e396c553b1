"""Laws of the titles on the timeline: none over another, none over a sign, all of them legible."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

from arbitrary import MONDAY, plans
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pictures import around, grounds, measure, meet, texts
from plans import day, planned
from roadwright.model.edits.items import move_items
from roadwright.model.plan import Plan
from roadwright.model.query import rows
from roadwright.model.records import ItemId, View, ViewId
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import contrast, faded, solid, theme, tones
from roadwright.ui.drawing.scene import Box, Mark
from roadwright.ui.timeline.axis import Axis
from roadwright.ui.timeline.board import Board
from roadwright.ui.timeline.frame import BAR, SMALL, Drawn, Glance, Hints, Window
from roadwright.ui.timeline.labels import stretches
from roadwright.ui.timeline.layout import layout

VIEWS = (
    View(id=ViewId("plan"), title="Plan"),
    View(id=ViewId("critical"), title="Critical", show_critical=True),
    View(id=ViewId("lanes"), title="Lanes", group="team", color="owner"),
    View(id=ViewId("packed"), title="Packed", group="team", subgroup="status", packed=True, color="status"),
)
ZOOMS = (0.02, 0.5, 1.3, 3.0, 7.5, 20.0, 55.0)


def look(plan: Plan, view: View, zoom: float, first: float, width: float, glance: Glance, name: str) -> Drawn:
    times = schedule(plan)
    board = Board(plan, times, rows(plan, times, view, packing=True), view, theme(name))
    axis = Axis(zoom)
    left = round(axis.x(first))
    window = Window(left, 0, left + width, 600)
    return layout(board, axis, window, glance, MONDAY.toordinal() + 20, measure)


def check(found: Drawn, background: str) -> None:
    """The laws."""
    written = texts(found.shapes)
    for one, other in combinations(written, 2):
        assert not meet(one, other), (one, other)
    for text in written:
        for ground in grounds(found.shapes, text, background):
            assert contrast(text.color, ground) >= 4.5, (text, ground)
    titles = [text for text in written if text.size != SMALL]
    spots = found.spots
    for text in titles:
        for id, spot in spots.items():
            bar = Box(x=spot.left, y=spot.row * 26 + 4, width=spot.right - spot.left, height=BAR)
            if id == text.ref and not text.halo:
                assert bar.x <= text.x, text
                assert text.x + text.width <= bar.x + bar.width, text
            elif text.size == 13.0:  # those of parents stand under their bracket
                assert not meet(bar, text), (bar, text)
    signs = [around(shape) for shape in found.shapes if isinstance(shape, Mark) and _stays(shape)]
    for text, sign in product(titles, signs):
        assert not meet(sign, text, 1.0), (sign, text)


def _stays(mark: Mark) -> bool:
    """Signs in the rows; those of links and folds are elsewhere, those at the edges lead to other rows."""
    return mark.shape in ("down", "pin", "check", "triangle", "square", "diamond")


@settings(max_examples=120, deadline=None)
@given(
    plans(max_items=7),
    st.sampled_from(VIEWS),
    st.sampled_from(ZOOMS),
    st.floats(-60, 420),
    st.integers(90, 1400),
    st.sampled_from(("light", "dark")),
)
def test_titles_meet_nothing_and_can_be_read(
    plan: Plan, view: View, zoom: float, first: float, width: int, name: str
) -> None:
    found = look(plan, view, zoom, MONDAY.toordinal() + first, width, Glance(), name)
    check(found, theme(name).colors.background)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.integers(0, 30),
            st.text("abcdefgh ijklmnopqrst", max_size=60),
            st.booleans(),
            st.sampled_from(("day", "month")),
            st.integers(-10, 40),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(ZOOMS),
    st.integers(-40, 80),
    st.integers(120, 900),
    st.booleans(),
)
def test_the_same_while_bars_are_dragged(
    items: list[tuple[int, int, str, bool, str, int]], zoom: float, shift: int, width: int, dragging: bool
) -> None:
    monday = day("Mon").toordinal()
    plan = planned(
        **{
            f"I{n}": (
                None,
                length,
                {
                    "start": date.fromordinal(monday + offset),
                    "title": text,
                    "pinned": pinned,
                    "progress": 40,
                    "precision": precision,
                    "deadline": date.fromordinal(monday + offset + until),
                },
            )
            for n, (offset, length, text, pinned, precision, until) in enumerate(items)
        },
        links="; ".join(f"I{n} FS I{n + 1}" for n in range(len(items) - 1)),
    )
    glance = Glance()
    if dragging:
        kept = schedule(plan)
        span = kept.dates(ItemId("I0"))
        assert span is not None
        plan = move_items(plan, {ItemId("I0"): span.first}, 5)
        hints = Hints(ghosts=frozenset({ItemId("I0")}), notes={ItemId("I0"): "5 Jan – 9 Jan · +5 d · push"})
        glance = Glance(kept=kept, hints=hints, selected=frozenset({ItemId("I0")}))
    for name in ("light", "dark"):
        found = look(plan, VIEWS[0], zoom, monday + shift, width, glance, name)
        check(found, theme(name).colors.background)


@given(st.integers(0, 0xFFFFFF), st.sampled_from(("light", "dark")))
def test_any_colour_that_somebody_makes_holds_legible_text(number: int, name: str) -> None:
    worn = theme(name)
    made = tones(worn.lane(f"#{number:06X}"))
    pale = faded(made, worn.colors.background)
    for found in (made, pale):
        assert contrast(found.ink, found.fill) >= 4.5
        assert contrast(found.ink, found.done) >= 4.5
    assert contrast(made.fill, made.done) >= 1.35, "what is done can be told from what is not"
    assert contrast(solid(f"#{number:06X}").ink, solid(f"#{number:06X}").fill) >= 4.5


def test_a_title_gives_way_to_the_deadline_in_its_bar() -> None:
    plan = planned(A=("Mon", 20, {"title": "Web checkout", "deadline": day("Tue")}))
    found = look(plan, VIEWS[0], 10.0, day("Mon0").toordinal(), 900, Glance(), "light")
    text = next(text for text in texts(found.shapes) if text.ref == "A")
    flag = next(shape for shape in found.shapes if isinstance(shape, Mark) and shape.shape == "down")
    assert text.x > flag.x + flag.size / 2
    assert not text.halo, "there is room for it in the rest of the bar"


def test_titles_of_bars_in_one_row_give_way_to_each_other() -> None:
    items = {f"I{n}": (f"Mon{n * 2 + 1}", 5, {"title": f"A long title, number {n}"}) for n in range(6)}
    plan = planned(**items)
    packed = replace(VIEWS[3], subgroup="")
    found = look(plan, packed, 10.0, day("Mon0").toordinal(), 1400, Glance(), "light")
    assert {spot.row for spot in found.spots.values()} == {1}
    assert len(texts(found.shapes)) == 6
    check(found, theme("light").colors.background)


def test_the_title_of_a_bar_in_the_hand_leaves_its_old_place_free() -> None:
    plan = planned(A=("Mon2", 2, {"title": "Web checkout"}))
    kept = schedule(plan)
    moved = move_items(plan, {ItemId("A"): day("Mon2")}, 2)
    glance = Glance(kept=kept, hints=Hints(ghosts=frozenset({ItemId("A")}), notes={ItemId("A"): "+2 d"}))
    found = look(moved, VIEWS[0], 10.0, day("Mon1").toordinal(), 220, glance, "light")
    ghost = next(shape for shape in found.shapes if isinstance(shape, Box) and shape.dashed)
    for text in texts(found.shapes):
        assert not meet(ghost, text) or text.ref != "A" or text.size == SMALL, text


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 40)), max_size=6),
    st.floats(0, 50),
    st.floats(50, 100),
)
def test_what_is_left_of_a_stretch_touches_nothing_taken(
    taken: list[tuple[float, float]], low: float, high: float
) -> None:
    spans = [(begin, begin + wide) for begin, wide in taken]
    left = stretches((low, high), spans)
    assert left == sorted(left)
    for begin, end in left:
        assert low <= begin < end <= high
        assert all(end <= first or begin >= last for first, last in spans)
    free = sum(end - begin for begin, end in left)
    covered = [n for n in range(1000) if any(a <= low + (high - low) * n / 1000 < b for a, b in spans)]
    assert abs(free - (high - low) * (1 - len(covered) / 1000)) <= (high - low) * 0.02
