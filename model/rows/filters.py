"""The filter language: which items a view or a search wants.

A filter is a row of terms, all of which must hold:

    billing                     the word is in the key, title, tags, owner, team, status or notes
    "tax engine"                the words, together and in this order
    -billing                    not that
    owner:kim                   the field has the word in it; `owner:me` is whoever looks
    team="Data & AI",Mobile     the field is one of these
    status!=done                the field is none of these
    effort>5  finish<2026-06-01  more or less; also <= and >=, and from..to: effort:5..10
    start:2026-q3               in that year, half, quarter, month or week; also this-quarter, today
    is:critical                 one of the words of `STATES`
    has:deadline  no:owner      the field has a value, or none
    under:RW-3                  somewhere below the item of that key or title

A term that can't be understood is left out, and `Reading.troubles` says why: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

import msgspec

from ..attention import attention_for
from ..field import NUMERIC
from ..fields import WORDS, Field, choices, fields_of, has_choices, text_of
from ..plan import Plan
from ..records import Item, ItemId, PersonId
from ..schedule import Schedule
from .filter_names import ID, PRESENCE, field_named, is_gone
from .filter_terms import Term, terms_of, written
from .lanes import grouping
from .periods import period

Test: TypeAlias = Callable[[Item], bool]


class Trouble(msgspec.Struct, frozen=True):
    """What can't be understood: the code and values of the words for it, and its place in the text."""

    code: str
    values: dict[str, Any]
    first: int
    end: int


class Asker(msgspec.Struct, frozen=True):
    """Who looks, and when."""

    me: str = ""
    """Name or address; empty: unknown."""
    today: date | None = None
    """None: the computer's day."""

    @property
    def day(self) -> date:
        return self.today or date.today()

    def person(self, plan: Plan) -> PersonId | None:
        """The person of the plan who looks."""
        me = self.me.strip().casefold()
        if not me:
            return None
        found = (one.id for one in plan.people.values() if me in (one.name.casefold(), one.email.casefold()))
        return next(found, None)


# Understanding it


