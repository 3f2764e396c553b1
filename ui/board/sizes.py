"""How high the cards of the board are: their titles broken into lines, before anything is drawn.

Ten thousand titles are broken at once, so lines are measured by their words, each of which is measured once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...model.plan import Plan
from ...model.records import FieldId, Item, ItemId
from ..drawing.scene import Measure
from ..timeline.labels import elide

FULL = 0.75
"""From this zoom on a card says all it has to say; below it key and title."""
LINES = 3
"""Of a title at most."""
_MOST_LETTERS = 400
"""Of a title that are looked at: more than so many lines hold."""
_TITLE, _SMALL = 13, 11
CHIP_KINDS = ("choice", "choices", "flag")
"""Kinds of a plan's own fields that are told in a word or two."""
_SPARE = 1.0
"""Pixels by which a line may be longer than its words."""


class _Words(dict[str, float]):
    """The width of each word, measured when it is first met."""

    def __init__(self, size: float, measure: Measure) -> None:
        super().__init__()
        self._size, self._measure = size, measure

    def __missing__(self, word: str) -> float:
        width = self[word] = self._measure(word, self._size, False)
        return width


class Sizes:
    """The measures of a card at a zoom and a width; made anew where one of these, or the font, is another."""

    def __init__(self, zoom: float, width: int, measure: Measure) -> None:
        self.zoom, self.width, self.measure = zoom, width, measure
        self.full = zoom >= FULL
        self.title, self.small = max(self.px(_TITLE), 9), max(self.px(_SMALL), 8)
        self.line = self.px(17)
        self.left, self.right = self.px(14), self.px(10)
        self.top, self.head = self.px(7), self.px(18)
        self.chips = self.px(24)
        self.foot = self.px(20)
        self.bar = self.px(6)
        self.bottom = self.px(8)
        self.diamond = self.px(20)
        """Room that the sign of a milestone takes beside its title."""
        self._words = _Words(self.title, measure)
        self._space = self._words["x x"] - 2 * self._words["x"]
        self._heights: dict[ItemId, tuple[Item, int]] = {}
        self._tables: tuple[object, object] = (None, None)
        self._told: frozenset[FieldId] = frozenset()

    def px(self, size: float) -> int:
        return round(size * self.zoom)

    def height(self, plan: Plan, id: ItemId) -> int:
        """How high the card of an item is."""
        if self._tables[0] is not plan.fields or self._tables[1] is not plan.statuses:
            self._tables = (plan.fields, plan.statuses)
            self._heights.clear()
            self._told = frozenset(id for id, field in plan.fields.items() if field.kind in CHIP_KINDS)
        item = plan.items[id]
        known = self._heights.get(id)
        if known is not None and known[0] is item:
            return known[1]
        high = self.top + self.head + self.bottom + self.line * self.lines(item)
        if self.full:
            high += self.foot
            if self.has_chips(item):
                high += self.chips
            if item.progress or plan.category_of(item) == "done":
                high += self.bar
        self._heights[id] = (item, high)
        return high

    def has_chips(self, item: Item) -> bool:
        """Whether a card whose height has been asked for has a line of tags and own fields."""
        return bool(item.tags) or not self._told.isdisjoint(item.custom)

    def room(self, item: Item) -> int:
        """The width that a title has."""
        return self.width - self.left - self.right - (self.diamond if item.kind == "milestone" else 0)

    def lines(self, item: Item) -> int:
        """How many lines the title takes."""
        words, room = (item.title[:_MOST_LETTERS] or item.key).split(), self.room(item)
        breaks = self._breaks(words, room)
        return len(breaks) if breaks is not None else len(self._cut(words, room - _SPARE))

    def title_lines(self, item: Item) -> Sequence[str]:
        """The title as it is written, each line shortened where it is too long all the same."""
        words, room = (item.title[:_MOST_LETTERS] or item.key).split(), self.room(item)
        breaks = self._breaks(words, room)
        if breaks is None:
            lines = self._cut(words, room - _SPARE)
        else:
            lines = [" ".join(words[one:end]) for one, end in pairwise((*breaks, len(words)))]
        return [elide(line, room, self.title, False, self.measure) for line in lines]

    def _breaks(self, words: Sequence[str], room: int) -> list[int] | None:
        """At which words lines begin; None where a word is longer than a line."""
        known, space, most = self._words, self._space, room - _SPARE
        begin, length = [0], -space
        for at, word in enumerate(words):
            width = known[word]
            length += space + width
            if length > most:
                if width > most:
                    return None
                begin.append(at)
                if len(begin) == LINES:
                    break
                length = width
        return begin

    def _cut(self, words: list[str], room: float) -> list[str]:
        """The same where a word is longer than a line and goes on in the next."""
        found = [""]
        for at, word in enumerate(words):
            longer = f"{found[-1]} {word}" if found[-1] else word
            if self._words[longer] <= room or (len(found) == LINES and not found[-1]):
                found[-1] = longer
                continue
            if len(found) == LINES:
                found[-1] = " ".join((found[-1], *words[at:]))
                break
            if found[-1]:
                found.append("")
            while self._words[word] > room and len(found) < LINES:
                fits = self._fitting(word, room)
                found[-1], word = word[:fits], word[fits:]
                found.append("")
            found[-1] = word
        return found

    def _fitting(self, word: str, room: float) -> int:
        """How many letters of a word fit, at least one."""
        fits = 1
        while fits < len(word) and self.measure(word[: fits + 1], self.title, False) <= room:
            fits += 1
        return fits
