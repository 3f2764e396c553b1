"""Rows of the timeline in lanes: heads that stay in sight, shared rows, and rows that wait for the hand."""

from __future__ import annotations

import math

from hands import NO_KEYS, Buttons, Hand, send_mouse, timeline
from hypothesis import given
from hypothesis import strategies as st
from plans import planned
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import move_items, set_field
from roadwright.model.plan import Plan
from roadwright.model.query import Row
from roadwright.model.records import ItemId
from roadwright.ui.drawing.painter import measure
from roadwright.ui.drawing.scene import Box, Text
from roadwright.ui.timeline import columns
from roadwright.ui.timeline.frame import ROW
from roadwright.ui.timeline.heads import Heads
from roadwright.ui.timeline.table_rows import table


def rows_of(lanes: list[list[int]]) -> list[Row]:
    """Outer lanes that hold inner ones with so many items each; an empty list is a folded lane."""
    found = []
    for outer, inners in enumerate(lanes):
        found.append(Row(f"o{outer}", None, depth=0, path=(("team", outer),)))
        for inner, items in enumerate(inners):
            path = (("team", outer), ("status", inner))
            found.append(Row(f"o{outer}i{inner}", None, depth=1, path=path))
            ids = [ItemId(f"{outer}.{inner}.{n}") for n in range(items)]
            found += [Row(id, id, depth=2, path=path) for id in ids]
    return found


@given(st.lists(st.lists(st.integers(0, 4), max_size=3), min_size=1, max_size=4), st.integers(0, 700))
def test_the_lane_at_the_top_keeps_its_heads_in_sight(lanes: list[list[int]], top: int):
    rows = rows_of(lanes)
    stuck = dict(Heads(rows).stuck(top))
    assert [rows[place].depth for place in stuck] == list(range(len(stuck)))
    for place, y in stuck.items():
        assert place * ROW < y <= top + ROW * rows[place].depth  # its own row has gone above
        path = rows[place].path
        end = max(at for at, row in enumerate(rows) if row.path[: len(path)] == path) + 1
        assert y + ROW <= end * ROW  # and it never covers a head below its lane
    free = math.ceil(max([top, *(y + ROW for y in stuck.values())]) / ROW)
    for place, row in enumerate(rows):  # of the first row below them, every head can be read
        if free < len(rows) and row.item is None and rows[free].path[: len(row.path)] == row.path:
            assert place in stuck or place * ROW >= top


