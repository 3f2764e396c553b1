"""The dialog for the plan's calendars. It edits a draft of the plan, and what comes of it is shown at once.

OK keeps the draft as one step to undo, Cancel takes the preview back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.calendars import (
    add_calendar,
    add_extra_days,
    add_holidays,
    change_calendars,
    remove_calendar,
    remove_days,
    rename_calendar,
    set_calendar,
    set_plan_calendar,
    set_team_calendar,
    set_weekdays,
    toggle_day,
)
from ...model.effect import effect
from ...model.plan import Plan
from ...model.records import Calendar, CalendarId, Days, TeamId, new_id
from ...model.refused import Refused
from ..dates import in_words
from ..messages import Messages
from ..reasons import effect_text
from .editor import CalendarEditor
from .list import CalendarList
from .national import NationalDialog, years_from
from .pasting import read_days


class CalendarsDialog(QDialog):
    """Which calendars there are, the days of the chosen one, and a year of it."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        messages: Messages,
        chosen: CalendarId | None = None,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("calendars.window"))
        self._document, self._messages, self._today = document, messages, today
        self._draft = document.kept
        known = chosen in self._draft.calendars
        self._chosen = chosen if known and chosen is not None else document.kept.info.calendar
        if self._chosen not in self._draft.calendars:  # a damaged plan: it works Monday to Friday
            self._draft = set_calendar(
                self._draft, Calendar(id=self._chosen, title=say("calendars.standard"))
            )
        self.list = CalendarList(self)
        self.editor = CalendarEditor(self)
        self.status = QLabel(self)
        self.status.setWordWrap(True)
        self.status.setAccessibleName(say("calendars.status"))
        self._arrange(parent.size())
        self._connect()
        self.finished.connect(self._finish)
        self._show()

    @property
    def calendar(self) -> Calendar:
        """The chosen one, as the draft has it."""
        return self._draft.calendars[self._chosen]

    # Building

    def _arrange(self, room: QSize) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.list)
        columns.addWidget(self.editor, 1)
        buttons = QDialogButtonBox(parent=self)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        keep = buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        keep.setObjectName("keep")
        for button in (cancel, keep):
            button.setAutoDefault(False)  # Enter belongs to the field one is in
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)
        self.resize(min(1120, max(room.width() - 60, 940)), min(700, max(room.height() - 50, 560)))

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.new_asked.connect(lambda: self._add(like=None))
        self.list.copy_asked.connect(lambda: self._add(like=self._chosen))
        self.list.removal_asked.connect(self._remove)
        editor = self.editor
        editor.renamed.connect(lambda title: self._edit(rename_calendar, self._chosen, title))
        editor.weekdays_chosen.connect(lambda days: self._edit(set_weekdays, self._chosen, days))
        editor.own_chosen.connect(lambda: self._edit(set_plan_calendar, self._chosen))
        editor.team_turned.connect(self._turn_team)
        editor.day_turned.connect(lambda day: self._edit(toggle_day, self._chosen, day))
        editor.run_kept.connect(self._keep_run)
        editor.runs_removed.connect(lambda runs: self._edit(remove_days, self._chosen, runs))
        editor.national_asked.connect(self._ask_for_country)
        editor.paste_asked.connect(self._paste)
        editor.refused.connect(self._refuse)

    # The draft

    def _edit(self, edit: Callable[..., Plan], *arguments: Any) -> bool:
        """Change the draft and show what comes of it; what can't be is said, and nothing has changed then."""
        try:
            self._draft = edit(self._draft, *arguments)
        except Refused as refused:
            self._show()
            self._refuse(refused)
            return False
        self._document.preview(change_calendars, self._draft)
        self._show()
        return True

    def _show(self) -> None:
        """Show the draft as it is now."""
        self.list.show_plan(self._draft, self._chosen)
        self.editor.show_calendar(self._draft, self.calendar)
        document = self._document
        if self._draft is document.kept:
            self._say("")
        else:
            done = effect(document.plan, document.schedule, document.kept_schedule)
            self._say(effect_text(done))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.status.setText(text)
        tone = "danger" if wrong else "second"
        if self.status.property("tone") != tone:
            self.status.setProperty("tone", tone)
            self.status.style().unpolish(self.status)
            self.status.style().polish(self.status)

    def _refuse(self, refused: Refused) -> None:
        values = dict(refused.values)
        if isinstance(values.get("field"), str):
            values["field"] = say(f"field.{values['field']}")
        self._say(in_words(refused.code, values), wrong=True)

    def _finish(self, result: int) -> None:
        document = self._document
        if result == QDialog.DialogCode.Accepted:
            change = document.commit(change_calendars, self._draft)
            if change:
                words = effect_text(effect(document.plan, document.schedule, self._before))
                self._messages.done(say("calendars.changed", effect=words))
        else:
            document.cancel()
        self.deleteLater()

    def accept(self) -> None:
        """Take a name that is still being typed first."""
        self._before = self._document.kept_schedule
        if self.editor.finish_typing():
            super().accept()

    # Calendars

    def _choose(self, id: str) -> None:
        self._chosen = CalendarId(id)
        self._show()

    def _add(self, like: CalendarId | None) -> None:
        base = self.calendar.title if like is not None else ""
        title = self._free_title(say("calendars.copy-of", title=base) if like else say("calendars.new-title"))
        id = CalendarId(new_id())
        if like is None:
            self._chosen, before = id, self._chosen
            if not self._edit(set_calendar, Calendar(id=id, title=title)):
                self._chosen = before
        else:
            self._chosen = id
            self._edit(add_calendar, id, title, like)
        self.editor.edit_name()

    def _free_title(self, wanted: str) -> str:
        known = {calendar.title.casefold() for calendar in self._draft.calendars.values()}
        title, number = wanted, 1
        while title.casefold() in known:
            number += 1
            title = f"{wanted} {number}"
        return title

    def _remove(self) -> None:
        id, self._chosen = self._chosen, self._draft.info.calendar
        if not self._edit(remove_calendar, id):
            self._chosen = id

    def _turn_team(self, team: TeamId, works: bool) -> None:
        """A team works by the chosen calendar, or by the plan's own again."""
        own = self._chosen == self._draft.info.calendar
        self._edit(set_team_calendar, team, self._chosen if works and not own else None)

    # Days

    def _keep_run(self, old: tuple[Days, bool] | None, run: Days, worked: bool) -> None:
        """Put days into the calendar, in the place of those that were changed."""

        def put(plan: Plan) -> Plan:
            if old is not None:
                plan = remove_days(plan, self._chosen, [old[0]])
            return (add_extra_days if worked else add_holidays)(plan, self._chosen, [run])

        if self._edit(put):
            self.editor.show_run(run)

    def _ask_for_country(self) -> None:
        end = self._document.kept_schedule.end
        years = years_from(self._today(), date.fromordinal(end - 1) if end is not None else None)
        dialog = NationalDialog(self, *years)
        dialog.accepted.connect(lambda: self._take_holidays(dialog))
        dialog.open()

    def _take_holidays(self, dialog: NationalDialog) -> None:
        days, worked = dialog.days(), dialog.weekdays()

        def put(plan: Plan) -> Plan:
            plan = add_holidays(plan, self._chosen, days)
            return plan if worked is None else set_weekdays(plan, self._chosen, worked)

        if self._edit(put):
            self.editor.year.show_year(days[0].first.year)

    def _paste(self) -> None:
        """Days off from the clipboard, one line each; what could not be read is said."""
        order = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        text = QApplication.clipboard().text()
        found = read_days(text, self._today(), month_first=order.lstrip(" '").startswith("M"))
        if not found.days:
            self._say(say("calendars.nothing-pasted"), wrong=True)
        elif self._edit(add_holidays, self._chosen, found.days):
            words = count("calendars.pasted", len(found.days))
            if found.unread:
                left = count("calendars.unread", len(found.unread), first=found.unread[0][:60])
                self._say(f"{words} {left}", wrong=True)
            else:
                self._say(f"{words} {self.status.text()}")
            self.editor.year.show_year(found.days[0].first.year)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends an entry here, or presses the button one is on; it is never OK from elsewhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()
