"""The terms that a filter is made of: text to conditions and back. What they mean is said in `filters`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

OPERATORS = ("!=", "<=", ">=", ":", "=", "<", ">")
"""Those of two characters first."""
_ENDS = frozenset(" \t\n,")


class Term(msgspec.Struct, frozen=True):
    """One condition as it is written."""

    values: tuple[str, ...]
    """What is looked for, without quotes: any of them will do. Empty: it has not been typed yet."""
    field: str = ""
    """As it is written; empty: anywhere."""
    operator: str = ":"
    minus: bool = False
    first: int = 0
    end: int = 0
    """Its place in the text."""


def terms_of(text: str) -> list[Term]:
    """The terms of a filter in order; any text has some reading."""
    return list(_terms(text))


def _terms(text: str) -> Iterator[Term]:
    at, end = 0, len(text)
    while at < end:
        if text[at].isspace():
            at += 1
            continue
        first = at
        minus = text[at] == "-" and at + 1 < end and not text[at + 1].isspace()
        at += minus
        name, operator = _head(text, at)
        if operator:
            values, at = _values(text, at + len(name) + len(operator))
            field = hyphened(name) if name.startswith('"') else name
            yield Term(values, field, operator, minus, first, at)
        else:
            value, at = _value(text, at, " \t\n")
            if value:
                yield Term((value,), "", ":", minus, first, at)


def hyphened(title: str) -> str:
    """The title of a field as a name without blanks or quotes: `launch-risk`."""
    letters = (letter if letter.isalnum() or letter in "_." else "-" for letter in title)
    return "-".join(filter(None, "".join(letters).split("-")))


def _head(text: str, at: int) -> tuple[str, str]:
    """The field's name, as it is written, and the operator that begin here; empty where there are none."""
    if text.startswith('"', at):
        end = text.find('"', at + 1) + 1
        name = text[at:end]
        return next(((name, one) for one in OPERATORS if end and text.startswith(one, end)), ("", ""))
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "_-."):
        end += 1
    name = text[at:end]
    if not name or not name[0].isalpha():
        return "", ""
    return next(((name, one) for one in OPERATORS if text.startswith(one, end)), ("", ""))


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    values = []
    while True:
        value, at = _value(text, at, _ENDS)
        if value:
            values.append(value)
        if at >= len(text) or text[at] != ",":
            return tuple(values), at
        at += 1


def _value(text: str, at: int, ends: Any) -> tuple[str, int]:
    """A word, or what stands in quotes; a quote that is not closed yet reaches to the end."""
    if at < len(text) and text[at] == '"':
        close = text.find('"', at + 1)
        close = len(text) if close < 0 else close
        return text[at + 1 : close], close + 1 if close < len(text) else close
    end = at
    while end < len(text) and text[end] not in ends:
        end += 1
    return text[at:end], end


def written(terms: Sequence[Term]) -> str:
    """The text of the terms: `terms_of` reads it back."""
    return " ".join(map(_written, terms))


def _written(term: Term) -> str:
    values = ",".join(_quoted(value) for value in term.values)
    head = f"{term.field}{term.operator}" if term.field else ""
    return f"{'-' if term.minus else ''}{head}{values}"


def _quoted(value: str) -> str:
    plain = value and not any(letter.isspace() or letter in '",' for letter in value)
    bare = plain and value[0] != "-" and not _head(value, 0)[1]
    return value if bare else '"' + value.replace('"', "") + '"'
