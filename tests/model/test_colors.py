"""Colours that people choose for values: where they are kept, and that they can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from plans import planned
from roadwright.model.colors import color_of
from roadwright.model.edits.colors import set_color
from roadwright.model.edits.fields import add_field
from roadwright.model.field import own_key
from roadwright.model.plan import Plan
from roadwright.model.records import Choice, FieldId, PersonId, StatusId, TeamId
from roadwright.model.refused import Refused


@pytest.fixture
def plan() -> Plan:
    options = (Choice("s", "Small"), Choice("l", "Large", "gold"))
    made = planned(A=("Mon", 3, {"team": "Web"}))
    return add_field(made, FieldId("size"), "Size", "choice", options=options)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("team", TeamId("Web")),
        (own_key(FieldId("size")), "s"),
        ("owner", PersonId("kim")),
        ("status", StatusId("done")),
        ("start.quarter", date(2026, 4, 1)),
        ("tags", ("growth", "mobile")),
        ("pinned", True),
    ],
)
def test_a_colour_is_chosen_for_a_value_and_taken_back(plan: Plan, key: str, value: Any) -> None:
    assert color_of(plan, key, value) == ""
    named = set_color(plan, key, value, "violet")
    assert color_of(named, key, value) == "violet"
    own = set_color(named, key, value, "#a1b2c3 ")
    assert color_of(own, key, value) == "#A1B2C3"
    assert set_color(own, key, value, "") == plan


def test_other_values_keep_their_colours(plan: Plan) -> None:
    plan = set_color(set_color(plan, "owner", "kim", "red"), "owner", "ana", "blue")
    plan = set_color(plan, "owner", "kim", "")
    assert (color_of(plan, "owner", "kim"), color_of(plan, "owner", "ana")) == ("", "blue")
    plan = set_color(plan, own_key(FieldId("size")), "s", "red")
    assert color_of(plan, own_key(FieldId("size")), "l") == "gold"


@pytest.mark.parametrize("text", ["#12345", "#GGGGGG", "rgb(1, 2, 3)", "Blue!"])
def test_what_is_no_colour_is_refused(plan: Plan, text: str) -> None:
    with pytest.raises(Refused, match=r"color\.unreadable"):
        set_color(plan, "team", TeamId("Web"), text)
