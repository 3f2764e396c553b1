"""Bringing the records of an older file up to date, as plain dicts.

`MIGRATIONS[n]` turns the records of version n into those of version n + 1: it gets a list of `{"table": ...,
"id": ..., ...}`, as they stand in the file's lines, and returns the new list. It imports nothing of ours,
because the classes it would import are those of today and its work is of yesterday. To change the format:
raise `roadmap_file.VERSION`, add the function here, and add a real file of the new version to tests/files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Records = list[dict[str, Any]]
Migration = Callable[[Records], Records]


def _from_1(records: Records) -> Records:
    """Version 2 has fields of the plan's own, and views that say more; what was there is as it was."""
    return records


MIGRATIONS: Mapping[int, Migration] = {1: _from_1}
"""From each older version to the next; version 1 is the first that was ever written."""


def can_migrate(version: int, newest: int) -> bool:
    """Whether there is a way from `version` to `newest`, step by step."""
    return all(step in MIGRATIONS for step in range(version, newest))


def migrate(records: Records, version: int, newest: int) -> Records:
    """The records as version `newest` has them.

    Raises:
        KeyError: there is no way from one of the versions to the next; ask `can_migrate` first.
    """
    for step in range(version, newest):
        records = MIGRATIONS[step](records)
    return records
