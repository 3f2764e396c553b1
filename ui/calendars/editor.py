"""One calendar: its name, its weekdays, who works by it, its days off, and a year of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.holidays import FIRST_YEAR, LAST_YEAR
from ...model.outline import ranked
from ...model.plan import Plan
from ...model.records import Calendar, CalendarId, Days
from .days_list import DaysList
from .list import users
from .run_form import RunForm
from .words import weekday_names
from .year import YearView

Entry = tuple[Days, bool]
"""A run of days, and whether they are worked."""


class CalendarEditor(QWidget):
    """Tells what a person wants of the calendar shown; it changes nothing itself."""

    renamed = Signal(str)
    weekdays_chosen = Signal(object)
    own_chosen = Signal()
    team_turned = Signal(str, bool)
    day_turned = Signal(object)
    run_kept = Signal(object, object, bool)
    """The entry that was changed or None, the days now, and whether they are worked."""
    runs_removed = Signal(object)
    national_asked = Signal()
    paste_asked = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan, self._calendar = Plan(), Calendar(id=CalendarId(""))
        self._changing: Entry | None = None
        self.name = QLineEdit(self)
        self.name.setMaximumWidth(260)
        self.name.editingFinished.connect(self._rename)
        self.weekdays = [self._weekday(day, name) for day, name in enumerate(weekday_names())]
        self.users = QPushButton(self)
        self.users.setAutoDefault(False)
        self.users.setMenu(QMenu(self.users))
        self.users.menu().aboutToShow.connect(self._fill_users)
        self.days = DaysList(self)
        self.form = RunForm(self._works, self)
        self.national = self._button("calendars.national", self.national_asked.emit)
        self.paste = self._button("calendars.paste", self.paste_asked.emit)
        self.paste.setToolTip(say("calendars.paste-tip"))
        self.remove = self._button("calendars.remove-days", self._remove)
        self.year = YearView(self)
        self.number = QSpinBox(self)
        self.number.setRange(FIRST_YEAR, LAST_YEAR)
        self.number.setValue(self.year.year)
        self.number.lineEdit().setTextMargins(6, 0, 0, 0)
        self.number.setAccessibleName(say("calendars.year"))
        self.total = QLabel(self)
        self.total.setProperty("tone", "second")
        self._arrange()
        self._connect()

    # Showing

    def show_calendar(self, plan: Plan, calendar: Calendar) -> None:
        """Show a calendar as a plan has it."""
        other = calendar.id != self._calendar.id
        self._plan, self._calendar = plan, calendar
        if other:
            self._change(None)
        if other or not self.name.isModified():
            self.name.setText(calendar.title)
            self.name.setModified(False)
        for day, button in enumerate(self.weekdays):
            button.setChecked(day in calendar.weekdays)
        self.users.setText(users(plan, calendar.id))
        self.days.show_calendar(calendar)
        if self._changing is not None and self._changing not in self.days.selected():
            self._change(None)
        self.year.show_calendar(calendar)
        self._show_total()

    def show_run(self, run: Days) -> None:
        """Bring days into sight that were just put in."""
        self._change(None)
        self.days.clearSelection()
        self.year.mark(run.first, run.last)
        self.days.show_year(run.first.year)

    def edit_name(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def finish_typing(self) -> bool:
        """Keep a name that is still being typed; False where it can't be kept."""
        self._rename()
        return not self.name.isModified()

    # Building

    def _weekday(self, day: int, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setCheckable(True)
        button.setObjectName("weekday")
        button.setAccessibleName(say("dates.weekdays").split()[day].capitalize())
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFixedSize(46, 28)
        button.clicked.connect(self._choose_weekdays)
        return button

    def _button(self, words: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(say(words), self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _: run())
        return button

    def _arrange(self) -> None:
        week = QHBoxLayout()
        week.setSpacing(4)
        for button in self.weekdays:
            week.addWidget(button)
        week.addStretch(1)
        form = QFormLayout()
        form.setSpacing(8)
        who = QHBoxLayout()
        who.addWidget(self.name, 1)
        who.addSpacing(16)
        used = QLabel(say("calendars.used-by"), self)
        used.setBuddy(self.users)
        who.addWidget(used)
        who.addWidget(self.users)
        who.addStretch(1)
        name = QLabel(say("calendars.name"), self)
        name.setBuddy(self.name)
        form.addRow(name, who)
        form.addRow(say("calendars.weekdays"), week)
        below = QHBoxLayout()
        below.setSpacing(20)
        below.addWidget(self._left())
        below.addLayout(self._right(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addLayout(below, 1)

    def _left(self) -> QWidget:
        column = QWidget(self)
        column.setFixedWidth(290)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.national, 1)
        buttons.addWidget(self.paste)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(buttons)
        layout.addWidget(self.days, 1)
        layout.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.form)
        return column

    def _right(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addSpacing(8)
        head.addWidget(self.total)
        head.addStretch(1)
        hint = QLabel(say("calendars.hint"), self)
        hint.setProperty("tone", "second")
        hint.setWordWrap(True)
        layout = QVBoxLayout()
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.year, 1)
        layout.addWidget(hint)
        return layout

    def _connect(self) -> None:
        self.days.chosen.connect(self._change)
        self.days.removal_asked.connect(self._remove)
        self.days.paste_asked.connect(self.paste_asked)
        self.days.itemSelectionChanged.connect(self._follow_selection)
        self.form.kept.connect(lambda run, worked: self.run_kept.emit(self._changing, run, worked))
        self.form.refused.connect(self.refused)
        self.year.turned.connect(self.day_turned)
        self.year.marked.connect(self._offer)
        self.year.year_changed.connect(self._turn_to)
        self.number.valueChanged.connect(self.year.show_year)
        self._follow_selection()

    # What a person does

    def _rename(self) -> None:
        if not self.name.isModified():
            return
        wanted = self.name.text().strip()
        if wanted != self._calendar.title:
            self.renamed.emit(wanted)
        if wanted == self._calendar.title:  # else it was refused, and stays to be mended
            self.name.setModified(False)

    def _choose_weekdays(self) -> None:
        self.weekdays_chosen.emit([day for day, button in enumerate(self.weekdays) if button.isChecked()])

    def _fill_users(self) -> None:
        menu, plan, here = self.users.menu(), self._plan, self._calendar.id
        menu.clear()
        own: QAction = menu.addAction(say("calendars.plan"))
        own.setCheckable(True)
        own.setChecked(plan.info.calendar == here)
        own.setEnabled(plan.info.calendar != here)
        own.triggered.connect(self.own_chosen)
        menu.addSeparator()
        for team in ranked(plan.teams):
            action: QAction = menu.addAction(team.title.replace("&", "&&"))
            action.setCheckable(True)
            works = (team.calendar or plan.info.calendar) == here
            action.setChecked(works)
            action.setEnabled(not works or plan.info.calendar != here)
            action.triggered.connect(lambda on, id=team.id: self.team_turned.emit(id, on))

    def _offer(self, first: object, last: object) -> None:
        """Days were dragged over: they want a name."""
        self.days.clearSelection()
        self.year.mark(first, last)  # type: ignore[arg-type]
        self.form.offer(first, last)  # type: ignore[arg-type]

    def _change(self, entry: Entry | None) -> None:
        """Let the form change an entry of the list, or (None) add new days."""
        self._changing = entry
        self.form.show_run(*(entry if entry is not None else (None, False)))
        self.year.mark(*((entry[0].first, entry[0].last) if entry is not None else (None, None)))

    def _remove(self) -> None:
        runs = [run for run, _ in self.days.selected()]
        if runs:
            self.runs_removed.emit(runs)

    def _follow_selection(self) -> None:
        chosen = len(self.days.selectedItems())
        self.remove.setEnabled(bool(chosen))
        self.remove.setText(
            count("calendars.remove-some", chosen) if chosen > 1 else say("calendars.remove-days")
        )

    def _turn_to(self, year: int) -> None:
        self.number.setValue(year)
        if self._changing is None:
            self.days.show_year(year)
        self._show_total()

    def _show_total(self) -> None:
        self.total.setText(count("calendars.total", self.year.worked_days()))

    def _works(self, day: int) -> bool:
        calendar = self._plan.working_days.get(self._calendar.id)
        return calendar is None or calendar.is_working(day)
