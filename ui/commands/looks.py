"""Commands for how the timeline looks: its overview and legend, the critical path, colours, movement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..app import App
    from ..timeline.legend import Entry


def part_shown(part: str) -> Callable[[App], bool]:
    """Whether the `legend` or the `minimap` of the page is open."""
    return lambda app: bool(_of_page(app, "shows", part))


def toggle_part(part: str) -> Callable[[App], None]:
    return lambda app: _toggle(app, part)


def _toggle(app: App, part: str) -> None:
    _of_page(app, "toggle", part)
    app.window.commands.refresh()


def _of_page(app: App, method: str, part: str) -> Any:
    ask = getattr(app.page, method, None)
    return ask(part) if callable(ask) else None


def shows_critical(app: App) -> bool:
    return app.session.view(app.document.plan).show_critical


def toggle_critical(app: App) -> None:
    """Look at the critical path: what is not on it is pale."""
    plan = app.document.plan
    on = not shows_critical(app)
    app.session.adjust(plan, show_critical=on)
    app.window.commands.refresh()
    app.messages.say("looks.critical" if on else "looks.critical.off")


def choose_colors(app: App, entry: Entry | None = None) -> None:
    """A dialog with the colours of the field that colours the view."""
    from ..dialogs.colors import ColorsDialog

    view = app.session.view(app.document.plan)
    dialog = ColorsDialog(app.window, app.document, app.signals, view.color, app.themes.theme, app.messages)
    if entry is not None and entry.is_color:
        dialog.choose(entry.value)
    dialog.open()


def has_motion(app: App) -> bool:
    return app.settings.kept.motion


def toggle_motion(app: App) -> None:
    app.settings.kept.motion = app.session.motion = not app.settings.kept.motion
    app.settings.save()
    app.window.commands.refresh()
