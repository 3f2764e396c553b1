"""A team on the inspector's page of the plan, and what there is to do with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits.calendars import set_team_calendar
from ...model.edits.people import remove_team, rename_team
from ...model.plan import Plan
from ...model.records import CalendarId, TeamId
from ...model.refused import Refused
from ..drawing.palette import Theme, tones
from ..editors.of_fields import Editor, tell_refused
from ..editors.widgets import LineEditor
from ..messages import Messages
from ..timeline.board import lane_for
from .in_place import InPlace


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


class CalendarButton(QToolButton):
    """A sheet of a calendar; in the accent colour where a team has one of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cross")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.color = "#000000"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.color), 1.2))
        sheet = QRectF(0, 0, 12, 11)
        sheet.moveCenter(QRectF(self.rect()).center())
        painter.drawRoundedRect(sheet, 2, 2)
        line = sheet.top() + 3.5
        painter.drawLine(QPointF(sheet.left(), line), QPointF(sheet.right(), line))
        painter.end()


class TeamLine(QWidget):
    """A team: its colour, its name to edit in place, how many items it has, its calendar, a cross."""

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
        self.calendar = CalendarButton(self)
        self.calendar.clicked.connect(self._choose_calendar)
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
        layout.addSpacing(2)
        layout.addWidget(self.calendar)
        layout.addWidget(self.cross)

    def show_team(self, theme: Theme, items: int) -> None:
        plan = self._document.plan
        team = plan.teams[self._id]
        self.dot.color = tones(lane_for(plan, theme, "team", self._id)).fill
        self.dot.update()
        self.title.value.show_text(team.title)
        self.total.setText(str(items))
        self.total.setToolTip(count("inspector.items", items))
        own = plan.calendars.get(team.calendar) if team.calendar is not None else None
        words = own.title or own.id if own is not None else plan_calendar(plan)
        self.calendar.color = theme.colors.accent if own is not None else theme.colors.ink3
        self.calendar.setToolTip(f"{say('inspector.team-calendar')}: {words}")
        self.calendar.setAccessibleName(self.calendar.toolTip())
        self.calendar.update()

    def _choose_calendar(self) -> None:
        """A menu of the plan's calendars, and the way to all that can be done with them."""
        plan = self._document.plan
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        team = plan.teams[self._id]
        others = [calendar for id, calendar in plan.calendars.items() if id != plan.info.calendar]
        chosen = team.calendar if team.calendar != plan.info.calendar else None
        self._offer(menu, plan_calendar(plan), None, chosen is None)
        for calendar in others:
            self._offer(menu, calendar.title or calendar.id, calendar.id, calendar.id == chosen)
        menu.addSeparator()
        more = menu.addAction(say("inspector.calendars"))
        more.triggered.connect(
            lambda: open_calendars(self, self._document, self._messages, team.calendar or plan.info.calendar)
        )
        menu.popup(self.calendar.mapToGlobal(self.calendar.rect().bottomLeft()))

    def _offer(self, menu: QMenu, words: str, id: CalendarId | None, chosen: bool) -> None:
        action: QAction = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda: self._document.commit(set_team_calendar, self._id, id))

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


def plan_calendar(plan: Plan) -> str:
    """The words for what a team without a calendar of its own works by."""
    own = plan.calendars.get(plan.info.calendar)
    return say("inspector.plan-calendar", title=own.title or own.id if own is not None else "–")


def open_calendars(parent: QWidget, document: Document, messages: Messages, chosen: CalendarId) -> None:
    """Open the dialog for calendars, at one of them."""
    from ..calendars.dialog import CalendarsDialog

    CalendarsDialog(parent.window(), document, messages, chosen).open()
