"""Rows taken out of a plan as they are, and put into it again: what is copied, cut and pasted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from ..plan import Plan
from ..records import Item, ItemId, Link, LinkId, derived_id
from ..refused import Refused
from .items import put_under
from .links import add_link


class Rows(msgspec.Struct, frozen=True):
    """Items with all under them, in the plan's order, and every link that begins or ends there."""

    plan: str
    """The id of the plan they are from."""
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()


def rows_of(plan: Plan, ids: Iterable[ItemId]) -> Rows:
    """Some items of a plan with all under them."""
    wanted = set(ids)
    for id in list(wanted):
        wanted.update(plan.outline.descendants(id))
    items = tuple(plan.items[id] for id in plan.outline.order if id in wanted)
    return Rows(plan.info.id, items, tuple(sorted(plan.links_of(wanted), key=lambda link: link.id)))


def put_rows(
    plan: Plan, rows: Rows, copies: Mapping[ItemId, ItemId], parent: ItemId | None, before: ItemId | None
) -> Plan:
    """Put rows under a parent, before a sibling or at the end.

    `copies` gives new ids to those that are in the plan already; these get new keys, too, and only the links
    among them. Links that can't be any more are left out.

    Raises:
        As `put_under`.
    """
    inside = {item.id for item in rows.items}
    tops = [item.id for item in rows.items if item.parent not in inside]
    taken, info, put = set(plan.keys), plan.info, []
    for place, item in enumerate(rows.items):
        key = item.key
        if key in taken:
            number = info.next_number
            while f"{info.prefix}-{number}" in taken:
                number += 1
            key, info = f"{info.prefix}-{number}", replace(info, next_number=number + 1)
        taken.add(key)
        above = copies.get(item.parent, item.parent) if item.parent in inside and item.parent else None
        rank = float(place) if above is None else item.rank
        id = copies.get(item.id, item.id)
        put.append(replace(_known(plan, item), id=id, key=key, parent=above, rank=rank))
    plan = put_under(plan.put(info, *put), [copies.get(id, id) for id in tops], parent, before)
    for link in rows.links:
        plan = _linked(plan, link, copies, inside)
    return plan


def _known(plan: Plan, item: Item) -> Item:
    """The item without what the plan does not have any more."""
    return replace(
        item,
        level=item.level if item.level in plan.levels else None,
        status=item.status if item.status in plan.statuses else None,
        team=item.team if item.team in plan.teams else None,
        owner=item.owner if item.owner in plan.people else None,
        custom={id: value for id, value in item.custom.items() if id in plan.fields},
    )


def _linked(plan: Plan, link: Link, copies: Mapping[ItemId, ItemId], inside: set[ItemId]) -> Plan:
    ends = (link.source, link.target)
    if any((end in copies) != (ends[0] in copies) for end in ends) or not inside.issuperset(
        end for end in ends if end in copies
    ):
        return plan  # a copy has no links with the outside
    source, target = (copies.get(end, end) for end in ends)
    if source not in plan.items or target not in plan.items:
        return plan
    id = link.id if link.id not in plan.links else LinkId(derived_id(link.id, source, target))
    try:
        return add_link(plan, id, source, target, link.type, link.lag)
    except Refused:
        return plan
