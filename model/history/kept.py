"""Every kept change of a document as one list, the oldest first: the lines of the file, then this session's.

Lines are decoded when they are asked for; states that were asked for are remembered, so that going through
the list one by one takes one step at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

import msgspec

from ..document import Document
from ..plan import Plan
from ..records import ItemId, RecordId
from ..refused import Refused
from .past import Heading, WrittenStep, read_heading, read_step, undone
from .step import Step

_KEPT_STATES = 32
NOBODY = Heading("")
"""What is said of a line that can't be read."""
_ID, _VERB = b'"id":"', b'"verb":"'


class Told(NamedTuple):
    """What a line says of its step, and the day on which it was made, where the computer is."""

    heading: Heading
    day: date | None


class Sought(NamedTuple):
    """What a person looks for: a text, whatever its case, or items and edits that go by it."""

    text: str
    ids: frozenset[bytes] = frozenset()
    verbs: frozenset[bytes] = frozenset()

    def is_in(self, line: bytes) -> bool:
        """Whether a line of the history says it."""
        if self.text in line.decode(errors="replace").casefold():
            return True
        if self.ids and any(part[: part.find(b'"')] in self.ids for part in line.split(_ID)[1:]):
            return True
        if self.verbs and (at := line.find(_VERB)) >= 0:
            begin = at + len(_VERB)
            return line[begin : line.find(b'"', begin)] in self.verbs
        return False


