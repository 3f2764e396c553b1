"""Laws of the board for any plan: every card once, none over another, every text inside of its card."""

from __future__ import annotations

from itertools import pairwise

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from PySide6.QtWidgets import QApplication
from roadwright.model.plan import Plan
from roadwright.model.query import leaves
from roadwright.model.records import ItemId, View, ViewId
from roadwright.model.schedule import schedule
from roadwright.ui.board.contents import contents, offered
from roadwright.ui.board.drawing import draw
from roadwright.ui.board.layout import arrange, card_width
from roadwright.ui.board.sight import Picture, Sight
from roadwright.ui.board.sizes import LINES, Sizes
from roadwright.ui.drawing.painter import measure
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Box, Text
from roadwright.ui.graph.glance import Glance, Lens
from roadwright.ui.timeline.board import Board

pytestmark = pytest.mark.usefixtures("qapp")
ZOOMS = (0.5, 0.7, 1.0, 1.37, 2.0)


def picture(
    plan: Plan, view: View, zoom: float = 1.0, room: int = 1200, folded: frozenset[str] = frozenset()
):
    times = schedule(plan)
    shown = contents(plan, times, view)
    column, card = card_width([one.ref in folded for one in shown.columns], room, zoom)
    sizes = Sizes(zoom, card, measure)
    layout = arrange(shown, lambda id: sizes.height(plan, id), column, zoom, folded)
    return Picture(Board(plan, times, (), view, theme("light")), layout, sizes, {})


def looked_at(plan: Plan, data: st.DataObject) -> View:
    keys = [by.key for by in offered(plan)]
    view = data.draw(st.sampled_from(sorted(plan.views.values(), key=lambda one: one.id)))
    return replace(
        view,
        stacks=data.draw(st.sampled_from(["", *keys])),
        swimlanes=data.draw(st.sampled_from(["", *keys])),
        filter="",
        dims=False,
    )


@given(plans(max_items=9), st.data())
def test_every_shown_item_stands_on_the_board_once(plan: Plan, data: st.DataObject):
    view = looked_at(plan, data)
    shown = contents(plan, schedule(plan), view)
    found = [id for ids in shown.cells.values() for id in ids]
    assert sorted(found) == sorted(leaves(plan, schedule(plan), view))
    assert sum(total.count for total in shown.totals) == len(found) == len(shown.cell_of)


@given(plans(max_items=9), st.data(), st.sampled_from(ZOOMS))
def test_cards_lie_apart_and_inside_of_their_cells(plan: Plan, data: st.DataObject, zoom: float):
    layout = picture(plan, looked_at(plan, data), zoom).layout
    for cell, pile in layout.piles.items():
        ground = layout.cell_area(cell)
        assert all(bottom <= top for bottom, top in zip(pile.bottoms, pile.tops[1:], strict=False))
        for id in pile.ids:
            area = layout.area(id)
            assert area is not None
            assert ground.x <= area.x < area.right <= ground.right
            assert ground.y <= area.y < area.bottom <= ground.bottom
            assert layout.card_at(area.x + 3, area.middle) == id
    assert all(one.right < other.x for one, other in pairwise(layout.strips))
    assert all(one.bottom <= other.top for one, other in pairwise(layout.bands))


@given(plans(max_items=7), st.data(), st.sampled_from(ZOOMS))
def test_every_text_is_inside_of_its_card(plan: Plan, data: st.DataObject, zoom: float):
    drawn = picture(plan, looked_at(plan, data), zoom)
    draw(drawn, Lens(1.0, 0, 0, 1e6, 1e6), Glance(), Sight(), measure)
    for (id, *_), shapes in drawn.faces.items():
        area = drawn.layout.area(id)
        assert area is not None
        for shape in shapes:
            if isinstance(shape, Text):
                assert shape.x >= 0
                assert shape.x + measure(shape.text, shape.size, shape.bold) <= area.width + 0.5
            if isinstance(shape, Text | Box):
                assert shape.y >= -1
                assert shape.y + shape.height <= area.height + 1
    QApplication.processEvents()


@given(st.text(max_size=200), st.sampled_from(ZOOMS), st.sampled_from(["bar", "milestone"]))
def test_a_title_takes_three_lines_at_most_and_none_is_too_wide(title: str, zoom: float, kind: str):
    plan = planned(A=("Mon", 4))
    item = replace(plan.items[ItemId("A")], title=title, kind=kind)
    sizes = Sizes(zoom, 200, measure)
    lines = sizes.title_lines(item)
    assert len(lines) == sizes.lines(item) <= LINES
    assert all(measure(line, sizes.title, False) <= sizes.room(item) for line in lines)


def test_a_short_title_is_not_shortened():
    plan = planned(A=("Mon", 4, {"title": "Checkout for guests with saved baskets"}))
    lines = Sizes(1.0, 200, measure).title_lines(plan.items[ItemId("A")])
    assert " ".join(lines) == "Checkout for guests with saved baskets"


def test_only_what_is_in_sight_is_drawn():
    plan = planned(**{f"I{n}": ("Mon", 4, {"status": "planned"}) for n in range(500)})
    drawn = picture(plan, plan.views[ViewId("by-status")])
    draw(drawn, Lens(1.0, 0, 5000, 1200, 700), Glance(), Sight(), measure)
    assert 5 < len(drawn.faces) < 20


def test_folded_columns_and_swimlanes_show_no_cards():
    plan = planned(A=("Mon", 4, {"status": "planned", "team": "red"}), B=("Mon", 4, {"status": "done"}))
    view = replace(plan.views[ViewId("plan")], stacks="status", swimlanes="team")
    shown = contents(plan, schedule(plan), view)
    folded = frozenset((shown.columns[2].ref, shown.lanes[0].ref))
    layout = picture(plan, view, folded=folded).layout
    assert layout.area(ItemId("A")) is None
    assert layout.area(ItemId("B")) is None
