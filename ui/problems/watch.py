"""Looks for problems when nothing else is going on: a while after the last change, never during a drag."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ...model.document import Document
from ...model.plan import Plan
from ...model.schedule import Schedule
from ..signals import DocumentSignals

if TYPE_CHECKING:
    from ...model.problems import Problem

_IDLE = 400
"""Milliseconds without a change, at least; more where looking takes long."""
_SHARE = 20
"""Looking may take one part in so many of the time."""


class ProblemWatch(QObject):
    """`changed` is emitted when the problems of the plan have been found anew."""

    changed = Signal()

    def __init__(self, parent: QObject, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._today = today
        self._document: Document | None = None
        self._signals: DocumentSignals | None = None
        self._seen: tuple[Schedule, bool, date] | None = None
        self.plan = Plan()
        """The plan that was looked at last: the problems are about its items."""
        self.problems: Sequence[Problem] = ()
        self.advice: Sequence[Problem] = ()
        self.wants_advice = False
        """Somebody looks at advice: it is not sought for nobody."""
        self._timer = QTimer(self, singleShot=True, interval=_IDLE)
        self._timer.timeout.connect(self.look)

    def follow(self, document: Document, signals: DocumentSignals) -> None:
        """Watch this plan from now on."""
        if self._signals is not None:
            self._signals.changed.disconnect(self._wait)
        self._document, self._signals, self._seen = document, signals, None
        self.plan, self.problems, self.advice = document.kept, (), ()
        signals.changed.connect(self._wait)
        self.changed.emit()
        self._timer.start(_IDLE)

    def want_advice(self, wanted: bool) -> None:
        self.wants_advice = wanted
        if wanted:
            self._wait()

    def _wait(self) -> None:
        self._timer.start()

    def look(self) -> None:
        """Find what is wrong now, unless it is known or a preview is shown: its end is a change too."""
        from ...model.problems import advice, problems

        document = self._document
        if document is None or document.previewing:
            return
        seen = (document.kept_schedule, self.wants_advice, self._today())
        if self._seen is not None and self._seen[0] is seen[0] and self._seen[1:] == seen[1:]:
            return
        begin = time.process_time()
        self._seen, self.plan = seen, document.kept
        self.problems = problems(document.kept, document.kept_schedule, self._today())
        self.advice = advice(document.kept, document.kept_schedule) if self.wants_advice else ()
        took = (time.process_time() - begin) * 1000
        self._timer.setInterval(max(_IDLE, round(took * _SHARE)))
        self.changed.emit()
