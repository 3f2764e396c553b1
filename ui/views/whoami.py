"""Asks who is at the screen: one of the plan's people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.plan import Plan
from ...model.records import PersonId
from .popover import Popover

_WIDTH = 260
_ROW = 28
_MOST_ROWS = 12


class WhoAmI(Popover):
    """`tell` is called with the name of the person who was chosen."""

    def __init__(
        self, anchor: QWidget, plan: Plan, me: PersonId | None, tell: Callable[[str], object]
    ) -> None:
        super().__init__(anchor)
        self._tell = tell
        self._list = QListWidget()
        self._list.setObjectName("people")
        self._list.setAccessibleName(say("view.who"))
        for person in sorted(plan.people.values(), key=lambda person: person.name.casefold()):
            item = QListWidgetItem(person.name, self._list)
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
        column.addWidget(self._list)
        self.setFixedWidth(_WIDTH)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self._tell(item.text())
