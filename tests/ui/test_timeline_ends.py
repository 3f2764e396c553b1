"""The ends of bars: which rule they go by, whose can be dragged at all, and what a held bar offers."""

from __future__ import annotations

import pytest
from hands import Hand, timeline
from plans import planned, shown
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from roadwright.model.edits.timing import pin_items
from roadwright.model.records import ItemId
from roadwright.ui.drawing.scene import Box
from roadwright.ui.timeline.frame import BRACKET, ROW

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr | Mo Tu We Th
    # A    ============
    # B                     ============                     FS
    # C                                     ============     FS
    return timeline(qtbot, planned(A=("Mon", 4), B=("Mon2", 4), C=("Mon3", 4), links="A FS B; B FS C"))


def family(qtbot: QtBot) -> Hand:
    plan = planned(P=(None, 1), A=("Mon", 4), B=("Wed2", 3), under="P: A B")
    return timeline(qtbot, plan)


def finish(hand: Hand, item: str) -> QPointF:
    return hand.place(item, 1) - QPointF(2, 0)


def bracket_end(hand: Hand, item: str) -> QPointF:
    """The finish of a parent's bracket."""
    return finish(hand, item) + QPointF(0, BRACKET - ROW / 2)


def note(hand: Hand) -> str:
    [text] = hand.page.stage.hints.notes.values()
    return text


def offered(hand: Hand) -> list[str]:
    return [code for code, _ in hand.said[-1].ways_out]


def take(hand: Hand, code: str) -> None:
    dict(hand.said[-1].ways_out)[code]()


def test_a_finish_pushes_what_it_touches(hand: Hand) -> None:
    hand.drag_and_drop(finish(hand, "A"), hand.days(8))
    assert shown(hand.document.plan) == {"A": "Mon..Fri2", "B": "Mon3..Thu3", "C": "Fri3..Wed4"}


def test_with_ctrl_only_this_end_moves(hand: Hand) -> None:
    at = hand.drag(finish(hand, "A"), hand.days(8), CONTROL)
    assert note(hand) == "5 Jan – 16 Jan · 10 working days · +6 d · only this"
    hand.release(at, CONTROL)
    assert shown(hand.document.plan) == {"A": "Mon..Fri2", "B": "Mon2..Thu2", "C": "Mon3..Thu3"}
    assert hand.document.plan.items[ItemId("B")].pinned
    assert [step.verb for step in hand.document.done] == ["resize_alone"]


def test_with_ctrl_and_shift_what_follows_a_finish_keeps_its_gap(hand: Hand) -> None:
    hand.drag_and_drop(finish(hand, "A"), hand.days(1), CONTROL | SHIFT)
    assert shown(hand.document.plan) == {"A": "Mon..Fri", "B": "Tue2..Fri2", "C": "Tue3..Fri3"}
    assert [step.verb for step in hand.document.done] == ["resize_with_followers"]


def test_with_ctrl_a_start_goes_before_its_links_allow(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B", 0) + QPointF(2, 0), hand.days(-5), CONTROL)
    assert shown(hand.document.plan)["B"] == "Wed..Thu2"
    assert hand.document.plan.items[ItemId("B")].pinned


def test_a_held_bar_can_be_pinned_where_it_was_dropped_in_the_same_step(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B"), hand.days(-6))
    assert shown(hand.document.plan)["B"] == "Fri..Wed2"
    assert offered(hand) == ["timeline.pin-there"]
    take(hand, "timeline.pin-there")
    assert shown(hand.document.plan)["B"] == "Tue..Fri"
    assert hand.document.plan.items[ItemId("B")].pinned
    assert hand.words() == "Pinned B to 6 Jan, before its links allow it"
    assert len(hand.document.done) == 1
    hand.document.undo()
    assert shown(hand.document.plan)["B"] == "Mon2..Thu2"


def test_a_held_start_can_be_pinned_too(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B", 0) + QPointF(2, 0), hand.days(-5))
    take(hand, "timeline.pin-there")
    assert shown(hand.document.plan)["B"] == "Wed..Thu2"


def test_after_another_step_the_offer_to_pin_is_over(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B"), hand.days(-6))
    _, pin = hand.said[-1].ways_out[0]
    hand.document.undo()
    before = hand.document.plan
    pin()
    assert hand.document.plan is before


def test_what_is_moved_by_key_before_its_links_allow_can_be_pinned_too(hand: Hand) -> None:
    hand.page.stage.session.select([ItemId("B")])
    hand.page.stage.look(zoom=10.0)
    for _ in range(3):
        hand.page.nudge(-1)
    assert offered(hand) == ["timeline.pin-there"]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_end_of_a_parent_says_whose_dates_it_has(qtbot: QtBot, share: float) -> None:
    hand = family(qtbot)
    at = hand.place("P", share) + QPointF(-2 if share else 2, BRACKET - ROW / 2)
    hand.drag_and_drop(at, hand.days(5))
    assert hand.words().startswith("P reaches as far as what is under it.")
    assert not hand.document.done
    take(hand, "timeline.pin-it")
    assert hand.document.plan.items[ItemId("P")].pinned
    assert shown(hand.document.plan)["P"] == "Mon..Fri2"


def test_the_end_of_a_pinned_parent_is_dragged(qtbot: QtBot) -> None:
    hand = family(qtbot)
    hand.document.commit(pin_items, [ItemId("P")])
    hand.hover(bracket_end(hand, "P"))
    accent = hand.page.stage.theme.colors.accent
    grips = [shape for shape in hand.drawn().shapes if isinstance(shape, Box) and shape.fill == accent]
    assert len(grips) == 2
    hand.drag_and_drop(bracket_end(hand, "P"), hand.days(-7))
    assert shown(hand.document.plan)["P"] == "Mon..Fri"


def test_a_parent_still_moves_by_its_middle(qtbot: QtBot) -> None:
    hand = family(qtbot)
    hand.drag_and_drop(hand.place("P") + QPointF(0, BRACKET - ROW / 2), hand.days(7))
    assert shown(hand.document.plan)["P"] == "Mon2..Fri3"


def test_a_key_that_would_make_a_parent_or_a_milestone_longer_says_why_not(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(P=(None, 1), A=("Mon", 4), M=("Wed", 0), under="P: A"))
    for item, words in (("P", "reaches as far as what is under it"), ("M", "is a milestone")):
        hand.page.stage.session.select([ItemId(item)])
        hand.page.grow(1)
        assert words in hand.words()
    assert not hand.document.done
