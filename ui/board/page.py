"""The page of the board: it follows plan and session, remembers where one looked, and answers the actions."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.change import Change
from ...model.document import Document
from ...model.records import ItemId, View
from .. import spoken
from ..amounts import number_text
from ..drawing.painter import measure
from ..drawing.palette import Theme
from ..graph.tips import card_tip
from ..messages import Messages
from ..session import Session
from ..signals import DocumentSignals
from ..timeline.board import Board
from ..timeline.tips import wrong
from ..views.names import grouping_title
from .contents import contents, fields_of_board, offered
from .controls import Empty, Strip
from .hand import Hand
from .keys import Way, column_ids, neighbour
from .layout import FARTHEST, NEAREST, Layout, arrange, card_width
from .sight import Picture
from .sizes import Sizes
from .view import BoardView

PAGE = "board"
_STEP = 1.15
"""By which a card gets larger or smaller at a time."""


class BoardPage(QWidget):
    """Items as cards in columns by status, horizon, quarter, team or any other choice."""

    context_requested = Signal(str, str, QPoint)
    item_opened = Signal(str)

    def __init__(
        self, document: Document, signals: DocumentSignals, session: Session, messages: Messages, theme: Theme
    ) -> None:
        super().__init__()
        self.document, self.session, self.messages, self.theme = document, session, messages, theme
        known: dict[str, Any] = session.looks.places.get(PAGE, {})
        self.zoom = min(max(float(known.get("zoom", 1.0)), FARTHEST), NEAREST)
        self._stale, self._placed = True, False
        self._sizes: Sizes | None = None
        self.view = BoardView(document, session, self._picture(), self, self._tip)
        self.strip = Strip(self, self._choose_fields)
        self.empty = Empty(self)
        self.hand = Hand(self)
        self.empty.step.clicked.connect(self._first_step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.view.setAccessibleName(say("board.name"))
        self.setFocusProxy(self.view)
        self._connect(signals)

    def _connect(self, signals: DocumentSignals) -> None:
        view, hand = self.view, self.hand
        view.opened.connect(self.item_opened)
        view.dropped.connect(hand.drop)
        view.shifted.connect(hand.shift)
        view.made.connect(hand.make_in)
        view.limit_asked.connect(hand.edit_limit)
        view.fold_asked.connect(self._toggle)
        view.walked.connect(self._walk)
        view.range_asked.connect(self._range)
        view.menu_asked.connect(self._menu)
        view.looked.connect(self._looked)
        view.zoomed.connect(self.zoom_by)
        view.resized.connect(self._resized)
        signals.changed.connect(self._changed)
        self.session.selection_changed.connect(self._selected)
        self.session.rows_changed.connect(self.refresh)

    # Showing

    @property
    def arranged(self) -> Layout:
        """What stands where."""
        return self.view.arranged

    def looks(self) -> View:
        return self.session.view(self.document.plan)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is; out of sight this waits until the page is shown."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self.view.stop_gesture()  # it is about what was shown before
        self.view.put(self._picture(self.view.picture.board))
        self._say()

    def _changed(self, change: Change) -> None:
        gesture = self.view.gesture
        if gesture is None or gesture.kept is not self.document.kept:
            self.refresh()
            return
        old, layout, sizes, faces = self.view.picture  # cards lie still under the hand
        board, edited = self._board(old), {edit.id for edit in change.edits}
        same = {
            face: shapes
            for face, shapes in faces.items()
            if face[0] not in edited and not board.moves(face[0], old.schedule)
        }
        self.view.put(Picture(board, layout, sizes, same))

    def _picture(self, before: Board | None = None) -> Picture:
        session, plan, view = self.session, self.document.plan, self.looks()
        shown = contents(plan, self.document.schedule, view, search=session.search, asker=session.asker)
        folded = session.looks.collapsed
        shut = [column.ref in folded for column in shown.columns]
        room = self.view.viewport().width() if hasattr(self, "view") else self.width()
        column, card = card_width(shut, room, self.zoom)
        sizes = self._sizes
        if sizes is None or (sizes.zoom, sizes.width) != (self.zoom, card):
            sizes = self._sizes = Sizes(self.zoom, card, measure)
        layout = arrange(shown, lambda id: sizes.height(plan, id), column, self.zoom, folded)
        return Picture(self._board(before), layout, sizes, {})

    def _board(self, before: Board | None = None) -> Board:
        document = self.document
        return Board(
            document.plan,
            document.schedule,
            (),
            self.looks(),
            self.theme,
            before,
            hasty=document.previewing,
        )

    def _say(self) -> None:
        """What the columns are made of; and, where there is no card, why."""
        plan, view = self.document.plan, self.looks()
        field, lane = fields_of_board(plan, view)
        fields = [(by.key, grouping_title(by)) for by in offered(plan)]
        self.strip.show_choices(self.view.picture.board, fields, field, lane)
        nothing = not self.arranged.contents.cell_of
        hidden = nothing and bool(plan.items)
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        self.setFocusProxy(self.empty.step if nothing else self.view)
        if hidden and self.session.misses_me(plan):
            self.empty.say("board.nobody", "board.clear", self.theme)
        elif hidden:
            self.empty.say("board.nothing_found", "board.clear", self.theme, all=len(plan.items))
        else:
            self.empty.say("board.empty", "board.new_first", self.theme)

    def _first_step(self) -> None:
        if not self.document.plan.items:
            self.new_item()
            return
        self.session.find("")
        self.session.adjust(self.document.plan, filter="", show_done=True)
        self.setFocus()

    def _choose_fields(self, field: str, lane: str) -> None:
        self.session.adjust(self.document.plan, stacks=field, swimlanes=lane if lane != field else "")
        self.view.look(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        if not self._placed:
            self._placed = True
            known = self.session.looks.places.get(PAGE, {})
            self.view.look(int(known.get("left", 0)), int(known.get("top", 0)))
        if self.session.current is not None:
            self.view.reveal(self.session.current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "view"):
            self._sizes = None
            self.refresh()

    # Looking

    def _looked(self) -> None:
        if self._placed:
            place = {"zoom": self.zoom, "left": self.view.left, "top": self.view.top}
            self.session.looks.places[PAGE] = place
        self.hand.follow()

    def _resized(self) -> None:
        if self.isVisible() and not self.view.busy:
            self.refresh()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller cards; what is in the middle stays there."""
        if self.view.busy:
            return
        zoom = min(max(self.zoom * factor, FARTHEST), NEAREST)
        size, before = self.view.viewport().size(), self.arranged
        share = (self.view.top + size.height() / 2) / max(before.height, 1)
        across = (self.view.left + size.width() / 2) / max(before.width, 1)
        self.zoom = zoom
        self.refresh()
        after = self.arranged
        self.view.look(across * after.width - size.width() / 2, share * after.height - size.height() / 2)

    def zoom_in(self) -> None:
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / _STEP)

    def fit_all(self) -> None:
        """Cards as large as they can be with every column in sight."""
        self.zoom = 1.0
        self.refresh()
        while self.arranged.width > self.view.viewport().width() and self.zoom > FARTHEST:
            self.zoom = max(self.zoom * 0.94, FARTHEST)
            self.refresh()
        self.view.look(0, 0)

    def reveal(self, id: ItemId) -> None:
        """Scroll an item's card into sight; a column that is folded over it opens."""
        cell = self.arranged.contents.cell_of.get(id)
        if cell is None:
            return
        for stack in (self.arranged.contents.columns[cell[1]], self.arranged.contents.lanes[cell[0]]):
            if stack.ref:
                self.session.fold(stack.ref, False)
        self.view.reveal(id)

    def _selected(self) -> None:
        self.view.follow_selection()
        current = self.session.current
        if self.isVisible() and current is not None and not self.view.busy:
            self.view.reveal(current)
        self._describe()

    def _describe(self) -> None:
        """Say the current card, its column, and the how manieth it is there."""
        current, layout = self.session.current, self.arranged
        cell = layout.contents.cell_of.get(current) if current is not None else None
        if current is None or current not in self.document.plan.items or cell is None or not self.isVisible():
            return
        ids = column_ids(layout, cell[1])
        words = say(
            "board.spoken",
            sentence=spoken.sentence(self.document.plan, self.document.schedule, current),
            column=layout.contents.columns[cell[1]].title,
            place=ids.index(current) + 1 if current in ids else 0,
            count=len(ids),
        )
        spoken.announce(self.view, words)

    def _tip(self, card: ItemId | None, column: int | None) -> str:
        """What the tooltip says of a card, or of a column's head."""
        board = self.view.picture.board
        if card is not None:
            found = [card_tip(board, card), *(f"<b>{text}</b>" for text in wrong(board, card))]
            return "<br>".join(found)
        if column is None:
            return ""
        shown = self.arranged.contents
        stack, total = shown.columns[column], shown.totals[column]
        days = number_text(round(total.effort, 1), None)
        return "\n".join(
            (
                say(
                    "board.head.tip",
                    title=stack.title,
                    items=count("timeline.items", total.count),
                    effort=say("board.head.effort", days=days) if total.effort else "",
                    limit=say("board.head.limit", limit=stack.limit) if stack.limit is not None else "",
                ),
                say("board.head.hint"),
            )
        )

    # Walking and choosing

    def _walk(self, way: Way, extend: bool) -> None:
        size = self.view.viewport().height() - self.arranged.head
        found = neighbour(self.arranged, self.session.current, way, size)
        self.view.hint(focused=True)
        if found is not None:
            kept = tuple(id for id in self.session.items if id != found) if extend else ()
            self.session.select((*kept, found))

    def _range(self, id: ItemId) -> None:
        """Select from the current card to this, column by column."""
        columns = range(len(self.arranged.strips))
        order = [one for column in columns for one in column_ids(self.arranged, column)]
        current = self.session.current
        if current not in order or id not in order:
            self.session.select([id])
            return
        first, last = sorted((order.index(current), order.index(id)))
        between = order[first : last + 1]
        rest = [one for one in between if one != current]
        self.session.select((*rest, current))

    def select_all(self) -> None:
        """All cards that are not folded away."""
        columns = range(len(self.arranged.strips))
        self.session.select(id for column in columns for id in column_ids(self.arranged, column))

    def _toggle(self, ref: str) -> None:
        self.session.fold(ref, ref not in self.session.looks.collapsed)

    def fold(self, folded: bool) -> None:
        """Fold or unfold the column or swimlane whose menu is open, else the current card's column."""
        if self.hand.asked_ref:
            self.session.fold(self.hand.asked_ref, folded)
            return
        cell = self.arranged.contents.cell_of.get(self.session.current) if self.session.current else None
        if cell is not None:
            self.session.fold(self.arranged.contents.columns[cell[1]].ref, folded)

    # What actions call

    def _menu(self, kind: str, ref: str, place: QPoint) -> None:
        if kind == "item" and ref not in self.session.items:
            self.session.select([ItemId(ref)])
        self.hand.ask(kind, ref)
        self.context_requested.emit(kind, ref, place)

    def fill_menu(self, menu: QMenu) -> None:
        """Add where the selected cards can go."""
        self.hand.fill_menu(menu)

    def menu_closed(self) -> None:
        """What was chosen from a right-click menu is over."""
        self.hand.ask("", "")

    def set_limit(self) -> None:
        """Ask for the limit of the column whose menu is open, else of the current card's."""
        self.hand.edit_limit(self.hand.column())

    def new_item(self) -> None:
        self.hand.make("bar")

    def new_milestone(self) -> None:
        self.hand.make("milestone")

    def rename_current(self) -> None:
        """Edit the title of the current card in its place."""
        if self.session.current is not None:
            self.hand.rename(self.session.current)
