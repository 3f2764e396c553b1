"""How one table came about from another, so that what differs between them is found without a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .records import RecordId

Table = Mapping[Any, Any]
Touched = dict[RecordId, None]
"""Ids of records, each once, in the order in which they were touched."""
_FEW = 2_000
"""Up to so many touched records of a table are remembered."""
_STEP = 50
"""A small step from a table for which more than so many are is remembered as one from that table."""


class Trace(NamedTuple):
    """A table, the one that it came from, and the ids among which are all that differ between the two."""

    table: Table
    base: Table
    touched: Touched

    def on(self, table: Table, ids: Touched) -> Trace:
        """The trace of a table made from this one by touching records."""
        if len(self.touched) <= max(_STEP, len(ids)) and len(self.touched) + len(ids) <= _FEW:
            return Trace(table, self.base, {**self.touched, **ids})
        return Trace(table, self.table, ids) if len(ids) <= _FEW else untouched(table)

    def since(self, old: Trace) -> Iterable[Any] | None:
        """Ids among which are all that differ from an older table; None where that is not known."""
        if self.table is old.table:
            return ()
        if self.base is old.table:
            return self.touched
        if old.base is self.table:
            return old.touched
        if self.base is old.base:
            return {**self.touched, **old.touched}
        return None


def untouched(table: Table) -> Trace:
    return Trace(table, table, {})
