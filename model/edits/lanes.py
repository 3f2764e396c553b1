"""What it does to items that they are dropped into a lane, and at a place in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from ..plan import Plan
from ..records import FIRST, ItemId
from ..refused import Refused
from ..rows.lanes import Path, grouping
from ..schedule import schedule


def put_in_lane(plan: Plan, ids: Iterable[ItemId], path: Path) -> Plan:
    """Give items the values of a lane, `(grouping, value)` from the outermost on; what they have stays.

    Raises:
        Refused("lane.derived", group): the value of that grouping follows from others.
    """
    times = schedule(plan)
    chosen = list(ids)
    for key, value in path:
        by = grouping(plan, key)
        if by is None:
            continue
        strangers = [id for id in chosen if by.read(plan, times, plan.items[id]) != value]
        if not strangers:
            continue
        if by.put is None:
            raise Refused("lane.derived", group=key)
        plan = by.put(plan, strangers, value)
    return plan


def put_below(plan: Plan, ids: Iterable[ItemId], above: ItemId | None, lane: Sequence[ItemId]) -> Plan:
    """Let items stand right below another one of a lane (None: at its top), in the order they have now.

    `lane` are its items as they stand, with or without these. Their places in the hierarchy stay as they are.
    """
    place = {id: at for at, id in enumerate(lane)}
    moved = sorted(set(ids), key=lambda id: place.get(id, plan.outline.place[id] + len(place)))
    rest = [id for id in lane if id not in set(moved)]
    at = rest.index(above) + 1 if above is not None else 0
    order = [FIRST, *rest[:at], *moved, *rest[at:]]
    changed = set(moved).union(id for id in rest if plan.items[id].below is not None)
    return plan.put(*(replace(plan.items[id], below=one) for one, id in pairwise(order) if id in changed))
