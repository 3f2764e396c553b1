"""The timeline's axis: one column for each week, month or quarter, by formulas that follow the scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..strings import say
from .cells import Raw, day_of, serial
from .options import SCALES
from .sheet_cells import column_name
from .styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from .roadmap_sheet import RoadmapSheet

FEWEST, MOST = 30, 62
"""Columns of the axis."""
SCALE_CELL = "$D$2"
FROM_CELL = "$F$2"
LAST_CELL = "$H$2"


class Axis:
    """The scale that suits the dates of some rows, and the first day of each of its columns."""

    def __init__(self, rows: Sequence[Mapping[str, Raw]], today: date, wanted: str = "") -> None:
        starts = [raw for cells in rows if isinstance(raw := cells["start"], int)]
        finishes = [raw for cells in rows if isinstance(raw := cells["finish"], int)]
        now = serial(today) or 0
        self.first = min(starts, default=now)
        """Serial number of the first day of all, in the cell `from`."""
        self.last = max(finishes, default=self.first)
        self._today = now
        for scale in (wanted,) if wanted in SCALES else SCALES:
            self.scale = scale
            begins = self._begins(scale, MOST + 1)
            if begins[-1] > self.last:
                break
        count = sum(1 for begin in begins if begin <= self.last) + 1
        self.used = min(count, MOST)
        """Columns that the rows take; the others are for what they become."""
        self.count = min(max(count, FEWEST), MOST)
        self.begins = self._begins(self.scale, self.count + 1)
        """Serial number of the first day of each column, and of the one after the last."""

    def holds(self, place: int, day: float) -> bool:
        """Whether the day falls into the column."""
        return self.begins[place] <= day < self.begins[place + 1]

    def write(
        self, sheet: Worksheet, styles: Styles, roadmap: RoadmapSheet, column: int, dates_row: int
    ) -> None:
        """Write the hidden row of dates, and year, month, day and the mark of today above the grid."""
        colors = styles.palette
        months = say("workbook.months").split(",")
        names = ",".join(f'"{month}"' for month in months)
        weeks, quarters = (
            f'{SCALE_CELL}="{say(f"workbook.scale.{scale}")}"' for scale in ("weeks", "quarters")
        )
        scale_of_months = f'{SCALE_CELL}="{say("workbook.scale.months")}"'
        upper = styles(font_size=9, bold=True, font_color="#FFFFFF", bg_color=colors["ink2"])
        middle = styles(font_size=8, bold=True, bg_color=colors["line"], align="center")
        lower = styles(font_size=7, font_color=colors["ink2"], bg_color=colors["panel"], align="center")
        mark = styles(font_size=9, bold=True, font_color=colors["today"], align="center")
        monday = f"{FROM_CELL}-WEEKDAY({FROM_CELL},2)+1"
        month = f"DATE(YEAR({FROM_CELL}),MONTH({FROM_CELL}),1)"
        quarter = f"DATE(YEAR({FROM_CELL}),3*INT((MONTH({FROM_CELL})-1)/3)+1,1)"
        for place in range(self.count + 1):
            at = column_name(column + place)
            before = column_name(column + place - 1)
            here, last = f"{at}${dates_row + 1}", f"{before}${dates_row + 1}"
            if place == 0:
                begin = f"=IF({weeks},{monday},IF({scale_of_months},{month},{quarter}))"
            else:
                begin = f"=IF({weeks},{last}+7,EDATE({last},IF({scale_of_months},1,3)))"
            sheet.write_formula(
                dates_row, column + place, begin, styles(num_format="yyyy-mm-dd"), self.begins[place]
            )
            if place == self.count:
                break
            texts = self._texts(place, months)
            year = self._year_formula(place, column, dates_row, quarters)
            sheet.write_formula(dates_row + 1, column + place, year, upper, texts[0])
            changes = "TRUE" if place == 0 else f"MONTH({here})<>MONTH({last})"
            quarter_text = f'"Q"&INT((MONTH({here})+2)/3)'
            label = f'=IF({quarters},{quarter_text},IF({changes},CHOOSE(MONTH({here}),{names}),""))'
            sheet.write_formula(dates_row + 2, column + place, label, middle, texts[1])
            sheet.write_formula(
                dates_row + 3, column + place, f'=IF({weeks},DAY({here}),"")', lower, texts[2]
            )
            after = f"{column_name(column + place + 1)}${dates_row + 1}"
            now = f'=IF(AND(TODAY()>={here},TODAY()<{after}),"▼","")'
            shown = "▼" if self.holds(place, self._today) else ""
            sheet.write_formula(dates_row + 4, column + place, now, mark, shown)

    def _year_formula(self, place: int, column: int, dates_row: int, quarters: str) -> str:
        """The quarter or year where one begins, in two cells: text can't flow into a formula's cell."""

        def at(step: int) -> str:
            return f"{column_name(column + place + step)}${dates_row + 1}"

        def group(cell: str) -> str:
            return f"IF({quarters},YEAR({cell}),YEAR({cell})*10+INT((MONTH({cell})+2)/3))"

        begins = "TRUE" if place == 0 else f"{group(at(0))}<>{group(at(-1))}"
        if place == 0:
            began = "FALSE"
        elif place == 1:
            began = "TRUE"
        else:
            began = f"{group(at(-1))}<>{group(at(-2))}"
        head = f'IF({quarters},LEFT(YEAR({at(0)}),2),"Q"&INT((MONTH({at(0)})+2)/3))'
        tail = f'IF({quarters},RIGHT(YEAR({at(0)}),2),"’"&RIGHT(YEAR({at(0)}),2))'
        return f'=IF({begins},{head},IF({began},{tail},""))'

    def _texts(self, place: int, months: Sequence[str]) -> tuple[str, str, int | str]:
        """What the formulas of a column give: year or quarter, month, day."""
        days = [day_of(begin) or date.min for begin in self.begins[max(0, place - 2) : place + 1]]
        here = days[-1]
        groups = [day.year if self.scale == "quarters" else (day.year, _quarter(day)) for day in days]
        year = f"{here.year:04}"
        if self.scale == "quarters":
            head, tail = year[:2], year[2:]
        else:
            head, tail = f"Q{_quarter(here)}", "’" + year[2:]
        if place == 0 or groups[-1] != groups[-2]:
            upper = head
        elif place == 1 or groups[-2] != groups[-3]:
            upper = tail
        else:
            upper = ""
        if self.scale == "quarters":
            middle = f"Q{_quarter(here)}"
        else:
            middle = months[here.month - 1] if place == 0 or days[-2].month != here.month else ""
        return upper, middle, here.day if self.scale == "weeks" else ""

    def _begins(self, scale: str, count: int) -> list[int]:
        first = day_of(self.first) or date(2000, 1, 1)
        if scale == "weeks":
            monday = self.first - first.weekday()
            return [monday + 7 * place for place in range(count)]
        step = 1 if scale == "months" else 3
        month = first.year * 12 + (first.month - 1) // step * step
        result = []
        for place in range(count):
            year, rest = divmod(month + place * step, 12)
            result.append(serial(date(min(year, 9999), rest + 1, 1)) or 0)
        return result


def _quarter(day: date) -> int:
    return (day.month + 2) // 3
