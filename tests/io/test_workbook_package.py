"""The parts of a workbook are read alike by pattern and by parser, and nothing in them is trusted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from plans import planned
from roadwright.io.sample import sample_plan
from roadwright.io.workbook import package as package_module
from roadwright.io.workbook.fast_cells import rows_in, strings_in
from roadwright.io.workbook.package import Package
from roadwright.io.workbook.sheet_cells import CellMaker, Cells, Formula, Unreadable, column_name, unescaped
from roadwright.model.refused import Refused
from workbooks import TODAY, edited, exported, rewritten

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = (
    '<row r="2" spans="1:5"><c r="A2" s="3" t="s"><v>1</v></c><c r="B2"><v>45000.5</v></c><c r="C2" s="1"/>'
    '<c r="D2" t="str"><f>A2&amp;"x"</f><v>a &lt; b</v></c><c r="E2" t="b"><v>1</v></c></row>'
    '<row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7"><f>B2+1</f></c>'
    '<c r="C7"><f t="shared" ref="C7:C8" si="0">B7*2</f><v>3</v></c></row>'
    '<row r="8"><c r="C8"><f t="shared" si="0"/><v>4</v></c></row>'
)
STRINGS = '<si><t>zero</t></si><si><t xml:space="preserve"> one &amp; &#228;_x000D_ </t></si>'
EXPECTED: list[tuple[int, Cells]] = [
    (2, {0: " one & ä\r ", 1: 45000.5, 3: Formula('A2&"x"', "a < b"), 4: True}),
    (7, {0: Unreadable("#N/A"), 1: Formula("B2+1", None), 2: Formula("B7*2", 3.0)}),
    (8, {2: Formula("B7*2", 4.0)}),
]


def sheet(rows: str, before: str = "", prefix: str = "") -> bytes:
    """The part of a sheet; with a prefix for every element, as some programs write them."""
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    if prefix:
        text = text.replace("</", f"</{prefix}:").replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')
        text = text.replace("<worksheet", f"<{prefix}:worksheet").replace(
            "<sheetData", f"<{prefix}:sheetData"
        )
        for tag in ("row", "c", "v", "f"):
            text = text.replace(f"<{tag} ", f"<{prefix}:{tag} ").replace(f"<{tag}>", f"<{prefix}:{tag}>")
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{text}'.encode()


def read(tmp_path: Path, part: bytes, strings: str = STRINGS) -> list[tuple[int, Cells]]:
    """The rows of a workbook whose sheet Roadmap is that part."""
    table = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">{strings}</sst>'.encode()
    parts: dict[str, Callable[[bytes], bytes]] = {
        "xl/worksheets/sheet2.xml": lambda data: part,
        "xl/sharedStrings.xml": lambda data: table,
    }
    path = rewritten(exported(tmp_path, planned(A=("Mon", 1))), parts)
    with Package(path) as package:
        return list(package.rows(package.sheets[1]))


def test_the_usual_form(tmp_path: Path) -> None:
    assert rows_in(sheet(ROWS), CellMaker(["", " one & ä\r "])) == EXPECTED
    assert read(tmp_path, sheet(ROWS)) == EXPECTED


def test_a_text_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="AA1" t="s"><v>99</v></c><c r="AB1"><v>many</v></c></row>'
    assert read(tmp_path, sheet(rows)) == [(1, {26: Unreadable("99"), 27: Unreadable("many")})]


@pytest.mark.parametrize(
    "part",
    [
        sheet(ROWS, prefix="x"),
        sheet(ROWS, before="<!-- by somebody -->"),
        sheet(ROWS.replace('<c r="B2">', '<c s="2" r="B2">')),
        sheet(ROWS.replace("<v>", '<v xml:space="default">')),
        sheet(ROWS).replace(b"<row", b"\r\n<row"),
    ],
)
def test_other_forms_are_parsed(tmp_path: Path, part: bytes) -> None:
    assert rows_in(part, CellMaker(["", ""])) is None
    assert read(tmp_path, part) == EXPECTED


def test_cells_without_addresses_and_texts_in_place(tmp_path: Path) -> None:
    rows = '<row><c t="inlineStr"><is><t>in</t></is></c><c><v>2</v></c></row>'
    rows += '<row><c t="d"><v>2026-01-05</v></c></row>'
    assert read(tmp_path, sheet(rows)) == [(1, {0: "in", 1: 2.0}), (2, {0: "2026-01-05"})]


def test_rich_texts_keep_their_words_and_lose_their_hints(tmp_path: Path) -> None:
    rich = '<si><r><t>rich </t></r><r><rPr/><t>text</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>'
    rich += "<si><t/></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert strings_in(f"<sst>{rich}</sst>".encode()) is None
    assert read(tmp_path, sheet(rows), rich) == [(1, {0: "rich text", 1: ""})]


def test_pattern_and_parser_agree_on_our_own_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = exported(tmp_path, sample_plan(TODAY))
    for path in (ours, edited(ours, lambda hand: hand.put("RW-2", title="=1+1", notes="ä < b\n"))):
        with Package(path) as package:
            by_pattern = {ref.name: list(package.rows(ref)) for ref in package.sheets}
        with monkeypatch.context() as patched, Package(path) as package:
            patched.setattr(package_module, "rows_in", lambda *_: None)
            patched.setattr(package_module, "strings_in", lambda *_: None)
            by_parser = {ref.name: list(package.rows(ref)) for ref in package.sheets}
            first = [number for number, _ in package.rows(package.sheets[1], 5)]
        assert by_pattern == by_parser
        assert first == [number for number, _ in by_pattern["Roadmap"]][: len(first)]


@pytest.mark.parametrize(
    "part",
    [
        sheet(ROWS, before='<!DOCTYPE a [<!ENTITY b "c">]>'),
        sheet(ROWS).decode().encode("utf-16"),
        sheet(ROWS).replace(b"UTF-8", b"cp037"),
        sheet(ROWS)[:-40],
        sheet(ROWS, before="<!-- -->")[:-40],
    ],
)
def test_what_could_hide_something_is_refused(tmp_path: Path, part: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read(tmp_path, part)
    assert refusal.value.code == "workbook.damaged"


def test_far_cells(tmp_path: Path) -> None:
    assert read(tmp_path, sheet('<row r="1"><c r="XFD1"><v>1</v></c><c r="A1"><v>2</v></c></row>')) == [
        (1, {0: 2.0})
    ]
    with pytest.raises(Refused) as refusal:
        read(tmp_path, sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert refusal.value.code == "workbook.too_far"


def test_a_broken_zip_is_no_workbook(tmp_path: Path) -> None:
    path = exported(tmp_path, planned(A=("Mon", 1)))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(path.read_bytes()[:5000])
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    for file in (cut, empty, tmp_path / "absent.xlsx"):
        with pytest.raises(Refused) as refusal:
            Package(file)
        assert refusal.value.code == "workbook.not_one"


def test_columns_and_escapes() -> None:
    maker = CellMaker([])
    assert [maker.column(column_name(n)) for n in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]
    assert maker.column("A1B") >= 2_000
    assert unescaped("a_x000D_b_x005F_x0041_") == "a\rb_x0041_"
    assert unescaped("_xD83D__xDE00_ _xD83D_") == "😀 \ufffd"
