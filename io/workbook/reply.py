"""Reads a workbook that came back: what was exported, and what became of it in somebody's hands.

Both are plans, so a reply is merged as any other copy is (`model.merge`). Rows that are missing are gone from
the returned plan, too: `Reply.deleted` names their items, for nobody deletes by leaving something out unless
it is asked.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from ...model.plan import Plan
from ...model.records import ItemId
from ...model.refused import Refused
from ..complaint import Complaint
from ..tables.preflight import check
from .changes import Changes, unknown_columns
from .columns import UID, Columns
from .find_table import find_table
from .match import match_rows
from .package import Package
from .read import base_in, is_ours
from .sync import plan_of

EXTRACT = 0.3
"""Missing this share of the rows, a workbook is taken for an extract, of which nothing was deleted."""
UNREADABLE = frozenset(
    {
        "workbook.error_cell",
        "workbook.uncalculated",
        "workbook.unknown_item",
        "value.unreadable",
        "value.unknown",
    }
)
"""Complaints about a cell that could not be understood: never a change."""


class Reply(msgspec.Struct, frozen=True):
    """A returned workbook."""

    file: str
    export_id: str
    author: str
    """Who saved it last, as the workbook says."""
    plan_id: str
    base: Plan
    """The plan, or the part of it, as it was exported."""
    plan: Plan
    """The same as it came back."""
    matched: dict[str, int]
    """How many rows were known by their `uid`, `key` or `title`."""
    new: tuple[ItemId, ...]
    deleted: tuple[ItemId, ...]
    complaints: tuple[Complaint, ...]

    @property
    def unreadable(self) -> tuple[Complaint, ...]:
        """The cells that could not be understood."""
        return tuple(complaint for complaint in self.complaints if complaint.code in UNREADABLE)


def is_reply(path: str | os.PathLike[str], plan_id: str) -> bool:
    """Whether the file is a workbook in which that plan was sent out; never raises."""
    if not is_ours(path):
        return False
    try:
        with Package(path) as package:
            return base_in(package).plan_id == plan_id
    except Refused:
        return False


def read_reply(path: str | os.PathLike[str]) -> Reply:
    """Read a returned workbook. New rows are the same new items whenever it is read.

    Raises:
        Refused: as `read_workbook`, and "workbook.base_..." where nothing says what was exported.
    """
    check(Path(path))
    with Package(path) as package:
        try:
            base = base_in(package)
            plan = plan_of(base)
        except msgspec.MsgspecError as error:
            raise Refused("workbook.base_altered", file=package.file) from error
        table = find_table(package, Columns(plan))
        match = match_rows(table, base)
        if table.column_of(UID) is None or len(match.gone) > EXTRACT * len(base.rows):
            match = msgspec.structs.replace(match, gone=[])
        changes = Changes(plan, table, package.date1904, seed=f"{base.export_id} {package.author}")
        changes.make(base, match)
        complaints = [*table.complaints, *unknown_columns(table), *match.complaints, *changes.complaints]
        return Reply(
            package.file,
            base.export_id,
            package.author,
            base.plan_id,
            plan,
            changes.plan,
            match.how,
            tuple(changes.new),
            tuple(row.item.id for row in match.gone),
            tuple(msgspec.structs.replace(complaint, file=package.file) for complaint in complaints),
        )
