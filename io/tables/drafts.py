"""Reads the rows of a table into drafts: what each item will be, before anything refers to anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ...model.records import Horizon, ItemId, ItemKind, Precision, new_id
from .cells import Parser, Unfit, parser
from .cleaning import is_error, is_mojibake, repaired
from .dates import DateReader, Day
from .findings import Findings
from .mapping import OWN
from .periods import periods
from .rows import Table
from .words import fold, is_nothing, words

LONGEST_TITLE = 300
LONG_TEXT = 32_767
"""Characters that fit into a cell of a workbook."""
_ANYTHING = frozenset(("title", "notes", "pinned", "tags"))
"""Fields in which even `n/a` or `-` says something."""
_BLANKS = " \t\u00a0\u2003\u3000"


class Written(msgspec.Struct, frozen=True, gc=False):
    """A text with the column that it stands in."""

    column: int
    text: str


class Draft(msgspec.Struct, gc=False):
    """One item as the sheet has it; whom it refers to is still text."""

    at: int
    """The row, from 0."""
    item: ItemId
    """The id of the item that it becomes."""
    title: str = ""
    indent: int = 0
    key: str = ""
    refs: tuple[str, ...] = ()
    """Other things the row is known by: a second id, its place in the outline."""
    banner: bool = False
    kind: ItemKind | None = None
    kind_word: str = ""
    level: str = ""
    outline: int | None = None
    wbs: object = None
    parent_text: str = ""
    group: str = ""
    parent: Draft | None = None
    has_children: bool = False
    depth: int = 0
    dated_below: bool = False
    """Something below it has a date."""
    team: str = ""
    owner: str = ""
    start: Day | None = None
    finish: Day | None = None
    deadline: Day | None = None
    days: float | None = None
    """Working days, as the duration column has them; bare numbers in the unit of the column."""
    effort: float | None = None
    effort_is_time: bool = False
    pinned: bool = False
    status: str = ""
    status_category: str = ""
    archived: bool = False
    active: bool = True
    progress: float = 0.0
    precision: Precision | None = None
    horizon: Horizon = ""
    depends: tuple[Written, ...] = ()
    blocks: tuple[Written, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    made: bool = False
    """It stands for a group that only a column names, not for a row."""


Put = Callable[[Draft, int, Any], None]
_ATTRIBUTES = {"parent": "parent_text", "duration": "days"}
"""Where a field's value goes, if not into the attribute of the same name."""


