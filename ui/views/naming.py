"""Asks for a view's name, in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ...io.strings import say
from .popover import Popover

_WIDTH = 300


class NamePopover(Popover):
    """`keep` is called with what was entered; while it refuses, the field stays open."""

    def __init__(self, anchor: QWidget, code: str, name: str, keep: Callable[[str], bool]) -> None:
        super().__init__(anchor)
        self._keep = keep
        self._field = QLineEdit(name)
        self._field.setObjectName("viewName")
        self._field.setAccessibleName(say(code))
        self._field.selectAll()
        self._field.returnPressed.connect(self._enter)
        done = QPushButton(say("view.name.keep"))
        done.setDefault(True)
        done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        done.clicked.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.addWidget(QLabel(say(code)))
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        row.addWidget(done)
        column.addLayout(row)
        self.setFixedWidth(_WIDTH)

    def _enter(self) -> None:
        if self._keep(self._field.text()):
            self.close()
