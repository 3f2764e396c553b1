"""One kept change, with who made it, when and why."""

from __future__ import annotations

import msgspec

from ..change import Change


class Step(msgspec.Struct, frozen=True):
    """One kept change: what is undone and redone at a stroke, and a line of the file's history."""

    verb: str
    """The name of the edit, `move_items`; its words are `edit.<verb>`."""
    change: Change
    time: str = ""
    """When it was kept, UTC, ISO 8601, to the second."""
    author: str = ""
    reason: str = ""
    """Why, if somebody said so."""
