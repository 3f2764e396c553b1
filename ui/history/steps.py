"""The list of kept changes, the latest first: a line is read when it comes into sight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ...io.strings import say
from ...model.history.kept import History, moment
from ...model.history.past import Heading
from ...model.plan import Plan
from ...model.refused import Refused
from .. import dates
from ..drawing.palette import Theme
from .wording import sentence

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 52
_KEPT = 500
"""Lines that have been read are kept, up to so many."""


class Line:
    """A step as it is shown."""

    def __init__(self, words: str, heading: Heading) -> None:
        self.words = words
        made = moment(heading.time)
        when = dates.moment(made) if made is not None else ""
        self.when = " · ".join(part for part in (when, heading.author) if part)
        self.reason = heading.reason


class Steps(QAbstractListModel):
    """The places of the history that are shown; row 0 is the latest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history: History | None = None
        self.places: Sequence[int] = ()
        self._plan = Plan()
        self._lines: dict[int, Line] = {}

    def show_steps(self, history: History, places: Sequence[int], plan: Plan) -> None:
        self.beginResetModel()
        self.history, self.places, self._plan = history, places, plan
        self._lines.clear()
        self.endResetModel()

    def place_at(self, row: int) -> int | None:
        """Where in the history the step of a row is."""
        return self.places[len(self.places) - 1 - row] if 0 <= row < len(self.places) else None

    def row_of(self, place: int) -> int | None:
        at = bisect_left(self.places, place)
        found = at < len(self.places) and self.places[at] == place
        return len(self.places) - 1 - at if found else None

    def line(self, place: int) -> Line:
        """The step at a place, in words."""
        if place not in self._lines:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            assert self.history is not None
            heading = self.history.heading(place)
            try:
                words = sentence(self.history.step(place), self._plan)
            except Refused as refused:
                words = say(refused.code)
            self._lines[place] = Line(words, heading)
        return self._lines[place]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.places)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place_at(index.row())
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.line(place).words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            line = self.line(place)
            return "\n".join(part for part in (line.words, line.when, line.reason) if part)
        return None


class StepDelegate(QStyledItemDelegate):
    """Two lines a step: what was done; when, by whom and why."""

    def __init__(self, steps: Steps, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        place = self._steps.place_at(index.row())
        if place is None:
            return
        line, colors = self._steps.line(place), self.theme.colors
        rect = option.rect.adjusted(0, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selection if selected else colors.hover))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
        text = rect.adjusted(10, 6, -10, -6)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(colors.ink))
        left = Qt.AlignmentFlag.AlignLeft
        room = option.fontMetrics.elidedText(line.words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, left | Qt.AlignmentFlag.AlignTop, room)
        painter.setFont(option.font)
        painter.setPen(QColor(colors.ink2))
        below = " · ".join(part for part in (line.when, f"“{line.reason}”" if line.reason else "") if part)
        below = option.fontMetrics.elidedText(below, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, left | Qt.AlignmentFlag.AlignBottom, below)
        painter.restore()
