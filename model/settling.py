"""Makes a sound plan of two sound ones put together: see `merge`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from .edits.items import next_key
from .graph import loops
from .own_fields import is_sound, with_value
from .plan import Plan
from .records import FieldId, Item, ItemId, Link, Properties

_REFERENCES = {
    "items": {"level": "levels", "status": "statuses", "team": "teams", "owner": "people"},
    "teams": {"calendar": "calendars"},
    "people": {"team": "teams"},
    "properties": {"calendar": "calendars"},
}
"""By table: attributes that hold the id of a record, and the table of that."""


class Settled(msgspec.Struct, frozen=True):
    """What only the changes of both together made impossible; its words are those of `code`."""

    code: str
    values: dict[str, Any]


class Settling:
    """Repairs a merged plan in place of the reader; whatever a choice is needed for stays as mine has it."""

    def __init__(self, plan: Plan, mine: Plan, theirs: Plan, base: Plan) -> None:
        self.plan, self.mine, self.theirs, self.base = plan, mine, theirs, base
        self.settled: list[Settled] = []

    def sound(self) -> Plan:
        """The plan with all references, keys, parents and links in order."""
        self._bring_back()
        self._fit_values()
        self._rename_keys()
        self._find_parents()
        self._drop_links()
        self._open_loops()
        self._drop_comments()
        return self.plan

    def _say(self, code: str, **values: Any) -> None:
        self.settled.append(Settled(code, values))

    # References

    def _bring_back(self) -> None:
        """A team, person, status, ... that one removed and the other came to use is there again."""
        lost: dict[tuple[str, str], None] = dict.fromkeys(self._lost())
        while lost:
            for name, id in lost:
                record = next(
                    plan.table(name)[id]
                    for plan in (self.mine, self.theirs, self.base)
                    if id in plan.table(name)
                )
                self.plan = self.plan.put(record)
                code = "merge.brought_back" if id in self.base.table(name) else "merge.brought_along"
                self._say(code, title=getattr(record, "title", getattr(record, "name", "")))
            lost = dict.fromkeys(self._lost())

    def _lost(self) -> Iterator[tuple[str, str]]:
        """Table and id of what is referred to, gone, and was there before."""
        sources = (self.mine, self.theirs, self.base)
        for table, references in _REFERENCES.items():
            for record in self.plan.table(table).values():
                for attribute, name in references.items():
                    id = getattr(record, attribute)
                    if (
                        id is not None
                        and id not in self.plan.table(name)
                        and any(id in plan.table(name) for plan in sources)
                    ):
                        yield name, id
        for item in self.plan.items.values():
            for field, value in item.custom.items():
                own = self.plan.fields.get(field)
                if own is None:
                    yield "fields", field
                elif (
                    own.kind == "person"
                    and value not in self.plan.people
                    and any(value in plan.people for plan in sources)
                ):
                    yield "people", str(value)

    def _fit_values(self) -> None:
        """An option that one removed and the other chose is there again; what no longer fits is left out."""
        for item in list(self.plan.items.values()):
            for id, value in item.custom.items():
                if is_sound(self.plan.fields[id], self.plan.people, value):
                    continue
                self._bring_options(id, value if isinstance(value, tuple) else (str(value),))
                field = self.plan.fields[id]
                if not is_sound(field, self.plan.people, value):
                    self.plan = self.plan.put(with_value(self.plan.items[item.id], id, None))
                    self._say("merge.value_left_out", key=item.key, title=item.title, field=field.title)

    def _bring_options(self, id: FieldId, chosen: tuple[str, ...]) -> None:
        field = self.plan.fields[id]
        known = {
            option.id: option
            for plan in (self.base, self.theirs, self.mine)
            if id in plan.fields
            for option in plan.fields[id].options
        }
        for one in chosen:
            if field.options and one in known and one not in {option.id for option in field.options}:
                field = replace(field, options=(*field.options, known[one]))
                self._say("merge.brought_back", title=known[one].title)
        self.plan = self.plan.put(field)

    # Keys

    def _rename_keys(self) -> None:
        """Of two new items with the same key theirs gets the next free one; links know them by id."""
        plan = self.plan
        if len(plan.keys) == len(plan.items):
            return
        taken = {item.key for id, item in plan.items.items() if self._is_mine(id)}
        for id, item in plan.items.items():
            if self._is_mine(id):
                continue
            if item.key in taken:
                key, number = next_key(self.plan)
                info: Properties = replace(self.plan.info, next_number=number + 1)
                self.plan = self.plan.put(replace(item, key=key), info)
                self._say("merge.new_key", key=item.key, new=key, title=item.title)
                taken.add(key)
            taken.add(item.key)

    def _is_mine(self, id: ItemId) -> bool:
        known = self.mine.items.get(id)
        return known is not None and known.key == self.plan.items[id].key

    # Hierarchy

    def _find_parents(self) -> None:
        """Whoever lost the parent hangs under the one above; of parents in a circle, theirs are undone."""
        for id in [id for id, item in self.plan.items.items() if item.parent is not None]:
            item = self.plan.items[id]
            if item.parent not in self.plan.items:
                parent = self._next_above(item.parent)
                self.plan = self.plan.put(replace(item, parent=parent))
                self._say("merge.parent_gone", key=item.key, title=item.title)
        while circle := self._circle():
            moved = [id for id in circle if self._moved_by_them(id)] or circle[:1]
            for id in moved:
                self._put_back(id)
            self._say("merge.parent_circle", keys=[self.plan.items[id].key for id in circle])

    def _next_above(self, parent: ItemId | None) -> ItemId | None:
        seen: set[ItemId] = set()
        while parent is not None and parent not in self.plan.items and parent not in seen:
            seen.add(parent)
            known = (plan.items.get(parent) for plan in (self.mine, self.theirs, self.base))
            parent = next((item.parent for item in known if item is not None), None)
        return parent if parent in self.plan.items else None

    def _circle(self) -> list[ItemId]:
        """Items each of which is the parent of the one before."""
        items, sound = self.plan.items, set[ItemId]()
        for start in items:
            path: dict[ItemId, None] = {}
            id: ItemId | None = start
            while id is not None and id not in sound:
                if id in path:
                    steps = list(path)
                    return steps[steps.index(id) :]
                path[id] = None
                id = items[id].parent
            sound.update(path)
        return []

    def _moved_by_them(self, id: ItemId) -> bool:
        known = self.mine.items.get(id)
        return known is None or known.parent != self.plan.items[id].parent

    def _put_back(self, id: ItemId) -> None:
        """Hang an item where mine has it, or at the top."""
        known = self.mine.items.get(id)
        item = self.plan.items[id]
        parent = known.parent if known is not None and known.parent in self.plan.items else None
        if parent == item.parent:  # mine is no way out either
            parent = None
        rank = known.rank if known is not None else item.rank
        self.plan = self.plan.put(replace(item, parent=parent, rank=rank))

    # Links

    def _drop_links(self) -> None:
        """Links of which an end is gone, that are there twice, or that join an item and one above it."""
        plan = self.plan
        known = {_at(link): link for id, link in plan.links.items() if self.mine.links.get(id) == link}
        dropped = []
        for link in plan.links.values():
            if link.source not in plan.items or link.target not in plan.items:
                dropped.append(link)
                if self._name(link.source) and self._name(link.target):
                    self._say("merge.link_end_gone", keys=[self._name(link.source), self._name(link.target)])
            elif (twin := known.setdefault(_at(link), link)) is not link:
                dropped.append(link)
                if twin.lag != link.lag:
                    self._say("merge.link_twice", keys=self._keys(link), lag=twin.lag, other=link.lag)
            elif self._in_family(link):
                dropped.append(link)
                self._say("merge.link_family", keys=self._keys(link))
        self.plan = plan.drop(*dropped)

    def _in_family(self, link: Link) -> bool:
        items, outline = self.plan.items, self.plan.outline
        return link.source in outline.ancestors(link.target, items) or link.target in outline.ancestors(
            link.source, items
        )

    def _open_loops(self) -> None:
        """One link of each loop goes: one of theirs; if it is a place in the hierarchy of theirs, that."""
        tried: set[ItemId] = set()
        while circles := loops(self.plan):
            for circle in circles:
                around = set(circle)
                links = [
                    link
                    for link in self.plan.links_of(around)
                    if link.source in around and link.target in around
                ]
                theirs = [link for link in links if self.mine.links.get(link.id) != link]
                moved = [id for id in around if self._moved_by_them(id) and id not in tried]
                keys = [self.plan.items[id].key for id in circle]
                if theirs or not moved:
                    link = max(theirs or links, key=lambda link: link.id)
                    self.plan = self.plan.drop(link)
                    self._say("merge.link_loop", keys=keys, link=self._keys(link))
                else:
                    tried.update(moved)
                    for id in moved:
                        self._put_back(id)
                    self._say("merge.parent_loop", keys=keys)

    # Comments

    def _drop_comments(self) -> None:
        """What was said about items that are gone goes with them."""
        plan = self.plan
        self.plan = plan.drop(*(one for one in plan.comments.values() if one.item not in plan.items))

    def _keys(self, link: Link) -> list[str]:
        return [self._name(link.source), self._name(link.target)]

    def _name(self, id: ItemId) -> str:
        """The item's key, also of one that is gone."""
        found: Iterator[Item | None] = (
            plan.items.get(id) for plan in (self.plan, self.mine, self.theirs, self.base)
        )
        return next((item.key for item in found if item is not None), "")


def _at(link: Link) -> tuple[ItemId, ItemId, str]:
    return link.source, link.target, link.type
