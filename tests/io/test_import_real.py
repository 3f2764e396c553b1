"""Real planning spreadsheets: what somebody who opens them in Excel would expect to find on the timeline."""

from __future__ import annotations

from datetime import date

import pytest
from roadwright.io.complaint import Imported
from roadwright.io.importing import import_file, sheet_names
from roadwright.model.plan import Plan
from roadwright.model.refused import Refused
from tables import DATA, codes, item, level, links, needs_data, owner, parent, said, spans, team

pytestmark = needs_data
PACKT = DATA / "planning" / "Packt-TPM-Handbook"


@pytest.fixture(scope="module")
def project() -> Imported:
    return import_file(PACKT / "Project Plan.xlsx")


def titles(plan: Plan) -> list[str]:
    return [plan.items[id].title for id in plan.outline.order]


def tree(plan: Plan) -> list[str]:
    return ["  " * plan.outline.depth[id] + plan.items[id].key for id in plan.outline.order]


class TestProjectPlan:
    """39 tasks over three levels of leading blanks, starts by formulas, durations in weeks, `2fs`."""

    def test_how_much(self, project: Imported) -> None:
        assert project.counts == {
            "rows": 39,
            "items": 39,
            "milestones": 0,
            "links": 13,
            "teams": 0,
            "people": 5,
        }
        assert project.plan.info.title == "Project Plan"

    def test_rows(self, project: Imported) -> None:
        plan = project.plan
        assert titles(plan)[:4] == [
            "Create P2P Network",
            "Design Network",
            "Implement",
            "Create networkId to tie a message to a given network instance",
        ]
        design = item(plan, "Design Network")
        assert (design.key, design.kind, design.start) == ("2", "bar", date(2023, 1, 2))
        assert owner(plan, "33") == "Eliza"
        assert {person.name for person in plan.people.values()} == {
            "Arun",
            "Bex",
            "Charley",
            "Danielle",
            "Eliza",
        }

    def test_days_are_those_of_the_sheet(self, project: Imported) -> None:
        shown = spans(project.plan)
        assert shown["2"] == "2023-01-02..2023-02-13"
        assert shown["3"] == "2023-02-14..2023-03-28"  # start =J3+1, finish typed
        assert shown["8"] == "2023-03-28..2023-04-25"
        assert shown["20"] == "2023-05-18..2023-06-22"
        assert shown["28"] == "2023-03-20..2023-03-24"  # Saturday 18 to Saturday 25
        assert shown["39"] == "2023-03-27..2023-03-31"

    def test_parents_roll_up(self, project: Imported) -> None:
        plan = project.plan
        assert tree(plan)[4:10] == ["5", "  6", "    7", "    8", "  9", "  10"]
        assert spans(plan)["5"] == "2023-02-20..2023-05-17"
        assert item(plan, "5").start is None
        assert (level(plan, "5"), level(plan, "6"), level(plan, "7")) == ("Initiative", "Feature", "Task")
        assert (parent(plan, "34"), level(plan, "34")) == ("", "Feature")

    def test_predecessors(self, project: Imported) -> None:
        assert links(project.plan) == {
            "2 FS 3",
            "2 FS 4",
            "2 FS 7",
            "7 FS 8",
            "7 FS 9",
            "7 FS 10",
            "12 FS 13",
            "12 FS 14",
            "12 FS 15",
            "17 FS 18",
            "17 FS 19",
            "17 FS 20",
            "32 FS 33",
        }

    def test_what_it_says(self, project: Imported) -> None:
        assert codes(project) == ["import.moved"]
        assert "33" in said(project, "import.moved")[0].message()
        assert spans(project.plan)["33"] == "2023-04-18..2023-04-25"  # the sheet lets it begin before 32 ends
        assert "weeks" in said(project, "import.duration_unit")[0].message()
        assert "ReqId (text), Swarm # (number)" in said(project, "import.own_fields")[0].message()

    def test_the_second_owner_is_in_the_notes(self, project: Imported) -> None:
        assert owner(project.plan, "8") == "Charley"
        assert item(project.plan, "8").notes == "Resourcing: Charley,Bex"


def test_the_best_of_twenty_sheets_is_chosen_and_named() -> None:
    imported = import_file(PACKT / "Tables.xlsx")
    assert imported.counts["items"] == 33
    assert "Project Plan" in said(imported, "import.sheet_chosen")[0].message()
    assert spans(imported.plan)["3"] == "2023-02-13..2023-03-24"
    assert "Mercury Windows" in sheet_names(PACKT / "Tables.xlsx")


