"""Days off as they stand in a sheet or a mail: one line each, a day or a first and last day, then a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ...model.records import Days
from .. import dates

_CELLS = re.compile(r"\t|;|\|")
_RANGE = re.compile(r"\s+(?:-|–|—|to|until|till|bis)\s+")
_MOST_WORDS = 5
"""Words that a day may be written in: `Friday the 25th of December 2026`."""


class Pasted(NamedTuple):
    """The days that a text names, and the lines that name none."""

    days: list[Days]
    unread: list[str]


def read_days(text: str, today: date, *, month_first: bool = False) -> Pasted:
    """Every line with a day at its begin; a first line without one is taken for headings and left out."""
    days: list[Days] = []
    unread = []
    for place, line in enumerate(filter(None, map(str.strip, text.splitlines()))):
        found = _read_line(line, today, month_first)
        if found is not None:
            days.append(found)
        elif place or not _CELLS.search(line):
            unread.append(line)
    return Pasted(days, unread)


def _read_line(line: str, today: date, month_first: bool) -> Days | None:
    cells = [cell.strip().strip('"') for cell in _CELLS.split(line)]
    cells = [cell for cell in cells if cell]
    if len(cells) == 1:
        cells = list(_split(cells[0], today, month_first))
    read = [dates.read_day(cell, today, month_first=month_first) for cell in cells[:2]]
    if not read or read[0] is None:
        return None
    first, last = read[0], read[1] if len(read) > 1 else None
    names = cells[1:] if last is None else cells[2:]
    last = first if last is None else last
    return Days(min(first, last), max(first, last), " ".join(names))


def _split(line: str, today: date, month_first: bool) -> Iterator[str]:
    """The cells of a line that is written as a sentence: day, last day if there is one, name."""
    parts = _RANGE.split(line, maxsplit=1)
    if len(parts) == 2 and dates.read_day(parts[0], today, month_first=month_first) is not None:
        yield parts[0]
        yield from _leading_day(parts[1], today, month_first)
    else:
        yield from _leading_day(line, today, month_first)


def _leading_day(text: str, today: date, month_first: bool) -> Iterator[str]:
    """As many words as can be read as one day, and the rest."""
    words = text.replace(",", " ").split()
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        if dates.read_day(" ".join(words[:size]), today, month_first=month_first) is not None:
            yield " ".join(words[:size])
            rest = " ".join(words[size:]).lstrip(":-–— ")
            if rest:
                yield rest
            return
    yield text
