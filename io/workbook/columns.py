"""The columns of the Roadmap sheet: which, in what order, how wide, and where the table stands."""

from __future__ import annotations

import msgspec

from ..strings import say

KEY_ROW = 2
"""The hidden row, from 0, that names each column's field as `rw:<field>`."""
HEADER_ROW = 3
FIRST_ROW = 4
SPARE_ROWS = 60
"""Rows under the table that formulas, drop-downs and colours already know, for what people type there."""
MARK = "rw:"
UID = "uid"
DEPTH = "depth"
SYNC_SHEET = "_sync"
LISTS_SHEET = "_lists"
TABLE_NAME = "RoadmapTable"


class Column(msgspec.Struct, frozen=True):
    """A column of the table; `field` is a key of FIELDS, or one of the two hidden helpers."""

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
PLACE: dict[str, int] = {column.field: place for place, column in enumerate(COLUMNS)}
FIELD_COLUMNS: tuple[str, ...] = tuple(c.field for c in COLUMNS if c.field not in (UID, DEPTH))
"""The columns that are fields of an item."""


def heading(field: str) -> str:
    """The words at the head of a column."""
    return say(f"workbook.{field}" if field in (UID, DEPTH) else f"field.{field}")
