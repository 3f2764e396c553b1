"""The columns of the table: chosen, moved, widened, frozen, sorted and grouped by, all as a view."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from panel_plans import Company
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from roadwright.model.records import Column, Sort
from roadwright.ui.session import Session
from roadwright.ui.table.columns_panel import ColumnsPanel
from roadwright.ui.table.sticky import Sticky
from table_hands import LEFT, Control, Key, Shift, Table


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot, Company())


@pytest.fixture
def make_table(qtbot: QtBot) -> Callable[..., Table]:
    return lambda **how: Table(qtbot, Company(**how))


def menu_of(table: Table, key: str) -> dict[str, QAction]:
    """What the menu of a heading offers, by its words."""
    menu = QMenu(table.grid)
    table.page.columns.fill(menu, table.model.place[key])
    return {action.text(): action for action in menu.actions()}


# Sorting


def test_a_click_on_a_heading_sorts_and_the_third_gives_the_order_back(table: Table) -> None:
    before, plan = table.rows(), table.document.plan
    table.press_heading("title")
    table.press_heading("title")
    titles = [table.text(ref, "title") for ref in table.rows() if plan.outline.depth[ref] == 0]
    assert titles == sorted(titles, key=str.casefold, reverse=True)
    below = table.row("mobile") + 1
    assert table.rows()[below : below + 2] == ["scan", "offline"]  # children stay with their parent
    table.press_heading("title")
    assert table.rows() == before
    assert table.document.plan is plan
    assert table.document.done == []


def test_sorting_knows_numbers_dates_and_choices(table: Table) -> None:
    table.press_heading("key")
    assert [table.text(ref, "key") for ref in table.rows()][:3] == ["RW-1", "RW-2", "RW-3"]
    table.press_heading("start")
    dated = [ref for ref in table.rows() if ref in table.document.schedule]
    assert dated[:3] == ["sso", "lumen", "lake"]
    assert table.rows()[-1] not in table.document.schedule  # without a value: last
    table.press_heading("status")
    table.press_heading("status")
    assert table.text(table.rows()[0], "status") == "Done"


def test_shift_sorts_by_one_more_field(table: Table) -> None:
    table.press_heading("status")
    table.press_heading("title", Shift)
    table.press_heading("title", Shift)
    assert table.view.sort == (Sort("status"), Sort("title", True))
    table.press_heading("status", Shift)
    assert table.view.sort == (Sort("status", True), Sort("title", True))
    table.press_heading("key")
    assert table.view.sort == (Sort("key"),)


def test_a_cell_that_sorts_its_row_elsewhere_stays_the_current_one(table: Table) -> None:
    table.press_heading("title")
    table.click("bus", "title")
    table.keys("Zebra bus", (Key.Key_Return, Control))
    assert table.rows()[-1] == "bus"
    assert table.current() == ("bus", "title")


# Columns


def test_columns_are_ticked_and_come_back_with_the_session(table: Table, qtbot: QtBot) -> None:
    qtbot.mouseClick(table.page.foot.columns, LEFT)
    panel = next(top for top in QApplication.topLevelWidgets() if isinstance(top, ColumnsPanel))
    lines = {line.text(): line for line in panel.list.lines()}
    lines["Notes"].setCheckState(Qt.CheckState.Checked)
    lines["Team"].setCheckState(Qt.CheckState.Unchecked)
    panel.list.search("pre")
    assert [line.text() for line in panel.list.lines() if not line.isHidden()] == ["Precision"]
    panel.close()
    assert table.columns()[-1] == "notes"
    again = Company()
    again.session = Session(table.company.session.looks)
    other = Table(qtbot, again)
    assert other.columns() == table.columns()
    assert "team" not in other.columns()


def test_a_heading_is_dragged_to_another_place(table: Table) -> None:
    table.drag_heading(table.heading("status"), table.heading("team", 0.2))
    assert table.columns()[:4] == ["key", "title", "status", "team"]
    assert [column.field for column in table.view.columns][:4] == ["key", "title", "status", "team"]


def test_escape_lets_a_dragged_heading_go(table: Table) -> None:
    before = table.columns()
    table.drag_heading(table.heading("status"), table.heading("team", 0.2), release=False)
    table.keys(Key.Key_Escape)
    table.qtbot.mouseRelease(table.grid.header.viewport(), LEFT, pos=table.heading("team"))
    assert table.columns() == before
    assert table.view.columns == ()


def test_a_column_is_widened_and_fitted(table: Table, qtbot: QtBot) -> None:
    edge = table.heading("title", 1.0)
    table.drag_heading(edge, edge + QPoint(60, 0))
    width = table.grid.columnWidth(table.model.place["title"])
    assert width == 360
    assert Column("title", 360) in table.view.columns
    qtbot.mouseDClick(table.grid.header.viewport(), LEFT, pos=table.heading("title", 1.0))
    fitted = table.grid.columnWidth(table.model.place["title"])
    assert fitted < 360
    widest = max(
        range(len(table.model.rows)), key=lambda row: table.grid.cells.wanted(row, table.model.place["title"])
    )
    assert fitted == table.grid.cells.wanted(widest, table.model.place["title"])


def test_a_remembered_column_that_is_no_more_does_no_harm(table: Table) -> None:
    table.show("mood", "title")
    assert table.columns() == ["title"]


def test_the_menu_of_a_heading_hides_groups_and_freezes(table: Table) -> None:
    menu_of(table, "owner")["Hide “Owner”"].trigger()
    assert "owner" not in table.columns()
    menu_of(table, "status")["Group by this"].trigger()
    assert table.model.is_lane(0)
    menu_of(table, "team")["Group by this within the groups"].trigger()
    assert (table.view.group, table.view.subgroup) == ("status", "team")
    menu_of(table, "status")["No groups"].trigger()
    assert not table.model.is_lane(0)
    menu_of(table, "team")["Freeze up to here"].trigger()
    assert table.view.frozen == 3
    assert "Hide “Title”" not in menu_of(table, "title")


def test_the_arrow_at_the_end_of_a_heading_opens_its_menu(table: Table) -> None:
    table.qtbot.mouseClick(
        table.grid.header.viewport(), LEFT, pos=table.heading("owner", 1.0) - QPoint(14, 0)
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Filter …" in [action.text() for action in menu.actions()]
    menu.close()
    assert table.view.sort == ()


# Frozen columns


def test_title_and_heading_stay_in_sight_when_scrolled_sideways(table: Table) -> None:
    table.page.resize(760, 480)
    QApplication.processEvents()
    table.grid.horizontalScrollBar().setValue(400)
    title = next(one for one in table.grid.placed() if one.column == table.model.place["title"])
    assert title.stuck
    assert 0 <= title.left < 100
    cell = table.grid.visualRect(table.model.index(0, table.model.place["title"]))
    assert (cell.left(), cell.width()) == (title.left, title.width)
    table.qtbot.mouseClick(table.grid.viewport(), LEFT, pos=cell.center())
    assert table.current() == (table.rows()[0], "title")
    table.press_heading("title")
    assert table.view.sort == (Sort("title"),)


def test_a_cell_that_is_gone_to_is_not_below_the_frozen_ones(table: Table) -> None:
    table.page.resize(900, 480)
    QApplication.processEvents()
    table.click("sso", "team")
    table.keys(Key.Key_End)
    assert table.grid.horizontalScrollBar().value() > 0
    for _ in range(6):
        table.keys(Key.Key_Left)
        cell = table.grid.visualRect(table.grid.currentIndex())
        edge = max(one.end for one in table.grid.placed() if one.stuck or one.left <= 76)
        assert cell.left() >= edge or table.current()[1] in ("key", "title")


def test_frozen_columns_stick_one_beside_the_other() -> None:
    sticky = Sticky([(0, 80), (1, 200), (2, 100), (3, 300)], frozen=[0, 2], room=800)
    assert [one[:3] for one in sticky.placed(0)] == [(0, 0, 80), (1, 80, 200), (2, 280, 100), (3, 380, 300)]
    placed = {one.column: one for one in sticky.placed(250)}
    assert (placed[0].left, placed[0].stuck) == (0, True)
    assert (placed[2].left, placed[2].stuck) == (80, True)
    assert (placed[1].left, placed[3].left) == (-170, 130)
    assert sticky.reach(1, 250) == 0  # beside the first column, which is 80 wide
    assert sticky.reach(3, 0) == 0


def test_where_there_is_little_room_only_the_title_stays_and_is_narrower() -> None:
    sticky = Sticky([(0, 80), (1, 400), (2, 300)], frozen=[0, 1], room=500, least=1)
    placed = {one.column: one for one in sticky.placed(300)}
    assert (placed[1].left, placed[1].width, placed[1].stuck) == (0, 300, True)
    assert not placed[0].stuck
    ends = [next(one.end for one in sticky.placed(offset) if one.column == 1) for offset in range(0, 300, 10)]
    assert all(0 <= before - after <= 10 for before, after in itertools.pairwise(ends))  # no jumps


def test_nothing_overlaps_at_the_least_window(table: Table) -> None:
    table.page.resize(520, 360)
    QApplication.processEvents()
    parts = [table.page.foot.sums, table.page.foot.total, table.page.foot.columns]
    for one in parts:
        assert all(one is other or not one.geometry().intersects(other.geometry()) for other in parts)
        assert table.page.foot.rect().contains(one.geometry())
    assert not table.grid.geometry().intersects(table.page.foot.geometry())