def test_a_sheet_of_that_name_is_not_there() -> None:
    with pytest.raises(Refused) as refused:
        import_file(PACKT / "Tables.xlsx", sheet="Mercury Linux")
    assert refused.value.code == "import.no_sheet"
    assert "Mercury Simple" in refused.value.values["sheets"]  # type: ignore[operator]


def test_mercury_windows() -> None:
    """The column of titles is headed Epic; efforts are `2 wks`, predecessors numbers and `1 - 15`."""
    imported = import_file(PACKT / "Tables.xlsx", sheet="Mercury Windows")
    plan = imported.plan
    assert imported.counts["items"] == 16
    assert tree(plan)[:6] == ["1", "  2", "  3", "4", "  5", "  6"]
    assert (item(plan, "4").title, item(plan, "5").title) == ("Windows UI - Home screen", "Design")
    assert (item(plan, "5").duration, item(plan, "3").duration, item(plan, "16").duration) == (10, 30, 20)
    assert item(plan, "1").effort == 40
    found = links(plan)
    assert len(found) == 28
    assert {"2 FS 3", "2 FS 4", "5 FS 6", "14 FS 15"} <= found
    assert {f"{n} FS 16" for n in range(1, 16)} <= found
    assert codes(imported) == []
    assert "import.no_dates" in codes(imported, "note")
    assert set(spans(plan).values()) == {""}


def test_mercury_simple() -> None:
    """Groups in a column headed over two lines, and spelt in two ways; several predecessors in a cell."""
    imported = import_file(PACKT / "Tables.xlsx", sheet="mercury simple")
    plan = imported.plan
    assert imported.counts["items"] == 25
    assert [one.title for one in plan.teams.values()] == [
        "Windows",
        "macOS",
        "Linux",
        "Android",
        "iOS",
        "Mercury",
    ]
    assert (team(plan, "3"), team(plan, "25")) == ("Windows", "Mercury")
    assert item(plan, "16").title == "Windows to macOS Integration Testing"
    assert len(plan.links) == 30
    assert {"1 FS 2", "2 FS 3", "3 FS 16", "6 FS 16", "12 FS 25", "15 FS 25"} <= links(plan)
    assert item(plan, "2").effort == 16
    # its dates are coloured cells below the names of months, of a year that nothing says
    months = [(one.start.month, one.precision) for key in "123" if (one := item(plan, key)).start is not None]
    assert months == [(1, "month"), (3, "month"), (7, "month")]
    assert spans(plan)["2"][5:].partition("..")[2][5:] == "06-30"


def test_dependency_roadmap_viewer() -> None:
    """Dependencies over five columns; no dates at all."""
    imported = import_file(DATA / "planning" / "Dependency-Roadmap-Viewer" / "Roadmap.xlsx")
    plan = imported.plan
    assert (imported.counts["items"], imported.counts["links"]) == (30, 41)
    assert titles(plan)[0] == "Inventory application interfaces"
    assert titles(plan)[-1] == "Publish benefits realization report"
    assert [link for link in sorted(links(plan)) if link.endswith("DEP-021")] == [
        "DEP-016 FS DEP-021",
        "DEP-019 FS DEP-021",
        "DEP-020 FS DEP-021",
    ]
    assert item(plan, "DEP-002").notes.startswith("Identify reports, dashboards")
    assert (plan.info.prefix, plan.info.next_number) == ("DEP", 31)
    kept = said(imported, "import.own_fields")[0].message()
    assert "Cost to Achieve (number), Cost Savings (number)" in kept
    assert codes(imported) == []


def test_group_names_only_where_a_block_begins() -> None:
    plan = import_file(PACKT / "TPM RACI.xlsx").plan
    assert [team(plan, name) for name in ("Sprint planning", "MBR", "Risk monitoring")] == [
        "Planning",
        "Stakeholder Management",
        "Risk Management",
    ]


def test_an_old_workbook_in_portuguese() -> None:
    imported = import_file(DATA / "planning/ganttproject/ganttproject-tester/resources/issue2519.xls")
    assert imported.counts["items"] == 8
    assert spans(imported.plan)["9"] == "2024-08-05..2024-08-06"
    assert item(imported.plan, "11").duration == 6


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Stakeholders.xlsx", "import.no_rows"),
        ("Risk Log.xlsx", "import.no_header"),
        ("Communication Plan.xlsx", "import.no_header"),
        ("Buffer Scorecard.xlsx", "import.no_header"),
        ("Risk Scorecard.xlsx", "import.no_header"),
    ],
)
def test_workbooks_that_are_no_plans(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        import_file(PACKT / name)
    assert refused.value.code == code
    assert refused.value.values["file"] == name
