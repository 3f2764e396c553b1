"""What can be done to items: make, remove, place in time, place in the hierarchy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, cast

from msgspec.structs import replace

from ..graph import loops
from ..outline import ranked
from ..plan import Plan
from ..records import Item, ItemId, LinkId, derived_id
from ..refused import Refused

# Making and removing


def add_item(
    plan: Plan, /, id: ItemId, *, title: str = "", before: ItemId | None = None, **fields: Any
) -> Plan:
    """Add an item with the next free key, before a sibling or as the last under its parent.

    `fields` are attributes of `Item`. Without a status it gets the plan's first one that is to do.
    """
    key, number = next_key(plan)
    if "status" not in fields:
        fields["status"] = next((s.id for s in ranked(plan.statuses) if s.category == "todo"), None)
    if fields.get("kind") == "milestone":
        fields["duration"] = 0
    plan, [rank] = _room(plan, fields.get("parent"), before, 1)
    item = Item(id=id, key=key, title=title, rank=rank, **fields)
    _check_duration(item)
    return plan.put(item, replace(plan.info, next_number=number + 1))


def remove_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Remove items with everything under them, every link that begins or ends there, and what was said."""
    gone = set(ids)
    for id in list(gone):
        gone.update(plan.outline.descendants(id))
    links = plan.links_of(gone)
    baselines = [
        replace(base, spans={id: span for id, span in base.spans.items() if id not in gone})
        for base in plan.baselines.values()
        if not gone.isdisjoint(base.spans)
    ]
    comments = [comment for comment in plan.comments.values() if comment.item in gone]
    return plan.drop(*(plan.items[id] for id in gone), *links, *comments).put(*baselines)


def duplicate_items(plan: Plan, ids: Iterable[ItemId], copies: Mapping[ItemId, ItemId]) -> Plan:
    """Copy items, each just below its original, with the links among them; `copies` gives the new ids.

    What hangs under a copied item comes along where `copies` has an id for it.
    """
    chosen = [id for id in plan.outline.order if id in set(ids)]
    for id in chosen:
        original = plan.items[id]
        key, number = next_key(plan)
        parent = copies.get(original.parent, original.parent) if original.parent else None
        siblings = plan.outline.children.get(original.parent, []) if original.parent else plan.outline.roots
        after = siblings.index(id) + 1
        before = siblings[after] if parent == original.parent and after < len(siblings) else None
        plan, [rank] = _room(plan, parent, before, 1)
        copy = replace(original, id=copies[id], key=key, parent=parent, rank=rank)
        plan = plan.put(copy, replace(plan.info, next_number=number + 1))
    inside = [link for link in plan.links.values() if link.source in copies and link.target in copies]
    return plan.put(
        *(
            replace(
                link,
                id=LinkId(derived_id(link.id, copies[link.source], copies[link.target])),
                source=copies[link.source],
                target=copies[link.target],
            )
            for link in inside
        )
    )


def rename_item(plan: Plan, id: ItemId, title: str) -> Plan:
    return plan.put(replace(plan.items[id], title=title.strip()))


def set_field(plan: Plan, ids: Iterable[ItemId], field: str, value: Any) -> Plan:
    """Set one field, by its key in `fields.fields_of(plan)`, of some items.

    Raises:
        Refused("field.computed", field): nobody enters that field, it follows from others.
    """
    from ..fields import fields_of

    edit = fields_of(plan)[field].edit
    if edit is None:
        raise Refused("field.computed", field=field)
    return edit(plan, tuple(ids), value)


# In time


def move_items(plan: Plan, shown: Mapping[ItemId, date], days: int) -> Plan:
    """Move items by working days, each in its own calendar, from where `shown` says they stand.

    A parent moves with everything under it that has a start or is in `shown`.
    """
    moved = []
    for id, first in shown.items():
        item = plan.items[id]
        moved.append(replace(item, start=shifted(plan, item, first, days)))
    return plan.put(*moved)


def place_items(plan: Plan, starts: Mapping[ItemId, date]) -> Plan:
    """Give items a start each: not before that day."""
    return plan.put(*(replace(plan.items[id], start=start) for id, start in starts.items()))


def resize_item(plan: Plan, id: ItemId, start: date | None, duration: int) -> Plan:
    """Set start and working days of a bar at once.

    Raises:
        Refused("duration.too_short", key): less than one working day.
    """
    item = replace(plan.items[id], start=start, duration=duration)
    _check_duration(item)
    return plan.put(item)


def unschedule_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Take the start away: back to where the predecessors allow, or to the backlog."""
    return plan.put(*(replace(plan.items[id], start=None, pinned=False) for id in ids))


def shifted(plan: Plan, item: Item, day: date, days: int) -> date:
    """The day `days` working days of the item's calendar after `day`; a milestone may stand on a day off."""
    calendar = plan.calendar_of(item)
    if days == 0:
        return day
    ordinal = calendar.next_working(day.toordinal())
    if days > 0:
        return date.fromordinal(calendar.next_working(calendar.add(ordinal, days)))
    return date.fromordinal(calendar.add(ordinal, days))


# In the hierarchy


