"""The keys of the commands: given to the actions, named in their tips, kept off text that is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ..actions import ACTIONS

TYPED_INTO = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QAbstractSpinBox")
"""By name: to ask for a class makes PySide build it with all its enums, and that takes time at the start."""


class Shortcuts(QObject):
    """Made after the first paint: nobody has pressed a key before."""

    def __init__(self, qt: QApplication, action: Callable[[str], QAction], parent: QObject) -> None:
        super().__init__(parent)
        for row in ACTIONS:
            action(row.id).setShortcuts([QKeySequence(keys) for keys in row.keys])
            self.name_in_tip(action(row.id))
        self._page_keys = frozenset(
            QKeySequence(keys) for row in ACTIONS if row.scope == "page" for keys in row.keys
        )
        qt.focusChanged.connect(self._watch)

    def name_in_tip(self, action: QAction) -> None:
        """Say in the tip of a command what it is called and which keys call it."""
        words = action.text().replace("&", "")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{words} ({keys})" if keys else words)

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        """Look at the keys of the widget that is typed into, and no other: a filter on all would be slow."""
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and any(new.inherits(name) for name in TYPED_INTO):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While text is being typed, plain characters and the page's keys belong to the text."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (_plain(event) or QKeySequence(event.keyCombination()) in self._page_keys)
        ):
            event.accept()
            return True
        return False


def _plain(event: QKeyEvent) -> bool:
    """A key that writes a character."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier and event.text().isprintable() and bool(event.text())
