"""The gestures that bring items onto the timeline: drawn anew, or dragged in from the backlog. Without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...io.strings import say
from ...model.edits import together
from ...model.edits.items import add_item, place_items
from ...model.edits.lanes import put_below, put_in_lane
from ...model.plan import Plan
from ...model.records import DEFAULT_DURATION, ItemId, new_id
from ...model.rows.by_hand import by_hand
from ...model.rows.lanes import Path
from .. import dates, making
from .axis import nearest
from .dropping import Aim, Drop, lane_items, lane_path
from .frame import ROW, Hints
from .gestures import Gesture, Keys, Stage
from .words import title_of, what_of


class DrawItem(Gesture):
    """A new bar where the hand draws one, in the lane of the row."""

    def __init__(self, stage: Stage, x: float, y: float, place: int) -> None:
        super().__init__(stage, x, y)
        self.place = place
        self.made: ItemId | None = None
        self.first = self.end = nearest("day", stage.axis.day(x))

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        unit = "day" if keys.alt else stage.axis.snap_unit()
        low, high = sorted((stage.axis.day(self.x), stage.axis.day(x)))
        self.first = nearest(unit, low, stage.axis.fiscal)
        self.end = max(nearest(unit, high, stage.axis.fiscal), self.first + 1)
        days = (date.fromordinal(self.first), date.fromordinal(self.end - 1))
        span = dates.span(*days)
        calendar = stage.document.kept.team_calendars[None]
        length = dates.working_days(max(calendar.between(self.first, self.end), 1))
        stage.hint(Hints(drawn=(self.place, self.first, self.end), drawn_note=f"{span} · {length}"))
        stage.say("timeline.drawing", span=dates.span(*days, years=True))

    def commit(self) -> None:
        stage = self.stage
        calendar = stage.document.kept.team_calendars[None]
        duration = max(calendar.between(self.first, self.end), 1)
        self.made = make_item(stage, self.place, calendar.next_working(self.first), duration)
        super().commit()


def make_item(
    stage: Stage, place: int, day: int, duration: int = DEFAULT_DURATION, kind: str = "bar"
) -> ItemId | None:
    """Add an item that starts on a day, below a row and in its lane; None where that is refused."""
    rows, plan, place = stage.rows, stage.document.kept, max(place, 0)
    id = ItemId(new_id())
    duration = duration if kind == "bar" else 0
    fields: dict[str, Any] = {"start": date.fromordinal(day), "duration": duration, "kind": kind}
    above = rows[place].item if place < len(rows) else None
    path = tuple(one for one in lane_path(stage, place) if one[0].partition(".")[0] not in _BY_DATE)
    if above is None and stage.board.group_field and place >= len(rows) and rows:
        above = rows[-1].item
    if above is not None:
        if (
            not stage.board.group_field
            and plan.outline.is_parent(above)
            and not rows[min(place, len(rows) - 1)].folded
        ):
            fields |= making.inside(plan, above)
        else:
            fields |= making.below(plan, above)
    if stage.board.group_field:
        fields.pop("team", None)  # a lane may hold items of any team
    lane = lane_items(stage, place) if stage.board.group_field and above is not None else []
    if not stage.attempt(_added, id, fields, path, above, lane):
        return None
    stage.session.select([id])
    return id


_BY_DATE = ("start", "finish")
"""Lanes by these follow from the days, which the hand has chosen."""


def _added(
    plan: Plan, id: ItemId, fields: dict[str, Any], path: Path, above: ItemId | None, lane: list[ItemId]
) -> Plan:
    """The new item in its lane, right below the one above."""
    plan = put_in_lane(add_item(plan, id, **fields), [id], path)
    if above not in lane:
        return plan
    order = by_hand(plan, sorted((*lane, id), key=plan.outline.place.__getitem__))
    return plan if order.index(id) == order.index(above) + 1 else put_below(plan, [id], above, lane)


_added.__name__ = add_item.__name__


class PlaceItems(Gesture):
    """Items dragged in from the backlog: they start on the day, in the lane and place under the pointer."""

    def __init__(self, stage: Stage, items: Sequence[ItemId]) -> None:
        super().__init__(stage, 0, 0)
        self.items = tuple(id for id in items if id in stage.document.kept.items)
        self.aim = Aim(stage, self.items)
        self.day: int | None = None
        self.drop: Drop | None = None

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage, plan = self.stage, self.stage.document.kept
        if not self.items:
            return
        unit = "day" if keys.alt else stage.axis.snap_unit()
        item = plan.items[self.items[0]]
        calendar = plan.calendar_of(item)
        wanted = nearest(unit, stage.axis.day(x), stage.axis.fiscal)
        self.day = calendar.next_working(wanted)
        milestone = item.kind == "milestone"
        end = self.day + 1 if milestone else calendar.add(self.day, max(item.duration, 1))
        self.drop = drop = self.aim.at(y)
        days = (date.fromordinal(self.day), date.fromordinal(end - 1))
        stage.hint(
            Hints(
                drawn=(min(max(int(y // ROW), 0), len(stage.rows)), self.day, end),
                drawn_note=dates.span(*days),
                drop_row=drop.line,
                drop_depth=drop.depth,
                drop_into=drop.into,
            )
        )
        span = dates.span(*days, years=True)
        stage.say("timeline.placing", title=title_of(plan, item.id), span=span)

    def commit(self) -> None:
        stage = self.stage
        if self.day is not None and self.items and self.drop is not None:
            start = date.fromordinal(self.day)
            parts = (*self.drop.parts, (place_items, dict.fromkeys(self.items, start)))
            if stage.attempt(together(*parts)):
                stage.session.select(self.items)
                what = what_of(stage.document.plan, self.items)
                stage.done(say("timeline.placed", what=what, day=dates.day(start)))
        super().commit()

    def cancel(self) -> None:
        """The hand is elsewhere now; it may come back."""
        self.stage.document.cancel()
        self.stage.hint(Hints())
