"""A plan as the file of another planner has it: what its reader hands on to `build`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

import msgspec

from ...model.records import (
    Calendar,
    Category,
    CustomKind,
    Days,
    Horizon,
    ItemKind,
    LinkType,
    Precision,
    Span,
)

Kind = Literal["mspdi", "gan", "ics", "trello"]
WEEKDAYS = (0, 1, 2, 3, 4)


_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def who(name: str, address: str) -> str:
    """Somebody's name, with the address if it is one; the address alone for who has no name."""
    name, address = name.strip(), address.strip()
    if not _ADDRESS.fullmatch(address):
        return name
    return f"{name} <{address}>" if name and name != address else address


class Task(msgspec.Struct, kw_only=True):
    """One thing to do, on the days on which the other program shows it."""

    uid: str
    """What the file knows it by, the same in every version of the file."""
    number: int | None = None
    """A number of its own there, for its key."""
    key: str = ""
    """The whole key, where the file has one."""
    title: str = ""
    line: int = 0
    parent: str | None = None
    """The uid of what it is part of; that comes before it."""
    kind: ItemKind = "bar"
    first: date | None = None
    last: date | None = None
    """The last day, included; None: the same as the first."""
    days: int | None = None
    """Working days of a bar without dates."""
    soon: bool = False
    """It stands as early as its links allow, and moves when they do."""
    not_before: date | None = None
    """Of one that stands `soon`: the day it waits for, whatever its links say."""
    pinned: bool = False
    deadline: date | None = None
    progress: int = 0
    status: str | None = None
    """By name; None: by the category."""
    category: Category | None = None
    """None: as the progress says."""
    horizon: Horizon = ""
    precision: Precision = "day"
    level: str = ""
    effort: float | None = None
    """Person-days."""
    owners: tuple[str, ...] = ()
    """By name or `name <address>`, the first one first."""
    team: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own: dict[str, Any] = {}
    """Values of the fields that only the file has, by the field's uid."""


class Waits(msgspec.Struct, kw_only=True):
    """A dependency: `target` waits for `source`, both uids."""

    source: str
    target: str
    type: LinkType = "FS"
    lag: int = 0
    """Working days."""
    loose: bool = False
    """The lag is only about right: it was in hours, calendar days or percent."""
    within_days: bool = False
    """It leads from or to a moment within a day, or to an end that is as well the next begin."""
    line: int = 0


class OwnField(msgspec.Struct):
    """A field that our items have not got."""

    title: str
    kind: CustomKind = "text"
    options: tuple[str, ...] = ()
    currency: str = ""


class Snapshot(msgspec.Struct):
    """A baseline; the days of tasks by their uids."""

    title: str
    taken: date
    spans: dict[str, Span]


class Said(msgspec.Struct):
    """A complaint of the reader's; see `Complaint`."""

    code: str
    values: dict[str, Any]
    line: int = 0
    done: str = ""
    level: Literal["note", "warning"] = "warning"


class Foreign(msgspec.Struct):
    """All of a file. Tasks come in the order of the file, parents before what is in them."""

    kind: Kind
    title: str = ""
    tasks: list[Task] = []
    waits: list[Waits] = []
    people: tuple[str, ...] = ()
    """Everybody, whether they have something to do or not."""
    teams: dict[str, str] = {}
    """The team of a person, both by name."""
    fields: dict[str, OwnField] = {}
    baselines: list[Snapshot] = []
    weekdays: tuple[int, ...] = WEEKDAYS
    holidays: tuple[Days, ...] = ()
    extra: tuple[Days, ...] = ()
    has: frozenset[str] = frozenset()
    """Our fields that it says itself: team, status, level. Where one is empty it is not made up."""
    said: list[Said] = []

    def say(self, code: str, line: int = 0, done: str = "", **values: Any) -> None:
        """Complain about a line, or about the whole."""
        self.said.append(Said(code, values, line, done))

    def note(self, code: str, line: int = 0, **values: Any) -> None:
        """Tell of something that loses nothing one has to look after."""
        self.said.append(Said(code, values, line, level="note"))

    def calendar(self, standard: Calendar) -> Calendar:
        """The plan's calendar."""
        return msgspec.structs.replace(
            standard, weekdays=self.weekdays, holidays=self.holidays, extra=self.extra
        )
