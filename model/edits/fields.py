"""What can be done to a plan's own fields: make, name, turn into another kind, order, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from ..field import Field, own_key
from ..field_values import unlisted
from ..fields import FIELDS, fields_of, parse, text_of
from ..outline import ranked
from ..own_fields import kept_value, own_fields, with_value
from ..plan import Plan
from ..records import (
    Choice,
    CustomField,
    CustomKind,
    CustomValue,
    FieldId,
    Item,
    ItemId,
    PersonId,
    TeamId,
    View,
    derived_id,
)
from ..refused import Refused
from ..rows.filter_names import is_about, terms_without
from ..rows.filter_terms import terms_of, written
from ..rows.lanes import base_of
from ..schedule import schedule
from .people import add_person, add_team

Reader = Callable[[Field, Plan, str], Any]
MOST_OPTIONS = 100
"""Choices that are made of texts; a field with more different ones is no choice."""


def add_field(plan: Plan, id: FieldId, title: str, kind: CustomKind = "text", **attributes: Any) -> Plan:
    """Add a field at the end; `attributes` are others of `CustomField`.

    Raises:
        Refused("field.untitled"): it has no title.
        Refused("field.title_taken", title): the plan has a field of that name.
    """
    rank = max((field.rank for field in plan.fields.values()), default=-1.0) + 1
    record = CustomField(id=id, title=_titled(plan, title), kind=kind, rank=rank, **attributes)
    return plan.put(_checked(plan, record))


def rename_field(plan: Plan, id: FieldId, title: str) -> Plan:
    """Raises as `add_field`. Formulas and views go on: they know a field by its id."""
    return plan.put(replace(plan.fields[id], title=_titled(plan, title, besides=id)))


def set_number_format(plan: Plan, id: FieldId, currency: str, decimals: int | None) -> Plan:
    """Show a number's or an amount's so many decimals (None: as many as it has), in this currency."""
    return plan.put(replace(plan.fields[id], currency=currency.strip().upper(), decimals=decimals))


def set_field_group(plan: Plan, id: FieldId, group: str) -> Plan:
    """Show the field in another group of the inspector."""
    return plan.put(replace(plan.fields[id], group=group))


def set_formula(plan: Plan, id: FieldId, formula: str) -> Plan:
    """Compute a formula field by this text, even if it can't be understood: then its value says why.

    Raises:
        Refused("formula.circle" or "formula.chain", about): it would need its own result, or too many others.
    """
    return plan.put(_checked(plan, replace(plan.fields[id], formula=formula.strip())))


def move_field(plan: Plan, id: FieldId, before: FieldId | None) -> Plan:
    """Put a field before another one of the plan's own, or at the end."""
    order = [field for field in ranked(plan.fields) if field.id != id]
    place = next((n for n, field in enumerate(order) if field.id == before), len(order))
    order.insert(place, plan.fields[id])
    return plan.put(*(replace(field, rank=float(n)) for n, field in enumerate(order) if field.rank != n))


def change_fields(plan: Plan, draft: Plan) -> Plan:
    """The plan with its fields, their values and views as a draft has them that was made of it."""
    return plan.apply(draft.since(plan))


def remove_field(plan: Plan, id: FieldId) -> Plan:
    """Remove a field with all its values; views forget it, formulas that use it name what is missing."""
    from ..computed_fields import names_of, shown_formula

    record = plan.fields[id]
    field = fields_of(plan)[own_key(id)]
    names = names_of([field])
    formulas = [
        replace(other, formula=formula)
        for other in plan.fields.values()
        if other.id != id and (formula := shown_formula(other.formula, names)) != other.formula
    ]
    views = [view for old in plan.views.values() if (view := _without(plan, old, field)) != old]
    return plan.drop(record).put(*_emptied(plan, id), *formulas, *views)


# Options


def add_value(plan: Plan, key: str, id: str, name: str) -> Plan:
    """Make what a field of that key can be set to then: a team, a person, or an option of its own."""
    field = fields_of(plan)[key]
    if field.table == "teams":
        return add_team(plan, TeamId(id), name)
    if field.table == "people":
        return add_person(plan, PersonId(id), name)
    assert field.own is not None
    return set_options(plan, field.own.id, [*field.own.options, Choice(id, name)])


def set_options(plan: Plan, id: FieldId, options: Iterable[Choice], *, clear: bool = False) -> Plan:
    """Offer these options, known by their ids, in this order.

    Values that are no option any more are emptied where `clear` is set.

    Raises:
        Refused("field.option_untitled"), Refused("field.option_twice", title): options nobody can tell apart.
        Refused("field.option_used", title, option, count): an option that is gone is the value of items.
    """
    record, fresh = plan.fields[id], tuple(replace(one, title=one.title.strip()) for one in options)
    seen: set[str] = set()
    for option in fresh:
        if not option.title:
            raise Refused("field.option_untitled")
        if option.title.casefold() in seen:
            raise Refused("field.option_twice", title=option.title)
        seen.add(option.title.casefold())
    kept = [option.id for option in fresh]
    gone = {option.id: option for option in record.options if option.id not in kept}
    items = [item for item in plan.items.values() if not gone.keys().isdisjoint(_chosen(item, id))]
    if items and not clear:
        first = next(gone[one] for item in items for one in _chosen(item, id) if one in gone)
        raise Refused("field.option_used", title=record.title, option=first.title, count=len(items))
    changed = []
    for item in items:
        left: CustomValue = tuple(one for one in _chosen(item, id) if one not in gone)
        changed.append(with_value(item, id, left if record.kind == "choices" and left else None))
    return plan.put(replace(record, options=fresh), *changed)


