"""The forward and the backward pass over a big plan, with numpy, a generation of its network at a time.

They give what `forward` and `backward` give, which say the rules; here a rule is a line of array arithmetic.
What leads beyond the tables of `columns` raises an `IndexError`, and the plan is passed item by item.

The arrays of a generation are short, and what counts is how many operations there are. So what is known
beforehand is laid out for all generations at once, and cut (`_Cut`), and `take` used where an index would do.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from .columns import ALWAYS, LAST, ZERO, Columns
from .forward import NEVER, Dates
from .shape import Group, Shape

if TYPE_CHECKING:
    from .shape import Flags, Numbers

# Forward


def forward(shape: Shape, columns: Columns) -> Dates:
    """As `forward.forward`. Raises IndexError where it leads beyond the tables."""
    size = len(columns.start)
    free = ~columns.stands & ~shape.parents
    at = np.zeros(2 * size, dtype=np.intp)
    own = free | columns.stands
    at[0::2][own] = columns.start[own]
    at[1::2][own] = columns.finish[own]
    bounds = np.zeros(4 * size, dtype=np.intp)
    bound, heirs = np.zeros((2, 2 * size), dtype=bool)
    heirs[_entries(shape.held.order, shape)] = True
    bound[shape.slot >> 1] = True
    bound |= heirs
    movable = bound[:size] & free
    links = _Links(shape, columns)
    heads = _Heirs(heirs, shape)
    bars = _Bars(movable & ~columns.milestone, shape, columns)
    points = _Cut(movable & columns.milestone, shape)
    rolled = shape.parents & ~columns.stands
    for now in range(shape.generations):
        links.bind(now, at, bounds)
        heads.bind(now, bounds)
        bars.place(now, at, bounds)
        if len(those := points.at(now)):
            asked = np.maximum(bounds.take(2 * those), bounds.take(2 * those + 1))
            at[2 * those] = at[2 * those + 1] = np.maximum(at.take(2 * those), asked)
        if len(those := shape.below.target[now]):
            _roll_up(now, those, at, rolled, shape.below)
    return _dates(at, bounds, shape)


def _dates(at: Numbers, bounds: Numbers, shape: Shape) -> Dates:
    """What has been found, as ordinals."""
    if len(at) and not -1 < at.min() <= at.max() <= LAST:
        raise IndexError("a date")
    days = array("q", np.where(at > 0, at + ZERO, NEVER).astype(np.int64).tobytes())
    gated = np.flatnonzero(shape.gated)
    asked = bounds.reshape(-1, 2)[gated + len(shape.up)]
    some = asked.max(axis=1, initial=0) > 0
    asked = np.where(asked > 0, asked + ZERO, NEVER)[some]
    return Dates(days, dict(zip(gated[some].tolist(), map(tuple, asked.tolist()), strict=True)))


class _Cut:
    """Nodes that are flagged, by generation."""

    def __init__(self, which: Flags, shape: Shape) -> None:
        flagged = np.zeros(2 * len(shape.up), dtype=bool)
        flagged[: len(which)] = which
        self.nodes = shape.order[flagged.take(shape.order)]
        ranks = np.arange(shape.generations + 1)
        self.cut: list[int] = np.searchsorted(shape.generation.take(self.nodes), ranks).tolist()

    def at(self, now: int) -> Numbers:
        return self.nodes[self.cut[now] : self.cut[now + 1]]


class _Heirs(_Cut):
    """What is below a gate, and takes on what that asks."""

    def __init__(self, which: Flags, shape: Shape) -> None:
        super().__init__(which, shape)
        size = len(shape.up)
        self.above = shape.up.take(self.nodes % size) + size

    def bind(self, now: int, bounds: Numbers) -> None:
        begin, end = self.cut[now], self.cut[now + 1]
        if begin < end:
            those, above = 2 * self.nodes[begin:end], 2 * self.above[begin:end]
            bounds[those] = np.maximum(bounds.take(those), bounds.take(above))
            bounds[those + 1] = np.maximum(bounds.take(those + 1), bounds.take(above + 1))


class _Bars(_Cut):
    """Bars that something bounds."""

    def __init__(self, which: Flags, shape: Shape, columns: Columns) -> None:
        super().__init__(which, shape)
        nodes = self.nodes
        self.start, self.finish = 2 * nodes, 2 * nodes + 1
        self.own, self.week = columns.start.take(nodes), columns.week.take(nodes)
        days, duration = columns.day.take(nodes), columns.duration.take(nodes)
        self.last, self.pull = days + (duration - 1), days - (duration - 1)
        """What is added to the number of the first day for that of the last one, and the other way round."""
        self.tables = columns.tables

    def place(self, now: int, at: Numbers, bounds: Numbers) -> None:
        begin, end = self.cut[now], self.cut[now + 1]
        if begin == end:
            return
        starts, finishes, week = self.start[begin:end], self.finish[begin:end], self.week[begin:end]
        count, following, day = self.tables
        start = np.maximum(self.own[begin:end], following.take(week + bounds.take(starts)))
        last = bounds.take(finishes)
        if last.any():
            pulled = day.take(self.pull[begin:end] + count.take(week + np.maximum(last - 1, 0)))
            if pulled[last > 0].min() < 1:
                raise IndexError("a date")
            start = np.where(last > 0, np.maximum(start, pulled), start)
        at[starts] = start
        at[finishes] = np.where(start > 0, day.take(self.last[begin:end] + count.take(week + start)) + 1, 0)


def _roll_up(now: int, parents: Numbers, at: Numbers, rolled: Flags, below: Group) -> None:
    kids = below.order[below.at[now] : below.at[now + 1]]
    starts = at.take(2 * kids)
    starts[starts == 0] = ALWAYS
    first = np.minimum.reduceat(starts, below.first[now])
    last = np.maximum.reduceat(at.take(2 * kids + 1), below.first[now])
    which = rolled.take(parents) & (last > 0)
    at[2 * parents[which]] = first[which]
    at[2 * parents[which] + 1] = last[which]


class _Lags:
    """Lags of links in groups: most are 0 and take no time."""

    def __init__(self, group: Group, shape: Shape, columns: Columns) -> None:
        self.group, self.tables = group, columns.tables
        lag = shape.lag.take(group.order)
        self.which = np.flatnonzero(lag)
        self.cut = np.searchsorted(self.which, group.at).tolist()
        self.lag = lag.take(self.which)
        target = (shape.slot.take(group.order.take(self.which)) >> 1) % len(columns.start)
        self.week, self.day = columns.week.take(target), columns.day.take(target)

    def add(self, now: int, bounds: Numbers) -> None:
        """Add the lags of a generation to its bounds, in place."""
        begin, end = self.cut[now], self.cut[now + 1]
        if begin < end:
            which, lag = self.which[begin:end] - self.group.at[now], self.lag[begin:end]
            bound, later = bounds.take(which), lag > 0
            number = self.tables.worked.take(self.week[begin:end] + bound) + lag - later
            lagged = self.tables.day.take(self.day[begin:end] + number) + later
            bounds[which] = lagged = np.where(bound > 0, lagged, 0)
            if lagged.min() < 0:
                raise IndexError("a date")

    def take(self, now: int, bounds: Numbers) -> None:
        """The latest boundaries from which the lags of a generation lead to its bounds, in place."""
        begin, end = self.cut[now], self.cut[now + 1]
        if begin < end:
            which, lag = self.which[begin:end] - self.group.at[now], self.lag[begin:end]
            bound, later = bounds.take(which), lag < 0
            near = bound < ALWAYS
            number = self.tables.worked.take(self.week[begin:end] + np.where(near, bound + later, 0))
            latest = self.tables.day.take(self.day[begin:end] + number - lag - later)
            bounds[which] = np.where(near, latest, ALWAYS)


class _Links(_Lags):
    """The links in the generations of their targets."""

    def __init__(self, shape: Shape, columns: Columns) -> None:
        super().__init__(shape.into, shape, columns)
        self.come = shape.come.take(shape.into.order)

    def bind(self, now: int, at: Numbers, bounds: Numbers) -> None:
        group = self.group
        if len(group.target[now]):
            asked = at.take(self.come[group.at[now] : group.at[now + 1]])
            self.add(now, asked)
            bounds[group.target[now]] = np.maximum.reduceat(asked, group.first[now])


class _Allowed(_Lags):
    """The links in the generations of their sources."""

    def __init__(self, shape: Shape, columns: Columns) -> None:
        super().__init__(shape.out, shape, columns)
        self.slot = shape.slot.take(shape.out.order)

    def limit(self, now: int, late: Numbers, limit: Numbers) -> None:
        group = self.group
        if len(ends := group.target[now]):
            allowed = late.take(self.slot[group.at[now] : group.at[now + 1]])
            self.take(now, allowed)
            limit[ends] = np.minimum(limit.take(ends), np.minimum.reduceat(allowed, group.first[now]))


def _entries(items: Numbers, shape: Shape) -> Numbers:
    """The nodes at which links into the items end."""
    return np.where(shape.gated.take(items), items + len(shape.up), items)


def behind(_: Shape, columns: Columns, now: Dates, before: Dates, items: array[int], days: int) -> list[int]:
    """As `following.behind`. Raises as `forward`."""
    which = np.frombuffer(items, np.int64)
    at, was = (np.frombuffer(dates.at, np.int64)[2 * which] - ZERO for dates in (now, before))
    on = was > 0
    which, at, was = which[on], at[on], was[on]
    if len(which) and not 0 < min(at.min(), was.min()) <= max(at.max(), was.max()) <= LAST:
        raise IndexError("a date")
    count, week = columns.tables.worked, columns.week.take(which)
    late: list[int] = which[count.take(week + at) - count.take(week + was) < days].tolist()
    return late


def otherwise(now: Dates, before: Dates, items: array[int]) -> list[int]:
    """As `following.otherwise`."""
    which = np.frombuffer(items, np.int64)
    at, was = (np.frombuffer(dates.at, np.int64)[0::2].take(which) for dates in (now, before))
    moved: list[int] = which[at != was].tolist()
    return moved


# Backward


def backward(shape: Shape, columns: Columns, dates: Dates) -> list[int | None]:
    """As `backward.backward`. Raises IndexError where it leads beyond the tables."""
    size = len(columns.start)
    days = np.frombuffer(dates.at, np.int64)
    on = days[0::2] != NEVER
    at = np.where(days != NEVER, days - ZERO, 0)
    if on.any() and not 0 < at[0::2][on].min() <= at.max() <= LAST:
        raise IndexError("a date")
    rolled = shape.parents & ~columns.stands & on
    limit = np.full(2 * size, ALWAYS, dtype=np.intp)
    limit[1::2] = np.minimum(columns.deadline, at.max(initial=0))
    if on.any() and limit.min() < 1:
        raise IndexError("a deadline")
    late = np.full(4 * size, ALWAYS, dtype=np.intp)
    slack = np.full(size, ALWAYS, dtype=np.intp)
    kids = _Cut((shape.up >= 0) & rolled.take(shape.up), shape)
    settled = on & ~rolled
    bars = _LateBars(settled & ~columns.milestone, shape, columns)
    points = _Cut(settled & columns.milestone, shape)
    links = _Allowed(shape, columns)
    for now in range(shape.generations - 1, -1, -1):
        links.limit(now, late, limit)
        if len(those := kids.at(now)):
            up = shape.up.take(those)
            limit[2 * those + 1] = np.minimum(limit.take(2 * those + 1), limit.take(2 * up + 1))
            first = at.take(2 * those) == at.take(2 * up)
            limit[2 * those[first]] = np.minimum(limit.take(2 * those[first]), limit.take(2 * up[first]))
        bars.settle(now, at, limit, late, slack)
        if len(those := points.at(now)):
            _settle_points(those, at, limit, late, slack, columns)
        if len(those := shape.held.target[now]):
            _hand_down(now, those, late, shape)
    for now in range(shape.generations):
        if len(those := shape.below.target[now]):
            _share(now, those, slack, rolled, shape.below)
    found: list[int | None] = [*slack.tolist()]
    for n in np.flatnonzero(~on).tolist():
        found[n] = None
    return found


class _LateBars(_Cut):
    """Bars that are on the timeline."""

    def __init__(self, which: Flags, shape: Shape, columns: Columns) -> None:
        super().__init__(which, shape)
        nodes = self.nodes
        self.week, self.day = columns.week.take(nodes), columns.day.take(nodes)
        self.duration, self.stands = columns.duration.take(nodes), columns.stands.take(nodes)
        self.tables = columns.tables

    def settle(self, now: int, at: Numbers, limit: Numbers, late: Numbers, slack: Numbers) -> None:
        begin, end = self.cut[now], self.cut[now + 1]
        if begin == end:
            return
        nodes, week, days = self.nodes[begin:end], self.week[begin:end], self.day[begin:end]
        duration, stands = self.duration[begin:end], self.stands[begin:end]
        count, _, day = self.tables
        starts, finishes = 2 * nodes, 2 * nodes + 1
        start = day.take(days + count.take(week + limit.take(finishes)) - duration)
        first = limit.take(starts)
        limited = first < ALWAYS
        if limited.any():
            latest = day.take(days + count.take(week + np.where(limited, first + 1, 0)) - 1)
            start = np.where(limited, np.minimum(start, latest), start)
        number = count.take(week + start)
        finish = day.take(days + number + duration - 1) + 1
        slack[nodes] = number - count.take(week + at.take(starts))
        if stands.any():
            start = np.where(stands, at.take(starts), start)
            finish = np.where(stands, at.take(finishes), finish)
        late[starts], late[finishes] = start, finish


def _settle_points(
    nodes: Numbers, at: Numbers, limit: Numbers, late: Numbers, slack: Numbers, columns: Columns
) -> None:
    count, week = columns.tables.worked, columns.week.take(nodes)
    point = np.minimum(limit.take(2 * nodes), limit.take(2 * nodes + 1))
    slack[nodes] = count.take(week + point) - count.take(week + at.take(2 * nodes))
    late[2 * nodes] = late[2 * nodes + 1] = np.where(columns.stands.take(nodes), at.take(2 * nodes), point)


def _hand_down(now: int, parents: Numbers, late: Numbers, shape: Shape) -> None:
    """What a gate accepts: what all below accept, and the parent itself if it stands."""
    size = len(shape.up)
    entries = _entries(shape.held.order[shape.held.at[now] : shape.held.at[now + 1]], shape)
    for end in (0, 1):
        below = np.minimum.reduceat(late.take(2 * entries + end), shape.held.first[now])
        late[2 * (parents + size) + end] = np.minimum(below, late.take(2 * parents + end))


def _share(now: int, parents: Numbers, slack: Numbers, rolled: Flags, below: Group) -> None:
    """A parent that has its dates by its children has the least slack of them."""
    kids = below.order[below.at[now] : below.at[now + 1]]
    least = np.minimum.reduceat(slack.take(kids), below.first[now])
    which = rolled.take(parents)
    slack[parents[which]] = least[which]
