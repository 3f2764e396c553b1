"""The shortcut sheet: every command that has a key, by menu, and what the mouse does on the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ...io.strings import knows, say
from ..actions import ACTIONS, MENUS

COLUMNS = (
    (("file", "edit", "help"), ("item", "mouse"), ("view", "keys")),
    (("file", "edit", "view"), ("item", "mouse", "keys", "help")),
    (("file", "edit", "item", "mouse", "view", "keys", "help"),),
)
"""Menus under one another, in fewer columns where there is less room; `mouse` and `keys` are what no command
stands for."""


class ShortcutSheet(QDialog):
    """Closes with Esc or F1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("action.help.shortcuts").replace("&", ""))
        room = parent.size() - QSize(60, 60)
        scroll = QScrollArea()
        bar = scroll.verticalScrollBar().sizeHint().width()
        for columns in COLUMNS:
            content = self._content(columns)
            if content.sizeHint().width() + bar <= room.width():
                break
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        wide = max(min(1080, room.width()), content.sizeHint().width() + bar)
        self.resize(min(wide, room.width()), min(720, room.height()))

    def _content(self, columns: Sequence[Sequence[str]]) -> QWidget:
        """The sheet with its menus in columns."""
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(32)
        for groups in columns:
            column = QVBoxLayout()
            column.setSpacing(8)
            for group in groups:
                self._add(column, group)
            column.addStretch(1)
            row.addLayout(column)
        return content

    def _add(self, column: QVBoxLayout, group: str) -> None:
        title = QLabel(say(f"menu.{group}").replace("&", ""))
        title.setProperty("tone", "group")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for row, (words, keys) in enumerate(lines(group)):
            does = QLabel(words)
            grid.addWidget(does, row, 0)
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addStretch(1)
            for key in keys:
                cap = QLabel(key)
                cap.setProperty("tone", "key")
                line.addWidget(cap)
            grid.addLayout(line, row, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addSpacing(18)


def lines(group: str) -> list[tuple[str, list[str]]]:
    """What it does and by which keys, of one menu; or of a group that is only in the strings."""
    if group in MENUS:
        return [
            (
                say(f"action.{action.id}").replace("&", "").rstrip("…"),
                [QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in action.keys],
            )
            for action in ACTIONS
            if action.menu == group and action.keys
        ]
    found: list[tuple[str, list[str]]] = []
    while knows(code := f"ui.sheet.{group}.{len(found) + 1}"):
        how, does = say(code).split("|")
        found.append((does, [how]))
    return found
