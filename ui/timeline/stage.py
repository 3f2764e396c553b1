"""What the widgets of the timeline share: the board, the zoom, the scroll, and what the hand is doing."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from ...model.change import Change
from ...model.document import Document
from ...model.plan import Plan
from ...model.query import Row, dimmed, rows
from ...model.records import Item, ItemId, LinkId, View
from ...model.refused import Refused
from ..drawing.painter import measure
from ..drawing.palette import Theme
from ..messages import Loudness, Messages, WayOut
from ..refusals import with_titles
from ..session import Session
from .axis import EARLIEST, FURTHEST, Axis, clamp_zoom
from .board import Board, Links
from .elsewhere import Elsewhere
from .frame import ROW, Glance, Hints, Path
from .gestures import Gesture
from .glide import Glide
from .heads import Heads

PAGE = "timeline"
_ROOM_BELOW = 3
"""Empty rows kept below the last one: there is always a place to drop and to draw."""
_ATTRIBUTES = frozenset(Item.__struct_fields__)
_OF_TIME_ONLY = frozenset({"start", "duration", "pinned", "deadline", "precision", "progress", "notes"})
"""Item attributes that decide no row nor what it says, as long as nothing is filtered or grouped by them."""

Strip: TypeAlias = tuple[float, float, float, float, LinkId, Path]
"""A straight piece of a link: left, top, right, bottom of where it is pointed at, the link, all its way."""


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
        self.closed = ""
        """The code of why nothing can be changed here, whatever the document allows; empty: it can."""
        self.hovered: ItemId | None = None
        self.focused = False
        """The timeline has the keyboard."""
        self.by_keys = False
        """A key came here, or let go of all: where nothing is chosen, a frame shows who has the keys."""
        self.pointed: LinkId | None = None
        """The link under the pointer."""
        self.hints = Hints()
        self.gesture: Gesture | None = None
        """What the hand is doing, wherever it began."""
        self.chosen: tuple[tuple[ItemId, ...], LinkId | None] = ((), None)
        """What was selected when the hand pressed last."""
        self.elsewhere = Elsewhere(self)
        """Where what is dragged can be dropped beside the timeline."""
        self._chains: tuple[Links, dict[tuple[ItemId, ...], frozenset[LinkId]]] | None = None
        self._selected: tuple[tuple[ItemId, ...], frozenset[ItemId]] = ((), frozenset())
        self.strips: tuple[object, list[Strip]] = (None, [])
        """What pointing has found out: where links are, and what was in sight then."""
        self._extent: tuple[Plan, tuple[int, int]] | None = None
        self._heads = Heads(())
        self._waiting = False
        """The rows are those of before a gesture: in a lane of quarters no bar jumps away under the hand."""
        self.rows: list[Row] = []
        self.dimmed: frozenset[ItemId] = frozenset()
        self._find_rows()
        self._view = self.view
        self.board = Board(document.plan, document.schedule, self.rows, self.view, theme, dimmed=self.dimmed)
        place = session.looks.places.get(PAGE, {})
        self.axis = Axis(clamp_zoom(float(place.get("zoom", 3.0))), document.plan.info.fiscal_start)
        self.left = float(place.get("left", self.today - 90))
        """The day at the left edge, with its fraction."""
        self.top = int(place.get("top", 0))
        self.placed = "zoom" in place
        """A zoom has been chosen; until then the whole plan is fitted in."""
        self.glide = Glide(self)

    # What is shown

    @property
    def view(self) -> View:
        """How the plan is looked at, whether that is saved or not."""
        return self.session.view(self.document.plan)

    def refresh(self, change: Change | None = None) -> None:
        """Follow the document and the session."""
        self.today = date.today().toordinal()
        if self.gesture is not None and self.gesture.kept is not self.document.kept:
            self.hints = Hints()
            self.elsewhere.leave()
            self.interrupted.emit()
        if change is None or self._waiting or not self._rows_stay(change):
            self._find_rows()
        document = self.document
        self.board = Board(
            document.plan,
            document.schedule,
            self.rows,
            self.view,
            self.theme,
            before=self.board,
            hasty=document.previewing,
            dimmed=self.dimmed,
            ghost=self.session.ghost,
        )
        self.axis = Axis(self.axis.zoom, self.document.plan.info.fiscal_start)
        before, self._view = self._view, self.view
        if self._view.id != before.id:
            self.show_days_of_view()
        self.changed.emit()

    def show_days_of_view(self) -> None:
        """Go to the days that the view wants, if it wants some."""
        view = self._view
        if view.first is not None and view.last is not None:
            first, end = view.first.toordinal(), view.last.toordinal() + 1
            self.look(zoom=self.width / max(end - first, 1), left=first)

    def days_in_sight(self) -> tuple[date, date]:
        """The first and the last day that can be seen whole."""
        end = self.left + self.width / self.axis.zoom
        first = math.ceil(self.left - 0.01)
        return date.fromordinal(first), date.fromordinal(max(math.floor(end + 0.01) - 1, first))

    def _find_rows(self) -> None:
        session, plan, times, view = self.session, self.document.plan, self.document.schedule, self.view
        self._waiting = False
        self.rows = rows(
            plan,
            times,
            view,
            search=session.search,
            collapsed=session.looks.collapsed,
            packing=True,
            asker=session.asker,
        )
        self.dimmed = dimmed(plan, times, view, search=session.search, asker=session.asker)

    def _rows_stay(self, change: Change) -> bool:
        """Whether a change can't have altered which rows there are, or the hand is still at it."""
        if not all(edit.table == "items" and _same_row(edit.before, edit.after) for edit in change.edits):
            return False
        if not self._moved_by_time():
            return True
        self._waiting = self.document.previewing
        return self._waiting

    def _moved_by_time(self) -> bool:
        """Whether the rows depend on when items are."""
        view = self.view
        if self.session.search or view.filter or view.sort or (view.group and view.packed):
            return True
        groups = {view.group, view.subgroup} - {"", "top"}
        return any(key in _OF_TIME_ONLY or key not in _ATTRIBUTES for key in groups)

    @property
    def glance(self) -> Glance:
        """The state of looking, as the layout wants it."""
        session, document = self.session, self.document
        hovered = self.hovered if self.hints == _NOTHING else None
        return Glance(
            selected=self._chosen(),
            link=session.link,
            hovered=hovered,
            pointed=self.pointed if self.hints == _NOTHING else None,
            chain=(self._chain_of((hovered,)) if hovered else None) or self._chain_of(session.items),
            kept=document.kept_schedule if document.previewing else None,
            hints=self.hints,
            stuck=self.stuck,
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

    def hover(self, item: ItemId | None, link: LinkId | None = None) -> None:
        if (item, link) != (self.hovered, self.pointed):
            self.hovered, self.pointed = item, link
            self.changed.emit()

    # Where it looks from

    @property
    def scroll_x(self) -> int:
        return round(self.axis.x(self.left))

    @property
    def stuck(self) -> tuple[tuple[int, float], ...]:
        """The lane heads that stay in sight above their rows: row and height, the outer one first."""
        if self._heads.rows is not self.rows:
            self._heads = Heads(self.rows)
        return self._heads.stuck(self.top)

    def row_at(self, y: float) -> int:
        """The row at a height, a lane's head where one stays in sight there; may lie beyond the last."""
        for place, top in self.stuck:
            if top <= y < top + ROW:
                return place
        return int(y // ROW)

    def content_height(self) -> int:
        return (len(self.rows) + _ROOM_BELOW) * ROW

    def focus(self, focused: bool) -> None:
        if focused != self.focused:
            self.focused = focused
            self.changed.emit()

    @property
    def bare_focus(self) -> bool:
        """Whether the keys come here although no row shows it."""
        session = self.session
        return self.focused and self.by_keys and session.current is None and session.link is None

    def press(self) -> None:
        """The hand presses: what is selected now comes back if it thinks better of it."""
        self.by_keys = False
        self.chosen = (self.session.items, self.session.link)

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

    def place_of(self, first: float, end: float) -> tuple[float, float]:
        """The day at the left edge and the zoom that fit a stretch of time in, with some air around it."""
        room = max(self.width - 80, 100)
        zoom = clamp_zoom(min(room / max(end - first, 1.0), 24.0))
        return (first + end) / 2 - self.width / zoom / 2, zoom

    def show_span(self, first: float, end: float) -> None:
        """Fit a stretch of time into the width at once."""
        left, zoom = self.place_of(first, end)
        self.look(zoom=zoom, left=left)

    def extent(self) -> tuple[int, int]:
        """The first day and the end of everything in the rows; around today where there is nothing."""
        ids = [id for row in self.rows for id in (row.hidden or row.items)]
        start, finish = self.document.schedule.start, self.document.schedule.finish
        starts = [day for id in ids if (day := start.get(id)) is not None]
        if not starts:
            return self.today - 30, self.today + 150
        return min(starts), max(day for id in ids if (day := finish.get(id)) is not None)

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
            covered = self.board.lane_levels * ROW
            if place * ROW < self.top + covered:
                top = place * ROW - covered
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

    def done(self, text: str, level: Loudness = "info", ways_out: tuple[WayOut, ...] = ()) -> None:
        """Say what was just done, with other ways out before the one that takes it back."""
        self.messages.done(text, level, ways_out)

    def finish(self, gesture: Gesture) -> None:
        """The hand lets go. What the gesture said on its way is over, even where it ends without a word."""
        said = self.messages.last
        if not self.elsewhere.drop(gesture):
            gesture.commit()
        if gesture.talks and self.messages.last is said:
            self.messages.hush()

    def looks_back(self) -> bool:
        """Whether the past is looked at, where nothing can be changed; then it is said."""
        barred = self.document.barred or self.closed
        if barred:
            self.refuse(Refused(barred))
        return bool(barred)

    def refuse(self, refused: Refused) -> None:
        self.messages.refuse(with_titles(refused, self.document.kept))

    def attempt(self, edit: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Commit an edit; where it is refused, say why."""
        if self.looks_back():
            return False
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
