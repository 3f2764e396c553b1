"""What all sheets share: the title band, the printed page, and the count of what is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from ..strings import say
from .cells import clean
from .content import Content
from .styles import Styles, quoted

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A3, A4 = 8, 9
FOOTER_LIMIT = 80
"""Characters of the plan's title in a footer, which holds 255 in all."""


class Progress:
    """Counts steps and tells them on now and then; what it calls may raise to cancel."""

    def __init__(self, total: int, tell: Callable[[int, int], None] | None) -> None:
        self._done = 0
        self._total = max(total, 1)
        self._tell = tell
        self._every = max(1, total // 100)

    def step(self) -> None:
        self._done += 1
        if self._tell is not None and self._done % self._every == 0:
            self._tell(min(self._done, self._total), self._total)

    def finish(self) -> None:
        if self._tell is not None:
            self._tell(self._total, self._total)


@cache
def formula_sheet() -> type[Worksheet]:
    """A kind of sheet that takes formulas as they are.

    XlsxWriter looks for functions of newer versions in each formula, which takes half of the time of an
    export; ours have none.
    """
    from xlsxwriter.worksheet import Worksheet

    class FormulaSheet(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, *_: object) -> str:
            return formula.removeprefix("=")

    return FormulaSheet


def band(sheet: Worksheet, styles: Styles, title: str, hint: str, columns: int) -> None:
    """The dark band with the title, and a line of hint below it, over so many columns."""
    ink = styles.palette["ink"]
    for row, height in ((0, 32), (1, 21)):
        sheet.set_row(row, height)
        for column in range(columns):
            sheet.write_blank(row, column, None, styles(bg_color=ink))
    title = clean(title)
    look = styles(font_size=18, bold=True, font_color="#FFFFFF", bg_color=ink, indent=1, **quoted(title))
    sheet.write_string(0, 0, title, look)
    sheet.write_string(1, 0, hint, styles(italic=True, font_color="#C9D1DC", bg_color=ink, indent=1))


def print_setup(
    sheet: Worksheet,
    content: Content,
    area: tuple[int, int, int, int],
    repeat: tuple[int, int] | None = None,
    paper: int = A3,
    pages: int = 0,
) -> None:
    """Landscape, one page wide, the heads of columns on every page, a header that says what it is, a footer
    that says of when and for whom.

    `pages` is how many pages it takes at most, 0 as many as it needs.
    """
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, pages)
    sheet.print_area(*area)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    if repeat is not None:
        sheet.repeat_rows(*repeat)
    title = clean(content.title).replace("\n", " ")[:FOOTER_LIMIT].replace("&", "&&")
    day = as_of(content).replace("\n", " ")[:FOOTER_LIMIT].replace("&", "&&")
    page = say("workbook.page", page="&P", pages="&N")
    sheet.set_header(f"&L&8{_apart(title)}&R&8&A", {"margin": 0.25})
    sheet.set_footer(f"&L&8{_apart(day)}&R&8{page}", {"margin": 0.25})


def as_of(content: Content) -> str:
    """The day of the export, and for whom it was made."""
    day = content.today.isoformat()
    name = clean(content.options.recipient)
    return say("workbook.as_of_for", day=day, name=name) if name else say("workbook.as_of", day=day)


def _apart(text: str) -> str:
    """Digits right behind a font size in a footer would become part of it."""
    return " " + text if text[:1].isdigit() else text
