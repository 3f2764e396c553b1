"""The icons of the kinds of fields, and how numbers and amounts of one are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from ...io.strings import say
from ...model.records import CustomField, CustomKind
from ..amounts import CURRENCIES, SIGNS

ICONS: dict[CustomKind, str] = {
    "text": "ph.text-t",
    "long": "ph.text-align-left",
    "number": "ph.hash",
    "currency": "ph.coin",
    "date": "ph.calendar-blank",
    "choice": "ph.caret-circle-down",
    "choices": "ph.list-bullets",
    "person": "ph.user",
    "url": "ph.link",
    "flag": "ph.check-square",
    "formula": "ph.math-operations",
}
_MOST_DECIMALS = 4


class NumberRows(QObject):
    """Rows of a form for the currency, and for how many decimals are shown."""

    changed = Signal(str, object)
    """The code of the currency, and the decimals or None."""

    def __init__(self, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self.currency = QComboBox(parent)
        self.currency.setEditable(True)
        self.currency.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.currency.addItem(say("fields.no-currency"), "")
        for code in CURRENCIES:
            sign = SIGNS.get(code)
            self.currency.addItem(f"{code}  {sign}" if sign else code, code)
        self.decimals = QComboBox(parent)
        self.decimals.addItem(say("fields.decimals-any"), None)
        for number in range(_MOST_DECIMALS + 1):
            self.decimals.addItem(str(number), number)
        form.addRow(say("fields.currency"), self.currency)
        form.addRow(say("fields.decimals"), self.decimals)
        self.currency.activated.connect(self._tell)
        line = self.currency.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._tell)
        self.decimals.activated.connect(self._tell)

    def show_field(self, field: CustomField | None) -> None:
        """Show how this one is shown; None: a field without numbers."""
        number = field is not None and field.kind in ("number", "currency", "formula")
        self._form.setRowVisible(self.decimals, number)
        self._form.setRowVisible(self.currency, number and field is not None and field.kind != "number")
        if field is None:
            return
        at = self.currency.findData(field.currency)
        self.currency.setCurrentIndex(at)
        if at < 0:
            self.currency.setEditText(field.currency)
        self.decimals.setCurrentIndex(self.decimals.findData(field.decimals))

    def _tell(self) -> None:
        text = self.currency.currentText()
        at = self.currency.findText(text)
        typed = "".join(letter for letter in text.upper() if letter.isalpha())[:3]
        code = str(self.currency.itemData(at)) if at >= 0 else typed
        self.changed.emit(code, self.decimals.currentData())