def _chosen(item: Item, id: FieldId) -> tuple[str, ...]:
    value = item.custom.get(id, ())
    return value if isinstance(value, tuple) else (str(value),)


# Another kind


class Conversion(msgspec.Struct, frozen=True):
    """What becomes of a field that turns into another kind."""

    record: CustomField
    values: Mapping[ItemId, CustomValue]
    lost: Mapping[ItemId, str]
    """Values, as text, that the new kind can't hold."""


def conversion(plan: Plan, id: FieldId, kind: CustomKind, read: Reader = parse) -> Conversion:
    """What turning a field into another kind would make of its values; `read` understands texts."""
    old = plan.fields[id]
    field, times = fields_of(plan)[own_key(id)], schedule(plan)
    texts: dict[ItemId, str] = {}
    values: dict[ItemId, CustomValue] = {}
    lost: dict[ItemId, str] = {}
    for item in plan.items.values():
        text = text_of(field, plan, field.read(plan, times, item))
        if text:
            texts[item.id] = text
    record = replace(old, kind=kind, options=_options(old, kind, texts.values()))
    if kind == "formula":
        return Conversion(record, {}, {} if old.kind == "formula" else texts)
    fresh = own_fields(FIELDS, {id: record})[own_key(id)]
    for item_id, text in texts.items():
        before = plan.items[item_id].custom.get(id)
        try:
            value = _carried(old, record, before)
            if value is None:
                value = kept_value(record, plan, read(fresh, plan, _fitting(text, kind)))
        except Refused:
            value = None
        if value is not None:
            values[item_id] = value
        several = old.kind == "choices" and kind == "choice" and len(_chosen(plan.items[item_id], id)) > 1
        if several or value is None:
            lost[item_id] = text
    return Conversion(record, values, lost)


def set_field_kind(
    plan: Plan, id: FieldId, kind: CustomKind, *, clear: bool = False, read: Reader = parse
) -> Plan:
    """Turn a field into another kind, with its values as far as they go; `read` understands texts.

    Raises:
        Refused("field.loses", title, kind, count): values would be lost, and `clear` is not set.
    """
    made = conversion(plan, id, kind, read)
    if made.lost and not clear:
        raise Refused("field.loses", title=made.record.title, kind=kind, count=len(made.lost))
    items = [
        with_value(item, id, made.values.get(item.id))
        for item in plan.items.values()
        if id in item.custom or item.id in made.values
    ]
    return plan.put(_checked(plan, made.record), *items)


def _carried(old: CustomField, record: CustomField, value: CustomValue | None) -> CustomValue | None:
    """A value that goes over as it is, None where it has to be written and read again."""
    kinds = {old.kind, record.kind}
    if value is None:
        return None
    if kinds <= {"number", "currency"} or kinds <= {"text", "long", "url"}:
        return " ".join(value.split()) if isinstance(value, str) and record.kind != "long" else value
    if kinds == {"choice", "choices"}:
        return value[0] if isinstance(value, tuple) else (str(value),)
    return None


def _fitting(text: str, kind: CustomKind) -> str:
    return text if kind == "long" else " ".join(text.split())


def _options(old: CustomField, kind: CustomKind, texts: Iterable[str]) -> tuple[Choice, ...]:
    """The options of a choice that was something else: its values."""
    if kind not in ("choice", "choices") or old.options:
        return old.options
    words: dict[str, str] = {}
    for text in texts:
        parts = unlisted(text) if kind == "choices" else [" ".join(text.split())]
        for word in parts:
            words.setdefault(word.casefold(), word)
    if len(words) > MOST_OPTIONS:
        return ()
    return tuple(Choice(derived_id(old.id, word), title) for word, title in words.items())


# Within


def _titled(plan: Plan, title: str, besides: FieldId | None = None) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("field.untitled")
    taken = {field.title.casefold() for field in plan.fields.values() if field.id != besides} | FIELDS.keys()
    if title.casefold() in taken:
        raise Refused("field.title_taken", title=title)
    return title


def _checked(plan: Plan, record: CustomField) -> CustomField:
    """The record with fields in its formula named by their keys.

    Raises:
        Refused("formula.circle" or "formula.chain", about): it would need its own result, or too many others.
    """
    if record.kind != "formula":
        return record
    from ..computed_fields import kept_formula, names_of

    others = [field for key, field in fields_of(plan).items() if key != own_key(record.id)]
    record = replace(record, formula=kept_formula(record.formula, names_of(others)))
    formula = fields_of(plan.put(record))[own_key(record.id)].formula
    fault = formula.fault if formula is not None else None
    if fault is not None and fault.code in ("circle", "chain"):
        raise Refused(f"formula.{fault.code}", about=fault.about)
    return record


def _emptied(plan: Plan, id: FieldId) -> Sequence[Item]:
    return [with_value(item, id, None) for item in plan.items.values() if id in item.custom]


def _without(plan: Plan, view: View, field: Field) -> View:
    """The view without a field: what was ordered, grouped, coloured or filtered by it is as usual again."""
    changes: dict[str, Any] = {}
    for attribute in msgspec.structs.fields(View):
        value = getattr(view, attribute.name)
        if attribute.required or attribute.name == "id":
            continue
        if isinstance(value, str) and base_of(value) == field.key:
            changes[attribute.name] = attribute.default
        elif isinstance(value, tuple):
            left = (one for one in value if field.key not in (one, getattr(one, "field", None)))
            changes[attribute.name] = tuple(left)
    if any(is_about(plan, term, field) for term in terms_of(view.filter)):
        changes["filter"] = written(terms_without(plan, view.filter, field))
    return replace(view, **changes)
