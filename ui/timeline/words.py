"""What the timeline says about an item: tooltip, sentence for a screen reader, why it starts there."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ...io.strings import count, knows, say
from ...model.fields import FIELDS, WORDS, link_text, text_of
from ...model.plan import Plan
from ...model.query import Row
from ...model.records import ItemId, LinkId
from .. import dates
from .board import Board


def title_of(plan: Plan, id: ItemId) -> str:
    """The item's title, or its key where it has none."""
    item = plan.items[id]
    return item.title or item.key


def what_of(plan: Plan, ids: Sequence[ItemId]) -> str:
    """The title where it is one item, else how many they are."""
    return title_of(plan, ids[0]) if len(ids) == 1 else count("timeline.items", len(ids))


def lane_title(row: Row) -> str:
    """The name of a lane."""
    return say(row.title) if knows(row.title) else row.title


def value_title(plan: Plan, field: str, value: Any) -> str:
    """The name of a field's value, or that there is none."""
    if value is None:
        return say("timeline.without", field=say(f"field.{field}").lower())
    if field in WORDS and knows(f"{field}.{value}"):
        return say(f"{field}.{value}")
    return text_of(FIELDS[field], plan, value)


def why(board: Board, id: ItemId) -> str:
    """Why the item starts when it does."""
    driver = board.schedule.driver(id)
    if driver is None:
        return ""
    plan = board.plan
    values: dict[str, str] = {}
    if driver.link is not None:
        link = plan.links[driver.link]
        values = {
            "source": title_of(plan, link.source),
            "target": title_of(plan, link.target),
            "link": link_text(plan, link.source, link.type, link.lag),
        }
    return say(f"timeline.why.{driver.rule}", status=_status(board, id), **values)


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


def tooltip(board: Board, id: ItemId) -> str:
    """Rich text: title, dates, owner, why it starts there, what is wrong."""
    item, colors = board.plan.items[id], board.theme.colors
    person = board.plan.people.get(item.owner) if item.owner else None
    lines = [f"<b>{escape(title_of(board.plan, id))}</b>", escape(when(board, id))]
    who = [name for name in (person.name if person else "", _team(board, id)) if name]
    if who:
        lines.append(escape(" · ".join(who)))
    reason = why(board, id)
    if reason:
        lines.append(f"<i>{escape(reason)}</i>")
    lines += [f"<span style='color:{colors.danger}'>{escape(text)}</span>" for text in wrong(board, id)]
    return "<qt><div style='white-space:pre'>" + "<br>".join(lines) + "</div></qt>"


def link_sentence(board: Board, id: LinkId) -> str:
    """`Web checkout waits for Billing portal (RW-10 FS)`."""
    plan = board.plan
    link = plan.links[id]
    return say(
        "timeline.waits",
        target=title_of(plan, link.target),
        source=title_of(plan, link.source),
        link=link_text(plan, link.source, link.type, link.lag),
    )


def sentence(board: Board, id: ItemId) -> str:
    """The item as a screen reader should say it."""
    item = board.plan.items[id]
    parts = [
        say("timeline.sentence", title=title_of(board.plan, id), key=item.key),
        when(board, id),
        _status(board, id),
        why(board, id),
        *wrong(board, id),
    ]
    return ". ".join(part for part in parts if part)


def _team(board: Board, id: ItemId) -> str:
    team = board.plan.items[id].team
    return board.plan.teams[team].title if team in board.plan.teams and team is not None else ""


def _status(board: Board, id: ItemId) -> str:
    status = board.plan.items[id].status
    return board.plan.statuses[status].title if status in board.plan.statuses and status is not None else ""
