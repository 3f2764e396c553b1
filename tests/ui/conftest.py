"""Fixtures of the UI tests: the program on a state folder of its own, and a watch for what tests leave."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.ui.app import App
from shiboken6 import isValid


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Offscreen, Qt complains of what only a real screen can do."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ever touches the folders of whoever runs it."""
    monkeypatch.setenv("ROADWRIGHT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(autouse=True)
def _leaves_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer or a thread behind."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    windows, threads = set(_windows()), set(threading.enumerate())
    timers = set(map(id, _timers()))
    yield
    _settle()
    deadline = time.monotonic() + 3
    while (left := set(threading.enumerate()) - threads) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {left}"
    new_windows = [window for window in _windows() if window not in windows]
    if new_windows:
        gc.collect()
        _settle()
        new_windows = [window for window in _windows() if window not in windows]
    assert not new_windows, f"windows left: {new_windows}"
    new_timers = [timer for timer in _timers() if id(timer) not in timers]
    assert not new_timers, f"timers left running: {[(timer, timer.parent()) for timer in new_timers]}"


@pytest.fixture
def make_app(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Start the program, as often as one likes: `make_app(path=None)`, shown and painted."""
    made: list[App] = []

    def make(path: str | Path | None = None) -> App:
        app = App(qapp, tmp_path / "state")
        made.append(app)
        app.start(str(path) if path is not None else None)
        with qtbot.waitExposed(app.window):
            app.window.activateWindow()
        qtbot.waitUntil(lambda: bool(app.icons.family))
        return app

    yield make
    for app in made:
        end(app)


@pytest.fixture
def app(make_app: Callable[..., App]) -> App:
    """The program with the sample plan."""
    return make_app()


def end(app: App) -> None:
    """Close the program without a question, as if all were saved."""
    if isValid(app):
        document: Document = app.document
        document.mark_saved()
        app.window.close()
        app.window.deleteLater()
        app.deleteLater()
        _settle()


def _settle() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _windows() -> list[object]:
    return list(QApplication.topLevelWidgets())


def _timers() -> list[QTimer]:
    found = [thing for thing in gc.get_objects() if type(thing) is QTimer]
    return [timer for timer in found if isValid(timer) and timer.isActive()]
