"""Making a long history short: of the changes that are older than a year, those of each day become one.

Nothing of the plan is touched, and the plan as it was at the end of any day stays in reach; what is lost is
the way to it within the day. A day whose lines can't be understood stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeAlias

import msgspec

from ..model.change import Change, Edit
from ..model.history.past import WrittenStep, read_step
from ..model.records import TABLES
from ..model.refused import Refused

KEPT = timedelta(days=365)
"""What is younger stays as it is."""
_Values: TypeAlias = dict[str, Any]
SEVERAL = "several_edits"
"""The verb of a day of different edits."""


def first_kept(today: date) -> date:
    """The first day whose changes all stay."""
    return today - KEPT


def compacted(lines: Sequence[bytes], today: date) -> tuple[bytes, ...]:
    """The history with a single line for each day that is over a year ago; days are those of UTC."""
    until = first_kept(today).isoformat()
    made: list[bytes] = []
    for day, found in groupby(lines, _day):
        group = list(found)
        made.extend(group if not day or day >= until or len(group) == 1 else _joined(group))
    return tuple(made)


def _day(line: bytes) -> str:
    """`2026-03-04`, as a line begins with its time; empty: it does not."""
    text = line[9:19].decode("ascii", "replace")
    return text if line.startswith(b'{"time":"') and text[4:5] == text[7:8] == "-" else ""


def _joined(lines: list[bytes]) -> list[bytes]:
    """One line that does what these do; these where they can't be understood, none if they do nothing."""
    try:
        steps = [read_step(line) for line in lines]
        patch = list(_patch(steps))
    except (KeyError, ValueError, Refused):
        return lines
    verbs = {step.verb for step in steps}
    line: dict[str, Any] = {"time": steps[-1].time}
    said = {
        "author": ", ".join(dict.fromkeys(step.author for step in steps if step.author)),
        "verb": verbs.pop() if len(verbs) == 1 else SEVERAL,
        "reason": "; ".join(dict.fromkeys(step.reason for step in steps if step.reason)),
    }
    line |= {name: text for name, text in said.items() if text}
    return [msgspec.json.encode(line | {"patch": patch})] if patch else []


def _patch(steps: Sequence[WrittenStep]) -> Iterator[dict[str, Any]]:
    """The entries of all the steps, those about one record put together, as `Change.patch` writes them."""
    first: dict[tuple[str, str], _Values | None] = {}
    last: dict[tuple[str, str], _Values | None] = {}
    for step in steps:
        for entry in step.patch:
            at = entry["table"], entry["id"]
            minus, plus = entry.get("-"), entry.get("+")
            if at not in first:
                first[at], last[at] = minus, plus
                continue
            before, now = first[at], last[at]
            if before is not None and minus is not None and not _is_whole(before):
                first[at] = {**minus, **before}
            if minus is None or plus is None:
                last[at] = plus
            elif now is None:
                raise ValueError(f"{at} is changed and is not there")
            else:
                last[at] = {**now, **plus}
    for (table, id), before in first.items():
        yield from _entry(table, id, before, last[table, id])


def _entry(table: str, id: str, before: _Values | None, after: _Values | None) -> Iterator[dict[str, Any]]:
    """How a record differs, if it does."""
    kind = TABLES[table]
    if before is not None and after is not None and not _is_whole(before):
        names = [name for name in kind.__struct_fields__ if name in before and before[name] != after[name]]
        if names:
            was, now = ({name: values[name] for name in names} for values in (before, after))
            yield {"table": table, "id": id, "-": was, "+": now}
        return
    old, new = (None if values is None else msgspec.convert(values, kind) for values in (before, after))
    if old != new:
        yield from Change((Edit(table, id, old, new),)).patch()


def _is_whole(values: _Values) -> bool:
    """Whether these are all values of a record, and not only those that a step changed."""
    return "id" in values
