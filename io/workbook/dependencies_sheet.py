"""The sheet Dependencies: every link with the dates of both ends, and whether they keep what it asks for.

Titles, dates and verdicts are formulas that read the Roadmap sheet by key, so they follow what is edited
there, however it is sorted. The links themselves are those of the export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ...model.records import Link
from ..strings import say
from .cells import EPOCH, Raw, clean
from .content import Content, Line
from .lists_sheet import Lists
from .page import Progress, band, formula_sheet, print_setup
from .roadmap_sheet import RoadmapSheet
from .styles import SHORT_DATE, Styles, literal, palette, quoted, shade, tint
from .text_width import fitted
from .working_days import calendar_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

STATE, FROM, FROM_TITLE, FROM_START, FROM_FINISH, TYPE, LAG = range(7)
TO, TO_TITLE, TO_START, TO_FINISH, SLACK = range(7, 12)
FROM_ROW, TO_ROW, FROM_POINT, TO_POINT = range(12, 16)
"""The columns. The last four are hidden: the rows of both ends in the table, and the points in time that the
link joins, each the serial number of the day that begins there."""
WIDTHS = (13, 9, 40, 11, 11, 7, 7, 9, 40, 11, 11, 9, 6, 6, 6, 6)
TILES, GROUPS, HEADER, FIRST = 2, 5, 6, 7
"""Rows, from 0: counts (with their words below), headings over headings, headings, the first link."""
ROW_LIMIT = 2_000
"""Links above this are left out, the harmless ones first."""
NEAR = 3
"""With less slack than this, in working days, a link is tight."""
STATES = ("conflict", "tight", "fine", "done", "gone")
"""What a link can be, the worst first; `gone`: an end has no dates, or its row is gone."""


class Standing(msgspec.Struct, frozen=True):
    """A link as its row shows it at the time of the export."""

    link: Link
    source: Line | None
    """None: the item is not among those exported."""
    target: Line | None
    points: tuple[int | None, int | None]
    slack: int | None
    state: str


class DependenciesSheet:
    """Writes the sheet; the summary asks it where its counts are."""

    def __init__(
        self, book: Workbook, styles: Styles, content: Content, lists: Lists, roadmap: RoadmapSheet
    ) -> None:
        self.sheet: Worksheet = book.add_worksheet(say("workbook.sheet.dependencies"), formula_sheet())
        self._styles = styles
        self._content = content
        self._lists = lists
        self._roadmap = roadmap
        found = sorted(self._standings(), key=lambda one: (STATES.index(one.state), one.points[1] or 0))
        self._all = len(found)
        self._rows = found[:ROW_LIMIT]
        self._last = FIRST + max(len(self._rows), 1) - 1
        self.counts = {state: sum(one.state == state for one in self._rows) for state in STATES}
        """How many links are in each state."""

    def count_at(self, state: str) -> str:
        """The formula of the number of links in a state."""
        sheet = say("workbook.sheet.dependencies")
        area = f"'{sheet}'!$A${FIRST + 1}:$A${self._last + 1}"
        return f"=COUNTIF({area},{literal(say(f'workbook.link.{state}'))})"

    def write(self, progress: Progress) -> None:
        sheet, content = self.sheet, self._content
        sheet.hide_gridlines(2)
        widths: list[float] = list(WIDTHS)
        for place, ends in ((FROM_TITLE, "source"), (TO_TITLE, "target")):
            texts = (self._title(one, ends) for one in self._rows)
            widths[place] = fitted(texts, 44, 56)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, None, {"hidden": place >= FROM_ROW})
        title = say("workbook.dependencies.title", title=content.title)
        band(sheet, self._styles, title, say("workbook.dependencies.hint"), SLACK + 1)
        self._write_tiles()
        self._write_head()
        for place, one in enumerate(self._rows):
            self._write_row(FIRST + place, one)
            progress.step()
        if not self._rows:
            none = say("workbook.dependencies.none")
            sheet.write_string(FIRST, STATE, none, self._styles(italic=True, indent=1))
        self._add_rules()
        sheet.freeze_panes(FIRST, FROM)
        sheet.autofilter(HEADER, STATE, self._last, SLACK)
        sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
        print_setup(sheet, content, (0, 0, self._last, SLACK), repeat=(GROUPS, HEADER))

    # What is to be shown

    def _standings(self) -> list[Standing]:
        lines = {line.item.id: line for line in self._content.lines}
        plan = self._content.plan
        return [
            self._standing(link, lines.get(link.source), lines.get(link.target))
            for link in plan.links.values()
            if (link.source in lines or link.target in lines)
            and link.source in plan.items
            and link.target in plan.items
        ]

    def _standing(self, link: Link, source: Line | None, target: Line | None) -> Standing:
        plan, times = self._content.plan, self._content.schedule
        ends = plan.items[link.source], plan.items[link.target]
        begins = link.type[0] == "S", link.type[1] == "S"
        found: list[int | None] = []
        for item, at_start in zip(ends, begins, strict=True):
            span = times.dates(item.id)
            if span is None:
                found.append(None)
            elif at_start:
                found.append(span.first.toordinal() - EPOCH + (item.kind == "milestone"))
            else:
                found.append(span.last.toordinal() - EPOCH + 1)
        before, after = found
        slack = None
        if before is not None and after is not None:
            slack = plan.calendar_of(ends[1]).between(before + EPOCH, after + EPOCH) - link.lag
        done = plan.category_of(ends[0]) == "done"
        return Standing(link, source, target, (before, after), slack, _state(slack, done))

    def _title(self, one: Standing, end: str) -> str:
        return clean(self._content.plan.items[getattr(one.link, end)].title)

    # Above the links

    def _write_tiles(self) -> None:
        """How many links are in each state, large, over what that means."""
        colors = self._styles.palette
        self.sheet.set_row(TILES, 30)
        self.sheet.set_row(TILES + 1, 16)
        self.sheet.set_row(TILES + 2, 8)
        tiles = (
            ("conflict", colors["danger"], STATE, FROM),
            ("tight", colors["warning"], FROM_TITLE, FROM_TITLE),
            ("fine", colors["success"], FROM_START, LAG),
            ("done", colors["ink3"], TO, TO_TITLE),
        )
        for state, color, first, last in tiles:
            look = {"bg_color": tint(color), "font_color": shade(color), "indent": 1, "align": "left"}
            for column in range(first, last + 1):
                for row in (TILES, TILES + 1):
                    self.sheet.write_blank(row, column, None, self._styles(**look))
            number = self._styles(bold=True, font_size=20, **look)
            self.sheet.write_formula(TILES, first, self.count_at(state), number, self.counts[state])
            if state == "conflict":
                calm = self._styles.rule(bg_color=colors["panel"], font_color=colors["ink2"])
                rule = {"type": "formula", "criteria": f"=$A${TILES + 1}=0", "format": calm}
                self.sheet.conditional_format(TILES, first, TILES + 1, last, rule)
            words = say(f"workbook.dependencies.{state}", days=NEAR)
            self.sheet.write_string(TILES + 1, first, words, self._styles(font_size=9, **look))
        if len(self._rows) < self._all:
            text = say("workbook.dependencies.limited", shown=len(self._rows), all=self._all)
            look = self._styles(bold=True, font_color=shade(colors["warning"]), indent=1)
            self.sheet.write_string(TILES, TO_START, text, look)

    def _write_head(self) -> None:
        colors = self._styles.palette
        upper = {"bold": True, "font_size": 9, "font_color": "#FFFFFF", "bg_color": colors["ink"]}
        lower: dict[str, Any] = {"bold": True, "font_color": "#FFFFFF", "bg_color": colors["ink2"]}
        self.sheet.set_row(HEADER, 20)
        for column in range(SLACK + 1):
            self.sheet.write_blank(GROUPS, column, None, self._styles(**upper))
            centered = column not in (FROM_TITLE, TO_TITLE)
            look = self._styles(**lower, align="center" if centered else "left", indent=0 if centered else 1)
            self.sheet.write_string(HEADER, column, self._heading(column), look)
        for column, code in ((FROM, "first"), (TYPE, "link"), (TO, "waits")):
            text = say(f"workbook.dependencies.{code}")
            self.sheet.write_string(GROUPS, column, text, self._styles(**upper, align="left"))

    def _heading(self, column: int) -> str:
        headings = self._content.columns.headings
        names = {FROM: "key", TO: "key", FROM_TITLE: "title", TO_TITLE: "title"}
        names |= {FROM_START: "start", TO_START: "start", FROM_FINISH: "finish", TO_FINISH: "finish"}
        if column in names:
            return headings[names[column]]
        codes = {STATE: "state", TYPE: "type", LAG: "lag", SLACK: "slack"}
        return say(f"workbook.dependencies.{codes[column]}")

    # Links

    def _write_row(self, row: int, one: Standing) -> None:
        sheet = self.sheet
        sheet.set_row(row, 17)
        number = row + 1
        state = say(f"workbook.link.{one.state}")
        bold = self._look(bold=True, font_size=9, align="center")
        sheet.write_formula(row, STATE, self._state_formula(number), bold, state)
        self._write_end(row, one.link.source, one.source, (FROM, FROM_TITLE, FROM_START, FROM_FINISH))
        self._write_end(row, one.link.target, one.target, (TO, TO_TITLE, TO_START, TO_FINISH))
        center = self._look(font_size=9, align="center")
        sheet.write_string(row, TYPE, one.link.type, center)
        lag = self._look(font_size=9, align="center", num_format='+0"d";-0"d";')
        sheet.write_number(row, LAG, one.link.lag, lag)
        for column, line in ((FROM_ROW, one.source), (TO_ROW, one.target)):
            key = f"${'B' if column == FROM_ROW else 'H'}{number}"
            found = f"=IFERROR(MATCH({key},{self._roadmap.range('key')},0),0)"
            if line is not None:
                sheet.write_formula(row, column, found, None, self._content.places[line.item.id] + 1)
        self._write_points(row, one)
        bold = self._look(bold=True, align="center")
        off = self._days_off(one)
        if off is None:
            self._write_value(row, SLACK, one.slack, bold)
        else:
            slack = (
                f"IF($P{number}>$O{number},NETWORKDAYS($O{number},$P{number}-1{off}),"
                f"IF($P{number}=$O{number},0,-NETWORKDAYS($P{number},$O{number}-1{off})))-$G{number}"
            )
            formula = f'=IF(AND(ISNUMBER($O{number}),ISNUMBER($P{number})),{slack},"")'
            sheet.write_formula(row, SLACK, formula, bold, "" if one.slack is None else one.slack)

    def _write_end(self, row: int, id: Any, line: Line | None, columns: tuple[int, int, int, int]) -> None:
        """Key, title and dates of an item; of one that was not exported as they are, else by formula."""
        key, title, start, finish = columns
        item = self._content.plan.items[id]
        small = self._look(font_size=9, font_color=palette()["ink2"], align="center")
        day = self._look(font_size=9, font_color=palette()["ink2"], align="center", num_format=SHORT_DATE)
        self.sheet.write_string(row, key, clean(item.key), small)
        text = clean(item.title)
        look: dict[str, Any] = {"align": "left", "indent": 1, **quoted(text)}
        span = self._content.schedule.dates(id)
        days = [None, None] if span is None else [d.toordinal() - EPOCH for d in (span.first, span.last)]
        if line is None:
            self.sheet.write_string(row, title, text, self._look(italic=True, **look))
            for column, value in zip((start, finish), days, strict=True):
                self._write_value(row, column, value, day)
            return
        at = f"${'M' if key == FROM else 'N'}{row + 1}"
        cell = {field: f"INDEX({self._roadmap.range(field)},{at})" for field in ("title", "start", "finish")}
        self.sheet.write_formula(
            row, title, f'=IF({at}=0,"",{cell["title"]}&"")', self._look(**look), line.cells["title"] or ""
        )
        for column, field in ((start, "start"), (finish, "finish")):
            formula = f'=IF({at}=0,"",IF(ISNUMBER({cell[field]}),{cell[field]},""))'
            raw = line.cells[field]
            self.sheet.write_formula(row, column, formula, day, raw if isinstance(raw, int) else "")

    def _write_points(self, row: int, one: Standing) -> None:
        """The two points in time that the link joins: a milestone happens at the end of its day."""
        ends = ((FROM_POINT, "DEM", one.source), (TO_POINT, "JKN", one.target))
        for (column, letters, line), kind, value in zip(ends, one.link.type, one.points, strict=True):
            start, finish, at = (f"${letter}{row + 1}" for letter in letters)
            if line is None:
                self._write_value(row, column, value, None)
                continue
            place = self._roadmap.range("kind")
            milestone = f"IF(INDEX({place},{at})={literal(say('kind.milestone'))},1,0)"
            point = f"{start}+{milestone}" if kind == "S" else f"{finish}+1"
            formula = f'=IF(AND(ISNUMBER({start}),ISNUMBER({finish})),{point},"")'
            self.sheet.write_formula(row, column, formula, None, "" if value is None else value)

    def _write_value(self, row: int, column: int, value: Raw, look: Any) -> None:
        if isinstance(value, int):
            self.sheet.write_number(row, column, value, look)
        else:
            self.sheet.write_blank(row, column, None, look)

    def _days_off(self, one: Standing) -> str | None:
        """What a formula that counts the target's working days adds; None where no formula can."""
        calendar = calendar_of(self._content.plan, self._content.plan.items[one.link.target])
        if self._content.days_off.get(calendar) is None:
            return None
        off = self._lists.days_off.get(calendar, "")
        return f",{off}" if off else ""

    def _state_formula(self, number: int) -> str:
        words = {state: literal(say(f"workbook.link.{state}")) for state in STATES}
        status = f"INDEX({self._roadmap.range('status')},$M{number})"
        done = f"IF($M{number}=0,0,SUMPRODUCT(--({self._lists.done}={status})))>0"
        return (
            f"=IF(NOT(ISNUMBER($L{number})),{words['gone']},IF($L{number}<0,{words['conflict']},"
            f"IF({done},{words['done']},IF($L{number}<{NEAR},{words['tight']},{words['fine']}))))"
        )

    def _look(self, **look: Any) -> Any:
        return self._styles(**{"bottom": 1, "bottom_color": palette()["line"]} | look)

    def _add_rules(self) -> None:
        colors = self._styles.palette
        looks = {
            "conflict": {"bg_color": colors["danger_soft"], "font_color": shade(colors["danger"])},
            "tight": {"bg_color": colors["warning_soft"], "font_color": shade(shade(colors["warning"]))},
            "fine": {"bg_color": tint(colors["success"]), "font_color": shade(shade(colors["success"]))},
            "done": {"bg_color": colors["panel"], "font_color": colors["ink3"]},
            "gone": {"font_color": colors["ink3"]},
        }
        for state, look in looks.items():
            criteria = f"=$A{FIRST + 1}={literal(say(f'workbook.link.{state}'))}"
            rule = {"type": "formula", "criteria": criteria, "format": self._styles.rule(**look)}
            for column in (STATE, SLACK):
                self.sheet.conditional_format(FIRST, column, self._last, column, rule)


def _state(slack: int | None, done: bool) -> str:
    if slack is None:
        return "gone"
    if slack < 0:
        return "conflict"
    if done:
        return "done"
    return "tight" if slack < NEAR else "fine"
