"""Writing a file whole or not at all.

The new file is written beside the old one, flushed to the disk and looked at again; only then does it take
the old one's place, in one step. Whatever fails before that step leaves the old file as it was. There is no
way around it that would write into the old file itself: that is how plans get lost when a disk is full.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model.refused import Refused

HELD = frozenset((5, 32, 33))
"""Windows error numbers of a file that a virus scanner, a sync client or another program holds for a
moment."""
WAITS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.8)
"""Seconds before each new try to take the old file's place: 3 in all."""
NO_FOLDER_SYNC = frozenset((errno.EINVAL, errno.EBADF, errno.EACCES, errno.EPERM, errno.ENOTSUP))
"""What systems answer that can't flush a folder, or do so by themselves."""

Check = Callable[[Path], None]


def write_atomically(
    path: str | os.PathLike[str], data: bytes, check: Check | None = None, keep: bool = False
) -> None:
    """Make `data` what the file holds. Raises as `replacing` does."""
    with replacing(path, check, keep) as beside, open(beside, "wb") as file:
        file.write(data)


@contextmanager
def replacing(path: str | os.PathLike[str], check: Check | None = None, keep: bool = False) -> Iterator[Path]:
    """A path beside `path`, with the same suffix, to write to; when the block ends well it takes the place of
    `path`.

    A symbolic link stays one: what it points to is replaced. `check` is called with the written file before
    that and raises if it is not as it should be. With `keep`, a file that was written and checked well but
    can't take the place of the old one is left beside it, and the message names it.

    Raises:
        Refused("file.write_...", file, reason): with the old file as it was.
        Refused("file.write_unsure", file, reason): the new file is there, but may not outlast a power cut.
    """
    target = Path(os.path.realpath(path))
    _refuse_unwritable(target)
    beside = target.with_name(f".roadwright-{secrets.token_hex(6)}{_short(target.suffix)}")
    whole = False
    try:
        _create(beside, target)
        yield beside
        _flush(beside)
        if check is not None:
            check(beside)
        whole = True
        _take_place(beside, target)
    except OSError as error:
        raise refusal(error, target, kept=beside if whole and keep and beside.exists() else None) from error
    finally:
        if not (whole and keep):
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise Refused("file.write_unsure", file=str(target), reason=error.strerror or str(error)) from error


def refusal(error: OSError, path: Path, kept: Path | None = None) -> Refused:
    """Why a file could not be written, for people."""
    reason = error.strerror or str(error)
    if kept is not None:
        return Refused("file.write_held", file=str(path), kept=str(kept), reason=reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Refused("file.write_full", file=str(path), reason=reason)
    if error.errno == errno.ENOENT and not path.parent.is_dir():
        return Refused("file.write_no_folder", file=str(path), folder=str(path.parent))
    return Refused("file.write_failed", file=str(path), reason=reason)


def _refuse_unwritable(target: Path) -> None:
    """Replacing would get around a mark that says that the file itself must not be written."""
    try:
        if not target.exists():
            return
        if not target.is_file():
            raise Refused("file.write_not_file", file=str(target))
        if not os.access(target, os.W_OK):
            raise Refused("file.write_read_only", file=str(target))
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise refusal(error, target) from error


def _create(beside: Path, target: Path) -> None:
    """An empty file with the rights of the old one."""
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    with suppress(FileNotFoundError):
        beside.chmod(stat.S_IMODE(target.stat().st_mode))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_place(beside: Path, target: Path) -> None:
    for wait in WAITS:
        try:
            os.replace(beside, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD and error.errno != errno.EBUSY:
                raise
            time.sleep(wait)
    os.replace(beside, target)


def make_folder(folder: Path) -> None:
    """Have the folder, with those above it, in a way that lasts through a power cut.

    Raises:
        OSError: it can't be made.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno in NO_FOLDER_SYNC:
            return
        raise
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _short(suffix: str) -> str:
    """Writers choose the format by the suffix; a monstrous one would make the name too long."""
    return suffix if len(suffix) <= 16 else ""
