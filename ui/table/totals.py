"""What several items come to in a field: sums, the first start, the last finish, how far they are; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from ...model.field import NUMERIC
from ...model.fields import Field
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule

_ADDED = ("number", "currency")


def total_of(field: Field, plan: Plan, times: Schedule, ids: Sequence[ItemId]) -> Any:
    """The total of a field as a value of it, None where there is none to give."""
    if field.key == "start":
        starts = map(times.start.get, ids)
        return _day(min((start for start in starts if start is not None), default=None))
    if field.key == "finish":
        last = max(times.dated(ids), key=times.finish.__getitem__, default=None)
        span = times.dates(last) if last is not None else None
        return span.last if span is not None else None
    if field.key == "progress":
        return _progress(plan, times, ids)
    if field.kind in _ADDED:
        items = plan.items
        values = [value for id in ids if (value := field.read(plan, times, items[id])) is not None]
        return sum(values) if values else None
    return None


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _progress(plan: Plan, times: Schedule, ids: Sequence[ItemId]) -> int | None:
    """Percent, weighted by working days; milestones weigh nothing unless there is nothing else."""
    items = map(plan.items.__getitem__, ids)
    weights = [item.duration if item.kind == "bar" else 0 for item in items]
    if not any(weights):
        weights = [1] * len(ids)
    total = sum(weights)
    done = sum(weight * times.progress(id) for weight, id in zip(weights, ids, strict=True) if weight)
    return round(done / total) if total else None


class Sums(msgspec.Struct, frozen=True):
    """What is said of selected cells, as a spreadsheet does at the bottom."""

    count: int = 0
    """Cells that hold something."""
    sum: float | None = None
    """Of numbers; None where not all cells that hold something are numbers of one kind."""
    average: float | None = None
    first: date | None = None
    """The earliest and the latest of dates."""
    last: date | None = None
    field: Field | None = None
    """A field by which sum and average are written."""


def sums_of(cells: Iterable[tuple[Field, Any]]) -> Sums:
    """The sums of cells, given by their fields and values."""
    filled = [(field, value) for field, value in cells if not _is_empty(value)]
    dates = [value for field, value in filled if field.kind == "date"]
    numbers = [(field, value) for field, value in filled if field.kind in NUMERIC]
    kinds = {(field.kind, field.own.currency if field.own else "") for field, _ in numbers}
    one_kind = len(kinds) == 1 and not dates
    total = float(sum(value for _, value in numbers)) if one_kind else None
    return Sums(
        count=len(filled),
        sum=total,
        average=total / len(numbers) if total is not None else None,
        first=min(dates) if dates and not numbers else None,
        last=max(dates) if dates and not numbers else None,
        field=numbers[0][0] if one_kind else None,
    )


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == ()
