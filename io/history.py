"""What the history lines of a plan say of the past: how it was, and where two copies parted."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.change import Change, Patch
from ..model.plan import Plan
from ..model.refused import Refused
from .roadmap_lines import read_step


def parting(
    mine: Plan, my_history: Sequence[bytes], theirs: Plan, their_history: Sequence[bytes]
) -> Plan | None:
    """The plan that two copies began with: either of them without what only its own history has.

    None: the two histories do not lead back to the same (a line is damaged, or some program wrote none).
    """
    common = 0
    for one, other in zip(my_history, their_history, strict=False):
        if one != other:
            break
        common += 1
    base = undone(theirs, their_history[common:])
    return base if base is not None and base == undone(mine, my_history[common:]) else None


def undone(plan: Plan, lines: Sequence[bytes]) -> Plan | None:
    """The plan before the steps of `lines`, which have led to it; None: they can't be taken back."""
    try:
        for line in reversed(lines):
            plan = plan.apply(Change.from_patch(_inverted(read_step(line).patch), plan.tables()))
    except (KeyError, ValueError, Refused):
        return None
    return plan


def _inverted(patch: Patch) -> Patch:
    return [
        {
            **{name: entry[name] for name in ("table", "id")},
            **({"-": entry["+"]} if "+" in entry else {}),
            **({"+": entry["-"]} if "-" in entry else {}),
        }
        for entry in reversed(patch)
    ]
