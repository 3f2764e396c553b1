"""What a column lets through: values with ticks, from and to for numbers and days, words for texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ...io.strings import field_title, say
from ...model.fields import WORDS, Field
from ...model.plan import Plan
from ...model.rows.filters import Asker
from ...model.rows.periods import period
from ...model.schedule import Schedule
from .. import dates
from . import filtering
from .filtering import RANGED, Range
from .popover import Popover, SearchLine, TickList, is_ticked

_TYPED = ("text", "long", "url", "links")
_MOST_SHOWN = 1000


class FilterPanel(Popover):
    """`filtered` tells the filter of the whole view at every change."""

    filtered = Signal(str)

    def __init__(
        self, field: Field, plan: Plan, times: Schedule, text: str, asker: Asker, parent: QWidget
    ) -> None:
        super().__init__(say("table.filter-by", field=field_title(field)), parent)
        self._field, self._plan, self._text = field, plan, text
        self._values = filtering.values_of(plan, times, text, field, asker)
        if field.kind in RANGED:
            self._add_range()
        elif field.kind in _TYPED:
            self._add_words()
        else:
            self._add_values()
        clear = QPushButton(say("table.filter-off"), self)
        clear.setProperty("quiet", True)
        clear.clicked.connect(self._take_off)
        row = QHBoxLayout()
        row.addWidget(clear)
        row.addStretch()
        self.column.addLayout(row)

    def _add_range(self) -> None:
        ends = filtering.range_of(self._plan, self._text, self._field)
        self.low = self._line(say("table.from"), ends.low, self._range_typed)
        self.high = self._line(say("table.to"), ends.high, self._range_typed)
        day = self._field.kind == "date"
        hint = QLabel(say("table.range-days" if day else "table.range-numbers"), self)
        hint.setObjectName("popover-hint")
        hint.setWordWrap(True)
        self.column.addWidget(hint)
        self.low.setFocus()

    def _range_typed(self) -> None:
        ends = Range(self._end(self.low.text()), self._end(self.high.text()))
        self.filtered.emit(filtering.with_range(self._plan, self._text, self._field, ends))

    def _end(self, text: str) -> str:
        """An end of a range as the filter writes it: a day may be typed in any usual way."""
        text, today = text.strip(), date.today()
        if self._field.kind != "date" or period(text, today, self._plan.info.fiscal_start) is not None:
            return text
        day = dates.read_day(text, today) if text else None
        return day.isoformat() if day is not None else text

    def _add_words(self) -> None:
        words = filtering.words_of(self._plan, self._text, self._field)
        self.words = self._line(say("table.contains"), words, self._words_typed)
        self.words.setFocus()

    def _words_typed(self) -> None:
        words = self.words.text()
        self.filtered.emit(filtering.with_words(self._plan, self._text, self._field, words))

    def _line(self, title: str, text: str, typed: Callable[[], None]) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setAccessibleName(title)
        line.setPlaceholderText(title)
        line.setClearButtonEnabled(True)
        line.textChanged.connect(typed)
        line.returnPressed.connect(self.close)
        self.column.addWidget(line)
        return line

    def _add_values(self) -> None:
        self.list = TickList(say("table.values"), self)
        for place, one in enumerate(self._values[:_MOST_SHOWN]):
            self.list.add(self._title(one.text), one.ticked, place, f"{one.count:,}")
        self.list.itemChanged.connect(lambda _: self._ticked())
        search = SearchLine(self.list, self)
        row = QHBoxLayout()
        for code, ticked in (("table.tick-all", True), ("table.tick-none", False)):
            button = QPushButton(say(code), self)
            button.setProperty("quiet", True)
            button.clicked.connect(lambda _=False, ticked=ticked: self.tick_shown(ticked))
            row.addWidget(button)
        row.addStretch()
        self.column.addWidget(search)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        search.setFocus()

    def _title(self, text: str) -> str:
        """A value as people read it."""
        if not text:
            return say("table.no-value")
        if self._field.kind == "flag":
            return say(f"flag.{text}")
        return say(f"{self._field.key}.{text}") if self._field.key in WORDS else text

    def tick_shown(self, ticked: bool) -> None:
        """Tick the lines that the search shows, or take their ticks away, in one go."""
        self.list.tick([line for line in self.list.lines() if not line.isHidden()], ticked)
        self._ticked()

    def _ticked(self) -> None:
        ticks = [is_ticked(line) for line in self.list.lines()]
        ticks += [one.ticked for one in self._values[len(ticks) :]]
        values = [
            filtering.Choice(one.text, one.count, ticked)
            for one, ticked in zip(self._values, ticks, strict=True)
        ]
        self.filtered.emit(filtering.with_values(self._plan, self._text, self._field, values))

    def _take_off(self) -> None:
        self.filtered.emit(filtering.cleared(self._plan, self._text, self._field))
        self.close()
