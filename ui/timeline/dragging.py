"""The gestures that move what is there: bars in time, their ends, and rows to other places. Without Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from ...io.strings import count, say
from ...model.edits import together
from ...model.edits.items import move_items, place_items, resize_item, set_field, shifted
from ...model.fields import link_text
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule
from .. import dates
from .axis import nearest
from .board import Board
from .dropping import Drop, destination
from .frame import ROW, Hints
from .gestures import Gesture, Keys, Stage
from .words import title_of, what_of

PULL = 6.0
"""Pixels from which the end of another bar, a milestone or today draws the hand."""


class Snap(msgspec.Struct, frozen=True):
    """The day a hand means, and the end of something else that drew it."""

    day: int
    guide: int | None = None


class MoveBars(Gesture):
    """Bars go to other days, and to another lane or place when the hand leaves the row; what waits follows.

    The hand is held to its row until it is more than one row off; Shift holds it there all the way.
    Without a modifier bars push what they touch; with Ctrl only these move, with Ctrl+Shift all that follows
    keeps its gap.
    """

    def __init__(self, stage: Stage, x: float, y: float, grabbed: ItemId, items: Iterable[ItemId]) -> None:
        super().__init__(stage, x, y)
        self.grabbed, self.items = grabbed, tuple(items)
        plan, schedule = stage.document.kept, stage.document.kept_schedule
        self.shown = where_they_stand(plan, schedule, self.items)
        self.from_day = schedule.start[grabbed]
        self.length = schedule.finish[grabbed] - self.from_day
        self.worked = plan.calendar_of(plan.items[grabbed]).between(self.from_day, schedule.finish[grabbed])
        self.followers = stage.board.followers(tuple(self.shown))
        self.magnets = magnets(stage, self.followers.union(self.shown))
        self.due = [id for id in (*self.shown, *self.followers) if plan.items[id].deadline is not None]
        self.days = 0
        self.drop: Drop | None = None
        self.parts: tuple[Any, ...] = ()

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        snap = self._snapped(self.from_day + (x - self.x) / stage.axis.zoom, keys)
        plan = stage.document.kept
        self.days = plan.calendar_of(plan.items[self.grabbed]).between(self.from_day, snap.day)
        away = abs(y - self.y) > ROW and not keys.shift
        self.drop = destination(stage, y, self.items) if away else None
        rule = "push" if not keys.control else "gap" if keys.shift else "alone"
        self._show(snap, rule)

    def _snapped(self, wanted: float, keys: Keys) -> Snap:
        if keys.alt:
            return Snap(round(wanted))
        plan = self.stage.document.kept
        item = plan.items[self.grabbed]
        drawn = drawn_by(self.stage, self.magnets, wanted)
        if drawn is None and (end := drawn_by(self.stage, self.magnets, wanted + self.length)) is not None:
            start = plan.calendar_of(item).add(end, -self.worked) if self.worked else end
            return Snap(start, end)
        return Snap(drawn, drawn) if drawn is not None else stepped(self.stage, wanted)

    def _show(self, snap: Snap, rule: str) -> None:
        stage, document = self.stage, self.stage.document
        self.parts = ()
        if self.days:
            self.parts = ((move_items, self._moving(rule), self.days),)
            document.preview(together(*self.parts))
            if rule == "alone":
                self.parts += self._staying()
                document.preview(together(*self.parts))
        else:
            document.cancel()
        drop = self.drop
        now = (document.schedule.start[self.grabbed], document.schedule.finish[self.grabbed])
        stage.hint(
            Hints(
                ghosts=frozenset(self.shown) if self.days else frozenset(),
                notes={self.grabbed: self._note(rule)},
                guide=snap.guide if snap.guide in now else None,
                drop_row=drop.line if drop else None,
                drop_into=drop.into if drop else None,
            )
        )
        stage.say("timeline.in-flight", words=self._story())

    def _moving(self, rule: str) -> dict[ItemId, date]:
        """What the edit moves by hand; the rest follows by the schedule."""
        if rule != "gap":
            return self.shown
        document = self.stage.document
        leaves = [id for id in self.followers if not document.kept.outline.is_parent(id)]
        return {**where_they_stand(document.kept, document.kept_schedule, leaves), **self.shown}

    def _staying(self) -> tuple[Any, ...]:
        """Pins for what would move when only these should: they stand where they are, for all to see."""
        stage, document = self.stage, self.stage.document
        kept = document.kept_schedule
        next_ones = {
            link.target
            for id in self.shown
            for above in (id, *document.kept.outline.ancestors(id, document.kept.items))
            for link in stage.board.leaving.get(above, ())
        }
        stay = where_they_stand(document.kept, kept, next_ones.difference(self.shown))
        stay = {id: day for id, day in stay.items() if stage.board.moves(id, kept)}
        held = [id for id, day in self.shown.items() if self._held(id, day)]
        if not stay and not held:
            return ()
        return ((place_items, stay), (set_field, [*stay, *held], "pinned", True))

    def _held(self, id: ItemId, shown: date) -> bool:
        plan = self.stage.document.plan
        wanted = shifted(plan, plan.items[id], shown, self.days)
        return bool(held_by(self.stage.board, id, wanted))

    def _note(self, rule: str) -> str:
        """`22 Oct – 18 Jan · +8 d · push`."""
        found = self.stage.board.days_of(self.grabbed)
        if found is None:
            return ""
        if not self.days:
            return dates.span(*found)
        return f"{dates.span(*found)} · {dates.shift(self.days)} · {say(f'timeline.rule.{rule}')}"

    def _story(self) -> str:
        """What the drop would do, in words."""
        stage, document = self.stage, self.stage.document
        parts = []
        if self.days:
            kept = document.kept_schedule
            moved = moved_along(stage, self.followers)
            parts.append(self._moving_words() + (count("timeline.also", moved) if moved else ""))
            held = self._holds()
            if held:
                parts.append(held)
            late = [
                title_of(document.plan, id)
                for id in self.due
                if stage.board.late(id) and document.schedule.finish[id] > kept.finish.get(id, 0)
            ]
            if late:
                parts.append(say("timeline.slips", titles=late[:3]))
        if self.drop is not None and self.drop.words:
            parts.append(self.drop.words)
        return ". ".join(parts or [say("timeline.drag")])

    def _moving_words(self) -> str:
        return say("timeline.moving", **_way(self.stage.document.plan, self.items, self.days))

    def _holds(self) -> str:
        document = self.stage.document
        first = self.shown.get(self.grabbed)
        if first is None:
            return ""
        wanted = shifted(document.plan, document.plan.items[self.grabbed], first, self.days)
        return held_by(self.stage.board, self.grabbed, wanted)

    def commit(self) -> None:
        stage, before = self.stage, self.stage.document.kept_schedule
        parts = self.parts + (self.drop.parts if self.drop is not None else ())
        if parts and stage.attempt(together(*parts)):
            held = self._holds() if self.days else ""
            if held:
                stage.done(held, "warning")
            elif self.days:
                stage.done(moved_words(stage, before, self.items, self.shown, self.days))
            elif self.drop is not None:
                stage.done(self.drop.words)
        else:
            stage.document.cancel()
            stage.say("timeline.nothing")
        super().commit()

    def cancel(self) -> None:
        super().cancel()
        self.stage.say("timeline.cancelled")


class ResizeBar(Gesture):
    """An end of a bar goes to another day; it can't cross the other end."""

    def __init__(self, stage: Stage, x: float, y: float, item: ItemId, *, at_start: bool) -> None:
        super().__init__(stage, x, y)
        self.item, self.at_start = item, at_start
        plan, schedule = stage.document.kept, stage.document.kept_schedule
        self.record = plan.items[item]
        self.calendar = plan.calendar_of(self.record)
        self.first, self.end = schedule.start[item], schedule.finish[item]
        self.followers = stage.board.followers((item,))
        self.magnets = magnets(stage, self.followers.union((item,)))
        self.result: tuple[date | None, int] = (self.record.start, self.record.duration)

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage, document, calendar = self.stage, self.stage.document, self.calendar
        wanted = (self.first if self.at_start else self.end) + (x - self.x) / stage.axis.zoom
        drawn = None if keys.alt else drawn_by(stage, self.magnets, wanted)
        snap = Snap(round(wanted)) if keys.alt else Snap(drawn, drawn) if drawn else stepped(stage, wanted)
        if self.at_start:
            first = min(calendar.next_working(snap.day), calendar.last_working(self.end))
            self.result = (date.fromordinal(first), max(calendar.between(first, self.end), 1))
        else:
            self.result = (self.record.start, max(calendar.between(self.first, snap.day), 1))
        if self.result == (self.record.start, self.record.duration):
            document.cancel()
        else:
            document.preview(resize_item, self.item, *self.result)
        days = stage.board.days_of(self.item)
        span = dates.span(*days) if days else ""
        length = dates.working_days(self.result[1])
        more = self.result[1] - self.record.duration
        note = f"{span} · {length}" + (f" · {dates.shift(more)}" if more else "")
        stage.hint(Hints(ghosts=frozenset((self.item,)), notes={self.item: note}, guide=snap.guide))
        plan = document.plan
        moved = moved_along(stage, self.followers)
        words = say("timeline.resizing", title=title_of(plan, self.item), days=length)
        stage.say("timeline.in-flight", words=words + (count("timeline.also", moved) if moved else ""))

    def commit(self) -> None:
        stage, before = self.stage, self.stage.document.kept_schedule
        if self.result == (self.record.start, self.record.duration):
            stage.document.cancel()
        elif stage.attempt(resize_item, self.item, *self.result):
            title = title_of(stage.document.plan, self.item)
            length = dates.working_days(self.result[1])
            held = ""
            if self.at_start and self.result[0] is not None:
                held = held_by(stage.board, self.item, self.result[0])
            if held:
                stage.done(held, "warning")
            else:
                words = say("timeline.resized", title=title, days=length)
                stage.done(with_consequences(stage, before, words, (self.item,)))
        super().commit()

    def cancel(self) -> None:
        super().cancel()
        self.stage.say("timeline.cancelled")


