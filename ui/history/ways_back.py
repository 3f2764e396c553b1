"""The buttons below the history: back to a state, to an item as it was, behind one change; a baseline."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ...io.strings import knows, say
from ...model.document import Document
from ...model.edits.history import restore_items, restore_plan, undo_change
from ...model.history.earlier import of_step
from ...model.history.kept import History, moment
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from .. import dates
from ..messages import Messages
from ..refusals import short_title
from ..session import Session
from .steps import Line


class WaysBack(QWidget):
    """What each of them does is one step, which can be undone."""

    def __init__(self, document: Document, session: Session, messages: Messages) -> None:
        super().__init__()
        self._document, self._session, self._messages = document, session, messages
        self._history = History(document)
        self._place: int | None = None
        self._items: list[ItemId] = []
        self._line: Line | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self._buttons: dict[str, QPushButton] = {}
        runs = (self._restore, self._restore_item, self._undo, self._take_baseline)
        for at, (code, run) in enumerate(
            zip(("restore", "restore_item", "undo", "baseline"), runs, strict=True)
        ):
            button = self._buttons[code] = QPushButton(say(f"history.{code}"))
            button.setObjectName(code)
            button.setToolTip(say(f"history.{code}.tip"))
            button.clicked.connect(lambda _=False, run=run: run())
            grid.addWidget(button, at // 2, at % 2)

    def show_step(self, history: History, place: int | None, line: Line | None, items: list[ItemId]) -> None:
        """The step that is chosen, and the items that are to be restored with it."""
        self._history, self._place, self._line, self._items = history, place, line, items
        for code, button in self._buttons.items():
            button.setEnabled(place is not None and (code != "restore_item" or bool(items)))

    def _state(self, place: int | None) -> Plan | None:
        """The plan after a step; where there is none, that is said."""
        plan = self._history.state(place) if place is not None else None
        if plan is None:
            self._messages.say("history.broken", level="warning")
        return plan

    def _restore(self) -> None:
        """Make the plan what it was after the chosen step."""
        earlier = self._state(self._place)
        if earlier is None:
            return
        self._document.look_back()
        if self._document.commit(restore_plan, earlier):
            self._messages.done(say("history.restored"))
        else:
            self._messages.say("history.same")

    def _restore_item(self) -> None:
        """Make the selected items, or those of the chosen step, what they were after it."""
        place, items = self._place, self._items
        earlier = self._state(place)
        if earlier is None or place is None:
            return
        if any(id not in earlier.items for id in items):  # it was deleted by that very step
            earlier = self._history.state(place - 1) or earlier
        self._document.look_back()
        try:
            changed = self._document.commit(restore_items, earlier, items)
        except Refused as refused:
            self._messages.refuse(refused)
            return
        if changed:
            self._session.select(items)
            title = short_title(self._document.plan, items[0])
            self._messages.done(say("history.restored_item", item=title))
        else:
            self._messages.say("history.same")

    def _undo(self) -> None:
        """Take back the chosen step alone."""
        place, line = self._place, self._line
        after = self._state(place)
        before = self._state(place - 1) if place is not None and after is not None else None
        if before is None or after is None or line is None:
            return
        self._document.look_back()
        try:
            self._document.commit(undo_change, before, after)
        except Refused as refused:
            values = dict(refused.values)
            if code := values.get("field"):
                known = next((c for c in (f"field.{code}", f"attribute.{code}") if knows(c)), "")
                values["field"] = say(known) if known else code
            self._messages.refuse(Refused(refused.code, **values))
            return
        self._messages.done(say("history.undone", words=line.words))

    def _take_baseline(self) -> None:
        """Keep the dates of the state after the chosen step under a name."""
        from ..changes.sources import Source
        from ..dialogs.baselines import BaselinesDialog

        made = moment(self._history.heading(self._place).time) if self._place is not None else None
        if self._place is not None and made is not None:
            when = dates.moment(made)
            state = Source("history", when, partial(of_step, when, self._place, self._history))
            self._document.look_back()
            BaselinesDialog(self.window(), self._document, self._messages, [state], chosen=1).open()
