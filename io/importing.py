"""Reads whatever file people have into a new plan: by what is in it, not by its name."""

from __future__ import annotations

import os
from collections.abc import Mapping as Mapped
from pathlib import Path

from ..model.refused import Refused
from .complaint import Imported
from .json_export import is_json_export, read_json
from .planners.formats import kind_of, read_planner
from .roadmap_file import is_roadmap, open_roadmap
from .strings import say
from .tables.build import import_table
from .tables.choices import Choices
from .tables.mapping import Mapping
from .tables.preflight import check
from .tables.readers import Progress, read_sheet_names, read_source
from .tables.shapes import shaped
from .tables.source import Source, is_table
from .workbook.read import is_ours, read_workbook


def import_file(
    path: str | os.PathLike[str],
    sheet: str | None = None,
    mapping: Mapping | Choices | Mapped[str, str] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read a workbook of ours, a `.roadmap`, another planner's file, or anybody's spreadsheet or text table.

    Nothing but a new plan comes of it; nothing that is open is touched. `sheet` names the sheet to read,
    `mapping` says which field a heading means, or what was chosen for a table like it; `progress(done,
    total)` may raise to cancel.

    Raises:
        Refused(code, file, ...): nothing can be read, with the reason in one sentence.
    """
    path = Path(path)
    if is_roadmap(path):
        if sheet is not None or mapping:
            raise Refused("import.roadmap", file=path.name)
        opened = open_roadmap(path)
        counts = {name: len(opened.plan.table(name)) for name in ("items", "links", "teams", "people")}
        return Imported(opened.plan, opened.complaints, counts)
    if (kind := kind_of(path)) is not None:
        if sheet is not None or mapping:
            raise Refused("planner.no_sheets", file=path.name)
        return read_json(path) if is_json_export(path) else read_planner(path, kind)
    own = sheet is None or sheet.strip().casefold() == say("workbook.sheet.roadmap").casefold()
    if own and not mapping and is_ours(path):
        return read_workbook(path)
    return import_table(path, sheet, mapping, progress)


def read_sheets(path: str | os.PathLike[str], progress: Progress | None = None) -> Source | None:
    """The cells of a spreadsheet or text table, of which a mapping makes a plan (`tables.build`).

    None where the file itself says what everything in it means: then `import_file` reads it.

    Raises as `import_file`.
    """
    path = Path(path)
    if is_roadmap(path) or kind_of(path) is not None or is_ours(path):
        return None
    source = shaped(read_source(path, progress))
    if not any(is_table(sheet) for sheet in source.sheets):
        raise Refused("import.no_rows", file=path.name, sheet=source.sheets[0].title)
    return source


def sheet_names(path: str | os.PathLike[str]) -> list[str]:
    """The sheets that somebody can choose from; none for a text table or a workbook of ours.

    Raises as `import_file`.
    """
    path = Path(path)
    if is_roadmap(path) or kind_of(path) is not None:
        return []
    kind = check(path).kind
    if kind == "csv" or (kind == "xlsx" and is_ours(path)):
        return []
    return read_sheet_names(path)
