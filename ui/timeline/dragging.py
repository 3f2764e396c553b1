"""The gestures that move what is there: bars in time, and rows to other places. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from ...io.strings import count, say
from ...model.edits import together
from ...model.edits.items import move_items, shifted
from ...model.edits.timing import move_alone, move_with_followers
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule
from .. import dates
from .dropping import Aim, Drop
from .frame import ROW, Hints
from .gestures import Gesture, Keys, Stage
from .holding import held_by, pin_way_out
from .snapping import Magnets, Snap, free, stepped
from .telling import counted, moved_along, moved_words, slipping, way

Rule = Literal["push", "gap", "alone"]
_MOVES = {"push": move_items, "gap": move_with_followers, "alone": move_alone}


def rule_of(keys: Keys) -> Rule:
    """What becomes of those that wait: they are pushed, keep their gap, or stay."""
    return "push" if not keys.control else "gap" if keys.shift else "alone"


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
        self.record = plan.items[grabbed]
        self.calendar = plan.calendar_of(self.record)
        self.milestone = self.record.kind == "milestone" and not plan.outline.is_parent(grabbed)
        self.from_day, self.finish = schedule.start[grabbed], schedule.finish[grabbed]
        self.worked = self.calendar.between(self.from_day, self.finish)
        self.followers = stage.board.followers(tuple(self.shown))
        self.counted = counted(stage, self.followers)
        self.magnets = Magnets(stage, self.followers.union(self.shown))
        self.due = [id for id in (*self.shown, *self.followers) if plan.items[id].deadline is not None]
        self.aim = Aim(stage, self.items)
        self.days = 0
        self.lift = 0.0
        self.drop: Drop | None = None
        self.parts: tuple[Any, ...] = ()
        self.off: date | None = None
        """The day off that the hand means, if it does: the bar goes to the next working day."""
        self.held = ("", "")

    @property
    def ways(self) -> tuple[bool, bool]:  # type: ignore[override]
        return True, self.drop is not None

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        snap = self._snapped(self.from_day + (x - self.x) / stage.axis.zoom, keys)
        self.days = self._days_to(snap.day)
        away = abs(y - self.y) > ROW and not keys.shift
        self.drop = self.aim.at(y) if away else None
        self.lift = y - self.y
        self._show(snap, rule_of(keys))

    def _snapped(self, wanted: float, keys: Keys) -> Snap:
        if keys.alt:
            return free(wanted)
        snap = self.magnets.near(wanted)
        if snap is None and (end := self.magnets.near(wanted + self.finish - self.from_day)) is not None:
            snap = Snap(self.calendar.add(end.day, -self.worked) if self.worked else end.day, end.day)
        return snap or stepped(self.stage, wanted)

    def _days_to(self, day: int) -> int:
        """By how many working days a move to that day, or the next that is worked, is."""
        calendar = self.calendar
        if self.milestone:  # its point is the end of its day
            first = calendar.next_working(self.shown[self.grabbed].toordinal())
            target = calendar.next_working(day - 1)
            self.off = date.fromordinal(day - 1) if target != day - 1 and target != first else None
            return calendar.between(first, target)
        self.off = date.fromordinal(day) if calendar.next_working(day) != day else None
        return calendar.between(self.from_day, day)

    def _show(self, snap: Snap, rule: Rule) -> None:
        stage, document = self.stage, self.stage.document
        self.parts = ((_MOVES[rule], self.shown, self.days),) if self.days else ()
        if self.parts:
            document.preview(together(*self.parts))
        else:
            document.cancel()
        self.held = self._held() if self.days else ("", "")
        drop = self.drop or Drop()
        now = (document.schedule.start[self.grabbed], document.schedule.finish[self.grabbed])
        stage.hint(
            Hints(
                ghosts=frozenset(self.shown) if self.days else frozenset(),
                notes={self.grabbed: self._note(rule)},
                guide=snap.guide if snap.guide in now else None,
                drop_row=drop.line,
                drop_depth=drop.depth,
                drop_into=drop.into,
                carried=self.items if self.drop is not None else (),
                lift=self.lift,
            )
        )
        stage.say("timeline.in-flight", words=self._story())

    def _note(self, rule: Rule) -> str:
        """`22 Oct – 18 Jan · +8 d · push`."""
        found = self.stage.board.days_of(self.grabbed)
        if found is None:
            return ""
        span = dates.near_span(*found, date.fromordinal(self.from_day))
        parts = [span, dates.shift(self.days), say(f"timeline.rule.{rule}")]
        if not self.days:
            parts.pop(1)
        if self.held[0]:
            parts.append(say("timeline.held-note", source=self.held[0]))
        return " · ".join(parts)

    def _story(self) -> str:
        """What the drop would do, in words."""
        stage = self.stage
        parts = []
        if self.days:
            moved = moved_along(stage, self.counted)
            words = say("timeline.moving", **way(stage.document.plan, self.items, self.days))
            parts.append(words + (count("timeline.also", moved) if moved else ""))
            if self.held[1]:
                parts.append(self.held[1])
            elif self.off is not None:
                parts.append(say("timeline.day-off", day=dates.short_day(self.off)))
            if late := slipping(stage, self.due):
                parts.append(say("timeline.slips", titles=late[:3]))
        if self.drop is not None and self.drop.words:
            parts.append(self.drop.words)
        return ". ".join(parts or [say("timeline.drag")])

    def _held(self) -> tuple[str, str]:
        """What keeps the bar in the hand from where it would go."""
        first = self.shown.get(self.grabbed)
        if first is None:
            return "", ""
        return held_by(self.stage, self.grabbed, shifted(self.kept, self.record, first, self.days))

    def _wanted(self) -> dict[ItemId, date]:
        """The days on which the hand has put them."""
        items = self.kept.items
        return {id: shifted(self.kept, items[id], day, self.days) for id, day in self.shown.items()}

    def commit(self) -> None:
        stage, before = self.stage, self.stage.document.kept_schedule
        parts = self.parts + (self.drop.parts if self.drop is not None else ())
        if parts and stage.attempt(together(*parts)):
            if self.held[1]:
                stage.done(self.held[1], "warning", pin_way_out(stage, self._wanted()))
            elif self.days:
                words = moved_words(stage, before, self.items, self.shown, self.days)
                off = say("timeline.day-off", day=dates.short_day(self.off)) if self.off is not None else ""
                stage.done(f"{words} {off}." if off else words)
            elif self.drop is not None:
                stage.done(say("timeline.alone", words=self.drop.words))
        else:
            stage.document.cancel()
            stage.say("timeline.nothing")
        super().commit()


class DragRow(Gesture):
    """Rows go to another lane, parent or place; their dates stay."""

    ways = (False, True)

    def __init__(
        self, stage: Stage, x: float, y: float, items: Iterable[ItemId], *, step: float = 0.0
    ) -> None:
        """`step` is how many pixels to the side indent the rows by one; 0: they are not indented."""
        super().__init__(stage, x, y)
        self.items, self.step = tuple(items), step
        self.aim = Aim(stage, self.items)
        self.drop = Drop()

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage = self.stage
        indent = (x - self.x) / self.step if self.step else 0.0
        self.drop = drop = self.aim.at(y, indent)
        stage.hint(
            Hints(
                drop_row=drop.line,
                drop_depth=drop.depth,
                drop_into=drop.into,
                carried=self.items,
                lift=y - self.y,
            )
        )
        stage.say("timeline.in-flight", words=drop.words or say("timeline.drag-row"))

    def commit(self) -> None:
        stage, drop = self.stage, self.drop
        if drop.parts and stage.attempt(together(*drop.parts)):
            stage.done(say("timeline.alone", words=drop.words))
        super().commit()


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
