"""Dependencies as people and programs write them: `RW-12 FS+5d; RW-7 SS-2d`, `3FS+2 days;7`, `1 - 15`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Generic, TypeVar

import msgspec

from ...model.records import LinkType
from .values import read_days
from .words import fold, link_types, units

T = TypeVar("T")
Find = Callable[[str], T | None]
"""What a reference (a key, a number, a title) stands for; None if nothing."""

LONGEST_LAG = 10_000
_LONGEST_TEXT = 20_000
"""Characters of a cell in which dependencies are looked for."""
_LONGEST_REFERENCE = 400
_LISTED = re.compile(r"[;\n\r|]+")
_WRAPPED = re.compile(
    r"(?:depends on|blocked by|waits for|after|needs|requires)?[\s:]*#?(.+?)", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,6})\s*(?:-|–|—|to|bis|\.\.\.?)\s*(\d{1,6})")
_MOST_IN_RANGE = 2_000
_LAG = r"(?P<lag>[+\-−–]\s*\d+(?:[.,]\d+)?\s*(?P<unit>[^\W\d_]{0,12}|%)\.?\??)"
_BARE = re.compile(rf"(?P<ref>.+?)\s*{_LAG}\s*")
"""A lag without a type."""


class Reference(msgspec.Struct, Generic[T], frozen=True):
    """One dependency that was read."""

    source: T
    type: LinkType = "FS"
    lag: int = 0
    """Working days."""
    inexact: bool = False
    """The lag was a percentage, or no whole number of days."""


class Unknown(msgspec.Struct, frozen=True):
    """A piece of a list of dependencies that stands for nothing we know."""

    text: str


@cache
def _typed() -> re.Pattern[str]:
    """A type, and perhaps a lag."""
    types = "|".join(sorted(link_types(), key=len, reverse=True))
    return re.compile(rf"(?P<ref>.+?)[\s(\[]*(?P<type>{types})[)\]]?\s*{_LAG}?\s*", re.IGNORECASE)


def read_list(text: str, find: Find[T]) -> Iterator[Reference[T] | Unknown]:
    """Every dependency in a cell; commas separate too, unless they belong to a title."""
    if len(text) > _LONGEST_TEXT:
        yield Unknown(text)
        return
    for piece in _LISTED.split(text):
        piece = piece.strip().strip("[]{}\"'").strip()
        if not piece:
            continue
        if (found := _whole(piece, find)) is not None:
            yield from found
        elif "," in piece or " & " in piece or " and " in piece:
            yield from _separated(piece, find)
        else:
            yield Unknown(piece)


def _separated(piece: str, find: Find[T]) -> Iterator[Reference[T] | Unknown]:
    """A piece with commas: each part of it, or the longest runs of parts that are titles."""
    parts = re.split(r"(,| & | and )", piece)
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + 15), at, -2):
            text = "".join(parts[at:end]).strip()
            found = _whole(text, find) if text else ()
            if found is not None:
                yield from found
                at = end + 1
                break
        else:
            yield Unknown(parts[at].strip())
            at += 2


def _whole(text: str, find: Find[T]) -> tuple[Reference[T], ...] | None:
    """The text as a single dependency or a range of numbers; None if it is neither."""
    if (source := find(text)) is not None:
        return (Reference(source),)
    if len(text) > _LONGEST_REFERENCE:
        return None
    type = link_types().get(text[-2:].upper())
    if type is not None and (source := find(text[:-2].rstrip())) is not None:
        return (Reference(source, type),)  # type: ignore[arg-type]
    if (match := _RANGE.fullmatch(text)) is not None:
        return _range(int(match[1]), int(match[2]), find)
    if (match := _typed().fullmatch(text)) is not None and (found := _ended(match, find)) is not None:
        return (found,)
    match = _BARE.fullmatch(text)
    if match is not None and fold(match["unit"]) in units() and (found := _ended(match, find)) is not None:
        return (found,)  # the unit must be there: the end of `RW-12` is no lead of twelve days
    match = _WRAPPED.fullmatch(text)
    if match is not None and match[1] != text:
        return _whole(match[1], find)
    return None


def _range(first: int, last: int, find: Find[T]) -> tuple[Reference[T], ...] | None:
    if not first <= last <= first + _MOST_IN_RANGE:
        return None
    sources = [find(str(number)) for number in range(first, last + 1)]
    if sources[0] is None or sources[-1] is None:
        return None
    return tuple(Reference(source) for source in sources if source is not None)


def _ended(match: re.Match[str], find: Find[T]) -> Reference[T] | None:
    """A reference with a type, a lag or both behind it."""
    source = find(match["ref"].strip())
    if source is None:
        return None
    groups = match.groupdict()
    type = link_types()[groups["type"].upper()] if groups.get("type") else "FS"
    lag, inexact = _days(match["lag"], match["unit"]) if match["lag"] else (0, False)
    return Reference(source, type, lag, inexact)  # type: ignore[arg-type]


def _days(text: str, unit: str) -> tuple[int, bool]:
    text = text.replace("−", "-").replace("–", "-").replace(" ", "")
    if unit == "%":
        return 0, True
    days = read_days(text)
    if days is None or abs(days) > LONGEST_LAG:
        return 0, True
    whole = round(days)
    return whole, abs(days - whole) > 1e-6


def reference_key(value: object) -> str:
    """A key, number or title as it is looked up: `12.0` and `12` are the same."""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return fold(value)
