"""A dialog that edits a draft of the plan, and what comes of it is shown at once.

OK keeps the draft as one step to undo, Cancel takes the preview back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import knows, say
from ...model.document import Document
from ...model.plan import Plan
from ...model.refused import Refused
from ..dates import in_words
from ..messages import Messages


class DraftDialog(QDialog):
    """What is chosen at the left is edited at the right; whoever derives shows the draft in `show_draft`."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        document: Document,
        messages: Messages,
        keep: Callable[[Plan, Plan], Plan],
    ) -> None:
        """`keep` is the edit that takes over a draft: kept plan, draft."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.document, self.messages, self._keep = document, messages, keep
        self.draft = document.kept
        self.status = QLabel(self)
        self.status.setWordWrap(True)
        self.finished.connect(self._finish)

    def lay_out(self, left: QWidget, right: QWidget, *beside_status: QWidget) -> None:
        """Put list and editor side by side, what the dialog has to say below them."""
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(left)
        columns.addWidget(right, 1)
        buttons = QDialogButtonBox(parent=self)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        keep = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        keep.setObjectName("keep")
        for button in (cancel, keep):
            button.setAutoDefault(False)  # Enter belongs to the field one is in
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.status, 1)
        for widget in beside_status:
            foot.addWidget(widget)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)

    # The draft

    @property
    def changed(self) -> bool:
        """Whether the draft is another plan than the kept one."""
        return bool(self.draft.since(self.document.kept))

    def edit(self, edit: Callable[..., Plan], *arguments: Any, **named: Any) -> bool:
        """Change the draft and show what comes of it; what can't be is said, and nothing has changed then."""
        try:
            self.draft = edit(self.draft, *arguments, **named)
        except Refused as refused:
            self.show_draft()
            self.refuse(refused)
            return False
        self.preview()
        self.show_draft()
        return True

    def preview(self) -> None:
        """Show the draft in the window behind."""
        if self.changed:
            self.document.preview(self._keep, self.draft)
        else:
            self.document.cancel()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        raise NotImplementedError

    def kept_words(self) -> str:
        """What is said when the draft has been kept."""
        raise NotImplementedError

    # What is said

    def say(self, text: str, *, wrong: bool = False) -> None:
        self.status.setText(text)
        tone = "danger" if wrong else "second"
        if self.status.property("tone") != tone:
            self.status.setProperty("tone", tone)
            self.status.style().unpolish(self.status)
            self.status.style().polish(self.status)

    def refuse(self, refused: Refused) -> None:
        """Say why something can't be."""
        values = dict(refused.values)
        code = f"field.{values.get('field')}"
        if knows(code):
            values["field"] = say(code)
        self.say(in_words(refused.code, values), wrong=True)

    # Its end

    def _finish(self, result: int) -> None:
        if result != QDialog.DialogCode.Accepted:
            self.document.cancel()
        elif self.document.commit(self._keep, self.draft):
            self.messages.done(self.kept_words())
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends an entry here, or presses the button one is on; it is never OK from elsewhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()


def free_title(wanted: str, taken: Iterable[str]) -> str:
    """The title, with a number where there is one like it."""
    known = {title.casefold() for title in taken}
    title, number = wanted, 1
    while title.casefold() in known:
        number += 1
        title = f"{wanted} {number}"
    return title
