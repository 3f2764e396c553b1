"""The plan's own fields as columns: shown, entered, pasted, summed, and taken up when they change."""

from __future__ import annotations

import pytest
from panel_plans import Company, company_plan
from pytestqt.qtbot import QtBot
from roadwright.model.edits.fields import add_field
from roadwright.model.field import own_key
from roadwright.model.plan import Plan
from roadwright.model.records import Choice, FieldId
from table_hands import Control, Key, Shift, Table, put_on_clipboard

COST, PHASE, MARKETS, DOUBLE = (own_key(FieldId(id)) for id in ("cost", "phase", "markets", "double"))


def plan_with_fields() -> Plan:
    plan = add_field(company_plan(), FieldId("cost"), "Cost", "currency", currency="EUR")
    plan = add_field(
        plan, FieldId("phase"), "Phase", "choice", options=(Choice("a", "Alpha"), Choice("b", "Beta"))
    )
    markets = tuple(Choice(title.lower(), title) for title in ("Europe", "Asia", "Americas"))
    plan = add_field(plan, FieldId("markets"), "Markets", "choices", options=markets)
    return add_field(plan, FieldId("double"), "Double effort", "formula", formula="effort * 2")


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    table = Table(qtbot, Company(plan=plan_with_fields()))
    table.show("title", "effort", COST, PHASE, MARKETS, DOUBLE)
    return table


def own(table: Table, id: str, field: str) -> object:
    return table.document.plan.items[id].custom.get(FieldId(field))


def test_own_fields_are_entered_as_all_others(table: Table) -> None:
    table.click("sso", COST)
    table.keys("1200", Key.Key_Tab, "Beta", Key.Key_Return)
    assert (own(table, "sso", "cost"), own(table, "sso", "phase")) == (1200.0, "b")
    assert "1,200" in table.text("sso", COST)
    assert table.text("billing", DOUBLE) == "150"


def test_a_block_makes_new_options_and_is_undone_at_a_stroke(table: Table) -> None:
    table.click("sso", COST)
    put_on_clipboard('5\tGamma\tAsia, Europe\n6\tgamma\tOceania; "Middle East, Africa"\n')
    table.keys((Key.Key_V, Control))
    options = [option.title for option in table.document.plan.fields[FieldId("phase")].options]
    assert options == ["Alpha", "Beta", "Gamma"]
    assert own(table, "sso", "markets") == ("europe", "asia")
    assert table.text("bus", MARKETS) == "Oceania · Middle East, Africa"
    assert len(table.document.done) == 1


def test_a_column_that_follows_is_not_typed_in(table: Table) -> None:
    table.click("billing", DOUBLE)
    table.keys("7")
    assert "Double effort" in table.company.said[-1].text


def test_amounts_are_summed(table: Table, qtbot: QtBot) -> None:
    table.click("sso", COST)
    table.click("region", COST, Shift)
    table.keys("30", (Key.Key_Return, Control))
    qtbot.waitUntil(lambda: "Sum €\u00a090" in table.page.foot.sums.text())
    table.look(group="team")
    assert table.model.total_at(0, table.model.place[COST]) == "€\u00a090"


def test_a_new_field_is_a_column_that_can_be_chosen_at_once(table: Table) -> None:
    table.click("bus", PHASE)
    table.document.commit(add_field, FieldId("note"), "Remark", "text")
    key = own_key(FieldId("note"))
    assert key in table.model.place
    assert table.current() == ("bus", PHASE)
    assert table.columns() == ["title", "effort", COST, PHASE, MARKETS, DOUBLE]
    table.document.undo()
    assert key not in table.model.place
    assert table.current() == ("bus", PHASE)
