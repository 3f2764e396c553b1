"""The difference of two plans, as a value.

A `Change` is at once the undo step, the event that views receive, the line in the journal and the history,
the comparison with a baseline and the reply of a stakeholder. It can be inverted, joined and written as a
patch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from .records import TABLES, AnyRecord, RecordId

Patch = list[dict[str, Any]]
"""A change as plain JSON values: see `Change.patch`."""


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """One touched record: as it was (None: it was not there) and as it is (None: it is gone)."""

    table: str
    id: RecordId
    before: AnyRecord | None
    after: AnyRecord | None


class Change(msgspec.Struct, frozen=True):
    """Every record that an edit touched, each before and after."""

    edits: tuple[Edit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.edits)

    def inverted(self) -> Change:
        """What takes it back: `plan.apply(change).apply(change.inverted()) == plan`."""
        return Change(tuple(Edit(e.table, e.id, e.after, e.before) for e in reversed(self.edits)))

    def joined(self, later: Change) -> Change:
        """This change and a later one as a single one, without what they undo of each other."""
        first: dict[tuple[str, RecordId], Edit] = {}
        for edit in (*self.edits, *later.edits):
            at = (edit.table, edit.id)
            known = first.get(at)
            first[at] = edit if known is None else Edit(edit.table, edit.id, known.before, edit.after)
        return Change(tuple(e for e in first.values() if e.before != e.after))

    def touched(self, table: str) -> Iterator[Edit]:
        """The edits of one table."""
        return (edit for edit in self.edits if edit.table == table)

    def ids(self) -> set[RecordId]:
        return {edit.id for edit in self.edits}

    def patch(self) -> Patch:
        """Plain values for a file: new and removed records whole, changed ones only in what differs.

        Each entry is `{"table", "id", "-": before, "+": after}`; one of the two is absent where the record
        was not there. The record's default values are written where they replace something.
        """
        return [_written(edit) for edit in self.edits]

    @classmethod
    def from_patch(cls, patch: Patch, records: Mapping[str, Mapping[RecordId, AnyRecord]]) -> Change:
        """The change that `patch` describes on a plan whose tables, before it, are `records`.

        Raises:
            ValueError: the patch changes a record that is not there, or holds what no record can.
        """
        return cls(tuple(_read(entry, records) for entry in patch))


def _written(edit: Edit) -> dict[str, Any]:
    entry: dict[str, Any] = {"table": edit.table, "id": edit.id}
    before, after = edit.before, edit.after
    if before is None or after is None:
        if before is not None:
            entry["-"] = msgspec.to_builtins(before)
        if after is not None:
            entry["+"] = msgspec.to_builtins(after)
        return entry
    differing = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    entry["-"] = {name: msgspec.to_builtins(getattr(before, name)) for name in differing}
    entry["+"] = {name: msgspec.to_builtins(getattr(after, name)) for name in differing}
    return entry


def _read(entry: dict[str, Any], records: Mapping[str, Mapping[RecordId, AnyRecord]]) -> Edit:
    table, id = entry["table"], entry["id"]
    kind = TABLES[table]
    minus, plus = entry.get("-"), entry.get("+")
    if minus is None:
        return Edit(table, id, None, msgspec.convert(plus, kind))
    before = records[table].get(id)
    if before is None:
        raise ValueError(f"{table} {id}: the patch changes a record that is not there")
    if plus is None:
        return Edit(table, id, before, None)
    after = msgspec.convert({**msgspec.to_builtins(before), **plus}, kind)
    return Edit(table, id, before, after)
