"""What keeps a bar from where a hand or a key would have it: a link, or what is under it. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ...io.strings import say
from ...model.edits import together
from ...model.edits.timing import pin_items
from ...model.explain import earliest
from ...model.fields import link_text
from ...model.records import ItemId
from .. import dates
from .gestures import Stage
from .words import title_of, what_of

WayOut = tuple[str, Callable[[], object]]
"""As in `messages`: the code of a button's words, and what it does."""


def held_by(stage: Stage, id: ItemId, wanted: date) -> tuple[str, str]:
    """What keeps an item from the day it was put on: its title, and all of it in words; or nothing."""
    plan, schedule = stage.document.plan, stage.document.schedule
    days = stage.board.days_of(id)
    if days is None or days[0] <= wanted:
        return "", ""
    hold = earliest(plan, schedule, id)
    if hold is None or hold.day <= wanted:
        return "", ""
    link, source = plan.links[hold.link], title_of(plan, hold.source)
    words = say(
        "timeline.holds",
        title=title_of(plan, id),
        day=dates.short_day(hold.day),
        source=source,
        link=link_text(plan, hold.source, link.type, link.lag),
    )
    return source, words


def pin_way_out(stage: Stage, wanted: Mapping[ItemId, date]) -> tuple[WayOut, ...]:
    """A button that pins items to the days they were put on, as part of the step just made.

    Only those that their links hold are pinned; once there is a later step, it does nothing.
    """
    document = stage.document
    step = document.done[-1]
    held = {id: day for id, day in wanted.items() if _first(stage, id) > day}

    def pin() -> None:
        if document.done and document.done[-1].change is step.change:
            document.amend(together(*((pin_items, [id], day) for id, day in held.items())))
            what = what_of(document.plan, list(held))
            stage.done(say("timeline.pinned-there", what=what, day=dates.short_day(min(held.values()))))

    return (("timeline.pin-there", pin),) if held else ()


def _first(stage: Stage, id: ItemId) -> date:
    span = stage.document.schedule.dates(id)
    return span.first if span is not None else date.min


def rolled_up(stage: Stage, id: ItemId) -> bool:
    """Whether the dates of an item follow from what is under it: a pinned parent has its own."""
    document = stage.document
    return document.kept.outline.is_parent(id) and not document.kept_schedule.stands(id)


def refuse_ends(stage: Stage, id: ItemId) -> bool:
    """Say why the ends of an item can't be moved, where they can't: then True."""
    plan = stage.document.kept
    if plan.items[id].kind == "milestone" and not plan.outline.is_parent(id):
        stage.say("timeline.no-length", title=title_of(plan, id), level="warning")
        return True
    if not rolled_up(stage, id):
        return False
    stage.say(
        "timeline.rolled-up",
        title=title_of(plan, id),
        level="warning",
        way_out=("timeline.pin-it", lambda: _pin(stage, id)),
    )
    return True


def _pin(stage: Stage, id: ItemId) -> None:
    if id in stage.document.kept.items and stage.attempt(pin_items, [id]):
        stage.done(say("timeline.pinned-now", title=title_of(stage.document.plan, id)))
