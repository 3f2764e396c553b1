"""What can be read on the cards and seen of the lines, near and from afar, in both themes."""

from __future__ import annotations

from datetime import date

import pytest
from graph_plans import random_plan, roadmap
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, LinkId
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import contrast, theme
from roadwright.ui.drawing.scene import AnyShape, Box, Mark, Polyline, Segments, Text
from roadwright.ui.graph.cards import draw
from roadwright.ui.graph.contents import LIMIT, contents
from roadwright.ui.graph.glance import Glance, Lens, ground
from roadwright.ui.graph.layout import Area, arrange
from roadwright.ui.graph.legend import entries, row
from roadwright.ui.graph.picture import graph_scene
from roadwright.ui.graph.sheet import Sheet
from roadwright.ui.graph.wrap import wrap
from roadwright.ui.timeline.board import Board


def measure(text: str, size: float, bold: bool) -> float:
    """A font in which every letter is as wide as half its height."""
    return len(text) * size * (0.56 if bold else 0.5)


def drawn(plan: Plan, zoom: float = 1.0, name: str = "light", **glance: object) -> list[AnyShape]:
    times = schedule(plan)
    shown = contents(plan, times, None)
    layout = arrange(shown.cards, shown.wires)
    board = Board(plan, times, (), None, theme(name))
    lens = Lens(zoom, -20, -20, layout.width * zoom + 40, layout.height * zoom + 40)
    return draw(Sheet(board, layout), lens, Glance(**glance), measure)  # type: ignore[arg-type]


def texts(shapes: list[AnyShape]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, Text)]


def lines(shapes: list[AnyShape]) -> dict[str, Polyline]:
    return {shape.ref: shape for shape in shapes if isinstance(shape, Polyline)}


def test_a_near_card_says_key_title_days_owner_and_progress():
    shapes = drawn(roadmap())
    card = next(shape for shape in shapes if isinstance(shape, Box) and shape.ref == "billing")
    own = [
        shape.text
        for shape in shapes
        if isinstance(shape, Text)
        and card.x <= shape.x <= card.x + card.width
        and card.y <= shape.y <= card.y + card.height
    ]
    assert own[0] == "EP"
    assert own[1:] == ["RW-10", "Usage-based billing portal", "20 %", "12 Oct 2026 – 6 Jan 2027"]
    progress = next(shape for shape in shapes if isinstance(shape, Box) and shape.ref == "progress:billing")
    assert progress.width == pytest.approx(0.2 * (card.x + card.width - progress.x - 8), abs=1.0)


def test_a_card_without_days_says_where_it_waits():
    assert "RW-29 · Now" in texts(drawn(roadmap()))
    assert "RW-32 · No date" in texts(drawn(roadmap()))


def test_a_linked_parent_has_a_card_of_its_own():
    shapes = drawn(roadmap())
    assert "RW-100 · 2 items" in texts(shapes)
    assert "lpar" not in lines(shapes)
    payments = [link.id for link in roadmap().links.values() if link.source == "payments"]
    assert payments[0] in lines(shapes)


def test_a_milestone_shows_a_diamond_and_every_status_its_own_sign():
    signs = {shape.shape for shape in drawn(roadmap()) if isinstance(shape, Mark)}
    assert {"diamond", "check", "circle", "ring", "triangle"} <= signs


