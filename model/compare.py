"""What changed between two plans, as a stakeholder would tell it: items, their fields, their dates, links.

Records of the two are the same where their ids are; where they are not (one of the plans came from a
spreadsheet), items are matched by key and everything else by name. Values are compared as what they mean: a
team that was given another name is one change of the team, not one of each of its items. The words are made
in io/difference.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any, Literal

import msgspec

from .fields import FIELDS, Field, fields_of, text_of
from .plan import Plan
from .records import TABLES, AnyRecord, CustomField, FieldId, Item, ItemId, Link
from .schedule import Schedule

How = Literal["added", "removed", "changed"]
NOT_BEFORE = "not_before"
"""The start that was entered, where it is not the day on which the item starts."""
PLACE = "place"
"""The item's place among the others, by hand."""
_LINKS_APART = {"depends"}
_ENTERED = {"start": ("start", "pinned"), "finish": ("start", "duration", "pinned")}
"""What a person enters to change a date."""
_FOLLOWING = tuple(FIELDS[key] for key in ("start", "finish", "duration", "progress"))
"""The fields that may be others though nobody has touched the item."""
_UNSAID = {"id", "next_number", "baseline"}
"""Attributes of records other than items in which nobody sees a difference."""


class FieldChange(msgspec.Struct, frozen=True):
    """One field of an item, before and after: plain values or texts, None for empty."""

    field: str
    """Its key, or the title of a field of the plan's own."""
    before: str | float | bool | None
    after: str | float | bool | None
    entered: bool
    """Whether a person changed it; else it follows from other changes."""


class ItemEntry(msgspec.Struct, frozen=True):
    """An item that was added, removed or changed; dates as they are (of a removed one: were)."""

    id: ItemId
    key: str
    title: str
    start: str | None
    finish: str | None
    fields: tuple[FieldChange, ...] = ()


class LinkEntry(msgspec.Struct, frozen=True):
    """A link by the keys of its ends; `before` is how it was where it was changed."""

    source: str
    target: str
    type: str
    lag: int
    before: LinkEntry | None = None


class OtherEntry(msgspec.Struct, frozen=True):
    """A team, person, calendar, view, ... or the plan's own properties."""

    table: str
    name: str
    change: How


