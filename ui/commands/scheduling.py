"""Calendars, shifting, packing, buffers, pins: the commands that place many items in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...io.strings import say
from ...model.change import Change
from ...model.edits.items import set_field
from ...model.edits.timing import (
    make_milestones,
    pin_items,
    schedule_early,
    schedule_late,
    snap_to_earliest,
    unpin_items,
)
from ...model.explain import earliest
from ...model.plan import Plan
from ...model.records import ItemId
from .. import dates
from ..dates import in_words
from .keeping import commit, reveal, tell

if TYPE_CHECKING:
    from ..app import App


def open_calendars(app: App) -> None:
    """At the calendar of the selected item's team, else at the plan's own."""
    from ..calendars.dialog import CalendarsDialog

    plan, current = app.document.plan, app.session.current
    team = plan.items[current].team if current is not None else None
    calendar = plan.teams[team].calendar if team is not None and team in plan.teams else None
    CalendarsDialog(app.window, app.document, app.messages, calendar).open()


def shift(app: App) -> None:
    from ..dialogs.shift import ShiftDialog

    ShiftDialog(app.window, app.document, app.messages, app.session.items).open()


def buffer_after(app: App) -> None:
    _buffer(app, "after")


def buffer_before(app: App) -> None:
    _buffer(app, "before")


def _buffer(app: App, side: str) -> None:
    from ..dialogs.shift import BufferDialog

    BufferDialog(app.window, app.document, app.messages, app.session.items, side).open()


def early(app: App) -> None:
    _pack(app, schedule_early, "schedule.early")


def late(app: App) -> None:
    _pack(app, schedule_late, "schedule.late")


def _pack(app: App, edit: Callable[..., Plan], words: str) -> None:
    if _commit_with_effect(app, edit, app.session.items, words=words) and app.session.current is not None:
        reveal(app, app.session.current)


def snap(app: App) -> None:
    """To the first day that the links allow; who holds it there is named."""
    ids = app.session.items
    if commit(app, snap_to_earliest, ids) is None:
        return
    hold = earliest(app.document.plan, app.document.schedule, ids[0]) if len(ids) == 1 else None
    if hold is not None:
        tell(app, in_words(hold.step.code, hold.step.values))
    else:
        tell(app, say("schedule.snapped", n=len(ids)))


def is_pinned(app: App) -> bool:
    items = [app.document.plan.items[id] for id in app.session.items if id in app.document.plan.items]
    return bool(items) and all(item.pinned for item in items)


def toggle_pin(app: App) -> None:
    ids, pinned = app.session.items, is_pinned(app)
    if commit(app, unpin_items if pinned else pin_items, ids):
        tell(app, _told("unpinned" if pinned else "pinned", app, ids))


def _told(what: str, app: App, ids: tuple[ItemId, ...]) -> str:
    plan, schedule = app.document.plan, app.document.schedule
    if len(ids) > 1:
        return say(f"schedule.{what}.many", n=len(ids))
    span = schedule.dates(ids[0])
    item = plan.items[ids[0]]
    day = dates.day(span.first) if span is not None else ""
    return say(f"schedule.{what}.one", item=item.title or item.key, day=day)


def has_bars(app: App) -> bool:
    return _some_kind(app, "bar")


def has_milestones(app: App) -> bool:
    return _some_kind(app, "milestone")


def _some_kind(app: App, kind: str) -> bool:
    plan = app.document.plan
    return any(plan.items[id].kind == kind for id in app.session.items if id in plan.items)


def to_milestones(app: App) -> None:
    plan = app.document.plan
    ids = [id for id in app.session.items if plan.items[id].kind == "bar"]
    _commit_with_effect(app, make_milestones, ids, words=_count_words("schedule.milestones", len(ids)))


def to_bars(app: App) -> None:
    plan = app.document.plan
    ids = [id for id in app.session.items if plan.items[id].kind == "milestone"]
    _commit_with_effect(app, set_field, ids, "kind", "bar", words=_count_words("schedule.bars", len(ids)))


def _count_words(code: str, number: int) -> str:
    return f"{code}.{'one' if number == 1 else 'many'}"


def _commit_with_effect(
    app: App, edit: Callable[..., Plan], ids: Any, *more: Any, words: str
) -> Change | None:
    """Keep an edit, and say what it did to the dates."""
    from ...model.effect import effect
    from ..reasons import effect_text

    before = app.document.kept_schedule
    change = commit(app, edit, ids, *more)
    if change:
        done = effect(app.document.plan, app.document.schedule, before)
        tell(app, say(words, n=len(ids), effect=effect_text(done)))
    return change
