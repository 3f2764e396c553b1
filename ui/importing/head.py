"""Where the table is: sheet, row of the headings, and the program that writes such tables."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from ...io.strings import say
from ...io.tables.mapping import Mapping
from ...io.tables.presets import preset_named, presets
from ...io.tables.proposal import sheet_named
from ...io.tables.source import Source
from .plain import plain_tip
from .reading import head

LAST_ROW = 400
"""A header further down is none."""


class TableHead(QWidget):
    """`chosen` carries the sheet, the header row from 0 (-1: the best) and the preset (None: as found)."""

    chosen = Signal(str, int, object)
    forgotten = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = QComboBox()
        self.sheet.setObjectName("sheet")
        self.sheet.setMaximumWidth(220)
        self.row = QSpinBox()
        self.row.setMinimum(1)
        self.row.setMinimumWidth(64)
        self.preset = QComboBox()
        self.preset.setObjectName("preset")
        self._line = QLabel()
        self._line.setProperty("tone", "second")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setMinimumWidth(40)
        self._full = ""
        self._remembered = QLabel(say("importing.remembered"))
        self._remembered.setProperty("tone", "second")
        self.forget = QPushButton(say("importing.forget"))
        self.forget.setProperty("quiet", True)
        self.forget.setAutoDefault(False)
        self._arrange()
        self.sheet.activated.connect(lambda _: self.chosen.emit(self.sheet.currentText(), -1, None))
        self.row.valueChanged.connect(lambda row: self._choose(row - 1, None))
        self.preset.activated.connect(lambda _: self._choose(self.row.value() - 1, self.preset.currentData()))
        self.forget.clicked.connect(self.forgotten)

    def show_mapping(self, source: Source, mapping: Mapping) -> None:
        with QSignalBlocker(self.sheet), QSignalBlocker(self.row), QSignalBlocker(self.preset):
            titles = [one.title for one in source.sheets]
            if [self.sheet.itemText(at) for at in range(self.sheet.count())] != titles:
                self.sheet.clear()
                self.sheet.addItems(titles)
            self.sheet.setCurrentText(mapping.sheet)
            rows = len(sheet_named(source, mapping.sheet).rows)
            self.row.setMaximum(max(1, min(rows, LAST_ROW)))
            self.row.setValue(mapping.header_row + 1)
            self._show_presets(mapping.preset)
        self._sheets.setVisible(len(source.sheets) > 1)
        self._full = head(source, mapping.sheet, mapping.header_row)
        self._elide()

    def remember(self, known: bool) -> None:
        """Say whether the choices are those of an earlier import."""
        self._remembered.setVisible(known)
        self.forget.setVisible(known)

    def _choose(self, row: int, preset: object) -> None:
        self.chosen.emit(self.sheet.currentText(), row, preset)

    def _show_presets(self, chosen: str) -> None:
        if not self.preset.count():
            self.preset.addItem(say("importing.preset.none"), "")
            for one in presets():
                self.preset.addItem(one.title, one.id)
        known = preset_named(chosen)
        for at in range(1, self.preset.count()):
            listed = preset_named(self.preset.itemData(at))
            if listed is not None:
                looks = say("importing.preset", tool=listed.title)
                self.preset.setItemText(at, looks if listed is known else listed.title)
        self.preset.setCurrentIndex(max(0, self.preset.findData(chosen)))

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(20)
        self._sheets = _labelled("importing.sheet", self.sheet)
        row.addWidget(self._sheets)
        row.addWidget(_labelled("importing.row", self.row))
        row.addWidget(_labelled("importing.presets", self.preset))
        row.addStretch(1)
        row.addWidget(self._remembered)
        row.addWidget(self.forget)
        grid.addLayout(row, 0, 0)
        grid.addWidget(self._line, 1, 0)

    def resizeEvent(self, event: object) -> None:
        self._elide()

    def _elide(self) -> None:
        wide = max(40, self.width() - 4)
        self._line.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, wide))
        self._line.setToolTip(plain_tip(self._full))


def _labelled(code: str, editor: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label = QLabel(say(code))
    label.setBuddy(editor)
    row.addWidget(label)
    row.addWidget(editor)
    return both