class DragRow(Gesture):
    """Rows go to another lane, parent or place; their dates stay."""

    def __init__(self, stage: Stage, x: float, y: float, items: Iterable[ItemId]) -> None:
        super().__init__(stage, x, y)
        self.items = tuple(items)
        self.drop: Drop | None = None

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        self.drop = drop = destination(stage, y, self.items)
        stage.hint(Hints(drop_row=drop.line, drop_into=drop.into))
        stage.say("timeline.in-flight", words=drop.words or say("timeline.drag"))

    def commit(self) -> None:
        stage, drop = self.stage, self.drop
        if drop is not None and drop.parts and stage.attempt(together(*drop.parts)):
            stage.done(drop.words)
        super().commit()

    def cancel(self) -> None:
        super().cancel()
        self.stage.say("timeline.cancelled")


def where_they_stand(plan: Plan, schedule: Schedule, ids: Iterable[ItemId]) -> dict[ItemId, date]:
    """The first days of items; a parent stands for what is under it, since its dates follow from that."""
    shown: dict[ItemId, date] = {}
    for id in ids:
        leaves = [other for other in plan.outline.descendants(id) if not plan.outline.is_parent(other)]
        if not leaves or plan.items[id].pinned:
            leaves.append(id)
        for leaf in leaves:
            span = schedule.dates(leaf)
            if span is not None:
                shown[leaf] = span.first
    return shown


