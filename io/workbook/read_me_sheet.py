"""The sheet Read me: what the workbook is, as of when, how to answer, and how to read the timeline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ..strings import say
from .cells import clean, day_of
from .content import Content
from .lists_sheet import lane_colors, lane_list
from .page import A4, print_setup
from .styles import Styles, parent_look, quoted, shade, status_look, tint

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

PANEL = 1
"""The column of the dark panel at the left."""
NUMBER, TEXT, LAST = 3, 4, 11
"""Columns of the right side: numbers of the steps, their texts, and the last one."""
LANES_SHOWN = 8
STATUSES_SHOWN = 6
STEPS = 5
TITLE_LIMIT = 120
ROWS = 26
"""Rows of the page at least."""
TITLE_SIZES = ((36, 22), (70, 17), (TITLE_LIMIT, 13))
"""Up to so many letters the title is that large."""


class ReadMeSheet:
    """Writes the sheet."""

    def __init__(self, book: Workbook, styles: Styles, content: Content) -> None:
        self.sheet: Worksheet = book.add_worksheet(say("workbook.sheet.read_me"))
        self._styles = styles
        self._content = content

    def write(self) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        widths = (2.5, 34, 4, 5, 14, 2, 19, 2, 19, 2, 19, 12)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for row in range(ROWS):
            sheet.set_row(row, 20)
            sheet.write_blank(row, PANEL, None, self._panel())
        end = self._write_panel()
        self._write_tiles(1)
        self._write_steps(6)
        self._write_sheets(14)
        if not self._content.plain:
            self._write_legend(20)
        for row in range(ROWS, end):
            sheet.set_row(row, 20)
        print_setup(sheet, self._content, (0, 0, max(ROWS, end), LAST), paper=A4, pages=1)

    def _panel(self, **look: Any) -> Any:
        return self._styles(
            **{"bg_color": self._styles.palette["ink"], "font_color": "#FFFFFF", "align": "left", "indent": 1}
            | look
        )

    # Left

    def _write_panel(self) -> int:
        sheet, styles, content = self.sheet, self._styles, self._content
        soft = "#C9D1DC"
        sheet.write_string(
            1, PANEL, say("workbook.read_me.head"), self._panel(bold=True, font_color="#9DB2FF", font_size=9)
        )
        title = clean(content.title)[:TITLE_LIMIT]
        size = next(size for limit, size in TITLE_SIZES if len(title) <= limit)
        look = self._panel(bold=True, font_size=size, text_wrap=True, valign="top", **quoted(title))
        sheet.merge_range(2, PANEL, 5, PANEL, "", look)
        sheet.write_string(2, PANEL, title, look)
        sheet.set_row(2, 32)
        sheet.set_row(3, 32)
        rule = self._panel(top=5, top_color=styles.palette["accent"])
        sheet.write_blank(6, PANEL, None, rule)
        facts = [say("workbook.read_me.exported", day=long_date(content)), self._counts()]
        if recipient := clean(content.options.recipient)[:TITLE_LIMIT]:
            facts.insert(0, say("workbook.read_me.recipient", name=recipient))
        if content.partial:
            facts.append(say("workbook.read_me.partial", all=len(content.plan.items)))
        row = 7
        for fact in facts:
            sheet.write_string(row, PANEL, fact, self._panel(font_color=soft))
            row += 1
        head = self._panel(bold=True, font_size=9, font_color="#9AA6B6")
        shown = {line.cells[content.color] for line in content.lines}
        lanes = [lane for lane in lane_colors(content) if not content.partial or lane[0] in shown]
        if lanes:
            row += 1
            sheet.write_string(row, PANEL, content.columns.headings[content.color].upper(), head)
            for name, place in lanes[:LANES_SHOWN]:
                row += 1
                fill, _ = lane_list(content)[place]
                look = {"bg_color": fill, "bold": True, "bottom": 2, "bottom_color": styles.palette["ink"]}
                sheet.write_string(row, PANEL, name, self._panel(**look, **quoted(name)))
            row = self._more(row, len(lanes) - LANES_SHOWN, soft)
        statuses = sorted(content.plan.statuses.values(), key=lambda status: status.rank)
        row += 2
        sheet.write_string(row, PANEL, say("field.status").upper(), head)
        for status in statuses[:STATUSES_SHOWN]:
            row += 1
            name = clean(status.title)
            look = status_look(status.category) | {
                "bold": True,
                "bottom": 2,
                "bottom_color": styles.palette["ink"],
            }
            sheet.write_string(row, PANEL, name, self._panel(**look, **quoted(name)))
        row = self._more(row, len(statuses) - STATUSES_SHOWN, soft)
        for place in range(max(ROWS, row + 1), row + 2):
            sheet.write_blank(place, PANEL, None, self._panel())
        return row + 2

    def _more(self, row: int, number: int, color: str) -> int:
        if number <= 0:
            return row
        self.sheet.write_string(
            row + 1, PANEL, say("workbook.read_me.more", n=number), self._panel(font_color=color)
        )
        return row + 1

    def _counts(self) -> str:
        content = self._content
        ends = ((link.source, link.target) for link in content.plan.links.values())
        links = sum(source in content.places and target in content.places for source, target in ends)
        shown = len(content.lines)
        return say("workbook.read_me.counts", items=shown, links=links)

    # Right

    def _write_tiles(self, row: int) -> None:
        content = self._content
        colors = self._styles.palette
        leaves = [line for line in content.lines if not line.parent]
        bars = [line for line in leaves if line.item.kind != "milestone"]
        weight = sum(line.item.duration for line in bars)
        done = sum(line.item.duration * float(line.cells["progress"] or 0) for line in bars)
        finishes = [raw for line in content.lines if isinstance(raw := line.cells["finish"], int)]
        last = day_of(max(finishes)) if finishes else None
        share = f"{done / weight:.0%}" if weight else "–"
        milestones = sum(1 for line in leaves if line.item.kind == "milestone")
        tiles = [
            (str(len(leaves)), "workbook.tile.items", colors["ink"], (NUMBER, TEXT)),
            (share, "field.progress", colors["success"], (6, 6)),
            (str(milestones), "workbook.tile.milestones", colors["accent"], (8, 8)),
            (
                f"{month_name(last)} {last.year}" if last else "–",
                "workbook.tile.last",
                colors["today"],
                (10, 10),
            ),
        ]
        self.sheet.set_row(row + 1, 32)
        for value, code, color, (first, final) in tiles:
            top = {"bg_color": colors["panel"], "top": 5, "top_color": color, "indent": 1}
            number = self._styles(
                font_size=22, bold=True, font_color=color, bg_color=colors["panel"], indent=1
            )
            label = self._styles(font_size=9, font_color=colors["ink2"], bg_color=colors["panel"], indent=1)
            for column in range(first, final + 1):
                self.sheet.write_blank(row, column, None, self._styles(**top))
                self.sheet.write_blank(row + 1, column, None, number)
                self.sheet.write_blank(row + 2, column, None, label)
            self.sheet.write_string(row + 1, first, value, number)
            self.sheet.write_string(row + 2, first, say(code), label)

    def _write_steps(self, row: int) -> None:
        colors = self._styles.palette
        self._heading(row, say("workbook.read_me.how"))
        for step in range(1, STEPS + 1):
            number = self._styles(bold=True, font_size=12, font_color=colors["accent"], align="center")
            self.sheet.write_number(row + step, NUMBER, step, number)
            self.sheet.write_string(row + step, TEXT, say(f"workbook.read_me.step{step}"), self._styles())

    def _write_sheets(self, row: int) -> None:
        colors = self._styles.palette
        self._heading(row, say("workbook.read_me.where"))
        names = ("roadmap",) if self._content.plain else ("roadmap", "timeline", "dependencies", "summary")
        for place, name in enumerate(names, 1):
            lane = colors.lane_list[place - 1]
            look = {"bg_color": tint(lane[0]), "bold": True, "align": "left", "indent": 1}
            edge = {"bottom": 2, "bottom_color": "#FFFFFF"}
            for column in (NUMBER, TEXT):
                self.sheet.write_blank(row + place, column, None, self._styles(**look, **edge))
            title = say(f"workbook.sheet.{name}")
            link = self._styles(font_color=shade(lane[1]), **look, **edge)
            self.sheet.write_url(row + place, NUMBER, f"internal:'{title}'!A1", link, title + "  →")
            self.sheet.write_string(row + place, 6, say(f"workbook.read_me.{name}"), self._styles())

    def _write_legend(self, row: int) -> None:
        colors = self._styles.palette
        self._heading(row, say("workbook.read_me.reading"))
        fill, done = colors.lane_list[0]
        edge = {"bottom": 2, "top": 2, "bottom_color": "#FFFFFF", "top_color": "#FFFFFF"}
        samples = [
            ((done, fill), "", "workbook.read_me.bar"),
            (parent_look()[::-1], "", "workbook.read_me.parent"),
            (("#FFFFFF", "#FFFFFF"), "◆", "workbook.read_me.milestone"),
            ((colors["danger_soft"], colors["danger_soft"]), "", "workbook.read_me.today"),
        ]
        for place, ((left, right), sign, code) in enumerate(samples, 1):
            self.sheet.write_blank(row + place, NUMBER, None, self._styles(bg_color=left, **edge))
            look = self._styles(bg_color=right, font_color=done, font_size=12, bold=True, **edge)
            self.sheet.write_string(row + place, TEXT, sign, look)
            self.sheet.write_string(row + place, 6, say(code), self._styles())

    def _heading(self, row: int, text: str) -> None:
        self.sheet.write_string(row, NUMBER, text, self._styles(bold=True, font_size=13))


def long_date(content: Content) -> str:
    """The day of the export, as it is written in a sentence."""
    day = content.today
    return say("workbook.long_date", day=day.day, month=month_name(day), year=day.year)


def month_name(day: date) -> str:
    """The short name of the day's month."""
    return say("workbook.months").split(",")[day.month - 1]
