"""The plain exchange form: our own field titles as headings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from roadwright.model.refused import Refused
from tables import codes, item, level, links, owner, parent, read_csv, read_rows, said, spans, status, team


def test_every_field_is_read(tmp_path: Path) -> None:
    head = "Key,Title,Kind,Level,Parent,Team,Owner,Start,Finish,Duration,Pinned,Deadline,Status,"
    basket = "RW-2,New basket,Feature,Feature,RW-1,Web,Ada Lovelace,2026-01-05,,4,,2026-02-01,In progress,"
    imported = read_csv(
        tmp_path,
        f"""
        {head}Progress,Effort,Depends on,Tags,Precision,Horizon,Notes
        RW-1,Checkout 3.0,Initiative,,,,,,,,,,,,,,,,,
        {basket}40,6.5,,"shop, web",Week,Now,"Two
        lines"
        RW-3,Pay by link,Feature,Feature,RW-1,Web,Bob,,,3,,,Planned,,,RW-2 FS+2d,,,,
        RW-4,Go live,Milestone,,,Ops,,2026-01-20,,0,yes,,Done,100,,RW-3; RW-2 SS,,,,
        """,
    )
    plan = imported.plan
    assert codes(imported) == []
    assert codes(imported, "note") == []
    assert imported.counts["items"] == imported.counts["rows"] == 4
    assert plan.info.title == "plan"
    assert [one.key for one in map(plan.items.__getitem__, plan.outline.order)] == [
        "RW-1",
        "RW-2",
        "RW-3",
        "RW-4",
    ]
    assert level(plan, "RW-1") == "Initiative"
    new = item(plan, "RW-2")
    assert (new.title, new.kind, new.start, new.duration) == (
        "New basket",
        "bar",
        date(2026, 1, 5),
        4,
    )
    assert (new.deadline, new.progress, new.effort) == (date(2026, 2, 1), 40, 6.5)
    assert (new.tags, new.precision, new.horizon) == (("shop", "web"), "week", "now")
    assert new.notes == "Two\nlines"
    assert (team(plan, "RW-2"), owner(plan, "RW-2"), status(plan, "RW-2")) == (
        "Web",
        "Ada Lovelace",
        "In progress",
    )
    assert (parent(plan, "RW-2"), level(plan, "RW-2")) == ("RW-1", "Feature")
    live = item(plan, "RW-4")
    assert (live.kind, live.duration, live.pinned, status(plan, "RW-4")) == ("milestone", 0, True, "Done")
    assert links(plan) == {"RW-2 FS+2 RW-3", "RW-3 FS RW-4", "RW-2 SS RW-4"}
    # RW-2 Mon 5 to Thu 8; two working days of lag: Fri, Mon; RW-3 Tue to Thu
    assert spans(plan)["RW-3"] == "2026-01-13..2026-01-15"
    assert plan.calendars[plan.info.calendar].weekdays == (0, 1, 2, 3, 4)
    assert plan.calendars[plan.info.calendar].holidays == ()


def test_headings_in_any_order_and_case(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "DURATION;title;start\n3;Something;2026-03-02").plan
    assert (item(plan, "Something").start, item(plan, "Something").duration) == (date(2026, 3, 2), 3)


@pytest.mark.parametrize(
    ("start", "finish", "duration", "shown"),
    [
        ("2026-01-05", "", "4", "2026-01-05..2026-01-08"),
        ("2026-01-05", "2026-01-13", "", "2026-01-05..2026-01-13"),
        ("2026-01-03", "2026-01-06", "", "2026-01-05..2026-01-06"),  # begins on a Saturday
        ("", "2026-01-13", "3", "2026-01-09..2026-01-13"),  # counted back over the weekend
        ("", "2026-01-11", "2", "2026-01-08..2026-01-09"),  # to a Sunday
        ("2026-01-05", "", "", "2026-01-05..2026-01-09"),  # nothing said: a week
        ("2026-01-05", "2026-01-06", "4", "2026-01-05..2026-01-08"),  # the duration wins
        ("2026-01-10", "2026-01-11", "", "2026-01-12..2026-01-12"),  # a weekend alone: at least one day
        ("", "", "4", ""),
    ],
)
def test_when(tmp_path: Path, start: str, finish: str, duration: str, shown: str) -> None:
    text = f"Title,Start,Finish,Duration\nA,{start},{finish},{duration}\nOther,2026-05-05,,1"
    plan = read_csv(tmp_path, text).plan
    assert spans(plan)[item(plan, "A").key] == shown


def test_a_contradiction_is_said_and_the_duration_wins(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Start,Finish,Duration\nA,A,2026-01-05,2026-01-06,4")
    (complaint,) = said(imported, "import.contradiction")
    assert complaint.line == 2
    assert "2026-01-08" in complaint.message()
    assert "duration" in complaint.remedy()


def test_a_finish_that_links_make_is_no_contradiction(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        Key,Title,Start,Finish,Duration,Depends on,Parent
        A,First,2026-01-05,2026-01-07,3,,
        B,Second,2026-01-05,2026-01-09,2,A,
        P,Parent,,2026-01-13,,B,
        C,Child of a linked one,2026-01-01,2026-01-13,2,,P
        """,
    )
    assert codes(imported) == []
    assert spans(imported.plan)["B"] == "2026-01-08..2026-01-09"
    assert spans(imported.plan)["C"] == "2026-01-12..2026-01-13"


