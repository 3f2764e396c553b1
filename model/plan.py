"""The roadmap as one immutable value.

A plan is never changed in place: an edit makes a new plan that shares every untouched table with the old
one. So a preview can be thrown away, a thread can read a plan without a lock, and the difference of two plans
is cheap: tables that are the same object are skipped, and a table knows which records were touched since the
one that it was made from. What is derived from the tables (outline, network, working days) is computed when
asked for: it is taken over from the plan before where the edit cannot have changed it, and mended where the
edit has touched a few records only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from .calendar import WorkingDays
from .change import Change, Edit
from .engine.mending import ItemEdit, LinkEdit
from .engine.mending import mended as mended_network
from .engine.network import Network
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
    Comment,
    CommentId,
    CustomField,
    ExportId,
    FieldId,
    Item,
    ItemId,
    Level,
    LevelId,
    Link,
    LinkId,
    Person,
    PersonId,
    Properties,
    Record,
    RecordId,
    SentWorkbook,
    Source,
    SourceId,
    Status,
    StatusId,
    Team,
    TeamId,
    View,
    ViewId,
    new_id,
)
from .traces import Touched, Trace, untouched

R = TypeVar("R", bound=Record)


class Earlier(NamedTuple):
    """What an earlier plan has derived, and the tables that it did so from."""

    value: Any
    traces: dict[str, Trace]


class Plan(msgspec.Struct, frozen=True, dict=True):
    """All tables of a roadmap. Make one with `new_plan()`; a bare `Plan()` has no properties."""

    properties: Mapping[str, Properties] = {}
    levels: Mapping[LevelId, Level] = {}
    statuses: Mapping[StatusId, Status] = {}
    calendars: Mapping[CalendarId, Calendar] = {}
    teams: Mapping[TeamId, Team] = {}
    people: Mapping[PersonId, Person] = {}
    fields: Mapping[FieldId, CustomField] = {}
    items: Mapping[ItemId, Item] = {}
    links: Mapping[LinkId, Link] = {}
    comments: Mapping[CommentId, Comment] = {}
    baselines: Mapping[BaselineId, Baseline] = {}
    views: Mapping[ViewId, View] = {}
    sources: Mapping[SourceId, Source] = {}
    exports: Mapping[ExportId, SentWorkbook] = {}

    # The tables as values

    def table(self, name: str) -> Mapping[RecordId, AnyRecord]:
        table: Mapping[RecordId, AnyRecord] = getattr(self, name)
        return table

    def find(self, kind: type[R], id: RecordId | None) -> R | None:
        """The record of that kind with that id, wherever the id comes from; None: there is no such one."""
        found = self.table(TABLE_OF[kind]).get(id) if id is not None else None
        return found if isinstance(found, kind) else None

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
            ids = self._trace(name).since(old._trace(name))
            if ids is None:
                ids = [*after, *(id for id in before if id not in after)]
            for id in ids:
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
        traces = {name: self._trace(name).on(table, touched[name]) for name, table in changed.items()}
        plan.__dict__["_traces"] = {**self.__dict__.get("_traces", {}), **traces}
        plan.__dict__["_earlier"] = {}
        for name, tables in _DERIVED.items():
            if name in self.__dict__ and tables.isdisjoint(touched):
                plan.__dict__[name] = self.__dict__[name]
            elif earlier := self._known(name):
                plan.__dict__["_earlier"][name] = earlier
        return plan

    # How it came about

    def _trace(self, name: str) -> Trace:
        trace: Trace | None = self.__dict__.get("_traces", {}).get(name)
        return trace or untouched(self.table(name))

    def _known(self, name: str) -> Earlier | None:
        """What goes by a name, as it was derived here or for the last plan before that needed it."""
        if name in self.__dict__:
            return Earlier(self.__dict__[name], {table: self._trace(table) for table in _DERIVED[name]})
        earlier: Earlier | None = self.__dict__.get("_earlier", {}).get(name)
        return earlier

    def _mended(self, name: str, mend: Callable[..., Any]) -> Any:
        """What an earlier plan has derived, mended; None where it is to be made anew.

        `mend` gets that, and the records before and after of each table that it is derived from.
        """
        earlier: Earlier | None = self.__dict__.get("_earlier", {}).pop(name, None)
        if earlier is None:
            return None
        edits = []
        for table, trace in sorted(earlier.traces.items()):
            before, after = trace.table, self.table(table)
            ids = self._trace(table).since(trace)
            if ids is None:
                ids = [*after, *(id for id in before if id not in after)]
            pairs = [(before.get(id), after.get(id)) for id in ids]
            edits.append([(was, record) for was, record in pairs if was is not record])
        return mend(earlier.value, *edits)

    # What is derived from them

    @cached_property
    def outline(self) -> Outline:
        """The hierarchy: children, depth, and the plan's order."""
        mended: Outline | None = self._mended("outline", lambda was, edits: was.after(self.items, edits))
        return mended or Outline(self.items)

    @cached_property
    def keys(self) -> dict[str, ItemId]:
        """Item ids by their key."""
        mended: dict[str, ItemId] | None = self._mended("keys", partial(_rekeyed, self.items))
        return {item.key: item.id for item in self.items.values()} if mended is None else mended

    @cached_property
    def network(self) -> Network:
        """What waits for what: links and hierarchy as flat lists in order."""
        mend = partial(mended_network, self.outline, self.links)
        mended: Network | None = self._mended("network", mend)
        return mended or Network(self.items, self.links, self.outline)

    @cached_property
    def incoming(self) -> dict[ItemId, list[Link]]:
        """The links that end at each item, by id."""
        mended: LinksByEnd | None = self._mended("incoming", partial(_rehung, _target))
        return _hung(self.links, _target) if mended is None else mended

    @cached_property
    def outgoing(self) -> dict[ItemId, list[Link]]:
        """The links that begin at each item, by id."""
        mended: LinksByEnd | None = self._mended("outgoing", partial(_rehung, _source))
        return _hung(self.links, _source) if mended is None else mended

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

    @property
    def shown_baseline(self) -> Baseline | None:
        """The baseline that bars have as their ghosts: the one that was chosen, else the latest."""
        info = next(iter(self.properties.values()), None)
        chosen = self.baselines.get(info.baseline) if info is not None and info.baseline else None
        return chosen or max(
            self.baselines.values(), key=lambda baseline: (baseline.taken, baseline.id), default=None
        )

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
    "network": {"items", "links"},
    "incoming": {"links"},
    "outgoing": {"links"},
    "working_days": {"calendars"},
    "team_calendars": {"calendars", "teams", "properties"},
    "_fields": {"fields"},
}
"""What is derived, and from which tables: it is handed on while they stay the same."""

