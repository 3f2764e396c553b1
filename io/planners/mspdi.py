"""Reads Microsoft Project's XML (MSPDI), which ProjectLibre, GanttProject and others write, too.

Times of day decide only what day is meant: what ends at midnight ends the day before. Durations are minutes,
lags tenths of minutes, and how many make a day the file says itself.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ...model.field_values import unlisted
from ...model.fields import FIELDS
from ...model.records import HORIZONS, PRECISIONS, CustomKind, LinkType, Span
from ..strings import field_title, say
from ..tables.words import fold
from .foreign import Foreign, OwnField, Snapshot, Task, Waits, who
from .mspdi_calendar import read_calendar
from .mspdi_slots import OURS
from .numbers import day, decimal, whole
from .spans import minutes_of
from .xml import Node, read_xml

PASSED_OVER = frozenset(
    {"TimephasedData", "Views", "Filters", "Groups", "Tables", "Maps", "Reports", "Drawings", "DataLinks"}
)
NOBODY = "-65535"
USUAL_PRIORITY = 500
_LINKS: dict[str, LinkType] = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_ALAP, _MSO, _MFO, _SNET, _SNLT, _FNET, _FNLT = "1", "2", "3", "4", "5", "6", "7"
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY"}
_PERCENT = frozenset({"19", "20", "51", "52"})
_ELAPSED = frozenset({"4", "6", "8", "10", "12", "20", "36", "38", "40", "42", "44", "52"})
"""Lags in hours of the clock and days of the week, not in working time."""
_KINDS: tuple[tuple[str, CustomKind], ...] = (
    ("Number", "number"),
    ("Flag", "flag"),
    ("Date", "date"),
    ("Start", "date"),
    ("Finish", "date"),
    ("Cost", "currency"),
)
"""What the name of a field of one's own begins with; the others are texts."""


def read_mspdi(path: Path) -> Foreign:
    """The plan in the file. Raises as `read_xml`."""
    return _Reader(read_xml(path, PASSED_OVER)).foreign


