"""Editors of single values: filled by `set_value`, read by `value`; `finished`: no key is needed any more.

They know nothing of documents; what a text means they are told by a function.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from PySide6.QtCore import QLocale, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QWidget

from ...model.refused import Refused
from .. import dates
from .pickers import MonthPanel, mixed

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Reader: TypeAlias = Callable[[str], Any]
Writer: TypeAlias = Callable[[Any], str]


class LineEditor(QLineEdit):
    """One line of text, and what `read` makes of it."""

    finished = Signal()

    def __init__(self, read: Reader, write: Writer, parent: QWidget | None, *, numeric: bool = False) -> None:
        super().__init__(parent)
        self._read, self._write = read, write
        self.setFrame(False)
        self.setMinimumWidth(40)
        if numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def value(self) -> Any:
        return self._read(self.text())

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else self._write(value))
        self.selectAll()

    def type_first(self, text: str) -> None:
        """Go on from the key that opened the editor: it replaces what was there."""
        self.setText(text)
        self.textEdited.emit(text)


class LongEditor(QPlainTextEdit):
    """Several lines. Enter ends the entry where `enter_keeps`; else, or with Shift, it breaks the line."""

    finished = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.enter_keeps = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(3)

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: Any) -> None:
        self.setPlainText(value or "")
        self.selectAll()

    def type_first(self, text: str) -> None:
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            control = bool(modified & Qt.KeyboardModifier.ControlModifier)
            if control or (self.enter_keeps and not modified):
                self.finished.emit()
            else:
                self.insertPlainText("\n")
            return
        super().keyPressEvent(event)


class FlagEditor(QCheckBox):
    """Yes or no; changing it is all there is to do."""

    finished = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.clicked.connect(self.finished)

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def type_first(self, text: str) -> None:
        """Nothing: there is nothing to type."""


class DateEditor(QLineEdit):
    """A day, typed in any usual way or picked; what a text is understood as is written faintly behind it.

    Up and Down go a day on or back, Page Up and Page Down a month.
    """

    finished = Signal()
    _ICON = 24

    def __init__(self, field: str, works: Callable[[int], bool], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._field, self._works = field, works
        self._before: date | None = None
        self._month: MonthPanel | None = None
        self.setFrame(False)
        self.setMinimumWidth(40)
        self.setTextMargins(0, 0, self._ICON, 0)
        self.setMouseTracking(True)
        self.textEdited.connect(self._typed)

    @staticmethod
    def read(field: str, text: str, near: date | None = None) -> date:
        """The day that is meant.

        Raises:
            Refused("value.unreadable_day", field, text): no day.
        """
        order = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        found = dates.read_day(text, date.today(), near=near, month_first=order.lstrip(" '").startswith("M"))
        if found is None:
            raise Refused("value.unreadable_day", field=field, text=text)
        return found

    def set_value(self, value: Any) -> None:
        self._before = value
        self.setText("" if value is None else dates.day(value))
        self.selectAll()

    def value(self) -> date | None:
        text = self.text().strip()
        return self.read(self._field, text, self._before) if text else None

    def type_first(self, text: str) -> None:
        self.setText(text)
        self._typed(text)

    def pick(self) -> None:
        """Open the month, or close it."""
        if self._month is not None and self._month.isVisible():
            self._month.hide()
            return
        if self._month is None:
            self._month = MonthPanel(self, lambda day: self._works(day.toordinal()))
            self._month.picked.connect(self._picked)
        day = self._understood()
        self._month.show_day(day, day or self._before or date.today())

    def _understood(self) -> date | None:
        try:
            return self.value()
        except Refused:
            return None

    def _typed(self, text: str) -> None:
        self.update()
        if self._month is not None and self._month.isVisible():
            day = self._understood()
            self._month.show_day(day, day or date.today())

    def _picked(self, day: date) -> None:
        self.setText(dates.day(day))
        if self._month is not None:
            self._month.hide()
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: "+1d",
            Qt.Key.Key_Down: "-1d",
            Qt.Key.Key_PageUp: "-1m",
            Qt.Key.Key_PageDown: "+1m",
        }
        step = steps.get(Qt.Key(event.key()))
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and step:
            self.pick()
        elif step:
            day = self._understood() or self._before
            moved = dates.read_day(step, date.today(), near=day) if day else date.today()
            if moved is not None:
                self.setText(dates.day(moved))
                self._typed(self.text())
        else:
            super().keyPressEvent(event)

    def _icon(self) -> QRect:
        return QRect(self.width() - self._ICON, 0, self._ICON, self.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_icon = self._icon().contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_icon else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._icon().contains(event.position().toPoint()):
            self.pick()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        palette = self.palette()
        ink, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_meaning(painter, mixed(ink, base, 0.5))
        painter.setPen(QPen(mixed(ink, base, 0.6), 1.2))
        center = QPointF(self._icon().center())
        x, y = center.x() - 5.5, center.y() - 5
        painter.drawRoundedRect(int(x), int(y), 12, 11, 2, 2)
        painter.drawLine(QPointF(x, y + 3.5), QPointF(x + 12, y + 3.5))
        painter.end()

    def _paint_meaning(self, painter: QPainter, color: QColor) -> None:
        day = self._understood()
        meaning = dates.day(day) if day else ""
        metrics = self.fontMetrics()
        if not meaning or meaning == self.text().strip():
            return
        left = metrics.horizontalAdvance(self.text()) + 16
        room = self.width() - self._ICON - left
        if metrics.horizontalAdvance(meaning) <= room:
            painter.setPen(color)
            where = QRect(left, 0, room, self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, meaning)
