"""Which rows below a header are rows of the table: not the totals, repeated headers, blanks and remarks."""

from __future__ import annotations

from typing import Any

import msgspec

from .charts import MARK, filled
from .dates import DateReader, OutOfRange
from .detect import names
from .findings import Findings, some
from .formulas import Calculator
from .mapping import Mapping
from .source import Row, Sheet
from .values import read_days
from .words import fold, headings, words

_MOSTLY = 0.9
_MOST_BANNERS = 0.35
_LONGEST_TOTAL = 60
_LONGEST_HEADING = 40
_MOST_KNOWN = 0.6
"""Share of the texts of a row that are known as headings, for it to begin another table."""
_TYPED = ("start", "finish", "deadline", "duration", "effort", "progress")


class Table(msgspec.Struct):
    """The rows of a sheet that hold items."""

    sheet: Sheet
    mapping: Mapping
    body: list[int]
    """Numbers of the rows, from 0."""
    banners: set[int]
    """Those of them that only name the group which follows."""

    def cells(self, column: int) -> list[Any]:
        """What the rows hold in a column; blank cells are None or empty."""
        rows = self.sheet.rows
        return [row[column] if column < len(row) else None for row in map(rows.__getitem__, self.body)]


def cell(row: Row, column: int) -> Any:
    """The value of a cell; None where the row ends before it or it is blank."""
    value = row[column] if column < len(row) else None
    return None if value == "" else value


def find_table(mapping: Mapping, sheet: Sheet, findings: Findings) -> Table:
    """The rows of the table, cleaned of what belongs to its layout."""
    _calculate(mapping, sheet, findings)
    _fill_merged(mapping, sheet)
    _fill_blocks(mapping, sheet, findings)
    _mark_colored(mapping, sheet)
    titled = frozenset(title for title in mapping.headers if title)
    mapped = [column for column, field in mapping.columns.items() if field]
    titles = mapping.of("title")
    leftmost_title = min(titles, default=-1)
    keys = mapping.of("key")
    anchors = mapping.of("key", "start", "finish", "depends")
    table = Table(sheet, mapping, [], set())
    bare: list[int] = []
    skipped: dict[str, list[int]] = {}
    end = _other_table(mapping, sheet, findings)
    for at in range(mapping.header_row + 1, end):
        row = sheet.rows[at]
        filled = [column for column, value in enumerate(row) if value is not None and value != ""]
        if not filled:
            continue
        first = row[filled[0]]
        named = any(_has_text(row, column) for column in titles)
        if type(first) is str and first in titled and _is_header(row, titled):
            skipped.setdefault("import.header_again", []).append(at)
        elif _is_total(row, filled, titles) and not any(cell(row, column) is not None for column in keys):
            skipped.setdefault("import.total", []).append(at)
        elif named:
            table.body.append(at)
            if len(filled) == 1:
                bare.append(at)
        elif not mapping.plain and len(filled) == 1 and filled[0] <= leftmost_title and _is_words(first):
            table.body.append(at)
            table.banners.add(at)
        elif not any(cell(row, column) is not None for column in anchors):
            skipped.setdefault("import.no_title", []).append(at)
        elif any(cell(row, column) is not None for column in mapped):
            table.body.append(at)
    for code, rows in skipped.items():
        lines = [findings.source.place(sheet, at)["line"] for at in rows]
        findings.note(code, rows[0], count=len(rows), lines=_listed(lines))
    if bare and not mapping.plain:
        _find_title_banners(table, bare, titles, anchors)
    return table


def _other_table(mapping: Mapping, sheet: Sheet, findings: Findings) -> int:
    """The row in which another table begins; the end of the sheet if there is none."""
    rows = sheet.rows
    known = frozenset(title for title in mapping.headers if title)
    typed = mapping.of(*_TYPED)
    for at in range(mapping.header_row + 3, 0 if mapping.plain else len(rows) - 1):
        if any(value is not None and value != "" for value in rows[at - 1]):
            continue
        filled = [value for value in rows[at] if value not in (None, "")]
        if len(filled) < 2 or not all(map(_is_heading, filled)) or _is_header(rows[at], known):
            continue
        strange = [column for column in typed if (value := cell(rows[at], column)) and not _is_time(value)]
        meant = sum(not headings().keys().isdisjoint(names(value)) for value in filled)
        if len(strange) > 1 or meant >= max(2, _MOST_KNOWN * len(filled)):
            place = findings.source.place(sheet, at)
            others = [row for row in rows[at + 1 :] if any(value not in (None, "") for value in row)]
            texts = some([str(value) for value in filled])
            findings.add("import.other_table", at, headings=texts, first=place["line"], count=len(others))
            return at
    return len(rows)


def _is_heading(value: object) -> bool:
    return _is_words(value) and len(str(value)) <= _LONGEST_HEADING and not str(value).startswith((" ", "\t"))


def _is_time(value: object) -> bool:
    try:
        return read_days(value) is not None or DateReader().read(value) is not None
    except OutOfRange:
        return True


