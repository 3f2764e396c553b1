"""The shortcut sheet: every command that has a key, by menu, and what the mouse does on the timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ...io.strings import knows, say
from ..actions import ACTIONS, MENUS

COLUMNS = (("file", "edit", "help"), ("item", "mouse"), ("view", "keys"))
"""Menus under one another; `mouse` and `keys` are what no command stands for."""


class ShortcutSheet(QDialog):
    """Closes with Esc or F1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("action.help.shortcuts").replace("&", ""))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(24, 20, 24, 20)
        columns.setSpacing(32)
        for groups in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(8)
            for group in groups:
                self._add(column, group)
            column.addStretch(1)
            columns.addLayout(column)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        room = parent.size()
        self.resize(min(1080, room.width() - 60), min(720, room.height() - 60))

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
