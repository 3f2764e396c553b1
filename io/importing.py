"""Reads whatever file people have into a new plan: by what is in it, not by its name."""

from __future__ import annotations

import os
from collections.abc import Mapping as Mapped
from pathlib import Path

from ..model.refused import Refused
from .complaint import Imported
from .roadmap_file import is_roadmap, open_roadmap
from .strings import say
from .tables.build import import_table
from .tables.mapping import Mapping
from .tables.preflight import check
from .tables.readers import Progress, read_sheet_names
from .workbook.read import is_ours, read_workbook


def import_file(
    path: str | os.PathLike[str],
    sheet: str | None = None,
    mapping: Mapping | Mapped[str, str] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read a workbook of ours, a `.roadmap`, or a spreadsheet or text table of anybody's.

    Nothing but a new plan comes of it; nothing that is open is touched. `sheet` names the sheet to read,
    `mapping` says which field a heading means; `progress(done, total)` may raise to cancel.

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
    own = sheet is None or sheet.strip().casefold() == say("workbook.sheet.roadmap").casefold()
    if own and not mapping and is_ours(path):
        return read_workbook(path)
    return import_table(path, sheet, mapping, progress)


def sheet_names(path: str | os.PathLike[str]) -> list[str]:
    """The sheets that somebody can choose from; none for a text table or a workbook of ours.

    Raises as `import_file`.
    """
    path = Path(path)
    if is_roadmap(path):
        return []
    kind = check(path).kind
    if kind == "csv" or (kind == "xlsx" and is_ours(path)):
        return []
    return read_sheet_names(path)
