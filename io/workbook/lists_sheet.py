"""The hidden sheet `_lists`: what drop-downs offer, the colours of lanes, and days off for formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...model.field import Field
from ...model.fields import choices
from ...model.records import CalendarId
from ..strings import say
from .cells import clean, raw_of
from .columns import LISTS_SHEET
from .content import Content
from .options import SCALES
from .page import formula_sheet
from .sheet_cells import column_name
from .styles import Styles, palette, quoted, shade

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LISTED = ("team", "level", "kind", "status", "owner", "pinned", "precision", "horizon")
"""Fields whose values are chosen from a list."""
LISTED_KINDS = ("choice", "person", "flag")
"""Kinds of own fields that are."""


class Lists:
    """Where each list stands, as a range other sheets can refer to."""

    def __init__(self, book: Workbook, styles: Styles, content: Content) -> None:
        self._book = book
        self._styles = styles
        self._content = content
        self._next = 0
        self.choices: dict[str, str] = {}
        """Range of the values of a field; fields that have none are absent."""
        self.days_off: dict[CalendarId, str] = {}
        """Range of the days off of a calendar; those that have none are absent."""

    def write(self) -> None:
        """Add the sheet, behind those that are there, and fill it."""
        plan = self._content.plan
        self.sheet: Worksheet = self._book.add_worksheet(LISTS_SHEET, formula_sheet())
        self.sheet.hide()
        fields = {key: self._content.columns.fields[key] for key in self._content.columns.keys}
        own = (
            key for key, field in fields.items() if field.own and field.edit and field.kind in LISTED_KINDS
        )
        for key in (*(key for key in LISTED if key in fields), *own):
            if names := self._names(fields[key]):
                self.choices[key] = self._column(self._content.columns.headings[key], names)
        self.scale = self._column(say("workbook.scale"), [say(f"workbook.scale.{scale}") for scale in SCALES])
        done = [clean(status.title) for status in plan.statuses.values() if status.category == "done"]
        self.done = self._column(say("workbook.link.done"), done or ["\u2013"])
        """Range of the statuses that mean that something is done."""
        self._write_lanes()
        for id, days in self._content.days_off.items():
            if days:
                self.days_off[id] = self._column(self._content.plan.calendars[id].title, days)

    def add_formulas(
        self, title: str, formulas: Iterable[str], values: Iterable[float | str], arrays: bool = False
    ) -> str:
        """Another column, of formulas with their results; returns its range."""
        column = self._next
        known = self._column(title, [])
        row = 0
        for row, (formula, value) in enumerate(zip(formulas, values, strict=True), 1):
            if arrays:
                self.sheet.write_array_formula(row, column, row, column, formula, None, value)
            else:
                self.sheet.write_formula(row, column, formula, None, value)
        return known.rpartition("$")[0] + f"${row + 1}"

    def _names(self, field: Field) -> list[str]:
        plan = self._content.plan
        if field.kind == "flag":
            return [say("workbook.yes")]
        texts = (raw_of(field, plan, value) for value, _ in choices(field, plan))
        return list(dict.fromkeys(text for text in texts if isinstance(text, str) and text))

    def _write_lanes(self) -> None:
        """The names of what colours the timeline, and beside them the number of the colour, from 1."""
        lanes = lane_colors(self._content)
        names = [name for name, _ in lanes] or [""]
        self.lane_names = self._column(say("workbook.lane"), names)
        self.lane_places = self._column(say("workbook.color"), [place + 1 for _, place in lanes] or [0])

    def _column(self, title: str, values: list[str] | list[int]) -> str:
        column = self._next
        self._next += 1
        self.sheet.set_column(column, column, 20)
        self.sheet.write_string(0, column, title, self._styles(bold=True, **quoted(title)))
        for row, value in enumerate(values, 1):
            if isinstance(value, str):
                self.sheet.write_string(row, column, value, self._styles(**quoted(value)))
            else:
                self.sheet.write_number(row, column, value, self._styles())
        name = column_name(column)
        return f"{LISTS_SHEET}!${name}$2:${name}${len(values) + 1}"


def lane_colors(content: Content) -> list[tuple[str, int]]:
    """The values that colour the timeline as the sheet shows them, and which of `lane_list` each has."""
    own = _own_colors(content)
    usual, place_of = len(palette().lanes), palette().lane_place
    return [
        (name, usual + own.index(color) if color in own else place_of(color, place))
        for name, color, place in content.lane_names()
    ]


def lane_list(content: Content) -> list[tuple[str, str]]:
    """(fill, done part) of every lane colour: the theme's, then those that people made for this plan."""
    return [*palette().lane_list, *((color, shade(color)) for color in _own_colors(content))]


def _own_colors(content: Content) -> list[str]:
    return list(dict.fromkeys(color for _, color, _ in content.lane_names() if color.startswith("#")))
