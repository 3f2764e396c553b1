"""What the commands do: one function per command, one per question when; all take the `App`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from ..io.strings import count, say
from ..model.change import Change
from ..model.document import Step
from ..model.edits.baselines import remove_baseline, take_baseline
from ..model.edits.items import (
    add_item,
    duplicate_items,
    indent_items,
    move_items,
    move_rows,
    outdent_items,
    place_items,
    remove_items,
    resize_item,
    unschedule_items,
)
from ..model.edits.links import link_in_order, remove_links, unlink_items
from ..model.plan import Plan
from ..model.query import backlog
from ..model.records import BaselineId, ItemId, LinkId, new_id
from ..model.refused import Refused
from .messages import Loudness, WayOut, deleted_words
from .refusals import with_titles
from .settings import ThemeChoice

if TYPE_CHECKING:
    from .app import App

# When


def always(_: App) -> bool:
    return True


def can_undo(app: App) -> bool:
    return bool(app.document.done) and not app.document.previewing


def can_redo(app: App) -> bool:
    return bool(app.document.undone) and not app.document.previewing


def has_items(app: App) -> bool:
    return bool(app.session.items)


def has_some(app: App) -> bool:
    return bool(app.session.items) or app.session.link is not None


def has_several(app: App) -> bool:
    return len(app.session.items) > 1


def has_links(app: App) -> bool:
    return app.session.link is not None or bool(app.document.plan.links_of(app.session.items))


def has_dates(app: App) -> bool:
    return any(id in app.document.schedule for id in app.session.items)


def has_bar(app: App) -> bool:
    id = app.session.current
    return id is not None and id in app.document.schedule and app.document.plan.items[id].kind == "bar"


def can_find(app: App) -> bool:
    return bool(app.document.plan.items)


def page_can(method: str) -> Callable[[App], bool]:
    """Whether the page in sight can do that."""
    return lambda app: callable(getattr(app.page, method, None))


# Keeping an edit


def commit(app: App, edit: Callable[..., Plan], *args: Any, **kwargs: Any) -> Change | None:
    """Keep an edit; a refusal is said in the message bar, and nothing has changed then."""
    try:
        return app.document.commit(edit, *args, **kwargs)
    except Refused as refused:
        app.messages.refuse(with_titles(refused, app.document.kept))
        return None


def _tell(app: App, text: str, level: Loudness = "info") -> None:
    app.messages.done(text, level)


def undo_way_out(app: App) -> WayOut:
    """A button that takes back the step just made; once there is a later one, it does nothing."""
    step = app.document.done[-1]

    def take_back() -> None:
        if app.document.done and app.document.done[-1] is step:
            undo(app)

    return ("ui.undo", take_back)


# Edit


def undo(app: App) -> None:
    step = app.document.undo()
    _show_step(app, step, app.desk.selected_before(step))
    app.messages.say(
        "ui.undone", what=say(f"edit.{step.verb}"), way_out=("ui.redo", lambda: _redo_same(app, step))
    )


def redo(app: App) -> None:
    step = app.document.redo()
    made = [edit.id for edit in step.change.touched("items") if edit.before is None]
    _show_step(app, step, tuple(map(ItemId, made)) or app.desk.selected_before(step))
    app.messages.say("ui.redone", what=say(f"edit.{step.verb}"), way_out=undo_way_out(app))


def _redo_same(app: App, step: Step) -> None:
    if app.document.undone and app.document.undone[-1] is step:
        redo(app)


def _show_step(app: App, step: Step, selected: tuple[ItemId, ...]) -> None:
    """Select what the step was about and bring it into sight."""
    plan = app.document.plan
    touched = tuple(ItemId(edit.id) for edit in step.change.touched("items") if edit.id in plan.items)
    chosen = tuple(id for id in selected if id in plan.items)
    if not chosen and len(touched) == 1:
        chosen = touched
    if chosen:
        app.session.select(chosen)
    for id in (*chosen[-1:], *touched[:1]):
        reveal(app, id)
        return


def reveal(app: App, id: ItemId) -> None:
    """Scroll the item into sight, where the page knows how."""
    show = getattr(app.page, "reveal", None)
    if callable(show):
        show(id)


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
            _tell(app, say("ui.link_removed", source=keys[0], target=keys[1]))
        return
    ids = app.session.items
    before = app.document.plan
    if commit(app, remove_items, ids):
        app.session.select()
        _tell(app, deleted_words(before, app.document.plan))


def duplicate(app: App) -> None:
    plan, chosen = app.document.plan, set(app.session.items)
    for id in app.session.items:
        chosen.update(plan.outline.descendants(id))
    copies = {id: ItemId(new_id()) for id in chosen}
    if commit(app, duplicate_items, chosen, copies):
        app.session.select(copies[id] for id in app.session.items if id in copies)
        _tell(app, count("ui.duplicated", len(copies)))
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


def find(app: App) -> None:
    """Into the search field, which is out of sight in full screen."""
    if app.window.calm:
        app.window.be_calm(False)
    app.window.topbar.focus_search()


def select_all(app: App) -> None:
    app.session.select(app.document.plan.outline.order)


def baseline(app: App) -> None:
    today = date.today()
    id = BaselineId(new_id())
    if commit(app, take_baseline, id, say("ui.baseline", day=today.isoformat()), today):
        _tell(app, say("ui.baseline_taken", day=today.isoformat()))


def clear_baselines(app: App) -> None:
    from ..model.edits import together

    removals = [(remove_baseline, id) for id in app.document.plan.baselines]
    if commit(app, together(*removals)):
        _tell(app, count("ui.baselines_removed", len(removals)))


# Item


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
    fields: dict[str, Any] = {"kind": kind}
    current = app.session.current
    if current is not None:
        item = plan.items[current]
        fields.update(parent=item.parent, team=item.team, level=item.level)
        siblings = plan.outline.children.get(item.parent, []) if item.parent else plan.outline.roots
        after = siblings[siblings.index(current) + 1 :]
        fields["before"] = after[0] if after else None
    if commit(app, add_item, id, title=say("ui.new_title"), **fields):
        app.session.select([id])
        reveal(app, id)
        rename(app)


def indent(app: App) -> None:
    commit(app, indent_items, app.session.items)


def outdent(app: App) -> None:
    commit(app, outdent_items, app.session.items)


def row_up(app: App) -> None:
    commit(app, move_rows, app.session.items, -1)


def row_down(app: App) -> None:
    commit(app, move_rows, app.session.items, 1)


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

    def run(app: App) -> None:
        on_page = getattr(app.page, "grow", None)
        if callable(on_page):
            on_page(days)
            return
        id = app.session.current
        if id is not None:
            item = app.document.plan.items[id]
            commit(app, resize_item, id, item.start, item.duration + days)

    return run


def unschedule(app: App) -> None:
    ids = app.session.items
    if commit(app, unschedule_items, ids):
        _tell(app, count("ui.unscheduled", len(ids)))


def has_undated(app: App) -> bool:
    return any(id not in app.document.schedule for id in app.document.plan.outline.order)


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
        _tell(app, count("ui.started", len(undated)))


def link(app: App) -> None:
    ids = app.session.items
    change = commit(app, link_in_order, ids, [LinkId(new_id()) for _ in ids[1:]])
    if change:
        _tell(app, count("ui.linked", len(change.edits)))


def unlink(app: App) -> None:
    if app.session.link is not None:
        delete(app)
        return
    change = commit(app, unlink_items, app.session.items)
    if change:
        _tell(app, count("ui.unlinked", len(change.edits)))
    elif change is not None:
        app.messages.say("ui.nothing_linked")


# View


def show_page(id: str) -> Callable[[App], None]:
    return lambda app: app.session.show_page(id)


def on_page(id: str) -> Callable[[App], bool]:
    return lambda app: app.session.looks.page == id


def page_does(method: str) -> Callable[[App], None]:
    """Let the page in sight do that."""
    return lambda app: getattr(app.page, method)()


def choose_theme(choice: ThemeChoice) -> Callable[[App], None]:
    return lambda app: app.choose_theme(choice)


def theme_is(choice: ThemeChoice) -> Callable[[App], bool]:
    return lambda app: app.themes.choice == choice


def toggle_panel(name: str) -> Callable[[App], None]:
    return lambda app: app.window.show_panel(name, not app.window.panel_open(name))


def panel_open(name: str) -> Callable[[App], bool]:
    return lambda app: app.window.panel_open(name)


def toggle_calm(app: App) -> None:
    app.window.be_calm(not app.window.calm)


def is_calm(app: App) -> bool:
    return app.window.calm


# Help


def open_palette(app: App) -> None:
    from .command_palette import CommandPalette

    CommandPalette(app).open()


def open_shortcuts(app: App) -> None:
    from .shortcut_sheet import ShortcutSheet

    ShortcutSheet(app.window).open()


def about(app: App) -> None:
    from .dialogs.ask import tell

    tell(app.window, say("ui.about.title", version=app.version), say("ui.about.text"))
