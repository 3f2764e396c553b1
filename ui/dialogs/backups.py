"""The copies kept of a plan each time it was saved, to look at and to go back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...io.backups import Backup
from ...io.strings import say
from ..dates import moment

COLUMNS = ("time", "items", "size")


class BackupsDialog(QDialog):
    """One line a copy, the latest first."""

    looked_at = Signal(object)
    """Show the plan as it was in that `Backup`, to be looked at."""
    opened = Signal(object)
    """Make a plan of its own of that `Backup`, under no file's name."""
    restored = Signal(object)
    """Make the open plan what it was in that `Backup`."""

    def __init__(self, parent: QWidget, title: str, found: Sequence[Backup]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("backups.title", plan=title))
        self.resize(560, 420)
        self._found = list(found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        words = QLabel(say("backups.text" if found else "backups.none"))
        words.setWordWrap(True)
        layout.addWidget(words)
        self.table = self._table()
        layout.addWidget(self.table, 1)
        layout.addWidget(self._buttons())
        self.finished.connect(self.deleteLater)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._found), len(COLUMNS))
        table.setAccessibleName(say("backups.title", plan=""))
        table.setHorizontalHeaderLabels([say(f"backups.{column}") for column in COLUMNS])
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        locale = QLocale()
        for row, backup in enumerate(self._found):
            texts = (
                moment(backup.time),
                locale.toString(backup.items),
                locale.formattedDataSize(backup.size),
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                if column:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, cell)
        table.selectRow(0)
        return table

    def _buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        ways = (("restore", self.restored), ("look", self.looked_at), ("open", self.opened))
        for name, tell in ((name, signal.emit) for name, signal in ways):
            button = buttons.addButton(say(f"backups.{name}"), role.ActionRole)
            button.setObjectName(name)
            button.setToolTip(say(f"backups.{name}.tip"))
            button.setEnabled(bool(self._found))
            button.clicked.connect(lambda _=False, tell=tell: self._take(tell))
        buttons.rejected.connect(self.reject)
        return buttons

    def _take(self, tell: Callable[[Backup], None]) -> None:
        backup = self._found[max(self.table.currentRow(), 0)]
        self.accept()
        tell(backup)
