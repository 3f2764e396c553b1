"""The field that filters the rows while one types."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy

from ...io.strings import say
from ..icons import Icons

_HINT = 320
"""Width of what is said below the field, in pixels."""


class SearchField(QLineEdit):
    """Filters the rows while one types; Esc empties it, then gives the keyboard back, as Enter does."""

    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(say("ui.search"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)
        self.setMaximumWidth(260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addAction(icons.icon("ph.magnifying-glass", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self._hint: QLabel | None = None

    def say(self, text: str) -> None:
        """Say below the field what of the text can't be understood; empty: nothing."""
        if self._hint is None and text:
            self._hint = QLabel(self.window())
            self._hint.setObjectName("searchHint")
            self._hint.setWordWrap(True)
        if self._hint is not None:
            self._hint.setText(text)
            self._place_hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_hint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._place_hint()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def _place_hint(self) -> None:
        hint = self._hint
        if hint is None:
            return
        hint.setVisible(bool(hint.text()) and self.hasFocus())
        if hint.isVisible():
            hint.setFixedWidth(_HINT)
            hint.setFixedHeight(hint.heightForWidth(_HINT))
            at = self.mapTo(self.window(), QPoint(0, self.height() + 2))
            hint.move(min(at.x(), self.window().width() - _HINT - 4), at.y())
            hint.raise_()
