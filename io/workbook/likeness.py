"""How likely a row that lost its ids is which item: by title, team, owner and dates."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

LIKELY, POSSIBLE = 85.0, 65.0
"""From the first on two are taken for the same unless somebody says no, from the second on they are asked
about."""
TITLE, TEAM, OWNER, START, FINISH = 70.0, 10.0, 6.0, 7.0, 7.0
"""What each can add to a likeness; 100 in all."""
MOST_PAIRS = 4_000_000
"""More are not compared: nobody would look through what comes of it."""


class Looks(msgspec.Struct, frozen=True):
    """What is compared of a row: texts folded, dates as they stand in their cells."""

    title: str
    team: str
    owner: str
    start: str
    finish: str


def pairs(rows: Sequence[Looks], items: Sequence[Looks]) -> list[tuple[float, int, int]]:
    """(likeness, row, item), the likeliest first; each row and each item at most once."""
    if not rows or not items or len(rows) * len(items) > MOST_PAIRS:
        return []
    from rapidfuzz import fuzz, process, utils

    least = (POSSIBLE - (100 - TITLE)) / TITLE * 100
    titles = [utils.default_process(item.title) for item in items]
    found: list[tuple[float, int, int]] = []
    for at, row in enumerate(rows):
        if row.title:
            near = process.extract(
                utils.default_process(row.title),
                titles,
                scorer=fuzz.token_sort_ratio,
                score_cutoff=least,
                limit=20,
            )
            found += [(_likeness(score, row, items[place]), at, place) for _, score, place in near]
    found = [one for one in found if one[0] >= POSSIBLE]
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    taken_rows: set[int] = set()
    taken_items: set[int] = set()
    result = []
    for score, at, place in found:
        if at not in taken_rows and place not in taken_items:
            taken_rows.add(at)
            taken_items.add(place)
            result.append((score, at, place))
    return result


def _likeness(title: float, row: Looks, item: Looks) -> float:
    score = TITLE * title / 100
    for name, share in (("team", TEAM), ("owner", OWNER), ("start", START)):
        score += share * (getattr(row, name) == getattr(item, name))
    # a finish that no program has calculated follows from the start
    return score + FINISH * (row.finish == item.finish or (not row.finish and row.start == item.start))
