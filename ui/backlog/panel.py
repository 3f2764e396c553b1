"""The backlog panel: items without dates, by horizon, waiting to be dragged onto the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ...io.strings import count, say
from ...model.document import Document
from ...model.edits import together
from ...model.edits.items import (
    add_item,
    place_items,
    remove_items,
    set_field,
    unschedule_items,
)
from ...model.records import HORIZONS, ItemId, new_id
from ...model.refused import Refused
from ..drawing.palette import Theme
from ..messages import Messages, deleted_words
from ..refusals import with_titles
from ..session import Session
from ..signals import DocumentSignals
from .list import BacklogList, LineDelegate
from .model import BacklogModel


class BacklogPanel(QWidget):
    """A list with a search above and a field for new items below."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        session: Session,
        messages: Messages,
        theme: Theme,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.setObjectName("backlog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._session, self._messages, self._today = document, session, messages, today
        self._model = BacklogModel(document, self)
        self._delegate = LineDelegate(document, self._model, theme)
        self.list = BacklogList(document, self._model, self._delegate, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("backlog-search")
        self.search.setPlaceholderText(say("backlog.search"))
        self.search.setAccessibleName(say("backlog.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self._total = QLabel(self)
        self._total.setObjectName("backlog-total")
        self._empty = QLabel(self)
        self._empty.setObjectName("backlog-empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.new_title = QLineEdit(self)
        self.new_title.setObjectName("backlog-add")
        self.new_title.setPlaceholderText(say("backlog.add"))
        self.new_title.setAccessibleName(say("backlog.add"))
        self.new_title.returnPressed.connect(self._add)
        self._light = QWidget(self)
        self._light.setObjectName("backlog-light")
        self._light.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._light.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._light.hide()
        self._arrange()
        self._connect(signals)
        self.setMinimumWidth(180)
        self.set_theme(theme)
        self.refresh()

    def _arrange(self) -> None:
        title = QLabel(say("backlog.title"), self)
        title.setObjectName("backlog-title")
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 12, 6)
        head.addWidget(title)
        head.addSpacing(4)
        head.addWidget(self._total, 1)
        search = QHBoxLayout()
        search.setContentsMargins(10, 0, 10, 6)
        search.addWidget(self.search)
        add = QHBoxLayout()
        add.setContentsMargins(10, 6, 10, 10)
        add.addWidget(self.new_title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(add)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.changed.connect(self.refresh)
        self._session.selection_changed.connect(self._follow_selection)
        self.list.selectionModel().selectionChanged.connect(self._tell_selection)
        self._model.modelReset.connect(self._follow_selection)
        self.list.schedule_asked.connect(self.schedule)
        self.list.moved.connect(self._receive)
        self.list.delete_asked.connect(self._delete)
        self.list.fold_asked.connect(self._fold)

    def sizeHint(self) -> QSize:
        return QSize(232, 600)

    # Following

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.setStyleSheet(style(theme))
        self.list.viewport().update()

    def refresh(self) -> None:
        """Show what waits now."""
        self._model.refresh()
        self._total.setText(str(self._model.total) if self._model.total else "")
        self._total.setAccessibleName(count("backlog.items", self._model.total))
        shown = bool(self._model.lines)
        self.list.setVisible(shown)
        self._empty.setVisible(not shown)
        if not shown:
            sought = self._model.search.strip()
            self._empty.setText(say("backlog.nothing-found", text=sought) if sought else say("backlog.empty"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_selection()

    def _follow_selection(self) -> None:
        """Select those of the session's items that wait here."""
        rows = [row for id in self._session.items if (row := self._model.row_of(id)) is not None]
        chosen = [self._model.lines[row].item for row in rows]
        if set(chosen) == set(self.list.chosen()):
            return
        selection = QItemSelection()
        for row in rows:
            selection.select(self._model.index(row), self._model.index(row))
        self.list.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            self.list.scrollTo(self._model.index(rows[-1]))

    def _tell_selection(self) -> None:
        """Tell the session; what is selected elsewhere stays until something is selected here."""
        chosen = self.list.chosen()
        here = [id for id in self._session.items if self._model.row_of(id) is not None]
        if set(chosen) != set(here):
            self._session.select(chosen)

    def _search(self, text: str) -> None:
        self._model.search = text
        self.refresh()

    def _fold(self, horizon: str) -> None:
        known = next(known for known in HORIZONS if known == horizon)
        self._model.folded ^= {known}
        self.refresh()

    # What can be done here

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def schedule(self, ids: Sequence[ItemId]) -> None:
        """Put items on the timeline, from today on."""
        waiting = [id for id in ids if id in self._document.kept.items]
        if not waiting:
            return
        self._document.commit(place_items, dict.fromkeys(waiting, self._today()))
        self._session.select(waiting)
        keys = [self._document.plan.items[id].key for id in waiting]
        self._messages.say("backlog.scheduled", keys=keys)

    def unschedule(self, ids: Iterable[ItemId]) -> None:
        """Take items off the timeline, back to the backlog; what its links hold there is said."""
        known = [id for id in ids if id in self._document.kept.items]
        if not known:
            return
        self._document.commit(unschedule_items, known)
        self._say_held(known)

    def _say_held(self, ids: Iterable[ItemId]) -> bool:
        """Say which of the items can't leave the timeline; False where all could."""
        plan, times = self._document.plan, self._document.schedule
        held = [plan.items[id].key for id in ids if id in times]
        if held:
            self._messages.done(say("backlog.held", keys=held), "warning")
        return bool(held)

    def holds(self, at: QPoint) -> bool:
        """Whether a place on the screen is over the panel."""
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(at))

    def light(self, on: bool) -> None:
        """Show that a drop would be taken, or no longer."""
        self._light.setGeometry(self.rect())
        self._light.raise_()
        self._light.setVisible(on)

    def take(self, ids: Sequence[ItemId]) -> None:
        """Bars were dropped here: they and what is under them leave the timeline, if links let them."""
        plan = self._document.kept
        known = [id for id in ids if id in plan.items]
        under = {other for id in known for other in (id, *plan.outline.descendants(id))}
        what = plan.items[known[0]].title if len(known) == 1 else ""
        self._document.commit(unschedule_items, [id for id in plan.outline.order if id in under])
        if not self._say_held(sorted(under, key=plan.outline.order.index)):
            words = say("backlog.taken", what=what) if what else count("ui.unscheduled", len(known))
            self._messages.done(words)

    def _receive(self, ids: Sequence[ItemId], horizon: str) -> None:
        """Items were dropped on a horizon: they get it, and lose their dates if they have any."""
        known = [id for id in ids if id in self._document.kept.items]
        dated = [id for id in known if id in self._document.kept_schedule]
        try:
            if dated:
                self._document.commit(
                    together((set_field, known, "horizon", horizon), (unschedule_items, dated))
                )
            elif known:
                self._document.commit(set_field, known, "horizon", horizon)
        except Refused as refused:
            self._messages.refuse(with_titles(refused, self._document.kept))

    def _delete(self) -> None:
        ids, before = self.list.chosen(), self._document.kept
        if ids:
            self._document.commit(remove_items, ids)
            self._messages.done(deleted_words(before, self._document.kept))

    def _add(self) -> None:
        """A new item, in the horizon of the selected one."""
        title = self.new_title.text().strip()
        if not title:
            return
        current = self._model.item_at(self.list.currentIndex().row())
        id = ItemId(new_id())
        self._document.commit(add_item, id, title=title, horizon=current.horizon if current else "")
        self.new_title.clear()
        row = self._model.row_of(id)
        if row is not None:
            self.list.scrollTo(self._model.index(row))


def style(theme: Theme) -> str:
    """The panel in the theme's colours."""
    c = theme.colors
    return f"""
    #backlog {{ background: {c.background}; }}
    #backlog-light {{ border: 2px solid {c.accent}; border-radius: 6px; background: transparent; }}
    #backlog-title {{ color: {c.ink}; font-weight: 700; }}
    #backlog-total {{ color: {c.ink3}; }}
    #backlog-empty {{ color: {c.ink2}; padding: 8px 14px; }}
    #backlog-list {{ background: {c.background}; border: none; outline: none; }}
    #backlog-search, #backlog-add {{ background: {c.panel}; color: {c.ink}; border: 1px solid {c.line};
        border-radius: 6px; padding: 5px 8px; selection-background-color: {c.accent};
        selection-color: {c.accent_ink}; }}
    #backlog-search:focus, #backlog-add:focus {{ border: 1px solid {c.accent}; background: {c.background}; }}
    """
