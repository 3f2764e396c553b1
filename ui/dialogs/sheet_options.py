"""What a workbook is to hold: whose items, which fields, on what scale, and for whom it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QListWidget, QListWidgetItem

from ...io.strings import field_title, languages, say
from ...io.workbook.columns import choosable
from ...io.workbook.options import SCALES, Options
from ...model.outline import ranked
from ...model.plan import Plan, new_plan

LIST_HEIGHT = 132
"""Pixels."""


class SheetOptions:
    """Rows of a form; `chosen()` is what was asked for. As they come, everything is sent."""

    def __init__(self, form: QFormLayout, plan: Plan | None = None) -> None:
        self._form = form
        plan = plan or new_plan()
        self.recipient = QLineEdit()
        self.recipient.setPlaceholderText(say("ui.export.for.hint"))
        self.team = QComboBox()
        self.team.addItem(say("ui.export.every_team"), None)
        for team in ranked(plan.teams):
            self.team.addItem(team.title, team.id)
        self.scale = QComboBox()
        self.scale.addItem(say("ui.export.scale.fits"), "")
        for scale in SCALES:
            self.scale.addItem(say(f"workbook.scale.{scale}"), scale)
        self.language = QComboBox()
        for code, name in languages().items():
            self.language.addItem(name, code)
        self.fields = QListWidget()
        self.fields.setFixedHeight(LIST_HEIGHT)
        self.fields.setAccessibleName(say("ui.export.fields"))
        for key, field in choosable(plan).items():
            item = QListWidgetItem(field_title(field))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked)
            self.fields.addItem(item)
        form.addRow(say("ui.export.for"), self.recipient)
        form.addRow(say("ui.export.team"), self.team)
        form.addRow(say("ui.export.scale"), self.scale)
        form.addRow(say("ui.export.language"), self.language)
        form.addRow(say("ui.export.fields"), self.fields)

    def set_visible(self, visible: bool) -> None:
        for field in (self.recipient, self.team, self.scale, self.language, self.fields):
            self._form.setRowVisible(field, visible)

    def chosen(self) -> Options:
        items = [self.fields.item(row) for row in range(self.fields.count())]
        wanted = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        every = len(wanted) == len(items)
        return Options(
            fields=None if every else frozenset(item.data(Qt.ItemDataRole.UserRole) for item in wanted),
            scale=self.scale.currentData(),
            team=self.team.currentData(),
            recipient=self.recipient.text().strip(),
            language=self.language.currentData(),
        )
