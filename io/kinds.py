"""What a file looks like from its first bytes, so that a refusal can name it."""

from __future__ import annotations

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "looks.old_office"),
    (b"%PDF", "looks.pdf"),
    (b"\x89PNG", "looks.image"),
    (b"\xff\xd8\xff", "looks.image"),
    (b"GIF8", "looks.image"),
    (b"\x1f\x8b", "looks.archive"),
    (b"7z\xbc\xaf", "looks.archive"),
    (b"Rar!", "looks.archive"),
    (b"SQLite format 3\0", "looks.database"),
    (b"BEGIN:VCALENDAR", "looks.calendar"),
    (b"\x7fELF", "looks.program"),
    (b"MZ", "looks.program"),
)
_INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"xl/", "looks.workbook"),
    (b"opendocument.spreadsheet", "looks.workbook"),
    (b"ppt/", "looks.slides"),
    (b"word/", "looks.text_document"),
)
_INSIDE_XML: tuple[tuple[bytes, str], ...] = (
    (b"schemas.microsoft.com/project", "looks.ms_project"),
    (b"<project ", "looks.gantt_project"),
    (b"<html", "looks.web_page"),
    (b"<!doctype html", "looks.web_page"),
)


def kind_of(data: bytes) -> str:
    """The code of the words for what `data`, a file's content, seems to be."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _INSIDE_ZIP if mark in data), "looks.archive")
    text = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return next((kind for mark, kind in _INSIDE_XML if mark in text.lower()), "looks.xml")
    if text.startswith((b"{", b"[")):
        return "looks.json"
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or (text and b"\0" not in text):
        return "looks.text"
    return "looks.unknown"
