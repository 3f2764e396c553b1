"""The tree of a formula, and how it is computed: operands, operators and calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace

from . import functions as f
from .functions import Environment, Function, Type, Value
from .tokens import Fault, Token, Wrong

DEEPEST = 80
"""Levels of a formula's tree."""


class Node(msgspec.Struct, frozen=True):
    """A part of a formula: the word that makes it, and what kind of value it gives."""

    word: Token
    type: Type
    depth: int

    def value(self, around: Environment) -> Value:
        raise NotImplementedError


class Literal(Node, frozen=True):
    given: Value

    def value(self, around: Environment) -> Value:
        return self.given


class Reference(Node, frozen=True):
    key: str

    def value(self, around: Environment) -> Value:
        value = around.read(self.key)
        if isinstance(value, Fault):
            raise Wrong(replace(value, at=self.word.at, length=self.word.length))
        return value  # type: ignore[no-any-return]


class Computed(Node, frozen=True):
    """An operator: nothing with anything gives nothing."""

    compute: Callable[..., Value]
    parts: tuple[Node, ...]
    empties: bool = False

    def value(self, around: Environment) -> Value:
        values = [part.value(around) for part in self.parts]
        if None in values and not self.empties:
            return None
        try:
            return self.compute(*values)
        except (Wrong, OverflowError) as error:
            raise _placed(self.word, error) from None


class Choice(Node, frozen=True):
    """`and`, `or`: the second part is looked at only where it matters."""

    until: bool
    """What settles it: of `or` a yes, of `and` a no."""
    parts: tuple[Node, ...]

    def value(self, around: Environment) -> Value:
        found = any(bool(part.value(around)) is self.until for part in self.parts)
        return self.until if found else not self.until


class Call(Node, frozen=True):
    function: Function
    parts: tuple[Node, ...]

    def value(self, around: Environment) -> Value:
        function = self.function
        if function.lazy:
            return function.compute(*[partial(part.value, around) for part in self.parts])
        values: list[Any] = [part.value(around) for part in self.parts]
        if None in values and not function.empties:
            if not function.open:
                return None
            values = [value for value in values if value is not None]
        try:
            return function.compute(around, *values) if function.around else function.compute(*values)
        except (Wrong, OverflowError) as error:
            raise _placed(self.word, error) from None


def _placed(word: Token, error: Wrong | OverflowError) -> Wrong:
    """An error of a computation, with the place of the word that computes."""
    if isinstance(error, Wrong):
        return Wrong(replace(error.fault, at=word.at, length=word.length))
    return word.wrong("big")


# Operators: how strongly they bind, what they take and give


class Operator(msgspec.Struct, frozen=True):
    binds: int
    compute: Callable[..., Value]
    gives: tuple[tuple[Type, Type, Type], ...] = (("number", "number", "number"),)
    """(left, right, result); empty: two of a kind give yes or no."""
    empties: bool = False


COMPARISONS: dict[str, Callable[[Any, Any], Value]] = {
    "=": lambda one, other: f.folded(one) == f.folded(other),
    "<>": lambda one, other: f.folded(one) != f.folded(other),
    "<": lambda one, other: f.folded(one) < f.folded(other),  # type: ignore[operator]
    "<=": lambda one, other: f.folded(one) <= f.folded(other),  # type: ignore[operator]
    ">": lambda one, other: f.folded(one) > f.folded(other),  # type: ignore[operator]
    ">=": lambda one, other: f.folded(one) >= f.folded(other),  # type: ignore[operator]
}
OPERATORS: dict[str, Operator] = {
    **{sign: Operator(3, compute, (), empties=sign in ("=", "<>")) for sign, compute in COMPARISONS.items()},
    "&": Operator(4, lambda one, other: f.bounded(f.as_text(one) + f.as_text(other)), empties=True),
    "+": Operator(
        5,
        f.plus,
        (
            ("number", "number", "number"),
            ("date", "number", "date"),
            ("number", "date", "date"),
            ("text", "text", "text"),
        ),
    ),
    "-": Operator(
        5, f.minus, (("number", "number", "number"), ("date", "date", "number"), ("date", "number", "date"))
    ),
    "*": Operator(6, f.times),
    "/": Operator(6, f.over),
    "%": Operator(6, f.modulo),
    "^": Operator(8, f.power),
}
OR, AND, NOT, MINUS = 0, 1, 2, 7


def depth_of(word: Token, *parts: Node) -> int:
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > DEEPEST:
        raise word.wrong("deep")
    return depth
