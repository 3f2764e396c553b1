"""The plain formats for other programs: what is written says the plan, and what can be read comes back."""

from __future__ import annotations

import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from arbitrary import plans
from exchange import comparable
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from plans import planned
from roadwright import cli
from roadwright.io.exports import PLAIN, write_plain
from roadwright.io.importing import import_file
from roadwright.io.json_export import json_bytes
from roadwright.io.markdown import escaped, markdown
from roadwright.io.planners.mspdi_slots import IDS, LONGEST
from roadwright.io.planners.mspdi_writer import write_mspdi
from roadwright.io.roadmap_file import save_roadmap
from roadwright.io.sample import sample_plan
from roadwright.model.edits.fields import add_field
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Calendar, CalendarId, Column, Days, Team, TeamId, View, ViewId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from tables import DATA, needs_data, spans

NAMESPACE = {"p": "http://schemas.microsoft.com/project"}


@pytest.fixture(scope="module")
def sample() -> Plan:
    return sample_plan(date(2026, 3, 4))


def project(folder: Path, plan: Plan) -> Path:
    write_mspdi(folder / "plan.xml", plan, schedule(plan))
    return folder / "plan.xml"


# JSON


@given(plan=plans(max_items=6))
def test_json_comes_back_identical(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(json_bytes(plan, schedule(plan)))
    imported = import_file(path)
    assert imported.plan == plan
    assert imported.complaints == ()


def test_json_is_what_the_manual_says(sample: Plan) -> None:
    whole = json.loads(json_bytes(sample, schedule(sample)))
    assert (whole["format"], whole["plan"]) == ("roadmap-json", sample.info.id)
    assert {"items", "links", "teams"} <= set(whole["tables"])
    first = next(entry for entry in whole["schedule"] if entry["key"] == "RW-2")
    assert (first["start"], first["finish"]) == ("2025-10-13", "2025-12-18")
    assert [entry["id"] for entry in whole["schedule"]] == list(sample.outline.order)


def test_a_hand_in_the_json_is_mended_and_told(tmp_path: Path, sample: Plan) -> None:
    whole = json.loads(json_bytes(sample, schedule(sample)))
    whole["tables"]["items"][0]["progress"] = 900
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(whole, separators=(",", ":")), "utf-8")
    imported = import_file(path)
    assert [complaint.code for complaint in imported.complaints] == ["file.out_of_range"]
    assert len(imported.plan.items) == len(sample.items)


# Markdown


def test_markdown_is_a_table_of_the_view() -> None:
    plan = planned(A=("Mon", 2), B=("Wed", 1, {"title": "B | *new*\nline", "progress": 40}), links="A FS B")
    view = View(id=ViewId("v"), title="V", columns=(Column("title"), Column("progress"), Column("depends")))
    assert markdown(plan, schedule(plan), view) == (
        "# Test\n\n| Title | Progress | Depends on |\n| --- | ---: | --- |\n"
        "| A | 0 |  |\n| B \\| \\*new\\*<br>line | 40 | A FS |\n"
    )
    lanes = markdown(plan, schedule(plan), View(id=ViewId("v"), title="V", group="status"))
    assert "**" in lanes


@pytest.mark.parametrize(
    "text", ["=1+1", "+5", "-x", "@home", "<script>", "[a](javascript:b)", "a|b", "`x`", "\\"]
)
def test_no_text_means_anything_in_markdown(text: str) -> None:
    found = escaped(text)
    assert not found.startswith(("=", "+", "-", "@"))
    for sign in "<[|`":
        assert sign not in found.replace(f"\\{sign}", "")


# CSV


@pytest.mark.parametrize(("delimiter", "mark"), [(",", True), (";", False), (";", True)])
def test_csv_with_the_delimiter_and_mark_that_is_wished_for(
    tmp_path: Path, delimiter: str, mark: bool
) -> None:
    plan = planned(A=("Mon", 2, {"title": "A; or, B"}), B=(None, 1), links="A FS B")
    path = tmp_path / "plan.csv"
    write_plain(path, ".csv", plan, schedule(plan), delimiter=delimiter, mark=mark)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == mark
    assert f"Key{delimiter}Title{delimiter}".encode() in data
    assert comparable(import_file(path).plan) == comparable(plan)


# Microsoft Project


COMPARED = (
    *("key", "title", "level", "parent", "deadline", "team", "owner", "tags", "horizon", "precision"),
    *("notes", "progress"),
)


@given(plan=plans(max_items=6))
def test_microsoft_project_comes_back(tmp_path: Path, plan: Plan) -> None:
    """Every item on the days that it had, and all else that the format can hold."""
    assume(plan.items)
    found = import_file(project(tmp_path, plan)).plan
    was, now = schedule(plan), schedule(found)
    for one, other in zip(comparable(plan), comparable(found), strict=True):
        id, key = plan.keys[str(one["key"])], str(one["key"])
        parent = plan.outline.is_parent(id)
        if one["category"] == "done" and not parent:
            one["progress"] = 100  # as Project has it
        assert {name: one[name] for name in COMPARED} == {name: other[name] for name in COMPARED}
        if not parent:
            assert (one["kind"], one["effort"] or None) == (other["kind"], other["effort"])
            assert now.dates(found.keys[key]) == was.dates(id), key
        if not parent or one["depends"] == set():
            assert waits(one) == waits(other)


