"""The rows of the view and all fields as a table model; a cell is read when it is looked at, and only then.

Sorting is one more way to look: it orders siblings (and the items of a lane) on screen and leaves the plan's
own order alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ...io.strings import say
from ...model.document import Document
from ...model.fields import FIELDS, WORDS, Field, choices
from ...model.query import Row, rows
from ...model.records import Item
from ..editors import editable, shown_text, title_of
from ..session import Session

COLUMNS: tuple[Field, ...] = tuple(FIELDS.values())
PLACE: dict[str, int] = {field.key: place for place, field in enumerate(COLUMNS)}
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NUMBERS = re.compile(r"(\d+)")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGNMENT = tuple(_RIGHT if field.kind in ("days", "number", "percent") else _LEFT for field in COLUMNS)
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDIT = _READ | Qt.ItemFlag.ItemIsEditable


class TableModel(QAbstractTableModel):
    """Follows document and session when told to `refresh`."""

    def __init__(self, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self.rows: list[Row] = []
        self.sorted_by: tuple[Field, bool] | None = None
        """By which field the rows are ordered on screen, and whether the greatest comes first."""
        self._places: dict[str, int] = {}
        self._texts: dict[tuple[int, int], str] = {}

    # What it shows

    def refresh(self) -> None:
        """Take up what has changed: values quietly, another set or order of rows by a reset."""
        fresh = self._fresh_rows()
        self._texts.clear()
        if fresh == self.rows:
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = fresh
        self._places = {row.ref: place for place, row in enumerate(fresh)}
        self.endResetModel()

    def place_of(self, ref: str | None) -> int | None:
        """The row of an item or lane; None: it is not shown."""
        return self._places.get(ref) if ref is not None else None

    def item_at(self, row: int) -> Item | None:
        id = self.rows[row].item if 0 <= row < len(self.rows) else None
        return None if id is None else self._document.plan.items.get(id)

    def value_at(self, row: int, column: int) -> Any:
        """The value itself, None for a lane's head."""
        item = self.item_at(row)
        return (
            None if item is None else COLUMNS[column].read(self._document.plan, self._document.schedule, item)
        )

    def text_at(self, row: int, column: int) -> str:
        """What stands in the cell."""
        text = self._texts.get((row, column))
        if text is None:
            field = COLUMNS[column]
            value = self.value_at(row, column)
            if field.kind == "flag":
                text = say("flag.yes") if value else ""
            else:
                text = shown_text(field, self._document.plan, value, brief=True)
                text = (
                    " ".join(text[:400].split()) if field.kind in ("text", "long", "choice", "item") else text
                )
            self._texts[row, column] = text
        return text

    def editable_at(self, row: int, column: int) -> bool:
        item = self.item_at(row)
        return item is not None and editable(COLUMNS[column], self._document.plan, item.id)

    def lane_title(self, row: Row) -> str:
        """The name of a lane: fixed words are said, others stand as they are."""
        return say(row.title) if row.value is None or row.title.partition(".")[0] in WORDS else row.title

    # Qt's questions

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENT[column]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text_at(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if self.rows[row].item is None:
                return self.lane_title(self.rows[row])
            return f"{title_of(COLUMNS[column])}: {self.text_at(row, column)}"
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _EDIT if self.editable_at(index.row(), index.column()) else _READ

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            numbered = role == Qt.ItemDataRole.DisplayRole and self.rows[section].item is not None
            return str(section + 1) if numbered else None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENT[section]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows on screen by a column; -1: as the plan has them."""
        down = order == Qt.SortOrder.DescendingOrder
        self.sorted_by = (COLUMNS[column], down) if 0 <= column < len(COLUMNS) else None
        self.refresh()

    # Rows

    def _fresh_rows(self) -> list[Row]:
        plan, looks = self._document.plan, self._session.looks
        view = plan.views.get(looks.view) if looks.view is not None else None
        fresh = rows(
            plan,
            self._document.schedule,
            view,
            search=self._session.search,
            collapsed=looks.collapsed,
            backlog=True,
        )
        return self._sorted(fresh, *self.sorted_by) if self.sorted_by is not None else fresh

    def _sorted(self, fresh: Sequence[Row], field: Field, down: bool) -> list[Row]:
        plan, times = self._document.plan, self._document.schedule
        words = (
            {value: n for n, (value, _) in enumerate(choices(field, plan))} if field.kind == "choice" else {}
        )

        def key(row: Row) -> Any:
            item = plan.items[row.item] if row.item is not None else None
            value = None if item is None else field.read(plan, times, item)
            if value is None or value in ("", ()):
                return None
            if field.kind == "choice":
                return words.get(value, len(words))
            if field.kind in ("date", "days", "number", "percent", "flag"):
                return value
            return _natural(shown_text(field, plan, value))

        return _in_order(fresh, key, down)


def _in_order(fresh: Sequence[Row], key: Callable[[Row], Any], down: bool) -> list[Row]:
    """Siblings by their keys, each with all under it; rows without a key (lanes too) last, as they were."""
    below: dict[int, list[int]] = {}
    above: list[int] = []
    for place, row in enumerate(fresh):
        while above and fresh[above[-1]].depth >= row.depth:
            above.pop()
        below.setdefault(above[-1] if above else -1, []).append(place)
        above.append(place)
    keys = [key(row) for row in fresh]
    result: list[Row] = []
    waiting = [-1]
    while waiting:
        place = waiting.pop()
        if place >= 0:
            result.append(fresh[place])
        siblings = below.get(place, [])
        known = [sibling for sibling in siblings if keys[sibling] is not None]
        known.sort(key=keys.__getitem__, reverse=down)
        rest = [sibling for sibling in siblings if keys[sibling] is None]
        waiting.extend(reversed([*known, *rest]))
    return result


def _natural(text: str) -> list[Any]:
    """A key by which RW-9 comes before RW-10."""
    return [int(part) if part.isdecimal() else part for part in _NUMBERS.split(text.casefold())]
