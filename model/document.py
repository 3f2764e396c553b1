"""The open roadmap: the only thing in the model that changes.

It holds the plan as kept and, during a gesture or a what-if, the plan as shown. Views look at `plan` and
`schedule`; they do not know whether they see a preview, an edit, an undo or a redo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec

from msgspec import structs

from .change import Change
from .history.past import read_heading, recalled
from .history.step import Step
from .plan import Plan
from .records import RecordId
from .refused import Refused
from .schedule import schedule

__all__ = ["Document", "Step"]

P = ParamSpec("P")
EditFunction = Callable[Concatenate[Plan, P], Plan]


class Document:
    """A plan with its schedule, its history, and those who want to know of changes."""

    def __init__(self, plan: Plan, *, past: Sequence[bytes] = (), author: str = "") -> None:
        self.kept = self.plan = plan
        self.kept_schedule = self.schedule = schedule(plan)
        self.past: tuple[bytes, ...] = tuple(past)
        """The history lines of the file, as they were read: opening is not a step. `undo` recalls the last of
        them when there is no other step left."""
        self.author = author
        self.reason = ""
        """Why the next steps are made, as their lines in the history say."""
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._forgone: list[Step] = []
        """What could be redone before the last step."""
        self._saved: Step | None = None
        self._recalled: list[Step] = []
        """The steps that were made of lines of the past, in the order in which those were taken."""
        self._listeners: list[Callable[[Change], None]] = []
        self._looked_at: Plan | None = None
        self.looking_at = ""
        """What is looked at, in words."""
        self.closed = ""
        """The code of the refusal that every change meets; empty: the plan can be changed."""
        self._heading: tuple[bytes, str] | None = None
        """The verb of the last line of the past, once it was asked for."""

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Have `listener` called with every difference between what was shown and what is shown now."""
        self._listeners.append(listener)

    # Showing

    def preview(self, edit: EditFunction[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Show what `edit` would make of the kept plan; keep nothing.

        Raises:
            Refused: as the edit does; then what is shown stays as it was.
            Refused("document.looking"): an earlier state is looked at.
        """
        self._check_now()
        self._show(edit(self.kept, *args, **kwargs))

    def look_at(self, plan: Plan, title: str = "") -> None:
        """Show another state of the plan, to be looked at and not to be changed, until `look_back`.

        `title` says in words what it is.
        """
        self._looked_at, self.looking_at = plan, title
        self._tell(self._show(plan, tell=False))

    def look_back(self) -> None:
        """Show the plan as it is kept, after `look_at`."""
        if self.looking:
            self._looked_at = None
            change = self.kept.since(self.plan)
            self.plan, self.schedule = self.kept, self.kept_schedule
            self._tell(change)

    @property
    def looking(self) -> bool:
        """Whether another state is looked at: then nothing can be changed."""
        return self._looked_at is not None

    @property
    def barred(self) -> str:
        """The code of why nothing can be changed now; empty: it can."""
        return "document.looking" if self.looking else self.closed

    def _check_now(self) -> None:
        if self.barred:
            raise Refused(self.barred)

    def cancel(self) -> None:
        """Show the kept plan again, without the preview; what is looked at stays."""
        if self.previewing:
            change = self.kept.since(self.plan)
            self.plan, self.schedule = self.kept, self.kept_schedule
            self._tell(change)

    @property
    def previewing(self) -> bool:
        return self.plan is not (self._looked_at or self.kept)

    # Keeping

    def commit(self, edit: EditFunction[P], *args: P.args, **kwargs: P.kwargs) -> Change:
        """Keep what `edit` makes of the plan, as one step to undo; an edit that changes nothing is none.

        Raises:
            Refused: as the edit does; then a preview is taken back and nothing is kept.
            Refused("document.looking"): an earlier state is looked at.
        """
        return self._commit(_name(edit), lambda plan: edit(plan, *args, **kwargs))

    def amend(self, edit: EditFunction[P], *args: P.args, **kwargs: P.kwargs) -> Change:
        """Keep what `edit` makes of the plan as part of the last step: they are undone at a stroke.

        It is for what belongs to a step and comes a moment later, as the title of an item just made.

        Raises:
            Refused: as the edit does; then the last step stays as it is.
            IndexError: there is no step.
        """
        return self._commit(self.done[-1].verb, lambda plan: edit(plan, *args, **kwargs), self.done[-1])

    def _commit(self, verb: str, edit: Callable[[Plan], Plan], onto: Step | None = None) -> Change:
        self._check_now()
        try:
            plan = edit(self.kept)
        except Exception:
            self.cancel()
            raise
        change = plan.since(self.kept)
        if not change:
            self.cancel()
            return change
        if onto is not None:
            joined = onto.change.joined(change)
            self.done[-1:] = [structs.replace(onto, change=joined)] if joined else []
        else:
            self._forgone, self.undone = self.undone, []
            self.done.append(Step(verb, change, _now(), self.author, self.reason))
        self._keep(plan)
        return change

    def just_made(self, id: RecordId) -> bool:
        """Whether the last step made the record."""
        last = self.done[-1].change.edits if self.done else ()
        return any(edit.id == id and edit.before is None for edit in last)

    def take_back(self) -> Step:
        """Undo the last step as if it had never been: it can't be redone, but what it put an end to can.

        Raises:
            IndexError: there is no step.
        """
        step = self.done.pop()
        self.undone, self._forgone = self._forgone, []
        self._keep(self.kept.apply(step.change.inverted()))
        return step

    def give_reason(self, reason: str) -> None:
        """Say why the last step was made.

        Raises:
            IndexError: there is no step.
        """
        self.done[-1] = structs.replace(self.done[-1], reason=reason)
        self._tell(Change())

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back: of this session, or of those before."""
        return bool(self.done or self.past) and self.plan is self.kept

    @property
    def next_undo(self) -> str:
        """The verb of the step that `undo` would take back; empty: there is none, or it can't be read."""
        if self.done:
            return self.done[-1].verb
        if self.past and (self._heading is None or self._heading[0] is not self.past[-1]):
            try:
                self._heading = (self.past[-1], read_heading(self.past[-1]).verb)
            except Refused:
                self._heading = (self.past[-1], "")
        return self._heading[1] if self.past and self._heading else ""

    def undo(self) -> Step:
        """Take back the last step; where this session has none left, the last of those before it.

        Raises:
            IndexError: there is none.
            Refused("file.step_strange"): the history of the file does not lead back from here.
            Refused("document.looking"): an earlier state is looked at.
        """
        self._check_now()
        if not self.done:
            self._recall()
        step = self.done.pop()
        self.undone.append(step)
        self._forgone = []
        self._keep(self.kept.apply(step.change.inverted()))
        return step

    def redo(self) -> Step:
        """Do again what was undone last.

        Raises:
            IndexError: nothing was undone.
            Refused("document.looking"): an earlier state is looked at.
        """
        self._check_now()
        step = self.undone.pop()
        self._forgone = []
        self.done.append(step)
        self._keep(self.kept.apply(step.change))
        return step

    def _recall(self) -> None:
        """Make a step of the last line of the past, as if it had been made in this session."""
        step = recalled(self.past[-1], self.kept)
        self.past = self.past[:-1]
        self.done.append(step)
        self._recalled.append(step)
        if self._saved is None:
            self._saved = step

    # Saving

    @property
    def dirty(self) -> bool:
        """Whether the kept plan differs from the saved one by steps done or undone since."""
        return (self.done[-1] if self.done else None) is not self._saved

    def mark_saved(self, past: Sequence[bytes] | None = None, done: Sequence[Step] | None = None) -> None:
        """The plan is in a file as it stands; or as it stood when these were its past and its steps."""
        last = list(self.done if done is None else done)[-1:]
        recalled = len(self.past if past is None else past) - len(self.past)
        if not last and recalled:  # what was the last line of the past then is a step now
            last = [self._recalled[-recalled]]
        self._saved = last[0] if last else None

    def mark_unsaved(self) -> None:
        """The plan is nowhere on disk as it stands (it was imported, or salvaged)."""
        self._saved = _NEVER

    def shorten_past(self, past: Sequence[bytes]) -> None:
        """Have the history of earlier sessions say the same in other lines, which are not saved yet."""
        self.past, self._heading = tuple(past), None
        self.mark_unsaved()

    # Within

    def _keep(self, plan: Plan) -> None:
        change = self._show(plan, tell=False)
        self.kept, self.kept_schedule = self.plan, self.schedule
        self._tell(change)  # even if a preview has shown it all: the history is another now

    def _show(self, plan: Plan, tell: bool = True) -> Change:
        change = plan.since(self.plan)
        if change:
            self.schedule = self.schedule.after(plan, change)
        self.plan = plan
        if tell and change:
            self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)


_NEVER = Step("", Change())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _name(edit: Callable[..., Any]) -> str:
    return getattr(edit, "__name__", type(edit).__name__)
