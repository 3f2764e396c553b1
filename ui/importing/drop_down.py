"""A drop-down among others in something that is scrolled."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class DropDown(QComboBox):
    """The wheel scrolls what it stands in, and never turns the choice."""

    def __init__(self, letters: int) -> None:
        """Wide enough for so many letters at least."""
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")  # a list that scrolls, not one over the screen
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
