"""The look of the workbook: the light theme's colours, and cell formats made once each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from ...resources import FOLDER

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "Calibri"
DATE = "d mmm yyyy"
SHORT_DATE = "d mmm yy"
PERCENT = "0%"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins with one of these gets the mark that keeps it a text, even when it is edited."""
RULE_LIMIT = 40
"""Names that get a colour by a rule of their own on a sheet."""
LITERAL_LIMIT = 250
"""Characters of a text inside a formula; Excel calls a file with more damaged."""


class Palette(msgspec.Struct, frozen=True):
    """Colours of the light theme as `#RRGGBB`: named ones, and (fill, done part) of each lane."""

    colors: dict[str, str]
    lanes: dict[str, tuple[str, str]]

    def __getitem__(self, name: str) -> str:
        return self.colors[name]

    @property
    def lane_list(self) -> list[tuple[str, str]]:
        return list(self.lanes.values())

    def lane_place(self, name: str, place: int) -> int:
        """Which of the lanes is meant by a colour's name, else by a place in a list, going round."""
        names = list(self.lanes)
        return names.index(name) if name in names else place % len(names)


@cache
def palette() -> Palette:
    """The colours that everything exported has."""
    data = (FOLDER / "themes/light.json").read_bytes()
    return msgspec.json.decode(data, type=Palette)


def mixed(color: str, other: str, share: float) -> str:
    """A colour with `share` (0 to 1) of another in it."""
    parts = [
        round(int(color[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    ]
    return "#{:02X}{:02X}{:02X}".format(*parts)


def tint(color: str) -> str:
    """A pale form of the colour, to stand behind text."""
    return mixed(color, "#FFFFFF", 0.86)


def shade(color: str) -> str:
    """A dark form of the colour, for text on its tint."""
    return mixed(color, "#000000", 0.25)


class Styles:
    """Formats of one workbook, by their properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.palette = palette()

    def __call__(self, **properties: Any) -> Format:
        """A cell's format: the workbook's font, small, centred vertically, and what is asked for."""
        at = tuple(sorted(properties.items()))
        known = self._known.get(at)
        if known is None:
            every = {
                "font_name": FONT,
                "font_size": 10,
                "font_color": self.palette["ink"],
                "valign": "vcenter",
            }
            known = self._known[at] = self._book.add_format(every | properties)
        return known

    def rule(self, **properties: Any) -> Format:
        """What a conditional format changes."""
        at = (("rule", True), *sorted(properties.items()))
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._book.add_format(properties)
        return known


def quoted(text: str) -> dict[str, bool]:
    """The property that a text of people's needs so that no program ever takes it for a formula."""
    return {"quote_prefix": True} if text.startswith(FORMULA_STARTS) else {}


def literal(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def status_look(category: str) -> dict[str, str]:
    """The colours of a status by its category, as properties of a format."""
    colors = palette()
    if category == "done":
        return {"font_color": shade(shade(colors["success"])), "bg_color": tint(colors["success"])}
    if category == "doing":
        return {"font_color": shade(shade(colors["warning"])), "bg_color": colors["warning_soft"]}
    return {"font_color": shade(colors["accent"]), "bg_color": colors["selection"]}


def parent_look() -> tuple[str, str]:
    """The colours of a parent's bar: what is still to do, and what is done."""
    colors = palette()
    return mixed(colors["link"], "#FFFFFF", 0.4), colors["ink3"]
