"""How the person looks at the plan: selection, page, view, search, folded rows, zoom. Never undone.

It is written to the user's state folder by plan id and comes back at the next start (see settings.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from ..model.plan import Plan
from ..model.records import Baseline, ItemId, LinkId, RecordId, View, ViewId
from ..model.rows.filters import Asker, asks_for_me


class Looks(msgspec.Struct):
    """What is remembered of a session, as it is written to the state folder."""

    page: str = "timeline"
    view: ViewId | None = None
    drafts: dict[ViewId, View] = {}
    """Views that look otherwise on screen than they are saved."""
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
        self.motion = False
        """Whether changes of zoom and place are shown as movements."""
        self.ghost: Baseline | None = None
        """Dates that are shown as ghosts for the moment, in the place of the plan's baseline."""
        self.me = ""
        """The name or address of the person who looks; empty: nobody has said it yet."""

    @property
    def asker(self) -> Asker:
        """Who looks, for the filters that depend on it."""
        return Asker(self.me)

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

    def view(self, plan: Plan, id: ViewId | None = None) -> View:
        """How the plan is looked at by the chosen view, or another one, with what was changed on screen."""
        chosen = id or self.looks.view or _NO_VIEW
        saved, draft = plan.views.get(chosen), self.looks.drafts.get(chosen)
        if draft is None:
            return saved or View(id=_NO_VIEW, title="")
        if saved is None:
            return draft
        return replace(draft, title=saved.title, rank=saved.rank, limits=saved.limits)

    def adjust(self, plan: Plan, **looks: Any) -> None:
        """Look otherwise at the plan: attributes of `View`. The saved view stays as it is."""
        before = self.view(plan)
        after = replace(before, **looks)
        if after == before:
            return
        if after == plan.views.get(after.id):
            self.looks.drafts.pop(after.id, None)
        else:
            self.looks.drafts[after.id] = after
        self.rows_changed.emit()

    def misses_me(self, plan: Plan) -> bool:
        """Whether the view is about whoever looks, and nobody has said who of the plan that is."""
        return asks_for_me(self.view(plan).filter) and self.asker.person(plan) is None

    def adjusted(self, plan: Plan, id: ViewId | None = None) -> bool:
        """Whether the chosen view, or another one, looks otherwise on screen than it is saved."""
        view = self.view(plan, id)
        return view.id in plan.views and view != plan.views[view.id]

    def reset(self, id: ViewId) -> None:
        """Look as the view is saved."""
        if self.looks.drafts.pop(id, None) is not None:
            self.rows_changed.emit()

    def show_view(self, view: ViewId | None) -> None:
        if view != self.looks.view:
            self.looks.view = view
            self.rows_changed.emit()

    def find(self, text: str) -> None:
        if text != self.search:
            self.search = text
            self.rows_changed.emit()

    def show_ghost(self, ghost: Baseline | None) -> None:
        if ghost is not self.ghost:
            self.ghost = ghost
            self.rows_changed.emit()

    def introduce(self, name: str) -> None:
        """This is who looks."""
        self.me = name
        self.rows_changed.emit()

    def fold_rows(self, rows: set[RecordId], folded: set[RecordId]) -> None:
        """Of some rows, fold these and open the others."""
        after = (self.looks.collapsed - rows) | folded
        if after != self.looks.collapsed:
            self.looks.collapsed = after
            self.rows_changed.emit()

    def fold(self, row: RecordId, folded: bool) -> None:
        if folded != (row in self.looks.collapsed):
            (self.looks.collapsed.add if folded else self.looks.collapsed.discard)(row)
            self.rows_changed.emit()


_NO_VIEW = ViewId("")
"""What a plan without views is looked at by."""
