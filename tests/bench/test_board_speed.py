"""The board with ten thousand items: arranging, scrolling, a frame of a drag."""

from __future__ import annotations

import time
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from big_plans import plan_of
from board_hands import Hand, board
from msgspec.structs import replace
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, ViewId
from roadwright.model.schedule import schedule
from roadwright.ui.board.contents import contents
from roadwright.ui.board.gestures import CarryCards
from roadwright.ui.board.layout import arrange, card_width
from roadwright.ui.board.sizes import Sizes
from roadwright.ui.drawing.painter import measure

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = [
    pytest.mark.benchmark(timer=time.process_time, min_rounds=5, group="board"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
SIZES = (1_000, 10_000, 50_000)
_WORDS = (
    "checkout",
    "billing",
    "portal",
    "identity",
    "search",
    "mobile",
    "onboarding",
    "report",
    "dashboard",
    "export",
    "migration",
    "telemetry",
    "consent",
    "latency",
    "partner",
    "catalogue",
    "pricing",
    "alerts",
    "audit",
    "sync",
)


@cache
def titled(items: int) -> Plan:
    """Titles of four to nine words, statuses, efforts, some tags."""
    random, plan = Random(5), plan_of(items)
    statuses = list(plan.statuses)
    return plan.put(
        *(
            replace(
                item,
                title=" ".join(random.choices(_WORDS, k=random.randint(4, 9))).capitalize(),
                status=random.choice(statuses),
                effort=float(random.randint(1, 60)),
                tags=("growth",) if random.random() < 0.3 else (),
            )
            for item in plan.items.values()
        )
    )


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("field", ["status", "team", "finish.quarter"])
def test_arrange_for_the_first_time(benchmark: BenchmarkFixture, qtbot: QtBot, count: int, field: str):
    plan = titled(count)
    times, view = schedule(plan), replace(plan.views[ViewId("plan")], stacks=field)

    def whole() -> None:
        shown = contents(plan, times, view)
        width, card = card_width([False] * len(shown.columns), 1600, 1.0)
        sizes = Sizes(1.0, card, measure)
        arrange(shown, lambda id: sizes.height(plan, id), width, 1.0)

    benchmark(whole)


@pytest.fixture(params=SIZES)
def hand(qtbot: QtBot, request: pytest.FixtureRequest) -> Hand:
    return board(qtbot, titled(request.param), size=(1600, 944))


def test_arrange_again_after_an_edit(benchmark: BenchmarkFixture, hand: Hand):
    benchmark(hand.page.refresh)


def test_a_frame_of_scrolling(benchmark: BenchmarkFixture, hand: Hand):
    view = hand.page.view
    target, at = QPixmap(view.viewport().size()), [0]

    def frame() -> None:
        at[0] = (at[0] + 37) % max(hand.layout.height - 2000, 1)
        view.look(0, at[0])
        view.viewport().render(target)

    benchmark(frame)


def test_a_frame_of_a_drag_over_other_cards(benchmark: BenchmarkFixture, hand: Hand):
    """Every frame has another place to land at, half of them in another column."""
    view = hand.page.view
    card = next(id for id in hand.layout.contents.cells[0, 0])
    hand.session.select([card])
    start, target = hand.at(card), QPixmap(view.viewport().size())
    gesture = view.gesture = CarryCards(view, start.x(), start.y(), [ItemId(card)], card)
    at = [0]

    def frame() -> None:
        at[0] += 1
        gesture.move(200 + 500 * (at[0] % 2), 100 + 37 * at[0] % 700)
        view.viewport().render(target)

    benchmark(frame)
    view.stop_gesture()
