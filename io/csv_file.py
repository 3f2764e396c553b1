"""Writes a plan in the plain exchange form: a CSV file whose headings are our own field titles.

A field of the plan's own says in its heading of what kind it is (`own_headings`). Importing the file gives
the same items, links and dates again. Texts that a spreadsheet would take for a formula are written behind an
apostrophe, which our import takes away again.
"""

from __future__ import annotations

import csv
import io
import os
import re

from ..model.fields import Field, fields_of, text_of
from ..model.plan import Plan
from ..model.records import Item
from ..model.schedule import Schedule
from .atomic import write_atomically
from .own_headings import heading_of
from .strings import field_title, say

COLUMNS = (
    "key",
    "title",
    "kind",
    "level",
    "parent",
    "team",
    "owner",
    "start",
    "finish",
    "duration",
    "pinned",
    "deadline",
    "status",
    "progress",
    "effort",
    "depends",
    "tags",
    "precision",
    "horizon",
    "notes",
)
"""Fields of the plain exchange form, in the order of its columns."""

_CALCULATED = re.compile(r"'*[=+\-@\t\r]")


def write_csv(
    path: str | os.PathLike[str], plan: Plan, schedule: Schedule, delimiter: str = ",", mark: bool = True
) -> None:
    """Write every item of the plan, in its order, as UTF-8, by default with a byte order mark and commas.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    write_atomically(path, csv_text(plan, schedule, delimiter).encode("utf-8-sig" if mark else "utf-8"))


def csv_text(plan: Plan, schedule: Schedule, delimiter: str = ",") -> str:
    """The plan in the plain exchange form."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    known = fields_of(plan)
    fields = [*(known[key] for key in COLUMNS), *(field for field in known.values() if field.own)]
    writer.writerow([guarded(_heading(plan, field)) for field in fields])
    for id in plan.outline.order:
        item = plan.items[id]
        writer.writerow([guarded(_cell(plan, schedule, item, field)) for field in fields])
    return text.getvalue()


def guarded(text: str) -> str:
    """The text behind an apostrophe, if a spreadsheet would calculate it or it begins like a guarded one."""
    return f"'{text}" if _CALCULATED.match(text) else text


def _heading(plan: Plan, field: Field) -> str:
    return heading_of(field.own, plan) if field.own is not None else field_title(field)


def _cell(plan: Plan, schedule: Schedule, item: Item, field: Field) -> str:
    """What is entered, not what is shown: the start that is a wish, the progress of the item itself."""
    key = field.key
    if key == "start":
        return item.start.isoformat() if item.start else ""
    if key == "duration":
        return "0" if item.kind == "milestone" else str(item.duration)
    if key == "progress":
        return str(item.progress) if item.progress else ""
    if key in ("kind", "precision", "horizon"):
        word = getattr(item, key)
        return say(f"{key}.{word}") if word not in ("", "day") else ""
    return text_of(field, plan, field.read(plan, schedule, item))