def in_lanes() -> Plan:
    items = {
        f"{'AB'[n // 12]}{n}": ("Mon", 3, {"team": ("app", "web")[n // 12], "status": "planned"})
        for n in range(24)
    }
    return planned(**items)  # type: ignore[arg-type]


def grouped(qtbot: QtBot, plan: Plan, **looks: object) -> Hand:
    hand = timeline(qtbot, plan, size=(1000, 400))
    hand.session.adjust(plan, **looks)
    QApplication.processEvents()
    return hand


def on_screen(page: QWidget) -> QImage:
    """What is to be seen now, without painting it anew."""
    QApplication.processEvents()
    return page.screen().grabWindow(page.winId()).toImage()


def test_heads_stay_where_they_are_while_rows_scroll_below(qtbot: QtBot):
    hand = grouped(qtbot, in_lanes(), group="team", subgroup="status")
    stage = hand.page.stage
    for top in (5, 60, 200, 330, 380, 340, 30, 0):
        stage.look(top=top)
        scrolled = on_screen(hand.page)
        hand.page.gutter.update()
        hand.viewport.update()
        assert scrolled == on_screen(hand.page)
    stage.look(top=120)
    assert [stage.rows[place].title for place, _ in stage.stuck] == ["app", "Planned"]
    shapes = table(stage.board, 300, stage.top, stage.top + 300, stage.glance, measure)
    titles = {shape.text: shape.y for shape in shapes if isinstance(shape, Text)}
    assert titles["app"] == stage.top
    assert titles["Planned"] == stage.top + ROW


def test_a_press_on_a_head_that_stays_in_sight_folds_its_lane(qtbot: QtBot):
    hand = grouped(qtbot, in_lanes(), group="team")
    hand.page.stage.look(top=150)
    qtbot.mouseClick(hand.page.gutter, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert hand.session.looks.collapsed == {"lane:team:app"}
    assert [row.title for row in hand.page.stage.rows if row.item is None] == ["app", "web"]
    assert len(hand.page.stage.rows) == 14


def test_a_row_is_revealed_below_the_heads(qtbot: QtBot):
    hand = grouped(qtbot, in_lanes(), group="team", subgroup="status")
    stage = hand.page.stage
    stage.look(top=300)
    stage.reveal(ItemId("A3"))
    assert stage.board.row_of[ItemId("A3")] * ROW == stage.top + 2 * ROW


def test_the_head_of_a_lane_says_what_its_items_come_to(qtbot: QtBot):
    hand = grouped(qtbot, in_lanes(), group="team")
    for effort, told in ((2.5, "2.5"), (12_345.0, "12,345")):
        hand.document.commit(set_field, ["A0"], "effort", effort)
        shapes = table(hand.page.stage.board, 600, 0, ROW, hand.page.stage.glance, measure)
        assert any(told in shape.text for shape in shapes if isinstance(shape, Text))


def test_bars_that_share_a_row_are_drawn_and_pointed_at_one_by_one(qtbot: QtBot):
    #        5 Jan     12        19
    # web    A====     B====     ◆M
    #        C===============
    plan = planned(
        A=("Mon", 3, {"team": "web"}),
        B=("Mon2", 3, {"team": "web"}),
        M=("Mon4", 0, {"team": "web"}),
        C=("Mon", 10, {"team": "web"}),
    )
    hand = grouped(qtbot, plan, group="team", packed=True)
    rows = hand.page.stage.rows
    assert [row.items for row in rows] == [(), ("A", "B", "M"), ("C",)]
    spots = hand.drawn().spots
    assert {spots[id].row for id in (ItemId("A"), ItemId("B"), ItemId("M"))} == {1}
    for id in "ABMC":
        at = hand.place(id)
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            buttons = Buttons.LeftButton if kind == QEvent.Type.MouseButtonPress else Buttons.NoButton
            send_mouse(hand.viewport, kind, at, Buttons.LeftButton, buttons, NO_KEYS)
        assert hand.session.items == (id,)
    shapes = [shape for shape in hand.drawn().shapes if isinstance(shape, Box)]
    assert {shape.ref for shape in shapes} >= {"A", "B", "C"}


def test_titles_of_a_shared_row_are_chosen_in_the_table(qtbot: QtBot):
    plan = planned(A=("Mon", 3, {"team": "web"}), B=("Mon2", 3, {"team": "web"}))
    hand = grouped(qtbot, plan, group="team", packed=True)
    gutter, board = hand.page.gutter, hand.page.stage.board
    titles = columns.shared_titles(board, board.rows[1], gutter.width(), measure)
    assert [id for id, *_ in titles] == ["A", "B"]
    for id, _, left, wide in titles:
        qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=QPointF(left + wide / 2, ROW * 1.5).toPoint())
        assert hand.session.items == (id,)


def test_rows_wait_until_the_hand_has_let_go(qtbot: QtBot):
    plan = planned(A=("Mon", 3, {"team": "web"}), B=("Mon2", 3, {"team": "web"}))
    hand = grouped(qtbot, plan, group="start.month")
    stage = hand.page.stage
    before = [row.ref for row in stage.rows]
    days = {ItemId("A"): plan.items[ItemId("A")].start}
    hand.document.preview(move_items, days, 40)
    assert [row.ref for row in stage.rows] == before
    hand.document.cancel()
    assert [row.ref for row in stage.rows] == before
    hand.document.preview(move_items, days, 40)
    hand.document.commit(move_items, days, 40)
    assert [row.title or row.item for row in stage.rows] == ["2026-01", "B", "2026-03", "A"]


def test_what_is_not_sought_is_pale_where_the_view_wants_that(qtbot: QtBot):
    plan = planned(A=("Mon", 3), B=("Mon2", 3))
    hand = grouped(qtbot, plan, dims=True)
    hand.session.find("a")
    stage = hand.page.stage
    assert [row.item for row in stage.rows] == ["A", "B"]
    assert stage.board.dimmed == {"B"}
    bars = {shape.ref: shape.fill for shape in hand.drawn().shapes if isinstance(shape, Box) and shape.ref}
    assert bars["A"] != bars["B"]
    hand.session.adjust(plan, dims=False)
    assert [row.item for row in stage.rows] == ["A"]


def test_a_double_click_above_the_rows_breaks_nothing(qtbot: QtBot):
    hand = timeline(qtbot, planned(A=("Mon", 2)))
    above, left = QPointF(60, -60), Buttons.LeftButton
    for widget in (hand.page.gutter, hand.viewport):
        for type in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            send_mouse(widget, type, above, left, left, NO_KEYS)
        send_mouse(widget, QEvent.Type.MouseButtonRelease, above, left, Buttons.NoButton, NO_KEYS)
    hand.page.gutter.settle()
    assert hand.document.plan.items["A"].title == "A"


def title_editor(hand: Hand) -> QLineEdit:
    """The editor that has been opened and takes the keys."""
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    assert found.isVisible()
    return found


def packed(qtbot: QtBot) -> Hand:
    plan = planned(
        A=("Mon", 3, {"team": "web"}), B=("Mon2", 3, {"team": "web"}), C=("Mon3", 3, {"team": "web"})
    )
    hand = grouped(qtbot, plan, group="team", packed=True)
    hand.page.view.setFocus()
    return hand


def test_the_title_of_a_bar_that_shares_its_row_is_edited_at_the_bar(qtbot: QtBot):
    hand = packed(qtbot)
    hand.session.select([ItemId("B")])
    hand.page.rename_current()
    editor = title_editor(hand)
    assert editor.parentWidget() is hand.viewport
    assert editor.geometry().contains(hand.place("B").toPoint())
    hand.page.stage.look(left=hand.page.stage.left - 3)
    assert editor.geometry().contains(hand.place("B").toPoint())
    QTest.keyClicks(editor, "mint and lemon")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hand.document.plan.items[ItemId("B")].title == "mint and lemon"
    assert len(hand.document.plan.items) == 3
    assert hand.page.view.hasFocus()
    hand.page.rename_current()
    QTest.keyClicks(title_editor(hand), "no")
    QTest.keyClick(title_editor(hand), Qt.Key.Key_Escape)
    assert hand.document.plan.items[ItemId("B")].title == "mint and lemon"


def test_a_new_item_in_a_shared_row_is_named_there_or_taken_away_by_esc(qtbot: QtBot):
    hand = packed(qtbot)
    for keep in (False, True):
        before = hand.document.plan
        hand.double_click(hand.place("C", 1) + hand.days(3))
        editor, made = title_editor(hand), hand.session.current
        assert made is not None
        assert made not in before.items
        assert hand.page.stage.rows[hand.page.stage.board.row_of[made]].shared
        QTest.keyClicks(editor, "normal")
        if keep:
            editor.clearFocus()
            assert hand.document.plan.items[made].title == "normal"
        else:
            QTest.keyClick(editor, Qt.Key.Key_Escape)
            assert hand.document.plan == before
    hand.session.select([ItemId("C")])
    before = hand.document.plan
    hand.page.new_item()
    QTest.keyClick(title_editor(hand), Qt.Key.Key_Escape)
    assert hand.document.plan == before


def test_a_double_click_on_a_title_of_a_shared_row_edits_it(qtbot: QtBot):
    hand = packed(qtbot)
    gutter, board = hand.page.gutter, hand.page.stage.board
    titles = {
        id: left + wide / 2
        for id, _, left, wide in columns.shared_titles(board, board.rows[1], gutter.width(), measure)
    }
    qtbot.mouseDClick(
        gutter, Qt.MouseButton.LeftButton, pos=QPointF(titles[ItemId("B")], ROW * 1.5).toPoint()
    )
    QTest.keyClicks(title_editor(hand), "Billing")
    QTest.keyClick(title_editor(hand), Qt.Key.Key_Return)
    assert hand.document.plan.items[ItemId("B")].title == "Billing"


def test_what_can_not_be_renamed_because_it_is_out_of_sight_is_refused_in_words(qtbot: QtBot):
    hand = packed(qtbot)
    hand.session.select([ItemId("B")])
    hand.session.fold("lane:team:web", True)
    hand.page.rename_current()
    assert "B can't be renamed here" in hand.words()
