"""THE table of fields: what an item has, how it is read, entered, written and understood.

Columns, inspector, workbook headings, import mapping, search, filter, group-by and colour-by are loops over
it. A new field is one row here, one attribute in records.py, its words (`field.<key>`) and a migration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from .edits.items import put_under, ranked
from .edits.links import set_predecessors
from .plan import Plan
from .records import HORIZONS, PRECISIONS, Item, ItemId
from .refused import Refused
from .schedule import Schedule, schedule

FieldKind = Literal[
    "text", "long", "choice", "person", "date", "days", "number", "percent", "flag", "links", "item", "tags"
]
Reader = Callable[[Plan, Schedule, Item], Any]
Editor = Callable[[Plan, Sequence[ItemId], Any], Plan]


@dataclass(frozen=True, slots=True)
class Field:
    """One property of items. `edit` is None where the value follows from others."""

    key: str
    kind: FieldKind
    group: str
    """Where the inspector shows it: what, when, who, links, notes."""
    read: Reader
    edit: Editor | None
    table: str = ""
    """The plan's table that a choice refers to."""
    title: str = ""
    """What the person who made it calls it; empty: a field every plan has, its words are `field.<key>`."""


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


def _effort(value: Any) -> float | None:
    if value is not None and value < 0:
        raise Refused("effort.negative", value=value)
    return None if value is None else float(value)


def _read_slack(plan: Plan, times: Schedule, item: Item) -> int | None:
    return times.slack(item.id)


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
        Field("critical", "flag", "when", _read_critical, None),
        Field("notes", "long", "notes", _read("notes"), _set("notes", lambda value: str(value or ""))),
    )
}
"""By key, in the order of columns."""


def fields_of(plan: Plan) -> Mapping[str, Field]:
    """Every field of the plan's items by key, in the order of columns: those every plan has, then its own."""
    return FIELDS


WORDS: dict[str, tuple[str, ...]] = {
    "kind": ("bar", "milestone"),
    "horizon": HORIZONS,
    "precision": PRECISIONS,
}
"""The values of those choices that are not a table of the plan; their words are `<field>.<value>`."""


def choices(field: Field, plan: Plan) -> list[tuple[Any, str]]:
    """What can be chosen, as (value, title), in order; the title of a fixed word is its code."""
    if field.key in WORDS:
        return [(word, f"{field.key}.{word or 'none'}") for word in WORDS[field.key]]
    if field.table == "people":
        return [(p.id, p.name) for p in sorted(plan.people.values(), key=lambda p: p.name.casefold())]
    if field.table == "items":
        return [(id, plan.items[id].title) for id in plan.outline.order]
    return [(record.id, record.title) for record in ranked(getattr(plan, field.table))]


def text_of(field: Field, plan: Plan, value: Any) -> str:
    """The value as plain text: dates in ISO form, references by name, links as `RW-12 FS+5d`."""
    if value is None or value == "":
        return ""
    if field.kind == "links":
        return "; ".join(link_text(plan, *link) for link in value)
    if field.kind == "flag":
        return "yes" if value else ""
    if field.kind == "tags":
        return ", ".join(value)
    if field.kind == "item":
        return plan.items[value].key if value in plan.items else ""
    if field.kind == "date":
        return str(value.isoformat())
    if field.kind == "number":
        return f"{value:g}" if value == float(f"{value:g}") else repr(value)
    if field.table:
        record = plan.table(field.table).get(value)
        return str(getattr(record, "title", getattr(record, "name", "")))
    return str(value)


def link_text(plan: Plan, source: ItemId, type: str, lag: int) -> str:
    """A dependency as it is written: `RW-12 FS+5d`, `RW-7 SS`."""
    return f"{plan.items[source].key} {type}" + (f"{lag:+d}d" if lag else "")


def parse(field: Field, plan: Plan, text: str) -> Any:
    """The value that a plain text stands for; what `text_of` wrote is read back as it was.

    Raises:
        Refused("value.unreadable", field, text): it can't be that kind of value.
        Refused("value.unknown", field, text): no record of the plan goes by that name.
    """
    text = text.strip() if field.kind != "long" else text
    if not text:
        return (
            ()
            if field.kind in ("links", "tags")
            else False
            if field.kind == "flag"
            else _EMPTY.get(field.key)
        )
    try:
        return _PARSERS[field.kind](field, plan, text)
    except ValueError:
        raise Refused("value.unreadable", field=field.key, text=text) from None


_EMPTY = {"title": "", "notes": "", "horizon": "", "precision": "day", "progress": 0}
_LINK = re.compile(r"(?P<key>.*?)(?:\s+(?P<type>FS|SS|FF|SF)\s*(?P<lag>[+-]\s*\d+)?\s*d?)?", re.IGNORECASE)


def _parse_choice(field: Field, plan: Plan, text: str) -> Any:
    folded = text.casefold()
    if field.key in WORDS:
        if folded in WORDS[field.key]:
            return folded
    else:
        for id, title in choices(field, plan):
            if title.casefold() == folded:
                return id
    raise Refused("value.unknown", field=field.key, text=text)


def _parse_item(field: Field, plan: Plan, text: str) -> ItemId:
    found = plan.keys.get(text) or plan.keys.get(text.upper())
    if found is None:
        raise Refused("value.unknown", field=field.key, text=text)
    return found


def _parse_links(field: Field, plan: Plan, text: str) -> tuple[Any, ...]:
    links = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,\n]", text))):
        match = _LINK.fullmatch(part)
        if match is None:
            raise Refused("value.unreadable", field=field.key, text=part)
        lag = int((match["lag"] or "0").replace(" ", ""))
        source = _parse_item(field, plan, match["key"].strip())
        links.append((source, (match["type"] or "FS").upper(), lag))
    return tuple(links)


def _parse_days(field: Field, plan: Plan, text: str) -> int:
    return int(re.sub(r"\s*(d|days?)$", "", text, flags=re.IGNORECASE))


def _parse_flag(field: Field, plan: Plan, text: str) -> bool:
    folded = text.casefold()
    if folded in ("yes", "y", "true", "x", "1"):
        return True
    if folded in ("no", "n", "false", "0"):
        return False
    raise ValueError(text)


_PARSERS: dict[str, Callable[[Field, Plan, str], Any]] = {
    "text": lambda field, plan, text: text,
    "long": lambda field, plan, text: text,
    "choice": _parse_choice,
    "person": _parse_choice,
    "date": lambda field, plan, text: date.fromisoformat(text),
    "days": _parse_days,
    "number": lambda field, plan, text: float(text.replace(",", ".")),
    "percent": lambda field, plan, text: float(text.rstrip(" %").replace(",", ".")),
    "flag": _parse_flag,
    "links": _parse_links,
    "item": _parse_item,
    "tags": lambda field, plan, text: tuple(filter(None, (tag.strip() for tag in text.split(",")))),
}
