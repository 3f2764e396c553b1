"""Tells which row of a table is which item of the base: by hidden id, key, title, or likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from operator import itemgetter

import msgspec

from ...model.records import ItemId
from ..complaint import Complaint
from .cells import folded, plain
from .columns import UID
from .find_table import Table
from .likeness import LIKELY, Looks, pairs
from .sheet_cells import Cells, Formula, column_name
from .sync import Base, BaseRow
from .uids import is_uid

SheetRow = tuple[int, Cells]
_LOOKS = ("title", "team", "owner", "start", "finish")
FEWEST_WRONG = 5
SHARE_KEPT = 0.6
"""Of a row's other cells, so many must be as they were where the title is another."""
SHARE_WRONG = 0.2
"""Rows whose id contradicts their title, from which on the ids are believed to have been mixed up."""


class Alike(msgspec.Struct, frozen=True):
    """A row without ids and an item without a row that look like the same."""

    row: int
    """Its number on the sheet."""
    title: str
    item: ItemId
    likeness: float
    """0 to 100; see `likeness`."""
    taken: bool
    """Whether they were taken for the same."""


class Match(msgspec.Struct):
    """What became of each row."""

    known: list[tuple[BaseRow, SheetRow]] = []
    new: list[SheetRow] = []
    gone: list[BaseRow] = []
    how: dict[str, int] = {}
    """How many rows were known by their `uid`, `key` or `title`, or taken to be an item (`fuzzy`)."""
    alike: list[Alike] = []
    complaints: list[Complaint] = []


def match_rows(table: Table, base: Base, same: Mapping[int, bool] | None = None) -> Match:
    """Match the rows of a table with those of the base; every row and every item once.

    `same` says of rows that only look like an item, by their number, whether they are it; of those that it
    does not name the likely ones are.
    """
    return _Matcher(table, base, same or {}).match()


