"""The roadmap as one immutable value.

A plan is never changed in place: an edit makes a new plan that shares every untouched table with the old
one. So a preview can be thrown away, a thread can read a plan without a lock, and the difference of two plans
is cheap: tables that are the same object are skipped, and a table knows which records were touched since the
one that it was made from. What is derived from the tables (outline, network, working days) is computed when
asked for, and handed on to the next plan where the edit cannot have changed it, or only in a few places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import msgspec

from .calendar import WorkingDays
from .change import Change, Edit
from .network import LinkEdit, Network
from .outline import Outline
from .records import (
    TABLE_OF,
    TABLES,
    AnyRecord,
    Baseline,
    BaselineId,
    Calendar,
    CalendarId,
    Category,
    Item,
    ItemId,
    Level,
    LevelId,
    Link,
    LinkId,
    Person,
    PersonId,
    Properties,
    RecordId,
    Status,
    StatusId,
    Team,
    TeamId,
    View,
    ViewId,
    new_id,
)

Touched = dict[RecordId, None]
"""Ids of records, each once, in the order in which they were touched."""
_FEW = 200
"""Up to so many touched records of a table are remembered, and what is derived is mended, not made anew."""


class Plan(msgspec.Struct, frozen=True, dict=True):
    """All tables of a roadmap. Make one with `new_plan()`; a bare `Plan()` has no properties."""

    properties: Mapping[str, Properties] = {}
    levels: Mapping[LevelId, Level] = {}
    statuses: Mapping[StatusId, Status] = {}
    calendars: Mapping[CalendarId, Calendar] = {}
    teams: Mapping[TeamId, Team] = {}
    people: Mapping[PersonId, Person] = {}
    items: Mapping[ItemId, Item] = {}
    links: Mapping[LinkId, Link] = {}
    baselines: Mapping[BaselineId, Baseline] = {}
    views: Mapping[ViewId, View] = {}

    # The tables as values

    def table(self, name: str) -> Mapping[RecordId, AnyRecord]:
        table: Mapping[RecordId, AnyRecord] = getattr(self, name)
        return table

    def tables(self) -> dict[str, Mapping[RecordId, AnyRecord]]:
        """Every table by its name, in the order of the file."""
        return {name: self.table(name) for name in TABLES}

    def put(self, *records: AnyRecord) -> Plan:
        """A plan with these records added, or in the place of those with the same id."""
        return self._with([(TABLE_OF[type(record)], record.id, record) for record in records])

    def drop(self, *records: AnyRecord) -> Plan:
        """A plan without these records."""
        return self._with([(TABLE_OF[type(record)], record.id, None) for record in records])

    def since(self, old: Plan) -> Change:
        """What has changed from `old` to this plan."""
        edits: list[Edit] = []
        for name in TABLES:
            before, after = old.table(name), self.table(name)
            if before is after:
                continue
            for id in self._touched_since(old, name):
                was, record = before.get(id), after.get(id)
                if was is not record and was != record:
                    edits.append(Edit(name, id, was, record))
        return Change(tuple(edits))

    def apply(self, change: Change) -> Plan:
        """This plan after `change`, which must have been made on it (or on one equal in what it touches)."""
        return self._with([(edit.table, edit.id, edit.after) for edit in change.edits])

    def _with(self, edits: Iterable[tuple[str, RecordId, AnyRecord | None]]) -> Plan:
        """A plan with records, given with their tables and ids, put or (None) dropped."""
        changed: dict[str, dict[RecordId, AnyRecord]] = {}
        touched: dict[str, Touched] = {}
        for name, id, record in edits:
            if name not in changed:
                changed[name], touched[name] = dict(self.table(name)), {}
            if record is None:
                del changed[name][id]
            else:
                changed[name][id] = record
            touched[name][id] = None
        plan = msgspec.structs.replace(self, **changed)
        self._hand_on(plan, touched)
        return plan

    def _hand_on(self, plan: Plan, touched: Mapping[str, Touched]) -> None:
        """Give `plan`, made from this one, what is derived and still holds, or is mended quickly."""
        mine, its = self.__dict__, plan.__dict__
        for name, tables in _DERIVED.items():
            if name in mine and tables.isdisjoint(touched):
                its[name] = mine[name]
        items, links = touched.get("items", {}), touched.get("links", {})
        same_shape = "outline" in its or ("outline" in mine and _same_shape(self.items, plan.items, items))
        if same_shape:
            its["outline"] = mine["outline"]
        if not links and same_shape and "network" in mine:
            its["network"] = mine["network"]
        elif links and len(links) <= _FEW:
            link_edits = [(self.links.get(LinkId(id)), plan.links.get(LinkId(id))) for id in links]
            if same_shape and "network" in mine:
                network = self.network.with_links(plan.links, link_edits)
                if network is not None:
                    its["network"] = network
            for direction in _DIRECTIONS:
                if direction in mine:
                    its[direction] = _rehung(mine[direction], link_edits, direction)
        its["_origin"] = self._origins(touched)

    # How it came about

    def _origins(self, touched: Mapping[str, Touched]) -> dict[str, tuple[object, Touched]]:
        """For tables that were made from another by touching a few records: that one, and those."""
        origins: dict[str, tuple[object, Touched]] = dict(self.__dict__.get("_origin", {}))
        for name, ids in touched.items():
            base, known = origins.pop(name, (self.table(name), {}))
            if len(known) + len(ids) <= _FEW:
                origins[name] = (base, {**known, **ids})
            elif len(ids) <= _FEW:
                origins[name] = (self.table(name), ids)
        return origins

    def _origin_of(self, name: str) -> tuple[object, Touched]:
        origins: dict[str, tuple[object, Touched]] = self.__dict__.get("_origin", {})
        return origins.get(name) or (self.table(name), {})

    def _touched_since(self, old: Plan, name: str) -> Iterable[RecordId]:
        """Ids of a table among which are all that differ from those of `old`."""
        before, after = old.table(name), self.table(name)
        base, ids = self._origin_of(name)
        old_base, old_ids = old._origin_of(name)
        if base is before:
            return ids
        if old_base is after:
            return old_ids
        if base is old_base:
            return {**ids, **old_ids}
        return [*after, *(id for id in before if id not in after)]

    # What is derived from them

    @cached_property
    def outline(self) -> Outline:
        """The hierarchy: children, depth, and the plan's order."""
        return Outline(self.items)

    @cached_property
    def keys(self) -> dict[str, ItemId]:
        """Item ids by their key."""
        return {item.key: item.id for item in self.items.values()}

    @cached_property
    def network(self) -> Network:
        """What waits for what: links and hierarchy as flat lists in order."""
        return Network(self.items, self.links, self.outline)

    @cached_property
    def incoming(self) -> dict[ItemId, list[Link]]:
        """The links that end at each item, by id."""
        return _hung(self.links, "incoming")

    @cached_property
    def outgoing(self) -> dict[ItemId, list[Link]]:
        """The links that begin at each item, by id."""
        return _hung(self.links, "outgoing")

    @cached_property
    def working_days(self) -> dict[CalendarId, WorkingDays]:
        """The fast form of each calendar."""
        return {id: WorkingDays(record) for id, record in self.calendars.items()}

    @cached_property
    def team_calendars(self) -> dict[TeamId | None, WorkingDays]:
        """The working days that the items of each team use, and (None) those without a team.

        A plan without the calendar that it names, as a damaged one may be, works Monday to Friday.
        """
        info = next(iter(self.properties.values()), None)
        standard = self.working_days.get(info.calendar) if info else None
        calendars: dict[TeamId | None, WorkingDays] = {
            None: standard or WorkingDays(Calendar(id=CalendarId("")))
        }
        for team in self.teams.values():
            own = self.working_days.get(team.calendar) if team.calendar else None
            calendars[team.id] = own or calendars[None]
        return calendars

    # Look-ups

    @property
    def info(self) -> Properties:
        """The plan's own properties."""
        return next(iter(self.properties.values()))

    def calendar_of(self, item: Item) -> WorkingDays:
        """The working days of the item's team, else of the plan."""
        calendars = self.team_calendars
        return calendars.get(item.team) or calendars[None]

    def category_of(self, item: Item) -> Category:
        """Whether the item is to do, being done or done; without a status it is to do."""
        status = self.statuses.get(item.status) if item.status else None
        return status.category if status else "todo"

    def links_of(self, ids: Iterable[ItemId]) -> list[Link]:
        """Every link that begins or ends at one of the items, once."""
        found = {
            link.id: link
            for id in ids
            for links in (self.incoming.get(id, ()), self.outgoing.get(id, ()))
            for link in links
        }
        return list(found.values())


