"""Small plans written as one would draw them, and their dates as one would read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Item, ItemId, Link, LinkId, Team, TeamId
from roadwright.model.schedule import schedule

MONDAY = date(2026, 1, 5)
"""The Monday of the first week: "Mon" is this day, "Mon2" the one after it, "Mon0" the one before."""
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LINK = re.compile(r"(\S+) (FS|SS|FF|SF)([+-]\d+)? (\S+)")


def day(name: str) -> date:
    """The date of a day's name, "Tue" or "Tue3"."""
    week = int(name[3:] or 1)
    return MONDAY + timedelta(days=7 * (week - 1) + _WEEKDAYS.index(name[:3]))


def day_name(when: date) -> str:
    """The name of a date: the other way round."""
    week, weekday = divmod((when - MONDAY).days, 7)
    return _WEEKDAYS[weekday] + (str(week + 1) if week else "")


def planned(
    links: str = "",
    under: str = "",
    plan: Plan | None = None,
    **items: tuple[Any, ...],
) -> Plan:
    """A plan whose items have the given names as key, title and id.

    An item is its first day (a name, or None for none) and its working days, 0 for a milestone, and may have
    a mapping of further fields: `A=("Mon", 4, {"pinned": True})`. A `team` that the plan hasn't got is made.
    `links` is "A FS B; B SS+2 C", which are the links' ids too; `under` is "P: A B; Q: C", parents and their
    children. It begins with `plan`, if given: one with holidays and teams, say.
    """
    plan = plan or new_plan("Test")
    parents = {
        child: parent.strip()
        for part in under.split(";")
        if part.strip()
        for parent, children in [part.split(":")]
        for child in children.split()
    }
    for rank, (name, (start, duration, *more)) in enumerate(items.items()):
        fields: Mapping[str, Any] = more[0] if more else {}
        team = fields.get("team")
        if team and team not in plan.teams:
            plan = plan.put(Team(id=TeamId(team), title=team))
        standard: dict[str, Any] = {
            "key": name,
            "title": name,
            "kind": "milestone" if duration == 0 else "bar",
            "rank": float(rank),
            "parent": parents.get(name),
            "start": day(start) if start else None,
            "duration": duration,
        }
        plan = plan.put(Item(id=ItemId(name), **{**standard, **fields}))
    for text in filter(None, map(str.strip, links.split(";"))):
        match = _LINK.fullmatch(text)
        assert match, text
        source, type, lag, target = match.groups()
        plan = plan.put(
            Link(id=LinkId(text), source=ItemId(source), target=ItemId(target), type=type, lag=int(lag or 0))
        )
    return plan


def shown(plan: Plan) -> dict[str, str]:
    """What people are shown, by key: "Mon..Thu", "Fri" for a single day, "" for the backlog."""
    dates = schedule(plan)
    texts = {}
    for id in plan.outline.order:
        span = dates.dates(id)
        names = [day_name(when) for when in (span.first, span.last)] if span else [""]
        texts[plan.items[id].key] = "..".join(dict.fromkeys(names))
    return texts