def moved_words(
    stage: Stage, before: Schedule, items: Sequence[ItemId], moved: Iterable[ItemId], days: int
) -> str:
    """What a step that moved items by hand has done: `Moved Checkout 5 working days later.`

    `moved` are those of them that are no parents; `before` is the schedule before the step.
    """
    words = say("timeline.moved", **_way(stage.document.plan, items, days))
    return with_consequences(stage, before, words, moved)


def with_consequences(stage: Stage, before: Schedule, words: str, moved: Iterable[ItemId]) -> str:
    """The words for a step, with how many others it has moved and what is late by it."""
    plan, now = stage.document.plan, stage.document.schedule
    parents, by_hand = plan.outline.children, set(moved)
    others = [
        id
        for id in plan.items
        if id in now and id not in by_hand and id not in parents and now.start[id] != before.start.get(id)
    ]
    words = (
        count("timeline.along", len(others), words=words) if others else say("timeline.alone", words=words)
    )
    late = [
        title_of(plan, id)
        for id, item in plan.items.items()
        if item.deadline is not None
        and id in now
        and now.finish[id] > max(before.finish.get(id, 0), item.deadline.toordinal() + 1)
    ]
    return say("timeline.slipped", words=words, titles=late[:3]) if late else words


def _way(plan: Plan, items: Sequence[ItemId], days: int) -> dict[str, str]:
    """The values of the words for a move."""
    return {
        "title": what_of(plan, items),
        "days": dates.working_days(abs(days)),
        "way": say("timeline.later" if days > 0 else "timeline.earlier"),
    }


def moved_along(stage: Stage, followers: Iterable[ItemId]) -> int:
    """How many of the followers, parents not counted, are elsewhere than without the gesture."""
    document = stage.document
    start, was = document.schedule.start, document.kept_schedule.start
    parents = document.plan.outline.children
    return sum(1 for id in followers if start.get(id) != was.get(id) and id not in parents)


def magnets(stage: Stage, moving: frozenset[ItemId]) -> list[int]:
    """The ends of the bars that stay, and today, as sorted days."""
    schedule = stage.document.kept_schedule
    days = {stage.today}
    for row in stage.rows:
        if row.item is not None and row.item in schedule and row.item not in moving:
            days.add(schedule.start[row.item])
            days.add(schedule.finish[row.item])
    return sorted(days)


def drawn_by(stage: Stage, days: list[int], wanted: float) -> int | None:
    """The day, of these, that is close enough to a place in time to draw the hand."""
    place = bisect_left(days, wanted)
    near = min(days[max(place - 1, 0) : place + 1], key=lambda day: abs(day - wanted), default=None)
    return near if near is not None and abs(near - wanted) <= PULL / stage.axis.zoom else None


def stepped(stage: Stage, wanted: float) -> Snap:
    """The nearest day, week, month or quarter, as the zoom has it."""
    return Snap(nearest(stage.axis.snap_unit(), wanted, stage.axis.fiscal))


def held_by(board: Board, id: ItemId, wanted: date) -> str:
    """In words, which link keeps an item from the day it was put on; empty where none does."""
    days, driver = board.days_of(id), board.schedule.driver(id)
    if days is None or driver is None or driver.link is None or days[0] <= wanted:
        return ""
    link = board.plan.links[driver.link]
    return say(
        "timeline.holds",
        title=title_of(board.plan, id),
        day=dates.short_day(days[0]),
        source=title_of(board.plan, link.source),
        link=link_text(board.plan, link.source, link.type, link.lag),
    )
