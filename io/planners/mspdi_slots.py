"""The fields of one's own that Microsoft Project has: so many texts, numbers, flags, days and amounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from ...model.field_values import text_of
from ...model.fields import Field, fields_of
from ...model.plan import Plan
from ...model.records import Item
from ...model.schedule import Schedule
from ..strings import field_title

Kind = Literal["Text", "Number", "Flag", "Date", "Cost"]

IDS: dict[Kind, tuple[int, ...]] = {
    "Text": (*range(188743731, 188743744, 3), *range(188743746, 188743751), *range(188743997, 188744017)),
    "Number": (*range(188743767, 188743772), *range(188743982, 188743997)),
    "Flag": (*range(188743752, 188743762), *range(188743972, 188743982)),
    "Date": tuple(range(188743945, 188743955)),
    "Cost": (*range(188743786, 188743789), *range(188743938, 188743945)),
}
"""What the file calls Text1, Text2, ...; see the MSPDI schema, FieldID."""
OURS = ("key", "team", "status", "level", "tags", "horizon", "precision")
"""Our fields that Project has no place for but one of these."""
_ALWAYS = ("team", "status", "level")
"""They stand in the file even where nothing has them, so that a reader makes up none."""
LONGEST = 255
"""Characters of a text that Project keeps."""
_KINDS: dict[str, Kind] = {"number": "Number", "currency": "Cost", "date": "Date", "flag": "Flag"}


class Slot(msgspec.Struct, frozen=True):
    """One of Project's fields, used for one of ours."""

    id: int
    name: str
    """Text1, ..."""
    title: str
    field: Field
    kind: Kind

    def value(self, plan: Plan, schedule: Schedule, item: Item) -> str:
        """What it holds, as the file has it; empty where there is nothing."""
        value: Any = self.field.read(plan, schedule, item)
        if value is None or value == "" or value is False:
            return ""
        return _WRITTEN[self.kind](self.field, plan, value)


_WRITTEN: dict[Kind, Callable[[Field, Plan, Any], str]] = {
    "Text": text_of,
    "Number": lambda field, plan, value: f"{float(value):.15g}",
    "Flag": lambda field, plan, value: "1",
    "Date": lambda field, plan, value: f"{value:%Y-%m-%d}T08:00:00",
    "Cost": lambda field, plan, value: f"{float(value) * 100:.15g}",
}


def slots_for(plan: Plan, schedule: Schedule) -> tuple[list[Slot], list[str]]:
    """A slot for each of our fields that some item has a value in, and the titles of those without room."""
    known = fields_of(plan)
    fields = [*(known[key] for key in OURS), *(field for field in known.values() if field.own is not None)]
    free = {kind: [*enumerate(ids, 1)] for kind, ids in IDS.items()}
    slots: list[Slot] = []
    left: list[str] = []
    for field in fields:
        kind = _KINDS.get(field.kind, "Text") if field.own is not None else "Text"
        for number, id in free[kind][:1]:
            slot = Slot(id, f"{kind}{number}", field_title(field), field, kind)
            if field.key in _ALWAYS or any(slot.value(plan, schedule, item) for item in plan.items.values()):
                slots.append(slot)
                del free[kind][0]
        if not free[kind] and (not slots or slots[-1].field is not field):
            left.append(field_title(field))
    return slots, left
