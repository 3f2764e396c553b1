"""The table of fields: every field reads, writes, parses and is undone alike."""

from __future__ import annotations

from datetime import date

import pytest
from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from roadwright.io.strings import knows
from roadwright.model.edits.items import add_item, set_field
from roadwright.model.edits.links import add_link
from roadwright.model.fields import FIELDS, WORDS, choices, parse, text_of
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule

MON, FRI = date(2026, 1, 5), date(2026, 1, 9)
A, B = ItemId("a"), ItemId("b")


@pytest.fixture
def plan() -> Plan:
    plan = add_item(new_plan(), A, title="A", start=MON, duration=5)
    plan = add_item(plan, B, title="B", duration=3)
    return add_link(plan, "ab", A, B, "FS", 2)


def read(plan: Plan, id: ItemId, key: str):
    return FIELDS[key].read(plan, schedule(plan), plan.items[id])


def test_every_field_and_every_fixed_word_has_words():
    for field in FIELDS.values():
        assert knows(f"field.{field.key}")
        assert knows(f"group.{field.group}")
    for key in WORDS:
        assert all(knows(title) for _, title in choices(FIELDS[key], new_plan()) if title != "precision.none")


@given(plans(), st.sampled_from(sorted(FIELDS)))
def test_what_is_written_as_text_is_read_back_as_it_was(plan: Plan, key: str):
    field, times = FIELDS[key], schedule(plan)
    for item in plan.items.values():
        value = field.read(plan, times, item)
        if field.table in ("teams", "people", "statuses", "levels") or field.kind in ("text", "long"):
            value = text_of(field, plan, value)  # names may be alike or blank at the ends
            assert text_of(field, plan, parse(field, plan, value)).casefold() == value.strip().casefold() or (
                field.kind == "long"
            )
        else:
            assert parse(field, plan, text_of(field, plan, value)) == value


@given(plans(), st.sampled_from(sorted(key for key, field in FIELDS.items() if field.edit)))
def test_setting_a_field_to_what_it_is_changes_no_date(plan: Plan, key: str):
    if key in ("start", "finish", "duration", "progress"):
        return  # what is shown there may come from links or parts, and entering it fixes it
    times = schedule(plan)
    for id, item in plan.items.items():
        after = set_field(plan, [id], key, FIELDS[key].read(plan, times, item))
        assert dict(schedule(after).start) == dict(times.start)


def test_start_and_finish_show_the_schedule(plan: Plan):
    # Mo Tu We Th Fr | Mo Tu We Th Fr
    # A============== |
    # B               |       ====== ...  FS+2d
    assert read(plan, A, "finish") == FRI
    assert read(plan, B, "start") == date(2026, 1, 14)
    assert read(plan, B, "duration") == 3


def test_setting_the_finish_changes_the_duration(plan: Plan):
    plan = set_field(plan, [A], "finish", date(2026, 1, 13))
    assert plan.items[A].duration == 7
    with pytest.raises(Refused, match=r"finish\.before_start"):
        set_field(plan, [A], "finish", date(2026, 1, 2))


def test_a_finish_without_a_start_counts_back(plan: Plan):
    plan = add_item(plan, ItemId("c"), duration=5)
    plan = set_field(plan, [ItemId("c")], "finish", FRI)
    assert plan.items[ItemId("c")].start == MON


def test_zero_days_make_a_milestone_and_back(plan: Plan):
    plan = set_field(plan, [A], "duration", 0)
    assert plan.items[A].kind == "milestone"
    plan = set_field(plan, [A], "kind", "bar")
    assert (plan.items[A].kind, plan.items[A].duration) == ("bar", 1)


def test_dependencies_are_written_by_key(plan: Plan):
    assert text_of(FIELDS["depends"], plan, read(plan, B, "depends")) == "RW-1 FS+2d"
    plan = set_field(plan, [B], "depends", parse(FIELDS["depends"], plan, "rw-1 ss-3d"))
    assert text_of(FIELDS["depends"], plan, read(plan, B, "depends")) == "RW-1 SS-3d"
    assert parse(FIELDS["depends"], plan, "RW-1; RW-2 FF +4 d") == ((A, "FS", 0), (B, "FF", 4))


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("start", "tomorrow", "value.unreadable"),
        ("duration", "long", "value.unreadable"),
        ("progress", "half", "value.unreadable"),
        ("pinned", "maybe", "value.unreadable"),
        ("status", "Lost", "value.unknown"),
        ("depends", "RW-99", "value.unknown"),
        ("kind", "circle", "value.unknown"),
    ],
)
def test_what_cannot_be_read_is_refused_with_field_and_text(plan: Plan, key: str, text: str, code: str):
    with pytest.raises(Refused) as caught:
        parse(FIELDS[key], plan, text)
    assert caught.value.code == code
    assert caught.value.values == {"field": key, "text": text}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("slack", 3, "field.computed"),
        ("key", "", "key.empty"),
        ("key", "RW-2", "key.taken"),
        ("progress", 140, "progress.range"),
        ("effort", -1, "effort.negative"),
        ("duration", -1, "duration.too_short"),
        ("finish", None, "finish.empty"),
    ],
)
def test_values_that_cannot_be(plan: Plan, key: str, value: object, code: str):
    with pytest.raises(Refused) as caught:
        set_field(plan, [A], key, value)
    assert caught.value.code == code
