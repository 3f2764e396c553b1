"""Every gesture of the timeline: what it shows on its way, what it leaves, and Esc without a trace."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hands import NO_KEYS, Buttons, Hand, send_mouse, timeline
from plans import day, planned, shown
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot
from roadwright.model.plan import Plan
from roadwright.ui.carrying import MIME
from roadwright.ui.drawing.scene import Box, Mark
from roadwright.ui.timeline.frame import ROW

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr | Mo Tu We Th
    # A    ============
    # B                     ============                     FS
    # C                                     ============     FS
    return timeline(qtbot, planned(A=("Mon", 4), B=("Mon2", 4), C=("Mon3", 4), links="A FS B; B FS C"))


def in_lanes() -> Plan:
    return planned(
        A=("Mon", 4, {"team": "One"}),
        B=("Wed", 4, {"team": "One"}),
        C=("Mon", 4, {"team": "Two"}),
        D=("Mon", 4, {"team": "Two"}),
        E=("Mon", 4, {"team": "Two"}),
    )


def hold(hand: Hand, key: Qt.Key, *, down: bool = True, before: Qt.KeyboardModifier = NO_KEYS) -> None:
    """A modifier goes down or up while the hand rests; `before` is held at that moment, as X11 tells it."""
    type = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    QApplication.sendEvent(hand.page.view, QKeyEvent(type, key, before))


def rows(hand: Hand) -> list[str | None]:
    return [row.item for row in hand.page.stage.rows]


def note(hand: Hand) -> str:
    """What is written beside the bar in the hand."""
    [text] = hand.page.stage.hints.notes.values()
    return text


def line(hand: Hand) -> int | None:
    """The row above which the insertion line is drawn, over the bars."""
    accent, left = hand.page.stage.theme.colors.accent, hand.page.stage.scroll_x
    found = [
        shape
        for shape in hand.drawn().shapes
        if isinstance(shape, Box) and shape.fill == accent and shape.height == 2 and shape.x == left
    ]
    return round((found[0].y + 1.5) / ROW) if found else None


# Esc


def move_bar(hand: Hand) -> None:
    hand.drag(hand.place("A"), hand.days(9))


def move_bar_to_another_row(hand: Hand) -> None:
    at = hand.drag(hand.place("A"), hand.days(9))
    hand.move(at + QPointF(0, 1.6 * ROW))


def resize(hand: Hand) -> None:
    hand.drag(hand.place("A", 1) - QPointF(2, 0), hand.days(4))


def resize_start(hand: Hand) -> None:
    hand.drag(hand.place("B", 0) + QPointF(2, 0), hand.days(-4))


def drag_row(hand: Hand) -> None:
    hand.drag(hand.place("C"), QPointF(0, -2 * ROW))


def link(hand: Hand) -> None:
    hand.hover(hand.place("A"))
    hand.drag(hand.dot("A"), hand.place("C") - hand.dot("A"))


def retarget(hand: Hand) -> None:
    hand.session.select(link="A FS B")
    (_, points) = next(one for one in hand.drawn().lines if one[0] == "A FS B")
    stage = hand.page.stage
    tip = QPointF(points[-1][0] - stage.scroll_x - 3, points[-1][1] - stage.top)
    hand.drag(tip, hand.place("C", 0.5) - tip)


def band(hand: Hand) -> None:
    hand.session.select(["A"])
    hand.drag(hand.place("B", 1) + QPointF(60, 0), QPointF(300, 20))


def draw(hand: Hand) -> None:
    hand.drag(QPointF(300, 3.5 * ROW), QPointF(90, 0))


def pan(hand: Hand) -> None:
    at = QPointF(600, 200)
    hand.press(at, Buttons.MiddleButton)
    hand.move(at + QPointF(-150, 0), button=Buttons.MiddleButton)


GESTURES = [
    move_bar,
    move_bar_to_another_row,
    resize,
    resize_start,
    drag_row,
    link,
    retarget,
    band,
    draw,
    pan,
]


@pytest.mark.parametrize("begin", GESTURES, ids=lambda begin: begin.__name__)
def test_esc_takes_every_gesture_back_without_a_trace(hand: Hand, begin: Callable[[Hand], None]) -> None:
    stage, plan = hand.page.stage, hand.document.plan
    left, top = stage.left, stage.top
    order = rows(hand)
    begin(hand)
    assert stage.gesture is not None
    hand.key(Key.Key_Escape)
    assert stage.gesture is None
    assert hand.document.plan is plan
    assert not hand.document.done
    assert (stage.left, stage.top) == (left, top)
    assert rows(hand) == order
    assert stage.hints == type(stage.hints)()
    assert (hand.session.items, hand.session.link) == stage.chosen
    if begin is band:
        assert hand.session.items == ("A",)
    hand.release(QPointF(700, 300))
    assert hand.document.plan is plan
    assert "Esc" not in hand.words(), "nothing says that there is something to cancel"


def test_esc_brings_back_what_a_drag_at_the_edge_has_scrolled_away(qtbot: QtBot, hand: Hand) -> None:
    stage, start = hand.page.stage, hand.place("C")
    left = stage.left
    hand.drag(start, QPointF(hand.viewport.width() + 30 - start.x(), 0))
    qtbot.waitUntil(lambda: stage.left > left + 10)
    hand.key(Key.Key_Escape)
    assert stage.left == left


# The rule in force


def test_the_rule_is_written_beside_the_bar_and_switches_while_keys_go_down_and_up(hand: Hand) -> None:
    hand.drag(hand.place("A"), hand.days(7))
    assert note(hand) == "12 Jan – 15 Jan · +5 d · push"
    assert shown(hand.document.plan) == {"A": "Mon2..Thu2", "B": "Fri2..Wed3", "C": "Thu3..Tue4"}
    hold(hand, Key.Key_Control)
    assert note(hand) == "12 Jan – 15 Jan · +5 d · only this"
    assert shown(hand.document.plan) == {"A": "Mon2..Thu2", "B": "Mon2..Thu2", "C": "Mon3..Thu3"}
    hold(hand, Key.Key_Shift, before=CONTROL)
    assert note(hand) == "12 Jan – 15 Jan · +5 d · keep gaps"
    assert shown(hand.document.plan) == {"A": "Mon2..Thu2", "B": "Mon3..Thu3", "C": "Mon4..Thu4"}
    hold(hand, Key.Key_Shift, down=False, before=CONTROL | SHIFT)
    hold(hand, Key.Key_Control, down=False, before=CONTROL)
    assert note(hand) == "12 Jan – 15 Jan · +5 d · push"
    hand.release(hand.place("A"))
    assert [step.verb for step in hand.document.done] == ["move_items"]


def test_everything_that_moves_along_has_its_ghost_and_its_days(hand: Hand) -> None:
    hand.drag(hand.place("A"), hand.days(7))
    dashed = [shape for shape in hand.drawn().shapes if getattr(shape, "dashed", False)]
    axis = hand.page.stage.axis
    assert [shape.x for shape in dashed] == [
        axis.x(day(name).toordinal()) for name in ("Mon", "Mon2", "Mon3")
    ]
    assert "+4 d" in hand.texts()
    assert "+3 d" in hand.texts()


def test_a_deadline_that_breaks_is_named_at_the_bar_and_below(qtbot: QtBot) -> None:
    plan = planned(A=("Mon", 4), B=("Mon", 3, {"deadline": day("Wed2")}), links="A FS B")
    hand = timeline(qtbot, plan)
    hand.drag(hand.place("A"), hand.days(7))
    assert "+5 d · past 14 Jan" in hand.texts()
    assert hand.words().endswith("Past the deadline: B. Esc to cancel")
    hand.key(Key.Key_Escape)


def test_a_day_off_is_named_and_the_bar_goes_on_to_the_next_working_day(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon", 2), M=("Wed", 0)))
    hand.drag(hand.place("A"), hand.days(5))
    assert shown(hand.document.plan)["A"] == "Mon2..Tue2"
    assert "10 Jan is a day off" in hand.words()
    hand.release(hand.place("A"))
    assert hand.words() == "Moved A 5 working days later. 10 Jan is a day off."
    hand.drag_and_drop(hand.place("M"), hand.days(3), ALT)
    assert shown(hand.document.plan)["M"] == "Mon2"


def test_a_bar_that_a_link_holds_says_so_beside_it(hand: Hand) -> None:
    hand.drag(hand.place("B"), hand.days(-6))
    assert shown(hand.document.plan)["B"] == "Fri..Wed2"
    assert note(hand) == "9 Jan – 14 Jan · −4 d · push · held by A"
    hand.release(hand.place("B"))
    assert hand.words() == "B can't start before 9 Jan: it waits for A (A FS)"


def test_the_start_of_a_bar_is_held_by_a_link_too(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("B", 0) + QPointF(2, 0), hand.days(-6))
    assert hand.words() == "B can't start before 9 Jan: it waits for A (A FS)"


# Where rows land


@pytest.mark.parametrize("to", range(7))
@pytest.mark.parametrize("item", ["A", "B", "C", "E"])
def test_a_row_lands_in_a_lane_where_the_line_is(qtbot: QtBot, item: str, to: int) -> None:
    hand = timeline(qtbot, in_lanes(), view="by-team")
    start, before = hand.place(item), rows(hand)
    goal = to * ROW + 0.2 * ROW
    hand.drag(start, QPointF(3, goal - start.y()))
    where = line(hand)
    hand.release(QPointF(start.x() + 3, goal))
    if where is None:  # the row is where it was, or on a lane's head
        return
    others = [row for row in before[:where] if row != item]
    assert rows(hand)[: len(others) + 1] == [*others, item]


def test_a_bar_goes_into_the_middle_of_another_lane(qtbot: QtBot) -> None:
    hand = timeline(qtbot, in_lanes(), view="by-team")
    start, goal = hand.place("A"), hand.place("D") - QPointF(0, ROW / 2)
    hand.drag(start, QPointF(3, goal.y() - start.y()))
    assert line(hand) == 5
    assert hand.words() == "A to Two. Esc to cancel"
    hand.release(goal)
    assert rows(hand) == [None, "B", None, "C", "A", "D", "E"]
    assert shown(hand.document.plan)["A"] == "Mon..Thu"
    assert len(hand.document.done) == 1


def test_a_row_stands_among_those_of_other_parents_and_keeps_its_own(qtbot: QtBot) -> None:
    one, two = {"team": "One"}, {"team": "Two"}
    plan = planned(
        P=(None, 1), A=("Mon", 2, one), B=("Mon", 2, one), Q=(None, 1), C=("Mon", 2, two), D=("Mon", 2, two),
        under="P: A B; Q: C D",
    )  # fmt: skip
    hand = timeline(qtbot, plan, view="by-team")
    start, goal = hand.place("A"), hand.place("D") - QPointF(0, ROW / 2)
    hand.drag(start, QPointF(3, goal.y() - start.y()))
    assert hand.words() == "A to Two. Esc to cancel"
    assert line(hand) == rows(hand).index("D")
    hand.release(goal)
    assert rows(hand) == [None, "B", None, "C", "A", "D"]
    assert hand.document.plan.items["A"].parent == "P"
    start, goal = hand.place("D"), hand.place("C") - QPointF(0, ROW / 2)
    hand.drag_and_drop(start, QPointF(3, goal.y() - start.y()))
    assert rows(hand) == [None, "B", None, "D", "C", "A"]
    assert hand.words() == "D above C."
    hand.document.undo()
    hand.document.undo()
    assert rows(hand) == [None, "A", "B", None, "C", "D"]


def drag_in_table(hand: Hand, item: str, y: float, aside: float = 0.0) -> None:
    """Press a row in the table and drag it to a height, without the release."""
    gutter = hand.page.gutter
    start = QPointF(80, hand.place(item).y())
    end = QPointF(80 + aside, y)
    send_mouse(gutter, QEvent.Type.MouseButtonPress, start, Buttons.LeftButton, Buttons.LeftButton, NO_KEYS)
    for share in (0.3, 0.7, 1.0):
        at = start + (end - start) * share
        send_mouse(gutter, QEvent.Type.MouseMove, at, Buttons.NoButton, Buttons.LeftButton, NO_KEYS)


def drop_in_table(hand: Hand, y: float, aside: float = 0.0) -> None:
    at = QPointF(80 + aside, y)
    send_mouse(
        hand.page.gutter, QEvent.Type.MouseButtonRelease, at, Buttons.LeftButton, Buttons.NoButton, NO_KEYS
    )


@pytest.fixture
def family(qtbot: QtBot) -> Hand:
    # 0 P
    # 1   A
    # 2   B
    # 3 Q
    # 4   C
    # 5 D
    plan = planned(
        P=(None, 1), A=("Mon", 2), B=("Mon", 2), Q=(None, 1), C=("Mon", 2), D=("Mon", 2), under="P: A B; Q: C"
    )
    return timeline(qtbot, plan)


@pytest.mark.parametrize(
    ("item", "line_at", "aside", "order", "parent", "said"),
    [
        ("D", 1, 0, "PDABQC", "P", "D under P"),
        ("D", 3, 0, "PABDQC", None, "D above Q"),
        ("D", 3, 30, "PABDQC", "P", "D under P"),
        ("B", 5, 0, "PAQCBD", "Q", "B under Q"),
        ("B", 5, -30, "PAQCBD", None, "B to the top level"),
        ("B", 1, 0, "PBAQCD", "P", "B above A"),
        ("B", 6, 30, "PAQCDB", "D", "B under D"),
        ("P", 6, 0, "QCDPAB", None, "P to the end"),
    ],
)
def test_a_row_lands_where_the_line_is_as_far_inwards_as_the_hand_goes(
    family: Hand, item: str, line_at: int, aside: float, order: str, parent: str | None, said: str
) -> None:
    y = line_at * ROW + (1 if line_at < 6 else -2)
    drag_in_table(family, item, y, aside)
    assert family.page.stage.hints.drop_row == line_at
    assert family.words() == f"{said}. Esc to cancel"
    drop_in_table(family, y, aside)
    assert "".join(map(str, rows(family))) == order
    assert family.document.plan.items[item].parent == parent
    assert len(family.document.done) == 1


def test_a_row_put_back_where_it_was_is_no_step(family: Hand) -> None:
    drag_in_table(family, "B", 2 * ROW + 1)
    drop_in_table(family, 2 * ROW + 1)
    assert not family.document.done


def test_rows_can_not_be_put_in_order_where_the_view_sorts_them(qtbot: QtBot) -> None:
    from roadwright.model.records import Sort

    hand = timeline(qtbot, planned(A=("Mon", 2), B=("Mon", 2)))
    hand.session.adjust(hand.document.plan, sort=(Sort("title", True),))
    drag_in_table(hand, "A", 2)
    assert line(hand) is None
    assert hand.words().startswith("The view is sorted")
    drop_in_table(hand, 2)
    assert not hand.document.done


def test_a_row_dragged_to_the_edge_of_the_table_scrolls_it(qtbot: QtBot) -> None:
    plan = planned(**{f"I{n}": ("Mon", 2) for n in range(60)})
    hand = timeline(qtbot, plan)
    drag_in_table(hand, "I2", hand.page.gutter.height() + 20)
    qtbot.waitUntil(lambda: hand.page.stage.top > 3 * ROW)
    hand.key(Key.Key_Escape)
    assert hand.page.stage.top == 0


def test_a_bar_moved_along_its_row_at_the_bottom_does_not_scroll_the_rows(qtbot: QtBot) -> None:
    plan = planned(**{f"I{n}": ("Mon", 2) for n in range(60)})
    hand = timeline(qtbot, plan)
    last = (hand.page.stage.height - 4) // ROW
    hand.drag(hand.place(f"I{last}"), hand.days(3))
    qtbot.wait(60)
    assert hand.page.stage.top == 0
    hand.key(Key.Key_Escape)


# Links


def test_a_link_under_the_pointer_lights_up_with_both_ends_and_says_what_it_is(
    qtbot: QtBot, hand: Hand
) -> None:
    (_, points) = next(one for one in hand.drawn().lines if one[0] == "A FS B")
    (x0, y0), (x1, y1) = points[-3], points[-2]
    stage = hand.page.stage
    hand.hover(QPointF((x0 + x1) / 2 - stage.scroll_x, (y0 + y1) / 2 - stage.top))
    accent = stage.theme.colors.accent
    rings = {shape.y for shape in hand.drawn().shapes if isinstance(shape, Box) and shape.stroke == accent}
    assert len(rings) == 2, "A and B"
    qtbot.waitUntil(QToolTip.isVisible)
    assert "B waits for A (A FS)" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_while_a_link_is_drawn_those_that_can_take_it_light_up(hand: Hand) -> None:
    hand.hover(hand.place("B"))
    hand.drag(hand.dot("B"), QPointF(30, 60))
    assert hand.page.stage.hints.takers == {"C"}, "from A it would close a loop"
    hand.key(Key.Key_Escape)


def test_while_an_end_of_a_link_is_dragged_those_that_can_take_it_light_up(hand: Hand) -> None:
    hand.session.select(link="B FS C")
    (_, points) = next(one for one in hand.drawn().lines if one[0] == "B FS C")
    stage = hand.page.stage
    for at, takers in ((points[0], {"A", "B"}), (points[-1], {"C"})):
        begin = QPointF(at[0] - stage.scroll_x, at[1] - stage.top)
        hand.drag(begin, QPointF(20, 60))
        assert stage.hints.takers == takers
        hand.key(Key.Key_Escape)


# From the backlog


def drag_in(hand: Hand, ids: list[str], at: QPointF) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, json.dumps(ids).encode())
    move = Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(at.toPoint(), move, data, Buttons.LeftButton, NO_KEYS),
        QDragMoveEvent(at.toPoint(), move, data, Buttons.LeftButton, NO_KEYS),
    ):
        QApplication.sendEvent(hand.viewport, event)
        assert event.isAccepted()
    return data


def test_what_comes_from_the_backlog_shows_its_days_its_lane_and_its_place(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(plan=in_lanes(), X=(None, 3)), view="by-team")
    at = hand.place("D", 0) + hand.days(7) + QPointF(3, 2 - ROW / 2)
    data = drag_in(hand, ["X"], at)
    assert "12 Jan – 14 Jan" in hand.texts()
    assert line(hand) == 5
    assert hand.page.stage.hints.drop_into == 3
    QApplication.sendEvent(hand.viewport, QDragLeaveEvent())
    assert not hand.document.done
    assert hand.page.stage.hints == type(hand.page.stage.hints)()
    assert hand.words() == ""
    drag_in(hand, ["X"], at)
    drop = QDropEvent(at, Qt.DropAction.MoveAction, data, Buttons.LeftButton, NO_KEYS)
    QApplication.sendEvent(hand.viewport, drop)
    assert rows(hand) == [None, "A", "B", None, "C", "X", "D", "E"]
    assert (hand.document.plan.items["X"].team, shown(hand.document.plan)["X"]) == ("Two", "Mon2..Wed2")
    assert len(hand.document.done) == 1


def test_an_item_from_the_backlog_comes_under_the_parent_at_its_place(family: Hand) -> None:
    from roadwright.model.edits.items import add_item

    family.document.commit(add_item, "X", title="X")
    at = QPointF(family.place("B").x(), 2 * ROW + 1)
    data = drag_in(family, ["X"], at)
    QApplication.sendEvent(
        family.viewport, QDropEvent(at, Qt.DropAction.MoveAction, data, Buttons.LeftButton, NO_KEYS)
    )
    assert family.document.plan.items["X"].parent == "P"
    assert "".join(map(str, rows(family))) == "PAXBQCD"


def test_a_new_link_that_can_not_hold_is_told_with_its_conflict_and_the_way_back(qtbot: QtBot) -> None:
    hand = timeline(qtbot, planned(A=("Mon2", 5), B=("Mon", 4, {"pinned": True}), C=("Mon", 2)))
    hand.hover(hand.place("A"))
    hand.drag_and_drop(hand.dot("A"), hand.place("B", 0.2) - hand.dot("A"))
    assert hand.words().endswith("but that makes a conflict: B starts before A allows")
    assert hand.said[-1].level == "warning"
    hand.hover(hand.place("C"))
    hand.drag_and_drop(hand.dot("C"), hand.place("A", 0.2) - hand.dot("C"))
    assert hand.words() == "A waits for C now (C FS)"
    assert hand.said[-1].level == "info"


# Making


def editor(hand: Hand) -> QLineEdit:
    [found] = [one for one in hand.page.gutter.findChildren(QLineEdit) if one.isVisible()]
    return found


def test_a_new_item_and_its_title_are_one_step(hand: Hand) -> None:
    hand.session.select(["A"])
    hand.page.new_item()
    QTest.keyClicks(editor(hand), "Dark mode")
    QTest.keyClick(editor(hand), Key.Key_Return)
    QTest.keyClick(editor(hand), Key.Key_Escape)  # the next one, which Enter has begun
    assert [step.verb for step in hand.document.done] == ["add_item"]
    assert "Dark mode" in [item.title for item in hand.document.plan.items.values()]
    hand.document.undo()
    assert set(hand.document.plan.items) == {"A", "B", "C"}
    hand.document.redo()
    assert "Dark mode" in [item.title for item in hand.document.plan.items.values()]


def test_esc_in_the_title_of_a_new_item_leaves_no_trace_not_even_in_redo(hand: Hand) -> None:
    hand.drag_and_drop(hand.place("A"), hand.days(1))
    hand.document.undo()
    before, redo = hand.document.plan, list(hand.document.undone)
    hand.double_click(hand.place("B", 1) + hand.days(6))
    assert len(hand.document.plan.items) == 4
    QTest.keyClick(editor(hand), Key.Key_Escape)
    assert hand.document.plan == before
    assert not hand.document.done
    assert hand.document.undone == redo


def test_a_new_item_stands_below_the_current_one_in_its_lane_whatever_the_parents(qtbot: QtBot) -> None:
    team = {"team": "One"}
    plan = planned(
        P=(None, 1),
        A=("Mon", 2, team),
        B=("Mon", 2, team),
        Q=(None, 1),
        C=("Mon", 2, team),
        under="P: A B; Q: C",
    )
    hand = timeline(qtbot, plan, view="by-team")
    start = hand.place("A")
    hand.drag_and_drop(start, QPointF(3, hand.place("C").y() + ROW / 2 - start.y()))
    assert rows(hand) == [None, "B", "C", "A"]
    hand.session.select(["C"])
    hand.page.new_item()
    QTest.keyClicks(editor(hand), "X")
    hand.page.gutter.settle()
    titles = [hand.document.plan.items[id].title for id in rows(hand) if id is not None]
    assert titles == ["B", "C", "X", "A"]
    assert [step.verb for step in hand.document.done] == ["put_below", "add_item"]


def test_a_press_elsewhere_keeps_what_was_typed(hand: Hand) -> None:
    hand.page.new_item()
    QTest.keyClicks(editor(hand), "Later")
    QTest.mouseClick(hand.viewport, Buttons.LeftButton, NO_KEYS, QPointF(700, 400).toPoint())
    assert [step.verb for step in hand.document.done] == ["add_item"]
    assert "Later" in [item.title for item in hand.document.plan.items.values()]


def test_a_second_title_is_a_step_of_its_own(hand: Hand) -> None:
    hand.page.new_item()
    for title in ("One", "Two"):
        QTest.keyClicks(editor(hand), title)
        hand.page.gutter.settle()
        hand.page.rename_current()
    QTest.keyClick(editor(hand), Key.Key_Escape)
    assert [step.verb for step in hand.document.done] == ["add_item", "rename_item"]


def test_a_new_item_that_the_view_hides_is_told(hand: Hand) -> None:
    hand.session.find("key:A")
    hand.page.new_item()
    assert len(hand.document.done) == 1
    assert hand.words().startswith("Made RW-1, which the view does not show")


# Looking


def test_space_and_drag_pans_and_the_middle_button_too(hand: Hand) -> None:
    stage = hand.page.stage
    for button in (Buttons.LeftButton, Buttons.MiddleButton):
        left = stage.left
        if button == Buttons.LeftButton:
            QApplication.sendEvent(hand.page.view, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, NO_KEYS))
        hand.press(hand.place("A"), button)
        hand.move(hand.place("A") - hand.days(5), button=button)
        hand.release(QPointF(5, 5), button=button)
        assert stage.left == pytest.approx(left + 5, abs=0.2)
        QApplication.sendEvent(hand.page.view, QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Space, NO_KEYS))
    assert not hand.document.done


def test_a_bar_out_of_sight_has_an_arrow_at_the_edge_that_scrolls_to_it(hand: Hand) -> None:
    stage = hand.page.stage
    stage.look(left=day("Mon3").toordinal() + 30)
    arrow = next(s for s in hand.drawn().shapes if isinstance(s, Mark) and s.ref == "to:B")
    hand.click(QPointF(arrow.x - stage.scroll_x, arrow.y - stage.top))
    assert stage.scroll_x <= stage.axis.x(day("Mon2").toordinal()) <= stage.scroll_x + stage.width
    assert hand.session.items == ("B",)
