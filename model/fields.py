"""THE table of fields: what an item has, how it is read, entered, written and understood.

Columns, inspector, workbook headings, import mapping, search, filter, group-by and colour-by are loops over
it. A new field is one row here, one attribute in records.py, its words (`field.<key>`) and a migration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from .edits.items import put_under
from .edits.links import set_predecessors
from .field import Editor, Field, Reader
from .field_values import WORDS, choices, has_choices, link_text, makes_values, parse, text_of
from .own_fields import own_fields
from .plan import Plan
from .records import Item, ItemId
from .refused import Refused
from .schedule import Schedule, schedule

__all__ = [
    "FIELDS",
    "WORDS",
    "Editor",
    "Field",
    "Reader",
    "choices",
    "fields_of",
    "has_choices",
    "link_text",
    "makes_values",
    "parse",
    "text_of",
]


def _read(name: str) -> Reader:
    return lambda plan, times, item: getattr(item, name)


def _set(name: str, fit: Callable[[Any], Any] = lambda value: value) -> Editor:
    def edit(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
        fitted = fit(value)
        return plan.put(*(replace(plan.items[id], **{name: fitted}) for id in ids))

    return edit


def _set_key(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    key = str(value or "").strip()
    if not key:
        raise Refused("key.empty")
    if len(ids) > 1 or plan.keys.get(key, ids[0]) != ids[0]:
        raise Refused("key.taken", key=key)
    return plan.put(replace(plan.items[ids[0]], key=key))


def _set_kind(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    changed = []
    for id in ids:
        item = plan.items[id]
        duration = 0 if value == "milestone" else max(item.duration, 1)
        changed.append(replace(item, kind=value, duration=duration))
    return plan.put(*changed)


def _read_duration(plan: Plan, times: Schedule, item: Item) -> int | None:
    if item.kind == "milestone":
        return 0
    if plan.outline.is_parent(item.id):
        return _worked(plan, times, item)
    return item.duration


def _worked(plan: Plan, times: Schedule, item: Item) -> int | None:
    if item.id not in times:
        return None
    return plan.calendar_of(item).between(times.start[item.id], times.finish[item.id])


def _set_duration(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    if value is None or value < 0:
        raise Refused("duration.too_short", key=plan.items[ids[0]].key)
    changed = []
    for id in ids:
        item = plan.items[id]
        kind = "milestone" if value == 0 else "bar"
        changed.append(replace(item, duration=int(value), kind=kind))
    return plan.put(*changed)


def _read_start(plan: Plan, times: Schedule, item: Item) -> Any:
    span = times.dates(item.id)
    return span.first if span else None


def _read_finish(plan: Plan, times: Schedule, item: Item) -> Any:
    span = times.dates(item.id)
    return span.last if span else None


def _set_start(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    pinned = {} if value is not None else {"pinned": False}
    return plan.put(*(replace(plan.items[id], start=value, **pinned) for id in ids))


def _set_finish(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    """The last working day: changes the duration; of an item without dates, the start."""
    if value is None:
        raise Refused("finish.empty")
    times = schedule(plan)
    changed = []
    for id in ids:
        item = plan.items[id]
        calendar = plan.calendar_of(item)
        after = value.toordinal() + 1
        if item.kind == "milestone":
            changed.append(replace(item, start=value))
        elif id not in times:
            first = calendar.add(after, -item.duration)
            changed.append(replace(item, start=value.fromordinal(first)))
        else:
            duration = calendar.between(times.start[id], after)
            if duration < 1:
                raise Refused("finish.before_start", key=item.key)
            changed.append(replace(item, duration=duration))
    return plan.put(*changed)


def _read_links(plan: Plan, times: Schedule, item: Item) -> Any:
    """What the item waits for, as (source, type, lag) in the plan's order."""
    place = plan.outline.place
    links = [link for link in plan.incoming.get(item.id, ()) if link.source in plan.items]
    links.sort(key=lambda link: (place[link.source], link.type))
    return tuple((link.source, link.type, link.lag) for link in links)


