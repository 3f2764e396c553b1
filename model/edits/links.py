"""What can be done to dependencies: make, change, remove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from ..graph import loop_closed_by
from ..plan import Plan
from ..records import ItemId, Link, LinkId, LinkType, derived_id
from ..refused import Refused

Predecessor = tuple[ItemId, LinkType, int]
"""Whom an item waits for, how, and with how many working days of lag."""


def add_link(
    plan: Plan, id: LinkId, source: ItemId, target: ItemId, type: LinkType = "FS", lag: int = 0
) -> Plan:
    """Make `target` wait for `source`.

    Raises:
        Refused("link.self", key): an item can't wait for itself.
        Refused("link.duplicate", keys): the two are linked that way already.
        Refused("link.family", keys): one of them is above the other in the hierarchy.
        Refused("link.loop", keys): it would close a loop; the keys go round it, the first again at the end.
    """
    check_link(plan, source, target, type, besides=id)
    return plan.put(Link(id=id, source=source, target=target, type=type, lag=lag))


def remove_links(plan: Plan, ids: Iterable[LinkId]) -> Plan:
    return plan.drop(*(plan.links[id] for id in ids))


def set_link(plan: Plan, id: LinkId, type: LinkType, lag: int) -> Plan:
    """Change how the link holds. Raises as `add_link`."""
    link = plan.links[id]
    if type != link.type:
        _check_duplicate(plan, link.source, link.target, type, besides=id)
    return plan.put(replace(link, type=type, lag=lag))


def retarget_link(plan: Plan, id: LinkId, source: ItemId | None = None, target: ItemId | None = None) -> Plan:
    """Let a link begin or end at another item. Raises as `add_link`."""
    link = plan.links[id]
    return add_link(plan.drop(link), id, source or link.source, target or link.target, link.type, link.lag)


def link_in_order(plan: Plan, ids: Sequence[ItemId], new_ids: Sequence[LinkId]) -> Plan:
    """Link each item to the next, finish to start; those that are linked already stay as they are."""
    known = {(link.source, link.target) for link in plan.links.values()}
    for (source, target), id in zip(pairwise(ids), new_ids, strict=False):
        if (source, target) not in known:
            plan = add_link(plan, id, source, target)
    return plan


def unlink_items(plan: Plan, ids: Iterable[ItemId]) -> Plan:
    """Remove the links among the items; of a single item, all of its links."""
    chosen = set(ids)
    among = [
        link
        for link in plan.links_of(chosen)
        if len(chosen) == 1 or (link.source in chosen and link.target in chosen)
    ]
    return plan.drop(*among)


def set_predecessors(plan: Plan, id: ItemId, predecessors: Iterable[Predecessor]) -> Plan:
    """Make these, and only these, what the item waits for; links that stay keep their ids."""
    wanted = {(source, type): lag for source, type, lag in predecessors}
    kept = {(link.source, link.type): link for link in plan.incoming.get(id, ())}
    plan = plan.drop(*(link for at, link in kept.items() if at not in wanted))
    for (source, type), lag in wanted.items():
        known = kept.get((source, type))
        if known is None:
            plan = add_link(plan, LinkId(derived_id(source, id, type)), source, id, type, lag)
        elif known.lag != lag:
            plan = plan.put(replace(known, lag=lag))
    return plan


def check_link(
    plan: Plan, source: ItemId, target: ItemId, type: LinkType = "FS", besides: LinkId | None = None
) -> None:
    """Raise as `add_link` does where such a link can't be; do nothing where it can."""
    one, other = plan.items[source], plan.items[target]
    if source == target:
        raise Refused("link.self", key=one.key)
    _check_duplicate(plan, source, target, type, besides)
    if source in plan.outline.ancestors(target, plan.items) or target in plan.outline.ancestors(
        source, plan.items
    ):
        raise Refused("link.family", keys=[one.key, other.key])
    if loop := loop_closed_by(plan, source, target):
        raise Refused("link.loop", keys=[plan.items[id].key for id in loop])


def _check_duplicate(
    plan: Plan, source: ItemId, target: ItemId, type: LinkType, besides: LinkId | None
) -> None:
    for link in plan.incoming.get(target, ()):
        if link.source == source and link.type == type and link.id != besides:
            raise Refused("link.duplicate", keys=[plan.items[source].key, plan.items[target].key])
