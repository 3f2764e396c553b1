"""Which planner's file it is, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ...model.refused import Refused
from ..complaint import Imported
from ..garbage import no_collection
from ..tables.encoding import decode
from ..tables.preflight import MAX_FILE, MB
from .build import build
from .foreign import Foreign, Kind
from .gan import read_gan
from .ics import read_ics
from .mspdi import read_mspdi
from .trello import read_trello

_HEAD = 16_384
_SERIALIZED = b"\xac\xed\x00\x05"
"""What a serialized Java object begins with: ProjectLibre's own files."""
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)((?:\s[^>]*)?)>")
_READERS: dict[Kind, Callable[[Path], Foreign]] = {
    "mspdi": read_mspdi,
    "gan": read_gan,
    "ics": read_ics,
    "trello": read_trello,
}


def kind_of(path: Path) -> Kind | None:
    """The kind of planner's file; None for anything else, and for what can't be read at all.

    Raises:
        Refused("planner.serialized" | "planner.gnome" | "planner.primavera", file): known, and not read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if head.startswith(_SERIALIZED):
        raise Refused("planner.serialized", file=path.name)
    text = decode(head)[0].removeprefix("\ufeff").lstrip()
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return "ics"
    if text.startswith("{") and not text.startswith("{\\rtf"):
        return "trello"
    return _kind_of_xml(text, path.name) if text.startswith("<") else None


def _kind_of_xml(text: str, file: str) -> Kind | None:
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before is not None else 0)
    if root is None:
        return None
    name, attributes = root[1], root[2]
    if name == "Project" and ("schemas.microsoft.com/project" in attributes or "<SaveVersion>" in text):
        return "mspdi"
    if name == "project" and "mrproject-version" in attributes:
        raise Refused("planner.gnome", file=file)
    if name == "APIBusinessObjects":
        raise Refused("planner.primavera", file=file)
    if name == "project" and any(mark in text for mark in ("gantt-", "view-date=", "<calendars", "<tasks")):
        return "gan"
    return None


def read_planner(path: Path, kind: Kind) -> Imported:
    """Read the file of another planner into a new plan.

    Raises:
        Refused("planner....", file, ...): it can't be read, with the reason in one sentence.
    """
    size = path.stat().st_size
    if size > MAX_FILE:
        raise Refused(
            "import.too_big", file=path.name, size=f"{size / MB:,.0f}", limit=f"{MAX_FILE / MB:,.0f}"
        )
    with no_collection():
        return build(_READERS[kind](path), path)
