"""The columns of a table with samples of what is in them, and for each what it becomes."""

from __future__ import annotations

from collections.abc import Mapping as Mapped

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
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
from ...io.tables.mapping import OWN, Mapping
from ...io.tables.presets import preset_named
from ...io.tables.source import letters
from ...model.plan import Plan
from ...model.records import CustomKind
from ..palette import Theme
from .becoming import AS_FOUND, Becoming, Becomings
from .drop_down import DropDown

_COLUMN, _BECOMES, _WHY = range(3)
_SAMPLES = Qt.ItemDataRole.UserRole + 1
_MARGIN = 8
UNSURE = ("alike", "content")


class ColumnList(QTableWidget):
    """One row for each column; `chosen` carries the column and its `Becoming`."""

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget, plan: Plan, theme: Theme) -> None:
        super().__init__(0, 3, parent)
        self._theme = theme
        self._becomings = Becomings(self, plan)
        self._columns: list[int] = []
        self._headers: tuple[str, ...] = ()
        self._editors: list[QComboBox] = []
        self.setHorizontalHeaderLabels(
            [say(f"importing.column.{name}") for name in ("source", "becomes", "why")]
        )
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

    def show_mapping(self, mapping: Mapping, samples: Mapped[int, tuple[str, ...]]) -> None:
        """Show these columns; drop-downs of a table that was shown before stay."""
        columns = [*mapping.columns]
        if columns != self._columns or mapping.headers != self._headers:
            self._columns, self._headers = columns, mapping.headers
            self._fill(mapping, samples)
        for row, column in enumerate(columns):
            self._show_row(row, column, mapping)

    def editor(self, row: int) -> QComboBox:
        """The drop-down of a row."""
        return self._editors[row]

    def _fill(self, mapping: Mapping, samples: Mapped[int, tuple[str, ...]]) -> None:
        self.setRowCount(0)
        self._editors.clear()
        self.setRowCount(len(self._columns))
        height = 2 * self.fontMetrics().lineSpacing() + 2 * _MARGIN
        for row, column in enumerate(self._columns):
            cell = QTableWidgetItem(mapping.headers[column])
            cell.setData(_SAMPLES, "  ·  ".join(samples.get(column, ())))
            shown = "\n".join(samples.get(column, ()))
            cell.setToolTip(say("importing.column.tip", letters=letters(column), samples=shown))
            self.setItem(row, _COLUMN, cell)
            self.setItem(row, _WHY, QTableWidgetItem())
            self._editors.append(self._editor(column, mapping.headers[column]))
            self.setItem(row, _BECOMES, QTableWidgetItem())
            self.setCellWidget(row, _BECOMES, _framed(self._editors[-1]))
            self.setRowHeight(row, height)

    def _editor(self, column: int, heading: str) -> QComboBox:
        editor = DropDown(8)
        editor.setModel(self._becomings)
        editor.setAccessibleName(say("importing.becomes", heading=heading))
        editor.view().setMinimumWidth(30 * self.fontMetrics().averageCharWidth())
        editor.activated.connect(
            lambda row, column=column: self.chosen.emit(column, self._becomings.value_at(row))
        )
        return editor

    def _show_row(self, row: int, column: int, mapping: Mapping) -> None:
        editor, field = self._editors[row], mapping.columns[column]
        becoming: Becoming = (field, mapping.own.get(column) if field == OWN else None)
        with QSignalBlocker(editor):
            editor.setCurrentIndex(self._becomings.row_of(becoming))
        why = mapping.why.get(column)
        cell = self.item(row, _WHY)
        preset = preset_named(mapping.preset) if why == "preset" else None
        cell.setText(preset.title if preset is not None else say(f"importing.why.{why}") if why else "")
        cell.setToolTip(say(f"importing.why.{why}.tip") if why else "")
        cell.setForeground(QColor(self._theme.colors.ink2))
        if why in UNSURE:
            bold = cell.font()
            bold.setBold(True)
            cell.setFont(bold)

    def show_kinds(self, kinds: Mapped[int, CustomKind]) -> None:
        """Say of what kind the cells of the columns are that become own fields as found."""
        for row, column in enumerate(self._columns):
            kind = kinds.get(column)
            if kind is not None and self._editors[row].currentIndex() == self._becomings.row_of(AS_FOUND):
                cell = self.item(row, _WHY)
                cell.setText(say(f"own-kind.{kind}"))
                cell.setToolTip(say("importing.why.kind.tip"))


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
