"""An item as a screen reader should say it: the same words wherever it has the keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..io.strings import count, say
from ..model.plan import Plan
from ..model.records import Item, ItemId, LinkId
from ..model.schedule import Schedule
from . import dates
from .timeline.words import link_sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST = 3
"""Of those that an item waits for, so many are named."""


def chosen(plan: Plan, schedule: Schedule, item: ItemId | None, link: LinkId | None) -> str:
    """What is said of the item or the link that is chosen; nothing where none is."""
    if link is not None and link in plan.links:
        return link_sentence(plan, link)
    return sentence(plan, schedule, item) if item is not None and item in plan.items else ""


def sentence(plan: Plan, schedule: Schedule, id: ItemId, *, today: date | None = None) -> str:
    """`Checkout 3.0, feature, 3 March to 14 March, 40 percent, blocked by Payments API`.

    A year is said where it is not the one of `today`.
    """
    item = plan.items[id]
    parts = [
        item.title or say("spoken.untitled", key=item.key),
        _kind(plan, item),
        _days(plan, schedule, id, today or date.today()),
        _progress(plan, schedule, item),
        _blocked(plan, id),
        *_wrong(plan, schedule, id),
        say("spoken.pinned") if item.pinned else "",
        count("spoken.under", len(under)) if (under := plan.outline.children.get(id)) else "",
        _owner(plan, item),
    ]
    return ", ".join(part for part in parts if part)


def _kind(plan: Plan, item: Item) -> str:
    level = plan.levels.get(item.level) if item.level is not None else None
    names = [level.title.lower()] if level is not None else []
    if (item.kind == "milestone" or not names) and not plan.outline.is_parent(item.id):
        names.append(say(f"kind.{item.kind}").lower())
    return " ".join(names)


def _days(plan: Plan, schedule: Schedule, id: ItemId, today: date) -> str:
    span = schedule.dates(id)
    if span is None:
        horizon = plan.items[id].horizon
        return say("spoken.no-dates", horizon=say(f"horizon.{horizon}").lower() if horizon else "").rstrip()
    if span.first == span.last:
        return _day(span.first, today)
    return say("spoken.span", first=_day(span.first, today), last=_day(span.last, today))


def _day(when: date, today: date) -> str:
    name = say("dates.long-months").split()[when.month - 1].title()
    return f"{when.day} {name}" + (f" {when.year}" if when.year != today.year else "")


def _progress(plan: Plan, schedule: Schedule, item: Item) -> str:
    category = plan.category_of(item)
    status = plan.statuses.get(item.status) if item.status is not None else None
    words = [status.title.lower()] if status is not None and category != "todo" else []
    percent = schedule.progress(item.id)
    if percent and category != "done":
        words.append(say("spoken.percent", percent=percent))
    return ", ".join(words)


def _blocked(plan: Plan, id: ItemId) -> str:
    """What the item waits for that is not done yet."""
    above = (id, *plan.outline.ancestors(id, plan.items))
    sources = dict.fromkeys(link.source for one in above for link in plan.incoming.get(one, ()))
    items = [plan.items[source] for source in sources if source in plan.items]
    titles = [item.title or item.key for item in items if plan.category_of(item) != "done"]
    if not titles or plan.category_of(plan.items[id]) == "done":
        return ""
    more = len(titles) - _MOST
    rest = say("spoken.more", n=more) if more > 0 else ""
    return say("spoken.blocked", titles=say("spoken.and").join(titles[:_MOST]), more=rest).rstrip()


def _wrong(plan: Plan, schedule: Schedule, id: ItemId) -> list[str]:
    """What is wrong with the item."""
    found = []
    for conflict in schedule.conflicts(id):
        other = plan.items.get(conflict.other) if conflict.other is not None else None
        name = (other.title or other.key) if other is not None else ""
        words = say(f"timeline.wrong.{conflict.code}", other=name)
        found.append(words[:1].lower() + words[1:])
    deadline = plan.items[id].deadline
    if deadline is not None and schedule.finish.get(id, 0) > deadline.toordinal() + 1:
        found.append(say("spoken.late", day=dates.short_day(deadline)))
    return found


def _owner(plan: Plan, item: Item) -> str:
    person = plan.people.get(item.owner) if item.owner is not None else None
    return say("spoken.owner", name=person.name) if person is not None else ""


def announce(widget: QWidget, text: str) -> None:
    """Let a widget that draws its items itself say the one that has the keyboard."""
    if text == widget.accessibleDescription():
        return
    widget.setAccessibleDescription(text)
    from PySide6.QtGui import (
        QAccessible,
        QAccessibleAnnouncementEvent,
        QAccessibleEvent,
    )  # 5 ms: not at the start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged))
        if text and widget.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
