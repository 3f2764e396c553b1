"""The past of a plan, as the lines of its history tell it: read when somebody asks, and only as far as asked.

A line is one kept change, as `io.roadmap_lines.step_line` writes it. Going back from the plan at hand needs
no plan in between: the lines are read from the last one backwards, and what they say of the same record is
put together before any record is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, get_type_hints

import msgspec
from msgspec.structs import replace

from ..change import Change, Patch
from ..plan import Plan
from ..records import TABLES, RecordId
from ..refused import Refused
from .step import Step


class Heading(msgspec.Struct, frozen=True):
    """What a line says of its step, without what it changed."""

    time: str
    author: str = ""
    verb: str = ""
    reason: str = ""


class _Entry(msgspec.Struct, frozen=True, gc=False, rename={"minus": "-", "plus": "+"}):
    """What a step did to one record, as far as going back asks for it."""

    table: str
    id: str
    minus: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """Without it the record was made."""
    plus: msgspec.Raw = msgspec.Raw()
    """Without it the record was removed."""


class _Patched(msgspec.Struct, frozen=True, gc=False):
    """What a line says that its step changed, and nothing else of it."""

    patch: list[_Entry]


class WrittenStep(Heading, frozen=True, kw_only=True):
    """A line of the history, read: its patch becomes a `Change` on the plan as it was then."""

    patch: Patch


def read_heading(line: bytes) -> Heading:
    """Who made the step of a line, when and why. Raises as `read_step`."""
    try:
        return msgspec.json.decode(line, type=Heading)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("file.step_strange") from error


def read_step(line: bytes) -> WrittenStep:
    """A line of the history, understood.

    Raises:
        Refused("file.step_strange"): it is not as `step_line` writes it.
    """
    try:
        return msgspec.json.decode(line, type=WrittenStep)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("file.step_strange") from error


def recalled(line: bytes, after: Plan) -> Step:
    """The step of a line, which has led to the plan `after`, ready to be undone.

    Raises:
        Refused("file.step_strange"): it can't be read, or has not led to that plan.
    """
    written = read_step(line)
    try:
        change = Change.from_patch(_inverted(written.patch), after.tables()).inverted()
        same = msgspec.json.encode(change.patch()) == msgspec.json.encode(written.patch)
    except (KeyError, ValueError) as error:
        raise Refused("file.step_strange") from error
    if not same:
        raise Refused("file.step_strange")
    return Step(written.verb, change, written.time, written.author, written.reason)


def undone(plan: Plan, lines: Sequence[bytes]) -> Plan | None:
    """The plan before the steps of `lines`, which have led to it; None: they can't be taken back."""
    before = _Before(plan)
    try:
        for written in reversed(_patches(lines)):
            for entry in reversed(written.patch):
                before.take(entry)
        return before.plan()
    except (KeyError, ValueError, RecursionError):  # the first two: also what msgspec says of broken lines
        return None


def _patches(lines: Sequence[bytes]) -> list[_Patched]:
    """What many lines changed, read at a stroke: that takes a third of the time of one after the other."""
    found = msgspec.json.decode(b"[" + b",".join(lines) + b"]", type=list[_Patched])
    if len(found) != len(lines):
        raise ValueError("a line holds more than one step")
    return found


def parting(
    mine: Plan, my_history: Sequence[bytes], theirs: Plan, their_history: Sequence[bytes]
) -> Plan | None:
    """The plan that two copies began with: either of them without what only its own history has.

    They part after the last line that both have; what comes before it may have been made shorter in one.
    None: the two histories do not lead back to the same (a line is damaged, or some program wrote none).
    """
    places = {line: place for place, line in enumerate(my_history, 1)}
    ends = ((places[line], place) for place, line in _backwards(their_history) if line in places)
    mine_from, theirs_from = next(ends, (0, 0))
    base = undone(theirs, their_history[theirs_from:])
    return base if base is not None and base == undone(mine, my_history[mine_from:]) else None


def _backwards(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines from the last one on, each with how many there are up to it."""
    return ((place, lines[place - 1]) for place in range(len(lines), 0, -1))


_Values: TypeAlias = dict[str, Any]


class _Before:
    """Goes back from a plan; of each record it knows what is different, as plain values."""

    def __init__(self, plan: Plan) -> None:
        self._now = plan
        self._differing: dict[tuple[str, RecordId], _Values] = {}
        """Attributes of records that are there now."""
        self._whole: dict[tuple[str, RecordId], _Values | None] = {}
        """Records that are not there now, or (None) were not there then."""

    def take(self, entry: _Entry) -> None:
        """Go back over what a step did to one record."""
        at, minus = (entry.table, entry.id), entry.minus
        if minus is msgspec.UNSET:
            self._values(at)
            self._differing.pop(at, None)
            self._whole[at] = None
        elif entry.plus:
            known = self._differing.get(at)
            if known is None:
                known = self._values(at)
            known.update(minus)
        elif at in self._differing or self._whole.get(at) is not None:
            raise ValueError(f"{at} was removed and is there")
        else:
            self._whole[at] = dict(minus)

    def _values(self, at: tuple[str, RecordId]) -> _Values:
        if at in self._whole:
            values = self._whole[at]
            if values is None:
                raise ValueError(f"{at} is changed before it was made")
            return values
        known = self._differing.get(at)
        if known is None:
            if at[1] not in self._now.table(at[0]):
                raise ValueError(f"{at} is changed and is not there")
            known = self._differing[at] = {}
        return known

    def plan(self) -> Plan:
        tables = self._now.tables()
        self._convert()
        records = [replace(tables[name][id], **values) for (name, id), values in self._differing.items()]
        gone = []
        for (name, id), whole in self._whole.items():
            if whole is not None:
                records.append(msgspec.convert(whole, TABLES[name]))
            elif id in tables[name]:
                gone.append(tables[name][id])
        return self._now.drop(*gone).put(*records)

    def _convert(self) -> None:
        """Make attributes of the plain values, those of one kind together."""
        columns: dict[tuple[str, str], list[_Values]] = {}
        for (table, _), values in self._differing.items():
            for name in values:
                columns.setdefault((table, name), []).append(values)
        for (table, name), rows in columns.items():
            kind = _types(table)[name]
            made = msgspec.convert([values[name] for values in rows], list[kind])  # type: ignore[valid-type]
            for values, value in zip(rows, made, strict=True):
                values[name] = value


@cache
def _types(table: str) -> Mapping[str, Any]:
    """The type of each attribute of a table's records."""
    return get_type_hints(TABLES[table])


def _inverted(patch: Patch) -> Patch:
    return [
        {
            **{name: entry[name] for name in ("table", "id")},
            **({"-": entry["+"]} if "+" in entry else {}),
            **({"+": entry["-"]} if "-" in entry else {}),
        }
        for entry in reversed(patch)
    ]
