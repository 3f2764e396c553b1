"""What to export: the format, the view, and what pictures and workbooks are to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import View, ViewId
from ..files.exporting import FORMATS, PICTURES, TELLING, VIEWED, Export, Tell
from .sheet_options import SheetOptions

WIDTHS = (800, 1600, 8000)
"""Least, usual and most pixels."""


class ExportDialog(QDialog):
    """`chosen()` is what was asked for."""

    def __init__(
        self,
        parent: QWidget,
        views: Sequence[View],
        view: ViewId | None,
        days: tuple[date, date] | None = None,
        plan: Plan | None = None,
        since: Mapping[str, Tell] | None = None,
    ) -> None:
        """`view` is offered first, and `days` for the edges: by default those of this year; of `plan` are the
        teams and fields that a workbook can be made of. `since` has by their titles the earlier states of
        which the export can tell what has become.
        """
        super().__init__(parent)
        self.setWindowTitle(say("ui.export.title"))
        self._format = QComboBox()
        for suffix, words in FORMATS.items():
            self._format.addItem(say(words), suffix)
        self._view = QComboBox()
        self._views = views
        for record in views:
            self._view.addItem(record.title, record.id)
        self._view.setCurrentIndex(max(0, self._view.findData(view)))
        self._part = QCheckBox(say("ui.export.part"))
        today = date.today()
        first, last = days or (date(today.year, 1, 1), date(today.year, 12, 31))
        self._first, self._last = _day(first), _day(last)
        self._width = QSpinBox()
        self._width.setRange(WIDTHS[0], WIDTHS[2])
        self._width.setSingleStep(100)
        self._width.setValue(WIDTHS[1])
        self._width.setSuffix(say("ui.export.pixels"))
        self._delimiter = QComboBox()
        for sign, name in ((",", "comma"), (";", "semicolon")):
            self._delimiter.addItem(say(f"ui.export.{name}"), sign)
        self._since = QComboBox()
        self._since.addItem(say("ui.export.since.nothing"), None)
        for title, tell in (since or {}).items():
            self._since.addItem(title, tell)
        self._since.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._mark = QCheckBox(say("ui.export.mark"))
        self._mark.setChecked(True)
        self._form = QFormLayout()
        self._arrange()
        self._sheet = SheetOptions(self._form, plan)
        self._format.currentIndexChanged.connect(self._follow)
        self._part.toggled.connect(self._follow)
        self._follow()
        self.finished.connect(self.deleteLater)

    def chosen(self) -> Export:
        part = self._part.isChecked()
        return Export(
            suffix=self._format.currentData(),
            view=self._views[self._view.currentIndex()] if self._views else None,
            first=_date(self._first) if part else None,
            last=max(_date(self._first), _date(self._last)) if part else None,
            width=self._width.value(),
            options=self._sheet.chosen(),
            delimiter=self._delimiter.currentData(),
            mark=self._mark.isChecked(),
            tell=self._since.currentData() if self._format.currentData() in TELLING else None,
        )

    def _follow(self) -> None:
        picture = self._format.currentData() in PICTURES
        self._view.setEnabled(self._format.currentData() in VIEWED)
        self._part.setEnabled(picture)
        self._width.setEnabled(picture)
        for field in (self._first, self._last):
            field.setEnabled(picture and self._part.isChecked())
        self._sheet.set_visible(self._format.currentData() == "xlsx")
        self._form.setRowVisible(self._days, picture)
        self._form.setRowVisible(self._width, picture)
        self._form.setRowVisible(self._since, self._format.currentData() in TELLING)
        for row in (self._delimiter, self._mark):
            self._form.setRowVisible(row, self._format.currentData() == "csv")
        self.adjustSize()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        form = self._form
        form.setSpacing(10)
        form.addRow(say("ui.export.format"), self._format)
        form.addRow(say("ui.export.view"), self._view)
        self._days = days = QHBoxLayout()
        days.addWidget(self._first)
        days.addWidget(self._last)
        form.addRow(self._part, days)
        form.addRow(say("ui.export.width"), self._width)
        form.addRow(say("ui.export.since"), self._since)
        form.addRow(say("ui.export.delimiter"), self._delimiter)
        form.addRow("", self._mark)
        layout.addLayout(form)
        layout.addSpacing(12)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go_on = buttons.addButton(say("ui.export.go_on"), QDialogButtonBox.ButtonRole.AcceptRole)
        go_on.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def _day(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    return field


def _date(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
