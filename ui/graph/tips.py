"""What the tooltips of cards and lines say."""

from __future__ import annotations

from html import escape

from ...io.strings import say
from ...model.fields import link_text
from ...model.records import ItemId, LinkId
from .. import dates
from ..timeline.board import Board


def card_tip(board: Board, id: ItemId) -> str:
    """Title, days, working days, owner, and who waits for whom, as rich text."""
    plan, item = board.plan, board.plan.items[id]
    lines = [f"<b>{escape(item.title or item.key)}</b>"]
    found = board.days_of(id)
    if found is not None:
        days = dates.span(*found, years=True)
        if item.kind == "bar" and not plan.outline.is_parent(id):
            days += " · " + dates.working_days(item.duration)
        lines.append(days)
    person = plan.people.get(item.owner) if item.owner else None
    if person is not None:
        lines.append(escape(person.name))
    before = [plan.items[link.source].key for link in board.coming.get(id, ()) if link.source in plan.items]
    after = [plan.items[link.target].key for link in board.leaving.get(id, ()) if link.target in plan.items]
    if before:
        lines.append(escape(say("graph.waits_for", keys=before)))
    if after:
        lines.append(escape(say("graph.blocks", keys=after)))
    return "<br>".join(lines)


def link_tip(board: Board, id: LinkId) -> str:
    """Who waits for whom, and how."""
    plan, link = board.plan, board.plan.links[id]
    source, target = plan.items[link.source], plan.items[link.target]
    return escape(
        say(
            "graph.link",
            source=f"{source.key} {source.title}",
            target=f"{target.key} {target.title}",
            type=link_text(plan, link.source, link.type, link.lag),
        )
    )
