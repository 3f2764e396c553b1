"""What the blocks of the Summary sheet look like, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model.fields import choices
from ..strings import say
from .cells import raw_of
from .content import Content
from .styles import Styles, mixed, quoted

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME, COUNT, SHARE = 1, 2, 3
TEAM, TEAM_ITEMS, TEAM_DONE, TEAM_OPEN, TEAM_PROGRESS = range(5, 10)
MONTH, FINISHING, MILESTONES = range(11, 14)
DAY, TITLE, WHO, AHEAD, LAST = 15, 16, 17, 18, 19
"""The columns."""
WIDTHS = (2, 21, 11, 11, 2.5, 21, 9, 9, 9, 14, 2.5, 15, 15, 15, 2.5, 13, 40, 18, 10, 2)
TILES, CHARTS, TABLES = 3, 7, 24
"""Rows, from 0: tiles, heads of the charts, heads of the tables under them."""
ROW = 18
"""Points of a row's height."""

LONGEST_NAME = 120
"""Characters of a status or team that gets a row: a chart of names of many thousands keeps LibreOffice busy
for minutes."""
MOST_ROWS = 20
"""Statuses or teams that get a row; the rest are one."""


class SummaryLook:
    """Writes heads, labels, numbers and charts of blocks."""

    def __init__(self, sheet: Worksheet, styles: Styles, content: Content, name: str) -> None:
        self.sheet = sheet
        self._styles = styles
        self._content = content
        self._name = name

    def _look(self, **look: Any) -> Any:
        return self._styles(**{"bottom": 1, "bottom_color": self._styles.palette["line"]} | look)

    def _head(self, row: int, first: int, last: int, text: str) -> None:
        colors = self._styles.palette
        look: dict[str, Any] = {"bottom": 2, "bottom_color": colors["accent"]}
        for column in range(first, last + 1):
            self.sheet.write_blank(row, column, None, self._styles(**look))
        self.sheet.set_row(row, 22)
        self.sheet.write_string(row, first, text, self._styles(bold=True, font_size=13, **look))

    def _heads(self, first: int, codes: tuple[str, ...], row: int = TABLES) -> None:
        colors = self._styles.palette
        for place, code in enumerate(codes):
            left = place == 0 or (row != TABLES and place < len(codes) - 1)
            look = {"align": "left", "indent": 1} if left else {"align": "center"}
            look |= {"bold": True, "font_size": 9, "font_color": colors["ink2"], "bg_color": colors["panel"]}
            self.sheet.write_string(row, first + place, say(code), self._styles(**look))

    def _label(self, row: int, column: int, name: str, otherwise: str) -> None:
        look: dict[str, Any] = {"align": "left", "indent": 1, "bold": bool(name)}
        if not name:
            look |= {"italic": True, "font_color": self._styles.palette["ink3"]}
        self.sheet.write_string(row, column, name or otherwise, self._look(**look, **quoted(name)))

    def _number(self, row: int, column: int, formula: str, value: float, number_format: str = "0") -> None:
        look = self._look(align="center", num_format=number_format)
        self.sheet.write_formula(row, column, formula, look, value)

    def _bar(self, first: int, column: int, last: int) -> None:
        bar: dict[str, Any] = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True}
        bar |= {"bar_color": mixed(self._styles.palette["success"], "#FFFFFF", 0.6), "bar_no_border": True}
        bar |= {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
        self.sheet.conditional_format(first, column, last, column, bar)

    def _cells(self, column: int, count: int) -> list[Any]:
        return [self._name, TABLES + 1, column, TABLES + count, column]

    def _axis(self) -> dict[str, Any]:
        colors = self._styles.palette
        return {
            "num_font": {"size": 9, "color": colors["ink2"]},
            "line": {"color": colors["line"]},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
        }

    def _insert(self, chart: Any, first: int, last: int, legend: str) -> None:
        """Put a chart under its head, as wide as its block."""
        width = sum(int(WIDTHS[column] * 7 + 5) for column in range(first, last + 1))
        chart.set_size({"width": width, "height": ROW * (TABLES - CHARTS - 2) * 4 // 3})
        chart.set_legend({"position": legend, "font": {"size": 9, "color": self._styles.palette["ink2"]}})
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"fill": {"none": True}})
        self.sheet.insert_chart(CHARTS + 1, first, chart, {"y_offset": 6, "object_position": 1})

    def _values(self, field: str) -> list[str]:
        plan = self._content.plan
        record = self._content.columns.fields[field]
        texts = (raw_of(record, plan, value) for value, _ in choices(record, plan))
        names = (text for text in texts if isinstance(text, str) and 0 < len(text) <= LONGEST_NAME)
        return list(dict.fromkeys(names))[:MOST_ROWS]

    def _status_colors(self) -> list[str]:
        """A colour of its category for each status, paler for each further one."""
        colors = self._styles.palette
        base = {"todo": colors["link"], "doing": colors["warning"], "done": colors["success"]}
        seen: dict[str, int] = {}
        found = []
        by_title = {status.title: status.category for status in self._content.plan.statuses.values()}
        for name in self._values("status"):
            category = by_title.get(name, "todo")
            found.append(mixed(base[category], "#FFFFFF", min(0.75, 0.45 * seen.get(category, 0))))
            seen[category] = seen.get(category, 0) + 1
        return found
