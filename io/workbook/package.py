"""The parts of an .xlsx file, read as a stream: sheets, their cells, the epoch of their dates.

An own reader and not openpyxl because what openpyxl makes alike must be told apart (an empty cell, a formula
that was never calculated), and because it takes a fraction of the time. Nothing here trusts the file: parts
are limited in size, entity definitions are refused before a parser sees them, nothing is fetched or run.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import msgspec

from ...model.refused import Refused
from .fast_cells import rows_in, strings_in
from .sheet_cells import COLUMN_LIMIT, CellMaker, Cells, CellValue, Value, unescaped

PART_LIMIT = 300 << 20
"""Bytes of one part, unpacked."""
ROW_LIMIT = 400_000


class SheetRef(msgspec.Struct, frozen=True):
    """A sheet of the workbook."""

    name: str
    part: str
    hidden: bool


class Package:
    """An .xlsx file, opened for reading; close it, or use it as a context.

    Raises:
        Refused("workbook.not_one", file): it is no .xlsx workbook.
        Refused("workbook.damaged", file, part): a part can't be read.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.file = os.path.basename(os.fspath(path))
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Refused("workbook.not_one", file=self.file) from error
        try:
            self._read_index()
        except BaseException:
            self._zip.close()
            raise
        self._strings: list[str] | None = None

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """A part, unpacked and found harmless.

        Raises:
            Refused("workbook.damaged", file, part): it is missing, broken, too large or defines entities.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(PART_LIMIT + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise self._damaged(name) from error
        if len(data) > PART_LIMIT or not _harmless(data):
            raise self._damaged(name)
        return data

    def rows(self, sheet: SheetRef, most: int = -1) -> Iterator[tuple[int, Cells]]:
        """Each row that has a cell, as its number from 1 and its cells; of the first `most` rows if given.

        Raises:
            Refused("workbook.too_far", file, sheet): a row lies far below any table.
        """
        data = self.part(sheet.part)
        maker = CellMaker(self.strings)
        usual = rows_in(data, maker, most)
        rows = islice(self._parsed(sheet.part, data), most if most >= 0 else None) if usual is None else usual
        for number, cells in rows:
            if number > ROW_LIMIT:
                raise Refused("workbook.too_far", file=self.file, sheet=sheet.name)
            if cells:
                yield number, cells

    def _parsed(self, part: str, data: bytes) -> Iterator[tuple[int, Cells]]:
        maker = CellMaker(self.strings)
        number = 0
        for element in self._elements(part, data, "row"):
            given = element.get("r")
            number = int(given) if given and given.isdecimal() else number + 1
            yield number, _row_cells(element, maker)

    @property
    def strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        if self._strings is None:
            self._strings = []
            if self._strings_part in self._zip.namelist():
                data = self.part(self._strings_part)
                usual = strings_in(data)
                parsed = (_text(element) for element in self._elements(self._strings_part, data, "si"))
                self._strings = list(parsed) if usual is None else usual
        return self._strings

    @property
    def title(self) -> str:
        """What the workbook's properties call it."""
        return self._property("title")

    @property
    def author(self) -> str:
        """Who saved it last, as its properties say, else who made it."""
        return self._property("lastModifiedBy") or self._property("creator")

    @property
    def modified(self) -> str:
        """When it was saved last, as its properties say: UTC, ISO 8601."""
        return self._property("modified")

    @property
    def facts(self) -> dict[str, str]:
        """What an export says of itself outside of its sheets, by names that begin with `rw_`."""
        found: dict[str, str] = dict(
            pair for word in self._property("keywords").split() if len(pair := word.split("=", 1)) == 2
        )
        if "docProps/custom.xml" in self._zip.namelist():
            for element in self._tree("docProps/custom.xml"):
                text = next((child.text for child in element if child.text), "")
                found[element.get("name", "")] = text or ""
        found |= self._names
        return {name: value for name, value in found.items() if name.startswith("rw_") and value}

    def _property(self, name: str) -> str:
        if "docProps/core.xml" not in self._zip.namelist():
            return ""
        texts = (e.text or "" for e in self._tree("docProps/core.xml").iter() if _local(e.tag) == name)
        return next(texts, "").strip()

    def _read_index(self) -> None:
        main = self._main_part()
        root = self._tree(main)
        related = self._related(main)
        self.date1904 = False
        self.sheets: list[SheetRef] = []
        self._names: dict[str, str] = {}
        for element in root.iter():
            tag = _local(element.tag)
            if tag == "workbookPr":
                self.date1904 = element.get("date1904") in ("1", "true", "on")
            elif tag == "definedName" and (element.text or "").startswith('"'):
                self._names[element.get("name", "")] = (element.text or "").strip('"')
            elif tag == "sheet":
                id = next((value for name, value in element.items() if name.endswith("}id")), "")
                kind, part = related.get(id, ("", ""))
                if kind == "worksheet":
                    hidden = element.get("state", "visible") != "visible"
                    self.sheets.append(SheetRef(element.get("name", ""), part, hidden))
        strings = next((part for kind, part in related.values() if kind == "sharedStrings"), "")
        self._strings_part = strings

    def _main_part(self) -> str:
        """The name of the part that lists the sheets."""
        names = set(self._zip.namelist())
        if "_rels/.rels" in names:
            for kind, part in self._related("").values():
                if kind == "officeDocument" and part in names and part.endswith(".xml"):
                    return part
        if "xl/workbook.xml" in names:
            return "xl/workbook.xml"
        raise Refused("workbook.not_one", file=self.file)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id to (kind, part) of what a part refers to inside the file."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        result = {}
        for element in self._tree(relations):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            result[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], full)
        return result

    def _tree(self, part: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self.part(part))
        except ElementTree.ParseError as error:
            raise self._damaged(part) from error

    def _elements(self, part: str, data: bytes, tag: str) -> Iterator[ElementTree.Element]:
        """Every element of that name, one at a time: each is emptied after use."""
        wanted: str | None = None
        try:
            for _, element in ElementTree.iterparse(BytesIO(data)):
                if element.tag == wanted:
                    yield element
                    element.clear()
                elif wanted is None and _local(element.tag) == tag:
                    wanted = element.tag
                    yield element
                    element.clear()
        except ElementTree.ParseError as error:
            raise self._damaged(part) from error

    def _damaged(self, part: str) -> Refused:
        return Refused("workbook.damaged", file=self.file, part=part)


