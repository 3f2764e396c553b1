"""The chart of how the forecasts of milestones moved."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from msgspec.structs import replace
from plans import day, planned
from roadwright.model.edits.baselines import take_baseline
from roadwright.model.edits.items import set_field
from roadwright.model.history.trend import trend
from roadwright.model.plan import Plan
from roadwright.model.records import BaselineId, ItemId, Span
from roadwright.model.schedule import schedule
from roadwright.ui.drawing.palette import theme
from roadwright.ui.drawing.scene import Text
from roadwright.ui.history.trend import MOST, in_chart, trend_scene

M = ItemId("M")
TODAY = date(2026, 6, 1)


def promised(*finishes: str) -> Plan:
    """A milestone that was put off from baseline to baseline, one a month."""
    plan = planned(M=(finishes[0], 0), A=("Mon", 3))
    for month, name in enumerate(finishes, 1):
        plan = set_field(plan, [M], "start", day(name))
        plan = take_baseline(plan, BaselineId(f"b{month}"), f"B{month}", date(2026, month, 1))
    return plan


def measure(text: str, size: float, bold: bool) -> float:
    return len(text) * size * 0.6


def test_promises_are_counted():
    plan = promised("Mon", "Fri", "Fri", "Mon3")
    (forecast,) = trend(plan, schedule(plan), TODAY, {})
    assert forecast.promises == 3
    assert forecast.moved == 10  # working days
    assert [said.month for said, _ in forecast.points] == [1, 2, 3, 4, 6]


def test_states_of_the_history_are_points_too():
    plan = promised("Mon")
    known = {date(2026, 2, 10): {M: Span(day("Thu"), day("Thu"))}}
    (forecast,) = trend(plan, schedule(plan), TODAY, known)
    assert forecast.promises == 3


def test_only_milestones_that_were_forecast_are_told_of():
    plan = planned(M=("Mon", 0), A=("Mon", 3))
    assert trend(plan, schedule(plan), TODAY, {}) == []


def test_no_two_names_overlap():
    items = {f"M{n}": ("Mon", 0) for n in range(MOST + 3)}
    plan = planned(**items)
    plan = take_baseline(plan, BaselineId("b"), "B", date(2026, 1, 1))
    forecasts = trend(plan, schedule(plan), TODAY, {})
    scene = trend_scene(forecasts, 900, 500, theme("light"), measure)
    names = sorted(shape.y for shape in scene.shapes if isinstance(shape, Text) and shape.bold)
    assert len(names) == MOST
    assert all(lower - upper >= 30 for upper, lower in pairwise(names))


def test_one_that_is_selected_is_among_those_that_have_room():
    plan = planned(**{f"M{n}": ("Mon", 0) for n in range(MOST + 3)})
    plan = take_baseline(plan, BaselineId("b"), "B", date(2026, 1, 1))
    forecasts = trend(plan, schedule(plan), TODAY, {})
    last = forecasts[-1].id
    assert last not in {one.id for one in in_chart(forecasts, 900)}
    assert last in {one.id for one in in_chart(forecasts, 900, last)}
    assert len(in_chart(forecasts, 900, last)) == MOST
    assert len(in_chart(forecasts, 200)) < MOST


def test_a_long_title_is_cut_and_one_day_is_enough():
    plan = promised("Mon")
    plan = plan.put(replace(plan.items[M], title="Long " * 40))
    forecasts = trend(plan, schedule(plan), date(2026, 1, 2), {})
    scene = trend_scene(forecasts, 700, 300, theme("dark"), measure)
    (name,) = (shape for shape in scene.shapes if isinstance(shape, Text) and shape.bold)
    assert name.text.endswith("…")
    assert measure(name.text, 13, True) <= name.width
    assert trend_scene([], 700, 300, theme("dark"), measure).shapes == ()
