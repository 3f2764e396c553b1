"""A small, safe language of expressions over fields: text to tree, tree to value.

A formula such as `if([Budget] > 10000, "board", "team")` is read by precedence climbing (V. Pratt, "Top down
operator precedence", 1973). Every part is checked for its kind of value while it is read, so a formula that
is accepted can only fail by its numbers: a division by zero, a day that no calendar has. Such failures, and
whatever is wrong with the text, are values of type `Fault`, never exceptions. There are no loops, names or
attributes to reach anything by; length and depth are bounded. See docs/formulas.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .functions import FUNCTIONS, Environment, Function, Type, Value
from .tokens import Fault, Token, Wrong, tokens
from .tree import (
    AND,
    DEEPEST,
    MINUS,
    NOT,
    OPERATORS,
    OR,
    Call,
    Choice,
    Computed,
    Literal,
    Node,
    Operator,
    Reference,
    depth_of,
)


class Symbol(msgspec.Struct, frozen=True):
    """What a name in a formula stands for."""

    key: str
    """By which its value is read."""
    type: Type
    title: str = ""


Names = Mapping[str, Symbol]
"""Symbols by their names, case folded."""


class Expression:
    """A formula that was read.

    Attributes:
        needs: the keys whose values it is computed of, in the order in which they stand.
        type: the kind of its value; every kind of value may be empty (None) too.
        fault: what is wrong with the text; then that is its value, whatever it is computed in.
    """

    def __init__(self, text: str, names: Names, fault: Fault | None = None) -> None:
        """`fault` is what is known to be wrong with it already."""
        self.needs: tuple[str, ...] = ()
        self.type: Type = "any"
        self.fault = fault
        if fault is not None:
            return
        try:
            parser = _Parser(text, names)
            self._tree = parser.whole()
        except Wrong as wrong:
            self.fault = wrong.fault
        else:
            self.needs, self.type = tuple(parser.needs), self._tree.type

    def value(self, around: Environment) -> Value | Fault:
        """What it gives in an environment. Never raises."""
        if self.fault is not None:
            return self.fault
        try:
            return self._tree.value(around)
        except Wrong as wrong:
            return wrong.fault


# From text to tree


class _Parser:
    def __init__(self, text: str, names: Names) -> None:
        self._words = list(tokens(text))
        self._at = 0
        self._deep = 0
        self._names = names
        self.needs: dict[str, None] = {}

    def whole(self) -> Node:
        if self._next().kind == "end":
            raise self._next().wrong("empty")
        tree = self._expression(0)
        if self._next().kind != "end":
            raise self._next().wrong("unexpected")
        return tree

    def _next(self) -> Token:
        return self._words[self._at]

    def _take(self) -> Token:
        word = self._next()
        self._at += 1
        return word

    def _is(self, *texts: str) -> bool:
        """Whether the next word is one of these signs or operators."""
        word = self._next()
        return word.kind in ("sign", "name") and word.text.casefold() in texts

    def _expression(self, least: int) -> Node:
        self._deep += 1
        if self._deep > DEEPEST:
            raise self._next().wrong("deep")
        left = self._operand()
        while (binds := self._binds()) >= least:
            word = self._take()
            right = self._expression(binds if word.text == "^" else binds + 1)
            left = self._joined(word, left, right)
        self._deep -= 1
        return left

    def _binds(self) -> int:
        if self._is("or"):
            return OR
        if self._is("and"):
            return AND
        operator = OPERATORS.get(self._next().text) if self._next().kind == "sign" else None
        return operator.binds if operator is not None else -1

    # Operands

    def _operand(self) -> Node:
        if self._is("-", "+"):
            word = self._take()
            inner = self._expression(MINUS)
            self._check(word, inner, frozenset(("number",)))
            sign = -1.0 if word.text == "-" else 1.0
            return Computed(word, "number", depth_of(word, inner), lambda number: sign * number, (inner,))
        if self._is("not"):
            word = self._take()
            inner = self._expression(NOT)
            self._check(word, inner, frozenset(("flag",)))
            return Computed(word, "flag", depth_of(word, inner), lambda flag: not flag, (inner,), True)
        word = self._take()
        if word.kind == "number":
            number = float(word.text)
            if number == float("inf"):
                raise word.wrong("big")
            return Literal(word, "number", 1, number)
        if word.kind == "text":
            return Literal(word, "text" if word.text else "any", 1, word.text or None)
        if word.kind == "date":
            return self._day(word)
        if word.kind == "sign" and word.text == "(":
            inner = self._expression(0)
            self._close()
            return inner
        if word.kind == "name" and self._is("("):
            return self._call(word)
        if word.kind == "name" and word.text.casefold() in ("true", "false"):
            return Literal(word, "flag", 1, word.text.casefold() == "true")
        if word.kind in ("name", "field"):
            return self._reference(word)
        raise word.wrong("unfinished" if word.kind == "end" else "unexpected")

    def _day(self, word: Token) -> Node:
        from datetime import date

        try:
            return Literal(word, "date", 1, date.fromisoformat(word.text))
        except ValueError:
            raise word.wrong("day") from None

    def _reference(self, word: Token) -> Node:
        symbol = self._names.get(word.text.casefold())
        if symbol is None:
            raise word.wrong("field", hint=self._likely(word.text))
        self.needs[symbol.key] = None
        return Reference(word, symbol.type, 1, symbol.key)

    def _likely(self, name: str) -> str:
        from difflib import get_close_matches

        found = get_close_matches(name.casefold(), self._names, 1)
        return (self._names[found[0]].title or found[0]) if found else ""

    def _close(self) -> None:
        if not self._is(")"):
            raise self._next().wrong("unfinished" if self._next().kind == "end" else "unexpected", hint=")")
        self._take()

    # Calls

    def _call(self, word: Token) -> Node:
        name = word.text.casefold()
        function = FUNCTIONS.get(name)
        if function is None:
            from difflib import get_close_matches

            found = get_close_matches(name, FUNCTIONS, 1)
            raise word.wrong("function", hint=found[0] if found else "")
        self._take()
        parts: list[Node] = []
        if not self._is(")"):
            parts.append(self._expression(0))
            while self._is(","):
                self._take()
                parts.append(self._expression(0))
        self._close()
        self._check_count(word, function, len(parts))
        for place, part in enumerate(parts):
            self._check(word, part, function.takes[min(place, len(function.takes) - 1)])
        gives = function.gives
        if function.alike:
            gives = self._alike(word, parts[1:] if name == "if" else parts)
        return Call(word, gives, depth_of(word, *parts), function, tuple(parts))

    def _check_count(self, word: Token, function: Function, count: int) -> None:
        least = 1 if function.open else len(function.takes) if function.least < 0 else function.least
        if count < least:
            raise word.wrong("few", hint=str(least))
        if count > len(function.takes) and not function.open:
            raise word.wrong("many", hint=str(len(function.takes)))

    def _alike(self, word: Token, parts: Sequence[Node]) -> Type:
        kinds = dict.fromkeys(part.type for part in parts if part.type != "any")
        if len(kinds) > 1:
            raise word.wrong("mixed", hint=" ".join(kinds))
        return next(iter(kinds), "any")

    # Kinds

    def _check(self, word: Token, part: Node, takes: frozenset[Type]) -> None:
        if part.type != "any" and part.type not in takes:
            raise Wrong(
                Fault(
                    "kind", part.word.at, part.word.length, word.text, " ".join([part.type, *sorted(takes)])
                )
            )

    def _joined(self, word: Token, left: Node, right: Node) -> Node:
        name = word.text.casefold()
        parts = (left, right)
        if name in ("and", "or"):
            for part in parts:
                self._check(word, part, frozenset(("flag",)))
            return Choice(word, "flag", depth_of(word, *parts), name == "or", parts)
        operator = OPERATORS[name]
        if name == "&":
            gives: Type = "text"
        elif not operator.gives:
            gives = "flag"
            if len({part.type for part in parts} - {"any"}) > 1:
                raise word.wrong("compare", hint=f"{left.type} {right.type}")
            if name not in ("=", "<>"):
                for part in parts:
                    self._check(word, part, frozenset(("number", "text", "date")))
        else:
            gives = self._given(word, operator, left.type, right.type)
        return Computed(word, gives, depth_of(word, *parts), operator.compute, parts, operator.empties)

    def _given(self, word: Token, operator: Operator, left: Type, right: Type) -> Type:
        found = [
            gives for one, other, gives in operator.gives if left in (one, "any") and right in (other, "any")
        ]
        if not found:
            raise word.wrong("operator", hint=f"{left} {right}")
        return found[0] if len(found) == 1 else "any"
