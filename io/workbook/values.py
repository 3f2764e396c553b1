"""What people type into a cell of the Roadmap sheet, as values of the plan's fields."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from ...model.edits.people import add_person, add_team
from ...model.field import NUMERIC
from ...model.fields import WORDS, Field, parse
from ...model.plan import Plan
from ...model.records import PersonId, TeamId, derived_id
from ...model.refused import Refused
from ..strings import field_title, say
from ..tables.dates import DateReader, OutOfRange
from ..tables.values import read_days, read_flag, read_number, read_percent
from .cells import Raw, folded, normal, plain, word

ENDS = ("finish", "deadline")
"""Of a month or a quarter these mean the last day, a start means the first."""


class ValueReader:
    """Reads the cells of one workbook; what its columns show settles what a single date leaves open."""

    def __init__(self, dates: Iterable[str] = ()) -> None:
        self._dates = DateReader()
        self._dates.learn(dates)

    def value(self, field: Field, plan: Plan, raw: Raw) -> Any:
        """The value of a field that a cell stands for.

        Raises:
            Refused("value.unreadable", field, text): it can't be that kind of value.
            Refused("value.unknown", field, text): it is not one of the choices, or there is no such item.
        """
        found = self._found(field, plan, raw)
        if found is None:
            raise Refused("value.unreadable", field=field_title(field), text=plain(raw)[:80])
        return found[0]

    def is_unsure(self, field: Field, raw: Raw) -> bool:
        """Whether day and month of a date could be meant the other way round."""
        if field.kind != "date" or not isinstance(raw, str):
            return False
        try:
            day = self._dates.read(normal(raw))
        except OutOfRange:
            return False
        return day is not None and day.unsure

    def _found(self, field: Field, plan: Plan, raw: Raw) -> tuple[Any] | None:
        """The value, as a tuple of one; None if it can't be read."""
        kind = field.kind
        if raw is None or (isinstance(raw, str) and not normal(raw)):
            return (parse(field, plan, ""),)
        if kind == "date":
            day = self._day(field, raw)
            return None if day is None else (day,)
        if kind in NUMERIC:
            number = _NUMBERS[kind](raw)
            return None if number is None or not math.isfinite(number) else (number,)
        if kind == "flag":
            flag = read_flag(raw) if folded(plain(raw)) != folded(say("workbook.yes")) else True
            return None if flag is None else (flag,)
        text = plain(raw)
        if field.key in WORDS:
            for value in WORDS[field.key]:
                if folded(text) in (folded(value), folded(word(field.key, value))):
                    return (value,)
        try:
            return (parse(field, plan, text if kind == "long" else text.strip()),)
        except Refused as refusal:
            values = dict(refusal.values) | {"field": field_title(field)}
            raise Refused(refusal.code, **values) from None

    def _day(self, field: Field, raw: Raw) -> date | None:
        """A day; of a month, a quarter or a year that is named its first or its last."""
        try:
            day = self._dates.read(normal(raw) if isinstance(raw, str) else raw)
        except OutOfRange:
            return None
        if day is None:
            return None
        return day.last if field.key in ENDS else day.first


def is_open_ended(field: Field) -> bool:
    """Whether a name that the plan does not know yet is added to it."""
    return field.table in ("teams", "people")


def with_name(plan: Plan, field: Field, name: str, mine: Plan | None = None) -> Plan:
    """The plan with a team or person of that name: if it is new, that of `mine`, else one that is added.

    Its id follows from the name, so that a name in two replies, or in one that is read twice, is one record.
    """
    if _has_name(plan, field, name):
        return plan
    if mine is not None and _has_name(mine, field, name):
        return plan.put(mine.table(field.table)[parse(field, mine, name.strip())])
    id = derived_id(plan.info.id, field.table, folded(name))
    while id in plan.table(field.table):  # it got another name since
        id = derived_id(id)
    if field.table == "teams":
        return add_team(plan, TeamId(id), name)
    return add_person(plan, PersonId(id), name)


def _has_name(plan: Plan, field: Field, name: str) -> bool:
    try:
        parse(field, plan, name.strip())
    except Refused:
        return False
    return True


def _days(raw: Raw) -> float | None:
    days = read_days(raw)
    return None if days is None or days < 0 else math.ceil(days)


def _percent(raw: Raw) -> float | None:
    if isinstance(raw, str):
        return read_percent(raw, as_fraction="%" not in raw and (read_number(raw) or 0) <= 1)
    return None if raw is None else raw * 100 if 0 <= raw <= 1 else raw


_NUMBERS = {"days": _days, "number": read_number, "currency": read_number, "percent": _percent}
