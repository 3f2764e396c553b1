"""How long the timeline takes for a frame of a plan of 10,000 items and 15,000 links, in CPU time.

A frame is from the event to the painted widgets: whatever the event changes, layout and paint included.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from graph_plans import random_plan
from hands import Hand, timeline
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, Link, LinkId
from roadwright.ui.timeline.frame import ROW
from roadwright.ui.timeline.pointing import target_at

pytestmark = pytest.mark.benchmark(timer=time.process_time, min_rounds=20, group="timeline")

MIDDLE = 5000
DRIVER = ItemId(f"i{MIDDLE}")
SIZE = (1984, 968)
"""With the table and the header, 1600 x 900 are left for the bars."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return random_plan(10_000)


@pytest.fixture
def hand(qtbot: QtBot, plan: Plan) -> Hand:
    """Looking at the middle of the plan."""
    hand = timeline(qtbot, plan, zoom=6.0, size=SIZE)
    look_at(hand)
    return hand


def look_at(hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(left=hand.document.schedule.start[DRIVER] - 60, top=(MIDDLE - 12) * ROW)
    QApplication.processEvents()


def test_a_screenful(benchmark: BenchmarkFixture, hand: Hand) -> None:
    """To be under 8 ms."""
    assert hand.viewport.size().width() > 1500
    assert len(hand.drawn().spots) > 30
    benchmark(hand.viewport.repaint)


def test_open_the_page(benchmark: BenchmarkFixture, qtbot: QtBot, plan: Plan) -> None:
    """With the schedule and the rows."""
    made = []

    def open_page() -> None:
        made.append(timeline(qtbot, plan, zoom=6.0, size=SIZE))
        QApplication.processEvents()

    benchmark.pedantic(open_page, rounds=5)
    assert len(made[0].page.stage.rows) == 10_000


def test_scroll_rows(benchmark: BenchmarkFixture, hand: Hand) -> None:
    """To be under 5 ms."""
    stage = hand.page.stage

    def frame() -> None:
        stage.look(top=stage.top + 17)
        QApplication.processEvents()

    benchmark.pedantic(frame, rounds=100, warmup_rounds=3)


def test_scroll_time(benchmark: BenchmarkFixture, hand: Hand) -> None:
    stage = hand.page.stage
    steps = iter(range(1_000_000))

    def frame() -> None:
        stage.look(left=stage.left + (1 if next(steps) % 40 < 20 else -1))
        QApplication.processEvents()

    benchmark.pedantic(frame, rounds=100, warmup_rounds=3)


def test_zoom(benchmark: BenchmarkFixture, hand: Hand) -> None:
    """To be under 16 ms."""
    stage = hand.page.stage
    steps = iter(range(1_000_000))

    def frame() -> None:
        stage.zoom_at(1.04 if next(steps) % 40 < 20 else 1 / 1.04, 700)
        QApplication.processEvents()

    benchmark.pedantic(frame, rounds=100, warmup_rounds=3)


@pytest.fixture
def dragging(qtbot: QtBot, plan: Plan) -> Iterator[tuple[Hand, QPointF]]:
    """A bar that 500 others wait for, in the hand."""
    links = [
        Link(id=LinkId(f"x{n}"), source=DRIVER, target=ItemId(f"i{MIDDLE + 1 + 7 * n}")) for n in range(500)
    ]
    hand = timeline(qtbot, plan.put(*links), zoom=6.0, size=SIZE)
    look_at(hand)
    at = hand.drag(hand.place(DRIVER), hand.days(3))
    yield hand, at
    hand.key(Qt.Key.Key_Escape)


def test_drag_a_bar_that_500_wait_for(benchmark: BenchmarkFixture, dragging: tuple[Hand, QPointF]) -> None:
    """With the schedule of the whole plan; everything follows live."""
    hand, at = dragging
    steps = iter(range(1_000_000))

    def frame() -> None:
        hand.move(at + hand.days(1 + next(steps) % 30))
        QApplication.processEvents()

    benchmark.pedantic(frame, rounds=20, warmup_rounds=2)
    assert hand.document.previewing


def test_what_is_under_the_pointer(benchmark: BenchmarkFixture, hand: Hand) -> None:
    stage = hand.page.stage
    x, y = stage.scroll_x + 200.0, stage.top + 10.5 * ROW
    places = iter(range(1_000_000))
    benchmark(lambda: target_at(stage, x + next(places) % 900, y))
