"""Linking, choosing, making and moving rows on the timeline, with a real mouse and real keys."""

from __future__ import annotations

import json

import pytest
from hands import NO_KEYS, Buttons, Hand, send_mouse, timeline
from plans import day, planned, shown
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot
from roadwright.model.edits.links import remove_links
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId
from roadwright.ui.carrying import MIME
from roadwright.ui.drawing.scene import Polyline
from roadwright.ui.timeline.columns import columns
from roadwright.ui.timeline.frame import ROW
from roadwright.ui.timeline.gutter import Gutter

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return timeline(qtbot, planned(A=("Mon", 4), B=("Mon2", 4), C=("Mon3", 4), links="A FS B; B FS C"))


def in_teams() -> Plan:
    return planned(
        A=("Mon", 4, {"team": "One"}),
        B=("Wed", 4, {"team": "One"}),
        C=("Mon", 4, {"team": "Two"}),
    )


def links(hand: Hand) -> set[str]:
    return {f"{link.source} {link.type} {link.target}" for link in hand.document.plan.links.values()}


def open_editor(hand: Hand) -> QLineEdit:
    [editor] = [one for one in hand.page.gutter.findChildren(QLineEdit) if one.isVisible()]
    return editor


# Links


def test_a_drag_from_a_dot_to_a_bar_links_them(hand: Hand) -> None:
    start = hand.dot("A")
    hand.hover(hand.place("A"))
    hand.drag(start, hand.place("C", 0.3) - start)
    assert hand.page.stage.hints.target == "C"
    assert hand.words() == "C will wait for A (A FS). Esc to cancel"
    hand.release(hand.place("C", 0.3))
    assert links(hand) == {"A FS B", "B FS C", "A FS C"}
    assert hand.words() == "C waits for A now (A FS)"
    hand.document.undo()
    assert links(hand) == {"A FS B", "B FS C"}


@pytest.mark.parametrize(
    ("from_start", "share", "made"),
    [(False, 0.98, "A FF C"), (True, 0.05, "A SS C"), (True, 0.6, "C FS A")],
)
def test_the_ends_decide_the_type(qtbot: QtBot, from_start: bool, share: float, made: str) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4), C=("Mon3", 4)))
    start = hand.dot("A", start=from_start)
    hand.hover(hand.place("A"))
    hand.drag_and_drop(start, hand.place("C", share) - start)
    assert links(hand) == {made}


def test_a_link_that_would_close_a_loop_turns_the_loop_red_and_is_refused_by_name(hand: Hand) -> None:
    start = hand.dot("C")
    hand.hover(hand.place("C"))
    hand.drag(start, hand.place("A") - start)
    danger = hand.page.stage.theme.colors.danger
    red = [s.ref for s in hand.drawn().shapes if isinstance(s, Polyline) and s.color == danger and s.ref]
    assert set(red) == {"A FS B", "B FS C"}
    for key in ("A", "B", "C"):
        assert key in hand.words()
    hand.release(hand.place("A"))
    assert links(hand) == {"A FS B", "B FS C"}
    assert not hand.document.done
    assert hand.said[-1].level == "warning"


def test_a_link_dropped_on_nothing_is_none(hand: Hand) -> None:
    start = hand.dot("A")
    hand.hover(hand.place("A"))
    hand.drag_and_drop(start, QPointF(40, 200))
    assert links(hand) == {"A FS B", "B FS C"}


def test_a_click_on_a_link_chooses_it_and_delete_removes_it(hand: Hand) -> None:
    (_, points) = next(line for line in hand.drawn().lines if line[0] == "A FS B")
    (x0, y0), (x1, y1) = points[-3], points[-2]
    stage = hand.page.stage
    hand.click(QPointF((x0 + x1) / 2 - stage.scroll_x, (y0 + y1) / 2 - stage.top))
    assert hand.session.link == "A FS B"
    assert "B waits for A (A FS)" in hand.words()
    hand.page.delete_selected()
    assert links(hand) == {"B FS C"}
    assert hand.words() == "B no longer waits for A."
    hand.document.undo()
    assert links(hand) == {"A FS B", "B FS C"}


def test_the_end_of_a_chosen_link_is_dragged_to_another_bar(hand: Hand) -> None:
    hand.session.select(link="A FS B")
    (_, points) = next(line for line in hand.drawn().lines if line[0] == "A FS B")
    stage = hand.page.stage
    tip = QPointF(points[-1][0] - stage.scroll_x - 3, points[-1][1] - stage.top)
    hand.document.commit(remove_links, ["B FS C"])
    hand.drag_and_drop(tip, hand.place("C", 0.5) - tip)
    assert links(hand) == {"A FS C"}


