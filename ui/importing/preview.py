"""The first items that come of a table, as they will stand in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...io.strings import say
from .. import dates
from .plain import plain_tip
from .reading import Line

COLUMNS = ("title", "key", "start", "finish", "owner", "status", "level", "team")
_WIDEST = 16
"""Letters of a column but the title's."""
_ROOM = 20
"""Pixels beside the texts of a column."""
MILESTONE = "◆ "


class Preview(QTreeWidget):
    """Items under their parents, all unfolded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("importing.preview"))
        self.setHeaderLabels([say(f"field.{column}") for column in COLUMNS])
        self.setObjectName("roomy")
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setIndentation(16)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self._letter = self.fontMetrics().averageCharWidth()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; columns that would be empty are not there."""
        self.clear()
        above: list[QTreeWidgetItem] = []
        tops: list[QTreeWidgetItem] = []
        for line in lines:
            del above[line.depth :]
            texts = _texts(line)
            entry = QTreeWidgetItem(texts)
            for column, text in enumerate(texts):
                entry.setToolTip(column, plain_tip(text))
            if above:
                above[-1].addChild(entry)
            else:
                tops.append(entry)
            above.append(entry)
        self.addTopLevelItems(tops)
        self.expandAll()
        for at, name in enumerate(COLUMNS[1:], 1):
            texts = [_text(line, name) for line in lines]
            self.setColumnHidden(at, at > 1 and not any(texts))
            self.setColumnWidth(at, self._wide([say(f"field.{name}"), *texts]))
        self.setRootIsDecorated(any(line.depth for line in lines))
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lines else Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _wide(self, texts: Sequence[str]) -> int:
        """Pixels for the longest of the texts, as far as there is reason."""
        longest = max(map(self.fontMetrics().horizontalAdvance, set(texts)))
        return min(longest, _WIDEST * self._letter) + _ROOM

    def _fit(self) -> None:
        """Give titles the room that the other columns leave."""
        others = sum(self.columnWidth(at) for at in range(1, len(COLUMNS)))  # 0 where it is hidden
        self.setColumnWidth(0, max(24 * self._letter, self.viewport().width() - others))


def _texts(line: Line) -> list[str]:
    return [_text(line, column) for column in COLUMNS]


def _text(line: Line, column: str) -> str:
    if column == "title":
        return (MILESTONE if line.milestone else "") + line.title
    if column in ("start", "finish"):
        day: date | None = line.first if column == "start" else line.last
        return dates.day(day) if day is not None else ""
    return str(getattr(line, column))
