"""Real files of other planners: every date as their programs show it, read here by other means than there."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from roadwright.io.importing import import_file
from roadwright.model.plan import Plan
from roadwright.model.records import Item
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from tables import DATA, codes, links, needs_data, said, spans

pytestmark = needs_data
PLANNING = DATA / "planning"
GANS = sorted(PLANNING.rglob("*.gan"))
PROJECTS = [
    path for path in sorted(PLANNING.rglob("*.xml")) if b"microsoft.com/project" in path.read_bytes()[:400]
]
ONE = PLANNING / "ts-ganttproject-parser/src/parser/test_data"
MPP = {"mspdi": "http://schemas.microsoft.com/project"}


def read(path: Path) -> Plan | None:
    """The plan; None where the file has no tasks, which is said."""
    if b"<task " not in path.read_bytes() and b"<Task>" not in path.read_bytes():
        with pytest.raises(Refused, match=r"planner\.nothing"):
            import_file(path)
        return None
    return import_file(path).plan


@pytest.mark.parametrize("path", GANS, ids=lambda path: path.name)
def test_ganttproject_starts_are_those_of_the_file(path: Path) -> None:
    """A start is a date in the file; an end has to be counted, so there is a test of its own for ends."""
    plan = read(path)
    tasks = list(ElementTree.parse(path).getroot().iter("task"))
    if plan is None:
        assert not tasks
        return
    assert [" ".join(task.get("name", "").split()) for task in tasks] == [one.title for one in in_order(plan)]
    shown = schedule(plan)
    for task, one in zip(tasks, in_order(plan), strict=True):
        span = shown.dates(one.id)
        assert span is not None
        if task.find("task") is None:
            assert span.first.isoformat() == task.get("start"), one.title
            assert one.progress == int(task.get("complete", "0"))
            assert (one.kind == "milestone") == (task.get("meeting") == "true")
            if one.kind == "bar":
                assert one.duration == int(task.get("duration", "0"))


def in_order(plan: Plan) -> list[Item]:
    return [plan.items[id] for id in plan.outline.order]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("task/task-on-work-days", "2024-01-04..2024-01-05"),
        ("task/endDate/task-crossing-one-off-holiday", "2024-01-02..2024-01-04"),
        ("task/endDate/task-crossing-recurring-holiday", "2024-01-02..2024-01-04"),
        ("task/endDate/task-crossing-weekends-and-no-tasks-can-run-on-weekends", "2023-12-29..2024-01-01"),
        ("task/endDate/task-crossing-weekends-and-tasks-can-run-on-weekends", "2023-12-29..2023-12-30"),
        ("task/milestone-task", "2024-01-02..2024-01-02"),
    ],
)
def test_ganttproject_ends(name: str, days: str) -> None:
    assert list(spans(import_file(ONE / f"{name}.gan").plan).values()) == [days]


def test_ganttproject_dependencies_of_all_types() -> None:
    imported = import_file(ONE / "task/task-with-dependencies.gan")
    assert spans(imported.plan) == {
        "RW-0": "2024-01-04..2024-01-05",
        "RW-1": "2024-01-04..2024-01-04",
        "RW-2": "2024-01-05..2024-01-08",
        "RW-3": "2024-01-04..2024-01-05",
        "RW-4": "2024-01-02..2024-01-02",
    }
    assert len(imported.plan.links) == 4
    assert {link.type for link in imported.plan.links.values()} == {"FS", "SS", "FF", "SF"}
    assert codes(imported) == []


def test_a_house_is_built_on_the_days_of_its_makers() -> None:
    """Milestones open their day there: what follows begins on it, by a lead of a day."""
    imported = import_file(PLANNING / "ganttproject/ganttproject-builder/HouseBuildingSample.gan")
    plan = imported.plan
    shown = spans(plan)
    assert shown["RW-10"] == "2024-06-10..2024-06-28"
    assert shown["RW-17"] == "2024-07-01..2024-07-01"
    assert shown["RW-1"] == "2024-07-01..2024-07-19"
    assert "RW-17 FS-1 RW-1" in links(plan)
    assert codes(imported) == []
    assert said(imported, "planner.links_fitted")
    assert [field.title for field in plan.fields.values()] == ["Is done"]


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.name)
def test_microsoft_project_dates_are_those_of_the_file(path: Path) -> None:
    plan = read(path)
    tasks = [
        task
        for task in ElementTree.parse(path).getroot().iterfind("mspdi:Tasks/mspdi:Task", MPP)
        if value(task, "IsNull") != "1" and value(task, "UID") != "0"
    ]
    if plan is None:
        assert not tasks
        return
    assert [" ".join(value(task, "Name").split()) for task in tasks] == [one.title for one in in_order(plan)]
    shown = schedule(plan)
    for task, one in zip(tasks, in_order(plan), strict=True):
        first, last = day(value(task, "Start")), day(value(task, "Finish"))
        if value(task, "Finish").endswith("T00:00:00") and last > first:
            last -= timedelta(days=1)
        span = shown.dates(one.id)
        assert span is not None
        assert (span.first, span.last) == (first, last), one.title


def value(task: ElementTree.Element, name: str) -> str:
    return task.findtext(f"mspdi:{name}", "", MPP)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def test_a_day_of_24_hours_stays_one_day() -> None:
    plan = import_file(PLANNING / "ganttproject/ganttproject-tester/resources/issue2659.xml").plan
    (one,) = plan.items.values()
    assert (one.duration, spans(plan)[one.key]) == (1, "2025-01-30..2025-01-30")


def test_microsoft_project_links() -> None:
    plan = import_file(PLANNING / "mspdi/mspdirelations.xml").plan
    assert sorted(link.type for link in plan.links.values()) == ["FF", "FS", "SF", "SS"]


def test_a_calendar_file() -> None:
    plan = import_file(PLANNING / "ganttproject/biz.ganttproject.impex.ical/src/test/resources/test.ics").plan
    (one,) = plan.items.values()
    assert plan.info.title == "Jewish Holidays ✡️"
    assert (one.title, one.tags) == ("Chanukah: 1 Candle", ("Holiday",))
    assert spans(plan)[one.key] == "2023-12-07..2023-12-07"
    assert "also known as the Festival of Lights, the eight-day festival" in one.notes.replace("Also", "also")


@pytest.mark.parametrize(
    ("name", "code"),
    [("planner-sample.planner", "planner.gnome"), ("SuccessorCalendar.xml", "planner.primavera")],
)
def test_what_is_refused_by_name(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        import_file(PLANNING / "mspdi" / name)
    assert refused.value.code == code