# Choosing


def test_clicks_choose(hand: Hand) -> None:
    hand.click(hand.place("A"))
    assert hand.session.items == ("A",)
    hand.click(hand.place("C"), SHIFT)
    assert hand.session.items == ("A", "B", "C")
    hand.click(hand.place("B"), CONTROL)
    assert hand.session.items == ("A", "C")
    hand.click(hand.place("C"))
    assert hand.session.items == ("C",)
    hand.click(QPointF(600, 300))
    assert hand.session.items == ()


def test_a_rubber_band_chooses_what_it_touches(hand: Hand) -> None:
    start = hand.place("B", 1) + QPointF(60, 0)
    hand.drag(start, hand.place("C", 0.5) - start)
    assert hand.session.items == ("C",)
    hand.move(hand.place("B", 0.5) + QPointF(0, ROW))
    assert hand.session.items == ("B", "C")
    hand.key(Qt.Key.Key_Escape)
    assert hand.session.items == ()


def test_keys_walk_the_rows(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Down)
    assert hand.session.items == ("A",)
    hand.key(Qt.Key.Key_End)
    assert hand.session.items == ("C",)
    hand.key(Qt.Key.Key_Up, SHIFT)
    assert set(hand.session.items) == {"B", "C"}
    hand.key(Qt.Key.Key_Home)
    assert hand.session.items == ("A",)
    assert hand.page.view.accessibleDescription().startswith("A, feature, 5 January to 8 January")


def test_keys_fold_and_unfold(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(P=(None, 1), A=("Mon", 2), under="P: A"))
    hand.session.select(["A"])
    hand.key(Qt.Key.Key_Left)
    assert hand.session.items == ("P",)
    hand.key(Qt.Key.Key_Left)
    assert [row.item for row in hand.page.stage.rows] == ["P"]
    hand.key(Qt.Key.Key_Right)
    assert [row.item for row in hand.page.stage.rows] == ["P", "A"]


def test_a_hovered_bar_says_why_it_starts_there(qtbot: QtBot, hand: Hand) -> None:
    hand.hover(hand.place("B"))
    qtbot.waitUntil(QToolTip.isVisible)
    text = QToolTip.text()
    QToolTip.hideText()
    assert "12 Jan – 15 Jan 2026 · 4 working days" in text
    assert "B starts 12 Jan 2026, which is its own start." in text
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_right_click_says_what_it_was_on(hand: Hand) -> None:
    asked: list[tuple[str, str]] = []
    hand.page.context_requested.connect(lambda kind, id, at: asked.append((kind, id)))
    for at in (hand.place("B"), QPointF(900, 400)):
        here = at.toPoint()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(
            hand.viewport, QContextMenuEvent(reason, here, hand.viewport.mapToGlobal(here))
        )
    assert asked == [("bar", "B"), ("empty", "")]
    assert hand.session.items == ("B",)


# Making


def test_a_double_click_in_an_empty_place_makes_an_item_and_asks_for_its_title(hand: Hand) -> None:
    at = hand.place("B", 1) + hand.days(6) + QPointF(2, 0)
    hand.double_click(at)
    [made] = [item for item in hand.document.plan.items.values() if item.id not in "ABC"]
    assert (made.start, made.duration) == (day("Thu3"), 5)
    assert hand.session.items == (made.id,)
    assert [row.item for row in hand.page.stage.rows] == ["A", "B", made.id, "C"]
    editor = open_editor(hand)
    QTest.keyClicks(editor, "Dark mode")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hand.document.plan.items[made.id].title == "Dark mode"


def test_a_drag_below_the_last_row_draws_an_item(hand: Hand) -> None:
    zoom = hand.page.stage.axis.zoom
    x = hand.place("A", 0).x()
    start = QPointF(x + 1 * zoom, 3 * ROW + ROW / 2)
    hand.drag_and_drop(start, hand.days(7))
    [made] = [item for item in hand.document.plan.items.values() if item.id not in "ABC"]
    assert (made.start, made.duration) == (day("Tue"), 5)
    hand.page.gutter.close_editor()


def test_an_item_drawn_in_a_lane_is_of_that_lane(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_teams(), view="by-team")
    lane = next(n for n, row in enumerate(hand.page.stage.rows) if row.value == "Two")
    hand.drag_and_drop(QPointF(300, lane * ROW + 12), QPointF(100, 0))
    [made] = [item for item in hand.document.plan.items.values() if item.id not in "ABC"]
    assert made.team == "Two"
    assert [step.verb for step in hand.document.done] == ["add_item"]
    hand.page.gutter.close_editor()


