"""What the cells of a column mean, by the field that the column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ...model.records import Horizon, Precision
from .cleaning import clean_text, reference_text, split_tags, without_markup
from .dates import DateReader, Day, OutOfRange
from .dependencies import reference_key
from .mapping import Unit
from .periods import is_mark
from .values import MOST_DAYS, has_unit, read_days, read_flag, read_number, read_percent
from .words import fold, words

LONGEST_NAME = 120
"""Characters of a key, team, person, status, level or tag; more is no name."""
LONGEST_LIST = 1_000
"""Characters of a cell with several names."""
MOST_EFFORT = 1_000_000
DEEPEST = 50
PRECISIONS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "half", "year")
HORIZONS: tuple[Horizon, ...] = ("now", "next", "later")
_UNIT_WORDS = (
    ("w", r"we?e?ks?|wochen?|semaines?|semanas?"),
    ("mo", r"months?|monate?n?|mois|mes(?:es)?"),
    ("h", r"h|hours?|hrs?|stunden|heures?|horas?"),
)

Parser = Callable[[Any], Any]


class Unfit(Exception):
    """The cell does not hold what its column should: codes of words for that and for what is done."""

    def __init__(self, code: str, done: str = "import.done.left_empty", **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.done = done
        self.values = values


def parser(
    field: str, heading: str, column: Iterable[Any], days: DateReader, counts: Unit | None = None
) -> Parser:
    """What reads the cells of a column that holds the field; it raises `Unfit`. `column` is all its cells.

    `counts` is what a bare number of it counts, if somebody has said so.
    """
    if field in ("start", "finish", "deadline"):
        return lambda value: _day(days, value)
    if field in ("duration", "effort"):
        unit = counts or unit_of(heading, column)
        return lambda value: _duration(value, unit) if field == "duration" else _effort(value, unit)
    if field == "progress":
        as_fraction = _is_fraction(column)
        return lambda value: _progress(value, as_fraction)
    return _PARSERS[field]


def one_line(value: Any) -> str:
    """The text of a cell on one line."""
    return " ".join(clean_text(value).split("\n")).replace("\t", " ").strip()


def _name(value: Any) -> str:
    text = one_line(value)
    if len(text) > LONGEST_NAME:
        raise Unfit("import.long_name", length=len(text))
    return text


def _people(value: Any) -> str:
    text = one_line(value)
    if len(text) > LONGEST_LIST:
        raise Unfit("import.long_name", length=len(text))
    return text


def _key(value: Any) -> str:
    text = one_line(value)
    if text.startswith(("http://", "https://")):
        text = _end_of(text)
    if len(text) > LONGEST_NAME:
        raise Unfit("import.long_name", "import.done.new_key", length=len(text))
    return text


def _id(value: Any) -> tuple[str, ...]:
    text = one_line(value)
    ends = (_end_of(text),) if "/" in text else ()
    return tuple(map(reference_key, (text, *ends)))


def _end_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _tags(value: Any) -> tuple[str, ...]:
    found = dict.fromkeys(split_tags(clean_text(value)))
    return tuple(tag for tag in found if len(tag) <= LONGEST_NAME)


def _day(days: DateReader, value: Any) -> Day:
    try:
        day = days.read(value)
    except OutOfRange:
        raise Unfit("import.year_range", "import.done.no_date") from None
    if day is None:
        raise Unfit("import.not_a_date", "import.done.no_date")
    return day


def _outline(value: Any) -> int:
    number = read_number(value)
    if number is None or not 0 <= number <= DEEPEST:
        raise Unfit("import.not_a_number")
    return int(number)


def _duration(value: Any, unit: str) -> float:
    days = read_days(value, unit)
    if days is None:
        raise Unfit("import.not_a_duration")
    if not 0 <= days <= MOST_DAYS:
        raise Unfit("import.duration_range")
    return days


def _effort(value: Any, unit: str) -> tuple[float, bool]:
    """Person-days, and whether the cell or the heading names a unit of time."""
    days = read_number(value) if unit == "points" else read_days(value, unit)
    if days is None or not 0 <= days <= MOST_EFFORT:
        raise Unfit("import.not_a_number")
    return round(days, 6), unit not in ("d", "points") or has_unit(value)


def _progress(value: Any, as_fraction: bool) -> float:
    percent = read_percent(value, as_fraction)
    if percent is None or not 0 <= percent <= 100.5:
        raise Unfit("import.not_a_percent")
    return min(percent, 100.0)


def _pinned(value: Any) -> bool:
    flag = read_flag(value)
    if flag is None:
        raise Unfit("import.not_a_flag")
    return flag


def _archived(value: Any) -> bool:
    """Yes, or the day on which it was put away."""
    flag = read_flag(value)
    return flag if flag is not None else True


def _choice(value: Any, names: tuple[str, ...]) -> str:
    text = fold(value)
    for name in names:
        if text in words(name):
            return name
    raise Unfit("import.not_a_choice")


def unit_of(heading: str, column: Iterable[Any]) -> str:
    """The unit of bare numbers in a column, if its heading names one."""
    heading = fold(heading)
    for unit, pattern in _UNIT_WORDS:
        if re.search(rf"\b(?:{pattern})\b", heading):
            return unit
    if heading == "original estimate":  # Jira counts seconds
        known = [number for number in map(read_number, column) if number]
        if known and all(number >= 900 and number % 60 == 0 for number in known):
            return "s"
    return "d"


def _is_fraction(column: Iterable[Any]) -> bool:
    """Whether 1 is all of it: there are numbers between 0 and 1, and none above."""
    parts = False
    for number in map(read_number, column):
        if number is not None and number > 1:
            return False
        parts = parts or (number is not None and 0 < number < 1)
    return parts


_PARSERS: dict[str, Parser] = {
    "title": clean_text,
    "notes": lambda value: without_markup(clean_text(value)),
    "key": _key,
    "id": _id,
    "kind": _name,
    "level": _name,
    "team": _name,
    "group": _name,
    "status": _name,
    "status_category": _name,
    "owner": _people,
    "parent": lambda value: reference_key(clean_text(value)),
    "outline": _outline,
    "wbs": lambda value: value,
    "pinned": _pinned,
    "active": _pinned,
    "archived": _archived,
    "period": is_mark,
    "precision": lambda value: _choice(value, PRECISIONS),
    "horizon": lambda value: _choice(value, HORIZONS),
    "depends": reference_text,
    "blocks": reference_text,
    "tags": _tags,
}
