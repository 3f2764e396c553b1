"""Which days are worked, and arithmetic with working days.

Days are ordinals (`date.toordinal()`); a boundary is the point in time between two days, written as the
ordinal of the day that begins there. So the finish of a bar that ends on Friday is the ordinal of Saturday.

A calendar is a weekly pattern broken by a few runs of days off (holidays) and days on (extra days). Every
working day has a number; the runs, each with the number of its first working day, are kept in sorted lists,
so that going from a day to its number and back is a bisection for any day there is, and a new calendar costs
next to nothing. For the years people plan in, lists of all days make both a look-up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, compress

from .records import Calendar, Days

_FIRST = date(2000, 1, 1).toordinal()
_LAST = date(2060, 1, 1).toordinal()
"""The boundaries that are looked up: from the first to the last, both included."""
_WEEK = (0, 1, 2, 3, 4, 5, 6)
_OFF, _PATTERN, _ON = 0, 1, 2


class WorkingDays:
    """The fast form of a `Calendar`.

    A calendar without a working weekday is taken as one where all seven are worked, and is `empty`: a plan
    made elsewhere may hold one, and nothing could ever be finished in it.
    """

    __slots__ = (
        "_base",
        "_before",
        "_days",
        "_index",
        "_mode",
        "_number",
        "_start",
        "_weekdays",
        "_zero",
        "empty",
    )

    def __init__(self, record: Calendar) -> None:
        weekdays = sorted({day for day in record.weekdays if 0 <= day <= 6})
        self.empty = not weekdays
        """No weekday of the record is worked."""
        self._weekdays = tuple(weekdays or _WEEK)
        self._before = tuple(sum(day < other for day in self._weekdays) for other in range(7))
        self._start: list[int] = []
        """Where each run begins; the first one reaches back without end, the last one forward."""
        self._mode: list[int] = []
        self._base: list[int] = []
        """What a run adds to the count of its mode to get the number of a working day."""
        self._number: list[int] = []
        """The number of the first working day at or after the run's begin."""
        self._set_runs(record)
        self._index: list[int] | None = None
        self._days: list[int] = []
        self._zero = 0

    # Questions

    def is_working(self, day: date | int) -> bool:
        """Whether the day, a date or an ordinal, is worked."""
        ordinal = day if isinstance(day, int) else day.toordinal()
        return self._count(ordinal + 1) > self._count(ordinal)

    def next_working(self, day: int) -> int:
        """The first working day at or after `day`."""
        index = self._index or self._look_up()
        if _FIRST <= day <= _LAST:
            place = index[day - _FIRST]
            if place < len(self._days):
                return self._days[place]
        return self._day(self._count(day))

    def last_working(self, boundary: int) -> int:
        """The last working day before the boundary."""
        return self._day(self._count(boundary) - 1)

    def add(self, boundary: int, days: int) -> int:
        """The boundary `days` working days on.

        For n > 0 it is the one that closes the n-th working day at or after `boundary`, for n < 0 the one
        that opens the |n|-th working day before it, for 0 it is `boundary` itself, even on a day off.
        """
        if days == 0:
            return boundary
        step = days - 1 if days > 0 else days
        index = self._index or self._look_up()
        if _FIRST <= boundary <= _LAST:
            place = index[boundary - _FIRST] + step
            if 0 <= place < len(self._days):
                return self._days[place] + 1 if days > 0 else self._days[place]
        day = self._day(self._count(boundary) + step)
        return day + 1 if days > 0 else day

    def between(self, first: int, last: int) -> int:
        """How many working days lie in [first, last); negative where `last` comes before `first`."""
        return self._count(last) - self._count(first)

    def start_for_finish(self, bound: int, duration: int) -> int:
        """The earliest working day from which `duration` (at least 1) working days end at or after
        `bound`."""
        return self._day(self._count(bound - 1) - duration + 1)

    def latest(self, bound: int, days: int) -> int:
        """The latest boundary b with `add(b, days) <= bound`: `add` the other way round."""
        if days == 0:
            return bound
        if days > 0:
            return self._day(self._count(bound) - days)
        return self._day(self._count(bound + 1) - 1 - days)

    # Days and their numbers

    def _count(self, boundary: int) -> int:
        """The number of the first working day at or after the boundary."""
        index = self._index or self._look_up()
        if _FIRST <= boundary <= _LAST:
            return index[boundary - _FIRST] + self._zero
        return self._counted(boundary)

    def _counted(self, boundary: int) -> int:
        run = bisect_right(self._start, boundary) - 1 if boundary >= self._start[0] else 0
        return self._base[run] + self._of_mode(self._mode[run], boundary)

    def _day(self, number: int) -> int:
        """The working day that has the number."""
        place = number - self._zero
        if 0 <= place < len(self._days):
            return self._days[place]
        run = bisect_right(self._number, number) - 1 if number >= self._number[0] else 0
        rest = number - self._base[run]
        if self._mode[run] == _ON:
            return rest
        week, place = divmod(rest, len(self._weekdays))
        return 7 * week + self._weekdays[place] + 1  # the ordinal 1 is a Monday

    def _of_mode(self, mode: int, boundary: int) -> int:
        """How many days a mode counts up to the boundary; only differences mean anything."""
        if mode == _PATTERN:
            week, day = divmod(boundary - 1, 7)
            return week * len(self._weekdays) + self._before[day]
        return boundary if mode == _ON else 0

    def worked(self, first: int, last: int) -> bytearray:
        """A byte for each day of [first, last): 1 where it is worked."""
        size = last - first
        week = bytes((first - 1 + day) % 7 in self._weekdays for day in range(7))
        worked = bytearray((week * (size // 7 + 1))[:size])
        for run, mode in enumerate(self._mode):
            if mode != _PATTERN:
                begin = max(self._start[run] - first, 0)
                end = min(self._start[run + 1] - first, size)
                if begin < end:
                    worked[begin:end] = bytes([mode == _ON]) * (end - begin)
        return worked

    def _look_up(self) -> list[int]:
        """Make the lists of all days from _FIRST to _LAST."""
        worked = self.worked(_FIRST, _LAST)
        self._zero = self._counted(_FIRST)
        self._days = list(compress(range(_FIRST, _LAST), worked))
        self._index = list(accumulate(worked, initial=0))
        return self._index

    def _set_runs(self, record: Calendar) -> None:
        for start, mode in _runs(record):
            number = self._counted(start) if self._start else 0
            self._start.append(start)
            self._mode.append(mode)
            self._number.append(number)
            self._base.append(number - self._of_mode(mode, start))


def _runs(record: Calendar) -> Iterator[tuple[int, int]]:
    """Begin and mode of each run of days, in order, the first and the last ones by the weekly pattern."""
    edges = sorted(
        (edge, mode, step)
        for mode, spans in ((_OFF, record.holidays), (_ON, record.extra))
        for first, after in map(_boundaries, spans)
        if first < after
        for edge, step in ((first, 1), (after, -1))
    )
    open = {_OFF: 0, _ON: 0}
    yield 0, _PATTERN
    for place, (edge, mode, step) in enumerate(edges):
        open[mode] += step
        if place + 1 == len(edges) or edges[place + 1][0] != edge:
            yield edge, _ON if open[_ON] else _OFF if open[_OFF] else _PATTERN


def _boundaries(days: Days) -> tuple[int, int]:
    return days.first.toordinal(), days.last.toordinal() + 1