def test_a_start_left_empty_is_driven_by_links(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path, "Key,Title,Start,Finish,Duration,Depends on\nA,A,2026-01-05,,3,\nB,B,,2026-01-09,2,A"
    )
    assert item(imported.plan, "B").start is None
    assert spans(imported.plan)["B"] == "2026-01-08..2026-01-09"


def test_a_row_with_nothing_but_a_title_is_in_the_backlog(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Title,Start,Duration\nA,2026-01-05,2\nSome day,,").plan
    assert spans(plan)[item(plan, "Some day").key] == ""


@pytest.mark.parametrize(
    ("kind", "milestone", "of_level"),
    [
        ("Feature", False, "Feature"),
        ("Milestone", True, ""),
        ("milestone", True, ""),
        ("Theme", False, "Theme"),
        ("Task", False, "Task"),
        ("Epic", False, "Epic"),
        ("Bar", False, ""),
        ("", False, ""),
    ],
)
def test_kinds_and_level_names(tmp_path: Path, kind: str, milestone: bool, of_level: str) -> None:
    plan = read_csv(tmp_path, f"Title,Kind,Start\nA,{kind},2026-01-05").plan
    assert (item(plan, "A").kind == "milestone", level(plan, "A")) == (milestone, of_level)


def test_a_level_of_its_own_beats_the_kind(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Title,Kind,Level\nA,Feature,Theme\nB,Feature,\nC,Initiative,").plan
    assert [level(plan, name) for name in "ABC"] == ["Theme", "", "Initiative"]


def test_duration_zero_makes_a_milestone(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Title,Start,Duration\nDone!,2026-01-10,0").plan
    assert item(plan, "Done!").kind == "milestone"
    assert list(spans(plan).values()) == ["2026-01-10..2026-01-10"]


def test_a_milestone_with_only_a_finish(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Title,Kind,Start,Finish\nGate,Milestone,,2026-01-16").plan
    assert item(plan, "Gate").start == date(2026, 1, 16)


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("Planned", "todo"),
        ("In progress", "doing"),
        ("in PROGRESS", "doing"),
        ("Done", "done"),
        ("Closed", "done"),
        ("Shipped", "done"),
        ("Complete", "done"),
        ("Work started", "doing"),
        ("Active", "doing"),
        ("Not started", "todo"),
        ("On hold", "todo"),
        ("Erledigt", "done"),
        ("En cours", "doing"),
        ("進行中", "doing"),
    ],
)
def test_status_words(tmp_path: Path, word: str, category: str) -> None:
    plan = read_csv(tmp_path, f"Title,Status,Start\nA,{word},2026-01-05").plan
    assert plan.category_of(item(plan, "A")) == category


def test_known_statuses_are_used_and_new_ones_kept_in_order(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Title,Status\nA,planned\nB,On hold\nC,DONE\nD,on hold")
    titles = [status.title for status in sorted(imported.plan.statuses.values(), key=lambda one: one.rank)]
    assert titles == ["Planned", "In progress", "Done", "On hold"]
    assert "On hold (to do)" in said(imported, "import.statuses_made")[0].message()


@pytest.mark.parametrize(
    ("text", "pinned"), [("yes", True), ("Yes", True), ("x", True), ("no", False), ("", False), ("ja", True)]
)
def test_pinned(tmp_path: Path, text: str, pinned: bool) -> None:
    plan = read_csv(tmp_path, f"Title,Start,Pinned\nA,2026-01-05,{text}").plan
    assert item(plan, "A").pinned is pinned


def test_keys_are_kept_made_and_never_used_twice(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title\nRW-7,A\n,B\nRW-7,C\nX,D\nRW-9,E")
    keys = {one.title: one.key for one in imported.plan.items.values()}
    assert keys["A"] == "RW-7"
    assert keys["D"] == "X"
    assert keys["E"] == "RW-9"
    assert {keys["B"], keys["C"]} == {"RW-10", "RW-11"}
    (complaint,) = said(imported, "import.duplicate_key")
    assert complaint.line == 4
    assert keys["C"] in complaint.remedy()
    assert imported.plan.info.next_number == 12


def test_links_go_to_the_first_of_two_equal_keys(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Key,Title,Depends on\nK,A,\nK,B,\nL,C,K")
    assert links(imported.plan) == {"K FS L"}


def test_keys_of_another_prefix_go_on_with_it(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Key,Title\nDEP-001,A\nDEP-002,B\nDEP-030,C\n,D").plan
    assert (plan.info.prefix, plan.info.next_number) == ("DEP", 32)
    assert item(plan, "D").key == "DEP-31"


def test_parent_by_key_or_title(tmp_path: Path) -> None:
    plan = read_csv(tmp_path, "Key,Title,Parent\nC,Child,P\nP,Papa,\nD,Other child,papa").plan
    assert (parent(plan, "C"), parent(plan, "D"), parent(plan, "P")) == ("P", "P", "")


def test_people_and_teams_are_made_once(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        'Title,Team,Owner\nA,Web,"Lovelace, Ada"\nB,web,"lovelace, ada"\nC,Ops,Bob <bob@example.org>',
    )
    plan = imported.plan
    assert [one.title for one in plan.teams.values()] == ["Web", "Ops"]
    assert [(one.name, one.email) for one in plan.people.values()] == [
        ("Lovelace, Ada", ""),
        ("Bob", "bob@example.org"),
    ]


def test_dependencies_with_every_type_and_lag(tmp_path: Path) -> None:
    imported = read_csv(
        tmp_path,
        """
        Key,Title,Depends on
        RW-12,A,
        RW-7,B,
        RW-3,C,
        RW-4,D,"RW-12 FS+5d; RW-7 SS-2d; RW-3 FF; RW-12 SF+1w"
        """,
    )
    assert links(imported.plan) == {"RW-12 FS+5 RW-4", "RW-7 SS-2 RW-4", "RW-3 FF RW-4", "RW-12 SF+5 RW-4"}


def test_the_same_form_in_a_workbook(tmp_path: Path) -> None:
    imported = read_rows(
        tmp_path,
        ["Key", "Title", "Start", "Duration", "Depends on", "Pinned", "Progress"],
        ["RW-1", "A", date(2026, 1, 5), 3, None, True, 50],
        ["RW-2", "B", None, 2, "RW-1 FS+1d", None, None],
    )
    assert codes(imported) == []
    assert spans(imported.plan) == {"RW-1": "2026-01-05..2026-01-07", "RW-2": "2026-01-09..2026-01-12"}
    assert (item(imported.plan, "A").pinned, item(imported.plan, "A").progress) == (True, 50)


def test_a_mapping_says_what_a_heading_means(tmp_path: Path) -> None:
    text = "Thing,When,Who cares\nA,2026-01-05,Bob"
    plan = read_csv(tmp_path, text, mapping={"Thing": "title", "when": "Start", "Who cares": "owner"}).plan
    assert item(plan, "A").start == date(2026, 1, 5)
    assert owner(plan, "A") == "Bob"


def test_a_mapping_can_leave_a_column_out(tmp_path: Path) -> None:
    imported = read_csv(tmp_path, "Title,Owner\nA,Bob", mapping={"Owner": ""})
    assert imported.plan.people == {}
    assert "Owner" in said(imported, "import.unmapped")[0].message()


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"Nonsense": "title"}, "import.no_column"), ({"Title": "nonsense"}, "import.no_field")],
)
def test_a_mapping_that_can_not_be(tmp_path: Path, mapping: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_csv(tmp_path, "Title,Owner\nA,Bob", mapping=mapping)
    assert refused.value.code == code


def test_progress_can_cancel(tmp_path: Path) -> None:
    class Stop(BaseException):
        pass

    def cancel(done: int, total: int) -> None:
        assert 0 <= done <= total
        raise Stop

    with pytest.raises(Stop):
        read_csv(tmp_path, "Title\nA\nB", progress=cancel)
