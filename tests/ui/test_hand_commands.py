"""What the mouse can do on the timeline, by key and by menu; rows to the clipboard and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import Hand
from plans import planned, shown
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.plan import Plan
from roadwright.model.records import Sort
from roadwright.ui.app import App
from roadwright.ui.messages import Message
from roadwright.ui.timeline.frame import ROW
from roadwright.ui.timeline.page import TimelinePage


@pytest.fixture
def open_plan(app: App) -> Callable[..., Hand]:
    """Open a plan on the timeline of the program, looked at from its first day."""

    def opened(plan: Plan, view: str = "plan") -> Hand:
        app.put_on_desk(Document(plan))
        app.session.show_view(view)
        page = app.page
        assert isinstance(page, TimelinePage)
        QApplication.processEvents()
        page.stage.look(zoom=10.0, left=min(app.document.schedule.start.values()) - 5, top=0)
        page.view.setFocus()
        return Hand(page, app.document, app.session, [])

    return opened


@pytest.fixture
def hand(open_plan: Callable[..., Hand]) -> Hand:
    plan = planned(
        P=(None, 1), A=("Mon", 2), B=("Wed", 2), C=("Fri", 1), under="P: A B", links="A FS B; B FS C"
    )
    return open_plan(plan)


def press(keys: str) -> None:
    """Press keys as a person does: on whatever has the keyboard."""
    for combination in (QKeySequence(one)[0] for one in keys.split()):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def rows(hand: Hand) -> str:
    return "".join(
        hand.document.plan.items[row.item].title if row.item else "-" for row in hand.page.stage.rows
    )


# Keys


@pytest.mark.parametrize(
    ("keys", "dates"),
    [
        ("Alt+Right", "Tue..Wed"),
        ("Alt+Left", "Fri0..Mon"),
        ("Ctrl+Shift+Right", "Mon..Wed"),
        ("Ctrl+Shift+Left", "Mon"),
        ("Ctrl+Alt+Right", "Tue"),
        ("Ctrl+Alt+Left", "Fri0..Tue"),
        ("Ctrl+Alt+Right Ctrl+Alt+Right Ctrl+Alt+Right", "Tue"),
    ],
)
def test_keys_move_a_bar_and_its_ends(hand: Hand, keys: str, dates: str) -> None:
    hand.session.select(["A"])
    press(keys)
    assert shown(hand.document.plan)["A"] == dates


def test_enter_makes_a_row_below_and_enter_in_its_title_the_next(hand: Hand) -> None:
    hand.session.select(["C"])
    press("Return")
    for title in ("X", "Y"):
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        QTest.keyClicks(QApplication.focusWidget(), title)
        press("Return")
    press("Esc")
    assert rows(hand) == "PABCXY"
    assert [step.verb for step in hand.document.done] == ["add_item", "add_item"]
    assert QApplication.focusWidget() is hand.page.view
    press("Ctrl+Z Ctrl+Z")
    assert rows(hand) == "PABC"


def test_undo_of_a_new_item_brings_back_the_selection(hand: Hand) -> None:
    hand.session.select(["B"])
    press("N")
    QTest.keyClicks(QApplication.focusWidget(), "X")
    hand.page.gutter.settle()
    hand.page.view.setFocus()
    press("Ctrl+Z")
    assert hand.session.items == ("B",)


def test_plus_and_minus_fold_where_the_selection_is(hand: Hand) -> None:
    hand.session.select(["B"])
    press("-")
    assert rows(hand) == "PC"
    press("+")
    assert rows(hand) == "PABC"
    assert hand.session.items == ("B",)


def test_plus_and_minus_fold_lanes_too(open_plan: Callable[..., Hand]) -> None:
    hand = open_plan(planned(A=("Mon", 2, {"team": "One"}), B=("Mon", 2, {"team": "Two"})), "by-team")
    hand.session.select(["A"])
    press("-")
    assert rows(hand) == "--B"
    press("+")
    assert rows(hand) == "-A-B"


def test_tab_indents_and_shift_tab_outdents(hand: Hand) -> None:
    hand.session.select(["C"])
    press("Tab")
    assert hand.document.plan.items["C"].parent == "P"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hand.document.plan.items["C"].parent is None


def test_rows_move_by_key_in_the_hierarchy_and_in_a_lane(open_plan: Callable[..., Hand]) -> None:
    team = {"team": "One"}
    plan = planned(
        P=(None, 1),
        A=("Mon", 2, team),
        B=("Mon", 2, team),
        Q=(None, 1),
        C=("Mon", 2, team),
        under="P: A B; Q: C",
    )
    hand = open_plan(plan)
    hand.session.select(["A"])
    press("Alt+Shift+Down")
    assert rows(hand) == "PBAQC"
    hand = open_plan(plan, "by-team")
    hand.session.select(["A"])
    for shown_then in ("-BAC", "-BCA", "-BCA"):
        press("Alt+Shift+Down")
        assert rows(hand) == shown_then
    hand.session.select(["C", "A"])
    press("Alt+Shift+Up")
    assert rows(hand) == "-CAB"
    assert hand.document.plan.items["A"].parent == "P"
    press("Ctrl+Z")
    assert rows(hand) == "-BCA"


@pytest.mark.parametrize("page", ["Ctrl+1", "Ctrl+4"])
def test_rows_do_not_move_by_key_where_the_view_sorts_them(
    app: App, open_plan: Callable[..., Hand], page: str
) -> None:
    hand = open_plan(planned(A=("Mon", 2), B=("Mon", 2)))
    said: list[Message] = []
    app.messages.said.connect(said.append)
    hand.session.adjust(hand.document.plan, sort=(Sort("title", True),))
    press(page)
    hand.session.select(["A"])
    press("Alt+Shift+Up")
    assert not hand.document.done, "the order by hand stays what it is"
    assert said[-1].text.startswith("The view is sorted")


def test_esc_clears_the_selection_on_timeline_and_graph(app: App, hand: Hand) -> None:
    for page in ("timeline", "graph"):
        app.session.show_page(page)
        QApplication.processEvents()
        for chosen in ({"items": ["A"]}, {"link": "A FS B"}):
            hand.session.select(**chosen)
            press("Esc")
            assert (hand.session.items, hand.session.link) == ((), None), page


# Menus


def menu_at(hand: Hand, widget: object, at: QPoint) -> list[str]:
    """What a right-click offers, by id; the menu is closed again."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = [action.objectName() for action in menu.actions() if action.objectName()]
    menu.close()
    return found


