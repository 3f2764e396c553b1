"""What was found wrong while reading a file: where, what, and what was done about it.

A complaint stops nothing: what is good was kept. What can't be read at all is a `Refused`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ..model.plan import Plan
from .how import How
from .strings import knows, say


class Complaint(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing wrong in a file, with its place."""

    code: str
    values: dict[str, object] = {}
    file: str = ""
    """The name of the file, without its folders."""
    sheet: str = ""
    cell: str = ""
    """Address in the sheet, like `D12`."""
    line: int = 0
    """Line of a text file or row of a sheet, from 1; 0: the file as a whole."""
    done: str = ""
    """What was made of it: a code of strings, or words."""
    level: Literal["note", "warning"] = "warning"
    """A note loses nothing that a person has to look after."""

    def message(self) -> str:
        """What is wrong, in words, without the place."""
        return say(self.code, **self.values)

    def remedy(self) -> str:
        """What was done about it, in words; empty if there was nothing to do."""
        return say(self.done, **self.values) if self.done and knows(self.done) else self.done

    def as_json(self) -> dict[str, object]:
        """For `--json`: plain values only."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "line": self.line,
            "code": self.code,
            "message": self.message(),
            "done": self.remedy(),
        }


class Imported(msgspec.Struct, frozen=True):
    """What became of a file: a new plan, what was wrong, and how much was read."""

    plan: Plan
    complaints: tuple[Complaint, ...] = ()
    counts: dict[str, int] = {}
    """How many of what: `rows`, `items`, `links`, `teams`, `people`, ..."""
    how: How = msgspec.field(default_factory=How)
    """Of a table: how it was understood."""
