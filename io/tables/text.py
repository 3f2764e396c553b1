"""Text tables: which encoding, which delimiter, and the rows with the lines they begin on."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...model.refused import Refused
from ..complaint import Complaint
from .encoding import decode
from .preflight import MAX_CELLS, MAX_ROWS
from .source import Sheet, Source

_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_LINES = 60
_SAMPLE_SIZE = 200_000
_WIDEST = 100
"""Columns above which more of them say no more for a delimiter."""
_LONGEST_CELL = 64 << 20
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*?(?:\r\n|\r|\n)', re.IGNORECASE)
_GUARDED = re.compile(r"''*[=+\-@\t\r]")


def read_text(path: Path) -> Source:
    """Read a CSV or TSV file.

    Raises:
        Refused("import.not_a_table", file): the bytes are no text in any encoding we know.
        Refused("import.too_many", ...): more rows or cells than we take.
    """
    text, encoding, sure = decode(path.read_bytes())
    source = source_of(path, text)
    if not sure:
        said = Complaint("import.encoding_guessed", {"encoding": encoding}, file=path.name, level="note")
        source.complaints.insert(0, said)
    return source


def source_of(path: Path, text: str) -> Source:
    """A text as a table; `path` is what it is called. Raises Refused("import.too_many", ...)."""
    source = Source(path, [], kind="csv")
    delimiter, text, skipped = find_delimiter(text)
    sheet = Sheet(path.stem, [], lines=[])
    sheet.lines, sheet.rows = _rows(path, text, delimiter, skipped)
    if _ends_in_quote(text, sheet):
        last = sheet.lines[-1]
        source.complaints.append(Complaint("import.open_quote", {"line": last}, file=path.name, line=last))
    source.sheets.append(sheet)
    return source


def has_columns(text: str) -> bool:
    """Whether a text is rows of several cells, as spreadsheets put them into the clipboard."""
    lines = [line for line in text[:_SAMPLE_SIZE].splitlines() if line.strip()]
    return sum("\t" in line for line in lines) > 1


def find_delimiter(text: str) -> tuple[str, str, int]:
    """What stands between the cells, the text without a `sep=` line, and how many lines that took."""
    if match := _SEPARATOR_LINE.match(text):
        return match[1], text[match.end() :], 1
    sample = "".join(text[:_SAMPLE_SIZE].splitlines(keepends=True)[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        rows = [row for _line, row in _parsed(sample, delimiter) if any(row)]
        if len(sample) == _SAMPLE_SIZE and len(rows) > 1:
            rows.pop()  # cut off in the middle
        widths = Counter(min(len(row), _WIDEST) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        score = (width - 1) ** 0.5 * count / len(rows)
        if score > best_score * 1.01:
            best, best_score = delimiter, score
    return best, text, 0


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and cells of each row."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = []
        yield line + 1, row
        line = reader.line_num


def _rows(path: Path, text: str, delimiter: str, skipped: int) -> tuple[list[int], list[list[str]]]:
    lines: list[int] = []
    rows: list[list[str]] = []
    cells = 0
    for line, row in _parsed(text, delimiter):
        cells += len(row)
        if len(rows) >= MAX_ROWS or cells > MAX_CELLS:
            raise Refused(
                "import.too_many",
                file=path.name,
                part=path.name,
                rows=f"{MAX_ROWS:,}",
                cells=f"{MAX_CELLS:,}",
            )
        for column, cell in enumerate(row):
            if cell[:1] == "'" and _GUARDED.match(cell):
                row[column] = cell[
                    1:
                ]  # the guard that `csv_file` puts before what a spreadsheet would calculate
        lines.append(line + skipped)
        rows.append(row)
    return lines, rows


def _ends_in_quote(text: str, sheet: Sheet) -> bool:
    """Whether the last row swallowed the rest of the file because a quote was never closed."""
    return bool(sheet.rows) and text.count('"') % 2 == 1 and any("\n" in cell for cell in sheet.rows[-1])
