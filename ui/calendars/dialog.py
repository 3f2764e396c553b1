"""The dialog for the plan's calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

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
from ..editors.draft_dialog import DraftDialog, free_title
from ..messages import Messages
from ..reasons import effect_text
from .editor import CalendarEditor
from .list import CalendarList
from .national import NationalDialog, years_from
from .pasting import read_days


class CalendarsDialog(DraftDialog):
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
        super().__init__(parent, say("calendars.window"), document, messages, change_calendars)
        self._today = today
        self._before = document.kept_schedule
        known = chosen in self.draft.calendars
        self._chosen = chosen if known and chosen is not None else document.kept.info.calendar
        if self._chosen not in self.draft.calendars:  # a damaged plan: it works Monday to Friday
            self.draft = set_calendar(self.draft, Calendar(id=self._chosen, title=say("calendars.standard")))
        self.list = CalendarList(self)
        self.editor = CalendarEditor(self)
        self.status.setAccessibleName(say("calendars.status"))
        self.lay_out(self.list, self.editor)
        room = parent.size()
        self.resize(min(1120, max(room.width() - 60, 940)), min(700, max(room.height() - 50, 560)))
        self._connect()
        self.show_draft()

    @property
    def calendar(self) -> Calendar:
        """The chosen one, as the draft has it."""
        return self.draft.calendars[self._chosen]

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.new_asked.connect(lambda: self._add(like=None))
        self.list.copy_asked.connect(lambda: self._add(like=self._chosen))
        self.list.removal_asked.connect(self._remove)
        editor = self.editor
        editor.renamed.connect(lambda title: self.edit(rename_calendar, self._chosen, title))
        editor.weekdays_chosen.connect(lambda days: self.edit(set_weekdays, self._chosen, days))
        editor.own_chosen.connect(lambda: self.edit(set_plan_calendar, self._chosen))
        editor.team_turned.connect(self._turn_team)
        editor.day_turned.connect(lambda day: self.edit(toggle_day, self._chosen, day))
        editor.run_kept.connect(self._keep_run)
        editor.runs_removed.connect(lambda runs: self.edit(remove_days, self._chosen, runs))
        editor.national_asked.connect(self._ask_for_country)
        editor.paste_asked.connect(self._paste)
        editor.refused.connect(self.refuse)

    # The draft

    def show_draft(self) -> None:
        self.list.show_plan(self.draft, self._chosen)
        self.editor.show_calendar(self.draft, self.calendar)
        document = self.document
        done = effect(document.plan, document.schedule, document.kept_schedule) if self.changed else None
        self.say(effect_text(done) if done is not None else "")

    def kept_words(self) -> str:
        done = effect(self.document.plan, self.document.schedule, self._before)
        return say("calendars.changed", effect=effect_text(done))

    def accept(self) -> None:
        """Take a name that is still being typed first."""
        self._before = self.document.kept_schedule
        if self.editor.finish_typing():
            super().accept()

    # Calendars

    def _choose(self, id: str) -> None:
        self._chosen = CalendarId(id)
        self.show_draft()

    def _add(self, like: CalendarId | None) -> None:
        base = self.calendar.title if like is not None else ""
        wanted = say("calendars.copy-of", title=base) if like else say("calendars.new-title")
        title = free_title(wanted, (calendar.title for calendar in self.draft.calendars.values()))
        id = CalendarId(new_id())
        if like is None:
            self._chosen, before = id, self._chosen
            if not self.edit(set_calendar, Calendar(id=id, title=title)):
                self._chosen = before
        else:
            self._chosen = id
            self.edit(add_calendar, id, title, like)
        self.editor.edit_name()

    def _remove(self) -> None:
        id, self._chosen = self._chosen, self.draft.info.calendar
        if not self.edit(remove_calendar, id):
            self._chosen = id

    def _turn_team(self, team: TeamId, works: bool) -> None:
        """A team works by the chosen calendar, or by the plan's own again."""
        own = self._chosen == self.draft.info.calendar
        self.edit(set_team_calendar, team, self._chosen if works and not own else None)

    # Days

    def _keep_run(self, old: tuple[Days, bool] | None, run: Days, worked: bool) -> None:
        """Put days into the calendar, in the place of those that were changed."""

        def put(plan: Plan) -> Plan:
            if old is not None:
                plan = remove_days(plan, self._chosen, [old[0]])
            return (add_extra_days if worked else add_holidays)(plan, self._chosen, [run])

        if self.edit(put):
            self.editor.show_run(run)

    def _ask_for_country(self) -> None:
        end = self.document.kept_schedule.end
        years = years_from(self._today(), date.fromordinal(end - 1) if end is not None else None)
        dialog = NationalDialog(self, *years)
        dialog.accepted.connect(lambda: self._take_holidays(dialog))
        dialog.open()

    def _take_holidays(self, dialog: NationalDialog) -> None:
        days, worked = dialog.days(), dialog.weekdays()

        def put(plan: Plan) -> Plan:
            plan = add_holidays(plan, self._chosen, days)
            return plan if worked is None else set_weekdays(plan, self._chosen, worked)

        if self.edit(put):
            self.editor.year.show_year(days[0].first.year)

    def _paste(self) -> None:
        """Days off from the clipboard, one line each; what could not be read is said."""
        order = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        text = QApplication.clipboard().text()
        found = read_days(text, self._today(), month_first=order.lstrip(" '").startswith("M"))
        if not found.days:
            self.say(say("calendars.nothing-pasted"), wrong=True)
        elif self.edit(add_holidays, self._chosen, found.days):
            words = count("calendars.pasted", len(found.days))
            if found.unread:
                left = count("calendars.unread", len(found.unread), first=found.unread[0][:60])
                self.say(f"{words} {left}", wrong=True)
            else:
                self.say(f"{words} {self.status.text()}")
            self.editor.year.show_year(found.days[0].first.year)
