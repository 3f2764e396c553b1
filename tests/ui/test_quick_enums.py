"""Enums that are made quickly are those that Python would have made."""

from __future__ import annotations

import subprocess
import sys
from enum import Enum, EnumType, Flag, IntEnum

import pytest
from roadwright.ui.quick_enums import quick_enums

TELL_ALL = """
import contextlib, enum, hashlib, sys
from roadwright.ui.quick_enums import quick_enums

with quick_enums() if {quick} else contextlib.nullcontext():
    from PySide6 import QtCore, QtGui, QtWidgets

    found = []
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            holder = getattr(module, name)
            inner = [getattr(holder, name, None) for name in dir(holder)] if isinstance(holder, type) else []
            found += [kind for kind in (holder, *inner) if isinstance(kind, enum.EnumType)]
told = [
    (kind.__module__, kind.__qualname__, kind.__mro__[1], name, repr(one), one.value, one._sort_order_)
    for kind in found
    for name, one in kind.__members__.items()
]
print(len(told), hashlib.sha256(repr(told).encode()).hexdigest())
"""


def told(kind: EnumType) -> dict[str, object]:
    """All that the class holds, its members as what they hold."""

    def part(value: object) -> object:
        if isinstance(value, kind):
            return {**vars(value), "__objclass__": value.__objclass__ is kind}
        if isinstance(value, dict):
            return {name: part(one) for name, one in value.items()}
        return value if isinstance(value, int | str | list) else type(value)

    return {name: part(value) for name, value in vars(kind).items()}


@pytest.mark.parametrize("kind", [Enum, IntEnum, Flag])
def test_the_class_is_the_one_that_python_makes(kind: type[Enum]):
    members = [(f"One{number}", number * 3 % 17 + 1) for number in range(40)]  # many have two names
    if kind is not Flag:
        members += [("Less", -1), ("Much", 1 << 40)]
    made = kind("Made", members)  # type: ignore[arg-type]
    with quick_enums():
        quick = kind("Made", members)  # type: ignore[arg-type]
    assert told(quick) == told(made)
    assert [(one.name, one.value) for one in quick] == [(one.name, one.value) for one in made]
    assert quick(4) is quick["One1"]
    assert quick["One1"] in quick


def test_names_that_mean_something_else_are_left_to_python():
    members = [("name", 1), ("value", 2), ("real", 3), *((f"One{number}", number) for number in range(9))]
    made = IntEnum("Made", members)
    with quick_enums():
        assert told(IntEnum("Made", members)) == told(made)


def test_afterwards_python_makes_them_again_even_after_a_failure():
    real = vars(EnumType)["_create_"]
    with pytest.raises(RuntimeError), quick_enums():
        raise RuntimeError
    assert vars(EnumType)["_create_"] is real


def test_every_enum_of_qt_is_as_without_it():
    def all_of_qt(quick: bool) -> str:
        code = TELL_ALL.replace("{quick}", str(quick))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert all_of_qt(True) == all_of_qt(False)
