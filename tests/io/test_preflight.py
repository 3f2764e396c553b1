"""What is found out about a file before any parser sees it: each danger has its own sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from roadwright.io.importing import import_file
from roadwright.io.strings import knows, say
from roadwright.io.tables import preflight, readers
from roadwright.io.tables.preflight import check
from roadwright.model.refused import Refused
from tables import codes, said, workbook

ROWS = [["Task", "Start"], ["A", "2026-01-05"], ["B", "2026-01-06"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A workbook with a part of it changed."""
    workbook(path, ROWS)
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        import_file(path)
    assert knows(refused.value.code)
    sentence = say(refused.value.code, **refused.value.values)
    assert path.name in sentence
    assert "{" not in sentence
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import.empty"),
        (b"%PDF-1.7\n%...", "import.pdf"),
        (b"<!DOCTYPE html><html><table><tr><td>Task</td></tr></table></html>", "import.html"),
        (b"\xef\xbb\xbf  <html><body>", "import.html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "import.html"),
        (b'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project">', "planner.damaged"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "import.xml_2003",
        ),
        (b'{"cards": []}', "planner.other_json"),
        (b'[{"title": "A"}]', "import.json"),
        (b"[1, 2]", "import.json"),
        (b"<plan/>", "import.xml"),
        (b"{\\rtf1 hello}", "import.word"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "planner.nothing"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(400), "import.password"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(400), "import.word"),
        (OLE + "   Props14".encode("utf-16-le") + bytes(400), "import.project"),
        (OLE + bytes(400), "import.not_a_table"),
        (bytes(range(256)) * 20, "import.not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "import.not_a_table"),
        (b"PK\x03\x04 this is no zip at all", "import.truncated"),
        (b"\xac\xed\x00\x05sr\x00\x11java.util.HashMap", "planner.serialized"),
    ],
)
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_other_files_under_any_name(tmp_path: Path, data: bytes, code: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert code_of(path) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"Index__Document.iwa": b"x"}, "import.numbers"),
        ({"word__document_xml": b"<w/>"}, "import.word"),
        ({"ppt__presentation_xml": b"<p/>"}, "import.slides"),
        ({"readme.txt": b"hello"}, "import.zip"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "import.not_a_table"),
        (
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "META-INF__manifest_xml": b"<manifest:encryption-data/>",
            },
            "import.password",
        ),
    ],
)
def test_other_zips(tmp_path: Path, parts: dict[str, bytes], code: str) -> None:
    assert code_of(zipped(tmp_path / "plan.xlsx", **parts)) == code


def test_there_is_no_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "missing.xlsx") == "file.missing"
    assert code_of(tmp_path) == "file.folder"


def test_the_mark_of_an_open_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$plan.xlsx"
    path.write_bytes(b"\x05Alice" + bytes(150))
    assert code_of(path) == "import.lock_file"


def test_every_cut_of_a_workbook_is_refused_or_read(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "plan.xlsx", ROWS).read_bytes()
    path = tmp_path / "cut.xlsx"
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        assert code_of(path) in ("import.empty", "import.truncated", "import.not_a_table")


def test_flipped_bits_never_end_in_a_traceback(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "plan.xlsx", ROWS).read_bytes()
    path = tmp_path / "flipped.xlsx"
    for at in range(0, len(whole), 61):
        data = bytearray(whole)
        data[at] ^= 1 << (at % 8)
        path.write_bytes(data)
        try:
            found = len(import_file(path).plan.items)
        except Refused as refusal:
            found = 0 if knows(refusal.code) else -1
        assert 0 <= found <= 3


