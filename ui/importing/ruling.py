"""The rules of an import as questions with answers to choose from: only those that this table raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from ...io.how import How
from ...io.strings import count, say
from ...io.tables.dates import DateReader, Order, OutOfRange
from ...io.tables.mapping import Mapping, Rules
from ...io.tables.words import fold
from ...model.plan import Plan
from ...model.records import DEFAULT_DURATION, Category
from .. import dates
from .reading import Trial

CATEGORIES: tuple[Category, ...] = ("todo", "doing", "done")
UNITS = ("h", "d", "w", "mo")
MOST_STATUSES = 40


class Question(msgspec.Struct, frozen=True):
    """One thing that can be read in several ways."""

    id: tuple[str, str]
    """What it is about: order, hierarchy, references, lone, unit or status, and which of several."""
    words: str
    answers: tuple[tuple[Any, str], ...]
    """What can be chosen, and its words."""
    chosen: Any
    asks: bool = False
    """Whether nothing in the table settles it."""


def questions(trial: Trial, statuses: Iterable[str]) -> list[Question]:
    """What can be chosen; `statuses` are the titles of those that the plan has before."""
    if trial.imported is None:
        return []
    how, rules = trial.imported.how, trial.mapping.rules
    found = [
        _order(how, rules, bool(trial.mapping.of("start", "finish", "deadline"))),
        _hierarchy(how, rules),
        _references(how, rules),
        *_units(how, rules, trial.mapping),
        _lone(how, rules),
        *_statuses(trial.imported.plan, how, rules, list(statuses)),
    ]
    return [question for question in found if question is not None]


def answered(rules: Rules, id: tuple[str, str], answer: Any) -> Rules:
    """The rules with another answer to a question."""
    about, which = id
    if about == "unit":
        units = {field: unit for field, unit in rules.units.items() if field != which}
        return replace(rules, units={**units, which: answer} if answer else units)
    if about == "status":
        word = fold(which)
        titles = {known: title for known, title in rules.statuses.items() if known != word}
        categories = {known: category for known, category in rules.categories.items() if known != word}
        kind, value = answer
        if kind == "title":
            titles[word] = value
        else:
            categories[word] = value
            titles[word] = which  # a new one, even where our list has another spelling of it
        return replace(rules, statuses=titles, categories=categories)
    return replace(rules, **{about: answer})


def _order(how: How, rules: Rules, dated: bool) -> Question | None:
    if not dated or how.example is None:
        return None
    text, day = how.example
    readings = {order: _read(text, order) for order in ("day", "month")}
    words = say("importing.dates.reads", text=text, day=dates.day(day))
    if readings["day"] == readings["month"]:
        sure = (None, say("importing.dates.sure", reads=words))
        return Question(("order", ""), say("importing.dates"), (sure,), None)
    ways = [
        (order, say(f"importing.dates.{order}", reads=_reads(text, reading)))
        for order, reading in readings.items()
        if reading is not None
    ]
    found = say("importing.dates.shown" if how.order else "importing.dates.guess", reads=words)
    return Question(("order", ""), say("importing.dates"), ((None, found), *ways), rules.order, not how.order)


def _read(text: str, order: str) -> date | None:
    chosen: Order = "day" if order == "day" else "month"
    try:
        day = DateReader(order=chosen).read(text)
    except OutOfRange:
        return None
    return day.first if day is not None else None


def _reads(text: str, day: date) -> str:
    return say("importing.dates.reads", text=text, day=dates.day(day))


def _hierarchy(how: How, rules: Rules) -> Question | None:
    if not how.hierarchies:
        return None
    found = say("importing.found", what=say(f"importing.hierarchy.{how.hierarchy or 'none'}"))
    ways = [(rule, say(f"importing.hierarchy.{rule}")) for rule in (*how.hierarchies, "none")]
    return Question(
        ("hierarchy", ""), say("importing.hierarchy"), (("", found), *ways), _offered(rules.hierarchy, ways)
    )


def _references(how: How, rules: Rules) -> Question | None:
    if not how.references and not rules.references:
        return None
    found = say("importing.found", what=say(f"importing.references.{how.references or 'key'}"))
    ways = [(rule, say(f"importing.references.{rule}")) for rule in ("key", "row", "title")]
    return Question(("references", ""), say("importing.references"), (("", found), *ways), rules.references)


def _offered(chosen: str, ways: list[tuple[Any, str]]) -> str:
    """A rule that is remembered may be none that this table offers."""
    return chosen if any(chosen == value for value, _ in ways) else ""


def _units(how: How, rules: Rules, mapping: Mapping) -> Iterator[Question]:
    for field in ("duration", "effort"):
        columns = mapping.of(field)
        if not columns or (field not in how.units and field not in rules.units):
            continue
        units = (*UNITS, "points") if field == "effort" else UNITS
        found = say("importing.found", what=say(f"importing.unit.{how.units.get(field, 'd')}"))
        yield Question(
            ("unit", field),
            say("importing.unit", heading=mapping.headers[columns[0]]),
            (("", found), *((unit, say(f"importing.unit.{unit}")) for unit in units)),
            rules.units.get(field, ""),
        )


def _lone(how: How, rules: Rules) -> Question | None:
    if not how.lone:
        return None
    ways = (
        ("bar", say("importing.lone.bar", days=DEFAULT_DURATION)),
        ("milestone", say("importing.lone.milestone")),
    )
    return Question(("lone", ""), count("importing.lone", how.lone), ways, rules.lone)


def _statuses(plan: Plan, how: How, rules: Rules, known: list[str]) -> Iterator[Question]:
    folded = {fold(title): title for title in known}
    for word, id in list(how.statuses.items())[:MOST_STATUSES]:
        status = plan.statuses[id]
        there = folded.get(fold(status.title))
        chosen = ("title", there) if there is not None else ("new", status.category)
        fresh = () if fold(word) in folded else CATEGORIES
        yield Question(
            ("status", word),
            word,
            (
                *((("title", title), title) for title in known),
                *((("new", category), _new_status(word, category)) for category in fresh),
            ),
            chosen,
        )


def _new_status(word: str, category: Category) -> str:
    return say("importing.status.new", word=word, category=say(f"import.category.{category}"))
