"""Makes a plan of the base and of what people changed in the table: removed rows, new rows, edited cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from ...model.edits.comments import add_comment
from ...model.edits.items import next_key, put_under, remove_items
from ...model.fields import fields_of
from ...model.outline import ranked
from ...model.plan import Plan
from ...model.records import CommentId, Item, ItemId, derived_id, new_id
from ...model.refused import Refused
from ..complaint import Complaint
from ..strings import field_title
from .cells import SHIFT_1904, Raw, plain, same
from .columns import FEEDBACK
from .find_table import Table
from .match import Match, SheetRow
from .roadmap_sheet import ROLLED_UP
from .sheet_cells import Cells, CellValue, Formula, Unreadable, Value, column_name
from .sync import Base, BaseRow
from .values import ValueReader, is_open_ended, with_name

ORDER = (
    "key",
    "kind",
    "level",
    "parent",
    "team",
    "owner",
    "status",
    "title",
    "notes",
    "tags",
    "progress",
    "effort",
    "deadline",
    "precision",
    "horizon",
    "duration",
    "start",
    "pinned",
    "finish",
    "depends",
)
"""Later fields are understood by earlier ones: a finish by start and duration, these by the team's days."""
OWN_FORMULA = "WORKDAY"
"""What a formula of ours for the finish has in it: its result follows from start and duration."""


class Edited(msgspec.Struct, frozen=True):
    """A cell whose content is not what was exported."""

    item: ItemId
    field: str
    raw: Raw
    cell: str


