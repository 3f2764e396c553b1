"""The program's words: what people read, by code, from resources/strings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from ..resources import FOLDER

if TYPE_CHECKING:
    from ..model.fields import Field
    from ..model.formulas.tokens import Fault

LANGUAGE = "en"
"""Of the program. Workbooks are written in every language that has a folder beside its words."""
_spoken = ContextVar("language", default=LANGUAGE)


@cache
def _words(language: str) -> dict[str, str]:
    """All words of a language; those that it lacks are the program's."""
    words = dict(_words(LANGUAGE)) if language != LANGUAGE else {}
    for area in (FOLDER / "strings" / language).iterdir():
        if area.suffix == ".json":
            words.update(msgspec.json.decode(area.read_bytes()))
    return words


@cache
def languages() -> dict[str, str]:
    """The languages that a workbook can be written in, the program's first: code to what it calls itself."""
    others = (path.parent.name for path in FOLDER.glob("strings/*/workbook.json"))
    return {one: _words(one)["language"] for one in (LANGUAGE, *sorted(set(others) - {LANGUAGE}))}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, the words are those of that language, in this thread; of none that is known: the program's."""
    before = _spoken.set(language if language in languages() else LANGUAGE)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language of the words."""
    return _spoken.get()


def knows(code: str) -> bool:
    """Whether there are words for the code."""
    return code in _words(_spoken.get())


def say(code: str, **values: object) -> str:
    """The words for a code, filled with values; lists are joined by commas.

    A code without words is shown as it is, with its values: ugly, but nothing a person is told gets lost.
    """
    text = _words(_spoken.get()).get(code)
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
