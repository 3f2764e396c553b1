"""The report of what has changed on pages: everything is on one of them, and inside its margins."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from plans import planned
from roadwright.io.difference import report
from roadwright.model.document import Document
from roadwright.model.edits.items import set_field
from roadwright.model.history.earlier import of_plan, what_changed
from roadwright.model.history.kept import History
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId
from roadwright.ui.changes.paper import HEIGHT, WIDTH, report_pages
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Box, Scene, Text


def measure(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (0.6 if bold else 0.55)


def pages(old: Plan, new: Plan, since: str = "the board") -> list[Scene]:
    document = Document(new)
    told = what_changed(of_plan(since, old), new, document.kept_schedule, History(document))
    return report_pages(report(told, date(2026, 3, 4)), theme("light"), measure)


def texts(scene: Scene) -> list[Text]:
    return [shape for shape in scene.shapes if isinstance(shape, Text)]


def said(scenes: list[Scene]) -> str:
    return " ".join(text.text for scene in scenes for text in texts(scene))


def many(number: int, title: str = "Item {n}") -> tuple[Plan, Plan]:
    plan = planned(**{f"A{n}": ("Mon", 3) for n in range(number)})
    plan = plan.put(*(replace(item, title=title.format(n=item.key)) for item in plan.items.values()))
    return plan, set_field(plan, list(plan.items), "duration", 5)


def test_a_short_report_is_one_page_with_its_numbers():
    (page,) = pages(*many(3))
    words = said([page])
    assert "What changed since the board" in words
    assert "Slipped (3)" in words
    assert "Item A2 slips 2 working days" in words
    assert "Page 1 of 1" in words
    assert [text.text for text in texts(page) if text.align == "right"][:3] == ["+2 d"] * 3


@pytest.mark.parametrize(
    "title", ["Item {n}", "Wordwithoutend" * 20 + "{n}", "A long title " * 12 + "{n}", "المنتج {n}"]
)
def test_everything_is_inside_the_margins_of_its_page(title: str):
    scenes = pages(*many(60, title), since="a state with a name " * 20)
    assert len(scenes) > 1
    for scene in scenes:
        assert (scene.width, scene.height) == (WIDTH, HEIGHT)
        for shape in scene.shapes:
            if isinstance(shape, (Text, Box)):
                assert shape.x >= 40
                assert shape.y >= 40
                assert shape.y + shape.height <= HEIGHT
            if isinstance(shape, Text) and shape.align == "left":
                assert shape.x + measure(shape.text, shape.size, shape.bold) <= WIDTH - 40
    assert f"Page {len(scenes)} of {len(scenes)}" in said(scenes[-1:])


def test_a_head_is_never_alone_at_the_foot_of_a_page():
    for number in range(20, 60):
        for scene in pages(*many(number)):
            lines = sorted(
                (text.y, text.bold and text.size == 15.0) for text in texts(scene) if text.size > 11
            )
            assert not lines[-1][1]


def test_nothing_changed_is_said():
    plan = planned(A=("Mon", 3))
    assert "Nothing has changed." in said(pages(plan, plan))
    assert ItemId("A") in plan.items