class History:
    """The history of one document as it stands; make another one when it has changed."""

    def __init__(self, document: Document, before: History | None = None) -> None:
        """`before` is what was known of the same document earlier."""
        self._now = document.kept
        self._past: Sequence[bytes] = document.past
        self._steps: tuple[Step, ...] = tuple(document.done)
        self._states: dict[int, Plan] = {}
        """Plans after the step at a place; -1: before the first."""
        self._past_told: list[Told] = []
        """Of the lines of the file, once somebody has asked for all."""
        if before is not None and before._past is self._past:
            self._past_told = before._past_told
            same = 0
            for one, other in zip(before._steps, self._steps, strict=False):
                if one is not other:
                    break
                same += 1
            known = len(self._past) + same
            self._states = {place: plan for place, plan in before._states.items() if place < known}

    def __len__(self) -> int:
        return len(self._past) + len(self._steps)

    def line(self, place: int) -> bytes | Step:
        """What is known of a step: its line, or the step itself where it was made in this session."""
        if place < len(self._past):
            return self._past[place]
        return self._steps[place - len(self._past)]

    def heading(self, place: int) -> Heading:
        """Who made a step, when and why; nothing of one whose line can't be read."""
        if place < len(self._past_told):
            return self._past_told[place].heading
        return _heading(self.line(place))

    @cached_property
    def told(self) -> Sequence[Told]:
        """What all steps say of themselves; the file's lines are read for it once."""
        if not self._past_told:
            self._past_told += _told(self._past)
        return [*self._past_told, *_told(self._steps)]

    def step(self, place: int) -> WrittenStep:
        """A step with its patch.

        Raises:
            Refused("file.step_strange"): its line can't be read.
        """
        line = self.line(place)
        if isinstance(line, Step):
            return WrittenStep(line.time, line.author, line.verb, line.reason, patch=line.change.patch())
        return read_step(line)

    def touches(self, place: int, id: RecordId) -> bool:
        """Whether a step is about a record."""
        line = self.line(place)
        if isinstance(line, Step):
            return any(edit.id == id for edit in line.change.edits)
        return id.encode() in line

    def made(self, id: RecordId) -> int | None:
        """The place of the step that made a record."""
        for place in range(len(self)):
            if self.touches(place, id):
                return place
        return None

    def last_before(self, day: date) -> int:
        """The place of the last step before a day, local time; -1: there is none."""

        def on_or_after(place: int) -> bool:
            made = local_day(self.heading(place).time)
            return made is not None and made >= day

        return bisect_left(range(len(self)), True, key=on_or_after) - 1

    def found(
        self,
        sought: Sought | None = None,
        item: RecordId | None = None,
        author: str | None = None,
        day: date | None = None,
    ) -> Sequence[int]:
        """The places of the steps, the oldest first, that say what is sought, are about an item, were made by
        somebody and on a day; None of these: any.
        """
        if sought is None and item is None and author is None and day is None:
            return range(len(self))
        found = []
        for place in range(len(self)):
            if item is not None and not self.touches(place, item):
                continue
            if author is not None or day is not None:
                told = self.told[place]
                if author not in (None, told.heading.author) or day not in (None, told.day):
                    continue
            if sought is None or sought.is_in(self._line(place)):
                found.append(place)
        return found

    def _line(self, place: int) -> bytes:
        line = self.line(place)
        if isinstance(line, Step):
            values = {"author": line.author, "verb": line.verb, "reason": line.reason}
            return msgspec.json.encode({**values, "patch": line.change.patch()})
        return line

    def authors(self) -> list[str]:
        """Everybody who made a step, by name."""
        return sorted({told.heading.author for told in self.told} - {""}, key=str.casefold)

    def verbs(self) -> set[str]:
        """The edits by which steps were made."""
        return {told.heading.verb for told in self.told} - {""}

    def days(self) -> list[date]:
        """The days on which steps were made, the latest first."""
        return list(dict.fromkeys(told.day for told in reversed(self.told) if told.day is not None))

    def state(self, place: int) -> Plan | None:
        """The plan after the step at a place (-1: before the first); None: the lines do not lead there."""
        if place >= len(self) - 1:
            return self._now
        known = min((at for at in self._states if at >= place), default=None)
        if known == place:
            return self._states[place]
        plan = self._now if known is None else self._states[known]
        last = len(self) - 1 if known is None else known
        session = max(place + 1, len(self._past))
        if last >= session:
            for step in reversed(self._steps[session - len(self._past) : last + 1 - len(self._past)]):
                plan = plan.apply(step.change.inverted())
            last = session - 1
        found = undone(plan, self._past[place + 1 : last + 1])
        if found is not None:
            self._states[place] = found
            while len(self._states) > _KEPT_STATES:
                del self._states[next(iter(self._states))]
        return found

    def reasons_since(self, time: str) -> Mapping[ItemId, str]:
        """What people wrote when they changed items after a time, by item; the last word on each counts."""
        found: dict[ItemId, str] = {}
        for place in range(len(self) - 1, -1, -1):
            heading = self.heading(place)
            if heading.time and heading.time <= time:
                break
            if heading.reason:
                for entry in self.step(place).patch:
                    if entry["table"] == "items":
                        found.setdefault(ItemId(entry["id"]), heading.reason)
        return found


def _heading(line: bytes | Step) -> Heading:
    if isinstance(line, Step):
        return Heading(line.time, line.author, line.verb, line.reason)
    try:
        return read_heading(line)
    except Refused:
        return NOBODY


def _told(lines: Iterable[bytes | Step]) -> list[Told]:
    days = _Days()
    found = []
    for line in lines:
        heading = _heading(line)
        day = days[heading.time[:13]] if heading.time.endswith("+00:00") else None
        found.append(Told(heading, day or local_day(heading.time)))
    return found


class _Days(dict[str, date | None]):
    """The local day of a whole hour of UTC, `2026-11-23T10`; None where it is of two: asking for every time
    by itself would take longer than reading the lines.
    """

    def __missing__(self, hour: str) -> date | None:
        first, last = (local_day(f"{hour}:{minute}+00:00") for minute in ("00", "59"))
        self[hour] = first if first == last else None
        return self[hour]


def moment(time: str) -> datetime | None:
    """When a step was made, local time."""
    try:
        return datetime.fromisoformat(time).astimezone()
    except ValueError:
        return None


def local_day(time: str) -> date | None:
    """The day on which a step was made, where the computer is."""
    made = moment(time)
    return made.date() if made is not None else None
