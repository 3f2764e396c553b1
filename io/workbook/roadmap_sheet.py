"""The sheet Roadmap: the table that people read, filter, edit and send back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...model.field import Field
from ..strings import say
from .cells import FIRST_SERIAL, LAST_SERIAL, Raw
from .columns import (
    DEPTH,
    FEEDBACK,
    FIRST_ROW,
    HEADER_ROW,
    KEY_ROW,
    SPARE_ROWS,
    TABLE_NAME,
    UID,
    Column,
)
from .content import Content, Line
from .lists_sheet import Lists, lane_colors, lane_list
from .page import Progress, band, formula_sheet, print_setup
from .sheet_cells import column_name
from .styles import (
    DATE,
    LITERAL_LIMIT,
    PERCENT,
    RULE_LIMIT,
    Styles,
    literal,
    quoted,
    shade,
    status_look,
    tint,
)
from .text_width import fitted, lines_of
from .values import is_open_ended
from .working_days import calendar_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROW_HEIGHT = 19.5
LINE_HEIGHT = 13.0
BLANKS_LIMIT = 2_000
"""Up to so many rows empty cells are written with their lines; above, a rule draws the lines."""
ONE_PAGE = 60
"""So many rows are printed on one page, a little smaller, rather than a few of them on a second one."""
MOST_LINES = 3
"""Lines of text to which a row grows at most."""
DEFAULT_SIZE = 11
"""Points of the font by which the width of columns is counted."""
PADDING, INDENT_WIDTH = 2.4, 1.3
"""What margin and first indent take of a column's width, and each further step of indent."""


