"""A lock on a file that lasts exactly as long as the process that holds it, however that ends."""

from __future__ import annotations

import os
import sys
from io import BufferedRandom
from pathlib import Path


class Lock:
    """Held from its making until `release`, or until the process is gone; made by `try_lock`."""

    def __init__(self, file: BufferedRandom) -> None:
        self._file = file

    def release(self) -> None:
        self._file.close()


def try_lock(path: Path) -> Lock | None:
    """Lock the file, which is made if need be; None: somebody else, or this process, holds it.

    Raises:
        OSError: the file can't be opened, or its file system knows no locks.
    """
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.close()
        return None
    except OSError:
        file.close()
        raise
    return Lock(file)