class Reading:
    """A filter understood for a plan: `test` says of an item whether it is wanted."""

    def __init__(self, text: str, plan: Plan, times: Schedule, asker: Asker = Asker()) -> None:  # noqa: B008
        self.plan, self.times, self.asker = plan, times, asker
        self.terms = terms_of(text)
        self.troubles: list[Trouble] = []
        tests = [_turned(self._test(term), term.minus) for term in self.terms]
        self._tests: list[Test] = [test for test in tests if test is not None]

    @property
    def empty(self) -> bool:
        """Whether every item is wanted."""
        return not self._tests

    def test(self, item: Item) -> bool:
        return all(test(item) for test in self._tests)

    def _test(self, term: Term) -> Test | None:
        """The test of a term, None where it is left out."""
        if not term.field:
            return self._anywhere(term.values[0])
        name = term.field.casefold()
        if name == "is":
            return self._any([self._state(value, term) for value in term.values], term)
        if name in PRESENCE:
            return self._any([self._filled(value, term, name == "has") for value in term.values], term)
        if name == "under":
            return self._any([self._below(value.casefold(), term) for value in term.values], term)
        field = field_named(self.plan, name)
        if field is None and is_gone(self.plan, name):
            self._trouble(term, "filter.gone_field")
            return None
        if field is None:
            self._trouble(term, "filter.unknown_field", name=term.field)
            return self._anywhere(f"{term.field}{term.operator}{','.join(term.values)}")
        if not term.values:
            self._trouble(term, "filter.unfinished", name=field.title or term.field)
            return None
        test = self._any([self._compared(field, term, value) for value in term.values], term)
        return _turned(test, term.operator == "!=")

    def _trouble(self, term: Term, code: str, **values: Any) -> None:
        self.troubles.append(Trouble(code, values, term.first, term.end))

    def _any(self, tests: Sequence[Test | None], term: Term) -> Test | None:
        known = [test for test in tests if test is not None]
        if not tests:
            self._trouble(term, "filter.unfinished", name=term.field)
        if len(known) < 2:
            return known[0] if known else None
        return lambda item: any(test(item) for test in known)

    # Words anywhere

    def _anywhere(self, text: str) -> Test:
        plan, folded = self.plan, text.casefold()
        teams = {team.id for team in plan.teams.values() if folded in team.title.casefold()}
        people = {person.id for person in plan.people.values() if folded in person.name.casefold()}
        statuses = {status.id for status in plan.statuses.values() if folded in status.title.casefold()}
        own = [field for field in fields_of(plan).values() if field.own is not None]
        entered = {field.own.id: field for field in own if field.own is not None and field.formula is None}
        computed = [field for field in own if field.formula is not None]

        def test(item: Item) -> bool:
            return (
                folded in item.title.casefold()
                or item.team in teams
                or item.owner in people
                or item.status in statuses
                or folded in item.key.casefold()
                or (bool(item.notes) and folded in item.notes.casefold())
                or any(folded in tag.casefold() for tag in item.tags)
                or any(folded in self._text(entered[id], item) for id in item.custom if id in entered)
                or any(folded in self._text(field, item) for field in computed)
            )

        return test

    def _text(self, field: Field, item: Item) -> str:
        return text_of(field, self.plan, field.read(self.plan, self.times, item)).casefold()

    # is:, has:, no:

    def _state(self, word: str, term: Term) -> Test | None:
        state = STATES.get(word.casefold())
        if state is None:
            self._trouble(term, "filter.unknown_state", word=word, known=list(STATES))
            return None
        if word.casefold() == "mine":
            return self._mine(term)
        return lambda item: state(self, item)

    def _mine(self, term: Term) -> Test:
        me = self.asker.person(self.plan)
        if me is None:
            self._trouble(term, "filter.who_am_i" if not self.asker.me else "filter.not_me", me=self.asker.me)
        return lambda item: me is not None and item.owner == me

    def _filled(self, name: str, term: Term, wanted: bool) -> Test | None:
        field = field_named(self.plan, name.casefold())
        by = grouping(self.plan, field.key) if field is not None else None
        if by is None:
            gone = is_gone(self.plan, name.casefold())
            self._trouble(term, "filter.gone_field" if gone else "filter.unknown_field", name=name)
            return None
        if field is not None and field.kind == "flag":
            return lambda item: bool(by.read(self.plan, self.times, item)) is wanted
        return lambda item: (by.read(self.plan, self.times, item) is not None) is wanted

    def _below(self, wanted: str, term: Term) -> Test:
        plan = self.plan
        below: set[ItemId] = set()
        for id in plan.outline.children:
            if wanted == plan.items[id].key.casefold() or wanted in plan.items[id].title.casefold():
                below.update(plan.outline.descendants(id))
        if not below:
            self._trouble(term, "filter.nothing_under", text=wanted)
        return lambda item: item.id in below

    # field:, field=, field<

    def _compared(self, field: Field, term: Term, value: str) -> Test | None:
        if field.kind == "date":
            return self._dated(field, term, value)
        if field.kind in NUMERIC:
            return self._counted(field, term, value)
        if term.operator not in (":", "=", "!="):
            self._trouble(term, "filter.no_order", name=field.title or term.field)
            return None
        if field.kind == "flag":
            return self._flagged(field, term, value)
        if field.kind == "person" and value.casefold() == "me":
            return self._mine_in(field, term)
        return self._worded(field, term, value.casefold())

    def _mine_in(self, field: Field, term: Term) -> Test:
        self._mine(term)
        me, read = self.asker.person(self.plan), field.read
        return lambda item: me is not None and read(self.plan, self.times, item) == me

    def _dated(self, field: Field, term: Term, value: str) -> Test | None:
        spans = [period(part, self.asker.day, self.plan.info.fiscal_start) for part in value.split("..", 1)]
        if any(span is None for span in spans):
            self._trouble(term, "filter.no_date", text=value)
            return None
        first, last = spans[0][0], spans[-1][1]  # type: ignore[index]
        return self._between(field, term.operator, first, last)

    def _counted(self, field: Field, term: Term, value: str) -> Test | None:
        try:
            ends = [float(part.strip().rstrip("%dh").replace(",", ".")) for part in value.split("..", 1)]
        except ValueError:
            self._trouble(term, "filter.no_number", text=value)
            return None
        return self._between(field, term.operator, ends[0], ends[-1])

    def _between(self, field: Field, operator: str, low: Any, high: Any) -> Test:
        plan, times, read = self.plan, self.times, field.read
        holds: Callable[[Any], bool] = {
            "<": lambda value: value < low,
            "<=": lambda value: value <= high,
            ">": lambda value: value > high,
            ">=": lambda value: value >= low,
        }.get(operator, lambda value: low <= value <= high)

        def test(item: Item) -> bool:
            value = read(plan, times, item)
            return value is not None and value != "" and holds(value)

        return test

    def _flagged(self, field: Field, term: Term, value: str) -> Test | None:
        folded = value.casefold()
        if folded not in ("yes", "y", "true", "1", "no", "n", "false", "0"):
            self._trouble(term, "filter.no_flag", text=value)
            return None
        wanted = folded in ("yes", "y", "true", "1")
        return lambda item: bool(field.read(self.plan, self.times, item)) is wanted

    def _worded(self, field: Field, term: Term, wanted: str) -> Test:
        """Text that has the words in it, or is them; values that are chosen are looked up beforehand."""
        plan, times, read = self.plan, self.times, field.read
        exact = term.operator != ":"
        fits = wanted.__eq__ if exact else lambda text: wanted in text
        if has_choices(field) and field.kind != "item":
            known = choices(field, plan)
            words = field.key in WORDS
            values = {value for value, title in known if fits((value if words else title).casefold())}
            values |= {value for value, _ in known if exact and wanted == f"{ID}{value}".casefold()}
            if not values:
                code = "filter.gone_value" if wanted.startswith(ID) else "filter.no_value"
                self._trouble(term, code, name=field.title or term.field, text=wanted)
            if field.kind == "choices":
                return lambda item: not values.isdisjoint(read(plan, times, item) or ())
            return lambda item: read(plan, times, item) in values
        if field.kind == "item":
            found = {
                id for id, one in plan.items.items() if fits(one.key.casefold()) or fits(one.title.casefold())
            }
            return lambda item: read(plan, times, item) in found

        def test(item: Item) -> bool:
            value = read(plan, times, item)
            if field.kind == "tags":
                return any(fits(tag.casefold()) for tag in value)
            return bool(fits(text_of(field, plan, value).casefold()))

        return test