class RoadmapSheet:
    """Writes the sheet; other sheets ask it for the ranges of its columns."""

    def __init__(self, book: Workbook, styles: Styles, content: Content, lists: Lists) -> None:
        self.sheet: Worksheet = book.add_worksheet(say("workbook.sheet.roadmap"), formula_sheet())
        self._styles = styles
        self._content = content
        self._columns = content.columns
        self._lists = lists
        self._ranges: dict[str, str] = {}
        self._last = FIRST_ROW + max(len(content.lines), 1) - 1
        self._spare = self._last + SPARE_ROWS
        self._small = len(content.lines) <= BLANKS_LIMIT

    @property
    def rows(self) -> int:
        """How many rows the ranges have."""
        return self._spare - FIRST_ROW + 1

    def range(self, field: str) -> str:
        """The cells of a column with the spare rows below, for the formulas of another sheet."""
        known = self._ranges.get(field)
        if known is None:
            name = column_name(self._columns.place[field])
            sheet = say("workbook.sheet.roadmap")
            known = self._ranges[field] = f"'{sheet}'!${name}${FIRST_ROW + 1}:${name}${self._spare + 1}"
        return known

    def write(self, progress: Progress) -> None:
        self._write_head()
        self._write_table()
        for place, line in enumerate(self._content.lines):
            self._write_line(FIRST_ROW + place, line)
            progress.step()
        self._add_choices()
        self._add_date_checks()
        self._add_colors()
        self.sheet.freeze_panes(FIRST_ROW, self._columns.place[UID])
        everywhere = f"A{FIRST_ROW + 1}:{column_name(len(self._columns.all) - 1)}{self._spare + 1}"
        self.sheet.ignore_errors({"number_stored_as_text": everywhere, "calculated_column": everywhere})
        area = (0, 0, self._last, max(n for n, column in enumerate(self._columns.all) if not column.more))
        pages = 1 if len(self._content.lines) <= ONE_PAGE else 0
        print_setup(self.sheet, self._content, area, repeat=(HEADER_ROW, HEADER_ROW), pages=pages)

    # Above the table

    def _write_head(self) -> None:
        styles, sheet = self._styles, self.sheet
        sheet.hide_gridlines(2)
        for place, column in enumerate(self._columns.all):
            width = column.width
            if column.field in FITTED:
                names = (str(line.cells[column.field] or "") for line in self._content.lines)
                width = fitted(names, width, FITTED[column.field])
            sheet.set_column(place, place, width, self._empty_format(column), {"hidden": column.hidden})
        band(sheet, styles, self._content.title, say("workbook.roadmap.hint"), len(self._columns.all))
        sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        for place, column in enumerate(self._columns.all):
            sheet.write_string(KEY_ROW, place, self._columns.mark(column.field), styles(font_size=8))

    def _write_table(self) -> None:
        colors = self._styles.palette
        self.sheet.set_row(HEADER_ROW, 26)
        columns = []
        for column in self._columns.all:
            look = self._styles(
                bold=True,
                font_color="#FFFFFF",
                bg_color=self._head_color(column),
                bottom=2,
                bottom_color=colors["accent"],
                align=column.align,
                indent=1 if column.align == "left" else 0,
            )
            options: dict[str, Any] = {"header": self._columns.headings[column.field], "header_format": look}
            if column.field == "finish":
                options["formula"] = self._finish_formula("[@{}]", self._plan_days_off())
                options["format"] = self._format(column, None, 1)
            columns.append(options)
        area = (HEADER_ROW, 0, self._last, len(self._columns.all) - 1)
        options = {
            "name": TABLE_NAME,
            "style": "Table Style Light 1",
            "columns": columns,
            "banded_rows": False,
        }
        self.sheet.add_table(*area, options)
        if not self._content.lines:
            for place in range(len(self._columns.all)):
                self.sheet.write_blank(FIRST_ROW, place, None, self._styles())

    def _head_color(self, column: Column) -> str:
        colors = self._styles.palette
        if column.field == FEEDBACK:
            return colors["accent"]
        return colors["ink2"] if column.computed else shade(colors["ink2"])

    # Rows

    def _write_line(self, row: int, line: Line) -> None:
        lines = _lines_needed(line, self._columns.all)
        self.sheet.set_row(row, ROW_HEIGHT + LINE_HEIGHT * (min(lines, MOST_LINES) - 1))
        for place, column in enumerate(self._columns.all):
            raw = self._raw(column, line)
            look = self._format(column, line, lines, raw)
            if column.field == "finish" and line.follows:
                days_off = self._lists.days_off.get(calendar_of(self._content.plan, line.item), "")
                self.sheet.write_formula(
                    row, place, self._finish_formula(f"{{}}{row + 1}", days_off), look, raw
                )
            elif raw is None:
                if self._small or column.computed:
                    self.sheet.write_blank(row, place, None, look)
            elif isinstance(raw, str):
                self.sheet.write_string(row, place, raw, look)
            else:
                self.sheet.write_number(row, place, raw, look)

    def _raw(self, column: Column, line: Line) -> Raw:
        if column.field == UID:
            return line.uid
        if column.field == DEPTH:
            return line.depth
        if column.field == FEEDBACK:
            return None
        return line.cells[column.field]

    def _finish_formula(self, cell: str, days_off: str) -> str:
        """The last day of the row's item; `cell` makes a reference of a column."""
        if "@" in cell:
            start, days, kind = (
                cell.format(self._columns.headings[field]) for field in ("start", "duration", "kind")
            )
        else:
            start, days, kind = (
                "$" + cell.format(column_name(self._columns.place[field]))
                for field in ("start", "duration", "kind")
            )
        milestone = literal(say("kind.milestone"))
        off = f",{days_off}" if days_off else ""
        return (
            f"=IF(ISNUMBER({start}),IF(OR({kind}={milestone},N({days})<1),{start},"
            f'WORKDAY({start}-1,{days}{off})),"")'
        )

    def _plan_days_off(self) -> str:
        return self._lists.days_off.get(self._content.plan.info.calendar, "")

    def _format(self, column: Column, line: Line | None, lines: int, raw: Raw = None) -> Format:
        colors = self._styles.palette
        field = self._columns.fields.get(column.field)
        look: dict[str, Any] = {"bottom": 1, "bottom_color": colors["line"], "align": column.align}
        rolled_up = line is not None and line.rolled_up
        computed = column.computed or (rolled_up and column.field in ROLLED_UP)
        if computed:
            look |= {"bg_color": colors["panel"], "font_color": colors["ink2"]}
        if column.small:
            look |= {"font_size": 9, "font_color": colors["ink2"]}
        if field is not None and (number_format := number_format_of(field)):
            look["num_format"] = number_format
        if column.wrap:
            whole = lines <= MOST_LINES or line is None or _lines_in(column, line) <= MOST_LINES
            look |= {"text_wrap": True, "valign": "vcenter" if whole else "top"}
        if column.align == "left":
            look["indent"] = 1
        if line is not None and column.field == "title":
            look["bold"] = line.parent or line.depth == 0
            look["indent"] = 1 + min(2 * line.depth, 12)
            if line.item.kind == "milestone":
                look["italic"] = True
        if isinstance(raw, str):
            look |= quoted(raw)
        return self._styles(**look)

    def _empty_format(self, column: Column) -> Format:
        """How what is typed into an empty cell of the column looks, also below the table."""
        look: dict[str, Any] = {"align": column.align, "text_wrap": column.wrap}
        field = self._columns.fields.get(column.field)
        if field is not None and (number_format := number_format_of(field)):
            look["num_format"] = number_format
        if column.small:
            look |= {"font_size": 9, "font_color": self._styles.palette["ink2"]}
        if column.align == "left":
            look["indent"] = 1
        return self._styles(**look)

    # What guides people

    def _add_choices(self) -> None:
        for field, source in self._lists.choices.items():
            open_ended = is_open_ended(self._columns.fields[field])
            self._check(
                field,
                {
                    "validate": "list",
                    "source": "=" + source,
                    "error_type": "warning" if open_ended else "stop",
                    "error_title": say("workbook.new_name" if open_ended else "workbook.pick"),
                    "error_message": say(
                        "workbook.new_name.text" if open_ended else "workbook.pick.text",
                        field=self._columns.headings[field],
                    ),
                },
            )

    def _add_date_checks(self) -> None:
        start, finish, deadline = map(self._at, ("start", "finish", "deadline"))
        a_date = f"AND(ISNUMBER({{0}}),{{0}}>={FIRST_SERIAL},{{0}}<={LAST_SERIAL})"
        checks = [
            ("start", "=" + a_date.format(start), "workbook.date"),
            ("finish", f"=AND(ISNUMBER({finish}),{finish}>={start})", "workbook.finish"),
        ]
        if deadline:
            checks.append(("deadline", "=" + a_date.format(deadline), "workbook.date"))
        for field, criteria, code in checks:
            texts = {"error_title": say(code), "error_message": say(f"{code}.text")}
            self._check(field, {"validate": "custom", "value": criteria, **texts})
        for field, most, code in (("progress", 1, "workbook.percent"), ("duration", 10_000, "workbook.days")):
            texts = {"error_title": say(code), "error_message": say(f"{code}.text")}
            kind = "decimal" if field == "progress" else "integer"
            bounds = {"criteria": "between", "minimum": 0, "maximum": most}
            self._check(field, {"validate": kind, **bounds, **texts})

    def _check(self, field: str, options: dict[str, Any]) -> None:
        place = self._columns.place[field]
        self.sheet.data_validation(FIRST_ROW, place, self._spare, place, options)

    def _add_colors(self) -> None:
        styles, colors = self._styles, self._styles.palette
        for name, place in lane_colors(self._content)[:RULE_LIMIT]:
            fill, done = lane_list(self._content)[place]
            if self._content.color != "status":
                self._color(self._content.color, name, font_color=shade(done), bg_color=tint(fill), bold=True)
        for status in list(self._content.plan.statuses.values())[:RULE_LIMIT]:
            self._color("status", status.title, bold=True, **status_look(status.category))
        bar = {
            "type": "data_bar",
            "data_bar_2010": True,
            "bar_solid": True,
            "bar_color": tint(colors["accent"]),
            "bar_no_border": True,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        }
        place = self._columns.place["progress"]
        self.sheet.conditional_format(FIRST_ROW, place, self._spare, place, bar)
        if not self._small:
            line = styles.rule(bottom=1, bottom_color=colors["line"])
            rule = {
                "type": "formula",
                "criteria": f'={self._at(UID)}<>""',
                "format": line,
            }
            self.sheet.conditional_format(FIRST_ROW, 0, self._spare, len(self._columns.all) - 1, rule)
        if "deadline" not in self._columns.place:
            return
        finish, deadline = self._at("finish"), self._at("deadline")
        late = f"=AND(ISNUMBER({deadline}),ISNUMBER({finish}),{finish}>{deadline})"
        red = styles.rule(font_color=shade(colors["danger"]), bg_color=colors["danger_soft"], bold=True)
        for field in ("finish", "deadline"):
            place = self._columns.place[field]
            rule = {"type": "formula", "criteria": late, "format": red}
            self.sheet.conditional_format(FIRST_ROW, place, self._spare, place, rule)

    def _color(self, field: str, name: str, **look: Any) -> None:
        if not name or len(name) > LITERAL_LIMIT:
            return
        place = self._columns.place[field]
        rule = {"type": "cell", "criteria": "==", "value": literal(name), "format": self._styles.rule(**look)}
        self.sheet.conditional_format(FIRST_ROW, place, self._spare, place, rule)

    def _at(self, field: str) -> str:
        """The first cell of a column, as a rule for all its cells names it; empty: there is no such one."""
        place = self._columns.place.get(field)
        return "" if place is None else f"${column_name(place)}{FIRST_ROW + 1}"