def test_new_item_and_new_milestone_come_below_the_current_one(hand: Hand) -> None:
    hand.session.select(["A"])
    hand.page.new_milestone()
    made = hand.document.plan.items[hand.session.items[0]]
    assert made.kind == "milestone"
    assert hand.page.stage.board.row_of[made.id] == 1
    hand.page.gutter.close_editor()
    hand.page.new_item()
    assert hand.page.stage.board.row_of[hand.session.items[0]] == 2
    hand.page.gutter.close_editor()


def test_items_dropped_from_the_backlog_start_there_in_that_lane(qtbot: QtBot) -> None:
    plan = planned(plan=in_teams(), X=(None, 3))
    hand = timeline(qtbot, plan, view="by-team")
    data = QMimeData()
    data.setData(MIME, json.dumps(["X"]).encode())
    at = hand.place("C", 0) + hand.days(7) + QPointF(3, 0)
    view, here = hand.viewport, at.toPoint()
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(here, move, data, Buttons.LeftButton, none)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(at, move, data, Buttons.LeftButton, none))
    assert hand.document.plan.items["X"].start == day("Mon2")
    assert hand.document.plan.items["X"].team == "Two"
    assert len(hand.document.done) == 1


# Rows


def test_a_drag_down_into_another_lane_changes_the_team_and_no_date(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_teams(), view="by-team")
    start = hand.place("A")
    hand.drag_and_drop(start, QPointF(6, hand.place("C").y() - start.y()))
    assert hand.document.plan.items["A"].team == "Two"
    assert hand.document.plan.items["A"].start == day("Mon")
    assert len(hand.document.done) == 1
    hand.document.undo()
    assert hand.document.plan.items["A"].team == "One"


def test_a_bar_can_change_its_day_and_its_lane_at_once(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_teams(), view="by-team")
    start = hand.place("A")
    hand.drag(start, hand.days(7))
    end = QPointF(start.x() + hand.days(7).x(), hand.place("C").y())
    hand.move(end)
    hand.release(end)
    item = hand.document.plan.items["A"]
    assert (item.team, item.start) == ("Two", day("Mon2"))
    assert len(hand.document.done) == 1


def test_the_hand_is_held_to_its_row_until_it_is_more_than_one_row_off(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_teams(), view="by-team")
    hand.drag_and_drop(hand.place("B"), hand.days(7) + QPointF(0, ROW - 2))
    assert hand.document.plan.items["B"].team == "One"
    hand.drag(hand.place("B"), hand.days(7))
    hand.move(hand.place("B") + QPointF(0, 2 * ROW), SHIFT)
    hand.release(hand.place("B") + QPointF(0, 2 * ROW), SHIFT)
    assert hand.document.plan.items["B"].team == "One"


def test_rows_are_put_in_another_order_by_hand(hand: Hand) -> None:
    start = hand.place("C")
    hand.drag_and_drop(start, QPointF(0, -2.4 * ROW))
    assert [row.item for row in hand.page.stage.rows] == ["C", "A", "B"]
    assert shown(hand.document.plan)["C"] == "Mon3..Thu3"


def test_a_row_is_dropped_under_a_parent_from_the_table(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(P=(None, 1), A=("Mon", 2), B=("Mon", 2), under="P: A"))
    gutter = hand.page.gutter
    QTest.mousePress(gutter, Qt.MouseButton.LeftButton, pos=QPoint(80, 2 * ROW + 13))
    _drag_gutter(gutter, QPoint(80, 2 * ROW + 5), QPoint(80, 13))
    QTest.mouseRelease(gutter, Qt.MouseButton.LeftButton, pos=QPoint(80, 13))
    assert hand.document.plan.items["B"].parent == "P"


def _drag_gutter(gutter: Gutter, *places: QPoint) -> None:
    for at in places:
        send_mouse(gutter, QEvent.Type.MouseMove, QPointF(at), Buttons.NoButton, Buttons.LeftButton, NO_KEYS)


def test_f2_renames_in_place_and_esc_leaves_it(hand: Hand) -> None:
    hand.session.select(["B"])
    for key, title in ((Qt.Key.Key_Escape, "B"), (Qt.Key.Key_Return, "Billing")):
        hand.page.rename_current()
        editor = open_editor(hand)
        QTest.keyClicks(editor, "Billing")
        QTest.keyClick(editor, key)
        assert hand.document.plan.items["B"].title == title


