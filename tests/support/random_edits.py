"""Random changes of a plan, of every kind that a person can make: what the schedule must follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from msgspec.structs import replace
from random_plans import MONDAY
from roadwright.model.edits.items import (
    add_item,
    duplicate_items,
    move_rows,
    put_under,
    remove_items,
    set_field,
)
from roadwright.model.edits.links import add_link, retarget_link, set_link
from roadwright.model.plan import Plan
from roadwright.model.records import LINK_TYPES, ItemId, LinkId, Status, StatusId
from roadwright.model.refused import Refused

LAGS = (0, 0, 1, 3, -2)


def random_change(random: Random, plan: Plan) -> Plan:
    """The plan after one to three edits; where one is refused, or finds nothing to edit, without it."""
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        edit = random.choice(EDITS)
        try:
            plan = edit(random, plan)
        except Refused:
            continue
    return plan


def _item(random: Random, plan: Plan) -> ItemId:
    return random.choice(list(plan.items))


def _field(key: str, choose: Callable[[Random, Plan], Any]) -> Callable[[Random, Plan], Plan]:
    def edit(random: Random, plan: Plan) -> Plan:
        items = random.sample(list(plan.items), min(len(plan.items), random.choice([1, 1, 2])))
        return set_field(plan, items, key, choose(random, plan))

    return edit


def _day(random: Random, plan: Plan) -> Any:
    return random.choice([None, *(MONDAY + timedelta(days=random.randint(0, 30)) for _ in range(3))])


def _add(random: Random, plan: Plan) -> Plan:
    parent = random.choice([None, None, _item(random, plan)])
    id = ItemId(f"new{random.random()}")
    return add_item(plan, id, title="New", parent=parent, start=_day(random, plan), duration=2)


def _remove(random: Random, plan: Plan) -> Plan:
    fewer = remove_items(plan, [_item(random, plan)])
    return fewer if fewer.items else plan


def _duplicate(random: Random, plan: Plan) -> Plan:
    id = _item(random, plan)
    return duplicate_items(plan, [id], {id: ItemId(f"copy{random.random()}")})


def _put_under(random: Random, plan: Plan) -> Plan:
    return put_under(plan, [_item(random, plan)], random.choice([None, _item(random, plan)]))


def _reorder(random: Random, plan: Plan) -> Plan:
    return move_rows(plan, [_item(random, plan)], random.choice([-1, 1]))


def _link(random: Random, plan: Plan) -> Plan:
    ends = _item(random, plan), _item(random, plan)
    id = LinkId(f"link{random.random()}")
    return add_link(plan, id, *ends, random.choice(LINK_TYPES), random.choice(LAGS))


def _change_link(random: Random, plan: Plan) -> Plan:
    if not plan.links:
        return plan
    id = random.choice(list(plan.links))
    return set_link(plan, id, random.choice(LINK_TYPES), random.choice(LAGS))


def _move_link(random: Random, plan: Plan) -> Plan:
    if not plan.links:
        return plan
    id = random.choice(list(plan.links))
    if random.random() < 0.5:
        return retarget_link(plan, id, source=_item(random, plan))
    return retarget_link(plan, id, target=_item(random, plan))


def _unlink(random: Random, plan: Plan) -> Plan:
    links = list(plan.links.values())
    return plan.drop(*random.sample(links, min(len(links), random.choice([1, 1, 3]))))


def _calendar(random: Random, plan: Plan) -> Plan:
    calendar = random.choice(list(plan.calendars.values()))
    return plan.put(replace(calendar, weekdays=tuple(sorted(random.sample(range(7), random.randint(1, 7))))))


def _calendar_of_team(random: Random, plan: Plan) -> Plan:
    team = random.choice(list(plan.teams.values()))
    return plan.put(replace(team, title="Renamed", calendar=random.choice([None, *plan.calendars])))


def _calendar_of_plan(random: Random, plan: Plan) -> Plan:
    return plan.put(replace(plan.info, title="Renamed", calendar=random.choice(list(plan.calendars))))


def _category(random: Random, plan: Plan) -> Plan:
    status = random.choice(list(plan.statuses.values()))
    return plan.put(replace(status, category=random.choice(["todo", "doing", "done"])))


def _new_status(random: Random, plan: Plan) -> Plan:
    return plan.put(Status(id=StatusId(f"status{random.random()}"), title="New", category="doing"))


EDITS: list[Callable[[Random, Plan], Plan]] = [
    *[_field("start", _day)] * 4,
    *[_field("duration", lambda random, plan: random.choice([0, 1, 2, 5, 9]))] * 2,
    _field("pinned", lambda random, plan: random.random() < 0.5),
    _field("status", lambda random, plan: random.choice([None, *plan.statuses])),
    _field("team", lambda random, plan: random.choice([None, *plan.teams])),
    _field("deadline", _day),
    _field("progress", lambda random, plan: random.randint(0, 100)),
    _field("title", lambda random, plan: "Renamed"),
    _field("kind", lambda random, plan: random.choice(["bar", "milestone"])),
    *[_link] * 4,
    *[_change_link] * 2,
    _move_link,
    _unlink,
    _add,
    _remove,
    _duplicate,
    _put_under,
    _reorder,
    _calendar,
    _calendar_of_team,
    _calendar_of_plan,
    _category,
    _new_status,
]
