"""The plan as a table: every edit can be made here by keys, and blocks go to Excel and back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ...io.strings import say
from ...model.document import Document
from ...model.edits.links import remove_links
from ...model.records import ItemId
from ...model.rows import filter_names
from ..drawing.palette import Theme
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from .blocks import Blocks
from .cells import CellPainter
from .changes import Changes
from .column_menu import ColumnMenu
from .delegates import CellDelegate
from .footer import Footer
from .grid import Grid
from .model import TableModel
from .style import style
from .totals import sums_of

_MOST_SUMMED = 20_000
"""Selected cells that are added up; more would keep a person waiting."""
_PAUSE = 40
"""Milliseconds without another selection after which the cells are added up."""


class TablePage(QWidget):
    """Rows as on the timeline, with the backlog; columns are fields."""

    fields_asked = Signal(str)
    """A field of the plan's own is to be changed, by its key; empty: one is to be added."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("table-page")
        self._document, self._session, self._messages = document, session, messages
        self._changes = Changes(document, messages)
        self._model = TableModel(document, session, self)
        cells = CellPainter(document, self._model, theme)
        delegate = CellDelegate(document, messages, self._model, cells)
        self.grid = Grid(self._model, delegate, cells, session, self)
        self._blocks = Blocks(document, session, messages, self._changes, self.grid)
        self.columns = ColumnMenu(document, session, self._model, self.grid)
        self.empty = QLabel(self.grid)
        self.empty.setObjectName("table-empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.clear = QPushButton(say("table.clear-search"), self.grid)
        self.clear.clicked.connect(self._show_all)
        self.foot = Footer(self)
        self._summing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._summing.timeout.connect(self._sum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.foot)
        self.setFocusProxy(self.grid)
        self._connect(signals, delegate)
        self._stale = True
        self._shown_columns: Any = None
        self.set_theme(theme)

    def _connect(self, signals: DocumentSignals, delegate: CellDelegate) -> None:
        signals.changed.connect(self.refresh)
        self._session.rows_changed.connect(self.refresh)
        self._session.selection_changed.connect(self._follow_selection)
        delegate.entered.connect(self._blocks.enter)
        grid = self.grid
        grid.chosen.connect(self._tell_selection)
        grid.clear_asked.connect(self._clear)
        grid.add_asked.connect(self.new_item)
        grid.filter_asked.connect(self.columns.filter_current)
        grid.fields_asked.connect(self.fields_asked)
        self.foot.columns_asked.connect(lambda: self.columns.choose(self.foot.columns))
        self.foot.unfilter_asked.connect(self._show_all)

    # Following

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(style(theme))
        self.grid.set_theme(theme)

    def refresh(self) -> None:
        """Show what the plan and the view say now; hidden, wait until somebody looks."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._model.refresh()
        view = self._model.view
        if (view.id, view.columns, view.frozen) != self._shown_columns:
            self._shown_columns = (view.id, view.columns, view.frozen)
            self.grid.arrange()
        self._show_empty()
        if not self.grid.currentIndex().isValid():
            self.grid.show_current(self._model.index(0, self._model.place["title"]))
        self._follow_selection()
        narrowed = bool(view.filter or self._session.search.strip()) and not view.dims
        shown = {id for row in self._model.rows for id in (*row.items, *row.hidden)} if narrowed else None
        self.foot.show_items(
            len(shown) if shown is not None else None,
            len(self._document.plan.items),
            filtered=bool(view.filter),
        )
        self._summing.start()
        self.grid.header.viewport().update()

    def _show_empty(self) -> None:
        """An empty table says what it is for, or why it is empty, and what can be done."""
        nothing, view = not self._model.rows, self._model.view
        found_by = filter_names.shown(self._document.plan, view.filter)
        sought = " ".join(filter(None, (found_by, self._session.search.strip())))
        self.empty.setVisible(nothing)
        self.clear.setVisible(nothing and bool(sought))
        words = say("table.nothing-found", text=sought) if sought else say("table.empty")
        self.empty.setText(say("view.who.empty") if self._session.misses_me(self._document.plan) else words)
        room = self.grid.rect()
        width = min(room.width() - 40, 520)
        height = self.empty.heightForWidth(width)
        top = room.center().y() - height
        self.empty.setGeometry(room.center().x() - width // 2, top, width, height)
        button = self.clear.sizeHint()
        self.clear.setGeometry(
            room.center().x() - button.width() // 2, top + height + 12, button.width(), button.height()
        )

    def _show_all(self) -> None:
        self._session.find("")
        self._session.adjust(self._document.plan, filter="")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._follow_selection()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._show_empty()

    def _follow_selection(self) -> None:
        """Select what the session has, unless it is selected already (perhaps as a block of cells)."""
        if not self.isVisible() or self._session.items == self._blocks.chosen():
            return
        places = [place for id in self._session.items if (place := self._model.place_of(id)) is not None]
        rows = self.grid.selected_rows()
        if set(places) == {row for row in rows if self._model.item_at(row) is not None}:
            return
        current, columns = self.grid.currentIndex(), self.grid.columns
        column = current.column() if current.column() in columns else columns[0]
        spread = () if self.grid.whole_rows() else self.grid.selected_columns() or (column,)
        self.grid.select_rows(sorted(places), spread)  # not whole rows: the Delete key would remove those
        if places and current.row() not in places:
            self.grid.show_current(self._model.index(places[-1], column))
        self._summing.start()

    def _tell_selection(self) -> None:
        """Tell the session; items that it has and this table does not show stay selected."""
        chosen = self._blocks.chosen()
        shown = [id for id in self._session.items if self._model.place_of(id) is not None]
        moved_on = bool(chosen and shown) and chosen[-1] != shown[-1]
        if set(chosen) != set(shown) or moved_on:
            self._session.select(chosen)
        self._summing.start()

    def _sum(self) -> None:
        """Say what the selected cells come to."""
        plan, times = self._document.plan, self._document.schedule
        ids, fields = self._blocks.selected_ids(), self._blocks.selected_fields()
        if len(ids) * len(fields) > _MOST_SUMMED:
            self.foot.say_rows(len(ids))
            return
        cells = ((field, field.read(plan, times, plan.items[id])) for id in ids for field in fields)
        self.foot.show_sums(sums_of(cells), plan)

    # What the window's commands call

    def reveal(self, id: ItemId) -> None:
        """Scroll the item's row into sight."""
        row = self._model.place_of(id)
        if row is not None:
            columns, current = self.grid.columns, self.grid.currentIndex().column()
            self.grid.scrollTo(self._model.index(row, current if current in columns else columns[0]))

    def rename_current(self) -> None:
        title = self._model.place["title"]
        if title not in self.grid.columns:
            self.columns.show(self._model.columns[title].key)
        self.grid.edit_cell(title)

    def new_item(self) -> None:
        """A new item below the current one, with the caret in its title."""
        self._make("bar")

    def new_milestone(self) -> None:
        self._make("milestone")

    def _make(self, kind: str) -> None:
        id = self._changes.make(
            kind, self._session.current, self._model.path_of(self.grid.currentIndex().row())
        )
        self._edit_title(id)

    def _edit_title(self, id: ItemId | None) -> None:
        row = self._model.place_of(id)
        if id is not None and row is not None:
            self.grid.go_to(row, self._model.place["title"])
            self.rename_current()

    def delete_selected(self) -> None:
        """Remove the selected link, or the items of the selected cells."""
        link = self._session.link
        if link is not None and link in self._document.kept.links:
            self._document.commit(remove_links, [link])
        elif ids := self._blocks.chosen():
            self._changes.remove(ids)

    def _clear(self) -> None:
        """What the Delete key means: empty the cells of a block, remove whole rows."""
        if self.grid.whole_rows():
            self.delete_selected()
        else:
            self._blocks.clear()

    def fill_menu(self, menu: QMenu) -> None:
        """What the right-click menu of cells has besides the commands of items."""
        self.columns.add_to_menu(menu, len(self._blocks.selected_ids()))

    # Clipboard

    def copy(self) -> bool:
        """The selected block as a table that Excel takes; False where whole rows are selected."""
        return self._blocks.copy()

    def cut(self) -> bool:
        """As `copy`, and the cells are empty then."""
        return self._blocks.cut()

    def paste(self) -> bool:
        """A block from a spreadsheet onto the cells; False where whole rows have been copied."""
        return self._blocks.paste()
