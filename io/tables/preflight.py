"""A look at a file before any parser sees it: what it is, and whether it is safe to read.

Files come by mail from strangers. One pass in constant memory over the bytes, without a parser for anything,
finds what would make a parser hang, fill the memory or fail without a word (a cell in the last row, a bomb,
entity definitions, a password), and says it in one sentence.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from ...model.refused import Refused
from .encoding import looks_like_text

MB = 1 << 20
MAX_FILE = 60 * MB
MAX_ENTRIES = 2_000
MAX_PART = 300 * MB
MAX_TOTAL = 600 * MB
MAX_RATIO = 250
RATIO_FROM = 8 * MB
MAX_ROWS = 250_000
MAX_CELLS = 3_000_000
MAX_STRINGS = 120 * MB
LAST_ROW = 400_000
LAST_COLUMN = 2_000
MAX_MERGES = 20_000
_CHUNK = 1 << 18
_OVERLAP = 200
"""Bytes of the last chunk that are looked at again, so that nothing hides on the border of two."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MAYBE_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Z]{3}|[A-Z]{0,2}\d{6})""")
_FAR = re.compile(
    rb"""<(?:\w+:)?(?:c|row)\b[^<>]*?\br\s*=\s*["'](?:([A-Z]{3,})(\d*)|[A-Z]{0,2}(\d{6,}))["']"""
)
_MERGE = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCALCULATED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_1904 = re.compile(rb'date1904="(?:1|true|on)"')
_EMPTY = re.compile(rb"[^<>]*(?:/>|>\s*</)")
_NO_BARE_CELL = re.compile(rb"(?![^<>]*[^/<>]>\s*<(?:\w+:)?c(?:>|\s(?![^<>]*\br=)))")


class SheetPart(msgspec.Struct):
    """What the pass over one sheet of a workbook saw."""

    rows: int = 0
    last_row: int = 0
    cells: int = 0
    far: bool = False
    """Cells far out have a format, though nothing is in them."""
    uncalculated: bool = False
    """There is a formula without a stored result."""
    merges: list[tuple[int, int, int, int]] = []
    """First row, first column, last row, last column, from 0."""


class Checked(msgspec.Struct):
    """What the file is, and what the pass saw of it."""

    kind: str
    """xlsx, xls, xlsb, ods or csv."""
    strict: bool = False
    """Written in the strict form of the format, which openpyxl takes for an empty workbook."""
    epoch_1904: bool = False
    macros: bool = False
    links: bool = False
    """It refers to other files."""
    size: int = 0
    """Bytes, unpacked."""
    parts: dict[str, SheetPart] = {}
    """Sheets by the name of their part in the zip."""


