"""How the person looks at the plan: selection, page, view, search, folded rows, zoom. Never undone.

It is written to the user's state folder by plan id and comes back at the next start (see settings.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from ..model.records import ItemId, LinkId, RecordId, ViewId


class Looks(msgspec.Struct):
    """What is remembered of a session, as it is written to the state folder."""

    page: str = "timeline"
    view: ViewId | None = None
    collapsed: set[RecordId] = set()
    """Ids of folded parents and names of folded lanes."""
    places: dict[str, dict[str, Any]] = {}
    """By page: whatever that page needs to show the same part again (zoom, scroll, widths)."""


class Session(QObject):
    """The state of looking, with one signal for each thing that views follow."""

    selection_changed = Signal()
    rows_changed = Signal()
    """View, search or folded rows: what decides which rows are shown."""
    page_changed = Signal()

    def __init__(self, looks: Looks | None = None) -> None:
        super().__init__()
        self.looks = looks or Looks()
        self.items: tuple[ItemId, ...] = ()
        """The selected items, the current one last."""
        self.link: LinkId | None = None
        """The selected link; selecting one clears the items, and the other way round."""
        self.search = ""

    @property
    def current(self) -> ItemId | None:
        return self.items[-1] if self.items else None

    def select(self, items: Iterable[ItemId] = (), link: LinkId | None = None) -> None:
        chosen = tuple(dict.fromkeys(items))
        if (chosen, link) != (self.items, self.link):
            self.items, self.link = chosen, link
            self.selection_changed.emit()

    def toggle(self, item: ItemId) -> None:
        """Add the item to the selection, or take it out."""
        without = tuple(id for id in self.items if id != item)
        self.select(without if len(without) < len(self.items) else (*without, item))

    def show_page(self, page: str) -> None:
        if page != self.looks.page:
            self.looks.page = page
            self.page_changed.emit()

    def show_view(self, view: ViewId | None) -> None:
        if view != self.looks.view:
            self.looks.view = view
            self.rows_changed.emit()

    def find(self, text: str) -> None:
        if text != self.search:
            self.search = text
            self.rows_changed.emit()

    def fold(self, row: RecordId, folded: bool) -> None:
        if folded != (row in self.looks.collapsed):
            (self.looks.collapsed.add if folded else self.looks.collapsed.discard)(row)
            self.rows_changed.emit()
