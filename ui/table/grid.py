"""The table on screen: cells, keys, lanes' heads across all columns, and the columns that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ...io.strings import say
from ..editors import Editor
from ..palette import Theme
from ..session import Session
from .delegates import PADDING, CellDelegate, paint_fold
from .header import Header
from .model import COLUMNS, PLACE, TableModel
from .row_header import NARROW, ROW_HEIGHT, WIDE, RowHeader

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SELECT = QItemSelectionModel.SelectionFlag
_CHANGED = QAbstractItemView.EditTrigger


class Kept(NamedTuple):
    """What the view keeps over a change of rows: the columns of the selection, and the current cell."""

    columns: tuple[int, int] | None
    column: int
    current: str | None
    scroll: int


class Grid(QTableView):
    """A table view with the keys of a spreadsheet. What cells mean, the page knows."""

    copy_asked = Signal()
    cut_asked = Signal()
    paste_asked = Signal()
    fill_asked = Signal()
    delete_asked = Signal()
    add_asked = Signal()
    derived_touched = Signal(QModelIndex)
    """Somebody tries to enter what follows from other fields."""

    def __init__(
        self, model: TableModel, delegate: CellDelegate, session: Session, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.table, self._delegate, self._session, self._theme = model, delegate, session, theme
        self.setObjectName("grid")
        self.setAccessibleName(say("table.name"))
        self.setModel(model)
        self.setItemDelegate(delegate)
        delegate.left.connect(self._go_on)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_CHANGED.DoubleClicked | _CHANGED.EditKeyPressed | _CHANGED.AnyKeyPressed)
        self.numbers = RowHeader(model, theme, self)
        self.setVerticalHeader(self.numbers)
        self.horizontalScrollBar().valueChanged.connect(self._keep_titles)
        self.header = Header(session, self)
        self.setHorizontalHeader(self.header)
        self.setSortingEnabled(True)
        self.header.restore()
        self._kept = Kept(None, 0, None, 0)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)

    # Going about

    def go_to(self, row: int, column: int) -> None:
        """Make this the one selected cell, in sight."""
        index = self.table.index(row, column)
        self.selectionModel().setCurrentIndex(index, _SELECT.ClearAndSelect)
        self.scrollTo(index)

    def _go_on(self, down: int, on: int) -> None:
        """After an edit: to the next item below or above, or so many cells on, across the ends of rows."""
        current = self.currentIndex()
        if not current.isValid():
            return
        self.setFocus()
        if down:
            row = self._next_item(current.row(), down)
            self.go_to(current.row() if row is None else row, current.column())
        elif on:
            self._step(current, on)

    def _step(self, current: QModelIndex, on: int) -> None:
        columns = self.header.columns()
        place = columns.index(current.column()) + on if current.column() in columns else 0
        row: int | None = current.row()
        if not 0 <= place < len(columns):
            row = self._next_item(current.row(), on)
            place %= len(columns)
        if row is not None:
            self.go_to(row, columns[place])

    def _next_item(self, row: int, step: int) -> int | None:
        row += step
        while 0 <= row < len(self.table.rows):
            if self.table.rows[row].item is not None:
                return row
            row += step
        return None

    def edit_cell(self, column: int | None = None) -> None:
        """Open the editor of the current row, in that column or where the person is."""
        current = self.currentIndex()
        if current.isValid():
            if column is not None:
                self.go_to(current.row(), column)
            self.edit(self.currentIndex())

    def _keep_titles(self, offset: int) -> None:
        """Let titles that are scrolled out of sight stand in the row header.

        It grows by as much as is scrolled, from where the rest of the title column is as wide as it will be:
        so the other columns stand still meanwhile, and nothing jumps.
        """
        title, header = PLACE["title"], self.horizontalHeader()
        room = WIDE - NARROW if self.width() > 2 * WIDE and not self.isColumnHidden(title) else 0
        gone = offset - (header.sectionPosition(title) + header.sectionSize(title) - room)
        width = NARROW + min(max(gone, 0), room)
        if width != self.numbers.width():
            self.numbers.setFixedWidth(width)
            self.updateGeometries()

    # Keys and mouse

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._ours(event)
        ):
            event.accept()  # these keys mean the cell, not the whole program's command
            return True
        return super().event(event)

    def _ours(self, event: QKeyEvent) -> bool:
        if any(event.matches(keys) for keys, _ in self._commands()) or self._fills(event):
            return True
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        index = self.currentIndex()
        typing = bool(event.text().strip()) and event.text().isprintable()
        handled = (
            *_ENTER,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
            Qt.Key.Key_F2,
            Qt.Key.Key_Delete,
            Qt.Key.Key_Space,
        )
        return plain and index.isValid() and (typing or event.key() in handled)

    def _commands(self) -> list[tuple[QKeySequence.StandardKey, Any]]:
        keys = QKeySequence.StandardKey
        return [(keys.Copy, self.copy_asked), (keys.Cut, self.cut_asked), (keys.Paste, self.paste_asked)]

    def _fills(self, event: QKeyEvent) -> bool:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return event.key() == Qt.Key.Key_D and event.modifiers() == both

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for keys, asked in self._commands():
            if event.matches(keys):
                asked.emit()
                return
        current = self.currentIndex()
        if self._fills(event):
            self.fill_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif event.key() in _ENTER:
            up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._go_on(-1 if up else 1, 0)
        elif current.isValid() and self._fold_key(event, current.row()):
            pass
        elif event.key() == Qt.Key.Key_Space and current.isValid():
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.select_rows(self.selected_rows() or [current.row()])
            elif COLUMNS[current.column()].kind == "flag":
                self.edit(current)
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.go_to(current.row(), self.header.columns()[0])
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.go_to(current.row(), self.header.columns()[-1])
        else:
            super().keyPressEvent(event)

    def _fold_key(self, event: QKeyEvent, row: int) -> bool:
        """+ and - on a lane's head, or on the title of a parent; there, typing does not begin with a sign."""
        known = self.table.rows[row]
        lane = known.item is None
        on_title = self.currentIndex().column() == PLACE["title"] and known.count
        folded = {Qt.Key.Key_Plus: False, Qt.Key.Key_Minus: True}.get(Qt.Key(event.key()))
        if lane and event.key() == Qt.Key.Key_Space:
            folded = not known.folded
        if folded is None or not (lane or on_title):
            return False
        self._session.fold(known.ref, folded)
        return True

    def edit(  # type: ignore[override]  # Qt has two of that name; both come here
        self, index: QModelIndex, trigger: Any = _CHANGED.AllEditTriggers, event: Any = None
    ) -> bool:
        """Open the editor of a cell. Qt asks here for every trigger, and takes True for "done with"."""
        if trigger & self.editTriggers() == _CHANGED.NoEditTriggers or not index.isValid():
            return False
        if self.table.item_at(index.row()) is None:
            return True
        if not self.table.editable_at(index.row(), index.column()):
            self.derived_touched.emit(index)
            return True
        if COLUMNS[index.column()].kind == "flag":
            self._delegate.toggle(index)
            return True
        typed = event.text() if trigger == _CHANGED.AnyKeyPressed and event is not None else ""
        if trigger == _CHANGED.AnyKeyPressed and not (typed.isprintable() and typed.strip()):
            return True
        opened = super().edit(index, _CHANGED.AllEditTriggers, cast(QEvent, None))
        editor = self.indexWidget(index)
        if opened and typed and editor is not None:
            cast(Editor, editor).type_first(typed)  # not earlier: Qt selects all that is in it
        return opened

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not (event.button() == Qt.MouseButton.LeftButton and self._pressed(event.position().toPoint())):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not (event.button() == Qt.MouseButton.LeftButton and self._pressed(event.position().toPoint())):
            super().mouseDoubleClickEvent(event)

    def _pressed(self, point: QPoint) -> bool:
        """Whether the press was on a folding arrow or a check box, and is dealt with."""
        row, index = self.rowAt(point.y()), self.indexAt(point)
        if row >= 0 and self._on_arrow(row, point.x()):
            known = self.table.rows[row]
            self._session.fold(known.ref, not known.folded)
            return True
        if index.isValid() and COLUMNS[index.column()].kind == "flag" and self.table.item_at(row) is not None:
            left = self.columnViewportPosition(index.column()) + PADDING
            if left - 2 <= point.x() <= left + 16:
                self.go_to(row, index.column())
                return self.edit(index)
        return False

    def _on_arrow(self, row: int, x: float) -> bool:
        known = self.table.rows[row]
        if known.item is None:
            return x < 28
        if not known.count:
            return False
        left = self.columnViewportPosition(PLACE["title"]) + PADDING + known.depth * 18
        return not self.isColumnHidden(PLACE["title"]) and left - 4 <= x <= left + 16

    # Drawing

    def set_theme(self, theme: Theme) -> None:
        self._theme = self._delegate.theme = self.numbers.theme = theme
        self.numbers.viewport().update()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        area = event.rect()
        for row in self._rows_in(area):
            top, width = self.rowViewportPosition(row), self.viewport().width()
            line = QRect(0, top, width, ROW_HEIGHT)
            if self.table.rows[row].item is None:
                self._paint_lane(painter, line, row)
            painter.fillRect(0, line.bottom(), width, 1, QColor(self._theme.colors.hairline))
        painter.end()

    def _rows_in(self, area: QRect) -> Iterator[int]:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first >= 0:
            yield from range(first, (last if last >= 0 else len(self.table.rows) - 1) + 1)

    def _paint_lane(self, painter: QPainter, line: QRect, row: int) -> None:
        colors, known = self._theme.colors, self.table.rows[row]
        painter.fillRect(line, QColor(colors.panel))
        if self.currentIndex().row() == row and self.hasFocus():
            painter.fillRect(QRect(0, line.top(), 3, line.height()), QColor(colors.accent))
        arrow = QPointF(line.left() + 17, line.center().y() + 0.5)
        paint_fold(painter, arrow, known.folded, QColor(colors.ink2))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.ink))
        title = self.table.lane_title(known)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, line.width() - 90)
        at = line.adjusted(30, 0, -8, 0)
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(self.font())
        painter.setPen(QColor(colors.ink3))
        beside = at.adjusted(metrics.horizontalAdvance(shown) + 12, 0, 0, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(known.count))

    # Selection

    def _areas(self) -> list[QItemSelectionRange]:
        return list(cast(Iterable[QItemSelectionRange], self.selectionModel().selection()))

    def selected_rows(self) -> list[int]:
        """Every row with a selected cell, from the top."""
        chosen: set[int] = set()
        for area in self._areas():
            chosen.update(range(area.top(), area.bottom() + 1))
        return sorted(chosen)

    def selected_columns(self) -> list[int]:
        """Every shown column with a selected cell, from the left."""
        chosen: set[int] = set()
        for area in self._areas():
            chosen.update(range(area.left(), area.right() + 1))
        return [column for column in self.header.columns() if column in chosen]

    def whole_rows(self) -> bool:
        """Whether rows are selected from end to end."""
        return len(self.header.columns()) > 1 and len(self.selected_columns()) == len(self.header.columns())

    def _keep_place(self) -> None:
        """Before the rows change: in which columns something is selected, and where the view stands."""
        columns = [column for area in self._areas() for column in (area.left(), area.right())]
        current = self.currentIndex()
        self._kept = Kept(
            (min(columns), max(columns)) if columns else None,
            current.column() if current.isValid() else 0,
            self.table.rows[current.row()].ref if current.isValid() else None,
            self.verticalScrollBar().value(),
        )

    def _restore_place(self) -> None:
        kept = self._kept
        chosen = self._session.items  # not what was selected here: some of them may not have been shown
        rows = sorted(place for ref in chosen if (place := self.table.place_of(ref)) is not None)
        if rows:
            self.select_rows(rows, kept.columns)
        row = self.table.place_of(kept.current)
        if row is not None:
            index = self.table.index(row, kept.column)
            self.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
        self.verticalScrollBar().setValue(kept.scroll)

    def select_rows(self, rows: list[int], columns: tuple[int, int] | None = None) -> None:
        """Select these rows, from end to end or only in a span of (logical) columns."""
        left, right = columns or (0, len(COLUMNS) - 1)
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(self.table.index(first, left), self.table.index(last, right))
        self.selectionModel().select(selection, _SELECT.ClearAndSelect)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow each other, as first and last."""
    ends = [n for n, row in enumerate(rows) if n + 1 == len(rows) or rows[n + 1] != row + 1]
    first = 0
    for last in ends:
        yield rows[first], rows[last]
        first = last + 1
