"""The sheet What changed: the report for whoever had an earlier state, before all other sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model.history.earlier import Told
from ...model.records import ItemId
from ..difference import Line, Section, report
from ..strings import say
from .cells import clean
from .columns import FIRST_ROW as ROADMAP_ROW
from .content import Content, shown
from .page import A4, band, print_setup
from .styles import DATE, Styles, quoted, shade, tint
from .text_width import SHARE, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (("kind", 19.0), ("key", 10.0), ("text", 92.0), ("days", 13.0), ("finish", 14.0))
"""With their widths in characters."""
HEADER_ROW, FIRST_ROW = 3, 4
_LINE, _AIR, _MOST_LINES = 14.5, 5.0, 6
"""Points of a line of text and around it, and so many lines at most."""
_MOST_LINKS = 60_000
"""Excel takes a few more in a sheet."""
_BAD, _GOOD = frozenset({"slipped", "conflict", "dropped"}), frozenset({"pulled", "done"})


class ChangesSheet:
    """Writes the sheet, about what the rest of the workbook shows and nothing else."""

    def __init__(self, book: Workbook, styles: Styles, content: Content, told: Told) -> None:
        self.sheet: Worksheet = book.add_worksheet(say("workbook.sheet.changes"))
        self._styles, self._content = styles, content
        self._told = _for_readers(told, content)
        self._links = 0

    def write(self) -> None:
        sheet, told = self.sheet, report(self._told, self._content.today, most=None)
        sheet.hide_gridlines(2)
        for column, (_, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        band(sheet, self._styles, told.head, f"{told.about} · {told.summary}", len(COLUMNS))
        self._write_head()
        row = FIRST_ROW
        for section in told.sections:
            for line in section.lines:
                self._write_line(row, section, line)
                row += 1
        if row == FIRST_ROW:
            sheet.write_string(row, 2, say("changes.none"), self._styles())
            row += 1
        last = len(COLUMNS) - 1
        sheet.autofilter(HEADER_ROW, 0, row - 1, last)
        sheet.freeze_panes(FIRST_ROW, 0)
        print_setup(sheet, self._content, (0, 0, row - 1, last), (HEADER_ROW, HEADER_ROW), paper=A4)

    def _write_head(self) -> None:
        colors = self._styles.palette
        self.sheet.set_row(HEADER_ROW, 24)
        for column, (name, _) in enumerate(COLUMNS):
            look = self._styles(
                bold=True,
                font_color=colors["ink2"],
                bottom=2,
                bottom_color=colors["accent"],
                align="left" if name in ("kind", "text") else "center",
                indent=1 if name in ("kind", "text") else 0,
            )
            self.sheet.write_string(HEADER_ROW, column, say(f"workbook.changes.{name}"), look)

    def _write_line(self, row: int, section: Section, line: Line) -> None:
        text = clean(line.text)
        height = lines_of(text, COLUMNS[2][1] / SHARE - 3 * line.depth, _MOST_LINES) * _LINE + _AIR
        self.sheet.set_row(row, height)
        edge = {"bottom": 1, "bottom_color": self._styles.palette["hairline"]}
        kind = {"bold": True, "align": "left", "indent": 1, **_look(section.kind, self._styles), **edge}
        self.sheet.write_string(row, 0, say(f"news.{section.kind}.title"), self._styles(**kind))
        sentence = {"text_wrap": True, "indent": 1 + 2 * line.depth, **quoted(text), **edge}
        self.sheet.write_string(row, 2, text, self._styles(**sentence))
        for column in (1, 3, 4):
            self.sheet.write_blank(row, column, None, self._styles(**edge))
        if line.news is None:
            return
        self._write_key(row, line.news.id, edge)
        if line.days:
            color = self._styles.palette["danger" if line.days > 0 else "success"]
            look = {"num_format": "+0;−0", "align": "center", "bold": True, "font_color": shade(color)}
            self.sheet.write_number(row, 3, line.days, self._styles(**look, **edge))
        if line.news.span is not None and section.kind != "dropped":
            self.sheet.write_datetime(
                row, 4, line.news.span.last, self._styles(num_format=DATE, align="center", **edge)
            )

    def _write_key(self, row: int, id: ItemId, edge: dict[str, Any]) -> None:
        """The item's key, which leads to its row of the Roadmap sheet where it has one."""
        item = self._told.plan.items.get(id) or self._told.earlier.plan.items[id]
        key, place = clean(item.key), self._content.places.get(id)
        look = {"align": "center", "font_size": 9, **quoted(key), **edge}
        if place is None or self._links >= _MOST_LINKS:
            look["font_color"] = self._styles.palette["ink2"]
            self.sheet.write_string(row, 1, key, self._styles(**look))
            return
        self._links += 1
        sheet = say("workbook.sheet.roadmap")
        look["font_color"] = shade(self._styles.palette["accent"])
        target = f"internal:'{sheet}'!A{ROADMAP_ROW + place + 1}"
        self.sheet.write_url(row, 1, target, self._styles(**look), key)


def _for_readers(told: Told, content: Content) -> Told:
    """Without what the workbook does not show: other items, and fields that are left out."""
    fields = {*content.columns.place, *(content.columns.fields[key].title for key in content.columns.keys)}
    if not content.partial:
        ids = told.plan.items.keys() | told.earlier.plan.items.keys()
        return told if content.options.fields is None else told.among(ids, fields)
    earlier = shown(told.earlier.plan, told.earlier.times, content.view, content.options.team)
    return told.among(content.places.keys() | earlier.keys(), fields)


def _look(kind: str, styles: Styles) -> dict[str, str]:
    name = "danger" if kind in _BAD else "success" if kind in _GOOD else "accent"
    color = styles.palette[name]
    return {"bg_color": tint(color), "font_color": shade(color)}
