"""What crashes have left: the journals that nobody ended and no process holds, and the documents in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from ..model.change import Change
from ..model.document import Document
from ..model.history.past import read_step
from ..model.history.step import Step
from ..model.refused import Refused
from .journal import BASE, LOCK, REDO, SEAL, STEPS, UNDO, JournalHeader, sealed
from .lock import try_lock
from .roadmap_file import Opened, open_roadmap


class Left(msgspec.Struct, frozen=True):
    """The journal of a document that was not closed well."""

    folder: Path
    header: JournalHeader
    base: Opened
    changes: int
    """How many steps it holds that are in no file."""
    unreadable: int
    """How many lines can't be read, or come after one that can't; the last one, if cut off, not counted."""
    last: datetime
    """When it was written to last, local time."""

    @property
    def path(self) -> Path | None:
        """The document's file."""
        return Path(self.header.path) if self.header.path else None

    def recovered(self) -> Document:
        """The document as the last whole line left it; its steps can be undone."""
        document = Document(self.base.plan, past=self.base.history)
        document.mark_unsaved()
        for line in _lines(self.folder / STEPS)[0][1:]:
            if not _replay(document, line):
                break
        return document

    def discard(self) -> None:
        """Throw the journal away: its changes are safe elsewhere, or nobody wants them."""
        shutil.rmtree(self.folder, ignore_errors=True)


def left_behind(place: Path) -> Iterator[Left]:
    """What crashes have left among the journals, the latest first; one without a change is passed over."""
    found = [path for path in place.glob(f"*/{STEPS}") if path.is_file()]
    for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True):
        left = _left(path.parent)
        if left is not None and left.changes > 0:
            yield left


def _left(folder: Path) -> Left | None:
    lines, unreadable = _lines(folder / STEPS)
    try:
        lock = try_lock(folder / LOCK)
        if lock is None:
            return None
        lock.release()
        header = msgspec.json.decode(lines[0], type=JournalHeader)
        base = _base(folder, header)
        last = datetime.fromtimestamp((folder / STEPS).stat().st_mtime)
    except (IndexError, OSError, msgspec.DecodeError, UnicodeDecodeError, Refused):
        return None
    changes = header.unsaved + sum(-1 if line == UNDO else 1 for line in lines[1:])
    return Left(folder, header, base, changes, unreadable, last)


def _base(folder: Path, header: JournalHeader) -> Opened:
    """What the steps are made on: the journal's own copy, or the document's file if it is the same."""
    own = folder / BASE
    try:
        base = open_roadmap(own)
    except Refused:
        base = None
    if base is not None and not base.damaged:
        return base
    with suppress(Refused):
        file = open_roadmap(header.path)
        if header.digest and not header.unsaved and file.digest == header.digest:
            return file
    if base is None:
        raise Refused("file.nothing_left", file=str(own))
    return base


def _lines(path: Path) -> tuple[list[bytes], int]:
    """The lines that are as they were written, up to the first that is not, and how many come from there on.

    The last one may have been cut off: it does not count.
    """
    try:
        written = path.read_bytes().split(b"\n")[:-1]
    except OSError:
        return [], 0
    lines: list[bytes] = []
    for line in written:
        if sealed(line[:-SEAL]) != line + b"\n":
            break
        lines.append(line[:-SEAL])
    return lines, len(written) - len(lines)


def _replay(document: Document, line: bytes) -> bool:
    """Do again what a line says; False where it makes no sense, and then nothing after it does."""
    try:
        if line == UNDO:
            document.undo()
        elif line == REDO:
            document.redo()
        else:
            written = read_step(line)
            change = Change.from_patch(written.patch, document.kept.tables())
            document.undone = [Step(written.verb, change, written.time, written.author, written.reason)]
            document.redo()
    except (IndexError, KeyError, ValueError, Refused):
        return False
    return True
