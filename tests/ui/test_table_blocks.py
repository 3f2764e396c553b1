"""Blocks of cells: copied, pasted, filled, and what is said of those that can not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from panel_plans import Company
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from roadwright.model.edits.items import rename_item
from roadwright.ui.app import App
from roadwright.ui.rows_clipboard import read, repeated
from table_hands import LEFT, Control, Key, Shift, Table, clipboard, put_on_clipboard


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot, Company())


@pytest.fixture
def make_table(qtbot: QtBot) -> Callable[..., Table]:
    return lambda **how: Table(qtbot, Company(**how))


def paste(table: Table, text: str) -> None:
    put_on_clipboard(text)
    table.keys((Key.Key_V, Control))


def owners(table: Table, *ids: str) -> list[str | None]:
    return [table.document.plan.items[id].owner for id in ids]


def test_a_block_is_copied_as_tabs_and_lines(table: Table) -> None:
    table.click("sso", "team")
    table.click("bus", "owner", Shift)
    table.keys((Key.Key_C, Control))
    assert clipboard() == "Platform\tAda Holm\nPlatform\tDmitri Kozlov\n"


def test_whole_rows_are_copied_with_their_headings_and_pasted_as_rows(app: App, qtbot: QtBot) -> None:
    app.session.show_page("table")
    page = app.window.page
    first, second = app.document.plan.outline.roots[:2]
    app.document.commit(rename_item, first, 'Sign\t"on"')
    page.grid.go_to(page.grid.table.place_of(first), page.grid.table.place["title"])
    for key, held in ((Key.Key_Space, Shift), (Key.Key_C, Control)):
        qtbot.keyClick(page.grid, key, held)
    heading, row, *_ = clipboard().split("\n")
    assert heading.split("\t")[:2] == ["Key", "Title"]
    assert row.split("\t")[1:3] == ['"Sign', '""on"""']
    page.grid.go_to(page.grid.table.place_of(second), page.grid.table.place["owner"])
    qtbot.keyClick(page.grid, Key.Key_V, Control)
    titles = [app.document.plan.items[id].title for id in app.document.plan.outline.roots]
    assert titles.count('Sign\t"on"') == 2


def test_a_block_from_excel_goes_onto_cells_in_one_step(table: Table) -> None:
    table.click("bus", "owner")
    paste(table, "Ada Holm\tDone\r\nGrace Liu\tPlanned\r\n")
    items = table.document.plan.items
    assert [(items[id].owner, items[id].status) for id in ("bus", "region")] == [
        ("ah", "done"),
        ("gl", "planned"),
    ]
    assert len(table.document.done) == 1


def test_unreadable_cells_are_reported_and_the_rest_is_pasted(table: Table) -> None:
    table.click("lumen", "start")
    paste(table, "2026-10-19\nnext moon\n2026-12-01")
    items = table.document.plan.items
    assert [items[id].start for id in ("lumen", "billing", "checkout")] == [
        date(2026, 10, 19),
        date(2026, 10, 12),
        date(2026, 12, 1),
    ]
    said = table.company.said[-1]
    assert said.level == "warning"
    assert "RW-5 Start" in said.text
    assert "next moon" in said.text


def test_one_value_fills_the_whole_selection(table: Table) -> None:
    table.click("sso", "owner")
    table.click("region", "owner", Shift)
    paste(table, "Carla Reyes")
    assert {table.document.plan.items[id].owner for id in ("sso", "bus", "region")} == {"cr"}
    assert len(table.document.done) == 1


def test_rows_from_excel_become_items_below_the_current_one(table: Table) -> None:
    table.click("scan", "title")
    paste(
        table,
        "Title\tTeam\tStart\tDuration\tOwner\nAlpha\tMobile\t1 Dec 2026\t10\tEve\nBeta\tMobile\t\t5\t\n",
    )
    plan = table.document.plan
    made = [item for item in plan.items.values() if item.title in ("Alpha", "Beta")]
    assert [(item.title, item.team, item.duration, item.parent) for item in made] == [
        ("Alpha", "mob", 10, "mobile"),
        ("Beta", "mob", 5, "mobile"),
    ]
    assert made[0].start == date(2026, 12, 1)
    assert len(table.document.done) == 1
    assert table.document.plan.people[made[0].owner].name == "Eve"  # made as when it is typed
    assert set(table.company.session.items) == {item.id for item in made}
    table.document.undo()
    assert not any(item.title == "Alpha" for item in table.document.plan.items.values())


def test_a_block_that_reaches_past_the_end_makes_new_items(table: Table) -> None:
    table.click("idea", "title")
    paste(table, "Marketplace\nOne more\nAnd another")
    assert table.document.plan.items["idea"].title == "Marketplace"
    assert [table.text(ref, "title") for ref in table.rows()[-2:]] == ["One more", "And another"]


def test_a_copied_loop_is_left_out_and_said(table: Table) -> None:
    table.click("bus", "depends")
    paste(table, "RW-6 FS")
    assert "bus" not in table.document.plan.incoming
    assert "loop" in table.company.said[-1].text


def test_cut_copies_and_empties(table: Table) -> None:
    table.click("sso", "owner")
    table.keys((Key.Key_X, Control))
    assert clipboard() == "Ada Holm\n"
    assert table.document.plan.items["sso"].owner is None


def test_a_copied_block_says_what_its_cells_are(table: Table) -> None:
    table.click("sso", "owner")
    table.click("sso", "start", Shift)
    table.keys((Key.Key_C, Control))
    html = QGuiApplication.clipboard().mimeData().html()
    assert r"""mso-number-format:"\@"'>Ada Holm</td>""" in html  # text stays text
    assert "2026-07-06</td>" in html


