"""Every record a plan is made of: frozen, comparable, written to the file as they stand.

Dates are `datetime.date`: there are no clock times anywhere in the model. A record refers to another
by its id (UUIDv7 text), never by its key or title, so that renaming breaks nothing and copies can be merged.
"""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Literal, NewType, TypeAlias

import msgspec

ItemId = NewType("ItemId", str)
LinkId = NewType("LinkId", str)
TeamId = NewType("TeamId", str)
PersonId = NewType("PersonId", str)
LevelId = NewType("LevelId", str)
StatusId = NewType("StatusId", str)
CalendarId = NewType("CalendarId", str)
BaselineId = NewType("BaselineId", str)
ViewId = NewType("ViewId", str)
RecordId: TypeAlias = str

ItemKind = Literal["bar", "milestone"]
LinkType = Literal["FS", "SS", "FF", "SF"]
Category = Literal["todo", "doing", "done"]
Horizon = Literal["", "now", "next", "later"]
Precision = Literal["day", "week", "month", "quarter", "half", "year"]

LINK_TYPES: tuple[LinkType, ...] = ("FS", "SS", "FF", "SF")
HORIZONS: tuple[Horizon, ...] = ("", "now", "next", "later")
PRECISIONS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "half", "year")
DEFAULT_DURATION = 5
"""Working days of a new bar."""


def new_id() -> str:
    """A UUIDv7 as text: sorts by the time it was made (RFC 9562, section 5.7)."""
    return _uuid((time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10)), 7)


def derived_id(*parts: str) -> str:
    """An id that is the same for the same parts: UUIDv8 text made of their SHA-256."""
    import hashlib  # which loads OpenSSL: not before the first paint

    value = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:16])
    return _uuid(value, 8)


def _uuid(value: int, version: int) -> str:
    value = value & ~(0xF << 76) | version << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of all records: immutable, and its defaults are not written."""

    id: str


class Properties(Record, frozen=True, kw_only=True):
    """What the plan says of itself; there is one, its id is the plan's id."""

    title: str = ""
    prefix: str = "RW"
    """What item keys begin with: `RW` gives RW-1, RW-2."""
    next_number: int = 1
    """The number of the next key. It only grows, so that no key is ever used twice."""
    calendar: CalendarId = CalendarId("standard")
    fiscal_start: int = 1
    """The month (1 to 12) in which the fiscal year begins."""


class Level(Record, frozen=True, kw_only=True):
    """One of the plan's own names for how big an item is: Theme, Initiative, Feature, Task."""

    id: LevelId
    title: str
    rank: float = 0.0


class Status(Record, frozen=True, kw_only=True):
    """One of the plan's own words for how far an item is; `category` says what the schedule makes of it."""

    id: StatusId
    title: str
    category: Category = "todo"
    rank: float = 0.0


class Days(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of days, first and last included, with the name people know it by."""

    first: date
    last: date
    title: str = ""


class Calendar(Record, frozen=True, kw_only=True):
    """Which days are worked. `extra` days are worked even where they fall on a holiday or a weekend."""

    id: CalendarId
    title: str = ""
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    """Working weekdays, Monday is 0."""
    holidays: tuple[Days, ...] = ()
    extra: tuple[Days, ...] = ()


class Team(Record, frozen=True, kw_only=True):
    """Who works on items together; its calendar, if it has one, is the one its items use."""

    id: TeamId
    title: str
    color: str = ""
    """Name of a lane colour of the theme; empty: by the team's place in the list."""
    calendar: CalendarId | None = None
    rank: float = 0.0


class Person(Record, frozen=True, kw_only=True):
    """Somebody who can own an item."""

    id: PersonId
    name: str
    email: str = ""
    team: TeamId | None = None


class Item(Record, frozen=True, kw_only=True):
    """Anything that can be put on the timeline."""

    id: ItemId
    key: str
    title: str = ""
    kind: ItemKind = "bar"
    level: LevelId | None = None
    parent: ItemId | None = None
    rank: float = 0.0
    """Place among the items of the same parent, by hand."""
    start: date | None = None
    """Not before this day; None: as soon as its predecessors allow, or the backlog if it has none."""
    duration: int = DEFAULT_DURATION
    """Working days of the item's calendar, at least 1; ignored by milestones."""
    pinned: bool = False
    """Stands at `start` whatever its links say."""
    deadline: date | None = None
    precision: Precision = "day"
    horizon: Horizon = ""
    status: StatusId | None = None
    progress: int = 0
    """Percent, 0 to 100."""
    effort: float | None = None
    """Person-days."""
    team: TeamId | None = None
    owner: PersonId | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""


class Link(Record, frozen=True, kw_only=True):
    """A dependency: `target` waits for `source`."""

    id: LinkId
    source: ItemId
    target: ItemId
    type: LinkType = "FS"
    lag: int = 0
    """Working days of the target's calendar; negative is a lead."""


class Span(msgspec.Struct, frozen=True, array_like=True):
    """The days an item took up: first and last, both included."""

    first: date
    last: date


class Baseline(Record, frozen=True, kw_only=True):
    """A named earlier state of the plan's dates, to compare today's with."""

    id: BaselineId
    title: str
    taken: date
    spans: dict[ItemId, Span] = {}


class View(Record, frozen=True, kw_only=True):
    """A saved way to look at the plan. Field names are keys of `fields.FIELDS`."""

    id: ViewId
    title: str
    group: str = ""
    """The field that makes the lanes; empty: the hierarchy."""
    color: str = "team"
    filter: str = ""
    rank: float = 0.0


AnyRecord: TypeAlias = Properties | Level | Status | Calendar | Team | Person | Item | Link | Baseline | View

TABLES: dict[str, type[AnyRecord]] = {
    "properties": Properties,
    "levels": Level,
    "statuses": Status,
    "calendars": Calendar,
    "teams": Team,
    "people": Person,
    "items": Item,
    "links": Link,
    "baselines": Baseline,
    "views": View,
}
"""Table name to record type, in the order of the file."""

TABLE_OF: dict[type[AnyRecord], str] = {record: name for name, record in TABLES.items()}
