"""Reads GanttProject's `.gan`: starts and working days, by a calendar whose holidays may come every year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ...model.calendar import WorkingDays
from ...model.records import Calendar, CalendarId, CustomKind, Days, LinkType, Span
from ..strings import say
from .foreign import WEEKDAYS, Foreign, OwnField, Snapshot, Task, Waits, who
from .numbers import day, decimal, whole
from .xml import Node, read_xml

_TYPES: dict[str, LinkType] = {"1": "SS", "2": "FS", "3": "FF", "4": "SF"}
_PRIORITIES = {"3": "lowest", "0": "low", "2": "high", "4": "highest"}
"""Those that are not the usual one."""
_KINDS: dict[str, CustomKind] = {
    "int": "number",
    "integer": "number",
    "double": "number",
    "date": "date",
    "boolean": "flag",
}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = 20_000
_NOTHING = ("", "http://", "https://")
_YEARS = 3
"""For how long after the last task a holiday that comes every year is written down."""


def read_gan(path: Path) -> Foreign:
    """The plan in the file. Raises as `read_xml`."""
    root = read_xml(path, passed_over=frozenset({"view"}))
    return _Reader(root).foreign


class _Reader:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.foreign = Foreign("gan", title=root.attributes.get("name", ""))
        self._read_calendar()
        self.days = WorkingDays(self.foreign.calendar(Calendar(id=CalendarId(""))))
        self._read_fields()
        self.owners = self._owners()
        for node in root.inside("tasks", "task"):
            self._read_task(node, None)
        self._mark_moments()
        self._read_baselines()
        self._say_what_is_left()

    # Calendar

    def _read_calendar(self) -> None:
        foreign = self.foreign
        week = next(self.root.inside("calendars", "day-types", "default-week"), None)
        if week is not None:
            worked = [n for n, name in enumerate(_WEEK) if week.attributes.get(name, "0") == "0"]
            foreign.weekdays = tuple(worked) or WEEKDAYS
        only_shown = next(self.root.inside("calendars", "day-types", "only-show-weekends"), None)
        if only_shown is not None and only_shown.attributes.get("value") == "true":
            foreign.weekdays = tuple(range(7))
        runs: dict[str, list[Days]] = {"HOLIDAY": [], "WORKING_DAY": []}
        for node in self.root.inside("calendars", "date"):
            kind = node.attributes.get("type", "HOLIDAY")
            if kind in runs:
                title = " ".join(node.text.split())
                runs[kind] += [Days(one, one, title) for one in self._dates(node)]
        foreign.holidays = _in_order(runs["HOLIDAY"])
        foreign.extra = _in_order(runs["WORKING_DAY"])

    def _dates(self, node: Node) -> Iterator[date]:
        """The day of a holiday, or its days in the years of the plan if it comes every year."""
        year = node.attributes.get("year", "")
        years = [whole(year)] if year else self._years()
        for one in years:
            try:
                yield date(
                    one or 0,
                    whole(node.attributes.get("month")) or 0,
                    whole(node.attributes.get("date")) or 0,
                )
            except (ValueError, OverflowError):
                continue  # the 29th of February, or nonsense

    def _years(self) -> range:
        starts = [found for text in self._starts(self.root) if (found := day(text)) is not None]
        starts = [one for one in starts if 1900 <= one.year < 2200] or [date(2000, 1, 1)]
        return range(min(starts).year - 1, min(max(starts).year + _YEARS, min(starts).year + 200) + 1)

    def _starts(self, node: Node) -> Iterator[str]:
        for task in node.children:
            if task.name == "task":
                yield task.attributes.get("start", "")
            if task.name in ("tasks", "task"):
                yield from self._starts(task)

    # Fields and people

    def _read_fields(self) -> None:
        fields = self.foreign.fields
        self.defaults: dict[str, Any] = {}
        for node in self.root.inside("tasks", "taskproperties", "taskproperty"):
            found = node.attributes
            if found.get("type") == "custom" and found.get("id"):
                kind = _KINDS.get(found.get("valuetype", ""), "text")
                fields[found["id"]] = OwnField(found.get("name") or found["id"], kind)
                if found.get("defaultvalue"):
                    self.defaults[found["id"]] = _value(kind, found["defaultvalue"])
        words = tuple(say(f"planner.priority.{name}") for name in ("lowest", "low", "high", "highest"))
        fields["priority"] = OwnField(say("planner.priority"), "choice", words)
        fields["cost"] = OwnField(say("planner.cost"), "number")
        fields["link"] = OwnField(say("planner.link"), "url")

    def _owners(self) -> dict[str, tuple[str, ...]]:
        """Who works on each task, those responsible first."""
        names: dict[str, str] = {}
        for node in self.root.inside("resources", "resource"):
            name, address = (node.attributes.get(key, "") for key in ("name", "contacts"))
            if shown := who(name, address):
                names[node.attributes.get("id", "")] = shown
        self.foreign.people = tuple(names.values())
        found: dict[str, list[tuple[bool, str]]] = {}
        for node in self.root.inside("allocations", "allocation"):
            person = names.get(node.attributes.get("resource-id", ""))
            if person:
                second = node.attributes.get("responsible") != "true"
                found.setdefault(node.attributes.get("task-id", ""), []).append((second, person))
        return {
            task: tuple(person for _, person in sorted(ones, key=lambda one: one[0]))
            for task, ones in found.items()
        }

    # Tasks

    def _read_task(self, node: Node, parent: str | None) -> None:
        found = node.attributes
        uid = found.get("id", "")
        first = day(found.get("start", ""))
        duration = min(max(whole(found.get("duration")) or 0, 0), _LONGEST)
        milestone = found.get("meeting") == "true" or (duration == 0 and first is not None)
        if first is None and found.get("start"):
            self.foreign.say(
                "import.not_a_date",
                node.line,
                "import.done.no_date",
                field=say("field.start"),
                text=found["start"],
            )
        earliest = day(found.get("thirdDate", "")) if found.get("thirdDate-constraint") == "1" else None
        self.foreign.tasks.append(
            Task(
                uid=uid,
                number=whole(uid),
                title=found.get("name", ""),
                line=node.line,
                parent=parent,
                kind="milestone" if milestone else "bar",
                first=first,
                last=first if milestone else self._last(first, duration),
                days=duration or None,
                soon=True,
                not_before=earliest,
                progress=whole(found.get("complete")) or 0,
                owners=self.owners.get(uid, ()),
                notes=tuple(note.text for note in node.all("notes")),
                own=self._own(node),
            )
        )
        for link in node.all("depend"):
            self._read_link(link, uid)
        for child in node.all("task"):
            self._read_task(child, uid)

    def _last(self, first: date | None, duration: int) -> date | None:
        """The file has a task end before the day on which its working days are over."""
        if first is None:
            return None
        begin = self.days.next_working(first.toordinal())
        return date.fromordinal(min(self.days.add(begin, max(1, duration)) - 1, date.max.toordinal()))

    def _own(self, node: Node) -> dict[str, Any]:
        found, own = node.attributes, dict(self.defaults)
        for one in node.all("customproperty"):
            uid = one.attributes.get("taskproperty-id", "")
            if uid in self.foreign.fields:
                own[uid] = _value(self.foreign.fields[uid].kind, one.attributes.get("value", ""))
        if found.get("priority") in _PRIORITIES:
            own["priority"] = say(f"planner.priority.{_PRIORITIES[found['priority']]}")
        if found.get("cost-calculated") == "false":
            own["cost"] = decimal(found.get("cost-manual-value")) or None
        link = unquote(found.get("webLink", "")).strip()
        own["link"] = link if link not in _NOTHING else None
        return own

    def _read_link(self, node: Node, source: str) -> None:
        found = node.attributes
        self.foreign.waits.append(
            Waits(
                source=source,
                target=found.get("id", ""),
                type=_TYPES.get(found.get("type", ""), "FS"),
                lag=max(-_LONGEST, min(whole(found.get("difference")) or 0, _LONGEST)),
                line=node.line,
            )
        )

    def _mark_moments(self) -> None:
        """A milestone opens its day there, and an end before a weekend is the begin after it."""
        milestones = {task.uid for task in self.foreign.tasks if task.kind == "milestone"}
        for link in self.foreign.waits:
            link.within_days = link.type in ("FF", "SF") or not milestones.isdisjoint(
                {link.source, link.target}
            )

    # The rest

    def _read_baselines(self) -> None:
        for node in self.root.inside("previous", "previous-tasks"):
            spans: dict[str, Span] = {}
            for task in node.all("previous-task"):
                first = day(task.attributes.get("start", ""))
                lasts = whole(task.attributes.get("duration")) or 0
                milestone = task.attributes.get("meeting") == "true"
                last = first if milestone else self._last(first, min(lasts, _LONGEST))
                if first is not None and last is not None and last >= first:
                    spans[task.attributes.get("id", "")] = Span(first, last)
            if spans:
                taken = min(span.first for span in spans.values())
                self.foreign.baselines.append(Snapshot(node.attributes.get("name", ""), taken, spans))

    def _say_what_is_left(self) -> None:
        vacations = sum(1 for _ in self.root.inside("vacations", "vacation"))
        if vacations:
            self.foreign.note("planner.vacations", count=vacations)
        description = self.root.value("description")
        if description:
            self.foreign.note("planner.description", text=description)
        base = next(self.root.inside("calendars"), None)
        if base is not None and base.attributes.get("base-id", "none") not in ("", "none"):
            self.foreign.note("planner.base_calendar", name=base.attributes["base-id"])


def _value(kind: str, text: str) -> Any:
    if kind == "number":
        return decimal(text)
    if kind == "flag":
        return text.strip().lower() == "true"
    if kind == "date":
        return day(text)
    return text


def _in_order(runs: list[Days]) -> tuple[Days, ...]:
    """The days in order, those next to each other of the same name as one run."""
    found: list[Days] = []
    for one in sorted(runs, key=lambda run: (run.first, run.title)):
        if found and found[-1].title == one.title and one.first - found[-1].last == timedelta(days=1):
            found[-1] = Days(found[-1].first, one.last, one.title)
        else:
            found.append(one)
    return tuple(found)
