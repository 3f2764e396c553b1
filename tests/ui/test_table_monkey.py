"""Somebody who hits keys and clicks at random: nothing breaks, and undo leads back to the start."""

from __future__ import annotations

import random

import pytest
from panel_plans import Company
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.problems import problems
from roadwright.model.records import Sort
from table_hands import LEFT, Control, Key, Shift, Table, put_on_clipboard

Alt = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
MOVES = (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_PageDown)
OTHERS = (
    (Key.Key_Return, PLAIN), (Key.Key_Return, Shift), (Key.Key_Return, Control), (Key.Key_Tab, PLAIN),
    (Key.Key_Backtab, Shift), (Key.Key_Escape, PLAIN), (Key.Key_F2, PLAIN), (Key.Key_Delete, PLAIN),
    (Key.Key_Insert, PLAIN), (Key.Key_Space, PLAIN), (Key.Key_Space, Shift), (Key.Key_Space, Control),
    (Key.Key_D, Control), (Key.Key_R, Control), (Key.Key_Semicolon, Control), (Key.Key_Down, Alt),
    (Key.Key_A, Control), (Key.Key_C, Control), (Key.Key_X, Control), (Key.Key_V, Control),
    (Key.Key_Plus, PLAIN), (Key.Key_Minus, PLAIN), (Key.Key_7, PLAIN), (Key.Key_G, PLAIN),
)  # fmt: skip
TEXTS = ("Zed", "2027-02-03\tDone\n5\t\n", "Title\tOwner\nNew\tZoe\n", "RW-3 FS+2d", "40", "\t\t\n\t\t\n", "")


BROKEN = {"key.duplicate", "link.loop", "link.dangling", "parent.missing", "parent.loop"}
"""What no edit may ever make of a plan."""


class Monkey:
    """Acts at random, the same for the same seed."""

    def __init__(self, table: Table, seed: int) -> None:
        self.table, self.random = table, random.Random(seed)

    def act(self) -> None:
        what = self.random.random()
        if what < 0.35:
            self.press(self.random.choice(MOVES), self.random.choice((PLAIN, PLAIN, Shift, Control)))
        elif what < 0.7:
            self.press(*self.random.choice(OTHERS))
        elif what < 0.88:
            self.point()
        elif what < 0.94:
            self.look()
        else:
            put_on_clipboard(self.random.choice(TEXTS))

    def press(self, key: Key, held: Qt.KeyboardModifier) -> None:
        at = QApplication.focusWidget() or self.table.grid
        self.table.qtbot.keyClick(at, key, held)

    def point(self) -> None:
        room = self.table.grid.viewport().rect()
        places = [
            QPoint(self.random.randint(0, room.right()), self.random.randint(0, room.bottom())) for _ in "ab"
        ]
        viewport = self.table.grid.viewport()
        if self.random.random() < 0.3:
            self.table.drag(*places)
        elif self.random.random() < 0.3:
            self.table.qtbot.mouseDClick(viewport, LEFT, pos=places[0])
        else:
            held = self.random.choice((PLAIN, PLAIN, Shift, Control))
            self.table.qtbot.mouseClick(viewport, LEFT, held, places[0])

    def look(self) -> None:
        keys = list(self.table.model.place)
        match self.random.randrange(5):
            case 0:
                self.table.look(sort=(Sort(self.random.choice(keys), self.random.random() < 0.5),))
            case 1:
                self.table.look(group=self.random.choice(["", "team", "owner", "status"]))
            case 2:
                self.table.look(filter=self.random.choice(["", "status!=done", "owner:holm", "zebra"]))
            case 3:
                self.table.show("title", *self.random.sample([key for key in keys if key != "title"], 5))
            case _:
                if self.table.document.done:
                    self.table.document.undo()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_breaks_and_all_can_be_undone(qtbot: QtBot, seed: int) -> None:
    table = Table(qtbot, Company())
    start = table.document.plan
    monkey = Monkey(table, seed)
    for _ in range(700):
        monkey.act()
    found = {problem.code for problem in problems(table.document.plan, table.document.schedule)}
    assert found.isdisjoint(BROKEN)
    table.keys(Key.Key_Escape)
    while table.document.done:
        table.document.undo()
    assert table.document.plan == start
