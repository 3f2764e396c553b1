"""What the board does to the plan: drop, shift, make, rename, and the limits of columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QMenu

from ...io.strings import say
from ...model.edits.items import rename_item
from ...model.edits.views import set_limit
from ...model.records import ItemId, new_id
from ...model.refused import Refused
from ..editors.in_place import InPlace
from ..making import keeper
from ..refusals import with_titles
from ..timeline.words import title_of, what_of
from .dropping import Drop, add_card, drop_at
from .keys import Way, slot_beside
from .layout import Cell, Slot

if TYPE_CHECKING:
    from .page import BoardPage


class Hand(QObject):
    """Keeps edits, and says what they did or why they can't be."""

    def __init__(self, page: BoardPage) -> None:
        super().__init__(page)
        self._page = page
        self._document, self._session, self._messages = page.document, page.session, page.messages
        self._editor: InPlace | None = None
        self._spot: Callable[[], QRect | None] = lambda: None
        """Where the editor lies."""
        self._fresh: ItemId | None = None
        """The item that was made for the editor."""
        self.asked_ref = ""
        """What the open menu folds."""
        self._asked_cell: Cell | None = None

    # Dropping

    def drop(self, drop: Drop, items: Sequence[ItemId], slot: Slot) -> None:
        """Keep what a drop does, and say it."""
        if drop.refused is not None:
            self._refuse(drop.refused)
            return
        if drop.edit is None:
            if drop.words:
                self._messages.say("board.sorted")
            return
        if not self._commit(drop.edit) or not drop.newcomers:
            return
        shown, plan = self._page.arranged.contents, self._document.plan
        cell = shown.cell_of.get(items[0])
        if cell is None:
            return  # the view does not show it any more
        column, total = shown.columns[cell[1]], shown.totals[cell[1]]
        words = {"what": what_of(plan, items), "column": column.title}
        if column.limit is not None and total.count > column.limit:
            told = say("board.over", **words, count=total.count, limit=column.limit)
            self._messages.done(told, "warning")
        else:
            self._messages.done(say("board.moved", **words))

    def shift(self, way: Way) -> None:
        """Take the selected cards into the column beside, or past the card above or below."""
        layout = self._page.arranged
        items = [id for id in self._session.items if id in layout.contents.cell_of]
        if not items:
            return
        slot = slot_beside(layout, items, way)
        if slot is not None:
            self._put(items, slot)

    def _put(self, items: Sequence[ItemId], slot: Slot) -> None:
        document, shown = self._document, self._page.arranged.contents
        if document.barred:
            self._refuse(Refused(document.barred))
            return
        drop = drop_at(document.kept, document.kept_schedule, shown, items, slot)
        self.drop(drop, items, slot)
        self._page.view.hint(focused=True)
        if self._session.current is not None:
            self._page.reveal(self._session.current)

    def fill_menu(self, menu: QMenu) -> None:
        """Let the selected cards go to any column."""
        shown = self._page.arranged.contents
        items = [id for id in self._session.items if id in shown.cell_of]
        if self._asked_cell is not None or self.asked_ref or not items:
            return
        first = menu.actions()[0] if menu.actions() else None
        into = QMenu(say("board.move_to"), menu)
        for place, column in enumerate(shown.columns):
            lane = shown.cell_of[items[-1]][0]
            slot = Slot((lane, place), len(shown.cells[lane, place]))
            choice = into.addAction(column.title.replace("&", "&&"))
            choice.setEnabled(any(shown.cell_of[id][1] != place for id in items))
            choice.triggered.connect(partial(self._put, items, slot))
        menu.insertMenu(first, into) if first is not None else menu.addMenu(into)
        if first is not None:
            menu.insertSeparator(first)

    def ask(self, kind: str, ref: str) -> None:
        """A menu opens for something, or is over."""
        self.asked_ref = ref if kind == "lane" else ""
        lane, _, column = ref.partition(":")
        self._asked_cell = (int(lane), int(column)) if kind == "empty" and column else None
        if kind == "lane":
            at = self._column_of(ref)
            self._asked_cell = (0, at) if at is not None else None

    def _column_of(self, ref: str) -> int | None:
        columns = self._page.arranged.contents.columns
        return next((at for at, column in enumerate(columns) if column.ref == ref), None)

    def column(self) -> int | None:
        """The column that a command is about."""
        if self._asked_cell is not None:
            return self._asked_cell[1]
        current = self._session.current
        cell = self._page.arranged.contents.cell_of.get(current) if current is not None else None
        return cell[1] if cell is not None else 0

    # Making

    def make(self, kind: str) -> None:
        """A new card where a menu is open, else below the current card, else in the first column."""
        layout, current = self._page.arranged, self._session.current
        cell = layout.contents.cell_of.get(current) if current is not None else None
        if self._asked_cell is not None:
            self.make_in(self._asked_cell, kind)
        elif cell is not None:
            self.make_in(cell, kind, current)
        else:
            place = next((at for at, strip in enumerate(layout.strips) if not strip.folded), 0)
            self.make_in((0, place), kind)

    def make_in(self, cell: Cell, kind: str = "bar", above: ItemId | None = None) -> None:
        """A new card in a cell, below one of its cards, else at the end; its title is typed at once."""
        page, id = self._page, ItemId(new_id())
        shown = page.arranged.contents
        if above is None:
            above = next(reversed(shown.cells[cell]), None)
        if not self._commit(add_card, id, kind, shown, cell, above):
            return
        self._session.select([id])
        if id not in page.arranged.contents.cell_of:
            self._messages.say("timeline.made-unseen", title=title_of(self._document.plan, id))
            page.item_opened.emit(id)
            return
        page.reveal(id)
        self.rename(id, fresh=True)

    # Editing in place

    def rename(self, id: ItemId, *, fresh: bool = False) -> None:
        """Open an editor over the title of a card."""
        self._page.reveal(id)
        title = self._document.plan.items[id].title
        editor = self._edit(title, lambda: self._title_spot(id), say("field.title"))
        if editor is not None:
            editor.finished.connect(lambda how: self._named(editor, id, how))
            self._fresh = id if fresh else None

    def _title_spot(self, id: ItemId) -> QRect | None:
        view = self._page.view
        place, sizes = view.card_place(id), view.picture.sizes
        if place is None or place.bottom() < self._page.arranged.head:
            return None
        top, high = place.y() + sizes.top + sizes.head - 4, max(sizes.line + 8, 26)
        return QRect(place.x() + sizes.left - 8, top, place.width() - sizes.left + 4, high)

    def _edit(self, text: str, spot: Callable[[], QRect | None], name: str) -> InPlace | None:
        """Open an editor where `spot` says."""
        self.close_editor()
        place = spot()
        if place is None:
            return None
        view = self._page.view
        editor = self._editor = InPlace(view.viewport(), text, view.picture.sizes.title)
        self._spot = spot
        editor.setAccessibleName(name)
        editor.setGeometry(place)
        editor.show()
        editor.setFocus()
        return editor

    def follow(self) -> None:
        """The board has been scrolled or laid out anew: the editor stays over its place."""
        if self._editor is not None:
            place = self._spot()
            if place is None:
                self._editor.finished.emit("left")
            else:
                self._editor.setGeometry(place)

    def _named(self, editor: InPlace, id: ItemId, how: str) -> None:
        if editor is not self._editor:
            return  # it has finished before: to close it takes its focus
        text, fresh = editor.text().strip(), self._fresh == id
        self.close_editor()
        if how == "left as it was":
            if fresh and self._document.just_made(id):
                self._document.take_back()
        elif id in self._document.kept.items and text != self._document.kept.items[id].title:
            try:
                keeper(self._document, [id], "title")(rename_item, id, text)
            except Refused as refused:
                self._refuse(refused)
        if how != "left":
            self._page.view.setFocus()
        if how == "entered" and fresh and text and id in self._page.arranged.contents.cell_of:
            self.make_in(self._page.arranged.contents.cell_of[id], above=id)

    def close_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor, self._fresh = self._editor, None, None
            editor.hide()
            editor.deleteLater()

    # Limits

    def edit_limit(self, column: int | None) -> None:
        """Open an editor over the number of a column."""
        if column is None:
            return
        page, shown = self._page, self._page.arranged.contents
        stack = shown.columns[column]
        if page.looks().id not in self._document.plan.views:
            self._messages.say("board.limit.no_view", level="warning")
            return
        if page.arranged.strips[column].folded:
            self._session.fold(stack.ref, False)
        text = "" if stack.limit is None else str(stack.limit)
        name = say("board.limit", title=stack.title)
        editor = self._edit(text, lambda: self._limit_spot(column), name)
        if editor is not None:
            editor.setPlaceholderText(say("board.limit.none"))
            editor.finished.connect(lambda how: self._limited(editor, column, how))

    def _limit_spot(self, column: int) -> QRect | None:
        if column >= len(self._page.arranged.strips):
            return None
        area = self._page.view.head_spot(column).total
        return QRect(round(area.right) - 84, round(area.y) + 8, 76, round(area.height) - 12)

    def _limited(self, editor: InPlace, column: int, how: str) -> None:
        if editor is not self._editor:
            return
        text, shown = editor.text().strip(), self._page.arranged.contents
        self.close_editor()
        if how != "left":
            self._page.view.setFocus()
        if how == "left as it was" or column >= len(shown.columns):
            return
        stack = shown.columns[column]
        if text and not text.isdecimal():
            self._messages.say("board.limit.unread", level="warning")
            return
        most = int(text) if text else None
        if most == stack.limit:
            return
        if self._commit(set_limit, self._page.looks().id, shown.field, stack.key, most):
            code = "board.limit.gone" if most is None else "board.limit.set"
            self._messages.done(say(code, title=stack.title, most=most))

    # Within

    def _commit(self, edit: object, *args: object) -> bool:
        try:
            return bool(self._document.commit(edit, *args))  # type: ignore[arg-type]
        except Refused as refused:
            self._refuse(refused)
            return False

    def _refuse(self, refused: Refused) -> None:
        self._messages.refuse(with_titles(refused, self._document.kept))
