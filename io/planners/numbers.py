"""Numbers and days as the files of planners write them; None for what is neither."""

from __future__ import annotations

import math
import re
from datetime import date

_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_SHORT = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*")
_WHOLE = re.compile(r"\s*[+-]?\d{1,15}\s*")


def whole(text: str | None) -> int | None:
    """A whole number."""
    return int(text) if text and _WHOLE.fullmatch(text) else None


def decimal(text: str | None) -> float | None:
    """A number, with a comma or a point."""
    try:
        number = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def day(text: str) -> date | None:
    """The day that a text begins with, `2026-01-05` or `20260105`, as it stands there: no time zones."""
    match = _DAY.match(text)
    if match is not None:
        parts = (match[1], match[2], match[3])
    elif (short := _SHORT.fullmatch(text)) is not None:  # by GanttProject, in fields of one's own
        parts = (short[3], short[1], short[2])
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
