"""A disk on which nothing is safe before it is flushed: what a power cut may leave of a trace of calls.

It is harder than real file systems: of what was not flushed, any 512 bytes may be there or not; a new name, a
new place and a removal last only once their folder was flushed; and no folder waits for another.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

from disk_order import Call

SECTOR = 512


class _File:
    """A file's bytes as they are flushed, and as the processes see them."""

    def __init__(self) -> None:
        self.flushed = b""
        self.seen = b""

    def left(self, random: Random) -> bytes:
        """What may be on the disk: of each piece the old, the new, or nothing but zeros."""
        if self.seen == self.flushed:
            return self.seen
        sizes = sorted((len(self.flushed), len(self.seen)))
        size = random.choice((*sizes, random.randint(*sizes)))
        pieces = []
        for at in range(0, size, SECTOR):
            end = min(at + SECTOR, size)
            source = random.choice((self.flushed, self.seen))
            pieces.append(source[at:end].ljust(end - at, b"\0"))
        return b"".join(pieces)


class Disk:
    """Takes the calls of a process one by one; `left` makes of it what a power cut then would leave."""

    def __init__(self, place: str) -> None:
        self._files: list[_File] = []
        self._seen: dict[str, _File | None] = {place: None}
        """What stands under a path, for the processes; a folder is None."""
        self._kept: dict[str, _File | None] = {place: None}
        """The same, flushed."""
        self._pending: dict[str, list[tuple[str, str, _File | None]]] = {}
        """By folder: what was done to its names since it was flushed, in order."""

    def take(self, call: Call) -> None:
        """The process has made this call."""
        path = call.path
        if call.name in ("open", "openat"):
            if "O_CREAT" in call.flags and path not in self._seen:
                self._name("+", path, _File())
            elif "O_TRUNC" in call.flags and (file := self._seen[path]) is not None:
                file.seen = b""
        elif call.name == "write" and (file := self._seen.get(path)) is not None:
            file.seen += call.data
        elif call.name == "fsync":
            if (file := self._seen.get(path)) is not None:
                file.flushed = file.seen
            else:
                for done in self._pending.pop(path, ()):
                    _do(self._kept, *done)
        elif call.name.startswith("rename"):
            file = self._seen[path]
            self._name("+", call.other, file)
            self._name("-", path, None)
        elif call.name.startswith("mkdir"):
            self._name("+", path, None)
        elif call.name in ("unlink", "unlinkat", "rmdir"):
            self._name("-", path, None)

    def _name(self, what: str, path: str, file: _File | None) -> None:
        _do(self._seen, what, path, file)
        self._pending.setdefault(os.path.dirname(path), []).append((what, path, file))

    def left(self, place: Path, root: str, random: Random | None) -> None:
        """Make in `place` what a power cut may leave of `root`; without `random`, what a kill leaves."""
        names = dict(self._seen)
        if random is not None:
            names = dict(self._kept)
            for pending in self._pending.values():
                for done in pending[: random.randint(0, len(pending))]:
                    _do(names, *done)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path in sorted(names):
            there = place / os.path.relpath(path, root)
            file = names[path]
            if not there.parent.is_dir():  # a folder above it is not on the disk
                continue
            if file is None:
                there.mkdir(exist_ok=True)
            else:
                there.write_bytes(file.seen if random is None else file.left(random))


def _do(names: dict[str, _File | None], what: str, path: str, file: _File | None) -> None:
    if what == "+":
        names[path] = file
    else:
        names.pop(path, None)


def moments(calls: Sequence[Call], mark: bytes) -> list[str]:
    """The last moment named before each call, and at the end."""
    names, now = [], ""
    for call in calls:
        names.append(now)
        if call.data.startswith(mark):
            now = call.data.removeprefix(mark).decode().strip()
    return [*names, now]
