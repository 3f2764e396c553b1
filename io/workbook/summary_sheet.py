"""The sheet Summary: how far the plan is, by status, team and month, with charts and the next milestones.

Every number is a formula over the Roadmap sheet (`summary_counts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..strings import say
from .content import Content, Line
from .dependencies_sheet import DependenciesSheet
from .lists_sheet import Lists
from .page import as_of, band, formula_sheet, print_setup
from .roadmap_sheet import RoadmapSheet
from .sheet_cells import column_name
from .styles import Styles
from .summary_counts import Counts, progress_of
from .summary_dates import SummaryDates
from .summary_look import (
    AHEAD,
    CHARTS,
    COUNT,
    DAY,
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
    WIDTHS,
    SummaryLook,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook


class SummarySheet(SummaryLook):
    """Writes the sheet: tiles, statuses and teams itself."""

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

    def write(self) -> None:
        """After the lists, to which it adds."""
        sheet, content = self.sheet, self._content
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        title = say("workbook.summary.title", title=content.title)
        band(sheet, self._styles, title, as_of(content), LAST + 1)
        self._counts = counts = Counts(content, self._lists, self._roadmap)
        self._write_tiles()
        ends = [self._write_statuses(), self._write_teams()]
        ends.append(SummaryDates(self._book, sheet, self._styles, content, self._lists, counts).write())
        last = max(ends) + 1
        note = self._styles(font_size=9, italic=True, font_color=self._styles.palette["ink2"])
        sheet.write_string(last, NAME, say("workbook.summary.note"), note)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        print_setup(sheet, content, (0, 0, last, LAST), pages=1)

    def _write_tiles(self) -> None:
        colors, counts = self._styles.palette, self._counts
        done, finish = counts.having(counts.is_done), counts.at["finish"]
        share = progress_of(counts.leaves)
        ahead = f"{counts.milestone}*ISNUMBER({finish})*({finish}>=TODAY())"
        finishes = [raw for line in self._content.lines if isinstance(raw := line.cells["finish"], int)]
        conflicts = self._dependencies
        tiles: tuple[tuple[str, int, int, str, Any, str, str], ...] = (
            ("items", NAME, NAME, f"=SUM({counts.leaf})", len(counts.leaves), colors["ink"], "0"),
            ("done", COUNT, SHARE, done, counts.done(counts.leaves), colors["success"], "0"),
            ("progress", TEAM, TEAM, counts.progress(""), share, colors["success"], "0%"),
            (
                *("milestones", TEAM_ITEMS, TEAM_PROGRESS, counts.sum(ahead)),
                *(len(counts.ahead()), colors["accent"], "0"),
            ),
            (
                *("conflicts", MONTH, MILESTONES, conflicts.count_at("conflict")),
                *(conflicts.counts["conflict"], colors["danger"], "0"),
            ),
            (
                *("last", DAY, AHEAD, f'=IF(COUNT({finish})=0,"\u2013",MAX({finish}))'),
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
        counts, row = self._counts, TABLES + 1
        total = f"MAX(1,SUM({counts.leaf}))"
        found = self._rows("status", NAME, "workbook.summary.no_status")
        for condition, lines in found:
            self._number(row, COUNT, counts.having(condition), len(lines))
            share = len(lines) / max(1, len(counts.leaves))
            self._number(row, SHARE, f"={column_name(COUNT)}{row + 1}/{total}", share, "0%")
            row += 1
        if shown := self._charted(found):
            chart = self._book.add_chart({"type": "doughnut"})
            colors = [*self._status_colors(), *[self._styles.palette["line"]] * len(found)]
            chart.add_series(
                {
                    "name": say("workbook.summary.by_status"),
                    "categories": self._cells(NAME, shown),
                    "values": self._cells(COUNT, shown),
                    "points": [{"fill": {"color": color}} for color in colors[:shown]],
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
        counts, row = self._counts, TABLES + 1
        found = self._rows("team", TEAM, "workbook.summary.no_team")
        for condition, lines in found:
            done = counts.done(lines)
            self._number(row, TEAM_ITEMS, counts.having(condition), len(lines))
            self._number(row, TEAM_DONE, counts.having(condition, counts.is_done), done)
            cells = [f"{column_name(column)}{row + 1}" for column in (TEAM_ITEMS, TEAM_DONE)]
            self._number(row, TEAM_OPEN, f"={cells[0]}-{cells[1]}", len(lines) - done)
            self._number(row, TEAM_PROGRESS, counts.progress(condition), progress_of(lines), "0%")
            row += 1
        self._bar(TABLES + 1, TEAM_PROGRESS, row - 1)
        if shown := self._charted(found):
            chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
            colors = self._styles.palette
            for column, color in ((TEAM_DONE, colors["success"]), (TEAM_OPEN, colors["link"])):
                code = "done" if column == TEAM_DONE else "open"
                chart.add_series(
                    {
                        "name": say(f"workbook.summary.{code}"),
                        "categories": self._cells(TEAM, shown),
                        "values": self._cells(column, shown),
                        "fill": {"color": color},
                        "gap": 45 if shown > 3 else 250,
                    }
                )
            chart.set_y_axis({"reverse": True, **self._axis()})
            chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
            self._insert(chart, TEAM, TEAM_PROGRESS, "bottom")
        return row

    def _rows(self, field: str, column: int, none: str) -> list[tuple[str, list[Line]]]:
        """Label a row for each value, one for what has none, and one for what people type besides; returns
        for each the condition and the lines.
        """
        counts, names = self._counts, self._values(field)
        found: list[tuple[str, list[Line]]] = []
        row = TABLES + 1
        for name in [*names, ""]:
            self._label(row, column, name, say(none))
            lines = [line for line in counts.leaves if (line.cells[field] or "") == name]
            found.append((counts.same(field, row, column, name), lines))
            row += 1
        self._label(row, column, "", say("workbook.summary.others"))
        at, known = counts.at[field], self._known(column, len(names))
        others = f'({at}<>"")*' + (f"ISERROR(MATCH({at},{known},0))" if names else "1")
        lines = [line for line in counts.leaves if (line.cells[field] or "") not in (*names, "")]
        return [*found, (others, lines)]

    def _known(self, column: int, number: int) -> str:
        name = column_name(column)
        return f"${name}${TABLES + 2}:${name}${TABLES + 1 + number}"

    def _charted(self, found: list[tuple[str, list[Line]]]) -> int:
        """How many of the rows a chart shows: the last two, what has no value and what has another, only as
        far as there is anything.
        """
        named = len(found) - 2
        return max((place for place, (_, lines) in enumerate(found, 1) if place <= named or lines), default=0)
