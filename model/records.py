"""Every record a plan is made of: frozen, comparable, written to the file as they stand.

Dates are `datetime.date`: there are no clock times anywhere in the model. A record refers to another
by its id (UUIDv7 text), never by its key or title, so that renaming breaks nothing and copies can be merged.
"""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Literal, NewType, TypeAlias, get_args

import msgspec

ItemId = NewType("ItemId", str)
LinkId = NewType("LinkId", str)
CommentId = NewType("CommentId", str)
SourceId = NewType("SourceId", str)
ExportId = NewType("ExportId", str)
TeamId = NewType("TeamId", str)
PersonId = NewType("PersonId", str)
LevelId = NewType("LevelId", str)
StatusId = NewType("StatusId", str)
CalendarId = NewType("CalendarId", str)
BaselineId = NewType("BaselineId", str)
ViewId = NewType("ViewId", str)
FieldId = NewType("FieldId", str)
RecordId: TypeAlias = str

ItemKind = Literal["bar", "milestone"]
LinkType = Literal["FS", "SS", "FF", "SF"]
Category = Literal["todo", "doing", "done"]
Horizon = Literal["", "now", "next", "later"]
Precision = Literal["day", "week", "month", "quarter", "half", "year"]
CustomKind = Literal[
    "text",
    "long",
    "number",
    "currency",
    "date",
    "choice",
    "choices",
    "person",
    "url",
    "flag",
    "formula",
]
CustomValue: TypeAlias = str | float | bool | tuple[str, ...]
"""A value of a field of the plan's own: a day as ISO text, a choice by its id, a person by theirs."""

LINK_TYPES: tuple[LinkType, ...] = ("FS", "SS", "FF", "SF")
HORIZONS: tuple[Horizon, ...] = ("", "now", "next", "later")
PRECISIONS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "half", "year")
FIELD_GROUPS = ("own", "what", "when", "who")
"""Where the inspector can show a field of the plan's own."""
CUSTOM_KINDS: tuple[CustomKind, ...] = get_args(CustomKind)
FIRST = ItemId("")
"""Below nobody: at the top of its lane."""
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
    colors: dict[str, dict[str, str]] = {}
    """Colours chosen for values, by field and value, never changed in place; see `colors`."""
    baseline: BaselineId | None = None
    """The baseline that is shown and that slip is measured against; None: the latest."""


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


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the values that a field of the plan's own offers."""

    id: str
    title: str
    color: str = ""
    """Name of a lane colour of the theme; empty: by the place in the list."""


class CustomField(Record, frozen=True, kw_only=True):
    """A field of items that somebody added to this plan; its values are in `Item.custom`."""

    id: FieldId
    title: str
    kind: CustomKind = "text"
    options: tuple[Choice, ...] = ()
    """Of a choice or several choices: what there is to choose, in order."""
    currency: str = ""
    """ISO 4217 code; of a formula too, whose result is an amount of money then."""
    decimals: int | None = None
    """How many are shown of a number or an amount; None: as many as it has."""
    formula: str = ""
    """What a formula computes; see `formula`. Fields are named by their keys in it."""
    group: str = "own"
    """Where the inspector shows it: what, when, who or own."""
    rank: float = 0.0


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
    below: ItemId | None = None
    """In a lane, the item it was put right below by hand, or `FIRST`; None: it stands as the plan has it."""
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
    custom: dict[FieldId, CustomValue] = {}
    """Values of the plan's own fields, never changed in place; an empty one is absent."""


class Link(Record, frozen=True, kw_only=True):
    """A dependency: `target` waits for `source`."""

    id: LinkId
    source: ItemId
    target: ItemId
    type: LinkType = "FS"
    lag: int = 0
    """Working days of the target's calendar; negative is a lead."""


class Comment(Record, frozen=True, kw_only=True):
    """What somebody said about an item, in so many words."""

    id: CommentId
    item: ItemId
    text: str = ""
    author: str = ""
    time: str = ""
    """When it was said, UTC, ISO 8601, to the second; empty: nobody knows."""


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


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """A column of the table: its field, and its width in pixels (0: as wide as its content suggests)."""

    field: str
    width: int = 0


