"""Remembers what was read from a foreign file, so that a newer version of the file can be merged.

What was read stays in the plan itself, packed, beside the name of the file and how it was understood. So a
plan that is sent on can be brought up to date by whoever has it, and undoing the step that brought it up to
date leads back to where it was. What is kept of a file that was taken into a plan that there was before goes
by the ids that its things have there, and by the keys and names of the file: these say what is what in a
newer version of it.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from ..model.edits.importing import take_in
from ..model.plan import Plan
from ..model.records import TABLES, AnyRecord, CustomField, Item, ItemId, Source, SourceId, derived_id
from ..model.refused import Refused
from .aligning import aligned
from .complaint import Complaint
from .importing import import_file
from .json_export import is_json_export
from .roadmap_file import is_roadmap
from .tables.choices import Choices
from .unsaid import gone, left_as_it_was, with_missing
from .workbook.read import is_ours

LEAST_SHARE = 0.2
"""Of the items of either version, to be versions of the same file."""
EXTRACT = 0.3
"""Missing this share of the rows, a table is taken for an extract, of which nothing was deleted."""
MOST_BYTES = 400 << 20
_NAMED = ("levels", "statuses", "teams", "people", "fields")
"""Tables whose records a file and a plan that it was taken into share by their names."""


class Update(msgspec.Struct, frozen=True):
    """A newer version of a file that the plan was read from."""

    base: Plan
    """What was read of the older one, and of which file it is known that it was."""
    plan: Plan
    """The same of the newer one."""
    matched: dict[str, int]
    deleted: tuple[ItemId, ...]
    complaints: tuple[Complaint, ...]
    share: float
    """Of the items of either version, the fewer: how many are in both."""
    newer: tuple[Source, ...]
    """What is to be remembered from now on; `plan` has it."""


def remembered(plan: Plan, path: Path, reading: str = "") -> Plan:
    """The plan that was just read from a file, with all that is needed to read a newer version of the file.

    `reading` is how it was understood (`How.choices`).
    """
    return plan.put(*_sources(path, plan.info.id, plan, reading))


def joined(plan: Plan, other: Plan, path: Path, reading: str = "") -> Plan:
    """A plan with another one taken in that was just read from a file, remembered in the same way."""
    taken = take_in(plan, other)
    sources = _sources(path, plan.info.id, taken.part, reading)
    return taken.plan.put(*(replace(one, joined=True) for one in sources))


def _sources(path: Path, id: str, base: Plan, reading: str) -> Iterator[Source]:
    """The one to remember; none for copies of a plan and workbooks that it was sent out in, which know by
    themselves what they come from."""
    if is_roadmap(path) or is_json_export(path) or is_ours(path):
        return
    sheet = msgspec.json.decode(reading, type=Choices).sheet if reading else ""
    yield Source(
        id=SourceId(derived_id("source", id, path.name.casefold(), sheet.casefold())),
        title=path.name,
        sheet=sheet,
        reading=reading,
        base=_packed(base),
    )


def read_update(path: Path, mine: Plan) -> Update:
    """Read a newer version of a file that `mine` was read from: of which one, its name and content tell.

    Raises:
        Refused("merging.no_reply", file): the plan was read from no such file.
        Refused("merging.other_file", file, known): it has next to nothing in common with it.
        Refused: as `import_file`.
    """
    if not mine.sources:
        raise Refused("merging.no_reply", file=str(path))
    known = sorted(mine.sources.values(), key=_by_name)
    known = [one for one in known if one.title.casefold() == path.name.casefold()] or known
    found: list[list[Update]] = []
    refusals: list[Refused] = []
    for _, sources in groupby(known, lambda one: one.title.casefold()):
        found.append([])
        for source in sources:
            try:
                found[-1].append(_newer(path, source, mine))
            except Refused as refused:
                refusals.append(refused)
    best = max(found, key=lambda updates: max([update.share for update in updates], default=0.0))
    alike = [update for update in best if update.share >= LEAST_SHARE]
    if not alike:
        raise next(iter(refusals), Refused("merging.other_file", file=str(path), known=known[0].title))
    update = reduce(_together, alike)
    base = replace(update.base, sources=mine.sources)
    return replace(update, base=base, plan=replace(update.plan, sources=mine.sources).put(*update.newer))


def _by_name(source: Source) -> tuple[Any, ...]:
    """By the name of the file; last that which the whole plan came of, whose title and calendars count."""
    return source.title.casefold(), not source.joined, source.id


def _newer(path: Path, source: Source, mine: Plan) -> Update:
    """What the newer version says of one thing that was read from the file, as one sheet of it."""
    base = _unpacked(source, path.name)
    imported = import_file(path, source.sheet or None, _choices(source) or source.mapping or None)
    now, ids = imported.plan, dict[str, str]()
    if source.joined:
        base = replace(base, properties=mine.properties, calendars=mine.calendars)
        there = [item for id, item in mine.items.items() if id in base.items]
        _, now, ids = take_in(mine.drop(*there), now)
    elif now.info.title == path.stem:  # it has no title but the name of the file, and that may be another
        now = now.put(replace(now.info, title=base.info.title))
    what = aligned(base, now, _is_keyed(source))
    plan, missing, complaints = what.plan, what.deleted, imported.complaints
    if (old := _choices(source)) is not None and imported.how.choices:
        chosen = msgspec.json.decode(imported.how.choices, type=Choices)
        plan = left_as_it_was(base, plan, gone(old, chosen), _led(imported.how.lost, ids, what.ids))
        if len(missing) > EXTRACT * len(base.items):
            values: dict[str, object] = {"count": len(missing), "all": len(base.items)}
            complaints += (Complaint("merging.extract", values, file=path.name),)
            plan, missing = with_missing(base, plan), ()
    newer = replace(source, title=path.name, base=source.base if plan == base else _packed(plan))
    if source.joined:
        base, plan = _shared(base, plan, mine)
        plan = _with_free_keys(base, plan, mine)
    share = sum(what.matched.values()) / max(1, min(len(base.items), len(plan.items)))
    return Update(base, plan, what.matched, missing, complaints, share, (newer,))


def _led(lost: Mapping[ItemId, tuple[str, ...]], *ways: Mapping[str, str]) -> dict[ItemId, tuple[str, ...]]:
    """Cells that could not be read, by the ids that items and own fields have in the end."""

    def end(id: str) -> str:
        return reduce(lambda known, way: way.get(known, known), ways, id)

    return {ItemId(end(item)): tuple(map(end, fields)) for item, fields in lost.items()}


def _is_keyed(source: Source) -> bool:
    choices = _choices(source)
    return choices is not None and any(column.field == "key" for column in choices.columns)


def _shared(base: Plan, plan: Plan, mine: Plan) -> tuple[Plan, Plan]:
    """Both with teams, people, statuses, levels and own fields as `mine` has them: the file has no say in
    those, but for new ones, and for new options of a field."""
    for name in _NAMED:
        for id, theirs in {**base.table(name), **plan.table(name)}.items():
            record = mine.table(name).get(id) or base.table(name).get(id)
            if record is None:
                continue
            base, before = base.put(record), base.table(name).get(id)
            if isinstance(record, CustomField) and isinstance(theirs, CustomField):
                old = before.options if isinstance(before, CustomField) else ()
                known = {one.id for one in (*record.options, *old)}
                fresh = tuple(one for one in theirs.options if one.id not in known)
                record = replace(record, options=(*record.options, *fresh))
            plan = plan.put(record)
    return base, plan


def _with_free_keys(base: Plan, plan: Plan, mine: Plan) -> Plan:
    """New items under keys that are free in `mine`."""
    number, prefix = max(mine.info.next_number, plan.info.next_number), mine.info.prefix
    taken = {*mine.keys, *(item.key for item in base.items.values())}
    items: list[Item] = []
    for id, item in plan.items.items():
        if id in base.items:
            continue
        key = item.key
        while key in taken:
            key, number = f"{prefix}-{number}", number + 1
        taken.add(key)
        items.append(replace(item, key=key))
    return plan.put(*items, replace(plan.info, next_number=number))


def _together(one: Update, other: Update) -> Update:
    """Two updates of different things from the same file; where both say something the other one counts."""
    matched = Counter(one.matched) + Counter(other.matched)
    return Update(
        _both(one.base, other.base),
        _both(one.plan, other.plan),
        dict(matched),
        (*one.deleted, *other.deleted),
        (*one.complaints, *other.complaints),
        max(one.share, other.share),
        (*one.newer, *other.newer),
    )


def _both(one: Plan, other: Plan) -> Plan:
    return replace(one, **{name: {**one.table(name), **other.table(name)} for name in TABLES})


def _choices(source: Source) -> Choices | None:
    """What was chosen for the file, if anything, and if this program still understands it."""
    try:
        return msgspec.json.decode(source.reading, type=Choices) if source.reading else None
    except msgspec.MsgspecError:
        return None


def _packed(plan: Plan) -> str:
    tables = {name: list(plan.table(name).values()) for name in TABLES if name != "sources"}
    return base64.b64encode(zlib.compress(msgspec.json.encode(tables), 6)).decode("ascii")


def _unpacked(source: Source, file: str) -> Plan:
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode(source.base, validate=True), MOST_BYTES)
        tables = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        records: list[AnyRecord] = []
        for name, kind in TABLES.items():
            records += msgspec.json.decode(tables.get(name, b"[]"), type=list[kind])  # type: ignore[valid-type]
        return Plan().put(*records)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        raise Refused("merging.base_lost", file=file, known=source.title) from None
