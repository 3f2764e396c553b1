"""Which row of a sheet is the header, and where the table is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from .charts import MOST_ABOVE, chart_titles
from .periods import LEAST_DAYS, is_period
from .source import Row, Sheet
from .words import fold, headings

LOOK = 40
"""Rows in which a header is looked for."""
MAX_COLUMNS = 400
_NUMBERED = re.compile(r"(.*\D)\s*\d{1,2}")
_CUSTOM = re.compile(r"custom field \((.*)\)")
_FIGURES = re.compile(r"[-\d.,:/% ]+")


class Header(msgspec.Struct, frozen=True):
    """The header of a sheet: its (last) row, from 0, what each column is called, and how sure that is."""

    row: int
    titles: tuple[str, ...]
    score: float


def find_header(sheet: Sheet) -> Header | None:
    """The most likely header; None if nothing looks like one."""
    best: Header | None = None
    rows = [row[:MAX_COLUMNS] for row in sheet.rows[: LOOK + 10]]
    for at in range(min(LOOK, len(rows))):
        for titles in _readings(sheet, rows, at):
            hits = len({fold(text) for text in titles if text and _is_known(text)})
            if hits:
                titles = _charted(sheet, at, titles)
            score = _score(titles, hits, rows, at)
            if score is not None and (best is None or score > best.score):
                best = Header(at, tuple(titles), score)
    return best


def header_at(sheet: Sheet, row: int) -> Header:
    """The header in a row that somebody chose."""
    titles = [heading_text(value) for value in sheet.rows[row][:MAX_COLUMNS]]
    return Header(row, tuple(_charted(sheet, row, titles)), 0.0)


def _charted(sheet: Sheet, row: int, titles: list[str]) -> list[str]:
    """With the days of a drawn timeline as headings of its columns."""
    below = sheet.rows[row + 1 : row + LOOK]
    wide = max(
        [*map(len, below), *(column + 1 for at, column in sheet.fills if row < at < row + LOOK)], default=0
    )
    return chart_titles(sheet.rows[max(0, row - MOST_ABOVE) : row + 1], titles, min(wide, MAX_COLUMNS))


def heading_text(value: Any) -> str:
    """The text of a header cell, on one line."""
    return " ".join(str(value).split()) if value is not None else ""


def _readings(sheet: Sheet, rows: Sequence[Row], at: int) -> list[list[str]]:
    """What the row says as a header: by itself, and with the row above for the columns it leaves open."""
    alone = [heading_text(value) for value in rows[at]]
    if at == 0:
        return [alone]
    above = [heading_text(value) for value in rows[at - 1]]
    above += [""] * (len(alone) - len(above))
    alone += [""] * (len(above) - len(alone))
    if sum(map(bool, above)) < 2:
        return [alone]
    for top, left, bottom, right in sheet.merges:
        if top == bottom == at - 1 and left < len(above):
            above[left + 1 : right + 1] = [above[left]] * len(above[left + 1 : right + 1])
    both = [low or high for low, high in zip(alone, above, strict=True)]
    twice = {text for text, count in Counter(map(fold, alone)).items() if text and count > 1}
    both = [
        f"{high} {low}" if fold(low) in twice and high and high != low else text
        for text, low, high in zip(both, alone, above, strict=True)
    ]
    known_above, known_both = (sum(map(_is_known, filter(None, row))) for row in (above, both))
    return [alone, both] if both != alone and known_both > known_above else [alone]


def names(title: str) -> list[str]:
    """The forms in which a heading is looked up: whole, without a number or bracket, its alternatives."""
    text = fold(title)
    found = [text]
    if match := _CUSTOM.fullmatch(text):
        found.append(match[1])
    if match := _NUMBERED.fullmatch(text):
        found.append(fold(match[1]).rstrip(" #-_"))
    if "(" in text:
        found.append(fold(text.split("(", 1)[0]))
    if "_" in text:
        found.append(text.replace("_", " "))
    if "/" in text and len(text) < 50:
        found.extend(fold(part) for part in text.split("/"))
    return [name for name in found if name]


def is_figures(title: str) -> bool:
    """Whether a heading is a number or a day: a column of a drawn timeline."""
    return _FIGURES.fullmatch(title) is not None


def _is_known(title: str) -> bool:
    return any(name in headings() for name in names(title))


def _score(titles: list[str], hits: int, rows: Sequence[Row], at: int) -> float | None:
    """How much the titles, of which some are known, look like a header and what is below them like its table;
    None if not at all."""
    texts = [text for text in titles if text]
    if not texts:
        return None
    calendar = sum(is_period(text) and not is_figures(text) for text in texts) / len(texts)
    words = [text for text in texts if not is_figures(text) and not is_period(text)] if hits else texts
    if hits >= 3 or len(texts) - len(words) >= LEAST_DAYS:
        texts = words  # figures and days beside known headings are the grid of a drawn timeline
    figures = sum(map(is_figures, texts))
    if figures > len(texts) / 2 or (len(texts) == 1 and not hits):
        return None
    below = [row for row in rows[at + 1 : at + 9] if any(value not in (None, "") for value in row)]
    kept = set(texts)
    columns = [column for column, text in enumerate(titles) if text in kept]
    cover = typed = 0.0
    for column in columns:
        values = [row[column] for row in below if column < len(row) and row[column] not in (None, "")]
        cover += len(values)
        typed += any(not isinstance(value, str) or _FIGURES.fullmatch(value) for value in values)
    cover /= max(1, len(below) * len(columns))
    typed /= len(columns)
    short = sum(len(text) <= 40 for text in texts) / len(texts)
    alike = len(set(map(fold, texts))) / len(texts)
    return (
        2.4 * min(1.0, hits / 4)
        + 0.15 * min(hits, 10)
        + 0.7 * (1 - figures / len(texts))
        + 0.3 * short
        + 0.4 * alike
        + (1.0 * cover if below else -0.5)
        + 0.8 * typed
        + 0.3 * min(1.0, len(texts) / 5)
        - 0.5 * calendar
        - 0.02 * at
    )