class _Matcher:
    def __init__(self, table: Table, base: Base, same: Mapping[int, bool]) -> None:
        self._table = table
        self._same = same
        self._uid, self._key, self._title = (table.column_of(field) for field in (UID, "key", "title"))
        self._base = base
        self._rows = base.rows
        self._free = {row.uid: row for row in base.rows}
        self._result = Match()

    @cached_property
    def _base_keys(self) -> dict[str, str]:
        return self._base_texts("key")

    @cached_property
    def _base_titles(self) -> dict[str, str]:
        return self._base_texts("title")

    def _base_texts(self, field: str) -> dict[str, str]:
        place = self._base.columns.index(field)
        return {row.uid: folded(str(row.cells[place] or "")) for row in self._rows}

    def match(self) -> Match:
        result = self._result
        rest = self._by_uid(self._table.rows)
        foreign, result.new = result.new, []
        if rest:
            rest = self._by_text(rest, "key", self._key, self._base_keys, also_title=True)
            rest = self._by_text(rest, "title", self._title, self._base_titles)
            rest = self._by_likeness(rest)
        result.new = sorted([*foreign, *rest], key=itemgetter(0))
        result.gone = [row for row in self._rows if row.uid in self._free]
        return result

    def _by_uid(self, rows: list[SheetRow]) -> list[SheetRow]:
        """Take the rows that carry an id; of copies the one that kept the title. Returns the others."""
        claims: dict[str, list[SheetRow]] = defaultdict(list)
        rest: list[SheetRow] = []
        for row in rows:
            uid = self._text(row, self._uid).strip().upper() if self._uid is not None else ""
            if uid in self._free:
                claims[uid].append(row)
            elif is_uid(uid):
                self._result.new.append(row)  # it was pasted from another workbook of ours
            else:
                rest.append(row)
        if self._mixed(claims):
            first = next(iter(claims.values()))[0]
            self._complain("workbook.ids_mixed", first[0], {})
            self._result.new = []
            return rows
        for uid, copies in claims.items():
            if len(copies) > 1:
                title = self._base_titles[uid]
                copies.sort(key=lambda row: folded(self._text(row, self._title)) != title)
                for number, cells in copies[1:]:
                    self._complain("workbook.duplicate_uid", number, {"key": self._free[uid].item.key})
                    self._result.new.append((number, cells))
            self._take(uid, copies[0], "uid")
        return rest

    def _mixed(self, claims: dict[str, list[SheetRow]]) -> bool:
        """Whether ids contradict titles as they do where rows were sorted without the hidden column."""
        if self._title is None:
            return False
        place = self._base.columns.index("title")
        differing = [
            (uid, copies[0])
            for uid, copies in claims.items()
            if copies[0][1].get(self._title) != self._free[uid].cells[place]
        ]
        if len(differing) < FEWEST_WRONG:
            return False
        titles = set(self._base_titles.values())
        wrong = 0
        for uid, row in differing:
            title = folded(self._text(row, self._title))
            wrong += title != self._base_titles[uid] and title in titles
        return wrong >= FEWEST_WRONG and wrong > SHARE_WRONG * len(claims)

    def _by_text(
        self,
        rows: list[SheetRow],
        what: str,
        column: int | None,
        base: dict[str, str],
        also_title: bool = False,
    ) -> list[SheetRow]:
        """Take the rows whose text only one free item has."""
        if column is None or not rows or not self._free:
            return rows
        by_text: dict[str, list[str]] = defaultdict(list)
        for uid in self._free:
            by_text[base[uid]].append(uid)
        rest: list[SheetRow] = []
        for row in rows:
            text = folded(self._text(row, column))
            uids = [uid for uid in by_text.get(text, ()) if uid in self._free] if text else []
            if len(uids) == 1 and (not also_title or self._alike(row, uids[0])):
                self._take(uids[0], row, what)
            else:
                rest.append(row)
        return rest

    def _by_likeness(self, rows: list[SheetRow]) -> list[SheetRow]:
        """Take the rows that are likely to be a free item, or of which somebody says so."""
        free = list(self._free.values())
        if not rows or not free or self._title is None:
            return rows
        places = [self._table.column_of(field) for field in _LOOKS]
        looks = [Looks(*(folded(self._text(row, column)) for column in places)) for row in rows]
        at = {field: place for place, field in enumerate(self._base.columns)}
        theirs = [
            Looks(*(folded(plain(row.cells[at[field]])) if field in at else "" for field in _LOOKS))
            for row in free
        ]
        taken: set[int] = set()
        for score, one, other in pairs(looks, theirs):
            row, known = rows[one], free[other]
            same = self._same.get(row[0], score >= LIKELY)
            title = self._text(row, self._title)
            self._result.alike.append(Alike(row[0], title, known.item.id, score, same))
            if same:
                taken.add(one)
                self._take(known.uid, row, "fuzzy")
        return [row for place, row in enumerate(rows) if place not in taken]

    def _alike(self, row: SheetRow, uid: str) -> bool:
        """Whether the row could be of the item: by its title, or else by all the rest of it."""
        title = folded(self._text(row, self._title))
        if not title or title == self._base_titles[uid]:
            return True
        from rapidfuzz import fuzz

        return fuzz.token_sort_ratio(title, self._base_titles[uid]) >= 50 or self._rest_alike(row, uid)

    def _rest_alike(self, row: SheetRow, uid: str) -> bool:
        """Whether most of the other cells that hold something are as they were."""
        known = self._free[uid].cells
        at = {field: place for place, field in enumerate(self._base.columns)}
        kept = filled = 0
        for column, field in self._table.columns.items():
            if field in at and field not in ("key", "title", "finish"):
                was, now = known[at[field]], row[1].get(column)
                filled += was is not None or now is not None
                kept += was is not None and was == now
        return filled > 0 and kept >= SHARE_KEPT * filled

    def _take(self, uid: str, row: SheetRow, what: str) -> None:
        self._result.known.append((self._free.pop(uid), row))
        self._result.how[what] = self._result.how.get(what, 0) + 1

    def _text(self, row: SheetRow, column: int | None) -> str:
        value = row[1].get(column) if column is not None else None
        if isinstance(value, Formula):
            value = value.value
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else str(value)
        return value if isinstance(value, str) else ""

    def _complain(self, code: str, number: int, values: dict[str, object]) -> None:
        cell = f"{column_name(self._uid or 0)}{number}"
        self._result.complaints.append(
            Complaint(
                code,
                values,
                sheet=self._table.sheet,
                cell=cell,
                line=number,
                done=f"{code}.done",
                level="note",
            )
        )