def test_a_smaller_block_is_repeated_over_a_bigger_selection() -> None:
    assert repeated([["a", "b"]], 2, 4) == [["a", "b", "a", "b"]] * 2
    assert repeated([["a"], ["b"]], 3, 1) == [["a"], ["b"]]  # it does not go into three
    assert read("a\tb\nc\n") == [["a", "b"], ["c", ""]]
    assert read("\n") == [[""]]


def test_pasted_cells_are_selected_and_repeat_over_the_selection(table: Table) -> None:
    table.click("sso", "owner")
    table.click("billing", "owner", Shift)
    paste(table, "Ada Holm\n")
    assert owners(table, "sso", "bus", "region", "lumen", "billing") == ["ah"] * 5
    assert table.selected() == {(id, "owner") for id in ("sso", "bus", "region", "lumen", "billing")}
    assert table.current() == ("sso", "owner")


def test_unknown_owners_and_teams_are_made_once(table: Table) -> None:
    table.click("sso", "team")
    paste(table, "Research\tZoe Quinn\nResearch\tZoe Quinn\n")
    plan = table.document.plan
    assert [team.title for team in plan.teams.values()].count("Research") == 1
    assert {plan.people[plan.items[id].owner].name for id in ("sso", "bus")} == {"Zoe Quinn"}
    assert table.company.said[-1].text == "Pasted into 2 items. 2 new names in the plan: Research, Zoe Quinn."
    assert len(table.document.done) == 1
    table.document.undo()
    assert "Zoe Quinn" not in {person.name for person in table.document.plan.people.values()}


def test_many_refused_cells_are_counted_and_listed(table: Table) -> None:
    table.click("sso", "start")
    paste(table, "\n".join(["never"] * 5))
    said = table.company.said[-1]
    assert said.text.startswith("5 cells")
    assert [code for code, _ in said.ways_out] == ["table.show-left-out"]
    assert table.document.done == []


def test_a_paste_of_what_is_computed_already_is_no_trouble(table: Table) -> None:
    table.click("mobile", "start")
    table.click("mobile", "duration", Shift)
    table.keys((Key.Key_C, Control), (Key.Key_V, Control))
    assert all(said.level != "warning" for said in table.company.said)


# Filling


def test_control_d_fills_down_in_one_step(table: Table) -> None:
    table.click("sso", "owner")
    table.click("region", "owner", Shift)
    table.keys((Key.Key_D, Control))
    assert owners(table, "sso", "bus", "region") == ["ah"] * 3
    assert [step.verb for step in table.document.done] == ["fill_cells"]


def test_control_d_on_one_cell_takes_what_stands_above(table: Table) -> None:
    table.click("bus", "owner")
    table.keys((Key.Key_D, Control))
    assert owners(table, "bus") == ["ah"]


def test_control_r_fills_to_the_right(table: Table) -> None:
    table.show("title", "start", "deadline")
    table.click("sso", "start")
    table.click("bus", "deadline", Shift)
    table.keys((Key.Key_R, Control))
    items = table.document.plan.items
    assert [items[id].deadline for id in ("sso", "bus")] == [date(2026, 7, 6), date(2026, 9, 7)]


def test_the_handle_of_a_selection_is_dragged_down(table: Table) -> None:
    table.click("sso", "owner")
    table.click("bus", "owner", Shift)
    corner = table.grid.handle().center()
    table.drag(corner, table.rect("billing", "owner").center())
    assert owners(table, "sso", "bus", "region", "lumen", "billing") == ["ah", "dk", "ah", "dk", "ah"]
    assert len(table.document.done) == 1
    assert len(table.selected()) == 5


def test_escape_lets_go_of_the_handle(table: Table) -> None:
    table.click("sso", "owner")
    corner, end = table.grid.handle().center(), table.rect("region", "owner").center()
    table.drag(corner, end, release=False)
    table.keys(Key.Key_Escape)
    table.qtbot.mouseRelease(table.grid.viewport(), LEFT, pos=end)
    assert table.document.done == []


def test_a_double_click_on_the_handle_fills_to_the_end_of_the_lane(make_table: Callable[..., Table]) -> None:
    table = make_table(view="by-team")
    table.click("sso", "owner")
    table.qtbot.mouseDClick(table.grid.viewport(), LEFT, pos=table.grid.handle().center() + QPoint(0, 1))
    assert owners(table, "sso", "bus", "region", "lumen") == ["ah", "ah", "ah", "cr"]


def test_control_enter_puts_what_is_typed_into_every_selected_cell(table: Table) -> None:
    table.click("sso", "progress")
    table.click("region", "progress", Shift)
    table.keys("35", (Key.Key_Return, Control))
    items = table.document.plan.items
    assert [items[id].progress for id in ("sso", "bus", "region")] == [35, 35, 35]
    assert len(table.document.done) == 1
    assert len(table.selected()) == 3


def test_the_menu_sets_a_field_of_all_selected_items(table: Table) -> None:
    from PySide6.QtWidgets import QMenu

    table.click("sso", "progress")
    table.click("region", "progress", Shift)
    menu = QMenu(table.grid)
    table.page.fill_menu(menu)
    action = next(one for one in menu.actions() if "for 3 items" in one.text())
    assert action.text() == "Set Progress for 3 items …"
    action.trigger()
    table.keys("5", Key.Key_Return)
    assert [table.document.plan.items[id].progress for id in ("sso", "bus", "region")] == [5, 5, 5]


def test_control_semicolon_enters_today(table: Table) -> None:
    table.show("title", "deadline")
    table.click("sso", "deadline")
    table.click("bus", "deadline", Shift)
    table.keys((Key.Key_Semicolon, Control))
    assert table.document.plan.items["bus"].deadline == date.today()
    assert len(table.document.done) == 1