class Comparison(msgspec.Struct, frozen=True):
    """Everything in which two plans differ, in the order of the newer plan."""

    added: tuple[ItemEntry, ...] = ()
    removed: tuple[ItemEntry, ...] = ()
    changed: tuple[ItemEntry, ...] = ()
    links_added: tuple[LinkEntry, ...] = ()
    links_removed: tuple[LinkEntry, ...] = ()
    links_changed: tuple[LinkEntry, ...] = ()
    others: tuple[OtherEntry, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as `roadwright diff --json` prints them."""
        items = {
            how: [_item_json(entry) for entry in getattr(self, how)]
            for how in ("added", "removed", "changed")
        }
        links = {
            how: [_link_json(entry) for entry in getattr(self, f"links_{how}")]
            for how in ("added", "removed", "changed")
        }
        others = [msgspec.to_builtins(entry) for entry in self.others]
        return {"equal": not self, "items": items, "links": links, "others": others}


def compare(old: Plan, old_times: Schedule, new: Plan, new_times: Schedule) -> Comparison:
    """What has changed from `old` to `new`, each with its schedule."""
    return Comparing(old, old_times, new, new_times).result()


class Comparing:
    """Two plans beside each other: which records of them are the same, and in what those differ.

    `twins` has, by table, the id in the new plan of each record of the old one that is there still.
    """

    def __init__(self, old: Plan, old_times: Schedule, new: Plan, new_times: Schedule) -> None:
        self.old, self.old_times, self.new, self.new_times = old, old_times, new, new_times
        self.twins: dict[str, dict[str, str]] = {
            name: _twins(old.table(name), new.table(name)) for name in TABLES if name != "links"
        }
        self.twins["properties"] = {old.info.id: new.info.id}

    def result(self) -> Comparison:
        twins = self.twins["items"]
        kept = set(twins.values())
        old, new = self.old, self.new
        changed = (self._changed(ItemId(was), ItemId(now)) for was, now in twins.items())
        place = new.outline.place
        added_links, removed_links, changed_links = self._links()
        return Comparison(
            tuple(_entry(new, self.new_times, id) for id in new.outline.order if id not in kept),
            tuple(_entry(old, self.old_times, id) for id in old.outline.order if id not in twins),
            tuple(sorted((e for e in changed if e is not None), key=lambda entry: place[entry.id])),
            added_links,
            removed_links,
            changed_links,
            tuple(self._others()),
        )

    def dates(self) -> Comparison:
        """The items whose dates differ, and nothing else: all that a baseline knows of."""
        place = self.new.outline.place
        pairs = [(ItemId(was), ItemId(now)) for was, now in self.twins["items"].items()]
        moved = [now for was, now in pairs if self.old_times.dates(was) != self.new_times.dates(now)]
        return Comparison(
            changed=tuple(_entry(self.new, self.new_times, id) for id in sorted(moved, key=place.__getitem__))
        )

    # Items

    def _changed(self, was: ItemId, now: ItemId) -> ItemEntry | None:
        before, after = self.old.items[was], self.new.items[now]
        same = before == after
        if same and now not in self.moved and not self.redefined and self._stays(was, now):
            return None
        fields = _FOLLOWING if same else _told_by(differing(before, after))
        changes = [change for field in fields if (change := self._field(field, before, after))]
        if not same or self.redefined:
            changes += self._own(before, after)
        told = {change.field for change in changes}
        if before.start != after.start and "start" not in told:
            changes.append(FieldChange(NOT_BEFORE, _plain(before.start), _plain(after.start), True))
        for hidden in (
            "duration",
            "progress",
        ):  # what a parent has of its own does not show while it has children
            one, other = getattr(before, hidden), getattr(after, hidden)
            if one != other and hidden not in told and before.kind == after.kind == "bar":
                changes.append(FieldChange(hidden, one, other, True))
        if now in self.moved and "parent" not in told:
            changes.append(FieldChange(PLACE, None, None, True))
        return _entry(self.new, self.new_times, now, tuple(changes)) if changes else None

    def _stays(self, was: ItemId, now: ItemId) -> bool:
        """Whether an item without children is where it was: then nothing that follows can be another."""
        parents = was in self.old.outline.children or now in self.new.outline.children
        return not parents and self.old_times.span(was) == self.new_times.span(now)

    def _field(self, field: Field, before: Item, after: Item) -> FieldChange | None:
        if field.key in _LINKS_APART or field.edit is None:
            return None
        was = field.read(self.old, self.old_times, before)
        now = field.read(self.new, self.new_times, after)
        if was == now or (field.table and self.twins[field.table].get(was) == now):
            return None
        names = _ENTERED.get(field.key, (field.key,))
        entered = any(getattr(before, name) != getattr(after, name) for name in names)
        return FieldChange(field.key, _value(field, self.old, was), _value(field, self.new, now), entered)

    def _own(self, before: Item, after: Item) -> Iterable[FieldChange]:
        """What differs in fields of the plans' own: they go by their titles."""
        for old, new in self.own:
            was = (
                text_of(old, self.old, old.read(self.old, self.old_times, before)) if old is not None else ""
            )
            now = text_of(new, self.new, new.read(self.new, self.new_times, after)) if new is not None else ""
            known = new or old
            if was != now and known is not None:
                yield FieldChange(known.title, was or None, now or None, True)

    @cached_property
    def redefined(self) -> bool:
        """Whether a field of the plans' own is another one now, so that equal values may differ."""
        return any(
            old is None or new is None or old.own is None or new.own is None or old.own != new.own
            for old, new in self.own
        )

    @cached_property
    def own(self) -> list[tuple[Field | None, Field | None]]:
        """The fields of the plans' own that are entered, each of the new plan with its twin of the old."""
        olds, news = (
            {field.own.id: field for field in fields_of(plan).values() if field.own and field.edit}
            for plan in (self.old, self.new)
        )
        pairs = self.twins["fields"].items()
        olds_of = {now: olds.get(FieldId(was)) for was, now in pairs}
        gone = [(field, None) for id, field in olds.items() if self.twins["fields"].get(id) not in news]
        return [*((olds_of.get(id), field) for id, field in news.items()), *gone]

    @cached_property
    def moved(self) -> set[ItemId]:
        """Ids, in the new plan, of the fewest items that must have been moved by hand to give the new
        order."""
        twins, place = self.twins["items"], self.new.outline.place
        order = [ItemId(twins[id]) for id in self.old.outline.order if id in twins]
        stay = _longest_rising([place[id] for id in order])
        return {id for n, id in enumerate(order) if n not in stay}

    # Links

    def _links(self) -> tuple[tuple[LinkEntry, ...], tuple[LinkEntry, ...], tuple[LinkEntry, ...]]:
        """Added, removed and changed ones, matched by id, else by their ends and type, else by their ends."""
        olds, news = dict(self.old.links), dict(self.new.links)
        pairs = [(olds.pop(id), news.pop(id)) for id in list(olds) if id in news]
        for parts in (3, 2):
            known = {self._at(link, {})[:parts]: link for link in news.values()}
            for link in list(olds.values()):
                twin = known.pop(self._at(link, self.twins["items"])[:parts], None)
                if twin is not None:
                    pairs.append((olds.pop(link.id), news.pop(twin.id)))
        twins = self.twins["items"]
        return (
            tuple(_link(self.new, link) for link in news.values()),
            tuple(_link(self.old, link) for link in olds.values()),
            tuple(
                _link(self.new, after, _link(self.old, before))
                for before, after in pairs
                if self._at(before, twins) != self._at(after, {})
            ),
        )

    def _at(self, link: Link, twins: dict[str, str]) -> tuple[str, str, str, int]:
        return (twins.get(link.source, link.source), twins.get(link.target, link.target), link.type, link.lag)

    # The rest

    def _others(self) -> Iterable[OtherEntry]:
        for name in TABLES:
            if name in ("items", "links"):
                continue
            olds, news, twins = self.old.table(name), self.new.table(name), self.twins[name]
            kept = set(twins.values())
            for id, record in news.items():
                if id not in kept:
                    yield OtherEntry(name, _name(record), "added")
            for id, record in olds.items():
                if id not in twins:
                    yield OtherEntry(name, _name(record), "removed")
                elif self._differs(record, news[twins[id]]):
                    yield OtherEntry(name, _name(news[twins[id]]), "changed")

    def _differs(self, before: AnyRecord, after: AnyRecord) -> bool:
        if isinstance(before, CustomField) and isinstance(after, CustomField) and before.id != after.id:
            return _said(before, self.old) != _said(after, self.new)
        for name in before.__struct_fields__:
            was, now = getattr(before, name), getattr(after, name)
            table = {"calendar": "calendars", "team": "teams"}.get(name, "")
            if name == "spans":
                twins = self.twins["items"]  # what it said of items that are gone went with them
                was = {twins[id]: span for id, span in was.items() if id in twins}
            if name in _UNSAID or (name == "rank" and before.id != after.id):
                continue
            if was != now and not (table and self.twins[table].get(was) == now):
                return True
        return False


def _twins(old: Mapping[str, AnyRecord], new: Mapping[str, AnyRecord]) -> dict[str, str]:
    """Old id to new id of the records that are the same."""
    twins = {id: id for id in old if id in new}
    if len(twins) == len(old) or len(twins) == len(new):
        return twins
    names = {_name(record): id for id, record in new.items() if id not in twins}
    for id, record in old.items():
        if id not in twins and (twin := names.pop(_name(record), None)) is not None:
            twins[id] = twin
    return twins


def differing(before: AnyRecord, after: AnyRecord) -> tuple[str, ...]:
    """The attributes in which two records of one kind differ."""
    return tuple(name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name))


