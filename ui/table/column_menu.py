"""What can be done with columns: sort, group, filter, freeze, hide, choose. Only the view is changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ...io.strings import count, field_title, say
from ...model.document import Document
from ...model.fields import Field
from ...model.records import Column, Sort, View
from ...model.rows import filter_names
from ...model.rows.filters import Asker
from ...model.rows.lanes import groupings
from ..session import Session
from .grid import Grid
from .model import TableModel


class ColumnMenu:
    """The menu of a heading, and the panels that open from it."""

    def __init__(self, document: Document, session: Session, model: TableModel, grid: Grid) -> None:
        self._document, self._session, self._model, self._grid = document, session, model, grid
        grid.header.menu_asked.connect(self.open)
        grid.header.sort_asked.connect(self.sort_on)
        grid.header.arranged.connect(self._remember)
        grid.header.add_asked.connect(lambda: grid.fields_asked.emit(""))

    @property
    def _view(self) -> View:
        return self._model.view

    def _adjust(self, **looks: Any) -> None:
        self._session.adjust(self._document.plan, **looks)

    def _remember(self) -> None:
        """Let the view have the columns as they stand."""
        self._adjust(columns=self._grid.header.kept())

    # Sorting and grouping

    def sort_on(self, column: int, beside: bool) -> None:
        """The next way to sort by a column: rising, falling, by hand; `beside` keeps the other keys."""
        key = self._model.columns[column].key
        present = next((one for one in self._view.sort if one.field == key), None)
        following = Sort(key) if present is None else Sort(key, True) if not present.down else None
        self._sort_by(key, following, beside)

    def _sort_by(self, key: str, by: Sort | None, beside: bool) -> None:
        if not beside:
            self._adjust(sort=() if by is None else (by,))
            return
        kept = [by if one.field == key else one for one in self._view.sort]
        if by is not None and by not in kept:
            kept.append(by)
        self._adjust(sort=tuple(one for one in kept if one is not None))

    def _group(self, group: str, subgroup: str = "") -> None:
        self._adjust(group=group, subgroup=subgroup)

    # Columns

    def show(self, key: str, shown: bool = True) -> None:
        """Show a field as the last column, or hide its column."""
        kept = [column for column in self._grid.header.kept() if column.field != key]
        self._adjust(columns=tuple([*kept, Column(key)] if shown else kept))

    def choose(self, beside: QWidget) -> None:
        """A panel with every field, above a button."""
        panel = self._columns_panel(beside)
        panel.adjustSize()
        top = beside.mapToGlobal(QPoint(beside.width() - panel.width(), -panel.height() - 4))
        panel.open_at(top)

    def _columns_panel(self, parent: QWidget) -> Any:
        from .columns_panel import ColumnsPanel

        shown = [column.field for column in self._grid.header.kept()]
        panel = ColumnsPanel(self._model.columns, shown, parent)
        panel.chosen.connect(self._show_only)
        panel.usual_asked.connect(
            lambda: self._adjust(columns=(), frozen=View(id=self._view.id, title="").frozen)
        )
        return panel

    def _show_only(self, keys: list[str]) -> None:
        """Show these fields: those that are shown stay where they are, others come after them."""
        kept = [column for column in self._grid.header.kept() if column.field in keys]
        known = {column.field for column in kept}
        if kept or keys:
            self._adjust(columns=(*kept, *(Column(key) for key in keys if key not in known)))

    # Filtering

    def filter_current(self) -> None:
        """The panel of the column that the current cell is in."""
        index = self._grid.currentIndex()
        if index.isValid():
            self.filter(index.column())

    def filter(self, column: int) -> None:
        """A panel with what the column has, below its heading."""
        from .filter_panel import FilterPanel

        document, header = self._document, self._grid.header
        asker = Asker(self._session.me)
        field = self._model.columns[column]
        plan = document.plan
        text = filter_names.shown(plan, self._view.filter)
        panel = FilterPanel(field, plan, document.schedule, text, asker, self._grid)
        panel.filtered.connect(lambda text: self._adjust(filter=filter_names.kept(plan, text)))
        one = next((one for one in self._grid.placed() if one.column == column), None)
        panel.open_at(header.viewport().mapToGlobal(QPoint(one.left if one else 0, header.height())))

    # Menus

    def open(self, column: int, place: QPoint) -> None:
        menu = QMenu(self._grid)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill(menu, column)
        menu.popup(place)

    def fill(self, menu: QMenu, column: int) -> None:
        """Everything that can be done with a column."""
        field, view = self._model.columns[column], self._view
        key, columns = field.key, self._grid.columns
        present = next((one for one in view.sort if one.field == key), None)
        add = partial(_add, menu)
        add("table.sort-up", lambda: self._sort_by(key, Sort(key), False), present == Sort(key))
        add("table.sort-down", lambda: self._sort_by(key, Sort(key, True), False), present == Sort(key, True))
        if view.sort:
            add("table.sort-off", lambda: self._adjust(sort=()))
        menu.addSeparator()
        self._add_groups(menu, key)
        add("table.filter", lambda: self.filter(column), key in self._model.filtered)
        menu.addSeparator()
        place = columns.index(column) + 1
        if view.frozen == place:
            add("table.unfreeze", lambda: self._adjust(frozen=0))
        else:
            add("table.freeze", lambda: self._adjust(frozen=place))
        add("table.fit", lambda: self._grid.header.fit(column))
        if len(columns) > 1 and key != "title":
            add("table.hide", lambda: self.show(key, False), field=field_title(field))
        if field.own is not None:
            add("table.change-field", lambda: self._grid.fields_asked.emit(key))
        add("table.new-field", lambda: self._grid.fields_asked.emit(""))
        add("table.choose-columns", lambda: self._columns_panel(self._grid).open_at(self._heading(column)))

    def _add_groups(self, menu: QMenu, key: str) -> None:
        """Groups that the column makes: of its values, of the quarters and months of its days."""
        view, add = self._view, partial(_add, menu)
        for by in groupings(self._document.plan):
            unit = by.key.removeprefix(key)
            if unit not in ("", ".quarter", ".month"):
                continue
            add(f"table.group{unit}", partial(self._group, by.key), view.group == by.key)
            if view.group and view.group != by.key:
                within = partial(self._group, view.group, by.key)
                add(f"table.subgroup{unit}", within, view.subgroup == by.key)
        if view.group:
            add("table.group-off", partial(self._group, ""))

    def _heading(self, column: int) -> QPoint:
        """Just below the heading of a column, on the screen."""
        header = self._grid.header
        left = next((one.left for one in self._grid.placed() if one.column == column), 0)
        return header.viewport().mapToGlobal(QPoint(max(left, 0), header.height()))

    def add_to_menu(self, menu: QMenu, rows: int) -> None:
        """What the menu of a cell has of its column, and of the rows that are selected with it."""
        index = self._grid.currentIndex()
        if not index.isValid():
            return
        field: Field = self._model.columns[index.column()]
        menu.addSeparator()
        if rows > 1 and self._model.editable_at(index.row(), index.column()):
            words = count("table.set-for", rows, field=field_title(field))
            action = menu.addAction(words)
            action.triggered.connect(lambda: self._grid.edit_cell(everywhere=True))
        column = menu.addMenu(say("table.column", field=field_title(field)))
        self.fill(column, index.column())


def _add(
    menu: QMenu, code: str, run: Callable[[], object], checked: bool | None = None, **values: object
) -> QAction:
    action = menu.addAction(say(code, **values))
    if checked:
        action.setCheckable(True)
        action.setChecked(True)
    action.triggered.connect(lambda _=False: run())
    return action
