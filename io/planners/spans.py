"""Durations as `PT8H30M0S` (ISO 8601), which MSPDI and iCalendar share."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"[+]?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_MINUTES = (7 * 1440, 1440, 60, 1, 1 / 60)
_MOST = 10**9


def minutes_of(text: str) -> float:
    """The minutes of a duration; 0 for none, and for what is no duration."""
    match = _DURATION.fullmatch(text.strip()) if len(text) < 60 else None
    if match is None:
        return 0.0
    minutes = sum(float(part) * each for part, each in zip(match.groups(), _MINUTES, strict=True) if part)
    return min(minutes, float(_MOST))