LinksByEnd = dict[ItemId, list[Link]]
_source, _target = attrgetter("source"), attrgetter("target")


def _hung(links: Mapping[LinkId, Link], end: Callable[[Link], ItemId]) -> LinksByEnd:
    ends: LinksByEnd = {}
    for link in sorted(links.values(), key=attrgetter("id")):
        ends.setdefault(end(link), []).append(link)
    return ends


def _rehung(end: Callable[[Link], ItemId], ends: LinksByEnd, edits: Iterable[LinkEdit]) -> LinksByEnd:
    """As `_hung`, once links have changed."""
    hung = dict(ends)
    for before, after in edits:
        if before is not None:
            at = end(before)
            hung[at] = [link for link in hung[at] if link.id != before.id]
            if not hung[at]:
                del hung[at]
        if after is not None:
            at = end(after)
            hung[at] = sorted([*hung.get(at, ()), after], key=attrgetter("id"))
    return hung


def _rekeyed(
    items: Mapping[ItemId, Item], keys: dict[str, ItemId], edits: list[ItemEdit]
) -> dict[str, ItemId] | None:
    """The keys once items have changed; None where a key may be there twice."""
    edits = [(was, item) for was, item in edits if was is None or item is None or was.key != item.key]
    if not edits:
        return keys
    keys = dict(keys)
    for was, _ in edits:
        if was is not None:
            keys.pop(was.key, None)
    keys.update((item.key, item.id) for _, item in edits if item is not None)
    return keys if len(keys) == len(items) else None


def new_plan(title: str = "") -> Plan:
    """An empty plan: Monday to Friday, no holidays, the usual levels, statuses and views."""
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
        *(replace(view, rank=float(rank)) for rank, view in enumerate(_VIEWS)),
    )


_VIEWS = (
    View(id=ViewId("plan"), title="Whole plan"),
    View(id=ViewId("by-team"), title="Plan by team", group="team"),
    View(id=ViewId("by-objective"), title="By objective", group="top", color="top"),
    View(id=ViewId("now-next-later"), title="Now – Next – Later", page="board", group="horizon"),
    View(id=ViewId("by-status"), title="By status", group="status", color="status"),
    View(
        id=ViewId("critical-path"),
        title="Critical path",
        page="timeline",
        filter="is:critical",
        show_critical=True,
    ),
    View(id=ViewId("my-items"), title="My items", group="status", filter="owner:me"),
)
"""Of a new plan, in order."""
