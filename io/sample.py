"""The sample plan of the first start: a company's roadmap, set around the week it is opened in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from ..model.edits.baselines import take_baseline
from ..model.own_fields import with_value
from ..model.plan import Plan, new_plan
from ..model.records import (
    BaselineId,
    Choice,
    CustomField,
    Days,
    FieldId,
    Item,
    ItemId,
    LevelId,
    Link,
    LinkId,
    Person,
    PersonId,
    Status,
    StatusId,
    Team,
    TeamId,
)
from ..resources import FOLDER


def sample_plan(today: date) -> Plan:
    """The sample, its weeks counted from the Monday of `today`; the same day gives the same plan."""
    sample = msgspec.json.decode((FOLDER / "samples/customer-platform.json").read_bytes())
    monday = today - timedelta(days=today.weekday())
    plan = _frame(sample, monday)
    entries = [dict(zip(sample["columns"], row, strict=True)) for row in sample["items"]]
    plan = plan.put(*(_item(entry, place, monday, plan) for place, entry in enumerate(entries)))
    plan = plan.put(*_links(entries), replace(plan.info, next_number=len(entries) + 1))
    plan = _with_own_fields(plan, sample)
    return _with_baseline(plan, sample["slips"], monday)


def _id(*parts: str) -> str:
    return "-".join(("sample", *parts))


def _frame(sample: dict[str, Any], monday: date) -> Plan:
    """Title, calendar, teams, people and statuses."""
    plan = new_plan(sample["title"])
    plan = plan.drop(*plan.statuses.values(), plan.info)
    holidays = [
        Days(first=day, last=last, title="Winter break")
        for year in range(monday.year - 1, monday.year + 3)
        for day, last in [(date(year, 12, 25), date(year + 1, 1, 1))]
    ]
    return plan.put(
        replace(next(iter(plan.calendars.values())), holidays=tuple(holidays)),
        replace(new_plan(sample["title"]).info, id=_id("plan", monday.isoformat())),
        *(
            Team(id=TeamId(_id("team", title)), title=title, color=color, rank=float(rank))
            for rank, (title, color) in enumerate(sample["teams"])
        ),
        *(
            Person(id=PersonId(_id("person", name)), name=name, team=TeamId(_id("team", team)))
            for name, team in sample["people"]
        ),
        *(
            Status(id=_status(title), title=title, category=category, rank=float(rank))
            for rank, (title, category) in enumerate(sample["statuses"])
        ),
    )


def _status(title: str) -> StatusId:
    return StatusId(title.lower().replace(" ", "-"))


def _item(entry: dict[str, Any], place: int, monday: date, plan: Plan) -> Item:
    milestone = entry["level"] == "Milestone"
    more = dict(entry["more"])
    if "deadline" in more:
        more["deadline"] = monday + timedelta(weeks=more["deadline"], days=4)
    if "tags" in more:
        more["tags"] = tuple(more["tags"])
    return Item(
        id=ItemId(_id(entry["ref"])),
        key=f"RW-{place + 1}",
        title=entry["title"],
        kind="milestone" if milestone else "bar",
        level=LevelId("feature" if milestone else entry["level"].lower()),
        parent=ItemId(_id(entry["parent"])) if entry["parent"] else None,
        rank=float(place),
        start=_start(entry["week"], milestone, monday),
        duration=entry["days"],
        status=_status(entry["status"]) if entry["status"] else None,
        progress=entry["progress"],
        effort=entry["effort"],
        team=TeamId(_id("team", entry["team"])) if entry["team"] else None,
        owner=PersonId(_id("person", entry["owner"])) if entry["owner"] else None,
        **more,
    )


def _start(week: int | None, milestone: bool, monday: date) -> date | None:
    if week is None:
        return None
    return monday + timedelta(weeks=week, days=3 if milestone else 0)


def _links(entries: list[dict[str, Any]]) -> list[Link]:
    """The links as the entries write them, `A2 FS; A5 FS+5d`, by the sample's own references."""
    links = []
    for entry in entries:
        for written in filter(None, entry["depends"].split("; ")):
            source, kind = written.split(" ")
            type, _, lag = kind.partition("+")
            links.append(
                Link(
                    id=LinkId(_id(_id(source), entry["ref"], type)),
                    source=ItemId(_id(source)),
                    target=ItemId(_id(entry["ref"])),
                    type=type,
                    lag=int(lag.rstrip("d") or 0),
                )
            )
    return links


def _with_own_fields(plan: Plan, sample: dict[str, Any]) -> Plan:
    """A few fields that the company added itself, and their values.

    Not by the edits that add fields and parse values: those bring in all that formulas need, which the
    timeline does without.
    """
    for rank, entry in enumerate(sample["fields"]):
        id = FieldId(_id(entry.pop("id")))
        options = tuple(Choice(_id(title), title, color) for title, color in entry.pop("options", ()))
        plan = plan.put(CustomField(id=id, rank=float(rank), options=options, **entry))
    items: dict[ItemId, Item] = {}
    for name, values in sample["values"].items():
        id = FieldId(_id(name))
        for ref, value in values.items():
            item = items.get(ItemId(_id(ref)), plan.items[ItemId(_id(ref))])
            items[item.id] = with_value(item, id, _id(value) if isinstance(value, str) else float(value))
    return plan.put(*items.values())


def _with_baseline(plan: Plan, slips: dict[str, int], monday: date) -> Plan:
    """A baseline of what was promised: some items have become longer since."""
    slipped = [plan.items[ItemId(_id(ref))] for ref in slips]
    promised = plan.put(
        *(
            replace(item, duration=item.duration - days)
            for item, days in zip(slipped, slips.values(), strict=True)
        )
    )
    taken = monday - timedelta(weeks=8)
    promised = take_baseline(promised, BaselineId(_id("baseline")), "Approved in the autumn review", taken)
    return promised.put(*slipped)  # with the working days and the network that the baseline needed
