"""Writes a plan as one JSON value, for other programs, and reads it back the same.

All records stand under `tables` as a `.roadmap` has them (docs/file-format.md), and what follows from them,
the dates on the timeline, under `schedule`. Only the tables count when it is read.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from .. import __version__
from ..model.plan import Plan
from ..model.records import TABLES
from ..model.refused import Refused
from ..model.schedule import Schedule
from .atomic import write_atomically
from .complaint import Imported
from .mending import mended
from .roadmap_lines import VERSION, Header, header_of, read_lines
from .salvage import Findings

FORMAT = "roadmap-json"
BEGINNING = b'{"format":"roadmap-json"'
MOST_BYTES = 1 << 28


class _Written(msgspec.Struct):
    format: str
    version: int
    tables: dict[str, list[dict[str, Any]]]
    plan: str = ""
    app: str = ""


def write_json(path: str | os.PathLike[str], plan: Plan, schedule: Schedule) -> None:
    """Write the plan.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    write_atomically(path, json_bytes(plan, schedule))


def json_bytes(plan: Plan, schedule: Schedule) -> bytes:
    """The file's bytes, indented for who reads them."""
    saved = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "app": f"Roadwright {__version__}",
        "plan": plan.info.id,
        "saved": saved,
        "tables": {name: [plan.table(name)[id] for id in sorted(plan.table(name))] for name in TABLES},
        "schedule": [_shown(plan, schedule, id) for id in plan.outline.order],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).replace(
        b'{\n "format": ', b'{"format":', 1
    )


def _shown(plan: Plan, schedule: Schedule, id: Any) -> dict[str, Any]:
    """Where an item is on the timeline, with nulls for one in the backlog."""
    span = schedule.dates(id)
    return {
        "id": id,
        "key": plan.items[id].key,
        "start": span.first if span else None,
        "finish": span.last if span else None,
        "slack": schedule.slack(id) if span else None,
    }


def is_json_export(path: Path) -> bool:
    """Whether the file begins as one that was written here."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False


def read_json(path: Path) -> Imported:
    """The plan in the file: the very same that was written, if nobody changed it.

    Raises:
        Refused("file...." | "planner.damaged" | "planner.other_json", file): as `open_roadmap`.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused("file.too_big", file=str(path), most=MOST_BYTES >> 20)
    try:
        whole = msgspec.json.decode(path.read_bytes(), type=_Written)
    except msgspec.ValidationError as error:
        raise Refused("planner.other_json", file=path.name, reason=str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("planner.damaged", file=path.name, line="?") from None
    if whole.version > VERSION:
        raise Refused("file.newer", file=str(path), version=whole.version, newest=VERSION)
    findings = Findings(path.name)
    lines = [msgspec.json.encode(Header("roadmap", whole.version, plan=whole.plan))]
    for name, records in whole.tables.items():
        lines += [msgspec.json.encode({"table": name, **record}) for record in records]
    header = header_of(lines, str(path), findings)
    tables, _ = read_lines(lines, header.version, True, findings)
    plan = mended(tables, findings, whole.plan)
    counts = {name: len(plan.table(name)) for name in ("items", "links", "teams", "people")}
    return Imported(plan, findings.complaints(), counts)
