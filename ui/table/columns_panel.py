"""Which fields are columns: all of them with ticks, and a search among them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ...io.strings import field_title, say
from ...model.fields import Field
from .popover import Popover, SearchLine, TickList


class ColumnsPanel(Popover):
    """`chosen` tells at every tick which fields are to be shown, by their keys."""

    chosen = Signal(list)
    usual_asked = Signal()

    def __init__(self, fields: Sequence[Field], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(say("table.columns"), parent)
        self.list = TickList(say("table.columns"), self)
        for field in fields:
            self.list.add(field_title(field), field.key in shown, field.key)
        self.list.itemChanged.connect(lambda _: self.chosen.emit(self.list.ticked()))
        search = SearchLine(self.list, self)
        self.column.addWidget(search)
        self.column.addWidget(self.list, 1)
        all_of_them = QPushButton(say("table.show-all-columns"), self)
        all_of_them.clicked.connect(lambda: self.chosen.emit([field.key for field in fields]))
        all_of_them.clicked.connect(self.close)
        usual = QPushButton(say("table.reset-columns"), self)
        usual.clicked.connect(self.usual_asked)
        usual.clicked.connect(self.close)
        row = QHBoxLayout()
        for button in (usual, all_of_them):
            button.setProperty("quiet", True)
            row.addWidget(button)
        row.addStretch()
        self.column.addLayout(row)
        self.setFocusProxy(search)
        search.setFocus()
