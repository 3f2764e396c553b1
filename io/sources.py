"""Remembers what was read from a foreign file, so that a newer version of the file can be merged.

What was read stays in the plan itself, packed, beside the name of the file, its sheet and what its headings
mean. So a plan that is sent on can be brought up to date by whoever has it, and undoing the step that
brought it up to date leads back to where it was.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ..model.plan import Plan
from ..model.records import TABLES, AnyRecord, ItemId, Source, SourceId, derived_id
from ..model.refused import Refused
from .aligning import Aligned, aligned
from .complaint import Complaint
from .importing import import_file
from .json_export import is_json_export
from .roadmap_file import is_roadmap
from .tables.choices import Choices
from .workbook.read import is_ours

LEAST_SHARE = 0.2
"""Of the items of either version, to be versions of the same file."""
MOST_BYTES = 400 << 20


class Update(msgspec.Struct, frozen=True):
    """A newer version of a file that the plan was read from."""

    base: Plan
    """What was read of the older one, and of which file it is known that it was."""
    plan: Plan
    """The same of the newer one."""
    matched: dict[str, int]
    deleted: tuple[ItemId, ...]
    complaints: tuple[Complaint, ...]


def remembered(
    plan: Plan,
    path: Path,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    choices: Choices | None = None,
) -> Plan:
    """The plan that was just read from a file, with all that is needed to read a newer version of the file.

    Copies of a plan and workbooks that it was sent out in know by themselves what they come from.
    """
    if is_roadmap(path) or is_json_export(path) or is_ours(path):
        return plan
    id = SourceId(derived_id("source", plan.info.id, path.name.casefold()))
    known = Source(
        id=id,
        title=path.name,
        sheet=sheet or "",
        mapping=dict(mapping or {}),
        reading=msgspec.json.encode(choices).decode() if choices is not None else "",
        base=_packed(plan),
    )
    return plan.put(known)


def read_update(path: Path, mine: Plan) -> Update:
    """Read a newer version of a file that `mine` was read from: of which one, its name and content tell.

    Raises:
        Refused("merging.no_reply", file): the plan was read from no such file.
        Refused("merging.other_file", file, known): it has next to nothing in common with it.
        Refused: as `import_file`.
    """
    if not mine.sources:
        raise Refused("merging.no_reply", file=str(path))
    named = [one for one in mine.sources.values() if one.title.casefold() == path.name.casefold()]
    found: list[tuple[float, Source, Plan, Aligned, tuple[Complaint, ...]]] = []
    for source in named or mine.sources.values():
        imported = import_file(path, source.sheet or None, _choices(source) or source.mapping or None)
        base = _unpacked(source, path.name)
        now = imported.plan
        if now.info.title == path.stem:  # it has no title but the name of the file, and that may be another
            now = now.put(replace(now.info, title=base.info.title))
        what = aligned(base, now)
        share = sum(what.matched.values()) / max(1, min(len(base.items), len(now.items)))
        found.append((share, source, base, what, imported.complaints))
    share, source, base, what, complaints = max(found, key=lambda one: one[0])
    if share < LEAST_SHARE:
        raise Refused("merging.other_file", file=str(path), known=source.title)
    newer = replace(source, title=path.name, base=_packed(what.plan))
    if what.plan == base:
        newer = replace(newer, base=source.base)
    others = [one for one in mine.sources.values() if one.id != source.id]
    return Update(
        base.put(source, *others), what.plan.put(newer, *others), what.matched, what.deleted, complaints
    )


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
