"""What the cells of a column look like, and which fields that suits."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from .dates import DateReader, OutOfRange
from .values import read_days, read_number, read_percent

_LINK = re.compile(r"#?\d+(\.\d+)*\s*[A-Za-z]{0,2}\s*([+-]\s*\d.*)?|[A-Z][A-Z0-9]*-\d+.*")
_DATED = frozenset(("start", "finish", "deadline"))


class Fit(msgspec.Struct):
    """What the cells of a column look like: shares (0 to 1) of those that are filled."""

    count: int = 0
    filled: float = 0.0
    dates: float = 0.0
    numbers: float = 0.0
    durations: float = 0.0
    percents: float = 0.0
    links: float = 0.0
    different: float = 0.0
    length: float = 0.0


def look_at(values: list[Any], dates: DateReader) -> Fit:
    """Look through some cells of a column, those that are blank left out."""
    if not values:
        return Fit()
    dates.learn(values)
    texts = [str(value).strip() for value in values]
    count = len(values)

    def share(hits: list[bool]) -> float:
        return sum(hits) / count

    return Fit(
        count=count,
        filled=1.0,
        dates=share([_is_date(value, dates) for value in values]),
        numbers=share([read_number(value) is not None for value in values]),
        durations=share([read_days(value) is not None for value in values]),
        percents=share([text.endswith("%") and read_percent(text) is not None for text in texts]),
        links=share(
            [all(_LINK.fullmatch(part.strip()) for part in re.split("[;,]", text)) for text in texts]
        ),
        different=len(set(texts)) / count,
        length=sum(map(len, texts)) / count,
    )


def _is_date(value: object, dates: DateReader) -> bool:
    if isinstance(value, (int, float)):
        return False  # a serial number looks like any other; a heading must say that it is a day
    try:
        day = dates.read(value)
    except OutOfRange:
        return not isinstance(value, str)
    return day is not None and not (day.assumed_year and day.precision == "day" and len(str(value)) < 5)


def suits(field: str, fit: Fit) -> float:
    """Whether the cells look like the field, -2 to 1."""
    if not fit.count:
        return 0.0
    if field in _DATED:
        return 1.2 * fit.dates - 0.6 + (0.3 if fit.numbers > 0.8 and fit.length == 5 else 0.0)
    if field == "title":
        return (
            0.4 * (fit.different > 0.7)
            + 0.3 * (fit.length > 8)
            - 1.2 * (fit.numbers > 0.6)
            - 1.2 * (fit.dates > 0.6)
        )
    if field in ("key", "id"):
        return (
            0.4 * (fit.different > 0.95)
            + 0.2 * (fit.length < 14)
            - 0.8 * (fit.different < 0.6)
            - (fit.dates > 0.6)
        )
    if field == "status":
        return 0.5 * (fit.different < 0.5) - 0.8 * (fit.dates > 0.5) - 0.4 * (fit.numbers > 0.6)
    if field in ("team", "group", "owner", "kind"):
        busy = 0.4 * (fit.different < 0.6) - 0.5 * (fit.dates > 0.5) - 0.6 * (fit.length > 60)
        return busy - 0.6 * (fit.numbers > 0.8)
    if field == "level":
        return 0.4 - 1.2 * (fit.numbers > 0.6)
    if field == "outline":
        return fit.numbers - 0.4
    if field == "duration":
        return 1.2 * max(fit.durations, fit.numbers) - 0.6
    if field in ("progress", "effort"):
        return 2 * max(fit.percents, fit.numbers, fit.durations) - 1.5
    if field in ("depends", "blocks"):
        return 0.4 if fit.links > 0.6 or fit.length < 60 else -0.3
    return 0.0
