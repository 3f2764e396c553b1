"""The other process that reads a workbook by calamine, so that what a file does to the parser stays there.

Run as a script by `readers.py`: the path of the file, a limit of memory in megabytes and what to read as
arguments, the sheets as MessagePack on the standard output. It imports nothing of the program, so that it
starts in no time.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

GO = b"g"
"""What it waits for on the standard input before it touches the file."""
DAY = 1
"""The extension type of a date: its ordinal."""


def main(path: str, megabytes: int, what: str) -> int:
    """Write the sheets of a workbook, or with `what` "names" only their titles, to the standard output."""
    gc.disable()  # it lives for one answer, and makes no garbage
    _limit_memory(megabytes)
    from python_calamine import CalamineError, PasswordError

    if sys.stdin.buffer.read(1) != GO:
        return 1
    try:
        answer: dict[str, Any] = {"sheets": _names(path) if what == "names" else _sheets(path)}
    except PasswordError:
        answer = {"error": "password"}
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer, enc_hook=_packed))
    sys.stdout.buffer.flush()
    return 0


def _names(path: str) -> list[list[Any]]:
    """Title and whether it is hidden, of each sheet with cells."""
    return [[about.name, hidden] for _book, _number, about, hidden in _worksheets(path)]


def _sheets(path: str) -> list[list[Any]]:
    """Title, whether it is hidden, rows, and merged areas of each sheet."""
    sheets = []
    for book, number, about, hidden in _worksheets(path):
        sheet = book.get_sheet_by_index(number)
        merges = _merges(sheet)
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append([about.name, hidden, _packable(rows), merges])
    return sheets


def _worksheets(path: str) -> Iterator[tuple[Any, int, Any, bool]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with open(path, "rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for number, about in enumerate(book.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                yield book, number, about, about.visible != SheetVisibleEnum.Visible


def _merges(sheet: Any) -> list[list[int]]:
    try:
        areas = sheet.merged_cell_ranges or ()
    except Exception:  # formats without them raise what they like
        return []
    return [[*first, *last] for first, last in areas]


def _packable(rows: list[list[Any]]) -> list[list[Any]]:
    """Blank cells as None; dates as extension values: as text they could not be told from text."""
    for row in rows:
        for column, value in enumerate(row):
            kind = type(value)
            if kind is str:
                if not value:
                    row[column] = None
            elif kind is not float and kind is not int and kind is not bool:
                row[column] = _packed(value)
    return rows


def _packed(value: object) -> object:
    if isinstance(value, datetime):
        value = (value + timedelta(milliseconds=500)).date()
    if isinstance(value, date):
        return msgspec.msgpack.Ext(DAY, value.toordinal().to_bytes(4, "big"))
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = megabytes << 20
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or hard > limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
