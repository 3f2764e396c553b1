"""Questions that need an answer now, and news that must not be overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from ...io.strings import say

Role = QMessageBox.ButtonRole
Choice: TypeAlias = tuple[str, str, QMessageBox.ButtonRole]
"""What is answered, the code of the button's words, and what kind of button it is."""


def ask(parent: QWidget, title: str, text: str, choices: Sequence[Choice], otherwise: str) -> str:
    """The answer to a question; the first choice is the one for Enter, `otherwise` that for Esc."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(f"<b>{escaped(title)}</b>")
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setInformativeText(text)
    made: dict[QAbstractButton, str] = {}
    for answer, words, role in choices:
        button = box.addButton(say(words), role)
        button.setObjectName(answer)
        made[button] = answer
        if answer == choices[0][0]:
            box.setDefaultButton(button)
        if answer == otherwise:
            box.setEscapeButton(button)
    box.exec()
    box.deleteLater()
    return made.get(box.clickedButton(), otherwise)


def tell(parent: QWidget | None, title: str, text: str, details: str = "") -> QMessageBox:
    """Show news in a box of its own; nothing waits for it to be closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setText(f"<b>{escaped(title)}</b>")
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setInformativeText(escaped(text))
    if details:
        box.setDetailedText(details)
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box


def escaped(text: str) -> str:
    """Text from files may hold anything, so it is never taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
