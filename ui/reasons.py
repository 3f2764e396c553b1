"""Reasons in words: what holds an item, what is wrong, what can be done about it, what an edit would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from ..io.strings import count, say
from ..model.document import Document
from ..model.edits.timing import pin_items
from ..model.explain import Step, explain
from ..model.plan import Plan
from ..model.records import ItemId
from ..model.refused import Refused
from ..model.schedule import Schedule
from . import dates
from .dates import in_words
from .messages import Message, Messages
from .refusals import short_title, with_titles

if TYPE_CHECKING:
    from ..model.effect import Effect
    from ..model.fixes import Fix
    from ..model.problems import Problem


def why(plan: Plan, schedule: Schedule, id: ItemId) -> str:
    """Why the item starts when it does: the first step of the chain."""
    step = explain(plan, schedule, id)[0]
    return in_words(step.code, step.values)


def linked_reason(plan: Plan, step: Step, here: ItemId) -> str:
    """A step as rich text in which the names of items other than the one looked at can be clicked."""
    values = {
        name: escape(dates.day(value) if isinstance(value, date) else str(value))
        for name, value in step.values.items()
    }
    for name, id in (("item", step.id), ("other", step.other)):
        if id is not None and id != here:
            values[name] = f'<a href="{id}">{escape(short_title(plan, id))}</a>'
    return say(step.code, **values)


def problem_text(plan: Plan, problem: Problem) -> str:
    """What is wrong, with the titles of the items."""
    titles = [short_title(plan, id) for id in problem.ids]
    values: dict[str, Any] = dict(problem.values)
    if "keys" in values:
        values["keys"] = [*titles, titles[0]] if problem.code.endswith(".loop") else titles
    elif titles and problem.code != "key.duplicate":
        values |= dict(zip(("key", "other"), titles, strict=False))
    return in_words(problem.words, values)


def fix_text(plan: Plan, fix: Fix) -> str:
    """What a way out does, as a button says it."""
    values = dict(fix.values)
    for name in ("key", "other"):
        id = plan.keys.get(str(values.get(name)))
        if id is not None:
            values[name] = short_title(plan, id)
    return in_words(f"fix.{fix.code}", values)


def take_fix(document: Document, messages: Messages, fix: Fix) -> None:
    """Take a way out, as one step to undo."""
    words = fix_text(document.kept, fix)
    try:
        document.commit(fix.edit, *fix.arguments)
    except Refused as refused:
        messages.refuse(with_titles(refused, document.kept))
    else:
        messages.done(say("fix.taken", what=words))


def effect_text(effect: Effect) -> str:
    """`Moves 12 items; the plan ends 3 working days later, on 8 Jan 2027.`"""
    if not effect.moved:
        return say("effect.nothing")
    moves = count("effect.moves", effect.moved)
    if effect.end is None:
        return say("effect.empty", moves=moves)
    day = dates.day(effect.end)
    if not effect.days:
        return say("effect.same", moves=moves, day=day)
    how = "later" if effect.days > 0 else "earlier"
    return say(f"effect.{how}", moves=moves, days=dates.working_days(abs(effect.days)), day=day)


def tell_where_it_went(
    document: Document, messages: Messages, ids: Sequence[ItemId], wanted: date | None
) -> None:
    """Where an item could not start on the day that was entered, say what holds it, with the way out."""
    plan, schedule = document.plan, document.schedule
    if wanted is None or len(ids) != 1 or ids[0] not in plan.items:
        return
    [id] = ids
    span, driver = schedule.dates(id), schedule.driver(id)
    if span is None or driver is None or span.first <= wanted:
        return
    if driver.link is None:
        if driver.rule == "start":
            messages.done(say("held.day-off", day=dates.day(wanted), start=dates.day(span.first)))
        return

    def pin() -> None:
        if id in document.kept.items:
            document.commit(pin_items, [id], wanted)
            messages.done(say("held.pinned", item=short_title(document.kept, id), day=dates.day(wanted)))

    source = plan.links[driver.link].source
    words = say(
        "held.waits",
        item=short_title(plan, id),
        other=short_title(plan, source),
        start=dates.day(span.first),
    )
    messages.tell(Message(words, "warning", (("held.pin", pin),)))
