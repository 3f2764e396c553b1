"""What the timeline calls items and links."""

from __future__ import annotations

from collections.abc import Sequence

from ...io.strings import count, say
from ...model.fields import link_text
from ...model.plan import Plan
from ...model.records import ItemId, LinkId


def title_of(plan: Plan, id: ItemId) -> str:
    """The item's title, or its key where it has none."""
    item = plan.items[id]
    return item.title or item.key


def what_of(plan: Plan, ids: Sequence[ItemId]) -> str:
    """The title where it is one item, else how many they are."""
    return title_of(plan, ids[0]) if len(ids) == 1 else count("timeline.items", len(ids))


def link_sentence(plan: Plan, id: LinkId) -> str:
    """`Web checkout waits for Billing portal (RW-10 FS)`."""
    link = plan.links[id]
    return say(
        "timeline.waits",
        target=title_of(plan, link.target),
        source=title_of(plan, link.source),
        link=link_text(plan, link.source, link.type, link.lag),
    )
