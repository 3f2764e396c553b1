"""What a column lets through: the terms it makes of a view's filter, and the panel where they are chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from panel_plans import Company, company_plan
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from roadwright.model.fields import FIELDS
from roadwright.model.rows.filter_names import shown
from roadwright.model.rows.filters import Asker, Reading
from roadwright.model.schedule import schedule
from roadwright.ui.table.filter_panel import FilterPanel
from roadwright.ui.table.filtering import (
    Choice,
    Range,
    range_of,
    values_of,
    with_range,
    with_values,
    with_words,
    words_of,
)
from table_hands import LEFT, Control, Key, Shift, Table

PLAN = company_plan()
TIMES = schedule(PLAN)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return Table(qtbot, Company())


def panel() -> FilterPanel:
    return next(
        top for top in QApplication.topLevelWidgets() if isinstance(top, FilterPanel) and top.isVisible()
    )


def wanted(text: str) -> set[str]:
    reading = Reading(text, PLAN, TIMES)
    assert reading.troubles == []
    return {id for id, item in PLAN.items.items() if reading.test(item)}


# The terms


def test_values_come_in_their_order_with_counts_and_empty_last() -> None:
    values = values_of(PLAN, TIMES, "", FIELDS["status"], Asker())
    assert [(one.text, one.count) for one in values] == [("Planned", 10), ("In progress", 4), ("Done", 2)]
    assert all(one.ticked for one in values)
    owners = values_of(PLAN, TIMES, "status=Done", FIELDS["owner"], Asker())
    assert [(one.text, one.count) for one in owners] == [("Ada Holm", 1), ("Carla Reyes", 1)]
    assert values_of(PLAN, TIMES, "", FIELDS["owner"], Asker())[-1].text == ""


@given(st.sampled_from(["owner", "team", "status", "kind", "horizon", "level", "tags", "pinned"]), st.data())
def test_the_filter_lets_through_what_is_ticked_and_is_read_back_so(key: str, data: st.DataObject) -> None:
    field = FIELDS[key]
    values = values_of(PLAN, TIMES, "", field, Asker())
    ticks = [data.draw(st.booleans()) for _ in values]
    chosen = [Choice(one.text, one.count, ticked) for one, ticked in zip(values, ticks, strict=True)]
    text = with_values(PLAN, "is:scheduled", field, chosen)
    through = wanted(text)
    scheduled = wanted("is:scheduled")
    everything = values_of(PLAN, TIMES, "is:scheduled", field, Asker())
    for one, ticked in zip(values, ticks, strict=True):
        alone = [Choice(other.text, 0, other.text == one.text) for other in values]
        with_it = wanted(with_values(PLAN, "", field, alone)) & scheduled if len(values) > 1 else scheduled
        assert with_it <= through if ticked else not with_it & through
    again = {one.text: one.ticked for one in values_of(PLAN, TIMES, text, field, Asker())}
    for one, ticked in zip(values, ticks, strict=True):
        assert again.get(one.text, ticked) is ticked or one.text not in {other.text for other in everything}


def test_from_and_to_make_ranges_and_are_read_back() -> None:
    field = FIELDS["effort"]
    for ends in (Range("5", "10"), Range("5", ""), Range("", "10"), Range()):
        text = with_range(PLAN, "billing", field, ends)
        assert range_of(PLAN, text, field) == ends
    assert wanted(with_range(PLAN, "", FIELDS["start"], Range("2026-10-01", "2026-q4"))) == {
        "billing",
        "region",
        "scan",
    }


def test_words_of_a_text_are_looked_for() -> None:
    text = with_words(PLAN, "", FIELDS["title"], "portal live")
    assert wanted(text) == {"live"}
    assert words_of(PLAN, text, FIELDS["title"]) == "portal live"
    assert with_words(PLAN, text, FIELDS["title"], " ") == ""


# The panel


def test_a_column_is_filtered_by_ticks_for_all_pages(table: Table, qtbot: QtBot) -> None:
    table.click("sso", "owner")
    table.keys((Key.Key_L, Control | Shift))
    lines = {line.text(): line for line in panel().list.lines()}
    lines["Ada Holm"].setCheckState(Qt.CheckState.Unchecked)
    assert "sso" not in table.rows()
    assert shown(table.document.plan, table.view.filter) == 'owner!="Ada Holm"'
    assert "owner" in table.model.filtered
    assert table.page.foot.total.text() == "15 of 16 items"
    panel().close()
    qtbot.mouseClick(table.page.foot.unfilter, LEFT)
    assert "sso" in table.rows()
    assert table.view.filter == ""


def test_a_search_in_the_panel_and_none_tick_only_what_it_shows(table: Table, qtbot: QtBot) -> None:
    table.click("sso", "status")
    table.keys((Key.Key_L, Control | Shift))
    opened = panel()
    qtbot.keyClicks(QApplication.focusWidget(), "pl")
    opened.tick_shown(False)
    assert "checkout" not in table.rows()
    assert "bus" in table.rows()
    opened.close()


def test_days_are_filtered_from_and_to(table: Table, qtbot: QtBot) -> None:
    table.click("sso", "start")
    table.keys((Key.Key_L, Control | Shift))
    qtbot.keyClicks(QApplication.focusWidget(), "2026-q4")
    opened = panel()
    opened.high.setText("2026-q4")
    assert {"billing", "region", "scan"} <= set(table.rows())
    assert "sso" not in table.rows()
    opened.low.setText("12 Oct 2026")
    opened.high.setText("")
    assert table.view.filter == "start>=2026-10-12"
    opened.close()


def test_a_filter_that_finds_nothing_says_so_and_offers_a_way_out(table: Table, qtbot: QtBot) -> None:
    table.look(filter="owner=Nobody")
    assert table.page.empty.isVisible()
    qtbot.mouseClick(table.page.clear, LEFT)
    assert len(table.rows()) == 16
