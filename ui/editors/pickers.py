"""The small panels that hang below an editor: a list to choose from, a month to pick a day in.

They are children of the editor's window and never take the focus, so the editor keeps its caret and no other
part of the program has to know of popups.
"""

from __future__ import annotations

from calendar import Calendar as MonthWeeks
from collections.abc import Callable, Collection, Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...io.strings import say
from .. import dates

_ROW = 28
_ROWS = 9
_MARGIN = 4


class Option(NamedTuple):
    """Something to choose: what it stands for, how it is called, and a fainter word before it."""

    value: object
    title: str
    hint: str = ""


class Panel(QFrame):
    """A frame that floats below its editor (above it where there is no room) and goes away with it."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor.window())
        self.setObjectName("picker")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.hide()
        self._editor = editor
        editor.installEventFilter(self)
        editor.destroyed.connect(self.deleteLater)

    def show_panel(self) -> None:
        """Put it where the editor is now, in front of everything in the window."""
        self.setPalette(self._editor.window().palette())
        above = self._editor.parentWidget()
        while above is not None and not above.isWindow():
            above.installEventFilter(self)  # the editor may be scrolled with what it stands in
            above = above.parentWidget()
        self._place(self.sizeHint())
        self.raise_()
        self.show()

    def _place(self, wanted: QSize) -> None:
        window = self.parentWidget()
        if window is None:
            return
        top = self._editor.mapTo(window, QPoint(0, 0))
        width = min(max(wanted.width(), self._editor.width()), window.width() - 8)
        below = window.height() - top.y() - self._editor.height() - 6
        under = wanted.height() <= below or below >= top.y()
        height = max(min(wanted.height(), below if under else top.y() - 6), _ROW + 2 * _MARGIN)
        y = top.y() + self._editor.height() + 2 if under else top.y() - height - 2
        x = min(max(top.x(), 4), window.width() - width - 4)
        self.setGeometry(x, y, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() in (QEvent.Type.Hide, QEvent.Type.FocusOut):
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            if self._editor.visibleRegion().isEmpty():
                self.hide()
            else:
                self._place(self.sizeHint())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mixed(palette.color(QPalette.ColorRole.Text), base_of(palette), 0.24)))
        painter.setBrush(base_of(palette))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


def base_of(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.Base)


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """`part` of the one colour in the other."""
    return QColor.fromRgbF(
        one.redF() * part + other.redF() * (1 - part),
        one.greenF() * part + other.greenF() * (1 - part),
        one.blueF() * part + other.blueF() * (1 - part),
    )


class ChoiceList(Panel):
    """The choices that fit what is typed; `picked` tells which one was clicked."""

    picked = Signal(object)

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._list = QListWidget(self)
        self._list.setObjectName("picker-list")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.viewport().setAutoFillBackground(False)
        self._list.itemClicked.connect(self._clicked)
        self._list.setAccessibleName(say("picker.choices"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(self._list)
        self.options: list[Option] = []

    def show_options(
        self, options: Sequence[Option], current: int = -1, ticked: Collection[object] | None = None
    ) -> None:
        """Show these choices with one of them highlighted; nothing to choose hides the list.

        With `ticked`, each has a box that says whether it is among those values.
        """
        self.options = list(options)
        self._list.clear()
        self._dress()
        for option in self.options:
            text = f"{option.hint}  {option.title}" if option.hint else option.title
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(text if len(text) > 40 else "")
            if ticked is not None:
                on = option.value in ticked
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(current)
        if self.options:
            self.show_panel()
        else:
            self.hide()

    def step(self, by: int) -> None:
        """Move the highlight, going round at the ends."""
        if self.options:
            self._list.setCurrentRow(
                (max(self._list.currentRow(), -1 if by > 0 else 0) + by) % len(self.options)
            )

    @property
    def current(self) -> Option | None:
        row = self._list.currentRow()
        return self.options[row] if 0 <= row < len(self.options) else None

    def sizeHint(self) -> QSize:
        metrics = self._list.fontMetrics()
        texts = (f"{option.hint}  {option.title}" for option in self.options)
        width = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(min(max(width + 48, 160), 360), min(len(self.options), _ROWS) * _ROW + 2 * _MARGIN)

    def _clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(self.options[self._list.row(item)])

    def _dress(self) -> None:
        palette = self._editor.window().palette()
        ink, base = palette.color(QPalette.ColorRole.Text), base_of(palette)
        accent = palette.color(QPalette.ColorRole.Highlight)
        self._list.setStyleSheet(
            "QListWidget { background: transparent; border: none; outline: none; padding: 0; }"
            f"QListWidget::item {{ color: {ink.name()}; border-radius: 4px; padding: 0 8px; border: none; }}"
            f"QListWidget::item:hover {{ background: {mixed(ink, base, 0.07).name()}; }}"
            "QListWidget::item:selected"
            f"{{ background: {mixed(accent, base, 0.22).name()}; color: {ink.name()}; }}"
        )


class MonthPanel(Panel):
    """A month to pick a day in; days off are faint. `picked` tells the day."""

    picked = Signal(object)
    _CELL = 30
    _HEAD = 34
    _NAMES = 22

    def __init__(self, editor: QWidget, works: Callable[[date], bool]) -> None:
        super().__init__(editor)
        self._works = works
        self._day: date | None = None
        self._month = date.today().replace(day=1)
        self._hover = QPoint(-1, -1)
        self.setMouseTracking(True)
        self.setAccessibleName(say("picker.month"))

    def show_day(self, day: date | None, otherwise: date) -> None:
        """Show the month of `day` with the day marked, else the month of `otherwise`."""
        self._day = day
        self._month = (day or otherwise).replace(day=1)
        self.update()
        if not self.isVisible():
            self.show_panel()

    def turn(self, months: int) -> None:
        """Leaf through the months."""
        count = self._month.year * 12 + self._month.month - 1 + months
        if MINYEAR < count // 12 < MAXYEAR:
            self._month = date(count // 12, count % 12 + 1, 1)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(7 * self._CELL + 16, self._HEAD + self._NAMES + 6 * self._CELL + 12)

    def _place(self, wanted: QSize) -> None:
        super()._place(wanted)
        self.resize(wanted)
        window = self.parentWidget()
        if window is not None:
            x = min(self.x(), window.width() - wanted.width() - 4)
            y = min(self.y(), window.height() - wanted.height() - 4)
            self.move(max(x, 0), max(y, 0))

    def _days(self) -> list[tuple[QRect, date]]:
        if not MINYEAR < self._month.year < MAXYEAR:
            return []
        weeks = MonthWeeks().monthdatescalendar(self._month.year, self._month.month)
        top = self._HEAD + self._NAMES + 4
        return [
            (QRect(8 + column * self._CELL, top + row * self._CELL, self._CELL, self._CELL), day)
            for row, week in enumerate(weeks)
            for column, day in enumerate(week)
        ]

    def _arrows(self) -> tuple[QRect, QRect]:
        return QRect(8, 6, 28, 24), QRect(self.width() - 36, 6, 28, 24)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = event.position().toPoint()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = QPoint(-1, -1)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for arrow, months in zip(self._arrows(), (-1, 1), strict=True):
            if arrow.contains(point):
                self.turn(months)
                return
        for rect, day in self._days():
            if rect.contains(point):
                self.picked.emit(day)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.turn(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        palette = self.palette()
        ink, base = palette.color(QPalette.ColorRole.Text), base_of(palette)
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter, ink, base)
        for rect, day in self._days():
            inside = day.month == self._month.month
            round_ = QRectF(rect).adjusted(2, 2, -2, -2)
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = day == self._day
            if chosen or rect.contains(self._hover):
                painter.setBrush(accent if chosen else mixed(ink, base, 0.1))
                painter.drawRoundedRect(round_, 6, 6)
            elif day == date.today():
                painter.setPen(accent)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(round_, 6, 6)
            strength = 1.0 if inside and self._works(day) else 0.55 if inside else 0.3
            color = (
                palette.color(QPalette.ColorRole.HighlightedText) if chosen else mixed(ink, base, strength)
            )
            painter.setPen(color)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.end()

    def _paint_head(self, painter: QPainter, ink: QColor, base: QColor) -> None:
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        title = f"{dates.months()[self._month.month - 1]} {self._month.year}"
        painter.drawText(QRect(0, 6, self.width(), 24), Qt.AlignmentFlag.AlignCenter, title)
        painter.setFont(self.font())
        for arrow, point in zip(self._arrows(), (-1, 1), strict=True):
            if arrow.contains(self._hover):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mixed(ink, base, 0.1))
                painter.drawRoundedRect(QRectF(arrow), 4, 4)
            painter.setPen(QPen(mixed(ink, base, 0.7), 1.6))
            x, y = arrow.center().x() + point * 2, arrow.center().y() + 1
            painter.drawPolyline([QPoint(x - 4 * point, y - 4), QPoint(x, y), QPoint(x - 4 * point, y + 4)])
        painter.setPen(mixed(ink, base, 0.5))
        for column, name in enumerate(say("dates.weekdays").split()):
            cell = QRect(8 + column * self._CELL, self._HEAD, self._CELL, self._NAMES)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, name[:2].capitalize())
