"""A block of cells as the tab-separated text that spreadsheets give and take; no Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ...model.edits.items import add_item, set_field
from ...model.fields import FIELDS, Field
from ...model.plan import Plan
from ...model.records import ItemId, new_id
from ...model.refused import Refused
from ..editors import editable, title_of, understand

Block = list[list[str]]


def written(block: Sequence[Sequence[str]]) -> str:
    """The block as text: cells with tabs, line breaks or quotes are quoted."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(block)
    return out.getvalue()


def read(text: str) -> Block:
    """The block that a text holds, at least one cell; every row as wide as the widest."""
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    block = list(csv.reader(lines, dialect="excel-tab")) or [[""]]
    width = max(len(row) for row in block)
    return [row + [""] * (width - len(row)) for row in block]


def headings(row: Sequence[str]) -> list[Field | None] | None:
    """The fields that a row of titles names, or None where it is no such row (it has to name the title)."""
    known = {title_of(field).casefold(): field for field in FIELDS.values()}
    fields = [known.get(cell.strip().casefold()) for cell in row]
    return fields if FIELDS["title"] in fields and sum(field is not None for field in fields) > 1 else None


class Trouble(msgspec.Struct, frozen=True):
    """A cell of the pasted block that could not be taken: its line, counted from 1, its field, and why."""

    line: int
    field: Field
    refused: Refused


class Entry(msgspec.Struct, frozen=True):
    """A value for a field of an item, and the line of the block that it came from."""

    line: int
    id: ItemId
    field: Field
    value: Any


class Paste(msgspec.Struct, frozen=True):
    """What a pasted block means: new items (id to parent) and values, in order, and what can't be taken."""

    before: ItemId | None = None
    new: Mapping[ItemId, ItemId | None] = {}
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def paste(plan: Plan, meant: Paste) -> Plan:
    """The edit: make the new items, then set every value."""
    for id, parent in meant.new.items():
        plan = add_item(plan, id, parent=parent, before=meant.before)
    for entry in meant.entries:
        plan = set_field(plan, (entry.id,), entry.field.key, entry.value)
    return plan


def meaning(
    plan: Plan,
    block: Block,
    fields: Sequence[Field | None],
    targets: Sequence[ItemId],
    *,
    parent: ItemId | None = None,
    before: ItemId | None = None,
) -> Paste:
    """What the block means: line by line onto `targets`, further lines as new items under `parent`.

    A cell that can't be read or set is left out and reported, with the rest applied. Without a column of
    titles, further lines are left out.
    """
    titled = FIELDS["title"] in fields
    further = [line for line in range(len(targets), len(block)) if titled]
    new = {ItemId(new_id()): line for line in further if any(cell.strip() for cell in block[line])}
    shape = Paste(before=before, new=dict.fromkeys(new, parent))
    line_of = {**{id: line for line, id in enumerate(targets[: len(block)])}, **new}
    entries: list[Entry] = []
    troubles: list[Trouble] = []
    result = paste(plan, shape)
    for id, line in line_of.items():
        for field, cell in zip(fields, block[line], strict=False):
            if field is None or (
                id in new and (not cell.strip() or field.key == "key" or field.edit is None)
            ):
                continue
            try:
                if not editable(field, result, id):
                    raise Refused("field.computed", field=field.key)
                value = understand(field, result, cell)
                result = set_field(result, (id,), field.key, value)
            except Refused as refused:
                if cell.strip() or field.edit is not None:  # an empty cell asks nothing of a computed one
                    troubles.append(Trouble(line + 1, field, refused))
            else:
                entries.append(Entry(line + 1, id, field, value))
    return Paste(before=before, new=shape.new, entries=tuple(entries), troubles=tuple(troubles))
