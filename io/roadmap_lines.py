"""The lines of a `.roadmap`: what each kind of line says, how it is written, how it is read.

docs/file-format.md describes them for people who write programs of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from ..model.history.step import Step
from ..model.plan import Plan
from ..model.records import TABLES, AnyRecord
from ..model.refused import Refused
from . import migrations
from .kinds import kind_of
from .mending import Tables
from .salvage import LONGEST_LINE, Findings, guess, plain, record_of, repaired, what_is
from .strings import say

FORMAT = "roadmap"
VERSION = 2

BEGINNING = b'{"format":"roadmap"'
_RECORD = b'{"table":"'
_STEP = b'{"time":"'
_END = b'{"end":{'


class Header(msgspec.Struct, frozen=True):
    """The first line: what the file is, who wrote it, when."""

    format: str
    version: int
    app: str = ""
    plan: str = ""
    saved: str = ""
    """UTC, ISO 8601, to the second."""


class Seal(msgspec.Struct, frozen=True):
    """What the last line says of all before it."""

    lines: int
    sha256: str


class End(msgspec.Struct, frozen=True):
    """The last line."""

    end: Seal


# Reading


def unsealed(data: bytes, findings: Findings) -> tuple[list[bytes], bool]:
    """The lines before the last, and whether that one confirms them; if not, with a complaint."""
    lines = data.split(b"\n")
    while lines and not lines[-1].strip():
        lines.pop()
    at = next((n for n, line in enumerate(lines) if line.startswith(_END)), None)
    if at is None:
        findings.add("file.cut", len(lines), count=len(lines))
        return lines, False
    try:
        seal = msgspec.json.decode(lines[at], type=End).end
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        findings.add("file.cut", at + 1, count=at)
        lines[at] = b""
        return lines, False
    body = data[: sum(map(len, lines[:at])) + at]
    if hashlib.sha256(body).hexdigest() == seal.sha256 and seal.lines == at:
        if at + 1 < len(lines):
            findings.add("file.after_end", at + 2, "file.left_out", count=len(lines) - at - 1)
        return lines[:at], True
    code = "file.lines_missing" if at < seal.lines else "file.altered"
    findings.add(code, at + 1, count=at, sealed=seal.lines, missing=seal.lines - at)
    lines[at] = b""
    return lines, False


def header_of(lines: list[bytes], file: str, findings: Findings) -> Header:
    first = lines[0] if lines else b""
    try:
        header = msgspec.json.decode(first, type=Header)
        if header.format == FORMAT and (header.version > VERSION or _can_open(header.version)):
            return header
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    if any(line.startswith(_RECORD) for line in lines):
        findings.add("file.header", 1, "file.header_guessed", version=VERSION)
        return Header(FORMAT, VERSION)
    if BEGINNING.startswith(first[: len(BEGINNING)]):
        raise Refused("file.nothing_left", file=file)
    raise Refused("file.other_kind", file=file, kind=say(kind_of(b"\n".join(lines))))


def _can_open(version: int) -> bool:
    return version == VERSION or (version < VERSION and migrations.can_migrate(version, VERSION))


def read_lines(
    lines: list[bytes], version: int, intact: bool, findings: Findings
) -> tuple[Tables, list[bytes]]:
    history: list[bytes] = []
    read = _OldReader(version, findings) if version < VERSION else _Reader(findings)
    for number, line in enumerate(lines[1:], 2):
        if line.startswith(_RECORD):
            read.record(line, number)
        elif line.startswith(_STEP):
            if intact or _is_json(line):
                history.append(line)
            else:
                findings.add("file.step_unreadable", number, "file.left_out", what=guess(line))
        elif line.strip() and not (not intact and line.startswith(BEGINNING)):
            read.odd(line, number)
    return read.finished(), history


class _Reader:
    """Puts lines into tables: by the fast way while they are as we write them, else with care."""

    def __init__(self, findings: Findings) -> None:
        self._tables: Tables = {name: {} for name in TABLES}
        self._findings = findings
        self._decoders: dict[bytes, tuple[str, Callable[[bytes], AnyRecord]]] = {
            _beginning(name): (name, msgspec.json.Decoder(kind).decode) for name, kind in TABLES.items()
        }

    def record(self, line: bytes, number: int) -> None:
        beginning = line[: line.find(b",") + 1]
        name, decode = self._decoders.get(beginning, ("", None))
        if decode is not None and len(line) <= LONGEST_LINE:
            try:
                self._put(name, decode(b"{" + line[len(beginning) :]), number)
                return
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                pass
        self.odd(line, number)

    def odd(self, line: bytes, number: int) -> None:
        if found := repaired(line, number, self._findings):
            self._put(*found, number)

    def finished(self) -> Tables:
        return self._tables

    def _put(self, name: str, record: AnyRecord, number: int) -> None:
        table = self._tables[name]
        at = (name, record.id)
        if record.id not in table:
            table[record.id] = record
            self._findings.lines[at] = number
        elif table[record.id] == record:
            first = self._findings.lines[at]
            self._findings.note("file.same_twice", number, "file.left_out", first=first)
        else:
            values = {"what": what_is(name, record), "first": self._findings.lines[at]}
            self._findings.add("file.id_twice", number, "file.left_out", **values)


class _OldReader(_Reader):
    """Keeps the records of an older version as plain dicts until all are there to be migrated."""

    def __init__(self, version: int, findings: Findings) -> None:
        super().__init__(findings)
        self._version = version
        self._records: migrations.Records = []
        self._lines: dict[str, int] = {}

    def record(self, line: bytes, number: int) -> None:
        values = plain(line, number, self._findings)
        if values is not None:
            self._lines[str(values.get("id"))] = number
            self._records.append(values)

    odd = record

    def finished(self) -> Tables:
        for values in migrations.migrate(self._records, self._version, VERSION):
            number = self._lines.get(str(values.get("id")), 0)
            if found := record_of(values, number, self._findings):
                self._put(*found, number)
        return self._tables


def _beginning(table: str) -> bytes:
    return _RECORD + table.encode() + b'",'


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


# Writing


def record_lines(name: str, plan: Plan) -> list[bytes]:
    beginning = _beginning(name)
    encode = msgspec.json.Encoder(order="deterministic").encode
    table = plan.table(name)
    lines = []
    for id in sorted(table):
        try:
            lines.append(beginning + encode(table[id])[1:])
        except UnicodeEncodeError as error:  # half of a character that takes two: not a text
            raise Refused("file.text_impossible", what=what_is(name, table[id])) from error
    return lines


def step_line(step: Step) -> bytes:
    """A kept change as a line of the file's history."""
    line: dict[str, Any] = {"time": step.time}
    line |= {name: value for name in ("author", "verb", "reason") if (value := getattr(step, name))}
    line["patch"] = step.change.patch()
    try:
        return msgspec.json.encode(line)
    except UnicodeEncodeError as error:
        raise Refused("file.text_impossible", what=step.verb) from error
