"""The plan as a table: every edit can be made here by keys, and blocks go to Excel and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ...io.strings import count as count_words
from ...io.strings import say
from ...model.document import Document
from ...model.edits import together
from ...model.edits.items import add_item, remove_items, set_field
from ...model.edits.links import remove_links
from ...model.fields import text_of
from ...model.records import ItemId, new_id
from ...model.refused import Refused
from ..editors import editable, empty_of, tell_refused, title_of
from ..messages import Loudness, Messages
from ..palette import Theme
from ..session import Session
from ..signals import DocumentSignals
from . import clipboard
from .delegates import CellDelegate
from .grid import Grid
from .model import COLUMNS, PLACE, TableModel
from .style import style


class TablePage(QWidget):
    """Rows as on the timeline, with the backlog; columns are fields."""

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
        self._model = TableModel(document, session, self)
        delegate = CellDelegate(document, messages, self._model, theme)
        self.grid = Grid(self._model, delegate, session, theme, self)
        self._empty = QLabel(self)
        self._empty.setObjectName("table-empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._clear = QPushButton(say("table.clear-search"), self)
        self._clear.clicked.connect(lambda: session.find(""))
        self.new_title = QLineEdit(self)
        self.new_title.setObjectName("table-add")
        self.new_title.setPlaceholderText(say("table.add"))
        self.new_title.setAccessibleName(say("table.add"))
        self.new_title.returnPressed.connect(self._add_titled)
        self._total = QLabel(self)
        self._total.setObjectName("table-total")
        self._arrange()
        self._connect(signals)
        self._stale = True
        self.set_theme(theme)

    def _arrange(self) -> None:
        nothing = QWidget(self)
        middle = QVBoxLayout(nothing)
        middle.addStretch()
        middle.addWidget(self._empty)
        middle.addWidget(self._clear, alignment=Qt.AlignmentFlag.AlignCenter)
        middle.addStretch()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(nothing)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 16, 4)
        foot.addWidget(self.new_title, 1)
        foot.addWidget(self._total)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.grid)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.changed.connect(self.refresh)
        self._session.rows_changed.connect(self.refresh)
        self._session.selection_changed.connect(self._follow_selection)
        self.grid.selectionModel().selectionChanged.connect(self._tell_selection)
        self.grid.selectionModel().currentChanged.connect(self._tell_selection)
        self.grid.copy_asked.connect(self.copy)
        self.grid.cut_asked.connect(self.cut)
        self.grid.paste_asked.connect(self.paste)
        self.grid.fill_asked.connect(self.fill_down)
        self.grid.delete_asked.connect(self.delete_selected)
        self.grid.add_asked.connect(self.new_item)
        self.grid.derived_touched.connect(self._explain_derived)

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
        shown = bool(self._model.rows)
        self._stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            sought = self._session.search.strip()
            self._clear.setVisible(bool(sought))
            self._empty.setText(say("table.nothing-found", text=sought) if sought else say("table.empty"))
        self._follow_selection()
        items = sum(row.item is not None for row in self._model.rows)
        self._total.setText(count_words("table.items", items))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._follow_selection()

    def _follow_selection(self) -> None:
        """Select what the session has, unless it is selected already (perhaps as a block of cells)."""
        if not self.isVisible() or self._session.items == self._chosen():
            return
        places = [place for id in self._session.items if (place := self._model.place_of(id)) is not None]
        if set(places) == set(self._item_rows()):
            return
        if places:
            column = max(self.grid.currentIndex().column(), 0)
            column = column if column in self.grid.header.columns() else self.grid.header.columns()[0]
            index = self._model.index(places[-1], column)
            self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.grid.select_rows(sorted(places))
            self.grid.scrollTo(index)
        else:
            self.grid.clearSelection()

    def _tell_selection(self, *_: Any) -> None:
        """Tell the session; items that it has and this table does not show stay selected."""
        chosen = self._chosen()
        shown = [id for id in self._session.items if self._model.place_of(id) is not None]
        moved_on = bool(chosen and shown) and chosen[-1] != shown[-1]
        if set(chosen) != set(shown) or moved_on:
            self._session.select(chosen)

    def _item_rows(self) -> list[int]:
        return [row for row in self.grid.selected_rows() if self._model.rows[row].item is not None]

    def _chosen(self) -> tuple[ItemId, ...]:
        """The items of the selected cells, the current one last."""
        ids = [id for row in self._item_rows() if (id := self._model.rows[row].item) is not None]
        current = self._model.item_at(self.grid.currentIndex().row())
        if current is not None and current.id in ids:
            ids = [*(id for id in ids if id != current.id), current.id]
        return tuple(ids)

    # What the window's commands call

    def reveal(self, id: ItemId) -> None:
        """Scroll the item's row into sight."""
        row = self._model.place_of(id)
        if row is not None:
            column = max(self.grid.currentIndex().column(), self.grid.header.columns()[0])
            self.grid.scrollTo(self._model.index(row, column))

    def rename_current(self) -> None:
        if self._column_in_sight("title"):
            self.grid.edit_cell(PLACE["title"])

    def _column_in_sight(self, key: str) -> bool:
        if self.grid.isColumnHidden(PLACE[key]):
            self.grid.header.toggle(key, True)
        return self.grid.currentIndex().isValid()

    def new_item(self) -> None:
        """A new item below the current one, with the caret in its title."""
        self._make("bar")

    def new_milestone(self) -> None:
        self._make("milestone")

    def delete_selected(self) -> None:
        """Clear the cells of a block; of whole rows, or with the focus elsewhere, remove the items."""
        link = self._session.link
        if link is not None and link in self._document.kept.links:
            self._document.commit(remove_links, [link])
        elif self.grid.whole_rows() or not self.grid.hasFocus():
            ids = self._chosen()
            if ids:
                change = self._document.commit(remove_items, ids)
                self._say_counted("table.removed", sum(1 for _ in change.touched("items")))
        else:
            self._set_cells(self._cells(), None)

    # Cells

    def _cells(self) -> list[tuple[ItemId, int]]:
        """The selected cells of items, row by row."""
        columns = self.grid.selected_columns()
        return [
            (id, column)
            for row in self._item_rows()
            if (id := self._model.rows[row].item) is not None
            for column in columns
        ]

    def _set_cells(self, cells: Sequence[tuple[ItemId, int]], value: Any, *, given: bool = False) -> None:
        """Set every cell to the value, or empty it, in one step; what can't be set is said."""
        by_field: dict[int, list[ItemId]] = {}
        for id, column in cells:
            if editable(COLUMNS[column], self._document.plan, id):
                by_field.setdefault(column, []).append(id)
        if not by_field:
            if cells:
                self._messages.say("field.computed", level="warning", field=title_of(COLUMNS[cells[0][1]]))
            return
        parts = [
            (set_field, ids, COLUMNS[column].key, value if given else empty_of(COLUMNS[column]))
            for column, ids in by_field.items()
        ]
        try:
            self._document.commit(together(*parts))
        except Refused as refused:
            tell_refused(self._messages, refused)

    def fill_down(self) -> None:
        """Give every cell of the block the value of the topmost one of its column, in one step."""
        rows, columns = self._item_rows(), self.grid.selected_columns()
        if len(rows) < 2:
            return
        plan = self._document.plan
        parts = []
        for column in columns:
            field = COLUMNS[column]
            ids = [id for row in rows[1:] if (id := self._model.rows[row].item) is not None]
            ids = [id for id in ids if editable(field, plan, id)]
            if ids:
                parts.append((set_field, ids, field.key, self._model.value_at(rows[0], column)))
        if not parts:
            return
        try:
            self._document.commit(together(*parts))
        except Refused as refused:
            tell_refused(self._messages, refused)

    def _explain_derived(self, index: QModelIndex) -> None:
        item = self._model.item_at(index.row())
        field = COLUMNS[index.column()]
        rolled_up = field.edit is not None and item is not None
        code = "table.rolled-up" if rolled_up else "field.computed"
        self._messages.say(code, level="warning", field=title_of(field), key=item.key if item else "")

    # Clipboard

    def copy(self) -> None:
        """The selected block as text that Excel takes; whole rows with their headings."""
        rows, columns = self._item_rows(), self.grid.selected_columns()
        plan = self._document.plan
        block = [
            [text_of(COLUMNS[column], plan, self._model.value_at(row, column)) for column in columns]
            for row in rows
        ]
        if self.grid.whole_rows():
            block.insert(0, [title_of(COLUMNS[column]) for column in columns])
        if block:
            QGuiApplication.clipboard().setText(clipboard.written(block))

    def cut(self) -> None:
        self.copy()
        self.delete_selected()

    def paste(self) -> None:
        """A block from a spreadsheet onto the cells; rows with headings or past the end become new items."""
        text = QGuiApplication.clipboard().text()
        if not text:
            return
        block = clipboard.read(text)
        fields = clipboard.headings(block[0])
        meant: clipboard.Paste | None
        if fields is not None:
            meant = self._as_new_items(block[1:], fields)
        elif len(block) == 1 and len(block[0]) == 1:
            meant = self._onto_all(block[0][0])
        else:
            meant = self._onto_cells(block)
        if meant is not None:
            self._keep_paste(meant)

    def _as_new_items(self, block: clipboard.Block, fields: Sequence[Any]) -> clipboard.Paste:
        parent, before = self._below_current()
        return clipboard.meaning(self._document.kept, block, fields, [], parent=parent, before=before)

    def _onto_all(self, text: str) -> clipboard.Paste | None:
        """One value: into every selected cell."""
        columns = [COLUMNS[column] for column in self.grid.selected_columns()]
        ids = [id for row in self._item_rows() if (id := self._model.rows[row].item) is not None]
        if not (columns and ids):
            return None
        return clipboard.meaning(self._document.kept, [[text] * len(columns)] * len(ids), columns, ids)

    def _onto_cells(self, block: clipboard.Block) -> clipboard.Paste | None:
        rows, columns = self._item_rows(), self.grid.selected_columns()
        if not rows or not columns:
            return None
        shown = self.grid.header.columns()
        fields = [COLUMNS[column] for column in shown[shown.index(columns[0]) :]]
        targets = [row.item for row in self._model.rows[rows[0] :] if row.item is not None]
        parent = self._document.kept.items[targets[-1]].parent if targets else None
        return clipboard.meaning(self._document.kept, block, fields, targets, parent=parent)

    def _keep_paste(self, meant: clipboard.Paste) -> None:
        change = self._document.commit(clipboard.paste, meant)
        if meant.new:
            self._session.select(meant.new)
        if meant.troubles:
            first = meant.troubles[0]
            values = {**first.refused.values, "field": title_of(first.field)}
            self._say_counted(
                "table.paste-left-out",
                len(meant.troubles),
                level="warning",
                line=first.line,
                field=title_of(first.field),
                why=say(first.refused.code, **values),
            )
        elif change:
            self._say_counted("table.pasted", sum(1 for _ in change.touched("items")))

    def _say_counted(self, code: str, number: int, *, level: Loudness = "info", **values: Any) -> None:
        self._messages.say(f"{code}.{'one' if number == 1 else 'many'}", level=level, n=number, **values)

    # Making items

    def _below_current(self) -> tuple[ItemId | None, ItemId | None]:
        """The parent, and the sibling before which a new item goes: just below the current one."""
        plan = self._document.kept
        current = self._session.current
        if current is None or current not in plan.items:
            return None, None
        parent = plan.items[current].parent
        parent = parent if parent in plan.items else None
        siblings = plan.outline.children.get(parent, []) if parent else plan.outline.roots
        after = siblings.index(current) + 1 if current in siblings else len(siblings)
        return parent, siblings[after] if after < len(siblings) else None

    def _make(self, kind: str, title: str = "") -> None:
        """A new item below the current one, in its lane; without a title, the caret goes there."""
        parent, before = self._below_current()
        plan = self._document.kept
        current = plan.items.get(self._session.current) if self._session.current is not None else None
        lane = current.team if current is not None else None
        id = ItemId(new_id())
        fields: dict[str, Any] = {"kind": kind, "parent": parent, "team": lane}
        self._document.commit(add_item, id, title=title, before=before, **fields)
        self._session.select([id])
        if not title and self._model.place_of(id) is not None:
            self.rename_current()

    def _add_titled(self) -> None:
        title = self.new_title.text().strip()
        if title:
            self._document.commit(add_item, ItemId(new_id()), title=title)
            self.new_title.clear()
            self.grid.scrollToBottom()
