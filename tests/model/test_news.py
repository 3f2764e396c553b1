"""What has become of a plan is told with its causes, as drawn examples show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from arbitrary import plans
from hypothesis import given, settings
from msgspec.structs import replace
from plans import day, planned
from roadwright.io.difference import Words, as_markdown, as_text, report
from roadwright.model.compare import Comparison
from roadwright.model.edits.baselines import as_of, show_baseline, take_baseline
from roadwright.model.edits.items import remove_items, rename_item, set_field
from roadwright.model.edits.links import remove_links
from roadwright.model.edits.timing import pin_items
from roadwright.model.history.earlier import Told, of_plan
from roadwright.model.history.news import Story, story
from roadwright.model.plan import Plan
from roadwright.model.records import BaselineId, Days, ItemId, Link, LinkId
from roadwright.model.schedule import schedule

A, B, C, P = (ItemId(name) for name in "ABCP")


def base() -> Plan:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr | Mo Tu
    # A    =========                                 FS
    # B             =============                    FS, under P
    # C                               ◆              deadline Fri2
    plan = planned("A FS B; B FS C", "P: B", A=("Mon", 3), P=(None, 5), B=(None, 5), C=(None, 0))
    return set_field(plan, [C], "deadline", day("Fri2"))


def told(old: Plan, new: Plan, reasons: Mapping[ItemId, str] | None = None) -> list[str]:
    found = story(old, schedule(old), new, schedule(new), reasons)
    words = Words(found, old, new)
    return [f"{'  ' if one.root else ''}{words.sentence(one)}" for one in found.news]


def test_a_slip_is_told_with_its_cause_and_what_follows():
    new = set_field(base(), [A], "duration", 11)
    assert told(base(), new) == [
        "A slips 8 working days to 19 Jan 2026 because it takes 11 working days instead of 3",
        "  P slips 8 working days to 26 Jan 2026 because B finishes later",
        "  B slips 8 working days to 26 Jan 2026 because A finishes later",
        "  C slips 8 working days to 26 Jan 2026 because B finishes later",
        "C misses its deadline of 16 Jan 2026: it is done on 26 Jan 2026",
    ]


def test_the_other_way_round_it_is_pulled_in():
    new = set_field(base(), [A], "duration", 11)
    assert told(new, base())[:2] == [
        "A comes 8 working days earlier, on 7 Jan 2026 because it takes 3 working days instead of 11",
        "  P comes 8 working days earlier, on 14 Jan 2026 because B finishes earlier",
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            set_field(base(), [A], "start", day("Thu")),
            "A slips 3 working days to 12 Jan 2026 because its start was moved from 5 Jan 2026 to 8 Jan 2026",
        ),
        (
            pin_items(base(), [B], day("Mon3")),
            "B slips 7 working days to 23 Jan 2026 because it is pinned there",
        ),
        (
            base().put(replace(base().links[LinkId("A FS B")], lag=2)),
            "B slips 2 working days to 16 Jan 2026 because it now follows A by 2 d instead of 0 d",
        ),
        (
            remove_links(base(), [LinkId("A FS B")]).put(replace(base().items[B], start=day("Mon"))),
            "B comes 3 working days earlier, on 9 Jan 2026 because it no longer waits for A",
        ),
        (
            base().put(replace(base().calendars["standard"], holidays=(Days(day("Tue"), day("Tue")),))),
            "A slips 1 working day to 8 Jan 2026 because the working days have changed",
        ),
    ],
    ids=["moved", "pinned", "lag", "link removed", "holiday"],
)
def test_causes(new: Plan, sentence: str):
    assert sentence in [line.strip() for line in told(base(), new)]


def test_a_new_link_is_a_cause():
    old = planned("A FS B", A=("Mon", 3), B=("Mon", 2), D=("Mon", 9))
    new = old.put(Link(id=LinkId("new"), source=ItemId("D"), target=B))
    assert told(old, new) == ["B slips 6 working days to 19 Jan 2026 because it now waits for D"]


def test_everything_else_has_a_head_of_its_own():
    new = rename_item(base(), A, "Payments API")
    new = set_field(new, [A], "effort", 12)
    new = set_field(new, [B], "horizon", "now")
    new = remove_items(new, [C])
    new = new.put(replace(new.items[A], id=ItemId("N"), key="N", title="New", start=None, rank=9.0))
    new = set_field(new, [A], "status", "done")
    assert told(base(), new) == [
        "New is new, without dates yet",
        "C is dropped; it was planned for 14 Jan 2026",
        "Payments API is done",
        "Payments API – Effort: (empty) → 12",
        "B – Horizon: (empty) → now",
        "“A” is now called “Payments API”",
    ]


def test_reasons_stand_behind_what_they_explain():
    new = set_field(base(), [A], "duration", 4)
    assert told(base(), new, {A: "Vendor is late"})[0].endswith("instead of 3 (“Vendor is late”)")


def test_two_items_of_one_name_are_told_apart():
    plan = rename_item(rename_item(base(), A, "Same"), B, "Same")
    assert told(plan, set_field(plan, [A], "duration", 4))[0].startswith("Same (A) slips")


def test_text_and_markdown_nest_what_follows():
    new = set_field(base(), [A], "duration", 11)
    found = story(base(), schedule(base()), new, schedule(new))
    written = report(Told(of_plan("", base()), new, found))
    lines = as_text(written).splitlines()
    assert lines[0] == "Slipped (4)"
    assert lines[1].startswith("- A slips 8 working days to 19 Jan 2026 because")
    assert lines[2].startswith("  - ")
    assert as_markdown(written).startswith("## Slipped (4)\n\n- A slips")
    assert as_text(report(Told(of_plan("", base()), new, Story((), Comparison())))) == "No differences."


@settings(max_examples=30, deadline=None)
@given(plans())
def test_a_baseline_taken_now_says_that_nothing_has_moved(plan: Plan):
    taken = take_baseline(plan, BaselineId("b"), "Now", date(2026, 1, 1))
    dated = as_of(taken, taken.baselines[BaselineId("b")])
    times, then = schedule(taken), schedule(dated)
    found = story(dated, then, taken, times, dates_only=True)
    moved = {one.id for one in found.news if one.kind in ("slipped", "pulled")}
    assert not moved


def test_a_baseline_knows_dates_and_nothing_else():
    taken = take_baseline(base(), BaselineId("b"), "Promised", date(2026, 1, 1))
    new = rename_item(set_field(taken, [A], "duration", 5), A, "Other")
    dated = as_of(new, new.baselines[BaselineId("b")])
    found = story(dated, schedule(dated), new, schedule(new), dates_only=True)
    assert [Words(found, dated, new).sentence(one) for one in found.news] == [
        "Other slips 2 working days to 9 Jan 2026 because it takes 5 working days instead of 3",
        "P slips 2 working days to 16 Jan 2026 because B finishes later",
        "B slips 2 working days to 16 Jan 2026 because Other finishes later",
        "C slips 2 working days to 16 Jan 2026 because B finishes later",
    ]
    assert show_baseline(new, BaselineId("b")).shown_baseline == new.baselines[BaselineId("b")]


@settings(max_examples=30, deadline=None)
@given(plans(), plans())
def test_whatever_the_plans_are_there_are_words(old: Plan, new: Plan):
    found = story(old, schedule(old), new, schedule(new))
    assert as_text(report(Told(of_plan("", old), new, found)))
    assert {one.root for one in found.news if one.root} <= {one.id for one in found.news}
