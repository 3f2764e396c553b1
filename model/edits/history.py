"""Going back: to a whole state, to some items as they were, or behind one change that was made long ago."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..merge import merge
from ..plan import Plan
from ..records import Item, ItemId, Link
from ..refused import Refused
from ..settling import Settled


def restore_plan(plan: Plan, earlier: Plan) -> Plan:
    """The plan as it was earlier: an edit like any other, with one way back."""
    return plan.apply(earlier.since(plan))


def restore_items(plan: Plan, earlier: Plan, ids: Sequence[ItemId]) -> Plan:
    """The items as they were earlier, with their links to what is still there.

    With an item that was deleted comes back what stood under it and was deleted too.

    Raises:
        Refused("restore.unknown"): it was not there then.
        Refused("key.taken", key): another item has the key by now.
        Refused("restore.loop", key): its links would close a loop with those of now.
    """
    if any(id not in earlier.items for id in ids):
        raise Refused("restore.unknown")
    wanted = list(dict.fromkeys(found for id in ids for found in _with_deleted(plan, earlier, id)))
    there = plan.items.keys() | set(wanted)
    items = []
    for id in wanted:
        was = earlier.items[id]
        if plan.keys.get(was.key, id) != id:
            raise Refused("key.taken", key=was.key)
        items.append(_fitting(plan, was, there))
    restored = plan.put(*items)
    links = [link for link in earlier.links_of(wanted) if {link.source, link.target} <= restored.items.keys()]
    others = [link for link in plan.links_of(wanted) if _came_later(link, earlier)]
    restored = restored.drop(*others).put(*links)
    if len(restored.network.loops) > len(plan.network.loops):
        raise Refused("restore.loop", key=items[0].key)
    return restored


def undo_change(plan: Plan, before: Plan, after: Plan) -> Plan:
    """Take back what has led from `before` to `after`, leaving all that came later as it is.

    It is a merge of the plan with the state before, on the common ground of the state after.

    Raises:
        Refused("undo.changed", key, field): something of it has been changed since.
        Refused("undo.removed", key): a thing that it changed has been removed since.
        Refused("undo.needed", key): that needs it by now.
        Refused("undo.used", key): what it made is in use by now.
        Refused("undo.gone"): nothing of it is left.
    """
    made = merge(after, plan, before)
    if made.conflicts:
        first = made.conflicts[0]
        key = _key(first.table, first.id, plan, before)
        if first.id not in plan.table(first.table):
            raise Refused("undo.removed", key=key)
        raise Refused("undo.changed", key=key, field=first.field)
    if made.settled:
        reason = made.settled[0]
        code = "undo.used" if reason.code in ("merge.brought_back", "merge.brought_along") else "undo.needed"
        raise Refused(code, key=_about(reason))
    if not made.plan.since(plan):
        raise Refused("undo.gone")
    return made.plan


def _with_deleted(plan: Plan, earlier: Plan, id: ItemId) -> list[ItemId]:
    """An item and, if it is gone, what stood under it and is gone too."""
    found = [id]
    if id not in plan.items:
        for child in earlier.outline.children.get(id, ()):
            if child not in plan.items:
                found += _with_deleted(plan, earlier, child)
    return found


def _fitting(plan: Plan, item: Item, there: set[ItemId]) -> Item:
    """The item without what it refers to and is no longer there."""
    parent = item.parent if item.parent in there else None
    if parent is not None and item.id in plan.items:
        above: ItemId | None = parent
        while above is not None:  # it may have got that parent below itself by now
            if above == item.id:
                parent = plan.items[item.id].parent
                break
            known = plan.items.get(above)
            above = known.parent if known is not None else None
    return replace(
        item,
        parent=parent,
        level=item.level if item.level in plan.levels else None,
        status=item.status if item.status in plan.statuses else None,
        team=item.team if item.team in plan.teams else None,
        owner=item.owner if item.owner in plan.people else None,
        custom={field: value for field, value in item.custom.items() if field in plan.fields},
    )


def _came_later(link: Link, earlier: Plan) -> bool:
    """Whether a link has come since, though both its ends were there."""
    return link.source in earlier.items and link.target in earlier.items and link.id not in earlier.links


def _key(table: str, id: str, plan: Plan, before: Plan) -> str:
    record = plan.table(table).get(id) or before.table(table).get(id)
    for name in ("title", "name", "key"):
        if text := getattr(record, name, ""):
            return str(text)
    if isinstance(record, Link):
        return f"{plan.items[record.source].key} → {plan.items[record.target].key}"
    return id


def _about(reason: Settled) -> str:
    """What it was that had to be settled."""
    values = reason.values
    keys = values.get("keys") or [values.get("key", "")]
    return str(values.get("title") or " → ".join(map(str, keys)))
