"""A table of what was wrong in a file: where, what, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.complaint import Complaint
from ...io.strings import say

BESIDE, ABOVE = 10, 6
"""Pixels around a text, at least those of the style."""
MOST_SHOWN = 1000
"""A file can complain about every cell; nobody reads more than that."""


class ComplaintTable(QTableWidget):
    """The complaints, warnings first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels(
            [say(f"ui.complaint.{column}") for column in ("place", "what", "done")]
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def show_complaints(self, complaints: Sequence[Complaint]) -> None:
        ordered = sorted(complaints, key=lambda complaint: complaint.level != "warning")[:MOST_SHOWN]
        self.setRowCount(len(ordered))
        for row, complaint in enumerate(ordered):
            for column, text in enumerate((place(complaint), complaint.message(), complaint.remedy())):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.setItem(row, column, cell)
        self.setColumnHidden(2, not any(complaint.remedy() for complaint in ordered))


class _Wrapped(QStyledItemDelegate):
    """Texts with room for all their lines: Qt forgets the padding of the style when it counts them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        wide = option.rect.adjusted(0, 0, -2 * BESIDE, 0)
        lines = option.fontMetrics.boundingRect(wide, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(size.width(), max(size.height(), lines.height() + 2 * ABOVE))


def place(complaint: Complaint) -> str:
    """Where it is, the way people say it: `Sheet1!D12`, `line 7`, or the file."""
    if complaint.cell:
        return f"{complaint.sheet}!{complaint.cell}" if complaint.sheet else complaint.cell
    if complaint.line:
        return say(
            "ui.complaint.row" if complaint.sheet else "ui.complaint.line",
            n=complaint.line,
            sheet=complaint.sheet,
        )
    return complaint.sheet or complaint.file


class ComplaintReport(QDialog):
    """What was wrong with a file, under the words for `code`."""

    def __init__(self, parent: QWidget, file: str, code: str, complaints: Sequence[Complaint]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("ui.report.title", file=file))
        self.resize(720, 420)
        layout = QVBoxLayout(self)
        words = QLabel(say(code, file=file))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        layout.addWidget(words)
        table = ComplaintTable()
        table.show_complaints(complaints)
        layout.addWidget(table, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
