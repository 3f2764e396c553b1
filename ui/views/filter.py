"""The filter as conditions that are put together with the mouse, and as the text that they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count, field_title, say
from ...model.fields import fields_of
from ...model.plan import Plan
from ...model.rows.filter_names import field_named, kept, shown
from ...model.rows.filter_terms import Term, terms_of, written
from ...model.rows.filters import Reading
from ..desk import Desk
from ..icons import Icons
from . import wording
from .flow import Flow
from .popover import Popover

_WIDTH = 500
_MOST_CHIP = 420
"""Pixels for the words of a condition."""


class FilterPopover(Popover):
    """Changes the filter of the view on screen at once; the view is kept when somebody saves it."""

    def __init__(self, anchor: QWidget, desk: Desk, icons: Icons) -> None:
        super().__init__(anchor)
        self._session, self._document = desk.session, desk.document
        self._icons = icons
        self._changing: int | None = None
        """Which of the conditions is in the builder."""
        self._chips = Flow()
        self._none = QLabel(say("filter.none"))
        self._none.setProperty("tone", "second")
        self._builder = Builder(self._document.plan)
        self._builder.entered.connect(self._enter)
        self._text = QLineEdit()
        self._text.setObjectName("filterText")
        self._text.setAccessibleName(say("filter.text"))
        self._text.setPlaceholderText(say("filter.example"))
        self._text.textEdited.connect(self._typed)
        self._trouble = QLabel()
        self._trouble.setObjectName("filterTrouble")
        self._trouble.setWordWrap(True)
        self._found = QLabel()
        self._found.setProperty("tone", "second")
        self._clear = _quiet("filter.clear")
        self._clear.clicked.connect(lambda: self._put(""))
        self._take = _quiet("filter.take_search")
        self._take.clicked.connect(self._take_search)
        self._arrange()
        self._session.rows_changed.connect(self._follow)
        self._follow()

    @property
    def _filter(self) -> str:
        """The view's filter as people read it."""
        return shown(self._document.plan, self._session.view(self._document.plan).filter)

    # What it shows

    def _follow(self) -> None:
        plan, text = self._document.plan, self._filter
        if kept(plan, self._text.text()) != kept(plan, text):  # not while it is typed
            self._text.setText(text)
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        reading = Reading(text, plan, self._document.schedule, self._session.asker)
        for place, term in enumerate(reading.terms):
            troubled = any(one.first == term.first for one in reading.troubles)
            chip = self._chip(place, term, troubled)
            self._chips.addWidget(chip)
            chip.show()  # at once: what is not shown has no part in the height
        self._none.setVisible(not reading.terms)
        self._trouble.setText(wording.troubles_of(reading))
        self._trouble.setVisible(bool(reading.troubles))
        found = sum(reading.test(item) for item in plan.items.values())
        self._found.setText(count("filter.found", found, all=len(plan.items)))
        self._clear.setVisible(bool(text))
        self._take.setVisible(bool(self._session.search))
        self._fit()

    def _fit(self) -> None:
        if (layout := self.layout()) is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))
        self.place()

    def _chip(self, place: int, term: Term, troubled: bool) -> QFrame:
        chip = QFrame()
        chip.setObjectName("chip")
        chip.setProperty("troubled", troubled)
        chip.setProperty("chosen", place == self._changing)
        text = wording.term_words(self._document.plan, term)
        words = QToolButton()
        metrics = QFontMetrics(words.font())
        words.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, _MOST_CHIP).replace("&", "&&"))
        words.setToolTip(say("filter.chip.change"))
        words.clicked.connect(lambda: self._change(place))
        gone = QToolButton()
        gone.setIcon(self._icons.icon("ph.x"))
        gone.setIconSize(QSize(12, 12))
        gone.setToolTip(say("filter.chip.remove"))
        gone.setAccessibleName(say("filter.chip.remove_named", term=text))
        gone.clicked.connect(lambda: self._remove(place))
        row = QHBoxLayout(chip)
        row.setContentsMargins(4, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(words)
        row.addWidget(gone)
        return chip

    # What it does

    def _put(self, text: str) -> None:
        self._changing = None
        self._builder.begin()
        self._session.adjust(self._document.plan, filter=kept(self._document.plan, text))
        self._follow()

    def _typed(self, text: str) -> None:
        self._changing = None
        self._builder.begin()
        self._session.adjust(self._document.plan, filter=kept(self._document.plan, text))

    def _enter(self, term: Term) -> None:
        terms = terms_of(self._filter)
        if self._changing is not None and self._changing < len(terms):
            terms[self._changing] = term
        else:
            terms.append(term)
        self._put(written(terms))

    def _remove(self, place: int) -> None:
        self._put(written([term for at, term in enumerate(terms_of(self._filter)) if at != place]))

    def _change(self, place: int) -> None:
        self._changing = place
        self._builder.show_term(terms_of(self._filter)[place])
        self._follow()

    def _take_search(self) -> None:
        text = f"{self._filter} {self._session.search}".strip()
        self._session.find("")
        self._put(text)

    # Making

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        head = QHBoxLayout()
        title = QLabel(say("filter.title"))
        title.setProperty("tone", "group")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._found)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addLayout(self._chips)
        column.addWidget(self._builder)
        column.addWidget(self._text)
        column.addWidget(self._trouble)
        foot = QHBoxLayout()
        foot.addWidget(self._clear)
        foot.addWidget(self._take)
        foot.addStretch(1)
        column.addLayout(foot)
        self.setFixedWidth(_WIDTH)