def test_bar_link_lane_axis_and_empty_have_menus_of_their_own(open_plan: Callable[..., Hand]) -> None:
    plan = planned(A=("Mon", 2, {"team": "One"}), B=("Wed", 2, {"team": "Two"}), links="A FS B")
    hand = open_plan(plan, "by-team")
    page, viewport = hand.page, hand.viewport
    bar = menu_at(hand, viewport, hand.place("A").toPoint())
    lane = menu_at(hand, page.gutter, QPoint(60, 10))
    axis = menu_at(hand, page.header, QPoint(200, 20))
    empty = menu_at(hand, viewport, QPoint(700, 6 * ROW))
    (_, points) = next(one for one in hand.drawn().lines if one[0] == "A FS B")
    x, y = points[1]
    on_link = QPointF(x - page.stage.scroll_x, y + 6 - page.stage.top).toPoint()
    link = menu_at(hand, viewport, on_link)
    assert {"edit.rename", "edit.cut", "item.indent"} <= set(bar)
    assert {"view.fold", "view.unfold", "item.new"} <= set(lane)
    assert {"view.fit", "view.today", "item.milestone"} <= set(axis)
    assert {"edit.paste", "item.new", "edit.select_all"} <= set(empty)
    assert "edit.delete" in link
    assert "edit.rename" not in {*link, *axis, *lane, *empty}


def test_the_lane_whose_menu_it_is_folds(app: App, open_plan: Callable[..., Hand], qtbot: QtBot) -> None:
    hand = open_plan(planned(A=("Mon", 2, {"team": "One"}), B=("Mon", 2, {"team": "Two"})), "by-team")
    at = QPoint(60, 2 * ROW + 10)
    gutter = hand.page.gutter
    QApplication.sendEvent(
        gutter, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, gutter.mapToGlobal(at))
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.setActiveAction(app.window.commands["view.fold"])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert rows(hand) == "-A-"
    qtbot.wait(10)
    hand.session.select(["A"])
    app.window.commands["view.fold"].trigger()
    assert rows(hand) == "--", "the menu is over: now it is the selection that counts"