def _set_links(plan: Plan, ids: Sequence[ItemId], value: Any) -> Plan:
    for id in ids:
        plan = set_predecessors(plan, id, value)
    return plan


def _percent(value: Any) -> int:
    if value is None:
        return 0
    if not 0 <= value <= 100:
        raise Refused("progress.range", value=value)
    return round(float(value))


MOST_EFFORT = 100_000
"""Person-days of an item: a hundred people for years. More is a slip of the pen."""


def _effort(value: Any) -> float | None:
    if value is not None and value < 0:
        raise Refused("effort.negative", value=value)
    if value is not None and not value <= MOST_EFFORT:
        raise Refused("effort.too_much", most=MOST_EFFORT)
    return None if value is None else float(value)


def _read_slack(plan: Plan, times: Schedule, item: Item) -> int | None:
    return times.slack(item.id)


def _read_slip(plan: Plan, times: Schedule, item: Item) -> int | None:
    """Working days that the item finishes later than the shown baseline has it; negative: earlier."""
    baseline = plan.shown_baseline
    was = baseline.spans.get(item.id) if baseline is not None else None
    span = times.dates(item.id) if was is not None else None
    if was is None or span is None:
        return None
    return plan.calendar_of(item).between(was.last.toordinal() + 1, span.last.toordinal() + 1)


def _read_critical(plan: Plan, times: Schedule, item: Item) -> bool:
    return times.critical(item.id)


def _read_progress(plan: Plan, times: Schedule, item: Item) -> int:
    return times.progress(item.id)


FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("key", "text", "what", _read("key"), _set_key),
        Field("title", "text", "what", _read("title"), _set("title", lambda value: str(value or "").strip())),
        Field("kind", "choice", "what", _read("kind"), _set_kind),
        Field("level", "choice", "what", _read("level"), _set("level"), "levels"),
        Field(
            "parent",
            "item",
            "what",
            _read("parent"),
            lambda plan, ids, value: put_under(plan, ids, value),
            "items",
        ),
        Field("team", "choice", "who", _read("team"), _set("team"), "teams"),
        Field("owner", "person", "who", _read("owner"), _set("owner"), "people"),
        Field("start", "date", "when", _read_start, _set_start),
        Field("finish", "date", "when", _read_finish, _set_finish),
        Field("duration", "days", "when", _read_duration, _set_duration),
        Field("pinned", "flag", "when", _read("pinned"), _set("pinned", bool)),
        Field("deadline", "date", "when", _read("deadline"), _set("deadline")),
        Field("status", "choice", "what", _read("status"), _set("status"), "statuses"),
        Field("progress", "percent", "what", _read_progress, _set("progress", _percent)),
        Field("effort", "number", "who", _read("effort"), _set("effort", _effort)),
        Field("depends", "links", "links", _read_links, _set_links),
        Field("tags", "tags", "what", _read("tags"), _set("tags", tuple)),
        Field("precision", "choice", "when", _read("precision"), _set("precision")),
        Field("horizon", "choice", "when", _read("horizon"), _set("horizon")),
        Field("slack", "days", "when", _read_slack, None),
        Field("slip", "days", "when", _read_slip, None),
        Field("critical", "flag", "when", _read_critical, None),
        Field("notes", "long", "notes", _read("notes"), _set("notes", lambda value: str(value or ""))),
    )
}
"""By key, in the order of columns."""


def fields_of(plan: Plan) -> Mapping[str, Field]:
    """Every field of the plan's items by key, in the order of columns: those every plan has, then its own."""
    if not plan.fields:
        return FIELDS
    known: Mapping[str, Field] | None = plan.__dict__.get("_fields")
    if known is None:
        known = plan.__dict__["_fields"] = {**FIELDS, **own_fields(FIELDS, plan.fields)}
    return known