def _has_text(row: Row, column: int) -> bool:
    value = row[column] if column < len(row) else None
    return value is not None and (type(value) is not str or (value != "" and not value.isspace()))


def _is_header(row: Row, headings: frozenset[str]) -> bool:
    same = sum(value in headings for value in row if type(value) is str)
    return same >= 2 and same >= 0.7 * sum(value not in (None, "") for value in row)


def _is_total(row: Row, filled: list[int], titles: list[int]) -> bool:
    """Whether the row sums up: its first text, or its title, is a word for that, with figures beside."""
    totals = words("total")
    for column in (filled[0], *titles):
        value = row[column] if column < len(row) else None
        if type(value) is not str or len(value) > _LONGEST_TOTAL:
            continue
        text = fold(value)
        if text in totals or text.split(" ", 1)[0].rstrip(":") in totals:
            rest = [row[other] for other in filled if other != column]
            return all(isinstance(value, (int, float)) or _is_figure(value) for value in rest)
    return False


def _is_figure(value: object) -> bool:
    return isinstance(value, str) and not any(char.isalpha() for char in value.replace("d", ""))


def _is_words(value: object) -> bool:
    return isinstance(value, str) and any(char.isalpha() for char in value)


def _find_title_banners(table: Table, bare: list[int], titles: list[int], anchors: list[int]) -> None:
    """Rows with nothing but a title, each before a run of rows that all have keys or dates, name groups."""
    rows, column = table.sheet.rows, titles[0]
    if not anchors or len(bare) > _MOST_BANNERS * len(table.body):
        return
    if any(str(cell(rows[at], column) or "")[:1] in (" ", "\t", "\u00a0") for at in table.body):
        return  # the leading blanks say who belongs to whom
    if any((at, column) in table.sheet.indents for at in table.body):
        return
    full = [at for at in table.body if at not in bare]
    anchored = sum(any(cell(rows[at], column) is not None for column in anchors) for at in full)
    if anchored >= _MOSTLY * len(full) and table.body[0] in bare and table.body[-1] not in bare:
        table.banners.update(bare)


def _calculate(mapping: Mapping, sheet: Sheet, findings: Findings) -> None:
    """Work out the formulas without results in the columns that are read."""
    if not sheet.uncalculated:
        return
    calculator = Calculator(sheet)
    results = {
        (at, column): calculator.value(at, column)
        for at, column in sheet.uncalculated
        if at > mapping.header_row and mapping.columns.get(column)
    }
    worked_out = 0
    for (at, column), value in results.items():
        if value is None:
            findings.add("import.uncalculated", at, column, formula=sheet.uncalculated[at, column])
            continue
        worked_out += 1
        while len(sheet.rows) <= at:
            sheet.rows.append([])
        row = sheet.rows[at]
        row.extend([None] * (column + 1 - len(row)))
        row[column] = value
    if worked_out:
        findings.note("import.worked_out", count=worked_out)


def _fill_merged(mapping: Mapping, sheet: Sheet) -> None:
    """A cell merged over several rows holds for all of them, but for what names one item."""
    for top, left, bottom, _right in sheet.merges:
        if top <= mapping.header_row or mapping.columns.get(left) in (None, "title", "key", "id", "depends"):
            continue
        value = cell(sheet.rows[top], left) if top < len(sheet.rows) else None
        for at in range(top + 1, min(bottom + 1, len(sheet.rows))):
            row = sheet.rows[at]
            if (
                value is not None
                and cell(row, left) is None
                and any(other not in (None, "") for other in row)
            ):
                row.extend([None] * (left + 1 - len(row)))
                row[left] = value


def _fill_blocks(mapping: Mapping, sheet: Sheet, findings: Findings) -> None:
    """A column of teams or groups that names each only where its block begins holds down to the next name."""
    if mapping.plain:
        return
    rows = [
        row for row in sheet.rows[mapping.header_row + 1 :] if any(value not in (None, "") for value in row)
    ]
    for column in mapping.of("team", "group"):
        values = [cell(row, column) for row in rows]
        named = [value for value in values if value is not None]
        blank = len(values) - len(named)
        if len(named) < 2 or values[0] is None or blank < 0.4 * len(values) or len(set(named)) < len(named):
            continue
        last = None
        for row in rows:
            last = cell(row, column) or last
            row.extend([None] * (column + 1 - len(row)))
            row[column] = last
        findings.note(
            "import.filled_down", mapping.header_row, column, count=blank, field=mapping.headers[column]
        )


def _mark_colored(mapping: Mapping, sheet: Sheet) -> None:
    """A coloured cell in a column of days or weeks is as good as a mark in it."""
    title = next(iter(mapping.of("title")), None)
    for at, column in filled(sheet, mapping.header_row, mapping.of("period"), title):
        if at < len(sheet.rows) and cell(sheet.rows[at], column) is None:
            row = sheet.rows[at]
            row.extend([None] * (column + 1 - len(row)))
            row[column] = MARK


def _listed(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:8]))
    return shown + (", …" if len(lines) > 8 else "")
