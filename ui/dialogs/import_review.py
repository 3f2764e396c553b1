"""What came of a spreadsheet, before it becomes the open plan: how much, from which sheet, what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...io.complaint import Imported
from ...io.strings import count, say
from .complaints import ComplaintTable

COUNTED = ("items", "links", "teams", "people")


class ImportReview(QDialog):
    """Accepted: take it. `sheet_chosen`: read another sheet instead; this dialog closes then."""

    sheet_chosen = Signal(str)

    def __init__(
        self, parent: QWidget, path: Path, imported: Imported, sheets: Sequence[str], sheet: str | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.review.title", file=path.name))
        self.resize(760, 460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        title = QLabel(summary(imported))
        title.setProperty("tone", "strong")
        layout.addWidget(title)
        if len(sheets) > 1:
            layout.addLayout(self._sheet_row(sheets, sheet))
        layout.addWidget(_words(imported))
        table = ComplaintTable()
        table.show_complaints(imported.complaints)
        table.setVisible(bool(imported.complaints))
        layout.addWidget(table, 1)
        if not imported.complaints:
            layout.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        take = buttons.addButton(say("ui.review.take"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setDefault(True)
        take.setEnabled(bool(imported.plan.items))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def _sheet_row(self, sheets: Sequence[str], sheet: str | None) -> QHBoxLayout:
        choice = QComboBox()
        choice.setObjectName("sheet")
        if sheet is None:
            choice.addItem(say("ui.review.sheet_found"))
        choice.addItems(list(sheets))
        if sheet is not None:
            choice.setCurrentText(sheet)
        choice.textActivated.connect(lambda name: self._choose(name) if name in sheets else None)
        row = QHBoxLayout()
        label = QLabel(say("ui.review.sheet"))
        label.setBuddy(choice)
        row.addWidget(label)
        row.addWidget(choice)
        row.addStretch(1)
        return row

    def _choose(self, sheet: str) -> None:
        self.reject()
        self.sheet_chosen.emit(sheet)


def summary(imported: Imported) -> str:
    """`39 items, 12 dependencies, 6 teams`."""
    plan = imported.plan
    numbers = {name: len(plan.table(name)) for name in COUNTED}
    return ", ".join(count(f"ui.{name}", n) for name, n in numbers.items() if n or name == "items")


def _words(imported: Imported) -> QLabel:
    lost = sum(1 for complaint in imported.complaints if complaint.level == "warning")
    notes = len(imported.complaints) - lost
    if not imported.plan.items:
        text = say("ui.review.nothing")
    elif lost:
        text = count("ui.review.complaints", lost)
    else:
        text = count("ui.review.notes", notes) if notes else say("ui.review.clean")
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("tone", "second")
    return label
