"""Fields whose values a formula computes from other fields of the item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from time import time
from typing import Any
from weakref import ref

from .field import Field, FieldKind
from .field_values import text_of
from .formulas.formula import Expression, Names, Symbol
from .formulas.functions import Environment, Type
from .formulas.tokens import Fault, references, renamed
from .plan import Plan
from .records import CustomField, Item
from .schedule import Schedule

LONGEST_CHAIN = 20
"""Formulas that one formula may go through until it comes to values that are entered."""
_TYPES: dict[FieldKind, Type] = {
    "text": "text",
    "long": "text",
    "url": "text",
    "choice": "text",
    "person": "text",
    "item": "text",
    "date": "date",
    "days": "number",
    "number": "number",
    "percent": "number",
    "currency": "number",
    "flag": "flag",
    "links": "list",
    "tags": "list",
    "choices": "list",
}
_KINDS: dict[Type, FieldKind] = {
    "text": "text",
    "date": "date",
    "number": "number",
    "flag": "flag",
    "list": "tags",
    "any": "text",
}
Computing = Callable[[Plan, Schedule, Item], Any]
_EMPTY: dict[FieldKind, Any] = {"flag": False, "tags": ()}


def names_of(fields: Iterable[Field], title_of: Callable[[Field], str] = lambda field: field.title) -> Names:
    """What a formula can call these fields: by their keys and by their titles, upper and lower case alike."""
    names: dict[str, Symbol] = {}
    for field in fields:
        symbol = Symbol(field.key, _TYPES[field.kind], title_of(field))
        for name in filter(None, (field.key, symbol.title)):
            names.setdefault(name.casefold(), symbol)
    return names


def kept_formula(formula: str, names: Names) -> str:
    """The formula as it is kept: every field that is known is named by its key, which never changes."""
    return renamed(formula, {name: symbol.key for name, symbol in names.items()})


def shown_formula(formula: str, names: Names) -> str:
    """The formula as people read it: every field that is known is named by its title."""
    return renamed(formula, {symbol.key: symbol.title or symbol.key for symbol in names.values()})


def operand(field: Field, plan: Plan, value: Any) -> Any:
    """The value of a field as formulas compute with it: choices by their titles, links by keys."""
    if value is None or value == "":
        return None
    kind = field.kind
    if kind in ("days", "number", "percent", "currency"):
        return float(value)
    if kind == "links":
        return tuple(plan.items[source].key for source, *_ in value)
    if kind == "choices" and field.own is not None:
        return tuple(choice.title for choice in field.own.options if choice.id in value)
    if kind in ("choice", "person", "item"):
        return text_of(field, plan, value) or None
    return value


def computed_fields(known: Mapping[str, Field], formulas: Mapping[str, CustomField]) -> dict[str, Field]:
    """Fields for these records of kind `formula`, by key; they may use each other and the known ones."""
    return _Binder(known, formulas).fields()


class _Binder:
    """Reads formulas, those first that others need: what these give decides what is right there."""

    def __init__(self, known: Mapping[str, Field], formulas: Mapping[str, CustomField]) -> None:
        self._fields = dict(known)
        self._formulas = formulas
        self._names = dict(names_of(known.values()))
        for key, record in formulas.items():
            symbol = Symbol(key, "any", record.title)
            for name in (key, record.title):
                self._names.setdefault(name.casefold(), symbol)
        self._computing: dict[str, Computing] = {}
        self._waiting = {key: self._needs(record.formula) for key, record in formulas.items()}

    def fields(self) -> dict[str, Field]:
        self._bind_ready()
        circles = {key: circle for key in self._waiting if (circle := self._circle(key))}
        for key, circle in circles.items():
            titles = " → ".join(self._formulas[one].title for one in circle)
            self._bind(key, Fault("circle", about=titles))
        if circles:
            self._bind_ready()
        for key in list(self._waiting):
            self._bind(key, Fault("chain", about=self._formulas[key].title))
        return {key: self._fields[key] for key in self._formulas}

    def _needs(self, formula: str) -> set[str]:
        """Those of the formulas that one names."""
        symbols = (self._names.get(word.text.casefold()) for word in references(formula))
        return {symbol.key for symbol in symbols if symbol is not None and symbol.key in self._formulas}

    def _bind_ready(self) -> None:
        """Bind what waits for no other formula, then what waited for those, and so on."""
        for _ in range(LONGEST_CHAIN):
            for key in [key for key, needs in self._waiting.items() if needs.isdisjoint(self._waiting)]:
                self._bind(key)

    def _circle(self, start: str) -> list[str]:
        """The way by which a formula needs itself, empty if it does not."""
        came_from = dict.fromkeys(self._waiting[start] & self._waiting.keys(), start)
        queue = list(came_from)
        for key in queue:
            if key == start:
                way = [start]
                while len(way) == 1 or way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            for need in self._waiting[key] & self._waiting.keys():
                if need not in came_from:
                    came_from[need] = key
                    queue.append(need)
        return []

    def _bind(self, key: str, fault: Fault | None = None) -> None:
        record = self._formulas[key]
        del self._waiting[key]
        expression = Expression(record.formula, self._names, fault)
        kind = _KINDS[expression.type]
        if kind == "number" and record.currency:
            kind = "currency"
        compute = self._computing[key] = _computing(
            key, expression, {need: self._operand(need) for need in expression.needs}
        )
        empty = _EMPTY.get(kind)

        def read(plan: Plan, times: Schedule, item: Item) -> Any:
            value = compute(plan, times, item)
            return empty if value is None or isinstance(value, Fault) else value

        def why_not(plan: Plan, times: Schedule, item: Item) -> Fault | None:
            value = compute(plan, times, item)
            return value if isinstance(value, Fault) else None

        self._fields[key] = Field(
            key, kind, record.group, read, None, "", record.title, record, expression, why_not
        )
        symbol = Symbol(key, expression.type, record.title)
        self._names.update({name: symbol for name, known in self._names.items() if known.key == key})

    def _operand(self, key: str) -> Computing:
        """What gives the value of a field as a formula computes with it."""
        if key in self._computing:
            return self._computing[key]
        field = self._fields[key]
        return lambda plan, times, item: operand(field, plan, field.read(plan, times, item))


def _computing(key: str, expression: Expression, needs: Mapping[str, Computing]) -> Computing:
    """What computes a formula for an item, once for a plan."""

    def compute(plan: Plan, times: Schedule, item: Item) -> Any:
        known = _Known.of(plan, times)
        at = (key, item.id)
        if at not in known.values:
            values = {need: value_of(plan, times, item) for need, value_of in needs.items()}
            around = Environment(values.get, known.today, partial(_workdays, plan, item))
            known.values[at] = expression.value(around)
        return known.values[at]

    return compute


def _workdays(plan: Plan, item: Item, first: date, last: date) -> int:
    """How many days of the item's calendar are worked from one day to another, both counted."""
    if last < first:
        return -_workdays(plan, item, last, first)
    return plan.calendar_of(item).between(first.toordinal(), last.toordinal() + 1)


class _Known:
    """What was computed already: it holds for one plan with one schedule, until midnight."""

    __slots__ = ("midnight", "times", "today", "values")

    def __init__(self, times: Schedule) -> None:
        self.times = ref(times)
        self.today = date.today()
        self.midnight = datetime.combine(self.today + timedelta(days=1), datetime.min.time()).timestamp()
        self.values: dict[tuple[str, str], Any] = {}

    @staticmethod
    def of(plan: Plan, times: Schedule) -> _Known:
        known: _Known | None = plan.__dict__.get("_computed")
        if known is None or known.times() is not times or time() >= known.midnight:
            known = plan.__dict__["_computed"] = _Known(times)
        return known
