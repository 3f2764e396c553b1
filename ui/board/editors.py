"""The little editors that lie over the board: the title of a card, the limit of a column."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ..drawing.painter import font


class InPlace(QLineEdit):
    """A line of text over a place of the board; it ends by Enter, by Esc, or when the keys go elsewhere."""

    finished = Signal(str)
    """`entered`, `left as it was` or `left`."""

    def __init__(self, parent: QWidget, text: str, place: QRect, size: float, name: str) -> None:
        super().__init__(text, parent)
        self.setObjectName("cell")
        self.setAccessibleName(name)
        self.setFont(font(size))
        self.setTextMargins(0, -4, 0, -4)
        self.setGeometry(place)
        self.selectAll()
        self.show()
        self.setFocus()

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
