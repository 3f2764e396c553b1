"""The hidden base: what was exported, kept inside the workbook itself.

By it a workbook that nobody touched gives back the identical plan, whatever the visible cells can't hold, and
in one that was edited only what differs from it is an edit. It is JSON, compressed, as base64 in cells of the
veryHidden sheet `_sync`, with its SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from ...model.field import own_key
from ...model.plan import Plan
from ...model.records import TABLES, AnyRecord, Item, ItemId, PersonId
from ...model.refused import Refused
from ..strings import LANGUAGE, spoken
from .cells import Raw
from .content import Content

SCHEMA = 2
"""Of the base. A reader refuses a higher one and goes by the visible cells."""
CHUNK = 30_000
"""Characters of base64 in a cell; a cell holds 32,767."""
KEPT_HOME = frozenset({"comments", "sources", "exports"})
"""Tables that are never sent out."""
SIZE_LIMIT = 400 << 20
"""Bytes of JSON that are unpacked at most."""


class BaseRow(msgspec.Struct, frozen=True, array_like=True):
    """A row as it was exported: the item, and the content of its cells in the order of `Base.columns`."""

    uid: str
    item: Item
    cells: list[Raw]


class Base(msgspec.Struct, frozen=True):
    """What was exported."""

    schema: int
    plan_id: str
    export_id: str
    exported: date
    partial: bool
    """Only some of the plan's items were exported."""
    columns: tuple[str, ...]
    rows: list[BaseRow]
    tables: dict[str, msgspec.Raw]
    """The other records: of items only those that the rows refer to."""
    language: str = LANGUAGE
    """In which the cells were written."""


def base_of(content: Content) -> Base:
    """The base of an export; of a part of a plan it holds nothing but that part and what it refers to."""
    keys = content.columns.keys
    rows = [
        BaseRow(line.uid, _sent(line.item, content), [line.cells[key] for key in keys])
        for line in content.lines
    ]
    exported = {row.item.id for row in rows}
    plan = content.plan
    if content.partial or content.options.fields is not None:
        plan = _part(plan, {row.item.id: row.item for row in rows})
    tables = {
        name: msgspec.Raw(
            msgspec.json.encode(
                [record for id, record in plan.table(name).items() if name != "items" or id not in exported]
            )
        )
        for name in TABLES
        if name not in KEPT_HOME
    }
    return Base(
        schema=SCHEMA,
        plan_id=plan.info.id,
        export_id=content.export_id,
        exported=content.today,
        partial=content.partial,
        columns=keys,
        rows=rows,
        tables=tables,
        language=spoken(),
    )


def plan_of(base: Base) -> Plan:
    """The plan, or the part of it, that was exported.

    Raises:
        msgspec.MsgspecError: a table holds what this version does not know.
    """
    records: list[AnyRecord] = [row.item for row in base.rows]
    for name, kind in TABLES.items():
        data = base.tables.get(name, b"[]")
        records.extend(msgspec.json.decode(data, type=list[kind]))  # type: ignore[valid-type]
    return Plan().put(*records)


def packed(base: Base) -> tuple[list[str], str]:
    """The base as texts for cells, and its SHA-256."""
    data = zlib.compress(msgspec.json.encode(base), 6)
    text = base64.b64encode(data).decode("ascii")
    chunks = [text[place : place + CHUNK] for place in range(0, len(text), CHUNK)]
    return chunks, hashlib.sha256(data).hexdigest()


def unpacked(chunks: Iterable[str], digest: str) -> Base:
    """The base from the texts of its cells.

    Raises:
        Refused("workbook.base_altered"): it is not as it was written.
        Refused("workbook.base_newer"): a newer version wrote it.
    """
    try:
        data = base64.b64decode("".join(chunks), validate=True)
        if hashlib.sha256(data).hexdigest() != digest.strip().lower():
            raise Refused("workbook.base_altered")
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(data, SIZE_LIMIT)
        if unpacker.unconsumed_tail:
            raise Refused("workbook.base_altered")
        if msgspec.json.decode(text, type=_Schema).schema > SCHEMA:
            raise Refused("workbook.base_newer")
        return msgspec.json.decode(text, type=Base)
    except (ValueError, zlib.error, msgspec.MsgspecError) as error:
        raise Refused("workbook.base_altered") from error


class _Schema(msgspec.Struct):
    schema: int


def _sent(item: Item, content: Content) -> Item:
    """The item without the values of fields that are not sent."""
    if content.options.fields is None:
        return item
    sent = content.columns.place
    blank: dict[str, Any] = {name: value for name, value in _BLANK.items() if name not in sent}
    blank["custom"] = {id: value for id, value in item.custom.items() if own_key(id) in sent}
    return msgspec.structs.replace(item, **blank)


_BLANK: dict[str, Any] = {
    "level": None,
    "owner": None,
    "notes": "",
    "deadline": None,
    "effort": None,
    "precision": "day",
    "horizon": "",
    "tags": (),
}
"""What an item has in place of a value that is not sent; `pinned` stays, for dates follow from it."""


def _part(plan: Plan, exported: Mapping[ItemId, Item]) -> Plan:
    """Of a plan only these items, and of what they refer to no more than is needed to place it."""
    links = {
        id: link for id, link in plan.links.items() if link.source in exported or link.target in exported
    }
    named: set[ItemId] = set()
    for id in exported:
        named.update(plan.outline.ancestors(id, plan.items))
    for link in links.values():
        named.update((link.source, link.target))
    items: dict[ItemId, Item] = {}
    for id, item in plan.items.items():
        if id in exported:
            items[id] = exported[id]
        elif id in named:
            items[id] = _stub(item, named.union(exported))
    people = {item.owner for item in items.values()}
    fields = [field.id for field in plan.fields.values() if field.kind == "person"]
    people |= {
        PersonId(str(item.custom[id])) for item in items.values() for id in fields if id in item.custom
    }
    baselines = {
        id: msgspec.structs.replace(
            baseline, spans={item: span for item, span in baseline.spans.items() if item in exported}
        )
        for id, baseline in plan.baselines.items()
    }
    changed: Mapping[str, Any] = {
        "items": items,
        "links": links,
        "people": {id: person for id, person in plan.people.items() if id in people},
        "baselines": baselines,
    }
    return msgspec.structs.replace(plan, **changed)


def _stub(item: Item, known: set[ItemId]) -> Item:
    """An item that is only referred to: its name and its place in time, nothing of what it is about."""
    return Item(
        id=item.id,
        key=item.key,
        title=item.title,
        kind=item.kind,
        level=item.level,
        parent=item.parent if item.parent in known else None,
        rank=item.rank,
        start=item.start,
        duration=item.duration,
        pinned=item.pinned,
        status=item.status,
        team=item.team,
    )
