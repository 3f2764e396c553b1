"""The forward and the backward pass over a big plan, with numpy, a generation of its network at a time.

They give what `forward` and `backward` give, which say the rules; here a rule is a line of array arithmetic.
What leads beyond the tables of `columns` raises an `IndexError`, and the plan is passed item by item.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from .columns import ALWAYS, LAST, ZERO, Columns
from .forward import NEVER, Dates
from .shape import Group, Shape

if TYPE_CHECKING:
    from .shape import Flags, Numbers

# Forward


def forward(shape: Shape, columns: Columns) -> Dates:
    """As `forward.forward`. Raises IndexError where it leads beyond the tables."""
    import numpy as np

    size = len(columns.start)
    free = ~columns.stands & ~shape.parents
    at = np.zeros(2 * size, dtype=np.intp)
    own = free | columns.stands
    at[0::2][own] = columns.start[own]
    at[1::2][own] = columns.finish[own]
    rolled = shape.parents & ~columns.stands
    bounds = np.zeros(4 * size, dtype=np.intp)
    nodes = np.zeros((4, 2 * size), dtype=bool)
    heirs, bars, points, bound = nodes
    heirs[_entries(shape.held.order, shape)] = True
    bound[shape.slot >> 1] = True
    bound |= heirs
    bars[:size] = bound[:size] & free & ~columns.milestone
    points[:size] = bound[:size] & free & columns.milestone
    heirs_by, bars_by, points_by = (_split(which, shape) for which in (heirs, bars, points))
    links = _Lags(shape.into, shape, columns)
    come = shape.come[shape.into.order]
    for now in range(shape.generations):
        if len(shape.into.target[now]):
            asked = at[come[links.at[now] : links.at[now + 1]]]
            links.add(now, asked)
            bounds[shape.into.target[now]] = np.maximum.reduceat(asked, shape.into.first[now])
        if len(those := heirs_by[now]):
            above = shape.up[those % size] + size
            for end in (0, 1):
                bounds[2 * those + end] = np.maximum(bounds[2 * those + end], bounds[2 * above + end])
        if len(those := bars_by[now]):
            _place_bars(those, at, bounds, columns)
        if len(those := points_by[now]):
            asked = np.maximum(bounds[2 * those], bounds[2 * those + 1])
            at[2 * those] = at[2 * those + 1] = np.maximum(at[2 * those], asked)
        if len(those := shape.below.target[now]):
            _roll_up(now, those, at, rolled, shape.below)
    if len(at) and not -1 < at.min() <= at.max() <= LAST:
        raise IndexError("a date")
    days = array("q", np.where(at > 0, at + ZERO, NEVER).astype(np.int64).tobytes())
    gated = np.flatnonzero(shape.gated)
    asked = bounds.reshape(-1, 2)[gated + size]
    some = asked.max(axis=1, initial=0) > 0
    asked = np.where(asked > 0, asked + ZERO, NEVER)[some]
    return Dates(days, dict(zip(gated[some].tolist(), map(tuple, asked.tolist()), strict=True)))


def _place_bars(nodes: Numbers, at: Numbers, bounds: Numbers, columns: Columns) -> None:
    import numpy as np

    count, following, day = columns.tables
    week, days, duration = columns.week[nodes], columns.day[nodes], columns.duration[nodes]
    start = np.maximum(at[2 * nodes], following[week + bounds[2 * nodes]])
    last = bounds[2 * nodes + 1]
    if last.any():
        pulled = day[days + count[week + np.maximum(last - 1, 0)] - duration + 1]
        if pulled[last > 0].min() < 1:
            raise IndexError("a date")
        start = np.where(last > 0, np.maximum(start, pulled), start)
    at[2 * nodes] = start
    at[2 * nodes + 1] = np.where(start > 0, day[days + count[week + start] + duration - 1] + 1, 0)


def _roll_up(now: int, parents: Numbers, at: Numbers, rolled: Flags, below: Group) -> None:
    import numpy as np

    kids = below.order[below.at[now] : below.at[now + 1]]
    starts = at[2 * kids]
    starts[starts == 0] = ALWAYS
    first = np.minimum.reduceat(starts, below.first[now])
    last = np.maximum.reduceat(at[2 * kids + 1], below.first[now])
    which = rolled[parents] & (last > 0)
    at[2 * parents[which]] = first[which]
    at[2 * parents[which] + 1] = last[which]


class _Lags:
    """Lags of links in groups: most are 0 and take no time."""

    def __init__(self, group: Group, shape: Shape, columns: Columns) -> None:
        import numpy as np

        lag = shape.lag[group.order]
        target = (shape.slot[group.order] >> 1) % len(columns.start)
        self.at = group.at
        self.tables = columns.tables
        self.which = np.flatnonzero(lag)
        self.cut = np.searchsorted(self.which, group.at).tolist()
        self.lag = lag[self.which]
        self.week, self.day = columns.week[target[self.which]], columns.day[target[self.which]]

    def add(self, now: int, bounds: Numbers) -> None:
        """Add the lags of a generation to its bounds, in place."""
        import numpy as np

        begin, end = self.cut[now], self.cut[now + 1]
        if begin < end:
            which, lag = self.which[begin:end] - self.at[now], self.lag[begin:end]
            bound, later = bounds[which], lag > 0
            number = self.tables.worked[self.week[begin:end] + bound] + lag - later
            lagged = self.tables.day[self.day[begin:end] + number] + later
            bounds[which] = lagged = np.where(bound > 0, lagged, 0)
            if lagged.min() < 0:
                raise IndexError("a date")

    def take(self, now: int, bounds: Numbers) -> None:
        """The latest boundaries from which the lags of a generation lead to its bounds, in place."""
        import numpy as np

        begin, end = self.cut[now], self.cut[now + 1]
        if begin < end:
            which, lag = self.which[begin:end] - self.at[now], self.lag[begin:end]
            bound, later = bounds[which], lag < 0
            number = self.tables.worked[self.week[begin:end] + np.where(bound < ALWAYS, bound + later, 0)]
            latest = self.tables.day[self.day[begin:end] + number - lag - later]
            bounds[which] = np.where(bound < ALWAYS, latest, ALWAYS)


def _entries(items: Numbers, shape: Shape) -> Numbers:
    """The nodes at which links into the items end."""
    import numpy as np

    return np.where(shape.gated[items], items + len(shape.up), items)


def _split(which: Flags, shape: Shape) -> list[Numbers]:
    """The nodes of each generation, of those that are flagged."""
    import numpy as np

    nodes = shape.order[which[shape.order]]
    at = np.searchsorted(shape.generation[nodes], np.arange(shape.generations + 1)).tolist()
    return [nodes[begin:end] for begin, end in pairwise(at)]


# Backward


def backward(shape: Shape, columns: Columns, dates: Dates) -> list[int | None]:
    """As `backward.backward`. Raises IndexError where it leads beyond the tables."""
    import numpy as np

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
    nodes = np.zeros((3, 2 * size), dtype=bool)
    kids, bars, points = nodes
    kids[:size] = (shape.up >= 0) & rolled[shape.up]
    bars[:size] = on & ~rolled & ~columns.milestone
    points[:size] = on & ~rolled & columns.milestone
    kids_by, bars_by, points_by = (_split(which, shape) for which in nodes)
    links = _Lags(shape.out, shape, columns)
    slot = shape.slot[shape.out.order]
    for now in range(shape.generations - 1, -1, -1):
        if len(ends := shape.out.target[now]):
            allowed = late[slot[links.at[now] : links.at[now + 1]]]
            links.take(now, allowed)
            limit[ends] = np.minimum(limit[ends], np.minimum.reduceat(allowed, shape.out.first[now]))
        if len(those := kids_by[now]):
            up = shape.up[those]
            limit[2 * those + 1] = np.minimum(limit[2 * those + 1], limit[2 * up + 1])
            first = at[2 * those] == at[2 * up]
            limit[2 * those[first]] = np.minimum(limit[2 * those[first]], limit[2 * up[first]])
        if len(those := bars_by[now]):
            _settle_bars(those, at, limit, late, slack, columns)
        if len(those := points_by[now]):
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


def _settle_bars(
    nodes: Numbers, at: Numbers, limit: Numbers, late: Numbers, slack: Numbers, columns: Columns
) -> None:
    import numpy as np

    count, _, day = columns.tables
    week, days, duration = columns.week[nodes], columns.day[nodes], columns.duration[nodes]
    start = day[days + count[week + limit[2 * nodes + 1]] - duration]
    first = limit[2 * nodes]
    limited = first < ALWAYS
    if limited.any():
        latest = day[days + count[week + np.where(limited, first + 1, 0)] - 1]
        start = np.where(limited, np.minimum(start, latest), start)
    number = count[week + start]
    slack[nodes] = number - count[week + at[2 * nodes]]
    stands = columns.stands[nodes]
    late[2 * nodes] = np.where(stands, at[2 * nodes], start)
    late[2 * nodes + 1] = np.where(stands, at[2 * nodes + 1], day[days + number + duration - 1] + 1)


def _settle_points(
    nodes: Numbers, at: Numbers, limit: Numbers, late: Numbers, slack: Numbers, columns: Columns
) -> None:
    import numpy as np

    count, week = columns.tables.worked, columns.week[nodes]
    point = np.minimum(limit[2 * nodes], limit[2 * nodes + 1])
    slack[nodes] = count[week + point] - count[week + at[2 * nodes]]
    late[2 * nodes] = late[2 * nodes + 1] = np.where(columns.stands[nodes], at[2 * nodes], point)


def _hand_down(now: int, parents: Numbers, late: Numbers, shape: Shape) -> None:
    """What a gate accepts: what all below accept, and the parent itself if it stands."""
    import numpy as np

    size = len(shape.up)
    entries = _entries(shape.held.order[shape.held.at[now] : shape.held.at[now + 1]], shape)
    for end in (0, 1):
        below = np.minimum.reduceat(late[2 * entries + end], shape.held.first[now])
        late[2 * (parents + size) + end] = np.minimum(below, late[2 * parents + end])


def _share(now: int, parents: Numbers, slack: Numbers, rolled: Flags, below: Group) -> None:
    """A parent that has its dates by its children has the least slack of them."""
    import numpy as np

    kids = below.order[below.at[now] : below.at[now + 1]]
    least = np.minimum.reduceat(slack[kids], below.first[now])
    which = rolled[parents]
    slack[parents[which]] = least[which]
