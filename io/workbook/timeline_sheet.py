"""The sheet Timeline: rows that read the Roadmap sheet by formulas, under an axis of weeks to quarters.

Its bars are drawn by the rules of `timeline_rules`. Every formula is written with its result, so that
previews, phones and protected views show the timeline without calculating. Rows read the table by their place
in it, so sorting, inserting, deleting and rows typed under the table are followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..strings import say
from .axis import FEWEST, Axis
from .cells import Raw
from .content import Content, Line
from .lists_sheet import Lists, lane_colors
from .page import Progress, band, formula_sheet, print_setup
from .roadmap_sheet import RoadmapSheet
from .sheet_cells import column_name
from .styles import DATE, SHORT_DATE, Styles, literal, quoted
from .text_width import fitted
from .timeline_rules import BAR, MILESTONE, NEUTRAL, NOTHING, PARENT, add_rules

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEADER = 7
FIRST = 8
"""Rows, from 0, of the headings and of the first item."""
DATES_ROW = 3
LANE, TITLE, OWNER, START, FINISH, STATUS, COLOR, DONE, KIND = range(9)
"""The columns left of the grid; the last three are hidden."""
GRID = 9
SPARE = 20
"""Rows below the last item, for what people type under the table."""
ROW_LIMIT = 2_000
"""Items above this are left out, so that writing and opening stay fast."""
SIGN_LIMIT = 300
"""Up to so many items milestones are diamonds by a formula in each cell; above, a dark cell by a rule."""
WIDTHS = (17, 42, 17, 10.5, 10.5, 12.5, 3, 9, 3)
NARROWEST, WIDEST = 2.9, 6.0
"""Widths of a column of the grid: a short plan gets wider ones."""
PRINTED = 16
"""Columns of the grid that are printed at least."""
INDENT = "\u00a0\u00a0\u00a0"


class TimelineSheet:
    """Writes the sheet."""

    def __init__(
        self, book: Workbook, styles: Styles, content: Content, lists: Lists, roadmap: RoadmapSheet
    ) -> None:
        self.sheet: Worksheet = book.add_worksheet(say("workbook.sheet.timeline"), formula_sheet())
        self._styles = styles
        self._content = content
        self._lists = lists
        self._roadmap = roadmap
        self._lines = content.lines[:ROW_LIMIT]
        self._last = FIRST + len(self._lines) + SPARE - 1
        self._axis = Axis([line.cells for line in self._lines], content.today, content.options.scale)
        self._has_owner = "owner" in content.columns.place
        self._signs = len(self._lines) <= SIGN_LIMIT
        self._colors = {name.casefold(): place + 1 for name, place in reversed(lane_colors(content))}
        self._parents = {
            str(line.cells["parent"]).casefold() for line in content.lines if line.cells["parent"] is not None
        }

    def write(self, progress: Progress) -> None:
        self._set_up()
        self._write_head()
        self._axis.write(self.sheet, self._styles, self._roadmap, GRID, DATES_ROW)
        before: Line | None = None
        for place in range(len(self._lines) + SPARE):
            line = self._lines[place] if place < len(self._lines) else None
            self._write_row(FIRST + place, line, before)
            before = line
            if line is not None:
                progress.step()
        add_rules(self.sheet, self._styles, self._content, (FIRST, GRID, self._last, self._end), self._signs)
        self.sheet.freeze_panes(FIRST, TITLE + 1)
        self.sheet.autofilter(HEADER, LANE, self._last, STATUS)
        allowed = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
        self.sheet.protect("", allowed)
        printed = (0, 0, max(FIRST + len(self._lines) - 1, FIRST), GRID + max(self._axis.used, PRINTED) - 1)
        print_setup(self.sheet, self._content, printed, repeat=(DATES_ROW + 1, HEADER))

    @property
    def _end(self) -> int:
        return GRID + self._axis.count - 1

    def _set_up(self) -> None:
        sheet, styles = self.sheet, self._styles
        sheet.hide_gridlines(2)
        widths = list(WIDTHS)
        for place, field, most in (
            (LANE, self._content.lane, 26),
            (TITLE, "title", 60),
            (OWNER, "owner", 26),
        ):
            texts = (INDENT * line.depth + str(line.cells.get(field) or "") for line in self._lines)
            widths[place] = fitted(texts, widths[place], most)
        for place, width in enumerate(widths):
            hidden = place >= COLOR or (place == OWNER and not self._has_owner)
            sheet.set_column(place, place, width, None, {"hidden": hidden})
        wider = min(WIDEST, NARROWEST * FEWEST / self._axis.used)
        sheet.set_column(GRID, self._end, max(NARROWEST, wider), self._cell_format())
        sheet.set_column(self._end + 1, self._end + 1, 2, None, {"hidden": True})
        for row, height in ((2, 8), (4, 16), (5, 15), (6, 13), (HEADER, 18)):
            sheet.set_row(row, height)
        sheet.set_row(DATES_ROW, None, None, {"hidden": True})
        plain = styles(bg_color=styles.palette["background"])
        for column in range(GRID, self._end + 1):
            sheet.write_blank(2, column, None, plain)

    def _write_head(self) -> None:
        sheet, styles = self.sheet, self._styles
        colors = styles.palette
        content = self._content
        band(
            sheet,
            styles,
            say("workbook.timeline.title", title=content.title),
            say("workbook.timeline.hint"),
            self._end + 1,
        )
        ink = colors["ink"]
        label = {"font_color": "#C9D1DC", "bg_color": ink}
        field = {
            "bold": True,
            "bg_color": "#FFE9B8",
            "font_color": ink,
            "align": "center",
            "locked": False,
            "border": 1,
            "border_color": colors["warning"],
        }
        at = OWNER if self._has_owner else TITLE
        sheet.write_string(1, at, say("workbook.timeline.scale"), styles(bold=True, align="right", **label))
        sheet.write_string(1, START, say(f"workbook.scale.{self._axis.scale}"), styles(**field))
        choices = {"validate": "list", "source": "=" + self._lists.scale}
        choices |= {"error_title": say("workbook.pick"), "error_message": say("workbook.timeline.pick")}
        sheet.data_validation(1, START, 1, START, choices)
        sheet.write_string(1, FINISH, say("workbook.timeline.from"), styles(align="center", **label))
        starts = self._roadmap.range("start")
        first = f"=IF(COUNT({starts})=0,TODAY(),MIN({starts}))"
        sheet.write_formula(1, STATUS, first, styles(num_format=DATE, **field), self._axis.first)
        ends = self._roadmap.range("finish")
        last = f"=IF(COUNT({ends})=0,$F$2,MAX({ends}))"
        sheet.write_formula(1, DONE, last, styles(bg_color=ink, font_color=ink), self._axis.last)
        if len(self._lines) < len(content.lines):
            text = say("workbook.timeline.limited", shown=len(self._lines), all=len(content.lines))
            look = styles(bold=True, font_color="#FFD591", bg_color=ink, indent=1)
            sheet.write_string(1, GRID, text, look)
        head: dict[str, Any] = {"bg_color": colors["ink2"], "font_color": "#FFFFFF", "bold": True}
        for row in range(DATES_ROW + 1, HEADER + 1):
            for column in range(GRID):
                sheet.write_blank(row, column, None, styles(**head))
        titles = [content.lane, "title", "owner", "start", "finish", "status"]
        for column, key in enumerate(titles):
            align = "center" if column >= START else "left"
            text = say("workbook.item") if key == "title" else content.columns.headings.get(key, "")
            indent = 1 if align == "left" else 0
            sheet.write_string(HEADER, column, text, styles(**head, align=align, indent=indent))

    # Rows

    def _write_row(self, row: int, line: Line | None, before: Line | None) -> None:
        sheet = self.sheet
        sheet.set_row(row, 16.5)
        cells = line.cells if line is not None else {}
        at = self._formulas(row)
        kind = self._kind_of(line)
        start, finish = _number(cells.get("start")), _number(cells.get("finish"))
        values: list[Raw] = [
            self._lane_shown(line, before),
            INDENT * line.depth + str(cells.get("title") or "") if line is not None else "",
            cells.get("owner") or "",
            "" if start is None else start,
            "" if finish is None else finish,
            cells.get("status") or "",
            self._color_of(line),
            _done_until(start, finish, cells.get("progress"), kind),
            kind,
        ]
        for column, (formula, value) in enumerate(zip(at, values, strict=True)):
            sheet.write_formula(row, column, formula, self._row_format(column, line, value), value)
        if self._signs:
            look = self._cell_format()
            for place in range(self._axis.count):
                column = GRID + place
                here, after = column_name(column), column_name(column + 1)
                formula = f'=IF(AND($I{row + 1}=1,{here}$4<=$E{row + 1},{after}$4>$E{row + 1}),"◆","")'
                hit = kind == MILESTONE and finish is not None and self._axis.holds(place, finish)
                sheet.write_formula(row, column, formula, look, "◆" if hit else "")

    def _formulas(self, row: int) -> list[str]:
        """The formulas of a row's cells left of the grid."""
        number = row + 1
        place = f"ROW()-ROW($A${HEADER + 1})"

        def cell(field: str, place: str = place) -> str:
            return f"INDEX({self._roadmap.range(field)},{place})"

        lane = self._content.lane
        shown = f'{cell(lane)}&""'
        if row > FIRST:
            shown = f'IF({cell(lane)}&""={cell(lane, place + "-1")}&"","",{shown})'
        names, places = self._lists.lane_names, self._lists.lane_places
        found = f"SUMPRODUCT(({names}={cell(self._content.color)})*{places})"
        has_dates = f"AND(ISNUMBER($D{number}),ISNUMBER($E{number}))"
        key = cell("key")
        parent = f'AND({key}<>"",ISNUMBER(MATCH({key},{self._roadmap.range("parent")},0)))'
        milestone = f"{cell('kind')}={literal(say('kind.milestone'))}"
        span = f"$D{number}+N({cell('progress')})*($E{number}-$D{number}+1)"
        indent = f'REPT("{INDENT}",N({cell("depth")}))'
        return [
            f'=IFERROR({shown},"")',
            f'=IFERROR({indent}&{cell("title")},"")',
            f'=IFERROR({cell("owner")}&"","")' if self._has_owner else '=""',
            f'=IFERROR(IF(ISNUMBER({cell("start")}),{cell("start")},""),"")',
            f'=IFERROR(IF(ISNUMBER({cell("finish")}),{cell("finish")},""),"")',
            f'=IFERROR({cell("status")}&"","")',
            f'=IFERROR(IF($B{number}&$D{number}="",0,IF({found}=0,{NEUTRAL},{found})),0)',
            f"=IFERROR(IF($I{number}<{PARENT},0,{span}),0)",
            f"=IFERROR(IF({has_dates},IF({milestone},{MILESTONE},IF({parent},{PARENT},{BAR})),{NOTHING}),0)",
        ]

    def _lane_shown(self, line: Line | None, before: Line | None) -> str:
        """The lane's name where it differs from that of the row above."""
        name = str(line.cells[self._content.lane] or "") if line is not None else ""
        above = str(before.cells[self._content.lane] or "") if before is not None else ""
        return "" if before is not None and name.casefold() == above.casefold() else name

    def _color_of(self, line: Line | None) -> int:
        if line is None or (not line.cells["title"] and _number(line.cells["start"]) is None):
            return 0
        name = line.cells[self._content.color]
        return self._colors.get(str(name or "").casefold(), 0) or NEUTRAL

    def _kind_of(self, line: Line | None) -> int:
        if line is None or _number(line.cells["start"]) is None or _number(line.cells["finish"]) is None:
            return NOTHING
        if line.item.kind == "milestone":
            return MILESTONE
        key = line.cells["key"]
        return PARENT if key is not None and str(key).casefold() in self._parents else BAR

    def _row_format(self, column: int, line: Line | None, value: Raw) -> Format:
        colors = self._styles.palette
        edge = colors["line"] if line is not None else colors["background"]
        look: dict[str, Any] = {"bottom": 1, "bottom_color": edge}
        if column == LANE:
            look |= {"bold": True, "font_size": 9, "indent": 1, "align": "left"}
        elif column == TITLE:
            look |= {"align": "left", "indent": 1, "bold": line is not None and line.parent}
        elif column in (START, FINISH):
            look |= {
                "font_size": 9,
                "font_color": colors["ink2"],
                "align": "center",
                "num_format": SHORT_DATE,
            }
        elif column == OWNER:
            look |= {"font_size": 9, "font_color": colors["ink2"], "align": "left", "indent": 1}
        elif column == STATUS:
            look |= {"font_size": 9, "font_color": colors["ink2"], "align": "center"}
        else:
            look = {"font_size": 8, "font_color": colors["ink3"]}
        return self._styles(**look, **(quoted(value) if isinstance(value, str) else {}))

    def _cell_format(self) -> Format:
        white = self._styles.palette["background"]
        return self._styles(
            font_size=12, bold=True, align="center", top=2, bottom=2, top_color=white, bottom_color=white
        )


def _number(raw: Raw) -> int | float | None:
    return None if isinstance(raw, str) else raw


def _done_until(start: float | None, finish: float | None, progress: Raw, kind: int) -> float:
    """The point up to which a bar is done, as a serial number."""
    if start is None or finish is None or kind < PARENT:
        return 0
    return start + (progress if isinstance(progress, (int, float)) else 0) * (finish - start + 1)
