"""Getting what is good out of the damaged lines of a `.roadmap`, and saying exactly what was not.

A line that can be understood only in part gives the record with its defaults in the place of what is
unreadable; a line that can't be understood at all is left out and named by what can still be seen of it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ..model.records import TABLES, AnyRecord
from .complaint import Complaint
from .strings import say

MOST_COMPLAINTS = 1000
"""More than these are counted, not listed."""
LONGEST_LINE = 1 << 24
"""Bytes of a line; a record has never anything like that many."""
_REPLACEABLE = {"key", "title", "name"}
"""Required fields that may be empty rather than lose the record."""
_TABLE = re.compile(rb'"table":"(\w+)"')
_NAME = re.compile(rb'"(?:key|title|name)":"((?:[^"\\]|\\.){1,80})')
_SHOWN = 60


class Findings:
    """The complaints about one file, in the order they were made."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[tuple[str, str], int] = {}
        """Where each record stands, by table and id."""
        self._complaints: list[Complaint] = []
        self._unlisted = 0

    def add(self, code: str, line: int = 0, done: str = "", /, **values: object) -> None:
        self._list(Complaint(code, values, self.file, line=line, done=done))

    def note(self, code: str, line: int = 0, done: str = "", /, **values: object) -> None:
        """Add a complaint about something by which nothing is lost."""
        self._list(Complaint(code, values, self.file, line=line, done=done, level="note"))

    def of(self, record: AnyRecord, table: str, code: str, done: str, /, **values: object) -> None:
        """Add a complaint about a record, with its line."""
        line = self.lines.get((table, record.id), 0)
        self.add(code, line, done, what=what_is(table, record), **values)

    def _list(self, complaint: Complaint) -> None:
        if len(self._complaints) < MOST_COMPLAINTS:
            self._complaints.append(complaint)
        else:
            self._unlisted += 1

    def complaints(self) -> tuple[Complaint, ...]:
        if not self._unlisted:
            return tuple(self._complaints)
        more = Complaint("file.more_complaints", {"count": self._unlisted}, self.file)
        return (*self._complaints, more)


def what_is(table: str, record: AnyRecord | None = None, name: str = "") -> str:
    """A record in words, for complaints: `item RW-12`, `team Payments`."""
    for attribute in ("key", "title", "name"):
        name = name or getattr(record, attribute, "")
    return say(f"record.{table}", name=shown(name)).strip()


def repaired(line: bytes, number: int, findings: Findings) -> tuple[str, AnyRecord] | None:
    """The record of a line that does not read as it should, with its table, or None if nothing is left of
    it."""
    values = plain(line, number, findings)
    return None if values is None else record_of(values, number, findings)


def plain(line: bytes, number: int, findings: Findings) -> dict[str, Any] | None:
    """The plain values of a line that holds a record, or None, with a complaint."""
    if len(line) > LONGEST_LINE:
        findings.add(
            "file.line_too_long", number, "file.left_out", what=guess(line[:4096]), most=LONGEST_LINE
        )
        return None
    try:
        values = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        findings.add("file.line_unreadable", number, "file.left_out", what=guess(line))
        return None
    if not isinstance(values, dict) or not isinstance(values.get("table"), str):
        findings.add("file.line_unknown", number, "file.left_out", what=shown(line.decode("utf-8")))
        return None
    return values


def record_of(values: dict[str, Any], number: int, findings: Findings) -> tuple[str, AnyRecord] | None:
    """The record that plain values describe, without those of them that can't be."""
    table = str(values.pop("table"))
    if table not in TABLES:
        findings.add("file.table_unknown", number, "file.left_out", table=shown(table))
        return None
    kind = TABLES[table]
    name = next((str(values[n]) for n in ("key", "title", "name") if isinstance(values.get(n), str)), "")
    fit: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.name in values:
            value = values.pop(field.name)
            try:
                fit[field.name] = msgspec.convert(value, field.type)
                continue
            except (msgspec.ValidationError, ValueError, OverflowError, RecursionError):
                done = "file.left_out" if field.required else "file.defaulted"
                place = {"what": what_is(table, name=name), "field": field.name}
                findings.add("file.field_unreadable", number, done, **place, text=shown(value))
        if field.required and field.name in _REPLACEABLE:
            fit[field.name] = ""
        elif field.required:
            what = what_is(table, name=name)
            findings.add("file.record_incomplete", number, "file.left_out", what=what, field=field.name)
            return None
    for unknown in values:
        what = what_is(table, name=name)
        findings.add("file.field_unknown", number, "file.left_out", what=what, field=shown(unknown))
    return table, kind(**fit)


def guess(line: bytes) -> str:
    """What an unreadable line was, by what can still be seen in it."""
    table = _TABLE.search(line)
    name = _NAME.search(line)
    known = table[1].decode("ascii", "replace") if table else ""
    if known not in TABLES:
        return say("record.unknown", name=shown(line[:_SHOWN].decode("utf-8", "replace")))
    return what_is(known, name=name[1].decode("utf-8", "replace") if name else "")


def shown(value: object) -> str:
    """A value from a file, short enough for a message and on one line."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists in lists
        text = type(value).__name__
    text = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: 2 * _SHOWN]
    )
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
