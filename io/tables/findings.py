"""Collects what is wrong with a table while it is read, each complaint with its place."""

from __future__ import annotations

from typing import Any, Literal

from ..complaint import Complaint
from ..how import How
from ..strings import say
from .source import Sheet, Source

_LONGEST_QUOTE = 60
_NAMED = 6
"""Keys or headings that a message lists before it says how many more there are."""
_QUOTED = frozenset(("text", "meant", "title", "key", "formula", "field"))
"""Values that are words of the file, of any length."""


class Findings:
    """The complaints about one sheet."""

    def __init__(self, source: Source, sheet: Sheet) -> None:
        self.source = source
        self.sheet = sheet
        self.complaints: list[Complaint] = list(source.complaints)
        self.how = How()
        self.lost: set[tuple[int, int]] = set()
        """Row and column of the cells that could not be taken as they stand."""

    def add(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        *,
        done: str = "",
        level: Literal["note", "warning"] = "warning",
        **values: Any,
    ) -> None:
        """Complain about a cell, a row or, without either, the sheet; rows and columns from 0."""
        shown = {name: quoted(str(value)) if name in _QUOTED else value for name, value in values.items()}
        if row is not None and column is not None and level == "warning":
            self.lost.add((row, column))
        place = self.source.place(self.sheet, row, column)
        self.complaints.append(Complaint(code, shown, **place, done=done, level=level))

    def note(self, code: str, row: int | None = None, column: int | None = None, **values: Any) -> None:
        """Tell of something that loses nothing."""
        self.add(code, row, column, level="note", **values)


def quoted(text: str) -> str:
    """A text as a message quotes it: on one line, and not longer than one can read."""
    text = " ".join(text[: 4 * _LONGEST_QUOTE].split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def some(names: list[str], most: int = _NAMED) -> str:
    """The first names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (say("import.and_more", count=more) if more > 0 else "")