def check(path: Path) -> Checked:
    """Find out what the file is.

    Raises:
        Refused("import...." or "file....", file): it can't or must not be read; each reason has its own code.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Refused("file.folder", file=str(path))
        with path.open("rb") as file:
            head = file.read(8192)
    except FileNotFoundError:
        raise Refused("file.missing", file=str(path)) from None
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from None
    if path.name.startswith("~$") and size < 1000:
        raise Refused("import.lock_file", file=path.name)
    if size == 0:
        raise Refused("import.empty", file=path.name)
    if size > MAX_FILE:
        raise Refused("import.too_big", file=path.name, size=_megabytes(size), limit=_megabytes(MAX_FILE))
    if head.startswith(_OLE):
        return _check_ole(path, size)
    if head.startswith(_ZIP):
        return _check_zip(path)
    return _check_text(path, head, size)


# Other kinds of files


def _check_ole(path: Path, size: int) -> Checked:
    with path.open("rb") as file:
        data = file.read()
    for stream, code in (
        ("EncryptedPackage", "import.password"),
        ("Workbook", ""),
        ("Book", ""),
        ("WordDocument", "import.word"),
        ("PowerPoint Document", "import.slides"),
        ("Props9", "import.project"),
        ("Props12", "import.project"),
        ("Props14", "import.project"),
    ):
        if stream.encode("utf-16-le") in data:
            if code:
                raise Refused(code, file=path.name)
            return Checked("xls", size=size)
    raise Refused("import.not_a_table", file=path.name)


_TEXTS: tuple[tuple[bytes, str], ...] = (
    (b"%pdf", "import.pdf"),
    (b"<html", "import.html"),
    (b"<!doctype html", "import.html"),
    (b"<table", "import.html"),
    (b"<meta", "import.html"),
    (b"<head", "import.html"),
    (b"{\\rtf", "import.word"),
    (b"begin:vcalendar", "import.calendar"),
)


_XML = re.compile(rb"<\?xml|<[a-z][\w:.-]*[\s/>]")
_JSON = re.compile(rb'\{\s*["}]|\[\s*["\d\[{]')


_MARKDOWN = re.compile(rb"^\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.MULTILINE)
"""The line under the headings of a Markdown table."""


def _check_text(path: Path, head: bytes, size: int) -> Checked:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for begin, code in _TEXTS:
        if text.startswith(begin):
            raise Refused(code, file=path.name)
    if _XML.match(text):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
            raise Refused("import.xml_2003", file=path.name)
        raise Refused("import.html" if b"<html" in text else "import.xml", file=path.name)
    if _JSON.match(text):
        raise Refused("import.json", file=path.name)
    if _MARKDOWN.search(text):
        raise Refused("import.markdown", file=path.name)
    if not looks_like_text(head):
        raise Refused("import.not_a_table", file=path.name)
    return Checked("csv", size=size)


# Zip files


def _check_zip(path: Path) -> Checked:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            kind = _check_directory(path, archive, infos)
            found = Checked(kind, size=sum(info.file_size for info in infos))
            found.macros = any("vbaProject" in info.filename for info in infos)
            found.links = any("externalLinks/" in info.filename for info in infos)
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _check_part(path, archive, info, found)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Refused("import.truncated", file=path.name) from None


def _check_directory(path: Path, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> str:
    name = path.name
    names = {info.filename for info in infos}
    if len(infos) > MAX_ENTRIES:
        raise Refused("import.parts", file=name, count=len(infos))
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("import.zip_password", file=name)
    kind = _kind_of_zip(path, archive, names)
    if len(names) != len(infos):
        raise Refused("import.twin_parts", file=name)
    total = 0
    for info in infos:
        packed = max(1, info.compress_size)
        if info.file_size > MAX_PART or (info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * packed):
            raise Refused("import.bomb", file=name, part=info.filename, size=_megabytes(info.file_size))
        total += info.file_size
    if total > MAX_TOTAL:
        raise Refused("import.bomb", file=name, part=name, size=_megabytes(total))
    return kind


def _kind_of_zip(path: Path, archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        if b"opendocument.spreadsheet" in archive.read("mimetype"):
            if _is_encrypted_ods(archive, names):
                raise Refused("import.password", file=path.name)
            return "ods"
        if b"opendocument" in archive.read("mimetype"):
            raise Refused("import.not_a_table", file=path.name)
    for found, code in (
        (any(name.endswith(".iwa") for name in names) or "Index.zip" in names, "import.numbers"),
        (any(name.startswith("word/") for name in names), "import.word"),
        (any(name.startswith("ppt/") for name in names), "import.slides"),
    ):
        if found:
            raise Refused(code, file=path.name)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(re.fullmatch(r"(?i)/?xl/workbook\d*\.xml", name.replace("\\", "/")) for name in names):
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    raise Refused("import.zip", file=path.name)


def _is_encrypted_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    if manifest not in names or archive.getinfo(manifest).file_size > MB:
        return False
    return b"encryption-data" in archive.read(manifest)


def _check_part(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, found: Checked) -> None:
    name = info.filename.lstrip("/")
    sheet = SheetPart() if re.search(r"(?i)worksheets/[^/]+\.xml$", name) else None
    got = 0
    with archive.open(info) as file:
        for first, fresh, window in _windows(file):
            got += len(fresh)
            if got > MAX_PART or (name.endswith("sharedStrings.xml") and got > MAX_STRINGS):
                raise Refused("import.bomb", file=path.name, part=name, size=_megabytes(got))
            if first and name.startswith("xl/") and fresh.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise Refused("import.odd_part", file=path.name, part=name)
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise Refused("import.entities", file=path.name, part=name)
            if sheet is not None:
                _look_at_sheet(path, name, sheet, fresh, window)
            elif re.search(r"(?i)workbook\d*\.xml$", name):
                found.strict = found.strict or b"purl.oclc.org/ooxml" in window
                found.epoch_1904 = found.epoch_1904 or bool(_1904.search(window))
    if sheet is not None:
        found.parts[name] = sheet


def _windows(file: IO[bytes]) -> Iterator[tuple[bool, bytes, bytes]]:
    """The content in pieces: whether it is the first, what is new, that behind the end of the last one."""
    tail = b""
    first = True
    while fresh := file.read(_CHUNK):
        window = tail + fresh
        yield first, fresh, window
        first = False
        tail = window[-_OVERLAP:]


def _look_at_sheet(path: Path, name: str, sheet: SheetPart, fresh: bytes, window: bytes) -> None:
    old = window[: len(window) - len(fresh)]
    for mark, attribute in ((b"row", "rows"), (b"c", "cells")):
        count = _opened(window, mark) - _opened(old, mark)
        setattr(sheet, attribute, getattr(sheet, attribute) + count)
    if sheet.rows > MAX_ROWS or sheet.cells > MAX_CELLS:
        raise Refused(
            "import.too_many", file=path.name, part=name, rows=f"{MAX_ROWS:,}", cells=f"{MAX_CELLS:,}"
        )
    if _MAYBE_FAR.search(window):
        _look_far(path, sheet, window)
    last = window.rfind(b"<row ")
    if last >= 0 and (match_row := _ROW_NUMBER.match(window, last)):
        sheet.last_row = max(sheet.last_row, int(match_row[1][:9]))
    if not sheet.uncalculated and (b"<f" in window or b":f" in window):
        sheet.uncalculated = bool(_UNCALCULATED.search(window))
    if b"mergeCell" in window:
        _collect_merges(sheet, window)


def _look_far(path: Path, sheet: SheetPart, window: bytes) -> None:
    """Refuse cells that lie far out; those with a format and nothing in them are only noted."""
    for match in _FAR.finditer(window):
        far_column, its_row, far_row = match.groups()
        row = far_row or its_row
        far_down = bool(row) and (len(row) > 7 or int(row) > LAST_ROW)
        far_right = bool(far_column) and (
            len(far_column) > 3 or column_number(far_column.decode()) >= LAST_COLUMN
        )
        if not (far_down or far_right) or window.find(b"<", match.end()) < 0:
            continue  # near, or cut off here and seen whole in the next window
        sheet.far = True
        nothing = _EMPTY if match[1] or b"c" in match[0][:3] else _NO_BARE_CELL
        if nothing.match(window, match.end()):
            continue  # only a format: calamine passes over it
        if far_right:
            raise Refused("import.far_column", file=path.name, cell=(far_column + its_row).decode())
        raise Refused("import.far_row", file=path.name, row=f"{int(row[:9]):,}")


def _opened(data: bytes, mark: bytes) -> int:
    """How many elements of that name begin; with a namespace prefix, too."""
    bare = data.count(b"<" + mark + b" ") + data.count(b"<" + mark + b">")
    return bare or data.count(b":" + mark + b" ") + data.count(b":" + mark + b">")


def _collect_merges(sheet: SheetPart, window: bytes) -> None:
    known = set(sheet.merges)
    for match in _MERGE.finditer(window):
        left, top, right, bottom = (part.decode() for part in match.groups())
        area = (int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
        if area not in known and len(sheet.merges) < MAX_MERGES:
            sheet.merges.append(area)


def column_number(text: str) -> int:
    """The number of a column, from 0, for its letters."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _megabytes(size: int) -> str:
    return f"{size / MB:,.0f}"
