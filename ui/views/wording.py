"""What the terms of a filter say, in words, and which operators a field has; no Qt."""

from __future__ import annotations

from ...io.strings import field_title, knows, say
from ...model.field import NUMERIC, Field
from ...model.fields import WORDS, choices, has_choices
from ...model.plan import Plan
from ...model.rows.filter_names import ID, field_named
from ...model.rows.filter_terms import Term
from ...model.rows.filters import STATES, Reading, Trouble

ANYWHERE, STATE, UNDER = "", "is", "under"
"""What a condition can be about besides a field: any text, one of `STATES`, an item above."""
ORDER = ("=", "!=", "<", "<=", ">", ">=")
TIMES = (":", "<", "<=", ">", ">=")
_SOME_TIMES = (
    "today",
    "this-week",
    "this-month",
    "next-month",
    "this-quarter",
    "next-quarter",
    "this-year",
)
PRESENT = ("has", "no")
"""Operators that need no value."""


def operators_of(plan: Plan, name: str) -> tuple[str, ...]:
    """The operators for what a condition is about, the usual one first; `-` before one turns it round."""
    if name in (ANYWHERE, STATE, UNDER):
        return (":", "-:")
    field = field_named(plan, name)
    if field is None:
        return (":",)
    if field.kind == "date":
        return (*TIMES, *PRESENT)
    if field.kind in NUMERIC:
        return (*ORDER, *PRESENT)
    if field.kind == "flag":
        return ("=",)
    if is_listed(field):
        return ("=", "!=", *PRESENT)
    return (":", "-:", "=", *PRESENT)


def is_listed(field: Field) -> bool:
    """Whether its values are chosen from a list that is short enough to be shown."""
    return has_choices(field) and field.kind != "item"


def values_of(plan: Plan, name: str) -> list[tuple[str, str]]:
    """What the value of a condition can be, as it is written and as it is said; empty: anything."""
    if name == STATE:
        return [(state, say(f"filter.is.{state}")) for state in STATES]
    field = field_named(plan, name) if name else None
    if field is None:
        return []
    if field.kind == "flag":
        return [("yes", say("flag.yes")), ("no", say("flag.no"))]
    if field.kind == "date":
        return [(time, say(f"filter.time.{time}")) for time in _SOME_TIMES]
    if not is_listed(field):
        return []
    fixed, known = field.key in WORDS, choices(field, plan)
    found = [(value, say(title)) if fixed else (title, title) for value, title in known]
    me = [("me", say("filter.me"))] if field.kind == "person" else []
    return [*me, *((written, said) for written, said in found if written)]


def operator_words(name: str, operator: str, kind: str) -> str:
    """`is`, `is not`, `before`: after what a condition is about."""
    special = {ANYWHERE: "text", STATE: "state", UNDER: "under"}.get(name, kind)
    exact = f"filter.operator.{special}.{operator}"
    return say(exact if knows(exact) else f"filter.operator.{operator}")


def kind_of(plan: Plan, name: str) -> str:
    """The kind of words that the operators of a field have."""
    field = field_named(plan, name) if name not in (ANYWHERE, STATE, UNDER) else None
    if field is None:
        return ""
    return "date" if field.kind == "date" else "number" if field.kind in NUMERIC else "field"


def subject_title(plan: Plan, name: str) -> str:
    """What a condition is about: `Team`, `Any text`."""
    if name in (ANYWHERE, STATE, UNDER):
        return say(f"filter.subject.{name or 'anywhere'}")
    field = field_named(plan, name)
    return field_title(field) if field is not None else name


def split(term: Term) -> tuple[str, str, tuple[str, ...]]:
    """A term as the builder has it: what it is about, operator, values."""
    name = term.field.casefold()
    if name in PRESENT and len(term.values) == 1:
        return term.values[0].casefold(), name if not term.minus else _TURNED[name], ()
    operator = term.operator
    if term.minus:
        operator = {"!=": "=", "=": "!="}.get(operator, f"-{operator}")
    return name, operator, term.values


def joined(name: str, operator: str, values: tuple[str, ...]) -> Term:
    """The term of what was chosen in the builder."""
    if operator in PRESENT:
        return Term((name,), operator, ":")
    return Term(values, name, operator.lstrip("-"), operator.startswith("-"))


_TURNED = {"has": "no", "no": "has"}


def term_words(plan: Plan, term: Term) -> str:
    """`Team is Platform or Mobile`, `Effort > 5`, `no Owner`."""
    name, operator, values = split(term)
    said = dict(values_of(plan, name))
    by_case = {written.casefold(): words for written, words in said.items()}
    gone = say("filter.gone")
    texts = [gone if value.startswith(ID) else by_case.get(value.casefold(), value) for value in values]
    if name == ANYWHERE:
        texts = [f"“{text}”" for text in texts]
    listed = say("filter.or").join(texts) or "…"
    words = operator_words(name, operator, kind_of(plan, name))
    if operator in PRESENT:
        return say("filter.term.present", subject=subject_title(plan, name), operator=words)
    if name in (ANYWHERE, STATE):
        return say("filter.term.short", operator=words, values=listed)
    return say("filter.term", subject=subject_title(plan, name), operator=words, values=listed)


def trouble_words(trouble: Trouble) -> str:
    return say(trouble.code, **trouble.values)


def troubles_of(reading: Reading) -> str:
    """What of a filter can't be understood, in words."""
    return "\n".join(map(trouble_words, reading.troubles))
