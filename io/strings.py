"""The program's words: what people read, by code, from resources/strings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from ..resources import FOLDER

if TYPE_CHECKING:
    from ..model.fields import Field
    from ..model.formulas.tokens import Fault

LANGUAGE = "en"


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for path in FOLDER.glob(f"strings/{LANGUAGE}/*.json"):
        words.update(msgspec.json.decode(path.read_bytes()))
    return words


def knows(code: str) -> bool:
    """Whether there are words for the code."""
    return code in _words()


def say(code: str, **values: object) -> str:
    """The words for a code, filled with values; lists are joined by commas.

    A code without words is shown as it is, with its values: ugly, but nothing a person is told gets lost.
    """
    text = _words().get(code)
    if text is None:
        return " ".join([code, *(f"{name}={value}" for name, value in values.items())])
    return text.format_map(_Filled({name: _shown(value) for name, value in values.items()}))


def count(code: str, number: int, **values: object) -> str:
    """The words for a number of things: `<code>.one` for one, else `<code>.many`; both may use {n}."""
    return say(f"{code}.{'one' if number == 1 else 'many'}", n=number, **values)


def field_title(field: Field) -> str:
    """What people call a field: the name its maker gave it, else the program's word."""
    return field.title or say(f"field.{field.key}")


def fault_words(fault: Fault) -> str:
    """What is wrong with a formula, in words."""
    hint = fault.hint
    if fault.code in ("kind", "operator", "compare", "mixed"):
        first, *others = [say(f"formula-type.{type}") for type in hint.split()]
        return say(f"formula.{fault.code}", about=fault.about, first=first, other=" / ".join(others))
    meant = say("formula.meant", hint=hint) if hint and fault.code in ("field", "function") else ""
    return say(f"formula.{fault.code}", about=fault.about, hint=hint, meant=meant)


class _Filled(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _shown(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)
