"""Work off the UI thread."""

from __future__ import annotations

import gc
import threading
from threading import Event

from pytestqt.qtbot import QtBot
from roadwright.ui.jobs import Jobs, Progress


def test_the_result_arrives_on_the_ui_thread(qtbot: QtBot):
    jobs, came = Jobs(), []
    jobs.start(
        "reading",
        lambda progress: threading.current_thread(),
        lambda result: came.append((result, threading.current_thread())),
        came.append,
    )
    qtbot.waitUntil(lambda: bool(came))
    worked, arrived = came[0]
    assert worked is not threading.main_thread()
    assert arrived is threading.main_thread()
    assert not jobs.running


def test_progress_is_seen_on_the_way(qtbot: QtBot):
    jobs, seen, ends = Jobs(), [], []
    go_on = Event()

    def work(progress: Progress) -> str:
        progress(3, 10)
        go_on.wait(5)
        return "done"

    jobs.changed.connect(lambda: seen.extend((job.done, job.total) for job in jobs.running))
    jobs.start("counting", work, ends.append, ends.append)
    qtbot.waitUntil(lambda: (3, 10) in seen)
    assert not ends
    go_on.set()
    qtbot.waitUntil(lambda: ends == ["done"])


def test_an_error_arrives_instead_of_a_result(qtbot: QtBot):
    jobs, results, errors = Jobs(), [], []

    def work(progress: Progress) -> None:
        raise ValueError("broken")

    jobs.start("failing", work, results.append, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "broken"
    assert not results
    assert not jobs.running


def test_a_cancelled_job_stops_at_its_next_report_and_brings_nothing(qtbot: QtBot):
    jobs, ends = Jobs(), []
    stopped_at, begun = [], Event()

    def work(progress: Progress) -> str:
        for step in range(10_000_000):
            begun.set()
            stopped_at[:] = [step]
            try:
                progress(step, 10_000_000)
            except Exception:  # what a reader that wraps its errors does: a cancel must get past it
                return "swallowed"
        return "finished"

    job = jobs.start("long", work, ends.append, ends.append)
    begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    assert not ends
    assert stopped_at[0] < 10_000_000 - 1


def test_work_that_never_reports_is_thrown_away_when_it_ends(qtbot: QtBot):
    jobs, ends, go_on = Jobs(), [], Event()
    job = jobs.start("deaf", lambda progress: go_on.wait(5), ends.append, ends.append)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert not ends


def test_the_cycle_collector_never_runs_in_the_thread_of_a_job(qtbot: QtBot):
    jobs, ends, collected_in = Jobs(), [], set()

    def watch(phase: str, info: dict[str, int]) -> None:
        collected_in.add(threading.current_thread())

    def work(progress: Progress) -> None:
        for _ in range(50_000):  # garbage enough for many collections
            ring: list[object] = []
            ring.append(ring)

    gc.callbacks.append(watch)
    try:
        jobs.start("littering", work, ends.append, ends.append)
        qtbot.waitUntil(lambda: bool(ends))
        assert gc.isenabled()
        assert collected_in <= {threading.main_thread()}
    finally:
        gc.callbacks.remove(watch)


def test_stopping_ends_every_thread(qtbot: QtBot):
    jobs = Jobs()

    def work(progress: Progress) -> None:
        while True:
            progress(0, 0)

    for _ in range(3):
        jobs.start("endless", work, print, print)
    jobs.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "job: endless"]
    assert gc.isenabled()
    qtbot.waitUntil(lambda: not jobs.running)
