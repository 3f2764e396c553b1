"""The roadmap as one immutable value.

A plan is never changed in place: an edit makes a new plan that shares every untouched table with the old
one. So a preview can be thrown away, a thread can read a plan without a lock, and the difference of two
plans is cheap (tables that are the same object are skipped). What is derived from the tables (outline,
working days) is computed when asked for, and handed on to the next plan when the edit cannot have changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from .change import Change, Edit
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

if TYPE_CHECKING:
    from .calendar import WorkingDays


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
        changed: dict[str, dict[RecordId, AnyRecord]] = {}
        for record in records:
            name = TABLE_OF[type(record)]
            if name not in changed:
                changed[name] = dict(self.table(name))
            changed[name][record.id] = record
        return self._with(changed)

    def drop(self, *records: AnyRecord) -> Plan:
        """A plan without these records."""
        changed: dict[str, dict[RecordId, AnyRecord]] = {}
        for record in records:
            name = TABLE_OF[type(record)]
            if name not in changed:
                changed[name] = dict(self.table(name))
            del changed[name][record.id]
        return self._with(changed)

    def since(self, old: Plan) -> Change:
        """What has changed from `old` to this plan."""
        edits: list[Edit] = []
        for name in TABLES:
            before, after = old.table(name), self.table(name)
            if before is after:
                continue
            for id, record in after.items():
                was = before.get(id)
                if was is not record and was != record:
                    edits.append(Edit(name, id, was, record))
            edits.extend(Edit(name, id, was, None) for id, was in before.items() if id not in after)
        return Change(tuple(edits))

    def apply(self, change: Change) -> Plan:
        """This plan after `change`, which must have been made on it (or on one equal in what it touches)."""
        changed: dict[str, dict[RecordId, AnyRecord]] = {}
        for edit in change.edits:
            if edit.table not in changed:
                changed[edit.table] = dict(self.table(edit.table))
            if edit.after is None:
                del changed[edit.table][edit.id]
            else:
                changed[edit.table][edit.id] = edit.after
        return self._with(changed)

    def _with(self, changed: Mapping[str, Mapping[RecordId, AnyRecord]]) -> Plan:
        plan = msgspec.structs.replace(self, **changed)
        for name, tables in _DERIVED.items():
            if name in self.__dict__ and not tables & changed.keys():
                plan.__dict__[name] = self.__dict__[name]
        if (
            "outline" in self.__dict__
            and "outline" not in plan.__dict__
            and _same_shape(self.items, plan.items)
        ):
            plan.__dict__["outline"] = self.__dict__["outline"]
        return plan

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
    def incoming(self) -> dict[ItemId, list[Link]]:
        """The links that end at each item."""
        ends: dict[ItemId, list[Link]] = {}
        for link in self.links.values():
            ends.setdefault(link.target, []).append(link)
        return ends

    @cached_property
    def working_days(self) -> dict[CalendarId, WorkingDays]:
        """The fast form of each calendar."""
        from .calendar import WorkingDays

        return {id: WorkingDays(record) for id, record in self.calendars.items()}

    @cached_property
    def team_calendars(self) -> dict[TeamId | None, WorkingDays]:
        """The working days that the items of each team use, and (None) those without a team.

        A plan without the calendar that it names, as a damaged one may be, works Monday to Friday.
        """
        from .calendar import WorkingDays

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
        """Every link that begins or ends at one of the items."""
        wanted = set(ids)
        return [link for link in self.links.values() if link.source in wanted or link.target in wanted]


_DERIVED = {
    "outline": {"items"},
    "keys": {"items"},
    "incoming": {"links"},
    "working_days": {"calendars"},
    "team_calendars": {"calendars", "teams", "properties"},
}
"""What is derived, and from which tables: it is handed on while they stay the same."""


def _same_shape(old: Mapping[ItemId, Item], new: Mapping[ItemId, Item]) -> bool:
    """Whether two items tables have the same hierarchy and order."""
    if len(old) != len(new):
        return False
    for id, item in new.items():
        was = old.get(id)
        if was is item:
            continue
        if was is None or was.parent != item.parent or was.rank != item.rank:
            return False
    return True


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
