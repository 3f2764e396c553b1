"""The strip above the board: what makes its columns and swimlanes, and what the colours of cards mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...io.strings import say
from ..drawing.painter import color, measure, paint
from ..drawing.palette import Theme
from ..drawing.scene import Scene
from ..graph.glance import ground
from ..graph.layout import Area
from ..graph.legend import row
from ..timeline.board import Board

_HEIGHT = 44
_READING = 460
"""Pixels; a line of text longer than that is tiring."""


class Strip(QFrame):
    """Two choices, and the legend."""

    def __init__(self, page: QWidget, choose: Callable[[str, str], None]) -> None:
        """`choose` is told which fields are wanted for columns and swimlanes."""
        super().__init__(page)
        self._board: Board | None = None
        self.setFixedHeight(_HEIGHT)
        self.columns, self.lanes = self._combo("board.columns"), self._combo("board.lanes")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 0)
        line.setSpacing(8)
        for code, combo in (("board.columns", self.columns), ("board.lanes", self.lanes)):
            label = QLabel(say(code), self)
            label.setProperty("tone", "second")
            label.setBuddy(combo)
            line.addWidget(label)
            line.addWidget(combo)
            line.addSpacing(8)
        line.addStretch(1)
        for combo in (self.columns, self.lanes):
            combo.activated.connect(lambda: choose(self.columns.currentData(), self.lanes.currentData()))

    def show_choices(self, board: Board, fields: Sequence[tuple[str, str]], field: str, lane: str) -> None:
        """Offer fields, each with its words, and show which are chosen."""
        self._board = board
        across = [("", say("board.lanes.none")), *(one for one in fields if one[0] != field)]
        for combo, entries, value in ((self.columns, fields, field), (self.lanes, across, lane)):
            if [(combo.itemData(at), combo.itemText(at)) for at in range(combo.count())] != list(entries):
                combo.clear()
                for key, words in entries:
                    combo.addItem(words, key)
            combo.setCurrentIndex(combo.findData(value))
        self.update()

    def _combo(self, code: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(code)
        combo.setAccessibleName(say(code))
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.setMinimumWidth(124)
        return combo

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._board is None:
            return
        page = ground(self._board.theme).page
        left = self.lanes.geometry().right() + 24
        area = Area(left, 8, self.width() - left - 16, _HEIGHT - 8)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(page))
            shapes = row(self._board, area, page, measure, lines=False)
            paint(painter, Scene(self.width(), self.height(), "", tuple(shapes)), exact=False)


class Empty(QWidget):
    """What stands in the board's place while there are no cards, with the first step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self.text = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.text.setFixedWidth(_READING)
        self.step = QPushButton(self)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self.title, self.text, self.step):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, code: str, step: str, theme: Theme, **values: object) -> None:
        """Show `<code>.title` and `<code>.text`, and the words of the way out."""
        colors = theme.colors
        self.title.setText(say(f"{code}.title"))
        self.title.setStyleSheet(f"color: {colors.ink}; font-size: 20px; font-weight: 600;")
        self.text.setText(say(f"{code}.text", **values))
        self.text.setStyleSheet(f"color: {colors.ink2}; font-size: 14px;")
        self.text.ensurePolished()
        self.text.setMinimumHeight(self.text.heightForWidth(_READING))
        self.step.setText(say(step))
