"""A newer version of a file that the plan was imported from is merged: what they changed, and no more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from exchange import comparable
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from planner_files import gan
from roadwright import cli
from roadwright.io.importing import import_file
from roadwright.io.returned import Returned, merged, read_returned
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.io.sources import joined, remembered
from roadwright.model.edits.fields import add_field
from roadwright.model.edits.items import add_item
from roadwright.model.edits.people import add_person, add_team
from roadwright.model.fields import fields_of, text_of
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import Choice, FieldId, ItemId, PersonId, TeamId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from tables import DATA, csv_file, item, needs_data, workbook

HISTORY = sorted((DATA / "planning" / "CDCgov-artemis").glob("*.gan"))


def imported(path: Path) -> Plan:
    found = import_file(path)
    return remembered(found.plan, path, found.how.choices)


def taken_in(plan: Plan, path: Path) -> Plan:
    found = import_file(path)
    return joined(plan, found.plan, path, found.how.choices)


def updated(mine: Plan, path: Path, delete: bool = True) -> tuple[Plan, Returned]:
    """The plan once the file is merged without a question, and what was read."""
    returned = read_returned(path, mine, ())
    return merged(returned, mine, delete=delete).plan, returned


def text(plan: Plan, title: str, field: str) -> str:
    """What an item has in a field."""
    [found] = [one for one in fields_of(plan).values() if one.title == field]
    return text_of(found, plan, found.read(plan, schedule(plan), item(plan, title)))


@needs_data
def test_ten_versions_over_each_other_are_the_last_one() -> None:
    """The history of a real project, from 13 tasks to 39; no version takes one away."""
    mine = imported(HISTORY[0])
    for path in HISTORY[1:]:
        before = mine
        mine, returned = updated(mine, path)
        later = import_file(path).plan
        assert comparable(mine) == comparable(later), path.name
        assert returned.deleted == ()
        assert not returned.complaints or all(one.level == "note" for one in returned.complaints)
        assert set(before.items) <= set(mine.items)
        assert updated(mine, path)[0] == mine  # and the same file once more changes nothing


@needs_data
@given(
    one=st.integers(0, len(HISTORY) - 1 if HISTORY else 0),
    other=st.integers(0, len(HISTORY) - 1 if HISTORY else 0),
)
def test_any_version_over_any_other_is_that_version(one: int, other: int) -> None:
    """Backwards, too, where tasks are gone: they are taken away if somebody wishes."""
    mine, returned = updated(imported(HISTORY[one]), HISTORY[other])
    later = import_file(HISTORY[other]).plan
    assert comparable(mine) == comparable(later)
    assert len(returned.deleted) == max(0, len(import_file(HISTORY[one]).plan.items) - len(later.items))


TASKS = """<task id="1" name="A" start="2026-01-05" duration="2"/>
<task id="2" name="B" start="2026-01-07" duration="2"/>
<task id="3" name="C" start="2026-01-09" duration="2"/>"""


def test_my_edits_survive_and_what_both_changed_is_asked(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    mine = mine.put(
        replace(item(mine, "A"), notes="mine", title="My A"), replace(item(mine, "B"), title="My B")
    )
    newer = TASKS.replace('name="B"', 'name="Their B"').replace('start="2026-01-05"', 'start="2026-01-06"')
    path = gan(tmp_path, newer)
    returned = read_returned(path, mine, ())
    merge = merged(returned, mine)
    assert [(one.field, one.mine, one.theirs) for one in merge.conflicts] == [("title", "My B", "Their B")]
    one = item(merge.plan, "My A")
    assert (one.notes, str(one.start), item(merge.plan, "My B").duration) == ("mine", "2026-01-06", 2)
    assert item(merged(returned, mine, theirs=True).plan, "Their B")


def test_what_is_gone_stays_unless_somebody_wishes_otherwise(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    path = gan(tmp_path, TASKS.partition('<task id="3"')[0])
    kept, returned = updated(mine, path, delete=False)
    assert [mine.items[id].title for id in returned.deleted] == ["C"]
    assert len(kept.items) == 3
    assert len(updated(mine, path)[0].items) == 2
    again = read_returned(path, kept, ())
    assert again.deleted == ()  # it was answered


class TestTables:
    """Rows have no ids: they are known by a key column, else by their titles, else by their neighbours."""

    def table(self, folder: Path, *rows: str, head: str = "Task;Start;Owner") -> Path:
        return csv_file(folder / "plan.csv", "\n".join([head, *rows]))

    ROWS = ("Design;2026-01-05;Ann", "Build;2026-01-12;Bob", "Test;2026-01-19;Ann", "Ship;2026-01-26;Bob")

    def test_rows_are_inserted_moved_and_edited(self, tmp_path: Path) -> None:
        mine = imported(self.table(tmp_path, *self.ROWS))
        mine = mine.put(replace(item(mine, "Ship"), notes="mine"))
        before = {one.title: (one.id, one.key) for one in mine.items.values()}
        path = self.table(
            tmp_path,
            "Plan;2026-01-02;Cleo",
            self.ROWS[1],
            "Design;2026-01-06;Ann",
            self.ROWS[2],
            self.ROWS[3],
        )
        later, returned = updated(mine, path)
        assert [later.items[id].title for id in later.outline.order] == [
            "Plan",
            "Build",
            "Design",
            "Test",
            "Ship",
        ]
        assert {one.title: (one.id, one.key) for one in later.items.values() if one.title != "Plan"} == before
        assert (str(item(later, "Design").start), item(later, "Ship").notes) == ("2026-01-06", "mine")
        assert (returned.matched, returned.deleted) == ({"title": 4}, ())
        assert len({one.key for one in later.items.values()}) == 5

    def test_a_row_between_the_same_two_with_nearly_the_same_title(self, tmp_path: Path) -> None:
        mine = imported(self.table(tmp_path, *self.ROWS))
        later, returned = updated(
            mine, self.table(tmp_path, self.ROWS[0], "Build it;2026-01-12;Bob", *self.ROWS[2:])
        )
        assert item(later, "Build it").id == item(mine, "Build").id
        assert returned.matched == {"title": 3, "fuzzy": 1}

    def test_a_key_column_outlives_every_title(self, tmp_path: Path) -> None:
        head = "No;Task;Start"
        rows = [f"X-{n * 7};{title};2026-01-05" for n, title in enumerate("ABCDEF", 1)]
        mine = imported(self.table(tmp_path, *rows, head=head))
        newer = [rows[3], rows[0].replace(";A;", ";B;"), rows[1].replace(";B;", ";New;"), *rows[4:], rows[2]]
        later, _ = updated(mine, self.table(tmp_path, *newer, head=head))
        assert [one.key for one in (later.items[id] for id in later.outline.order)] == [
            *("X-28", "X-7", "X-14", "X-35", "X-42", "X-21")
        ]
        assert item(later, "X-7").title == "B"
        assert item(later, "X-7").id == item(mine, "X-7").id

    def test_names_of_people_teams_and_choices_are_the_same_ones(self, tmp_path: Path) -> None:
        head = "Task;Team;Status;Risk"
        rows = [f"T{n};Web;Review;{'high' if n % 2 else 'low'}" for n in range(6)]
        mine = imported(self.table(tmp_path, *rows, head=head))
        later, _ = updated(mine, self.table(tmp_path, *rows, "T9;Web;Review;low", head=head))
        for table in ("teams", "people", "statuses", "fields"):
            assert set(later.table(table)) == set(mine.table(table)), table
        assert comparable(later)[-1]["own"] == {"Risk": "low"}

    def test_the_same_file_changes_nothing(self, tmp_path: Path) -> None:
        path = self.table(tmp_path, *self.ROWS)
        mine = imported(path)
        assert updated(mine, path)[0] == mine


def test_another_file_is_refused(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    other = gan(tmp_path, '<task id="70" name="Else" start="2026-01-05" duration="2"/>', name="other.gan")
    with pytest.raises(Refused) as refused:
        read_returned(other, mine, ())
    assert refused.value.code == "merging.other_file"
    with pytest.raises(Refused) as refused:
        read_returned(other, import_file(other).plan, ())
    assert refused.value.code == "merging.no_reply"


def test_what_was_read_goes_along_with_the_plan(tmp_path: Path) -> None:
    mine = imported(gan(tmp_path, TASKS))
    save_roadmap(tmp_path / "plan.roadmap", mine)
    opened = open_roadmap(tmp_path / "plan.roadmap")
    assert (opened.plan, opened.complaints) == (mine, ())
    (source,) = mine.sources.values()
    spoilt = mine.put(replace(source, base="not any more"))
    with pytest.raises(Refused) as refused:
        read_returned(gan(tmp_path, TASKS), spoilt, ())
    assert refused.value.code == "merging.base_lost"


def test_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(tmp_path / "plan.roadmap")
    assert cli.run(["import", str(gan(tmp_path, TASKS)), "-o", plan]) == 0
    newer = gan(
        tmp_path, TASKS.replace('name="B"', 'name="Better"').partition('<task id="3"')[0], name="v2.gan"
    )
    capsys.readouterr()
    assert cli.run(["merge", plan, str(newer), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["replies"]
    assert [(one["key"], one["field"], one["theirs"]) for one in told["changes"]] == [
        ("RW-2", "title", "Better")
    ]
    assert [one["applied"] for one in told["deleted"]] == [False]
    assert told["matched"]["uid"] == 2
    assert sorted(one.title for one in open_roadmap(plan).plan.items.values()) == ["A", "Better", "C"]


class TestIntoAPlan:
    """What was taken into a plan that was there before is kept up to date, and nothing else is touched."""

    HEAD = "No;Task;Start;Owner;Team;Risk"
    ROWS = (
        "X-7;Design;2026-01-05;Ann;Web;low",
        "X-14;Build;2026-01-12;Bob;Web;high",
        "X-21;Ship;2026-01-19;Ann;Shop;low",
        "X-22;Print;2026-01-19;Ann;Shop;low",
        "X-23;Fold;2026-01-19;Bob;Shop;high",
        "X-24;Post;2026-01-19;Ann;Shop;low",
    )

    def table(self, folder: Path, *rows: str, name: str = "plan.csv") -> Path:
        return csv_file(folder / name, "\n".join([self.HEAD, *rows]))

    def sheets(self, folder: Path, month: str) -> Path:
        days = {"A": date(2026, 1, 5), "B": date(2026, int(month), 5), "C": date(2026, 1, 5)}
        rows = [
            [["Task", "Start"], *([f"{name} {letter}", day] for letter, day in days.items())]
            for name in ("East", "West")
        ]
        return workbook(folder / "plan.xlsx", *rows, titles=("East", "West"))

    def mine(self) -> Plan:
        plan = add_team(new_plan("Mine"), TeamId("w"), "web")
        plan = add_person(plan, PersonId("ann"), "ANN")
        plan = add_field(
            plan, FieldId("risk"), "Risk", "choice", options=(Choice("n", "none"), Choice("l", "Low"))
        )
        plan = add_item(plan, ItemId("a"), title="Mine alone", team=TeamId("w"), owner=PersonId("ann"))
        return add_item(plan, ItemId("b"), title="Mine too")

    def test_the_same_file_changes_nothing(self, tmp_path: Path) -> None:
        path = self.table(tmp_path, *self.ROWS)
        both = taken_in(self.mine(), path)
        assert [both.items[id].title for id in both.outline.order] == [
            *("Mine alone", "Mine too", "Design", "Build", "Ship", "Print", "Fold", "Post")
        ]
        assert updated(both, path)[0] == both

    def test_what_changed_in_the_file_changes_and_no_more(self, tmp_path: Path) -> None:
        before = taken_in(self.mine(), self.table(tmp_path, *self.ROWS))
        before = before.put(replace(item(before, "Build"), notes="mine"))
        newer = self.table(
            tmp_path,
            self.ROWS[0].replace("2026-01-05;Ann", "2026-01-06;Bob"),
            self.ROWS[1].replace("high", "extreme"),
            *self.ROWS[3:],
            "X-28;Sell;2026-02-02;ann;WEB;low",
        )
        later, returned = updated(before, newer)
        design, sell = item(later, "Design"), item(later, "Sell")
        assert (str(design.start), later.people[design.owner].name) == ("2026-01-06", "Bob")
        assert (sell.key, sell.team, sell.owner) == ("X-28", "w", "ann")
        assert (item(later, "Build").notes, len(later.fields)) == ("mine", 1)
        assert [option.title for option in later.fields[FieldId("risk")].options] == [
            *("none", "Low", "high", "extreme")
        ]
        assert text(later, "Build", "Risk") == "extreme"
        assert [before.items[id].title for id in returned.deleted] == ["Ship"]
        assert len(later.items) == 8  # without the one that was deleted, with the new one
        for table in ("properties", "calendars", "levels", "statuses", "people"):
            there, here = later.table(table), before.table(table)
            assert {id: there[id] for id in here} | there == {**here, **there}, table
        assert later.info == replace(before.info, next_number=later.info.next_number)
        assert updated(later, newer)[0] == later

    def test_names_that_were_changed_here_stay(self, tmp_path: Path) -> None:
        """The team of the file goes by another name here now: it is still that team."""
        plan = taken_in(self.mine(), self.table(tmp_path, *self.ROWS))
        shop = item(plan, "Ship").team
        assert shop is not None
        plan = plan.put(replace(plan.teams[shop], title="Store"))
        newer = self.table(tmp_path, *self.ROWS, "X-28;Sell;2026-02-02;Ann;Shop;low")
        later, _ = updated(plan, newer)
        assert item(later, "Sell").team == shop
        assert later.teams == plan.teams

    def test_a_key_that_is_taken_here(self, tmp_path: Path) -> None:
        plan = self.mine()
        plan = plan.put(replace(plan.items[ItemId("b")], key="X-28"))
        plan = taken_in(plan, self.table(tmp_path, *self.ROWS))
        newer = self.table(tmp_path, *self.ROWS, "X-28;Sell;2026-02-02;Ann;Shop;low")
        later, _ = updated(plan, newer)
        assert item(later, "Mine too").key == "X-28"
        assert len(later.keys) == len(later.items)
        renamed = self.table(tmp_path, *self.ROWS, "X-28;Sell it;2026-02-02;Ann;Shop;low")
        again, _ = updated(later, renamed)
        assert item(again, "Sell it").id == item(later, "Sell").id  # the file's own key is known

    def test_a_planner_file(self, tmp_path: Path) -> None:
        path = gan(tmp_path, TASKS)
        plan = taken_in(self.mine(), path)
        assert updated(plan, path)[0] == plan
        newer = gan(
            tmp_path,
            TASKS.replace('name="B"', 'name="Better"')
            + '<task id="4" name="D" start="2026-01-12" duration="2"/>',
        )
        later, returned = updated(plan, newer)
        assert item(later, "Better").id == item(plan, "B").id
        assert returned.matched == {"uid": 3}
        assert sorted(one.title for one in later.items.values()) == [
            *("A", "Better", "C", "D", "Mine alone", "Mine too")
        ]
        assert (later.info.title, later.calendars) == (plan.info.title, plan.calendars)

    def test_by_the_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        plan = taken_in(self.mine(), self.table(tmp_path, *self.ROWS))
        save_roadmap(tmp_path / "plan.roadmap", plan)
        newer = self.table(tmp_path, self.ROWS[0].replace("Design", "Draw"), *self.ROWS[1:], name="v2.csv")
        assert cli.run(["merge", str(tmp_path / "plan.roadmap"), str(newer), "--json"]) == 0
        (told,) = json.loads(capsys.readouterr().out)["replies"]
        assert [(one["key"], one["theirs"], one["state"]) for one in told["changes"]] == [
            ("X-7", "Draw", "theirs")
        ]
        later = open_roadmap(tmp_path / "plan.roadmap").plan
        assert item(later, "Draw").id == item(plan, "Design").id
        assert [source.title for source in later.sources.values()] == ["v2.csv"]

    @needs_data
    def test_the_history_of_a_real_project(self) -> None:
        plan = taken_in(self.mine(), HISTORY[0])
        for path in HISTORY[1:]:
            plan, returned = updated(plan, path)
            later = import_file(path).plan
            assert returned.deleted == ()
            titles = [plan.items[id].title for id in plan.outline.order]
            assert titles[2:] == [later.items[id].title for id in later.outline.order]
            assert len(plan.links) == len(later.links)
            assert updated(plan, path)[0] == plan

    def test_two_sheets_of_one_file_are_read_anew_together(self, tmp_path: Path) -> None:
        path = self.sheets(tmp_path, "1")
        plan = self.mine()
        for sheet in ("East", "West"):
            found = import_file(path, sheet)
            plan = joined(plan, found.plan, path, found.how.choices)
        assert len(plan.sources) == 2
        later, returned = updated(plan, self.sheets(tmp_path, "2"))
        starts = {one.title: str(one.start) for one in later.items.values() if one.start}
        assert starts["East A"] == starts["West A"] == "2026-01-05"
        assert starts["East B"] == starts["West B"] == "2026-02-05"
        assert returned.deleted == ()

    def test_taken_into_what_came_of_a_file_itself(self, tmp_path: Path) -> None:
        """Each of the two files is brought up to date for itself."""
        plan = imported(gan(tmp_path, TASKS))
        rows = self.ROWS[:3]
        plan = taken_in(plan, self.table(tmp_path, *rows))
        newer = self.table(tmp_path, *rows[:2], rows[2].replace("Ship", "Ship it"))
        later, _ = updated(plan, newer)
        assert sorted(one.title for one in later.items.values()) == [
            *("A", "B", "Build", "C", "Design", "Ship it")
        ]
        later, _ = updated(later, gan(tmp_path, TASKS.replace('name="A"', 'name="First"')))
        assert sorted(one.title for one in later.items.values()) == [
            *("B", "Build", "C", "Design", "First", "Ship it")
        ]


def test_keys_that_count_the_rows_are_keys_as_long_as_they_stay(tmp_path: Path) -> None:
    """A title with nothing of the old one is known by its key; a row in between makes all of them others."""
    rows = [f"{n};{title};2026-01-05" for n, title in enumerate(("Plan", "Draw", "Build", "Sell"), 1)]
    head = "No;Task;Start"
    mine = imported(csv_file(tmp_path / "plan.csv", "\n".join([head, *rows])))
    renamed = [rows[0].replace("Plan", "Talk to everybody"), *rows[1:]]
    later, returned = updated(mine, csv_file(tmp_path / "plan.csv", "\n".join([head, *renamed])))
    assert item(later, "Talk to everybody").id == item(mine, "Plan").id
    assert returned.matched == {"title": 3, "key": 1}
    shifted = ["1;Ask;2026-01-05", *(f"{n};{title};2026-01-05" for n, title in ((2, "Plan"), (3, "Talk")))]
    shifted += ["4;Build;2026-01-05", "5;Sell;2026-01-05"]
    later, returned = updated(mine, csv_file(tmp_path / "plan.csv", "\n".join([head, *shifted])))
    assert returned.matched.get("key") is None
    assert item(later, "Build").id == item(mine, "Build").id


class TestWhatIsNotSaid:
    """A column that is gone is no column of empty cells, and what can't be read clears nothing."""

    HEAD = "No;Task;Start;Finish;Owner;Status;After;Risk"
    ROWS = (
        "X-7;Design;2026-01-05;2026-01-09;Ann;Done;;low",
        "X-14;Build;2026-01-12;2026-01-16;Bob;Doing;X-7;high",
        "X-21;Test;2026-01-19;2026-01-23;Ann;To do;X-14;low",
        "X-28;Ship;2026-01-26;2026-01-30;Bob;To do;X-21;high",
    )

    def write(self, folder: Path, head: str, *rows: str) -> Path:
        return csv_file(folder / "plan.csv", "\n".join([head, *rows]))

    @pytest.fixture(params=["whole", "joined"])
    def mine(self, request: pytest.FixtureRequest, tmp_path: Path) -> Plan:
        path = self.write(tmp_path, self.HEAD, *self.ROWS)
        return imported(path) if request.param == "whole" else taken_in(new_plan("Mine"), path)

    def without(self, *places: int) -> list[str]:
        rows = [line.split(";") for line in (self.HEAD, *self.ROWS)]
        return [";".join(cell for place, cell in enumerate(row) if place not in places) for row in rows]

    @pytest.mark.parametrize("places", [(4,), (3,), (2,), (2, 3), (5, 6), (7,), (2, 3, 4, 5, 6, 7)], ids=str)
    def test_columns_that_are_gone(self, mine: Plan, tmp_path: Path, places: tuple[int, ...]) -> None:
        path = self.write(tmp_path, *self.without(*places))
        later, _ = updated(mine, path)
        assert comparable(later) == comparable(mine)
        renamed = self.write(tmp_path, *(line.replace("Test", "Try") for line in self.without(*places)))
        assert item(updated(mine, renamed)[0], "Try").id == item(mine, "Test").id
        later, _ = updated(later, self.write(tmp_path, self.HEAD, *self.ROWS))  # and there again
        assert comparable(later) == comparable(mine)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("2026-01-12;2026-01-16", "when Ann is back;2026-01-16"),
            ("2026-01-12;2026-01-16", "2026-01-12;#REF!"),
            ("Doing;X-7", "#N/A;X-7"),
            ("Doing;X-7", "Doing;the design of it all"),
            ("Bob;Doing;X-7;high", "Bob;Doing;X-7;#VALUE!"),
        ],
        ids=str,
    )
    def test_cells_that_can_not_be_read(self, mine: Plan, tmp_path: Path, old: str, new: str) -> None:
        newer = [row.replace(old, new, 1) if "Build" in row else row for row in self.ROWS]
        later, returned = updated(mine, self.write(tmp_path, self.HEAD, *newer))
        assert comparable(later) == comparable(mine)
        assert any(one.level == "warning" for one in returned.complaints)

    def test_cells_that_are_empty_are_cleared(self, mine: Plan, tmp_path: Path) -> None:
        newer = [row.replace("Bob;Doing;X-7;high", ";;;") for row in self.ROWS]
        later, _ = updated(mine, self.write(tmp_path, self.HEAD, *newer))
        build = item(later, "Build")
        assert (build.owner, build.status, text(later, "Build", "Risk")) == (None, None, "")
        assert len(later.links) == len(mine.links) - 1

    def test_an_extract_deletes_nothing(self, mine: Plan, tmp_path: Path) -> None:
        newer = self.write(tmp_path, self.HEAD, self.ROWS[0].replace("Ann", "Bob"), self.ROWS[2])
        later, returned = updated(mine, newer)
        assert returned.deleted == ()
        assert [one.code for one in returned.complaints if one.level == "warning"][-1] == "merging.extract"
        assert [item(later, title).id for title in ("Design", "Build", "Test", "Ship")] == list(mine.items)
        assert (later.people[item(later, "Design").owner].name, later.links) == ("Bob", mine.links)
        again, _ = updated(later, self.write(tmp_path, self.HEAD, *self.ROWS))
        assert comparable(again) == comparable(mine)
