"""The plan's title in the top bar, renamed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from ...io.strings import say

LONGEST_TITLE = 360
"""Pixels; a longer one is cut off and shown whole while it is edited."""


class PlanTitle(QLineEdit):
    """The plan's title; click to rename, Enter keeps, Esc restores."""

    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("planTitle")
        self.setToolTip(say("ui.title.tip"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.limit = LONGEST_TITLE
        self._kept = ""
        self._entering = False
        self.editingFinished.connect(self._finish)
        self.textEdited.connect(self.fit)

    def show_title(self, title: str) -> None:
        """Show the title, unless another one is being typed."""
        self._kept = title
        self.fit()

    def fit(self) -> None:
        """As wide as the text, up to the limit; what is longer is cut off while nobody types."""
        metrics = QFontMetrics(self.font())
        typed = self.hasFocus() or self.isModified()
        whole = self.text() if typed else self._kept
        self.setFixedWidth(max(80, min(metrics.horizontalAdvance(whole) + 24, self.limit)))
        if not typed:
            self.setText(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, self.width() - 20))
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._restore()
            self.clearFocus()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.clearFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._entering:
            self.selectAll()
            self._entering = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._entering = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.isModified():
            self.setText(self._kept)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.fit()

    def _finish(self) -> None:
        if not self.isModified():  # it only had the keyboard
            return
        title = self.text().strip()
        self._restore()
        if title and title != self._kept:
            self.renamed.emit(title)

    def _restore(self) -> None:
        self.setText(self._kept)  # and with that it counts as not modified
        self.fit()
