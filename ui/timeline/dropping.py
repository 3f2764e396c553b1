"""Where dragged rows would go: into a lane, under a parent, between two others. Without Qt.

The line that shows where rows will land is found from the edit itself: what the line says is what happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ...io.strings import say
from ...model.edits.items import put_under
from ...model.edits.lanes import put_below, put_in_lane
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from ...model.rows.lanes import Path
from ..views.names import lane_title
from .frame import ROW
from .gestures import Stage
from .words import title_of, what_of

_INTO = (0.3, 0.7)
"""The part of a parent's row that takes rows into it; above and below they come beside it."""


class Drop(msgspec.Struct, frozen=True):
    """Where rows would be dropped: the lane or parent they come into, and the place they get there."""

    line: int | None = None
    """The row above which the line of the drop is shown."""
    depth: int = 0
    """How far the line is indented."""
    into: int | None = None
    """The row of the lane or parent that lights up."""
    words: str = ""
    parts: tuple[Any, ...] = ()
    """The edits, as `together` takes them; none where nothing would change."""


class Aim:
    """Where items in the hand would go; asked at every move, it thinks anew only where that may change."""

    def __init__(self, stage: Stage, items: Sequence[ItemId]) -> None:
        self.stage, self.items = stage, tuple(items)
        self._last: tuple[Any, Drop] | None = None
        self._refusals: dict[ItemId | None, Drop | None] = {}
        """By parent: what a drop under it is, where the plan does not allow it."""

    def at(self, y: float, indent: float = 0.0) -> Drop:
        """What a drop at a height means; `indent` is by how many steps the hand asks for a place inwards."""
        rows = self.stage.rows
        share = y / ROW - y // ROW
        key = (id(rows), y // ROW, round(y / ROW), _INTO[0] <= share <= _INTO[1], round(indent))
        if self._last is None or self._last[0] != key:
            self._last = (key, self._found(y, indent))
        return self._last[1]

    def _found(self, y: float, indent: float) -> Drop:
        if not self.stage.rows or not self.items:
            return Drop()
        if self.stage.board.group_field:
            return _into_lane(self.stage, y, self.items)
        return _among_rows(self, y, indent)

    def allowed(self, parent: ItemId | None, drop: Drop) -> Drop:
        """The drop, or one that does nothing and says why, where the items can't come under that parent."""
        plan = self.stage.document.kept
        if all(plan.items[id].parent == parent for id in self.items):
            return drop
        if parent not in self._refusals:
            try:
                put_under(plan, self.items, parent)
                self._refusals[parent] = None
            except Refused as refused:
                self._refusals[parent] = _refused(refused)
        return self._refusals[parent] or drop


def lane_path(stage: Stage, place: int) -> Path:
    """The lane that a row heads or is in; below the last row that of the last."""
    return stage.rows[min(place, len(stage.rows) - 1)].path if stage.rows else ()


def lane_items(stage: Stage, place: int) -> list[ItemId]:
    """The items of the lane that a row heads or is in, as they stand; none where the view sorts them."""
    if is_sorted(stage):
        return []
    path = lane_path(stage, place)
    return [row.item for row in stage.rows if row.path == path and row.item is not None]


def lane_row(stage: Stage, place: int) -> int | None:
    """The row of the innermost lane's head at or above a row."""
    return next(
        (at for at in range(min(place, len(stage.rows) - 1), -1, -1) if stage.rows[at].item is None), None
    )


# Into lanes


def _into_lane(stage: Stage, y: float, items: tuple[ItemId, ...]) -> Drop:
    rows, plan = stage.rows, stage.document.kept
    place = min(max(stage.row_at(y), 0), len(rows) - 1)
    head = lane_row(stage, place)
    if head is None:
        return Drop()
    path = rows[head].path
    try:
        changed = put_in_lane(plan, items, path)
    except Refused as refused:
        return _refused(refused)
    newcomers = changed is not plan
    parts: list[Any] = [(put_in_lane, items, path)] if newcomers else []
    line = None
    members = lane_items(stage, head)
    if members:
        first = rows.index(next(row for row in rows if row.item == members[0]))
        wanted = min(max(round(y / ROW), first), first + len(members)) - first
        rest = [id for id in members if id not in items]
        above = next((id for id in reversed(members[:wanted]) if id in rest), None)
        parts += ordered(changed, items, rest, above, members)
        line = first + (members.index(above) + 1 if above is not None else 0)
    what = what_of(plan, items)
    if newcomers:
        words = say("timeline.to-lane", what=what, lane=lane_title(plan, rows[head]))
        return Drop(line, 0, head, words, tuple(parts))
    return Drop(line, 0, None, _place_words(stage, line, items) if parts else "", tuple(parts))


def is_sorted(stage: Stage) -> bool:
    """Whether the view has an order of its own, so that nobody can put rows between others."""
    view = stage.board.view
    return view is not None and (bool(view.sort) or (view.packed and bool(view.group)))


def ordered(
    plan: Plan, items: Sequence[ItemId], rest: list[ItemId], above: ItemId | None, lane: list[ItemId]
) -> list[Any]:
    """The edit that lets items stand below another one of a lane.

    Among brothers and sisters it is their place in the plan that changes, so that the hierarchy shows it too.
    """
    at = rest.index(above) + 1 if above is not None else 0
    if [*rest[:at], *(id for id in lane if id in items), *rest[at:]] == lane and set(items) <= set(lane):
        return []
    parents = {plan.items[id].parent for id in (*items, *rest)}
    if len(parents) == 1 and all(plan.items[id].below is None for id in (*items, *rest)):
        [parent] = parents
        before = rest[at] if at < len(rest) else _next(plan, above, items)
        return [(put_under, tuple(items), parent, before)]
    return [(put_below, tuple(items), above, tuple(lane))]


def _next(plan: Plan, id: ItemId | None, besides: Sequence[ItemId]) -> ItemId | None:
    """The sibling that comes after an item, other than some."""
    if id is None:
        return None
    siblings = _siblings(plan, plan.items[id].parent)
    return next((one for one in siblings[siblings.index(id) + 1 :] if one not in besides), None)


# Among the rows of the hierarchy


def _among_rows(aim: Aim, y: float, indent: float) -> Drop:
    stage, items = aim.stage, aim.items
    rows, plan = stage.rows, stage.document.kept
    own = set(items).union(*(plan.outline.descendants(id) for id in items))
    place = min(max(int(y // ROW), 0), len(rows) - 1)
    under, share = rows[place].item, y / ROW - place
    into = _INTO[0] <= share <= _INTO[1] and under not in own
    if under is not None and into and plan.outline.is_parent(under):
        strangers = any(plan.items[id].parent != under for id in items)
        if strangers or rows[place].folded or is_sorted(stage):
            return _under(aim, place, under)
    if is_sorted(stage):
        return Drop(words=say("timeline.sorted"))
    line = min(max(round(y / ROW), 0), len(rows))
    return _between(aim, line, own, indent)


def _under(aim: Aim, place: int, parent: ItemId) -> Drop:
    plan, items = aim.stage.document.kept, aim.items
    words = say("timeline.to-parent", what=what_of(plan, items), parent=title_of(plan, parent))
    return aim.allowed(parent, Drop(into=place, words=words, parts=((put_under, items, parent),)))


def _between(aim: Aim, line: int, own: set[ItemId], indent: float) -> Drop:
    """Between two rows there may be several depths to come to rest at: the one nearest to the hand's wish."""
    items, rows, plan = aim.items, aim.stage.rows, aim.stage.document.kept
    depth = plan.outline.depth
    above = next((rows[at].item for at in range(line - 1, -1, -1) if rows[at].item not in own), None)
    after = next((rows[at].item for at in range(line, len(rows)) if rows[at].item not in own), None)
    least = depth[after] if after is not None else 0
    most = depth[above] if above is not None else 0
    if above is not None and indent >= 1:
        most += 1  # under one that has had none under it so far
    wished = depth[items[0]] + round(indent)
    chosen = min(max(wished, least), max(least, most))
    parent, before = _slot(plan, above, after, chosen, own)
    if all(plan.items[id].parent == parent for id in items) and _stays(plan, items, parent, before):
        return Drop(line, chosen)
    words = _slot_words(aim.stage, items, parent, before)
    return aim.allowed(parent, Drop(line, chosen, None, words, ((put_under, items, parent, before),)))


def _slot(
    plan: Plan, above: ItemId | None, after: ItemId | None, depth: int, own: set[ItemId]
) -> tuple[ItemId | None, ItemId | None]:
    """The parent, and the sibling to come before, of a place between two rows at a depth."""
    if after is not None and plan.outline.depth[after] == depth:
        return plan.items[after].parent, after
    if above is None:
        return None, None
    line = [above, *plan.outline.ancestors(above, plan.items)]
    by_depth = {plan.outline.depth[id]: id for id in line}
    parent = by_depth.get(depth - 1)
    elder = by_depth.get(depth)
    if elder is None:
        return parent, None
    siblings = _siblings(plan, parent)
    rest = [id for id in siblings[siblings.index(elder) + 1 :] if id not in own]
    return parent, rest[0] if rest else None


def _stays(plan: Plan, items: Sequence[ItemId], parent: ItemId | None, before: ItemId | None) -> bool:
    """Whether items stand there already, side by side."""
    siblings = _siblings(plan, parent)
    chosen = set(items)
    rest = [id for id in siblings if id not in chosen]
    at = rest.index(before) if before is not None else len(rest)
    return siblings == [*rest[:at], *(id for id in siblings if id in chosen), *rest[at:]]


def _siblings(plan: Plan, parent: ItemId | None) -> list[ItemId]:
    return plan.outline.children.get(parent, []) if parent is not None else plan.outline.roots


# Words


def _slot_words(stage: Stage, items: tuple[ItemId, ...], parent: ItemId | None, before: ItemId | None) -> str:
    plan = stage.document.kept
    what = what_of(plan, items)
    if any(plan.items[id].parent != parent for id in items):
        if parent is None:
            return say("timeline.to-top", what=what)
        return say("timeline.to-parent", what=what, parent=title_of(plan, parent))
    if before is None:
        return say("timeline.to-end", what=what)
    return say("timeline.to-place", what=what, before=title_of(plan, before))


def _place_words(stage: Stage, line: int | None, items: tuple[ItemId, ...]) -> str:
    if line is None:
        return ""
    rows, plan = stage.rows, stage.document.kept
    at = line
    while at < len(rows) and rows[at].item in items:
        at += 1
    before = rows[at].item if at < len(rows) else None
    if before is None:
        return say("timeline.to-end", what=what_of(plan, items))
    return say("timeline.to-place", what=what_of(plan, items), before=title_of(plan, before))


def _refused(refused: Refused) -> Drop:
    return Drop(words=say(refused.code, **refused.values))
