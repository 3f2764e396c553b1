"""Writes a plan as Microsoft Project's XML (MSPDI), which Project, ProjectLibre and many others open.

The elements stand in the order of the schema, for Project reads no other. A working day is eight hours from
8 to 17 o'clock; what ends on a day ends at 17 o'clock, as a milestone does, so that every date is the one
that is shown here, in any program that counts hours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from ...model.plan import Plan
from ...model.records import CalendarId, Days, Item, ItemId, Link, Person
from ...model.schedule import Schedule
from ..atomic import write_atomically
from ..complaint import Complaint
from ..tables.findings import some
from .mspdi_slots import LONGEST, Slot, slots_for

NAMESPACE = "http://schemas.microsoft.com/project"
HOURS = 8
MOST_BASELINES = 11
_TYPES = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
_SNET = 4
_TENTHS = HOURS * 600
"""Tenths of minutes in a working day."""
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TIMES = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))


def write_mspdi(path: str | os.PathLike[str], plan: Plan, schedule: Schedule) -> tuple[Complaint, ...]:
    """Write the plan; returns what the format can't hold.

    Raises:
        Refused("file.write_...", file, reason): with an old file as it was.
    """
    writer = _Writer(plan, schedule)
    write_atomically(path, writer.text().encode())
    return tuple(writer.complaints)


class _Writer:
    def __init__(self, plan: Plan, schedule: Schedule) -> None:
        self.plan, self.schedule = plan, schedule
        self.complaints: list[Complaint] = []
        self.uids = {id: number for number, id in enumerate(plan.outline.order, 1)}
        self.people = {id: number for number, id in enumerate(plan.people, 1)}
        self.calendars = {id: number for number, id in enumerate(self._calendars(), 1)}
        self.slots, left = slots_for(plan, schedule)
        self._cut: list[str] = []
        if left:
            self._complain("mspdi.no_room", fields=some(left, 20))

    def text(self) -> str:
        """The whole file."""
        tasks = "".join(self._task(id) for id in self.plan.outline.order)
        if self._cut:
            self._complain("mspdi.cut", longest=LONGEST, fields=some(list(dict.fromkeys(self._cut)), 20))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Project xmlns="{NAMESPACE}">\n{self._head()}'
            f"<ExtendedAttributes>{''.join(map(self._slot, self.slots))}</ExtendedAttributes>\n"
            f"<Calendars>{''.join(map(self._calendar, self._calendars()))}</Calendars>\n"
            f"<Tasks>\n{self._project_task()}{tasks}</Tasks>\n"
            f"<Resources>{''.join(self._resource(one) for one in self.plan.people.values())}</Resources>\n"
            f"<Assignments>{''.join(self._assignments())}</Assignments>\n</Project>\n"
        )

    def _complain(self, code: str, **values: object) -> None:
        self.complaints.append(Complaint(code, values, level="note"))

    # The frame

    def _head(self) -> str:
        plan, days = self.plan, self._all_days()
        return _elements(
            SaveVersion=14,
            Name=plan.info.title or "Roadmap",
            Title=plan.info.title,
            ScheduleFromStart=1,
            StartDate=_begin(days[0]),
            FinishDate=_end(days[1]),
            FYStartDate=plan.info.fiscal_start,
            CriticalSlackLimit=0,
            CurrencyCode=next((field.currency for field in plan.fields.values() if field.currency), ""),
            CalendarUID=self.calendars[plan.info.calendar],
            DefaultStartTime=_TIMES[0][0],
            DefaultFinishTime=_TIMES[1][1],
            MinutesPerDay=HOURS * 60,
            MinutesPerWeek=HOURS * 60 * len(plan.calendars[plan.info.calendar].weekdays),
            DaysPerMonth=20,
            DefaultTaskType=1,
            DurationFormat=7,
            WorkFormat=3,
            HonorConstraints=1,
            NewTasksEstimated=0,
            WeekStartDay=1,
            NewTasksAreManual=0,
        )

    def _all_days(self) -> tuple[date, date]:
        spans = [span for id in self.plan.items if (span := self.schedule.dates(id)) is not None]
        if not spans:
            return date(2000, 1, 3), date(2000, 1, 3)
        return min(span.first for span in spans), max(span.last for span in spans)

    def _slot(self, slot: Slot) -> str:
        body = _elements(FieldID=slot.id, FieldName=slot.name, Alias=slot.title)
        return f"<ExtendedAttribute>{body}</ExtendedAttribute>\n"

    def _calendars(self) -> list[CalendarId]:
        own = self.plan.info.calendar
        return [own, *(id for id in self.plan.calendars if id != own)]

    def _calendar(self, id: CalendarId) -> str:
        record = self.plan.calendars[id]
        weekdays = record.weekdays or tuple(range(7))
        week = "".join(
            f"<WeekDay>{_elements(DayType=number, DayWorking=int((number + 5) % 7 in weekdays))}"
            f"{_WORKED if (number + 5) % 7 in weekdays else ''}</WeekDay>"
            for number in range(1, 8)
        )
        runs = [(run, False) for run in _without(record.holidays, record.extra)]
        runs += [(run, True) for run in record.extra]
        runs.sort(key=lambda run: run[0].first)
        exceptions = "".join(_exception(run, worked) for run, worked in runs)
        head = _elements(
            UID=self.calendars[id], Name=record.title or id, IsBaseCalendar=1, BaseCalendarUID=-1
        )
        return (
            f"<Calendar>{head}<WeekDays>{week}</WeekDays>\n<Exceptions>{exceptions}</Exceptions></Calendar>\n"
        )

    def _resource(self, person: Person) -> str:
        team = self.plan.teams.get(person.team) if person.team is not None else None
        body = _elements(
            UID=self.people[person.id],
            ID=self.people[person.id],
            Name=person.name or person.email,
            Type=1,
            IsNull=0,
            Initials="".join(word[0] for word in person.name.split())[:4],
            Group=team.title if team else "",
            EmailAddress=person.email,
            MaxUnits=1,
        )
        return f"<Resource>{body}</Resource>\n"

    def _assignments(self) -> Iterator[str]:
        number = 0
        for id, uid in self.uids.items():
            item, span = self.plan.items[id], self.schedule.dates(id)
            if item.owner not in self.people:
                continue
            number += 1
            body = _elements(
                UID=number,
                TaskUID=uid,
                ResourceUID=self.people[item.owner],
                Finish=_end(span.last) if span else "",
                Start=_begin(span.first) if span else "",
                Units=1,
                Work=_hours(item.effort) if item.effort is not None else "",
            )
            yield f"<Assignment>{body}</Assignment>\n"

    # Tasks

    def _project_task(self) -> str:
        first, last = self._all_days()
        body = _elements(
            UID=0,
            ID=0,
            Name=self.plan.info.title,
            Manual=0,
            Type=1,
            IsNull=0,
            OutlineNumber=0,
            OutlineLevel=0,
            Start=_begin(first),
            Finish=_end(last),
            Milestone=0,
            Summary=1,
        )
        return f"<Task>{body}</Task>\n"

    def _task(self, id: ItemId) -> str:
        plan, item = self.plan, self.plan.items[id]
        span = self.schedule.dates(id)
        parent = plan.outline.is_parent(id)
        milestone = item.kind == "milestone" and not parent
        begin = (_end(span.first) if milestone else _begin(span.first)) if span else ""
        end = _end(span.last) if span else ""
        manual = span is None or (item.pinned and item.start is not None)
        lasts = _hours(self._lasts(item, parent))
        done = 100 if plan.category_of(item) == "done" and not parent else item.progress
        bound = item.start is not None and not manual and not parent
        calendar = self._team_calendar(item)
        return (
            "<Task>"
            + _elements(
                UID=self.uids[id],
                ID=self.uids[id],
                Name=item.title,
                Active=1,
                Manual=int(manual),
                Type=1,
                IsNull=0,
                OutlineLevel=plan.outline.depth[id] + 1,
                Priority=500,
                Start=begin,
                Finish=end,
                Duration=lasts,
                ManualStart=begin if manual else "",
                ManualFinish=end if manual else "",
                ManualDuration=lasts if manual else "",
                DurationFormat=7,
                Work=_hours(item.effort) if item.effort is not None else "",
                EffortDriven=0,
                Estimated=0,
                Milestone=int(milestone),
                Summary=int(parent),
                PercentComplete=done,
                ActualStart=begin if done else "",
                ActualFinish=end if done == 100 else "",
                ConstraintType=_SNET if bound else 0,
                CalendarUID=calendar or -1,
                ConstraintDate=_begin(item.start) if bound and item.start else "",
                Deadline=_end(item.deadline) if item.deadline else "",
                Notes=item.notes,
            )
            + "".join(self._link(link) for link in plan.incoming.get(id, ()))
            + "".join(self._value(slot, item) for slot in self.slots)
            + "".join(self._baselines(id))
            + "</Task>\n"
        )

    def _lasts(self, item: Item, parent: bool) -> float:
        """Working days."""
        span = self.schedule.dates(item.id)
        if parent and span is not None:
            calendar = self.plan.calendar_of(item)
            return calendar.between(span.first.toordinal(), span.last.toordinal() + 1)
        return 0 if item.kind == "milestone" else item.duration

    def _team_calendar(self, item: Item) -> int | None:
        team = self.plan.teams.get(item.team) if item.team is not None else None
        return self.calendars.get(team.calendar) if team is not None and team.calendar else None

    def _link(self, link: Link) -> str:
        plan = self.plan
        if plan.outline.is_parent(link.target) and link.type in ("FF", "SF"):
            keys = [plan.items[end].key for end in (link.source, link.target)]
            self._complain("mspdi.summary_link", source=keys[0], target=keys[1], type=link.type)
            return ""
        body = _elements(
            PredecessorUID=self.uids[link.source],
            Type=_TYPES[link.type],
            CrossProject=0,
            LinkLag=link.lag * _TENTHS,
            LagFormat=7,
        )
        return f"<PredecessorLink>{body}</PredecessorLink>"

    def _value(self, slot: Slot, item: Item) -> str:
        text = slot.value(self.plan, self.schedule, item)
        if len(text) > LONGEST:
            self._cut.append(slot.title)
            text = text[:LONGEST]
        if not text:
            return ""
        return f"<ExtendedAttribute>{_elements(FieldID=slot.id, Value=text)}</ExtendedAttribute>"

    def _baselines(self, id: ItemId) -> Iterator[str]:
        for number, baseline in enumerate([*self.plan.baselines.values()][:MOST_BASELINES]):
            span = baseline.spans.get(id)
            if span is not None:
                body = _elements(Number=number, Start=_begin(span.first), Finish=_end(span.last))
                yield f"<Baseline>{body}</Baseline>"


_WORKED = "<WorkingTimes>{}</WorkingTimes>".format(
    "".join(
        f"<WorkingTime><FromTime>{begin}</FromTime><ToTime>{end}</ToTime></WorkingTime>"
        for begin, end in _TIMES
    )
)


def _exception(run: Days, worked: bool) -> str:
    period = _elements(FromDate=f"{run.first}T00:00:00", ToDate=f"{run.last}T23:59:00")
    days = (run.last - run.first).days + 1
    body = _elements(EnteredByOccurrences=0)
    rest = _elements(Occurrences=days, Name=run.title, Type=1, DayWorking=int(worked))
    return (
        f"<Exception>{body}<TimePeriod>{period}</TimePeriod>{rest}{_WORKED if worked else ''}</Exception>\n"
    )


def _without(runs: tuple[Days, ...], others: tuple[Days, ...]) -> Iterator[Days]:
    """The runs without the days of others: in Project no two exceptions may lie on one day."""
    out = {day for run in others for day in range(run.first.toordinal(), run.last.toordinal() + 1)}
    seen: set[int] = set()
    for run in sorted(runs, key=lambda run: run.first):
        begin: int | None = None
        last = run.last.toordinal()
        for day in range(run.first.toordinal(), last + 2):
            free = day <= last and day not in out and day not in seen
            if free and begin is None:
                begin = day
            elif not free and begin is not None:
                yield Days(date.fromordinal(begin), date.fromordinal(day - 1), run.title)
                begin = None
        seen.update(range(run.first.toordinal(), last + 1))


def _begin(day: date) -> str:
    return f"{day.isoformat()}T{_TIMES[0][0]}"


def _end(day: date) -> str:
    return f"{day.isoformat()}T{_TIMES[1][1]}"


def _hours(days: float) -> str:
    """Working days as a duration of hours and minutes."""
    minutes = round(days * HOURS * 60)
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _elements(**values: object) -> str:
    """Elements in that order; those without a value are left out."""
    return "".join(
        f"<{name}>{escape(_IMPOSSIBLE.sub('', str(value)))}</{name}>"
        for name, value in values.items()
        if value is not None and value != ""
    )