class DraftReader:
    """Reads a table column by column, so that each different content of a cell is understood once."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table = table
        self.findings = findings
        self.plain = table.mapping.plain
        self.rules = table.mapping.rules
        self.days = DateReader(findings.source.epoch_1904, self.rules.order)
        for column in table.mapping.of("start", "finish", "deadline"):
            self.days.learn(table.cells(column))
        self._unsure: list[int] = []
        self._assumed_years: list[int] = []
        self._mojibake: list[str] = []
        self._periods = periods(table.mapping.headers) if table.mapping.of("period") else {}
        self._put: dict[str, Put] = {
            "title": self._put_title,
            "id": self._put_id,
            "kind": self._put_kind,
            "start": self._put_day("start"),
            "finish": self._put_day("finish"),
            "deadline": self._put_day("deadline"),
            "effort": self._put_effort,
            "depends": self._put_depends,
            "blocks": self._put_blocks,
            "period": self._put_period,
            "tags": self._put_tags,
            "notes": self._put_notes,
        }

    def read(self, told: Callable[[int, int], None]) -> list[Draft]:
        """All rows as drafts, in order; `told` hears of each column."""
        drafts = [Draft(at, ItemId(new_id())) for at in self.table.body]
        columns = [(c, field) for c, field in self.table.mapping.columns.items() if field and field != OWN]
        for done, (column, field) in enumerate(columns, 1):
            self._read_column(drafts, column, field)
            told(done, len(columns))
        for draft in drafts:
            if draft.at in self.table.banners:
                self._read_banner(draft)
        self._report()
        return self._without_archived(drafts)

    def _without_archived(self, drafts: list[Draft]) -> list[Draft]:
        kept = [draft for draft in drafts if draft.active and not draft.archived]
        if len(kept) < len(drafts):
            columns = self.table.mapping.of("archived", "active")
            count = len(drafts) - len(kept)
            field = self.table.mapping.headers[columns[0]]
            self.findings.note("import.archived", None, columns[0], count=count, field=field)
        return kept

    def _read_column(self, drafts: list[Draft], column: int, field: str) -> None:
        cells = self.table.cells(column)
        heading = self.table.mapping.headers[column]
        parse = parser(field, heading, cells, self.days, self.rules.units.get(field))
        put = self._put.get(field)
        attribute = _ATTRIBUTES.get(field, field)
        banners = self.table.banners
        known: dict[Any, Any] = {None: _NOTHING, "": _NOTHING}
        for draft, value in zip(drafts, cells, strict=True):
            found = known.get(value) if value.__class__ is not bool else None
            if found is None:
                found = known[value] = self._understood(parse, field, value)
            if found is _NOTHING or draft.at in banners:
                continue
            if found.__class__ is Unfit:
                self._complain(found, draft, column, value)
            elif put is not None:
                put(draft, column, found)
            else:
                setattr(draft, attribute, found)

    def _understood(self, parse: Parser, field: str, value: Any) -> Any:
        """What the parser makes of the cell; `_NOTHING` if it says nothing, `Unfit` if it can't be."""
        if type(value) is str:
            if value.isspace():
                return _NOTHING
            if is_error(value):
                return Unfit("import.cell_error")
            if is_mojibake(value):
                self._mojibake.append(value)
            if len(value) < 9 and not self.plain and field not in _ANYTHING and is_nothing(value):
                return _NOTHING
        try:
            return parse(value)
        except Unfit as unfit:
            return unfit

    def _complain(self, unfit: Unfit, draft: Draft, column: int, value: Any) -> None:
        heading = self.table.mapping.headers[column]
        self.findings.add(
            unfit.code, draft.at, column, done=unfit.done, field=heading, text=value, **unfit.values
        )

    def _report(self) -> None:
        how = self.findings.how
        how.order, how.example = self.days.order or "", self.days.example or self.days.seen
        if self._unsure:
            self.findings.add(
                "import.day_or_month",
                self._unsure[0],
                count=len(self._unsure),
                done="import.done.month_first",
            )
        if self._assumed_years:
            rows = self._assumed_years
            self.findings.note("import.year_assumed", rows[0], count=len(rows), year=self.days.base_year)
        if self._mojibake:
            text = self._mojibake[0]
            self.findings.add("import.mojibake", count=len(self._mojibake), text=text, meant=repaired(text))

    # Where what was understood goes

    def _read_banner(self, draft: Draft) -> None:
        row = self.table.sheet.rows[draft.at]
        column, value = next((c, v) for c, v in enumerate(row) if v is not None and v != "")
        draft.banner = True
        self._put_title(draft, column, str(value))

    def _put_title(self, draft: Draft, column: int, text: str) -> None:
        bare = text.lstrip(_BLANKS)
        if len(bare) < len(text):
            draft.indent = sum(4 if char == "\t" else 1 for char in text[: len(text) - len(bare)])
        if self.table.sheet.indents:
            draft.indent += 4 * self.table.sheet.indents.get((draft.at, column), 0)
        title = " ".join(bare.split("\n")).strip() if self.plain else " ".join(bare.split())
        if len(title) > LONGEST_TITLE:
            unfit = Unfit("import.long_title", "import.done.title_cut", length=len(title))
            self._complain(unfit, draft, column, title)
            draft.notes = (*draft.notes, title)
            title = title[: LONGEST_TITLE - 1] + "…"
        draft.title = title

    def _put_id(self, draft: Draft, column: int, refs: tuple[str, ...]) -> None:
        draft.refs = (*draft.refs, *refs)

    def _put_kind(self, draft: Draft, column: int, word: str) -> None:
        if fold(word) in words("milestone"):
            draft.kind = "milestone"
        else:
            draft.kind_word = word

    def _put_day(self, attribute: str) -> Put:
        def put(draft: Draft, column: int, day: Day) -> None:
            setattr(draft, attribute, day)
            if day.unsure:
                self._unsure.append(draft.at)
            if day.assumed_year:
                self._assumed_years.append(draft.at)

        return put

    def _put_effort(self, draft: Draft, column: int, effort: tuple[float, bool]) -> None:
        draft.effort, draft.effort_is_time = effort

    def _put_depends(self, draft: Draft, column: int, text: str) -> None:
        draft.depends = (*draft.depends, Written(column, text))

    def _put_blocks(self, draft: Draft, column: int, text: str) -> None:
        draft.blocks = (*draft.blocks, Written(column, text))

    def _put_period(self, draft: Draft, column: int, marked: bool) -> None:
        day = self._periods.get(column)
        if marked and day is not None:
            draft.start = draft.start or day
            draft.finish = day

    def _put_tags(self, draft: Draft, column: int, tags: tuple[str, ...]) -> None:
        draft.tags = tuple(dict.fromkeys((*draft.tags, *tags))) if draft.tags else tags

    def _put_notes(self, draft: Draft, column: int, text: str) -> None:
        if len(text) > LONG_TEXT:
            self.findings.note("import.long_text", draft.at, column, length=len(text))
        draft.notes = (*draft.notes, text)


class _Nothing:
    """The mark of a cell that says nothing."""


_NOTHING = _Nothing()
