"""A dialog in which the saved views are put in order by dragging them, or with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say
from ...model.records import ViewId


class ArrangeDialog(QDialog):
    """`order()` is the order that was chosen."""

    def __init__(self, parent: QWidget, views: Sequence[tuple[ViewId, str]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("view.arrange.title"))
        self._list = _Rows()
        for id, title in views:
            QListWidgetItem(title, self._list).setData(Qt.ItemDataRole.UserRole, id)
        self._list.setCurrentRow(0)
        hint = QLabel(say("view.arrange.hint"))
        hint.setProperty("tone", "second")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.addWidget(hint)
        column.addWidget(self._list, 1)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.resize(340, 380)

    def order(self) -> list[ViewId]:
        rows = range(self._list.count())
        return [ViewId(self._list.item(row).data(Qt.ItemDataRole.UserRole)) for row in rows]


class _Rows(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("views")
        self.setAccessibleName(say("view.arrange.title"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        row = self.currentRow()
        if step is None or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)
