"""What of a plan the plain exchange form can carry, to compare plans by."""

from __future__ import annotations

from msgspec.structs import replace
from roadwright.io.own_headings import heading_of
from roadwright.model.fields import fields_of, text_of
from roadwright.model.plan import Plan
from roadwright.model.schedule import schedule


def exchangeable(plan: Plan) -> Plan:
    """The plan without what the form has no column for: calendars of teams, categories of new statuses."""
    return plan.put(
        *(replace(team, calendar=None) for team in plan.teams.values()),
        *(
            replace(status, category="todo")
            for status in plan.statuses.values()
            if status.id not in ("planned", "in-progress", "done")
        ),
    )


def comparable(plan: Plan) -> list[dict[str, object]]:
    """Every item in order, with names in the place of ids, and what it waits for."""
    keys = {item.key: item.id for item in plan.items.values()}
    name = {id: key for key, id in keys.items()}
    times = schedule(plan)
    waits: dict[str, set[tuple[str, str, int]]] = {}
    for link in plan.links.values():
        waits.setdefault(name[link.target], set()).add((name[link.source], link.type, link.lag))
    return [
        {
            "key": item.key,
            "title": item.title,
            "kind": item.kind,
            "level": plan.levels[item.level].title if item.level else "",
            "parent": name[item.parent] if item.parent else "",
            "start": item.start,
            "duration": item.duration,
            "pinned": item.pinned,
            "deadline": item.deadline,
            "precision": item.precision,
            "horizon": item.horizon,
            "status": plan.statuses[item.status].title if item.status else "",
            "category": plan.category_of(item),
            "progress": item.progress,
            "effort": item.effort,
            "team": plan.teams[item.team].title if item.team else "",
            "owner": plan.people[item.owner].name if item.owner else "",
            "tags": item.tags,
            "notes": item.notes,
            "depends": waits.get(item.key, set()),
            "own": {
                field.title: text_of(field, plan, field.read(plan, times, item))
                for field in fields_of(plan).values()
                if field.own is not None
            },
        }
        for item in map(plan.items.__getitem__, plan.outline.order)
    ]


def headings(plan: Plan) -> list[str]:
    """The plan's own fields, each with what it is."""
    return [heading_of(field.own, plan) for field in fields_of(plan).values() if field.own is not None]
