"""What people have said about an item, under its notes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import Comment, ItemId
from .. import dates


class Comments(QWidget):
    """The latest comes last, as in a conversation; hidden where nobody has said anything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Comment, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 6, 0, 0)
        self._lines.setSpacing(8)
        self.hide()

    def show_item(self, plan: Plan, id: ItemId | None) -> None:
        """Show what was said about the item; None: about several nothing is shown."""
        said = [one for one in plan.comments.values() if one.item == id]
        found = tuple(sorted(said, key=lambda one: (one.time, one.id)))
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        while (taken := self._lines.takeAt(0)) is not None:
            if (label := taken.widget()) is not None:
                label.hide()
                label.deleteLater()
        for one in found:
            self._lines.addWidget(self._label(one))

    def _label(self, one: Comment) -> QLabel:
        label = QLabel(f"{_head(one)}\n{one.text}", self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName(say("inspector.comment", name=one.author))
        return label


def _head(one: Comment) -> str:
    """Who said it and when, as far as that is known."""
    try:
        day = dates.day(date.fromisoformat(one.time[:10]))
    except ValueError:
        day = ""
    return " · ".join(part for part in (one.author, day) if part) or say("inspector.somebody")
