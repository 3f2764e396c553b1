"""A monkey at the timeline: whatever mouse and keys do, nothing breaks, and all of it can be undone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from graph_plans import random_plan
from hands import Buttons, Hand, send_mouse, timeline
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.change import Change
from roadwright.model.graph import loops
from roadwright.model.schedule import schedule

_HELD = (
    *[Qt.KeyboardModifier.NoModifier] * 4,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
_KEYS = (
    *(Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Space),
)


class Monkey:
    """Acts by chance, the same way for the same seed."""

    def __init__(self, hand: Hand, seed: int) -> None:
        self.hand, self.chance = hand, random.Random(seed)
        self.held = Buttons.NoButton
        hand.document.subscribe(self.let_go)

    def let_go(self, change: Change) -> None:
        """What is gone does not stay selected: the desk sees to that in the program."""
        plan, session = self.hand.document.plan, self.hand.session
        gone = any(id not in plan.items for id in session.items)
        if gone or (session.link is not None and session.link not in plan.links):
            session.select(id for id in session.items if id in plan.items)

    def act(self) -> None:
        deeds: list[tuple[int, Callable[[], object]]] = [
            (20, self.press), (40, self.move), (18, self.release), (2, self.double_click), (13, self.key),
            (2, self.undo), (1, self.redo), (4, self.command), (2, self.wheel), (1, self.way_out),
        ]  # fmt: skip
        weights, choices = zip(*deeds, strict=True)
        self.chance.choices(choices, weights)[0]()

    def place(self) -> tuple[QWidget, QPointF]:
        """Somewhere on the bars or the table, or a little beyond; often at a bar or one of its ends."""
        page, chance = self.hand.page, self.chance
        widget = chance.choice([self.hand.viewport] * 3 + [page.gutter])
        shown = [id for id in page.stage.board.row_of if id in self.hand.document.schedule]
        if widget is self.hand.viewport and shown and chance.random() < 0.4:
            return widget, self.hand.place(chance.choice(shown), chance.choice([0.02, 0.5, 0.98]))
        x, y = chance.uniform(-40, widget.width() + 40), chance.uniform(-30, widget.height() + 30)
        return widget, QPointF(x, y)

    def mouse(self, type: QEvent.Type, button: Buttons, buttons: Buttons) -> None:
        widget, at = self.place()
        send_mouse(widget, type, at, button, buttons, self.chance.choice(_HELD))

    def press(self) -> None:
        self.held = self.chance.choice([Buttons.LeftButton] * 5 + [Buttons.MiddleButton])
        self.mouse(QEvent.Type.MouseButtonPress, self.held, self.held)

    def move(self) -> None:
        self.mouse(QEvent.Type.MouseMove, Buttons.NoButton, self.held)

    def release(self) -> None:
        button = self.held if self.held != Buttons.NoButton else Buttons.LeftButton
        self.held = Buttons.NoButton
        self.mouse(QEvent.Type.MouseButtonRelease, button, Buttons.NoButton)

    def double_click(self) -> None:
        self.mouse(QEvent.Type.MouseButtonDblClick, Buttons.LeftButton, Buttons.LeftButton)

    def key(self) -> None:
        key, held = self.chance.choice(_KEYS), self.chance.choice(_HELD)
        for type in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.hand.page.view, QKeyEvent(type, key, held))

    def undo(self) -> None:
        if self.hand.document.done:
            self.hand.document.undo()

    def redo(self) -> None:
        if self.hand.document.undone:
            self.hand.document.redo()

    def wheel(self) -> None:
        _, at = self.place()
        turn = QPoint(0, self.chance.choice([-360, -120, 120, 360]))
        there = QPointF(self.hand.viewport.mapToGlobal(at.toPoint()))
        phase, held = Qt.ScrollPhase.NoScrollPhase, self.chance.choice(_HELD)
        event = QWheelEvent(at, there, QPoint(), turn, Buttons.NoButton, held, phase, False)
        QApplication.sendEvent(self.hand.viewport, event)

    def way_out(self) -> None:
        """Take what was offered last, as long as it is on the screen."""
        ways = self.hand.said[-1].ways_out if self.hand.said else ()
        if ways:
            self.chance.choice(ways)[1]()

    def command(self) -> None:
        page, chance = self.hand.page, self.chance
        some = chance.choice([-1, 1])
        deeds: list[Callable[[], object]] = [
            lambda: page.nudge(some),
            lambda: page.grow(some, at_start=chance.random() < 0.5),
            page.new_item,
            page.new_milestone,
            page.gutter.settle,
            page.fit_all,
            page.delete_selected,
            lambda: page.move_rows(some),
            lambda: page.fold(chance.random() < 0.5),
        ]
        chance.choice(deeds)()


def play(qtbot: QtBot, seed: int, view: str, items: int, events: int) -> None:
    plan = random_plan(items)
    hand = timeline(qtbot, plan, zoom=random.Random(seed).choice([2.0, 6.0, 12.0]), view=view)
    monkey = Monkey(hand, seed)
    for number in range(events):
        monkey.act()
        if number % 50 == 0:
            QApplication.processEvents()
    hand.key(Qt.Key.Key_Escape)
    hand.page.gutter.settle()
    document = hand.document
    assert not document.previewing
    assert not loops(document.plan)
    fresh = schedule(document.plan.put(document.plan.info))
    assert (document.schedule.start, document.schedule.finish) == (fresh.start, fresh.finish)
    while document.done:
        document.undo()
    assert document.plan == plan


@pytest.mark.parametrize("view", ["plan", "by-team"])
def test_nothing_breaks_and_all_can_be_undone(qtbot: QtBot, view: str) -> None:
    play(qtbot, 7, view, 60, 1200)


@pytest.mark.soak
@pytest.mark.parametrize("view", ["plan", "by-team", "by-status"])
def test_for_hours(qtbot: QtBot, view: str) -> None:
    for seed in range(5):
        play(qtbot, seed, view, 300, 20_000)
