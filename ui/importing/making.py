"""The plan of a table made off the UI thread, anew after every choice: the first rows at once, then all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ...io.strings import say
from ...io.tables.mapping import Mapping
from ...io.tables.source import Source
from ...model.records import Properties
from ..jobs import Job, Jobs, Progress
from .reading import Trial, beginning, try_out

T = TypeVar("T")
Wanted = Callable[[], Mapping]
"""What gives the mapping to be tried: looking through a long table takes its time, too."""
PAUSE = 60
"""Milliseconds after a choice before the plan is made anew: several in a row make one."""


class Making(QObject):
    """Tries mappings of one table; of those that come quickly one after the other only the last."""

    begun = Signal(object)
    """The `Trial` of the first rows of a long table."""
    made = Signal(object)
    """The `Trial` of all of it."""
    changed = Signal()
    """How far it is has changed; see `job`."""

    def __init__(
        self, parent: QObject, source: Source, jobs: Jobs, fail: Callable[[Exception], object]
    ) -> None:
        super().__init__(parent)
        self._source, self._jobs, self._fail = source, jobs, fail
        self._wanted: Wanted = lambda: Mapping("", 0, (), {})
        self._into: Properties | None = None
        self.job: Job | None = None
        """What is under way."""
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._begin)
        jobs.changed.connect(self.changed)

    @property
    def busy(self) -> bool:
        """Whether a choice has not been tried yet."""
        return self.job is not None or self._later.isActive()

    def make(self, wanted: Wanted, into: Properties | None) -> None:
        """Try a mapping soon; `into` says how a plan numbers its items that is to take these in."""
        self._wanted, self._into = wanted, into
        self._later.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._later.stop()
        if self.job is not None and self.job in self._jobs.running:
            self.job.cancel()
        self.job = None

    def _begin(self) -> None:
        self.stop()
        source, wanted, into = self._source, self._wanted, self._into

        def work(told: Progress) -> tuple[Trial, bool]:
            mapping = wanted()
            first = beginning(source, mapping)
            return try_out(first or source, mapping, told, into), first is None

        self._start(work, self._tried)

    def _tried(self, tried: tuple[Trial, bool]) -> None:
        trial, whole = tried
        if whole:
            self._made(trial)
            return
        self.job = None
        if not self._later.isActive():
            source, mapping, into = self._source, trial.mapping, self._into
            self._start(lambda told: try_out(source, mapping, told, into), self._made)
        self.begun.emit(trial)

    def _start(self, work: Callable[[Progress], T], arrived: Callable[[T], None]) -> None:
        self.job = self._jobs.start(say("importing.trying"), work, arrived, self._failed)
        self.changed.emit()

    def _made(self, trial: Trial) -> None:
        self.job = None
        self.made.emit(trial)

    def _failed(self, error: Exception) -> None:
        self.job = None
        self.changed.emit()
        self._fail(error)
