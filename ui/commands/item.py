"""Commands for the selected items and links, and new ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from ...io.strings import count, say
from ...model.edits.items import (
    add_item,
    duplicate_items,
    indent_items,
    move_items,
    move_rows,
    outdent_items,
    place_items,
    remove_items,
    resize_item,
    shifted,
    unschedule_items,
)
from ...model.edits.links import link_in_order, remove_links, unlink_items
from ...model.query import backlog
from ...model.records import ItemId, LinkId, new_id
from ..making import below
from ..messages import deleted_words
from .keeping import commit, page_does, reveal, tell

if TYPE_CHECKING:
    from ..app import App


def new_item(app: App) -> None:
    _new(app, "new_item", "bar")


def new_milestone(app: App) -> None:
    _new(app, "new_milestone", "milestone")


def _new(app: App, method: str, kind: str) -> None:
    on_page = getattr(app.page, method, None)
    if callable(on_page):
        on_page()
        return
    plan, id = app.document.plan, ItemId(new_id())
    current = app.session.current
    fields = below(plan, current) if current is not None else {}
    if commit(app, add_item, id, kind=kind, **fields):
        app.session.select([id])
        reveal(app, id)
        rename(app)


def indent(app: App) -> None:
    commit(app, indent_items, app.session.items)


def outdent(app: App) -> None:
    commit(app, outdent_items, app.session.items)


def row_up(app: App) -> None:
    _move_rows(app, -1)


def row_down(app: App) -> None:
    _move_rows(app, 1)


def _move_rows(app: App, step: int) -> None:
    """As the page in sight has the rows in order, else among their siblings."""
    on_page = getattr(app.page, "move_rows", None)
    if callable(on_page):
        on_page(step)
    elif app.session.view(app.document.plan).sort:
        app.messages.say("timeline.sorted", level="warning")
    else:
        commit(app, move_rows, app.session.items, step)


def nudge(days: int) -> Callable[[App], None]:
    """Move the selected items: by the page's snap step where it has one, else by working days."""

    def run(app: App) -> None:
        on_page = getattr(app.page, "nudge", None)
        if callable(on_page):
            on_page(days)
            return
        schedule = app.document.schedule
        shown = {id: span.first for id in app.session.items if (span := schedule.dates(id)) is not None}
        commit(app, move_items, shown, days)

    return run


def grow(days: int) -> Callable[[App], None]:
    """Make the current bar longer or shorter, its start staying where it is."""
    return _stretch(days, at_start=False)


def grow_start(days: int) -> Callable[[App], None]:
    """Move the start of the current bar, its finish staying where it is."""
    return _stretch(days, at_start=True)


def _stretch(days: int, *, at_start: bool) -> Callable[[App], None]:
    def run(app: App) -> None:
        on_page = getattr(app.page, "grow", None)
        if callable(on_page):
            on_page(days, at_start=at_start)
            return
        id = app.session.current
        if id is not None:
            item, span = app.document.plan.items[id], app.document.schedule.dates(id)
            start, duration = item.start, item.duration + days
            if at_start and span is not None:
                start, duration = shifted(app.document.plan, item, span.first, days), item.duration - days
            commit(app, resize_item, id, start, duration)

    return run


def unschedule(app: App) -> None:
    ids = app.session.items
    if commit(app, unschedule_items, ids):
        tell(app, count("ui.unscheduled", len(ids)))


def start_today(app: App) -> None:
    """Give what waits for nothing in the backlog today as its start; whatever depends on it follows."""
    plan = app.document.kept
    undated = backlog(plan, app.document.kept_schedule)
    first = [
        id
        for id in undated
        if not any(at in plan.incoming for at in (id, *plan.outline.ancestors(id, plan.items)))
    ]
    if commit(app, place_items, dict.fromkeys(first, date.today())):
        page_does("fit_all")(app)
        tell(app, count("ui.started", len(undated)))


def link(app: App) -> None:
    ids = app.session.items
    before = app.document.kept_schedule
    change = commit(app, link_in_order, ids, [LinkId(new_id()) for _ in ids[1:]])
    if change:
        from ..timeline.telling import linked_words

        words, document = count("ui.linked", len(change.edits)), app.document
        tell(app, *linked_words(document.plan, document.schedule, before, words))
    elif change is not None:
        app.messages.say("ui.linked_already")


def unlink(app: App) -> None:
    if app.session.link is not None:
        delete(app)
        return
    change = commit(app, unlink_items, app.session.items)
    if change:
        tell(app, count("ui.unlinked", len(change.edits)))
    elif change is not None:
        app.messages.say("ui.nothing_linked")


def delete(app: App) -> None:
    """The page knows best what is selected there; where it does not say, the selected link or items."""
    on_page = getattr(app.page, "delete_selected", None)
    if callable(on_page):
        on_page()
        return
    link = app.session.link
    if link is not None:
        ends = app.document.plan.links[link]
        keys = [app.document.plan.items[id].key for id in (ends.source, ends.target)]
        if commit(app, remove_links, [link]):
            tell(app, say("ui.link_removed", source=keys[0], target=keys[1]))
        return
    ids = app.session.items
    before = app.document.plan
    if commit(app, remove_items, ids):
        app.session.select()
        tell(app, deleted_words(before, app.document.plan))


def duplicate(app: App) -> None:
    plan, chosen = app.document.plan, set(app.session.items)
    for id in app.session.items:
        chosen.update(plan.outline.descendants(id))
    copies = {id: ItemId(new_id()) for id in chosen}
    if commit(app, duplicate_items, chosen, copies):
        app.session.select(copies[id] for id in app.session.items if id in copies)
        tell(app, count("ui.duplicated", len(copies)))
        if app.session.current:
            reveal(app, app.session.current)


def rename(app: App) -> None:
    """In place where the page can, else in the inspector."""
    in_place = getattr(app.page, "rename_current", None)
    if callable(in_place):
        in_place()
    else:
        app.window.show_panel("inspector", True)
        app.window.focus_inspector()