class Changes:
    """The plan in the making, and what was found wrong on the way."""

    def __init__(
        self,
        plan: Plan,
        table: Table,
        date1904: bool,
        seed: str = "",
        author: str = "",
        time: str = "",
        mine: Plan | None = None,
    ) -> None:
        """With a `seed` new rows get the same ids whenever the same table is read. `author` is who edited it,
        `time` when. A name that is new may be known to `mine`, into which the changes are to go.
        """
        self.plan, self._mine = plan, mine
        self._seed, self._author, self._time = seed, author, time
        self.complaints: list[Complaint] = []
        self._table = table
        self._date1904 = date1904
        self._reader = ValueReader(_dates(table))
        self._known = fields_of(plan)
        self._fields = [(c, f) for c, f in table.columns.items() if f in self._known]
        self._cells: dict[ItemId, SheetRow] = {}
        self._edited: dict[str, list[Edited]] = defaultdict(list)
        self.new: set[ItemId] = set()
        self.added = self.removed = 0
        self.changed: set[ItemId] = set()

    def make(self, base: Base, match: Match) -> None:
        """Bring everything that differs from the base into the plan."""
        self._compare(base, match.known)
        self._remove(match.gone)
        self._add(match.new)
        for field in (*ORDER, *(key for key, field in self._known.items() if field.own)):
            self._edit(field)
        self._hear()

    # What differs

    def _compare(self, base: Base, known: Sequence[tuple[BaseRow, SheetRow]]) -> None:
        place = {field: at for at, field in enumerate(base.columns)}
        columns = [(c, f, place[f]) for c, f in self._fields if f in place]
        for row, (number, cells) in known:
            was = row.cells
            for column, field, at in columns:
                if cells.get(column) != was[at]:
                    self._look(row, number, column, field, was[at], cells.get(column))
            self._cells[row.item.id] = (number, cells)

    def _look(self, row: BaseRow, number: int, column: int, field: str, was: Raw, value: CellValue) -> None:
        """Look closer at a cell that is not letter for letter what was written."""
        cell = f"{column_name(column)}{number}"
        computed = self._known[field].edit is None
        if field == "finish" and isinstance(value, Formula) and OWN_FORMULA in value.text.upper():
            return
        if isinstance(value, Formula) and (value.value is None or isinstance(value.value, Unreadable)):
            value = value.value or Unreadable("")
        if isinstance(value, Unreadable):
            if not computed:
                self._unreadable(cell, value, "workbook.kept")
            return
        raw = self._content(field, value)
        if field == "key" and (raw is None or not plain(raw).strip()):
            return  # it was lost on the way: nobody means that an item has none
        if same(self._known[field], raw, was) or self._same_value(field, raw, was):
            return
        if computed:
            self._complain(
                "workbook.computed",
                cell,
                {"field": field_title(self._known[field])},
                "workbook.kept",
                note=True,
            )
        elif field in ROLLED_UP and not row.item.pinned and self.plan.outline.is_parent(row.item.id):
            values = {"key": row.item.key, "field": field_title(self._known[field])}
            self._complain("workbook.rolled_up", cell, values, "workbook.kept")
        else:
            self._edited[field].append(Edited(row.item.id, field, raw, cell))

    def _same_value(self, field: str, raw: Raw, was: Raw) -> bool:
        """Whether both are the same value, written in two ways."""
        try:
            one = self._reader.value(self._known[field], self.plan, raw)
            return bool(one == self._reader.value(self._known[field], self.plan, was))
        except Refused:
            return False

    # Rows that are gone, and new ones

    def _remove(self, gone: Sequence[BaseRow]) -> None:
        ids = {row.item.id for row in gone}
        for row in gone:
            values = {"key": row.item.key, "title": row.item.title}
            self._complain("workbook.removed", "", values, "workbook.removed.done", note=True)
        for row in gone:
            children = [id for id in self.plan.outline.children.get(row.item.id, ()) if id not in ids]
            if children:
                above = list(self.plan.outline.ancestors(row.item.id, self.plan.items))
                parent = next((id for id in above if id not in ids), None)
                before = row.item.id if above[:1] == [parent] or not above else None
                self.plan = put_under(self.plan, children, parent, before)
                for id in children:
                    values = {"key": self.plan.items[id].key}
                    self._complain("workbook.lifted", "", values, "workbook.lifted.done", note=True)
        if ids:
            self.plan = remove_items(self.plan, ids)
        self.removed = len(ids)

    def _add(self, rows: Sequence[SheetRow]) -> None:
        """Make items of new rows; all their cells are edits then."""
        _, number = next_key(self.plan)
        info = self.plan.info
        status = next((s.id for s in ranked(self.plan.statuses) if s.category == "todo"), None)
        roots = self.plan.outline.roots
        rank = self.plan.items[roots[-1]].rank + 1 if roots else 0.0
        items: list[Item] = []
        for row_number, cells in rows:
            title = self._raw_at(cells, "title")
            if title is None or not plain(title).strip():
                at = column_name(self._table.column_of("title") or 0)
                self._complain("workbook.untitled", f"{at}{row_number}", {}, "workbook.untitled.done")
                continue
            while (key := f"{info.prefix}-{number}") in self.plan.keys:
                number += 1
            number += 1
            seeds = (self._seed, str(row_number), plain(title))
            id = ItemId(derived_id(*seeds) if self._seed else new_id())
            items.append(Item(id=id, key=key, title=plain(title).strip(), rank=rank, status=status))
            rank += 1
            self._cells[id] = (row_number, cells)
            self.new.add(id)
            for column, field in self._fields:
                self._take_new(id, row_number, column, field, cells.get(column))
        if items:
            self.plan = self.plan.put(*items, replace(info, next_number=number))
        self.added = len(items)

    def _take_new(self, id: ItemId, number: int, column: int, field: str, value: CellValue) -> None:
        cell = f"{column_name(column)}{number}"
        if self._known[field].edit is None or field == "title":
            return
        if field == "finish" and isinstance(value, Formula) and OWN_FORMULA in value.text.upper():
            return
        inner = value.value if isinstance(value, Formula) else value
        if isinstance(inner, Unreadable):
            self._unreadable(cell, inner, "workbook.left_empty")
            return
        raw = self._content(field, inner)
        if raw is not None and raw != "":
            self._edited[field].append(Edited(id, field, raw, cell))

    # Edits

    def _edit(self, field: str) -> None:
        """Apply the edits of one field, those of the same content together."""
        groups: dict[tuple[type, Raw], list[Edited]] = defaultdict(list)
        for edit in self._edited[field]:
            if edit.item in self.plan.items:
                groups[type(edit.raw), edit.raw].append(edit)
        for (_, raw), edits in groups.items():
            if is_open_ended(self._known[field]) and isinstance(raw, str) and raw.strip():
                self._add_name(field, raw, edits[0])
            if field == "finish":
                edits = [edit for edit in edits if not self._finished(edit)]
            if field == "key":
                edits = [edit for edit in edits if self._may_have_key(edit)]
            self._apply(field, raw, edits)

    def _hear(self) -> None:
        """Make comments of what people wrote into the column for it."""
        column = self._table.column_of(FEEDBACK)
        if column is None:
            return
        for id, (number, cells) in self._cells.items():
            value = cells.get(column)
            value = value.value if isinstance(value, Formula) else value
            text = "" if value is None or isinstance(value, Unreadable) else plain(_said(value)).strip()
            if text and id in self.plan.items:
                comment = CommentId(derived_id(self._seed, "comment", id, text) if self._seed else new_id())
                self.plan = add_comment(self.plan, comment, id, text, self._author, self._time)
            elif isinstance(value, Unreadable):
                self._unreadable(f"{column_name(column)}{number}", value, "workbook.left_empty")

    def _apply(self, field: str, raw: Raw, edits: list[Edited]) -> None:
        if not edits:
            return
        edit = self._known[field].edit
        assert edit is not None
        ids = list(dict.fromkeys(e.item for e in edits))
        try:
            value = self._reader.value(self._known[field], self.plan, raw)
            plan = edit(self.plan, ids, value)
            if plan.since(self.plan):
                self.changed.update(ids)
            self.plan = plan
            self._note_unsure(field, raw, edits)
        except Refused as refusal:
            if len(edits) > 1 and not refusal.code.startswith("value."):
                for one in edits:
                    self._apply(field, raw, [one])
                return
            for one in edits:
                done = "workbook.left_empty" if one.item in self.new else "workbook.kept"
                unknown = refusal.code == "value.unknown" and field in ("depends", "parent")
                code = "workbook.unknown_item" if unknown else refusal.code
                self._complain(code, one.cell, refusal.values, done)

    def _finished(self, edit: Edited) -> bool:
        """Whether the row's start and duration give the edited finish, with another duration if need be.

        The start that counts is the one on the sheet: between it and the finish is what the person saw.
        """
        item = self.plan.items[edit.item]
        start = self._day_at(edit.item, "start")
        finish = self._day_at(edit.item, "finish")
        if start is None or finish is None or item.kind == "milestone":
            return start is not None and start == finish
        self._note_unsure("finish", edit.raw, [edit])
        calendar = self.plan.calendar_of(item)
        duration = calendar.between(start.toordinal(), finish.toordinal() + 1)
        if duration < 1:
            self._complain("finish.before_start", edit.cell, {"key": item.key}, "workbook.kept")
        elif calendar.add(start.toordinal(), item.duration) != finish.toordinal() + 1:
            if any(other.item == edit.item for other in self._edited["duration"]):
                self._complain(
                    "workbook.contradiction", edit.cell, {"key": item.key}, "workbook.finish_taken"
                )
            self._apply("duration", duration, [edit])
        return True

    def _note_unsure(self, field: str, raw: Raw, edits: Sequence[Edited]) -> None:
        """Say so where day and month of a date could be the other way round."""
        if self._reader.is_unsure(self._known[field], raw):
            day = self._reader.value(self._known[field], self.plan, raw)
            for edit in edits:
                values = {"text": plain(raw), "day": day}
                self._complain("workbook.unsure_day", edit.cell, values, "workbook.unsure_day.done")

    def _day_at(self, id: ItemId, field: str) -> date | None:
        raw = self._raw_at(self._cells[id][1], field)
        try:
            day = self._reader.value(self._known[field], self.plan, raw)
        except Refused:
            return None
        return day if isinstance(day, date) else None

    def _may_have_key(self, edit: Edited) -> bool:
        """A key that was used once, or that another item has, does not name a second item."""
        item = self.plan.items[edit.item]
        key = plain(edit.raw).strip()
        prefix, _, number = key.rpartition("-")
        info = self.plan.info
        once_used = prefix == info.prefix and number.isdecimal() and int(number) < info.next_number
        if key and key != item.key and (key in self.plan.keys or once_used) and edit.item in self.new:
            values = {"key": key, "new": item.key}
            self._complain("workbook.key_kept", edit.cell, values, "workbook.key_kept.done", note=True)
            return False
        return True

    def _add_name(self, field: str, raw: str, edit: Edited) -> None:
        plan = with_name(self.plan, self._known[field], raw, self._mine)
        if plan is not self.plan:
            code = "workbook.new_team" if field == "team" else "workbook.new_person"
            self.plan = plan
            self._complain(
                code, edit.cell, {"title": raw.strip(), "name": raw.strip()}, "workbook.added", note=True
            )

    # Small things

    def _raw_at(self, cells: Cells, field: str) -> Raw:
        """The content of a row's cell, or what its formula gave; None too where that is unreadable."""
        column = self._table.column_of(field)
        return self._content(field, cells.get(column)) if column is not None else None

    def _content(self, field: str, value: CellValue) -> Raw:
        """What a cell holds, as the exporter would have written it."""
        if isinstance(value, Formula):
            value = value.value
        if isinstance(value, Unreadable):
            return None
        if isinstance(value, bool) and self._known[field].kind != "flag":
            return str(value).upper()
        if self._date1904 and isinstance(value, float) and self._known[field].kind == "date":
            return value + SHIFT_1904
        return value

    def _unreadable(self, cell: str, value: Unreadable, done: str) -> None:
        code = "workbook.error_cell" if value.text else "workbook.uncalculated"
        self._complain(code, cell, {"text": value.text}, done)

    def _complain(
        self, code: str, cell: str, values: Mapping[str, object], done: str, note: bool = False
    ) -> None:
        line = int("".join(filter(str.isdecimal, cell)) or 0)
        self.complaints.append(
            Complaint(
                code,
                dict(values),
                sheet=self._table.sheet,
                cell=cell,
                line=line,
                done=done,
                level="note" if note else "warning",
            )
        )


def _said(value: Value) -> Raw:
    return str(value) if isinstance(value, (bool, Unreadable)) else value


def _dates(table: Table) -> list[str]:
    """Dates that were typed as texts: together they may show whether day or month comes first."""
    columns = [table.column_of(field) for field in ("start", "finish", "deadline")]
    return [
        value
        for _, cells in table.rows
        for column in columns
        if column is not None and isinstance(value := cells.get(column), str)
    ]


def unknown_columns(table: Table) -> list[Complaint]:
    """A note for each column that somebody added."""
    return [
        Complaint(
            "workbook.unknown_column",
            {"title": title.strip()[:80]},
            sheet=table.sheet,
            cell=f"{column_name(column)}{table.header_row}",
            done="workbook.unknown_column.done",
            level="note",
        )
        for column, title in table.headings.items()
        if column not in table.columns
    ]
