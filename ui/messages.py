"""What the program has to say: one place to say it, whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec
from PySide6.QtCore import QObject, Signal

from ..io.strings import say as words
from ..model.refused import Refused

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


class Messages(QObject):
    """Says things; `said` carries each `Message`."""

    said = Signal(object)

    def say(
        self, code: str, *, level: Loudness = "info", way_out: WayOut | None = None, **values: object
    ) -> None:
        """Say the words for `code`, filled with `values`, with at most one way out."""
        self.tell(Message(words(code, **values), level, (way_out,) if way_out else ()))

    def refuse(self, refused: Refused) -> None:
        """Say why something can't be done."""
        self.tell(Message(words(refused.code, **refused.values), "warning"))

    def tell(self, message: Message) -> None:
        """Say a whole message."""
        self.said.emit(message)
