"""The journal: every kept step on the disk within moments, so that a crash takes nothing away.

Each open document has a folder of its own in the user's state folder, made with the first step. In it are
`base.roadmap`, the plan that the steps are made on; `steps.jsonl`, a header and then a line per step as in
the file's history, or `{"undo":1}` and `{"redo":1}` for what was taken back and done again, each with its
checksum; and `lock`, held as long as the process lives. All is written and synced on a thread of its own, so
that no edit waits for a disk. A save begins the journal anew, a good end removes it; what is left and not
locked belongs to a crash.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from ..model.document import Document
from ..model.history.step import Step
from ..model.plan import Plan
from ..model.records import new_id
from ..model.refused import Refused
from .atomic import make_folder, sync_folder
from .lock import Lock, try_lock
from .roadmap_file import save_roadmap
from .roadmap_lines import step_line

BASE, STEPS, LOCK = "base.roadmap", "steps.jsonl", "lock"
UNDO, REDO = b'{"undo":1}', b'{"redo":1}'
Failed: TypeAlias = Callable[[OSError | Refused], None]
_Task: TypeAlias = Callable[[], object]


class JournalHeader(msgspec.Struct, frozen=True):
    """The first line: what the steps are made on."""

    journal: int
    title: str
    path: str
    """The document's file; empty: it has none."""
    digest: str
    """SHA-256 of that file when the journal began."""
    began: str
    """UTC, ISO 8601, to the second."""
    unsaved: int
    """How many steps that are in no file the base has in it already."""