def test_a_double_click_on_a_date_edits_it(hand: Hand) -> None:
    gutter = hand.page.gutter
    at = QPoint(int(columns(gutter.width()).start + 5), ROW + 12)
    QTest.mouseDClick(gutter, Qt.MouseButton.LeftButton, pos=at)
    editor = open_editor(hand)
    assert editor.text() == "12 Jan 2026"
    editor.selectAll()
    QTest.keyClicks(editor, "14 jan")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hand.document.plan.items["B"].start == day("Wed2")


def test_a_click_on_a_lane_folds_it(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_teams(), view="by-team")
    QTest.mouseClick(hand.page.gutter, Qt.MouseButton.LeftButton, pos=QPoint(15, 12))
    assert [row.item for row in hand.page.stage.rows] == [None, None, "C"]
    QTest.mouseClick(hand.page.gutter, Qt.MouseButton.LeftButton, pos=QPoint(15, 12))
    assert [row.item for row in hand.page.stage.rows] == [None, "A", "B", None, "C"]


def test_nudge_and_grow_go_by_the_steps_of_the_zoom(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4)))
    hand.session.select(["A"])
    hand.page.nudge(1)
    assert shown(hand.document.plan) == {"A": "Tue..Fri"}
    hand.page.grow(1)
    assert shown(hand.document.plan) == {"A": "Tue..Mon2"}
    hand.page.stage.look(zoom=2.0)
    hand.page.nudge(-1)
    assert shown(hand.document.plan) == {"A": "Tue0..Mon"}


def test_delete_takes_what_is_under_it_too_and_says_how_to_get_it_back(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(P=(None, 1), A=("Mon", 2), B=("Mon", 2), under="P: A"))
    hand.session.select([ItemId("P")])
    hand.page.delete_selected()
    assert set(hand.document.plan.items) == {"B"}
    assert hand.words() == "Deleted 2 items."


# What comes between


def test_enter_in_a_new_title_makes_the_next_one_and_esc_takes_the_empty_one_back(hand: Hand) -> None:
    hand.page.new_item()
    for title in ("One", "Two"):
        editor = open_editor(hand)
        QTest.keyClicks(editor, title)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(open_editor(hand), Qt.Key.Key_Escape)
    titles = [hand.document.plan.items[id].title for id in hand.document.plan.outline.order]
    assert titles == ["A", "B", "C", "One", "Two"]


def test_a_day_that_can_not_be_read_is_refused_and_stays_to_be_mended(hand: Hand) -> None:
    at = QPoint(int(columns(hand.page.gutter.width()).start + 5), ROW + 12)
    QTest.mouseDClick(hand.page.gutter, Qt.MouseButton.LeftButton, pos=at)
    editor = open_editor(hand)
    editor.setText("soon")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hand.said[-1].level == "warning"
    assert open_editor(hand) is editor
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not hand.document.done


def test_an_undo_during_a_drag_ends_the_drag(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("A"), hand.days(1))
    at = hand.drag(hand.place("C"), hand.days(3))
    hand.document.undo()
    hand.move(at + hand.days(1))
    hand.release(at + hand.days(1))
    assert not hand.document.previewing
    assert not hand.document.done
    assert shown(hand.document.plan)["C"] == "Mon3..Thu3"


def test_a_release_that_never_came_cancels_the_drag(hand: Hand) -> None:
    hand.drag(hand.place("A"), hand.days(3))
    hand.hover(QPointF(500, 300))
    assert not hand.document.previewing
    assert not hand.document.done


def test_esc_ends_the_drag_of_a_row_in_the_table(hand: Hand) -> None:
    gutter = hand.page.gutter
    QTest.mousePress(gutter, Qt.MouseButton.LeftButton, pos=QPoint(80, 2 * ROW + 13))
    _drag_gutter(gutter, QPoint(80, 2 * ROW + 5), QPoint(80, 3))
    assert hand.page.stage.hints.drop_row == 0
    hand.key(Qt.Key.Key_Escape)
    _drag_gutter(gutter, QPoint(80, 5))
    QTest.mouseRelease(gutter, Qt.MouseButton.LeftButton, pos=QPoint(80, 5))
    assert [row.item for row in hand.page.stage.rows] == ["A", "B", "C"]


def test_the_edge_of_the_table_can_be_dragged(hand: Hand) -> None:
    gutter = hand.page.gutter
    wide = gutter.width()
    QTest.mousePress(gutter, Qt.MouseButton.LeftButton, pos=QPoint(wide - 2, 100))
    _drag_gutter(gutter, QPoint(wide - 60, 100))
    QTest.mouseRelease(gutter, Qt.MouseButton.LeftButton, pos=QPoint(wide - 60, 100))
    assert gutter.width() == pytest.approx(wide - 58, abs=2)
    assert hand.session.looks.places["timeline"]["gutter"] == gutter.width()
    assert hand.session.items == ()
