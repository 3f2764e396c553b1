"""How wide text is in the workbook's font, and into how many lines it breaks: rows are made that high."""

from __future__ import annotations

from collections.abc import Iterable

NARROW = frozenset("iljftrI.,;:'!|()[]{}-` \"*°·’‘“”")
WIDE = frozenset("mwMW@%—…")
SHARE, MARGIN = 0.92, 3.0
"""Columns are counted in digits of 11 points, cells are set in 10; what the indent takes."""
LETTERS_LIMIT = 2_000
"""More letters fill any row."""


def width_of(text: str) -> float:
    """The width in digits: as columns count it. Rather a little too much than too little."""
    total = 0.0
    for letter in text:
        if letter in NARROW:
            total += 0.58
        elif letter in WIDE:
            total += 1.65
        elif letter.islower():
            total += 0.96
        elif ord(letter) >= 0x2E80:
            total += 1.95
        elif letter.isupper():
            total += 1.15
        else:
            total += 1.0
    return total


def fitted(texts: Iterable[str], least: float, most: float) -> float:
    """The width of a column that holds all the texts in the size of cells, within bounds."""
    widest = max((width_of(text[:200]) for text in texts), default=0.0)
    return min(max(least, widest * SHARE + MARGIN), most)


def lines_of(text: str, room: float, most: int) -> int:
    """Lines that the text takes in a cell of that width, in digits; counting ends at `most`."""
    room = max(room, 4.0)
    lines = 0
    for paragraph in text[:LETTERS_LIMIT].split("\n", most):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = width_of(word)
            if used and used + width > room:
                lines, used = lines + 1, 0.0
            used += width + 0.58
            while used > room + 1:
                lines, used = lines + 1, used - room
        if lines >= most:
            return most
    return lines
