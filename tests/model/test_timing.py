"""Shifting, keeping gaps, packing and buffers, on cases small enough to draw and as laws on many plans."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from plans import MONDAY, day, planned, shown
from random_plans import random_plan
from roadwright.io.strings import knows, say
from roadwright.model.edits.items import move_items, shifted
from roadwright.model.edits.timing import (
    insert_buffer_after,
    insert_buffer_before,
    make_milestones,
    move_alone,
    move_with_followers,
    pin_items,
    resize_alone,
    resize_with_followers,
    schedule_early,
    schedule_late,
    shift_after,
    shift_items,
    snap_to_earliest,
    unpin_items,
)
from roadwright.model.plan import Plan
from roadwright.model.records import ItemId
from roadwright.model.refused import Refused
from roadwright.model.schedule import Schedule, schedule

A, B, C, D, P = map(ItemId, "ABCDP")
PINNED = {"pinned": True}


def where(plan: Plan, *ids: ItemId) -> dict[ItemId, date]:
    dates = schedule(plan)
    return {id: span.first for id in ids if (span := dates.dates(id))}


def refused(code: str, edit: Any, *arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        edit(*arguments)
    assert caught.value.code == code
    assert knows(code)
    assert "{" not in say(code, **caught.value.values)


# Dragging


def chain() -> Plan:
    #      Mo Tu We Th Fr
    # A    =====
    # B             =====      its own start, two days after A
    # C                      = FS, no start of its own
    return planned(A=("Mon", 2), B=("Thu", 2), C=(None, 1), links="A FS B; B FS C")


def test_to_push_moves_what_is_touched() -> None:
    plan = chain()
    assert shown(move_items(plan, where(plan, A), 1)) == {"A": "Tue..Wed", "B": "Thu..Fri", "C": "Mon2"}
    assert shown(move_items(plan, where(plan, A), 2)) == {"A": "Wed..Thu", "B": "Fri..Mon2", "C": "Tue2"}


def test_to_keep_the_gap_moves_all_that_follows_by_as_many_working_days() -> None:
    plan = chain()
    later = move_with_followers(plan, where(plan, A), 2)
    assert shown(later) == {"A": "Wed..Thu", "B": "Mon2..Tue2", "C": "Wed2"}
    assert later.items[C].start is None  # its link brings it along
    assert shown(move_with_followers(later, where(later, A), -2)) == shown(plan)


def test_to_keep_the_gap_gives_a_start_to_what_its_links_would_leave_behind() -> None:
    plan = planned(A=("Mon", 1), B=("Mon", 4), C=(None, 1), links="A FS C; B FS C")
    moved = move_with_followers(plan, where(plan, A), 1)
    assert shown(moved) == {"A": "Tue", "B": "Mon..Thu", "C": "Mon2"}
    assert moved.items[C].start == day("Mon2")


def test_to_keep_the_gap_leaves_what_stands() -> None:
    plan = planned(
        A=("Mon", 1), B=("Wed", 1, PINNED), C=("Wed", 1, {"status": "done"}), links="A FS B; A FS C"
    )
    assert shown(move_with_followers(plan, where(plan, A), 1)) == {"A": "Tue", "B": "Wed", "C": "Wed"}


def test_to_keep_the_gap_goes_by_way_of_parents() -> None:
    plan = planned(
        P=(None, 1), A=("Mon", 1), B=("Wed", 1), C=("Thu2", 1), under="P: A B", links="A FS B; P FS C"
    )
    assert shown(move_with_followers(plan, where(plan, A), 1))["C"] == "Fri2"


def test_only_this_leaves_what_follows_with_a_conflict() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 2), C=(None, 1), links="A FS B; B FS C")
    moved = move_alone(plan, where(plan, A), 2)
    assert shown(moved) == {"A": "Wed..Thu", "B": "Wed..Thu", "C": "Fri"}
    assert (moved.items[B].pinned, moved.items[C].pinned) == (True, False)
    assert [conflict.code for conflict in schedule(moved).conflicts(B)] == ["link.broken"]


def test_only_this_leaves_what_is_not_touched_as_it_is() -> None:
    plan = chain()
    moved = move_alone(plan, where(plan, A), 1)
    assert [edit.id for edit in moved.since(plan).edits] == [A]


def test_only_this_holds_back_what_would_come_along_to_an_earlier_day() -> None:
    plan = planned(A=("Wed", 2), B=(None, 1), links="A FS B")
    moved = move_alone(plan, where(plan, A), -2)
    assert shown(moved) == {"A": "Mon..Tue", "B": "Fri"}
    assert moved.items[B].start == day("Fri")
    assert not moved.items[B].pinned


def test_only_this_may_go_before_its_own_links_allow() -> None:
    plan = planned(A=("Mon", 3), B=(None, 1), links="A FS B")
    moved = move_alone(plan, where(plan, B), -2)
    assert shown(moved) == {"A": "Mon..Wed", "B": "Tue"}
    assert moved.items[B].pinned
    assert schedule(moved).conflicts(B)


def test_a_longer_bar_pushes_what_follows_as_far_as_its_finish_goes() -> None:
    plan = planned(A=("Mon", 2), B=("Thu", 2), C=(None, 1), links="A FS B; B FS C")
    assert shown(resize_with_followers(plan, A, day("Mon"), 4)) == {
        "A": "Mon..Thu",
        "B": "Mon2..Tue2",
        "C": "Wed2",
    }
    assert shown(resize_with_followers(plan, A, day("Mon"), 1)) == {"A": "Mon", "B": "Wed..Thu", "C": "Fri"}


def test_only_this_end_moves_and_what_follows_stays_with_a_conflict() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 2), C=(None, 1), links="A FS B; B FS C")
    longer = resize_alone(plan, A, day("Mon"), 4)
    assert shown(longer) == {"A": "Mon..Thu", "B": "Wed..Thu", "C": "Fri"}
    assert (longer.items[B].pinned, longer.items[C].pinned) == (True, False)
    shorter = resize_alone(plan, B, day("Wed"), 1)
    assert shown(shorter) == {"A": "Mon..Tue", "B": "Wed", "C": "Fri"}
    assert not shorter.items[C].pinned


def test_only_this_end_keeps_the_start_that_links_gave() -> None:
    plan = planned(A=("Mon", 2), B=("Mon", 2), links="A FS B")
    longer = resize_alone(plan, B, day("Mon"), 3)
    assert shown(longer) == {"A": "Mon..Tue", "B": "Wed..Fri"}
    assert not longer.items[B].pinned


def test_only_this_start_may_go_before_its_own_links_allow() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 2), links="A FS B")
    earlier = resize_alone(plan, B, day("Tue"), 3)
    assert shown(earlier)["B"] == "Tue..Thu"
    assert earlier.items[B].pinned


@pytest.mark.parametrize("part", range(3))
def test_only_this_moves_nothing_else(part: int) -> None:
    for seed in range(60):
        random = Random(f"alone {part} {seed}")
        plan = random_plan(random, size=10)
        before = schedule(plan)
        leaves = [id for id in before.start if not plan.outline.is_parent(id)]
        if not leaves:
            continue
        one = random.choice(leaves)
        moved = move_alone(plan, where(plan, one), random.choice([-6, -2, 1, 3, 8]))
        after = schedule(moved)
        for id in leaves:
            milestone = plan.items[id].kind == "milestone"  # may close its day instead of the weekend after
            if id != one and not milestone:
                assert after.start.get(id) == before.start[id], (seed, id)
            elif id != one:
                assert after.dates(id) == before.dates(id), (seed, id)


def leaves_of(plan: Plan) -> list[ItemId]:
    return [id for id in schedule(plan).start if not plan.outline.is_parent(id)]


@pytest.mark.parametrize("big", [0, 3_000])
@pytest.mark.parametrize("part", range(3))
def test_what_a_drag_rule_remembers_is_what_a_schedule_from_nothing_says(
    part: int, big: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadwright.model.engine.network.BIG", big)
    for seed in range(40):
        random = Random(f"rules {part} {seed}")
        plan = random_plan(random, size=12)
        for one in random.sample(leaves := leaves_of(plan), min(2, len(leaves))):
            days = random.choice([-6, -2, 1, 3, 8])
            for rule in (move_with_followers, move_alone):
                moved = rule(plan, where(plan, one), days)
                known, anew = schedule(moved), Schedule(replace(moved))
                assert (dict(known.start), dict(known.finish)) == (dict(anew.start), dict(anew.finish))
                assert [known.slack(id) for id in plan.items] == [anew.slack(id) for id in plan.items]


@pytest.mark.parametrize("big", [0, 3_000])
@pytest.mark.parametrize("part", range(3))
def test_to_keep_the_gap_leaves_nothing_behind_and_gives_no_start_in_vain(
    part: int, big: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadwright.model.engine.network.BIG", big)
    for seed in range(40):
        random = Random(f"gap {part} {seed}")
        plan = random_plan(random, size=12)
        before = schedule(plan)
        for one in random.sample(leaves := leaves_of(plan), min(2, len(leaves))):
            days = random.choice([-6, -2, 1, 3, 8])
            moved = move_with_followers(plan, where(plan, one), days)
            for id in before.followers([one]).ids:
                item, span, now = plan.items[id], before.dates(id), schedule(moved).dates(id)
                if span is None or now is None:
                    continue
                wanted = shifted(plan, item, span.first, days)
                given = moved.items[id].start
                assert now.first >= wanted or item.kind == "milestone"
                assert given == wanted or item.start is given is None
                if item.start is None and given is not None:  # its links alone leave it behind
                    led = moved.put(replace(moved.items[id], start=None))
                    assert plan.calendar_of(item).between(before.start[id], schedule(led).start[id]) < days


# Shifting


def test_a_selection_shifts_by_working_days() -> None:
    plan = planned(P=(None, 1), A=("Thu", 1), B=("Fri", 2, PINNED), C=("Mon", 1), under="P: A B")
    assert shown(shift_items(plan, [P], 2)) == {"P": "Mon2..Wed2", "A": "Mon2", "B": "Tue2..Wed2", "C": "Mon"}
    assert shown(shift_items(plan, [A, C], -1)) == {
        "P": "Wed..Mon2",
        "A": "Wed",
        "B": "Fri..Mon2",
        "C": "Fri0",
    }


def test_what_has_no_date_can_not_be_shifted() -> None:
    refused("shift.unscheduled", shift_items, planned(A=(None, 1)), [A], 2)


def test_everything_after_a_day_shifts_but_what_stands() -> None:
    plan = planned(
        A=("Mon", 1),
        B=("Wed", 1),
        C=("Thu", 1, PINNED),
        D=(None, 1),
        links="B FS D",
    )
    shifted = shift_after(plan, day("Tue"), 5)
    assert shown(shifted) == {"A": "Mon", "B": "Wed2", "C": "Thu", "D": "Thu2"}
    refused("shift.nothing", shift_after, plan, day("Mon3"), 5)


def test_what_is_shifted_goes_though_its_links_would_leave_it() -> None:
    plan = planned(A=("Mon", 2), B=(None, 1), links="A FS B")
    assert shown(shift_after(plan, day("Wed"), 3)) == {"A": "Mon..Tue", "B": "Mon2"}


# Packing


def test_as_soon_as_possible_takes_away_the_starts_that_links_do_not_ask_for() -> None:
    plan = planned(A=("Mon", 1), B=("Thu", 1), C=("Wed2", 1), D=("Fri", 1), links="A FS B; B FS C")
    early = schedule_early(plan, [A])
    assert shown(early) == {"A": "Mon", "B": "Tue", "C": "Wed", "D": "Fri"}
    assert early.items[A].start is not None  # it waits for nothing
    refused("early.nothing", schedule_early, early, [A])


def test_as_soon_as_possible_sees_links_into_parents() -> None:
    plan = planned(A=("Mon", 1), P=(None, 1), B=("Fri", 1), under="P: B", links="A FS P")
    assert shown(schedule_early(plan, [B]))["B"] == "Tue"


@pytest.mark.parametrize("part", range(2))
def test_as_soon_as_possible_loses_nothing_and_delays_nothing(part: int) -> None:
    for seed in range(80):
        plan = random_plan(Random(f"early {part} {seed}"), size=10)
        before = schedule(plan)
        try:
            early = schedule_early(plan, plan.items)
        except Refused:
            continue
        after = schedule(early)
        assert set(after.start) == set(before.start)
        assert all(after.finish[id] <= before.finish[id] for id in before.finish)


def test_as_late_as_possible_takes_up_the_slack() -> None:
    plan = planned(
        A=("Mon", 1), B=("Tue", 1), C=("Mon", 9), D=("Mon", 1, {"deadline": day("Wed")}), links="A FS B"
    )
    late = schedule_late(plan, [A, D])
    assert shown(late) == {"A": "Wed2", "B": "Thu2", "C": "Mon..Thu2", "D": "Wed"}
    refused("late.nothing", schedule_late, late, list(late.items))


@pytest.mark.parametrize("part", range(2))
def test_as_late_as_possible_misses_nothing_that_was_met(part: int) -> None:
    for seed in range(80):
        plan = random_plan(Random(f"late {part} {seed}"), size=10)
        before = schedule(plan)
        try:
            late = schedule_late(plan, plan.items)
        except Refused:
            continue
        after = schedule(late)
        assert after.end == before.end
        for id in before.start:
            assert len(after.conflicts(id)) <= len(before.conflicts(id))
            deadline = plan.items[id].deadline
            if deadline and before.finish[id] <= deadline.toordinal() + 1:
                assert after.finish[id] <= deadline.toordinal() + 1


def test_to_snap_starts_on_the_first_day_that_links_allow() -> None:
    plan = planned(A=("Mon", 2), B=("Wed3", 1), C=("Fri", 1), links="A FS+1 B")
    snapped = snap_to_earliest(plan, [B])
    assert shown(snapped)["B"] == "Thu"
    assert snapped.items[B].start == day("Thu")
    refused("snap.free", snap_to_earliest, plan, [C])


def test_a_buffer_after_is_a_lag_before_all_that_waits() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), C=(None, 1), links="A FS B; A FS+1 C")
    assert shown(insert_buffer_after(plan, [A], 2)) == {"A": "Mon", "B": "Thu", "C": "Fri"}
    refused("buffer.nothing", insert_buffer_after, plan, [C], 2)


def test_a_buffer_after_several_is_none_among_them() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), C=(None, 1), links="A FS B; B FS C")
    assert shown(insert_buffer_after(plan, [A, B], 1)) == {"A": "Mon", "B": "Tue", "C": "Thu"}


def test_a_buffer_before_is_a_lag_and_a_later_start_where_nothing_holds() -> None:
    plan = planned(A=("Mon", 1), B=(None, 1), C=("Mon", 1), links="A FS B")
    assert shown(insert_buffer_before(plan, [B, C], 2)) == {"A": "Mon", "B": "Thu", "C": "Wed"}
    pinned = planned(A=("Mon", 1, PINNED))
    refused("buffer.free", insert_buffer_before, pinned, [A], 2)


# Standing still


def test_to_pin_is_to_stay_on_the_days_shown() -> None:
    plan = planned(A=("Mon", 2), B=("Mon", 1), C=(None, 1), links="A FS B; B FS C")
    pinned = pin_items(plan, [B, C])
    assert shown(pinned) == shown(plan)
    assert shown(move_items(pinned, where(pinned, A), 4)) == {"A": "Fri..Mon2", "B": "Wed", "C": "Thu"}
    assert shown(unpin_items(pinned, [B, C])) == shown(plan)
    refused("pin.unscheduled", pin_items, planned(A=(None, 1)), [A])


def test_a_pinned_parent_keeps_what_it_spans() -> None:
    plan = pin_items(planned(P=(None, 1), A=("Tue", 1), B=("Thu", 2), under="P: A B"), [P])
    assert shown(plan)["P"] == "Tue..Fri"
    assert shown(move_items(plan, where(plan, B), 3))["P"] == "Tue..Fri"


def test_a_bar_becomes_a_milestone_on_its_last_day() -> None:
    plan = planned(A=("Mon", 3), B=(None, 2), C=(None, 1), links="A FS B; B FS C")
    made = make_milestones(plan, [A, B])
    assert shown(made) == {"A": "Wed", "B": "Wed", "C": "Thu"}
    assert made.items[A].duration == 0
    refused("milestone.parent", make_milestones, planned(P=(None, 1), A=("Mon", 1), under="P: A"), [P])


@pytest.mark.parametrize("days", [-3, 1, 5])
def test_a_shift_of_the_whole_plan_keeps_its_shape(days: int) -> None:
    plan = planned(A=("Mon2", 2), B=("Thu2", 2), C=(None, 1), M=("Fri2", 0), links="A FS B; B SS+1 C; A FS M")
    everything = shift_items(plan, plan.items, days)
    calendar = plan.calendar_of(plan.items[A])
    for id, first in where(plan, *plan.items).items():
        moved = where(everything, id)[id]
        assert calendar.between(first.toordinal(), moved.toordinal()) == days
    assert MONDAY - timedelta(days=1) < everything.items[A].start
