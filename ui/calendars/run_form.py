"""The form for days of a calendar: from, to, a name, whether they are worked, and a button to keep them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...io.strings import say
from ...model.records import Days
from ...model.refused import Refused
from ..editors.widgets import DateEditor


class RunForm(QWidget):
    """Fields for one run of days; Enter in any of them keeps it."""

    kept = Signal(object, bool)
    """The days entered, and whether they are worked."""
    refused = Signal(object)
    """The `Refused` for an entry that can't be read."""

    def __init__(self, works: Callable[[int], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.last = DateEditor("start", works, self), DateEditor("finish", works, self)
        for editor, words in ((self.first, "calendars.from"), (self.last, "calendars.to")):
            editor.setFrame(True)
            editor.setMinimumHeight(28)
            editor.setAccessibleName(say(words))
        self.last.setPlaceholderText(say("calendars.same-day"))
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(say("calendars.title-hint"))
        self.title.setAccessibleName(say("calendars.title"))
        self.worked = QCheckBox(say("calendars.worked"), self)
        self.button = QPushButton(say("calendars.add"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows = (("calendars.from", self.first), ("calendars.to", self.last), ("calendars.title", self.title))
        for row, (words, field) in enumerate(rows):
            label = QLabel(say(words), self)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, 1, 2)
        grid.addWidget(self.worked, 3, 1)
        grid.addWidget(self.button, 3, 2, Qt.AlignmentFlag.AlignRight)

    def show_run(self, run: Days | None, worked: bool) -> None:
        """Fill the form with days to change, or (None) empty it for new ones."""
        self.first.set_value(run.first if run is not None else None)
        self.last.set_value(run.last if run is not None and run.last != run.first else None)
        for editor in (self.first, self.last):
            editor.deselect()
        self.title.setText(run.title if run is not None else "")
        self.worked.setChecked(worked)
        self.button.setText(say("calendars.change" if run is not None else "calendars.add"))

    def offer(self, first: date, last: date) -> None:
        """Fill in the days of a new run; what is missing is its name."""
        self.show_run(None, False)
        self.first.set_value(first)
        self.last.set_value(last if last != first else None)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Tell what is entered, if it can be read."""
        try:
            first = self.first.value()
            last = self.last.value() or first
        except Refused as refused:
            self.refused.emit(refused)
            return
        if first is None or last is None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refused.emit(Refused("days.none"))
            return
        self.kept.emit(Days(first, last, self.title.text().strip()), self.worked.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)
