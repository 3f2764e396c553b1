"""The fields that a plan brings itself: each `CustomField` record as a `Field` like those every plan has."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from .field import Editor, Field, Reader, own_key
from .outline import ranked
from .plan import Plan
from .records import CustomField, CustomValue, FieldId, Item, ItemId
from .refused import Refused
from .schedule import Schedule


def own_fields(common: Mapping[str, Field], records: Mapping[FieldId, CustomField]) -> dict[str, Field]:
    """The fields that these records describe by key, in their order; `common` are those every plan has."""
    ordered = ranked(records)
    entered = {own_key(record.id): _entered(record) for record in ordered if record.kind != "formula"}
    formulas = {own_key(record.id): record for record in ordered if record.kind == "formula"}
    known = entered
    if formulas:
        from .computed_fields import computed_fields  # a plan without formulas starts sooner

        known = {**entered, **computed_fields({**common, **entered}, formulas)}
    return {own_key(record.id): known[own_key(record.id)] for record in ordered}


def with_value(item: Item, id: FieldId, value: CustomValue | None) -> Item:
    """The item with another value of an own field; None empties it."""
    custom = {known: kept for known, kept in item.custom.items() if known != id}
    if value is not None:
        custom[id] = value
    return replace(item, custom=dict(sorted(custom.items())))


def kept_value(record: CustomField, plan: Plan, value: Any) -> CustomValue | None:
    """A value as `Item.custom` keeps it, None for an empty one.

    Raises:
        Refused("value.unknown", field, text): it is none of the options, or nobody of the plan.
        Refused("value.unreadable", field, text): it is no finite number.
    """
    key = own_key(record.id)
    if value is None or value is False or value in ("", ()):
        return None
    if record.kind == "flag":
        return True
    if record.kind in ("number", "currency"):
        if not math.isfinite(value):
            raise Refused("value.unreadable", field=key, text=str(value))
        return float(value)
    if record.kind == "date":
        return str(value.isoformat())
    if record.kind in ("choice", "choices"):
        wanted = value if record.kind == "choices" else (value,)
        known = [choice.id for choice in record.options]
        for id in wanted:
            if id not in known:
                raise Refused("value.unknown", field=key, text=str(id))
        return value if record.kind == "choice" else tuple(id for id in known if id in wanted)
    if record.kind == "person" and value not in plan.people:
        raise Refused("value.unknown", field=key, text=str(value))
    text = str(value)
    return (text if record.kind == "long" else text.strip()) or None


def _entered(record: CustomField) -> Field:
    """A field whose values are entered."""
    assert record.kind != "formula"
    return Field(
        own_key(record.id),
        record.kind,
        record.group,
        _reader(record),
        _editor(record),
        "people" if record.kind == "person" else "",
        record.title,
        record,
    )


def _reader(record: CustomField) -> Reader:
    id = record.id
    empty: Any = {"flag": False, "choices": ()}.get(record.kind)

    def read(plan: Plan, times: Schedule, item: Item) -> Any:
        return item.custom.get(id, empty)

    def read_day(plan: Plan, times: Schedule, item: Item) -> date | None:
        text = item.custom.get(id)
        return date.fromisoformat(str(text)) if text is not None else None

    return read_day if record.kind == "date" else read


def _editor(record: CustomField) -> Editor:
    def edit(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
        kept = kept_value(record, plan, value)
        return plan.put(*(with_value(plan.items[id], record.id, kept) for id in ids))

    return edit


def is_sound(record: CustomField, people: Container[str], value: CustomValue) -> bool:
    """Whether that can be a value of the field in `Item.custom`; whoever edits keeps no other."""
    match record.kind:
        case "number" | "currency":
            return isinstance(value, float) and math.isfinite(value)
        case "flag":
            return value is True
        case "date":
            return isinstance(value, str) and _is_day(value)
        case "choice":
            return value in [choice.id for choice in record.options]
        case "choices":
            known = {choice.id for choice in record.options}
            return isinstance(value, tuple) and bool(value) and known.issuperset(value)
        case "person":
            return isinstance(value, str) and value in people
        case "formula":
            return False
    return isinstance(value, str) and bool(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
