"""Asks who is at the screen: one of the plan's people, or any name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import PersonId
from .popover import Popover

_WIDTH = 260
_ROW = 28
_MOST_ROWS = 12


class WhoAmI(Popover):
    """`tell` is called with the name that was typed, or that of the person who was chosen."""

    def __init__(
        self,
        anchor: QWidget,
        plan: Plan,
        me: PersonId | None,
        name: str,
        tell: Callable[[str], object],
    ) -> None:
        """`name` is what they are called so far."""
        super().__init__(anchor)
        self._tell = tell
        self._name = QLineEdit(name)
        self._name.setAccessibleName(say("view.who.name"))
        self._name.setPlaceholderText(say("view.who.name"))
        self._name.selectAll()
        self._name.returnPressed.connect(self._take)
        self._list = QListWidget()
        self._list.setObjectName("people")
        self._list.setAccessibleName(say("view.who"))
        for person in sorted(plan.people.values(), key=lambda person: person.name.casefold()):
            item = QListWidgetItem(person.name, self._list)
            item.setSizeHint(QSize(0, _ROW))
            if person.id == me:
                self._list.setCurrentItem(item)
        self._list.setFixedHeight(min(len(plan.people), _MOST_ROWS) * _ROW + 4)
        self._list.itemActivated.connect(self._choose)  # Enter
        self._list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        question = QLabel(say("view.who.question"))
        question.setProperty("tone", "group")
        column.addWidget(question)
        column.addWidget(self._name)
        column.addWidget(self._list)
        self._list.setVisible(bool(plan.people))
        hint = QLabel(say("view.who.hint"), wordWrap=True)
        hint.setProperty("tone", "second")
        column.addWidget(hint)
        self.setFixedWidth(_WIDTH)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _take(self) -> None:
        if name := " ".join(self._name.text().split()):
            self.close()
            self._tell(name)

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self._tell(item.text())
