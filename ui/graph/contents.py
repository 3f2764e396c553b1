"""Which items are cards of the graph, and which links are drawn between them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...model.plan import Plan
from ...model.records import ItemId, View
from ...model.rows.filters import Asker, Reading
from ...model.rows.lanes import color_place
from ...model.schedule import Schedule
from .layout import Card, Wire

LIMIT = 2000
"""More cards than this are not read but only seen as a cloud, whatever the layout."""


class Contents(msgspec.Struct, frozen=True):
    """Cards in the plan's order, the wires between them, and how many items there was no room for."""

    cards: tuple[Card, ...] = ()
    wires: tuple[Wire, ...] = ()
    left_out: int = 0


def contents(
    plan: Plan,
    schedule: Schedule,
    view: View | None,
    search: str = "",
    asker: Asker = Asker(),  # noqa: B008
) -> Contents:
    """What the graph shows under a view's filter and a search.

    Items without children are cards; parents are only where they are linked themselves. If there are
    too many, those with links come first.
    """
    linked = {id for link in plan.links.values() for id in (link.source, link.target)}
    reading = Reading(f"{view.filter if view else ''} {search}", plan, schedule, asker)
    shown = [
        id
        for id in plan.outline.order
        if (id in linked or not plan.outline.is_parent(id)) and reading.test(plan.items[id])
    ]
    if view is not None and not view.show_done:
        shown = [id for id in shown if plan.category_of(plan.items[id]) != "done"]
    left_out = max(len(shown) - LIMIT, 0)
    if left_out:
        kept = set(sorted(shown, key=lambda id: id not in linked)[:LIMIT])
        shown = [id for id in shown if id in kept]
    among = set(shown)
    return Contents(
        cards=tuple(Card(id, team) for id, team in zip(shown, _teams(plan, shown), strict=True)),
        wires=tuple(
            Wire(link.id, link.source, link.target)
            for link in sorted(plan.links.values(), key=lambda link: link.id)
            if link.source in among and link.target in among
        ),
        left_out=left_out,
    )


def _teams(plan: Plan, ids: Sequence[ItemId]) -> list[int]:
    """The number of each item's team; those without one come last."""
    places = {team: color_place(plan, "team", team) for team in plan.teams}
    none = len(places)
    numbers = []
    for id in ids:
        team = plan.items[id].team
        place = places.get(team) if team else None
        numbers.append(none if place is None else place)
    return numbers
