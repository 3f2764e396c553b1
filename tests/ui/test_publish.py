"""Drawings as files: PNG, SVG and PDF of the timeline, without a window."""

from __future__ import annotations

import re
import zlib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from plans import day, planned
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from roadwright.io.sample import sample_plan
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.publish import publish
from roadwright.ui.drawing.scene import Box, Scene, Text
from roadwright.ui.timeline.export import timeline_scene

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scene(qapp: QApplication) -> Scene:
    plan = sample_plan(TODAY)
    return timeline_scene(plan, schedule(plan), plan.views["by-team"], theme("light"), today=TODAY)  # type: ignore[index]


def words(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Text)]


def test_the_drawing_has_all_there_is_to_say(scene: Scene) -> None:
    found = words(scene)
    assert found[:2] == ["Customer platform roadmap", "As of 22 Nov 2026"]
    assert "Today" in found
    assert {"Q4 2026", "Platform", "Mobile", "Event bus roll-out", "Milestone"} <= set(found)
    assert scene.title == "Customer platform roadmap"
    assert scene.background == "#FFFFFF"


def test_nothing_of_the_drawing_leaves_it(scene: Scene) -> None:
    for shape in scene.shapes:
        if isinstance(shape, Box | Text):
            assert shape.x >= -1, shape
            assert shape.x + shape.width <= scene.width + 1, shape
            assert shape.y + shape.height <= scene.height + 1, shape


def test_the_days_shown_can_be_chosen(qapp: QApplication) -> None:
    plan = planned(A=("Mon", 5), B=("Mon9", 5))
    drawing = timeline_scene(
        plan, schedule(plan), None, theme("light"), first=day("Mon"), last=day("Sun2"), width=800, today=TODAY
    )
    bars = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.ref in "AB" and shape.ref]
    assert [bar.ref for bar in bars] == ["A"], "B lies outside"
    assert drawing.width == 800


def test_a_picture_has_the_scale_that_was_asked_for(scene: Scene, tmp_path: Path) -> None:
    publish(scene, tmp_path / "plan.png", scale=1.5)
    image = QImage(str(tmp_path / "plan.png"))
    assert (image.width(), image.height()) == (round(scene.width * 1.5), round(scene.height * 1.5))
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert any(image.pixelColor(x, image.height() // 2).saturation() > 100 for x in range(image.width()))


def test_a_picture_that_would_be_too_large_is_made_less_fine(qapp: QApplication, tmp_path: Path) -> None:
    publish(Scene(40_000, 100, "#FFFFFF", ()), tmp_path / "wide.png")
    assert QImage(str(tmp_path / "wide.png")).width() <= 32_000


def test_an_svg_has_text_and_paths_and_no_picture(scene: Scene, tmp_path: Path) -> None:
    publish(scene, tmp_path / "plan.svg")
    text = (tmp_path / "plan.svg").read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == f"0 0 {round(scene.width)} {round(scene.height)}"
    assert "<image" not in text
    written = "".join(root.itertext())
    for word in ("Customer platform roadmap", "Event bus roll-out", "As of 22 Nov 2026"):
        assert word in written
    families = set(re.findall(r'font-family="([^"]*)"', text))
    assert families
    assert all(family.endswith("sans-serif") for family in families), families


def test_a_pdf_has_one_page_of_the_drawings_size_with_real_text(scene: Scene, tmp_path: Path) -> None:
    publish(scene, tmp_path / "plan.pdf")
    data = (tmp_path / "plan.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    [box] = re.findall(rb"/MediaBox \[([\d. ]+)\]", data)
    _, _, wide, high = map(float, box.split())
    assert wide == pytest.approx(scene.width * 72 / 96, abs=1)
    assert high == pytest.approx(scene.height * 72 / 96, abs=1)
    assert b"/FontFile2" in data, "fonts are embedded"
    assert b"/Subtype /Image" not in data
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    drawn = b"".join(_inflated(stream) for stream in streams)
    assert drawn.count(b" Tj") + drawn.count(b" TJ") > 100


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_strange_titles_get_through(qapp: QApplication, tmp_path: Path) -> None:
    titles = {"A": '<b>&amp; "quoted"</b>', "B": "שלום עולם", "C": "🚀 " * 200, "D": "", "E": "a\nb\tc"}
    plan = planned(**{key: ("Mon", 9, {"title": text}) for key, text in titles.items()})
    drawing = timeline_scene(plan, schedule(plan), None, theme("light"), today=TODAY)
    for suffix in ("png", "svg", "pdf"):
        publish(drawing, tmp_path / f"plan.{suffix}", scale=1)
    ElementTree.parse(tmp_path / "plan.svg")


def test_an_empty_plan_is_drawn_too(qapp: QApplication, tmp_path: Path) -> None:
    plan = planned()
    drawing = timeline_scene(plan, schedule(plan), None, theme("light"), today=TODAY)
    publish(drawing, tmp_path / "plan.svg")
    assert words(drawing)[0] == "Test"


def test_what_can_not_be_written_is_refused(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"export\.format"):
        publish(scene, tmp_path / "plan.bmp")
