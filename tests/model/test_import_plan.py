"""Another plan's items taken in: nothing of theirs is lost, nothing of ours changes."""

from __future__ import annotations

from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from roadwright.model.edits.fields import add_field
from roadwright.model.edits.importing import import_plan, take_in
from roadwright.model.edits.items import add_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.fields import fields_of, text_of
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Choice, FieldId, ItemId, LinkId, PersonId, Status, StatusId, TeamId
from roadwright.model.schedule import schedule


def titles(plan: Plan) -> list[str]:
    return [plan.items[id].title for id in plan.outline.order]


@given(plans(max_items=4), plans(max_items=4))
def test_all_of_both_is_there_and_the_plan_is_sound(mine: Plan, other: Plan) -> None:
    both = import_plan(mine, other)
    assert len(both.items) == len(mine.items) + len(other.items)
    assert len(both.links) == len(mine.links) + len(other.links)
    assert len(both.keys) == len(both.items)
    assert titles(both) == titles(mine) + titles(other)
    assert all(both.items[id] == mine.items[id] for id in mine.items)
    assert not schedule(both).loops


@given(plans(max_items=4), plans(max_items=4))
def test_what_was_taken_is_there_under_the_same_ids(mine: Plan, other: Plan) -> None:
    both, part, ids = take_in(mine, other)
    assert set(part.items) == {ids[id] for id in other.items} == set(both.items) - set(mine.items)
    assert all(replace(both.items[id], key=item.key) == item for id, item in part.items.items())
    assert all(both.links[id] == link for id, link in part.links.items())
    assert len(part.links) == len(other.links)
    assert (part.properties, part.calendars) == (mine.properties, mine.calendars)
    for table in ("levels", "statuses", "teams", "people", "fields"):
        assert set(part.table(table)) <= set(both.table(table)), table


@given(plans(max_items=4))
def test_a_plan_can_take_itself_in_twice(plan: Plan) -> None:
    both = import_plan(import_plan(plan, plan), plan)
    assert len(both.items) == 3 * len(plan.items)
    assert (both.levels, both.statuses, both.teams, both.people, both.fields) == (
        plan.levels,
        plan.statuses,
        plan.teams,
        plan.people,
        plan.fields,
    )


@given(plans(max_items=4), st.data())
def test_it_is_a_step_that_undo_takes_back_whole(plan: Plan, data: st.DataObject) -> None:
    both = import_plan(plan, data.draw(plans(max_items=4)))
    assert both.apply(both.since(plan).inverted()) == plan


def test_names_are_found_whatever_their_case() -> None:
    mine = add_person(add_team(new_plan("Mine"), TeamId("web"), "Web"), PersonId("ada"), "Ada", "ada@x.org")
    other = add_person(add_team(new_plan("Theirs"), TeamId("t"), "WEB"), PersonId("p"), "A. L.", "ADA@x.org")
    other = other.put(Status(id=StatusId("s"), title="Waiting", category="doing", rank=9.0))
    other = add_item(
        other, ItemId("a"), title="A", team=TeamId("t"), owner=PersonId("p"), status=StatusId("s")
    )
    both = import_plan(mine, other)
    item = both.items[ItemId("a")]
    assert (item.team, item.owner, len(both.teams), len(both.people)) == ("web", "ada", 1, 1)
    assert both.statuses[StatusId("s")].category == "doing"


def test_a_key_stays_where_it_is_free() -> None:
    mine = add_item(new_plan("Mine"), ItemId("m"), title="Mine")
    other = add_item(new_plan("Theirs"), ItemId("a"), title="A")
    other = other.put(replace(other.items[ItemId("a")], key="SHOP-7"))
    other = add_item(add_item(other, ItemId("b"), title="B"), ItemId("c"), title="C")
    other = other.put(replace(other.items[ItemId("b")], key="RW-1"))
    other = add_link(other, LinkId("l"), ItemId("a"), ItemId("b"))
    both = import_plan(mine, other)
    keys = {item.title: item.key for item in both.items.values()}
    assert (keys["Mine"], keys["A"]) == ("RW-1", "SHOP-7")
    assert len(set(keys.values())) == 4
    [link] = both.links.values()
    assert (link.source, link.target) == ("a", "b")
    after = add_item(both, ItemId("n"))
    assert after.items[ItemId("n")].key not in keys.values()


def test_own_fields_of_the_same_name_and_kind_are_one() -> None:
    def with_risk(plan: Plan, field: str, item: str, option: str) -> Plan:
        options = (Choice(f"{field}-1", "Low"), Choice(f"{field}-2", option))
        plan = add_field(plan, FieldId(field), "Risk", "choice", options=options)
        plan = add_item(plan, ItemId(item), title=item)
        return set_field(plan, [ItemId(item)], f"x-{field}", f"{field}-2")

    both = import_plan(
        with_risk(new_plan("M"), "f", "mine", "High"), with_risk(new_plan("T"), "g", "theirs", "Max")
    )
    [field] = both.fields.values()
    assert [option.title for option in field.options] == ["Low", "High", "Max"]
    risk, times = fields_of(both)["x-f"], schedule(both)
    assert [text_of(risk, both, risk.read(both, times, item)) for item in both.items.values()] == [
        "High",
        "Max",
    ]


def test_an_own_field_of_another_kind_stands_beside() -> None:
    mine = add_field(new_plan("M"), FieldId("f"), "Budget", "text")
    other = add_field(new_plan("T"), FieldId("g"), "budget", "number")
    other = add_field(other, FieldId("h"), "Twice", "formula", formula="[x-g] * 2")
    other = set_field(add_item(other, ItemId("a"), title="A"), [ItemId("a")], "x-g", 4.0)
    both = import_plan(mine, other)
    assert [field.title for field in both.fields.values()] == ["Budget", "budget 2", "Twice"]
    twice = fields_of(both)["x-h"]
    assert twice.read(both, schedule(both), both.items[ItemId("a")]) == 8
