"""Gives the things in a newer version of a foreign file the ids that they have in the older one.

A file of another program names its rows by whatever it has: ids that become ours, keys, numbers in a column,
or nothing but titles. The best of these is found out by trying: a column whose values are all different, are
there in both versions, and mostly stand beside the same titles. Titles alone come last, for they get changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from ..model.plan import Plan
from ..model.records import AnyRecord, CustomField, CustomValue, Item, ItemId, Link, LinkId, derived_id
from .tables.words import fold

_R = TypeVar("_R", bound=AnyRecord)
Name = Callable[[Item], Any]
LEAST_SHARE = 0.5
"""Of the items that a column must know in both versions, and of these with the same title, to be trusted."""
LEAST_SAME = 0.9
"""Of the items known by their titles, to have the keys that they had, for these to be trusted."""
LEAST_ALIKE = 60
"""Of 100: how much alike two titles between the same neighbours are, to be those of one item."""


class Aligned(msgspec.Struct, frozen=True):
    """The newer plan with the ids of the older one."""

    plan: Plan
    matched: dict[str, int]
    """How many items were known by their `uid`, `key` or `title`, or by a title that is alike (`fuzzy`)."""
    deleted: tuple[ItemId, ...]
    """Items of the older one that are gone."""
    ids: dict[str, str]
    """For ids of items and own fields of the newer plan those that they have now, where they are others."""


def aligned(old: Plan, new: Plan, keyed: bool = False) -> Aligned:
    """`new`, in which what `old` has, too, goes by the same id.

    `keyed` says that the keys are the file's: then they may tell more, even if they only count the rows.
    """
    return _Aligning(old, new, keyed).result()


class _Aligning:
    def __init__(self, old: Plan, new: Plan, keyed: bool) -> None:
        self.old, self.new, self.keyed = old, new, keyed
        self.ids: dict[str, dict[str, str]] = {
            table: _by_title(old.table(table), new.table(table))
            for table in ("levels", "statuses", "calendars", "teams", "people", "fields", "baselines")
        }
        self.options = self._options()
        self.matched: Counter[str] = Counter()
        self.items: dict[str, str] = {}
        """From ids of the newer plan to those of the older one."""

    def result(self) -> Aligned:
        self._match()
        records: list[AnyRecord] = []
        for table in ("levels", "statuses", "calendars", "teams", "people"):
            ids = self.ids[table]
            for id, record in self.new.table(table).items():
                records.append(self._led(record, ids.get(id, id)))
        records += [self._field(record) for record in self.new.fields.values()]
        records += self._items()
        records += self._links()
        records += self._baselines()
        records += self.old.views.values()
        plan = Plan().put(self._info(records), *records)
        gone = tuple(id for id in self.old.items if id not in plan.items)
        return Aligned(plan, dict(self.matched), gone, {**self.ids["fields"], **self.items})

    # Which item is which

    def _match(self) -> None:
        old, new = dict(self.old.items), dict(self.new.items)
        self._pair(old, new, "uid", lambda item: item.id)
        if (name := self._best_name(old, new)) is not None:
            self._pair(old, new, "key", name)
        self._pair(old, new, "title", self._place_and_title)
        self._pair(old, new, "title", lambda item: fold(item.title) or None)
        if self.keyed and self._keys_stayed():
            self._pair(old, new, "key", lambda item: item.key)
        self._pair_neighbours(old, new)

    def _pair(self, old: dict[ItemId, Item], new: dict[ItemId, Item], how: str, name: Name) -> None:
        """Match those items that alone have a name, in both versions, and take them out of the two tables."""
        here, there = _unique(old.values(), name), _unique(new.values(), name)
        for value, item in there.items():
            if value in here:
                self.items[item.id] = here[value].id
                self.matched[how] += 1
                del old[here[value].id], new[item.id]

    def _best_name(self, old: Mapping[ItemId, Item], new: Mapping[ItemId, Item]) -> Name | None:
        """What items go by; None if there is nothing better than titles."""
        if not old or not new:
            return None
        candidates: list[Name] = []
        if not (_numbered(old.values()) and _numbered(new.values())):
            candidates.append(lambda item: item.key)
        for id, field in self.new.fields.items():
            was = self.ids["fields"].get(id)
            if was is not None and field.kind in ("text", "number", "url"):
                candidates.append(_field_name(was, id))
        scored = [(self._score(name, old, new), -place) for place, name in enumerate(candidates)]
        score, place = max(scored, default=(0.0, 0))
        return candidates[-place] if score > 0 else None

    def _score(self, name: Name, old: Mapping[ItemId, Item], new: Mapping[ItemId, Item]) -> float:
        here, there = _unique(old.values(), name), _unique(new.values(), name)
        both = [value for value in there if value in here]
        if len(both) < LEAST_SHARE * min(len(old), len(new)):
            return 0.0
        same = sum(fold(here[value].title) == fold(there[value].title) for value in both)
        return same / len(both) if same >= LEAST_SHARE * len(both) else 0.0

    def _keys_stayed(self) -> bool:
        """Whether what is known by other means has the keys that it had: rows were not numbered anew."""
        pairs = [(self.new.items[ItemId(id)], self.old.items[ItemId(was)]) for id, was in self.items.items()]
        same = sum(item.key == was.key for item, was in pairs)
        return bool(pairs) and same >= LEAST_SAME * len(pairs)

    def _place_and_title(self, item: Item) -> tuple[str, str] | None:
        plan = self.new if self.new.items.get(item.id) is item else self.old
        parent = plan.items.get(item.parent) if item.parent is not None else None
        title = fold(item.title)
        return (fold(parent.title) if parent is not None else "", title) if title else None

    def _pair_neighbours(self, old: dict[ItemId, Item], new: dict[ItemId, Item]) -> None:
        """Match items with like titles that stand between the same two others."""
        if not old or not new:
            return
        from rapidfuzz import fuzz

        here = {at: ItemId(id) for id, at in self._between(self.old, lambda id: id, old).items()}
        known = self.items
        for id, at in self._between(self.new, lambda id: known.get(id, ""), new).items():
            twin = here.get(at)
            if twin is None or twin not in old:
                continue
            if fuzz.token_sort_ratio(fold(new[id].title), fold(old[twin].title)) >= LEAST_ALIKE:
                self.items[id] = twin
                self.matched["fuzzy"] += 1
                del old[twin], new[id]

    def _between(
        self, plan: Plan, known: Callable[[ItemId], str], open: Mapping[ItemId, Item]
    ) -> dict[ItemId, tuple[str, str, str]]:
        """The parent and the neighbours of each open item whose neighbours are known."""
        found: dict[ItemId, tuple[str, str, str]] = {}
        groups = [(None, plan.outline.roots), *plan.outline.children.items()]
        for parent, ids in groups:
            above = known(parent) if parent is not None else ""
            for place, id in enumerate(ids):
                before = known(ids[place - 1]) if place else "first"
                after = known(ids[place + 1]) if place + 1 < len(ids) else "last"
                if id in open and before and after and (above or parent is None):
                    found[id] = (above, before, after)
        return found

    # The records with their new ids

    def _led(self, record: _R, id: str) -> _R:
        """The record under that id, leading to what has another id now."""
        changed: dict[str, Any] = {}
        for attribute, table in (
            ("level", "levels"),
            ("status", "statuses"),
            ("team", "teams"),
            ("owner", "people"),
            ("calendar", "calendars"),
        ):
            value = getattr(record, attribute, None)
            if value is not None:
                changed[attribute] = self.ids[table].get(value, value)
        return replace(record, id=id, **changed)

    def _options(self) -> dict[str, dict[str, str]]:
        """For each field of the newer plan, the ids of its options in the older one."""
        options: dict[str, dict[str, str]] = {}
        for id, field in self.new.fields.items():
            was = self.old.fields.get(self.ids["fields"].get(id, ""))  # type: ignore[call-overload]
            if was is not None:
                known = {fold(option.title): option.id for option in was.options}
                options[id] = {one.id: known.get(fold(one.title), one.id) for one in field.options}
        return options

    def _field(self, record: CustomField) -> CustomField:
        ids = self.options.get(record.id, {})
        options = tuple(replace(one, id=ids.get(one.id, one.id)) for one in record.options)
        return replace(record, id=self.ids["fields"].get(record.id, record.id), options=options)

    def _custom(self, item: Item) -> dict[Any, CustomValue]:
        values: dict[Any, CustomValue] = {}
        for id, value in item.custom.items():
            field, ids = self.new.fields.get(id), self.options.get(id, {})
            if field is not None and field.kind == "person":
                value = self.ids["people"].get(str(value), value)
            elif isinstance(value, tuple):
                value = tuple(ids.get(one, one) for one in value)
            elif isinstance(value, str):
                value = ids.get(value, value)
            values[self.ids["fields"].get(id, id)] = value
        return dict(sorted(values.items()))

    def _items(self) -> list[Item]:
        """The items in order, with the keys that they had, and ranks that change as little as can be."""
        ranks = self._ranks()
        kept = {self.old.items[ItemId(was)].key for was in self.items.values()}
        self.number = max(self.old.info.next_number, self.new.info.next_number)
        items: list[Item] = []
        for id in self.new.outline.order:
            item = self._led(self.new.items[id], self.items.get(id, id))
            was = self.old.items.get(item.id)
            key = was.key if was is not None else item.key
            if was is None and key in kept:
                key, self.number = f"{self.old.info.prefix}-{self.number}", self.number + 1
            kept.add(key)
            parent = item.parent
            items.append(
                replace(
                    item,
                    key=key,
                    parent=self.items.get(parent, parent) if parent is not None else None,
                    rank=ranks[id],
                    custom=self._custom(item),
                )
            )
        return items

    def _ranks(self) -> dict[ItemId, float]:
        """A rank for each item of the newer plan: the old one where the items around it agree with it."""
        ranks: dict[ItemId, float] = {}
        outline = self.new.outline
        for ids in (outline.roots, *outline.children.values()):
            known = [(id, self.old.items[ItemId(self.items[id])].rank) for id in ids if id in self.items]
            fixed = dict(_longest_rise(known))
            places = [-1, *(place for place, id in enumerate(ids) if id in fixed), len(ids)]
            for left, right in pairwise(places):
                low = fixed[ids[left]] if left >= 0 else None
                high = fixed[ids[right]] if right < len(ids) else None
                if left >= 0:
                    ranks[ids[left]] = fixed[ids[left]]
                gap = right - left
                for step, id in enumerate(ids[left + 1 : right], 1):
                    if low is not None and high is not None:
                        ranks[id] = low + (high - low) * step / gap
                    else:
                        ranks[id] = low + step if low is not None else (high or 0.0) - gap + step
        return ranks

    def _links(self) -> list[Link]:
        here = {(link.source, link.target, link.type): link.id for link in self.old.links.values()}
        links = []
        for link in self.new.links.values():
            source, target = (ItemId(self.items.get(end, end)) for end in (link.source, link.target))
            id = here.get((source, target, link.type)) or LinkId(derived_id(source, target, link.type))
            links.append(replace(link, id=id, source=source, target=target))
        return links

    def _baselines(self) -> list[AnyRecord]:
        return [
            replace(
                record,
                id=self.ids["baselines"].get(id, id),
                spans={ItemId(self.items.get(one, one)): span for one, span in record.spans.items()},
            )
            for id, record in self.new.baselines.items()
        ]

    def _info(self, records: Iterable[AnyRecord]) -> AnyRecord:
        old, new = self.old.info, self.new.info
        calendar = self.ids["calendars"].get(new.calendar, new.calendar)
        return replace(old, title=new.title, next_number=self.number, calendar=calendar)


def _by_title(old: Mapping[str, AnyRecord], new: Mapping[str, AnyRecord]) -> dict[str, str]:
    """From ids of the newer to those of the older: by the id itself, else by the title or name."""

    def name(record: AnyRecord) -> str:
        return fold(getattr(record, "title", "") or getattr(record, "name", ""))

    found = {id: id for id in new if id in old}
    here = {name(record): id for id, record in old.items() if id not in found}
    for id, record in new.items():
        if id not in found and (twin := here.pop(name(record), None)) is not None:
            found[id] = twin
    return found


def _field_name(was: str, id: str) -> Name:
    def name(item: Item) -> Any:
        return item.custom.get(was) or item.custom.get(id)  # type: ignore[call-overload]

    return name


def _unique(items: Iterable[Item], name: Name) -> dict[Any, Item]:
    """The items by their names, where no other has the same."""
    found: dict[Any, Item] = {}
    twice = set()
    for item in items:
        value = name(item)
        if value is None or value == "":
            continue
        if value in found:
            twice.add(value)
        found[value] = item
    return {value: item for value, item in found.items() if value not in twice}


def _numbered(items: Iterable[Item]) -> bool:
    """Whether the keys only count the rows: they were made, and say nothing."""
    ranked = sorted(items, key=lambda item: item.key.rpartition("-")[2].zfill(12))
    return all(item.key.rpartition("-")[2] == str(number) for number, item in enumerate(ranked, 1))


def _longest_rise(ranked: list[tuple[ItemId, float]]) -> list[tuple[ItemId, float]]:
    """The longest part of a list, in its order, whose ranks rise (patience sorting)."""
    from bisect import bisect_left

    tails: list[float] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, rank) in enumerate(ranked):
        at = bisect_left(tails, rank)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [rank]
        ends[at : at + 1] = [place]
    found: list[tuple[ItemId, float]] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(ranked[place])
        place = before[place]
    return found[::-1]
