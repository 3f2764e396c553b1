"""The slim rail at the left: a button with icon and word for each page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from ..pages import Page
from .menus import Commands

WIDTH = 72


class Rail(QFrame):
    """Shows which page is in sight, and switches."""

    def __init__(self, pages: tuple[Page, ...], commands: Commands) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 8)
        layout.setSpacing(4)
        for page in pages:
            button = QToolButton()
            button.setDefaultAction(commands[f"page.{page.id}"])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(22, 22))
            button.setFixedHeight(54)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            layout.addWidget(button)
        layout.addStretch(1)
