"""Which rows a view shows: filter, group, fold, search. A view never changes the plan's own order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import msgspec

from .fields import FIELDS, WORDS, choices, text_of
from .plan import Plan
from .records import ItemId, View
from .schedule import Schedule


class Row(msgspec.Struct, frozen=True):
    """One row of timeline or table: an item, or the head of a lane."""

    ref: str
    """The item's id; for a lane `lane:<value>`, which is what is folded."""
    item: ItemId | None
    title: str = ""
    """A lane's name; `lane.none` where its items have no value."""
    depth: int = 0
    count: int = 0
    """How many items are under it."""
    folded: bool = False
    value: Any = None
    """The value that the lane's items have in common."""


def rows(
    plan: Plan,
    times: Schedule,
    view: View | None,
    *,
    search: str = "",
    collapsed: Collection[str] = frozenset(),
    backlog: bool = False,
) -> list[Row]:
    """The rows of a view, in order; `backlog` says whether items without dates are among them."""
    wanted = _wanted(plan, times, view, search, backlog)
    if view is not None and view.group in FIELDS:
        return _lanes(plan, times, view.group, wanted, collapsed)
    return _hierarchy(plan, wanted, collapsed)


def backlog(plan: Plan, times: Schedule) -> list[ItemId]:
    """Items that wait for a place on the timeline, in the plan's order; parents are none of them."""
    return [id for id in plan.outline.order if id not in times and not plan.outline.is_parent(id)]


def matches(plan: Plan, times: Schedule, id: ItemId, query: str) -> bool:
    """Whether an item has every word of the query in its key, title, tags, owner, team, status or notes.

    `field:word` looks in one field only (`owner:kim`, `status:done`), `-word` wants it absent, and
    "several words" are taken together.
    """
    return all(_has(plan, times, id, *term) for term in _terms(query))


def lane_value(plan: Plan, times: Schedule, id: ItemId, field: str) -> Any:
    """The value by which an item is grouped or coloured."""
    return FIELDS[field].read(plan, times, plan.items[id]) if field in FIELDS else None


# Which items


def _wanted(plan: Plan, times: Schedule, view: View | None, search: str, backlog: bool) -> list[ItemId]:
    terms = [*_terms(view.filter if view else ""), *_terms(search)]
    return [
        id
        for id in plan.outline.order
        if (backlog or id in times) and all(_has(plan, times, id, *term) for term in terms)
    ]


_TERM = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))')
_SEARCHED = ("key", "title", "tags", "owner", "team", "status", "notes")


def _terms(query: str) -> list[tuple[bool, str, str]]:
    """(wanted, field or "", folded words) for each term."""
    terms = []
    for minus, field, quoted, word in _TERM.findall(query):
        text = (quoted or word).casefold()
        if field and field not in FIELDS:
            field, text = "", f"{field}:{text}".casefold()
        if text:
            terms.append((not minus, field, text))
    return terms


def _has(plan: Plan, times: Schedule, id: ItemId, wanted: bool, field: str, text: str) -> bool:
    item = plan.items[id]
    for key in (field,) if field else _SEARCHED:
        if text in text_of(FIELDS[key], plan, FIELDS[key].read(plan, times, item)).casefold():
            return wanted
    return not wanted


# Rows of the hierarchy


def _hierarchy(plan: Plan, wanted: Iterable[ItemId], collapsed: Collection[str]) -> list[Row]:
    shown = set(wanted)
    with_parents = set(shown)
    for id in shown:  # whoever is found is shown where it belongs
        with_parents.update(plan.outline.ancestors(id, plan.items))
    result: list[Row] = []
    hidden_below: int | None = None
    for id in plan.outline.order:
        if id not in with_parents:
            continue
        depth = plan.outline.depth[id]
        if hidden_below is not None:
            if depth > hidden_below:
                continue
            hidden_below = None
        children = plan.outline.children.get(id, ())
        folded = bool(children) and id in collapsed
        if folded:
            hidden_below = depth
        result.append(Row(ref=id, item=id, depth=depth, count=len(children), folded=folded))
    return result


# Rows in lanes


def _lanes(
    plan: Plan, times: Schedule, field: str, wanted: Iterable[ItemId], collapsed: Collection[str]
) -> list[Row]:
    members: dict[Any, list[ItemId]] = {}
    for id in wanted:
        if not plan.outline.is_parent(id):
            value = FIELDS[field].read(plan, times, plan.items[id])
            members.setdefault(value or None, []).append(id)
    result: list[Row] = []
    for value in _lane_order(plan, field, members):
        ref = f"lane:{field}:{_written(value)}"
        folded = ref in collapsed
        ids = members[value]
        result.append(Row(ref, None, _lane_title(plan, field, value), 0, len(ids), folded, value))
        if not folded:
            result.extend(Row(ref=id, item=id, depth=1) for id in ids)
    return result


def _lane_order(plan: Plan, field: str, members: dict[Any, list[ItemId]]) -> list[Any]:
    """Lanes in the order of their table or their words, else of their values; those without one last."""
    known: list[Any] = []
    if FIELDS[field].table or field in WORDS:
        known = [value for value, _ in choices(FIELDS[field], plan) if value in members]
    rest = [value for value in members if value is not None and value not in known]
    rest.sort(key=lambda value: (str(type(value)), value))
    return [*known, *rest, *([None] if None in members else [])]


def _lane_title(plan: Plan, field: str, value: Any) -> str:
    if value is None:
        return "lane.none"
    return text_of(FIELDS[field], plan, value) if field not in WORDS else f"{field}.{value}"


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def color_place(plan: Plan, field: str, value: Any) -> int | None:
    """The place of a value among those of its field: which lane colour it gets; None for no value."""
    if value is None or value == "":
        return None
    known = [at for at, _ in choices(FIELDS[field], plan)] if FIELDS[field].table or field in WORDS else []
    if value in known:
        return known.index(value)
    return sum(str(value).encode())
