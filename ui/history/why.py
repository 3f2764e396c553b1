"""Asks for the reason of a step, in passing: a line in the message bar that nobody has to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from ...io.strings import say
from ...model.committed import worth_a_reason
from ...model.document import Step

if TYPE_CHECKING:
    from ..app import App

SECONDS_SHOWN = 20
_WIDTH = 220
_MOST = 10
"""Reasons that are offered again."""


class WhyField(QLineEdit):
    """Shown after a step that moved or dropped what people count on, until the next step or for a while."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._step: Step | None = None
        self._undone: list[Step] = []
        self.setFixedWidth(_WIDTH)
        self.setPlaceholderText(say("why.ask"))
        self.setToolTip(say("why.tip"))
        self.setAccessibleName(say("why.label"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self._wait = QTimer(self, singleShot=True, interval=SECONDS_SHOWN * 1000)
        self._wait.timeout.connect(self._tire)
        self.returnPressed.connect(self._keep)
        self.hide()

    def follow(self) -> None:
        """Ask about the last step if it is new and worth a reason; be silent about all others."""
        document = self._app.document
        if document.previewing:
            return
        last = document.done[-1] if document.done else None
        undone, self._undone = self._undone, list(document.undone)
        if last is None or self._step is None or last.change is not self._step.change:
            self._skip()
            again = last is not None and any(one.change is last.change for one in undone)
            back = len(document.undone) > len(undone)
            self._step = last
            if last is not None and not again and not back and worth_a_reason(document.kept, last):
                self._ask()

    def _ask(self) -> None:
        self._offered.setStringList(self._app.settings.kept.reasons)
        self.clear()
        self.show()
        self._wait.start()

    def _tire(self) -> None:
        if not self.hasFocus():
            self._skip()

    def _skip(self) -> None:
        focused = self.hasFocus()
        self._wait.stop()
        self.hide()
        if focused and self._app.page is not None:
            self._app.page.setFocus()

    def _keep(self) -> None:
        """The reason goes with the step, and is offered the next time."""
        reason = " ".join(self.text().split())
        document, step = self._app.document, self._step
        if reason and step is not None and document.done and document.done[-1].change is step.change:
            kept = self._app.settings.kept
            kept.reasons = [reason, *(one for one in kept.reasons if one != reason)][:_MOST]
            document.give_reason(reason)
            self._app.messages.say("why.kept")
        self._skip()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._offer()

    def _offer(self) -> None:
        if not self.text() and self._offered.rowCount():
            self.completer().setCompletionPrefix("")
            self.completer().complete()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self._wait.isActive():
            self._wait.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._skip()
        elif event.key() == Qt.Key.Key_Down and not self.text():
            self._offer()
        else:
            super().keyPressEvent(event)
