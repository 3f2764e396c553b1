"""How a table was understood where there was a choice, for who looks at it before it counts."""

from __future__ import annotations

from datetime import date

import msgspec

from ..model.records import CustomKind, ItemId, StatusId


class How(msgspec.Struct):
    """What an import took for granted, and what else there was to choose from. Empty: there was no choice."""

    order: str = ""
    """day or month: which number of `4/5/2027` came first, if that made a difference."""
    example: tuple[str, date] | None = None
    """A cell for which it did, and the day that was read; else any cell with a day."""
    hierarchy: str = ""
    """One of `hierarchies`, or empty where all items stand side by side."""
    hierarchies: tuple[str, ...] = ()
    """What the table has to tell who is under whom."""
    references: str = ""
    """key, row or title: what the dependencies name."""
    statuses: dict[str, StatusId] = {}
    """Their words, as written, and what each became."""
    units: dict[str, str] = {}
    """What a bare number counts, by field (duration, effort), where there are bare numbers."""
    kinds: dict[int, CustomKind] = {}
    """Of what kind the own field is that a column became."""
    choices: str = ""
    """All of it as JSON (`tables.choices`), to read a newer version of the table the same way."""
    lost: dict[ItemId, tuple[str, ...]] = {}
    """The fields of an item whose cells could not be read; an own one goes by its id."""
    lone: int = 0
    """Rows with nothing but the day on which they end."""
