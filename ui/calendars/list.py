"""The calendars of a plan, each with who works by it, and the buttons to make and remove one."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.plan import Plan
from ...model.records import CalendarId

_ID = Qt.ItemDataRole.UserRole


class CalendarList(QWidget):
    """`chosen` carries the id of the calendar that was chosen; the others ask for what their names say."""

    chosen = Signal(str)
    new_asked = Signal()
    copy_asked = Signal()
    removal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(184)
        self.list = QListWidget(self)
        self.list.setAccessibleName(say("calendars.window"))
        self.list.currentItemChanged.connect(self._tell)
        self.new = _button(say("calendars.new"), self)
        self.copy = _button(say("calendars.copy"), self)
        self.remove = _button(say("calendars.remove"), self)
        self.new.clicked.connect(self.new_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.remove.clicked.connect(self.removal_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.new)
        buttons.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.remove)

    def show_plan(self, plan: Plan, chosen: CalendarId) -> None:
        """Show the plan's calendars, its own one first."""
        own = plan.info.calendar
        calendars = sorted(plan.calendars.values(), key=lambda one: (one.id != own, one.title.casefold()))
        self.list.blockSignals(True)
        self.list.clear()
        for calendar in calendars:
            item = QListWidgetItem(self.list)
            item.setData(_ID, calendar.id)
            item.setSizeHint(QSize(0, 46))
            who = users(plan, calendar.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{calendar.title}, {who}")
            words = QLabel(f"<b>{escape(calendar.title or calendar.id)}</b><br>{escape(who)}")
            words.setContentsMargins(8, 0, 8, 0)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            words.setToolTip(who)
            self.list.setItemWidget(item, words)
            if calendar.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.remove.setEnabled(chosen != own)
        self.remove.setToolTip(say("calendars.remove-own") if chosen == own else "")

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))


def users(plan: Plan, id: CalendarId) -> str:
    """Who works by a calendar: `The plan and 3 teams`, `Mobile`, `Nobody yet`."""
    own = id == plan.info.calendar
    teams = [team for team in plan.teams.values() if (team.calendar or plan.info.calendar) == id]
    if own:
        return count("calendars.plan-and", len(teams)) if teams else say("calendars.plan")
    if not teams:
        return say("calendars.nobody")
    return teams[0].title if len(teams) == 1 else count("calendars.teams", len(teams))


def _button(words: str, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setAutoDefault(False)
    return button