def _row_cells(row: ElementTree.Element, maker: CellMaker) -> Cells:
    """A row as a parser gives it, whatever its form."""
    cells: Cells = {}
    column = -1
    for cell in row:
        given = cell.get("r")
        column = column + 1 if given is None else maker.column(given.rstrip("0123456789"))
        if column < COLUMN_LIMIT:
            value = _cell_value(cell, maker)
            if value is not None:
                cells[column] = value
    return cells


def _cell_value(cell: ElementTree.Element, maker: CellMaker) -> CellValue:
    kind = cell.get("t", "")
    formula: ElementTree.Element | None = None
    value: Value = None
    for child in cell:
        tag = _local(child.tag)
        if tag == "v":
            value = maker.value(kind, child.text or "")
        elif tag == "f":
            formula = child
        elif tag == "is":
            value = _text(child)
    if formula is None:
        return value
    if value is None and kind == "str" and any(_local(child.tag) == "v" for child in cell):
        value = ""
    shared = formula.get("si", "") if formula.get("t") == "shared" else ""
    return maker.formula(formula.text or "", shared, value)


_ENCODING = re.compile(
    rb"^\xef\xbb\xbf<\?xml[^>]*?encoding=[\"']([^\"']+)|^<\?xml[^>]*?encoding=[\"']([^\"']+)"
)


def _harmless(data: bytes) -> bool:
    """No entity definitions, and no encoding in which they could hide from this look."""
    found = _ENCODING.match(data[:200])
    if found and (found[1] or found[2]).lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        return False
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return b"<!DOCTYPE" not in data and b"<!ENTITY" not in data


def _text(element: ElementTree.Element) -> str:
    """The text of a string item, with all its runs and without phonetic hints."""
    if len(element) == 1 and not len(element[0]):
        return unescaped(element[0].text or "")
    parts = []
    for child in element:
        tag = _local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if _local(run.tag) == "t")
    return unescaped("".join(parts))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
