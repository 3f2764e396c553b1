"""Small dialogs that ask for a number of working days and show at once what they would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.timing import insert_buffer_after, insert_buffer_before, shift_after, shift_items
from ...model.effect import effect
from ...model.records import ItemId
from ...model.refused import Refused
from ..dates import in_words
from ..editors.widgets import DateEditor
from ..messages import Messages
from ..reasons import effect_text
from ..refusals import short_title, with_titles

_MOST = 5000
"""Working days, some twenty years."""


class DaysDialog(QDialog):
    """Asks for working days; the edit is previewed while one chooses, kept by OK, taken back by Cancel."""

    def __init__(self, parent: QWidget, document: Document, messages: Messages, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._document, self._messages = document, messages
        self.days = QSpinBox(self)
        self.days.setRange(-_MOST, _MOST)
        self.days.setMinimumWidth(84)
        self.days.lineEdit().setTextMargins(6, 0, 0, 0)
        self.days.setAccessibleName(say("shift.days"))
        self.status = QLabel(self)
        self.status.setProperty("tone", "second")
        self.status.setWordWrap(True)
        self.status.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._keep = buttons.button(QDialogButtonBox.StandardButton.Ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(self.body)
        layout.addWidget(self.status)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        self.days.valueChanged.connect(self.refresh)
        self.finished.connect(self._finish)

    def edit(self) -> tuple[Any, ...]:
        """The edit that is asked for and its arguments, the number of days last.

        Raises:
            Refused: what was entered can't be read.
        """
        raise NotImplementedError

    def words(self) -> str:
        """The code of what is said when it is done; it is filled with the effect."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what the edit would do, or why it can't be."""
        document = self._document
        try:
            document.preview(*self.edit())
        except Refused as refused:
            document.cancel()
            told = with_titles(refused, document.kept)
            self.status.setText(in_words(told.code, told.values))
            self._keep.setEnabled(False)
            return
        self.status.setText(effect_text(effect(document.plan, document.schedule, document.kept_schedule)))
        self._keep.setEnabled(bool(self.days.value()))

    def _finish(self, result: int) -> None:
        document, before = self._document, self._document.kept_schedule
        if result == QDialog.DialogCode.Accepted and self.days.value():
            document.commit(*self.edit())
            done = effect_text(effect(document.plan, document.schedule, before))
            self._messages.done(say(self.words(), n=self.days.value(), effect=done))
        else:
            document.cancel()
        self.deleteLater()


class ShiftDialog(DaysDialog):
    """Moves the selection, everything from a day on, or the whole plan."""

    def __init__(
        self, parent: QWidget, document: Document, messages: Messages, items: Sequence[ItemId]
    ) -> None:
        super().__init__(parent, document, messages, say("shift.title"))
        self._items = tuple(items)
        calendar = document.kept.team_calendars[None]
        self.selected = QRadioButton(_what(document, self._items, "shift.selected"), self)
        self.after = QRadioButton(say("shift.after"), self)
        self.whole = QRadioButton(say("shift.whole"), self)
        self.day = DateEditor("start", calendar.is_working, self)
        self.day.setFrame(True)
        self.day.setMinimumHeight(28)
        self.day.setFixedWidth(150)
        self.day.setAccessibleName(say("shift.after"))
        span = document.kept_schedule.dates(self._items[-1]) if self._items else None
        self.day.set_value(span.first if span is not None else date.today())
        self.day.deselect()
        group = QButtonGroup(self)
        for button in (self.selected, self.after, self.whole):
            group.addButton(button)
        self.selected.setEnabled(bool(self._items))
        (self.selected if self._items else self.after).setChecked(True)
        by = QHBoxLayout()
        by.addWidget(QLabel(say("shift.by"), self))
        by.addWidget(self.days)
        by.addWidget(QLabel(say("shift.unit"), self))
        by.addStretch(1)
        from_day = QHBoxLayout()
        from_day.addWidget(self.after)
        from_day.addWidget(self.day)
        from_day.addStretch(1)
        self.body.addWidget(self.selected)
        self.body.addLayout(from_day)
        self.body.addWidget(self.whole)
        self.body.addLayout(by)
        group.buttonToggled.connect(self.refresh)
        self.day.textChanged.connect(self._day_typed)
        self.days.setValue(5)
        self.days.selectAll()
        self.days.setFocus()
        self.refresh()

    def _day_typed(self) -> None:
        if not self.after.isChecked():
            self.after.setChecked(True)
        self.refresh()

    def edit(self) -> tuple[Any, ...]:
        days = self.days.value()
        if self.selected.isChecked():
            return shift_items, self._items, days
        day = date.min if self.whole.isChecked() else self.day.value()
        if day is None:
            raise Refused("days.none")
        return shift_after, day, days

    def words(self) -> str:
        return "shift.done"


class BufferDialog(DaysDialog):
    """Puts working days before or after items."""

    def __init__(
        self, parent: QWidget, document: Document, messages: Messages, items: Sequence[ItemId], side: str
    ) -> None:
        super().__init__(parent, document, messages, say(f"buffer.title-{side}"))
        self._items, self._side = tuple(items), side
        label = QLabel(_what(document, self._items, f"buffer.{side}"), self)
        label.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.days)
        row.addWidget(QLabel(say("buffer.unit"), self))
        row.addStretch(1)
        self.body.addWidget(label)
        self.body.addLayout(row)
        self.days.setMinimum(1)
        self.days.setValue(5)
        self.days.selectAll()
        self.days.setFocus()
        self.refresh()

    def edit(self) -> tuple[Any, ...]:
        put = insert_buffer_after if self._side == "after" else insert_buffer_before
        return put, self._items, self.days.value()

    def words(self) -> str:
        return "buffer.done"


def _what(document: Document, items: Sequence[ItemId], code: str) -> str:
    """Words with the title of the one item, or with how many they are."""
    if len(items) == 1:
        return say(f"{code}.one", title=short_title(document.kept, items[0]))
    return count(code, len(items)) if items else say(f"{code}.none")
