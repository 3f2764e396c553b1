"""LibreOffice as somebody who edits a workbook by hand and saves it: by a macro, without a window."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{code}</script:module>"""
_MACRO = """
Sub Main
  On Error GoTo Finish
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  sheet = book.Sheets.getByName("Roadmap")
{steps}
  book.calculateAll()
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{saved}", form())
  form(0).Value = "HTML (StarCalc)"
  book.storeToURL("{page}", form())
  book.close(True)
Finish:
  If Err Then
    number = FreeFile
    Open ConvertFromURL("{trouble}") For Output As #number
    Print #number, Erl & ": " & Error
    Close #number
  End If
  StarDesktop.terminate()
End Sub
"""


def edited_in_office(folder: Path, path: Path, steps: Sequence[str]) -> tuple[Path, Path]:
    """The workbook after lines of Basic about its `sheet` Roadmap, as .xlsx and as a page of HTML in which
    every cell has the colour that it shows. Skips the test where LibreOffice is not installed.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    saved, page, trouble = (folder / f"by hand.{suffix}" for suffix in ("xlsx", "html", "txt"))
    macro = _MACRO.format(
        source=path.as_uri(),
        steps="\n".join(steps),
        saved=saved.as_uri(),
        page=page.as_uri(),
        trouble=trouble.as_uri(),
    )
    for profile in (folder / "hands", folder / "other hands"):  # now and then one hangs for ever as it starts
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        try:
            _run(*command, "--terminate_after_init")
            module = profile / "user" / "basic" / "Standard" / "Module1.xba"
            module.write_text(_MODULE.format(code=escape(macro)), "utf-8")
            _run(*command, "macro:///Standard.Module1.Main")
        except subprocess.TimeoutExpired:
            continue
        if page.exists():
            return saved, page
    raise AssertionError(trouble.read_text() if trouble.exists() else "LibreOffice did not save the workbook")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def put(address: str, value: str | float | date) -> str:
    """Type a value into a cell."""
    cell = f'sheet.getCellRangeByName("{address}")'
    if isinstance(value, str):
        return f'  {cell}.String = "{value}"'
    number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
    return f"  {cell}.Value = {number}"


def delete_row(number: int) -> str:
    return f"  sheet.Rows.removeByIndex({number - 1}, 1)"


def insert_row(number: int) -> str:
    return f"  sheet.Rows.insertByIndex({number - 1}, 1)"


def sort_down(area: str, column: int) -> list[str]:
    """Sort the rows of an area by one of its columns, from 0, the greatest first."""
    return [
        "  Dim key(0) As New com.sun.star.table.TableSortField",
        f"  key(0).Field = {column} : key(0).IsAscending = False",
        "  Dim how(1) As New com.sun.star.beans.PropertyValue",
        '  how(0).Name = "SortFields" : how(0).Value = key()',
        '  how(1).Name = "ContainsHeader" : how(1).Value = False',
        f'  sheet.getCellRangeByName("{area}").sort(how())',
    ]


class _Colors(HTMLParser):
    """Text and colour of every cell of every table, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            cell = ("", (given.get("bgcolor") or "").upper())
            self.tables[-1][-1] += [cell] * int(given.get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            text, color = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (f"{text}{data.strip()}", color)


def colors_of(page: Path, sheet: str) -> list[list[tuple[str, str]]]:
    """Rows of (text, colour) of a sheet, without the columns that are hidden."""
    parser = _Colors()
    text = page.read_text("utf-8")
    parser.feed(text)
    names = re.findall(r"<em>([^<]*)</em></h1>", text, re.IGNORECASE)
    return parser.tables[names.index(sheet) + (len(parser.tables) - len(names))]
