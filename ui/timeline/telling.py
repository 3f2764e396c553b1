"""What moving things by hand does and has done, in words. Without Qt."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Literal

from ...io.strings import count, say
from ...model.plan import Plan
from ...model.records import ItemId
from ...model.schedule import Schedule
from .. import dates
from .gestures import Stage
from .words import title_of, what_of


def way(plan: Plan, items: Sequence[ItemId], days: int) -> dict[str, str]:
    """The values of the words for a move."""
    return {
        "title": what_of(plan, items),
        "days": dates.working_days(abs(days)),
        "way": say("timeline.later" if days > 0 else "timeline.earlier"),
    }


def moved_words(
    stage: Stage, before: Schedule, items: Sequence[ItemId], moved: Iterable[ItemId], days: int
) -> str:
    """What a step that moved items by hand has done: `Moved Checkout 5 working days later.`

    `moved` are those of them that are no parents; `before` is the schedule before the step.
    """
    words = say("timeline.moved", **way(stage.document.plan, items, days))
    return with_consequences(stage, before, words, moved)


def with_consequences(stage: Stage, before: Schedule, words: str, moved: Iterable[ItemId]) -> str:
    """The words for a step, with how many others it has moved and what is late by it."""
    plan, now = stage.document.plan, stage.document.schedule
    parents, by_hand = plan.outline.children, set(moved)
    others = [id for id in now.moved_since(before) if id not in by_hand and id not in parents]
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


def linked_words(
    plan: Plan, now: Schedule, before: Schedule, words: str
) -> tuple[str, Literal["info", "warning"]]:
    """The words for new links, with the conflicts they make, and how loud these are to be said."""
    found = [(id, one) for id in plan.items for one in now.conflicts(id) if one not in before.conflicts(id)]
    if not found:
        return words, "info"
    id, first = found[0]
    other = title_of(plan, first.other) if first.other is not None else ""
    what = say(f"timeline.conflict.{first.code}", title=title_of(plan, id), other=other)
    return count("timeline.conflicts", len(found), words=words.rstrip("."), what=what), "warning"


def counted(stage: Stage, followers: Iterable[ItemId]) -> array[int]:
    """Those of the followers that are counted, without parents, for `moved_along`."""
    document = stage.document
    parents = document.kept.outline.children
    return document.kept_schedule.numbers(id for id in followers if id not in parents)


def moved_along(stage: Stage, followers: array[int]) -> int:
    """How many of the followers are elsewhere than without the gesture."""
    return stage.document.schedule.moved_among(stage.document.kept_schedule, followers)


def slipping(stage: Stage, due: Iterable[ItemId]) -> list[str]:
    """The titles of items with a deadline that the gesture takes past it."""
    document = stage.document
    plan, finish, was = document.plan, document.schedule.finish, document.kept_schedule.finish
    return [title_of(plan, id) for id in due if stage.board.late(id) and finish[id] > was.get(id, 0)]