def test_a_new_item_from_the_menu_starts_where_the_menu_was_opened(
    app: App, open_plan: Callable[..., Hand], qtbot: QtBot
) -> None:
    hand = open_plan(planned(A=("Mon", 2), B=("Wed", 2)))
    at = QPoint(int(hand.place("A", 0).x() + hand.days(14).x() + 3), int(hand.place("A").y()))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, hand.viewport.mapToGlobal(at))
    QApplication.sendEvent(hand.viewport, event)
    menu = QApplication.activePopupWidget()
    menu.setActiveAction(app.window.commands["item.milestone"])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "Go")
    hand.page.gutter.settle()
    assert rows(hand) == "AGoB"
    assert "Mon3" in shown(hand.document.plan).values()
    qtbot.wait(10)


# The clipboard


def test_rows_are_copied_as_a_table_that_excel_takes(hand: Hand) -> None:
    hand.session.select(["P"])
    press("Ctrl+C")
    mime = QGuiApplication.clipboard().mimeData()
    lines = mime.text().splitlines()
    assert lines[0].split("\t")[:2] == ["Key", "Title"]
    assert [line.split("\t")[1] for line in lines[1:]] == ["P", "A", "B"]
    assert "2026-01-05" in lines[2]
    assert "<table>" in mime.html()
    assert not hand.document.done


def test_copied_rows_are_pasted_below_the_current_one_with_what_links_them(hand: Hand) -> None:
    hand.session.select(["P"])
    press("Ctrl+C")
    hand.session.select(["C"])
    press("Ctrl+V")
    assert rows(hand) == "PABCPAB"
    assert len(hand.document.plan.links) == 3
    assert [step.verb for step in hand.document.done] == ["put_rows"]
    assert [hand.document.plan.items[id].title for id in hand.session.items] == ["P"]


def test_cut_rows_are_what_they_were_when_they_are_pasted(hand: Hand) -> None:
    before = hand.document.plan
    hand.session.select(["A"])
    press("Ctrl+X")
    assert rows(hand) == "PBC"
    hand.session.select(["C"])
    press("Ctrl+V")
    assert rows(hand) == "PBCA"
    assert hand.document.plan.links == before.links
    assert hand.document.plan.items["A"].key == "A"
    press("Ctrl+Z Ctrl+Z")
    assert hand.document.plan == before


def test_rows_from_a_spreadsheet_become_items_with_their_teams_and_owners(app: App, hand: Hand) -> None:
    QGuiApplication.clipboard().setText(
        "Title\tStart\tDuration\tTeam\tOwner\nLogin\t2026-02-02\t3\tWeb\tKim\nLater\t\t\tWeb\t\n"
    )
    hand.session.select(["B"])
    press("Ctrl+V")
    plan = hand.document.plan
    made = {item.title: item for item in plan.items.values() if item.title in ("Login", "Later")}
    assert rows(hand) == "PABLoginC", "what has no date waits in the backlog"
    assert made["Login"].parent == made["Later"].parent == "P"
    assert plan.teams[made["Login"].team].title == "Web"
    assert made["Login"].team == made["Later"].team
    assert plan.people[made["Login"].owner].name == "Kim"
    assert len(hand.document.done) == 1
    said = "Pasted 2 rows. 1 has no dates and waits in the backlog. 2 new names in the plan: Web, Kim."
    assert app.messages.last.text == said


def test_titles_alone_are_pasted_too_and_nothing_is_said_to_be_nothing(app: App, hand: Hand) -> None:
    QGuiApplication.clipboard().setText("One\nTwo\n")
    hand.session.select(["C"])
    press("Ctrl+V")
    assert {"One", "Two"} <= {item.title for item in hand.document.plan.items.values()}
    assert len(hand.document.done) == 1
    QGuiApplication.clipboard().setText("")
    press("Ctrl+V")
    assert app.messages.last.text == "There are no rows on the clipboard"
    assert len(hand.document.done) == 1
