"""The board under a real hand: choosing, dragging between columns, keys, limits, making and naming."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from board_hands import Hand, board
from plans import planned
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from roadwright.io.strings import say
from roadwright.model.edits.items import remove_items, set_field
from roadwright.model.edits.people import add_person
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Choice, CustomField, FieldId, ItemId, Person, PersonId, Sort
from roadwright.ui.drawing.palette import theme
from roadwright.ui.session import Looks

Key = Qt.Key
Control, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def plan_of_five(**more: Any) -> Plan:
    """A, B and C are planned, D is in progress, E is done; P holds A."""
    doing, done = {"status": "in-progress", "effort": 3.0}, {"status": "done"}
    todo = {"status": "planned", "effort": 2.0}
    return planned(
        under="P: A",
        P=(None, 1, todo),
        A=("Mon", 4, {**todo, "team": "red"}),
        B=("Mon2", 4, {**todo, "team": "blue"}),
        C=(None, 4, todo),
        D=("Tue", 2, {**doing, "team": "red"}),
        E=("Mon", 0, done),
        **more,
    )


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return board(qtbot, plan_of_five())


def status(hand: Hand, item: str) -> str | None:
    return hand.document.plan.items[ItemId(item)].status


# What is shown


def test_leaves_stand_in_columns_of_their_status_with_the_backlog_and_without_parents(hand: Hand):
    assert [column.title for column in hand.layout.contents.columns] == ["Planned", "In progress", "Done"]
    assert (hand.cards("Planned"), hand.cards("In progress"), hand.cards("Done")) == (
        ["A", "B", "C"],
        ["D"],
        ["E"],
    )


def test_heads_tell_count_and_effort(hand: Hand):
    assert hand.texts("column:0") == ["Planned"]
    assert hand.texts("count:0") == ["3"]
    assert hand.texts("effort:0") == ["6 d"]


def test_the_view_of_now_next_and_later_makes_columns_of_horizons(qtbot: QtBot):
    plan = planned(A=(None, 4, {"horizon": "now"}), B=(None, 4, {"horizon": "later"}), C=("Mon", 4))
    hand = board(qtbot, plan, view="now-next-later")
    titles = [column.title for column in hand.layout.contents.columns]
    assert titles == ["Now", "Next", "Later", "No horizon"]
    assert [hand.cards(title) for title in titles] == [["A"], [], ["B"], ["C"]]
    assert any("Drop cards here" in text for text in hand.texts())


def test_quarters_have_no_gap_and_one_more(qtbot: QtBot):
    plan = planned(A=("Mon", 4), B=("Mon30", 4), C=(None, 4))
    hand = board(qtbot, plan, stacks="finish.quarter")
    titles = [column.title for column in hand.layout.contents.columns]
    assert titles == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "No dates"]
    assert hand.cards("No dates") == ["C"]


def test_columns_and_swimlanes_are_chosen_above_the_board(hand: Hand):
    strip = hand.page.strip
    strip.columns.setCurrentIndex(strip.columns.findData("team"))
    strip.columns.activated.emit(strip.columns.currentIndex())
    assert hand.cards("red") == ["A", "D"]
    strip.lanes.setCurrentIndex(strip.lanes.findData("status"))
    strip.lanes.activated.emit(strip.lanes.currentIndex())
    assert [lane.title for lane in hand.layout.contents.lanes] == ["Planned", "In progress", "Done"]
    view = hand.page.looks()
    assert (view.stacks, view.swimlanes) == ("team", "status")
    assert view.group == "status", "the lanes of the timeline stay"


def test_a_choice_field_of_the_plans_own_makes_columns(qtbot: QtBot):
    field = CustomField(
        id=FieldId("f"), title="Risk", kind="choice", options=(Choice("l", "Low"), Choice("h", "High"))
    )
    plan = plan_of_five().put(field)
    hand = board(qtbot, plan, stacks="x-f")
    assert [column.title for column in hand.layout.contents.columns][:2] == ["Low", "High"]
    hand.drop(hand.at("B"), hand.below("High"))
    assert hand.document.plan.items[ItemId("B")].custom == {"f": "h"}
    assert "High" in hand.texts()


def test_search_and_filter_narrow_the_board_and_an_empty_one_offers_the_way_out(hand: Hand):
    hand.session.find("status=Done")
    assert (hand.cards("Planned"), hand.cards("Done")) == ([], ["E"])
    hand.session.find("nowhere")
    assert hand.page.empty.isVisible()
    hand.page.empty.step.click()
    assert hand.cards("Planned") == ["A", "B", "C"]


def test_a_view_about_whoever_looks_asks_who_that_is(hand: Hand):
    hand.session.adjust(hand.document.plan, filter="owner:me")
    assert hand.page.empty.title.text() == say("board.nobody.title")
    hand.session.introduce("nobody of the plan")
    assert hand.page.empty.title.text() == say("board.nobody.title")
    hand.document.commit(add_person, PersonId("ann"), "Ann")
    hand.session.introduce("Ann")
    assert hand.page.empty.title.text() == say("board.nothing_found.title")
    hand.document.commit(set_field, ["B"], "owner", "ann")
    assert hand.cards("Planned") == ["B"]


def test_an_empty_plan_offers_to_make_the_first_item(qtbot: QtBot):
    hand = board(qtbot, new_plan("Empty"))
    assert hand.page.empty.isVisible()
    hand.page.empty.step.click()
    QTest.keyClicks(hand.editor(), "First")
    QTest.keyClick(hand.editor(), Key.Key_Return)
    assert "First" in [item.title for item in hand.document.plan.items.values()]


# Choosing


def test_click_control_click_shift_click_and_band(hand: Hand):
    hand.click(hand.at("A"))
    assert hand.session.items == ("A",)
    hand.click(hand.at("D"), Control)
    assert hand.session.items == ("A", "D")
    hand.click(hand.at("A"))
    hand.click(hand.at("C"), Shift)
    assert set(hand.session.items) == {"A", "B", "C"}
    hand.click(hand.below("Done"))
    assert hand.session.items == ()
    start = hand.below("Planned")
    hand.drag(start, hand.at("B"))
    assert set(hand.session.items) == {"B", "C"}
    hand.release(hand.at("B"))
    assert not hand.page.view.busy


def test_escape_takes_a_band_back(hand: Hand):
    hand.click(hand.at("E"))
    hand.press(hand.below("Planned"), Shift)
    hand.move(hand.at("A"))
    assert len(hand.session.items) == 4
    hand.key(Key.Key_Escape)
    assert hand.session.items == ("E",)


# Dragging


def test_a_drop_into_another_column_sets_the_field_in_one_step(hand: Hand):
    hand.drop(hand.at("B"), hand.below("In progress"))
    assert status(hand, "B") == "in-progress"
    assert hand.cards("In progress") == ["D", "B"]
    assert len(hand.document.done) == 1
    assert hand.words() == "B: In progress."
    hand.document.undo()
    assert hand.cards("Planned") == ["A", "B", "C"]


def test_while_dragging_the_plan_shows_what_it_would_be_and_escape_leaves_no_trace(hand: Hand):
    before = hand.document.kept
    hand.drag(hand.at("B"), hand.below("In progress"))
    assert status(hand, "B") == "in-progress"
    assert hand.texts("count:0") == ["2"]
    assert hand.texts("count:1") == ["2"]
    assert hand.texts("effort:1") == ["5 d"]
    assert len(hand.boxes("landing")) == 1
    assert hand.cards("Planned") == ["A", "B", "C"], "cards lie still under the hand"
    hand.key(Key.Key_Escape)
    hand.release(hand.below("In progress"))
    assert hand.document.plan is before
    assert not hand.document.done
    assert hand.boxes("landing") == []


def test_several_cards_are_dragged_together_in_their_order(hand: Hand):
    hand.click(hand.at("C"))
    hand.click(hand.at("A"), Control)
    hand.drop(hand.at("A"), hand.at("D", 0.2))
    assert hand.cards("In progress") == ["A", "C", "D"]
    assert len(hand.document.done) == 1
    assert set(hand.session.items) == {"A", "C"}


def test_cards_are_ordered_by_hand_within_their_column(hand: Hand):
    hand.drop(hand.at("C"), hand.at("A", 0.2))
    assert hand.cards("Planned") == ["C", "A", "B"]
    assert [step.verb for step in hand.document.done] == ["put_below"]
    hand.drop(hand.at("C"), hand.at("C", 0.9))
    assert len(hand.document.done) == 1, "a drop where it was is no step"


def test_a_sorted_view_says_that_cards_are_not_put_in_order(qtbot: QtBot):
    hand = board(qtbot, plan_of_five(), sort=(Sort("title", down=True),))
    assert hand.cards("Planned") == ["C", "B", "A"]
    hand.drop(hand.at("C"), hand.at("A", 0.9))
    assert not hand.document.done
    assert "sorted" in hand.words()
    hand.drop(hand.at("B"), hand.below("Done"))
    assert status(hand, "B") == "done"


def test_a_drop_into_a_swimlane_sets_both_fields(qtbot: QtBot):
    hand = board(qtbot, plan_of_five(), stacks="status", swimlanes="team")
    hand.drop(hand.at("B"), hand.at("D", 0.9))
    item = hand.document.plan.items[ItemId("B")]
    assert (item.status, item.team) == ("in-progress", "red")
    assert len(hand.document.done) == 1


def test_a_horizon_is_set_by_a_drop(qtbot: QtBot):
    hand = board(qtbot, planned(A=(None, 4), B=(None, 4, {"horizon": "now"})), view="now-next-later")
    hand.drop(hand.at("A"), hand.below("Next"))
    assert hand.document.plan.items[ItemId("A")].horizon == "next"
    hand.drop(hand.at("B"), hand.below("No horizon"))
    assert hand.document.plan.items[ItemId("B")].horizon == ""


def test_a_quarter_moves_the_dates_and_keeps_the_length(qtbot: QtBot):
    plan = planned(A=("Mon", 4), B=(None, 100), C=(None, 5))
    hand = board(qtbot, plan, stacks="finish.quarter", size=(1700, 700))
    hand.drop(hand.at("A"), hand.below("Q2 2026"))
    item = hand.document.plan.items[ItemId("A")]
    assert (item.start, item.duration) == (date(2026, 4, 1), 4)
    hand.drop(hand.at("B"), hand.below("Q2 2026"))
    span = hand.document.schedule.dates(ItemId("B"))
    assert span is not None
    assert span.last == date(2026, 6, 30), "too long for the quarter, it finishes with it"
    hand.drop(hand.at("A"), hand.below("No dates"))
    assert hand.document.plan.items[ItemId("A")].start is None


def test_what_waits_for_another_does_not_go_to_an_earlier_quarter(qtbot: QtBot):
    plan = planned("A FS B", A=("Mon20", 20), B=(None, 4), C=("Mon", 4))
    hand = board(qtbot, plan, stacks="finish.quarter", size=(1700, 700))
    before = hand.document.kept
    hand.drag(hand.at("B"), hand.below("Q1 2026"))
    assert len(hand.boxes("note")) == 1
    hand.release(hand.below("Q1 2026"))
    assert hand.document.kept is before
    assert hand.document.plan is before
    assert "can’t finish in Q1 2026" in hand.words()


def test_a_drag_at_the_edge_scrolls(qtbot: QtBot):
    items = {f"I{n}": ("Mon", 4, {"status": "planned"}) for n in range(40)}
    hand = board(qtbot, planned(**items), size=(900, 500))
    hand.drag(hand.at("I0"), QPointF(hand.at("I0").x(), hand.viewport.height() - 4))
    qtbot.waitUntil(lambda: hand.page.view.top > 60)
    hand.key(Key.Key_Escape)
    hand.release(QPointF(50, 200))


def test_a_change_under_the_hand_ends_the_drag(hand: Hand):
    hand.drag(hand.at("B"), hand.below("Done"))
    hand.document.cancel()
    hand.document.commit(remove_items, [ItemId("A")])
    hand.move(hand.below("Done"))
    assert not hand.document.previewing
    assert status(hand, "B") == "planned"


def test_another_view_or_another_page_ends_the_drag(hand: Hand):
    hand.drag(hand.at("B"), hand.below("Done"))
    hand.session.adjust(hand.document.kept, stacks="team")
    assert not hand.document.previewing
    assert hand.boxes("landing") == []
    hand.release(QPointF(50, 300))
    hand.session.adjust(hand.document.kept, stacks="status")
    hand.drag(hand.at("B"), hand.below("Done"))
    hand.page.hide()
    assert not hand.document.previewing


def test_another_button_changes_nothing_in_a_drag(hand: Hand):
    hand.drag(hand.at("B"), hand.below("Done"))
    hand.press(hand.below("Done"), button=Qt.MouseButton.MiddleButton)
    hand.move(hand.below("In progress"))
    assert status(hand, "B") == "in-progress"
    hand.release(hand.below("In progress"))
    assert status(hand, "B") == "in-progress"
    assert not hand.page.view.busy


# Keys


def test_arrows_walk_over_cards_and_columns(hand: Hand):
    steps = [
        (Key.Key_Down, "A"),
        (Key.Key_Down, "B"),
        (Key.Key_Right, "D"),
        (Key.Key_Right, "E"),
        (Key.Key_Left, "D"),
        (Key.Key_Left, "A"),
        (Key.Key_End, "C"),
        (Key.Key_Home, "A"),
        (Key.Key_PageDown, "C"),
        (Key.Key_PageUp, "A"),
    ]
    for key, item in steps:
        hand.key(key)
        assert hand.session.current == item
    hand.key(Key.Key_Down, Shift)
    assert hand.session.items == ("A", "B")
    hand.key(Key.Key_Escape)
    assert hand.session.items == ()


def test_alt_and_arrows_take_the_card_along(hand: Hand):
    hand.click(hand.at("B"))
    hand.key(Key.Key_Right, Alt)
    assert status(hand, "B") == "in-progress"
    hand.key(Key.Key_Up, Alt)
    assert hand.cards("In progress") == ["B", "D"]
    hand.key(Key.Key_Down, Alt)
    assert hand.cards("In progress") == ["D", "B"]
    hand.key(Key.Key_Right, Alt)
    hand.key(Key.Key_Right, Alt)
    assert status(hand, "B") == "done"
    assert len(hand.document.done) == 4


def test_space_and_double_click_open_the_inspector(hand: Hand):
    opened: list[str] = []
    hand.page.item_opened.connect(opened.append)
    hand.click(hand.at("B"))
    hand.key(Key.Key_Space)
    hand.double_click(hand.at("D"))
    assert opened == ["B", "D"]


def test_a_screen_reader_hears_card_and_column(hand: Hand):
    hand.click(hand.at("B"))
    heard = hand.page.view.accessibleDescription()
    assert heard.startswith("B, ")
    assert heard.endswith("in Planned, card 2 of 3")


# Making and naming


def test_a_double_click_in_a_column_makes_an_item_of_it(hand: Hand):
    hand.double_click(hand.below("In progress"))
    QTest.keyClicks(hand.editor(), "Fresh")
    QTest.keyClick(hand.editor(), Key.Key_Return)
    QTest.keyClick(hand.editor(), Key.Key_Escape)  # Enter has begun the next one
    fresh = next(item for item in hand.document.plan.items.values() if item.title == "Fresh")
    assert fresh.status == "in-progress"
    assert len(hand.document.done) == 1, "making and naming are one step"


def test_escape_in_the_title_of_a_new_card_takes_it_back(hand: Hand):
    hand.click(hand.at("A"))
    hand.page.new_item()
    assert len(hand.cards("Planned")) == 4
    assert hand.cards("Planned")[0] == "A"
    QTest.keyClick(hand.editor(), Key.Key_Escape)
    assert hand.cards("Planned") == ["A", "B", "C"]
    assert not hand.document.done


def test_a_card_is_renamed_in_its_place(hand: Hand):
    hand.click(hand.at("B"))
    hand.page.rename_current()
    hand.editor().setText("Better")
    QTest.keyClick(hand.editor(), Key.Key_Return)
    assert hand.document.plan.items[ItemId("B")].title == "Better"
    assert "Better" in hand.texts()


# Heads


def test_a_limit_is_set_at_the_number_and_turns_red(hand: Hand):
    hand.double_click(hand.number("Planned"))
    hand.editor().setText("2")
    QTest.keyClick(hand.editor(), Key.Key_Return)
    assert hand.texts("count:0") == ["3 / 2"]
    assert hand.words() == "“Planned” takes 2 cards at most."
    hand.document.undo()
    assert hand.texts("count:0") == ["3"]
    hand.document.redo()
    hand.double_click(hand.number("Planned"))
    hand.editor().clear()
    QTest.keyClick(hand.editor(), Key.Key_Return)
    assert hand.texts("count:0") == ["3"]


def test_a_drop_over_the_limit_warns(hand: Hand):
    hand.page.hand.edit_limit(1)
    hand.editor().setText("1")
    QTest.keyClick(hand.editor(), Key.Key_Return)
    hand.drop(hand.at("A"), hand.below("In progress"))
    assert hand.words() == "A: In progress. That is 2 of 1 cards."
    assert hand.said[-1].level == "warning"


@pytest.mark.parametrize("text", ["x", "-1", "1.5"])
def test_a_limit_that_is_no_number_is_refused_in_words(hand: Hand, text: str):
    hand.page.hand.edit_limit(0)
    hand.editor().setText(text)
    QTest.keyClick(hand.editor(), Key.Key_Return)
    assert "whole number" in hand.words()


def test_a_column_folds_to_a_strip_and_still_takes_cards(hand: Hand):
    hand.click(hand.head("Done"))
    strip = hand.layout.strips[hand.column("Done")]
    assert strip.folded
    hand.drop(hand.at("B"), QPointF(strip.x + strip.width / 2, 300))
    assert status(hand, "B") == "done"
    hand.click(QPointF(strip.x + strip.width / 2, 300))
    assert not hand.layout.strips[hand.column("Done")].folded
    assert hand.cards("Done") == ["E", "B"]


def test_a_folded_column_opens_for_an_item_that_is_looked_for(hand: Hand):
    hand.click(hand.head("Done"))
    hand.page.reveal(ItemId("E"))
    assert not hand.layout.strips[hand.column("Done")].folded


def test_the_menu_moves_cards_to_any_column(hand: Hand):
    hand.click(hand.at("A"))
    menu = QMenu()
    hand.page.fill_menu(menu)
    into = menu.actions()[0].menu()
    assert isinstance(into, QMenu)
    choices = {one.text(): one for one in into.actions()}
    assert not choices["Planned"].isEnabled()
    choices["Done"].trigger()
    assert status(hand, "A") == "done"
    menu.deleteLater()


# Looking


def test_size_place_and_folds_come_back(qtbot: QtBot):
    items = {f"I{n}": ("Mon", 4, {"status": "planned"}) for n in range(60)}
    looks = Looks()
    hand = board(qtbot, planned(**items), looks=looks)
    hand.page.zoom_in()
    hand.click(hand.head("Done"))
    hand.page.view.look(0, 400)
    again = board(qtbot, planned(**items), looks=looks)
    assert again.page.view.top == 400
    assert again.page.zoom == hand.page.zoom
    assert again.layout.strips[2].folded


def test_control_and_the_wheel_change_the_size_of_cards(hand: Hand):
    at = QPointF(300, 300)
    turn = QWheelEvent(
        at,
        QPointF(hand.viewport.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Control,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = hand.page.zoom
    QApplication.sendEvent(hand.viewport, turn)
    assert hand.page.zoom > before
    hand.page.fit_all()
    assert hand.layout.width <= hand.viewport.width()


def test_it_follows_edits_made_elsewhere_and_the_theme(hand: Hand):
    hand.document.commit(set_field, [ItemId("A")], "status", "done")
    assert hand.cards("Done") == ["A", "E"]
    hand.page.set_theme(theme("dark"))
    assert hand.page.view.picture.board.theme.dark


def test_owners_are_columns_and_their_initials_are_on_the_cards(qtbot: QtBot):
    plan = plan_of_five().put(Person(id=PersonId("ann"), name="Ann Lee"))
    hand = board(qtbot, plan, stacks="owner")
    hand.drop(hand.at("A"), hand.below("Ann Lee"))
    assert hand.document.plan.items[ItemId("A")].owner == "ann"
    assert "AL" in hand.texts()