@cache
def _told_by(attributes: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of an item that may be others where these attributes are, in their order."""
    apart = (key for key in FIELDS if key not in Item.__struct_fields__)
    keys = {*attributes, *apart, *(field.key for field in _FOLLOWING)}
    return tuple(field for key, field in FIELDS.items() if key in keys)


def _said(field: CustomField, plan: Plan) -> tuple[Any, ...]:
    """What people see of a field of a plan's own."""
    from .computed_fields import names_of, shown_formula

    formula = shown_formula(field.formula, names_of(fields_of(plan).values()))
    options = [option.title for option in field.options]
    return field.title, field.kind, options, field.currency, field.decimals, formula


def _name(record: AnyRecord) -> str:
    for attribute in ("key", "title", "name", "text"):
        if name := getattr(record, attribute, ""):
            return str(name)
    return record.id


def _entry(plan: Plan, times: Schedule, id: ItemId, fields: tuple[FieldChange, ...] = ()) -> ItemEntry:
    item, span = plan.items[id], times.dates(id)
    start, finish = (span.first.isoformat(), span.last.isoformat()) if span else (None, None)
    return ItemEntry(id, item.key, item.title, start, finish, fields)


def _link(plan: Plan, link: Link, before: LinkEntry | None = None) -> LinkEntry:
    source, target = (plan.items[id].key for id in (link.source, link.target))
    return LinkEntry(source, target, link.type, link.lag, before)


def _value(field: Field, plan: Plan, value: Any) -> str | float | bool | None:
    if isinstance(value, (bool, int, float)):
        return value
    return text_of(field, plan, value) or None


def _plain(day: Any) -> str | None:
    return day.isoformat() if day else None


def _longest_rising(numbers: list[int]) -> set[int]:
    """Places of a longest rising subsequence of different numbers (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            at.append(place)
        else:
            tops[pile], at[pile] = number, place
    rising: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        rising.add(place)
        place = before[place]
    return rising


def _item_json(entry: ItemEntry) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(entry)
    del values["id"]
    if not entry.fields:
        del values["fields"]
    return values


def _link_json(entry: LinkEntry) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(entry)
    if entry.before is None:
        del values["before"]
    return values
