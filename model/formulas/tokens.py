"""The words of a formula: where each begins, what it is, and which of them name a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

LONGEST = 2_000
"""Characters of a formula."""
TokenKind = Literal["number", "text", "date", "name", "field", "sign", "end"]


class Fault(msgspec.Struct, frozen=True, order=True):
    """Why a formula, or a value that it should give, is none: its words are `formula.<code>`.

    It stands where a value would: a field whose formula divides by zero has it as its value.
    """

    code: str
    at: int = 0
    """Where in the formula, from 0."""
    length: int = 0
    about: str = ""
    """What it is about: the name that is unknown, the function that is called wrongly."""
    hint: str = ""
    """What might have been meant or was expected."""


class Wrong(Exception):
    """Carries a fault to where it becomes a value."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class Token(msgspec.Struct, frozen=True):
    """A word of a formula; `text` is what it means, without quotes or brackets."""

    kind: TokenKind
    text: str
    at: int
    length: int

    def wrong(self, code: str, about: str = "", hint: str = "") -> Wrong:
        """The error of this word."""
        return Wrong(Fault(code, self.at, self.length, about or self.text, hint))


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when the first formula is read, not at the start of the program."""
    return re.compile(
        r"""(?P<space>\s+)
        |(?P<date>\d{4}-\d\d-\d\d(?![\d.]))
        |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
        |(?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*')
        |(?P<field>\[(?:[^\]]|\]\])*\])
        |(?P<name>[^\W\d]\w*)
        |(?P<sign><=|>=|<>|!=|==|[-+*/%^=<>&(),;])""",
        re.VERBOSE,
    )


def tokens(text: str) -> Iterator[Token]:
    """The words of a formula, the last of kind `end`. An equals sign before it all is left out.

    Raises:
        Wrong: too long, or there is a sign that no formula has.
    """
    if len(text) > LONGEST:
        raise Wrong(Fault("long", 0, len(text), str(LONGEST)))
    at = len(text) - len(text.lstrip())
    if text.startswith("=", at):
        at += 1
    while at < len(text):
        match = _pattern().match(text, at)
        if match is None:
            unclosed = text[at] in "\"'["
            end = len(text) if unclosed else at + 1
            raise Wrong(Fault("unclosed" if unclosed else "sign", at, end - at, text[at]))
        kind = match.lastgroup
        if kind != "space":
            yield Token(_KINDS[str(kind)], _meant(str(kind), match[0]), at, len(match[0]))
        at = match.end()
    yield Token("end", "", len(text), 0)


_KINDS: dict[str, TokenKind] = {
    "number": "number",
    "text": "text",
    "date": "date",
    "name": "name",
    "field": "field",
    "sign": "sign",
}
_SAME = {"==": "=", "!=": "<>", ";": ","}
"""Signs as other languages write them."""


def _meant(kind: str, text: str) -> str:
    if kind == "text":
        return text[1:-1].replace(text[0] * 2, text[0])
    if kind == "field":
        return text[1:-1].replace("]]", "]").strip()
    return _SAME.get(text, text)


# Names of fields


RESERVED = ("true", "false", "and", "or", "not")


def references(text: str) -> list[Token]:
    """The words of a formula that name fields; none where it can't be read."""
    found: list[Token] = []
    try:
        words = list(tokens(text))
    except Wrong:
        return found
    for word, following in pairwise(words):
        called = following.kind == "sign" and following.text == "("
        plain = word.kind == "name" and not called and word.text.casefold() not in RESERVED
        if word.kind == "field" or plain:
            found.append(word)
    return found


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The formula with other names for fields: `names` gives the new one for a folded old one."""
    for word in reversed(references(text)):
        name = names.get(word.text.casefold())
        if name is not None:
            text = text[: word.at] + bracketed(name) + text[word.at + word.length :]
    return text


def bracketed(name: str) -> str:
    """The name of a field as a formula has it: in brackets, unless it is a plain word like a key."""
    if name.isidentifier() and name.islower() and name not in RESERVED:
        return name
    return "[" + name.replace("]", "]]") + "]"
