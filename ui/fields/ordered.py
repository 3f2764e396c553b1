"""A list whose rows are put in order by dragging or by keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget


class OrderedList(QListWidget):
    """Alt+Up and Alt+Down move the current row, Delete asks to remove it."""

    arranged = Signal()
    """A row, now the current one, has another place."""
    removal_asked = Signal()

    def __init__(self, icon: int, parent: QWidget) -> None:
        """`icon` is the side of its icons in pixels."""
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setIconSize(QSize(icon, icon))
        self.model().rowsMoved.connect(self.arranged)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and step:
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        if row < 0 or not 0 <= row + step < self.count():
            return
        self.blockSignals(True)
        item = self.takeItem(row)
        self.insertItem(row + step, item)
        self.setCurrentItem(item)
        self.blockSignals(False)
        self.arranged.emit()
