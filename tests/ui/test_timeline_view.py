"""Where the timeline looks from: wheel, zoom, pan, fit, and what of it survives."""

from __future__ import annotations

from datetime import date

import pytest
from hands import NO_KEYS, Buttons, Hand, timeline
from plans import day, planned
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.records import ItemId
from roadwright.ui.drawing.palette import theme
from roadwright.ui.messages import Messages
from roadwright.ui.session import Session
from roadwright.ui.signals import DocumentSignals
from roadwright.ui.timeline.frame import ROW
from roadwright.ui.timeline.page import TimelinePage

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    """Sixty rows, more than fit in."""
    items = {f"I{n}": (f"Mon{n % 9 + 1}", n % 7 + 1, {"title": f"Item number {n}"}) for n in range(60)}
    return timeline(qtbot, planned(**items, links="; ".join(f"I{n} FS I{n + 3}" for n in range(50))))


def wheel(hand: Hand, at: QPointF, turn: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    there = QPointF(hand.viewport.mapToGlobal(at.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, there, QPoint(), QPoint(0, turn), Buttons.NoButton, keys, phase, False)
    QApplication.sendEvent(hand.viewport, event)


def test_the_wheel_scrolls_rows_and_with_shift_time(hand: Hand) -> None:
    stage = hand.page.stage
    left = stage.left
    wheel(hand, QPointF(300, 200), -120)
    assert (stage.top, stage.left) == (3 * ROW, left)
    wheel(hand, QPointF(300, 200), 120)
    assert stage.top == 0
    wheel(hand, QPointF(300, 200), -120, SHIFT)
    assert stage.top == 0
    assert stage.left - left == pytest.approx(7.8)


def test_ctrl_and_wheel_zoom_with_the_day_under_the_pointer_fixed(hand: Hand) -> None:
    stage = hand.page.stage
    before = stage.left + 412 / stage.axis.zoom
    for turn in (120, 120, -120, 240, -480, 120):
        wheel(hand, QPointF(412, 100), turn, CONTROL)
        assert stage.left + 412 / stage.axis.zoom == pytest.approx(before)
        assert abs(stage.axis.x(before) - stage.scroll_x - 412) <= 0.5
    assert stage.axis.zoom == pytest.approx(10.0)


def test_the_middle_button_and_space_pan(hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(top=200)
    left = stage.left
    hand.press(QPointF(500, 300), Buttons.MiddleButton)
    hand.move(QPointF(450, 260), button=Buttons.MiddleButton)
    hand.release(QPointF(450, 260), button=Buttons.MiddleButton)
    assert (stage.left, stage.top) == (pytest.approx(left + 5), 240)
    QApplication.sendEvent(hand.page.view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NO_KEYS))
    hand.press(QPointF(450, 260))
    hand.move(QPointF(500, 300))
    hand.release(QPointF(500, 300))
    QApplication.sendEvent(hand.page.view, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Space, NO_KEYS))
    assert (stage.left, stage.top) == (pytest.approx(left), 200)
    assert not hand.document.done


def test_time_has_no_end(hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(left=day("Mon").toordinal() + 40_000)
    bar = hand.page.view.horizontalScrollBar()
    assert bar.value() == stage.scroll_x
    wheel(hand, QPointF(300, 200), -1200, SHIFT)
    assert stage.left > day("Mon").toordinal() + 40_000
    assert bar.value() == stage.scroll_x


def test_fit_all_shows_the_whole_plan(hand: Hand) -> None:
    stage = hand.page.stage
    hand.page.fit_all()
    first, end = stage.extent()
    assert stage.axis.x(first) >= stage.scroll_x
    assert stage.axis.x(end) <= stage.scroll_x + stage.width


def test_go_to_today_brings_today_into_sight(hand: Hand) -> None:
    hand.page.go_to_today()
    stage = hand.page.stage
    x = stage.axis.x(date.today().toordinal()) - stage.scroll_x
    assert 0 < x < stage.width


@pytest.mark.parametrize("chosen", ["I9", "I2", ""])
def test_a_scroll_paints_the_same_as_a_fresh_paint(qtbot: QtBot, qapp: QApplication, chosen: str) -> None:
    """Only the strip that comes into sight is painted; nothing of what was there may be left behind."""
    items = {f"I{n}": (f"Mon{n % 9 + 1}", n % 7 + 1) for n in range(300)}
    near = "; ".join(f"I{n} FS I{n + 3}" for n in range(0, 290, 2))
    far = "; ".join(f"I{n} FS I{n + 150 + n % 20}" for n in range(2, 90, 4))
    hand = timeline(qtbot, planned(**items, links=f"{near}; {far}"))
    hand.session.select([ItemId(chosen)] if chosen else [])
    stage, view = hand.page.stage, hand.page.view
    qapp.processEvents()
    seen = _screen(hand)
    for top in (17, 40, 300, 290, 6 * ROW, 0, 133, 100 * ROW, 101 * ROW + 5, 2000, 2020):
        stage.look(top=top)
        qapp.processEvents()
        scrolled = _screen(hand)
        assert scrolled != seen
        view.viewport().repaint()
        hand.page.gutter.repaint()
        seen = _screen(hand)
        assert scrolled == seen, f"at {top}"


def _screen(hand: Hand) -> QImage:
    """What is on the screen, without painting it again."""
    window = hand.page.window()
    picture: QImage = window.screen().grabWindow(window.winId()).toImage()
    return picture


def test_zoom_scroll_and_widths_come_back_at_the_next_start(qtbot: QtBot, hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(zoom=7.5, left=day("Tue").toordinal() + 0.25, top=130)
    hand.page.set_gutter_width(300)
    session = Session(hand.session.looks)
    document = Document(hand.document.plan)
    page = TimelinePage(document, DocumentSignals(document), session, Messages(), theme("light"))
    qtbot.addWidget(page, before_close_func=lambda _: page.hide())
    page.resize(1300, 600)
    with qtbot.waitExposed(page):
        page.show()
    again = page.stage
    assert (again.axis.zoom, again.left, again.top) == (7.5, day("Tue").toordinal() + 0.25, 130)
    assert page.gutter.width() == 300


def test_the_first_time_the_whole_plan_is_fitted_in(qtbot: QtBot) -> None:
    document = Document(planned(A=("Mon", 3), B=("Mon30", 3)))
    page = TimelinePage(document, DocumentSignals(document), Session(), Messages(), theme("dark"))
    qtbot.addWidget(page, before_close_func=lambda _: page.hide())
    page.resize(1200, 500)
    with qtbot.waitExposed(page):
        page.show()
    stage = page.stage
    assert stage.axis.x(document.schedule.end or 0) <= stage.scroll_x + stage.width


def test_an_edit_leaves_zoom_and_scroll_as_they_are(hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(top=200)
    before = (stage.axis.zoom, stage.left, stage.top)
    hand.document.commit(rename_item, ItemId("I40"), "Another name")
    hand.document.undo()
    assert (stage.axis.zoom, stage.left, stage.top) == before


def test_an_item_out_of_sight_is_revealed(hand: Hand) -> None:
    hand.page.reveal(ItemId("I55"))
    at = hand.place("I55")
    assert 0 <= at.y() <= hand.viewport.height()
    assert 0 <= at.x() <= hand.viewport.width()


def test_the_arrow_at_the_edge_scrolls_to_its_bar(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 3), B=("Mon60", 3)))
    hand.click(QPointF(hand.viewport.width() - 9, ROW + ROW / 2))
    assert hand.session.items == ("B",)
    assert 0 <= hand.place("B").x() <= hand.viewport.width()


def test_an_empty_page_says_what_it_is_for_and_takes_a_double_click(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned())
    hand.double_click(QPointF(300, 120))
    assert len(hand.document.plan.items) == 1
    hand.page.gutter.close_editor()


def test_every_theme_is_shown_at_once(hand: Hand) -> None:
    light = hand.page.grab().toImage().pixelColor(800, 580).lightness()
    hand.page.set_theme(theme("dark"))
    assert hand.page.grab().toImage().pixelColor(800, 580).lightness() < light / 2


def test_the_keys_are_seen_to_be_here_even_where_nothing_is_chosen(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 3), B=("Tue", 3)))
    stage = hand.page.stage
    hand.page.activateWindow()
    hand.page.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: stage.focused, timeout=10_000)
    hand.key(Qt.Key.Key_Home)
    assert stage.session.current == "A"
    assert not stage.bare_focus, "the row with the keyboard has a ring"
    before = hand.page.gutter.grab().toImage()
    hand.key(Qt.Key.Key_Escape)
    assert stage.bare_focus
    assert hand.page.gutter.grab().toImage() != before
    hand.click(hand.place("B") + QPointF(0, 200))
    assert not stage.bare_focus, "who uses the mouse knows where it is"