@pytest.mark.parametrize("zoom", [0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 1.0, 1.7])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_text_leaves_its_card_meets_another_or_is_hard_to_read(zoom: float, name: str):
    plan = roadmap()
    shapes = drawn(plan, zoom, name)
    cards = [shape for shape in shapes if isinstance(shape, Box) and shape.ref in plan.items]
    letters = [shape for shape in shapes if isinstance(shape, Text)]
    for text in letters:
        assert text.size >= 7
        assert measure(text.text, text.size, text.bold) <= text.width + 0.01
        card = next(
            (c for c in cards if c.x <= text.x < c.x + c.width and c.y <= text.y < c.y + c.height), None
        )
        if card is not None and text.align == "left":
            assert text.x + text.width <= card.x + card.width + 0.5
            assert text.y + text.height <= card.y + card.height + 2.0
    for at, one in enumerate(letters):
        for other in letters[at + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert across <= 0.5 or down <= 0.2 * min(one.height, other.height) + 2, (one.text, other.text)
    page = ground(theme(name)).page
    on_page = [text for text in letters if text.text.startswith("Without links")]
    assert all(contrast(text.color, page) >= 4.5 for text in on_page)


def test_from_afar_only_colour_and_title_are_left():
    plan = roadmap()
    near, far, farthest = drawn(plan, 1.0), drawn(plan, 0.4), drawn(plan, 0.08)
    assert "12 Oct 2026 – 6 Jan 2027" in texts(near)
    assert "12 Oct 2026 – 6 Jan 2027" not in texts(far)
    assert "Scan-to-pay" in texts(far)
    assert texts(farthest) == []
    assert not lines(farthest)
    assert any(isinstance(shape, Segments) for shape in farthest)
    boxes = {shape.ref for shape in farthest if isinstance(shape, Box)}
    assert set(plan.items) <= boxes


def test_broken_links_are_red_and_the_critical_path_stands_out():
    plan = roadmap()
    colors = theme("light").colors
    found = lines(drawn(plan))
    ends = {(link.source, link.target): link.id for link in plan.links.values()}
    assert found[ends["lake", "pilot"]].color == colors.danger
    assert found[ends["copilot", "launch"]].color == colors.accent
    assert found[ends["copilot", "launch"]].width > found[ends["offline", "tablet"]].width
    assert found[ends["offline", "tablet"]].color == colors.link


def test_a_lit_card_keeps_its_chain_bright_and_dims_the_rest():
    plan = roadmap()
    ends = {(link.source, link.target): link.id for link in plan.links.values()}
    plain, lit = lines(drawn(plan)), lines(drawn(plan, lit=ItemId("billing")))
    up, down, other = ends["bus", "billing"], ends["scan", "app5"], ends["lake", "metrics"]
    background = ground(theme("light")).page
    assert lit[up].width > plain[up].width
    assert lit[down].width > plain[down].width
    assert contrast(lit[other].color, background) < contrast(plain[other].color, background)
    order = list(lit)
    assert order.index(other) < order.index(up)
    titles = {
        name: {shape.text: shape.color for shape in shapes if isinstance(shape, Text)}
        for name, shapes in (("plain", drawn(plan)), ("lit", drawn(plan, lit=ItemId("billing"))))
    }
    assert titles["lit"]["Scan-to-pay"] == titles["plain"]["Scan-to-pay"]
    assert titles["lit"]["Offline mode"] != titles["plain"]["Offline mode"]


def test_the_selected_link_is_the_strongest_line():
    plan = roadmap()
    chosen = next(iter(plan.links))
    found = lines(drawn(plan, link=LinkId(chosen)))
    assert max(found.values(), key=lambda line: line.width).ref == chosen


def test_colours_are_those_of_the_teams():
    plan = roadmap()
    plan = plan.put(replace(plan.teams["m"], color="red"))  # type: ignore[index]
    board = Board(plan, schedule(plan), (), None, theme("light"))
    named = {entry.text: entry.color for entry in entries(board)}
    assert list(named)[:4] == ["Platform", "Customer Web", "Mobile", "Data & AI"]
    assert len(set(named.values())) == len(named)
    stripes = {shape.fill for shape in drawn(plan) if isinstance(shape, Box)}
    assert {named["Platform"], named["Mobile"]} <= stripes


def test_only_items_at_the_bottom_and_linked_parents_are_cards():
    plan = roadmap()
    plan = plan.put(replace(plan.items["voice"], parent=ItemId("wear")))  # type: ignore[index]
    ids = {card.id for card in contents(plan, schedule(plan), None).cards}
    assert "wear" not in ids
    assert {"voice", "payments", "residency"} <= ids


def test_a_search_narrows_the_cards():
    plan = roadmap()
    ids = {card.id for card in contents(plan, schedule(plan), None, "copilot").cards}
    assert ids == {"pilot", "copilot", "launch"}
    assert len(contents(plan, schedule(plan), None, "copilot").wires) == 2


def test_of_too_many_items_the_linked_ones_are_shown():
    plan = random_plan(LIMIT + 200)
    linked = {id for link in plan.links.values() for id in (link.source, link.target)}
    shown = contents(plan, schedule(plan), None)
    assert len(shown.cards) == LIMIT
    assert shown.left_out == 200
    assert len({card.id for card in shown.cards} & linked) == min(LIMIT, len(linked))


def test_the_export_has_title_legend_and_all_cards():
    plan = roadmap()
    scene = graph_scene(plan, schedule(plan), theme("light"), measure)
    words = texts(list(scene.shapes))
    assert words[0] == "Customer platform roadmap"
    assert {"Platform", "Customer Web", "Mobile", "Data & AI", "No team", "Critical path"} <= set(words)
    assert "Scan-to-pay" in words
    for shape in scene.shapes:
        if isinstance(shape, Box):
            assert 0 <= shape.x <= scene.width - shape.width
            assert 0 <= shape.y <= scene.height - shape.height


def test_a_note_beside_the_pointer_stays_inside():
    shapes = drawn(roadmap(), wire=((0.0, 0.0), (5000.0, 5000.0)), note="RW-1 will wait for RW-2")
    note = next(shape for shape in shapes if shape.ref == "note")
    assert isinstance(note, Box)
    assert note.x + note.width < 5000
    band = drawn(roadmap(), band=Area(10, 10, 50, 40))
    assert any(isinstance(shape, Box) and (shape.width, shape.height) == (50, 40) for shape in band)


@given(st.text(max_size=60), st.integers(20, 200), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_but_the_end(text: str, width: int, lines: int):
    found = wrap(text, width, lines, 10.0, False, measure)
    assert len(found) <= lines
    assert all(measure(line, 10.0, False) <= width for line in found)
    whole, shown = "".join(text.split()), "".join("".join(found).split())
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1])) or not found


def test_days_are_read_with_their_year():
    plan = roadmap()
    plan = plan.put(replace(plan.items["audit"], start=date(2027, 1, 11), duration=1))  # type: ignore[index]
    assert "RW-34 · 11 Jan 2027" in texts(drawn(plan))


def test_the_legend_shows_all_that_fits_and_says_how_many_do_not():
    plan = roadmap()
    board = Board(plan, schedule(plan), (), None, theme("light"))
    teams = [entry.text for entry in entries(board, lines=False)]

    def legend(width: float) -> list[str]:
        shapes = row(board, Area(0, 0, width, 30), "#ffffff", measure, lines=False)
        assert all(shape.x + shape.width <= width for shape in shapes if isinstance(shape, Text))
        return texts(shapes)

    whole = legend(5000)
    assert whole == teams
    shapes = row(board, Area(0, 0, 5000, 30), "#ffffff", measure, lines=False)
    exact = max(shape.x + shape.width for shape in shapes if isinstance(shape, Text))
    assert legend(exact) == teams
    assert legend(exact - 1) == [*teams[:-1], "+1"] or legend(exact - 1) == [*teams[:-2], "+2"]
