"""Which cards stand in which column and swimlane of the board, and what the columns hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from ...io.strings import say
from ...model.plan import Plan
from ...model.query import dimmed, leaves
from ...model.records import ItemId, View
from ...model.rows.by_hand import by_hand
from ...model.rows.filters import Asker
from ...model.rows.lanes import Grouping, Path, all_values, grouping, groupings, in_order
from ...model.schedule import Schedule
from ..views.names import value_title

USUAL = "status"
"""What makes the columns where the view does not say."""
_FIRST = ("status", "horizon", "level", "finish.quarter", "start.quarter", "team", "owner", "top")
_UNFIT = ("tags", "choices", "links", "item")
"""Kinds of fields whose values are too many for columns, or several at once."""
_MOST_QUARTERS = 24
"""Gaps between quarters are filled up to so many columns."""


class Stack(msgspec.Struct, frozen=True):
    """A column, or a swimlane: the value that its items have in common, its name, and what folds it."""

    value: Any
    title: str
    ref: str
    key: str
    """The value as text, as limits name it."""
    limit: int | None = None


class Total(msgspec.Struct, frozen=True):
    """How many items there are, and their person-days."""

    count: int = 0
    effort: float = 0.0

    def with_item(self, effort: float | None, count: int = 1) -> Total:
        """One more of that effort; with -1 one less."""
        return Total(self.count + count, self.effort + count * (effort or 0.0))


class Contents(msgspec.Struct, frozen=True):
    """The whole board before it has a size. A cell is (place of the swimlane, place of the column)."""

    field: str
    lane_field: str
    columns: tuple[Stack, ...]
    lanes: tuple[Stack, ...]
    """One without a name where there are no swimlanes."""
    cells: Mapping[tuple[int, int], Sequence[ItemId]]
    cell_of: Mapping[ItemId, tuple[int, int]]
    totals: tuple[Total, ...]
    dimmed: frozenset[ItemId]
    by_hand: bool
    """Whether cards stand in the order they were put in, and not sorted by the view."""

    def path(self, cell: tuple[int, int]) -> Path:
        """What the items of a cell have in common, as `put_in_lane` takes it."""
        lane, column = cell
        first = ((self.lane_field, self.lanes[lane].value),) if self.lane_field else ()
        return (*first, (self.field, self.columns[column].value))


def offered(plan: Plan) -> list[Grouping]:
    """What can make columns: the usual ones first."""
    fit = [by for by in groupings(plan) if by.field is None or by.field.kind not in _UNFIT]
    return sorted(fit, key=lambda by: _FIRST.index(by.key) if by.key in _FIRST else len(_FIRST))


def fields_of_board(plan: Plan, view: View) -> tuple[str, str]:
    """What makes the columns and the swimlanes of a view, "" for no swimlanes."""
    known = {by.key for by in offered(plan)}
    if view.stacks in known:
        return view.stacks, view.swimlanes if view.swimlanes in known - {view.stacks} else ""
    if view.group in known:
        return view.group, view.subgroup if view.subgroup in known - {view.group} else ""
    return USUAL, view.swimlanes if view.swimlanes in known - {USUAL} else ""


def contents(
    plan: Plan,
    times: Schedule,
    view: View,
    *,
    search: str = "",
    asker: Asker = Asker(),  # noqa: B008
) -> Contents:
    """The board of a view: items without children, with or without dates."""
    field, lane_field = fields_of_board(plan, view)
    by = grouping(plan, field)
    assert by is not None
    across = grouping(plan, lane_field) if lane_field else None
    shown = leaves(plan, times, view, search=search, asker=asker)
    if not view.sort:
        shown = list(by_hand(plan, shown))
    values = [by.read(plan, times, plan.items[id]) for id in shown]
    lanes_of = [across.read(plan, times, plan.items[id]) for id in shown] if across else [None] * len(shown)
    limits = {limit.value: limit.most for limit in view.limits if limit.field == field}
    columns = [_stack(plan, "column", by, value, limits) for value in _columns(plan, by, set(values))]
    lanes = [Stack(None, "", "", "")]
    if across is not None:
        used = set(lanes_of) | ({*all_values(plan, across)} if view.show_empty else set())
        lanes = [_stack(plan, "lane", across, value) for value in in_order(plan, across, used)] or lanes
    cells, totals = _filled(plan, shown, values, lanes_of, columns, lanes)
    return Contents(
        field,
        lane_field,
        tuple(columns),
        tuple(lanes),
        cells,
        {id: cell for cell, ids in cells.items() for id in ids},
        totals,
        dimmed(plan, times, view, search=search, asker=asker),
        not view.sort,
    )


def _filled(
    plan: Plan,
    shown: Sequence[ItemId],
    values: Sequence[Any],
    lanes_of: Sequence[Any],
    columns: Sequence[Stack],
    lanes: Sequence[Stack],
) -> tuple[dict[tuple[int, int], list[ItemId]], tuple[Total, ...]]:
    """The items of each cell in order, and the totals of the columns."""
    column_at = {column.value: place for place, column in enumerate(columns)}
    lane_at = {lane.value: place for place, lane in enumerate(lanes)}
    cells: dict[tuple[int, int], list[ItemId]] = {
        (lane, column): [] for lane in range(len(lanes)) for column in range(len(columns))
    }
    counts, efforts, items = [0] * len(columns), [0.0] * len(columns), plan.items
    for id, value, lane in zip(shown, values, lanes_of, strict=True):
        column = column_at[value]
        cells[lane_at[lane], column].append(id)
        counts[column] += 1
        efforts[column] += items[id].effort or 0.0
    if any(items[id].below is not None for id in shown):
        cells = {cell: list(by_hand(plan, ids)) for cell, ids in cells.items()}
    return cells, tuple(map(Total, counts, efforts))


def _stack(plan: Plan, kind: str, by: Grouping, value: Any, limits: Mapping[str, int] | None = None) -> Stack:
    title = value_title(plan, by.key, value)
    if value is None and by.field is None and by.key != "top":
        title = say("board.no_dates")
    key = written(value)
    return Stack(value, title, f"board.{kind}:{by.key}:{key}", key, (limits or {}).get(key))


def written(value: Any) -> str:
    """A value as text that stays the same."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _columns(plan: Plan, by: Grouping, used: Collection[Any]) -> list[Any]:
    """The values that get a column: those that can be chosen, those in use, and quarters without a gap."""
    values = {*used, *all_values(plan, by)}
    if by.field is not None and by.field.kind == "flag":
        values |= {True, None}
    if by.key == "horizon" or not values:
        values.add(None)
    if by.key.endswith((".quarter", ".month")):
        values.add(None)
        values.update(_between(values, 3 if by.key.endswith(".quarter") else 1))
    return in_order(plan, by, values)


def _between(values: Iterable[Any], step: int) -> list[date]:
    """The periods from the first to the one after the last, unless these are too many to read."""
    months = sorted(value.year * 12 + value.month - 1 for value in values if isinstance(value, date))
    if (
        not months
        or (months[-1] - months[0]) // step >= _MOST_QUARTERS
        or months[-1] // 12 >= date.max.year - 1
    ):
        return []
    return [date(at // 12, at % 12 + 1, 1) for at in range(months[0], months[-1] + step + 1, step)]
