"""What a cell can hold as it is read: a text, a number, true or false, a formula, something unreadable."""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

COLUMN_LIMIT = 2_000


class Unreadable(msgspec.Struct, frozen=True):
    """An error like #REF!, or something that is no value of a cell."""

    text: str


class Formula(msgspec.Struct, frozen=True):
    """A formula and what it gave when it was last calculated; None: it never was."""

    text: str
    value: str | float | bool | Unreadable | None


Value: TypeAlias = str | float | bool | Unreadable | None
CellValue: TypeAlias = Value | Formula
Cells: TypeAlias = dict[int, CellValue]
"""Column, from 0, to what is in the cell; empty cells are absent."""


class CellMaker:
    """Makes values of what a sheet's part says of its cells."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.columns: dict[str, int] = {}
        self._shared: dict[str, str] = {}

    def column(self, letters: str) -> int:
        """The column of `A`, `AB`, from 0; `COLUMN_LIMIT` and more for what is too far or none."""
        known = self.columns.get(letters)
        if known is not None:
            return known
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z" or number > COLUMN_LIMIT:
                number = COLUMN_LIMIT + 1
                break
            number = number * 26 + ord(letter) - 64
        self.columns[letters] = number - 1
        return number - 1

    def value(self, kind: str, shown: str) -> Value:
        """The value of a cell of that type (the attribute `t`), None for an empty number."""
        if kind in ("str", "d", "inlineStr"):
            return unescaped(shown)
        if kind == "b":
            return shown.strip() == "1"
        if kind == "e":
            return Unreadable(shown)
        try:
            if kind == "s":
                return self.strings[int(shown)]
            return float(shown) if shown.strip() else None
        except (ValueError, IndexError):
            return Unreadable(shown)

    def formula(self, text: str, shared: str, value: Value) -> Formula:
        """A formula; one that several cells share, by that id, is written in the first of them only."""
        if shared and text:
            self._shared[shared] = text
        return Formula(text or self._shared.get(shared, ""), value)


def column_name(column: int) -> str:
    """`A` for 0, `AB` for 27."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text with `_x000D_` and its like, which stand for what XML can't hold, resolved."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
