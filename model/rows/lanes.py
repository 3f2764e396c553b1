"""By what items can be grouped and coloured: every field, and what follows from one (the quarter of a start).

A grouping gives an item one value, None where it has none. Lanes, colours and legends are made of these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from ..edits.items import place_items, put_under, unschedule_items
from ..field import NUMERIC
from ..fields import FIELDS, WORDS, Editor, Field, Reader, choices, fields_of, has_choices, text_of
from ..plan import Plan
from ..records import Item, ItemId
from ..schedule import Schedule

Path = tuple[tuple[str, Any], ...]
"""A lane by the values that its items have in common: (grouping, value) for each level."""


class Grouping(msgspec.Struct, frozen=True):
    """One way to put items into lanes. `put` is None where nobody can choose an item's value."""

    key: str
    read: Reader
    put: Editor | None
    field: Field | None = None
    """The field it goes by; None: the value follows from several, or is the period of a day."""
    day: Field | None = None
    """The field whose periods these are."""


def grouping(plan: Plan, key: str) -> Grouping | None:
    """The grouping of that key: a field's, the item at the top, or the quarters or months of its days."""
    if not key:
        return None
    field = FIELDS.get(key) or fields_of(plan).get(key)  # so no formula is read for a field every plan has
    if field is not None:
        return _by_field(field)
    stem, _, unit = key.rpartition(".")
    day = fields_of(plan).get(stem)
    if day is not None and day.kind == "date" and unit in _PERIODS:
        return _by_period(day, unit)
    return _TOP if key == _TOP.key else None


def base_of(key: str) -> str:
    """The key of the field that a grouping goes by."""
    if key == _TOP.key:
        return "parent"
    stem, _, unit = key.rpartition(".")
    return stem if unit in _PERIODS else key


@lru_cache(maxsize=256)
def _by_field(field: Field) -> Grouping:
    return Grouping(field.key, _whole(field), _putter(field), field)


def groupings(plan: Plan) -> list[Grouping]:
    """Those that make lanes a person would want, in the order in which they are offered."""
    fields = fields_of(plan)
    keys = list(_OFFERED)
    for key, field in fields.items():
        if field.own is not None and field.kind == "date":
            keys += [f"{key}.{unit}" for unit in _PERIODS]
        elif key not in _OFFERED and field.kind not in (_TOO_MANY_OWN if field.own else _TOO_MANY):
            keys.append(key)
    return [one for key in keys if (one := grouping(plan, key)) is not None]


def in_order(plan: Plan, by: Grouping, values: Collection[Any]) -> list[Any]:
    """Values in the order of their table or their words, else by size; None comes last."""
    rest = [value for value in values if value is not None]
    place = _places(plan, by)
    if place is not None:
        rest.sort(key=lambda value: (place.get(value, len(place)), str(value)))
    else:
        rest.sort(key=lambda value: (str(type(value)), value))
    return [*rest, *([None] if None in values else [])]


def all_values(plan: Plan, by: Grouping) -> list[Any]:
    """Every value that a lane could be made for before any item has it, in order."""
    if by.key == "top":
        return [id for id in plan.outline.roots if plan.outline.is_parent(id)]
    if by.field is None or not has_choices(by.field) or by.field.kind in ("item", "choices"):
        return []
    return [value for value, _ in choices(by.field, plan) if value != ""]


def value_text(plan: Plan, by: Grouping, value: Any) -> str:
    """The name of a value: a record's title, a date, or the code of a fixed word (`horizon.now`)."""
    if value is None:
        return "lane.none"
    if by.key == "top" or (by.field is not None and by.field.kind == "item"):
        item = plan.items.get(value)
        return (item.title or item.key) if item is not None else ""
    if by.field is None:
        return period_text(value, plan.info.fiscal_start, by.key)
    if by.key in WORDS:
        return f"{by.key}.{value}"
    if by.field.kind == "flag":
        return "flag.yes" if value else "flag.no"
    return text_of(by.field, plan, value)


def color_place(plan: Plan, key: str, value: Any) -> int | None:
    """The place of a value among those of its grouping: which lane colour it gets; None for no value."""
    if value is None or value == "":
        return None
    by = grouping(plan, key)
    place = _places(plan, by) if by is not None else None
    if place is not None and value in place:
        return place[value]
    if isinstance(value, date):
        return value.year * 12 + value.month
    return sum(str(value).encode())


# Periods


