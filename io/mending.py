"""Making a sound plan of the records of a file: references lead somewhere, numbers are in their range.

The rest of the program relies on it. A plan that Roadwright saved passes unchanged and without a complaint;
what another program wrote, a hand changed or a damaged disk took parts of is mended with as little loss as
possible, and every such repair is a complaint. Loops of links stay: the schedule can do with them, and
`problems` names them.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ..model.field import own_key
from ..model.fields import FIELDS
from ..model.own_fields import is_sound
from ..model.plan import Plan
from ..model.records import (
    FIELD_GROUPS,
    Calendar,
    CalendarId,
    CustomField,
    FieldId,
    Item,
    ItemId,
    Link,
    Properties,
    View,
    new_id,
)
from ..model.rows.lanes import base_of
from .salvage import Findings, shown, what_is

LONGEST = 100_000
"""Working days of a duration or a lag: about 400 years."""
MOST_DECIMALS = 6
LONGEST_HOLIDAY = 1_000
"""Days of one run of holidays or extra days."""

Tables = dict[str, Any]
"""Records by id, by the name of their table."""


def mended(tables: Tables, findings: Findings, plan_id: str = "") -> Plan:
    """The plan that the tables hold, with complaints about what had to be changed for it."""
    _mend_calendars(tables, findings)
    _mend_properties(tables, findings, plan_id)
    _mend_references(tables, "teams", findings, calendar="calendars")
    _mend_references(tables, "people", findings, team="teams")
    _mend_fields(tables["fields"], findings)
    _mend_items(tables, findings)
    _mend_custom(tables, findings)
    _mend_parents(tables["items"], findings)
    _mend_comments(tables, findings)
    _mend_views(tables, findings)
    return _mend_links(Plan(**tables), findings)


# The frame


def _mend_calendars(tables: Tables, findings: Findings) -> None:
    calendars = tables["calendars"]
    for calendar in list(calendars.values()):
        weekdays = tuple(sorted({day for day in calendar.weekdays if 0 <= day <= 6}))
        holidays = tuple(days for days in calendar.holidays if _sensible(days))
        extra = tuple(days for days in calendar.extra if _sensible(days))
        sound = replace(calendar, weekdays=weekdays or (0, 1, 2, 3, 4), holidays=holidays, extra=extra)
        if sound != replace(calendar, weekdays=tuple(sorted(calendar.weekdays))):
            findings.of(calendar, "calendars", "file.calendar_impossible", "file.defaulted")
            calendars[calendar.id] = sound


def _sensible(days: Any) -> bool:
    length: int = (days.last - days.first).days
    return 0 <= length < LONGEST_HOLIDAY


def _mend_properties(tables: Tables, findings: Findings, plan_id: str) -> None:
    properties, calendars = tables["properties"], tables["calendars"]
    if not properties:
        findings.add("file.no_properties", 0, "file.defaulted")
        info = Properties(id=plan_id or new_id())
    else:
        info = properties.get(plan_id) or next(iter(properties.values()))
        for other in properties.values():
            if other is not info:
                findings.of(other, "properties", "file.second_properties", "file.left_out")
    if info.calendar not in calendars:
        standard = next(iter(calendars.values()), Calendar(id=CalendarId("standard"), title="Standard"))
        findings.of(info, "properties", "file.no_calendar", "file.other_calendar", title=standard.title)
        calendars[standard.id] = standard
        info = replace(info, calendar=standard.id)
    if not 1 <= info.fiscal_start <= 12 or info.next_number < 1:
        findings.of(info, "properties", "file.properties_range", "file.defaulted")
        month = info.fiscal_start if 1 <= info.fiscal_start <= 12 else 1
        info = replace(info, fiscal_start=month, next_number=max(info.next_number, 1))
    if info.baseline is not None and info.baseline not in tables["baselines"]:
        values = {"field": "baseline"}
        findings.of(info, "properties", "file.reference_lost", "file.reference_cleared", **values)
        info = replace(info, baseline=None)
    properties.clear()
    properties[info.id] = info


def _mend_references(tables: Tables, name: str, findings: Findings, **references: str) -> None:
    """Clear those attributes of a table's records whose id leads to no record of the table they refer to."""
    checks = [(attribute, tables[target]) for attribute, target in references.items()]
    for record in list(tables[name].values()):
        lost = [
            attribute
            for attribute, target in checks
            if (id := getattr(record, attribute)) is not None and id not in target
        ]
        for attribute in lost:
            findings.of(record, name, "file.reference_lost", "file.reference_cleared", field=attribute)
        if lost:
            tables[name][record.id] = replace(record, **dict.fromkeys(lost))


def _mend_fields(fields: dict[FieldId, CustomField], findings: Findings) -> None:
    for field in list(fields.values()):
        options = tuple({option.id: option for option in reversed(field.options)}.values())[::-1]
        sound = replace(
            field,
            options=options,
            decimals=None if field.decimals is None else min(max(field.decimals, 0), MOST_DECIMALS),
            group=field.group if field.group in FIELD_GROUPS else "own",
        )
        if sound != field:
            findings.of(field, "fields", "file.field_impossible", "file.defaulted")
            fields[field.id] = sound


