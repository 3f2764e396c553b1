"""Reads calendar files (iCalendar, RFC 5545): events and to-dos on the days that they name.

A day is taken as it is written, with or without a time zone; the end of an event is exclusive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from ...model.records import Category
from ...model.refused import Refused
from ..strings import say
from ..tables.encoding import decode
from .foreign import Foreign, OwnField, Task, who
from .numbers import day, whole
from .spans import minutes_of

MOST_LINES = 1_000_000
_COMPONENTS = ("VEVENT", "VTODO")
_PARAMETER = re.compile(r';([A-Za-z-]+)=("[^"]*"|[^;:,]*)(?:,(?:"[^"]*"|[^;:,]*))*')
_NAME = re.compile(r"[A-Za-z0-9-]+")
_LINE_END = re.compile("\r\n|\r|\n")
_ESCAPED = re.compile(r"\\(.)")
_CATEGORIES: dict[str, Category] = {"NEEDS-ACTION": "todo", "IN-PROCESS": "doing", "COMPLETED": "done"}


class Property(msgspec.Struct):
    """One line, unfolded: `DTSTART;VALUE=DATE:20260105`."""

    name: str
    value: str
    parameters: dict[str, str]
    line: int

    @property
    def text(self) -> str:
        """The value as text, without its escapes."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)

    @property
    def is_whole_day(self) -> bool:
        return self.parameters.get("VALUE") == "DATE" or "T" not in self.value


Component = dict[str, list[Property]]


