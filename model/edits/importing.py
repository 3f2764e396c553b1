"""Taking the items of another plan into this one, under the names that are in use here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from ..computed_fields import names_of, shown_formula
from ..field import Field, own_key
from ..fields import FIELDS, fields_of
from ..outline import ranked
from ..plan import Plan
from ..records import (
    AnyRecord,
    Baseline,
    BaselineId,
    Comment,
    CommentId,
    CustomField,
    CustomValue,
    FieldId,
    Item,
    ItemId,
    Level,
    Link,
    LinkId,
    Person,
    Status,
    Team,
    derived_id,
)


def import_plan(plan: Plan, other: Plan) -> Plan:
    """Add all items of another plan, with their links, below those that are there.

    Levels, statuses, teams, people and own fields are found by their names, or made. A key stays if it is
    free; so does an id. The plan keeps its title and its calendar.
    """
    return _Import(plan, other).result()


class Taken(NamedTuple):
    """A plan with another one taken in."""

    plan: Plan
    part: Plan
    """The other one as it was taken: the same things under the ids that they have here. It stands on the
    calendars of the plan and under its title, for its own were not taken. Keys and names in it are still its
    own: by them a newer version of it is understood."""
    ids: dict[str, str]
    """For each id of the other plan the one here."""


def take_in(plan: Plan, other: Plan) -> Taken:
    """`import_plan`, and what became of the other plan."""
    taking = _Import(plan, other)
    return Taken(taking.result(), taking.part(), taking.ids)


class _Import:
    """The steps, and what each record of the other plan became."""

    def __init__(self, plan: Plan, other: Plan) -> None:
        self._plan, self._other = plan, other
        self._made: list[AnyRecord] = []
        self.ids: dict[str, Any] = {}
        """For each id of the other plan the one here; None for what is not taken along."""
        self._options: dict[FieldId, dict[str, str]] = {}
        """For own fields that were here before: each option's id there and here."""
        self._ranks: dict[ItemId, float] = {}
        """By ids of the other plan."""

    def result(self) -> Plan:
        other = self._other
        used = {item.level for item in other.items.values()} | {item.status for item in other.items.values()}
        self._find_or_make(self._plan.levels, (one for one in ranked(other.levels) if one.id in used))
        self._find_or_make(self._plan.statuses, (one for one in ranked(other.statuses) if one.id in used))
        self._find_or_make(self._plan.teams, ranked(other.teams))
        self._find_or_make(self._plan.people, other.people.values())
        for field in ranked(other.fields):
            self._take_field(field)
        plan = self._plan.put(*self._made, *self._formulas())
        return plan.put(*self._items(), *self._links(), *self._comments(), *self._baselines())

    def part(self) -> Plan:
        """What was taken, once it was."""
        other = self._other
        named: list[Any] = [*other.levels.values(), *other.statuses.values()]
        named += [*other.teams.values(), *other.people.values()]
        known = [self._led(replace(one, id=self.ids[one.id])) for one in named if one.id in self.ids]
        items = [self._item(item, item.key, self._ranks[id]) for id, item in other.items.items()]
        links, baselines = self._links(), self._baselines()
        frame = Plan().put(self._plan.info, *self._plan.calendars.values())
        return frame.put(*known, *self._fields(), *items, *links, *baselines)

    # Names

    def _find_or_make(self, here: Mapping[Any, Any], there: Iterable[Any]) -> None:
        """The record of the same id or name, else a new one at the end."""
        known = {_name(one): one.id for one in here.values()} | {
            one.email.casefold(): one.id for one in here.values() if isinstance(one, Person) and one.email
        }
        rank = max((getattr(one, "rank", 0.0) for one in here.values()), default=-1.0)
        for one in there:
            email = one.email.casefold() if isinstance(one, Person) else ""
            found = one.id if one.id in here else known.get(_name(one)) or known.get(email)
            if found is None:
                rank += 1
                found = known[_name(one)] = self._free_id(one.id, here)
                self._made.append(self._fresh(one, found, rank))
            self.ids[one.id] = found

    def _fresh(self, one: Any, id: str, rank: float) -> AnyRecord:
        return self._led(replace(one, id=id) if isinstance(one, Person) else replace(one, id=id, rank=rank))

    def _led(self, one: AnyRecord) -> AnyRecord:
        """Leading to what is here, too."""
        if isinstance(one, Person):
            return replace(one, team=self.ids.get(one.team) if one.team else None)
        return replace(one, calendar=None) if isinstance(one, Team) else one

    def _free_id(self, id: str, here: Mapping[Any, Any]) -> str:
        number = 1
        free = id
        while free in here:
            free, number = derived_id(id, str(number)), number + 1
        return free

    # Own fields

    def _take_field(self, field: CustomField) -> None:
        for known in self._plan.fields.values():
            if (known.title.casefold(), known.kind) == (field.title.casefold(), field.kind):
                self.ids[field.id] = known.id
                self._share_options(known, field)
                return
        id = FieldId(self._free_id(field.id, self._plan.fields))
        rank = max((one.rank for one in self._records()), default=-1.0) + 1
        self.ids[field.id] = id
        self._made.append(replace(field, id=id, title=self._free_title(field.title), rank=rank))

    def _records(self) -> list[CustomField]:
        return [*self._plan.fields.values(), *(one for one in self._made if isinstance(one, CustomField))]

    def _share_options(self, known: CustomField, field: CustomField) -> None:
        titles = {option.title.casefold(): option.id for option in known.options}
        fresh = [option for option in field.options if option.title.casefold() not in titles]
        if fresh:
            self._made.append(replace(known, options=(*known.options, *fresh)))
        self._options[field.id] = {
            option.id: titles.get(option.title.casefold(), option.id) for option in field.options
        }

    def _fields(self) -> list[CustomField]:
        """The own fields of the other plan, with the ids that they and their options have here."""
        fields = []
        for id, field in self._other.fields.items():
            known = self._options.get(id, {})
            options = tuple(replace(one, id=known.get(one.id, one.id)) for one in field.options)
            fields.append(replace(field, id=self.ids[id], options=options))
        return fields

    def _free_title(self, title: str) -> str:
        taken = {one.title.casefold() for one in self._records()} | set(FIELDS)
        free, number = title, 2
        while free.casefold() in taken:
            free, number = f"{title} {number}", number + 1
        return free

    def _formulas(self) -> list[CustomField]:
        """The new formulas, with the fields that they name as these are known here."""
        names = names_of(fields_of(self._other).values(), self._key)
        made = [one for one in self._made if isinstance(one, CustomField) and one.kind == "formula"]
        return [replace(one, formula=shown_formula(one.formula, names)) for one in made]

    def _key(self, field: Field) -> str:
        return own_key(self.ids[field.own.id]) if field.own is not None else field.key

    # Items

    def _items(self) -> list[AnyRecord]:
        plan, info = self._plan, self._plan.info
        for id in self._other.items:
            self.ids[id] = ItemId(self._free_id(id, plan.items))
        taken = set(plan.keys)
        given = {item.key for item in self._other.items.values()}
        last = max((item.rank for item in plan.items.values() if item.parent is None), default=-1.0)
        items: list[Item] = []
        for id in self._other.outline.order:
            item, key, number = self._other.items[id], self._other.items[id].key, info.next_number
            if key in taken:
                while (key := f"{info.prefix}-{number}") in taken or key in given:
                    number += 1
                info = replace(info, next_number=number + 1)
            taken.add(key)
            rank = item.rank if item.parent is not None else (last := last + 1)
            self._ranks[id] = rank
            items.append(self._item(item, key, rank))
        return [self._numbered(info, taken), *items]

    def _numbered(self, info: Any, taken: set[str]) -> AnyRecord:
        """The properties with a number for the next key that lies beyond all that are in use."""
        prefix = f"{info.prefix}-"
        numbers = (key.removeprefix(prefix) for key in taken if key.startswith(prefix))
        used = [int(number) for number in numbers if number.isdecimal() and len(number) < 10]
        record: AnyRecord = replace(info, next_number=max([info.next_number - 1, *used]) + 1)
        return record

    def _item(self, item: Item, key: str, rank: float) -> Item:
        ids = self.ids
        return replace(
            item,
            id=ids[item.id],
            key=key,
            rank=rank,
            parent=ids[item.parent] if item.parent is not None else None,
            below=None,
            level=ids.get(item.level) if item.level else None,
            status=ids.get(item.status) if item.status else None,
            team=ids.get(item.team) if item.team else None,
            owner=ids.get(item.owner) if item.owner else None,
            custom=dict(sorted((ids[id], self._value(id, value)) for id, value in item.custom.items())),
        )

    def _value(self, id: FieldId, value: CustomValue) -> CustomValue:
        field = self._other.fields[id]
        if field.kind == "person":
            return str(self.ids.get(str(value), value))
        options = self._options.get(id)
        if options is None or field.kind not in ("choice", "choices"):
            return value
        if isinstance(value, tuple):
            return tuple(options.get(one, one) for one in value)
        return options.get(str(value), str(value))

    def _links(self) -> list[Link]:
        links = []
        for link in self._other.links.values():
            source, target = self.ids[link.source], self.ids[link.target]
            id = LinkId(derived_id(source, target, link.type))
            links.append(replace(link, id=id, source=source, target=target))
        return links

    def _comments(self) -> list[Comment]:
        here, items = self._plan.comments, self._other.items
        return [
            replace(one, id=CommentId(self._free_id(one.id, here)), item=self.ids[one.item])
            for one in self._other.comments.values()
            if one.item in items
        ]

    def _baselines(self) -> list[Baseline]:
        here = self._plan.baselines
        return [
            replace(
                one,
                id=BaselineId(self._free_id(one.id, here)),
                spans={self.ids[id]: span for id, span in one.spans.items() if id in self.ids},
            )
            for one in self._other.baselines.values()
        ]


def _name(one: Level | Status | Team | Person) -> str:
    return " ".join((one.name if isinstance(one, Person) else one.title).split()).casefold()
