"""Tells what of a file was left out: other sheets, columns that are nothing, timelines that are drawn."""

from __future__ import annotations

from .charts import LEAST_COLUMNS, extent, filled
from .detect import MAX_COLUMNS
from .findings import Findings, some
from .periods import periods
from .rows import Table, cell
from .source import Source


def report_left_out(source: Source, table: Table, findings: Findings) -> None:
    """Tell which sheet was read, if there was a choice, and which columns were not."""
    mapping, sheet = table.mapping, table.sheet
    others = [one.title for one in source.sheets if one.title != sheet.title and any(one.rows)]
    if others:
        findings.note("import.sheet_chosen", sheet=sheet.title, others=some(others))
    unread = [
        mapping.headers[column]
        for column, field in mapping.columns.items()
        if field is None and any(cell(sheet.rows[at], column) is not None for at in table.body)
    ]
    if unread:
        findings.note("import.unmapped", mapping.header_row, count=len(unread), columns=some(unread, 20))
    beyond = {
        column
        for at in table.body
        for column in range(MAX_COLUMNS, len(sheet.rows[at]))
        if sheet.rows[at][column] not in (None, "")
    }
    if beyond:
        findings.add("import.columns_beyond", mapping.header_row, count=len(beyond), columns=extent(beyond))
    _report_chart(table, findings)


def _report_chart(table: Table, findings: Findings) -> None:
    """Tell that a timeline which is drawn beside the table was read, or why not."""
    mapping, sheet = table.mapping, table.sheet
    known = periods(mapping.headers)
    read = [column for column in mapping.of("period") if column in known]
    if read:
        findings.note(
            "import.chart_read",
            mapping.header_row,
            columns=extent(read),
            first=str(min(known[column].first for column in read)),
            last=str(max(known[column].last for column in read)),
        )
        return
    title = next(iter(mapping.of("title")), 0)
    blank = {column for _, column in sheet.fills if column > title and not mapping.columns.get(column)}
    cells = filled(sheet, mapping.header_row, blank, title)
    drawn = {column for at, column in cells if at < len(sheet.rows) and cell(sheet.rows[at], column) is None}
    if len(drawn) < LEAST_COLUMNS:
        return
    if mapping.of("start", "finish", "deadline", "duration"):
        findings.note("import.chart_left", mapping.header_row, columns=extent(drawn))
    else:
        findings.add("import.chart_undated", mapping.header_row, columns=extent(drawn))
