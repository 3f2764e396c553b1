"""The command palette, the shortcut sheet, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...io.strings import say

if TYPE_CHECKING:
    from ..app import App


def open_palette(app: App) -> None:
    from ..frame.command_palette import CommandPalette

    CommandPalette(app).open()


def open_shortcuts(app: App) -> None:
    from ..frame.shortcut_sheet import ShortcutSheet

    ShortcutSheet(app.window).open()


def about(app: App) -> None:
    from ..dialogs.ask import tell

    tell(app.window, say("ui.about.title", version=app.version), say("ui.about.text"))
