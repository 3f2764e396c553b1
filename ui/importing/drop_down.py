"""A drop-down among others in something that is scrolled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox


class DropDown(QComboBox):
    """The wheel scrolls what it stands in, and never turns the choice."""

    reached = Signal()
    """It has the keyboard now, and wants to be seen."""

    def __init__(self, letters: int) -> None:
        """Wide enough for so many letters at least."""
        super().__init__()
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()
