"""Dragging bars and their ends with a real mouse: what moves, what is shown, what one undo takes back."""

from __future__ import annotations

from itertools import combinations

import pytest
from hands import Hand, timeline
from pictures import measure, meet, texts
from plans import day, planned, shown
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from roadwright.ui.timeline.table_rows import table

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr | Mo
    # A    ============
    # B                 ==  ======              FS
    # C                             ========    FS
    # D    ===========================          not linked
    plan = planned(A=("Mon", 4), B=("Mon", 3), C=(None, 3), D=("Mon", 8), links="A FS B; B FS C")
    return timeline(qtbot, plan)


def test_a_drag_moves_the_bar_and_what_waits_for_it_in_one_undo_step(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("A"), hand.days(7))
    assert shown(hand.document.plan) == {
        "A": "Mon2..Thu2", "B": "Fri2..Tue3", "C": "Wed3..Fri3", "D": "Mon..Wed2",
    }  # fmt: skip
    assert [step.verb for step in hand.document.done] == ["move_items"]
    assert hand.session.items == ("A",)
    hand.document.undo()
    assert shown(hand.document.plan)["C"] == "Wed2..Fri2"
    assert not hand.document.done


def test_while_dragging_everything_is_shown_and_nothing_is_kept(hand: Hand) -> None:
    hand.drag(hand.place("A"), hand.days(7))
    assert not hand.document.done
    assert shown(hand.document.plan)["C"] == "Wed3..Fri3"
    texts = hand.texts()
    assert "12 Jan – 15 Jan · +5 d · push" in texts
    assert texts.count("+5 d") == 2, "B and C each have their tag"
    ghosts = [shape for shape in hand.drawn().shapes if getattr(shape, "dashed", False)]
    assert len(ghosts) == 3, "A, and what moves along, at their old places"
    assert ghosts[0].x == hand.page.stage.axis.x(day("Mon").toordinal())
    assert hand.words() == "Moving A 5 working days later also moves 2 items. Esc to cancel"
    hand.key(Qt.Key.Key_Escape)


def test_esc_leaves_no_trace(hand: Hand) -> None:
    before = hand.document.plan
    hand.drag(hand.place("A"), hand.days(9))
    assert hand.document.plan != before
    hand.key(Qt.Key.Key_Escape)
    assert hand.document.plan is before
    assert not hand.document.done
    hand.release(QPointF(5, 5))
    assert hand.document.plan is before
    assert not [shape for shape in hand.drawn().shapes if getattr(shape, "dashed", False)]


def test_a_drag_back_to_where_it_began_is_no_step(hand: Hand) -> None:
    at = hand.drag(hand.place("A"), hand.days(7))
    hand.move(at - hand.days(7))
    hand.release(at - hand.days(7))
    assert not hand.document.done
    assert not hand.document.previewing


def test_several_selected_bars_move_together(hand: Hand) -> None:
    hand.click(hand.place("A"))
    hand.click(hand.place("D"), CONTROL)
    assert hand.session.items == ("A", "D")
    hand.drag_and_drop(hand.place("D"), hand.days(2))
    assert shown(hand.document.plan) == {
        "A": "Wed..Mon2", "B": "Tue2..Thu2", "C": "Fri2..Tue3", "D": "Wed..Fri2",
    }  # fmt: skip
    assert len(hand.document.done) == 1
    assert set(hand.session.items) == {"A", "D"}


def test_a_bar_dropped_before_its_predecessor_allows_stays_and_says_which_link_holds_it(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B"), hand.days(-3))
    assert shown(hand.document.plan)["B"] == "Fri..Tue2"
    assert hand.words() == "B can't start before 9 Jan: it waits for A (A FS)"


def test_a_drop_on_a_day_off_moves_to_the_next_working_day(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("D"), hand.days(5), ALT)
    assert shown(hand.document.plan)["D"] == "Mon2..Wed3"


def test_the_hand_snaps_to_weeks_where_days_can_not_be_seen(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 4)), zoom=2.0)
    hand.drag_and_drop(hand.place("A"), hand.days(9))
    assert shown(hand.document.plan) == {"A": "Mon2..Thu2"}
    hand.drag_and_drop(hand.place("A"), hand.days(2), ALT)
    assert shown(hand.document.plan) == {"A": "Wed2..Mon3"}


def test_the_hand_is_drawn_by_the_end_of_another_bar_and_a_line_shows_it(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 2), B=("Thu3", 3)), zoom=2.0)
    hand.drag(hand.place("A"), hand.days(16))
    assert shown(hand.document.plan)["A"] == "Thu3..Fri3"
    assert hand.page.stage.hints.guide == day("Thu3").toordinal()
    hand.key(Qt.Key.Key_Escape)