def _turned(test: Test | None, turn: bool) -> Test | None:
    if test is None or not turn:
        return test
    return lambda item: not test(item)


# States


def _overdue(reading: Reading, item: Item) -> bool:
    finish = reading.times.finish.get(item.id)
    over = finish is not None and finish <= reading.asker.day.toordinal()
    return over and reading.plan.category_of(item) != "done"


def _late(reading: Reading, item: Item) -> bool:
    finish = reading.times.finish.get(item.id)
    return item.deadline is not None and finish is not None and finish > item.deadline.toordinal() + 1


STATES: dict[str, Callable[[Reading, Item], bool]] = {
    "critical": lambda reading, item: reading.times.critical(item.id),
    "overdue": _overdue,
    "late": _late,
    "conflict": lambda reading, item: bool(reading.times.conflicts(item.id)),
    "blocked": lambda reading, item: attention_for(reading.plan, item) == "blocked",
    "at-risk": lambda reading, item: attention_for(reading.plan, item) == "risk",
    "todo": lambda reading, item: reading.plan.category_of(item) == "todo",
    "doing": lambda reading, item: reading.plan.category_of(item) == "doing",
    "done": lambda reading, item: reading.plan.category_of(item) == "done",
    "mine": lambda reading, item: False,
    "milestone": lambda reading, item: item.kind == "milestone",
    "parent": lambda reading, item: reading.plan.outline.is_parent(item.id),
    "pinned": lambda reading, item: item.pinned,
    "scheduled": lambda reading, item: item.id in reading.times,
    "backlog": lambda reading, item: item.id not in reading.times,
    "linked": lambda reading, item: bool(
        reading.plan.incoming.get(item.id) or reading.plan.outgoing.get(item.id)
    ),
}
"""What an item can be, by its word after `is:`."""


def asks_for_me(text: str) -> bool:
    """Whether a filter depends on who looks."""
    return any(
        value.casefold() == ("mine" if term.field.casefold() == "is" else "me") and term.field
        for term in terms_of(text)
        for value in term.values
    )


def named(text: str, asker: Asker, plan: Plan) -> str:
    """The filter with the name of whoever looks in the place of `me`: others can read it, too."""
    person = asker.person(plan)
    if person is None or not asks_for_me(text):
        return text
    name = plan.people[person].name
    terms = []
    for term in terms_of(text):
        if term.field.casefold() == "is" and [value.casefold() for value in term.values] == ["mine"]:
            terms.append(msgspec.structs.replace(term, field="owner", operator="=", values=(name,)))
        elif term.field and any(value.casefold() == "me" for value in term.values):
            values = tuple(name if value.casefold() == "me" else value for value in term.values)
            terms.append(msgspec.structs.replace(term, values=values))
        else:
            terms.append(term)
    return written(terms)