FITTED = {"key": 20, "team": 30, "owner": 30, "level": 20, "status": 22, "parent": 20}
"""Columns that get as wide as their names, and the widest they get."""
ROLLED_UP = ("start", "finish", "duration", "progress")
"""What parents get from their children."""


def number_format_of(field: Field) -> str:
    """How numbers of the field are shown; empty: as they are."""
    if field.kind == "date":
        return DATE
    if field.kind == "percent":
        return PERCENT
    record = field.own
    if record is None or field.kind not in ("number", "currency"):
        return ""
    if field.kind == "number" and record.decimals is None:
        return ""
    decimals = 2 if record.decimals is None else record.decimals
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    code = "".join(letter for letter in record.currency if letter.isalpha())
    return f'{digits} "{code}"' if code and field.kind == "currency" else digits


def _lines_needed(line: Line, columns: Iterable[Column]) -> int:
    """How many lines of text the row's longest cell takes."""
    return max(_lines_in(column, line) for column in columns if column.wrap)


def _lines_in(column: Column, line: Line) -> int:
    """How many lines the row's text takes in a column; counting ends above `MOST_LINES`."""
    raw = line.cells.get(column.field)
    if not isinstance(raw, str) or (len(raw) <= column.width * 0.6 and "\n" not in raw):
        return 1
    indent = min(2 * line.depth, 12) if column.field == "title" else 0
    room = column.width - PADDING - indent * INDENT_WIDTH
    return lines_of(raw, room * DEFAULT_SIZE / (9 if column.small else 10), MOST_LINES + 1)
