"""Smooth zooming and scrolling: where it ends, what stays in its place on the way, and that it can be off."""

from __future__ import annotations

import pytest
from hands import NO_KEYS, Buttons, Hand, timeline
from plans import planned
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.ui.timeline.glide import LASTS

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    hand = timeline(qtbot, planned(**{f"I{n}": (f"Mon{n + 1}", 3) for n in range(60)}))
    hand.session.motion = True
    return hand


def test_the_day_under_the_pointer_stays_there_all_the_way(hand: Hand, qtbot: QtBot) -> None:
    stage, x = hand.page.stage, 300.0
    day, zoom = stage.left + x / stage.axis.zoom, stage.axis.zoom
    zooms: list[float] = []
    places: list[float] = []
    stage.moved.connect(lambda: zooms.append(stage.axis.zoom))
    stage.moved.connect(lambda: places.append((day - stage.left) * stage.axis.zoom))
    stage.glide.zoom(2.0, x)
    assert stage.glide.goal[1] == pytest.approx(2 * zoom)
    qtbot.waitUntil(lambda: stage.axis.zoom == pytest.approx(2 * zoom))
    assert zooms == sorted(zooms)
    assert zooms[0] < 2 * zoom, "not at once"
    assert all(place == pytest.approx(x) for place in places)
    assert LASTS < 200


def test_turns_of_the_wheel_add_up_while_it_is_on_its_way(hand: Hand, qtbot: QtBot) -> None:
    stage = hand.page.stage
    zoom, at = stage.axis.zoom, QPointF(400, 100)
    day = stage.left + 400 / zoom
    there = QPointF(hand.viewport.mapToGlobal(at.toPoint()))
    for _ in range(3):
        phase = Qt.ScrollPhase.NoScrollPhase
        turn = QWheelEvent(at, there, QPoint(), QPoint(0, 120), Buttons.NoButton, CONTROL, phase, False)
        QApplication.sendEvent(hand.viewport, turn)
    wanted = zoom * 1.0015**360
    qtbot.waitUntil(lambda: stage.axis.zoom == pytest.approx(wanted))
    assert stage.left + 400 / stage.axis.zoom == pytest.approx(day)


def test_who_looks_elsewhere_meanwhile_has_the_last_word(hand: Hand, qtbot: QtBot) -> None:
    stage = hand.page.stage
    stage.glide.to(stage.left + 100)
    stage.look(left=700_000.0)
    qtbot.wait(LASTS)
    assert stage.left == 700_000.0


def test_without_movement_everything_is_there_at_once(hand: Hand) -> None:
    hand.session.motion = False
    stage = hand.page.stage
    hand.page.zoom_in()
    assert stage.axis.zoom == pytest.approx(12.5)
    hand.page.fit_all()
    first, end = stage.extent()
    assert stage.left < first < end < stage.left + stage.width / stage.axis.zoom


def test_the_selected_items_are_fitted_in(hand: Hand) -> None:
    hand.session.motion = False
    chosen = ["I50", "I52"]
    hand.session.select(chosen)  # type: ignore[arg-type]
    hand.page.fit_selection()
    for id in chosen:
        for share in (0.0, 1.0):
            at = hand.place(id, share)
            assert 0 <= at.x() <= hand.viewport.width()
            assert 0 <= at.y() <= hand.viewport.height()


def flick(hand: Hand, pixels: QPoint, phase: Qt.ScrollPhase, when: int) -> None:
    at = QPointF(400, 200)
    there = QPointF(hand.viewport.mapToGlobal(at.toPoint()))
    event = QWheelEvent(at, there, pixels, pixels * 2, Buttons.NoButton, NO_KEYS, phase, False)
    event.setTimestamp(when)
    QApplication.sendEvent(hand.viewport, event)


@pytest.mark.parametrize("motion", [True, False])
def test_a_flick_of_the_trackpad_runs_out(hand: Hand, qtbot: QtBot, motion: bool) -> None:
    hand.session.motion = motion
    stage = hand.page.stage
    for n in range(6):
        flick(hand, QPoint(0, -12), Qt.ScrollPhase.ScrollUpdate, 1000 + n * 12)
    assert stage.top == 72
    flick(hand, QPoint(), Qt.ScrollPhase.ScrollEnd, 1066)
    if motion:
        qtbot.waitUntil(lambda: stage.top > 120)
        flick(hand, QPoint(0, -1), Qt.ScrollPhase.ScrollUpdate, 2000)
    stopped = stage.top
    qtbot.wait(60)
    assert stage.top == stopped, "a touch holds it"


def test_less_than_a_pixel_of_scrolling_is_not_lost(hand: Hand) -> None:
    stage = hand.page.stage
    for _ in range(8):
        at = QPointF(400, 200)
        there = QPointF(hand.viewport.mapToGlobal(at.toPoint()))
        phase = Qt.ScrollPhase.NoScrollPhase
        turn = QWheelEvent(at, there, QPoint(), QPoint(0, -1), Buttons.NoButton, NO_KEYS, phase, False)
        QApplication.sendEvent(hand.viewport, turn)
    assert stage.top == pytest.approx(8 * 3 * 26 / 120, abs=1)


def test_two_fingers_on_a_trackpad_zoom_directly(hand: Hand) -> None:
    stage = hand.page.stage
    zoom, at = stage.axis.zoom, QPointF(400, 100)
    there = QPointF(hand.viewport.mapToGlobal(at.toPoint()))
    phase = Qt.ScrollPhase.ScrollUpdate
    turn = QWheelEvent(at, there, QPoint(0, 10), QPoint(0, 40), Buttons.NoButton, CONTROL, phase, False)
    QApplication.sendEvent(hand.viewport, turn)
    assert stage.axis.zoom == pytest.approx(zoom * 1.0015**40)
    assert QEvent.Type.Wheel == turn.type()
