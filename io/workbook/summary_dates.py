"""The right half of the Summary sheet: what finishes in each month, and the next milestones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..strings import say
from .cells import EPOCH, day_of
from .columns import FIRST_ROW
from .content import Content
from .lists_sheet import Lists
from .sheet_cells import column_name
from .styles import SHORT_DATE, Styles, literal, quoted
from .summary_counts import SCALE, Counts
from .summary_look import (
    AHEAD,
    CHARTS,
    DAY,
    FINISHING,
    MILESTONES,
    MONTH,
    TABLES,
    TITLE,
    WHO,
    SummaryLook,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MONTHS_BEFORE, FEWEST_MONTHS, MOST_MONTHS = 3, 6, 18
NEXT = 24
"""Milestones that are listed."""


class SummaryDates(SummaryLook):
    """Writes both blocks."""

    def __init__(
        self, book: Workbook, sheet: Worksheet, styles: Styles, content: Content, lists: Lists, counts: Counts
    ) -> None:
        super().__init__(sheet, styles, content, say("workbook.sheet.summary"))
        self._book = book
        self._lists = lists
        self._counts = counts

    def write(self) -> int:
        """Returns the row below."""
        return max(self._write_months(), self._write_next())

    def _write_months(self) -> int:
        """What finishes in each month; what finishes before or after those has a row of its own."""
        self._head(CHARTS, MONTH, MILESTONES, say("workbook.summary.by_month"))
        codes = ("workbook.summary.month", "workbook.summary.finishing", "workbook.tile.milestones")
        self._heads(MONTH, codes)
        finish = self._counts.at["finish"]
        months = self._months()
        letter = column_name(MONTH)
        row = TABLES + 1
        latest = f"MIN(EDATE(TODAY(),-{MONTHS_BEFORE}),EDATE(MAX({finish}),-{FEWEST_MONTHS - 1}))"
        first = f"MAX(MIN({finish}),{latest})"
        first = f"IF(COUNT({finish})=0,TODAY(),{first})"
        look = self._look(align="left", indent=1, num_format="mmm yyyy")
        for place, month in enumerate(months):
            formula = f"=EDATE({letter}{row},1)" if place else f"=DATE(YEAR({first}),MONTH({first}),1)"
            self.sheet.write_formula(row, MONTH, formula, look, month)
            after = months[place + 1] if place + 1 < len(months) else _month(month, 1)
            self._write_month(row, f"{letter}{row + 1}", f"EDATE({letter}{row + 1},1)", (month, after))
            row += 1
        top = f"{letter}{TABLES + 2}"
        self.sheet.write_string(
            row, MONTH, say("workbook.summary.earlier"), self._look(align="left", indent=1)
        )
        self._write_month(row, "0", top, (0, months[0]))
        row += 1
        end = _month(months[-1], 1)
        self.sheet.write_string(row, MONTH, say("workbook.summary.later"), self._look(align="left", indent=1))
        self._write_month(row, f"EDATE({letter}{row - 1},1)", "2958466", (end, 2958466))
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        colors = self._styles.palette
        for column, color, code in (
            (FINISHING, colors["accent"], "workbook.summary.finishing"),
            (MILESTONES, colors["warning"], "workbook.tile.milestones"),
        ):
            chart.add_series(
                {
                    "name": say(code),
                    "categories": self._cells(MONTH, len(months)),
                    "values": self._cells(column, len(months)),
                    "fill": {"color": color},
                    "gap": 40,
                }
            )
        quiet = self._axis()
        chart.set_x_axis({**quiet, "num_format": "mmm yy", "text_axis": True, "interval_unit": 3})
        lines = {"visible": True, "line": {"color": colors["line"], "width": 0.75}}
        chart.set_y_axis({**quiet, "major_gridlines": lines, "line": {"none": True}, "num_format": "0"})
        self._insert(chart, MONTH, MILESTONES, "bottom")
        return row + 1

    def _write_month(self, row: int, first: str, after: str, days: tuple[int, int]) -> None:
        """How many bars and how many milestones finish from one day to before another."""
        finish = self._counts.at["finish"]
        within = f"ISNUMBER({finish})*({finish}>={first})*({finish}<{after})*{self._counts.leaf}"
        milestone = self._counts.milestone
        found = [
            line
            for line in self._counts.leaves
            if isinstance(raw := line.cells["finish"], int) and days[0] <= raw < days[1]
        ]
        signs = sum(line.item.kind == "milestone" for line in found)
        self._number(row, FINISHING, self._counts.sum(f"{within}*(1-{milestone})"), len(found) - signs)
        self._number(row, MILESTONES, self._counts.sum(f"{within}*{milestone}"), signs)

    def _write_next(self) -> int:
        """The next milestones, by date."""
        self._head(CHARTS, DAY, AHEAD, say("workbook.summary.next"))
        codes = ("workbook.summary.day", "kind.milestone", "field.team", "workbook.summary.ahead")
        self._heads(DAY, codes, CHARTS + 1)
        at, today = self._counts.at, self._content.today.toordinal() - EPOCH
        ahead = self._counts.ahead()
        condition = f"{self._counts.milestone}*ISNUMBER({at['finish']})*({at['finish']}>=TODAY())"
        number = f"{at['finish']}+ROW({at['finish']})/{SCALE}"
        found = [f'=IFERROR(SMALL(IF({condition},{number}),{place + 1}),"")' for place in range(NEXT)]
        values: list[float | str] = [*(day for day, _ in ahead[:NEXT]), *[""] * (NEXT - len(ahead))]
        heading = say("workbook.summary.next")
        at_found = self._lists.add_formulas(heading, found, values, arrays=True).partition(":")[0]
        none = say("workbook.summary.none_ahead")
        for place, value in enumerate(values):
            row = CHARTS + 2 + place
            line = ahead[place][1] if place < len(ahead) else None
            cell = at_found.replace("$2", f"${place + 2}")
            index = f"ROUND(({cell}-INT({cell}))*{SCALE},0)-{FIRST_ROW}"
            cells: tuple[tuple[int, str, Any, dict[str, Any]], ...] = (
                (DAY, f"INT({cell})", int(value) if line else "", {"num_format": SHORT_DATE}),
                (TITLE, f'INDEX({at["title"]},{index})&""', line.cells["title"] if line else "", {}),
                (WHO, f'INDEX({at["team"]},{index})&""', (line.cells["team"] or "") if line else "", {}),
                (
                    *(AHEAD, f"INT({cell})-TODAY()", int(value) - today if line else ""),
                    {"num_format": say("workbook.summary.in_days"), "align": "center", "indent": 0},
                ),
            )
            for column, formula, shown, extra in cells:
                look = self._styles(
                    **{"align": "left", "indent": 1}
                    | extra
                    | (quoted(shown) if isinstance(shown, str) else {})
                )
                empty = none if (place, column) == (0, TITLE) else ""
                made = f"=IF({cell}={literal('')},{literal(empty)},{formula})"
                self.sheet.write_formula(row, column, made, look, shown if line else empty)
        line = self._styles.rule(bottom=1, bottom_color=self._styles.palette["line"])
        first = CHARTS + 2
        rule = {"type": "formula", "criteria": f'=${column_name(DAY)}{first + 1}<>""', "format": line}
        self.sheet.conditional_format(first, DAY, first + NEXT - 1, AHEAD, rule)
        return first + NEXT

    def _months(self) -> list[int]:
        """Serial numbers of the first days of the months that get a row."""
        today = self._content.today.toordinal() - EPOCH
        finishes = [raw for line in self._content.lines if isinstance(raw := line.cells["finish"], int)]
        first = _month(today)
        if finishes:
            latest = min(_month(today, -MONTHS_BEFORE), _month(max(finishes), 1 - FEWEST_MONTHS))
            first = max(_month(min(finishes)), latest)
        found = [first]
        last = max(finishes, default=found[0])
        while len(found) < MOST_MONTHS and (found[-1] <= last or len(found) < FEWEST_MONTHS):
            found.append(_month(found[-1], 1))
        return found


def _month(number: int, step: int = 0) -> int:
    """The serial number of the first day of that day's month, or of one so many months later."""
    day = day_of(number) or date.min
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    return date(year, month + 1, 1).toordinal() - EPOCH
