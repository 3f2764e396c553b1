"""Works out the simple formulas that a file holds without their results: `=J3+1`, `=I3+((E3*7)/F3)`.

Programs that write workbooks without calculating leave such cells empty for every reader. Arithmetic with
cells and numbers, MAX, MIN and WORKDAY are worked out; anything else is left to the person to calculate.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from .dates import EPOCH_1900
from .preflight import column_number
from .source import Sheet

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(\$?[A-Za-z]{1,3}\$?\d{1,7})|([A-Za-z]+)(?=\()|([-+*/(),%]))")
_DEEPEST = 60

Value = tuple[float, bool]
"""A number, and whether it is a day (its serial number)."""


class _Unknown(Exception):
    """The formula holds something that is not worked out here."""


class Calculator:
    """The missing results of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[int, int], Value] = {}

    def value(self, row: int, column: int) -> object:
        """The result of the formula in the cell, a date or a number; None if it can't be worked out."""
        try:
            number, is_day = self._cell(row, column, 0)
            if is_day:
                return date.fromordinal(int(number + 0.5 / 86400) + EPOCH_1900)
        except (_Unknown, ValueError, OverflowError, ZeroDivisionError):
            return None
        return number

    def _cell(self, row: int, column: int, depth: int) -> Value:
        if (row, column) in self._known:
            return self._known[row, column]
        if depth > _DEEPEST:
            raise _Unknown
        formula = self._sheet.uncalculated.get((row, column))
        if formula is not None:
            found = _Parser(formula[1:], lambda r, c: self._cell(r, c, depth + 1)).result()
        else:
            cells = self._sheet.rows[row] if 0 <= row < len(self._sheet.rows) else []
            found = _number(cells[column] if column < len(cells) else None)
        self._known[row, column] = found
        return found


def _number(value: object) -> Value:
    if value is None:
        return 0.0, False
    if isinstance(value, date):
        return float(value.toordinal() - EPOCH_1900), True
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value), False
    raise _Unknown


class _Parser:
    """Arithmetic by recursive descent."""

    def __init__(self, text: str, cell: Callable[[int, int], Value]) -> None:
        self._tokens: list[str] = []
        self._cell = cell
        at = 0
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise _Unknown
            self._tokens.append(match[0].strip().replace("$", "").upper())
            at = match.end()
        self._at = 0

    def result(self) -> Value:
        value = self._sum()
        if self._at < len(self._tokens):
            raise _Unknown
        return value

    def _next(self, *wanted: str) -> str:
        if self._at < len(self._tokens) and (not wanted or self._tokens[self._at] in wanted):
            self._at += 1
            return self._tokens[self._at - 1]
        return ""

    def _sum(self) -> Value:
        number, is_day = self._product()
        while sign := self._next("+", "-"):
            other, other_is_day = self._product()
            number = number + other if sign == "+" else number - other
            is_day = is_day != other_is_day if sign == "-" else is_day or other_is_day
        return number, is_day

    def _product(self) -> Value:
        number, is_day = self._factor()
        while sign := self._next("*", "/"):
            other, _ = self._factor()
            number = number * other if sign == "*" else number / other
            is_day = False
        return number, is_day

    def _factor(self) -> Value:
        if self._next("-"):
            number, is_day = self._factor()
            return -number, is_day
        token = self._next()
        if token == "(":
            value = self._sum()
            self._expect(")")
        elif re.fullmatch(r"[A-Z]{1,3}\d+", token):
            letters = token.rstrip("0123456789")
            value = self._cell(int(token[len(letters) :]) - 1, column_number(letters))
        elif token.isalpha():
            value = self._function(token)
        elif token[:1].isdigit():
            value = float(token), False
        else:
            raise _Unknown
        return (value[0] / 100, False) if self._next("%") else value

    def _function(self, name: str) -> Value:
        self._expect("(")
        values = [self._sum()]
        while self._next(","):
            values.append(self._sum())
        self._expect(")")
        if name in ("MAX", "MIN"):
            return max(values) if name == "MAX" else min(values)
        if name == "WORKDAY" and len(values) == 2:
            return _workday(values[0][0], int(values[1][0])), True
        raise _Unknown

    def _expect(self, token: str) -> None:
        if not self._next(token):
            raise _Unknown


def _workday(start: float, days: int) -> float:
    """The day that many working days, Monday to Friday, after (or before) the start."""
    ordinal, step = int(start), 1 if days >= 0 else -1
    if abs(days) > 20_000:
        raise _Unknown
    while days:
        ordinal += step
        if (ordinal + EPOCH_1900 - 1) % 7 < 5:
            days -= step
    return float(ordinal)
