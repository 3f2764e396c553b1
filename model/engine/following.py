"""Which nodes a change touches, and what is to be changed besides for items to stand where they should."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..change import Change, Edit
from ..plan import Plan
from ..records import Item, ItemId, Link
from .forward import NEVER, Dates, Forward, calendar_of
from .network import Network

PLACING = ("start", "duration", "kind", "pinned", "status", "team")
"""The fields of an item from which its dates follow."""
TIMING = (*PLACING, "deadline")
"""Those from which late dates follow too."""

Wish = Callable[[ItemId, int], Item | None]
"""Is told an item and the start at which it comes to stand; may give a record for its own's place."""


def differ(edit: Edit, fields: Iterable[str]) -> bool:
    """Whether a record has another value in one of the fields."""
    return any(getattr(edit.before, name) != getattr(edit.after, name) for name in fields)


def touched(network: Network, edits: Mapping[int, Edit], change: Change) -> set[int]:
    """The nodes whose own place may be another one after a change; `edits` are those of items, by number."""
    nodes: set[int] = set()
    for n, edit in edits.items():
        was, item = edit.before, edit.after
        if isinstance(was, Item) and isinstance(item, Item) and was.parent == item.parent:
            if differ(edit, PLACING):
                nodes.update(network.nodes_of(n))
            continue
        if item is not None:
            nodes.update(network.nodes_of(n))
        for record in (was, item):  # whose parent has another child, and may be one only now, or no more
            above = network.number.get(record.parent) if isinstance(record, Item) and record.parent else None
            if above is not None:
                nodes.update(network.nodes_of(above))
    for edit in change.touched("links"):
        for link in (edit.before, edit.after):
            if isinstance(link, Link) and link.target in network.number:
                nodes.add(network.entry(network.number[link.target]))
    return nodes


def steered(work: Forward, network: Network, items: Iterable[int], wish: Wish) -> list[Item]:
    """The records that a wish gives while items, and what that moves, are put in their place.

    It is heard on each item without children that is looked at, what others wait for before these, and what
    it gives holds at once. What is done at last is done with the records.
    """
    at, ids, kids, given = work.at, network.ids, network.kids, []

    def put(node: int) -> bool:
        if node < 0 or node in kids:
            return work.put(node)
        was = at[2 * node], at[2 * node + 1]
        work.put(node)
        if (item := wish(ids[node], at[2 * node])) is not None:
            given.append(item)
            work.put(node, item)
        return was != (at[2 * node], at[2 * node + 1])

    work.some([node for n in items for node in network.nodes_of(n)], 2 * network.size, put)
    return given


def behind(
    plan: Plan, network: Network, now: Dates, before: Dates, items: Iterable[int], days: int
) -> list[int]:
    """Those of the items that don't start so many working days later than before, if they were there."""
    calendars, ids = plan.team_calendars, network.ids
    return [
        n
        for n in items
        if before.at[2 * n] != NEVER
        and calendar_of(plan.items[ids[n]], calendars).between(before.at[2 * n], now.at[2 * n]) < days
    ]


def otherwise(network: Network, now: Dates, before: Dates, items: array[int]) -> Sequence[int]:
    """Those of the items that start on another day than before."""
    if network.shape is None:
        return [n for n in items if now.at[2 * n] != before.at[2 * n]]
    from . import passes

    return passes.otherwise(now, before, items)


class Batch(NamedTuple):
    """Items without children that are to go together.

    Attributes:
        ids: all of them, in order.
        own: those that have a start of their own.
        led: the numbers of those that have none.
    """

    ids: dict[ItemId, None]
    own: list[ItemId]
    led: array[int]


def batch(plan: Plan, ids: Iterable[ItemId]) -> Batch:
    """Some items without children as a batch."""
    items, number = plan.items, plan.network.number
    each = dict.fromkeys(ids)
    own = [id for id in each if items[id].start is not None]
    return Batch(each, own, array("q", [number[id] for id in each if items[id].start is None]))


def followers(plan: Plan, work: Forward, ids: Iterable[ItemId]) -> Batch:
    """What waits for items, or for what is under them, directly or not, and can be moved."""
    network = plan.network
    among = [network.number[id] for id in ids]
    for n in among:
        among += network.kids.get(n, ())
    waiting = network.followers(n for n in among if n not in network.kids)
    found = ((n, network.ids[n]) for n in waiting if n not in network.kids)
    return batch(plan, (id for n, id in found if work.standing(n, plan.items[id]) is None))
