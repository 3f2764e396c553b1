"""Fields that a plan brings itself: made, filled, turned into another kind, computed, removed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from own_fields import MARKETS, RISKS, VALUES, own_plan, texts, value, with_values
from roadwright.model.change import Change
from roadwright.model.compare import compare
from roadwright.model.document import Document
from roadwright.model.edits.fields import (
    add_field,
    conversion,
    move_field,
    remove_field,
    rename_field,
    set_field_group,
    set_field_kind,
    set_formula,
    set_number_format,
    set_options,
)
from roadwright.model.edits.items import duplicate_items, set_field
from roadwright.model.edits.people import add_person
from roadwright.model.fields import FIELDS, choices, fields_of, parse, text_of
from roadwright.model.formulas.tokens import Fault
from roadwright.model.merge import merge
from roadwright.model.own_fields import is_sound
from roadwright.model.plan import Plan, new_plan
from roadwright.model.query import rows
from roadwright.model.records import (
    CUSTOM_KINDS,
    Choice,
    Column,
    CustomField,
    FieldId,
    ItemId,
    PersonId,
    Sort,
    View,
    ViewId,
)
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

A, B, M = ItemId("A"), ItemId("B"), ItemId("M")
RISK, BUDGET, PER_DAY, MARKET = (FieldId(id) for id in ("risk", "budget", "per-day", "markets"))


@pytest.fixture
def plan() -> Plan:
    return own_plan()


def fault(plan: Plan, item: str, id: str) -> Fault | None:
    why = fields_of(plan)[f"x-{id}"].fault
    assert why is not None
    return why(plan, schedule(plan), plan.items[ItemId(item)])


def refused(code: str, edit: Any, *args: Any, **kwargs: Any) -> dict[str, object]:
    with pytest.raises(Refused) as caught:
        edit(*args, **kwargs)
    assert caught.value.code == code
    return caught.value.values


# In the table of fields


def test_own_fields_stand_behind_those_of_every_plan(plan: Plan) -> None:
    keys = list(fields_of(plan))
    assert keys[: len(FIELDS)] == list(FIELDS)
    assert keys[len(FIELDS) :][:3] == ["x-risk", "x-budget", "x-per-day"]
    assert fields_of(new_plan()) is FIELDS
    moved = set_field(plan, [A], "start", date(2026, 1, 12))
    assert fields_of(moved) is fields_of(plan)


def test_values_are_read_as_they_were_set(plan: Plan) -> None:
    assert {id: value(plan, "A", id) for id in VALUES} == VALUES
    assert {id: value(plan, "B", id) for id in VALUES} == dict.fromkeys(VALUES) | {
        "legal": False,
        "markets": (),
    }
    assert texts(plan, "A")["Markets"] == 'Germany, "UK, Ireland"'
    assert texts(plan, "A")["Approver"] == "Ann"
    assert choices(fields_of(plan)["x-risk"], plan) == [(r.id, r.title) for r in RISKS]


def test_an_emptied_value_leaves_no_trace(plan: Plan) -> None:
    for id, empty in dict.fromkeys(VALUES, None).items():
        plan = set_field(plan, [A], f"x-{id}", empty)
    assert plan.items[A].custom == {}
    plan = with_values(plan, "A", legal=False, markets=(), code="  ", story="")
    assert plan.items[A].custom == {}


@pytest.mark.parametrize(
    ("id", "given", "code"),
    [
        ("risk", "sky-high", "value.unknown"),
        ("markets", ("de", "mars"), "value.unknown"),
        ("approver", "nobody", "value.unknown"),
        ("score", float("inf"), "value.unreadable"),
        ("per-day", 1.0, "field.computed"),
    ],
)
def test_what_cannot_be_a_value_is_refused(plan: Plan, id: str, given: object, code: str) -> None:
    refused(code, set_field, plan, [A], f"x-{id}", given)


@given(plans())
def test_texts_of_own_fields_are_read_back(plan: Plan) -> None:
    times = schedule(plan)
    for key, field in fields_of(plan).items():
        if field.own is not None and field.edit is not None:
            for item in plan.items.values():
                found = field.read(plan, times, item)
                text = text_of(field, plan, found)
                if field.kind == "person":
                    assert text_of(field, plan, parse(field, plan, text)).casefold() == text.casefold()
                else:
                    assert parse(field, plan, text) == found
                    assert set_field(plan, [item.id], key, found).items[item.id] == item


@given(plans())
def test_every_value_of_a_plan_is_sound(plan: Plan) -> None:
    for item in plan.items.values():
        assert all(is_sound(plan.fields[id], plan.people, found) for id, found in item.custom.items())
        assert list(item.custom) == sorted(item.custom)


def test_a_copy_has_the_values_too(plan: Plan) -> None:
    plan = duplicate_items(plan, [A], {A: ItemId("copy")})
    assert plan.items[ItemId("copy")].custom == plan.items[A].custom


def test_undo_takes_one_value_back(plan: Plan) -> None:
    document = Document(plan)
    document.commit(set_field, [A, B], "x-risk", "low")
    assert (value(document.plan, "A", "risk"), value(document.plan, "B", "risk")) == ("low", "low")
    document.undo()
    assert document.plan == plan


def test_a_comparison_names_own_fields_by_title(plan: Plan) -> None:
    later = with_values(rename_field(plan, RISK, "Risk"), "B", risk="high", budget=5.0)
    found = compare(plan, schedule(plan), later, schedule(later))
    [entry] = found.changed
    assert [(c.field, c.before, c.after) for c in entry.fields] == [
        ("Risk", None, "High"),
        ("Budget", None, "5"),
    ]
    assert [(other.table, other.name, other.change) for other in found.others] == [
        ("fields", "Risk", "changed")
    ]


# Made, named, ordered, removed


def test_titles_are_there_and_differ(plan: Plan) -> None:
    refused("field.untitled", add_field, plan, FieldId("n"), "  ")
    assert refused("field.title_taken", add_field, plan, FieldId("n"), "BUDGET") == {"title": "BUDGET"}
    refused("field.title_taken", add_field, plan, FieldId("n"), "start")
    refused("field.title_taken", rename_field, plan, RISK, "budget")
    assert rename_field(plan, RISK, "launch RISK").fields[RISK].title == "launch RISK"


def test_fields_are_put_in_order(plan: Plan) -> None:
    def order(plan: Plan) -> list[str]:
        return [field.title for field in fields_of(plan).values() if field.title][:4]

    assert order(plan) == ["Launch risk", "Budget", "Cost per day", "Markets"]
    plan = move_field(plan, MARKET, RISK)
    assert order(plan) == ["Markets", "Launch risk", "Budget", "Cost per day"]
    assert order(move_field(plan, MARKET, None))[0] == "Launch risk"


def test_a_removed_field_takes_its_values_along_and_undo_brings_all_back(plan: Plan) -> None:
    view = View(
        id=ViewId("v"),
        title="By risk",
        group="x-risk",
        color="x-risk",
        columns=(Column("title"), Column("x-risk")),
        sort=(Sort("x-risk"),),
    )
    document = Document(plan.put(view))
    before = document.plan
    document.commit(remove_field, RISK)
    assert "x-risk" not in fields_of(document.plan)
    assert all(RISK not in item.custom for item in document.plan.items.values())
    left = document.plan.views[ViewId("v")]
    assert (left.group, left.color, left.columns, left.sort) == ("", "team", (Column("title"),), ())
    document.undo()
    assert document.plan == before


def test_a_formula_names_the_field_that_is_gone(plan: Plan) -> None:
    gone = remove_field(plan, BUDGET)
    assert gone.fields[PER_DAY].formula == "[Budget] / duration"
    found = fault(gone, "A", "per-day")
    assert found is not None
    assert (found.code, found.about) == ("field", "Budget")


# Options


def test_a_renamed_option_keeps_its_values(plan: Plan) -> None:
    plan = set_options(plan, RISK, [Choice("high", "Very high", "red"), *RISKS[1:]])
    assert texts(plan, "A")["Launch risk"] == "Very high"


def test_an_option_in_use_is_not_removed_by_the_way(plan: Plan) -> None:
    values = refused("field.option_used", set_options, plan, RISK, RISKS[1:])
    assert values == {"title": "Launch risk", "option": "High", "count": 1}
    plan = set_options(plan, RISK, RISKS[1:], clear=True)
    assert value(plan, "A", "risk") is None
    plan = set_options(plan, MARKET, MARKETS[1:], clear=True)
    assert value(plan, "A", "markets") == ("uk",)
    assert set_options(plan, RISK, RISKS[2:]).fields[RISK].options == RISKS[2:]


def test_options_can_be_told_apart(plan: Plan) -> None:
    refused("field.option_untitled", set_options, plan, RISK, [*RISKS, Choice("n", " ")])
    refused("field.option_twice", set_options, plan, RISK, [*RISKS, Choice("n", "HIGH")])


# Another kind


@pytest.mark.parametrize(
    ("id", "kind", "after"),
    [
        ("risk", "text", "High"),
        ("risk", "choices", ("high",)),
        ("budget", "number", 12000.0),
        ("budget", "text", "12000"),
        ("markets", "text", 'Germany, "UK, Ireland"'),
        ("approver", "text", "Ann"),
        ("announced", "text", "2026-02-27"),
        ("legal", "text", "yes"),
        ("code", "long", "=Falcon"),
        ("per-day", "number", 3000.0),
        ("story", "text", "one two"),
    ],
)
def test_values_go_over_to_another_kind(plan: Plan, id: str, kind: Any, after: object) -> None:
    plan = set_field_kind(plan, FieldId(id), kind)
    assert value(plan, "A", id) == after


def test_texts_become_choices(plan: Plan) -> None:
    plan = with_values(plan, "B", code="hawk")
    plan = with_values(plan, "M", code="Hawk")
    plan = set_field_kind(plan, FieldId("code"), "choice")
    assert [option.title for option in plan.fields[FieldId("code")].options] == ["=Falcon", "hawk"]
    assert (texts(plan, "B")["Code name"], texts(plan, "M")["Code name"]) == ("hawk", "hawk")


def test_what_would_be_lost_is_counted_first(plan: Plan) -> None:
    plan = with_values(plan, "B", code="12")
    assert refused("field.loses", set_field_kind, plan, FieldId("code"), "number") == {
        "title": "Code name",
        "kind": "number",
        "count": 1,
    }
    assert conversion(plan, FieldId("code"), "number").lost == {A: "=Falcon"}
    plan = set_field_kind(plan, FieldId("code"), "number", clear=True)
    assert (value(plan, "A", "code"), value(plan, "B", "code")) == (None, 12.0)


def test_several_choices_as_one_lose_the_others(plan: Plan) -> None:
    assert refused("field.loses", set_field_kind, plan, MARKET, "choice")["count"] == 1
    assert value(set_field_kind(plan, MARKET, "choice", clear=True), "A", "markets") == "de"


@given(plans(), st.sampled_from(CUSTOM_KINDS), st.data())
def test_any_field_turns_into_any_kind_and_undo_turns_it_back(
    plan: Plan, kind: Any, data: st.DataObject
) -> None:
    if not plan.fields:
        return
    id = data.draw(st.sampled_from(sorted(plan.fields)))
    after = set_field_kind(plan, id, kind, clear=True)
    assert after.fields[id].kind == kind
    for item in after.items.values():
        assert id not in item.custom or is_sound(after.fields[id], after.people, item.custom[id])
    change: Change = after.since(plan)
    assert after.apply(change.inverted()) == plan


# Formulas


def test_a_formula_is_computed_of_other_fields(plan: Plan) -> None:
    assert value(plan, "A", "per-day") == 3000.0
    assert fields_of(plan)["x-per-day"].kind == "currency"
    assert value(plan, "B", "per-day") is None
    plan = set_field(plan, [A], "duration", 6)
    assert value(plan, "A", "per-day") == 2000.0


def test_a_formula_keeps_its_fields_by_key(plan: Plan) -> None:
    assert plan.fields[PER_DAY].formula == "[x-budget] / duration"
    plan = rename_field(plan, BUDGET, "Money")
    assert value(plan, "A", "per-day") == 3000.0


@pytest.mark.parametrize(
    ("formula", "kind", "result"),
    [
        ("finish + 1", "date", date(2026, 1, 9)),
        ("[Launch risk] = 'high'", "flag", True),
        ('contains(Markets, "germany")', "flag", True),
        ("Markets", "tags", ("Germany", "UK, Ireland")),
        ("depends", "tags", ()),
        ("[Approver] & ' ' & [Score]", "text", "Ann 8.5"),
        ("workdays(start, 2026-01-14)", "number", 8.0),
        ("workdays(2026-01-14, start)", "number", -8.0),
        ("slack", "number", 0.0),
        ("if([Legal checked], 1, 0) * 100", "number", 100.0),
        ("status", "text", None),
        ("[Cost per day] * 2", "number", 6000.0),
    ],
)
def test_formulas_see_every_kind_of_field(plan: Plan, formula: str, kind: str, result: object) -> None:
    plan = add_field(plan, FieldId("f"), "F", "formula", formula=formula)
    assert fault(plan, "A", "f") is None
    assert fields_of(plan)["x-f"].kind == kind
    assert value(plan, "A", "f") == result


def test_why_a_formula_has_no_value_is_told_apart_from_it(plan: Plan) -> None:
    plan = set_formula(plan, PER_DAY, "[Budget] / progress")
    assert value(plan, "A", "per-day") is None
    assert fault(plan, "A", "per-day") == Fault("zero", at=11, length=1)
    assert fault(plan, "B", "per-day") is None


def test_formulas_that_need_each_other_are_refused_by_name(plan: Plan) -> None:
    plan = add_field(plan, FieldId("twice"), "Twice", "formula", formula="[Cost per day] * 2")
    values = refused("formula.circle", set_formula, plan, PER_DAY, "Twice / 2")
    assert values == {"about": "Cost per day → Twice → Cost per day"}
    refused("formula.circle", set_formula, plan, PER_DAY, "[Cost per day] + 1")


def test_a_damaged_file_with_formulas_in_a_circle_is_no_harm() -> None:
    def formula(id: str, text: str) -> CustomField:
        return CustomField(id=FieldId(id), title=id.upper(), kind="formula", formula=text)

    plan = own_plan().put(
        formula("a", "B + 1"),
        formula("b", "C + 1"),
        formula("c", "A + 1"),
        formula("d", "A + 1"),
        formula("e", "1"),
        *(formula(f"n{n}", f"N{n + 1} + 1") for n in range(100)),
        formula("n100", "1"),
    )
    assert [fault(plan, "A", id).about for id in "abc"] == ["A → B → C → A", "B → C → A → B", "C → A → B → C"]  # type: ignore[union-attr]
    found = fault(plan, "A", "d")
    assert found is not None
    assert (found.code, found.about) == ("circle", "A → B → C → A")
    assert value(plan, "A", "e") == 1.0
    assert value(plan, "A", "n95") == 6.0
    chained = fault(plan, "A", "n0")
    assert chained is not None
    assert chained.code == "chain"


def test_formats_and_groups(plan: Plan) -> None:
    plan = set_number_format(plan, PER_DAY, " usd ", 1)
    assert (plan.fields[PER_DAY].currency, plan.fields[PER_DAY].decimals) == ("USD", 1)
    plan = set_number_format(plan, PER_DAY, "", None)
    assert fields_of(plan)["x-per-day"].kind == "number"
    assert fields_of(set_field_group(plan, RISK, "what"))["x-risk"].group == "what"


def test_people_of_own_fields_are_people_of_the_plan(plan: Plan) -> None:
    plan = add_person(plan, PersonId("bo"), "Bo")
    plan = with_values(plan, "B", approver="bo")
    assert texts(plan, "B")["Approver"] == "Bo"


# Where other fields take part, these do


@pytest.mark.parametrize(
    "text",
    [
        "launch-risk:high",
        '"Launch risk":high',
        "x-risk=high",
        "budget>10000",
        "cost-per-day:2000..4000",
        "markets:germany",
        "has:budget",
        "legal-checked:yes",
        "announced:2026-q1",
        "approver:ann",
        "falcon",
        '-"Launch risk":low score<9',
    ],
)
def test_filters_know_own_fields_by_title(plan: Plan, text: str) -> None:
    view = View(id=ViewId("v"), title="", filter=text)
    found = [row.item for row in rows(plan, schedule(plan), view, backlog=True)]
    assert found[0] == A
    assert len(found) == 1 or text.startswith("-")


@pytest.mark.parametrize("field", [f"x-{id}" for id in (*VALUES, "per-day")])
def test_rows_are_grouped_by_any_own_field(plan: Plan, field: str) -> None:
    view = View(id=ViewId("v"), title="", group=field, color=field)
    lanes = [row for row in rows(plan, schedule(plan), view, backlog=True) if row.item is None]
    assert [row.count for row in lanes if row.value] == [1]
    assert sum(row.count for row in lanes) == 3


def test_what_one_removes_and_the_other_uses_is_kept(plan: Plan) -> None:
    theirs = with_values(plan, "B", risk="low")
    for mine in (remove_field(plan, RISK), set_options(plan, RISK, RISKS[:2])):
        merged = merge(plan, mine, theirs)
        assert [settled.code for settled in merged.settled] == ["merge.brought_back"]
        assert texts(merged.plan, "B")["Launch risk"] == "Low"
    merged = merge(plan, set_field_kind(plan, FieldId("budget"), "text"), with_values(plan, "B", budget=7.0))
    assert [settled.code for settled in merged.settled] == ["merge.value_left_out"]
    assert BUDGET not in merged.plan.items[B].custom


def test_two_people_fill_two_fields_of_one_item(plan: Plan) -> None:
    mine, theirs = with_values(plan, "A", risk="low"), with_values(plan, "A", budget=1.0)
    merged = merge(plan, mine, theirs)
    assert merged.conflicts == ()
    assert (value(merged.plan, "A", "risk"), value(merged.plan, "A", "budget")) == ("low", 1.0)
    [conflict] = merge(plan, mine, with_values(plan, "A", risk="medium")).conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == (
        "custom.risk",
        "high",
        "low",
        "medium",
    )
