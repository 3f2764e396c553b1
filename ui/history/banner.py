"""The strip above the page while an earlier state is looked at: what it is, and the way back to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...io.strings import say
from ..frame.strip import Strip

if TYPE_CHECKING:
    from ..app import App


class LookBanner(Strip):
    """Nothing can be changed while it is there, and it says so."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self.back = self.add("history.back", lambda: app.document.look_back())
        self.refresh()

    def refresh(self) -> None:
        """Show what is looked at; nothing where that is the plan as it is."""
        document = self._app.document
        self.show_words(say("history.looking", what=document.looking_at), self._app.themes.theme)
        self.setVisible(document.looking)
