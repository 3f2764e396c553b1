"""What the widgets of the timeline share: the board, the zoom, the scroll, and what the hand is doing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from ...model.change import Change
from ...model.document import Document
from ...model.plan import Plan
from ...model.query import Row, rows
from ...model.records import Item, ItemId, LinkId, View
from ...model.refused import Refused
from ..messages import Loudness, Messages
from ..painter import measure
from ..palette import Theme
from ..refusals import with_titles
from ..session import Session
from .axis import EARLIEST, FURTHEST, Axis, clamp_zoom
from .board import Board, Links
from .elsewhere import Elsewhere
from .frame import ROW, Glance, Hints
from .gestures import Gesture

PAGE = "timeline"
_ROOM_BELOW = 3
"""Empty rows kept below the last one: there is always a place to drop and to draw."""
_OF_TIME_ONLY = frozenset(
    {"start", "duration", "pinned", "deadline", "precision", "progress", "effort", "notes"}
)
"""Item attributes that decide no row, as long as nothing is filtered or grouped by them."""


class Stage(QObject):
    """Where the timeline looks from. Distances are content pixels: see `axis`; rows begin at 0."""

    moved = Signal(bool, bool)
    """Scrolled or zoomed: whether the days moved, whether the rows did."""
    changed = Signal()
    """Something else is to be seen: the plan, the rows, the theme, the selection, a gesture."""

    interrupted = Signal()
    """The gesture in flight has ended without a release: it was cancelled, or the plan became another."""

    def __init__(self, document: Document, session: Session, messages: Messages, theme: Theme) -> None:
        super().__init__()
        self.document, self.session, self.messages, self.theme = document, session, messages, theme
        self.today = date.today().toordinal()
        self.width, self.height = 800, 600
        """Of the part that is seen, in pixels."""
        self.hovered: ItemId | None = None
        self.hints = Hints()
        self.gesture: Gesture | None = None
        """What the hand is doing, wherever it began."""
        self.elsewhere = Elsewhere(self)
        """Where what is dragged can be dropped beside the timeline."""
        self._chains: tuple[Links, dict[tuple[ItemId, ...], frozenset[LinkId]]] | None = None
        self._selected: tuple[tuple[ItemId, ...], frozenset[ItemId]] = ((), frozenset())
        self._extent: tuple[Plan, tuple[int, int]] | None = None
        self.rows: list[Row] = self._rows()
        self.board = Board(document.plan, document.schedule, self.rows, self.view, theme)
        place = session.looks.places.get(PAGE, {})
        self.axis = Axis(clamp_zoom(float(place.get("zoom", 3.0))), document.plan.info.fiscal_start)
        self.left = float(place.get("left", self.today - 90))
        """The day at the left edge, with its fraction."""
        self.top = int(place.get("top", 0))
        self.placed = "zoom" in place
        """A zoom has been chosen; until then the whole plan is fitted in."""

    # What is shown

    @property
    def view(self) -> View | None:
        looks = self.session.looks
        return self.document.plan.views.get(looks.view) if looks.view else None

    def refresh(self, change: Change | None = None) -> None:
        """Follow the document and the session."""
        self.today = date.today().toordinal()
        if self.gesture is not None and self.gesture.kept is not self.document.kept:
            self.hints = Hints()
            self.elsewhere.leave()
            self.interrupted.emit()
        if change is None or not self._rows_stay(change):
            self.rows = self._rows()
        document = self.document
        self.board = Board(
            document.plan,
            document.schedule,
            self.rows,
            self.view,
            self.theme,
            before=self.board,
            hasty=document.previewing,
        )
        self.axis = Axis(self.axis.zoom, self.document.plan.info.fiscal_start)
        self.changed.emit()

    def _rows(self) -> list[Row]:
        session = self.session
        return rows(
            self.document.plan,
            self.document.schedule,
            self.view,
            search=session.search,
            collapsed=session.looks.collapsed,
        )

    def _rows_stay(self, change: Change) -> bool:
        """Whether a change can't have altered which rows there are."""
        view = self.view
        if self.session.search or (view is not None and (view.filter or view.group in _OF_TIME_ONLY)):
            return False
        return all(edit.table == "items" and _same_row(edit.before, edit.after) for edit in change.edits)

    @property
    def glance(self) -> Glance:
        """The state of looking, as the layout wants it."""
        session, document = self.session, self.document
        hovered = self.hovered if self.hints == _NOTHING else None
        return Glance(
            selected=self._chosen(),
            link=session.link,
            hovered=hovered,
            chain=(self._chain_of((hovered,)) if hovered else None) or self._chain_of(session.items),
            kept=document.kept_schedule if document.previewing else None,
            hints=self.hints,
        )

    def _chosen(self) -> frozenset[ItemId]:
        items = self.session.items
        if self._selected[0] is not items:
            self._selected = (items, frozenset(items))
        return self._selected[1]

    def _chain_of(self, items: tuple[ItemId, ...]) -> frozenset[LinkId]:
        leaving = self.board.leaving
        if self._chains is None or self._chains[0] is not leaving:
            self._chains = (leaving, {})
        known = self._chains[1]
        if items not in known:
            if len(known) > 100:
                known.clear()
            known[items] = self.board.chain(items)
        return known[items]

    def hint(self, hints: Hints) -> None:
        """Show what a gesture is doing."""
        self.hints = hints
        self.changed.emit()

    def hover(self, item: ItemId | None) -> None:
        if item != self.hovered:
            self.hovered = item
            self.changed.emit()

    # Where it looks from

    @property
    def scroll_x(self) -> int:
        return round(self.axis.x(self.left))

    def row_at(self, y: float) -> int:
        """The row at a height; may lie beyond the last."""
        return int(y // ROW)

    def content_height(self) -> int:
        return (len(self.rows) + _ROOM_BELOW) * ROW

    def look(self, *, zoom: float | None = None, left: float | None = None, top: float | None = None) -> None:
        """Look from somewhere else; `top` stays within the rows, `left` may be any day."""
        was = (self.axis.zoom, self.scroll_x, self.top)
        if zoom is not None:
            self.axis = Axis(clamp_zoom(zoom), self.axis.fiscal)
        if left is not None:
            self.left = min(max(left, float(EARLIEST)), float(FURTHEST))
        if top is not None:
            self.top = int(min(max(top, 0), max(self.content_height() - self.height, 0)))
        self.placed = True
        days, rows = was[:2] != (self.axis.zoom, self.scroll_x), was[2] != self.top
        if days or rows:
            self.remember(zoom=self.axis.zoom, left=self.left, top=self.top)
            self.moved.emit(days, rows)

    def remember(self, **values: Any) -> None:
        """Keep something for the next start."""
        self.session.looks.places.setdefault(PAGE, {}).update(values)

    def zoom_at(self, factor: float, x: float) -> None:
        """Zoom with the day at `x` pixels from the left edge staying where it is."""
        day = self.left + x / self.axis.zoom
        zoom = clamp_zoom(self.axis.zoom * factor)
        self.look(zoom=zoom, left=day - x / zoom)

    def show_span(self, first: float, end: float) -> None:
        """Fit a stretch of time into the width, with a little air on both sides."""
        room = max(self.width - 80, 100)
        zoom = clamp_zoom(min(room / max(end - first, 1.0), 24.0))
        self.look(zoom=zoom, left=(first + end) / 2 - self.width / zoom / 2)

    def extent(self) -> tuple[int, int]:
        """The first day and the end of everything in the rows; around today where there is nothing."""
        schedule = self.document.schedule
        starts = [
            schedule.start[row.item] for row in self.rows if row.item is not None and row.item in schedule
        ]
        finishes = [
            schedule.finish[row.item] for row in self.rows if row.item is not None and row.item in schedule
        ]
        if not starts:
            return self.today - 30, self.today + 150
        return min(starts), max(finishes)

    def extent_kept(self) -> tuple[int, int]:
        """The extent as it is without the gesture in flight: the scroll bar does not jump under the hand."""
        known = self._extent
        if known is None or (known[0] is not self.document.kept and not self.document.previewing):
            known = self._extent = (self.document.kept, self.extent())
        return known[1]

    def reveal(self, id: ItemId) -> None:
        """Scroll as little as need be until the item's row and bar can be seen."""
        place = self.board.row_of.get(id)
        top: float | None = None
        if place is not None:
            if place * ROW < self.top:
                top = place * ROW
            elif (place + 1) * ROW > self.top + self.height:
                top = (place + 1) * ROW - self.height
        start, finish = self.document.schedule.start.get(id), self.document.schedule.finish.get(id)
        left: float | None = None
        if start is not None and finish is not None:
            wide = self.width / self.axis.zoom
            if finish < self.left + 2 or start > self.left + wide - 2:
                left = start - min(wide / 4, 120.0 / self.axis.zoom)
        if top is not None or left is not None:
            self.look(left=left, top=top)

    # Saying

    def say(self, code: str, **values: Any) -> None:
        self.messages.say(code, **values)

    def done(self, text: str, level: Loudness = "info") -> None:
        """Say what was just done, with the way to take it back."""
        self.messages.done(text, level)

    def finish(self, gesture: Gesture) -> None:
        """The hand lets go. What the gesture said on its way is over, even where it ends without a word."""
        said = self.messages.last
        if not self.elsewhere.drop(gesture):
            gesture.commit()
        if gesture.talks and self.messages.last is said:
            self.messages.hush()

    def refuse(self, refused: Refused) -> None:
        self.messages.refuse(with_titles(refused, self.document.kept))

    def attempt(self, edit: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Commit an edit; where it is refused, say why."""
        try:
            self.document.commit(edit, *args, **kwargs)
        except Refused as refused:
            self.messages.refuse(with_titles(refused, self.document.kept))
            return False
        return True

    measure = staticmethod(measure)


_NOTHING = Hints()


def _same_row(before: Any, after: Any) -> bool:
    if not isinstance(before, Item) or not isinstance(after, Item):
        return False
    return (
        before.parent == after.parent
        and before.rank == after.rank
        and (before.start is None) == (after.start is None)
        and all(
            getattr(before, name) == getattr(after, name)
            for name in Item.__struct_fields__
            if name not in _OF_TIME_ONLY
        )
    )