class _Reader:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.per_day = whole(root.value("MinutesPerDay")) or 480
        self.currency = root.value("CurrencyCode") or _SIGNS.get(root.value("CurrencySymbol"), "USD")
        self.edges = {
            "Start": (root.value("DefaultStartTime") or "08:00")[:5],
            "Finish": (root.value("DefaultFinishTime") or "17:00")[:5],
        }
        title = root.value("Title") or root.value("Name").removesuffix(".xml").removesuffix(".mpp")
        self.foreign = Foreign("mspdi", title=title)
        self.tasks = {node.value("UID"): node for node in root.inside("Tasks", "Task")}
        read_calendar(root, self.foreign, self._days())
        self.fields = self._fields()
        self.foreign.has = frozenset(self.ours.values())
        self.owners = self._owners()
        self._read_tasks()
        self._read_baselines()

    def _days(self) -> tuple[date, date]:
        """The first and last day of the plan: what comes again and again comes between them."""
        texts = [node.value(name) for node in self.tasks.values() for name in ("Start", "Finish")]
        found = [one for text in texts if (one := day(text)) is not None and 1900 <= one.year < 2200]
        found = found or [date(2000, 1, 1)]
        return min(found), max(found)

    # Fields and people

    def _fields(self) -> dict[str, CustomKind]:
        """The kinds of the fields that somebody has defined, by the file's number of each."""
        kinds: dict[str, CustomKind] = {}
        kind: CustomKind
        self.ours: dict[str, str] = {}
        fields = self.foreign.fields
        ours = {fold(field_title(FIELDS[key])): key for key in OURS}
        for node in self.root.inside("ExtendedAttributes", "ExtendedAttribute"):
            uid, name = node.value("FieldID"), node.value("FieldName")
            if name.startswith("Text") and (key := ours.get(fold(node.value("Alias")))):
                self.ours[uid] = key
                continue
            kind = next((one for word, one in _KINDS if name.startswith(word)), "text")
            kinds[uid] = kind
            currency = self.currency if kind == "currency" else ""
            fields[uid] = OwnField(node.value("Alias") or name or uid, kind, currency=currency)
        fields["wbs"] = OwnField(say("planner.wbs"))
        fields["priority"] = OwnField(say("planner.priority"), "number")
        fields["cost"] = OwnField(say("planner.cost"), "currency", currency=self.currency)
        fields["link"] = OwnField(say("planner.link"), "url")
        return kinds

    def _owners(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, str] = {}
        materials = 0
        for node in self.root.inside("Resources", "Resource"):
            name = node.value("Name")
            if not name or node.value("UID") == "0" or node.value("IsNull") == "1":
                continue
            if node.value("Type", "1") != "1":
                materials += 1
                continue
            names[node.value("UID")] = who(name, node.value("EmailAddress"))
            if group := node.value("Group"):
                self.foreign.teams[name] = group
        if materials:
            self.foreign.note("planner.materials", count=materials)
        self.foreign.people = tuple(names.values())
        found: dict[str, list[str]] = {}
        for node in self.root.inside("Assignments", "Assignment"):
            person = names.get(node.value("ResourceUID"))
            if person:
                found.setdefault(node.value("TaskUID"), []).append(person)
        return {task: tuple(dict.fromkeys(ones)) for task, ones in found.items()}

    # Tasks

    def _read_tasks(self) -> None:
        above: list[tuple[int, str]] = []
        self.left: set[str] = set()
        inactive: list[str] = []
        empty = 0
        for uid, node in self.tasks.items():
            level = whole(node.value("OutlineLevel"))
            if node.value("IsNull") == "1":
                self.left.add(uid)
                empty += 1
                continue
            if level == 0 and uid == "0":  # the line of the whole project
                self.left.add(uid)
                self.foreign.title = self.foreign.title or node.value("Name")
                continue
            while above and above[-1][0] >= (level or 1):
                above.pop()
            task = self._task(uid, node, above[-1][1] if above else None)
            if node.value("Active") == "0":
                inactive.append(task.title)
                task.tags = (say("planner.inactive"),)
                task.soon, task.pinned = False, task.first is not None
                self.left.add(uid)
            self.foreign.tasks.append(task)
            above.append((level or 1, uid))
        for uid, node in self.tasks.items():
            for link in node.all("PredecessorLink"):
                self._read_link(link, uid)
        if empty:
            self.foreign.note("planner.empty_rows", count=empty)
        if inactive:
            self.foreign.note("planner.inactive_tasks", count=len(inactive), titles=inactive[:6])
        calendars = {node.value("CalendarUID") for node in self.tasks.values()} - {"", "-1"}
        if calendars - {self.root.value("CalendarUID")}:
            self.foreign.note("planner.task_calendars")

    def _task(self, uid: str, node: Node, parent: str | None) -> Task:
        manual = node.value("Manual") == "1"
        first, last = self._first(node), self._last(node)
        minutes = minutes_of(node.value("Duration"))
        summary = node.value("Summary") == "1"
        milestone = not summary and (minutes == 0 or node.value("Milestone") == "1")
        if milestone and minutes and first != last:
            milestone = False
            self.foreign.note("import.milestone_lasts", node.line, title=node.value("Name"))
        if milestone:
            first = last = first or last
        work = minutes_of(node.value("Work"))
        task = Task(
            uid=uid,
            number=whole(uid),
            title=node.value("Name"),
            line=node.line,
            parent=parent,
            kind="milestone" if milestone else "bar",
            first=first,
            last=last,
            days=math.ceil(minutes / self.per_day - 1e-6) if minutes else None,
            soon=not manual,
            pinned=manual and first is not None and not (summary and self._is_rolled_up(node)),
            deadline=self._deadline(node),
            progress=whole(node.value("PercentComplete")) or 0,
            effort=round(work / self.per_day, 2) or None,
            owners=self.owners.get(uid, ()),
            notes=(node.value("Notes"),),
            own=self._own(node),
        )
        self._constrain(task, node)
        for one in node.all("ExtendedAttribute"):
            if key := self.ours.get(one.value("FieldID")):
                _take(task, key, one.value("Value"))
        return task

    def _first(self, node: Node) -> date | None:
        return day(node.value("Start") or node.value("ManualStart"))

    def _last(self, node: Node) -> date | None:
        """The last day; what ends at midnight ends with the day before."""
        text = node.value("Finish") or node.value("ManualFinish")
        found, first = day(text), self._first(node)
        if found is not None and text[10:] in ("T00:00:00", "T00:00") and first is not None and found > first:
            found -= timedelta(days=1)
        return found

    def _is_rolled_up(self, node: Node) -> bool:
        """Whether a summary task that was scheduled by hand has the dates of what is in it all the same."""
        return not node.value("ManualStart")

    def _constrain(self, task: Task, node: Node) -> None:
        kind, when = node.value("ConstraintType"), day(node.value("ConstraintDate"))
        if kind == _SNET:
            task.not_before = when
        elif kind in (_MSO, _MFO):
            task.pinned, task.soon = task.first is not None, False
        elif kind in (_ALAP, _FNET):
            task.soon = False
            if kind == _ALAP:
                self.foreign.note("planner.as_late", node.line, title=task.title)

    def _deadline(self, node: Node) -> date | None:
        kind = node.value("ConstraintType")
        limit = day(node.value("ConstraintDate")) if kind in (_SNLT, _FNLT) else None
        if kind == _SNLT and limit is not None:
            self.foreign.note("planner.start_limit", node.line, title=node.value("Name"), day=str(limit))
            limit = None
        found = [one for one in (limit, day(node.value("Deadline"))) if one is not None]
        return min(found, default=None)

    def _own(self, node: Node) -> dict[str, Any]:
        own: dict[str, Any] = {}
        for one in node.all("ExtendedAttribute"):
            uid = one.value("FieldID")
            if uid in self.fields:
                own[uid] = _value(self.fields[uid], one.value("Value"))
        wbs = node.value("WBS")
        own["wbs"] = wbs if wbs and wbs != node.value("OutlineNumber", wbs) else None
        priority = whole(node.value("Priority"))
        own["priority"] = None if priority in (None, USUAL_PRIORITY) else float(priority or 0)
        cost = decimal(node.value("Cost"))
        own["cost"] = round(cost / 100, 9) if cost else None
        link = node.value("HyperlinkAddress")
        own["link"] = link if link.startswith(("http://", "https://", "mailto:")) else None
        return own

    def _read_link(self, node: Node, target: str) -> None:
        source = node.value("PredecessorUID")
        if node.value("CrossProject") == "1" or source not in self.tasks:
            title = self.tasks[target].value("Name")
            self.foreign.say("planner.other_project", node.line, "import.done.no_link", title=title)
            return
        if source in self.left or target in self.left:
            titles = [self.tasks[uid].value("Name") or say("planner.empty_row") for uid in (source, target)]
            self.foreign.note("planner.link_left", node.line, source=titles[0], target=titles[1])
            return
        tenths, form = decimal(node.value("LinkLag")) or 0.0, node.value("LagFormat")
        kind = _LINKS.get(node.value("Type"), "FS")
        days, loose = self._lag(tenths, form, self.tasks[source])
        self.foreign.waits.append(
            Waits(
                source=source,
                target=target,
                type=kind,
                lag=days,
                loose=loose,
                within_days=loose or self._is_within_days(kind, source, target),
                line=node.line,
            )
        )

    def _is_within_days(self, type: LinkType, source: str, target: str) -> bool:
        """Whether one of the ends it joins is not that of a whole day."""
        if type in ("FF", "SF"):
            return True
        ends = [(source, "Finish" if type == "FS" else "Start"), (target, "Start")]
        return any(
            self.tasks[uid].value(name)[11:16] not in ("00:00", self.edges[name])
            and not (name == "Start" and minutes_of(self.tasks[uid].value("Duration")) == 0)
            for uid, name in ends
        ) or any(self._opens(uid) for uid, _ in ends)

    def _opens(self, uid: str) -> bool:
        """Whether a milestone stands at another time than the end of a day."""
        node = self.tasks[uid]
        return not minutes_of(node.value("Duration")) and node.value("Start")[11:16] != self.edges["Finish"]

    def _lag(self, tenths: float, form: str, source: Node) -> tuple[int, bool]:
        """The lag in working days, and whether it is only about right."""
        if form in _PERCENT:
            days = tenths / 100 * minutes_of(source.value("Duration")) / self.per_day
        elif form in _ELAPSED:
            days = tenths / 10 / 1440 * len(self.foreign.weekdays) / 7
        else:
            days = tenths / 10 / self.per_day
        days = max(-20_000.0, min(days, 20_000.0))
        nearest = round(days)
        return nearest, form in _PERCENT or form in _ELAPSED or abs(nearest - days) > 1e-6

    # Baselines

    def _read_baselines(self) -> None:
        spans: dict[int, dict[str, Span]] = {}
        known = {task.uid for task in self.foreign.tasks}
        impossible = 0
        for uid, node in self.tasks.items():
            for one in node.all("Baseline") if uid in known else ():
                first, last = self._first(one), self._last(one)
                if first is not None and last is not None and last < first:
                    impossible += 1
                elif first is not None and last is not None:
                    spans.setdefault(whole(one.value("Number")) or 0, {})[uid] = Span(first, last)
        if impossible:
            self.foreign.note("planner.baselines_impossible", count=impossible)
        for number, found in sorted(spans.items()):
            taken = day(self.root.value("LastSaved")) or min(span.first for span in found.values())
            title = say("planner.baseline") + (f" {number}" if number else "")
            self.foreign.baselines.append(Snapshot(title, taken, found))


def _take(task: Task, key: str, text: str) -> None:
    """Put the text of one of our fields where it belongs."""
    if key == "tags":
        task.tags = tuple(unlisted(text))
    elif key == "horizon":
        task.horizon = next((one for one in HORIZONS if one and _means(text, key, one)), "")
    elif key == "precision":
        task.precision = next((one for one in PRECISIONS if _means(text, key, one)), "day")
    else:
        setattr(task, key, text)


def _means(text: str, key: str, word: str) -> bool:
    return fold(text) in (word, fold(say(f"{key}.{word}")))


def _value(kind: CustomKind, text: str) -> Any:
    if kind in ("number", "currency"):
        number = decimal(text)
        return round(number / 100, 9) if kind == "currency" and number is not None else number
    if kind == "flag":
        return text == "1"
    if kind == "date":
        return day(text)
    return text
