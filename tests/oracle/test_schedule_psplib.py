"""The longest path of published projects (PSPLIB, set j30, Kolisch and Sprecher 1996), precedence only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Calendar, CalendarId, Item, ItemId, Link, LinkId
from roadwright.model.schedule import schedule

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "psplib"
PROJECTS = sorted(FOLDER.glob("j30*_*.sm"))


def project(path: Path) -> tuple[dict[int, int], list[tuple[int, int]], int]:
    """Durations, arrows, and the length without resources that the file itself gives."""
    lines = path.read_text().splitlines()
    begin = {line: n for n, line in enumerate(lines)}
    relations = begin["PRECEDENCE RELATIONS:"] + 2
    durations = begin["REQUESTS/DURATIONS:"] + 3
    arrows, days = [], {}
    for line in lines[relations:]:
        if line.startswith("*"):
            break
        job, _, _, *after = map(int, line.split())
        arrows += [(job, other) for other in after]
    for line in lines[durations:]:
        if line.startswith("*"):
            break
        job, _, duration, *_ = map(int, line.split())
        days[job] = duration
    information = next(line for line in lines if line.startswith("pronr."))
    length = int(lines[begin[information] + 1].split()[-1])
    return days, arrows, length


def plan_of(days: dict[int, int], arrows: list[tuple[int, int]]) -> Plan:
    everyday = Calendar(id=CalendarId("standard"), weekdays=(0, 1, 2, 3, 4, 5, 6))
    items = [
        Item(
            id=ItemId(str(job)),
            key=str(job),
            kind="bar" if duration else "milestone",
            duration=duration,
            start=date(2026, 1, 1) if job == 1 else None,
        )
        for job, duration in days.items()
    ]
    links = [
        Link(id=LinkId(f"{one} {other}"), source=ItemId(str(one)), target=ItemId(str(other)))
        for one, other in arrows
    ]
    return new_plan("").put(everyday, *items, *links)


@pytest.mark.skipif(not PROJECTS, reason="the PSPLIB projects are not beside this copy of the source")
def test_the_plan_is_as_long_as_its_longest_path() -> None:
    for path in PROJECTS:
        days, arrows, length = project(path)
        longest = nx.dag_longest_path_length(
            nx.DiGraph((one, other, {"weight": days[one]}) for one, other in arrows)
        )
        dates = schedule(plan_of(days, arrows))
        assert dates.end is not None
        assert dates.end - dates.start[ItemId("1")] == longest == length, path.name
        assert dates.critical(ItemId("1"))
        assert dates.slack(ItemId("32")) == 0
