"""Which columns a table has that nobody has arranged yet, and how wide they are; no Qt."""

from __future__ import annotations

from ...model.fields import Field
from ...model.records import Column

USUAL = tuple(
    Column(key)
    for key in (
        "key", "title", "team", "owner", "status", "start", "finish", "duration", "progress", "effort",
        "depends", "slack",
    )
)  # fmt: skip
"""The columns of a view that names none."""
_WIDTHS = {
    "key": 76, "title": 300, "team": 140, "owner": 140, "status": 120, "duration": 84, "progress": 120,
    "effort": 84, "depends": 150, "slack": 72, "slip": 72, "parent": 180, "kind": 100,
}  # fmt: skip
_BY_KIND = {
    "text": 150, "long": 220, "url": 180, "choice": 130, "choices": 170, "tags": 140, "person": 140,
    "date": 112, "number": 92, "currency": 110, "percent": 92, "flag": 80, "links": 150,
}  # fmt: skip
_ELSE = 104


def width_of(field: Field) -> int:
    """The width of a column that nobody has widened."""
    return _WIDTHS.get(field.key) or _BY_KIND.get(field.kind, _ELSE)
