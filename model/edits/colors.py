"""What can be done to colours: choose one for a value, or leave it to the value's place again."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from ..colors import own_choice, written
from ..plan import Plan
from ..refused import Refused


def set_color(plan: Plan, key: str, value: Any, color: str) -> Plan:
    """Let a value of a field or of another grouping have this colour; empty: the one of its place.

    Raises:
        Refused("color.unreadable", text): it is neither a word nor `#RRGGBB`.
    """
    color = color.strip()
    if color.startswith("#"):
        color = color.upper()
    if not re.fullmatch(r"[a-z]*|#[0-9A-F]{6}", color):
        raise Refused("color.unreadable", text=color)
    if key == "team":
        return plan.put(replace(plan.teams[value], color=color))
    own = own_choice(plan, key)
    if own is not None:
        options = (replace(one, color=color) if one.id == value else one for one in own.options)
        return plan.put(replace(own, options=tuple(options)))
    chosen = {name: one for name, one in plan.info.colors.get(key, {}).items() if name != written(value)}
    if color:
        chosen[written(value)] = color
    colors = {name: values for name, values in plan.info.colors.items() if name != key}
    if chosen:
        colors[key] = dict(sorted(chosen.items()))
    return plan.put(replace(plan.info, colors=dict(sorted(colors.items()))))
