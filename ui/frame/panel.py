"""The place of a panel beside the page: there from the start, filled when there is time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..pages import PageMaker


class Panel(QWidget):
    """The place of a panel beside the page; empty, in its colour, until the panel is made."""

    def __init__(self, load: Callable[[], PageMaker]) -> None:
        super().__init__()
        self.setMinimumWidth(180)
        self.content: QWidget | None = None
        self.load = load
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def is_empty(self) -> bool:
        return self.content is None

    def fill(self, content: QWidget) -> None:
        self.content = content
        self._column.addWidget(content)

    def empty(self) -> None:
        if self.content is not None:
            self.content.hide()
            self.content.deleteLater()
            self.content = None
