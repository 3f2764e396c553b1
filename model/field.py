"""What a field of items is: its kind, how it is read and set, where people find it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from .plan import Plan
from .records import CustomField, FieldId, Item, ItemId
from .schedule import Schedule

if TYPE_CHECKING:
    from .formulas.formula import Expression
    from .formulas.tokens import Fault

FieldKind = Literal[
    "text",
    "long",
    "choice",
    "person",
    "date",
    "days",
    "number",
    "percent",
    "flag",
    "links",
    "item",
    "tags",
    "currency",
    "choices",
    "url",
]
Reader = Callable[[Plan, Schedule, Item], Any]
Editor = Callable[[Plan, Sequence[ItemId], Any], Plan]
NUMERIC: tuple[FieldKind, ...] = ("days", "number", "percent", "currency")
"""Kinds whose values are numbers: shown at the right, added up in totals."""


class Field(msgspec.Struct, frozen=True):
    """One property of items. `edit` is None where the value follows from others."""

    key: str
    kind: FieldKind
    group: str
    """Where the inspector shows it: what, when, who, own, links, notes."""
    read: Reader
    edit: Editor | None
    table: str = ""
    """The plan's table that a choice refers to."""
    title: str = ""
    """What the person who made it calls it; empty: a field every plan has, its words are `field.<key>`."""
    own: CustomField | None = None
    """The record it comes from, if the plan brought it."""
    formula: Expression | None = None
    """What computes it, if a formula does."""
    fault: Callable[[Plan, Schedule, Item], Fault | None] | None = None
    """Of a formula: why an item has no value (None: it has, or is empty for want of others)."""


OWN = "x-"
"""What the keys of a plan's own fields begin with."""


def own_key(id: FieldId) -> str:
    """The key of a plan's own field, by which views, workbooks and formulas name it."""
    return OWN + id
