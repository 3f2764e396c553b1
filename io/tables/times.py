"""Start, duration and kind of each item from the dates and durations that its row has."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from statistics import median

import msgspec

from ...model.calendar import WorkingDays
from ...model.records import DEFAULT_DURATION, Precision
from ..strings import say
from .cells import unit_of
from .drafts import Draft
from .findings import Findings
from .hierarchy import above
from .mapping import Mapping
from .rows import Table
from .values import read_number

_COARSE: tuple[Precision, ...] = ("day", "week", "month", "quarter", "half", "year")
_SAMPLE = 500
"""Rows that are looked at to see what a bare number of a duration counts."""
_LIKELY = {"w": (4.0, 7.5), "mo": (17.0, 24.0), "h": (0.1, 0.16)}
"""How many working days a bare number of a unit comes to, as seen between the dates of the same rows."""
_FACTOR = {"w": 5.0, "mo": 20.0, "h": 1 / 8}


class Times(msgspec.Struct, gc=False):
    """When an item is, in the plan's terms."""

    milestone: bool = False
    start: date | None = None
    duration: int = DEFAULT_DURATION
    pinned: bool = False
    precision: Precision = "day"
    last: date | None = None
    """The last day that the sheet gives, where it gives one."""


class Clock:
    """Settles the times of all drafts of a table."""

    def __init__(self, table: Table, drafts: list[Draft], days: WorkingDays, findings: Findings) -> None:
        self.plain = table.mapping.plain
        self.days = days
        self.findings = findings
        self.mapping = table.mapping
        self.rules = table.mapping.rules
        self.guessed = 0
        self.rounded = 0
        self.disagreeing = 0
        self.from_effort = 0
        self._factor = 1.0 if self.plain else self._unit_factor(table, drafts)
        self._effort_counts = not self.plain and self._is_time(table.mapping)

    def settle(self, draft: Draft, waits: bool) -> Times:
        """When the draft is; `waits` says whether links hold it or something above it."""
        times = Times(pinned=draft.pinned, precision=self._precision(draft))
        first, last = self._span(draft)
        if first and last and last < first:
            column = self._column("finish")
            self.findings.add(
                "import.finish_before_start",
                draft.at,
                column,
                start=str(first),
                finish=str(last),
                done="import.done.no_finish",
            )
            last = None
        times.last = last
        alone = self._is_alone(draft)
        self.findings.how.lone += alone
        driven = self.plain and first is None and not draft.pinned and (waits or draft.has_children)
        if (alone and self.rules.lone == "milestone") or self._is_milestone(draft, first, last):
            times.milestone = True
            times.duration = 0
            times.start = None if driven else (first or last) if self.plain else (last or first)
            return self._pinned(draft, times)
        times.start = first
        times.duration = self._duration(draft, first, last, waits)
        if first is None and last is not None and not driven:
            times.start = date.fromordinal(self.days.add(last.toordinal() + 1, -times.duration))
        if draft.has_children and not self.plain:
            self._roll_up(draft, times)
        return self._pinned(draft, times)

    def report(self) -> None:
        """Tell what was assumed for many rows at once."""
        for count, code in (
            (self.guessed, "import.duration_assumed"),
            (self.rounded, "import.duration_rounded"),
            (self.disagreeing, "import.duration_unlike_dates"),
            (self.from_effort, "import.duration_from_effort"),
        ):
            if count:
                self.findings.note(code, count=count, days=DEFAULT_DURATION)

    # Parts of it

    def _column(self, field: str) -> int | None:
        columns = self.mapping.of(field)
        return columns[0] if columns else None

    def _span(self, draft: Draft) -> tuple[date | None, date | None]:
        """First and last day; a month or quarter alone means all of it."""
        start, finish = draft.start, draft.finish
        first = start.first if start else None
        last = finish.last if finish else None
        if first is None and finish is not None and finish.precision != "day" and draft.days is None:
            first = finish.first
        if last is None and start is not None and start.precision != "day" and draft.days is None:
            last = start.last
        return first, last

    def _pinned(self, draft: Draft, times: Times) -> Times:
        if times.pinned and times.start is None:
            column = self._column("pinned")
            self.findings.add("import.pinned_nowhere", draft.at, column, done="import.done.not_pinned")
            times.pinned = False
        return times

    def _precision(self, draft: Draft) -> Precision:
        if draft.precision is not None:
            return draft.precision
        seen = [day.precision for day in (draft.start, draft.finish) if day is not None]
        return max(seen, key=_COARSE.index, default="day")

    def _is_alone(self, draft: Draft) -> bool:
        """Whether all that is known is the day on which it ends."""
        finish = draft.finish
        if self.plain or draft.has_children or draft.start or finish is None or finish.precision != "day":
            return False
        return draft.days is None and not draft.effort_is_time and draft.kind != "milestone"

    def _is_milestone(self, draft: Draft, first: date | None, last: date | None) -> bool:
        if draft.has_children and not self.plain:
            return False
        if draft.kind == "milestone":
            if draft.days or (first and last and first != last and not self.plain):
                self.findings.note(
                    "import.milestone_lasts", draft.at, self._column("duration"), title=draft.title
                )
            return True
        if draft.days != 0 or draft.has_children:
            return False
        return not (first and last and first < last)

    def _duration(self, draft: Draft, first: date | None, last: date | None, waits: bool) -> int:
        given = self._whole(draft.days * self._factor) if draft.days else None
        between = None
        if first is not None and last is not None:
            between = max(1, self.days.between(first.toordinal(), last.toordinal() + 1))
        if given is not None and between is not None and given != between:
            if not self.plain:
                self.disagreeing += 1
            elif not waits and not draft.has_children:
                self._contradiction(draft, given, first, last)
        if self.plain and given is not None:
            return given
        if between is not None:
            return between
        if given is not None:
            return given
        return self._assumed(draft, first, last)

    def _contradiction(self, draft: Draft, given: int, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            return
        closes = self.days.add(self.days.next_working(first.toordinal()), given) - 1
        if closes == self.days.last_working(last.toordinal() + 1):
            return
        self.findings.add(
            "import.contradiction",
            draft.at,
            self._column("finish"),
            start=str(first),
            finish=str(last),
            days=given,
            closes=str(date.fromordinal(closes)),
            done="import.done.duration_wins",
        )

    def _assumed(self, draft: Draft, first: date | None, last: date | None) -> int:
        if draft.effort and (draft.effort_is_time or self._effort_counts) and not self.plain:
            if not draft.has_children:
                self.from_effort += 1
            return self._whole(draft.effort)
        if (first or last) and not draft.has_children:
            self.guessed += 1
        return DEFAULT_DURATION

    def _whole(self, days: float) -> int:
        whole = max(1, math.ceil(days - 1e-6))
        self.rounded += abs(whole - days) > 1e-6
        return min(whole, 20_000)

    def _roll_up(self, draft: Draft, times: Times) -> None:
        """A parent takes its dates from below, unless nothing below has any: then it is pinned to its own."""
        if times.start is None:
            return
        if draft.dated_below:
            times.start = None
        else:
            times.pinned = True

    def _unit_factor(self, table: Table, drafts: list[Draft]) -> float:
        """How many days a bare number in the duration column is, as the dates of the same rows show."""
        columns = table.mapping.of("duration")
        if not columns:
            return 1.0
        bare = any(read_number(value) is not None for value in table.cells(columns[0]))
        wanted = self.rules.units.get("duration")
        if bare:
            heading = table.mapping.headers[columns[0]]
            self.findings.how.units["duration"] = wanted or unit_of(heading, table.cells(columns[0]))
        if wanted is not None:
            return 1.0
        cells = dict(zip(table.body, table.cells(columns[0]), strict=True))
        ratios = [
            self.days.between(draft.start.first.toordinal(), draft.finish.last.toordinal() + 1) / draft.days
            for draft in drafts[:: max(1, len(drafts) // _SAMPLE)]
            if draft.start and draft.finish and draft.days and read_number(cells.get(draft.at)) is not None
        ]
        if len(ratios) < 3:
            return 1.0
        usual = median(ratios)
        for unit, (least, most) in _LIKELY.items():
            if least <= usual <= most:
                self.findings.note(
                    "import.duration_unit",
                    table.mapping.header_row,
                    columns[0],
                    unit=say(f"import.unit.{unit}"),
                )
                self.findings.how.units["duration"] = unit
                return _FACTOR[unit]
        return 1.0

    def _is_time(self, mapping: Mapping) -> bool:
        """Whether the effort column counts days, not points."""
        columns = mapping.of("effort")
        if columns and (wanted := self.rules.units.get("effort")):
            return wanted != "points"
        heading = mapping.headers[columns[0]].casefold() if columns else ""
        return bool(heading) and not any(word in heading for word in ("point", "size", "estimate"))


def mark_dated(drafts: Iterable[Draft]) -> None:
    """Note for every parent whether anything below it has a date of its own."""
    for draft in drafts:
        if draft.start is None and draft.finish is None:
            continue
        for parent in above(draft):
            if parent.dated_below:
                break
            parent.dated_below = True
