"""A plan's items and calendars as numpy columns, for the passes over big plans.

Days are counted from `ZERO` and looked up in tables; 0 stands for what is not there. What lies beyond the
tables is out of reach: an `IndexError` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..plan import Plan
from ..records import Item, ItemId
from .forward import categories_held
from .network import Network
from .shape import FAR

if TYPE_CHECKING:
    from ..calendar import WorkingDays
    from .shape import Flags, Numbers

ZERO = date(1980, 1, 1).toordinal()
LAST = date(2080, 1, 1).toordinal() - ZERO
"""The first day of the tables, and the last boundary, counted from it."""
ALWAYS = 1 << 40
"""No limit. As the day of a number it lies after the tables, its negative before them."""

_GONE = Item(id=ItemId(""), key="")
"""Stands for an item that is no more, whose number is kept."""


class Tables(NamedTuple):
    """The calendars of a plan, one after the other; each item has the offset of its calendar's part.

    Attributes:
        worked: how many days are worked before each boundary.
        next: the first day worked at or after each boundary.
        day: the day with each number, with `FAR` places before the first and after the last.
    """

    worked: Numbers
    next: Numbers
    day: Numbers


class Columns(NamedTuple):
    """What the passes need to know of the items, by their numbers.

    Attributes:
        start, finish: where each would be by its own start alone.
        duration: working days, 0 for milestones.
        deadline: the boundary after it, `ALWAYS` without one.
        week, day: offsets of the item's calendar in the tables.
    """

    start: Numbers
    finish: Numbers
    duration: Numbers
    deadline: Numbers
    milestone: Flags
    stands: Flags
    week: Numbers
    day: Numbers
    tables: Tables


def columns_of(plan: Plan, network: Network) -> Columns:
    """Raises IndexError where a date or a duration lies beyond the tables."""
    parents = np.zeros(network.size, dtype=bool)
    parents[list(network.kids)] = True
    items = list(plan.items.values())
    if list(plan.items) != network.ids:
        items = [plan.items.get(id, _GONE) for id in network.ids]
    return _rows(plan, items, parents)


def mended(columns: Columns, plan: Plan, network: Network, changed: Sequence[int]) -> Columns:
    """The columns once some items have changed, but no calendar and no category. Raises as `columns_of`."""
    if not changed:
        return columns
    parents = np.array([n in network.kids for n in changed])
    rows = _rows(plan, [plan.items[network.ids[n]] for n in changed], parents)
    parts = {}
    for name in Columns._fields[:-1]:
        column, values = getattr(columns, name), getattr(rows, name)
        if (column[changed] != values).any():
            parts[name] = column = column.copy()
            column[changed] = values
    return columns._replace(**parts)


def _rows(plan: Plan, items: list[Item], parents: Flags) -> Columns:
    """The columns of some items, of which some are parents."""
    held = categories_held(plan)
    marks = np.frombuffer(
        bytes([(item.kind == "milestone") + 2 * item.pinned + 4 * (item.status in held) for item in items]),
        dtype=np.uint8,
    )
    milestone, doing = (marks & 1).astype(bool), (marks & 4).astype(bool) & ~parents
    duration = np.fromiter([item.duration for item in items], np.intp, len(items))
    if not -FAR < duration.min() <= duration.max() < FAR:
        raise IndexError("a duration")
    duration = np.where(milestone, 0, np.maximum(duration, 1))
    calendars = plan.team_calendars
    distinct = tuple(dict.fromkeys(calendars.values()))
    tables, begins = _tables(distinct)
    standard = distinct.index(calendars[None])
    few = len(items) < len(calendars)
    teams = calendars.keys() & {item.team for item in items} if few else calendars
    of_team = {team: distinct.index(calendars[team]) for team in teams}
    mine = np.fromiter([of_team.get(item.team, standard) for item in items], np.intp, len(items))
    week, days = mine * (LAST + 2), begins[mine]
    ordinals = [day.toordinal() if (day := item.start) else 0 for item in items]
    own = np.fromiter(ordinals, np.intp, len(items))
    placed = own > 0
    own -= np.where(placed, ZERO, 0)
    if ((own < 1) & placed).any() or (own >= LAST).any():
        raise IndexError("a start")
    start = np.where(milestone, np.where(placed, own + 1, 0), tables.next[week + own])
    bars = placed & ~milestone
    finish = start.copy()
    finish[bars] = tables.day[(days + tables.worked[week + start] + duration - 1)[bars]] + 1
    due = np.full(len(items), ALWAYS, dtype=np.intp)
    for n, deadline in [(n, item.deadline) for n, item in enumerate(items) if item.deadline]:
        due[n] = deadline.toordinal() + 1 - ZERO
    stands = placed & ((marks & 2).astype(bool) | doing)
    return Columns(start, finish, duration, due, milestone, stands, week, days, tables)


@lru_cache(maxsize=2)
def _tables(calendars: tuple[WorkingDays, ...]) -> tuple[Tables, Numbers]:
    """The tables, and where in `day` the first working day of each calendar is found."""
    beyond = np.full(FAR, ALWAYS, dtype=np.intp)
    parts: list[Tables] = []
    for calendar in calendars:
        worked = np.frombuffer(calendar.worked(ZERO, ZERO + LAST + 1), dtype=np.uint8)
        count = np.concatenate(([0], np.cumsum(worked, dtype=np.intp)))
        day = np.concatenate((-beyond, np.flatnonzero(worked), beyond))
        following = day[FAR + count]
        following[0] = 0
        parts.append(Tables(count, following, day))
    sizes = [len(part.day) for part in parts]
    joined = Tables(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return joined, np.cumsum([0, *sizes[:-1]]) + FAR
