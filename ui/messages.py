"""What the program has to say: one place to say it, whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec
from PySide6.QtCore import QObject, Signal

from ..io.strings import count, say
from ..model.plan import Plan
from ..model.refused import Refused
from .dates import in_words

Loudness: TypeAlias = Literal["info", "warning", "error"]
WayOut: TypeAlias = tuple[str, Callable[[], object]]
"""The code of a button's words, and what it does."""


class Message(msgspec.Struct, frozen=True):
    """A sentence about what just happened, and what a person can do about it."""

    text: str
    level: Loudness = "info"
    ways_out: tuple[WayOut, ...] = ()
    stays: bool = False
    """Shown until the next message, however long that takes."""


def deleted_words(before: Plan, after: Plan) -> str:
    """What is gone from a plan: the item by its title where it is one, and how many links went along."""
    gone = [item for id, item in before.items.items() if id not in after.items]
    title = (gone[0].title or gone[0].key) if gone else ""
    words = count("ui.deleted", len(gone), title=title)
    links = len(before.links) - len(after.links)
    if not links:
        return say("ui.deleted.without", words=words)
    return say("ui.deleted.with", words=words, links=count("ui.deleted.links", links))


class Messages(QObject):
    """Says things; `said` carries each `Message`."""

    said = Signal(object)
    last: Message | None = None
    """What was said last."""

    def __init__(self, way_back: Callable[[], WayOut] | None = None) -> None:
        """`way_back` makes the button that takes back the step just made."""
        super().__init__()
        self._way_back = way_back
        self.ways_out: dict[str, WayOut] = {}
        """What a person can do about a refusal, by its code."""

    def say(
        self, code: str, *, level: Loudness = "info", way_out: WayOut | None = None, **values: object
    ) -> None:
        """Say the words for `code`, filled with `values`, with at most one way out."""
        self.tell(Message(say(code, **values), level, (way_out,) if way_out else ()))

    def done(self, text: str, level: Loudness = "info", ways_out: tuple[WayOut, ...] = ()) -> None:
        """Say what the step just made has done, with the way back after any other ways out."""
        back = (self._way_back(),) if self._way_back is not None else ()
        self.tell(Message(text, level, (*ways_out, *back)))

    def hush(self) -> None:
        """What was said last is over."""
        self.tell(Message(""))

    def refuse(self, refused: Refused) -> None:
        """Say why something can't be done."""
        way_out = self.ways_out.get(refused.code)
        self.tell(Message(in_words(refused.code, refused.values), "warning", (way_out,) if way_out else ()))

    def tell(self, message: Message) -> None:
        """Say a whole message."""
        self.last = message
        self.said.emit(message)
