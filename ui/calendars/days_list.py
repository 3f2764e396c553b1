"""The days off of a calendar, and those worked all the same, in order: to look at, to change, to remove."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...io.strings import say
from ...model.records import Calendar, Days
from .look import look_of
from .words import run_words

_ROW = 26
_RUN = Qt.ItemDataRole.UserRole


class DaysList(QTreeWidget):
    """Each run of days with its name; `chosen` tells the one that is looked at, or that it is not one."""

    chosen = Signal(object)
    removal_asked = Signal()
    paste_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([say("calendars.days"), say("calendars.title")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(say("calendars.list"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.header().setHighlightSections(False)
        self._shown: list[tuple[Days, bool]] = []
        self.itemSelectionChanged.connect(self._tell)

    def show_calendar(self, calendar: Calendar) -> None:
        """Show the days of a calendar; what is selected stays so as far as it is there still."""
        runs = sorted(
            [*((run, False) for run in calendar.holidays), *((run, True) for run in calendar.extra)],
            key=lambda entry: (entry[0].first, entry[0].last, entry[0].title),
        )
        if runs == self._shown:
            return
        selected, colors = set(self.selected()), look_of(self).colors
        self._shown = runs
        self.blockSignals(True)
        self.clear()
        for run, worked in runs:
            item = QTreeWidgetItem([run_words(run), _title(run, worked)])
            item.setData(0, _RUN, (run, worked))
            item.setToolTip(1, run.title)
            item.setSizeHint(1, QSize(0, _ROW))
            if worked or not run.title:
                item.setForeground(1, QColor(colors.accent if worked else colors.ink2))
            self.addTopLevelItem(item)
            item.setSelected((run, worked) in selected)
        self.blockSignals(False)

    def selected(self) -> list[tuple[Days, bool]]:
        """The selected runs, each with whether it is worked."""
        return [item.data(0, _RUN) for item in self.selectedItems()]

    def show_year(self, year: int) -> None:
        """Scroll to the first days of a year."""
        for place, (run, _) in enumerate(self._shown):
            if run.last.year >= year:
                index = self.model().index(place, 0)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
                return

    def _tell(self) -> None:
        found = self.selected()
        self.chosen.emit(found[0] if len(found) == 1 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_asked.emit()
        elif event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.paste_asked.emit()
        else:
            super().keyPressEvent(event)


def _title(run: Days, worked: bool) -> str:
    if worked:
        return say("calendars.worked-run", title=run.title) if run.title else say("calendars.worked-untitled")
    return run.title or say("calendars.no-title")
