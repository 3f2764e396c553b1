"""What people stumbled over: keyboard focus, the way to the backlog, stale words, tooltips, full screen."""

from __future__ import annotations

import pytest
from hands import NO_KEYS, Buttons, Hand, send_mouse, timeline
from plans import day, planned, shown
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId, LinkId
from roadwright.ui.app import App
from roadwright.ui.frame.message_bar import SECONDS_SHOWN
from roadwright.ui.timeline.page import TimelinePage


def on_desk(app: App, plan: Plan) -> Hand:
    """The program with a plan and its backlog panel, and a hand on its timeline."""
    app.put_on_desk(Document(plan))
    app.window.show_panel("backlog", True)
    page = app.page
    assert isinstance(page, TimelinePage)
    QApplication.processEvents()
    first = min(app.document.schedule.start.values())
    page.stage.look(zoom=10.0, left=first - 5, top=0)
    return Hand(page, app.document, app.session, [])


def said(app: App) -> str:
    """What the message bar says."""
    return app.window.message_bar._words.text()


def ways_out(app: App) -> list[QPushButton]:
    return [button for button in app.window.message_bar._ways.findChildren(QPushButton) if button.isVisible()]


def over(page: QWidget, target: QWidget) -> QPointF:
    """The middle of a widget, as a place of the page's viewport."""
    return QPointF(page.mapFromGlobal(target.mapToGlobal(target.rect().center())))


def press(widget: QWidget, at: QPoint) -> None:
    QTest.mouseClick(widget, Buttons.LeftButton, NO_KEYS, at)


# 1


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Escape, Qt.Key.Key_Escape), (Qt.Key.Key_Return,)])
def test_the_search_gives_the_keyboard_back(app: App, keys: tuple[Qt.Key, ...]) -> None:
    hand = on_desk(app, planned(A=("Mon", 4)))
    QTest.keySequence(app.window, QKeySequence("Ctrl+F"))
    field = QApplication.focusWidget()
    assert field is app.window.topbar._search
    QTest.keyClicks(field, "A")
    for key in keys:
        QTest.keyClick(field, key)
    assert QApplication.focusWidget() is hand.page.view


@pytest.mark.parametrize("part", ["gutter", "header"])
def test_a_press_beside_the_bars_takes_the_keyboard(app: App, part: str) -> None:
    hand = on_desk(app, planned(A=("Mon", 4)))
    app.window.topbar.focus_search()
    press(getattr(hand.page, part), QPoint(60, 16))
    assert QApplication.focusWidget() is hand.page.view


# 2


def test_a_bar_dropped_on_the_backlog_panel_leaves_the_timeline(app: App) -> None:
    hand = on_desk(app, planned(A=("Mon", 4), M=("Wed", 0)))
    panel = app.window.panels["backlog"].content
    assert panel is not None
    start, goal = hand.place("A"), over(hand.viewport, panel)
    left = hand.page.stage.left
    hand.drag(start, goal - start)
    assert panel._light.isVisible()
    assert said(app) == "Drop to move A to the backlog. Esc to cancel"
    assert not app.document.previewing
    assert hand.page.stage.left == left
    hand.release(goal)
    assert shown(app.document.plan) == {"A": "", "M": "Wed"}
    assert not panel._light.isVisible()
    assert said(app) == "Moved A to the backlog."
    assert [step.verb for step in app.document.done] == ["unschedule_items"]
    ways_out(app)[0].click()
    assert shown(app.document.plan) == {"A": "Mon..Thu", "M": "Wed"}


def test_a_parent_and_a_row_go_to_the_backlog_with_all_under_them(app: App) -> None:
    hand = on_desk(app, planned(P=(None, 1), A=("Mon", 2), B=("Mon", 3), under="P: A"))
    panel = app.window.panels["backlog"].content
    assert panel is not None
    gutter = hand.page.gutter
    start, goal = QPointF(60, 16), over(gutter, panel)
    send_mouse(gutter, QEvent.Type.MouseButtonPress, start, Buttons.LeftButton, Buttons.LeftButton, NO_KEYS)
    for at in (start + QPointF(0, 9), goal):
        send_mouse(gutter, QEvent.Type.MouseMove, at, Buttons.NoButton, Buttons.LeftButton, NO_KEYS)
    send_mouse(gutter, QEvent.Type.MouseButtonRelease, goal, Buttons.LeftButton, Buttons.NoButton, NO_KEYS)
    assert shown(app.document.plan) == {"P": "", "A": "", "B": "Mon..Wed"}
    assert len(app.document.done) == 1


