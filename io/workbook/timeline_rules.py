"""The conditional formats that draw the timeline's bars, milestones, today and the stripes of months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..strings import say
from .axis import LAST_CELL, SCALE_CELL
from .content import Content
from .lists_sheet import lane_colors, lane_list
from .sheet_cells import column_name
from .styles import LITERAL_LIMIT, RULE_LIMIT, Styles, literal, parent_look, shade, status_look, tint

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NEUTRAL = 1000
"""Number of the colour of items that have no value to be coloured by; those of lanes are numbered from 1."""
NOTHING, MILESTONE, PARENT, BAR = range(4)
"""What is drawn in a row: its hidden column I. G is the lane's number, H the point up to which it is done."""
DATES = "$4"


def add_rules(
    sheet: Worksheet, styles: Styles, content: Content, area: tuple[int, int, int, int], signs: bool
) -> None:
    """Add all rules, the strongest first; `area` is the grid (first row and column, last row and column).

    With `signs` milestones are characters in their cells, in the lane's colour; else the cell is filled.
    """
    first, left, last, right = area
    row = first + 1
    here, after = (f"{column_name(left + step)}{DATES}" for step in (0, 1))
    colors = styles.palette

    def rule(criteria: str, stop: bool = False, **look: Any) -> None:
        options = {"type": "formula", "criteria": "=" + criteria, "format": styles.rule(**look)}
        sheet.conditional_format(*area, options | {"stop_if_true": stop})

    def head(criteria: str, stop: bool = False, **look: Any) -> None:
        options = {"type": "formula", "criteria": "=" + criteria, "format": styles.rule(**look)}
        sheet.conditional_format(4, left, 6, right, options | {"stop_if_true": stop})

    white = colors["background"]
    beyond = f"{here}>{LAST_CELL}+7"
    rule(f'AND($B{row}="",$I{row}={NOTHING})', True, bg_color=white)
    rule(beyond, True, bg_color=white)
    head(beyond, True, bg_color=white, font_color=white)
    lanes = dict(enumerate(lane_list(content), 1)) | {NEUTRAL: (colors["ink3"], colors["ink2"])}
    used = {place + 1 for _, place in lane_colors(content)} | {NEUTRAL}
    for number in sorted(used):
        sign = f"AND($G{row}={number},$I{row}={MILESTONE},{here}<=$E{row},{after}>$E{row})"
        look = {"font_color": lanes[number][1]} if signs else {"bg_color": lanes[number][1]}
        rule(sign, not signs, **look)
    fill, done = parent_look()
    rule(f"AND($I{row}={PARENT},{here}<$H{row},{after}>$D{row},$H{row}>$D{row})", True, bg_color=done)
    rule(f"AND($I{row}={PARENT},{here}<=$E{row},{after}>$D{row})", True, bg_color=fill)
    for number in sorted(used):
        fill, done = lanes[number]
        bar = f"$G{row}={number},$I{row}={BAR}"
        rule(f"AND({bar},{here}<$H{row},{after}>$D{row},$H{row}>$D{row})", True, bg_color=done)
        rule(f"AND({bar},{here}<=$E{row},{after}>$D{row})", True, bg_color=fill)
    today = f"AND(TODAY()>={here},TODAY()<{after})"
    rule(today, True, bg_color=colors["danger_soft"])
    scale = [f'{SCALE_CELL}="{say(f"workbook.scale.{name}")}"' for name in ("weeks", "months")]
    stripe = f"IF({scale[0]},MONTH({here}),IF({scale[1]},INT((MONTH({here})+2)/3),YEAR({here})))"
    rule(f"ISODD({stripe})", bg_color=colors["off_day"])
    head(today, bg_color=colors["today"], font_color="#FFFFFF", bold=True)
    _color_left(sheet, styles, content, first, last)


def _color_left(sheet: Worksheet, styles: Styles, content: Content, first: int, last: int) -> None:
    """The lane's tint behind its name, and the status in the colours of its category."""
    row = first + 1
    if content.lane == content.color:
        lanes = lane_list(content)
        for place in sorted({place for _, place in lane_colors(content)}):
            fill, done = lanes[place]
            look = styles.rule(bg_color=tint(fill), font_color=shade(done))
            criteria = f"=AND($G{row}={place + 1},$I{row}<>{PARENT})"
            sheet.conditional_format(
                first, 0, last, 0, {"type": "formula", "criteria": criteria, "format": look}
            )
    for status in list(content.plan.statuses.values())[:RULE_LIMIT]:
        if 0 < len(status.title) <= LITERAL_LIMIT:
            look = styles.rule(bold=True, **status_look(status.category))
            options = {"type": "cell", "criteria": "==", "value": literal(status.title), "format": look}
            sheet.conditional_format(first, 5, last, 5, options)
