"""What changed between two plans is found, and nothing else."""

from __future__ import annotations

import json
from datetime import date

from arbitrary import plans
from hypothesis import given, settings
from msgspec.structs import replace
from roadwright.io.difference import as_markdown, as_text, report
from roadwright.model.compare import Comparison, FieldChange, compare
from roadwright.model.edits.calendars import set_calendar
from roadwright.model.edits.items import (
    add_item,
    move_items,
    put_under,
    remove_items,
    rename_item,
    resize_item,
    set_field,
)
from roadwright.model.edits.links import add_link, remove_links, set_link
from roadwright.model.edits.people import add_person, add_team, rename_team, set_title
from roadwright.model.history.earlier import Told, of_plan
from roadwright.model.history.news import story
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Calendar, ItemId, LinkId, PersonId, TeamId, derived_id
from roadwright.model.schedule import schedule

A, B, C, D = (ItemId(name) for name in "ABCD")
AB = LinkId("AB")


def base() -> Plan:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr
    # A    ==============
    # B                     ========          FS
    # C                                       no dates
    # D                                       no dates
    plan = add_team(new_plan("Base"), TeamId("pay"), "Payments")
    plan = add_item(plan, A, title="Checkout", start=date(2026, 3, 2), team=TeamId("pay"))
    plan = add_item(plan, B, title="Wallet", duration=3)
    plan = add_item(plan, C, title="Refunds")
    plan = add_item(plan, D, title="Fraud")
    return add_link(plan, AB, A, B)


def between(old: Plan, new: Plan) -> Comparison:
    return compare(old, schedule(old), new, schedule(new))


