"""What one of the plan's own fields is: its name, its kind, where it is shown, and what its kind asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.field import own_key
from ...model.fields import fields_of
from ...model.plan import Plan
from ...model.records import CUSTOM_KINDS, FIELD_GROUPS, CustomField, FieldId, ItemId
from ...model.schedule import Schedule
from ..drawing.palette import Theme
from ..icons import Icons
from .formula import PREVIEWS, FormulaPart
from .kinds import ICONS, NumberRows
from .options import OptionsPart


class FieldEditor(QWidget):
    """Tells what was changed; whoever keeps the draft shows it again."""

    renamed = Signal(str)
    kind_chosen = Signal(str)
    group_chosen = Signal(str)
    options_changed = Signal(object)
    format_changed = Signal(str, object)
    formula_changed = Signal(str)
    removal_asked = Signal()

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CustomField | None = None
        self.name = QLineEdit(self)
        self.name.setMaxLength(80)
        self.name.editingFinished.connect(lambda: self.renamed.emit(self.name.text()))
        self.kind = QComboBox(self)
        self.kind.setIconSize(QSize(16, 16))
        for kind in CUSTOM_KINDS:
            self.kind.addItem(icons.icon(ICONS[kind]), say(f"own-kind.{kind}"), kind)
        self.kind.setMaxVisibleItems(len(CUSTOM_KINDS))
        self.kind.activated.connect(lambda at: self.kind_chosen.emit(self.kind.itemData(at)))
        self.group = QComboBox(self)
        for group in FIELD_GROUPS:
            self.group.addItem(say(f"group.{group}"), group)
        self.group.activated.connect(lambda at: self.group_chosen.emit(self.group.itemData(at)))
        self.options = OptionsPart(theme, self)
        self.options.changed.connect(self.options_changed)
        self.formula = FormulaPart(theme, self)
        self.formula.changed.connect(self.formula_changed)
        self.used = QLabel(self)
        self.used.setWordWrap(True)
        self.used.setProperty("tone", "second")
        self.used.setTextFormat(Qt.TextFormat.PlainText)
        self.remove = QPushButton(say("fields.remove"), self)
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self.removal_asked)
        self.empty = QLabel(say("fields.none"), self)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("tone", "second")
        self._arrange()

    def _arrange(self) -> None:
        self._form = QWidget(self)
        rows = QFormLayout(self._form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(16)
        rows.addRow(say("fields.name"), self.name)
        rows.addRow(say("fields.kind"), self.kind)
        rows.addRow(say("fields.group"), self.group)
        self.number = NumberRows(rows, self._form)
        self.number.changed.connect(self.format_changed)
        foot = QHBoxLayout()
        foot.addWidget(self.used, 1)
        foot.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self._form)
        for part in (self.options, self.formula):
            layout.addWidget(part, 1)
        layout.addWidget(self.empty, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

    def show_field(self, plan: Plan, times: Schedule, id: FieldId | None, items: Sequence[ItemId]) -> None:
        """Show a field, or that there is none."""
        record = plan.fields.get(id) if id is not None else None
        for part in (self._form, self.used, self.remove):
            part.setVisible(record is not None)
        self.empty.setVisible(record is None)
        self.options.setVisible(record is not None and record.kind in ("choice", "choices"))
        self.formula.setVisible(record is not None and record.kind == "formula")
        self.number.show_field(record)
        if record is None:
            self._shown = None
            return
        if self._shown is None or self._shown.id != record.id or self._shown.title != record.title:
            self.name.setText(record.title)
        self._shown = record
        self.kind.setCurrentIndex(self.kind.findData(record.kind))
        self.group.setCurrentIndex(max(self.group.findData(record.group), 0))
        self.options.show_field(record)
        if record.kind == "formula":
            self.formula.show_field(plan, record)
            self.formula.show_results(plan, times, record, _examples(plan, times, record, items))
        self.used.setText(use_words(plan, record))

    def edit_name(self) -> None:
        """Let the name be typed over."""
        self.name.setFocus()
        self.name.selectAll()

    def finish_typing(self) -> bool:
        """Take the name that stands there; whether it could be taken."""
        if self._shown is None:
            return True
        self.formula.finish_typing()
        self.renamed.emit(self.name.text())
        return self._shown.title == " ".join(self.name.text().split())


def use_words(plan: Plan, record: CustomField) -> str:
    """How many items have a value, and which formulas and views need the field."""
    parts = []
    if record.kind != "formula":
        filled = sum(record.id in item.custom for item in plan.items.values())
        parts.append(count("fields.filled", filled, all=len(plan.items)))
    key = own_key(record.id)
    formulas = [
        field.title
        for field in fields_of(plan).values()
        if field.formula is not None and key in field.formula.needs
    ]
    if formulas:
        parts.append(say("fields.in-formulas", titles=formulas))
    views = [
        view.title
        for view in plan.views.values()
        if key in (view.group, view.subgroup, view.color)
        or key in [column.field for column in view.columns]
        or key in [sort.field for sort in view.sort]
    ]
    if views:
        parts.append(say("fields.in-views", titles=views))
    return " ".join(parts)


def _examples(plan: Plan, times: Schedule, record: CustomField, wanted: Sequence[ItemId]) -> list[ItemId]:
    """Items to show a result for: those wanted, then some that have one."""
    field = fields_of(plan)[own_key(record.id)]
    found = [id for id in wanted if id in plan.items]
    for id in plan.outline.order:
        if len(found) >= PREVIEWS:
            break
        if id not in found and field.read(plan, times, plan.items[id]) not in (None, "", ()):
            found.append(id)
    found += [id for id in plan.outline.order[:PREVIEWS] if id not in found]
    return found[:PREVIEWS]
