"""The hands of a spreadsheet: how the keys go about, select, begin to enter, and make new rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from panel_plans import Company
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import add_item
from roadwright.model.plan import new_plan
from roadwright.model.records import ItemId, Sort
from roadwright.ui.app import App
from roadwright.ui.table.area import Area, Cell, runs
from table_hands import LEFT, Control, Key, Shift, Table

Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot, Company())


@pytest.fixture
def make_table(qtbot: QtBot) -> Callable[..., Table]:
    return lambda **how: Table(qtbot, Company(**how))


# Going about and selecting


def test_arrows_and_ends(table: Table) -> None:
    table.click("bus", "owner")
    table.keys(Key.Key_Down, Key.Key_Right)
    assert table.current() == ("region", "status")
    table.keys((Key.Key_Up, Control))
    assert table.current() == ("sso", "status")
    table.keys(Key.Key_Home)
    assert table.current() == ("sso", "key")
    table.keys((Key.Key_End, Control))
    assert table.current() == ("idea", "slack")
    table.keys(Key.Key_PageUp, (Key.Key_Home, Control))
    assert table.current() == ("sso", "key")


def test_shift_and_arrows_stretch_the_block_from_where_it_began(table: Table) -> None:
    table.click("bus", "owner")
    table.keys((Key.Key_Down, Shift), (Key.Key_Right, Shift))
    assert table.selected() == {(id, key) for id in ("bus", "region") for key in ("owner", "status")}
    assert table.current() == ("bus", "owner")
    table.keys((Key.Key_Up, Shift), (Key.Key_Up, Shift))
    assert table.selected() == {(id, key) for id in ("sso", "bus") for key in ("owner", "status")}
    assert table.company.session.items == ("bus", "sso")  # as they were selected: upwards


def test_all_are_selected_where_one_stands(table: Table) -> None:
    table.click("bus", "owner")
    table.keys((Key.Key_A, Control))
    assert table.current() == ("bus", "owner")
    assert len(table.company.session.items) == 16
    assert len(table.selected()) == 16 * len(table.columns())


def test_what_the_program_selects_leaves_the_current_cell_alone(table: Table) -> None:
    table.click("bus", "owner")
    table.company.session.select(table.document.plan.outline.order)
    assert table.current() == ("bus", "owner")


def test_whole_columns_and_rows(table: Table) -> None:
    table.click("bus", "owner")
    table.keys((Key.Key_Space, Control))
    assert table.selected() == {(id, "owner") for id in table.rows()}
    table.click("bus", "owner")
    table.keys((Key.Key_Down, Shift), (Key.Key_Space, Shift))
    assert table.selected() == {(id, key) for id in ("bus", "region") for key in table.columns()}


def test_the_mouse_drags_a_block_and_control_adds_to_it(table: Table) -> None:
    table.drag(table.rect("sso", "team").center(), table.rect("bus", "owner").center())
    assert table.selected() == {(id, key) for id in ("sso", "bus") for key in ("team", "owner")}
    table.click("lumen", "status", Control)
    assert ("lumen", "status") in table.selected()
    assert ("sso", "team") in table.selected()
    table.click("lumen", "status", Control)
    assert ("lumen", "status") not in table.selected()


def test_a_block_can_hold_columns_that_were_moved(table: Table) -> None:
    table.show("title", "status", "key", "owner")
    table.drag(table.rect("sso", "title").center(), table.rect("bus", "key").center())
    assert table.selected() == {(id, key) for id in ("sso", "bus") for key in ("title", "status", "key")}


def test_within_a_block_enter_and_tab_go_round(table: Table) -> None:
    table.click("sso", "progress")
    table.click("bus", "progress", Shift)
    table.keys("1", Key.Key_Return, "2", Key.Key_Return)
    items = table.document.plan.items
    assert (items["sso"].progress, items["bus"].progress) == (1, 2)
    assert table.current() == ("sso", "progress")
    assert len(table.selected()) == 2


def test_undo_selects_the_cells_again_and_not_their_rows(table: Table) -> None:
    table.click("sso", "owner")
    table.click("bus", "owner", Shift)
    table.keys((Key.Key_D, Control))
    table.click("lumen", "owner")
    table.document.undo()
    table.company.session.select(["sso", "bus"])  # as the command of the window does
    assert table.selected() == {("sso", "owner"), ("bus", "owner")}


# Entering


def test_enter_opens_the_editor_and_keeps(table: Table) -> None:
    table.click("sso", "title")
    table.keys(Key.Key_Return, Key.Key_End, "!", Key.Key_Return)
    assert table.document.plan.items["sso"].title.endswith("!")
    assert table.current() == ("bus", "title")
    table.keys((Key.Key_Return, Shift))
    assert table.current() == ("sso", "title")


def test_alt_and_down_open_the_choice(table: Table) -> None:
    table.click("sso", "status")
    table.keys((Key.Key_Down, Alt))
    editor = QApplication.focusWidget()
    assert editor.list_shown()
    table.keys(Key.Key_Up, Key.Key_Return)
    assert table.document.plan.statuses[table.document.plan.items["sso"].status].title == "In progress"


def test_a_row_that_moves_away_while_it_is_kept_leaves_no_editor_behind(table: Table) -> None:
    """The sort puts the row elsewhere the moment its editor closes; Qt used to warn of that."""
    table.look(sort=(Sort("title"),))
    for keys in ([Key.Key_Return], [Key.Key_Tab]):
        table.click("bus", "title")
        table.keys("Zoo", *keys)
        table.document.undo()
    table.click("bus", "owner")
    table.look(sort=(Sort("owner"),))
    table.keys(Key.Key_F2, "Gra", Key.Key_Return)
    assert table.document.plan.items["bus"].owner == "gl"
    assert table.grid.hasFocus()


def test_a_click_elsewhere_keeps_what_was_typed(table: Table) -> None:
    table.look(sort=(Sort("title"),))
    table.click("bus", "title")
    table.keys("Zoo")
    table.click("lumen", "owner")
    assert table.document.plan.items["bus"].title == "Zoo"
    assert table.current() == ("lumen", "owner")


def test_an_editor_whose_row_vanishes_goes_with_it(table: Table) -> None:
    table.click("bus", "title")
    table.keys("Zoo")
    table.company.session.find("Lumen")
    assert table.rows() == ["lumen"]
    table.keys(Key.Key_Down)
    assert table.document.plan.items["bus"].title in ("Zoo", "Event bus (Kafka) roll-out")


# New rows


def test_the_row_below_all_makes_an_item_of_what_is_typed(table: Table) -> None:
    table.click("idea", "title")
    table.keys(Key.Key_Down, "One", Key.Key_Return, "Two", Key.Key_Return)
    plan = table.document.plan
    assert [plan.items[id].title for id in plan.outline.order[-2:]] == ["One", "Two"]
    assert table.current() == ("new", "title")
    assert [step.verb for step in table.document.done] == ["add_item", "add_item"]


def test_enter_after_the_last_row_goes_to_the_new_one(table: Table) -> None:
    table.click("idea", "title")
    table.keys("Market", Key.Key_Return)
    assert table.current() == ("new", "title")


def test_a_new_row_can_begin_with_any_value(table: Table) -> None:
    table.click("idea", "owner")
    table.keys(Key.Key_Down, "Grace", Key.Key_Return)
    made = table.document.plan.items[table.document.plan.outline.order[-1]]
    assert made.owner == "gl"
    assert len(table.document.done) == 1
    table.document.undo()
    assert len(table.document.plan.items) == 16


def test_nothing_typed_makes_nothing(table: Table) -> None:
    table.click("idea", "title")
    table.keys(Key.Key_Down, Key.Key_Return, Key.Key_Return, Key.Key_Escape)
    assert table.document.done == []


def test_a_new_row_in_lanes_goes_into_the_last_lane(make_table: Callable[..., Table]) -> None:
    table = make_table(view="by-team")
    table.company.session.find("lake")
    table.click("lake", "title")
    table.keys(Key.Key_Down, "Feature store for lakes", Key.Key_Return)
    made = table.document.plan.items[table.document.plan.outline.order[-1]]
    assert (made.title, made.team) == ("Feature store for lakes", "data")


def test_rows_are_duplicated_where_they_are_selected_whole(app: App, qtbot: QtBot) -> None:
    app.session.show_page("table")
    grid = app.window.page.grid
    grid.go_to(1, grid.table.place["title"])
    title = grid.table.text_at(1, grid.table.place["title"])
    for key, held in ((Key.Key_Space, Shift), (Key.Key_D, Control)):
        qtbot.keyClick(grid, key, held)
    assert [item.title for item in app.document.plan.items.values()].count(title) == 2


def test_a_new_row_can_begin_with_a_new_name(table: Table) -> None:
    table.click("idea", "owner")
    table.keys(Key.Key_Down, "Zoe Quinn", Key.Key_Return)
    plan = table.document.plan
    made = plan.items[plan.outline.order[-1]]
    assert plan.people[made.owner].name == "Zoe Quinn"
    assert len(table.document.done) == 1


# Rows and sums


def test_a_screen_reader_is_told_the_item(table: Table) -> None:
    index = table.model.index(table.row("billing"), table.model.place["title"])
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = index.data(role)
    assert spoken.startswith("Usage-based billing portal")
    assert "20 percent" in spoken
    assert "blocked by Event bus" in spoken
    assert table.model.headerData(table.row("billing"), Qt.Orientation.Vertical, role) == spoken
    owner = table.model.index(table.row("lake"), table.model.place["owner"])
    assert owner.data(Qt.ItemDataRole.AccessibleTextRole) == "Owner: Empty"


def test_the_foot_sums_what_is_selected(table: Table, qtbot: QtBot) -> None:
    table.click("sso", "progress")
    table.click("region", "progress", Shift)
    qtbot.waitUntil(lambda: "Count 3" in table.page.foot.sums.text())
    assert "Average 56.67 %" in table.page.foot.sums.text()
    table.click("sso", "start")
    table.click("region", "start", Shift)
    qtbot.waitUntil(lambda: "6 Jul – 14 Dec 2026" in table.page.foot.sums.text())
    table.click("sso", "duration")
    table.click("bus", "duration", Shift)
    qtbot.waitUntil(lambda: "Sum 125 d" in table.page.foot.sums.text())


def test_heads_of_lanes_stay_in_sight_and_fold(make_table: Callable[..., Table], qtbot: QtBot) -> None:
    plan = new_plan("Many")
    for n in range(120):
        plan = add_item(
            plan, ItemId(f"i{n}"), title=f"Item {n}", horizon=("now", "next", "later")[n // 40],
            start=date(2026, 1, 5), effort=float(n), progress=n % 2 * 100, duration=1 + n % 2 * 2,
        )  # fmt: skip
    table = make_table(plan=plan)
    table.look(group="horizon")
    bar = table.grid.verticalScrollBar()
    bar.setValue(60 * 32)
    assert [table.model.lane_title(table.model.rows[row]) for row, _ in table.grid.pinned()] == ["Next"]
    qtbot.mouseClick(table.grid.viewport(), LEFT, pos=QPoint(17, 16))
    assert [row.folded for row in table.model.rows if row.item is None] == [False, True, False]
    table.go("i1", "title")
    assert table.grid.visualRect(table.grid.currentIndex()).top() >= 32


def test_the_head_of_a_lane_says_what_its_items_come_to(make_table: Callable[..., Table]) -> None:
    table = make_table(view="by-team")
    row, place = 0, table.model.place
    assert table.model.total_at(row, place["start"]) == "6 Jul 2026"
    assert table.model.total_at(row, place["finish"]) == table.text("region", "finish")
    assert table.model.total_at(row, place["progress"]) == "55 %"  # (55*100 + 70*70 + 65*0) / 190
    assert table.model.total_at(row, place["owner"]) == ""
    web = table.row("lumen") - 1
    assert table.model.total_at(web, place["effort"]) == "75"
    folded = table.model.rows[web].ref
    table.company.session.fold(folded, True)
    assert table.model.total_at(table.row(folded), place["effort"]) == "75"


# Areas


cells = st.builds(Cell, st.integers(0, 9), st.integers(0, 9))


@given(cells, cells)
def test_an_area_is_gone_round_once_and_back(one: Cell, other: Cell) -> None:
    area = Area.between(one, other)
    for down, on in ((1, 0), (0, 1)):
        cell, seen = one, []
        for _ in range((area.bottom - area.top + 1) * (area.right - area.left + 1)):
            seen.append(cell)
            assert area.holds(cell)
            assert area.next(area.next(cell, down, on), -down, -on) == cell
            cell = area.next(cell, down, on)
        assert cell == one
        assert len(set(seen)) == len(seen)


@given(cells, cells, cells)
def test_a_fill_never_touches_its_source(one: Cell, other: Cell, end: Cell) -> None:
    area = Area.between(one, other)
    target = area.stretched(end)
    if area.holds(end):
        assert target is None
    elif target is not None:
        assert target.top <= target.bottom
        assert target.left <= target.right
        assert not any(
            area.holds(Cell(row, place))
            for row in range(target.top, target.bottom + 1)
            for place in range(target.left, target.right + 1)
        )


@given(st.sets(st.integers(0, 40)))
def test_runs_have_every_number_once(numbers: set[int]) -> None:
    found = [n for first, last in runs(sorted(numbers)) for n in range(first, last + 1)]
    assert found == sorted(numbers)