@settings(max_examples=40, deadline=None)
@given(plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    again = Plan(**{name: dict(table) for name, table in plan.tables().items()})
    assert not between(plan, again)


@settings(max_examples=40, deadline=None)
@given(plans())
def test_a_plan_does_not_differ_from_itself_under_other_ids(plan: Plan) -> None:
    """As it comes back from a spreadsheet, which knows keys and names only."""
    items = {id: ItemId(derived_id("new", id)) for id in plan.items}
    other = plan.drop(*plan.items.values(), *plan.links.values()).put(
        *(
            replace(item, id=items[item.id], parent=items[item.parent] if item.parent else None)
            for item in plan.items.values()
        ),
        *(
            replace(
                link,
                id=LinkId(derived_id("new", link.id)),
                source=items[link.source],
                target=items[link.target],
            )
            for link in plan.links.values()
        ),
    )
    different = between(plan, other)
    assert different.added == different.removed == different.links_added == different.links_removed == ()
    ranks = {item.rank for item in plan.items.values()}
    if len(ranks) == len(plan.items):  # equal ranks are told apart by id
        assert different.changed == ()


@settings(max_examples=40, deadline=None)
@given(plans(), plans())
def test_what_was_added_one_way_was_removed_the_other(one: Plan, other: Plan) -> None:
    there, back = between(one, other), between(other, one)
    assert {entry.key for entry in there.added} == {entry.key for entry in back.removed}
    assert {entry.key for entry in there.removed} == {entry.key for entry in back.added}
    assert len(there.links_added) == len(back.links_removed)
    assert bool(there) == bool(back)
    json.dumps(there.as_json())


def test_added_and_removed_items() -> None:
    old = base()
    new = remove_items(add_item(old, ItemId("E"), title="New", start=date(2026, 3, 2)), [C])
    different = between(old, new)
    assert [(entry.key, entry.start, entry.finish) for entry in different.added] == [
        ("RW-5", "2026-03-02", "2026-03-06")
    ]
    assert [(entry.key, entry.title, entry.start) for entry in different.removed] == [
        ("RW-3", "Refunds", None)
    ]
    assert different.changed == ()


def test_what_follows_from_a_change_is_told_from_what_was_entered() -> None:
    old = base()
    different = between(old, move_items(old, {A: date(2026, 3, 2)}, 2))
    assert [(entry.key, entry.fields) for entry in different.changed] == [
        (
            "RW-1",
            (
                FieldChange("start", "2026-03-02", "2026-03-04", True),
                FieldChange("finish", "2026-03-06", "2026-03-10", True),
            ),
        ),
        (
            "RW-2",
            (
                FieldChange("start", "2026-03-09", "2026-03-11", False),
                FieldChange("finish", "2026-03-11", "2026-03-13", False),
            ),
        ),
    ]


def test_an_entered_start_that_moves_nothing_is_told() -> None:
    old = base()
    different = between(old, set_field(old, [B], "start", date(2026, 3, 3)))
    assert different.changed[0].fields == (FieldChange("not_before", None, "2026-03-03", True),)


def test_what_a_parent_has_of_its_own_is_told() -> None:
    old = put_under(base(), [D], C)
    different = between(old, resize_item(old, C, None, 9))
    assert different.changed[0].fields == (FieldChange("duration", 5, 9, True),)


def test_every_entered_field_is_compared_by_what_it_means() -> None:
    old = base()
    new = add_person(add_team(old, TeamId("risk"), "Risk"), PersonId("ann"), "Ann")
    for field, value in (
        ("team", TeamId("risk")),
        ("owner", PersonId("ann")),
        ("status", "done"),
        ("progress", 40),
        ("effort", 2.5),
        ("tags", ("x", "y")),
        ("notes", "two\nlines"),
        ("horizon", "later"),
        ("precision", "month"),
        ("deadline", date(2026, 5, 1)),
        ("level", "feature"),
        ("parent", C),
        ("key", "PAY-1"),
    ):
        new = set_field(new, [D], field, value)
    parent, entry = between(old, new).changed
    assert parent.key == "RW-3"  # its duration and progress are those of what is below it now
    assert [change.field for change in parent.fields] == ["duration", "progress"]
    assert entry.key == "PAY-1"
    assert {change.field: (change.before, change.after) for change in entry.fields} == {
        "key": ("RW-4", "PAY-1"),
        "level": (None, "Feature"),
        "parent": (None, "RW-3"),
        "team": (None, "Risk"),
        "owner": (None, "Ann"),
        "deadline": (None, "2026-05-01"),
        "status": ("Planned", "Done"),
        "progress": (0, 100),  # done is done, whatever was typed before
        "effort": (None, 2.5),
        "tags": (None, "x, y"),
        "precision": ("day", "month"),
        "horizon": (None, "later"),
        "notes": (None, "two\nlines"),
    }


def test_a_renamed_team_is_one_change() -> None:
    different = between(base(), rename_team(base(), TeamId("pay"), "Money"))
    assert different.changed == ()
    assert [(other.table, other.name, other.change) for other in different.others] == [
        ("teams", "Money", "changed")
    ]


def test_the_frame_of_the_plan_is_compared() -> None:
    old = base()
    new = set_title(
        set_calendar(old, Calendar(id=old.info.calendar, title="Standard", weekdays=(0, 1, 2, 3))), "New"
    )
    different = between(old, new)
    assert [(other.table, other.change) for other in different.others] == [
        ("properties", "changed"),
        ("calendars", "changed"),
    ]
    assert {change.entered for entry in different.changed for change in entry.fields} == {False}


def test_links_are_added_removed_and_changed() -> None:
    old = base()
    different = between(old, add_link(set_link(old, AB, "SS", 2), LinkId("AC"), A, C))
    [added], [changed] = different.links_added, different.links_changed
    assert (added.source, added.target, added.type, added.lag) == ("RW-1", "RW-3", "FS", 0)
    assert (changed.type, changed.lag) == ("SS", 2)
    assert changed.before is not None
    assert (changed.before.type, changed.before.lag) == ("FS", 0)
    [removed] = between(old, remove_links(old, [AB])).links_removed
    assert (removed.source, removed.target) == ("RW-1", "RW-2")


def test_a_link_made_anew_with_another_lag_is_a_changed_one() -> None:
    old = base()
    different = between(old, add_link(remove_links(old, [AB]), LinkId("new"), A, B, "FS", 3))
    assert len(different.links_changed) == 1
    assert different.links_added == different.links_removed == ()


def test_only_what_was_moved_by_hand_is_out_of_place() -> None:
    old = base()
    different = between(old, put_under(old, [D], None, before=A))
    assert [(entry.key, entry.fields) for entry in different.changed] == [
        ("RW-4", (FieldChange("place", None, None, True),))
    ]


def test_it_is_told_in_words() -> None:
    old = base()
    new = rename_item(move_items(old, {A: date(2026, 3, 2)}, 2), C, "Refunds | money back")
    new = remove_items(add_item(add_link(new, LinkId("BC"), B, C, "FS", 5), ItemId("E"), title="New"), [D])
    told = report(Told(of_plan("", old), new, story(old, schedule(old), new, schedule(new))))
    assert as_text(told) == "\n".join(
        [
            "Slipped (2)",
            "- Checkout slips 2 working days to 10 Mar 2026 "
            "because its start was moved from 2 Mar 2026 to 4 Mar 2026",
            "  - Wallet slips 2 working days to 13 Mar 2026 because Checkout finishes later",
            "",
            "Added (2)",
            "- New is new, without dates yet",
            "- Refunds | money back is on the timeline now: 23 Mar – 27 Mar 2026",
            "",
            "Dropped (1)",
            "- Fraud is dropped",
            "",
            "Renamed (1)",
            "- “Refunds” is now called “Refunds | money back”",
            "",
            "Links (1)",
            "- added: Wallet → Refunds | money back (FS+5d)",
        ]
    )
    markdown = as_markdown(told).splitlines()
    assert markdown[0] == "## Slipped (2)"
    assert "- “Refunds” is now called “Refunds \\| money back”" in markdown
    assert "- added: Wallet → Refunds \\| money back (FS+5d)" in markdown


def test_json_has_plain_values() -> None:
    old = base()
    values = json.loads(json.dumps(between(old, move_items(old, {A: date(2026, 3, 2)}, 2)).as_json()))
    assert values["equal"] is False
    assert values["items"]["added"] == values["items"]["removed"] == []
    assert values["items"]["changed"][0] == {
        "key": "RW-1",
        "title": "Checkout",
        "start": "2026-03-04",
        "finish": "2026-03-10",
        "fields": [
            {"field": "start", "before": "2026-03-02", "after": "2026-03-04", "entered": True},
            {"field": "finish", "before": "2026-03-06", "after": "2026-03-10", "entered": True},
        ],
    }
    assert values["links"] == {"added": [], "removed": [], "changed": []}
