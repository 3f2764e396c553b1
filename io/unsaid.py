"""What a newer version of a file does not say stays as it was.

A column that is gone leaves what it held untouched, and a cell that could not be read changes nothing:
neither means that somebody cleared it, as an empty cell does. Where many rows are missing it is an extract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from ..model.plan import Plan
from ..model.records import AnyRecord, Item, ItemId
from .tables.choices import Choices

_WHEN = ("start", "duration", "kind", "precision")
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            *("title", "level", "status", "progress", "effort", "team", "owner", "tags", "notes"),
            *("deadline", "pinned", "precision", "horizon"),
        )
    },
    "start": _WHEN,
    "finish": _WHEN,
    "period": _WHEN,
    "duration": ("duration",),
    "kind": ("kind", "duration", "level"),
    "group": ("parent", "rank", "team"),
    **dict.fromkeys(("parent", "outline", "wbs"), ("parent", "rank")),
}
"""What of an item follows from what a column holds."""


def gone(old: Choices, new: Choices) -> set[str]:
    """The fields and roles that columns of the older version held, and none of the newer one does."""
    before, now = ({column.field or "" for column in one.columns} for one in (old, new))
    lost = before - now
    if "start" in now:  # with either of the two others it says how long as well
        both = {"finish", "duration"}
        lost = lost - both | ({"duration"} if both & before and not both & now else set())
    return lost


def with_missing(base: Plan, plan: Plan) -> Plan:
    """The newer plan with those items of the older one that it has not."""
    items = [item for id, item in base.items.items() if id not in plan.items]
    lost = {item.id for item in items}
    links = [link for link in base.links.values() if link.source in lost or link.target in lost]
    fields = [field for id, field in base.fields.items() if id not in plan.fields]
    return plan.put(*fields, *_named(base, plan, items), *items, *links)


def left_as_it_was(
    base: Plan, plan: Plan, columns: Collection[str], cells: Mapping[ItemId, Collection[str]]
) -> Plan:
    """The newer plan with what it does not say of the items of the older one as that has it.

    `columns` are what columns that are gone held, `cells` those of single items that could not be read.
    """
    kept = [field for id, field in base.fields.items() if id not in plan.fields]
    own = [field.id for field in kept]
    said_not = {id: {*columns, *own, *cells.get(id, ())} for id in plan.items if id in base.items}
    items = [_item(base.items[id], plan.items[id], roles, plan) for id, roles in said_not.items() if roles]
    waiting = {id for id, roles in said_not.items() if "depends" in roles}
    waited_for = {id for id, roles in said_not.items() if "blocks" in roles}
    there = {(link.source, link.target, link.type) for link in plan.links.values()}
    links = [
        link
        for link in base.links.values()
        if (link.target in waiting or link.source in waited_for)
        and (link.source, link.target, link.type) not in there
        and link.source in plan.items
        and link.target in plan.items
    ]
    return plan.put(*kept, *_named(base, plan, items), *items, *links)


def _item(was: Item, now: Item, roles: Collection[str], plan: Plan) -> Item:
    names = {name for role in roles for name in _ATTRIBUTES.get(role, ())}
    if "parent" in names and was.parent is not None and was.parent not in plan.items:
        names -= {"parent", "rank"}
    custom = dict(now.custom)
    for id in {*was.custom, *now.custom}:
        if id in roles:
            custom.pop(id, None)
            if id in was.custom:
                custom[id] = was.custom[id]
    values = {name: getattr(was, name) for name in names}
    return replace(now, **values, custom=dict(sorted(custom.items())))


def _named(base: Plan, plan: Plan, items: Collection[Item]) -> Iterator[AnyRecord]:
    """The teams, people, ... that the items refer to and that the newer plan has not."""
    tables = {"level": "levels", "status": "statuses", "team": "teams", "owner": "people"}
    for attribute, table in tables.items():
        used = dict.fromkeys(getattr(item, attribute) for item in items)
        for id in used:
            if id is not None and id not in plan.table(table):
                yield base.table(table)[id]
