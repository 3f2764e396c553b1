"""Reads a workbook that came back: what was exported, and what became of it in somebody's hands.

Both are plans, so a reply is merged as any other copy is (`model.merge`). Rows that are missing are gone from
the returned plan, too: `Reply.deleted` names their items, for nobody deletes by leaving something out unless
it is asked. Where the hidden base is gone, the history of the plan says what was sent out when the workbook
was made; where that is unknown too, the plan as it is now stands in for it, and every difference is asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from ...model.history.past import read_heading, undone
from ...model.plan import Plan
from ...model.records import ItemId, SentWorkbook
from ...model.refused import Refused
from ...model.schedule import schedule
from ..complaint import Complaint
from ..strings import speaking
from ..tables.preflight import check
from .changes import Changes, unknown_columns
from .columns import UID, Columns
from .content import TIME, Content
from .find_table import Table, find_tables, language_of, other_table
from .match import Alike, match_rows
from .package import Package
from .read import base_in, is_ours
from .sent import chosen
from .sync import Base, base_of, plan_of

EXTRACT = 0.3
"""Missing this share of the rows, a workbook is taken for an extract, of which nothing was deleted."""
FEWEST_KNOWN = 0.5
"""A workbook that does not say of which plan it is must have this share of its rows in common with it."""
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
    exported: date | None
    """The day on which it was sent out."""
    author: str
    """Who saved it last, as the workbook says."""
    plan_id: str
    base: Plan | None
    """The plan, or the part of it, as it was exported; None: nobody knows."""
    plan: Plan
    """The same as it came back."""
    rows: int
    """How many rows were exported."""
    matched: dict[str, int]
    """How many rows were known by their `uid`, `key` or `title`, or by likeness (`fuzzy`)."""
    alike: tuple[Alike, ...]
    """Rows that only look like an item."""
    new: tuple[ItemId, ...]
    deleted: tuple[ItemId, ...]
    complaints: tuple[Complaint, ...]
    sheet: str = ""
    """The sheet that was read."""
    sheets: tuple[str, ...] = ()
    """All sheets with the table; more than one where somebody has made copies."""

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
            return plan_id == (package.facts.get("rw_plan_id") or base_in(package).plan_id)
    except Refused:
        return False


class Returning:
    """A returned workbook at hand: read once, understood as often as somebody answers what was unclear."""

    def __init__(
        self, path: str | os.PathLike[str], mine: Plan | None = None, history: Sequence[bytes] = ()
    ) -> None:
        """`mine` is the plan it is for, to which the lines of `history` have led.

        Raises:
            Refused: as `read_workbook`, and "workbook.base_..." where nothing says what was exported.
        """
        check(Path(path))
        self._mine = mine
        with Package(path) as package:
            self.file, self.author, self.time = package.file, package.author, package.modified
            self._date1904 = package.date1904
            self._facts = package.facts
            self._lost: str | None = None
            self._whole = True
            self._language = language_of(package)
            try:
                self.base: Base = base_in(package)
                self.plan: Plan = plan_of(self.base)
                self.known = True
                self._language = self.base.language
            except (Refused, msgspec.MsgspecError) as error:
                self._lost = error.code if isinstance(error, Refused) else "workbook.base_altered"
                if mine is None:
                    raise Refused(self._lost, file=package.file) from error
                with speaking(self._language):
                    self._stand_in(mine, history)
            with speaking(self._language):
                tables = find_tables(package, Columns(self.plan))
                self._tables: dict[str, Table] = {table.sheet: table for table in tables}
        if self._lost and not self._facts.get("rw_plan_id"):
            self._check_rows(tables[0])

    @property
    def plan_id(self) -> str:
        return self._facts.get("rw_plan_id", "") if self._lost else self.base.plan_id

    @property
    def sheets(self) -> tuple[str, ...]:
        """Those that hold the table, the usual one first."""
        return tuple(self._tables)

    def _stand_in(self, mine: Plan, history: Sequence[bytes]) -> None:
        """Make the base anew, of the plan as it was at the time of the export or else of what it is now."""
        id = self._facts.get("rw_export_id", "")
        logged = mine.find(SentWorkbook, id)
        exported = logged.time if logged is not None else self._facts.get("rw_exported", "")
        before = _as_of(mine, history, exported) if exported else None
        self.known = before is not None
        self.plan = before or mine
        day = datetime.strptime(exported, TIME).replace(tzinfo=UTC).date() if self.known else date.today()
        view, options = (None, None) if logged is None else chosen(logged)
        self._whole = logged is not None or self._facts.get("rw_partial") != "yes"
        content = Content(self.plan, schedule(self.plan), view, day, options, id)
        self.base = base_of(content)

    def _check_rows(self, table: Table) -> None:
        match = match_rows(table, self.base)
        if len(match.known) < FEWEST_KNOWN * len(table.rows):
            raise Refused("workbook.base_missing", file=self.file)

    def reply(self, same: Mapping[int, bool] | None = None, sheet: str = "") -> Reply:
        """What came back; `same` as `match_rows` takes it. New rows are the same new items every time.

        `sheet` is the one to be read, where the workbook has several copies of it.
        """
        with speaking(self._language):
            return self._reply(same, sheet)

    def _reply(self, same: Mapping[int, bool] | None, sheet: str) -> Reply:
        first, *others = self._tables.values()
        base, table = self.base, self._tables.get(sheet, first)
        match = match_rows(table, base, same)
        extract = len(match.gone) > EXTRACT * len(base.rows) or not self._whole
        if table.column_of(UID) is None or extract or not self.known:
            match = msgspec.structs.replace(match, gone=[])
        seed = f"{base.export_id} {self.author}"
        changes = Changes(self.plan, table, self._date1904, seed, self.author, self.time, self._mine)
        changes.make(base, match)
        complaints = [*table.complaints, *unknown_columns(table), *match.complaints, *changes.complaints]
        if others and sheet not in self._tables:
            complaints.append(other_table(first, others[0]))
        if self._lost:
            done = "workbook.from_history" if self.known else "workbook.two_way"
            complaints.insert(0, Complaint(self._lost, done=done))
        return Reply(
            self.file,
            base.export_id,
            base.exported if self.known else None,
            self.author,
            self.plan_id,
            self.plan if self.known else None,
            changes.plan,
            len(base.rows),
            match.how,
            tuple(match.alike),
            tuple(changes.new),
            tuple(row.item.id for row in match.gone),
            tuple(msgspec.structs.replace(complaint, file=self.file) for complaint in complaints),
            table.sheet,
            self.sheets,
        )


def _as_of(plan: Plan, history: Sequence[bytes], time: str) -> Plan | None:
    """The plan as it was at a time written as `TIME`; None: the history does not say."""
    try:
        wanted = _digits(time)
        datetime.strptime(time, TIME)
        times = [_digits(read_heading(line).time) for line in history]
    except (Refused, ValueError):
        return None
    later = next((place for place, at in enumerate(times) if at > wanted), len(times))
    return undone(plan, history[later:])


def _digits(time: str) -> str:
    return "".join(filter(str.isdecimal, time))[:14]


def read_reply(path: str | os.PathLike[str]) -> Reply:
    """Read a returned workbook that has its base. Raises as `Returning`."""
    return Returning(path).reply()
