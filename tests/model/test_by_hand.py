"""Items put elsewhere in their lane by hand: they stand exactly there, and everything else stays."""

from __future__ import annotations

from arbitrary import plans
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from roadwright.model.edits.items import move_rows, remove_items
from roadwright.model.edits.lanes import put_below
from roadwright.model.plan import Plan
from roadwright.model.records import FIRST, ItemId
from roadwright.model.rows.by_hand import by_hand


def lane(plan: Plan) -> str:
    """A lane of all items, as one word."""
    return "".join(by_hand(plan, plan.outline.order))


def five() -> Plan:
    return planned(**dict.fromkeys("ABCDE", ("Mon", 1)))


def test_an_item_stands_where_it_was_put_and_the_others_as_they_did() -> None:
    plan = five()
    plan = put_below(plan, ["E"], "A", list("ABCDE"))
    assert lane(plan) == "AEBCD"
    plan = put_below(plan, ["C", "D"], None, list("AEBCD"))
    assert lane(plan) == "CDAEB"
    plan = put_below(plan, ["A"], "B", list("CDAEB"))
    assert lane(plan) == "CDEBA"
    assert plan.outline.order == list("ABCDE"), "the plan's own order is another thing"


def test_what_was_put_below_something_that_is_gone_stands_as_the_plan_has_it() -> None:
    plan = put_below(five(), ["E"], "A", list("ABCDE"))
    assert lane(remove_items(plan, ["A"])) == "BCDE"
    assert lane(move_rows(plan, ["A"], 4)) == "BCDAE", "it stays with its neighbour"


def test_two_that_stand_below_each_other_are_not_lost() -> None:
    plan = five()
    plan = plan.put(replace(plan.items["A"], below=ItemId("B")), replace(plan.items["B"], below=ItemId("A")))
    assert lane(plan) == "CDEAB"
    plan = plan.put(replace(plan.items["A"], below=ItemId("A")), replace(plan.items["B"], below=FIRST))
    assert lane(plan) == "BCDEA"


@given(plans(9), st.data())
def test_any_row_of_moves_gives_the_order_that_was_shown(plan: Plan, data: st.DataObject) -> None:
    order = list(by_hand(plan, plan.outline.order))
    for _ in range(4 if order else 0):
        moved = data.draw(st.lists(st.sampled_from(order), min_size=1, max_size=3, unique=True))
        rest = [id for id in order if id not in moved]
        at = data.draw(st.integers(0, len(rest)))
        plan = put_below(plan, moved, rest[at - 1] if at else None, order)
        order = [*rest[:at], *(id for id in order if id in moved), *rest[at:]]
        assert list(by_hand(plan, plan.outline.order)) == order