def read_ics(path: Path) -> Foreign:
    """What the calendar holds.

    Raises:
        Refused("planner.too_many" | "file.unreadable", file).
    """
    try:
        text, _, _ = decode(path.read_bytes())
    except OSError as error:
        raise Refused("file.unreadable", file=str(path), reason=error.strerror or str(error)) from None
    lines = _LINE_END.split(text)
    if len(lines) > MOST_LINES:
        raise Refused("planner.too_many", file=path.name, most=f"{MOST_LINES:,}")
    return _Reader(lines).foreign


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.foreign = Foreign("ics")
        fields = self.foreign.fields
        fields["place"], fields["link"] = OwnField(say("planner.place")), OwnField(say("planner.link"), "url")
        self._seen: Counter[str] = Counter()
        self._recurring: list[str] = []
        self._cancelled = 0
        self._parents: dict[str, str] = {}
        self._read(lines)
        self._put_under()
        if self._recurring:
            self.foreign.say("planner.recurring", count=len(self._recurring), titles=self._recurring[:6])
        if self._cancelled:
            self.foreign.note("planner.cancelled", count=self._cancelled)

    def _read(self, lines: list[str]) -> None:
        within: list[str] = []
        component: Component = {}
        for found in _properties(lines):
            if found.name == "BEGIN":
                within.append(found.value.upper())
                if within[-1] in _COMPONENTS:
                    component = {"BEGIN": [found]}
            elif found.name == "END" and within:
                if within.pop() in _COMPONENTS and component:
                    self._read_component(component)
                    component = {}
            elif within and within[-1] in _COMPONENTS:
                component.setdefault(found.name, []).append(found)
            elif found.name in ("X-WR-CALNAME", "NAME") and within == ["VCALENDAR"]:
                self.foreign.title = found.text

    def _read_component(self, component: Component) -> None:
        line = component["BEGIN"][0].line
        title = _text(component, "SUMMARY").strip()
        if _text(component, "STATUS") == "CANCELLED":
            self._cancelled += 1
            return
        if "RECURRENCE-ID" in component:
            title = title or _text(component, "UID")
        elif "RRULE" in component or "RDATE" in component:
            self._recurring.append(title)
        first, last, instant = self._span(component, line)
        is_task = component["BEGIN"][0].value.upper() == "VTODO"
        category = _CATEGORIES.get(_text(component, "STATUS")) if is_task else None
        progress = whole(_text(component, "PERCENT-COMPLETE")) or (100 if category == "done" else 0)
        uid = self._uid(component, title)
        self._remember_parent(uid, component)
        self.foreign.tasks.append(
            Task(
                uid=uid,
                title=title,
                line=line,
                kind="milestone" if instant else "bar",
                first=first,
                last=last,
                deadline=last if is_task and "DUE" in component else None,
                progress=progress,
                category=category,
                owners=tuple(dict.fromkeys(filter(None, map(_who, component.get("ORGANIZER", []))))),
                tags=tuple(tag for one in component.get("CATEGORIES", []) for tag in _list(one.value)),
                notes=(_text(component, "DESCRIPTION"),),
                own={"place": _text(component, "LOCATION").strip(), "link": _link(component)},
            )
        )

    def _uid(self, component: Component, title: str) -> str:
        """The same for the same event in a newer file; of one moved out of a series, with its day there."""
        own = _text(component, "UID") or f"{title}\n{_text(component, 'DTSTART')}"
        uid = f"{own}\n{_text(component, 'RECURRENCE-ID')}".strip()
        self._seen[uid] += 1
        return uid if self._seen[uid] == 1 else f"{uid}\n{self._seen[uid]}"

    def _span(self, component: Component, line: int) -> tuple[date | None, date | None, bool]:
        """First and last day, and whether it is a moment, not a time."""
        begin = self._day(component, "DTSTART")
        end = self._day(component, "DTEND") or self._day(component, "DUE")
        if begin is None:
            return end[0] if end else None, end[0] if end else None, end is not None
        first, whole_day, time = begin
        if end is not None:
            last, _, until = end
            exclusive = "DUE" not in component and (until in ("", "000000", "0000")) and last > first
            instant = not whole_day and (last, until) == (first, time)
            return first, last - timedelta(days=1) if exclusive else last, instant
        minutes = minutes_of(_text(component, "DURATION"))
        if not minutes:
            return first, first, not whole_day
        clock = int(time[:2]) * 60 + int(time[2:4]) if len(time) >= 4 else 0
        days = max(0, -(-(clock + minutes) // 1440) - 1)
        return first, first + timedelta(days=min(days, 36_500)), False

    def _day(self, component: Component, name: str) -> tuple[date, bool, str] | None:
        """The day of a date, whether it is a whole one, and the time of day as digits."""
        found = component.get(name, [])
        if not found or not found[0].value.strip():
            return None
        one = found[0]
        read = day(one.value)
        if read is None:
            self.foreign.say(
                "import.not_a_date", one.line, "import.done.no_date", field=name, text=one.value[:60]
            )
            return None
        time = "" if one.is_whole_day else re.sub(r"\D", "", one.value.partition("T")[2])
        return read, one.is_whole_day, time

    def _remember_parent(self, uid: str, component: Component) -> None:
        for one in component.get("RELATED-TO", []):
            if one.parameters.get("RELTYPE", "PARENT").upper() == "PARENT":
                self._parents[uid] = one.text.strip()

    def _put_under(self) -> None:
        """Put tasks right behind what they are part of."""
        known = {task.uid: task for task in self.foreign.tasks}
        children: dict[str, list[Task]] = {}
        top: list[Task] = []
        for task in self.foreign.tasks:
            parent = self._parents.get(task.uid)
            if parent in known and not self._is_below(parent, task.uid):
                task.parent = parent
                children.setdefault(parent, []).append(task)
            else:
                top.append(task)
        ordered: list[Task] = []
        waiting = top[::-1]
        while waiting:
            task = waiting.pop()
            ordered.append(task)
            waiting += children.get(task.uid, [])[::-1]
        self.foreign.tasks = ordered

    def _is_below(self, uid: str, other: str) -> bool:
        """Whether the first is below the other, or they go round in a circle."""
        seen: set[str] = set()
        at: str | None = uid
        while at is not None and at not in seen:
            if at == other:
                return True
            seen.add(at)
            at = self._parents.get(at)
        return at is not None


def _properties(lines: list[str]) -> Iterator[Property]:
    """The lines, those put together again that were folded because they were long."""
    number = 0
    while number < len(lines):
        begin, parts = number, [lines[number]]
        number += 1
        while number < len(lines) and lines[number][:1] in (" ", "\t"):
            parts.append(lines[number][1:])
            number += 1
        line = "".join(parts)
        name = _NAME.match(line)
        if name is None:
            continue
        parameters: dict[str, str] = {}
        at = name.end()
        while (match := _PARAMETER.match(line, at)) is not None:
            parameters[match[1].upper()] = match[2].strip('"')
            at = match.end()
        if line[at : at + 1] == ":":
            yield Property(name[0].upper(), line[at + 1 :], parameters, begin + 1)


def _text(component: Component, name: str) -> str:
    found = component.get(name, [])
    return found[0].text if found else ""


def _list(value: str) -> list[str]:
    """The parts between commas that are not escaped."""
    return [_ESCAPED.sub(r"\1", part) for part in re.split(r"(?<!\\),", value)]


def _link(component: Component) -> str | None:
    link = _text(component, "URL").strip()
    return link if link.startswith(("http://", "https://", "mailto:")) else None


def _who(one: Property) -> str:
    """The name of a calendar user, or the address."""
    address = one.value.partition(":")[2] if one.value.lower().startswith("mailto:") else ""
    return who(one.parameters.get("CN", ""), address)
