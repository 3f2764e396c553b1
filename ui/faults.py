"""When the program itself is wrong: says so in one sentence, keeps what a developer needs, and goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ..io.strings import say
from ..model.refused import Refused

MOST_BYTES = 1 << 20
"""Of the log; a longer one is begun anew."""


class Faults(QObject):
    """Takes every exception that nobody expected."""

    refused = Signal(object)
    """A `Refused` that nobody caught: it is to be said."""
    _came = Signal(str, str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.log = folder / "faults.log"
        self._shown = False
        self._came.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take exceptions of all threads, from now on."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def show(self, error: BaseException) -> None:
        """Write down and say what went wrong."""
        self._caught(type(error), error, error.__traceback__)

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, Refused):
            self.refused.emit(error)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        self._write(details)
        self._came.emit(f"{kind.__name__}: {error}", details)

    def _write(self, details: str) -> None:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            full = self.log.exists() and self.log.stat().st_size > MOST_BYTES
            with self.log.open("w" if full else "a", encoding="utf-8") as file:
                file.write(f"{datetime.now().isoformat(timespec='seconds')}\n{details}\n")
        except OSError:
            pass  # the details are on stderr and in the box

    def _say(self, summary: str, details: str) -> None:
        if self._shown:  # one box at a time: a fault in a paint event comes back with each frame
            return
        from .dialogs.ask import tell

        parent = QApplication.activeWindow()
        self._shown = True
        box = tell(
            parent, say("ui.fault.title"), say("ui.fault.text", summary=summary, log=str(self.log)), details
        )
        box.finished.connect(self._closed)

    def _closed(self) -> None:
        self._shown = False
