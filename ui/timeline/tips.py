"""What the timeline says about an item or a link on which the pointer rests; imported when one does."""

from __future__ import annotations

from html import escape

from ...io.strings import say
from ...model.records import ItemId, LinkId
from .. import dates
from ..reasons import why
from .board import Board
from .words import link_sentence, title_of


def tooltip(board: Board, id: ItemId) -> str:
    """Rich text: title, dates, owner, why it starts there, what is wrong."""
    item, colors = board.plan.items[id], board.theme.colors
    person = board.plan.people.get(item.owner) if item.owner else None
    lines = [f"<b>{escape(title_of(board.plan, id))}</b>", escape(when(board, id))]
    who = [name for name in (person.name if person else "", _team(board, id)) if name]
    if who:
        lines.append(escape(" · ".join(who)))
    lines.append(f"<i>{escape(why(board.plan, board.schedule, id))}</i>")
    lines += [f"<span style='color:{colors.danger}'>{escape(text)}</span>" for text in wrong(board, id)]
    return "<qt><div style='white-space:pre'>" + "<br>".join(lines) + "</div></qt>"


def link_tip(board: Board, id: LinkId) -> str:
    """Rich text: who waits for whom and, where that is broken, when each of them is and why it is there."""
    plan, schedule = board.plan, board.schedule
    link = plan.links[id]
    lines = [f"<b>{escape(link_sentence(board.plan, id))}</b>"]
    below = (one for one in (link.target, *plan.outline.descendants(link.target)) if one in schedule)
    for one in below:
        if any(conflict.link == id for conflict in schedule.conflicts(one)):
            told = say(
                "timeline.broken",
                target=title_of(plan, one),
                when=when(board, one),
                source=title_of(plan, link.source),
                before=when(board, link.source),
            )
            lines.append(f"<span style='color:{board.theme.colors.danger}'>{escape(told)}</span>")
            lines.append(f"<i>{escape(why(plan, schedule, one))}</i>")
            break
    return "<qt><div style='white-space:pre'>" + "<br>".join(lines) + "</div></qt>"


def when(board: Board, id: ItemId) -> str:
    """`12 Oct – 8 Jan 2027 · 63 working days`."""
    days = board.days_of(id)
    if days is None:
        return ""
    text = dates.span(*days, years=True)
    if board.plan.items[id].kind == "milestone" and not board.plan.outline.is_parent(id):
        return text
    calendar = board.plan.calendar_of(board.plan.items[id])
    length = calendar.between(board.schedule.start[id], board.schedule.finish[id])
    return f"{text} · {dates.working_days(length)}"


def wrong(board: Board, id: ItemId) -> list[str]:
    """What is wrong with the item."""
    plan, found = board.plan, []
    for conflict in board.schedule.conflicts(id):
        other = title_of(plan, conflict.other) if conflict.other is not None else ""
        found.append(say(f"timeline.wrong.{conflict.code}", other=other))
    deadline = plan.items[id].deadline
    if deadline is not None and board.late(id):
        found.append(say("timeline.wrong.deadline", day=dates.day(deadline)))
    return found


def _team(board: Board, id: ItemId) -> str:
    team = board.plan.items[id].team
    return board.plan.teams[team].title if team in board.plan.teams and team is not None else ""
