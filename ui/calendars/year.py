"""A year of a calendar at a glance: what is worked, what is not, and why."""

from __future__ import annotations

from calendar import Calendar as MonthWeeks
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ...io.strings import say
from ...model.calendar import WorkingDays
from ...model.holidays import FIRST_YEAR, LAST_YEAR
from ...model.records import Calendar, CalendarId, Days
from .. import dates
from ..drawing.palette import Theme, readable
from .look import look_of
from .words import weekday_names

_TITLE = 20
_NAMES = 15
_GAP = 16
_LEAST_WIDTH, _LEAST_HEIGHT = 15, 13


class Cell(NamedTuple):
    """A day and its place on the screen."""

    day: date
    where: QRect


class YearView(QWidget):
    """Twelve months; a click turns a day round, a drag marks days, wheel and Page keys turn the years."""

    turned = Signal(object)
    """A day was clicked."""
    marked = Signal(object, object)
    """First and last day of a stretch that was dragged over."""
    year_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("calendars.year"))
        self.today = date.today()
        self.year = self.today.year
        self._record = Calendar(id=CalendarId(""))
        self._working = WorkingDays(self._record)
        self._reasons: dict[date, list[Days]] = {}
        self._current = self.today
        self._marks: tuple[date | None, date | None] = (None, None)
        self._pressed: date | None = None
        self._hover: date | None = None
        self._cells: list[Cell] = []
        self._months: list[tuple[int, QRect]] = []

    # What it shows

    def show_calendar(self, record: Calendar) -> None:
        self._record, self._working = record, WorkingDays(record)
        self._look_up()

    def show_year(self, year: int) -> None:
        """Turn to a year; there is none before 1900 or after 2200."""
        year = min(max(year, FIRST_YEAR), LAST_YEAR)
        if year != self.year:
            self.year = year
            self._current = _same_day(self._current, year)
            self._place()
            self._look_up()
            self.year_changed.emit(year)

    def mark(self, first: date | None, last: date | None) -> None:
        """Show days as marked, and their year."""
        if first is not None:
            self._current = first
            self.show_year(first.year)
        self._marks = (first, last)
        self.update()

    def worked_days(self) -> int:
        """How many days of the year are worked."""
        first, after = date(self.year, 1, 1), date(self.year, 12, 31) + timedelta(days=1)
        return self._working.between(first.toordinal(), after.toordinal())

    def words_for(self, day: date) -> str:
        """A day, whether it is worked, and what makes it so."""
        parts = [f"{weekday_names()[day.weekday()]} {dates.day(day)}"]
        parts += [run.title for run in self._reasons.get(day, ()) if run.title]
        worked = self._working.is_working(day)
        usual = day.weekday() in self._record.weekdays
        extra = worked and any(run.first <= day <= run.last for run in self._record.extra)
        kind = "extra" if extra else "worked" if worked else "off" if usual else "weekend"
        return " · ".join([*parts, say(f"calendars.day-{kind}")])

    def cell_of(self, day: date) -> QRect:
        """Where a day of the year is."""
        return next((cell.where for cell in self._cells if cell.day == day), QRect())

    def _look_up(self) -> None:
        self._reasons = {}
        begin, end = date(self.year, 1, 1), date(self.year, 12, 31)
        for run in (*self._record.holidays, *self._record.extra):
            day = max(run.first, begin)
            while day <= min(run.last, end):
                self._reasons.setdefault(day, []).append(run)
                day += timedelta(days=1)
        self.update()

    # Places

    def sizeHint(self) -> QSize:
        return QSize(4 * (7 * 19 + _GAP), 3 * (_TITLE + _NAMES + 6 * 19 + _GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * (7 * _LEAST_WIDTH + 8), 3 * (_TITLE + _NAMES + 6 * _LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """Put the months into three rows of four."""
        wide = (self.width() - 3 * _GAP) // 28
        high = (self.height() // 3 - _TITLE - _NAMES - 4) // 6
        size = max(min(wide, high + 4), 8)
        tall = max(min(high, size), 8)
        gap = max((self.width() - 28 * size) // 3, 4)
        step = self.height() // 3
        self._cells, self._months = [], []
        for month in range(12):
            left, top = month % 4 * (7 * size + gap), month // 4 * step
            self._months.append((month + 1, QRect(left, top, 7 * size, _TITLE + _NAMES)))
            for row, week in enumerate(MonthWeeks().monthdatescalendar(self.year, month + 1)):
                for column, day in enumerate(week):
                    if day.month == month + 1 and day.year == self.year:
                        y = top + _TITLE + _NAMES + row * tall
                        self._cells.append(Cell(day, QRect(left + column * size, y, size, tall)))

    def day_at(self, at: QPoint) -> date | None:
        return next((cell.day for cell in self._cells if cell.where.contains(at)), None)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.day_at(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self.day_at(event.position().toPoint())
        if self._pressed is not None and self._hover is not None and self._hover != self._pressed:
            self._marks = (min(self._pressed, self._hover), max(self._pressed, self._hover))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._hover else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        day = self.day_at(event.position().toPoint())
        if pressed is None or day is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._current = day
        if day == pressed:
            self.turned.emit(day)
        else:
            self.marked.emit(*sorted((pressed, day)))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.show_year(self.year + (-1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.show_year(self.year + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Space:
            self.turned.emit(self._current)
        elif (step := steps.get(Qt.Key(key))) is not None:
            day = self._current + timedelta(days=step)
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                self._current = day
                self.show_year(day.year)
                self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos())
            if day is not None:
                QToolTip.showText(event.globalPos(), self.words_for(day), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month, where in self._months:
            self._paint_head(painter, look, month, where)
        small = QFont(self.font())
        small.setPixelSize(11 if self._cells and self._cells[0].where.width() > 17 else 10)
        painter.setFont(small)
        for cell in self._cells:
            self._paint_day(painter, look, cell)
        painter.end()

    def _paint_head(self, painter: QPainter, look: Theme, month: int, where: QRect) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(look.colors.ink))
        name = say("dates.long-months").split()[month - 1].capitalize()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where.adjusted(3, 0, 0, -_NAMES), left, name)
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(QColor(look.colors.ink2))
        size = where.width() // 7
        for column, weekday in enumerate(weekday_names()):
            box = QRect(where.left() + column * size, where.bottom() - _NAMES + 1, size, _NAMES)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, weekday[: 2 if size > 17 else 1])

    def _paint_day(self, painter: QPainter, look: Theme, cell: Cell) -> None:
        colors, day = look.colors, cell.day
        worked = self._working.is_working(day)
        usual = day.weekday() in self._record.weekdays
        box = QRectF(cell.where).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = colors.ink
        if worked and not usual:
            painter.setBrush(QColor(colors.selection))
            painter.drawRoundedRect(box, 3, 3)
            ink = readable(colors.accent, colors.selection)
        elif not worked and usual:
            painter.setBrush(QColor(colors.danger_soft))
            painter.drawRoundedRect(box, 3, 3)
            ink = readable(colors.danger, colors.danger_soft)
        elif not worked:
            painter.setBrush(QColor(colors.off_day))
            painter.drawRect(QRectF(cell.where))
            ink = colors.danger if self._reasons.get(day) else colors.ink3
        self._outline(painter, look, cell, box)
        painter.setPen(QColor(ink))
        painter.drawText(cell.where, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _outline(self, painter: QPainter, look: Theme, cell: Cell, box: QRectF) -> None:
        """Rings for what is marked, today, under the hand, and at the keyboard's place."""
        colors, (first, last) = look.colors, self._marks
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if first is not None and last is not None and first <= cell.day <= last:
            painter.setPen(QPen(QColor(colors.accent), 1.4))
            painter.drawRoundedRect(box, 3, 3)
        elif cell.day == self._hover or (self.hasFocus() and cell.day == self._current):
            painter.setPen(QPen(QColor(colors.ink3), 1.2))
            painter.drawRoundedRect(box, 3, 3)
        elif cell.day == self.today:
            painter.setPen(QPen(QColor(colors.today), 1.4))
            painter.drawRoundedRect(box, 3, 3)


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)
