"""What is remembered between two starts, in the user's state folder and never in a plan."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from ..io.names import file_name_of
from .session import Looks

MAX_RECENT = 10
ThemeChoice = Literal["system", "light", "dark"]
Kind = TypeVar("Kind", bound=msgspec.Struct)


class Remembered(msgspec.Struct):
    """The program's own state, as it is written."""

    theme: ThemeChoice = "system"
    motion: bool = True
    """Whether the timeline glides to another zoom or place, and runs out after a flick."""
    recent: list[str] = []
    """Files opened or saved, the latest first."""
    last: str = ""
    """The file that was open at the end; empty: none."""
    folder: str = ""
    """Where the last file dialog was."""
    me: str = ""
    """Name or address of the person at the screen, for what is "mine"; empty: nobody has said."""
    reasons: list[str] = []
    """Why something was moved or dropped, the latest reasons that were given first."""
    geometry: str = ""
    """The window's place and size, as Qt writes it, in base64."""
    backlog: bool | None = None
    """Whether the panel is open; None: as the window's width suggests."""
    inspector: bool | None = None
    problems: bool | None = None
    changes: bool | None = None
    backlog_width: int = 232
    inspector_width: int = 296
    changes_width: int = 340
    problems_height: int = 220


class Settings:
    """Reads what is remembered at once, writes it when told. A broken file counts as none: see `broken`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broken: list[Path] = []
        """Files that could not be understood and were left out."""
        self.kept: Remembered = self._read(folder / "settings.json", Remembered) or Remembered()

    def save(self) -> None:
        """Write the program's state; where the folder can't be written it is lost, which must stop nobody."""
        self._write(self.folder / "settings.json", self.kept)

    def looks(self, plan: str) -> Looks:
        """How the plan with this id was last looked at."""
        return self._read(self._looks_path(plan), Looks) or Looks()

    def remember_looks(self, plan: str, looks: Looks) -> None:
        self._write(self._looks_path(plan), looks)

    def remember_file(self, path: Path) -> None:
        """The file is open now: it comes first among the recent ones and is opened at the next start."""
        name = str(path.absolute())
        self.kept.last = name
        self.kept.recent = [name, *(other for other in self.kept.recent if other != name)][:MAX_RECENT]
        self.kept.folder = str(path.absolute().parent)

    def forget_file(self, path: Path) -> None:
        """The file is gone."""
        name = str(path.absolute())
        self.kept.recent = [other for other in self.kept.recent if other != name]
        if self.kept.last == name:
            self.kept.last = ""

    def _looks_path(self, plan: str) -> Path:
        return self.folder / "looks" / f"{file_name_of(plan)}.json"

    def _read(self, path: Path, kind: type[Kind]) -> Kind | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError):
            self.broken.append(path)
            return None

    def _write(self, path: Path, value: msgspec.Struct) -> None:
        beside = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(value)))
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                beside.unlink()


def state_folder() -> Path:
    """Where to remember things: `ROADWRIGHT_STATE` if that is set, else the system's place for it."""
    chosen = os.environ.get("ROADWRIGHT_STATE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_state_path

    return user_state_path("roadwright", appauthor=False)
