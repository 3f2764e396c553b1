"""By what rows are sorted: a key of an item for each field, so that RW-9 comes before RW-10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..field import NUMERIC
from ..fields import Field, choices, fields_of, text_of
from ..plan import Plan
from ..records import ItemId
from ..schedule import Schedule

_AS_THEY_ARE = ("date", "flag", *NUMERIC)


def sort_key(plan: Plan, times: Schedule, field: str) -> Callable[[ItemId], Any] | None:
    """What orders items by a field, None where there is no such field; an item without a value gives None."""
    by = fields_of(plan).get(field)
    if by is None:
        return None
    items, read, order = plan.items, by.read, _order_of(by, plan)
    known: dict[ItemId, Any] = {}

    def key(id: ItemId) -> Any:
        if id not in known:
            value = read(plan, times, items[id])
            known[id] = None if value is None or value in ("", ()) else order(value)
        return known[id]

    return key


def _order_of(field: Field, plan: Plan) -> Callable[[Any], Any]:
    if field.kind == "choice":
        places = {value: place for place, (value, _) in enumerate(choices(field, plan))}
        return lambda value: places.get(value, len(places))
    if field.kind in _AS_THEY_ARE:
        return lambda value: value
    return lambda value: natural(text_of(field, plan, value))


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key by which words are compared as words, and the numbers in them as numbers."""
    key: list[tuple[int, int, str]] = []
    word, digits = "", ""
    for letter in f"{text.casefold()}\0":
        if letter.isdecimal():
            if word:
                key.append((1, 0, word))
                word = ""
            digits += letter
        else:
            if digits:
                key.append((0, int(digits), ""))
                digits = ""
            word += letter
    return [*key, (1, 0, word)]