_DERIVED = {
    "outline": {"items"},
    "keys": {"items"},
    "incoming": {"links"},
    "outgoing": {"links"},
    "working_days": {"calendars"},
    "team_calendars": {"calendars", "teams", "properties"},
}
"""What is derived, and from which tables: it is handed on while they stay the same."""

Direction = Literal["incoming", "outgoing"]
_DIRECTIONS: tuple[Direction, ...] = ("incoming", "outgoing")


def _same_shape(old: Mapping[ItemId, Item], new: Mapping[ItemId, Item], touched: Touched) -> bool:
    """Whether two items tables that differ in the touched ones have the same hierarchy and order."""
    for id in touched:
        was, item = old.get(ItemId(id)), new.get(ItemId(id))
        if was is None or item is None or was.parent != item.parent or was.rank != item.rank:
            return False
    return True


def _end(link: Link, direction: Direction) -> ItemId:
    return link.target if direction == "incoming" else link.source


def _hung(links: Mapping[LinkId, Link], direction: Direction) -> dict[ItemId, list[Link]]:
    ends: dict[ItemId, list[Link]] = {}
    for link in sorted(links.values(), key=lambda link: link.id):
        ends.setdefault(_end(link, direction), []).append(link)
    return ends


def _rehung(
    ends: Mapping[ItemId, list[Link]], edits: Iterable[LinkEdit], direction: Direction
) -> dict[ItemId, list[Link]]:
    """As `_hung`, once links have changed."""
    hung = dict(ends)
    for before, after in edits:
        if before is not None:
            at = _end(before, direction)
            hung[at] = [link for link in hung[at] if link.id != before.id]
            if not hung[at]:
                del hung[at]
        if after is not None:
            at = _end(after, direction)
            hung[at] = sorted([*hung.get(at, ()), after], key=lambda link: link.id)
    return hung


def new_plan(title: str = "") -> Plan:
    """An empty plan: Monday to Friday, no holidays, the usual levels and statuses, three views."""
    return Plan().put(
        Properties(id=new_id(), title=title),
        Calendar(id=CalendarId("standard"), title="Standard"),
        *(
            Level(id=LevelId(title.lower()), title=title, rank=float(rank))
            for rank, title in enumerate(("Theme", "Initiative", "Feature", "Task"))
        ),
        Status(id=StatusId("planned"), title="Planned", category="todo", rank=0.0),
        Status(id=StatusId("in-progress"), title="In progress", category="doing", rank=1.0),
        Status(id=StatusId("done"), title="Done", category="done", rank=2.0),
        View(id=ViewId("plan"), title="Whole plan", group="", color="team", rank=0.0),
        View(id=ViewId("by-team"), title="Plan by team", group="team", color="team", rank=1.0),
        View(id=ViewId("by-status"), title="By status", group="status", color="status", rank=2.0),
    )