def test_esc_over_the_panel_cancels(app: App) -> None:
    hand = on_desk(app, planned(A=("Mon", 4)))
    panel = app.window.panels["backlog"].content
    assert panel is not None
    start, goal = hand.place("A"), over(hand.viewport, panel)
    hand.drag(start, goal - start)
    hand.key(Qt.Key.Key_Escape)
    hand.release(goal)
    assert not panel._light.isVisible()
    assert not app.document.done


# 3


def test_the_panels_and_their_buttons_agree_at_any_width(app: App) -> None:
    for width in (1100, 1600, 1300):
        app.window.resize(width, 800)
        QApplication.processEvents()
        for name, panel in app.window.panels.items():
            assert app.window.commands[f"view.{name}"].isChecked() == (not panel.isHidden()), (width, name)
    assert app.window.panels["backlog"].isHidden()


# 4


def test_the_search_is_found_in_full_screen_and_esc_leaves_at_once(app: App) -> None:
    hand = on_desk(app, planned(A=("Mon", 4)))
    app.window.be_calm(True)
    app.window.commands["edit.find"].trigger()
    assert app.window.topbar.isVisible()
    assert QApplication.focusWidget() is app.window.topbar._search
    app.window.be_calm(True)
    hand.page.view.setFocus()
    hand.click(hand.place("A"))
    assert app.session.items
    QTest.keyClick(hand.page.view, Qt.Key.Key_Escape)
    assert not app.window.calm


# 5


def test_a_step_that_says_nothing_clears_what_was_said(app: App) -> None:
    hand = on_desk(app, planned(A=("Mon", 4)))
    hand.drag_and_drop(hand.place("A"), hand.days(7))
    app.window.commands["edit.undo"].trigger()
    assert said(app).startswith("Undone")
    app.document.commit(rename_item, ItemId("A"), "Apple")
    assert said(app) == ""
    assert not ways_out(app)


def test_another_page_clears_a_warning_and_what_informs_fades(app: App) -> None:
    app.messages.say("ui.nothing_linked", level="warning")
    app.session.show_page("table")
    assert said(app) == ""
    app.messages.say("ui.nothing_linked")
    assert said(app)
    assert app.window.message_bar._wait.isActive()
    assert app.window.message_bar._wait.interval() == SECONDS_SHOWN * 1000 <= 8000


def test_a_gesture_that_ends_without_a_step_leaves_no_words(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4), B=("Mon3", 4)))
    start = hand.dot("A")
    hand.hover(hand.place("A"))
    hand.drag_and_drop(start, QPointF(40, 200))
    assert hand.words() == ""


# 6


def test_a_drop_and_a_key_say_what_followed_and_the_way_back(app: App) -> None:
    plan = planned(A=("Mon", 4), B=("Mon", 3, {"deadline": day("Wed2")}), links="A FS B")
    hand = on_desk(app, plan)
    hand.drag_and_drop(hand.place("A"), hand.days(7))
    told = "Moved A 5 working days later; 1 item moved along. Past the deadline: B."
    assert said(app) == told
    ways_out(app)[0].click()
    assert shown(app.document.plan)["A"] == "Mon..Thu"
    app.session.select([ItemId("A")])
    hand.page.nudge(5)
    assert said(app) == told
    assert len(ways_out(app)) == 1


# 7


def test_a_tooltip_comes_only_where_the_pointer_rests_anew(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4)))
    tip = hand.page.view.hand._tip
    hand.drag_and_drop(hand.place("A"), hand.days(7))
    assert not tip.isActive()
    hand.hover(hand.place("A") + QPointF(3, 0))
    assert tip.isActive()
    hand.key(Qt.Key.Key_Shift)
    assert not tip.isActive()
    hand.hover(hand.place("A") + QPointF(5, 0))
    hand.document.commit(rename_item, ItemId("A"), "Apple")
    assert not tip.isActive()


# 8


def test_esc_clears_a_selected_link(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4), B=("Mon", 3), links="A FS B"))
    hand.session.select(link=LinkId("A FS B"))
    hand.key(Qt.Key.Key_Escape)
    assert hand.session.link is None


def test_what_is_deleted_is_named_with_its_links(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4), B=("Mon", 3), links="A FS B"))
    hand.session.select([ItemId("B")])
    hand.page.delete_selected()
    assert hand.words() == "Deleted B with 1 link."