def put_under(plan: Plan, ids: Iterable[ItemId], parent: ItemId | None, before: ItemId | None = None) -> Plan:
    """Hang items under a parent (None: at the top), before a sibling or at the end, in the plan's order.

    Raises:
        Refused("parent.loop", key, parent): an item would stand under itself.
        Refused("parent.link", keys): a link joins the item and one that would be above it.
    """
    chosen = _topmost(plan, ids)
    if parent is not None:
        above = {parent, *plan.outline.ancestors(parent, plan.items)}
        for id in chosen:
            if id in above:
                raise Refused("parent.loop", key=plan.items[id].key, parent=plan.items[parent].key)
        _refuse_family_links(plan, chosen, above)
    if before in chosen:
        siblings = plan.outline.children.get(parent, []) if parent else plan.outline.roots
        rest = siblings[siblings.index(before) :]
        before = next((id for id in rest if id not in chosen), None)
    records = [plan.items[id] for id in chosen]
    without, ranks = _room(plan.drop(*records), parent, before, len(chosen))
    result = without.put(
        *(replace(item, parent=parent, rank=rank) for item, rank in zip(records, ranks, strict=True))
    )
    comes_in = parent is not None and any(item.parent != parent for item in records)
    if comes_in and (circles := loops(result)) and not loops(plan):
        raise Refused("parent.circle", keys=[plan.items[id].key for id in circles[0]])
    return result


def indent_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Hang each item under the one above it on the same level.

    Raises:
        Refused("indent.first", key): there is none above.
    """
    for id in _topmost(plan, ids):
        siblings = _siblings(plan, id)
        place = siblings.index(id)
        if place == 0:
            raise Refused("indent.first", key=plan.items[id].key)
        plan = put_under(plan, [id], siblings[place - 1])
    return plan


def outdent_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Lift each item to the level of its parent, just below it.

    Raises:
        Refused("outdent.top", key): it is at the top already.
    """
    for id in reversed(_topmost(plan, ids)):
        parent = plan.items[id].parent
        if parent is None:
            raise Refused("outdent.top", key=plan.items[id].key)
        siblings = _siblings(plan, parent)
        after = siblings.index(parent) + 1
        before = siblings[after] if after < len(siblings) else None
        plan = put_under(plan, [id], plan.items[parent].parent, before)
    return plan


def move_rows(plan: Plan, ids: Iterable[ItemId], step: int) -> Plan:
    """Move items up (-1) or down (+1) among their siblings; at the end they stay."""
    chosen = _topmost(plan, ids)
    if not chosen:
        return plan
    siblings = _siblings(plan, chosen[0])
    if any(id not in siblings for id in chosen):
        raise Refused("rows.mixed")
    rest = [id for id in siblings if id not in chosen]
    first = (
        siblings.index(chosen[0]) + step if step < 0 else siblings.index(chosen[-1]) + step - len(chosen) + 1
    )
    place = min(max(first, 0), len(rest))
    before = rest[place] if place < len(rest) else None
    return put_under(plan, chosen, plan.items[chosen[0]].parent, before)


# Within


def next_key(plan: Plan) -> tuple[str, int]:
    """The next free key and its number."""
    info = plan.info
    number = info.next_number
    while f"{info.prefix}-{number}" in plan.keys:
        number += 1
    return f"{info.prefix}-{number}", number


def _topmost(plan: Plan, ids: Iterable[ItemId]) -> list[ItemId]:
    """Those of the items that have no other of them above, in the plan's order."""
    wanted = set(ids)
    return [
        id
        for id in sorted(wanted, key=plan.outline.place.__getitem__)
        if wanted.isdisjoint(plan.outline.ancestors(id, plan.items))
    ]


def _siblings(plan: Plan, id: ItemId) -> list[ItemId]:
    siblings = plan.outline.roots if plan.outline.depth[id] == 0 else None
    return siblings or plan.outline.children[cast(ItemId, plan.items[id].parent)]


def _room(plan: Plan, parent: ItemId | None, before: ItemId | None, count: int) -> tuple[Plan, list[float]]:
    """Ranks for `count` new children of `parent` before the sibling `before` (None: at the end).

    Where so many have been put between two siblings that no number is left there, all get new ones first.
    """
    siblings = plan.outline.children.get(parent, []) if parent else plan.outline.roots
    if before is None or before not in siblings:
        last = plan.items[siblings[-1]].rank if siblings else -1.0
        return plan, [last + 1 + n for n in range(count)]
    place = siblings.index(before)
    high = plan.items[before].rank
    low = plan.items[siblings[place - 1]].rank if place else high - 1 - count
    ranks = [low + (high - low) * (n + 1) / (count + 1) for n in range(count)]
    if all(one < other for one, other in pairwise([low, *ranks, high])):
        return plan, ranks
    spread = [replace(plan.items[id], rank=float(n)) for n, id in enumerate(siblings)]
    return _room(plan.put(*spread), parent, before, count)


def _check_duration(item: Item) -> None:
    if item.kind == "bar" and item.duration < 1:
        raise Refused("duration.too_short", key=item.key)


def _refuse_family_links(plan: Plan, chosen: list[ItemId], above: set[ItemId]) -> None:
    inside = set(chosen)
    for id in chosen:
        inside.update(plan.outline.descendants(id))
    for link in plan.links_of(inside):
        if (link.source in inside and link.target in above) or (
            link.target in inside and link.source in above
        ):
            raise Refused("parent.link", keys=[plan.items[link.source].key, plan.items[link.target].key])
