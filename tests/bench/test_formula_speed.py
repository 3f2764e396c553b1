"""What own fields cost in a big plan: a formula for every item, computed and asked for again."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from roadwright.model.edits.fields import add_field
from roadwright.model.edits.people import set_title
from roadwright.model.fields import fields_of
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import FieldId, Item, ItemId
from roadwright.model.schedule import schedule

pytestmark = pytest.mark.benchmark(group="formula")

COUNT = 10_000
FORMULA = "if([Budget] > 1000, round([Budget] / max(duration, 1), 2), coalesce(effort, 0) * 100)"


@pytest.fixture(scope="module")
def plan() -> Plan:
    plan = add_field(new_plan(), FieldId("budget"), "Budget", "currency")
    plan = add_field(plan, FieldId("f"), "F", "formula", formula=FORMULA)
    return plan.put(
        *(
            Item(
                id=ItemId(f"i{n}"),
                key=f"RW-{n}",
                start=date(2026, 1, 5),
                rank=float(n),
                custom={FieldId("budget"): float(n)},
            )
            for n in range(COUNT)
        )
    )


def test_a_formula_for_every_item(benchmark: BenchmarkFixture, plan: Plan) -> None:
    times, field = schedule(plan), fields_of(plan)["x-f"]

    def fresh() -> tuple[tuple[Plan], dict[str, object]]:
        return (set_title(plan, "again"),), {}

    def compute(other: Plan) -> object:
        return [field.read(other, times, item) for item in other.items.values()][-1]

    assert benchmark.pedantic(compute, setup=fresh, rounds=5) == round(9999 / 5, 2)


def test_a_formula_asked_for_again(benchmark: BenchmarkFixture, plan: Plan) -> None:
    times, field = schedule(plan), fields_of(plan)["x-f"]
    items = list(plan.items.values())
    assert benchmark(lambda: [field.read(plan, times, item) for item in items])[0] is not None
