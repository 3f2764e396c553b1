"""The order of the items of a lane: the plan's, but for those that somebody has put elsewhere by hand."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan import Plan
from ..records import FIRST, ItemId


def by_hand(plan: Plan, ids: Sequence[ItemId]) -> Sequence[ItemId]:
    """The items of a lane, given in the plan's order, as they stand there.

    Each that says below which one it stands comes right after that; where that one is in another lane, or is
    gone, it stands where the plan has it.
    """
    items, here = plan.items, frozenset(ids)
    put: dict[ItemId, list[ItemId]] = {}
    for id in ids:
        below = items[id].below
        if below is not None and (below == FIRST or below in here):
            put.setdefault(below, []).append(id)
    if not put:
        return ids
    elsewhere = {id for those in put.values() for id in those}
    result: list[ItemId] = []
    seen: set[ItemId] = set()
    waiting = [id for id in reversed(ids) if id not in elsewhere]
    waiting += reversed(put.get(FIRST, ()))
    while waiting:
        id = waiting.pop()
        if id not in seen:
            seen.add(id)
            result.append(id)
            waiting += reversed(put.get(id, ()))
    if len(result) < len(ids):  # two changes put together may have them stand below each other
        result += [id for id in ids if id not in seen]
    return result
