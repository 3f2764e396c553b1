"""Breaks a title into lines that fit, the last one shortened with an ellipsis."""

from __future__ import annotations

from functools import lru_cache

from ..drawing.scene import Measure
from ..timeline.labels import elide


@lru_cache(maxsize=16384)
def wrap(text: str, width: int, lines: int, size: float, bold: bool, measure: Measure) -> tuple[str, ...]:
    """At most `lines` lines, none wider than `width` pixels; a word that is too long for a line is cut."""
    words = text.split()
    found: list[str] = []
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and measure(f"{line} {words[0]}", size, bold) <= width:
            line = f"{line} {words.pop(0)}"
        if measure(line, size, bold) > width:
            fits = _cut(line, width, size, bold, measure)
            words.insert(0, line[fits:])
            line = line[:fits]
        found.append(line)
    if words and lines > 0:
        found.append(elide(" ".join(words), width, size, bold, measure))
    return tuple(line for line in found if line)


def _cut(word: str, width: int, size: float, bold: bool, measure: Measure) -> int:
    """How many letters of the word fit, at least one."""
    fits = 1
    while fits < len(word) and measure(word[: fits + 1], size, bold) <= width:
        fits += 1
    return fits
