"""A strip above the page that says why nothing can be changed, with buttons for the ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from ...io.strings import say
from ..drawing.palette import Theme

_HEIGHT = 40


class Strip(QFrame):
    """Stays as long as it is so; what does not fit is cut off, and whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFixedHeight(_HEIGHT)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 0, 12, 0)
        self._row.addWidget(self._words, 1)

    @property
    def words(self) -> str:
        return self._words.text()

    def add(self, code: str, run: Callable[[], object]) -> QPushButton:
        """A button at the right, after those that are there."""
        button = QPushButton(say(code))
        button.setObjectName(code)
        button.clicked.connect(lambda: run())
        self._row.addWidget(button)
        return button

    def show_words(self, words: str, theme: Theme) -> None:
        """Say that in the theme's colours."""
        self._words.setText(words)
        self._words.setToolTip(words)
        self.setStyleSheet(_style(theme))


def _style(theme: Theme) -> str:
    c = theme.colors
    return f"""
    #strip {{ background: {c.warning_soft}; border: 0; border-bottom: 1px solid {c.line}; }}
    #strip QLabel {{ color: {c.ink}; font-weight: 600; background: transparent; }}
    """