def _mend_views(tables: Tables, findings: Findings) -> None:
    """Views without the fields that are not there."""
    views: dict[str, View] = tables["views"]
    fields = {*FIELDS, *map(own_key, tables["fields"])}
    for view in list(views.values()):
        changes: dict[str, Any] = {}
        lost: list[str] = []
        for attribute, fallback in (
            ("group", ""),
            ("subgroup", ""),
            ("stacks", ""),
            ("swimlanes", ""),
            ("color", "team"),
        ):
            field = getattr(view, attribute)
            if field and base_of(field) not in fields:
                changes[attribute] = fallback
                lost.append(field)
        for attribute in ("columns", "sort"):
            known = tuple(part for part in getattr(view, attribute) if part.field in fields)
            lost += [part.field for part in getattr(view, attribute) if part not in known]
            changes[attribute] = known
        for field in dict.fromkeys(lost):
            findings.of(view, "views", "file.view_field", "file.defaulted", field=field)
        if lost:
            views[view.id] = replace(view, **changes)


# Items


def _mend_items(tables: Tables, findings: Findings) -> None:
    references = {"level": "levels", "status": "statuses", "team": "teams", "owner": "people"}
    _mend_references(tables, "items", findings, parent="items", **references)
    items: dict[ItemId, Item] = tables["items"]
    keys: set[str] = set()
    keyless = []
    for item in list(items.values()):
        least = 0 if item.kind == "milestone" else 1
        if not (
            least <= item.duration <= LONGEST
            and 0 <= item.progress <= 100
            and (item.effort is None or item.effort >= 0)
        ):
            item = _in_range(item, least, findings)
            items[item.id] = item
        if not item.key or item.key in keys:
            keyless.append(item)
        else:
            keys.add(item.key)
    prefix = next(iter(tables["properties"].values())).prefix
    number = 1
    for item in keyless:
        while f"{prefix}-{number}" in keys:
            number += 1
        key = f"{prefix}-{number}"
        findings.of(item, "items", "file.key_twice", "file.key_new", old=item.key, key=key)
        keys.add(key)
        items[item.id] = replace(item, key=key)


def _mend_custom(tables: Tables, findings: Findings) -> None:
    """Leave out values of own fields that are none, or whose field is not there."""
    fields, people, items = tables["fields"], tables["people"], tables["items"]
    for item in list(items.values()):
        lost = [
            id
            for id, value in item.custom.items()
            if id not in fields or not is_sound(fields[id], people, value)
        ]
        for id in lost:
            name = fields[id].title if id in fields else id
            text = shown(item.custom[id])
            findings.of(item, "items", "file.custom_unsound", "file.left_out", field=name, text=text)
        if lost:
            kept = {id: value for id, value in item.custom.items() if id not in lost}
            items[item.id] = replace(item, custom=kept)


def _mend_comments(tables: Tables, findings: Findings) -> None:
    """Leave out what was said about items that are not there."""
    comments = tables["comments"]
    for comment in [comment for comment in comments.values() if comment.item not in tables["items"]]:
        findings.of(comment, "comments", "file.comment_lost", "file.left_out", text=shown(comment.text))
        del comments[comment.id]


def _in_range(item: Item, least: int, findings: Findings) -> Item:
    fitted = replace(
        item,
        duration=min(max(item.duration, least), LONGEST),
        progress=min(max(item.progress, 0), 100),
        effort=item.effort if item.effort is None or item.effort >= 0 else None,
    )
    for field in ("duration", "progress", "effort"):
        value, kept = getattr(item, field), getattr(fitted, field)
        if value != kept:
            findings.of(item, "items", "file.out_of_range", "file.fitted", field=field, text=value, kept=kept)
    return fitted


def _mend_parents(items: dict[ItemId, Item], findings: Findings) -> None:
    """Open circles of parents: the item that closes one goes to the top."""
    sound: set[ItemId] = set()
    for start in list(items):
        way: list[ItemId] = []
        seen: set[ItemId] = set()
        at: ItemId | None = start
        while at is not None and at not in sound and at not in seen:
            way.append(at)
            seen.add(at)
            at = items[at].parent
        if at is not None and at in seen:
            findings.of(items[at], "items", "file.parent_circle", "file.to_the_top")
            items[at] = replace(items[at], parent=None)
        sound.update(way)


# Links


def _mend_links(plan: Plan, findings: Findings) -> Plan:
    items = plan.items
    ends = _ends(plan)
    place = plan.outline.place
    known: set[tuple[str, str, str]] = set()
    gone, fitted = [], []
    for link in plan.links.values():
        source, target, at = link.source, link.target, (link.source, link.target, link.type)
        if source not in items or target not in items:
            reason = "file.link_end_missing"
        elif at in known:
            reason = "file.link_twice"
        elif place[source] <= place[target] <= ends[source] or place[target] <= place[source] <= ends[target]:
            reason = "file.link_family"
        else:
            known.add(at)
            if abs(link.lag) > LONGEST:
                lag = min(max(link.lag, -LONGEST), LONGEST)
                values = {"field": "lag", "text": link.lag, "kept": lag}
                findings.of(link, "links", "file.out_of_range", "file.fitted", **values)
                fitted.append(replace(link, lag=lag))
            continue
        _leave_out(link, plan, reason, findings)
        gone.append(link)
    return plan.drop(*gone).put(*fitted) if gone or fitted else plan


def _ends(plan: Plan) -> dict[ItemId, int]:
    """For each item the place, in the plan's order, of the last one under it."""
    ends = dict(plan.outline.place)
    for id in reversed(plan.outline.order):
        parent = plan.items[id].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[id])
    return ends


def _leave_out(link: Link, plan: Plan, reason: str, findings: Findings) -> None:
    names = " → ".join(plan.items[id].key if id in plan.items else "?" for id in (link.source, link.target))
    line = findings.lines.get(("links", link.id), 0)
    findings.add(reason, line, "file.left_out", what=what_is("links", name=names))
