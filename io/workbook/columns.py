"""The columns of the Roadmap sheet: which, in what order, how wide, and where the table stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

import msgspec

from ...model.field import NUMERIC, Field, FieldKind
from ...model.fields import fields_of
from ...model.plan import Plan
from ..own_headings import spec_of
from ..strings import field_title, languages, say, speaking
from .cells import clean, folded

KEY_ROW = 2
"""The hidden row, from 0, that names each column's field as `rw:<field>`."""
HEADER_ROW = 3
FIRST_ROW = 4
SPARE_ROWS = 60
"""Rows under the table that formulas, drop-downs and colours already know, for what people type there."""
MARK = "rw:"
UID = "uid"
DEPTH = "depth"
FEEDBACK = "feedback"
HELPERS = (UID, DEPTH, FEEDBACK)
"""Columns that are no field of an item."""
SYNC_SHEET = "_sync"
LISTS_SHEET = "_lists"
TABLE_NAME = "RoadmapTable"
SHEETS = ("read_me", "changes", "roadmap", "timeline", "dependencies", "summary")
"""Those that people see: their names are `workbook.sheet.<sheet>`."""


class Column(msgspec.Struct, frozen=True):
    """A column of the table; `field` is a key of `fields_of(plan)`, or one of `HELPERS`."""

    field: str
    width: float
    """In characters of the normal font."""
    align: str = "left"
    hidden: bool = False
    computed: bool = False
    """Grey: people leave it alone."""
    small: bool = False
    wrap: bool = False
    more: bool = False
    """Stands at the end and is not printed."""


COLUMNS: tuple[Column, ...] = (
    Column("key", 9, "center", computed=True, small=True),
    Column("title", 46, wrap=True),
    Column(UID, 12, hidden=True, computed=True, small=True),
    Column(DEPTH, 6, "center", hidden=True, computed=True, small=True),
    Column("team", 17),
    Column("level", 11, "center"),
    Column("kind", 11, "center"),
    Column("status", 13, "center"),
    Column("owner", 18),
    Column("start", 12.5, "center"),
    Column("finish", 12.5, "center"),
    Column("duration", 9.5, "center"),
    Column("progress", 10.5, "center"),
    Column("depends", 24, small=True, wrap=True),
    Column("slack", 7.5, "center", computed=True, small=True),
    Column("critical", 8.5, "center", computed=True, small=True),
    Column("notes", 40, small=True, wrap=True),
    Column("parent", 9, "center", small=True, more=True),
    Column("deadline", 12.5, "center", more=True),
    Column("effort", 9, "center", more=True),
    Column("pinned", 8.5, "center", more=True),
    Column("precision", 11, "center", more=True),
    Column("horizon", 10, "center", more=True),
    Column("tags", 20, small=True, wrap=True, more=True),
)
"""Those of every plan; fields of the plan's own stand behind them."""
REQUIRED = frozenset(
    {
        *("key", "title", UID, DEPTH, "team", "kind", "status", "start", "finish", "duration"),
        *("progress", "depends", "parent"),
    }
)
"""What the other sheets are made of, and what tells rows apart: it can't be left out."""
_FEEDBACK = Column(FEEDBACK, 36, small=True, wrap=True, more=True)
LONGEST_HEADING = 80
_OWN_WIDTHS: dict[FieldKind, float] = {"long": 40, "url": 28, "choices": 22, "tags": 22, "person": 18}


class Columns:
    """The columns of one plan's workbook.

    Attributes:
        fields: the plan's fields by key.
        all: the columns in order.
        place: where each field stands, from 0.
        keys: the columns that are fields of an item.
        headings: the words at the head of each column; no two are alike, as Excel demands.
    """

    def __init__(self, plan: Plan, wanted: Collection[str] | None = None) -> None:
        """`wanted` are the fields that are to be there beside the required ones; None: all."""
        self._plan = plan
        self.fields: Mapping[str, Field] = fields_of(plan)
        own = (field for field in self.fields.values() if field.own is not None)
        self.all: tuple[Column, ...] = tuple(
            column
            for column in (*COLUMNS, *map(_own_column, own), _FEEDBACK)
            if wanted is None or column.field in wanted or column.field in (*REQUIRED, FEEDBACK)
        )
        self.place = {column.field: place for place, column in enumerate(self.all)}
        self.keys = tuple(column.field for column in self.all if column.field not in HELPERS)
        self.headings = self._headings()

    def _headings(self) -> dict[str, str]:
        headings: dict[str, str] = {}
        taken: set[str] = set()
        for column in self.all:
            field = self.fields.get(column.field)
            text = heading(field) if field is not None else say(f"workbook.{column.field}")
            number, free = 2, text
            while free.casefold() in taken:
                number, free = number + 1, f"{text} {number}"
            taken.add(free.casefold())
            headings[column.field] = free
        return headings

    @cached_property
    def heading_words(self) -> dict[str, str]:
        """Which field each heading, folded, stands over: in any language in which workbooks are written."""
        found = {folded(text): field for field, text in self.headings.items()}
        for language in languages():
            with speaking(language):
                for field, text in self._headings().items():
                    found.setdefault(folded(text), field)
        return found

    def mark(self, field: str) -> str:
        """What the hidden row says of a column: its field, and of a field of the plan's own what it is."""
        record = self.fields[field].own if field in self.fields else None
        return MARK + field if record is None else f"{MARK}{field} {clean(spec_of(record, self._plan))}"


def choosable(plan: Plan) -> dict[str, Field]:
    """The fields that may be left out of an export, by their keys."""
    fields = fields_of(plan)
    return {
        one.field: fields[one.field] for one in Columns(plan).all if one.field not in (*REQUIRED, *HELPERS)
    }


def heading(field: Field) -> str:
    """The words at the head of a field's column."""
    return " ".join(clean(field_title(field)).split())[:LONGEST_HEADING]


def _own_column(field: Field) -> Column:
    return Column(
        field.key,
        _OWN_WIDTHS.get(field.kind, 13 if field.kind in (*NUMERIC, "date", "flag") else 18),
        "center" if field.kind in (*NUMERIC, "date", "flag") else "left",
        computed=field.edit is None,
        small=field.kind in ("long", "url"),
        wrap=field.kind in ("long", "choices", "tags"),
        more=True,
    )
