"""Files of older versions are brought up to date, step by step, before anything else looks at them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from roadwright.io import migrations
from roadwright.io.migrations import can_migrate, migrate
from roadwright.io.roadmap_file import read_roadmap
from roadwright.io.roadmap_lines import VERSION
from roadwright.model.records import ItemId
from roadwright.model.schedule import schedule

RECORDS = (
    '{"format":"roadmap","version":0,"plan":"p"}',
    '{"table":"properties","id":"p","name":"Old"}',
    '{"table":"calendars","id":"standard"}',
    '{"table":"tasks","id":"i1","key":"RW-1","name":"A","days":3,"start":"2026-01-05"}',
    '{"table":"tasks","id":"i2","key":"RW-2","name":"B","days":0,"after":"i1"}',
    '{"time":"2026-01-01T00:00:00Z","patch":[]}',
)


def from_0(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A made-up first format: tasks instead of items, a predecessor instead of links."""
    new = []
    for record in records:
        record = dict(record)
        if "name" in record:
            record["title"] = record.pop("name")
        if record["table"] == "tasks":
            record["table"] = "items"
            record["duration"] = record.pop("days")
            if source := record.pop("after", None):
                new.append(
                    {
                        "table": "links",
                        "id": f"{source}-{record['id']}",
                        "source": source,
                        "target": record["id"],
                    }
                )
        new.append(record)
    return new


def old_file(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_an_old_file_opens_as_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, 0: from_0})
    opened = read_roadmap(old_file(*RECORDS), "old.roadmap")
    assert [(complaint.code, complaint.line) for complaint in opened.complaints] == [
        ("file.cut", 6),
        ("file.out_of_range", 5),  # a bar of no days; the line is that of the old file
    ]
    plan = opened.plan
    assert plan.info.title == "Old"
    assert [item.title for item in plan.items.values()] == ["A", "B"]
    assert plan.items[ItemId("i1")].duration == 3
    span = schedule(plan).dates(ItemId("i2"))
    assert span is not None
    assert span.first.isoformat() == "2026-01-08"
    assert len(opened.history) == 1


def test_a_damaged_old_file_is_salvaged_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, 0: from_0})
    lines = [*RECORDS[:4], RECORDS[4][:-9], RECORDS[5]]
    opened = read_roadmap(old_file(*lines), "old.roadmap")
    assert [(complaint.code, complaint.line) for complaint in opened.complaints] == [
        ("file.cut", 6),
        ("file.line_unreadable", 5),
    ]
    assert list(opened.plan.items) == ["i1"]


def test_migrations_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def adding(number: int) -> migrations.Migration:
        return lambda records: [*records, {"table": str(number)}]

    monkeypatch.setattr(migrations, "MIGRATIONS", {1: adding(1), 2: adding(2), 4: adding(4)})
    assert [record["table"] for record in migrate([], 1, 3)] == ["1", "2"]
    assert can_migrate(1, 3)
    assert not can_migrate(2, 4)


def test_every_released_version_can_be_opened() -> None:
    assert all(can_migrate(version, VERSION) for version in range(1, VERSION))


def test_an_unknown_old_version_is_taken_for_a_damaged_header() -> None:
    header = json.dumps({"format": "roadmap", "version": 0})
    opened = read_roadmap(old_file(header, '{"table":"items","id":"i1","key":"RW-1"}'), "odd.roadmap")
    assert "file.header" in [complaint.code for complaint in opened.complaints]
    assert list(opened.plan.keys) == ["RW-1"]
