"""What a crash has left, and what is to become of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.left import Left
from ...io.strings import count, say
from ..dates import moment

Wish = Literal["recover", "saved", "copy", "discard"]


class RecoveryDialog(QDialog):
    """The plans that were open, and buttons for the chosen one; closed, all stays for the next start."""

    wished = Signal(str, object)
    """A `Wish` and the `Left` it is about."""
    compared = Signal(object)
    """Show how the chosen one differs from its file."""

    def __init__(self, parent: QWidget, found: Sequence[Left]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("recovery.title"))
        self.setMinimumWidth(720)
        self._found = list(found)
        self._list = QListWidget()
        self._list.setAccessibleName(say("recovery.title"))
        self._list.setWordWrap(True)
        self._list.setSpacing(4)
        for left in found:
            entry = QListWidgetItem(_words(left))
            entry.setToolTip(left.header.path)
            self._list.addItem(entry)
        self._list.setCurrentRow(0)
        self._list.setMaximumHeight(48 * min(len(found), 5) + 12)
        self._list.currentRowChanged.connect(self._choose)
        self._buttons = QDialogButtonBox()
        made = {wish: self._button(wish) for wish in ("recover", "saved", "copy", "discard")}
        self._saved = made["saved"]
        self._compare = self._buttons.addButton(
            say("recovery.compare"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._compare.clicked.connect(lambda: self.compared.emit(self.chosen))
        later = self._buttons.addButton(say("recovery.later"), QDialogButtonBox.ButtonRole.RejectRole)
        later.clicked.connect(self.reject)
        made["recover"].setDefault(True)
        self._arrange()
        self._choose()
        self.finished.connect(self.deleteLater)

    @property
    def chosen(self) -> Left:
        return self._found[max(self._list.currentRow(), 0)]

    def show_difference(self, text: str) -> None:
        """Show, under the list, in what the two differ."""
        self._difference.setPlainText(text)
        self._difference.show()
        self.resize(self.width(), max(self.height(), 480))

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        title = QLabel(count("recovery.found", len(self._found)))
        title.setProperty("tone", "strong")
        title.setWordWrap(True)
        text = QLabel(say("recovery.text"))
        text.setWordWrap(True)
        self._difference = QPlainTextEdit()
        self._difference.setReadOnly(True)
        self._difference.setAccessibleName(say("recovery.compare"))
        self._difference.hide()
        for widget in (title, text, self._list, self._difference, self._buttons):
            layout.addWidget(widget, 1 if widget is self._difference else 0)

    def _button(self, wish: Wish) -> QPushButton:
        role = QDialogButtonBox.ButtonRole
        roles = {"recover": role.AcceptRole, "discard": role.DestructiveRole}
        button = self._buttons.addButton(say(f"recovery.{wish}"), roles.get(wish, role.ActionRole))
        button.setObjectName(wish)
        button.clicked.connect(lambda: self._wish(wish))
        return button

    def _wish(self, wish: Wish) -> None:
        left = self.chosen
        self.accept()
        self.wished.emit(wish, left)

    def _choose(self) -> None:
        self._saved.setEnabled(self.chosen.path is not None)
        self._compare.setEnabled(True)
        self._difference.hide()


def _words(left: Left) -> str:
    when = moment(left.last)
    title = left.header.title or say("ui.untitled")
    file = left.path.name if left.path else say("recovery.no_file")
    return say(
        "recovery.entry", title=title, changes=count("recovery.changes", left.changes), time=when, file=file
    )
