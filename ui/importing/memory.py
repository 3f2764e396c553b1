"""How tables with the same headings were read before, kept in the user's state folder."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from ...io.atomic import write_atomically
from ...io.tables.choices import Choices, choices_of, chosen_mapping
from ...io.tables.mapping import Mapping
from ...io.tables.source import Source
from ...io.tables.words import fold
from ...model.refused import Refused
from .reading import first_mapping

FOLDER = "imports"


class Seen(msgspec.Struct, frozen=True):
    """A table as it first comes up."""

    source: Source
    offered: Mapping
    """As it is proposed."""
    recalled: Mapping | None
    """As such a table was read the last time; None: it is the first of its kind."""


class Memory:
    """The choices, one file each, named after the headings that a table first comes up with."""

    def __init__(self, state: Path) -> None:
        self._folder = state / FOLDER

    def look_at(self, source: Source) -> Seen:
        """How the table is read to begin with."""
        offered = first_mapping(source)
        return Seen(source, offered, self._recalled(source, offered))

    def _recalled(self, source: Source, offered: Mapping) -> Mapping | None:
        try:
            choices = msgspec.json.decode(self._path(offered).read_bytes(), type=Choices)
        except (OSError, msgspec.DecodeError):
            return None
        return chosen_mapping(source, choices)

    def keep(self, offered: Mapping, chosen: Mapping) -> None:
        """Remember a choice for tables that come up as this one did."""
        with suppress(Refused, OSError):  # an import is not to fail for it
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(offered), msgspec.json.encode(choices_of(chosen)))

    def forget(self, offered: Mapping) -> None:
        """The next table like this is read as if it were the first."""
        with suppress(OSError):
            self._path(offered).unlink(missing_ok=True)

    def _path(self, offered: Mapping) -> Path:
        signature = hashlib.sha256("\n".join(map(fold, offered.headers)).encode()).hexdigest()
        return self._folder / f"{signature[:32]}.json"
