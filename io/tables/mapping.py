"""Which column of a table holds which of our fields, and the rules by which its cells are read."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from typing import Literal

import msgspec
from msgspec.structs import replace

from ...model.fields import FIELDS
from ...model.records import Category, CustomKind
from ...model.refused import Refused
from ..strings import say
from .dates import Order
from .source import Source
from .words import fold, many

OWN = "own"
"""The role of a column that is none of our fields: it becomes a field of the plan's own."""
ROLES = (
    "id",
    "outline",
    "wbs",
    "group",
    "parent_id",
    "blocks",
    "status_category",
    "archived",
    "active",
    "period",
    OWN,
)
"""What a column can be for an import besides one of our fields."""

Why = Literal["heading", "alike", "content", "preset", "before", "hand"]
"""Why a column is taken for what it is: by its heading, one like it, what is in it, the program that writes
such tables, what was chosen for these headings before, or because somebody says so."""
Hierarchy = Literal["", "none", "parent", "outline", "wbs", "indent", "banner", "group"]
"""What says who is under whom; empty: whatever the table has."""
References = Literal["", "key", "row", "title"]
"""What dependencies name; empty: whatever can be found."""
Unit = Literal["h", "d", "w", "mo", "points"]


class Rules(msgspec.Struct, frozen=True, omit_defaults=True):
    """How cells are read where they can be read in several ways. The defaults leave it to what is in them."""

    order: Order | None = None
    hierarchy: Hierarchy = ""
    references: References = ""
    statuses: dict[str, str] = {}
    """The title of our status for their word (folded)."""
    categories: dict[str, Category] = {}
    """What a new status of their word (folded) counts as."""
    units: dict[str, Unit] = {}
    """What a bare number of a field (duration, effort) counts."""
    lone: Literal["bar", "milestone"] = "bar"
    """What a row is that has nothing but the day on which it ends."""


class OwnColumn(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wanted of a column that becomes a field of the plan's own."""

    kind: CustomKind | Literal[""] = ""
    """Empty: as the cells show."""
    title: str = ""
    """Empty: as the heading says."""


class Mapping(msgspec.Struct):
    """How a sheet is read: where its header is and which field each column holds. Can be changed by hand."""

    sheet: str
    header_row: int
    """The (last) row of the header, from 0."""
    headers: tuple[str, ...]
    columns: dict[int, str | None]
    """The field or role of each column that has a heading or content; None: not read."""
    plain: bool = False
    """It is our own plain exchange form."""
    score: float = 0.0
    why: dict[int, Why] = {}
    """Of the columns that are read."""
    own: dict[int, OwnColumn] = {}
    rules: Rules = Rules()
    preset: str = ""
    """The id of the preset in force, empty: none."""

    def of(self, *fields: str) -> list[int]:
        """The columns that hold one of these."""
        return [column for column, field in self.columns.items() if field in fields]

    @property
    def unread(self) -> list[str]:
        """The headings of the columns that are not read."""
        return [self.headers[column] for column, field in self.columns.items() if field is None]

    def with_column(self, column: int, field: str | None, own: OwnColumn | None = None) -> Mapping:
        """The mapping with a column as somebody wants it; a field that only one may hold leaves the other."""
        columns, why, owned = dict(self.columns), dict(self.why), dict(self.own)
        if field is not None and field not in many():
            for other in self.of(field):
                columns[other] = None
        columns[column] = field
        why[column] = "hand"
        owned.pop(column, None)
        if field == OWN and own is not None:
            owned[column] = own
        return replace(self, columns=columns, why=why, own=owned)


def override(source: Source, mapping: Mapping, wishes: Mapped[str, str]) -> Mapping:
    """The mapping with what somebody wants: a field (or nothing) for a heading.

    Raises:
        Refused("import.no_column", file, header, headers): there is no such heading.
        Refused("import.no_field", field, fields): there is no such field.
    """
    columns = dict(mapping.columns)
    for wanted, field in wishes.items():
        at = [n for n, title in enumerate(mapping.headers) if title and fold(title) == fold(wanted)]
        if not at:
            headers = [title for title in mapping.headers if title]
            raise Refused("import.no_column", file=source.path.name, header=wanted, headers=headers)
        role = _field_named(field)
        if role is not None and role not in many():
            for column, known in columns.items():
                if known == role:
                    columns[column] = None
        columns.update(dict.fromkeys(at if role in many() else at[:1], role))
    return replace(mapping, columns=columns)


def _field_named(text: str) -> str | None:
    """The key of the field that is meant by a key or a title; None for an empty text."""
    text = fold(text)
    if text in ("", "-", "none", "ignore"):
        return None
    fields = importable()
    for key in fields:
        if text in (key, fold(say(f"field.{key}"))):
            return key
    raise Refused("import.no_field", field=text, fields=fields)


def importable() -> list[str]:
    """The keys that a column can be mapped to."""
    return [*(key for key, field in FIELDS.items() if field.edit is not None), *ROLES]