def quarter_of(day: date, fiscal: int) -> date:
    """The first day of the quarter that a day lies in; quarters are those of the fiscal year."""
    months = day.year * 12 + day.month - 1
    months -= (months - (fiscal - 1)) % 3
    return date(months // 12, months % 12 + 1, 1)


def period_text(first: date, fiscal: int, key: str) -> str:
    """A quarter or month as the filter writes it: `2026-Q3`; a fiscal year is named after its end."""
    if key.endswith(".month"):
        return f"{first.year:04d}-{first.month:02d}"
    year = first.year + (1 if fiscal > 1 and first.month >= fiscal else 0)
    return f"{year:04d}-Q{(first.month - fiscal) % 12 // 3 + 1}"


@lru_cache(maxsize=64)
def _by_period(day: Field, unit: str) -> Grouping:
    read, begin = day.read, _PERIODS[unit]

    def first(plan: Plan, times: Schedule, item: Item) -> Any:
        found = read(plan, times, item)
        return begin(found, plan.info.fiscal_start) if found is not None else None

    key = f"{day.key}.{unit}"
    if day.edit is None:
        return Grouping(key, first, None, day=day)
    usual = None if day.key == "finish" else _into_period(day, begin)
    return Grouping(key, first, _PUT.get(key, usual), day=day)


def _into_period(day: Field, begin: Callable[[date, int], date]) -> Editor:
    """Days come as far into the period as they are into theirs; without one, to its first working day."""

    def put(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
        field = fields_of(plan)[day.key]
        assert field.edit is not None
        if value is None:
            return field.edit(plan, ids, None)
        for id in ids:
            item = plan.items[id]
            old = entered_day(field, item)
            into = (old - begin(old, plan.info.fiscal_start)).days if old is not None else 0
            new = plan.calendar_of(item).next_working(value.toordinal() + min(into, 27))
            plan = field.edit(plan, [id], date.fromordinal(new))
        return plan

    return put


def entered_day(field: Field, item: Item) -> date | None:
    """The day that was entered into a field of an item, whatever the schedule makes of it."""
    if field.own is None:
        day: date | None = getattr(item, field.key)
        return day
    text = item.custom.get(field.own.id)
    return date.fromisoformat(str(text)) if text is not None else None


def _finish_into_quarter(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    """Items start on the quarter's first working day, or as late as they have to, to finish in it."""
    if value is None:
        return unschedule_items(plan, ids)
    months = value.year * 12 + value.month + 2
    end = date(months // 12, months % 12 + 1, 1).toordinal()
    starts = {}
    for id in ids:
        item, calendar = plan.items[id], plan.calendar_of(plan.items[id])
        day = calendar.next_working(value.toordinal())
        if item.kind == "bar" and calendar.add(day, item.duration) > end:
            day = calendar.next_working(calendar.add(end, -item.duration))
        starts[id] = date.fromordinal(day)
    return place_items(plan, starts)


def _month_of(day: date, fiscal: int) -> date:
    return day.replace(day=1)


def _top(plan: Plan, times: Schedule, item: Item) -> Any:
    return next(iter([*plan.outline.ancestors(item.id, plan.items)][-1:]), None)


_TOP = Grouping("top", _top, lambda plan, ids, value: put_under(plan, ids, value))
_PERIODS: dict[str, Callable[[date, int], date]] = {"quarter": quarter_of, "month": _month_of}
"""What a day can be a part of; `start.quarter` is a grouping."""
_PUT: dict[str, Editor] = {"finish.quarter": _finish_into_quarter}
"""How items come into a period where a field's own way would not do."""
_OFFERED = (
    "team",
    "owner",
    "status",
    "level",
    "top",
    "parent",
    "horizon",
    "start.quarter",
    "finish.quarter",
    "start.month",
    "finish.month",
    "deadline.quarter",
    "tags",
)
_TOO_MANY = ("text", "long", "links", "url", "date", *NUMERIC)
_TOO_MANY_OWN = ("long", "url")
"""Whoever made a field knows whether few values come again and again."""


# Of a field

_NAMED = ("choice", "person", "item")
"""Kinds whose values are ids or words; an empty one is none."""
_SEVERAL = (tuple, list, set, frozenset)


def _whole(field: Field) -> Reader:
    """The field's value as one that can name a lane: nothing is None, several values come in order."""
    read = field.read
    if field.kind in _NAMED:
        return lambda plan, times, item: read(plan, times, item) or None

    def value(plan: Plan, times: Schedule, item: Item) -> Hashable:
        found = read(plan, times, item)
        if found is None or found == "":
            return None
        if isinstance(found, _SEVERAL):
            return tuple(sorted(found)) or None
        return found  # type: ignore[no-any-return]

    return value


def _putter(field: Field) -> Editor | None:
    edit = field.edit
    if edit is None:
        return None
    nothing: Any = {"tags": (), "links": (), "choices": (), "flag": False}.get(field.kind)
    if field.key in WORDS:
        nothing = WORDS[field.key][0]
    return lambda plan, ids, value: edit(plan, ids, nothing if value is None else value)


def _places(plan: Plan, by: Grouping) -> Mapping[Any, int] | None:
    """Values that have an order of their own, and their places in it; found once for a plan."""
    known: dict[str, Mapping[Any, int] | None] = plan.__dict__.setdefault("_places", {})
    if by.key not in known:
        known[by.key] = _find_places(plan, by)
    return known[by.key]


def _find_places(plan: Plan, by: Grouping) -> Mapping[Any, int] | None:
    if by.key == "top":
        return {id: place for place, id in enumerate(plan.outline.roots)}
    if by.field is None:
        return None
    if by.field.kind == "item":
        return plan.outline.place
    if has_choices(by.field):
        return {value: place for place, (value, _) in enumerate(choices(by.field, plan))}
    return None
