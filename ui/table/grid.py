"""The table on screen: which cells are selected, which one is current, and how it is edited.

Where cells stand is in `standing`, painting in `paint`, keys in `keys`, the mouse in `mouse`; what cells mean
knows the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QToolTip, QWidget

from ...io.strings import say
from ...model.records import RecordId
from ..drawing.palette import Theme
from ..editors.of_fields import Editor
from ..session import Session
from . import keys
from .area import Area, Cell, covered, runs
from .cells import ROW_HEIGHT, CellPainter
from .delegates import CellDelegate
from .header import Header
from .model import TableModel
from .mouse import Mouse
from .paint import GridPainter
from .row_header import RowHeader
from .standing import StickyView

_SELECT = QItemSelectionModel.SelectionFlag
_TRIGGER = QAbstractItemView.EditTrigger
_MOST_RANGES = 500
"""Ranges of a selection among which a rectangle is looked for."""


class Kept(NamedTuple):
    """What the view keeps over a change of rows: columns of the selection, current cell, scroll."""

    columns: tuple[int, ...]
    key: str
    ref: RecordId | None
    row: int
    scroll: int


class Grid(StickyView):
    """A table view with the hands of a spreadsheet."""

    chosen = Signal()
    """A person has selected other cells, or made another one the current."""
    copy_asked = Signal()
    cut_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    add_asked = Signal()
    today_asked = Signal()
    turn_asked = Signal()
    """The flags of the selected cells are to be the other way round."""
    filter_asked = Signal()
    """What the current column is filtered by is to be chosen."""
    fill_asked = Signal(object, object)
    """The cells of an area are to be filled into another one."""
    derived_touched = Signal(QModelIndex)
    """Somebody tries to enter what follows from other fields."""
    link_asked = Signal(str)
    """A link is to be opened."""
    fields_asked = Signal(str)
    """A field of the plan's own is to be changed, by its key; empty: one is to be added."""

    def __init__(
        self, model: TableModel, delegate: CellDelegate, cells: CellPainter, session: Session, parent: QWidget
    ) -> None:
        super().__init__(model, parent)
        self.cells, self.session, self._delegate = cells, session, delegate
        self.setObjectName("grid")
        self.setAccessibleName(say("table.name"))
        self.header, self.numbers = Header(model, self), RowHeader(self)
        self.setHorizontalHeader(self.header)
        self.setVerticalHeader(self.numbers)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)  # Tab is a key of the table, it does not leave it
        self.setCornerButtonEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_TRIGGER.NoEditTriggers)  # keys and mouse ask for it, see there
        opaque = Qt.WidgetAttribute.WA_OpaquePaintEvent  # so that what is scrolled need not be drawn anew
        self.viewport().setAttribute(opaque)
        self._mouse = Mouse(self)
        self._painter = GridPainter(self)
        self._kept = Kept((), "", None, 0, 0)
        delegate.left.connect(self.go_on)
        model.rows_changing.connect(self._keep_place)
        model.columns_changed.connect(self.arrange)
        model.rows_changed.connect(self._restore_place)

    def arrange(self) -> None:
        """Show the columns of the view."""
        self.header.arrange(self.table.view)

    # The current cell and the selection

    @property
    def current(self) -> Cell | None:
        """The cell that keys are about."""
        index, columns = self.currentIndex(), self.columns
        if not index.isValid() or index.column() not in columns:
            return None
        return Cell(index.row(), columns.index(index.column()))

    def area(self) -> Area | None:
        """The selected cells, if they are one rectangle."""
        ranges = self.ranges()
        if len(ranges) > _MOST_RANGES:
            return None
        return covered([(one.top(), one.left(), one.bottom(), one.right()) for one in ranges], self.columns)

    def ranges(self) -> list[QItemSelectionRange]:
        return list(cast(Iterable[QItemSelectionRange], self.selectionModel().selection()))

    def go_to(self, row: int, column: int) -> None:
        """Make this the one selected cell, in sight."""
        self.stand(Cell(row, self.columns.index(column)))

    def stand(self, cell: Cell) -> None:
        """Select this cell and no other."""
        self.select(Area.between(cell, cell), cell)

    def select(
        self, area: Area, current: Cell | None = None, *, add: bool = False, reveal: bool = True
    ) -> None:
        """Select an area, the current cell staying where it is unless one is given; `add` turns it round."""
        flag = _SELECT.Toggle if add else _SELECT.ClearAndSelect
        columns = sorted(self.columns[area.left : area.right + 1])
        self.selectionModel().select(self._selection([(area.top, area.bottom)], columns), flag)
        if current is not None:
            self.make_current(current, reveal=reveal)
        else:
            self.chosen.emit()
        self.viewport().update()

    def make_current(self, cell: Cell, *, reveal: bool = True) -> None:
        """Make a cell the current one within what is selected."""
        index = self.index_of(cell)
        self.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
        if reveal:
            self.scrollTo(index)
        self.chosen.emit()

    def extend(self, cell: Cell) -> None:
        """Select from the current cell to this one."""
        current = self.current
        if current is None:
            self.stand(cell)
        else:
            self.select(Area.between(current, cell))
            self.scrollTo(self.index_of(cell))

    def select_rows(self, rows: Sequence[int], columns: Sequence[int] = ()) -> None:
        """Select these rows, from end to end or only in some columns, and tell nobody."""
        picked = sorted(columns) or sorted(self.columns)
        self.selectionModel().select(self._selection(runs(rows), picked), _SELECT.ClearAndSelect)
        self.viewport().update()

    def whole(self, top: int, bottom: int) -> Area:
        """Whole rows as an area."""
        return Area(min(top, bottom), 0, max(top, bottom), len(self.columns) - 1)

    def show_current(self, index: QModelIndex) -> None:
        """Make a cell the current one and bring it into sight, and tell nobody."""
        self.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
        self.scrollTo(index)

    def selectAll(self) -> None:
        if self.table.rows:
            self.select(self.whole(0, len(self.table.rows) - 1))

    def _selection(self, rows: Iterable[tuple[int, int]], columns: Sequence[int]) -> QItemSelection:
        selection = QItemSelection()
        across = list(runs(columns))
        for top, bottom in rows:
            for left, right in across:
                selection.append(
                    QItemSelectionRange(self.table.index(top, left), self.table.index(bottom, right))
                )
        return selection

    def selected_rows(self) -> list[int]:
        """Every row with a selected cell, from the top."""
        chosen: set[int] = set()
        for one in self.ranges():
            chosen.update(range(one.top(), one.bottom() + 1))
        return sorted(chosen)

    def selected_columns(self) -> list[int]:
        """Every shown column with a selected cell, from the left."""
        chosen: set[int] = set()
        for one in self.ranges():
            chosen.update(range(one.left(), one.right() + 1))
        return [column for column in self.columns if column in chosen]

    def whole_rows(self) -> bool:
        """Whether rows are selected from end to end."""
        return len(self.columns) > 1 and len(self.selected_columns()) == len(self.columns)

    # Over changes of rows

    def _keep_place(self) -> None:
        current = self.currentIndex()
        row = self.table.row_at(current.row())
        columns = tuple(self.selected_columns()) if not self.whole_rows() else ()
        self._kept = Kept(
            columns,
            self.table.columns[current.column()].key if current.isValid() else "",
            row.ref if row is not None else None,
            current.row(),
            self.verticalScrollBar().value(),
        )

    def _restore_place(self) -> None:
        kept = self._kept
        chosen = self.session.items  # not what was selected here: some of them may not have been shown
        rows = sorted(place for ref in chosen if (place := self.table.place_of(ref)) is not None)
        self.select_rows(rows, [column for column in kept.columns if column < len(self.table.columns)])
        row, column = self.table.place_of(kept.ref), self.table.place.get(kept.key or "title")
        if row is None and kept.ref is None:
            row = 0 if kept.row < 0 else self.table.new_row
        if row is not None and column is not None:
            index = self.table.index(row, column)
            self.selectionModel().setCurrentIndex(index, _SELECT.NoUpdate)
        self.verticalScrollBar().setValue(kept.scroll)

    def turn_fold(self, row: int, folded: bool | None = None) -> None:
        """Fold a lane or a parent, or open it."""
        known = self.table.row_at(row)
        if known is not None:
            self.session.fold(known.ref, not known.folded if folded is None else folded)

    # Editing

    def go_on(self, down: int, on: int) -> None:
        """After an entry: so many cells down, or to the right; within a selected block, round it."""
        cell, area = self.current, self.area()
        if cell is None:
            return
        self.setFocus()
        if area is not None and not area.single and area.holds(cell):
            self.make_current(area.next(cell, down, on))
        elif down:
            self.stand(Cell(self._next_row(cell.row, down), cell.place))
        elif on:
            self._step(cell, on)

    def _step(self, cell: Cell, on: int) -> None:
        place, row = cell.place + on, cell.row
        if not 0 <= place < len(self.columns):
            row = self._next_row(row, on)
            place = cell.place if row == cell.row else place % len(self.columns)
        self.stand(Cell(row, place))

    def _next_row(self, row: int, step: int) -> int:
        """The next row of an item, or the new one below all; the same where there is none."""
        there = row + step
        while 0 <= there < self.table.new_row and self.table.is_lane(there):
            there += step
        return there if 0 <= there <= self.table.new_row else row

    def edit_cell(self, column: int | None = None, typed: str = "", *, everywhere: bool = False) -> None:
        """Open the editor of the current row, in that column or where the person is.

        `typed` is the text it begins with; `everywhere` has what is entered go into all selected cells.
        """
        index = self.currentIndex()
        if not index.isValid():
            return
        if column is not None and column != index.column():
            self.go_to(index.row(), column)
            index = self.currentIndex()
        if self.table.is_lane(index.row()):
            return
        if index.row() == self.table.new_row and not self.table.begins_with(index.column()):
            self.edit_cell(self.table.place["title"], typed)
        elif not self.table.editable_at(index.row(), index.column()):
            self.derived_touched.emit(index)
        elif self.table.columns[index.column()].kind == "flag":
            self.turn_asked.emit()
        else:
            self.scrollTo(index)
            self._delegate.everywhere = everywhere
            opened = self.edit(index, _TRIGGER.AllEditTriggers, cast(QEvent, None))
            editor = self.indexWidget(index)
            if opened and typed and editor is not None:
                cast(Editor, editor).type_first(typed)  # not earlier: Qt selects all that is in it

    def open_choice(self) -> None:
        """Show what there is to choose from in the editor that is open."""
        self._delegate.open_choice()

    def turn_flag(self) -> None:
        """Turn round the flags of the selected cells, if the current one is a flag."""
        index = self.currentIndex()
        if index.isValid() and self.table.columns[index.column()].kind == "flag":
            self.edit_cell()

    def clear(self) -> None:
        """Select nothing."""
        self.selectionModel().clearSelection()
        self.chosen.emit()
        self.viewport().update()

    def let_go(self) -> bool:
        """End a drag with nothing done; whether there was one."""
        return self.header.cancel() or self._mouse.let_go()

    def handle(self) -> QRect | None:
        """The square by which the selected block is filled on."""
        return self._painter.handle()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What was entered is kept only when its editor is gone: rows may change places then."""
        super().closeEditor(editor, hint)
        self._delegate.hand_over()

    # Events

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and keys.means_the_cell(self, event)
        ):
            event.accept()  # these keys mean the cell, not the whole program's command
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self, event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole text of a cell that is cut off."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            shown = index.isValid() and self.table.item_at(index.row()) is not None
            if shown and self.cells.wanted(index.row(), index.column()) > self.visualRect(index).width():
                QToolTip.showText(event.globalPos(), self.table.text_at(index.row(), index.column()), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painter.paint(event.rect(), self._mouse.filling)

    def set_theme(self, theme: Theme) -> None:
        self.cells.set_theme(theme)
        for part in (self, self.header, self.numbers):
            part.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.cells.set_font(self.font())

    def sizeHintForColumn(self, column: int) -> int:
        """The width that fits what is in sight of a column, and its heading."""
        first = max(self.row_under(0), 0)
        last = min(first + self.viewport().height() // ROW_HEIGHT + 1, len(self.table.rows))
        widths = [self.cells.wanted(row, column) for row in range(first, last)]
        return max([self.header.wanted(column), *widths])
