"""The colours that people have chosen for values; whatever has none gets one by its place in its list.

A colour is the name of a lane colour of the theme, or `#RRGGBB`. Teams and the options of the plan's own
fields hold theirs; those of all other values (an owner, a status, a quarter) are in the plan's properties.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from .fields import fields_of
from .plan import Plan
from .records import CustomField


def color_of(plan: Plan, key: str, value: Any) -> str:
    """The colour chosen for a value of a field or of another grouping; empty: none has been."""
    if key == "team":
        team = plan.teams.get(value)
        return team.color if team is not None else ""
    own = own_choice(plan, key)
    if own is not None:
        return next((option.color for option in own.options if option.id == value), "")
    return plan.info.colors.get(key, {}).get(written(value), "")


def own_choice(plan: Plan, key: str) -> CustomField | None:
    """The field of the plan's own with that key, if it offers single choices, which have colours."""
    field = fields_of(plan).get(key)
    own = field.own if field is not None else None
    return own if own is not None and own.kind == "choice" else None


def written(value: Any) -> str:
    """A value as the plan's properties name it."""
    if isinstance(value, tuple):
        return ", ".join(map(written, value))
    return value.isoformat() if isinstance(value, date) else str(value)
