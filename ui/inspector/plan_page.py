"""The inspector's page when nothing is selected: the plan at a glance, and its teams."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.items import ranked
from ...model.edits.people import add_team, remove_team, rename_team, set_title
from ...model.query import color_place
from ...model.records import TeamId, new_id
from ...model.refused import Refused
from .. import dates
from ..editor_widgets import LineEditor
from ..editors import Editor, tell_refused
from ..messages import Messages
from ..palette import Theme
from .in_place import InPlace, Value
from .rows import CaptionRow, Section


class Dot(QWidget):
    """A team's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(14, 26))
        self.color = "#000000"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.color))
        painter.drawEllipse(QPointF(6, self.height() / 2), 4.5, 4.5)
        painter.end()


class TeamLine(QWidget):
    """A team: its colour, its name to edit in place, how many items it has, a cross."""

    def __init__(
        self, id: TeamId, document: Document, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._id, self._document, self._messages = id, document, messages
        self.dot = Dot(self)
        self.title = InPlace(self._editor, self._keep, self)
        self.title.value.setAccessibleName(say("inspector.team"))
        self.total = QLabel(self)
        self.total.setObjectName("level")
        self.cross = QToolButton(self)
        self.cross.setObjectName("cross")
        self.cross.setText("×")
        self.cross.setToolTip(say("inspector.remove-team"))
        self.cross.setAccessibleName(say("inspector.remove-team"))
        self.cross.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cross.clicked.connect(self._remove)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.dot)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.total)
        layout.addWidget(self.cross)

    def show_team(self, theme: Theme, items: int) -> None:
        plan = self._document.plan
        team = plan.teams[self._id]
        self.dot.color = theme.lane(team.color, color_place(plan, "team", self._id) or 0).fill
        self.dot.update()
        self.title.value.show_text(team.title)
        self.total.setText(str(items))
        self.total.setToolTip(count("inspector.items", items))

    def _editor(self, parent: QWidget) -> Editor:
        editor = LineEditor(str.strip, str, parent)
        editor.set_value(self._document.plan.teams[self._id].title)
        return editor

    def _keep(self, editor: Any) -> bool:
        title = editor.value()
        if not title or self._id not in self._document.kept.teams:
            return True
        try:
            self._document.commit(rename_team, self._id, title)
        except Refused as refused:
            tell_refused(self._messages, refused)
            return False
        return True

    def _remove(self) -> None:
        team = self._document.kept.teams.get(self._id)
        if team is not None:
            self._document.commit(remove_team, self._id)
            self._messages.say("inspector.team-removed", title=team.title)


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
        for part in (self.title, facts, self._teams):
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
