"""The columns of a table with samples of what is in them, and for each what it becomes."""

from __future__ import annotations

from collections.abc import Mapping as Mapped

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ...io.strings import say
from ...io.tables.mapping import OWN, Mapping, OwnColumn
from ...io.tables.presets import preset_named
from ...io.tables.source import letters
from ...model.plan import Plan
from ...model.records import CustomKind
from ..drawing.palette import Theme
from .becoming import AS_FOUND, Becoming, Becomings
from .drop_down import DropDown
from .plain import plain_tip

_COLUMN, _BECOMES, _WHY = range(3)
_SAMPLES = Qt.ItemDataRole.UserRole + 1
_MARGIN = 8
_AHEAD = 6
"""Rows out of sight that have their drop-downs all the same, for the Tab key to go to."""
UNSURE = ("alike", "content")


class ColumnList(QTableWidget):
    """One row for each column; `chosen` carries the column and its `Becoming`.

    Drop-downs are made for the rows that come into sight: a drawn timeline has hundreds.
    """

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget, plan: Plan, theme: Theme) -> None:
        super().__init__(0, 3, parent)
        self._theme = theme
        self._becomings = Becomings(self, plan)
        self._mapping = Mapping("", 0, (), {})
        self._columns: list[int] = []
        self._editors: dict[int, DropDown] = {}
        self._notes: list[QTableWidgetItem] = []
        names = ("source", "becomes", "why")
        self.setHorizontalHeaderLabels([say(f"importing.column.{name}") for name in names])
        self.setAccessibleName(say("importing.columns"))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the drop-downs have it
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Ruled(self, theme))
        self.setItemDelegateForColumn(_COLUMN, _SourceColumn(self, theme))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(_COLUMN, QHeaderView.ResizeMode.Stretch)
        for column, letters_wide in ((_BECOMES, 22), (_WHY, 13)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, letters_wide * self.fontMetrics().averageCharWidth() + 2 * _MARGIN)
        self.verticalScrollBar().valueChanged.connect(self._complete)

    def show_mapping(self, mapping: Mapping, samples: Mapped[int, tuple[str, ...]]) -> None:
        """Show these columns; drop-downs of a table that was shown before stay."""
        fresh = [*mapping.columns] != self._columns or mapping.headers != self._mapping.headers
        self._mapping = mapping
        if fresh:
            self._columns = [*mapping.columns]
            self._fill(samples)
        for row in self._editors:
            self._show_choice(row)
        for row in range(len(self._columns)):
            self._show_note(row)

    def show_kinds(self, kinds: Mapped[int, CustomKind]) -> None:
        """Say of what kind the cells of the columns are that become own fields as found."""
        for row, column in enumerate(self._columns):
            if column in kinds and self._becoming(row) == AS_FOUND and column not in self._mapping.own:
                self._notes[row].setText(say(f"own-kind.{kinds[column]}"))
                self._notes[row].setToolTip(say("importing.why.kind.tip"))

    def editor(self, row: int) -> QComboBox:
        """The drop-down of a row."""
        if row not in self._editors:
            self._editors[row] = self._made(row)
            self.setCellWidget(row, _BECOMES, _framed(self._editors[row]))
            self._show_choice(row)
        return self._editors[row]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._complete()

    def _complete(self) -> None:
        """Make the drop-downs that are in sight, and some beyond."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height())
        if self._columns:
            end = len(self._columns) if last < 0 else min(last + _AHEAD, len(self._columns))
            for row in range(max(first, 0), end):
                self.editor(row)

    def _fill(self, samples: Mapped[int, tuple[str, ...]]) -> None:
        self.setRowCount(0)
        self._editors.clear()
        self._notes.clear()
        self.setRowCount(len(self._columns))
        height = 2 * self.fontMetrics().lineSpacing() + 2 * _MARGIN
        for row, column in enumerate(self._columns):
            cell = QTableWidgetItem(self._mapping.headers[column])
            cell.setData(_SAMPLES, "  ·  ".join(samples.get(column, ())))
            shown = "\n".join(samples.get(column, ()))
            cell.setToolTip(plain_tip(say("importing.column.tip", letters=letters(column), samples=shown)))
            self.setItem(row, _COLUMN, cell)
            self._notes.append(QTableWidgetItem())
            self.setItem(row, _WHY, self._notes[-1])
            self.setRowHeight(row, height)
        self._complete()

    def _made(self, row: int) -> DropDown:
        editor, column = DropDown(8), self._columns[row]
        editor.setModel(self._becomings)
        editor.setAccessibleName(say("importing.becomes", heading=self._mapping.headers[column]))
        editor.view().setMinimumWidth(30 * self.fontMetrics().averageCharWidth())
        editor.activated.connect(lambda at: self.chosen.emit(column, self._becomings.value_at(at)))
        editor.reached.connect(lambda: self.scrollToItem(self._notes[row]))
        return editor

    def _becoming(self, row: int) -> Becoming:
        column = self._columns[row]
        field = self._mapping.columns[column]
        return (field, self._mapping.own.get(column) or OwnColumn()) if field == OWN else (field, None)

    def _show_choice(self, row: int) -> None:
        editor = self._editors[row]
        with QSignalBlocker(editor):
            editor.setCurrentIndex(self._becomings.row_of(self._becoming(row)))

    def _show_note(self, row: int) -> None:
        mapping, column = self._mapping, self._columns[row]
        why = mapping.why.get(column)
        cell = self._notes[row]
        preset = preset_named(mapping.preset) if why == "preset" else None
        cell.setText(preset.title if preset is not None else say(f"importing.why.{why}") if why else "")
        cell.setToolTip(say(f"importing.why.{why}.tip") if why else "")
        cell.setForeground(QColor(self._theme.colors.ink2))
        font = cell.font()
        font.setBold(why in UNSURE)
        cell.setFont(font)


def _framed(editor: QWidget) -> QWidget:
    """With room around it, through which the row is seen."""
    frame = QWidget()
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(_MARGIN, 0, _MARGIN, 1)
    layout.addWidget(editor)
    return frame


class _Ruled(QStyledItemDelegate):
    """Cells with a line below."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        self.rule(painter, option.rect)

    def rule(self, painter: QPainter, area: QRect) -> None:
        painter.save()
        painter.setPen(QColor(self._theme.colors.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


class _SourceColumn(_Ruled):
    """A heading over the samples of its column."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        area = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        bold = QFontMetrics(font)
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(self._theme.colors.ink))
        heading = bold.elidedText(str(index.data()), elide, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, heading)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colors.ink2))
        samples = QFontMetrics(font).elidedText(str(index.data(_SAMPLES)), elide, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, samples)
        painter.restore()
        self.rule(painter, option.rect)
