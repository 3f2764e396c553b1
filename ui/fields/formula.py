"""The editor of a formula: checked with every key, with what it gives for some items beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import fault_words, field_title, say
from ...model.computed_fields import kept_formula, names_of, shown_formula
from ...model.field import Field, own_key
from ...model.fields import fields_of
from ...model.formulas.formula import Expression, Names
from ...model.formulas.functions import FUNCTIONS
from ...model.formulas.tokens import Fault, bracketed
from ...model.plan import Plan
from ...model.records import CustomField, ItemId
from ...model.schedule import Schedule
from ..drawing.palette import Theme
from ..editors.of_fields import fault_text, shown_text

PREVIEWS = 3
_PAUSE = 150
"""Milliseconds without another key after which the plan is computed."""


class FormulaPart(QWidget):
    """Text above, what is wrong or what it gives below."""

    changed = Signal(str)
    """The text of the formula, when nothing was typed for a moment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: Names = {}
        self.text = _Text(self)
        self.text.setAccessibleName(say("own-kind.formula"))
        self.text.setPlaceholderText(say("fields.formula-example"))
        self.text.textChanged.connect(self._typed)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._tell)
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QPushButton(say("fields.insert-field"), self)
        self.function = QPushButton(say("fields.insert-function"), self)
        for button in (self.field, self.function):
            button.setAutoDefault(False)
        self.function.setMenu(self._functions())
        buttons = QHBoxLayout()
        buttons.addWidget(self.field)
        buttons.addWidget(self.function)
        buttons.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(16)
        self._items = [QLabel(self) for _ in range(PREVIEWS)]
        self.results = [QLabel(self) for _ in range(PREVIEWS)]
        for row, (item, result) in enumerate(zip(self._items, self.results, strict=True)):
            item.setTextFormat(Qt.TextFormat.PlainText)
            item.setProperty("tone", "second")
            result.setTextFormat(Qt.TextFormat.PlainText)
            result.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(item, row, 0)
            self._grid.addWidget(result, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addWidget(self.verdict)
        layout.addLayout(buttons)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def show_field(self, plan: Plan, record: CustomField) -> None:
        """Show the formula of this one; a text that means the same already stays as it was typed."""
        others = [field for key, field in fields_of(plan).items() if key != own_key(record.id)]
        self._names = names_of(others, field_title)
        self.field.setMenu(self._fields(others))
        kept = shown_formula(record.formula, self._names)
        if shown_formula(self.text.toPlainText().strip(), self._names) != kept:
            self.text.blockSignals(True)
            self.text.setPlainText(kept)
            self.text.blockSignals(False)
        self._judge(None)

    def show_results(self, plan: Plan, times: Schedule, record: CustomField, items: Sequence[ItemId]) -> None:
        """What it gives for these items."""
        field = fields_of(plan)[own_key(record.id)]
        fault = field.formula.fault if field.formula is not None else None
        shown = list(items[:PREVIEWS]) if fault is None else []
        for place, (name, result) in enumerate(zip(self._items, self.results, strict=True)):
            name.setVisible(place < len(shown))
            result.setVisible(place < len(shown))
            if place < len(shown):
                item = plan.items[shown[place]]
                title = item.title if len(item.title) < 40 else item.title[:39] + "…"
                name.setText(f"{item.key}  {title}")
                value = field.read(plan, times, item)
                words = shown_text(field, plan, value) or fault_text(field, plan, times, item.id)
                result.setText(words or say("inspector.no-text"))
        self._judge(fault if fault is not None and fault.code in ("circle", "chain") else None)

    def kept(self, text: str) -> str:
        """The formula as the plan keeps it."""
        return kept_formula(text.strip(), self._names)

    # What is typed

    def _typed(self) -> None:
        self._judge(None)
        self._pause.start()

    def finish_typing(self) -> None:
        """Tell what was typed just now."""
        if self._pause.isActive():
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.text.toPlainText())

    def _judge(self, fault: Fault | None) -> None:
        """Say what the text gives, or what is wrong and where."""
        expression = Expression(self.text.toPlainText(), self._names, fault)
        fault = expression.fault
        if fault is None:
            self._say(say("fields.gives", type=say(f"formula-type.{expression.type}")), "second")
        elif fault.code == "empty":
            self._say(say("fields.formula-hint"), "second")
        else:
            self._say(fault_words(fault), "danger")
        self._underline(fault if fault is not None and fault.length else None)

    def _say(self, words: str, tone: str) -> None:
        self.verdict.setText(words)
        self.verdict.setProperty("tone", tone)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _underline(self, fault: Fault | None) -> None:
        selections = []
        if fault is not None:
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(QColor(self._theme.colors.danger))
            cursor = QTextCursor(self.text.document())
            text = self.text.toPlainText()
            cursor.setPosition(_units(text[: fault.at]))
            end = _units(text[: fault.at + fault.length])
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, form
            selections.append(mark)
        self.text.setExtraSelections(selections)

    # What can be put in

    def _fields(self, fields: Sequence[Field]) -> QMenu:
        menu = QMenu(self)
        for field in fields:
            title = field_title(field)
            action = QAction(title.replace("&", "&&"), menu)
            action.triggered.connect(self._inserter(bracketed(title)))
            menu.addAction(action)
        return menu

    def _functions(self) -> QMenu:
        menu = QMenu(self)
        for name in FUNCTIONS:
            action = QAction(say(f"formula-help.{name}"), menu)
            action.triggered.connect(self._inserter(f"{name}(", ")"))
            menu.addAction(action)
        return menu

    def _inserter(self, before: str, after: str = "") -> Callable[[], None]:
        return lambda: self.insert(before, after)

    def insert(self, before: str, after: str = "") -> None:
        """Put a text at the caret, which stands before its second part then."""
        cursor = self.text.textCursor()
        cursor.insertText(before + after)
        for _ in after:
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        self.text.setTextCursor(cursor)
        self.text.setFocus()


class _Text(QPlainTextEdit):
    """A few lines; Tab goes on to the next field of the dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(84)


def _units(text: str) -> int:
    """How many of Qt's letters a text has: what lies beyond the basic plane takes two."""
    return len(text.encode("utf-16-le")) // 2
