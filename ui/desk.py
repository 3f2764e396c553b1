"""The open plan with what comes and goes with it: its document, how it is looked at, where its file is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..model.change import Change
from ..model.document import Document, Step
from ..model.plan import Plan
from ..model.records import ItemId, ViewId
from .files.journalling import Journalling
from .jobs import Job
from .session import Looks, Session
from .signals import DocumentSignals

if TYPE_CHECKING:
    from ..io.lock import Lock

STATES = ("ui.state.edited", "ui.state.saved", "ui.state.no_file", "ui.state.elsewhere")
"""Codes of the words for whether all is saved."""


class Desk(QObject):
    """One per open plan; opening another one makes another desk."""

    def __init__(
        self,
        document: Document,
        looks: Looks,
        *,
        path: Path | None = None,
        digest: str = "",
        damaged: bool = False,
        journals: Path | None = None,
        lock: Lock | None = None,
    ) -> None:
        """`lock` is the right to write the file: without it the plan is there to be looked at."""
        super().__init__()
        self.document = document
        self.path = path
        """Its file; None: it has none yet."""
        self.digest = digest
        """Of the file's content as it was read or written last."""
        self.saved_plan = document.kept
        """As its file holds it, or as it came."""
        self.seen: tuple[int, int] | None = None
        """Time and size of the file when its content was looked at last."""
        self.damaged = damaged
        """Not everything in the file could be read, so saving must not replace it."""
        self.saving: Job | None = None
        """The save under way."""
        self.save_again = False
        """To be saved once more when that has ended."""
        self.lock = lock
        self.take(lock)
        if looks.view not in document.plan.views:
            looks.view = _first_view(document.plan)
        self.session = Session(looks)
        self.journal = Journalling(document, journals)
        self.journal.begin(path, digest, unsaved=int(damaged))
        self.signals = DocumentSignals(document)
        self.signals.changed.connect(self._follow)
        self._trail: list[tuple[Step, tuple[ItemId, ...]]] = []
        """What was selected before each step that can be undone or redone."""

    @property
    def title(self) -> str:
        return self.document.plan.info.title

    @property
    def state(self) -> str:
        """One of `STATES`."""
        edited, saved, no_file, elsewhere = STATES
        if self.elsewhere:
            return elsewhere
        return edited if self.document.dirty else saved if self.path else no_file

    def selected_before(self, step: Step) -> tuple[ItemId, ...]:
        """What was selected when the step was made."""
        return next((items for known, items in self._trail if known is step), ())

    @property
    def elsewhere(self) -> bool:
        """Whether another window has the file: then the plan can be looked at here, not changed."""
        return self.path is not None and self.lock is None

    def take(self, lock: Lock | None) -> None:
        """Have the right to write the file, or (None) not."""
        if self.lock is not None and self.lock is not lock:
            self.lock.release()
        self.lock = lock
        self.document.closed = "document.elsewhere" if self.elsewhere else ""

    def saved(
        self,
        path: Path,
        digest: str,
        lock: Lock | None,
        plan: Plan,
        past: tuple[bytes, ...],
        done: tuple[Step, ...],
    ) -> None:
        """The file holds the plan as it was with that past and those steps; it may have been edited since."""
        self.document.mark_saved(past, done)
        self.path, self.digest, self.damaged = path, digest, False
        self.saved_plan, self.seen = plan, None
        self.take(lock)
        self.journal.saved(plan, past, done, path, digest)

    def shorten_past(self, past: Sequence[bytes]) -> None:
        """Have the history say the same in fewer lines."""
        self.document.shorten_past(past)
        self.journal.begin(self.path, self.digest, unsaved=1)
        self.signals.changed.emit(Change())

    def close(self, lock: Lock | None = None) -> None:
        """Nobody works on it any more; `lock` is what goes on to the next desk."""
        self.journal.end()
        if self.lock is not lock:
            self.take(None)

    def _follow(self, change: Change) -> None:
        self.journal.follow()
        self._remember_selection()
        self._let_go(change)

    def _remember_selection(self) -> None:
        done = self.document.done
        if self.document.previewing or not done:
            return
        last, step = len(done) - 1, done[-1]
        if last < len(self._trail) and self._trail[last][0].change is step.change:
            self._trail[last] = (step, self._trail[last][1])  # it may have been given a reason
        else:
            made = {edit.id for edit in step.change.edits if edit.before is None}
            items = self.session.items
            if items and len(self._trail) > last and made.issuperset(items):
                items = self._trail[last][1]  # the step was amended: nobody could select before what it made
            self._trail[last:] = [(step, items)]

    def _let_go(self, change: Change) -> None:
        """Nothing that is gone stays selected, and no view that is gone stays shown."""
        plan, session = self.document.plan, self.session
        if any(edit.after is None for edit in change.edits):
            if session.link is not None:
                if session.link not in plan.links:
                    session.select()
            elif any(id not in plan.items for id in session.items):
                session.select(id for id in session.items if id in plan.items)
        if session.looks.view is not None and session.looks.view not in plan.views:
            session.show_view(_first_view(plan))


def _first_view(plan: Plan) -> ViewId | None:
    return min(plan.views.values(), key=lambda view: (view.rank, view.id)).id if plan.views else None