def test_entity_definitions(tmp_path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sheetData'
    for part in (SHEET, "xl/workbook.xml"):
        old = b"<sheetData" if part == SHEET else b"<sheets"
        assert code_of(changed(tmp_path / "plan.xlsx", part, old, evil)) == "import.entities"


def test_a_definition_on_the_border_of_two_pieces(tmp_path: Path) -> None:
    for offset in range(-12, 2):
        blanks = b" " * (preflight._CHUNK - 400 + offset)
        path = changed(
            tmp_path / "plan.xlsx", "docProps/app.xml", b"<Properties", blanks + b"<!DOCTYPE x><Properties"
        )
        assert code_of(path) == "import.entities"


def test_a_bomb(tmp_path: Path) -> None:
    path = zipped(tmp_path / "plan.xlsx", xl__workbook_xml=b"<w/>", xl__big_xml=b" " * (20 << 20))
    assert path.stat().st_size < 100_000
    assert code_of(path) == "import.bomb"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "plan.xlsx", xl__workbook_xml=b"<w/>", xl__big_xml=b" " * (20 << 20))
    data = path.read_bytes()
    path.write_bytes(data.replace((20 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert code_of(path) == "import.truncated"


def test_too_many_parts_and_twins(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(preflight.MAX_ENTRIES + 1):
            archive.writestr(f"xl/{n}.xml", b"")
    assert code_of(path) == "import.parts"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/workbook.xml", b"<b/>")
    assert code_of(path) == "import.twin_parts"


def test_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_FILE", 1000)
    assert code_of(workbook(tmp_path / "plan.xlsx", ROWS)) == "import.too_big"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "import.far_row"),
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "import.far_column"),
        (b'<row r="5"><c r="XFD5" t="n"><v>1</v></c></row>', "import.far_column"),
        (b"<row r='5'><c r='XFD5'><v>1</v></c></row>", "import.far_column"),
        (b'<row  r = "999999" ><c ><v>1</v></c></row>', "import.far_row"),
        (b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "import.far_row"),
    ],
)
def test_cells_far_out(tmp_path: Path, cell: bytes, code: str) -> None:
    assert code_of(changed(tmp_path / "plan.xlsx", SHEET, b"</sheetData>", cell + b"</sheetData>")) == code


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576" ht="12"/>',
        b'<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        b'<row r="1048576"><c r="A1048576" s="0"></c></row>',
        b'<row r="9"><c r="XFD9" s="0" /></row>',
    ],
)
def test_formats_far_out_with_nothing_in_them(tmp_path: Path, cell: bytes) -> None:
    path = changed(tmp_path / "plan.xlsx", SHEET, b"</sheetData>", cell + b"</sheetData>")
    assert len(import_file(path).plan.items) == 2


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MAX_ROWS", 2)
    assert code_of(workbook(tmp_path / "plan.xlsx", ROWS)) == "import.too_many"


def test_the_strict_form_is_read(tmp_path: Path) -> None:
    """openpyxl takes it for a workbook without sheets, and says nothing."""
    path = changed(
        tmp_path / "plan.xlsx",
        "xl/workbook.xml",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert check(path).strict
    assert len(import_file(path).plan.items) == 2


def test_macros_are_told_of(tmp_path: Path) -> None:
    path = workbook(tmp_path / "plan.xlsm", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
        archive.writestr("xl/externalLinks/externalLink1.bin", b"")
    imported = import_file(path)
    assert len(imported.plan.items) == 2
    assert {"import.macros", "import.other_files"} <= set(codes(imported, "note"))
    assert said(imported, "import.macros")[0].file == "plan.xlsm"


def test_a_reader_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed(
        tmp_path / "plan.xlsx", "xl/workbook.xml", b"<sheets", b"<!-- purl.oclc.org/ooxml --><sheets"
    )
    monkeypatch.setattr(readers, "TIME_LIMIT", -1.0)
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(readers.child, "__file__", str(sleeper))
    assert code_of(path) == "import.too_slow"


def test_a_reader_that_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed(
        tmp_path / "plan.xlsx", "xl/workbook.xml", b"<sheets", b"<!-- purl.oclc.org/ooxml --><sheets"
    )
    dying = tmp_path / "dying.py"
    dying.write_text("import os; os.abort()")
    monkeypatch.setattr(readers.child, "__file__", str(dying))
    assert code_of(path) == "import.reader_failed"


def test_cancelling_ends_the_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed(
        tmp_path / "plan.xlsx", "xl/workbook.xml", b"<sheets", b"<!-- purl.oclc.org/ooxml --><sheets"
    )
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(readers.child, "__file__", str(sleeper))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, progress=stop)


def test_a_markdown_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# Plan\n\n| Key | Title |\n| --- | ---: |\n| RW-1 | A |\n", "utf-8")
    with pytest.raises(Refused) as refused:
        import_file(path)
    assert refused.value.code == "import.markdown"
