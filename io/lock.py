"""A lock on a file that lasts exactly as long as the process that holds it, however that ends."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from io import BufferedRandom
from pathlib import Path


class Lock:
    """Held from its making until `release`, or until the process is gone; made by `try_lock`.

    `file` is None where the file system knows no locks: then everybody has it.
    """

    def __init__(self, file: BufferedRandom | None, path: Path) -> None:
        self._file = file
        self.path = path

    def release(self) -> None:
        """Let go of it; its file goes too, where the system lets an open one go."""
        if self._file is not None:
            with suppress(OSError):
                self.path.unlink()
            self._file.close()


def try_lock(path: Path) -> Lock | None:
    """Lock the file, which is made if need be; None: somebody else, or this process, holds it.

    Raises:
        OSError: the file can't be opened, or its file system knows no locks.
    """
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _lock(file.fileno())
            if _is_still(path, file.fileno()):
                return Lock(file, path)
        except (BlockingIOError, PermissionError):
            file.close()
            return None
        except OSError:
            file.close()
            raise
        file.close()  # whoever held it let it go, and its file with it, between our opening and our locking


def hold(place: Path, document: Path, held: Lock | None = None) -> Lock | None:
    """The right to write a document; None: another window of this user has it.

    The locks are in the folder `place`: one beside the document would be carried about by those who share it.
    Where there can be none, everybody may write: a save still sees what others have saved. `held` is what the
    caller has already, maybe for this very document.
    """
    path = _lock_of(place, document)
    if held is not None and held.path == path:
        return held
    try:
        place.mkdir(parents=True, exist_ok=True)
        return try_lock(path)
    except OSError:
        return Lock(None, path)


def _lock_of(place: Path, document: Path) -> Path:
    """The file whose lock stands for a document, by whatever name that is known."""
    name = os.path.normcase(os.path.realpath(document))
    return place / f"{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.lock"


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, handle: int) -> bool:
    """Whether that is the file of that name."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False
