"""The short ids in the hidden column of the Roadmap sheet: by them a row is known again, wherever it moved.

Ten characters without look-alikes; the last one checks the others, so that a mistyped or cut id is no id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ...model.records import ItemId

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def uid_of(id: ItemId, turn: int = 0) -> str:
    """The uid of an item: the same in every export. `turn` gives others where two items would share one."""
    number = int.from_bytes(hashlib.sha256(f"{id}{turn or ''}".encode()).digest()[:12])
    letters = []
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters) + _check(letters)


def uids_of(ids: Iterable[ItemId]) -> dict[ItemId, str]:
    """A uid for each item, all different."""
    taken: set[str] = set()
    result: dict[ItemId, str] = {}
    for id in ids:
        turn = 0
        while (uid := uid_of(id, turn)) in taken:
            turn += 1
        taken.add(uid)
        result[id] = uid
    return result


def is_uid(text: str) -> bool:
    """Whether the text is a whole uid, as far as its check letter can tell."""
    return len(text) == LENGTH and all(letter in _VALUE for letter in text) and _check(text[:-1]) == text[-1]


def _check(letters: Iterable[str]) -> str:
    return ALPHABET[sum((place + 2) * _VALUE[letter] for place, letter in enumerate(letters)) % len(ALPHABET)]
