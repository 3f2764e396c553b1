"""The page of the timeline: header, table, bars, and the methods that the program's actions call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ...io.strings import say
from ...model.change import Change
from ...model.document import Document
from ...model.edits.items import move_items, remove_items, resize_item
from ...model.edits.links import remove_links
from ...model.records import ItemId, LinkId
from .. import dates
from ..messages import Messages, deleted_words
from ..palette import Theme
from ..session import Session
from ..signals import DocumentSignals
from . import grid
from .axis import step
from .dragging import moved_words, where_they_stand, with_consequences
from .elsewhere import Place
from .gestures import make_item
from .gutter import Corner, Gutter
from .header import Header
from .stage import PAGE, Stage
from .view import TimelineView
from .words import title_of

_GUTTER = 384
_LEAST_GUTTER = 150
_MOST_SHARE = 0.36
"""Of the page, for the table: on a small screen the bars need the room."""


class TimelinePage(QWidget):
    """Everything of the timeline; the gutter's width can be dragged."""

    context_requested = Signal(str, str, QPoint)
    """A right-click: on a `bar`, `link`, `lane`, the `axis` or `empty` ground; its id; where on screen."""
    open_requested = Signal(str)
    """A double-click on an item: it wants to be seen whole."""

    def __init__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> None:
        super().__init__()
        self.stage = Stage(document, session, messages, theme)
        self.stage.setParent(self)
        self.view = TimelineView(self.stage, self)
        self.gutter = Gutter(self.stage, self)
        self.corner = Corner(self.stage, self)
        self.header = Header(self.stage, self)
        self.gutter_width = int(session.looks.places.get(PAGE, {}).get("gutter", _GUTTER))
        self.setFocusProxy(self.view)
        for beside in (self.gutter, self.header):
            beside.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            beside.setFocusProxy(self.view)
        self.gutter.wheeled.connect(self.view.wheelEvent)
        for side in (self.gutter, self.corner):
            side.width_wanted.connect(self.set_gutter_width)
        self.gutter.new_wanted.connect(self.new_item)
        self.gutter.edited.connect(self.view.setFocus)
        for part in (self.view, self.gutter, self.header):
            part.menu_wanted.connect(self._menu)
        self.view.hand.item_made.connect(self._name)
        self.view.hand.item_opened.connect(self.open_requested)
        signals.changed.connect(self._changed)
        session.selection_changed.connect(self.stage.changed)
        session.rows_changed.connect(self.refresh)

    def set_theme(self, theme: Theme) -> None:
        self.stage.theme = theme
        self.refresh()

    def drop_elsewhere(self, find: Callable[[], Place | None]) -> None:
        """What is dragged here may be dropped on a place beside the page, while there is one in sight."""
        self.stage.elsewhere.find = find

    def refresh(self) -> None:
        self.stage.refresh()

    def _changed(self, change: Change) -> None:
        self.view.hand.hide_tip()
        self.stage.refresh(change)

    def _menu(self, kind: str, ref: str, at: QPoint) -> None:
        """Select what was clicked on, so that the menu is about it."""
        session = self.stage.session
        if kind == "bar" and ref not in session.items:
            session.select([ItemId(ref)])
        elif kind == "link":
            session.select(link=LinkId(ref))
        self.context_requested.emit(kind, ref, at)

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.stage.placed:
            self.fit_all()

    def set_gutter_width(self, width: int) -> None:
        self.gutter_width = max(min(width, int(self.width() * _MOST_SHARE)), _LEAST_GUTTER)
        self.stage.remember(gutter=self.gutter_width)
        self._arrange()

    def _arrange(self) -> None:
        wide, tall, head = self.width(), self.height(), grid.HEADER
        left = max(min(self.gutter_width, int(wide * _MOST_SHARE)), _LEAST_GUTTER)
        self.corner.setGeometry(0, 0, left, head)
        self.header.setGeometry(left, 0, wide - left, head)
        self.view.setGeometry(left, head, wide - left, tall - head)
        self.gutter.setGeometry(0, head, left, tall - head)

    # What actions call

    def zoom_in(self) -> None:
        self.stage.zoom_at(1.25, self.stage.width / 2)

    def zoom_out(self) -> None:
        self.stage.zoom_at(0.8, self.stage.width / 2)

    def fit_all(self) -> None:
        self.stage.show_span(*self.stage.extent())

    def go_to_today(self) -> None:
        stage = self.stage
        stage.look(left=stage.today - stage.width / stage.axis.zoom / 3)

    def reveal(self, id: ItemId) -> None:
        """Scroll an item into sight."""
        self.stage.reveal(id)

    def rename_current(self) -> None:
        """Edit the title of the current item in its place."""
        current = self.stage.session.current
        if current is not None:
            self._edit_title(current)

    def new_item(self) -> None:
        """A new bar below the current item, or at today where there is none; its title is typed at once."""
        self._make("bar")

    def new_milestone(self) -> None:
        self._make("milestone")

    def delete_selected(self) -> None:
        """Delete the selected link, or the selected items with all under them."""
        stage, session = self.stage, self.stage.session
        plan = stage.document.plan
        if session.link is not None:
            link = plan.links[session.link]
            said = say(
                "timeline.unlinked", target=title_of(plan, link.target), source=title_of(plan, link.source)
            )
            if stage.attempt(remove_links, [link.id]):
                session.select()
                stage.done(said)
        elif session.items and stage.attempt(remove_items, session.items):
            session.select()
            stage.done(deleted_words(plan, stage.document.plan))

    def nudge(self, steps: int) -> None:
        """Move the selected items by snap steps: days where days can be told apart, else weeks, months."""
        stage = self.stage
        plan, schedule = stage.document.kept, stage.document.kept_schedule
        shown = where_they_stand(plan, schedule, stage.session.items)
        current = stage.session.current
        if not shown or current not in schedule or current is None:
            return
        start = schedule.start[current]
        days = plan.calendar_of(plan.items[current]).between(start, step(stage.axis, start, steps))
        days = days or (1 if steps > 0 else -1)
        if stage.attempt(move_items, shown, days):
            stage.done(moved_words(stage, schedule, stage.session.items, shown, days))

    def grow(self, steps: int) -> None:
        """Make the current bar longer or shorter by snap steps; a day is left at least."""
        stage = self.stage
        plan, schedule = stage.document.kept, stage.document.kept_schedule
        current = stage.session.current
        if current is None or current not in schedule or plan.outline.is_parent(current):
            return
        item = plan.items[current]
        if item.kind == "milestone":
            return
        finish = schedule.finish[current]
        more = plan.calendar_of(item).between(finish, step(stage.axis, finish, steps))
        duration = item.duration + (more or (1 if steps > 0 else -1))
        if stage.attempt(resize_item, current, item.start, max(duration, 1)):
            length = dates.working_days(max(duration, 1))
            words = say("timeline.resized", title=title_of(plan, current), days=length)
            stage.done(with_consequences(stage, schedule, words, (current,)))

    def _make(self, kind: str) -> None:
        stage = self.stage
        plan, current = stage.document.kept, stage.session.current
        place = stage.board.row_of.get(current, len(stage.rows)) if current is not None else len(stage.rows)
        wide = stage.width / stage.axis.zoom
        today_seen = stage.left <= stage.today <= stage.left + wide
        day = stage.today if today_seen else int(stage.left + wide / 4)
        if current is not None and current in stage.document.schedule:
            day = stage.document.schedule.start[current] - (plan.items[current].kind == "milestone")
        calendar = plan.working_days[plan.info.calendar]
        made = make_item(stage, place, calendar.next_working(day), kind=kind)
        if made is not None:
            self._name(made)

    def _name(self, id: str) -> None:
        """Ask for the title of an item made just now."""
        self._edit_title(ItemId(id), fresh=True)

    def _edit_title(self, id: ItemId, *, fresh: bool = False) -> None:
        place = self.stage.board.row_of.get(id)
        if place is not None:
            self.stage.reveal(id)
            self.gutter.edit(place, "title", fresh=fresh)
