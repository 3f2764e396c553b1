"""Makes the big enums of Qt quickly, while PySide is imported.

PySide makes all enums of a class at once when the class is first used: `Qt` alone brings 1,200 members, and
Python sets each of them up as if somebody had written it by hand, which is a tenth of the whole start. Here
Python makes the class with its first member, and the others are entered where it would enter them: the same
classes for half the work. A class of another sort is made as ever, and so are all in a Python not known here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, EnumType, IntEnum
from typing import Any

_KNOWN = ((3, 11), (3, 12), (3, 13))
"""Versions of Python that keep the members of an enum in the same three places."""
_MANY = 3
"""From so many members on it pays."""
_TAKEN = frozenset((*dir(Enum), *dir(IntEnum), "name", "value", "mro"))
"""Names that would need more than an entry."""


@contextmanager
def quick_enums() -> Iterator[None]:
    """While something is imported that makes big enums, make them quickly."""
    make = EnumType._create_  # type: ignore[attr-defined]  # what `IntEnum("Name", [...])` comes to

    def make_quickly(kind: Any, class_name: str, names: Any, **more: Any) -> Any:
        if more.get("module") is None:  # the module that asks: Python would look one call too near
            more["module"] = sys._getframe(2).f_globals.get("__name__")
        if kind not in (Enum, IntEnum) or not _plain(names):
            return make(kind, class_name, names, **more)
        made = make(kind, class_name, names[:1], **more)
        _enter(made, names[1:])
        return made

    if sys.version_info[:2] not in _KNOWN:
        yield
        return
    EnumType._create_ = make_quickly  # type: ignore[attr-defined]
    try:
        yield
    finally:
        EnumType._create_ = make  # type: ignore[attr-defined]


def _plain(members: Any) -> bool:
    """Whether they are many whole numbers with names of no other meaning."""
    if type(members) not in (list, tuple) or len(members) < _MANY:
        return False
    pairs = all(type(member) is tuple and type(member[1]) is int for member in members)
    return pairs and not any(name[0] == "_" or name in _TAKEN for name, _ in members)


def _enter(made: Any, members: Sequence[tuple[str, int]]) -> None:
    names, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    whole = issubclass(made, int)
    for name, value in members:
        member = by_value.get(value)
        if member is None:  # else this is another name of that one
            member = int.__new__(made, value) if whole else object.__new__(made)
            member.__dict__.update(_value_=value, _name_=name, __objclass__=made, _sort_order_=len(names))
            by_value[value] = member
            names.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
