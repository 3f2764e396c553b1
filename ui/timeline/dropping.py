"""Where dragged rows would go: into a lane, under a parent, between two others. Without Qt."""

from __future__ import annotations

from typing import Any

import msgspec

from ...io.strings import say
from ...model.edits import together
from ...model.edits.items import put_under, set_field
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from .frame import ROW
from .gestures import Stage, lane_row
from .words import lane_title, title_of, what_of


class Drop(msgspec.Struct, frozen=True):
    """Where rows would be dropped: the lane or parent they come into, the sibling they come before."""

    line: int | None
    """The row above which the line of the drop is shown."""
    into: int | None
    """The row of the lane or parent that lights up."""
    words: str
    parts: tuple[Any, ...]
    """The edits, as `together` takes them; none where nothing would change."""


def destination(stage: Stage, y: float, items: tuple[ItemId, ...]) -> Drop:
    """What a drop of rows at a height means."""
    if stage.board.group_field:
        return _into_lane(stage, y, items)
    return _among_rows(stage, y, items)


def _into_lane(stage: Stage, y: float, items: tuple[ItemId, ...]) -> Drop:
    rows, plan, field = stage.rows, stage.document.kept, stage.board.group_field
    place = min(max(int(y // ROW), 0), len(rows) - 1)
    lane = lane_row(stage, place)
    if lane is None:
        return Drop(None, None, "", ())
    value = rows[lane].value
    parts: list[Any] = []
    strangers = [id for id in items if (stage.board.value_of(field, plan.items[id]) or None) != value]
    if strangers:
        parts.append((set_field, strangers, field, value))
    line = None
    if rows[place].item is not None:
        line = min(max(round(y / ROW), lane + 1), len(rows))
        after = rows[line].item if line < len(rows) else None
        above = rows[line - 1].item
        moved = _beside(plan, items, above, after)
        if moved is not None:
            parts.append(moved)
    words = (
        say("timeline.to-lane", what=what_of(plan, items), lane=lane_title(rows[lane])) if strangers else ""
    )
    if not words and parts:
        words = say("timeline.to-place", what=what_of(plan, items))
    return Drop(line if not strangers else None, lane if strangers else None, words, tuple(parts))


def _beside(plan: Plan, items: tuple[ItemId, ...], above: ItemId | None, after: ItemId | None) -> Any:
    """The edit that puts items between two others, where they have the same parent as one of these."""
    if above in items or after in items:
        return None
    parent = plan.items[items[0]].parent
    if any(plan.items[id].parent != parent for id in items):
        return None
    if after is not None and plan.items[after].parent == parent:
        return (put_under, items, parent, after)
    if above is not None and plan.items[above].parent == parent:
        siblings = plan.outline.children.get(parent, []) if parent else plan.outline.roots
        rest = siblings[siblings.index(above) + 1 :]
        return (put_under, items, parent, next((id for id in rest if id not in items), None))
    return None


def _among_rows(stage: Stage, y: float, items: tuple[ItemId, ...]) -> Drop:
    rows, plan = stage.rows, stage.document.kept
    own = set(items).union(*(plan.outline.descendants(id) for id in items))
    place = min(max(int(y // ROW), 0), max(len(rows) - 1, 0))
    under = rows[place].item if rows else None
    share = y / ROW - place
    if under is not None and 0.3 <= share <= 0.7 and plan.outline.is_parent(under) and under not in own:
        words = say("timeline.to-parent", what=what_of(plan, items), parent=title_of(plan, under))
        if any(plan.items[id].parent != under for id in items):
            return _tried(stage, Drop(None, place, words, ((put_under, items, under),)))
        return Drop(None, place, "", ())
    line = min(max(round(y / ROW), 0), len(rows))
    after = rows[line].item if line < len(rows) else None
    above = rows[line - 1].item if line else None
    if above in own and after is None:
        return Drop(line, None, "", ())
    if after is not None:
        parent, before = plan.items[after].parent, after
    else:
        parent, before = (
            (plan.items[above].parent if above is not None and y < (len(rows) + 1) * ROW else None),
            None,
        )
    if after in own:
        return Drop(line, None, "", ())
    words = say("timeline.to-place", what=what_of(plan, items))
    return _tried(stage, Drop(line, None, words, ((put_under, items, parent, before),)))


def _tried(stage: Stage, drop: Drop) -> Drop:
    """The drop, or one that does nothing and says why, where it would be refused."""
    try:
        together(*drop.parts)(stage.document.kept)
    except Refused as refused:
        return Drop(None, None, say(refused.code, **refused.values), ())
    return drop
