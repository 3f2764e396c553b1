"""The words that other programs and people use for our fields and values, in several languages."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from typing import Any

from ...resources import FOLDER

_EDGES = " \t\n:*?!.\u200b\ufeff"


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads((FOLDER / "strings/import/synonyms.json").read_bytes())
    return tables


@cache
def synonyms() -> dict[str, list[str]]:
    """For each field, or role in an import, the headings that mean it, the most usual first."""
    return {field: [fold(word) for word in words] for field, words in _tables()["fields"].items()}


@cache
def headings() -> dict[str, list[tuple[str, int]]]:
    """For each heading, the fields that it can mean with its place among their words."""
    found: dict[str, list[tuple[str, int]]] = {}
    for field, words in synonyms().items():
        for place, word in enumerate(words):
            found.setdefault(word, []).append((field, place))
    return found


@cache
def ignored() -> frozenset[str]:
    """Headings of what follows from other fields, or is of no use to a plan."""
    return frozenset(map(fold, _tables()["ignored"]))


@cache
def many() -> frozenset[str]:
    """Fields that several columns may hold."""
    return frozenset(_tables()["many"])


@cache
def words(name: str) -> frozenset[str]:
    """The words for a value: milestone, yes, done, ..."""
    return frozenset(map(fold, _tables()["words"][name]))


@cache
def months() -> dict[str, int]:
    return {fold(word): int(number) for number, words in _tables()["months"].items() for word in words}


@cache
def weekdays() -> dict[str, int]:
    """Monday is 0."""
    return {fold(word): int(day) for day, words in _tables()["weekdays"].items() for word in words}


@cache
def units() -> dict[str, str]:
    """For each way to write a unit of time, its short name: m h d w mo q y ed ew eh %."""
    return {fold(word): unit for unit, words in _tables()["units"].items() for word in words}


@cache
def link_types() -> dict[str, str]:
    """For each way to write a type of link, in upper case, FS, SS, FF or SF."""
    return {word: type for type, words in _tables()["links"].items() for word in words}


def fold(text: object) -> str:
    """The text as it is compared: compatible forms, no case, single blanks, no colon or mark at the end."""
    return _folded(text) if type(text) is str and len(text) < 100 else _fold(text)


def _fold(text: object) -> str:
    if not isinstance(text, str):
        text = str(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()).strip(_EDGES).casefold()


_folded = lru_cache(maxsize=1 << 15)(_fold)


def is_nothing(text: str) -> bool:
    """Whether the text is a way to leave a cell empty: `n/a`, `-`, ..."""
    return not text or text.strip().casefold() in words("nothing")
