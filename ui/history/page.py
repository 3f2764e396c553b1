"""The page of the history: every kept change, the plan as it was after it, and the ways back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, knows, say
from ...model.change import Change
from ...model.document import Document
from ...model.history.kept import History, Sought
from ...model.records import ItemId
from ...model.refused import Refused
from .. import dates
from ..drawing.palette import Theme
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from ..timeline.page import TimelinePage
from .notice import notice
from .steps import StepDelegate, Steps
from .trend_view import TrendView
from .ways_back import WaysBack
from .wording import touched

_IDLE = 250
"""Milliseconds after a key until the history is searched."""
_MOST_DAYS = 400


class HistoryPage(QWidget):
    """A step that is chosen shows the plan as it was after it; the latest is the plan of now.

    The plan is there to be looked at: only the ways back change it.
    """

    barred = "history.only_shown"
    """The code of the refusal that a change on this page meets."""
    item_opened = Signal(str)
    """An item wants to be seen whole."""

    def __init__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> None:
        super().__init__()
        self.document, self.session, self.messages = document, session, messages
        self.history = History(document)
        self.steps = Steps(self)
        self._stale = True
        self.search = QLineEdit(placeholderText=say("history.search"), clearButtonEnabled=True)
        self.search.setAccessibleName(say("history.search"))
        self.person, self.day = QComboBox(), QComboBox()
        self.selected = _toggle(say("history.selected"))
        self.selected.setObjectName("historySelected")
        self.selected.setToolTip(say("history.selected.tip"))
        self.list = QListView()
        self.delegate = StepDelegate(self.steps, theme, self.list)
        self.total = QLabel()
        self.total.setProperty("tone", "second")
        self.ways_back = WaysBack(document, session, messages)
        self.empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.empty.setTextFormat(Qt.TextFormat.RichText)
        self.then = TimelinePage(document, signals, session, messages, theme)
        self.then.stage.closed = self.barred
        self.trend = TrendView(document, theme)
        self.stack = QStackedWidget()
        self._wait = QTimer(self, singleShot=True, interval=_IDLE)
        self._arrange()
        self._connect(signals)
        self._wear(theme)

    def _connect(self, signals: DocumentSignals) -> None:
        self._wait.timeout.connect(self.refilter)
        self.search.textChanged.connect(self._wait.start)
        self.person.currentIndexChanged.connect(self.refilter)
        self.day.currentIndexChanged.connect(self.refilter)
        self.selected.toggled.connect(self.refilter)
        self.list.selectionModel().currentChanged.connect(self._look)
        self.trend.chosen.connect(lambda id: self.session.select([ItemId(id)]))
        self.then.open_requested.connect(self.item_opened)
        signals.changed.connect(self._changed)
        self.session.selection_changed.connect(self._selected)

    # Showing

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self._wear(theme)
        self.then.set_theme(theme)
        self.trend.set_theme(theme)
        self.list.viewport().update()

    def _wear(self, theme: Theme) -> None:
        self.setStyleSheet(style(theme))
        self.empty.setText(notice("history.empty", theme))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wait.stop()

    def refresh(self) -> None:
        """Show the history as it is now; out of sight this waits until the page is shown."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self.history = History(self.document, self.history)
        for box, first, others in (
            (self.person, say("history.everybody"), [(name, name) for name in self.history.authors()]),
            (self.day, say("history.any_day"), [(dates.day(d), d) for d in self.history.days()[:_MOST_DAYS]]),
        ):
            chosen = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                for words, value in ((first, None), *others):
                    box.addItem(words, value)
                box.setCurrentIndex(max(box.findData(chosen), 0))
        empty = not len(self.history)
        for widget in (self.search, self.day, self.total, self.selected, self.list, self.ways_back):
            widget.setVisible(not empty)
        self.empty.setVisible(empty)
        self.person.setVisible(self.person.count() > 2)
        self.refilter()
        self.trend.show_history(self.history)

    def refilter(self) -> None:
        """Show the steps that the filter leaves."""
        item = self.session.current if self.selected.isChecked() else None
        day: date | None = self.day.currentData()
        places = self.history.found(self._sought(), item, self.person.currentData(), day)
        shown = self._place()
        self.steps.show_steps(self.history, places, self.document.kept)
        found = count("history.count", len(places)) if len(places) else say("history.nothing_found")
        self.total.setText(found)
        row = self.steps.row_of(shown) if shown is not None and self.document.looking else None
        if row is not None:
            self.list.setCurrentIndex(self.steps.index(row))
        self._enable()

    def _sought(self) -> Sought | None:
        """What is searched for: a text, items that have it in key or title, edits that have it in words."""
        text = self.search.text().strip().casefold()
        if not text:
            return None
        items = self.document.kept.items.values()
        ids = (one.id for one in items if text in one.title.casefold() or text == one.key.casefold())
        verbs = (verb for verb in self.history.verbs() if knows(f"edit.{verb}"))
        named = (verb for verb in verbs if text in say(f"edit.{verb}").casefold())
        return Sought(text, frozenset(id.encode() for id in ids), frozenset(verb.encode() for verb in named))

    def _changed(self, change: Change) -> None:
        if self.document.previewing:
            return
        if self.document.looking:
            self._enable()
            return
        with QSignalBlocker(self.list.selectionModel()):
            self.list.clearSelection()
            self.list.setCurrentIndex(self.steps.index(-1))
        self.refresh()

    def _selected(self) -> None:
        if self.selected.isChecked() and self.isVisible():
            self.refilter()
        self.trend.select(self.session.current or "")
        self._enable()

    def _enable(self) -> None:
        place = self._place()
        line = self.steps.line(place) if place is not None else None
        self.ways_back.show_step(self.history, place, line, self._items())

    def _place(self) -> int | None:
        """The step that is chosen."""
        return self.steps.place_at(self.list.currentIndex().row())

    # Looking

    def _look(self) -> None:
        """Show the plan as it was after the chosen step."""
        place = self._place()
        if place is None:
            return
        plan = self.history.state(place)
        if plan is None:
            self.messages.say("history.broken", level="warning")
            return
        line = self.steps.line(place)
        if place == len(self.history) - 1:
            self.document.look_back()
        else:
            self.document.look_at(plan, say("history.after", when=line.when, words=line.words))
        ids = [id for id in self._touched() if id in self.document.plan.items]
        if ids:
            self.session.select(ids[:20])
            self.then.reveal(ids[0])
        self._enable()

    def _touched(self) -> list[ItemId]:
        """The items that the chosen step is about."""
        place = self._place()
        try:
            return touched(self.history.step(place)) if place is not None else []
        except Refused:
            return []

    def _items(self) -> list[ItemId]:
        """The items to restore: those that are selected, else those that the chosen step is about."""
        return list(self.session.items) or self._touched()

    # What actions call: the timeline's

    def reveal(self, id: ItemId) -> None:
        self.then.reveal(id)

    def zoom_in(self) -> None:
        self.then.zoom_in()

    def zoom_out(self) -> None:
        self.then.zoom_out()

    def fit_all(self) -> None:
        self.then.fit_all()

    # Making

    def _arrange(self) -> None:
        self.list.setModel(self.steps)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(say("history.title"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListView { border: 0; }")
        filters = QHBoxLayout()
        filters.setSpacing(6)
        for box in (self.day, self.person):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            filters.addWidget(box, 1)
        found = QHBoxLayout()
        found.addWidget(self.total, 1)
        found.addWidget(self.selected, 0, Qt.AlignmentFlag.AlignTop)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 14, 8, 10)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addLayout(filters)
        self.total.setWordWrap(True)
        column.addLayout(found)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.ways_back)
        for page in (self.then, self.trend):
            self.stack.addWidget(page)
        main = QWidget()
        rows = QVBoxLayout(main)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._tools())
        rows.addWidget(self.stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(side)
        split.addWidget(main)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.setSizes([360, 900])
        split.setStretchFactor(1, 1)
        side.setMinimumWidth(260)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.setFocusProxy(self.list)

    def _tools(self) -> QHBoxLayout:
        """What is shown at the right."""
        line = QHBoxLayout()
        line.setContentsMargins(12, 10, 16, 10)
        line.setSpacing(6)
        self._kinds = QButtonGroup(self)
        for at, code in enumerate(("plan", "trend")):
            button = _toggle(say(f"history.{code}"))
            button.setChecked(at == 0)
            button.setObjectName(f"history-{code}")
            self._kinds.addButton(button, at)
            line.addWidget(button)
        self._kinds.idClicked.connect(self.stack.setCurrentIndex)
        line.addStretch(1)
        return line


def _toggle(words: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setCheckable(True)
    return button


def style(theme: Theme) -> str:
    """What is of this page alone, in the theme's colours."""
    c = theme.colors
    return f"""
    #historySelected {{ background: {c.background}; border: 1px solid {c.line}; padding: 4px 10px; }}
    #historySelected:hover {{ border-color: {c.ink3}; }}
    #historySelected:checked {{ background: {c.selection}; border-color: {c.accent}; color: {c.accent}; }}
    """
