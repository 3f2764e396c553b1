"""Workbooks for tests: written, edited as people and their programs edit them, and read back."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from roadwright.io.complaint import Imported
from roadwright.io.workbook.columns import FIRST_ROW, KEY_ROW, MARK
from roadwright.io.workbook.read import read_workbook
from roadwright.io.workbook.write import write_workbook
from roadwright.model.plan import Plan
from roadwright.model.records import View
from roadwright.model.schedule import schedule

TODAY = date(2026, 1, 14)


def exported(folder: Path, plan: Plan, view: View | None = None) -> Path:
    """The plan as a workbook."""
    path = folder / "plan.xlsx"
    write_workbook(path, plan, schedule(plan), view, TODAY)
    return path


class Hand:
    """Somebody who edits the Roadmap sheet: by key and field, not by address."""

    def __init__(self, book: Any, path: Path) -> None:
        self.book = book
        self._path = path
        self._values: Worksheet | None = None
        self.sheet: Worksheet = book["Roadmap"]
        marks = {c: self.sheet.cell(KEY_ROW + 1, c).value for c in range(1, self.sheet.max_column + 1)}
        self.columns = {
            str(mark)[len(MARK) :].split(" ")[0]: column for column, mark in marks.items() if mark
        }
        self.first = FIRST_ROW + 1

    def shown(self, cell: Any) -> Any:
        """What a cell shows: of a formula the result that it was exported with."""
        if not (isinstance(cell.value, str) and cell.value.startswith("=")):
            return cell.value
        if self._values is None:
            self._values = openpyxl.load_workbook(self._path, data_only=True)["Roadmap"]
        return self._values[cell.coordinate].value

    @property
    def last(self) -> int:
        """The last row that has something in it."""
        rows = range(self.sheet.max_row, 0, -1)
        return next(row for row in rows if any(cell.value is not None for cell in self.sheet[row]))

    def row(self, key: str) -> int:
        column = self.columns["key"]
        rows = range(self.first, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, column).value == key)

    def cell(self, key: str, field: str) -> Any:
        return self.sheet.cell(self.row(key), self.columns[field])

    def put(self, key: str, **values: Any) -> None:
        for field, value in values.items():
            self.cell(key, field).value = value

    def add(self, **values: Any) -> None:
        """Type a row under the table."""
        row = self.last + 1
        for field, value in values.items():
            self.sheet.cell(row, self.columns[field]).value = value

    def lines(self) -> list[list[Any]]:
        """The rows of the table as values."""
        width = self.sheet.max_column
        return [
            [self.sheet.cell(row, column).value for column in range(1, width + 1)]
            for row in range(self.first, self.last + 1)
        ]

    def set_lines(self, lines: list[list[Any]]) -> None:
        for row, line in enumerate(lines, self.first):
            for column, value in enumerate(line, 1):
                if isinstance(value, str) and value.startswith("="):  # it reads its own row wherever that is
                    value = re.sub(r"(\$[A-Z]+)\d+", rf"\g<1>{row}", value)
                self.sheet.cell(row, column).value = value


def at_hand(path: Path) -> Hand:
    """The workbook, open to be looked at and edited."""
    with warnings.catch_warnings(action="ignore"):
        return Hand(openpyxl.load_workbook(path), path)


def edited(path: Path, edit: Callable[[Hand], None]) -> Path:
    """A copy of the workbook, edited and saved by openpyxl."""
    with warnings.catch_warnings(action="ignore"):  # it says which decorations it drops
        hand = at_hand(path)
        edit(hand)
    copy = path.with_name(f"edited-{path.name}")
    hand.book.save(copy)
    return copy


def answered(path: Path, edit: Callable[[Hand], None]) -> Imported:
    """What is read of the workbook after somebody edited it."""
    return read_workbook(edited(path, edit))


def changed(plan: Plan, imported: Imported) -> dict[str, dict[str, Any]]:
    """The item fields that differ from the plan, by key."""
    result: dict[str, dict[str, Any]] = {}
    for edit in imported.plan.since(plan).touched("items"):
        before, after = edit.before, edit.after
        if before is None:
            result[after.key] = {"new": True}
        elif after is None:
            result[before.key] = {"gone": True}
        else:
            names = after.__struct_fields__
            values = {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}
            result[before.key] = values
    return result


def codes(imported: Imported) -> list[str]:
    return [complaint.code for complaint in imported.complaints]


def rewritten(path: Path, parts: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """A copy of the workbook with some of its parts changed."""
    copy = path.with_name(f"rewritten-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, parts[name](data) if name in parts else data)
    return copy


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97", "pdf": "pdf"}


def through_libreoffice(folder: Path, path: Path, form: str) -> Path:
    """What is left of a workbook that LibreOffice saved in a form, and then as .xlsx."""
    if form != "xlsx":
        (folder / form).mkdir()
        [path] = converted(folder / form, form, path)
    return resaved_by_libreoffice(folder, path)[0]


def resaved_by_libreoffice(folder: Path, *paths: Path, recalculate: bool = False) -> list[Path]:
    """Copies that LibreOffice opened and saved; skips the test where it is not installed."""
    return converted(folder, "xlsx", *paths, recalculate=recalculate)


def converted(folder: Path, form: str, *paths: Path, recalculate: bool = False) -> list[Path]:
    """What LibreOffice makes of files in another form; skips the test where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    out = folder / "saved"
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    if recalculate:
        (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
    ]
    command += [FILTERS[form], "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [(out / path.name).with_suffix(f".{form}") for path in paths]