def waits(one: dict[str, Any]) -> set[tuple[str, str]]:
    """What an item waits for, without the lags: hours that end a day may become a lead."""
    return {(source, type) for source, type, _ in one["depends"]}


def test_the_sample_comes_back_with_its_links_notes_and_fields(tmp_path: Path, sample: Plan) -> None:
    found = import_file(project(tmp_path, sample)).plan
    assert spans(found) == spans(sample)
    assert len(found.links) == len(sample.links)
    for one, other in zip(comparable(sample), comparable(found), strict=True):
        assert (one["depends"], one["notes"], one["status"]) == (
            other["depends"],
            other["notes"],
            other["status"],
        )
    assert [baseline.spans != {} for baseline in found.baselines.values()] == [True]
    assert found.calendars[found.info.calendar].holidays == sample.calendars[sample.info.calendar].holidays


def test_what_project_has_no_room_for_is_told(tmp_path: Path) -> None:
    plan = planned(P=("Mon", 2), A=("Mon", 2), B=("Tue", 2), under="P: A", links="B FF P")
    for number in range(len(IDS["Date"]) + 2):
        plan = add_field(plan, f"f{number}", title=f"Day {number}", kind="date")
        one = plan.items[plan.keys["A"]]
        plan = plan.put(replace(one, custom={**one.custom, f"f{number}": "2026-01-05"}, tags=("x" * 300,)))
    told = write_mspdi(tmp_path / "p.xml", plan, schedule(plan))
    assert [complaint.code for complaint in told] == ["mspdi.no_room", "mspdi.summary_link", "mspdi.cut"]
    assert "Day 10, Day 11" in told[0].message()
    assert str(LONGEST) in told[2].message()


def test_every_day_has_its_hours(tmp_path: Path) -> None:
    plan = planned(A=("Mon", 3), M=("Fri", 0), links="A FS+1 M")
    plan = plan.put(
        Calendar(id=plan.info.calendar, title="Own", holidays=(Days(date(2026, 1, 8), date(2026, 1, 8)),))
    )
    root = ElementTree.parse(project(tmp_path, plan)).getroot()
    task, milestone = root.findall("p:Tasks/p:Task", NAMESPACE)[1:]
    assert task.findtext("p:Start", "", NAMESPACE) == "2026-01-05T08:00:00"
    assert task.findtext("p:Finish", "", NAMESPACE) == "2026-01-07T17:00:00"
    assert task.findtext("p:Duration", "", NAMESPACE) == "PT24H0M0S"
    assert milestone.findtext("p:Finish", "", NAMESPACE) == "2026-01-09T17:00:00"
    assert milestone.findtext("p:PredecessorLink/p:LinkLag", "", NAMESPACE) == "4800"
    assert root.find("p:Calendars/p:Calendar/p:Exceptions/p:Exception", NAMESPACE) is not None


@needs_data
def test_elements_stand_in_the_order_of_files_that_project_wrote(tmp_path: Path, sample: Plan) -> None:
    """Project takes no other order."""
    real = [
        ElementTree.parse(DATA / "planning" / name).getroot()
        for name in (
            "mspdi/task-links-project2007-mspdi.xml",
            "mspdi/mspdinulltasks.xml",
            "mspdi/baselines.xml",
        )
    ]
    ours = ElementTree.parse(project(tmp_path, sample)).getroot()
    for path in (
        ".",
        "p:Tasks/p:Task",
        "p:Resources/p:Resource",
        "p:Assignments/p:Assignment",
        "p:Calendars/p:Calendar",
    ):
        before = {pair for root in real for node in root.findall(path, NAMESPACE) for pair in orders(node)}
        for node in ours.findall(path, NAMESPACE):
            wrong = [pair for pair in pairwise(names(node)) if pair[::-1] in before and pair not in before]
            assert not wrong, (path, wrong)


def names(node: ElementTree.Element) -> list[str]:
    return list(dict.fromkeys(child.tag for child in node))


def orders(node: ElementTree.Element) -> list[tuple[str, str]]:
    found = names(node)
    return [(one, other) for place, one in enumerate(found) for other in found[place + 1 :]]


def read_by_mpxj(path: Path) -> Any:
    """The project as the library mpxj reads it; skips the test where it, or Java, is missing."""
    if shutil.which("java") is None:
        pytest.skip("there is no Java for mpxj")
    pytest.importorskip("mpxj", reason="mpxj is not installed")
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM()
    from org.mpxj.reader import UniversalProjectReader  # type: ignore[import-not-found]

    return UniversalProjectReader().read(str(path))


