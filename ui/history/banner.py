"""The strip above the page while an earlier state is looked at: what it is, and the way back to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from ...io.strings import say
from ..drawing.palette import Theme

if TYPE_CHECKING:
    from ..app import App

_HEIGHT = 40


class LookBanner(QFrame):
    """Nothing can be changed while it is there, and it says so."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.setObjectName("lookBanner")
        self.setFixedHeight(_HEIGHT)
        self._app = app
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.back = QPushButton(say("history.back"))
        self.back.clicked.connect(lambda: app.document.look_back())
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.back)
        self.refresh()

    def refresh(self) -> None:
        """Show what is looked at; nothing where that is the plan as it is."""
        document = self._app.document
        self._words.setText(say("history.looking", what=document.looking_at))
        self._words.setToolTip(self._words.text())
        self.setStyleSheet(_style(self._app.themes.theme))
        self.setVisible(document.looking)


def _style(theme: Theme) -> str:
    c = theme.colors
    return f"""
    #lookBanner {{ background: {c.warning_soft}; border: 0; border-bottom: 1px solid {c.line}; }}
    #lookBanner QLabel {{ color: {c.ink}; font-weight: 600; background: transparent; }}
    """
