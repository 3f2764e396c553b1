"""Work off the UI thread, with progress and cancel; what comes of it arrives back on the UI thread.

While a job runs, Python's cycle collector rests: it works in whatever thread happens to allocate, and a
widget that is freed in another thread than its own takes the program down.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called by the work with how much is done of how much; raises `Cancelled` when it is to stop."""


class Cancelled(BaseException):
    """The person wants no more of it. Not an `Exception`: no reader may take it for a broken file."""


class Job(QObject):
    """One piece of work on a thread of its own. Made by `Jobs.start`."""

    _came = Signal(str, object)

    def __init__(self, jobs: Jobs, title: str, work: Callable[[Progress], T], firm: bool) -> None:
        super().__init__(jobs)
        self.title = title
        self.firm = firm
        """It is never cancelled: what it has begun it ends, and the program's end waits for it."""
        self.done = 0
        self.total = 0
        """0: nobody knows how much there is to do."""
        self.finish: Callable[[Any], object] = _nothing
        self.fail: Callable[[Exception], object] = _nothing
        self._stop = Event()
        self._work = work
        self._outcome: tuple[str, Any] = ("cancelled", None)
        self._came.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._run, name=f"job: {title}", daemon=True)

    @property
    def _jobs(self) -> Jobs:
        """Not kept as an attribute: this one's own deletion could then be what frees its parent, and that
        deletes its children."""
        jobs = self.parent()
        assert isinstance(jobs, Jobs)
        return jobs

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress; whatever it still brings is thrown away."""
        if not self.firm:
            self._stop.set()
            self._jobs.changed.emit()

    def wait(self) -> None:
        """Return when it has ended and what came of it has arrived."""
        self._thread.join()
        self._arrive(*self._outcome)

    def join(self, seconds: float | None = None) -> None:
        """Return when the thread has ended, or so many seconds have passed."""
        self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def _report(self, done: int, total: int) -> None:  # on the work's thread
        if self._stop.is_set():
            raise Cancelled
        self._came.emit("progress", (done, total))

    def _run(self) -> None:  # on the work's thread
        try:
            self._outcome = ("finished", self._work(self._report))
        except Cancelled:
            pass
        except Exception as error:  # shown on the UI thread, never lost in this one
            self._outcome = ("failed", error)
        self._came.emit(*self._outcome)

    def _arrive(self, what: str, value: Any) -> None:
        if what == "progress":
            self.done, self.total = value
            self._jobs.changed.emit()
            return
        jobs = self._jobs
        if self not in jobs.running:  # somebody has waited for it
            return
        self._thread.join()  # it has nothing left to do but end
        jobs.ended(self)
        self.deleteLater()
        if not self.stopping:
            if what == "finished":
                self.finish(value)
            elif what == "failed":
                self.fail(value)


class Jobs(QObject):
    """All work under way, oldest first. `changed` tells of every start, step and end."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.running: list[Job] = []

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        finish: Callable[[T], object],
        fail: Callable[[Exception], object],
        firm: bool = False,
    ) -> Job:
        """Run `work(progress)` on a thread, then `finish(result)` or `fail(error)` here unless cancelled."""
        job = Job(self, title, work, firm)
        job.finish, job.fail = finish, fail
        self.running.append(job)
        gc.disable()
        job.start()
        self.changed.emit()
        return job

    def ended(self, job: Job) -> None:
        """Told by a job whose thread is gone."""
        self.running.remove(job)
        self.collect_again()
        self.changed.emit()

    def stop(self, seconds: float = 2.0) -> None:
        """Cancel everything and wait for it, each job at most that long (the program is about to end)."""
        for job in tuple(self.running):
            if job.firm:
                job.wait()
            else:
                job.cancel()
                job.join(seconds)
        self.collect_again()

    def collect_again(self) -> None:
        """Let the cycle collector work, unless a job runs."""
        if not any(job.alive for job in self.running):
            gc.enable()


def _nothing(_: object) -> None:
    pass
