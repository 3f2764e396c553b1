"""The table page, by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from panel_plans import Company
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import add_item, move_items, rename_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.fields import FIELDS
from roadwright.model.plan import new_plan
from roadwright.model.records import Item, ItemId
from roadwright.ui.drawing.palette import theme
from roadwright.ui.table.model import TableModel
from table_hands import Control, Key, Shift, Table


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot, Company())


@pytest.fixture
def make_table(qtbot: QtBot) -> Callable[..., Table]:
    return lambda **how: Table(qtbot, Company(**how))


# What it shows


def test_every_field_is_a_column_and_a_sensible_few_are_shown(table: Table) -> None:
    assert [field.key for field in table.model.columns] == list(FIELDS)
    shown = list(table.columns())
    assert shown[:3] == ["key", "title", "team"]
    assert "notes" not in shown


def test_rows_are_those_of_the_timeline_with_the_backlog(table: Table) -> None:
    assert table.rows() == list(table.document.plan.outline.order)
    assert "voice" in table.rows()
    assert table.model.rows[table.row("scan")].depth == 1


def test_lanes_are_rows_across_all_columns(make_table: Callable[..., Table]) -> None:
    table = make_table(view="by-team")
    heads = [table.model.lane_title(row) for row in table.model.rows if row.item is None]
    assert heads == ["Platform", "Customer Web", "Mobile", "Data & AI", "No team"]


def test_a_preview_is_shown_live(table: Table) -> None:
    table.document.preview(move_items, {"billing": date(2026, 10, 12)}, 5)
    assert table.text("billing", "start") == "19 Oct 2026"
    table.document.cancel()
    assert table.text("billing", "start") == "12 Oct 2026"


def test_values_change_without_a_reset(table: Table, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(table.model.modelReset):
        table.document.commit(rename_item, "bus", "Event bus")
    assert table.text("bus", "title") == "Event bus"


def test_other_rows_keep_scroll_and_selection(make_table: Callable[..., Table]) -> None:
    plan = new_plan("Many")
    for n in range(200):
        plan = add_item(plan, ItemId(f"i{n}"), title=f"Item {n}")
    table = make_table(plan=plan)
    table.click("i60", "title")
    table.grid.verticalScrollBar().setValue(900)
    table.document.commit(add_item, ItemId("new"), title="New", before="i3")
    assert table.grid.verticalScrollBar().value() == 900
    assert table.current() == ("i60", "title")
    assert table.company.session.items == ("i60",)


def test_a_hidden_table_waits_until_it_is_looked_at(table: Table) -> None:
    table.page.hide()
    table.document.commit(add_item, ItemId("late"), title="Late")
    assert "late" not in table.rows()
    table.page.show()
    assert "late" in table.rows()


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_out(table: Table, qtbot: QtBot) -> None:
    table.company.session.find("zebra")
    assert "zebra" in table.page.empty.text()
    qtbot.mouseClick(table.page.clear, Qt.MouseButton.LeftButton)
    assert len(table.rows()) == len(table.document.plan.items)


def test_an_empty_plan_says_what_the_table_is_for(make_table: Callable[..., Table]) -> None:
    table = make_table(plan=new_plan("Empty"))
    assert table.page.empty.isVisible()
    table.keys("First thing", Key.Key_Return)
    assert [item.title for item in table.document.plan.items.values()] == ["First thing"]
    assert table.grid.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_painted_in_both_themes(make_table: Callable[..., Table], name: str) -> None:
    table = make_table(view="by-team", dark=name == "light")
    table.page.set_theme(theme(name))
    picture = table.page.grab().toImage()
    below_the_headings, beside_the_lanes = picture.pixelColor(3, 3), picture.pixelColor(400, 45)
    assert below_the_headings.name().upper() == theme(name).colors.background
    assert beside_the_lanes.name().upper() == theme(name).colors.panel


# Editing


def test_typing_replaces_and_enter_goes_down(table: Table) -> None:
    table.click("sso", "title")
    table.keys("Sign-on", Key.Key_Return)
    assert table.document.plan.items["sso"].title == "Sign-on"
    assert table.current() == ("bus", "title")
    assert len(table.document.done) == 1
    assert table.grid.hasFocus()


def test_f2_edits_what_is_there_and_tab_goes_right(table: Table) -> None:
    table.click("sso", "title")
    table.keys(Key.Key_F2, Key.Key_End, " 2", Key.Key_Tab)
    assert table.document.plan.items["sso"].title == "Identity & single sign-on 2"
    assert table.current() == ("sso", "team")


def test_tab_at_the_end_of_a_row_goes_to_the_next_one(table: Table) -> None:
    table.click("sso", "depends")
    table.keys(Key.Key_F2, Key.Key_Tab, Key.Key_Tab)
    assert table.current() == ("bus", "key")


def test_escape_changes_nothing(table: Table) -> None:
    table.click("sso", "title")
    table.keys("Nothing", Key.Key_Escape)
    assert table.document.plan.items["sso"].title == "Identity & single sign-on"
    assert table.document.done == []


def test_a_date_is_typed_as_people_do(table: Table) -> None:
    table.click("billing", "start")
    table.keys("19 oct", Key.Key_Return)
    assert table.document.plan.items["billing"].start == date(2026, 10, 19)


def test_an_unreadable_date_is_said_and_stays_open_to_be_mended(table: Table) -> None:
    table.click("billing", "start")
    table.keys("soonish", Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "soonish"
    assert table.document.plan.items["billing"].start == date(2026, 10, 12)
    assert "soonish" in table.company.said[-1].text
    assert "12 Oct" in table.company.said[-1].text
    assert "Start" in table.company.said[-1].text
    editor.clear()
    table.keys("19 oct", Key.Key_Return)
    assert table.document.plan.items["billing"].start == date(2026, 10, 19)


def test_a_choice_is_typed(table: Table) -> None:
    table.click("sso", "owner")
    table.keys("ele", Key.Key_Return)
    assert table.document.plan.items["sso"].owner == "ep"


def test_a_new_team_comes_with_the_cell(table: Table) -> None:
    table.click("sso", "team")
    table.keys("Growth", Key.Key_Return)
    plan = table.document.plan
    assert plan.teams[plan.items["sso"].team].title == "Growth"
    assert len(table.document.done) == 1


def test_links_are_edited_as_text(table: Table) -> None:
    table.click("lake", "depends")
    table.keys("RW-1 FS+2d", Key.Key_Return)
    links = table.document.plan.incoming["lake"]
    assert [(link.source, link.type, link.lag) for link in links] == [("sso", "FS", 2)]


def test_a_link_that_closes_a_loop_is_refused_in_words(table: Table) -> None:
    table.click("bus", "depends")
    table.keys("RW-5", Key.Key_Escape)  # the list of completions is no trap
    table.click("bus", "depends")
    table.keys("RW-5 FS", Key.Key_Return)
    assert "bus" not in table.document.plan.incoming
    assert "loop" in table.company.said[-1].text


def test_computed_cells_say_why_they_can_not_be_typed_in(table: Table) -> None:
    table.click("sso", "slack")
    table.keys("5")
    assert "Slack" in table.company.said[-1].text
    table.click("mobile", "finish")
    table.keys(Key.Key_F2)
    assert table.document.plan.items["mobile"].key in table.company.said[-1].text
    assert table.document.done == []


def test_flags_turn_round_at_a_key(table: Table) -> None:
    table.show("key", "title", "pinned")
    table.click("billing", "pinned")
    table.keys(Key.Key_Space)
    assert table.document.plan.items["billing"].pinned is True
    table.keys(Key.Key_F2)
    assert table.document.plan.items["billing"].pinned is False


def test_a_click_on_the_box_of_a_flag_turns_it_round(table: Table, qtbot: QtBot) -> None:
    table.show("key", "title", "pinned")
    where = table.rect("billing", "pinned")
    qtbot.mouseClick(
        table.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(where.left() + 15, where.center().y()),
    )
    assert table.document.plan.items["billing"].pinned is True


def test_delete_empties_cells_in_one_step(table: Table) -> None:
    table.click("sso", "owner")
    table.click("lumen", "owner", Shift)
    table.keys(Key.Key_Delete)
    assert [table.document.plan.items[id].owner for id in ("sso", "bus", "region", "lumen")] == [None] * 4
    assert len(table.document.done) == 1
    table.document.undo()
    assert table.document.plan.items["bus"].owner == "dk"


def test_delete_removes_rows_that_are_selected_whole(table: Table) -> None:
    table.click("sso", "title")
    table.keys((Key.Key_Space, Shift), Key.Key_Delete)
    assert "sso" not in table.document.plan.items
    assert "Identity" in table.company.said[-1].text


def test_the_duration_of_a_bar_can_not_be_emptied(table: Table) -> None:
    table.click("billing", "duration")
    table.keys(Key.Key_Delete)
    assert table.document.plan.items["billing"].duration == 63
    assert table.company.said[-1].level == "warning"


def test_fill_down_gives_all_the_topmost_value(table: Table) -> None:
    table.click("sso", "owner")
    table.click("region", "owner", Shift)
    table.keys((Key.Key_D, Control | Shift))
    assert {table.document.plan.items[id].owner for id in ("sso", "bus", "region")} == {"ah"}
    assert len(table.document.done) == 1


def test_what_is_being_typed_survives_a_change_elsewhere(table: Table) -> None:
    table.click("sso", "title")
    table.keys("Half a wo")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    table.document.commit(set_field, ["sso"], "progress", 50)
    assert editor.text() == "Half a wo"
    assert QApplication.focusWidget() is editor


# Selection


def test_cells_select_their_items_for_all_pages(table: Table) -> None:
    table.click("sso", "title")
    table.click("region", "title", Shift)
    assert set(table.company.session.items) == {"sso", "bus", "region"}
    assert table.company.session.current == "region"


def test_what_is_selected_elsewhere_is_selected_here(table: Table) -> None:
    table.company.session.select(["bus", "lumen"])
    chosen = {table.model.rows[row].ref for row in table.grid.selected_rows()}
    assert chosen == {"bus", "lumen"}
    assert table.current()[0] == "lumen"
    table.company.session.select()
    assert table.grid.selected_rows() == []


def test_a_search_does_not_take_the_selection_away(table: Table) -> None:
    table.company.session.select(["bus", "lumen"])
    table.company.session.find("Lumen")
    assert table.company.session.items == ("bus", "lumen")
    table.company.session.find("")
    assert {table.model.rows[row].ref for row in table.grid.selected_rows()} == {"bus", "lumen"}


# Folding


def test_parents_and_lanes_fold(make_table: Callable[..., Table], qtbot: QtBot) -> None:
    table = make_table()
    table.click("mobile", "title")
    table.keys("-")
    assert "scan" not in table.rows()
    table.keys("+")
    assert "scan" in table.rows()
    lanes = make_table(view="by-team")
    first = lanes.grid.visualRect(lanes.model.index(0, table.model.place["key"]))
    qtbot.mouseClick(lanes.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16, first.center().y()))
    assert "sso" not in lanes.rows()


# Commands of the window


def test_a_new_item_comes_below_the_current_one_with_the_caret_in_its_title(table: Table) -> None:
    table.click("bus", "status")
    table.keys(Key.Key_Insert)
    table.keys("Schema registry", Key.Key_Return)
    plan = table.document.plan
    made = next(item for item in plan.items.values() if item.title == "Schema registry")
    assert plan.outline.order[plan.outline.place["bus"] + 1] == made.id
    assert made.team == "plat"


def test_a_milestone_and_rename_from_the_window(table: Table) -> None:
    table.click("bus", "status")
    table.page.new_milestone()
    table.keys("Bus is live", Key.Key_Return)
    made = next(item for item in table.document.plan.items.values() if item.title == "Bus is live")
    assert made.kind == "milestone"
    table.click("sso", "status")
    table.page.rename_current()
    table.keys("Login", Key.Key_Return)
    assert table.document.plan.items["sso"].title == "Login"


# Big plans


def test_ten_thousand_rows_read_only_the_cells_in_sight(
    make_table: Callable[..., Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = new_plan("Big")
    plan = plan.put(
        *(
            add_item(plan, ItemId(f"i{n}"), title=f"Item {n}", start=date(2026, 1, 5)).items[f"i{n}"]
            for n in range(10_000)
        )
    )
    table = make_table(plan=plan)
    read: set[str] = set()
    original = TableModel.text_of

    def counted(self: TableModel, item: Item, column: int) -> str:
        read.add(item.id)
        return original(self, item, column)

    monkeypatch.setattr(TableModel, "text_of", counted)
    table.document.commit(rename_item, "i5", "Renamed")
    table.page.repaint()
    QApplication.processEvents()
    assert 5 < len(read) < 60
    table.grid.selectAll()
    assert len(table.company.session.items) == 10_000


def test_a_loop_of_links_in_the_plan_is_no_trouble(table: Table) -> None:
    table.document.commit(add_link, "new", "lake", "sso")
    assert table.text("sso", "depends") == "RW-9 FS"


def test_a_click_on_a_row_number_selects_the_whole_row(table: Table, qtbot: QtBot) -> None:
    header = table.grid.verticalHeader()
    where = QPoint(10, header.sectionViewportPosition(table.row("lumen")) + 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.company.session.items == ("lumen",)
    table.grid.setFocus()
    table.keys(Key.Key_Delete)
    assert "lumen" not in table.document.plan.items


def test_deleting_a_selected_link_leaves_the_cells_alone(table: Table) -> None:
    table.company.session.select(link="l1")
    table.page.delete_selected()
    assert "l1" not in table.document.plan.links
    assert len(table.document.plan.items) == 16
