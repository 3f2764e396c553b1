"""Tells which row of a table is which item of the base: by its hidden id, its key, its title."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from operator import itemgetter

import msgspec

from ..complaint import Complaint
from .cells import folded
from .columns import UID
from .find_table import Table
from .sheet_cells import Cells, Formula, column_name
from .sync import Base, BaseRow
from .uids import is_uid

SheetRow = tuple[int, Cells]
FEWEST_WRONG = 5
SHARE_WRONG = 0.2
"""Rows whose id contradicts their title, from which on the ids are believed to have been mixed up."""


class Match(msgspec.Struct):
    """What became of each row."""

    known: list[tuple[BaseRow, SheetRow]] = []
    new: list[SheetRow] = []
    gone: list[BaseRow] = []
    how: dict[str, int] = {}
    """How many rows were known by their `uid`, `key` or `title`."""
    complaints: list[Complaint] = []


def match_rows(table: Table, base: Base) -> Match:
    """Match the rows of a table with those of the base; every row and every item once."""
    return _Matcher(table, base).match()


class _Matcher:
    def __init__(self, table: Table, base: Base) -> None:
        self._table = table
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

    def _alike(self, row: SheetRow, uid: str) -> bool:
        """Whether the titles could be of the same item."""
        title = folded(self._text(row, self._title))
        if not title or title == self._base_titles[uid]:
            return True
        from rapidfuzz import fuzz

        return fuzz.token_sort_ratio(title, self._base_titles[uid]) >= 50

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