def tasks_of(read: Any) -> list[Any]:
    """Its tasks but for the one that stands for the project."""
    return [task for task in read.getTasks() if task.getID().intValue()]


def mpxj_span(task: Any) -> str:
    if task.getStart() is None:
        return ""
    return f"{str(task.getStart())[:10]}..{str(task.getFinish())[:10]}"


def test_an_independent_reader_finds_the_same(tmp_path: Path, sample: Plan) -> None:
    read = read_by_mpxj(project(tmp_path, sample))
    assert {str(task.getText(1)): mpxj_span(task) for task in tasks_of(read)} == spans(sample)
    levels = {str(task.getText(1)): int(str(task.getOutlineLevel())) - 1 for task in tasks_of(read)}
    assert levels == {sample.items[id].key: depth for id, depth in sample.outline.depth.items()}
    links = {
        (
            str(relation.getPredecessorTask().getText(1)),
            str(task.getText(1)),
            str(relation.getType()),
            round(float(relation.getLag().getDuration())),
        )
        for task in tasks_of(read)
        for relation in task.getPredecessors()
    }
    keys = {id: item.key for id, item in sample.items.items()}
    assert links == {
        (keys[link.source], keys[link.target], link.type, link.lag) for link in sample.links.values()
    }
    owners = {
        str(task.getText(1)): [str(one.getResource().getName()) for one in task.getResourceAssignments()]
        for task in tasks_of(read)
    }
    assert owners == {
        item.key: [sample.people[item.owner].name] if item.owner else [] for item in sample.items.values()
    }


def test_an_independent_reader_finds_pins_deadlines_and_days_off(tmp_path: Path) -> None:
    #      Mo Tu We Th Fr | Mo Tu We Th Fr
    # A    ====off ==                          the plan's calendar has Wednesday off
    # B       ===                              pinned
    # C                    ======              FS + 1 day of A; deadline, of a team that works on Saturdays
    # M                            <>          SS + 2 days of C
    plan = planned(
        "A FS+1 C; C SS+2 M",
        A=("Mon", 3),
        B=("Tue", 2, {"pinned": True}),
        C=(None, 6, {"deadline": date(2026, 1, 30), "team": "Web"}),
        M=(None, 0),
    )
    plan = plan.put(
        Calendar(
            id=plan.info.calendar,
            title="Own",
            weekdays=(0, 1, 2, 3, 4),
            holidays=(Days(date(2026, 1, 7), date(2026, 1, 7), "Day off"),),
        ),
        Calendar(id=CalendarId("six"), title="Six days", weekdays=(0, 1, 2, 3, 4, 5)),
        Team(id=TeamId("Web"), title="Web", calendar=CalendarId("six")),
    )
    read = read_by_mpxj(project(tmp_path, plan))
    tasks = {str(task.getText(1)): task for task in tasks_of(read)}
    assert {key: mpxj_span(task) for key, task in tasks.items()} == spans(plan)
    modes = {key: str(task.getTaskMode()) for key, task in tasks.items()}
    assert modes == {key: "MANUALLY_SCHEDULED" if key == "B" else "AUTO_SCHEDULED" for key in tasks}
    assert str(tasks["C"].getDeadline())[:10] == "2026-01-30"
    assert tasks["M"].getMilestone()
    calendars = {str(one.getName()): one for one in read.getCalendars()}
    assert str(tasks["C"].getCalendar().getName()) == "Six days"
    from java.time import DayOfWeek, LocalDate  # type: ignore[import-not-found]

    assert not calendars["Own"].isWorkingDate(LocalDate.of(2026, 1, 7))
    assert calendars["Own"].isWorkingDate(LocalDate.of(2026, 1, 8))
    assert calendars["Six days"].isWorkingDay(DayOfWeek.SATURDAY)
    assert not calendars["Own"].isWorkingDay(DayOfWeek.SATURDAY)


# All of them


@pytest.mark.parametrize("suffix", PLAIN)
def test_the_command_writes_it(
    tmp_path: Path, sample: Plan, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    save_roadmap(tmp_path / "plan.roadmap", sample)
    output = tmp_path / f"out{suffix}"
    assert cli.run(["export", str(tmp_path / "plan.roadmap"), "-o", str(output), "--delimiter", ";"]) in (
        0,
        3,
    )
    assert output.stat().st_size > 2_000
    assert "out" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", PLAIN)
def test_a_failed_write_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    plan = new_plan("Plan")
    with pytest.raises(Refused):
        write_plain(tmp_path / "nowhere" / "out", suffix, plan, schedule(plan))


@given(text=st.text(max_size=40))
def test_any_text_can_be_written_and_read_back(tmp_path: Path, text: str) -> None:
    plan = planned(A=("Mon", 2, {"title": text, "notes": text}))
    assert markdown(plan, schedule(plan)).isprintable() or "\n" in markdown(plan, schedule(plan))
    ElementTree.parse(project(tmp_path, plan))
