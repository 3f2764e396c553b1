"""The document `.roadmap`: opened with all that is good in it, saved whole or not at all.

UTF-8 JSON Lines: a header, one record per line in the order of tables and ids, one line per kept change, and
a last line that counts and seals all before it (docs/file-format.md). The history is passed through as raw
bytes: what nobody looks at need not be understood, and can't be spoiled.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from .. import __version__
from ..model.document import Step
from ..model.plan import Plan
from ..model.records import TABLES
from ..model.refused import Refused
from .atomic import write_atomically
from .complaint import Complaint
from .mending import mended
from .roadmap_lines import (
    BEGINNING,
    FORMAT,
    VERSION,
    End,
    Header,
    Seal,
    header_of,
    read_lines,
    record_lines,
    step_line,
    unsealed,
)
from .salvage import Findings, what_is

SUFFIX = ".roadmap"
MOST_BYTES = 1 << 28
MOST_RECORDS = 300_000


class Opened(msgspec.Struct, frozen=True):
    """What a file holds, and what was wrong with it."""

    plan: Plan
    history: tuple[bytes, ...] = ()
    """The history's lines as they stand in the file; `read_step` reads one."""
    complaints: tuple[Complaint, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes: the same as `file_digest` as long as nobody has written to it."""

    @property
    def damaged(self) -> bool:
        """Whether saving over the file would lose what could not be read of it."""
        return any(complaint.level == "warning" for complaint in self.complaints)


# Opening


def open_roadmap(path: str | os.PathLike[str]) -> Opened:
    """Open a document; what is damaged is mended or left out, with a complaint for each loss.

    Raises:
        Refused("file.missing" | "file.folder" | "file.not_file" | "file.unreadable" | "file.too_big", file,
        ...)
        Refused("file.empty" | "file.zeros" | "file.other_kind" | "file.newer" | "file.nothing_left" |
            "file.too_many", file, ...): there is nothing in it that this program can open.
    """
    return read_roadmap(_bytes(Path(path)), str(path))


def read_roadmap(data: bytes, file: str) -> Opened:
    """The document in `data`; `file` names it in complaints. Raises as `open_roadmap`."""
    findings = Findings(Path(file).name)
    digest = hashlib.sha256(data).hexdigest()
    lines, intact = unsealed(data.removeprefix(b"\xef\xbb\xbf"), findings)
    header = header_of(lines, file, findings)
    if header.version > VERSION:
        raise Refused("file.newer", file=file, version=header.version, newest=VERSION)
    tables, history = read_lines(lines, header.version, intact, findings)
    count = sum(map(len, tables.values()))
    if not count and not intact:
        raise Refused("file.nothing_left", file=file)
    if count > MOST_RECORDS:
        raise Refused("file.too_many", file=file, count=count, most=MOST_RECORDS)
    plan = mended(tables, findings, header.plan)
    return Opened(plan, tuple(history), findings.complaints(), digest)


def is_roadmap(path: str | os.PathLike[str]) -> bool:
    """Whether a file is to be opened as a document: by its name, else by how it begins."""
    if Path(path).suffix.lower() == SUFFIX:
        return True
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").startswith(BEGINNING)
    except OSError:
        return False


def file_digest(path: str | os.PathLike[str]) -> str:
    """SHA-256 of what the file holds now. Raises as `open_roadmap` for what can't be read."""
    return hashlib.sha256(_bytes(Path(path))).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused("file.folder", file=str(path))
        if path.exists() and not path.is_file():
            raise Refused("file.not_file", file=str(path))
        if path.stat().st_size > MOST_BYTES:
            raise Refused("file.too_big", file=str(path), most=MOST_BYTES >> 20)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("file.missing", file=str(path)) from error
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from error
    if not data.strip():
        raise Refused("file.empty", file=str(path))
    if not data.strip(b"\0"):
        raise Refused("file.zeros", file=str(path))
    return data


# Saving


def save_roadmap(
    path: str | os.PathLike[str],
    plan: Plan,
    history: Iterable[bytes] = (),
    steps: Iterable[Step] = (),
    expected: str | None = None,
) -> str:
    """Write the plan with its history; what was written is read again before the old file is let go.

    `history` are lines as `open_roadmap` gave them, `steps` what came since. With `expected`, the digest of
    what was opened or saved last, a file that holds something else by now is not overwritten.

    Returns:
        The digest of the new file.

    Raises:
        Refused("file.changed", file): the file is not the one that `expected` knows.
        Refused("file.text_impossible", what): a text that can't be written as UTF-8.
        Refused("file.write_...", file, ...): with the old file as it was.
    """
    _check_same(Path(path), expected)
    data = written(plan, history, steps)

    def check(beside: Path) -> None:
        _check_kept(beside, data, plan, str(path))
        _check_same(Path(path), expected)  # once more: writing takes its time

    digest = hashlib.sha256(data).hexdigest()
    try:
        write_atomically(path, data, check, keep=True)
    except Refused as refused:
        if refused.code == "file.write_unsure":  # the file is the new one all the same
            refused.values["digest"] = digest
        raise
    return digest


def _check_same(path: Path, expected: str | None) -> None:
    if expected is not None and path.exists() and file_digest(path) != expected:
        raise Refused("file.changed", file=str(path))


def written(plan: Plan, history: Iterable[bytes] = (), steps: Iterable[Step] = ()) -> bytes:
    """The file's bytes. Raises Refused("file.text_impossible", what)."""
    saved = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    header = Header(FORMAT, VERSION, f"Roadwright {__version__}", plan.info.id, saved)
    lines = [msgspec.json.encode(header)]
    for name in TABLES:
        lines.extend(record_lines(name, plan))
    lines.extend(history)
    lines.extend(step_line(step) for step in steps)
    lines.append(b"")
    body = b"\n".join(lines)
    seal = Seal(len(lines) - 1, hashlib.sha256(body).hexdigest())
    return body + msgspec.json.encode(End(seal)) + b"\n"


def _check_kept(beside: Path, data: bytes, plan: Plan, file: str) -> None:
    kept = beside.read_bytes()
    if kept != data:
        raise Refused("file.write_not_kept", file=file)
    tables, _ = read_lines(kept.split(b"\n")[:-2], VERSION, True, Findings(file))
    for name, table in tables.items():
        if table != plan.table(name):
            different = next(id for id, record in plan.table(name).items() if table.get(id) != record)
            raise Refused(
                "file.write_not_faithful", file=file, what=what_is(name, plan.table(name)[different])
            )
