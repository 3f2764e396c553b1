"""What is known of tables that other programs write: how to tell them, and what their columns hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

import msgspec

from ...resources import FOLDER
from .detect import names
from .mapping import Rules


class Preset(msgspec.Struct, frozen=True):
    """The tables of one program. Headings are folded."""

    id: str
    title: str
    """What the program is called."""
    signs: tuple[tuple[str, ...], ...]
    """A table is one of these if it has, of each of these, one of the headings."""
    columns: dict[str, str] = {}
    """The field or role that a heading means where nothing else knows it or it would be taken for another;
    empty: it is left out."""
    rules: Rules = Rules()

    def form_of(self, title: str) -> str | None:
        """The heading of ours that a heading is a form of."""
        return next((form for form in names(title) if form in self.columns), None)


@cache
def presets() -> tuple[Preset, ...]:
    """All that are known, the more particular ones first."""
    known = json.loads((FOLDER / "strings/import/presets.json").read_bytes())
    return tuple(msgspec.convert(known, list[Preset]))


def preset_named(id: str) -> Preset | None:
    """None for an empty id, or that of a preset that is no more."""
    return next((preset for preset in presets() if preset.id == id), None)


def preset_for(titles: Sequence[str]) -> Preset | None:
    """The preset that the headings call for."""
    known = {form for title in titles if title for form in names(title)}
    return next((one for one in presets() if all(not known.isdisjoint(sign) for sign in one.signs)), None)
