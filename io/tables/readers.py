"""Reads a spreadsheet of any kind into plain cells, each by the reader that is best and safe for it."""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from ...model.refused import Refused
from ..complaint import Complaint
from . import child
from .preflight import MAX_FILE, Checked, SheetPart, check
from .source import Sheet, Source
from .text import read_text

Child = subprocess.Popen[bytes]
Progress = Callable[[int, int], None]
"""Told how much is done of how much; may raise to cancel."""

SMALL_ROWS = 3_000
SMALL_CELLS = 120_000
SMALL_SIZE = 30 << 20
"""What openpyxl reads in the same process, with formats and formulas; the rest is calamine's."""
TIME_LIMIT = 60.0
MEMORY_LIMIT = 2_048
LARGE_FILE = 300_000
_MAX_COLUMNS = 2_000


def read_source(path: str | Path, progress: Progress | None = None) -> Source:
    """Read all sheets of a workbook or text table.

    Raises:
        Refused("import....", file): it can't be read, or must not be; each reason has its own code.
    """
    path = Path(path)
    try:
        return _read(path, progress)
    except OSError as error:  # it was there a moment ago
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from None


def _read(path: Path, progress: Progress | None) -> Source:
    with ExitStack() as stack:
        early = stack.enter_context(_started(path)) if _is_large(path) else None
        checked = check(path)
        if checked.kind == "csv":
            return read_text(path)
        source = _read_workbook(path, checked, progress, early)
    for seen, code in ((checked.macros, "import.macros"), (checked.links, "import.other_files")):
        if seen:
            source.complaints.append(Complaint(code, file=path.name, level="note"))
    if not source.sheets:
        raise Refused("import.no_sheets", file=path.name)
    return source


def _is_large(path: Path) -> bool:
    """Whether the file will be calamine's, so that its process can start while the preflight runs."""
    return path.is_file() and LARGE_FILE < path.stat().st_size <= MAX_FILE


def _read_workbook(path: Path, checked: Checked, progress: Progress | None, early: Child | None) -> Source:
    if checked.kind == "xlsx" and not checked.strict and _is_small(checked):
        try:
            source = _read_small(path, checked)
        except Refused:
            raise
        except Exception:  # whatever openpyxl can't do, calamine may: it is the more tolerant of the two
            return _read_in_child(path, checked, progress, early)
        if source.sheets:
            return source
    return _read_in_child(path, checked, progress, early)


def _is_small(checked: Checked) -> bool:
    if checked.size > SMALL_SIZE or sum(part.cells for part in checked.parts.values()) > SMALL_CELLS:
        return False
    return all(
        not part.far and max(part.rows, part.last_row) <= SMALL_ROWS for part in checked.parts.values()
    )


# openpyxl, for what is small


def _read_small(path: Path, checked: Checked) -> Source:
    source = Source(path, [], kind="xlsx", epoch_1904=checked.epoch_1904)
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = _opened(file)
        for worksheet in book.worksheets:
            part = _part_of(worksheet, checked)
            sheet = _read_sheet(book, worksheet)
            sheet.merges = part.merges
            source.sheets.append(sheet)
        if any(part.uncalculated for part in checked.parts.values()):
            _collect_formulas(_opened(file, values=False), source)
    return source


def _opened(file: Any, values: bool = True) -> Any:
    from openpyxl import load_workbook

    file.seek(0)
    return load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _part_of(worksheet: Any, checked: Checked) -> SheetPart:
    name = str(getattr(worksheet, "_worksheet_path", "")).lstrip("/")
    return checked.parts.get(name, SheetPart())


def _read_sheet(book: Any, worksheet: Any) -> Sheet:
    worksheet.reset_dimensions()
    sheet = Sheet(worksheet.title, [], hidden=worksheet.sheet_state != "visible")
    styles = _Styles(book)
    for at, cells in enumerate(worksheet.iter_rows(max_col=_MAX_COLUMNS)):
        if at > SMALL_ROWS:
            raise _TooLargeError  # more rows than the preflight saw: it was tricked
        row: list[Any] = []
        for column, cell in enumerate(cells):
            value = cell.value
            style = getattr(cell, "_style_id", 0)
            if style and (color := styles.color(style)):
                sheet.fills[at, column] = color
            if value is not None:
                if isinstance(value, str):
                    if indent := styles.indent(style):
                        sheet.indents[at, column] = indent
                elif isinstance(value, datetime):
                    value = whole_day(value)
                elif isinstance(value, (int, float)) and not isinstance(value, bool):
                    if styles.is_percent(style):
                        value = f"{value * 100:.10g}%"
                elif not isinstance(value, (bool, date)):
                    value = _plain(value)
            row.append(value)
        while row and row[-1] is None:
            row.pop()
        sheet.rows.append(row)
    _drop_empty_end(sheet)
    return sheet


def whole_day(value: datetime) -> date:
    """The day of a date with a time, rounded to the second: 23:59:59.9996 is the next day."""
    return (value + timedelta(milliseconds=500)).date()


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


_WHITE = frozenset(("rgb FFFFFFFF 0.0", "rgb 00FFFFFF 0.0", "theme 0 0.0", "indexed 9 0.0", "indexed 65 0.0"))


