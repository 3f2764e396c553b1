"""The gesture that moves an end of a bar, by the same rules as a move of the whole bar. Without Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from ...io.strings import count, say
from ...model.edits.items import resize_item
from ...model.edits.timing import resize_alone, resize_with_followers
from ...model.plan import Plan
from ...model.records import ItemId
from .. import dates
from .dragging import Rule, rule_of
from .frame import Hints
from .gestures import Gesture, Keys, Stage
from .holding import held_by, pin_way_out
from .snapping import Magnets, free
from .telling import counted, moved_along, slipping, with_consequences
from .words import title_of

Resize: TypeAlias = Callable[[Plan, ItemId, date | None, int], Plan]

_RESIZES: dict[Rule, Resize] = {"push": resize_item, "gap": resize_with_followers, "alone": resize_alone}


class ResizeBar(Gesture):
    """An end of a bar goes to another day; it can't cross the other end."""

    ways = (True, False)

    def __init__(self, stage: Stage, x: float, y: float, item: ItemId, *, at_start: bool) -> None:
        super().__init__(stage, x, y)
        self.item, self.at_start = item, at_start
        plan, schedule = stage.document.kept, stage.document.kept_schedule
        self.record = plan.items[item]
        self.calendar = plan.calendar_of(self.record)
        self.first, self.end = schedule.start[item], schedule.finish[item]
        self.followers = stage.board.followers((item,))
        self.counted = counted(stage, self.followers)
        self.magnets = Magnets(stage, self.followers.union((item,)))
        self.due = [id for id in (item, *self.followers) if plan.items[id].deadline is not None]
        self.as_it_was: tuple[date | None, int] = (self.record.start, self.record.duration)
        self.result = self.as_it_was
        self.rule: Rule = "push"
        self.held = ("", "")

    def move(self, x: float, y: float, keys: Keys) -> None:
        stage, document = self.stage, self.stage.document
        self.rule = rule_of(keys)
        wanted = (self.first if self.at_start else self.end) + (x - self.x) / stage.axis.zoom
        snap = free(wanted) if keys.alt else self.magnets.snap(wanted)
        self.result = self._meant(snap.day)
        start, duration = self.result
        if self.result == self.as_it_was:
            document.cancel()
        else:
            document.preview(_RESIZES[self.rule], self.item, start, duration)
        start = start if self.at_start else None
        self.held = held_by(stage, self.item, start) if start is not None else ("", "")
        now = (document.schedule.start[self.item], document.schedule.finish[self.item])
        guide = snap.guide if snap.guide in now else None
        stage.hint(Hints(ghosts=frozenset((self.item,)), notes={self.item: self._note()}, guide=guide))
        stage.say("timeline.in-flight", words=self._story())

    def _meant(self, day: int) -> tuple[date | None, int]:
        """Start and working days with the end on that day, at least one working day from the other."""
        calendar = self.calendar
        if not self.at_start:
            return self.record.start, max(calendar.between(self.first, day), 1)
        first = min(calendar.next_working(day), calendar.last_working(self.end))
        if first == self.first:
            return self.as_it_was
        return date.fromordinal(first), max(calendar.between(first, self.end), 1)

    def _note(self) -> str:
        """`22 Oct – 18 Jan · 62 working days · +8 d · push`."""
        days, near = self.stage.board.days_of(self.item), date.fromordinal(self.first)
        more = self.result[1] - self.record.duration
        parts = [dates.near_span(*days, near) if days else "", dates.working_days(self.result[1])]
        if more:
            parts.append(dates.shift(more))
        parts.append(say(f"timeline.rule.{self.rule}"))
        if self.held[0]:
            parts.append(say("timeline.held-note", source=self.held[0]))
        return " · ".join(parts)

    def _story(self) -> str:
        stage = self.stage
        title, length = title_of(stage.document.plan, self.item), dates.working_days(self.result[1])
        moved = moved_along(stage, self.counted)
        words = say("timeline.resizing", title=title, days=length)
        parts = [words + (count("timeline.also", moved) if moved else "")]
        if self.held[1]:
            parts.append(self.held[1])
        if late := slipping(stage, self.due):
            parts.append(say("timeline.slips", titles=late[:3]))
        return ". ".join(parts)

    def commit(self) -> None:
        stage, before = self.stage, self.stage.document.kept_schedule
        if self.result == self.as_it_was:
            stage.document.cancel()
        elif stage.attempt(_RESIZES[self.rule], self.item, *self.result):
            start = self.result[0]
            if self.held[1] and start is not None:
                stage.done(self.held[1], "warning", pin_way_out(stage, {self.item: start}))
            else:
                title, length = title_of(stage.document.plan, self.item), dates.working_days(self.result[1])
                words = say("timeline.resized", title=title, days=length)
                stage.done(with_consequences(stage, before, words, (self.item,)))
        super().commit()
