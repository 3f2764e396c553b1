"""The backlog as a list: a head for each horizon that has items, and its items below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from ...io.strings import say
from ...model.document import Document
from ...model.query import backlog
from ...model.records import HORIZONS, Horizon, Item, ItemId
from ...model.rows.filters import Reading
from ..carrying import MIME, packed

ORDER: tuple[Horizon, ...] = ("now", "next", "later", "")
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Line(NamedTuple):
    """A head (without an item) or an item of a horizon."""

    horizon: Horizon
    item: ItemId | None
    size: int = 0


class BacklogModel(QAbstractListModel):
    """Follows the document when told to `refresh`."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.search = ""
        self.folded: set[Horizon] = set()
        self.lines: list[Line] = []
        self.total = 0
        """Items in the backlog, whatever is searched or folded."""

    def refresh(self) -> None:
        """Take up what has changed; another set of lines by a reset."""
        fresh = self._fresh()
        if fresh != self.lines:
            self.beginResetModel()
            self.lines = fresh
            self.endResetModel()
        elif fresh:
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))

    def _fresh(self) -> list[Line]:
        plan, times = self._document.plan, self._document.schedule
        waiting = backlog(plan, times)
        self.total = len(waiting)
        by_horizon: dict[Horizon, list[ItemId]] = {horizon: [] for horizon in HORIZONS}
        wanted = Reading(self.search, plan, times)
        for id in waiting:
            if wanted.test(plan.items[id]):
                by_horizon[plan.items[id].horizon].append(id)
        lines: list[Line] = []
        for horizon in ORDER:
            ids = by_horizon[horizon]
            if ids or (waiting and not self.search.strip()):  # an empty one is a place to drop items on
                lines.append(Line(horizon, None, len(ids)))
                if horizon not in self.folded:
                    lines.extend(Line(horizon, id) for id in ids)
        return lines

    def item_at(self, row: int) -> Item | None:
        id = self.lines[row].item if 0 <= row < len(self.lines) else None
        return None if id is None else self._document.plan.items.get(id)

    def row_of(self, id: ItemId) -> int | None:
        return next((row for row, line in enumerate(self.lines) if line.item == id), None)

    # Qt's questions

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, item = self.lines[index.row()], self.item_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title if item is not None else say(f"horizon.{line.horizon or 'none'}")
        if role == Qt.ItemDataRole.AccessibleTextRole and item is not None:
            return f"{item.key} {item.title}"
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        if self.lines[index.row()].item is None:
            return usual
        return usual | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [id for index in sorted(indexes) if (id := self.lines[index.row()].item) is not None]
        return packed(ids, [self._document.plan.items[id].title for id in ids])

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction
