"""What a formula can call and how its operators work: for each the kinds of value it takes and gives.

Empty values go through: what is computed of nothing is nothing, and sums and the like leave it out. Nothing
here can run for long or grow without bounds, whatever it is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

import msgspec

from .tokens import Fault, Wrong

Type = Literal["number", "text", "date", "flag", "list", "any"]
"""What a part of a formula gives; `any` is nothing, or what is known only when it is computed."""
Value: TypeAlias = float | str | date | bool | tuple[str, ...] | None
LONGEST_TEXT = 20_000
"""Characters of a text that a formula puts together."""
_ANY: frozenset[Type] = frozenset(("number", "text", "date", "flag", "list"))
_NUMBER: frozenset[Type] = frozenset(("number",))
_DATE: frozenset[Type] = frozenset(("date",))
_TEXT: frozenset[Type] = frozenset(("text",))
_FLAG: frozenset[Type] = frozenset(("flag",))
_SIZED: frozenset[Type] = frozenset(("number", "date"))
_PARTED: frozenset[Type] = frozenset(("text", "list"))


class Environment:
    """What a formula is computed in: the values of fields, the day, and the working days."""

    def __init__(
        self, read: Callable[[str], Any], today: date, workdays: Callable[[date, date], int]
    ) -> None:
        self.read, self.today, self.workdays = read, today, workdays


class Function(msgspec.Struct, frozen=True):
    """`takes` has the kinds of each argument, the last of which may be repeated where it is `open`."""

    takes: tuple[frozenset[Type], ...]
    gives: Type
    compute: Callable[..., Value]
    least: int = -1
    """How many arguments are needed; -1: all of them."""
    open: bool = False
    alike: bool = False
    """The arguments (of `if` those after the first) are of one kind, and that is what it gives."""
    empties: bool = False
    """It is told of empty values; else one makes the result empty, or of an open function is left out."""
    lazy: bool = False
    """Arguments are computed when needed: it gets functions that give them."""
    around: bool = False
    """It gets the environment first."""


def fault(code: str, about: str = "") -> Wrong:
    """An error of a value; where in the formula, the caller adds."""
    return Wrong(Fault(code, about=about))


def as_text(value: Value) -> str:
    """A value as a text is made of it: days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else value


def bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise fault("big")
    return text


def finite(number: Any) -> float:
    """A number without the noise of binary fractions.

    Raises:
        Wrong: it is too big, or no real number.
    """
    if isinstance(number, complex):
        raise fault("root")
    if not math.isfinite(number):
        raise fault("big")
    return float(f"{number:.14g}")


# Operators


def plus(one: Any, other: Any) -> Value:
    if isinstance(one, str):
        return bounded(one + other)
    if isinstance(one, date):
        return later(one, other)
    if isinstance(other, date):
        return later(other, one)
    return finite(one + other)


def minus(one: Any, other: Any) -> Value:
    if isinstance(one, date):
        return float((one - other).days) if isinstance(other, date) else later(one, -other)
    return finite(one - other)


def times(one: float, other: float) -> Value:
    return finite(one * other)


def over(one: float, other: float) -> Value:
    if not other:
        raise fault("zero")
    return finite(one / other)


def modulo(one: float, other: float) -> Value:
    if not other:
        raise fault("zero")
    return finite(one % other)


def power(one: float, other: float) -> Value:
    try:
        return finite(one**other)
    except ZeroDivisionError:
        raise fault("zero") from None


def later(day: date, days: float) -> date:
    """The day so many days on; parts of days are cut off."""
    try:
        return day + timedelta(days=math.trunc(days))
    except OverflowError:
        raise fault("day") from None


def folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


# Functions


def _if(condition: Callable[[], Value], then: Callable[[], Value], *rest: Callable[[], Value]) -> Value:
    if condition():
        return then()
    return rest[0]() if rest else None


def _coalesce(*parts: Callable[[], Value]) -> Value:
    return next((value for part in parts if (value := part()) is not None and value != ()), None)


def _average(*numbers: float) -> Value:
    return finite(math.fsum(numbers) / len(numbers)) if numbers else None


def _sum(*numbers: float) -> Value:
    return finite(math.fsum(numbers)) if numbers else None


def _round(number: float, digits: float = 0.0) -> Value:
    """Half away from zero, as people learn it and spreadsheets do."""
    places = int(max(min(digits, 15), -15))
    scale = 10.0**places
    scaled = abs(number) * scale
    return finite(math.copysign(math.floor(scaled + 0.5 + 1e-9) / scale, number)) if scaled < 1e15 else number


def _contains(whole: Any, part: str) -> bool:
    if isinstance(whole, tuple):
        return part.casefold() in (word.casefold() for word in whole)
    return part.casefold() in whole.casefold()


def _date(year: float, month: float, day: float) -> Value:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        raise fault("day") from None


def _days(first: date, last: date) -> float:
    return float((last - first).days)


def _workdays(around: Environment, first: date, last: date) -> float:
    """Working days from the first to the last day, both counted."""
    return float(around.workdays(first, last))


def _least(*values: Any) -> Value:
    return min(values, default=None)


def _most(*values: Any) -> Value:
    return max(values, default=None)


def _root(number: float) -> Value:
    if number < 0:
        raise fault("root")
    return finite(math.sqrt(number))


def _concat(*parts: Value) -> str:
    return bounded("".join(map(as_text, parts)))


FUNCTIONS: dict[str, Function] = {
    "if": Function((_FLAG, _ANY, _ANY), "any", _if, least=2, alike=True, lazy=True),
    "coalesce": Function((_ANY,), "any", _coalesce, open=True, alike=True, lazy=True),
    "empty": Function((_ANY,), "flag", lambda value: value in (None, ()), empties=True),
    "min": Function((_SIZED,), "any", _least, open=True, alike=True),
    "max": Function((_SIZED,), "any", _most, open=True, alike=True),
    "sum": Function((_NUMBER,), "number", _sum, open=True),
    "avg": Function((_NUMBER,), "number", _average, open=True),
    "round": Function((_NUMBER, _NUMBER), "number", _round, least=1),
    "abs": Function((_NUMBER,), "number", abs),
    "floor": Function((_NUMBER,), "number", lambda number: float(math.floor(number))),
    "ceil": Function((_NUMBER,), "number", lambda number: float(math.ceil(number))),
    "sqrt": Function((_NUMBER,), "number", _root),
    "len": Function((_PARTED,), "number", lambda value: float(len(value))),
    "upper": Function((_TEXT,), "text", lambda text: bounded(text.upper())),
    "lower": Function((_TEXT,), "text", lambda text: bounded(text.lower())),
    "concat": Function((_ANY,), "text", _concat, open=True),
    "contains": Function((_PARTED, _TEXT), "flag", _contains),
    "today": Function((), "date", lambda around: around.today, around=True),
    "date": Function((_NUMBER, _NUMBER, _NUMBER), "date", _date),
    "days": Function((_DATE, _DATE), "number", _days),
    "workdays": Function((_DATE, _DATE), "number", _workdays, around=True),
    "year": Function((_DATE,), "number", lambda day: float(day.year)),
    "quarter": Function((_DATE,), "number", lambda day: float((day.month + 2) // 3)),
    "month": Function((_DATE,), "number", lambda day: float(day.month)),
}
