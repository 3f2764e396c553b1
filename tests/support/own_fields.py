"""A small plan with a field of its own of every kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from plans import planned
from roadwright.model.edits.fields import add_field
from roadwright.model.edits.items import set_field
from roadwright.model.edits.people import add_person
from roadwright.model.field import own_key
from roadwright.model.fields import fields_of, text_of
from roadwright.model.plan import Plan
from roadwright.model.records import Choice, CustomKind, FieldId, ItemId, PersonId
from roadwright.model.schedule import schedule

RISKS = (Choice("high", "High", "red"), Choice("medium", "Medium", "orange"), Choice("low", "Low", "green"))
MARKETS = (Choice("de", "Germany"), Choice("fr", "France"), Choice("uk", "UK, Ireland"))
FIELDS: tuple[tuple[str, str, CustomKind, dict[str, Any]], ...] = (
    ("risk", "Launch risk", "choice", {"options": RISKS}),
    ("budget", "Budget", "currency", {"currency": "EUR", "decimals": 0}),
    ("per-day", "Cost per day", "formula", {"formula": "[Budget] / duration", "currency": "EUR"}),
    ("markets", "Markets", "choices", {"options": MARKETS}),
    ("approver", "Approver", "person", {}),
    ("brief", "Brief", "url", {}),
    ("legal", "Legal checked", "flag", {}),
    ("announced", "Announced", "date", {}),
    ("score", "Score", "number", {"decimals": 1}),
    ("code", "Code name", "text", {}),
    ("story", "Story", "long", {}),
)
VALUES: dict[str, Any] = {
    "risk": "high",
    "budget": 12000.0,
    "markets": ("de", "uk"),
    "approver": "ann",
    "brief": "https://example.com/brief",
    "legal": True,
    "announced": date(2026, 2, 27),
    "score": 8.5,
    "code": "=Falcon",
    "story": "one\ntwo",
}


def own_plan() -> Plan:
    """A takes 4 days and has every value; B takes 3, M is a milestone, and both have none.

    B waits for A, M for B.
    """
    plan = planned("A FS B; B FS M", A=("Mon", 4), B=(None, 3), M=(None, 0))
    plan = add_person(plan, PersonId("ann"), "Ann")
    for id, title, kind, more in FIELDS:
        plan = add_field(plan, FieldId(id), title, kind, **more)
    return with_values(plan, "A", **VALUES)


def with_values(plan: Plan, item: str, **values: Any) -> Plan:
    """The plan with these values of own fields, `per_day` for `per-day`."""
    for id, value in values.items():
        plan = set_field(plan, [ItemId(item)], own_key(FieldId(id.replace("_", "-"))), value)
    return plan


def value(plan: Plan, item: str, id: str) -> Any:
    """The value that an item has in an own field."""
    field = fields_of(plan)[own_key(FieldId(id))]
    return field.read(plan, schedule(plan), plan.items[ItemId(item)])


def texts(plan: Plan, item: str) -> dict[str, str]:
    """What an item has in its own fields, as texts by title."""
    times = schedule(plan)
    return {
        field.title: text_of(field, plan, field.read(plan, times, plan.items[ItemId(item)]))
        for field in fields_of(plan).values()
        if field.own is not None
    }
