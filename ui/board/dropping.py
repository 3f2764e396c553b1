"""What a drop on the board does to the plan: the column's value, the swimlane's, and a place by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from ...io.strings import say
from ...model.edits import together
from ...model.edits.items import add_item
from ...model.edits.lanes import put_in_lane
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from ...model.rows.lanes import Path, grouping
from ...model.schedule import Schedule
from .. import making
from ..reasons import why
from ..refusals import short_title, with_titles
from ..timeline.dropping import ordered
from ..timeline.words import what_of
from ..views.names import value_title
from .contents import Contents, Total
from .layout import Cell, Slot


class Drop(msgspec.Struct, frozen=True):
    """What dropping cards at a slot means."""

    edit: Callable[[Plan], Plan] | None = None
    """None where nothing would change, or it is refused."""
    words: str = ""
    refused: Refused | None = None
    newcomers: bool = False
    """Whether any of the cards comes from another cell."""


def drop_at(plan: Plan, times: Schedule, contents: Contents, items: Sequence[ItemId], slot: Slot) -> Drop:
    """What it would do to put items, in this order, at a slot; `times` are the dates of the plan."""
    path = contents.path(slot.cell)
    newcomers = any(contents.cell_of[id] != slot.cell for id in items)
    try:
        changed = put_in_lane(plan, items, path)
        _check(plan, changed, times, items, path)
    except Refused as refused:
        told = with_titles(refused, plan)
        return Drop(None, say(told.code, **told.values), refused, newcomers)
    parts: list[Any] = [(put_in_lane, tuple(items), path)] if newcomers else []
    what, column = what_of(plan, items), contents.columns[slot.cell[1]].title
    if contents.by_hand:
        members = list(contents.cells[slot.cell])
        rest = [id for id in members if id not in items]
        above = next((id for id in reversed(members[: slot.place]) if id in rest), None)
        parts += ordered(changed, items, rest, above, members)
    elif not newcomers:
        return Drop(None, say("board.sorted"))
    if not parts:
        return Drop()
    edit = together(*parts)
    if not newcomers:
        return Drop(edit, say("board.order", what=what))
    edit.__name__ = "move_cards"
    if contents.lane_field:
        lane = contents.lanes[slot.cell[0]].title
        return Drop(edit, say("board.to_lane", what=what, column=column, lane=lane), None, True)
    return Drop(edit, say("board.to", what=what, column=column), None, True)


def totals_after(plan: Plan, contents: Contents, items: Sequence[ItemId], slot: Slot) -> Mapping[int, Total]:
    """What the heads of columns say while the items are held over a slot."""
    found: dict[int, Total] = {}
    target = slot.cell[1]
    for id in items:
        source, effort = contents.cell_of[id][1], plan.items[id].effort
        if source != target:
            found[source] = found.get(source, contents.totals[source]).with_item(effort, -1)
            found[target] = found.get(target, contents.totals[target]).with_item(effort)
    return found


def _check(plan: Plan, changed: Plan, times: Schedule, items: Sequence[ItemId], path: Path) -> None:
    """Refuse where dates follow from links and would not be those of the column."""
    by_time = [(by, value) for key, value in path if (by := grouping(plan, key)) and _follows_from_time(key)]
    if not by_time or changed is plan:
        return
    after = times.after(changed, changed.since(plan))
    for by, value in by_time:
        for id in items:
            if by.read(changed, after, changed.items[id]) != value:
                column = value_title(plan, by.key, value) if value is not None else say("board.no_dates")
                code = "board.held" if value is not None else "board.held_out"
                raise Refused(code, title=short_title(plan, id), column=column, why=why(changed, after, id))


def _follows_from_time(key: str) -> bool:
    return key.partition(".")[2] in ("quarter", "month")


def add_card(plan: Plan, id: ItemId, kind: str, contents: Contents, cell: Cell, above: ItemId | None) -> Plan:
    """A new item in a cell, right below one of its cards (None: as the last of the plan)."""
    fields = making.below(plan, above) if above is not None else {}
    plan = add_item(plan, id, kind=kind, **fields)
    plan = put_in_lane(plan, [id], contents.path(cell))
    members = list(contents.cells[cell])
    if above is None or above not in members or not contents.by_hand:
        return plan
    for edit, *arguments in ordered(plan, [id], members, above, members):
        plan = edit(plan, *arguments)
    return plan


add_card.__name__ = add_item.__name__
