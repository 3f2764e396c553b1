"""Walking over the board by keys: up and down in a column, left and right to the card beside. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ...model.records import ItemId
from .layout import Layout, Slot

Way = Literal["left", "right", "up", "down", "first", "last", "page up", "page down"]


def neighbour(layout: Layout, current: ItemId | None, way: Way, page: int) -> ItemId | None:
    """The card to go to; `page` is how far one sees. Without a current one, the first of all."""
    here = layout.area(current) if current is not None else None
    if current is None or here is None:
        return next((ids[0] for at in range(len(layout.strips)) if (ids := column_ids(layout, at))), None)
    column = layout.contents.cell_of[current][1]
    if way in ("left", "right"):
        return _beside(layout, column, here.middle, -1 if way == "left" else 1)
    ids = column_ids(layout, column)
    place = ids.index(current)
    if way in ("first", "last"):
        return ids[0 if way == "first" else -1]
    if way in ("up", "down"):
        return ids[min(max(place + (1 if way == "down" else -1), 0), len(ids) - 1)]
    wanted = here.middle + (page if way == "page down" else -page)
    step = 1 if way == "page down" else -1
    while 0 <= place + step < len(ids):
        area = layout.area(ids[place + step])
        if area is None or (area.middle - wanted) * step > 0:
            break
        place += step
    moved = ids[place]
    return moved if moved != current else ids[min(max(place + step, 0), len(ids) - 1)]


def column_ids(layout: Layout, column: int) -> Sequence[ItemId]:
    """The cards of a column that can be seen, from its top to its end."""
    return [
        id
        for lane in range(len(layout.bands))
        if (pile := layout.piles.get((lane, column)))
        for id in pile.ids
    ]


def slot_beside(layout: Layout, items: Sequence[ItemId], way: Way) -> Slot | None:
    """Where Alt with an arrow puts cards: into the next column, or past the next card."""
    contents = layout.contents
    lane, column = contents.cell_of[items[-1]]
    if way in ("left", "right"):
        target = column + (1 if way == "right" else -1)
        if not 0 <= target < len(contents.columns):
            return None
        place = min(contents.cells[lane, column].index(items[-1]), len(contents.cells[lane, target]))
        return Slot((lane, target), place)
    members = contents.cells[lane, column]
    places = sorted(members.index(id) for id in items if id in members)
    place = places[0] - 1 if way == "up" else places[-1] + 2
    return Slot((lane, column), place) if 0 <= place <= len(members) else None


def _beside(layout: Layout, column: int, height: float, step: int) -> ItemId | None:
    """The card of the next column with any whose middle is nearest to a height."""
    at = column + step
    while 0 <= at < len(layout.strips):
        ids = column_ids(layout, at)
        if ids:
            areas = [(area, id) for id in ids if (area := layout.area(id)) is not None]
            return min(areas, key=lambda pair: abs(pair[0].middle - height))[1]
        at += step
    return None
