"""Who makes the changes: the full name of the login, until somebody says who they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.who import login_name


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    login_name.cache_clear()
    yield
    login_name.cache_clear()


def test_without_a_full_name_it_is_the_login(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("roadwright.ui.who._unix_name", lambda: " ")
    monkeypatch.setattr("roadwright.ui.who._windows_name", lambda: "")
    monkeypatch.setenv("USER", "ann")
    assert login_name() == "ann"


def test_the_full_name_comes_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("roadwright.ui.who._unix_name", lambda: "Ann Kowalski")
    monkeypatch.setattr("roadwright.ui.who._windows_name", lambda: "Ann Kowalski")
    assert login_name() == "Ann Kowalski"


def test_a_name_that_is_typed_is_that_of_every_change_from_then_on(
    make_app: Callable[..., App], qtbot: QtBot
):
    app = make_app()
    app.window.commands["view.who"].trigger()
    popup = QApplication.activePopupWidget()
    field = popup.findChild(QLineEdit)
    assert field.text() == app.author
    field.selectAll()
    qtbot.keyClicks(field, "Bo  Nilsson")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert app.settings.kept.me == "Bo Nilsson"
    id = next(iter(app.document.kept.items))
    app.document.commit(rename_item, id, "Other")
    assert app.document.done[-1].author == "Bo Nilsson"
