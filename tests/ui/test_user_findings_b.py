"""What people stumbled over when they used the program: signs, words, files."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from plans import planned
from PySide6.QtGui import QFont, QFontMetricsF
from roadwright.model.attention import attention_of
from roadwright.model.edits.links import add_link
from roadwright.model.plan import Plan
from roadwright.model.records import LinkId, Status, StatusId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from roadwright.ui import dates
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Box, Mark, Scene, Text
from roadwright.ui.files import sharing
from roadwright.ui.files.exporting import Export
from roadwright.ui.frame.command_palette import Entry, _points
from roadwright.ui.inspector.in_place import cut_after
from roadwright.ui.refusals import with_titles
from roadwright.ui.timeline.export import timeline_scene

TODAY = date(2026, 11, 17)
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("At risk", "risk"),
        ("AT-RISK", "risk"),
        ("Gefährdet", "risk"),
        ("Blocked", "blocked"),
        ("Blocked by legal", "blocked"),
        ("Unblocked", ""),
        ("Not blocked", ""),
        ("In progress", ""),
    ],
)
def test_a_status_asks_for_attention_by_its_title(title: str, asks: str) -> None:
    assert attention_of(Status(id=StatusId("s"), title=title, category="doing")) == asks


def test_what_is_done_asks_for_nothing() -> None:
    assert attention_of(Status(id=StatusId("s"), title="Blocked", category="done")) == ""


def _drawn(plan: Plan, **options: Any) -> Scene:
    return timeline_scene(plan, schedule(plan), None, theme("light"), today=TODAY, **options)


def _changed(plan: Plan, title: str, /, **fields: Any) -> Plan:
    item = next(item for item in plan.items.values() if item.title == title)
    return plan.put(replace(item, **fields))


@pytest.mark.parametrize(
    ("title", "shape", "tone"), [("At risk", "triangle", "warning"), ("Blocked", "square", "danger")]
)
def test_attention_is_a_sign_and_a_ring_around_the_bar(title: str, shape: str, tone: str) -> None:
    plan = planned(A=("Mon", 30)).put(Status(id=StatusId("hot"), title=title, category="doing"))
    scene = _drawn(_changed(plan, "A", status=StatusId("hot")))
    color = getattr(theme("light").colors, tone)
    signs = [mark for mark in scene.shapes if isinstance(mark, Mark) and mark.fill == color]
    assert [mark.shape for mark in signs] == [shape, shape]  # in the table and in the legend
    assert [box for box in scene.shapes if isinstance(box, Box) and box.stroke == color]
    assert title in [text.text for text in scene.shapes if isinstance(text, Text)]


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (date(2026, 8, 27), "27 Aug"),
        (date(2027, 8, 27), "27 Aug"),
        (date(2028, 8, 27), "27 Aug ’28"),
        (date(2410, 8, 27), "27 Aug 2410"),
        (date(1949, 8, 27), "27 Aug 1949"),
    ],
)
def test_a_day_far_from_today_has_its_year(when: date, written: str) -> None:
    assert dates.near_day(when, TODAY) == written


@pytest.mark.parametrize("year", [2026, 2029, 2410])
def test_the_days_of_an_export_stand_in_columns_and_are_not_cut(year: int) -> None:
    plan = planned(A=("Mon", 3), B=("Mon", 3))
    scene = _drawn(_changed(plan, "A", start=date(year, 8, 27)))
    small = [text for text in scene.shapes if isinstance(text, Text) and text.size == 12.0 and text.x < 500]
    written = {text.text for text in small}
    assert dates.near_day(date(year, 8, 27), TODAY) in written
    rows: dict[float, list[Text]] = {}
    for text in small:
        if text.y > 150:
            rows.setdefault(text.y, []).append(text)
    for row in rows.values():
        ordered = sorted(row, key=lambda text: text.x)
        assert all(one.x + one.width <= other.x for one, other in pairwise(ordered))


def test_an_export_shows_long_titles_whole() -> None:
    title = "Migration of all remaining legacy customers"
    scene = _drawn(_changed(planned(A=("Mon", 3)), "A", title=title))
    whole = [text for text in scene.shapes if isinstance(text, Text) and text.text == title]
    assert len(whole) == 2  # in the table and beside the bar


def test_the_title_of_a_milestone_keeps_clear_of_its_deadline() -> None:
    plan = planned(A=("Mon", 40), M=("Mon", 0))
    for days in range(60):
        found = _changed(plan, "M", kind="milestone", title="Platform GA", deadline=_on(days))
        scene = _drawn(found, first=date(2025, 12, 1), last=date(2026, 5, 1))
        flags = [
            mark.x
            for mark in scene.shapes
            if isinstance(mark, Mark) and mark.shape == "down" and mark.size == 8
        ]
        label = [
            text
            for text in scene.shapes
            if isinstance(text, Text) and text.text == "Platform GA" and text.halo
        ]
        assert flags
        assert label
        assert not label[0].x < flags[0] < label[0].x + label[0].width


def _on(days: int) -> date:
    return date.fromordinal(date(2026, 1, 5).toordinal() + days)


def test_a_loop_is_told_by_titles() -> None:
    plan = planned(A=("Mon", 3), B=("Mon", 3), links="A FS B")
    plan = _changed(
        _changed(plan, "A", title="Usage-based billing portal"), "B", title="Web checkout 3.0 " * 10
    )
    ids = {item.title[:3]: item.id for item in plan.items.values()}
    with pytest.raises(Refused) as caught:
        add_link(plan, LinkId("new"), ids["Web"], ids["Usa"])
    told = with_titles(caught.value, plan)
    assert told.values["keys"] == caught.value.values["keys"]
    path = str(told.values["path"]).split(" → ")
    assert path[0] == path[2]
    assert "Usage-based billing portal" in path
    assert all(len(title) <= 30 for title in path)
    assert str(told.values["beside"]).startswith(" (")
    other = Refused("outdent.top", key="RW-1")
    assert with_titles(other, plan) is other


def test_a_long_title_is_cut_after_its_lines(qtbot: Any) -> None:
    font = QFont()
    for text in ("word " * 1000, "x" * 5000, "🚀" * 900):
        shown = cut_after(text, font, 200, 3).split("\n")
        assert len(shown) == 3
        assert shown[-1].endswith("…")
        assert all(QFontMetricsF(font).horizontalAdvance(line) <= 202 for line in shown)
    assert cut_after("short", font, 200, 3) == "short"


def test_the_palette_finds_items_by_their_team() -> None:
    mine = Entry("Billing portal", "Customer Web · RW-1", lambda: None, also="Customer Web · RW-1")
    assert _points("customer web", mine) > 0
    assert _points("billing", mine) > _points("customer", mine)
    assert _points("zzz", mine) == 0


def test_an_export_offers_the_days_of_the_plan() -> None:
    plan = planned(A=("Mon", 3), B=("Mon9", 3))
    times = schedule(plan)
    first, last = sharing.days_of(times) or (None, None)
    assert first == min(times.dates(id).first for id in plan.items)  # type: ignore[union-attr]
    assert last == max(times.dates(id).last for id in plan.items)  # type: ignore[union-attr]
    assert sharing.days_of(schedule(plan.drop(*plan.items.values()))) is None


def test_the_suffix_that_was_typed_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Desk:
        path, title = tmp_path / "plan.roadmap", "Plan"

    class App:
        window, desk = None, Desk()

    wrote: list[tuple[Path, str]] = []
    monkeypatch.setattr(sharing, "export_to", lambda app, path, export: wrote.append((path, export.suffix)))
    for typed in ("plan.png", "plan.v2", "plan.xlsx"):
        monkeypatch.setattr(
            sharing.QFileDialog, "getSaveFileName", lambda *args, typed=typed: (str(tmp_path / typed), "")
        )
        sharing.export_to_chosen(App(), Export(suffix="xlsx"))  # type: ignore[arg-type]
    assert [(path.name, suffix) for path, suffix in wrote] == [
        ("plan.png", "png"),
        ("plan.v2.xlsx", "xlsx"),
        ("plan.xlsx", "xlsx"),
    ]
