"""Questions whether a command can be called now, or is on; all take the `App`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..settings import ThemeChoice

if TYPE_CHECKING:
    from ..app import App


def always(_: App) -> bool:
    return True


def can_undo(app: App) -> bool:
    return app.document.can_undo


def can_redo(app: App) -> bool:
    return bool(app.document.undone) and app.document.plan is app.document.kept


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


def has_past(app: App) -> bool:
    """Whether the file has a history of earlier sessions."""
    return bool(app.document.past)


def has_source(app: App) -> bool:
    """Whether the plan was imported from a file of another program."""
    return bool(app.document.plan.sources)


def page_can(method: str) -> Callable[[App], bool]:
    """Whether the page in sight can do that."""
    return lambda app: callable(getattr(app.page, method, None))


def fits_selection(app: App) -> bool:
    return has_dates(app) and page_can("fit_selection")(app)


def has_undated(app: App) -> bool:
    return any(id not in app.document.schedule for id in app.document.plan.outline.order)


def on_page(id: str) -> Callable[[App], bool]:
    return lambda app: app.session.looks.page == id


def theme_is(choice: ThemeChoice) -> Callable[[App], bool]:
    return lambda app: app.themes.choice == choice


def panel_open(name: str) -> Callable[[App], bool]:
    return lambda app: app.window.panel_open(name)


def is_calm(app: App) -> bool:
    return app.window.calm
