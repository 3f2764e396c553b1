"""What a cell holds for the value of a field, and what a cell's content means.

A cell's content is a `Raw`: a text, a number (dates are serial numbers) or nothing. The exporter remembers
what it wrote to every cell; one that holds the same still, or the same once normalised, was not edited.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from typing import Any, TypeAlias

from ...model.fields import WORDS, Field, text_of
from ...model.plan import Plan
from ...model.records import Item
from ...model.schedule import Schedule
from ..strings import fault_words, say
from .sheet_cells import unescaped

Raw: TypeAlias = str | int | float | None

CELL_LIMIT = 32_767
"""UTF-16 units of text that a cell of Excel holds."""
CUT_TO = 32_000
"""What is left of a longer text: some programs count how it is escaped in the file, too."""
EPOCH = date(1899, 12, 30).toordinal()
"""Serial number 0. It holds from March 1900 on: before, Excel counts a 29 February 1900 that never was."""
FIRST_SERIAL = 61
LAST_SERIAL = date(9999, 12, 31).toordinal() - EPOCH
SHIFT_1904 = 1462
"""Days between the two epochs of workbooks."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")


def serial(day: date) -> int | None:
    """The number by which workbooks know a day; None where they don't."""
    number = day.toordinal() - EPOCH
    return number if number >= FIRST_SERIAL else None


def day_of(number: float, date1904: bool = False) -> date | None:
    """The day of a serial number, its time of day left out; None where there is none."""
    if not math.isfinite(number):
        return None
    whole = math.floor(number + 1e-5) + (SHIFT_1904 if date1904 else 0)
    return date.fromordinal(whole + EPOCH) if FIRST_SERIAL <= whole <= LAST_SERIAL else None


def clean(text: str) -> str:
    """The text without what a cell can't hold, and no longer than it can be."""
    text = _CONTROL.sub("", _NEWLINES.sub("\n", text))
    if len(text) * 2 <= CELL_LIMIT or len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return text
    return text.encode("utf-16-le")[: 2 * CUT_TO].decode("utf-16-le", "ignore")


def is_cut(text: str) -> bool:
    """Whether a cell is too small for the text."""
    return len(text) * 2 > CELL_LIMIT and len(text.encode("utf-16-le")) // 2 > CELL_LIMIT


def word(field: str, value: str) -> str:
    """The word for one of the fixed values of a field; none for what goes without saying."""
    return "" if value in ("", "day") else say(f"{field}.{value}")


def raw_of(field: Field, plan: Plan, value: Any) -> Raw:
    """What the exporter writes for a value of a field."""
    if value is None or value == "" or value == ():
        return None
    kind = field.kind
    if kind == "date":
        number = serial(value)
        return str(value.isoformat()) if number is None else number
    if kind == "days":
        return int(value)
    if kind == "percent":
        return round(float(value) / 100, 4)
    if kind in ("number", "currency"):
        return float(f"{value:.15g}") if math.isfinite(value) else None
    if kind == "flag":
        return say("workbook.yes") if value else None
    if field.key in WORDS:
        return word(field.key, value) or None
    return clean(text_of(field, plan, value)) or None


def raw_at(field: Field, plan: Plan, times: Schedule, item: Item) -> Raw:
    """What the exporter writes for a field of an item; where a formula gives none, why not."""
    fault = field.fault(plan, times, item) if field.fault is not None else None
    if fault is not None:
        return clean("#" + fault_words(fault))
    return raw_of(field, plan, field.read(plan, times, item))


# Sameness

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u3000", " "),
        **dict.fromkeys("\u200b\u200e\u200f\ufeff\u2060", ""),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)
_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")


def normal(text: str, lines: bool = False) -> str:
    """The text as far as it matters: what programs and keyboards change by themselves is made alike.

    With `lines`, where lines end matters too.
    """
    text = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    while "_x" in text and (fewer := unescaped(text)) != text:
        text = fewer
    if not lines:
        return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()
    text = _CONTROL.sub("", _NEWLINES.sub("\n", text))
    return "\n".join(_BLANKS_IN_LINE.sub(" ", line).strip() for line in text.split("\n")).strip()


def folded(text: str) -> str:
    """As `normal`, and small and capital letters alike."""
    return normal(text).casefold()


def same(field: Field, one: Raw, other: Raw) -> bool:
    """Whether two contents of a cell of that field mean the same without knowing the plan."""
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        if field.kind in ("text", "long", "url"):
            lines = field.kind == "long"
            return normal(one, lines) == normal(other, lines)
        return folded(one) == folded(other)
    if one is None or other is None:
        text = one if other is None else other
        return isinstance(text, str) and not normal(text)
    if isinstance(one, str) or isinstance(other, str):
        return normal(plain(one)) == normal(plain(other))
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def plain(raw: Raw) -> str:
    """A cell's content as a text: whole numbers without a point."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    return str(int(raw)) if float(raw).is_integer() and abs(raw) < 1e15 else repr(float(raw))
