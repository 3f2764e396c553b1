"""What people say about items."""

from __future__ import annotations

from ..plan import Plan
from ..records import Comment, CommentId, ItemId
from ..refused import Refused


def add_comment(plan: Plan, id: CommentId, item: ItemId, text: str, author: str = "", time: str = "") -> Plan:
    """Write down what somebody said about an item; `time` is UTC, ISO 8601.

    Raises:
        Refused("comment.empty"): they said nothing.
    """
    text = text.strip()
    if not text:
        raise Refused("comment.empty")
    return plan.put(Comment(id=id, item=item, text=text, author=author.strip(), time=time))


def remove_comment(plan: Plan, id: CommentId) -> Plan:
    return plan.drop(plan.comments[id])
