"""Copies of what was saved, kept in the user's state folder: the last ten, and one a day for thirty days."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from ..model.refused import Refused
from .atomic import make_folder, write_atomically
from .names import file_name_of
from .roadmap_file import SUFFIX

LAST = 10
DAYS = 30
_NAME = "%Y-%m-%dT%H-%M-%S-%f"
_ITEM = b'{"table":"items"'


class Backup(msgspec.Struct, frozen=True):
    """A file as it was saved once."""

    path: Path
    time: datetime
    """UTC."""
    size: int
    """Bytes."""

    @property
    def items(self) -> int:
        """How many items it holds, without reading them."""
        return self.path.read_bytes().count(b"\n" + _ITEM)


def keep_backup(place: Path, plan_id: str, file: Path, now: datetime | None = None) -> None:
    """Copy a file that was just saved and verified, and let go of the oldest copies.

    Raises:
        Refused("file.write_...", file, reason): the copy could not be written; the file is as it was.
        OSError: the folder can't be made, or the file can't be read.
    """
    folder = _folder(place, plan_id)
    make_folder(folder)
    name, data = (now or datetime.now(UTC)).strftime(_NAME), file.read_bytes()

    def check(copy: Path) -> None:
        if copy.read_bytes() != data:
            raise Refused("file.write_not_kept", file=str(copy))

    write_atomically(folder / f"{name}{SUFFIX}", data, check)
    known = backups(place, plan_id)
    kept = worth_keeping(backup.time for backup in known)
    for backup in known:
        if backup.time not in kept:
            with suppress(OSError):
                backup.path.unlink()


def backups(place: Path, plan_id: str) -> list[Backup]:
    """The copies there are of a plan, the latest first."""
    found = []
    for path in _folder(place, plan_id).glob(f"*{SUFFIX}"):
        with suppress(OSError, ValueError):
            time = datetime.strptime(path.stem, _NAME).replace(tzinfo=UTC)
            found.append(Backup(path, time, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.time, reverse=True)


def worth_keeping(times: Iterable[datetime]) -> set[datetime]:
    """Of the times of copies those to keep: the last ten, and of each day among thirty the last."""
    ordered = sorted(times, reverse=True)
    if not ordered:
        return set()
    kept = set(ordered[:LAST])
    oldest = ordered[0].date() - timedelta(days=DAYS - 1)
    last_of_day: dict[date, datetime] = {}
    for time in ordered:
        last_of_day.setdefault(time.date(), time)
    kept.update(time for day, time in last_of_day.items() if day >= oldest)
    return kept


def _folder(place: Path, plan_id: str) -> Path:
    return place / file_name_of(plan_id)
