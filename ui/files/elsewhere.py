"""The strip above a plan that another window has open, and the way to take it over when that one ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from ...io.roadmap_file import file_digest
from ...io.strings import say
from ...model.refused import Refused
from ..commands import files
from ..frame.strip import Strip

if TYPE_CHECKING:
    from ..app import App

_MILLISECONDS = 500
"""Between two looks at whether the other window has ended."""


class ElsewhereBanner(Strip):
    """Says that the plan can only be looked at; offers a copy, and to wait for the other window."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self.copy = self.add("elsewhere.copy", lambda: files.save_as(app))
        self.edit = self.add("elsewhere.edit", self._ask)
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._try)
        self.refresh()

    def refresh(self) -> None:
        """Show what is so now; nothing for a plan that can be changed here."""
        desk = self._app.desk
        if not desk.elsewhere:
            self._timer.stop()
        waiting = self._timer.isActive()
        code = "elsewhere.waiting" if waiting else "elsewhere.open"
        file = desk.path.name if desk.path is not None else ""
        self.show_words(say(code, file=file), self._app.themes.theme)
        self.edit.setVisible(not waiting)
        self.setVisible(desk.elsewhere)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()

    def _ask(self) -> None:
        """Take it over, now or as soon as that can be."""
        if not take_over(self._app):
            self._timer.start()
            self.refresh()

    def _try(self) -> None:
        take_over(self._app)


def take_over(app: App) -> bool:
    """Make the plan one that can be changed here, as its file is now; False: it still is elsewhere."""
    desk, path = app.desk, app.desk.path
    if path is None or (lock := app.hold(path)) is None:
        return False
    desk.take(lock)
    app.refresh()
    if not desk.document.dirty and _differs(app):
        files.open_path(app, path)
    else:
        app.messages.say("elsewhere.taken", file=path.name)
    return True


def _differs(app: App) -> bool:
    """Whether the file is not what is shown."""
    assert app.desk.path is not None
    try:
        return file_digest(app.desk.path) != app.desk.digest
    except Refused:  # it is gone, or can't be read: saving makes it anew
        return False
