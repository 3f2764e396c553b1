"""What the selected cells are for: entered into, emptied, filled, copied and pasted, each in one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from ...io.strings import field_title
from ...model.document import Document
from ...model.field_values import listed
from ...model.fields import Field, text_of
from ...model.records import ItemId
from ...model.refused import Refused
from ..editors.of_fields import NewName, hint_of, tell_refused
from ..links_out import follow
from ..making import below
from ..messages import Message, Messages
from ..rows_clipboard import Block, copied, headings, meaning, read, repeated
from ..session import Session
from .area import Area, Cell
from .changes import Changes, values_downward
from .delegates import Entry
from .grid import Grid
from .keys import rows_on_clipboard
from .model import TableModel


class Blocks:
    """Does what the grid asks for, with whatever is selected there."""

    def __init__(
        self, document: Document, session: Session, messages: Messages, changes: Changes, grid: Grid
    ) -> None:
        self._document, self._session, self._messages = document, session, messages
        self._changes, self._grid = changes, grid
        self._model: TableModel = grid.table
        grid.copy_asked.connect(self.copy)
        grid.cut_asked.connect(self.cut)
        grid.paste_asked.connect(self.paste)
        grid.fill_asked.connect(self.fill)
        grid.today_asked.connect(self._enter_today)
        grid.turn_asked.connect(self._turn_flags)
        grid.derived_touched.connect(self._explain_derived)
        grid.link_asked.connect(self._follow)

    # What is selected

    def ids(self, rows: Sequence[int]) -> list[ItemId]:
        """The items of rows."""
        return [item.id for row in rows if (item := self._model.item_at(row)) is not None]

    def selected_ids(self) -> list[ItemId]:
        """The items that have a selected cell, from the top."""
        return self.ids(self._grid.selected_rows())

    def selected_fields(self) -> list[Field]:
        return self._fields(self._grid.selected_columns())

    def chosen(self) -> tuple[ItemId, ...]:
        """The items of the selected cells in the order in which they were selected."""
        ids, row, area = self.selected_ids(), self._grid.currentIndex().row(), self._grid.area()
        current = self._model.item_at(row)
        if area is not None and area.top < area.bottom:
            return tuple(reversed(ids) if row == area.bottom else ids)
        if current is not None and current.id in ids:
            ids = [*(id for id in ids if id != current.id), current.id]
        return tuple(ids)

    def _fields(self, columns: Sequence[int]) -> list[Field]:
        return [self._model.columns[column] for column in columns]

    # Entering

    def clear(self) -> None:
        """Empty the selected cells."""
        ids, fields = self.selected_ids(), self.selected_fields()
        if ids and all(field.edit is None for field in fields):
            self._explain_derived(self._grid.currentIndex())
        else:
            self._changes.clear((field, ids) for field in fields)

    def enter(self, entry: Entry) -> None:
        """Keep what was entered into a cell; in the row below all, it makes an item."""
        field = self._model.columns[entry.column]
        item = self._model.item_at(entry.row)
        if entry.row == self._model.new_row:
            if entry.value not in (None, "", ()):
                self._add(field, entry.value)
        elif entry.everywhere:
            self._enter_everywhere(field, entry.value)
        elif item is not None:
            self._changes.enter((item.id,), field, entry.value)

    def _enter_everywhere(self, field: Field, value: Any) -> None:
        """Into all selected cells; those of other columns take it as if it were typed there."""
        ids, fields = self.selected_ids(), self.selected_fields()
        if len(fields) < 2 or field not in fields:
            self._changes.enter(ids, field, value)
            return
        text = self._entered_text(field, value)
        self._changes.fill_texts([[text] * len(fields)] * len(ids), fields, ids)

    def _entered_text(self, field: Field, value: Any) -> str:
        """What was entered as a text, new names too."""
        if isinstance(value, NewName):
            return value.name
        if not isinstance(value, tuple) or field.kind == "links":
            return text_of(field, self._document.plan, value)
        return listed(self._entered_text(field, one if isinstance(one, NewName) else (one,)) for one in value)

    def _add(self, field: Field, value: Any) -> None:
        """An item at the end, with what was typed there."""
        self._changes.make("bar", None, self._model.path_of(self._model.new_row - 1), field, value)
        column = self._model.place[field.key]
        if column in self._grid.columns:
            self._grid.go_to(self._model.new_row, column)

    def _enter_today(self) -> None:
        ids = self.selected_ids()
        days = [field for field in self.selected_fields() if field.kind == "date"]
        if ids and days:
            self._changes.fill((field, id, date.today()) for field in days for id in ids)

    def _turn_flags(self) -> None:
        """The other way round, all as the current one will be."""
        index = self._grid.currentIndex()
        field, ids = self._model.columns[index.column()], self.selected_ids()
        if ids:
            self._changes.enter(ids, field, not self._model.value_at(index.row(), index.column()))

    def _explain_derived(self, index: QModelIndex) -> None:
        item = self._model.item_at(index.row())
        field = self._model.columns[index.column()]
        rolled_up = field.edit is not None and item is not None
        code = "table.rolled-up" if rolled_up else "field.computed"
        if field.formula is not None:
            self._messages.tell(Message(hint_of(field, self._document.plan), "warning"))
            return
        self._messages.say(code, level="warning", field=field_title(field), key=item.key if item else "")

    def _follow(self, text: str) -> None:
        """Open a link."""
        try:
            follow(text)
        except Refused as refused:
            tell_refused(self._messages, refused)

    def fill(self, source: Area, target: Area) -> None:
        """Let the cells of an area go into those beside it, again and again."""
        plan, times = self._document.kept, self._document.kept_schedule
        columns = self._grid.columns
        sources = self.ids(range(source.top, source.bottom + 1))
        if source.left == target.left and source.right == target.right:
            targets = self.ids(range(target.top, target.bottom + 1))
            fields = self._fields(columns[source.left : source.right + 1])
            if target.top < source.top:
                sources, targets = sources[::-1], targets[::-1]
            if sources and targets:
                self._changes.fill(values_downward(plan, times, fields, sources, targets))
        else:
            block = [
                [
                    text_of(field, plan, field.read(plan, times, plan.items[id]))
                    for field in self._across(source, target)
                ]
                for id in sources
            ]
            self._changes.fill_texts(block, self._fields(columns[target.left : target.right + 1]), sources)
        self._grid.select(
            Area(
                min(source.top, target.top),
                min(source.left, target.left),
                max(source.bottom, target.bottom),
                max(source.right, target.right),
            )
        )

    def _across(self, source: Area, target: Area) -> Iterator[Field]:
        """The field of the source that each column of the target takes from."""
        wide = source.right - source.left + 1
        for place in range(target.left, target.right + 1):
            yield self._model.columns[self._grid.columns[source.left + (place - source.left) % wide]]

    # Clipboard

    def copy(self) -> bool:
        """The selected block as a table that Excel takes; False where whole rows are selected."""
        if self._grid.whole_rows():
            return False
        ids, fields = self.selected_ids(), self.selected_fields()
        if ids:
            plan, times = self._document.plan, self._document.schedule
            copied(plan, times, ids, fields, headed=False).to_clipboard()
        return True

    def cut(self) -> bool:
        """As `copy`, and the cells are empty then."""
        if not self.copy():
            return False
        self.clear()
        return True

    def paste(self) -> bool:
        """A block from a spreadsheet onto the cells; rows with headings or past the end become new items.

        False where whole rows have been copied.
        """
        if rows_on_clipboard():
            return False
        text = QGuiApplication.clipboard().text()
        if text:
            self._paste_text(text)
        return True

    def _paste_text(self, text: str) -> None:
        plan, times = self._document.kept, self._document.kept_schedule
        block = read(text)
        fields = headings(plan, block[0])
        if fields is not None:
            begin = self._below_current()
            before = begin.pop("before", None)
            meant = meaning(plan, times, block[1:], fields, before=before, begin=begin)
            self._changes.paste(meant)
            self._session.select(meant.made)
        elif (cell := self._grid.current) is not None:
            self._paste_at(cell, block)

    def _paste_at(self, cell: Cell, block: Block) -> None:
        """Onto the cells from the corner of the selection on, as often as it goes into it."""
        plan, times, grid = self._document.kept, self._document.kept_schedule, self._grid
        area = grid.area() or Area.between(cell, cell)
        rows = self.ids(range(area.top, area.bottom + 1))
        block = repeated(block, len(rows), area.right - area.left + 1)
        fields = self._fields(grid.columns[area.left :])
        targets = self.ids(range(area.top, self._model.new_row))
        parent = plan.items[targets[-1]].parent if targets else None
        meant = meaning(plan, times, block, fields, targets, begin={"parent": parent} if parent else {})
        self._changes.paste(meant)
        bottom = [self._model.place_of(id) for id in (*targets[: len(block)], *meant.made)]
        last = max([area.top, *(row for row in bottom if row is not None)])
        right = min(area.left + len(block[0]), len(grid.columns)) - 1
        grid.select(Area(area.top, area.left, last, right), Cell(area.top, area.left))

    def _below_current(self) -> dict[str, Any]:
        current, plan = self._session.current, self._document.kept
        return below(plan, current) if current is not None and current in plan.items else {}
