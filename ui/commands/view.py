"""Commands for pages, panels, theme and search."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..settings import ThemeChoice

if TYPE_CHECKING:
    from ..app import App


def show_page(id: str) -> Callable[[App], None]:
    return lambda app: app.session.show_page(id)


def choose_theme(choice: ThemeChoice) -> Callable[[App], None]:
    return lambda app: app.choose_theme(choice)


def toggle_panel(name: str) -> Callable[[App], None]:
    return lambda app: app.window.show_panel(name, not app.window.panel_open(name))


def fold(folded: bool) -> Callable[[App], None]:
    """Fold or unfold what the current item is, or is in."""
    return lambda app: getattr(app.page, "fold")(folded)  # noqa: B009 - only some pages can


def toggle_calm(app: App) -> None:
    app.window.be_calm(not app.window.calm)


def find(app: App) -> None:
    """Into the search field, which is out of sight in full screen."""
    if app.window.calm:
        app.window.be_calm(False)
    app.window.topbar.focus_search()
