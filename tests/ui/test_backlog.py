"""The backlog panel, by mouse and keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from panel_plans import Company
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import add_item, set_field
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId
from roadwright.ui.backlog.panel import BacklogPanel
from roadwright.ui.carrying import MIME
from roadwright.ui.drawing.palette import theme

Key = Qt.Key
TODAY = date(2026, 11, 23)


class Shelf:
    """The panel as a person uses it."""

    def __init__(self, qtbot: QtBot, company: Company) -> None:
        self.qtbot, self.company = qtbot, company
        self.panel = BacklogPanel(*company.parts, today=lambda: TODAY)
        self.panel.resize(232, 640)
        qtbot.addWidget(self.panel)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.panel.activateWindow()

    @property
    def document(self) -> Any:
        return self.company.document

    @property
    def list(self) -> Any:
        return self.panel.list

    @property
    def model(self) -> Any:
        return self.list.model()

    def lines(self) -> list[str]:
        """Heads in angle brackets with their count, and ids."""
        return [line.item or f"<{line.horizon or 'none'} {line.size}>" for line in self.model.lines]

    def point(self, what: str) -> QPoint:
        return self.list.visualRect(self.model.index(self.lines().index(what))).center()

    def click(self, what: str, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, modifiers, self.point(what))

    def drop(self, ids: list[str], what: str) -> bool:
        """Let items fall on a line; whether it would take them."""
        mime = QMimeData()
        mime.setData(MIME, json.dumps(ids).encode())
        return self.drop_mime(mime, what)

    def drop_mime(self, mime: QMimeData, what: str) -> bool:
        point, viewport = self.point(what), self.list.viewport()
        action, button, none = (
            Qt.DropAction.MoveAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        for event in (
            QDragEnterEvent(point, action, mime, button, none),
            QDragMoveEvent(point, action, mime, button, none),
        ):
            QApplication.sendEvent(viewport, event)
            taken = event.isAccepted()
        if taken:
            QApplication.sendEvent(viewport, QDropEvent(QPointF(point), action, mime, button, none))
        return taken


@pytest.fixture
def shelf(qtbot: QtBot) -> Shelf:
    return Shelf(qtbot, Company())


@pytest.fixture
def make_shelf(qtbot: QtBot) -> Callable[..., Shelf]:
    return lambda **how: Shelf(qtbot, Company(**how))


USUAL = ["<now 1>", "voice", "<next 2>", "dark", "api", "<later 1>", "wear", "<none 1>", "idea"]


def test_items_without_dates_stand_by_horizon(shelf: Shelf) -> None:
    assert shelf.lines() == USUAL
    assert shelf.panel._total.text() == "5"


def test_an_item_that_gets_dates_leaves(shelf: Shelf) -> None:
    shelf.document.commit(set_field, ["voice"], "start", date(2026, 12, 1))
    assert "voice" not in shelf.lines()
    assert shelf.panel._total.text() == "4"
    shelf.document.undo()
    assert shelf.lines() == USUAL


def test_searching_shows_what_has_the_words(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.panel.focus_search()
    qtbot.keyClicks(shelf.panel.search, "explorer")
    assert shelf.lines() == ["<next 1>", "api"]
    qtbot.keyClicks(shelf.panel.search, "zzz")
    assert not shelf.list.isVisible()
    assert "zzz" in shelf.panel._empty.text()
    shelf.panel.search.clear()
    assert shelf.lines() == USUAL


def test_an_empty_backlog_says_what_it_is_for(make_shelf: Callable[..., Shelf], qtbot: QtBot) -> None:
    shelf = make_shelf(plan=new_plan("Empty"))
    assert shelf.panel._empty.isVisible()
    qtbot.keyClicks(shelf.panel.new_title, "First idea")
    qtbot.keyClick(shelf.panel.new_title, Key.Key_Return)
    assert [item.title for item in shelf.document.plan.items.values()] == ["First idea"]
    assert not shelf.panel._empty.isVisible()
    assert shelf.panel.new_title.text() == ""


def test_a_new_item_goes_where_the_selected_one_stands(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.click("dark")
    qtbot.keyClicks(shelf.panel.new_title, "Saved carts")
    qtbot.keyClick(shelf.panel.new_title, Key.Key_Return)
    made = next(item for item in shelf.document.plan.items.values() if item.title == "Saved carts")
    assert made.horizon == "next"
    assert shelf.document.done[-1].verb == "add_item"


def test_enter_and_double_click_start_an_item_today(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.click("voice")
    qtbot.keyClick(shelf.list, Key.Key_Return)
    assert shelf.document.plan.items["voice"].start == TODAY
    assert shelf.company.session.items == ("voice",)
    assert "Ctrl+Z" in shelf.company.said[-1].text
    qtbot.mouseDClick(shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=shelf.point("wear"))
    assert shelf.document.plan.items["wear"].start == TODAY
    assert len(shelf.document.done) == 2


def test_selection_is_shared(shelf: Shelf) -> None:
    shelf.click("dark")
    shelf.click("wear", Qt.KeyboardModifier.ControlModifier)
    assert set(shelf.company.session.items) == {"dark", "wear"}
    shelf.company.session.select(["idea"])
    assert shelf.list.chosen() == ["idea"]
    shelf.company.session.select(["billing"])
    assert shelf.list.chosen() == []
    assert shelf.company.session.items == ("billing",)


def test_heads_fold_by_mouse_and_key(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.click("<next 2>")
    assert "dark" not in shelf.lines()
    shelf.list.setCurrentIndex(shelf.model.index(shelf.lines().index("<next 2>")))
    qtbot.keyClick(shelf.list, Key.Key_Return)
    assert shelf.lines() == USUAL


def test_delete_removes_and_says_how_to_get_it_back(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.click("dark")
    qtbot.keyClick(shelf.list, Key.Key_Delete)
    assert "dark" not in shelf.document.plan.items
    assert shelf.company.said[-1].text == "Deleted Dark theme for the portal."


def test_what_is_dragged_out_is_a_list_of_ids(shelf: Shelf) -> None:
    indexes = [shelf.model.index(shelf.lines().index(id)) for id in ("dark", "api")]
    mime = shelf.model.mimeData(indexes)
    assert json.loads(bytes(mime.data(MIME).data())) == ["dark", "api"]
    assert mime.text().splitlines()[0] == "Dark theme for the portal"
    pixmap = shelf.list.drag_pixmap(["dark", "api"])
    assert 80 < pixmap.width() / pixmap.devicePixelRatio() < 320


def test_dropping_on_another_horizon_changes_it_in_one_step(shelf: Shelf) -> None:
    assert shelf.drop(["dark", "api"], "wear")
    assert shelf.lines() == [
        "<now 1>",
        "voice",
        "<next 0>",
        "<later 3>",
        "dark",
        "api",
        "wear",
        "<none 1>",
        "idea",
    ]
    assert len(shelf.document.done) == 1


def test_an_empty_horizon_can_be_dropped_on(shelf: Shelf) -> None:
    shelf.drop(["voice"], "idea")
    shelf.drop(["idea"], "<now 0>")
    assert shelf.lines()[:2] == ["<now 1>", "idea"]


def test_items_from_the_timeline_lose_their_dates(shelf: Shelf) -> None:
    assert shelf.drop(["lake"], "wear")
    item = shelf.document.plan.items["lake"]
    assert (item.start, item.horizon) == (None, "later")
    assert len(shelf.document.done) == 1


def test_other_things_are_not_taken(shelf: Shelf) -> None:
    text = QMimeData()
    text.setText("voice")
    assert not shelf.drop_mime(text, "wear")
    for broken in (b"\xff", b"{}", b"[1, 2]"):
        mime = QMimeData()
        mime.setData(MIME, broken)
        assert not shelf.drop_mime(mime, "wear")
    assert shelf.drop(["who"], "wear")  # of another plan
    assert shelf.document.done == []


def test_unschedule_says_what_links_hold_on_the_timeline(shelf: Shelf) -> None:
    shelf.panel.unschedule(["lake"])
    assert "lake" in shelf.lines()
    shelf.panel.unschedule(["checkout"])
    assert "checkout" not in shelf.lines()
    assert shelf.document.plan.items["checkout"].key in shelf.company.said[-1].text


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_painted_in_both_themes(shelf: Shelf, name: str) -> None:
    shelf.panel.set_theme(theme(name))
    picture = shelf.panel.grab().toImage()
    assert picture.pixelColor(2, 2).name().upper() == theme(name).colors.background


def test_thousands_of_items_are_no_burden(make_shelf: Callable[..., Shelf]) -> None:
    plan = new_plan("Big")
    plan = plan.put(*(add_item(plan, ItemId(f"i{n}"), title=f"Idea {n}").items[f"i{n}"] for n in range(3000)))
    shelf = make_shelf(plan=plan)
    assert shelf.panel._total.text() == "3000"
    shelf.company.session.select(["i2900"])
    assert shelf.list.visualRect(shelf.model.index(shelf.model.row_of("i2900"))).intersects(
        shelf.list.viewport().rect()
    )


def test_nothing_overlaps_when_it_is_small(shelf: Shelf) -> None:
    shelf.panel.resize(180, 300)
    QApplication.processEvents()
    parts = [shelf.panel.search, shelf.list, shelf.panel.new_title]
    for above, below in pairwise(parts):
        assert above.geometry().bottom() < below.geometry().top()
    assert shelf.panel.rect().contains(shelf.panel.new_title.geometry())
