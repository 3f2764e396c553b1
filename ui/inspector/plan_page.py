"""The inspector's page when nothing is selected: the plan at a glance, and its teams."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.edits.people import add_team, set_fiscal_start, set_title
from ...model.outline import ranked
from ...model.records import TeamId, new_id
from ...model.refused import Refused
from .. import dates
from ..calendars.words import calendar_words
from ..drawing.palette import Theme
from ..editors.choices import ChoiceEditor
from ..editors.of_fields import Editor, tell_refused
from ..editors.pickers import Option
from ..editors.widgets import LineEditor
from ..messages import Messages
from .in_place import InPlace, Value
from .rows import CaptionRow, Section
from .team_line import TeamLine, open_calendars


class PlanPage(QWidget):
    """Title, numbers, first and last day, teams, and what to do here."""

    def __init__(
        self, document: Document, messages: Messages, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._messages, self._theme = document, messages, theme
        self.title = InPlace(self._title_editor, self._keep_title, self)
        self.title.value.setObjectName("item-title")
        self.title.value.setAccessibleName(say("inspector.plan-title"))
        self._facts: dict[str, Value] = {}
        facts = Section(say("inspector.plan"), self)
        for name in ("items", "backlog", "links", "first", "last"):
            self._facts[name] = Value(self)
            self._facts[name].allow(False)
            facts.rows.addWidget(CaptionRow(say(f"inspector.plan-{name}"), self._facts[name], self))
        self._times = Section(say("inspector.calendar"), self)
        self.calendar = Value(self, lines=True, most_lines=2)
        self.calendar.setAccessibleName(say("inspector.calendar-days"))
        self.calendar.opened.connect(
            lambda: open_calendars(self, document, messages, document.kept.info.calendar)
        )
        self.fiscal = InPlace(self._fiscal_editor, self._keep_fiscal, self)
        self.fiscal.value.setAccessibleName(say("inspector.fiscal"))
        self.fiscal.setToolTip(say("inspector.fiscal-tip"))
        for code, beside in (("inspector.calendar-days", self.calendar), ("inspector.fiscal", self.fiscal)):
            self._times.rows.addWidget(CaptionRow(say(code), beside, self))
        self._teams = Section(say("inspector.teams"), self)
        self.lines: dict[TeamId, TeamLine] = {}
        self.add = InPlace(self._team_editor, self._keep_team, self)
        self.add.value.show_text(say("inspector.add-team"), "faint")
        self.add.value.setAccessibleName(say("inspector.add-team"))
        self._teams.rows.addWidget(self.add)
        hint = QLabel(say("inspector.hint"), self)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 16, 20)
        layout.setSpacing(0)
        for part in (self.title, facts, self._times, self._teams):
            layout.addWidget(part)
        layout.addSpacing(20)
        layout.addWidget(hint)
        layout.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_plan()

    def show_plan(self) -> None:
        """Show the plan as it is now."""
        plan, times = self._document.plan, self._document.schedule
        self.title.value.show_text(plan.info.title or say("inspector.untitled"))
        spans = [span for id in plan.items if (span := times.dates(id)) is not None]
        waiting = sum(1 for id in plan.items if id not in times)
        for name, text in {
            "items": str(len(plan.items)),
            "backlog": str(waiting),
            "links": str(len(plan.links)),
            "first": dates.day(min(span.first for span in spans)) if spans else "–",
            "last": dates.day(max(span.last for span in spans)) if spans else "–",
        }.items():
            self._facts[name].show_text(text)
        own = plan.calendars.get(plan.info.calendar)
        self.calendar.show_text(calendar_words(own) if own is not None else "–")
        self.fiscal.value.show_text(_fiscal_words(plan.info.fiscal_start))
        self._show_teams()

    def _show_teams(self) -> None:
        plan = self._document.plan
        totals: dict[TeamId | None, int] = {}
        for item in plan.items.values():
            totals[item.team] = totals.get(item.team, 0) + 1
        for id in [id for id in self.lines if id not in plan.teams]:
            line = self.lines.pop(id)
            line.hide()
            line.deleteLater()
        rows = self._teams.rows
        first = rows.indexOf(self.add) - sum(1 for id in self.lines)
        for place, team in enumerate(ranked(plan.teams)):
            if team.id not in self.lines:
                self.lines[team.id] = TeamLine(team.id, self._document, self._messages, self)
                rows.insertWidget(first + place, self.lines[team.id])
            self.lines[team.id].show_team(self._theme, totals.get(team.id, 0))

    def _title_editor(self, parent: QWidget) -> Editor:
        editor = LineEditor(str.strip, str, parent)
        editor.set_value(self._document.plan.info.title)
        return editor

    def _keep_title(self, editor: Any) -> bool:
        self._document.commit(set_title, editor.value())
        return True

    def _fiscal_editor(self, parent: QWidget) -> Editor:
        options = [Option(month, _fiscal_words(month)) for month in range(1, 13)]
        editor = ChoiceEditor(options, lambda text: self._document.plan.info.fiscal_start, parent=parent)
        editor.set_value(self._document.plan.info.fiscal_start)
        return editor

    def _keep_fiscal(self, editor: Any) -> bool:
        self._document.commit(set_fiscal_start, editor.value())
        return True

    def _team_editor(self, parent: QWidget) -> Editor:
        editor = LineEditor(str.strip, str, parent)
        editor.setPlaceholderText(say("inspector.team-name"))
        return editor

    def _keep_team(self, editor: Any) -> bool:
        if editor.value():
            try:
                self._document.commit(add_team, TeamId(new_id()), editor.value())
            except Refused as refused:
                tell_refused(self._messages, refused)
                return False
        return True


def _fiscal_words(month: int) -> str:
    if month == 1:
        return say("inspector.fiscal-calendar-year")
    return say("inspector.fiscal-from", month=say("dates.long-months").split()[month - 1].capitalize())
