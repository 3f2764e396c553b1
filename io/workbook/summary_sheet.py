"""The sheet Summary: how far the plan is, by status, team and month, with charts and the next milestones.

Every number is a formula over the Roadmap sheet. Items with others under them are not counted: their
children are.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..strings import say
from .cells import EPOCH, day_of, raw_of
from .columns import FIRST_ROW
from .content import Content, Line
from .dependencies_sheet import DependenciesSheet
from .lists_sheet import Lists
from .page import as_of, band, formula_sheet, print_setup
from .roadmap_sheet import RoadmapSheet
from .sheet_cells import column_name
from .styles import SHORT_DATE, Styles, literal, quoted
from .summary_look import (
    AHEAD,
    CHARTS,
    COUNT,
    DAY,
    FINISHING,
    LAST,
    MILESTONES,
    MONTH,
    NAME,
    ROW,
    SHARE,
    TABLES,
    TEAM,
    TEAM_DONE,
    TEAM_ITEMS,
    TEAM_OPEN,
    TEAM_PROGRESS,
    TILES,
    TITLE,
    WHO,
    WIDTHS,
    SummaryLook,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MONTHS_BEFORE, FEWEST_MONTHS, MOST_MONTHS = 3, 6, 18
NEXT = 24
"""Milestones that are listed."""
SCALE = 1_000_000
"""A day and a row become one number: the row is this much smaller."""


class SummarySheet(SummaryLook):
    """Writes the sheet."""

    def __init__(
        self,
        book: Workbook,
        styles: Styles,
        content: Content,
        lists: Lists,
        roadmap: RoadmapSheet,
        dependencies: DependenciesSheet,
    ) -> None:
        name = say("workbook.sheet.summary")
        super().__init__(book.add_worksheet(name, formula_sheet()), styles, content, name)
        self._book = book
        self._lists = lists
        self._dependencies = dependencies
        self._roadmap = roadmap
        self._leaves = [line for line in content.lines if not line.parent]
        self._done = {
            raw_of(content.columns.fields["status"], content.plan, id)
            for id, status in content.plan.statuses.items()
            if status.category == "done"
        }
        fields = ("status", "team", "kind", "title", "finish", "duration", "progress")
        self._at = {field: roadmap.range(field) for field in fields}

    def write(self) -> None:
        sheet, content = self.sheet, self._content
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        title = say("workbook.summary.title", title=content.title)
        band(sheet, self._styles, title, as_of(content), LAST + 1)
        self._leaf = self._lists.add_formulas(say("workbook.item"), *self._leaf_cells())
        self._write_tiles()
        ends = (self._write_statuses(), self._write_teams(), self._write_months(), self._write_next())
        last = max(ends) + 1
        note = self._styles(font_size=9, italic=True, font_color=self._styles.palette["ink2"])
        sheet.write_string(last, NAME, say("workbook.summary.note"), note)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        print_setup(sheet, content, (0, 0, last, LAST), pages=1)

    # Above

    def _leaf_cells(self) -> tuple[list[str], list[int]]:
        """For each row of the table whether it is an item without others under it."""
        title, key, parent = (self._roadmap.range(field) for field in ("title", "key", "parent"))
        at = "ROW()-1"
        formula = (
            f'=IF(INDEX({title},{at})&""="",0,IF(INDEX({key},{at})&""="",1,'
            f"IF(ISNUMBER(MATCH(INDEX({key},{at}),{parent},0)),0,1)))"
        )
        parents = {str(raw).casefold() for line in self._content.lines if (raw := line.cells["parent"])}
        values = [
            int(bool(line.cells["title"]) and str(line.cells["key"] or "").casefold() not in parents)
            for line in self._content.lines
        ]
        spare = self._roadmap.rows - len(values)
        return [formula] * self._roadmap.rows, [*values, *[0] * spare]

    def _write_tiles(self) -> None:
        colors, leaf, at = self._styles.palette, self._leaf, self._at
        done = self._sum(f"ISNUMBER(MATCH({at['status']},{self._lists.done},0))*{leaf}")
        milestone = literal(say("kind.milestone"))
        ahead = f"({at['kind']}={milestone})*ISNUMBER({at['finish']})*({at['finish']}>=TODAY())"
        finishes = [raw for line in self._content.lines if isinstance(raw := line.cells["finish"], int)]
        conflicts = self._dependencies
        tiles: tuple[tuple[str, int, int, str, Any, str, str], ...] = (
            ("items", NAME, NAME, f"=SUM({leaf})", len(self._leaves), colors["ink"], "0"),
            ("done", COUNT, SHARE, done, sum(map(self._is_done, self._leaves)), colors["success"], "0"),
            ("progress", TEAM, TEAM, self._progress(""), _progress(self._leaves), colors["success"], "0%"),
            (
                *("milestones", TEAM_ITEMS, TEAM_PROGRESS, self._sum(ahead)),
                *(len(self._ahead()), colors["accent"], "0"),
            ),
            (
                *("conflicts", MONTH, MILESTONES, conflicts.count_at("conflict")),
                *(conflicts.counts["conflict"], colors["danger"], "0"),
            ),
            (
                *("last", DAY, AHEAD, f'=IF(COUNT({at["finish"]})=0,"\u2013",MAX({at["finish"]}))'),
                *(max(finishes, default="\u2013"), colors["today"], "d mmm yyyy"),
            ),
        )
        self.sheet.set_row(2, 10)
        self.sheet.set_row(TILES + 1, 34)
        for code, first, last, formula, value, color, number_format in tiles:
            panel: dict[str, Any] = {"bg_color": colors["panel"], "align": "left", "indent": 1}
            number = self._styles(
                bold=True, font_size=24, font_color=color, num_format=number_format, **panel
            )
            label = self._styles(font_size=9, font_color=colors["ink2"], **panel)
            for column in range(first, last + 1):
                edge = self._styles(top=5, top_color=color, **panel)
                self.sheet.write_blank(TILES, column, None, edge)
                self.sheet.write_blank(TILES + 1, column, None, number)
                self.sheet.write_blank(TILES + 2, column, None, label)
            if last > first:  # a number does not flow into the next cell
                self.sheet.merge_range(TILES + 1, first, TILES + 1, last, None, number)
            self.sheet.write_formula(TILES + 1, first, formula, number, value)
            if code == "conflicts":
                calm = {"type": "cell", "criteria": "==", "value": 0}
                calm["format"] = self._styles.rule(font_color=colors["success"])
                self.sheet.conditional_format(TILES + 1, first, TILES + 1, last, calm)
            self.sheet.write_string(TILES + 2, first, say(f"workbook.summary.{code}"), label)

    # Blocks

    def _write_statuses(self) -> int:
        """The table and the ring of statuses; returns the row below it."""
        self._head(CHARTS, NAME, SHARE, say("workbook.summary.by_status"))
        self._heads(NAME, ("field.status", "workbook.tile.items", "workbook.summary.share"))
        names = self._values("status")
        total = f"MAX(1,SUM({self._leaf}))"
        row = TABLES + 1
        for name in [*names, ""]:
            lines = [line for line in self._leaves if (line.cells["status"] or "") == name]
            self._label(row, NAME, name, say("workbook.summary.no_status"))
            self._number(row, COUNT, self._counted("status", row, NAME, name), len(lines))
            share = len(lines) / max(1, len(self._leaves))
            self._number(row, SHARE, f"={column_name(COUNT)}{row + 1}/{total}", share, "0%")
            row += 1
        if names:
            chart = self._book.add_chart({"type": "doughnut"})
            chart.add_series(
                {
                    "name": say("workbook.summary.by_status"),
                    "categories": self._cells(NAME, len(names)),
                    "values": self._cells(COUNT, len(names)),
                    "points": [{"fill": {"color": color}} for color in self._status_colors()[: len(names)]],
                    "border": {"color": "#FFFFFF", "width": 1.5},
                }
            )
            chart.set_hole_size(62)
            chart.set_title({"none": True})
            self._insert(chart, NAME, SHARE, "right")
        return row

    def _write_teams(self) -> int:
        self._head(CHARTS, TEAM, TEAM_PROGRESS, say("workbook.summary.by_team"))
        codes = ("field.team", "workbook.tile.items", "workbook.summary.done", "workbook.summary.open")
        self._heads(TEAM, (*codes, "field.progress"))
        names = self._values("team")
        row = TABLES + 1
        for name in [*names, ""]:
            lines = [line for line in self._leaves if (line.cells["team"] or "") == name]
            done = sum(map(self._is_done, lines))
            self._label(row, TEAM, name, say("workbook.summary.no_team"))
            self._number(row, TEAM_ITEMS, self._counted("team", row, TEAM, name), len(lines))
            is_done = f"ISNUMBER(MATCH({self._at['status']},{self._lists.done},0))"
            also = self._counted("team", row, TEAM, name, is_done)
            self._number(row, TEAM_DONE, also, done)
            cells = [f"{column_name(column)}{row + 1}" for column in (TEAM_ITEMS, TEAM_DONE)]
            self._number(row, TEAM_OPEN, f"={cells[0]}-{cells[1]}", len(lines) - done)
            chosen = self._same("team", row, TEAM, name)
            self._number(row, TEAM_PROGRESS, self._progress(chosen), _progress(lines), "0%")
            row += 1
        self._bar(TABLES + 1, TEAM_PROGRESS, row - 1)
        if names:
            chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
            colors = self._styles.palette
            for column, color in ((TEAM_DONE, colors["success"]), (TEAM_OPEN, colors["link"])):
                code = "done" if column == TEAM_DONE else "open"
                chart.add_series(
                    {
                        "name": say(f"workbook.summary.{code}"),
                        "categories": self._cells(TEAM, len(names)),
                        "values": self._cells(column, len(names)),
                        "fill": {"color": color},
                        "gap": 45,
                    }
                )
            chart.set_y_axis({"reverse": True, **self._axis()})
            chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
            self._insert(chart, TEAM, TEAM_PROGRESS, "bottom")
        return row

    def _write_months(self) -> int:
        """What finishes in each month; what finishes before or after those has a row of its own."""
        self._head(CHARTS, MONTH, MILESTONES, say("workbook.summary.by_month"))
        codes = ("workbook.summary.month", "workbook.summary.finishing", "workbook.tile.milestones")
        self._heads(MONTH, codes)
        finish = self._at["finish"]
        months = self._months()
        letter = column_name(MONTH)
        row = TABLES + 1
        first = f"MAX(MIN({finish}),EDATE(TODAY(),-{MONTHS_BEFORE}))"
        first = f"IF(COUNT({finish})=0,TODAY(),{first})"
        look = self._look(align="left", indent=1, num_format="mmm yyyy")
        for place, month in enumerate(months):
            formula = f"=EDATE({letter}{row},1)" if place else f"=DATE(YEAR({first}),MONTH({first}),1)"
            self.sheet.write_formula(row, MONTH, formula, look, month)
            after = months[place + 1] if place + 1 < len(months) else _next_month(month)
            self._write_month(row, f"{letter}{row + 1}", f"EDATE({letter}{row + 1},1)", (month, after))
            row += 1
        top = f"{letter}{TABLES + 2}"
        self.sheet.write_string(
            row, MONTH, say("workbook.summary.earlier"), self._look(align="left", indent=1)
        )
        self._write_month(row, "0", top, (0, months[0]))
        row += 1
        end = _next_month(months[-1])
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
        finish = self._at["finish"]
        within = f"ISNUMBER({finish})*({finish}>={first})*({finish}<{after})*{self._leaf}"
        milestone = f"({self._at['kind']}={literal(say('kind.milestone'))})"
        found = [
            line
            for line in self._leaves
            if isinstance(raw := line.cells["finish"], int) and days[0] <= raw < days[1]
        ]
        signs = sum(line.item.kind == "milestone" for line in found)
        self._number(row, FINISHING, self._sum(f"{within}*(1-{milestone})"), len(found) - signs)
        self._number(row, MILESTONES, self._sum(f"{within}*{milestone}"), signs)

    def _write_next(self) -> int:
        """The next milestones, by date."""
        self._head(CHARTS, DAY, AHEAD, say("workbook.summary.next"))
        codes = ("workbook.summary.day", "kind.milestone", "field.team", "workbook.summary.ahead")
        self._heads(DAY, codes, CHARTS + 1)
        at, today = self._at, self._content.today.toordinal() - EPOCH
        ahead = self._ahead()
        condition = (
            f"({at['kind']}={literal(say('kind.milestone'))})*ISNUMBER({at['finish']})"
            f"*({at['finish']}>=TODAY())"
        )
        number = f"{at['finish']}+ROW({at['finish']})/{SCALE}"
        found = [f'=IFERROR(SMALL(IF({condition},{number}),{place + 1}),"")' for place in range(NEXT)]
        values: list[float | str] = [*(day for day, _ in ahead[:NEXT]), *[""] * (NEXT - len(ahead))]
        heading = say("workbook.summary.next")
        at_found = self._lists.add_formulas(heading, found, values, arrays=True).partition(":")[0]
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
                self.sheet.write_formula(row, column, f'=IF({cell}="","",{formula})', look, shown)
        line = self._styles.rule(bottom=1, bottom_color=self._styles.palette["line"])
        first = CHARTS + 2
        rule = {"type": "formula", "criteria": f'=${column_name(DAY)}{first + 1}<>""', "format": line}
        self.sheet.conditional_format(first, DAY, first + NEXT - 1, AHEAD, rule)
        return first + NEXT

    # What is counted

    def _is_done(self, line: Line) -> bool:
        return line.cells["status"] in self._done

    def _ahead(self) -> list[tuple[float, Line]]:
        """The milestones from today on, each with day and row as one number."""
        today = self._content.today.toordinal() - EPOCH
        found = [
            (raw + (FIRST_ROW + place + 1) / SCALE, line)
            for place, line in enumerate(self._content.lines)
            if line.item.kind == "milestone" and isinstance(raw := line.cells["finish"], int) and raw >= today
        ]
        return sorted(found, key=lambda one: one[0])

    def _months(self) -> list[int]:
        """Serial numbers of the first days of the months that get a row."""
        today = self._content.today
        finishes = [raw for line in self._content.lines if isinstance(raw := line.cells["finish"], int)]
        year, month = divmod(today.year * 12 + today.month - 1 - MONTHS_BEFORE, 12)
        least = date(year, month + 1, min(today.day, 28)).toordinal() - EPOCH
        first = day_of(max(min(finishes), least)) if finishes else today
        assert first is not None
        found = [first.replace(day=1).toordinal() - EPOCH]
        last = max(finishes, default=found[0])
        while len(found) < MOST_MONTHS and (found[-1] <= last or len(found) < FEWEST_MONTHS):
            found.append(_next_month(found[-1]))
        return found

    def _sum(self, product: str) -> str:
        return f"=SUMPRODUCT(1*{product})"

    def _same(self, field: str, row: int, column: int, name: str) -> str:
        """The condition that a row of the table has the value of a row here."""
        wanted = f"${column_name(column)}${row + 1}" if name else '""'
        return f"({self._at[field]}={wanted})"

    def _counted(self, field: str, row: int, column: int, name: str, also: str = "1") -> str:
        return self._sum(f"{self._same(field, row, column, name)}*{also}*{self._leaf}")

    def _progress(self, chosen: str) -> str:
        """The share that is done, each item by its days; a text in a number's place counts as nothing."""
        condition = f"{self._leaf}*{chosen}" if chosen else f"1*{self._leaf}"
        days, progress = self._at["duration"], self._at["progress"]
        return (
            f"=IF(SUMPRODUCT({condition},{days})=0,0,"
            f"SUMPRODUCT({condition},{days},{progress})/SUMPRODUCT({condition},{days}))"
        )


def _progress(lines: list[Line]) -> float:
    """The share of the days that is done."""
    days = [raw if isinstance(raw := line.cells["duration"], int) else 0 for line in lines]
    done = [raw if isinstance(raw := line.cells["progress"], (int, float)) else 0 for line in lines]
    return sum(a * b for a, b in zip(days, done, strict=True)) / sum(days) if sum(days) else 0


def _next_month(month: int) -> int:
    day = day_of(month) or date.min
    return date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal() - EPOCH
