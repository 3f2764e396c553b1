"""What groupings, their values and the lanes they make are called; no Qt."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...io.strings import field_title, knows, say
from ...model.field import NUMERIC
from ...model.fields import WORDS
from ...model.plan import Plan
from ...model.query import Row
from ...model.rows.lanes import Grouping, grouping, value_text
from .. import dates
from ..amounts import own_number_text


def grouping_title(by: Grouping) -> str:
    """`Team`, `Quarter of start`."""
    if by.day is not None:
        title = field_title(by.day)
        name = title if by.day.own is not None else title.lower()
        return say(f"grouping.{by.key.rpartition('.')[2]}", field=name)
    return field_title(by.field) if by.field is not None else say(f"grouping.{by.key}")


def value_title(plan: Plan, key: str, value: Any) -> str:
    """The name of a value, or that there is none."""
    by = grouping(plan, key)
    if by is None:
        return ""
    if value is None:
        return say("timeline.without", field=grouping_title(by).lower())
    if by.field is None and isinstance(value, date):
        return _period(value, plan.info.fiscal_start, key)
    if by.field is not None and by.field.own is not None and by.field.kind in NUMERIC:
        return own_number_text(by.field, value)
    text = value_text(plan, by, value)
    coded = by.field is not None and (by.field.key in WORDS or by.field.kind == "flag")
    return say(text) if coded and knows(text) else text


def lane_title(plan: Plan, row: Row) -> str:
    """The name of the lane that a row heads."""
    return value_title(plan, *row.path[-1])


def _period(first: date, fiscal: int, key: str) -> str:
    """`Q3 2026`, `Q1 FY27`, `Jul 2026`: as the axis writes them."""
    if key.endswith(".month"):
        return f"{dates.months()[first.month - 1]} {first.year}"
    year = first.year + (1 if fiscal > 1 and first.month >= fiscal else 0)
    written = str(year) if fiscal == 1 else say("axis.fiscal-year", year=f"{year % 100:02d}")
    return f"{say('axis.quarter', number=(first.month - fiscal) % 12 // 3 + 1)} {written}"