class Builder(QWidget):
    """One condition in the making: what it is about, how it compares, and with what."""

    entered = Signal(object)
    """A whole `Term`."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._subject = _combo("filterSubject", "filter.subject")
        for name in (wording.STATE, wording.ANYWHERE, wording.UNDER):
            self._subject.addItem(wording.subject_title(plan, name), name)
        for field in fields_of(plan).values():
            self._subject.addItem(field_title(field), field.key)
        self._operator = _combo("filterOperator", "filter.operator")
        self._typed = _combo("filterValue", "filter.value")
        self._typed.setEditable(True)
        self._typed.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._several = Several()
        self._values = QStackedWidget()
        self._values.addWidget(self._typed)
        self._values.addWidget(self._several)
        self._enter = QPushButton(say("filter.add"))
        self._enter.setObjectName("filterAdd")
        self._enter.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._enter.clicked.connect(self._done)
        self._subject.activated.connect(self._choose_subject)
        self._operator.activated.connect(self._follow)
        if (line := self._typed.lineEdit()) is not None:
            line.returnPressed.connect(self._done)
            line.textChanged.connect(self._follow)
        self._several.changed.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._subject, 4)
        row.addWidget(self._operator, 3)
        row.addWidget(self._values, 4)
        row.addWidget(self._enter)
        self._choose("team")

    def begin(self) -> None:
        """A new condition, about the same as the last one."""
        self._enter.setText(say("filter.add"))
        self._choose_subject()

    def show_term(self, term: Term) -> None:
        """A condition that is to be changed."""
        name, operator, values = wording.split(term)
        self._choose(name)
        self._operator.setCurrentIndex(max(self._operator.findData(operator), 0))
        self._several.choose(values)
        self._typed.setEditText(values[0] if values and not self._several.offered else "")
        self._enter.setText(say("filter.change"))
        self._follow()

    def _choose(self, name: str) -> None:
        field = field_named(self._plan, name)
        self._subject.setCurrentIndex(max(self._subject.findData(field.key if field else name), 0))
        self._choose_subject()

    def _choose_subject(self) -> None:
        plan, name = self._plan, self._subject.currentData()
        kind = wording.kind_of(plan, name)
        self._operator.clear()
        for operator in wording.operators_of(plan, name):
            self._operator.addItem(wording.operator_words(name, operator, kind), operator)
        values = wording.values_of(plan, name)
        typed = kind in ("date", "number") or not values
        self._several.offer(() if typed else values)
        self._typed.clear()
        for value, _ in values if typed else ():
            self._typed.addItem(value)
        self._typed.setEditText("")
        self._values.setCurrentWidget(self._typed if typed else self._several)
        self._follow()

    def _follow(self) -> None:
        present = self._operator.currentData() in wording.PRESENT
        self._values.setEnabled(not present)
        self._enter.setEnabled(present or bool(self._chosen()))

    def _chosen(self) -> tuple[str, ...]:
        if self._several.offered:
            return self._several.chosen()
        text = self._typed.currentText().strip()
        return (text,) if text else ()

    def _done(self) -> None:
        operator = self._operator.currentData()
        if self._enter.isEnabled():
            self.entered.emit(wording.joined(self._subject.currentData(), operator, self._chosen()))


class Several(QPushButton):
    """Values to be ticked in a menu that stays open."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filterValues")
        self.setAccessibleName(say("filter.value"))
        self.setMenu(_Ticks(self))
        self.offered = False
        """There are values to choose from."""

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """Let these be chosen: as they are written, and as they are said."""
        menu = self.menu()
        menu.clear()
        self.offered = bool(values)
        for value, title in values:
            action = menu.addAction(title.replace("&", "&&"))
            action.setData(value)
            action.setCheckable(True)
            action.toggled.connect(self._say)
        self._say()

    def choose(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        wanted = {value.casefold() for value in values}
        for action in self.menu().actions():
            action.setChecked(str(action.data()).casefold() in wanted)

    def chosen(self) -> tuple[str, ...]:
        return tuple(str(action.data()) for action in self.menu().actions() if action.isChecked())

    def _say(self) -> None:
        titles = [action.text().replace("&&", "&") for action in self.menu().actions() if action.isChecked()]
        words = ", ".join(titles) or say("filter.choose")
        room = max(self.width() - 36, 80)
        elided = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(elided.replace("&", "&&"))
        self.setToolTip(words if titles else "")
        self.changed.emit()


class _Ticks(QMenu):
    """Ticks and stays open: several may be meant."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        action = self.activeAction()
        if action is not None:
            action.setChecked(not action.isChecked())
        return action is not None


def _combo(name: str, code: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(say(code))
    combo.setMinimumContentsLength(8)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _quiet(code: str) -> QPushButton:
    button = QPushButton(say(code))
    button.setObjectName(code)
    button.setProperty("quiet", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