def test_with_ctrl_only_this_one_moves(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("A"), hand.days(2), CONTROL)
    assert shown(hand.document.plan) == {
        "A": "Wed..Mon2", "B": "Fri..Tue2", "C": "Wed2..Fri2", "D": "Mon..Wed2",
    }  # fmt: skip
    assert hand.document.plan.items["B"].pinned, "for all to see"
    assert [conflict.code for conflict in hand.document.schedule.conflicts("B")] == ["link.broken"]
    assert len(hand.document.done) == 1


def test_with_ctrl_and_shift_what_follows_keeps_its_gap(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 2), B=("Fri", 2), links="A FS B"))
    hand.drag_and_drop(hand.place("A"), hand.days(1), CONTROL | SHIFT)
    assert shown(hand.document.plan) == {"A": "Tue..Wed", "B": "Mon2..Tue2"}


def test_done_and_pinned_items_go_where_they_are_put(qtbot: QtBot) -> None:
    plan = planned(A=("Mon", 2, {"status": "done"}), B=("Mon", 2, {"pinned": True}), links="A FS B")
    hand = timeline(qtbot, plan)
    hand.drag_and_drop(hand.place("A"), hand.days(3))
    hand.drag_and_drop(hand.place("B"), hand.days(1))
    assert shown(hand.document.plan) == {"A": "Thu..Fri", "B": "Tue..Wed"}


def test_a_parent_moves_with_all_that_is_under_it(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(P=(None, 1), A=("Mon", 2), B=("Wed", 3), under="P: A B"))
    hand.drag_and_drop(hand.place("P", 0.4), hand.days(7))
    assert shown(hand.document.plan) == {"P": "Mon2..Fri2", "A": "Mon2..Tue2", "B": "Wed2..Fri2"}
    assert len(hand.document.done) == 1


def test_a_milestone_moves(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 2), M=("Wed", 0), links="A FS M"))
    hand.drag_and_drop(hand.place("M"), hand.days(2))
    assert shown(hand.document.plan)["M"] == "Fri"


def test_the_finish_is_dragged(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("A", 1) - QPointF(2, 0), hand.days(5))
    assert shown(hand.document.plan)["A"] == "Mon..Tue2"
    assert shown(hand.document.plan)["B"] == "Wed2..Fri2"
    assert [step.verb for step in hand.document.done] == ["resize_item"]
    assert hand.words() == "A is 7 working days long now; 2 items moved along."


def test_the_start_is_dragged_and_the_finish_stays(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("D", 0) + QPointF(2, 0), hand.days(2))
    assert shown(hand.document.plan)["D"] == "Wed..Wed2"


@pytest.mark.parametrize(("share", "inside", "by"), [(1, -2, -30), (0, 2, 30)])
def test_an_end_can_not_cross_the_other(hand: Hand, share: float, inside: float, by: float) -> None:
    hand.drag_and_drop(hand.place("D", share) + QPointF(inside, 0), hand.days(by))
    item = hand.document.plan.items["D"]
    assert item.duration == 1
    assert shown(hand.document.plan)["D"] == ("Mon" if share else "Wed2")


def test_the_pointer_at_the_edge_scrolls_by_itself(qtbot: QtBot, hand: Hand) -> None:
    start = hand.place("D")
    left = hand.page.stage.left
    hand.drag(start, QPointF(hand.viewport.width() - 4 - start.x(), 0))
    qtbot.waitUntil(lambda: hand.page.stage.left > left + 10)
    reached = hand.document.schedule.start["D"]
    qtbot.waitUntil(lambda: hand.document.schedule.start["D"] > reached)
    hand.key(Qt.Key.Key_Escape)
    assert shown(hand.document.plan)["D"] == "Mon..Wed2"


def test_a_drag_into_a_far_year_names_it_beside_the_bar_and_in_the_table(hand: Hand) -> None:
    hand.page.set_gutter_width(300)
    hand.page.stage.look(zoom=0.5)
    hand.drag(hand.place("A"), hand.days(365 * 14))
    [note] = hand.page.stage.hints.notes.values()
    assert " 2040 · " in note
    stage = hand.page.stage
    shapes = table(stage.board, 300, 0, 400, stage.glance, measure)
    for one, other in combinations(texts(shapes), 2):
        assert not meet(one, other), (one, other)
    hand.key(Qt.Key.Key_Escape)
