"""A place beside the timeline where what is dragged can be dropped: the backlog panel, through the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from .frame import Hints
from .words import what_of

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ...model.records import ItemId
    from .gestures import Gesture
    from .stage import Stage


class Place(Protocol):
    """What can take items that are dropped on it."""

    def holds(self, at: QPoint) -> bool:
        """Whether a place on the screen is over it."""

    def light(self, on: bool) -> None:
        """Show that a drop would be taken, or no longer."""

    def take(self, ids: tuple[ItemId, ...]) -> None:
        """The items were dropped here."""


class Elsewhere:
    """While the hand is over such a place, the gesture stands still and the timeline shows what is kept."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.find: Callable[[], Place | None] = lambda: None
        """The place, where there is one in sight; the window knows."""
        self.lit: Place | None = None
        """The place that the hand is over."""

    def over(self, gesture: Gesture, at: QPoint) -> bool:
        """Whether the hand, somewhere on the screen, carries items over the place; then it lights up."""
        place = self.find() if gesture.items else None
        if place is None or not place.holds(at):
            self.leave()
            return False
        if self.lit is None:
            self.lit, stage = place, self._stage
            place.light(True)
            stage.document.cancel()
            stage.look(left=gesture.left)  # on its way out the hand has passed the edge that scrolls
            stage.hint(Hints(ghosts=frozenset(gesture.items)))
            stage.say("timeline.to-backlog", what=what_of(stage.document.plan, gesture.items))
        return True

    def drop(self, gesture: Gesture) -> bool:
        """Let the place take the items, if the hand is over it."""
        place = self.lit
        if place is None:
            return False
        self.leave()
        self._stage.document.cancel()
        self._stage.hint(Hints())
        place.take(gesture.items)
        return True

    def leave(self) -> None:
        """The hand is over the timeline again, or empty."""
        if self.lit is not None:
            self.lit.light(False)
            self.lit = None
