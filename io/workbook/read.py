"""Reads a workbook of ours back: untouched it gives the identical plan, edited the plan with the edits."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

import msgspec

from ...model.plan import Plan, new_plan
from ...model.refused import Refused
from ..complaint import Complaint, Imported
from ..garbage import no_collection
from ..strings import speaking
from ..tables.preflight import Checked, check
from .changes import Changes, unknown_columns
from .columns import MARK, SYNC_SHEET, Columns
from .find_table import Table, find_table, language_of
from .match import match_rows
from .package import Package
from .rebuild import rebuilt
from .sync import Base, plan_of, unpacked

NAMES = (b"rw_plan_id", b'"_sync"')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an .xls begins."""
TOP = 64 << 10
"""Bytes of a sheet in which its first rows are."""
STRINGS_LOOKED_AT = 16 << 20
"""Bytes of the workbook's texts among which the marks of our fields are looked for."""


def is_ours(path: str | os.PathLike[str]) -> bool:
    """Whether the file is a workbook of ours, by a quick look; never raises."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            for part, marks in (("xl/workbook.xml", NAMES), ("docProps/custom.xml", NAMES[:1])):
                if part in names and any(mark in _start(package, part) for mark in marks):
                    return True
            marked = f"{MARK}title".encode()
            if "xl/sharedStrings.xml" in names and marked in _start(package, "xl/sharedStrings.xml"):
                return True
            sheets = (name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml"))
            return any(marked in _start(package, name, TOP) for name in sheets)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False


def is_converted(path: str | os.PathLike[str]) -> bool:
    """Whether another program saved a workbook of ours as .ods or .xls, which lose the formulas that tell
    an edited finish from one that follows; never raises.
    """
    try:
        with open(path, "rb") as file:
            if file.read(len(OLE)) == OLE:
                return NAMES[0] in file.read(STRINGS_LOOKED_AT)
        with zipfile.ZipFile(path) as package:
            return "meta.xml" in package.namelist() and NAMES[0] in _start(package, "meta.xml")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False


def read_workbook(path: str | os.PathLike[str], checked: Checked | None = None) -> Imported:
    """The plan in a workbook of ours, with what was found wrong in it.

    Cells win over the hidden base; without the base the plan is rebuilt from the visible cells. `checked` is
    what the preflight said of the file, if somebody asked it already.

    Raises:
        Refused: the file can't be read at all (see `preflight.check` and `Package`), or has no table.
    """
    if checked is None:
        check(Path(path))
    with no_collection(), Package(path) as package:
        try:
            base = base_in(package)
            plan = plan_of(base)
        except (Refused, msgspec.MsgspecError) as error:
            code = error.code if isinstance(error, Refused) else "workbook.base_altered"
            with speaking(language_of(package)):
                columns = Columns(new_plan())
                table = find_table(package, columns)
                imported = rebuilt(package, table, columns, Path(path))
            complaints = [*table.complaints, Complaint(code, done="workbook.from_cells")]
            return _finished(
                imported.plan, [*complaints, *imported.complaints], imported.counts, package.file
            )
        with speaking(base.language):
            table = find_table(package, Columns(plan))
            return _edited(package, table, base, plan, [*table.complaints, *unknown_columns(table)])


def _edited(package: Package, table: Table, base: Base, plan: Plan, complaints: list[Complaint]) -> Imported:
    match = match_rows(table, base)
    changes = Changes(plan, table, package.date1904)
    changes.make(base, match)
    counts = {
        "rows": len(table.rows),
        "items": len(changes.plan.items),
        "links": len(changes.plan.links),
        "teams": len(changes.plan.teams),
        "people": len(changes.plan.people),
        "changed": len(changes.changed - changes.new),
        "added": changes.added,
        "removed": changes.removed,
    }
    return _finished(
        changes.plan, [*complaints, *match.complaints, *changes.complaints], counts, package.file
    )


def _finished(plan: Plan, complaints: list[Complaint], counts: dict[str, int], file: str) -> Imported:
    return Imported(plan, tuple(msgspec.structs.replace(c, file=file) for c in complaints), counts)


def base_in(package: Package) -> Base:
    """The base in the hidden sheet.

    Raises:
        Refused("workbook.base_..."): it is gone, altered, or of a newer version.
    """
    sheet = next((s for s in package.sheets if s.name.strip().casefold() == SYNC_SHEET), None)
    if sheet is None:
        raise Refused("workbook.base_missing")
    chunks: list[str] = []
    digest = ""
    for _, cells in package.rows(sheet):
        name, value = cells.get(0), cells.get(1)
        if name == "base" and isinstance(value, str):
            chunks.append(value)
        elif name == "sha256" and isinstance(value, str):
            digest = value
    if not chunks:
        raise Refused("workbook.base_missing")
    return unpacked(chunks, digest)


def _start(package: zipfile.ZipFile, part: str, most: int = STRINGS_LOOKED_AT) -> bytes:
    with package.open(part) as stream:
        return stream.read(most)
