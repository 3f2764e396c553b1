"""Items in the making: what a new one has of the one it comes below, and its first title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..model.change import Change
from ..model.document import Document
from ..model.plan import Plan
from ..model.records import ItemId


def below(plan: Plan, current: ItemId) -> dict[str, Any]:
    """What a new item has of the one it comes below, as `add_item` takes it: parent, place, level, team."""
    item = plan.items[current]
    siblings = plan.outline.children.get(item.parent, []) if item.parent else plan.outline.roots
    after = siblings[siblings.index(current) + 1 :]
    return {
        "parent": item.parent if item.parent in plan.items else None,
        "before": after[0] if after else None,
        "level": item.level,
        "team": item.team,
    }


def inside(plan: Plan, parent: ItemId) -> dict[str, Any]:
    """What a new item has that becomes the first under a parent."""
    first = plan.outline.children[parent][0]
    return {
        "parent": parent,
        "before": first,
        "level": plan.items[first].level,
        "team": plan.items[parent].team,
    }


def keeper(document: Document, ids: Sequence[ItemId], field: str) -> Callable[..., Change]:
    """How an edit of a field is kept: the first title of an item just made is part of making it."""
    first = field == "title" and len(ids) == 1 and document.just_made(ids[0]) and not _title(document, ids[0])
    return document.amend if first else document.commit


def _title(document: Document, id: ItemId) -> str:
    item = document.kept.items.get(id)
    return item.title if item is not None else ""
