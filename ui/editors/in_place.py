"""A line of text over the place of a drawing that it edits: the title of a card, a day of a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ..drawing.painter import font


class InPlace(QLineEdit):
    """It ends by Enter, by Esc, or when the keys go elsewhere; whoever made it keeps it in its place."""

    finished = Signal(str)
    """`entered` by Enter, `left` when the keys went elsewhere, `left as it was` by Esc."""

    def __init__(self, parent: QWidget, text: str, size: float) -> None:
        super().__init__(text, parent)
        self.setObjectName("cell")
        self.setFont(font(size))
        self.setTextMargins(0, -4, 0, -4)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit("entered")
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit("left as it was")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu
            self.finished.emit("left")
