"""The rows of the view and all fields as a table model; a cell is read when it is looked at, and only then.

Below the last row there is one more, which is no item yet: what is typed there makes one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ...io.strings import field_title, say
from ...model.document import Document
from ...model.field import NUMERIC
from ...model.fields import Field, fields_of
from ...model.query import Row, dimmed, rows
from ...model.records import Item, ItemId, View
from ...model.rows.filter_names import field_named
from ...model.rows.filter_terms import terms_of
from ...model.rows.filters import Asker
from ...model.rows.lanes import Path
from ..editors.of_fields import editable, fault_text, shown_text
from ..session import Session
from ..spoken import sentence
from ..views.names import lane_title
from .totals import total_of

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDIT = _READ | Qt.ItemFlag.ItemIsEditable
_LONGEST = 400
"""Letters of a value that are looked at to draw a cell."""
_MOST_KEPT = 20_000
"""Texts that are remembered."""


class TableModel(QAbstractTableModel):
    """Follows document and session when told to `refresh`."""

    rows_changing = Signal()
    """Other rows, or others in their places, or other columns: just before."""
    rows_changed = Signal()
    columns_changed = Signal()
    """There are other fields than before."""

    def __init__(self, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self.rows: list[Row] = []
        self.columns: tuple[Field, ...] = tuple(fields_of(document.plan).values())
        self.place: dict[str, int] = {field.key: place for place, field in enumerate(self.columns)}
        self.dimmed: frozenset[ItemId] = frozenset()
        """Items that filter and search did not find, where the view shows those pale."""
        self.filtered: frozenset[str] = frozenset()
        """Keys of the fields by which the view filters."""
        self._places: dict[str, int] = {}
        self._lanes: list[int] = []
        self._held: dict[int, list[ItemId]] = {}
        self._texts: dict[tuple[int, Any], str] = {}
        """By column and value: the same few words stand in most cells."""
        self._totals: dict[tuple[int, int], str] = {}

    # What it shows

    @property
    def view(self) -> View:
        """How the plan is looked at."""
        return self._session.view(self._document.plan)

    def refresh(self) -> None:
        """Take up what has changed: rows that stay where they are keep their selection and their editor."""
        plan, times, view, search = (
            self._document.plan,
            self._document.schedule,
            self.view,
            self._session.search,
        )
        self._texts.clear()
        self._totals.clear()
        self._held.clear()
        self._take_fields(tuple(fields_of(plan).values()))
        asker, collapsed = Asker(self._session.me), self._session.looks.collapsed
        fresh = rows(plan, times, view, search=search, collapsed=collapsed, backlog=True, asker=asker)
        self.dimmed = dimmed(plan, times, view, search=search, asker=asker)
        named = (field_named(plan, term.field.casefold()) for term in terms_of(view.filter))
        self.filtered = frozenset(field.key for field in named if field is not None)
        self._take_rows(fresh)
        if fresh:
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.columns) - 1))

    def place_of(self, ref: str | None) -> int | None:
        """The row of an item or lane; None: it is not shown."""
        return self._places.get(ref) if ref is not None else None

    @property
    def new_row(self) -> int:
        """The row below the last, for what is not there yet."""
        return len(self.rows)

    def row_at(self, row: int) -> Row | None:
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def path_of(self, row: int) -> Path:
        """The lane that a row is in."""
        known = self.row_at(row)
        return known.path if known is not None else ()

    def is_lane(self, row: int) -> bool:
        known = self.row_at(row)
        return known is not None and known.item is None

    def item_at(self, row: int) -> Item | None:
        known = self.row_at(row)
        return None if known is None or known.item is None else self._document.plan.items.get(known.item)

    def value_at(self, row: int, column: int) -> Any:
        """The value itself, None for a lane's head."""
        item = self.item_at(row)
        if item is None:
            return None
        return self.columns[column].read(self._document.plan, self._document.schedule, item)

    def text_at(self, row: int, column: int) -> str:
        """What stands in the cell."""
        item = self.item_at(row)
        return "" if item is None else self.text_of(item, column)

    def text_of(self, item: Item, column: int) -> str:
        """What an item has in a column."""
        field, plan, times = self.columns[column], self._document.plan, self._document.schedule
        value = field.read(plan, times, item)
        text = self._texts.get((column, value))
        if text is None:
            if len(self._texts) > _MOST_KEPT:
                self._texts.clear()
            text = self._texts[column, value] = self._text(field, value)
        return text if text or field.fault is None else fault_text(field, plan, times, item.id)

    def _text(self, field: Field, value: Any) -> str:
        if field.kind == "flag":
            return say("flag.yes") if value else ""
        text = shown_text(field, self._document.plan, value, brief=True)
        plain = len(text) <= _LONGEST and "\n" not in text and "\t" not in text
        return text if plain else " ".join(text[:_LONGEST].split())

    def editable_at(self, row: int, column: int) -> bool:
        if row == self.new_row:
            return self.begins_with(column)
        item = self.item_at(row)
        return item is not None and editable(self.columns[column], self._document.plan, item.id)

    def begins_with(self, column: int) -> bool:
        """Whether an item can be made by what is typed into this column."""
        field = self.columns[column]
        return field.edit is not None and field.key not in ("key", "links")

    def numeric(self, column: int) -> bool:
        """Whether its values stand at the right of their cells."""
        return self.columns[column].kind in NUMERIC

    def lane_title(self, row: Row) -> str:
        """The name of the lane that a row heads."""
        return lane_title(self._document.plan, row)

    def number_of(self, row: int) -> int:
        """The number of an item's row, from 1; heads of lanes are not counted."""
        return row + 1 - bisect_right(self._lanes, row)

    def head_of(self, row: int, level: int) -> int | None:
        """The lane of that level (0 the outer, 1 the inner ones) in which a row is, by its row."""
        place = bisect_right(self._lanes, row) - 1
        while place >= 0 and self.rows[self._lanes[place]].depth > level:
            place -= 1
        return self._lanes[place] if place >= 0 and self.rows[self._lanes[place]].depth == level else None

    def lane_after(self, head: int, level: int) -> int | None:
        """The next lane that ends one of that level, by its row."""
        following = self._lanes[bisect_right(self._lanes, head) :]
        return next((row for row in following if self.rows[row].depth <= level), None)

    def held_by(self, row: int) -> list[ItemId]:
        """The items of a lane, those that are folded away too."""
        if row not in self._held:
            known = self.rows[row]
            end = row + 1 if known.folded else self.lane_after(row, known.depth) or self.new_row
            below = self.rows[row:end]
            self._held[row] = [id for one in below for id in (one.hidden or one.items)]
        return self._held[row]

    def total_at(self, row: int, column: int) -> str:
        """What a lane's items come to in a column."""
        text = self._totals.get((row, column))
        if text is None:
            field, plan, times = self.columns[column], self._document.plan, self._document.schedule
            total = total_of(field, plan, times, self.held_by(row))
            text = self._totals[row, column] = shown_text(field, plan, total, brief=True)
        return text

    # Qt's questions

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text_at(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.numeric(column) else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _EDIT if self.editable_at(index.row(), index.column()) else _READ

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(section, self.place["title"])
            numbered = role == Qt.ItemDataRole.DisplayRole and self.item_at(section) is not None
            return str(self.number_of(section)) if numbered else None
        if role == Qt.ItemDataRole.DisplayRole:
            return field_title(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.numeric(section) else _LEFT
        return None

    def _spoken(self, row: int, column: int) -> str:
        """A cell for a screen reader."""
        known = self.row_at(row)
        if known is None:
            return say("table.new-row")
        if known.item is None:
            return say("table.lane", title=self.lane_title(known), n=known.count)
        field, plan = self.columns[column], self._document.plan
        if field.key == "title" and known.item in plan.items:
            return sentence(plan, self._document.schedule, known.item)
        return f"{field_title(field)}: {self.text_at(row, column) or say('table.no-value')}"

    # Following

    def _take_fields(self, fields: tuple[Field, ...]) -> None:
        if [_looks(field) for field in fields] == [_looks(field) for field in self.columns]:
            self.columns = fields
            return
        self.rows_changing.emit()
        self.beginResetModel()
        self.columns = fields
        self.place = {field.key: place for place, field in enumerate(fields)}
        self.endResetModel()
        self.columns_changed.emit()
        self.rows_changed.emit()

    def _take_rows(self, fresh: list[Row]) -> None:
        """Change what lies between the first and the last row that stay in place."""
        old, new = [row.ref for row in self.rows], [row.ref for row in fresh]
        if old == new:
            self.rows = fresh
            return
        head = next(n for n in count() if old[n : n + 1] != new[n : n + 1] or n >= len(old))
        most = min(len(old), len(new)) - head
        tail = next(n for n in count() if n == most or old[-1 - n] != new[-1 - n])
        self.rows_changing.emit()
        for first, last in _between(head, len(old) - tail):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self.rows[head : len(old) - tail]
            self.endRemoveRows()
        for first, last in _between(head, len(new) - tail):
            self.beginInsertRows(_NOWHERE, first, last)
            self.rows[head:head] = fresh[head : len(new) - tail]
            self.endInsertRows()
        self.rows = fresh
        self._places = {ref: place for place, ref in enumerate(new)}
        self._lanes = [place for place, row in enumerate(fresh) if row.item is None]
        self.rows_changed.emit()


def _between(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The first and the last of so many rows, if there are any."""
    if first < end:
        yield first, end - 1


def _looks(field: Field) -> tuple[str, str, str, bool]:
    """What of a field decides about its column."""
    return field.key, field.kind, field.title, field.edit is None
