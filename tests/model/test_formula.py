"""The language of formulas: what it computes, what it says is wrong, and that nothing makes it fail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roadwright.io.strings import fault_words, knows
from roadwright.model.formulas.formula import Expression, Symbol
from roadwright.model.formulas.functions import FUNCTIONS, Environment, Type
from roadwright.model.formulas.tokens import Fault, bracketed, references, renamed

TODAY = date(2026, 3, 4)
TYPES: dict[str, Type] = {
    "effort": "number",
    "none": "number",
    "budget": "number",
    "start": "date",
    "title": "text",
    "tags": "list",
    "pinned": "flag",
    "broken": "any",
}
VALUES: dict[str, Any] = {
    "effort": 10.0,
    "none": None,
    "budget": 1200.0,
    "start": date(2026, 1, 5),
    "title": "Checkout",
    "tags": ("Growth", "b"),
    "pinned": True,
    "broken": Fault("circle", about="A → A"),
}
NAMES = {name: Symbol(name, type, name.title()) for name, type in TYPES.items()}
AROUND = Environment(VALUES.get, TODAY, lambda first, last: (last - first).days)


def computed(text: str) -> Any:
    return Expression(text, NAMES).value(AROUND)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("-2 ^ 2", -4.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("2 ^ -1", 0.5),
        ("7 % 4", 3.0),
        ("0.1 + 0.2", 0.3),
        ("1e3", 1000.0),
        ("= [Budget] / effort", 120.0),
        ("[budget] / [EFFORT]", 120.0),
        ('"a" + "b"', "ab"),
        ("'it''s'", "it's"),
        ('title & " " & effort', "Checkout 10"),
        ("start + 5", date(2026, 1, 10)),
        ("today() - start", 58.0),
        ("2026-02-01 - start", 27.0),
        ("date(2026, 2, 1) > start", True),
        ("not pinned or effort > 5 and true", True),
        ('title = "CHECKOUT"', True),
        ('title <> "x"', True),
        ('if([Budget] > 1000, "board", "team")', "board"),
        ("if(none > 1, 1)", None),
        ("none + 1", None),
        ("none = ''", True),
        ("coalesce(none, effort)", 10.0),
        ("sum(none, 1, 2)", 3.0),
        ("avg(none, 1, 2)", 1.5),
        ("sum(none)", None),
        ("min(3, 1, 2)", 1.0),
        ("max(start, today())", TODAY),
        ("round(2.345, 2)", 2.35),
        ("round(-2.5)", -3.0),
        ("round(1234, -2)", 1200.0),
        ("floor(-1.5) + ceil(1.2) + abs(-1)", 1.0),
        ("sqrt(9)", 3.0),
        ("len(title) + len(tags)", 10.0),
        ('upper("a") & lower("B")', "Ab"),
        ("concat(title, none, 1.50, pinned, start)", "Checkout1.5yes2026-01-05"),
        ('contains(title, "CHECK")', True),
        ('contains(tags, "growth")', True),
        ('contains(tags, "grow")', False),
        ("empty(none)", True),
        ("days(start, 2026-01-09)", 4.0),
        ("workdays(start, 2026-01-09)", 4.0),
        ("year(start) + quarter(start) / 10 + month(start) / 100", 2026.11),
        ("if(true; 1; 2)", 1.0),
    ],
)
def test_what_it_computes(text: str, value: object) -> None:
    assert computed(text) == value


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("budget / 0", "zero", "/", "divide by zero"),
        ("10 % 0", "zero", "%", "divide by zero"),
        ("9 ^ 9 ^ 9", "big", "^", "too big"),
        ("1e308 * 10", "big", "*", "too big"),
        ("(-8) ^ 0.5", "root", "^", "no real number"),
        ("start + 1e9", "day", "+", "no such day"),
        ("date(2026, 2, 30)", "day", "date", "no such day"),
        ("2026-02-30", "day", "2026-02-30", "no such day"),
        ("[Efort] + 1", "field", "[Efort]", "unknown field [Efort], did you mean Effort?"),
        ("zzz", "field", "zzz", "unknown field [zzz]"),
        ("summ(1)", "function", "summ", "unknown function summ(), did you mean sum?"),
        ("1 +", "unfinished", "", "something is missing at the end"),
        ("(1", "unfinished", "", "something is missing at the end"),
        ("1 2", "unexpected", "2", "“2” is not expected here"),
        ("1, 2", "unexpected", ",", "“,” is not expected here"),
        ('"abc', "unclosed", '"abc', '" is never closed'),
        ("[abc", "unclosed", "[abc", "[ is never closed"),
        ("1 # 2", "sign", "#", "“#” means nothing here"),
        ("title.upper", "sign", ".", "“.” means nothing here"),
        ("", "empty", "", "nothing to compute yet"),
        ("title * 2", "operator", "*", "“*” can't join a text and a number"),
        ("1 < 2 < 3", "compare", "<", "“<” can't compare yes or no with a number"),
        ("-title", "kind", "title", "- gets a text, but takes a number"),
        ("upper(1)", "kind", "1", "upper gets a number, but takes a text"),
        ("if(pinned, 1, 'x')", "mixed", "if", "if() gets values of different kinds: a number / a text"),
        ("round()", "few", "round", "round() needs more values, at least 1"),
        ("abs(1, 2)", "many", "abs", "abs() takes fewer values, at most 1"),
        ("1 + broken", "circle", "broken", "needs its own result: A → A"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, code: str, place: str, words: str) -> None:
    fault = computed(text)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert text[fault.at : fault.at + fault.length] == place
    assert fault_words(fault) == words


def test_faults_that_do_not_matter_are_not_looked_at() -> None:
    assert computed("if(false, 1 / 0, 2)") == 2.0
    assert computed("coalesce(1, broken)") == 1.0
    assert computed("true or broken") is True


def test_an_expression_knows_what_it_needs_and_gives() -> None:
    expression = Expression("if(Pinned, [Budget] / effort, budget)", NAMES)
    assert expression.needs == ("pinned", "budget", "effort")
    assert expression.type == "number"
    assert Expression("max(start, today())", NAMES).type == "date"
    assert Expression("if(pinned, '', title)", NAMES).type == "text"


def test_length_and_depth_are_bounded() -> None:
    assert computed("1+" * 1500 + "1").code == "long"
    assert computed("(" * 300 + "1" + ")" * 300).code == "deep"
    assert computed("1" + "+1" * 300).code == "deep"
    assert computed("not " * 200 + "true").code == "deep"
    assert computed("2^" * 200 + "1").code == "deep"
    assert computed("concat(" + ",".join(["title & title"] * 80) + ")") == "Checkout" * 160


def test_a_text_does_not_grow_without_bounds() -> None:
    around = Environment({"title": "x" * 15_000}.get, TODAY, lambda first, last: 0)
    assert Expression("title & title", NAMES).value(around).code == "big"
    assert Expression("concat(title, title)", NAMES).value(around).code == "big"


def test_fields_are_renamed_and_nothing_else() -> None:
    text = 'if([Old name] > 1, "Old name", old_name) & [Old]]name]'
    assert renamed(text, {"old name": "New ]"}) == 'if([New ]]] > 1, "Old name", old_name) & [Old]]name]'
    assert [word.text for word in references(text)] == ["Old name", "old_name", "Old]name"]
    assert renamed("[Effort] + date(1,2,3)", {"effort": "effort", "date": "x"}) == "effort + date(1,2,3)"
    assert bracketed("effort") == "effort"
    assert bracketed("and") == "[and]"


def test_every_function_and_fault_has_words() -> None:
    for type in ("number", "text", "date", "flag", "list", "any"):
        assert knows(f"formula-type.{type}")
    assert all(knows(f"formula-help.{name}") for name in FUNCTIONS)


# Whatever is typed


_WORDS = st.sampled_from(
    [
        *NAMES,
        "[Effort]",
        "[No such]",
        "and",
        "or",
        "not",
        "true",
        "1",
        "0",
        "2.5",
        "1e300",
        '"x"',
        "''",
        "2026-01-31",
        *"+-*/%^=<>&(),;[]\"'.#é",
        "<=",
        "<>",
        "(",
        ")",
        ",",
        *(f"{name}(" for name in FUNCTIONS),
    ]
)


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text_has_a_value_or_a_fault_in_words(text: str) -> None:
    expression = Expression(text, NAMES)
    value = expression.value(AROUND)
    if isinstance(value, Fault):
        assert 0 <= value.at <= value.at + value.length <= len(text)
        assert fault_words(value)
        assert not fault_words(value).startswith("formula.")
    else:
        _of_type(value, expression.type)


_numbers = st.floats(allow_nan=False, allow_infinity=False)
_operands = st.recursive(
    st.sampled_from(["effort", "none", "budget", "1", "0", "2.5", "-3", "1e200"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "^"]), inner).map(
            lambda parts: "({} {} {})".format(*parts)
        )
        | st.tuples(st.sampled_from(["min", "max", "sum", "avg", "coalesce"]), inner, inner).map(
            lambda parts: "{}({}, {})".format(*parts)
        )
        | st.tuples(st.sampled_from(["abs", "floor", "ceil", "round", "sqrt"]), inner).map(
            lambda parts: "{}({})".format(*parts)
        )
    ),
    max_leaves=12,
)


@given(_operands, _numbers | st.none(), _numbers | st.none())
def test_what_is_accepted_gives_its_kind_whatever_the_numbers(
    text: str, effort: float | None, budget: float | None
) -> None:
    expression = Expression(text, NAMES)
    assert expression.fault is None
    assert expression.type == "number"
    around = Environment({"effort": effort, "budget": budget, "none": None}.get, TODAY, lambda a, b: 0)
    value = expression.value(around)
    if isinstance(value, Fault):
        assert value.code in ("zero", "big", "root")
    else:
        _of_type(value, "number")


def _of_type(value: object, type: Type) -> None:
    kinds: dict[Type, Any] = {
        "number": float,
        "text": str,
        "date": date,
        "flag": bool,
        "list": tuple,
        "any": (),
    }
    assert value is None or isinstance(value, kinds[type]), (value, type)
