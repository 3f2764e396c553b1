"""What a column is filtered by, as choices of a person and as terms of the filter language; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ...model.field import NUMERIC
from ...model.fields import WORDS, Field, choices, text_of
from ...model.plan import Plan
from ...model.rows.filter_names import is_about, terms_without
from ...model.rows.filter_terms import Term, terms_of, written
from ...model.rows.filters import Asker, Reading
from ...model.rows.order import natural
from ...model.schedule import Schedule

RANGED = ("date", *NUMERIC)


class Choice(msgspec.Struct, frozen=True):
    """A value that cells of a column have, how many do, and whether the filter lets it through."""

    text: str
    """As the filter writes it; empty: no value."""
    count: int
    ticked: bool


class Range(msgspec.Struct, frozen=True):
    """From and to, both included, as they are typed; empty: no end."""

    low: str = ""
    high: str = ""


def cleared(plan: Plan, text: str, field: Field) -> str:
    """The filter without a word about the field."""
    return written(terms_without(plan, text, field))


def values_of(plan: Plan, times: Schedule, text: str, field: Field, asker: Asker) -> list[Choice]:
    """The values that the column has, in order, among the items that the other terms want."""
    reading = Reading(written(terms_without(plan, text, field)), plan, times, asker)
    counts: dict[str, int] = {}
    for item in map(plan.items.__getitem__, plan.outline.order):
        if reading.test(item):
            for one in _texts(field, plan, field.read(plan, times, item)):
                counts[one] = counts.get(one, 0) + 1
    terms = [term for term in terms_of(text) if is_about(plan, term, field)]
    return [Choice(one, counts[one], _lets_through(terms, one)) for one in _in_order(field, plan, counts)]


def with_values(plan: Plan, text: str, field: Field, values: Sequence[Choice]) -> str:
    """The filter that lets through the ticked values and no others of the column."""
    terms, name = terms_without(plan, text, field), field.key
    wanted = [one.text for one in values if one.ticked]
    other = [one.text for one in values if not one.ticked]
    if not other:
        return written(terms)
    if field.kind == "flag":
        term = Term(("yes" if "yes" in wanted else "no",), name)
        return written([*terms, term] if wanted else [*terms, Term((name,), "has"), Term((name,), "no")])
    if not wanted:
        return written([*terms, Term((name,), "has"), Term((name,), "no")])
    if "" in wanted:
        term = Term((name,), "no") if len(wanted) == 1 else Term(tuple(other), name, "!=")
    else:
        term = Term((name,), "has") if other == [""] else Term(tuple(wanted), name, "=")
    return written([*terms, term])


def range_of(plan: Plan, text: str, field: Field) -> Range:
    """From and to of the column."""
    low = high = ""
    for term in terms_of(text):
        if not is_about(plan, term, field) or not term.values or term.field.casefold() in ("has", "no"):
            continue
        first, dots, last = term.values[0].partition("..")
        if term.operator in (":", "="):
            low, high = first, last if dots else first
        elif term.operator in (">", ">="):
            low = first
        elif term.operator in ("<", "<="):
            high = first
    return Range(low, high)


def with_range(plan: Plan, text: str, field: Field, ends: Range) -> str:
    """The filter that lets through what lies between."""
    terms, name = terms_without(plan, text, field), field.key
    if ends.low and ends.high:
        terms.append(Term((f"{ends.low}..{ends.high}",), name))
    elif ends.low:
        terms.append(Term((ends.low,), name, ">="))
    elif ends.high:
        terms.append(Term((ends.high,), name, "<="))
    return written(terms)


def words_of(plan: Plan, text: str, field: Field) -> str:
    """The words that a text has to have in it."""
    found = [term for term in terms_of(text) if is_about(plan, term, field)]
    return next(
        (term.values[0] for term in found if term.operator == ":" and term.values and not term.minus), ""
    )


def with_words(plan: Plan, text: str, field: Field, words: str) -> str:
    """The filter that lets through what has those words in it."""
    terms = terms_without(plan, text, field)
    return written([*terms, Term((words.strip(),), field.key)] if words.strip() else terms)


def _texts(field: Field, plan: Plan, value: Any) -> Iterable[str]:
    """The values of a cell as the filter writes them."""
    if field.kind == "flag":
        return ("yes" if value else "no",)
    if isinstance(value, tuple) and field.kind != "links":
        return [text_of(field, plan, (one,)) for one in value] or ("",)
    return (str(value or "") if field.key in WORDS else text_of(field, plan, value),)


def _in_order(field: Field, plan: Plan, counts: Iterable[str]) -> list[str]:
    """As they are ordered where they are chosen, else as words; no value comes last."""
    known = {}
    if field.kind in ("choice", "choices", "person"):
        known = {
            (str(value) if field.key in WORDS else title): place
            for place, (value, title) in enumerate(choices(field, plan))
        }
    return sorted(counts, key=lambda text: (not text, known.get(text, len(known)), natural(text)))


def _lets_through(terms: Iterable[Term], text: str) -> bool:
    for term in terms:
        name, values = term.field.casefold(), {value.casefold() for value in term.values}
        if name in ("has", "no"):
            fits = bool(text) is (name == "has")
        elif term.operator == "=":
            fits = text.casefold() in values
        elif term.operator == "!=":
            fits = text.casefold() not in values
        else:
            fits = any(value in text.casefold() for value in values)
        if fits is term.minus:
            return False
    return True