class _TooLargeError(Exception):
    """The sheet is not for openpyxl."""


class _Styles:
    """What the styles of cells say that matters here, looked up once for each style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._indents: dict[int, int] = {}
        self._percents: dict[int, bool] = {}
        self._colors: dict[int, str] = {}

    def color(self, style: int) -> str:
        """What fills the cell, in any words; empty for nothing, and for white."""
        if style not in self._colors:
            try:
                fill = self._book._fills[self._book._cell_styles[style].fillId]
                color = fill.fgColor if fill.fill_type == "solid" else None
                key = f"{color.type} {color.value} {color.tint}" if color is not None else ""
                self._colors[style] = "" if key in _WHITE else key
            except (IndexError, AttributeError):
                self._colors[style] = ""
        return self._colors[style]

    def indent(self, style: int) -> int:
        if style not in self._indents:
            try:
                alignment = self._book._alignments[self._book._cell_styles[style].alignmentId]
                self._indents[style] = int(alignment.indent or 0)
            except (IndexError, AttributeError, ValueError):
                self._indents[style] = 0
        return self._indents[style]

    def is_percent(self, style: int) -> bool:
        if style not in self._percents:
            from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

            try:
                number = self._book._cell_styles[style].numFmtId
                if number < BUILTIN_FORMATS_MAX_SIZE:
                    shown = BUILTIN_FORMATS.get(number, "")
                else:
                    shown = self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
                self._percents[style] = "%" in shown
            except (IndexError, AttributeError):
                self._percents[style] = False
        return self._percents[style]


def _collect_formulas(book: Any, source: Source) -> None:
    """Note the formulas of cells that have no stored result."""
    for worksheet, sheet in zip(book.worksheets, source.sheets, strict=True):
        worksheet.reset_dimensions()
        for at, cells in enumerate(worksheet.iter_rows(max_row=len(sheet.rows) + 50, max_col=_MAX_COLUMNS)):
            for column, cell in enumerate(cells):
                formula = getattr(cell.value, "text", cell.value)
                if isinstance(formula, str) and formula.startswith("="):
                    row = sheet.rows[at] if at < len(sheet.rows) else []
                    if column >= len(row) or row[column] is None:
                        sheet.uncalculated[at, column] = formula


# calamine, in a process of its own


def _read_in_child(path: Path, checked: Checked, progress: Progress | None, early: Child | None) -> Source:
    if early is not None:
        answer = _answer(early, path, progress)
    else:
        with _started(path) as process:
            answer = _answer(process, path, progress)
    _refuse_error(path, answer)
    source = Source(path, [], kind=checked.kind, epoch_1904=checked.epoch_1904)
    for title, hidden, rows, merges in answer["sheets"]:
        sheet = Sheet(title, rows, hidden=hidden, merges=[tuple(area) for area in merges])
        _drop_empty_end(sheet)
        source.sheets.append(sheet)
    if any(part.uncalculated for part in checked.parts.values()):
        source.complaints.append(Complaint("import.uncalculated_some", file=path.name))
    return source


def read_sheet_names(path: Path) -> list[str]:
    """The titles of the visible sheets of a workbook that passed the preflight. Raises as `read_source`."""
    with _started(path, "names") as process:
        answer = _answer(process, path, None)
    _refuse_error(path, answer)
    return [title for title, hidden in answer["sheets"] if not hidden]


def _refuse_error(path: Path, answer: dict[str, Any]) -> None:
    if "error" in answer:
        code = "import.password" if answer["error"] == "password" else "import.damaged"
        raise Refused(code, file=path.name, reason=answer["error"])


@contextmanager
def _started(path: Path, what: str = "rows") -> Iterator[Child]:
    """The other process, which reads nothing before it is told to; gone when the block ends."""
    command = [sys.executable, "-P", child.__file__, str(path.resolve()), str(MEMORY_LIMIT), what]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no console flashes up on Windows
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _answer(process: Child, path: Path, progress: Progress | None) -> dict[str, Any]:
    """Tell the process to read, and take what it found."""
    data = _output_of(process, path, progress)
    try:
        answer: dict[str, Any] = msgspec.msgpack.decode(data, ext_hook=_unpacked)
    except (msgspec.DecodeError, ValueError):
        raise Refused("import.reader_failed", file=path.name) from None
    return answer


def _output_of(process: Child, path: Path, progress: Progress | None) -> bytes:
    began = time.monotonic()
    go: bytes | None = child.GO
    while True:
        try:
            return process.communicate(go, timeout=0.1)[0]
        except subprocess.TimeoutExpired:
            go = None
            spent = time.monotonic() - began
            if spent > TIME_LIMIT:
                raise Refused("import.too_slow", file=path.name, seconds=int(TIME_LIMIT)) from None
            if progress is not None:
                progress(min(50, int(spent * 5)), 100)


def _unpacked(code: int, data: memoryview) -> object:
    return date.fromordinal(int.from_bytes(data, "big")) if code == child.DAY else None


def _drop_empty_end(sheet: Sheet) -> None:
    while sheet.rows and all(value is None or value == "" for value in sheet.rows[-1]):
        sheet.rows.pop()
