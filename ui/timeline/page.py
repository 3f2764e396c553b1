"""The page of the timeline: header, table, bars, and the methods that the program's actions call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ...io.strings import say
from ...model.change import Change
from ...model.document import Document
from ...model.edits.items import remove_items
from ...model.edits.links import remove_links
from ...model.records import ItemId, LinkId
from ..drawing.palette import Theme
from ..messages import Messages, deleted_words
from ..session import Session
from ..signals import DocumentSignals
from . import folding, grid, nudging
from .creating import make_item
from .elsewhere import Place
from .foot import Foot
from .frame import ROW
from .gutter import Corner, Gutter
from .header import Header
from .stage import PAGE, Stage
from .view import TimelineView
from .words import title_of

_GUTTER = 384
_LEAST_GUTTER = 150
_MOST_SHARE = 0.36
"""Of the page, for the table: on a small screen the bars need the room."""


class Asked(NamedTuple):
    """Where a right-click asked for a menu: the row and the day, and the lane whose head it was on."""

    row: int | None = None
    day: int | None = None
    ref: str | None = None


class TimelinePage(QWidget):
    """Everything of the timeline; the gutter's width can be dragged."""

    context_requested = Signal(str, str, QPoint)
    """A right-click: on a `bar`, `link`, `lane`, the `axis` or `empty` ground; its id; where on screen."""
    colors_requested = Signal(object)
    """A click on the legend: the entry whose colour is to be chosen."""
    open_requested = Signal(str)
    """A double-click on an item: it wants to be seen whole."""

    def __init__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> None:
        super().__init__()
        self.stage = Stage(document, session, messages, theme)
        self.stage.setParent(self)
        self.view = TimelineView(self.stage, self)
        self.gutter = Gutter(self.stage, self.view.pane, self)
        self.corner = Corner(self.stage, self)
        self.header = Header(self.stage, self)
        self.foot = Foot(self.stage, self)
        self.foot.grown.connect(self._arrange)
        self.foot.legend.color_wanted.connect(self.colors_requested)
        self.gutter_width = int(session.looks.places.get(PAGE, {}).get("gutter", _GUTTER))
        self._asked: Asked | None = None
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
        if not self.stage.document.previewing:
            self.view.describe()

    def _menu(self, kind: str, ref: str, at: QPoint) -> None:
        """Select what was clicked on, so that the menu is about it."""
        session = self.stage.session
        if kind == "bar" and ref not in session.items:
            session.select([ItemId(ref)])
        elif kind == "link":
            session.select(link=LinkId(ref))
        self._asked = self._place_of(kind, ref, at)
        self.context_requested.emit(kind, ref, at)

    def _place_of(self, kind: str, ref: str, at: QPoint) -> Asked | None:
        """The row and the day of a right-click, for what its menu makes there."""
        stage = self.stage
        here = self.view.viewport().mapFromGlobal(at)
        day = int(stage.axis.day(here.x() + stage.scroll_x)) if here.x() >= 0 else None
        if kind == "axis":
            return Asked(day=day)
        if kind in ("lane", "empty"):
            return Asked(row=stage.row_at(here.y() + stage.top), day=day, ref=ref or None)
        return None

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.stage.placed:
            self.fit_all()
            self.stage.show_days_of_view()

    def set_gutter_width(self, width: int) -> None:
        self.gutter_width = max(min(width, int(self.width() * _MOST_SHARE)), _LEAST_GUTTER)
        self.stage.remember(gutter=self.gutter_width)
        self._arrange()

    def _arrange(self) -> None:
        wide, tall, head = self.width(), self.height(), grid.HEADER
        left = max(min(self.gutter_width, int(wide * _MOST_SHARE)), _LEAST_GUTTER)
        self.corner.setGeometry(0, 0, left, head)
        self.header.setGeometry(left, 0, wide - left, head)
        foot = self.foot.height_for(wide)
        self.view.setGeometry(left, head, wide - left, tall - head - foot)
        self.gutter.setGeometry(0, head, left, tall - head - foot)
        self.foot.setGeometry(0, tall - foot, wide, foot)
        self.foot.arrange()

    # What actions call

    def shows(self, part: str) -> bool:
        """Whether the `legend` or the `minimap` is open."""
        return self.foot.shows(part)

    def toggle(self, part: str) -> None:
        self.foot.toggle(part)

    def zoom_in(self) -> None:
        self.stage.glide.zoom(1.25, self.stage.width / 2)

    def zoom_out(self) -> None:
        self.stage.glide.zoom(0.8, self.stage.width / 2)

    def days_in_sight(self) -> tuple[date, date]:
        """The first and the last day that can be seen."""
        return self.stage.days_in_sight()

    def fit_all(self) -> None:
        self.stage.glide.span(*self.stage.extent())

    def fit_selection(self) -> None:
        """Fit the time of the selected items into the width, and scroll to their rows."""
        stage = self.stage
        start, finish = stage.document.schedule.start, stage.document.schedule.finish
        shown = [id for id in stage.session.items if id in start]
        places = [stage.board.row_of[id] for id in shown if id in stage.board.row_of]
        if places:
            first, last, head = min(places), max(places), stage.board.lane_levels
            if (first - head) * ROW < stage.top or (last + 1) * ROW > stage.top + stage.height:
                stage.look(top=(first - head - 1) * ROW)
            stage.glide.span(min(start[id] for id in shown), max(finish[id] for id in shown))

    def go_to_today(self) -> None:
        stage = self.stage
        stage.glide.to(stage.today - stage.width / stage.axis.zoom / 3)

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
        nudging.nudge(self.stage, steps)

    def grow(self, steps: int, *, at_start: bool = False) -> None:
        """Move an end of the current bar by snap steps; a day is left at least."""
        nudging.stretch(self.stage, steps, at_start=at_start)

    def move_rows(self, step: int) -> None:
        """Move the selected rows up (-1) or down (+1)."""
        nudging.move_rows(self.stage, step)

    def fold(self, folded: bool) -> None:
        """Fold or unfold the lane whose menu is open, else what the current item is, or is in."""
        folding.fold(self.stage, folded, self._asked.ref if self._asked is not None else None)

    def menu_closed(self) -> None:
        """What was chosen from a right-click menu is over."""
        self._asked = None

    def _make(self, kind: str) -> None:
        """Where a menu is open there, else below the current item, or at the end."""
        stage = self.stage
        plan, current, asked = stage.document.kept, stage.session.current, self._asked
        row = stage.board.row_of.get(current) if current is not None else None
        place = len(stage.rows) if row is None else row
        day = self._day_in_sight()
        if asked is not None and asked.row is not None:
            place, day = asked.row, day if asked.day is None else asked.day
        elif asked is not None and asked.day is not None:
            day = asked.day
        elif current is not None and current in stage.document.schedule:
            day = stage.document.schedule.start[current] - (plan.items[current].kind == "milestone")
        made = make_item(stage, place, plan.team_calendars[None].next_working(day), kind=kind)
        if made is not None:
            self._name(made)

    def _day_in_sight(self) -> int:
        """Today, if it can be seen; else a day that can."""
        stage = self.stage
        wide = stage.width / stage.axis.zoom
        return stage.today if stage.left <= stage.today <= stage.left + wide else int(stage.left + wide / 4)

    def _name(self, id: str) -> None:
        """Ask for the title of an item made just now."""
        self._edit_title(ItemId(id), fresh=True)

    def _edit_title(self, id: ItemId, *, fresh: bool = False) -> None:
        stage = self.stage
        if id in stage.board.row_of:
            stage.reveal(id)
            self.gutter.edit(id, "title", fresh=fresh)
            return
        code = "timeline.made-unseen" if fresh else "timeline.rename-unseen"
        stage.say(code, title=title_of(stage.document.plan, id), level="info" if fresh else "warning")
