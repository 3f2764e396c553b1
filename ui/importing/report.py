"""What was found in a file that was imported, to look at, copy or keep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.complaint import Complaint
from ...io.report import report_rows, write_report
from ...io.strings import say
from ...model.refused import Refused
from ..commands.files import dialog_filter, safe_name
from ..dialogs.ask import tell
from ..dialogs.complaints import ComplaintTable


class ImportReport(QDialog):
    """Shown as long as one likes; nothing waits for it."""

    def __init__(self, parent: QWidget, file: str, complaints: Sequence[Complaint], folder: str) -> None:
        super().__init__(parent)
        self._file, self._complaints, self._folder = file, complaints, folder
        self.setWindowTitle(say("importing.report.title", file=file))
        self.resize(760, 460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        table = ComplaintTable()
        table.show_complaints(complaints)
        layout.addWidget(table, 1)
        self._told = QLabel()
        self._told.setProperty("tone", "second")
        layout.addWidget(self._told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for code, run in (("importing.report.copy", self.copy), ("importing.report.save", self._save)):
            button = QPushButton(say(code))
            button.setObjectName(code)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def copy(self) -> None:
        """Put the report into the clipboard as rows and columns."""
        rows = ("\t".join(" ".join(cell.split()) for cell in row) for row in report_rows(self._complaints))
        QGuiApplication.clipboard().setText("\n".join(rows))
        self._told.setText(say("importing.report.copied"))

    def _save(self) -> None:
        suggested = Path(self._folder) / safe_name(say("importing.report.name", file=Path(self._file).stem))
        kinds = dialog_filter("importing.report.csv", ".csv")
        name, _ = QFileDialog.getSaveFileName(self, say("importing.report"), str(suggested), kinds)
        if name:
            path = Path(name) if Path(name).suffix else Path(f"{name}.csv")
            try:
                write_report(path, self._complaints)
            except Refused as refused:
                tell(self, say("importing.report"), say(refused.code, **refused.values))
            else:
                self._told.setText(say("importing.report.saved", file=path.name))
