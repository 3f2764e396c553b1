"""Writes a plan as a living workbook: a table to edit, a timeline that follows it, the hidden base."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.history.earlier import Told
from ...model.plan import Plan
from ...model.records import View
from ...model.schedule import Schedule
from ..atomic import replacing
from ..complaint import Complaint
from ..strings import say, speaking, spoken
from .cells import clean
from .changes_sheet import ChangesSheet
from .columns import FIRST_ROW, HEADER_ROW, SYNC_SHEET
from .content import Content
from .dependencies_sheet import DependenciesSheet
from .lists_sheet import Lists
from .options import Options
from .page import Progress
from .read_me_sheet import ReadMeSheet
from .roadmap_sheet import RoadmapSheet
from .sheet_cells import column_name
from .styles import Styles
from .summary_sheet import SummarySheet
from .sync import SCHEMA, base_of, packed
from .timeline_sheet import TimelineSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FORMAT = "roadwright"
PROPERTY_LIMIT = 200
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def write_workbook(
    path: str | os.PathLike[str],
    plan: Plan,
    schedule: Schedule,
    view: View | None = None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    options: Options | None = None,
    export_id: str = "",
    told: Told | None = None,
) -> tuple[Complaint, ...]:
    """Write the plan, or what a view shows of it, to `path`, which ends in `.xlsx`.

    `export_id` names this export in the plan's log (`sent`); without one it gets a new one.
    What is `told` has become of an earlier state is the first sheet.
    `progress(done, total)` is called now and then and may raise to cancel: then nothing is written. Returns
    what could not be shown whole in the cells (nothing is lost: the hidden base has it).

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    from xlsxwriter import Workbook

    options = options or Options()
    with speaking(options.language), replacing(path) as beside:
        content = Content(plan, schedule, view, today or date.today(), options, export_id)
        book = Workbook(str(beside), OPTIONS)
        steps = Progress(2 * len(content.lines) + len(content.plan.links), progress)
        _write(book, content, steps, told)
        book.close()
        steps.finish()
    name = Path(path).name
    return tuple(
        Complaint(c.code, c.values, name, c.sheet, c.cell, c.line, c.done, c.level)
        for c in content.complaints
    )


def _write(book: Workbook, content: Content, progress: Progress, told: Told | None) -> None:
    styles = Styles(book)
    changes = ChangesSheet(book, styles, content, told) if told is not None else None
    read_me = ReadMeSheet(book, styles, content)
    lists = Lists(book, styles, content)
    roadmap = RoadmapSheet(book, styles, content, lists)
    if content.plain:
        lists.write()
        roadmap.write(progress)
    else:
        timeline = TimelineSheet(book, styles, content, lists, roadmap)
        dependencies = DependenciesSheet(book, styles, content, lists, roadmap)
        summary = SummarySheet(book, styles, content, lists, roadmap, dependencies)
        lists.write()
        roadmap.write(progress)
        timeline.write(progress)
        dependencies.write(progress)
        summary.write()
    read_me.write()
    _write_sync(book, content)
    _name(book, content)
    if changes is not None:
        changes.write()
    (changes or roadmap).sheet.activate()


def _write_sync(book: Workbook, content: Content) -> None:
    sheet = book.add_worksheet(SYNC_SHEET)
    sheet.very_hidden()
    chunks, digest = packed(base_of(content))
    facts = [
        ("format", FORMAT),
        ("schema", str(SCHEMA)),
        ("plan_id", content.plan.info.id),
        ("export_id", content.export_id),
        ("sha256", digest),
        ("parts", str(len(chunks))),
    ]
    for row, (name, value) in enumerate([*facts, *(("base", chunk) for chunk in chunks)]):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)


def _name(book: Workbook, content: Content) -> None:
    """Say what the workbook is in its properties and names, which outlive different programs."""
    ids = {
        "rw_plan_id": content.plan.info.id,
        "rw_export_id": content.export_id,
        "rw_schema": str(SCHEMA),
        "rw_exported": content.time,
        "rw_language": spoken(),
        "rw_partial": "yes" if content.partial else "no",
    }
    title = clean(content.title).replace("\n", " ").replace("\t", " ")[:PROPERTY_LIMIT]
    keywords = " ".join(f"{name}={value}" for name, value in ids.items())
    book.set_properties({"title": title, "author": "Roadwright", "keywords": keywords})
    for name, value in ids.items():
        safe = "".join(letter for letter in value if letter.isalnum() or letter in "-_.")[:PROPERTY_LIMIT]
        book.set_custom_property(name, safe, "text")
        book.define_name(name, f'="{safe}"')
    last = FIRST_ROW + max(len(content.lines), 1)
    sheet = say("workbook.sheet.roadmap")
    width = column_name(len(content.columns.all) - 1)
    book.define_name("rw_table", f"='{sheet}'!$A${HEADER_ROW + 1}:${width}${last}")
