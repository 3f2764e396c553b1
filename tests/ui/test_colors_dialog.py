"""The palette: values get other colours, at once and as steps that can be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from plans import planned
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from roadwright.io.strings import say
from roadwright.model.colors import color_of
from roadwright.model.document import Document
from roadwright.model.records import Person, PersonId, TeamId
from roadwright.ui.dialogs.colors import ColorsDialog
from roadwright.ui.drawing.palette import theme
from roadwright.ui.messages import Message, Messages
from roadwright.ui.signals import DocumentSignals


class Palette:
    """The dialog, and what it is about."""

    def __init__(self, qtbot: QtBot, key: str) -> None:
        plan = planned(A=("Mon", 3, {"team": "Web"}), B=("Tue", 2, {"team": "App", "owner": PersonId("kim")}))
        self.document = Document(plan.put(Person(id=PersonId("kim"), name="Kim")))
        self.signals, self.messages = DocumentSignals(self.document), Messages()
        self.said: list[Message] = []
        self.messages.said.connect(self.said.append)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.dialog = ColorsDialog(
            self.window, self.document, self.signals, key, theme("light"), self.messages
        )
        self.dialog.open()

    def tile(self, name: str) -> QToolButton:
        found = self.dialog.findChildren(QToolButton)
        return next(tile for tile in found if name in (tile.accessibleName(), tile.text()))

    def titles(self) -> list[str]:
        values = self.dialog.values
        return [values.item(row).text() for row in range(values.count())]


@pytest.fixture
def teams(qtbot: QtBot) -> Iterator[Palette]:
    palette = Palette(qtbot, "team")
    yield palette
    palette.dialog.close()


def test_every_value_is_there_and_its_colour_is_marked(teams: Palette) -> None:
    assert teams.titles() == ["App", "Web"]
    assert teams.tile(say("colors.usual")).isChecked()


def test_a_click_on_a_colour_is_one_step(teams: Palette) -> None:
    teams.dialog.choose(TeamId("Web"))
    QTest.mouseClick(teams.tile("Violet"), Qt.MouseButton.LeftButton)
    assert teams.document.plan.teams[TeamId("Web")].color == "violet"
    assert teams.tile("Violet").isChecked()
    teams.document.undo()
    assert teams.document.plan.teams[TeamId("Web")].color == ""
    assert not teams.tile("Violet").isChecked()


def test_an_own_colour_is_typed_and_what_is_none_is_refused(teams: Palette) -> None:
    field: QLineEdit = teams.dialog.own
    field.clear()
    QTest.keyClicks(field, "ffee00")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert color_of(teams.document.plan, "team", TeamId("App")) == "#FFEE00"
    field.clear()
    QTest.keyClicks(field, "#nono")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert color_of(teams.document.plan, "team", TeamId("App")) == "#FFEE00"
    assert teams.said[-1].level in ("warning", "error")


def test_colours_that_look_the_same_are_told(teams: Palette) -> None:
    notes = teams.dialog.findChildren(QLabel)
    teams.dialog.choose(TeamId("App"))
    QTest.mouseClick(teams.tile("Blue"), Qt.MouseButton.LeftButton)
    teams.dialog.choose(TeamId("Web"))
    QTest.mouseClick(teams.tile("Blue"), Qt.MouseButton.LeftButton)
    assert any(say("colors.alike", others="App") in note.text() for note in notes)
    QTest.mouseClick(teams.tile("Orange"), Qt.MouseButton.LeftButton)
    assert not any(say("colors.alike", others="App") in note.text() for note in notes)


def test_people_have_colours_as_well(qtbot: QtBot) -> None:
    palette = Palette(qtbot, "owner")
    assert palette.titles() == ["Kim"]
    QTest.mouseClick(palette.tile("Gold"), Qt.MouseButton.LeftButton)
    assert palette.document.plan.info.colors == {"owner": {"kim": "gold"}}
    palette.dialog.close()