class Journal:
    """Follows one document. `failed` is told, on the journal's thread, what could not be written."""

    def __init__(self, place: Path, failed: Failed) -> None:
        self._place = place
        self._failed = failed
        self._writer = _Writer(self._lost)
        self._folder: Path | None = None
        self._header = JournalHeader(1, "", "", "", "", 0)
        self._base: Plan | None = None
        self._past: Sequence[bytes] = ()
        self._steps: list[Step] = []
        """The document's done steps as the journal knows them."""
        self._floor = 0
        """So many of them are in the base, where no line can take them back."""
        self._recalled = 0
        """So many lines of the past the document has made steps of again, to undo them."""
        self._undone: list[Step | None] = []
        """What `{"redo":1}` would do again; None: it can't."""
        self._broken = False

    def begin(
        self,
        base: Plan,
        past: Sequence[bytes],
        done: Sequence[Step],
        path: Path | None,
        digest: str,
        unsaved: int = 0,
    ) -> None:
        """What comes from now on is made on `base`, to which the history `past` and then `done` have led."""
        self._base, self._past, self._steps, self._undone = base, past, list(done), []
        self._floor, self._broken, self._recalled = len(self._steps), False, 0
        began = datetime.now(UTC).isoformat(timespec="seconds")
        file = str(path.absolute()) if path else ""
        self._header = JournalHeader(1, base.info.title, file, digest, began, unsaved)
        self._remove()

    def go_on(
        self,
        document: Document,
        saved: Plan,
        past: Sequence[bytes],
        done: Sequence[Step],
        path: Path,
        digest: str,
    ) -> None:
        """The file holds `saved` now; what the document has come to meanwhile is kept at every moment."""
        old, self._folder = self._folder, None
        if past is document.past:
            self.begin(saved, past, done, path, digest)
            self.follow(document)
        else:  # steps of a session before were undone during the save
            unsaved = len(past) - len(document.past) + len(document.done)
            self.begin(document.kept, document.past, document.done, path, digest, unsaved)
            self._open()
        if old is not None:
            self._writer.do(lambda: self._writer.forget(old))

    def follow(self, document: Document) -> None:
        """Write down what has been done, undone and redone since the last time; returns at once."""
        if self._broken:  # a line is missing: nothing could be done again after it
            path = Path(self._header.path) if self._header.path else None
            unsaved = self._header.unsaved + 1
            self.begin(document.kept, document.past, document.done, path, self._header.digest, unsaved)
            self._open()
        if len(self._past) - len(document.past) > self._recalled:  # a step of a session before was undone
            self._steps, self._floor = [document.undone[-1]], 1
            self._recalled += 1
        if lines := self._news(document.done):
            folder = self._folder or self._open()
            self._writer.do(lambda: _append(folder / STEPS, lines))

    def secure(self) -> None:
        """Have the base on the disk before any step: return when it is there."""
        if self._folder is None:
            self._open()
        self.wait()

    def wait(self) -> None:
        """Return when everything so far is on the disk."""
        self._writer.wait()

    def end(self) -> None:
        """The document is closed well: nothing is to be left behind."""
        self._remove()
        self._writer.end()

    def _news(self, done: Sequence[Step]) -> list[Step | bytes]:
        """How the done steps differ from those that the journal knows, as its lines say it."""
        known = self._steps
        common = min(len(known), len(done))
        while common and known[common - 1] is not done[common - 1]:
            common -= 1
        lines: list[Step | bytes] = []
        while len(known) > common:
            step = known.pop()
            if len(known) >= self._floor:
                self._undone.append(step)
                lines.append(UNDO)
            else:
                self._floor = len(known)
                self._undone.append(None)
                lines.append(replace(step, change=step.change.inverted()))
        for step in done[common:]:
            if self._undone and self._undone[-1] is step:
                self._undone.pop()
                lines.append(REDO)
            else:
                self._undone.clear()
                lines.append(step)
            known.append(step)
        return lines

    def _open(self) -> Path:
        base, past, done, header = self._base, self._past, tuple(self._steps), self._header
        assert base is not None
        folder = self._folder = self._place / new_id()

        def make() -> None:
            make_folder(folder)
            self._writer.hold(folder)
            if (data := _as_saved(header)) is not None:
                _write(folder / BASE, "wb", data)
            else:
                save_roadmap(folder / BASE, base, past, done)
            _write(folder / STEPS, "wb", sealed(msgspec.json.encode(header)))
            sync_folder(folder)

        self._writer.do(make)
        return folder

    def _remove(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            self._writer.do(lambda: self._writer.forget(folder))

    def _lost(self, error: OSError | Refused) -> None:
        self._broken = True
        self._failed(error)


class _Writer:
    """Does one thing after the other, off the UI thread; the thread begins with the first."""

    def __init__(self, failed: Failed) -> None:
        self._locks: dict[Path, Lock | None] = {}
        self._failed = failed
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None

    def do(self, task: _Task) -> None:
        self._tasks.put(task)
        if self._thread is None:
            self._thread = Thread(target=self._work, name="journal", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        if self._thread is not None:
            done = Event()
            self._tasks.put(done.set)
            done.wait()

    def end(self) -> None:
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()
            self._thread = None

    def hold(self, folder: Path) -> None:
        self._locks[folder] = try_lock(folder / LOCK)

    def forget(self, folder: Path) -> None:
        if (lock := self._locks.pop(folder, None)) is not None:
            lock.release()
        shutil.rmtree(folder, ignore_errors=True)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except (OSError, Refused) as error:
                self._failed(error)


# The disk


def _as_saved(header: JournalHeader) -> bytes | None:
    """The bytes of the document's file, if they are the base: a copy is made in no time."""
    if not header.digest or header.unsaved:
        return None
    try:
        data = Path(header.path).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == header.digest else None


SEAL = 9
"""Bytes after a line: a space and eight digits."""


def sealed(line: bytes) -> bytes:
    """A line as it stands in the file, with its checksum."""
    return b"%s %08x\n" % (line, zlib.crc32(line))


def _append(path: Path, lines: Sequence[Step | bytes]) -> None:
    data = b"".join(sealed(step_line(line) if isinstance(line, Step) else line) for line in lines)
    _write(path, "ab", data)


def _write(path: Path, mode: str, data: bytes) -> None:
    with open(path, mode) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