class Sort(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field by which rows are ordered on screen; `down` has the greatest first."""

    field: str
    down: bool = False


class Limit(msgspec.Struct, frozen=True):
    """How many items a column of the board may hold: the work in progress that a team agrees on."""

    field: str
    """What makes the columns."""
    value: str
    """The value of the column, as text; empty: of the column without one."""
    most: int


class View(Record, frozen=True, kw_only=True):
    """A saved way to look at the plan. Field names are keys of `fields_of(plan)` or of `lanes.groupings`."""

    id: ViewId
    title: str
    page: str = ""
    """The page it opens; empty: it changes whichever page one is on."""
    group: str = ""
    """What makes the lanes; empty: the hierarchy."""
    subgroup: str = ""
    """What makes the lanes within a lane; counts only where there is a `group`."""
    stacks: str = ""
    """What makes the columns of the board; empty: the `group`, or the status where there is none."""
    swimlanes: str = ""
    """What makes the rows of the board, across its columns; empty: nothing."""
    limits: tuple[Limit, ...] = ()
    """Of columns of the board; they are kept at once, whatever else is only changed on screen."""
    packed: bool = False
    """Bars of a lane that do not touch share a row."""
    color: str = "team"
    filter: str = ""
    """As `filters` reads it."""
    dims: bool = False
    """What the filter and the search do not find is shown pale, else not at all."""
    columns: tuple[Column, ...] = ()
    """Of the table, in order; empty: the usual ones."""
    frozen: int = 1
    """How many of the columns stay in sight while the table is scrolled."""
    sort: tuple[Sort, ...] = ()
    """The order of siblings, or of the items of a lane; empty: as they were put by hand."""
    show_links: bool = True
    show_critical: bool = False
    show_baseline: bool = True
    show_progress: bool = True
    show_done: bool = True
    """Whether items that are done are shown."""
    show_empty: bool = False
    """Whether lanes are shown that hold nothing."""
    first: date | None = None
    last: date | None = None
    """The days the timeline goes to when the view is chosen, both included; None: it stays where it is."""
    rank: float = 0.0


class Source(Record, frozen=True, kw_only=True):
    """A file of another program that the plan was read from, so that a newer one of it can be merged."""

    id: SourceId
    title: str
    """The name of the file."""
    sheet: str = ""
    mapping: dict[str, str] = {}
    """Which field a heading means, where somebody said so."""
    reading: str = ""
    """All that somebody chose for it, as JSON (`io.tables.choices`); empty: nothing was chosen."""
    base: str = ""
    """What was read of it, packed (`io.sources`)."""
    joined: bool = False
    """Whether it was taken into a plan that there was before, whose title and calendars are its own."""


class SentWorkbook(Record, frozen=True, kw_only=True):
    """A workbook in which the plan, or a part of it, was sent out: what comes back names it by its id."""

    id: ExportId
    title: str
    """The name of the file."""
    day: date
    time: str
    """When the plan was as it was sent, UTC, `20270304T091500Z`."""
    recipient: str = ""
    filter: str = ""
    """What was shown of the plan; empty: everything."""
    team: TeamId | None = None
    """Whose items were sent; None: everybody's."""
    fields: tuple[str, ...] | None = None
    """Of the fields that can be left out, those that were sent; None: all."""


AnyRecord: TypeAlias = (
    Properties
    | Level
    | Status
    | Calendar
    | Team
    | Person
    | CustomField
    | Item
    | Link
    | Comment
    | Baseline
    | View
    | Source
    | SentWorkbook
)

TABLES: dict[str, type[AnyRecord]] = {
    "properties": Properties,
    "levels": Level,
    "statuses": Status,
    "calendars": Calendar,
    "teams": Team,
    "people": Person,
    "fields": CustomField,
    "items": Item,
    "links": Link,
    "comments": Comment,
    "baselines": Baseline,
    "views": View,
    "sources": Source,
    "exports": SentWorkbook,
}
"""Table name to record type, in the order of the file."""

TABLE_OF: dict[type[Record], str] = {record: name for name, record in TABLES.items()}
